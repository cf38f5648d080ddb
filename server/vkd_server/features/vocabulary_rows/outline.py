"""The concepts of a vocabulary file as a tree, and the rows that can be folded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from vkd_catalog.vocabulary.concept import is_below

if TYPE_CHECKING:
    from vkd_catalog.vocabulary import Concept, VocabularyFile


class Node(NamedTuple):
    """A concept with the concepts below it that follow it in the file; `last` is the last row of it and of them."""

    concept: Concept
    last: int
    below: tuple[Node, ...]


def outline(file: VocabularyFile) -> tuple[Node, ...]:
    """The concepts of a file as a tree in its order: each lies below the nearest earlier one that its code is under."""
    tops: list[Node] = []
    open_nodes: list[tuple[Concept, int, list[Node]]] = []

    def close() -> None:
        concept, last, below = open_nodes.pop()
        node = Node(concept, max([last, *(one.last for one in below)]), tuple(below))
        (open_nodes[-1][2] if open_nodes else tops).append(node)

    for concept, last in _with_last_rows(file):
        while open_nodes and not is_below(concept.code, open_nodes[-1][0].code):
            close()
        open_nodes.append((concept, last, []))
    while open_nodes:
        close()
    return tuple(tops)


def folds(file: VocabularyFile) -> list[tuple[int, int]]:
    """The first and the last row of each concept that has others below it; vocabularies are often flat and have few."""
    found: dict[int, int] = {}
    above: list[Concept] = []
    for concept, last in _with_last_rows(file):
        while above and not is_below(concept.code, above[-1].code):
            above.pop()
        found.update((one.row, last) for one in above)
        above.append(concept)
    return sorted(found.items())


def _with_last_rows(file: VocabularyFile) -> Iterator[tuple[Concept, int]]:
    """Each concept with the last row before the next one: a record may be of several lines."""
    next_rows = (*(concept.row for concept in file.concepts[1:]), len(file.lines))
    for concept, next_row in zip(file.concepts, next_rows, strict=False):
        last = next_row - 1
        while last > concept.row and not file.lines[last].strip():
            last -= 1
        yield concept, last
