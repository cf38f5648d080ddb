"""The queries of editors that have names of their own for things fit the grammar, and leave nothing without a colour."""

from pathlib import Path

import pytest
from tree_sitter import Query, QueryCursor

from tests.grammar.readings import grammar, tree_of
from tests.grammar.test_queries import CAPTURES, SAMPLE

ROOT = Path(__file__).parents[2]
FOLDERS = ("editors/helix/runtime/queries/vkd", "editors/zed/languages/vkd")
QUERIES = [path for folder in FOLDERS for path in sorted((ROOT / folder).glob("*.scm"))]
each_query = pytest.mark.parametrize("query", QUERIES, ids=lambda path: path.relative_to(ROOT / "editors").as_posix())


def places(query: Path) -> dict[str, list[tuple[int, int]]]:
    """Where a query captures something, by name."""
    cursor = QueryCursor(Query(grammar(), query.read_text(encoding="utf-8")))
    return {name: [node.byte_range for node in nodes] for name, nodes in cursor.captures(tree_of(SAMPLE)).items()}


@each_query
def test_captures_something(query: Path) -> None:
    assert places(query)


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_same_places_are_coloured_as_by_the_grammars_own_query(folder: str) -> None:
    found = places(ROOT / folder / "highlights.scm")
    coloured = [place for found_places in found.values() for place in found_places]
    own = sum(len(texts) for name, texts in CAPTURES["highlights"].items() if name != "spell")
    assert len(coloured) == len(set(coloured)) == own
