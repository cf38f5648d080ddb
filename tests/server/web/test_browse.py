"""What a page is told of the catalogue."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from tests.server.workspaces import CENSUS, workspace
from vkd_catalog.configuration import configuration_for
from vkd_catalog.languages import languages
from vkd_catalog.lookup import Lookup
from vkd_grammar.document import read_document
from vkd_grammar.parser import Parser
from vkd_server.features.answers.run import run_document
from vkd_server.web import browse as web
from vkd_server.web.browse import Browse
from vkd_server.workspace.background import BackgroundCatalogue
from vkd_server.workspace.public import PublicCatalogue


@pytest.fixture(scope="module")
def browse(tmp_path_factory: pytest.TempPathFactory) -> Browse:
    folder = workspace(tmp_path_factory.mktemp("census"), {})
    return Browse(configuration_for(folder), PublicCatalogue)


def ask(browse: Browse, question: str, **parameters: str) -> Any:
    return browse.ask(question, {"language": "nb", **parameters})


def ids(products: list[dict[str, str]]) -> list[str]:
    return [one["id"] for one in products]


def test_what_it_holds(browse: Browse) -> None:
    told = ask(browse, "overview")
    assert (told["name"], told["products"], told["registers"], told["public"]) == ("Folketelling", 4, 4, True)


def test_a_vocabulary_branch_by_branch(browse: Browse) -> None:
    top = ask(browse, "tree", vocabulary="names")["concepts"]
    assert {"code": "P", "label": "Personregisteret", "more": True} in top
    below = ask(browse, "tree", vocabulary="names", below="P")
    assert [one["code"] for one in below["concepts"]] == ["P.60", "P.70", "P.D"]
    assert not any(one["more"] for one in below["concepts"])
    later = ask(browse, "tree", vocabulary="names", below="P", first="2")
    assert ([one["code"] for one in later["concepts"]], later["count"]) == (["P.D"], 3)
    assert ask(browse, "tree", vocabulary="names", first="-1") is None


def test_a_branch_of_many_comes_in_parts(tmp_path: Path) -> None:
    rows = "".join(f"A{number},Navn {number}\n" for number in range(250))
    (tmp_path / "names.csv").write_text("code,prefLabel@nb\n" + rows, encoding="utf-8")
    many = Browse(configuration_for(tmp_path), PublicCatalogue)
    parts = [ask(many, "tree", vocabulary="names", first=first) for first in ("0", "200")]
    assert [(len(part["concepts"]), part["count"]) for part in parts] == [(200, 250), (50, 250)]


def test_what_changes_on_the_disk_is_seen_when_a_page_is_loaded(tmp_path: Path) -> None:
    folder = workspace(tmp_path, {})
    changing = Browse(configuration_for(folder), PublicCatalogue)
    assert ask(changing, "overview")["products"] == 4
    new = "0 / Produktbeskrivelse / ny / form=csv\n1 / Personer / Personreg.nov.70 / Yrke / 19701101 / .\n"
    (folder / "products/ny.vkd").write_text(new, encoding="utf-8")
    settings = folder / "vkd.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace('name = "Folketelling"', 'name = "Ny"'), encoding="utf-8")
    told = ask(changing, "overview")
    assert (told["name"], told["products"]) == ("Ny", 5)
    settings.write_text("[catalogue\n", encoding="utf-8")
    assert ask(changing, "overview")["products"] == 5


def test_pages_ask_at_the_same_time(tmp_path: Path) -> None:
    """While the catalogue changes under them, each is answered from one state of it or the next."""
    folder = workspace(tmp_path, {})
    page = Browse(configuration_for(folder), BackgroundCatalogue)
    before = ask(page, "overview")["products"]

    def asked(number: int) -> None:
        if number % 10 == 0:
            text = (
                f"0 / Produktbeskrivelse / ny{number} / form=csv\n1 / Personer / Personreg.nov.70 / Yrke / 1970 / .\n"
            )
            (folder / f"products/ny{number}.vkd").write_text(text, encoding="utf-8")
            assert ask(page, "overview")["products"] > before
        assert ask(page, "product", id="ft60-person")["id"] == "ft60-person"
        assert ask(page, "concept", vocabulary="characteristics", code="K6")["products"][0]["id"] == "ft70-person"
        assert ids(ask(page, "search", text="ft60")["products"]) == ["ft60-person"]
        assert ask(page, "example")["text"]
        assert ask(page, "demands")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(asked, range(60)))
    assert ask(page, "overview")["products"] == before + 6


def test_a_concept_in_the_language_asked_for(browse: Browse) -> None:
    told = ask(browse, "concept", vocabulary="characteristics", code="K6", language="en")
    assert (told["label"], told["insert"], told["synonyms"]) == ("Income", "Income", ["Inntekt"])
    assert told["products"] == [{"id": "ft70-person", "title": ""}]
    assert [one["code"] for one in ask(browse, "concept", vocabulary="names", code="P.60")["above"]] == ["P"]


def test_what_a_concept_states(browse: Browse) -> None:
    concept = ask(browse, "concept", vocabulary="characteristics", code="K5", language="en")
    assert concept["facts"] == [{"label": "Classification", "text": "[Y] Classification of occupations"}]


def products_of(browse: Browse, vocabulary: str, code: str) -> set[str]:
    return {one["id"] for one in ask(browse, "concept", vocabulary=vocabulary, code=code)["products"]}


def test_products_below_a_concept_count_for_it(browse: Browse) -> None:
    above, below = (products_of(browse, "names", code) for code in ("P", "P.60"))
    assert below < above


def test_products_by_time(browse: Browse) -> None:
    earlier, later = (products_of(browse, "times", code) for code in ("T1", "T2"))
    assert "ft70-tabell" not in earlier
    assert "ft70-tabell" in later


def test_a_product_without_its_addresses(browse: Browse) -> None:
    told = ask(browse, "product", id="ft60-person")
    assert [one["fields"][2]["label"] for one in told["lines"]] == ["Fødselsnummer", "Fødselsdato", "Yrke", "Kjønn"]
    facts = {fact["key"]: fact["text"] for fact in told["facts"]}
    assert facts["access"] == "begrenset, etter søknad"
    assert (facts["data"], facts["doc"]) == (None, None)


def test_the_page_is_told_what_it_says_in_every_language(tmp_path: Path) -> None:
    page = Browse(configuration_for(workspace(tmp_path, {})), PublicCatalogue)
    told = ask(page, "languages")
    assert list(told) == list(languages())
    assert told["nn"]["name"] == "norsk nynorsk"
    assert told["nn"]["texts"]["run"] == "Køyr"


def test_whatever_a_product_states_is_told(tmp_path: Path) -> None:
    file = workspace(tmp_path, {}) / "products/ft60-person.vkd"
    stated = "title=Person 60; title@en=Persons 60; version=2; form=csv"
    file.write_text(file.read_text(encoding="utf-8").replace("form=csv", stated, 1), encoding="utf-8")
    page = Browse(configuration_for(tmp_path), PublicCatalogue)
    facts = [(fact["key"], fact["text"]) for fact in ask(page, "product", id="ft60-person")["facts"]]
    assert facts[:2] == [("title", "Person 60"), ("title@en", "Persons 60")]
    assert ("version", "2") in facts
    for language, title in (("nb", "Person 60"), ("en", "Persons 60")):
        named = {"id": "ft60-person", "title": title}
        assert ask(page, "product", id="ft60-person", language=language).items() >= named.items()
        assert {**named, "editions": 0} in ask(page, "products", language=language)["entries"]
        assert ask(page, "search", text=title, language=language)["products"][0] == named


EDITIONS = """
0 / Produktbeskrivelse / ind2010 / collection=IND; title=Inntekt 2010; title@en=Income 2010
1 / Personer / Personreg.nov.70 / Yrke / 2010 / .

0 / Produktbeskrivelse / ind2011 / collection=ind
1 / Personer / Personreg.nov.70 / Yrke / 2011 / O
2 / " / " / Fødselsdato / " / .
"""


def test_a_collection_is_shown_edition_by_edition(tmp_path: Path) -> None:
    page = Browse(configuration_for(workspace(tmp_path, {"products/ind.vkd": EDITIONS})), PublicCatalogue)
    listed = ask(page, "products")
    assert ids(listed["entries"]) == ["dode-yrke", "ft60-person", "ft70-person", "ft70-tabell", "ind"]
    assert listed["entries"][-1] == {"id": "ind", "title": "", "editions": 2}
    assert ask(page, "products", first="4") == {"entries": listed["entries"][4:], "count": 5}
    assert ask(page, "collection", id="IND")["title"] == ""
    assert ask(page, "collection", id="ind", language="en")["editions"] == [
        {"id": "ind2011", "title": "", "time": "2011"},
        {"id": "ind2010", "title": "Income 2010", "time": "2010"},
    ]
    assert ask(page, "product", id="ind2010")["collection"] == "IND"
    assert ids(ask(page, "search", text="inntekt 2010")["products"]) == ["ind2010"]


def test_a_title_is_said_in_the_language_that_stands_in(tmp_path: Path) -> None:
    text = EDITIONS.replace("title=", "title@nb=")
    page = Browse(configuration_for(workspace(tmp_path, {"products/ind.vkd": text})), PublicCatalogue)
    titles = {tag: ask(page, "product", id="ind2010", language=tag)["title"] for tag in ("nn", "en")}
    assert titles == {"nn": "Inntekt 2010", "en": "Income 2010"}


def test_an_edition_that_states_no_time_is_no_later_than_one_that_does(tmp_path: Path) -> None:
    text = EDITIONS.replace("/ 2011 /", "/ ? /")
    page = Browse(configuration_for(workspace(tmp_path, {"products/ind.vkd": text})), PublicCatalogue)
    found = ask(page, "collection", id="ind")["editions"]
    assert [(one["id"], one["time"]) for one in found] == [("ind2010", "2010"), ("ind2011", "")]


@pytest.mark.parametrize(
    ("parameters", "fields"),
    [
        ({"id": "ft70-person", "line": "4"}, ["Personer", "Personregisteret nov. 70", "Inntekt", "19701101"]),
        ({"vocabulary": "characteristics", "code": "K6"}, ["-", "-", "Inntekt", "-"]),
        ({"vocabulary": "names", "code": "P.60"}, ["-", "Personregisteret nov. 60", "-", "-"]),
        ({"vocabulary": "times", "code": "T1"}, ["-", "-", "-", "Folketellingen 1960"]),
    ],
)
def test_a_line_that_asks_for_what_is_shown(browse: Browse, parameters: dict[str, str], fields: list[str]) -> None:
    assert ask(browse, "line", **parameters) == {"header": "0 / Etterspørselsbeskrivelse / meg", "fields": fields}


@pytest.mark.parametrize("text", ["Income", "inntekt", "K6", "Inntektt", "INNTEKT"])
def test_a_concept_is_found(browse: Browse, text: str) -> None:
    assert "K6" in [one["code"] for one in ask(browse, "search", text=text)["concepts"]]


def test_a_product_is_found(browse: Browse) -> None:
    assert ask(browse, "search", text="FT60")["products"] == [{"id": "ft60-person", "title": ""}]
    assert ask(browse, "search", text=" ") == {"concepts": [], "products": []}


@pytest.mark.parametrize(
    ("question", "parameters"),
    [
        ("nothing", {}),
        ("tree", {}),
        ("tree", {"vocabulary": "nothing"}),
        ("concept", {"vocabulary": "names", "code": "X.1"}),
        ("products", {"first": "-1"}),
        ("product", {}),
        ("product", {"id": "nothing"}),
        ("collection", {}),
        ("collection", {"id": "nothing"}),
        ("line", {}),
        ("line", {"id": "ft60-person", "line": "99"}),
        ("line", {"vocabulary": "names", "code": "X.1"}),
        ("__init__", {}),
    ],
)
def test_what_is_not_there(browse: Browse, question: str, parameters: dict[str, str]) -> None:
    assert ask(browse, question, **parameters) is None


@pytest.mark.parametrize("language", ["nb", "sv", "da", "en"])
@pytest.mark.parametrize("example", ["folketelling", "utdanning", "registre-dk"])
def test_the_example_is_answered(example: str, language: str) -> None:
    configuration = configuration_for(CENSUS.parent / example)
    text = ask(Browse(configuration, PublicCatalogue), "example", language=language)["text"]
    catalogue = BackgroundCatalogue(configuration, Parser())
    runs = list(run_document(read_document(text, Parser()), "a.vkd", catalogue))
    assert [one.answer.status for one in runs] == ["found"]


def test_a_catalogue_without_products_has_an_example_to_fill_in(tmp_path: Path) -> None:
    (tmp_path / "names.csv").write_text("code,prefLabel@nb\nA,Alle\n", encoding="utf-8")
    empty = Browse(configuration_for(tmp_path), PublicCatalogue)
    assert ask(empty, "example")["text"].endswith("0 / Etterspørselsbeskrivelse / meg\n")
    assert ask(empty, "products") == {"entries": [], "count": 0}


def test_what_begins_so_is_found_while_the_look_up_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page can be opened before there is anything to look free words up in, and then what is looked up is found."""
    made = Event()
    prepare = Lookup.prepare

    def prepared_late(lookup: Lookup) -> None:
        made.wait()
        prepare(lookup)

    monkeypatch.setattr(Lookup, "prepare", prepared_late)
    monkeypatch.setattr(web, "_PATIENCE", 0.0)
    page = Browse(configuration_for(workspace(tmp_path, {})), PublicCatalogue)
    page.prepare()
    begun = ask(page, "search", text="personreg")
    assert [(one["code"], one["word"]) for one in begun["concepts"]][:1] == [("P", "Personregisteret")]
    assert ids(ask(page, "search", text="FT70")["products"]) == ["ft70-person", "ft70-tabell"]
    assert not page._shown.catalogue.lookup.is_at_hand
    made.set()
    # What nothing begins with is waited for.
    assert [one["code"] for one in ask(page, "search", text="lønnsinntekten")["concepts"]] == ["K6.1"]
    assert page._shown.catalogue.lookup.is_at_hand
