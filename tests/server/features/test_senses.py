"""Words of several senses in the editor: where the rest of a line settles which is meant, it is that concept's."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.server.features.test_refactorings import HEADER, PRODUCT_HEADER, check, meanings
from tests.server.workspaces import CENSUS, PARSER, workspace
from vkd_catalog.catalogue import open_catalogue
from vkd_grammar.document import read_document
from vkd_grammar.text import Position
from vkd_server.features.explain.hover import hover
from vkd_server.features.explain.inlay_hints import HintSettings, hints
from vkd_server.features.lexicon import Lexicon
from vkd_server.features.navigation.mentions import mentions
from vkd_server.features.navigation.naming import Uses, concept_at
from vkd_server.features.refactoring.coded_form import to_codes, to_words
from vkd_server.features.refactoring.fixes import applied
from vkd_server.features.snapshot import Snapshot

NAMES = (CENSUS / "vocabulary/names.csv").read_text(
    encoding="utf-8"
) + "M,Hovedgrupper,,,classification,E|G,,\nM.5,Industri,,,class,E|G,,\n"
TEXT = """0 / Etterspørselsbeskrivelse / a
1 / Personer / Industri / Yrke / 1970 / O
2 / " / " / " / 1960 / O
3 / Bedrifter / " / Omsetning / " / O
4 / Bedrifter / Industri [N.2] / " / " / .
0 / Produktbeskrivelse / b
1 / Bedrifter / Industri / Omsetning / 1970 / O
2 / Personer / Industri / Yrke / 1970 / .
"""


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """The text beside the census, among whose names a word stands for two classes."""
    folder = workspace(tmp_path_factory.mktemp("census"), {"vocabulary/names.csv": NAMES})
    catalogue = open_catalogue(folder, PARSER)
    document = read_document(TEXT, PARSER)
    return Snapshot(document, "a.vkd", catalogue, Lexicon(catalogue.vocabularies), lambda _: ())


@pytest.mark.parametrize(("row", "code"), [(1, "N.2"), (2, "N.2"), (3, None), (4, "N.2"), (6, None), (7, "N.2")])
def test_what_a_word_means_on_its_line(state: Snapshot, row: int, code: str | None) -> None:
    column = state.line(row).index("/", state.line(row).index("/") + 3) + 2
    meant = concept_at(state, Position(row, column))
    assert (meant and meant.concept.code) == code


@pytest.mark.parametrize(
    ("code", "rows"),
    [
        # In a demand each sense that stays is looked for.
        ("N.2", [1, 2, 3, 4, 7]),
        ("M.5", [3]),
        ("M", []),
    ],
)
def test_where_a_concept_is_named(state: Snapshot, code: str, rows: list[int]) -> None:
    names = state.catalogue.vocabularies.names
    meant = next(one for one in [concept_at(state, Position(1, 16))] if one)
    uses = Uses(meant._replace(concept=names.concepts[code]), state.catalogue)
    found = [use for row, description in state.document.pieces() for use in uses.within(row, description)]
    assert [use.row for use in found] == rows


def test_a_text_with_such_a_word_must_be_read(state: Snapshot) -> None:
    steps, names = mentions(state.document), state.catalogue.vocabularies.names
    while True:
        try:
            next(steps)
        except StopIteration as end:
            kept = end.value
            break
    meant = concept_at(state, Position(1, 16))
    assert meant is not None
    assert {
        code: Uses(meant._replace(concept=names.concepts[code]), state.catalogue).is_doubtful(kept)
        for code in ("N.2", "M.5", "M", "P")
    } == {"N.2": True, "M.5": True, "M": False, "P": False}


SENTENCES = st.builds(
    "{} / {} / {} / {}   / {}".format,
    st.sampled_from(["Personer", "Bedrifter", "Personaggregater", "Bedriftsaggregater", '"', "-"]),
    st.sampled_from(["Industri", "industri", "[N.2]", "[M.5]", '"', '"', "Manufacturing", "Døde", "-"]),
    st.sampled_from(["Yrke", "Omsetning", "Sum", '"', "-"]),
    st.sampled_from(["1970", '"', "-"]),
    st.sampled_from("OOOEN"),
)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from([HEADER, PRODUCT_HEADER]), st.lists(SENTENCES, min_size=1, max_size=5))
def test_whatever_is_rewritten_means_what_it_did(state: Snapshot, header: str, lines: list[str]) -> None:
    numbered = "\n".join(f"{number} / {line}" for number, line in enumerate(lines, start=1))
    text = f"{header}{numbered[:-1]}.\n"
    check(text, state.catalogue, state.lexicon)
    document = read_document(text, PARSER)
    coded = applied(document.lines, tuple(to_codes(document, "a.vkd", state.catalogue)))
    assert meanings(coded, state.catalogue) == meanings(text, state.catalogue)
    document = read_document(coded, PARSER)
    back = applied(document.lines, tuple(to_words(document, "a.vkd", state.catalogue, "nb")))
    assert meanings(back, state.catalogue) == meanings(text, state.catalogue)


@pytest.mark.parametrize(
    ("row", "fields"),
    [
        (1, "[N.2]"),
        (2, '"'),
        (3, "Industri"),
        (4, "[N.2]"),
        (6, "Industri"),
        (7, "[N.2]"),
    ],
)
def test_the_coded_form_has_the_code_that_the_line_settles(state: Snapshot, row: int, fields: str) -> None:
    edits = tuple(to_codes(state.document, "a.vkd", state.catalogue))
    lines = applied(state.document.lines, edits).splitlines()
    assert lines[row].split(" / ")[2] == fields


def test_hover_tells_each_sense(state: Snapshot) -> None:
    column = state.line(3).index('"', 14)
    found = hover(state, Position(3, column), lambda _: None)
    assert found is not None
    assert found.text.startswith('`"` står for **Industri** `N.2`\n\nNæringsklassifikasjon › Industri')
    assert "**Industri** `M.5`\n\nHovedgrupper › Industri" in found.text


def test_hints_tell_a_code_where_there_is_one(state: Snapshot) -> None:
    shown = HintSettings(dittos=False, codes=True, sets=False, beside=True)
    found = [one.text for one in hints(state, 0, 9, shown, lambda _: None)]
    assert [text for text in found if "N.2" in text or "M.5" in text] == ["[N.2]", "[N.2]"]
