"""A cache with one result for each description of a document, so that after an edit only those of edited ones are made
again."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from vkd_grammar.document import Document

T = TypeVar("T")
Lines = tuple[str, ...]

_A_STEP = 200


class DescriptionCache(Generic[T]):
    """Keeps one result for each description, by document; it must depend on the description's own lines alone."""

    def __init__(self) -> None:
        self._cached: dict[str, Mapping[Lines, T]] = {}

    def pieces(
        self, uri: str, document: Document, say: Callable[[Lines], T]
    ) -> Generator[None, None, list[tuple[int, T]]]:
        """The results of `say` for the lines of all descriptions, each with the row it starts at. Cached ones are
        reused; yields after every few hundred new ones so that other work can come in between."""
        had = self._cached.get(uri, {})
        known: dict[Lines, T] = {}
        found: list[tuple[int, T]] = []
        new = 0
        for index, row in enumerate(document.rows):
            lines = document.piece_lines(index)
            if lines not in known:
                if lines in had:
                    known[lines] = had[lines]
                else:
                    known[lines] = say(lines)
                    new += 1
                    if new % _A_STEP == 0:
                        yield
            found.append((row, known[lines]))
        self._cached[uri] = known
        return found

    def forget(self, uri: str) -> None:
        """Drops what is kept of a document."""
        self._cached.pop(uri, None)
