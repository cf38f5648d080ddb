"""Several catalogues that answer as one: whose words are looked up, what is cited, and what never changes."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.catalog.asking import EXAMPLES as EXAMPLES_TRIED
from tests.catalog.asking import PARSER, ask_text
from tests.catalog.reading.facts import ANY
from tests.catalog.reading.worlds import world
from tests.catalog.reading.writing import demand_text, write
from vkd_catalog.catalogue import Catalogue, open_catalogue
from vkd_catalog.coding import senses_of
from vkd_catalog.message.as_json import answer_as_json
from vkd_catalog.problems import UnreadableMapping
from vkd_catalog.register import Ask, Codes
from vkd_grammar.document import read_document
from vkd_grammar.words import fold

EXAMPLES = Path(__file__).parents[2] / "examples"
HEADER = "0 / Etterspørselsbeskrivelse / d\n"
PRODUCT = "0 / Produktbeskrivelse / p / form=csv\n"


@pytest.fixture
def norden(tmp_path: Path) -> Iterator[Catalogue]:
    shutil.copytree(EXAMPLES / "norden", tmp_path / "norden")
    catalogue = open_catalogue(tmp_path / "norden", PARSER)
    yield catalogue
    catalogue.register.close()


def coded(catalogue: Catalogue, text: str) -> tuple[tuple[str | None, ...], set[str]]:
    """What the fields of the first line of a description mean, and the codes of what is wrong with it."""
    ((_, description),) = read_document(text, PARSER).pieces()
    found = catalogue.coder.code(description)
    line = found.sentences[0]
    return (line.object_type, line.name, line.characteristic), {one.code for one in found.problems}


def test_all_products_are_found_under_the_names_of_their_catalogues(norden: Catalogue) -> None:
    register = norden.register
    found = {product.identification: (number, product) for number, product in register.products()}
    assert list(found) == ["dk:BEF", "dk:FORM", "no:befolkning", "se:RTB"]
    assert register.size() == (4, 11)
    number, product = found["dk:BEF"]
    assert (product.path, product.row, product.unit_id) == ("dk/products/bef.vkd", 0, ("dk:PNR",))
    assert register.product(number) == product
    assert {one.characteristic for one in register.sentences(number)} == {"dk:PNR", "dk:KOEN", "dk:HFUDD"}
    assert [one.identification for one in register.called("DK:bef")] == ["dk:BEF"]
    assert register.called("BEF") == []
    assert [register.numbered(name) for name in ("dk:Bef", "BEF", "xx:BEF")] == [number, None, None]
    sex = Codes(("no:KJONN", "dk:KOEN"), ("dk:KOEN",))
    assert register.standing(Ask(None, None, sex, None)) == (2, 20221231)
    assert norden.resolve("arkiv:bef.parquet", "dk:BEF").target == "https://data.example.dk/bef.parquet"


def test_whoever_looks_around_finds_what_looking_at_all_products_finds(norden: Catalogue) -> None:
    """Names are those that things have here, which begin with their catalogue's; a text may hold a part of both."""
    register = norden.register
    products = register.products()
    names = [product.identification for _, product in products]
    for text in ("", "d", "DK", "dk:", "k:B", ":", "b", "dk:bef", "bef", "o", "K:X", "dk: "):
        wanted = fold(text)
        found = [name for name in names if wanted in name.lower()]
        expected = sorted(found, key=lambda name: (not name.lower().startswith(wanted), len(name), name.lower()))
        assert [one.name for one in register.holding(text, 99)] == expected
        assert [register.product(one.number).identification for one in register.holding(text, 2)] == expected[:2]
    assert [register.products(first, 2) for first in (0, 3, 9)] == [products[:2], products[3:], []]
    assert [(one.number, one.product) for one in register.shelves(0, 99)] == products
    assert (register.shelves(1, 2), register.shelved()) == (register.shelves(0, 99)[1:3], len(products))
    assert register.answering(Ask(None, None, None, None), 3) == products[:3]
    assert [register.how_many(Ask(None, None, None, None), most) for most in (3, 9)] == [3, 4]
    assert register.answering(Ask(None, None, Codes(("dk:KOEN",)), None), 9) == [products[0]]


@pytest.mark.parametrize(
    ("line", "meant", "problems"),
    [
        ("Personer / - / Kjønn", ("no:P", "*", "no:KJONN"), set()),
        ("Personer / - / Køn", ("no:P", "*", "dk:KOEN"), set()),
        ("dk:Personer / - / DK:køn", ("dk:PERS", "*", "dk:KOEN"), set()),
        ("[dk:PERS] / Befolkningen / [dk:FORMUE]", ("dk:PERS", "dk:BEF", "dk:FORMUE"), set()),
        ("Personer / RTB / -", ("no:P", None, "*"), {"VKD101"}),
        ("Personer / - / Personnummer", ("no:P", "*", ("dk:PNR", "se:PNR")), {"VKD103"}),
        ("Personer / - / se:Personnummer", ("no:P", "*", "se:PNR"), set()),
        ("Personer / - / no:Formue", ("no:P", "*", None), {"VKD101"}),
        ("Personer / - / [xx:FORMUE]", ("no:P", "*", None), {"VKD104"}),
    ],
)
def test_words_and_codes_of_a_demand(
    norden: Catalogue, line: str, meant: tuple[object, ...], problems: set[str]
) -> None:
    terms, found = coded(norden, f"{HEADER}1 / {line} / 2020 / .\n")
    assert (tuple(senses_of(term) or term for term in terms), found) == (meant, problems)


def test_a_product_speaks_its_own_catalogues_words_alone(norden: Catalogue) -> None:
    assert coded(norden, f"{PRODUCT}1 / Personer / Bosatte / Kjønn / 2020 / .\n")[0] == (None, None, None)
    norwegian = open_catalogue(norden.root / "no", PARSER)
    meant, problems = coded(norwegian, f"{PRODUCT}1 / Personer / Bosatte / Kjønn / 2020 / .\n")
    assert (meant, problems) == (("P", "BEF", "KJONN"), set())


def test_mappings_lead_from_one_catalogue_to_another(norden: Catalogue) -> None:
    four = norden.vocabularies
    assert four.characteristics.reach("no:KJONN").same == {"no:KJONN", "dk:KOEN", "se:KON"}
    assert four.characteristics.reach("no:UTD").close == {"dk:HFUDD"}
    assert four.object_types.reach("se:PER").same == {"no:P", "dk:PERS", "se:PER"}
    assert four.object_types.is_same_or_below("dk:PERS.1", "no:P")
    assert four.names.is_same_or_below("dk:BEF", "se:RTB")
    assert not four.names.is_same_or_below("se:RTB", "dk:BEF")
    assert four.problems["mappings.sssom.tsv"] == ()


def test_an_id_that_no_catalogue_has_is_told_and_one_of_an_unread_catalogue_is_not(norden: Catalogue) -> None:
    mappings = norden.root / "mappings.sssom.tsv"
    head = "subject_id\tpredicate_id\tobject_id\n"
    mappings.write_text(
        f"{head}no:KJONN\tskos:exactMatch\tdk:KON\nno:KJONN\tskos:exactMatch\tfi:SP\n", encoding="utf-8"
    )
    settings = norden.root / "vkd.toml"
    settings.write_text(f'{settings.read_text(encoding="utf-8")}fi = "../suomi"\n', encoding="utf-8")
    now = open_catalogue(norden.root, PARSER)
    found = [problem.of(UnreadableMapping).value for problem in now.vocabularies.problems["mappings.sssom.tsv"]]
    assert found == ["dk:KON"]
    assert [(one.name, one.lost) for one in now.unread_catalogues] == [("fi", "no-catalogue")]
    assert [(one.path, one.reason) for one in now.register.missed()] == [("../suomi", "no-catalogue")]
    assert now.register.size() == (4, 11)
    now.register.close()


@pytest.mark.parametrize(
    ("line", "lost"),
    [
        ('x = "."', "itself"),
        ('x = "./dk/"', "twice"),
        ('x = "demands"', "no-catalogue"),
        ('x = "bad"', "settings"),
        ('x = "vkd.toml"', "no-catalogue"),
        (r'x = "\u0000"', "no-catalogue"),
    ],
)
def test_what_cannot_be_read_leaves_the_rest(norden: Catalogue, line: str, lost: str) -> None:
    (norden.root / "bad").mkdir()
    (norden.root / "bad/vkd.toml").write_text("[nonsense]\n", encoding="utf-8")
    settings = norden.root / "vkd.toml"
    settings.write_text(f"{settings.read_text(encoding='utf-8')}{line}\n", encoding="utf-8")
    now = open_catalogue(norden.root, PARSER)
    assert [one.lost for one in now.unread_catalogues] == [lost]
    assert now.register.size() == (4, 11)
    now.register.close()


def test_two_catalogues_that_name_each_other_are_each_read_once(norden: Catalogue) -> None:
    for one, other in (("no", "dk"), ("dk", "no")):
        settings = norden.root / one / "vkd.toml"
        text = settings.read_text(encoding="utf-8")
        settings.write_text(f'{text}\n[catalogues]\n{other} = "../{other}"\n', encoding="utf-8")
    norwegian = open_catalogue(norden.root / "no", PARSER)
    assert [product.identification for _, product in norwegian.register.products()] == [
        "befolkning",
        "dk:BEF",
        "dk:FORM",
    ]
    norwegian.register.close()


def test_another_catalogue_changes_no_answer_that_its_words_do_not_touch(tmp_path: Path) -> None:
    shutil.copytree(EXAMPLES / "folketelling", tmp_path / "alone")
    shutil.copytree(EXAMPLES / "folketelling", tmp_path / "beside")
    shutil.copytree(EXAMPLES / "norden", tmp_path / "norden")
    with (tmp_path / "beside/vkd.toml").open("a", encoding="utf-8") as settings:
        settings.write('\n[catalogues]\ndk = "../norden/dk"\nse = "../norden/se"\n')
    catalogues = [open_catalogue(tmp_path / name, PARSER) for name in ("alone", "beside")]
    for path in sorted((EXAMPLES / "folketelling/demands").iterdir()):
        text = path.read_text(encoding="utf-8")
        alone, beside = (answer_as_json(ask_text(catalogue, text, 3)[0], None) for catalogue in catalogues)
        assert alone["covers"]
        assert beside == alone
    products = [
        {product.identification: register.sentences(number) for number, product in register.products()}
        for register in (catalogue.register for catalogue in catalogues)
    ]
    assert products[0].items() <= products[1].items()
    assert catalogues[0].register_key == catalogues[1].register_key
    for catalogue in catalogues:
        catalogue.register.close()


def test_the_revision_and_what_is_new_follow_the_other_catalogues(norden: Catalogue) -> None:
    known, revision = norden.register.files(), norden.revision
    assert norden.says_what_it_said()
    assert norden.is_up_to_date(known)
    product = norden.root / "dk/products/bef.vkd"
    product.write_text(product.read_text(encoding="utf-8").replace("2019..2022", "2018..2022"), encoding="utf-8")
    assert norden.says_what_it_said()
    assert not norden.is_up_to_date(known)
    names = norden.root / "dk/vocabulary/names.csv"
    names.write_text(f"{names.read_text(encoding='utf-8')}X,Andre,register,PERS\n", encoding="utf-8")
    assert not norden.says_what_it_said()
    now = open_catalogue(norden.root, PARSER)
    assert now.revision != revision
    now.register.close()


def test_a_copy_is_changed_alone_and_the_last_that_is_closed_closes_all(norden: Catalogue) -> None:
    copy = norden.register.copy()
    norden.register.close()
    assert copy.size() == (4, 11)
    copy.close()


def test_one_demand_is_answered_out_of_another_catalogue(norden: Catalogue) -> None:
    text = f"{HEADER}1 / dk:Personer / Befolkningen / Formue / 2020 / .\n"
    answer, problems = ask_text(norden, text, 3)
    assert not problems
    assert [cover.members for cover in answer.covers] == [("dk:FORM",)]


def test_one_demand_over_two_countries_cites_both() -> None:
    catalogue = open_catalogue(EXAMPLES / "to-land", PARSER)
    text = (EXAMPLES / "to-land/demands/utdanning.vkd").read_text(encoding="utf-8").partition("\n\n")[0]
    answer, problems = ask_text(catalogue, f"{text}\n", 3)
    assert not problems
    assert [cover.members for cover in answer.covers] == [("dk:UDDA202009",), ("no:avslutta",)]
    assert catalogue.vocabularies.problems["sammenhenger.sssom.tsv"] == ()
    catalogue.register.close()


@pytest.mark.parametrize(
    ("mapped", "meant", "problems"),
    [(True, ("no:KJONN",), set()), (False, ("no:KJONN", "dk:KOEN"), {"VKD103"})],
)
def test_concepts_mapped_exactly_are_one_sense(
    norden: Catalogue, mapped: bool, meant: tuple[str, ...], problems: set[str]
) -> None:
    words = norden.root / "dk/vocabulary/characteristics.csv"
    words.write_text(words.read_text(encoding="utf-8").replace("KOEN,Køn,", "KOEN,Kjønn,"), encoding="utf-8")
    if not mapped:
        (norden.root / "mappings.sssom.tsv").write_text("subject_id\tpredicate_id\tobject_id\n", encoding="utf-8")
    now = open_catalogue(norden.root, PARSER)
    (_, _, term), found = coded(now, f"{HEADER}1 / Personer / - / Kjønn / 2020 / .\n")
    assert found == problems
    assert (senses_of(term) or (term,)) == meant


@pytest.mark.parametrize("first", range(0, EXAMPLES_TRIED, 10))
def test_another_catalogue_changes_no_random_answer_that_its_words_do_not_touch(first: int, tmp_path: Path) -> None:
    """Unit types are the same in all catalogues, so that a don't-care characteristic is touched by every one of them."""
    for seed in range(first, first + 10):
        drawn, other = world(seed), world(seed + 10_000)
        root = tmp_path / str(seed)
        demands = [one for one in drawn.demands if all(ANY not in line.characteristic for line in one.lines)]
        for folder, said in (("alone", drawn.catalogue), ("beside", drawn.catalogue), ("other", other.catalogue)):
            (root / folder).mkdir(parents=True)
            write(said, demands, root / folder)
        with (root / "beside/vkd.toml").open("a", encoding="utf-8") as settings:
            settings.write('\n[catalogues]\nx = "../other"\n')
        catalogues = [open_catalogue(root / folder, PARSER) for folder in ("alone", "beside")]
        for demand in demands:
            told = [answer_as_json(ask_text(one, demand_text(demand), demand.max_sets)[0], None) for one in catalogues]
            for key in ("status", "covers", "near_misses"):
                assert told[0][key] == told[1][key], (seed, demand_text(demand))
        for catalogue in catalogues:
            catalogue.register.close()
