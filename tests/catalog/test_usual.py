"""Reading product files line by line registers what parsing and coding each description would."""

from pathlib import Path
from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.catalog.asking import PARSER, opened, tried
from tests.catalog.worlds import World, worlds
from tests.grammar.texts import LINE_ENDS, anything
from vkd_catalog import usual
from vkd_catalog.catalogue import Catalogue, open_catalogue
from vkd_catalog.register import Missed, Registered
from vkd_grammar import parser as parser_module
from vkd_grammar.document import read_document
from vkd_grammar.text import decode

ROOT = Path(__file__).parents[2]
FILES = [
    path
    for folder in ("examples", "grammar/corpus", "docs")
    for path in sorted((ROOT / folder).rglob("*.vkd"))
    if path.is_file()
]

VOCABULARIES = {
    "object-types.csv": "code,prefLabel@nb,kind,number,unit\nA,Personer,individual,plural,person\nA.B,Person,,singular,\n"
    "C,Personaggregater,aggregate,plural,person\n",
    "names.csv": "code,prefLabel@nb,altLabel@nb,kind\nR,Register,Reg,register\nR.1,Registeret 1970,Reg,register\n"
    "K,Inndeling,Delt,classification\nK.1,Delt,,class\n",
    "characteristics.csv": "code,prefLabel@nb,altLabel@nb,kind,temporality,sensitive\nB,Yrke,Delt,individual,status,no\n"
    "D,Kjønn,Målt,individual,fixed,no\nE,Helse,Målt,individual,status,yes\nF,Nummer,,individual,fixed,\n"
    "N,Antall,,aggregate,status,no\n",
    "times.csv": "code,prefLabel@nb,from,to\nT,Tellingen,19701101,19701101\n",
}
_TERMS = (
    "Personer|Person|Personaggregater|[A]|personer|Personer [A]|Person [A]",
    "Register|Registeret 1970|Reg|Inndeling|Delt|[R]|x1|x 1|Reg [R.1]",
    "Yrke|Kjønn|Helse|Nummer|Antall|Målt|Delt|Målt [D]|[Q]|Ukjent",
    "1970|19701101|1960..1969|..|1970K4|1990..:A|1990..1995:A|..1990:M|?|196-----|----1101|Tellingen|[T]|1971..1970|x",
)
_ODD = '"|"|"|"|"|-||Demand description|\\"|a\\/b|b\\|[a|]|#|0|; x=y|\u2028|\x0c'
_ENTRIES = (
    "data=F:a.csv|doc=F:a.md|access=open|access=nobody|unit-id=Nummer|unit-id=Nummer+Yrke, Kjønn|unit-id=Målt|"
    "updated=20200101|vilkår=open|title@en=A / b|title=A=b|form|=csv|| |archive=both|title=a\\;b|series=s"
)


def _one_of(texts: str) -> st.SearchStrategy[str]:
    """One of several texts, given with bars between them."""
    return st.sampled_from(texts.split("|"))


@st.composite
def products(draw: st.DrawFn) -> str:
    """Some descriptions in these words, nearly all of them right: what is usual, and all that is next to it."""
    end = draw(st.sampled_from(LINE_ENDS))
    blank = _one_of(" | |  ||\t|\u00a0")
    is_odd = draw(st.booleans())

    def field(texts: str) -> str:
        odd = is_odd and draw(st.integers(0, 9)) == 0
        same = not odd and draw(st.booleans())
        return f"{draw(blank)}{'”' if same else draw(_one_of(_ODD if odd else texts))}{draw(blank)}"

    lines = [""] * draw(st.integers(0, 1))
    for _ in range(draw(st.integers(1, 4))):
        lines += ["# said"] * draw(st.integers(0, 1))
        kind = draw(_one_of("Produktbeskrivelse|Produktbeskrivelse|PRODUKTBESKRIVELSE|Demand description|Produkt"))
        number = draw(_one_of("0|0|0|0|1|00|0 1"))
        entries = "; ".join(draw(st.lists(_one_of(_ENTRIES), max_size=3)))
        lines.append(
            f"{number} /{draw(blank)}{kind} / {draw(_one_of('p|p|q 1||a/b|-'))}{draw(_one_of(' / |/|'))}{entries}"
        )
        lines += [f"  ; {draw(_one_of(_ENTRIES))}"] * draw(st.integers(0, 1))
        for place in range(1, draw(st.integers(1, 6))):
            terms = "/".join(map(field, _TERMS))
            lines.append(f"{draw(_one_of(f'{place}|{place} |1|x|'))}/{terms}/{draw(_one_of('O|.| O|N|x|'))}")
            lines += draw(st.sampled_from([[]] * 8 + [[""], ["# x"], [" ; form=csv"], ["1 / a / b"]]))
    return end.join(lines) + draw(_one_of(f"{end}|"))


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    root = tmp_path_factory.mktemp("usual")
    for name, said in VOCABULARIES.items():
        (root / name).write_text(said)
    return open_catalogue(root, PARSER)


def in_full(catalogue: Catalogue, text: str, path: str) -> tuple[list[Registered], list[Missed]]:
    """What is registered of a text whose descriptions are parsed and coded one by one."""
    products: list[Registered] = []
    missed: list[Missed] = []
    for row, description in read_document(text, catalogue.parser).pieces():
        more, left = catalogue.registered_in_full(description, path, row)
        products += more
        missed += left
    return products, missed


def agree(catalogue: Catalogue, text: str, path: str = "a.vkd") -> None:
    """Both ways of reading say the same, also when all has been read before, and technical data in the same order."""
    wanted, missed = in_full(catalogue, text, path)
    reader = catalogue.reader(catalogue.parser)
    for _ in range(2):
        found = reader.read(text, path)
        assert found == (wanted, missed)
        assert [list(product.values) for product, _ in found[0]] == [list(product.values) for product, _ in wanted]


@given(products())
@example(
    "0 / Produktbeskrivelse / p\n1 / Personer / Register / Yrke / 1970 / O\n0 / Personer / Register / Yrke / 1970 / .\n"
)
@tried
def test_what_is_nearly_usual_is_read_as_in_full(catalogue: Catalogue, text: str) -> None:
    agree(catalogue, text)


@given(anything())
@tried
def test_any_text_is_read_as_in_full(catalogue: Catalogue, text: str) -> None:
    agree(catalogue, text)


@given(worlds(), st.integers(0, 2**32))
@tried
def test_random_products_are_read_as_in_full(world: World, seed: int) -> None:
    with opened(world.catalogue, Random(seed)) as catalogue:
        for path in catalogue.product_paths():
            agree(catalogue, (catalogue.root / path).read_text(encoding="utf-8"), path)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_are_read_as_in_full(path: Path) -> None:
    catalogue = open_catalogue(path.parent, PARSER)
    agree(catalogue, decode(path.read_bytes())[0])


def test_a_line_that_is_too_long_is_read_as_in_full(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (parser_module, usual):
        monkeypatch.setattr(module, "LONGEST_LINE", 100)
    line = "{} / Personer / Register / Yrke / 1970 / O\n"
    short, long = line.format("1"), line.format("2" + " " * 100)
    below = f"{'; form=csv' * 20}\n"
    demand = f"0 / Demand description / {'p' * 100}\n"
    for header in (
        demand,
        f"0 / Produktbeskrivelse / p\n{below}",
        "0 / Produktbeskrivelse / p\n",
        f"0 / Produktbeskrivelse / {'p' * 100}\n",
    ):
        agree(catalogue, header + short + long + short)


def test_what_is_usual_is_not_parsed(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that gives everything to the parser would be right, and slow."""
    text = (
        "0 / Produktbeskrivelse / p / data=F:a.csv; unit-id=Nummer\n# why\n"
        '1 / Personer / Reg [R.1] / Nummer / 1970 / O\n2 / " / " / Yrke / " / .\n\n'
    )
    reader = catalogue.reader(catalogue.parser)
    reader.read(text, "a.vkd")
    parsed: list[object] = []
    monkeypatch.setattr(catalogue.parser, "parse", parsed.append)
    ((product, sentences),), missed = reader.read(text.replace("/ p /", "/ q /"), "a.vkd")
    assert (product.identification, product.unit_id, len(sentences), missed, parsed) == ("q", ("F",), 2, [], [])
