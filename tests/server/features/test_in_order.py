"""What is found in one description does not hang on those before it, however alike they are."""

from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.grammar.texts import documents
from tests.server.workspaces import CENSUS, PARSER
from vkd_catalog.catalogue import Catalogue, Namesakes
from vkd_catalog.coding import CodedDescription
from vkd_catalog.configuration import configuration_for
from vkd_grammar.document import read_document
from vkd_grammar.syntax import Description
from vkd_server.features.diagnostics import diagnose, diagnose_document, silenced_in

_IDENTIFICATIONS = [
    "a",
    "b",
    "sett 7",
    "Sett, (7)",
    "å",
    "01016050012",
    "a 01016050012",
    "a 1601-01016050012",
    "-",
    "[x]",
    "a\\/b",
    "a/b",
    "\x00",
    "a\u2028",
    "",
    "",
    "#",
    "“",
    "Yrke",
    "0",
    "7a",
]
_TYPES = ["Produktbeskrivelse", "Etterspørselsbeskrivelse", "produktbeskrivelse ", "Produkt"]
_TECHNICAL = (
    " / data=F:ft70-person.csv; doc=P:ft70.md; form=csv; access=restricted",
    " / data=F:none.csv; doc=P:ft70.md; form=csv; access=open",
    " / archive=both",
    " /",
    "",
)
_BODIES = (
    '1 / Personer / Personreg.nov.70 / Yrke / 19701101 / O\n2 / " / " / Kjønn / " / .\n',
    '1 / Personer / Personreg.nov.70 / Yrkke / 19701101 / O\n2 / " / " / Kjønn / " / .\n',
    "# vkd: ignore[VKD101]\n1 / Personer / Personreg.nov.70 / Yrkke / 19701101 / .\n",
    "1 / Person / A77 / Yrke / 19701101 / .\n",
    " ; x=y\n",
    "\n",
    "",
)


@st.composite
def alike(draw: st.DrawFn) -> str:
    """Descriptions of which many say the same."""
    parts = []
    for _ in range(draw(st.integers(1, 7))):
        comment = draw(st.sampled_from(["", "", "", "# sagt\n"]))
        header = f"0 / {draw(st.sampled_from(_TYPES))} / {draw(st.sampled_from(_IDENTIFICATIONS))}"
        parts.append(f"{comment}{header}{draw(st.sampled_from(_TECHNICAL))}\n{draw(st.sampled_from(_BODIES))}")
    return "".join(parts)


@given(st.one_of(alike(), documents().map(lambda text: text * 2)), st.booleans())
@settings(deadline=None)
def test_what_is_found_is_what_is_found_in_each_by_itself(text: str, asked: bool) -> None:
    catalogue = census(asked)
    document = read_document(text, PARSER)
    whole = [
        (one.code, one.start, one.end, one.message)
        for one in diagnose_document(document, "a.vkd", catalogue, elsewhere=nowhere)
        if one.code != "VKD404"
    ]
    silenced = silenced_in(document.lines)
    each = [
        (one.code, one.start, one.end, one.message)
        for index, (row, description) in enumerate(document.pieces())
        for one in diagnose(
            catalogue.coder.code(description),
            document.piece_lines(index),
            "a.vkd",
            catalogue,
            row=row,
            silenced=silenced,
        )
    ]
    assert sorted(whole) == sorted(each)


def test_the_same_again_is_called_something_else_and_not_coded_again(monkeypatch: pytest.MonkeyPatch) -> None:
    catalogue = census(asked=False)
    coded: list[object] = []
    code = catalogue.coder.code

    def counted(description: Description) -> CodedDescription:
        coded.append(description)
        return code(description)

    monkeypatch.setattr(catalogue.coder, "code", counted)
    text = "".join(f"0 / Produktbeskrivelse / sett {number}{_TECHNICAL[0]}\n{_BODIES[0]}" for number in range(50))
    assert not diagnose_document(read_document(text, PARSER), "a.vkd", catalogue, elsewhere=nowhere)
    assert len(coded) == 1
    twice = diagnose_document(read_document(text + text, PARSER), "a.vkd", catalogue, elsewhere=nowhere)
    assert [one.code for one in twice] == ["VKD404"] * 100


@lru_cache
def census(asked: bool) -> Catalogue:
    """The catalogue of the census example, also with the rules on that are off until somebody asks for them."""
    levels = dict.fromkeys(("VKD106", "VKD204", "VKD502"), "warning") if asked else {}
    return Catalogue(configuration_for(CENSUS)._replace(levels=levels), PARSER)


def nowhere(_identification: str) -> Namesakes:
    return Namesakes(0, ())
