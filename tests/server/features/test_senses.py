"""Words of several senses in the editor: where the rest of a line settles which is meant, it is that concept's."""

import pytest

from tests.server.workspaces import CENSUS, PARSER, workspace
from vkd_catalog.catalogue import open_catalogue
from vkd_grammar.document import read_document
from vkd_grammar.text import Position
from vkd_server.features.lexicon import Lexicon
from vkd_server.features.navigation.mentions import mentions
from vkd_server.features.navigation.naming import Uses, concept_at
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
