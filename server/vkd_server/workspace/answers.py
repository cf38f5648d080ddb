"""Answers to demands, each kept for as long as neither the demand nor what is searched has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vkd_grammar.document import Document
from vkd_server.workspace.home import Home

if TYPE_CHECKING:
    from vkd_server.features.run import Run

_KEPT = 1000

Key = tuple[int, str, tuple[str, ...], str, int]


class Answers:
    """Runs demands, and does not run one twice."""

    def __init__(self) -> None:
        self._known: dict[Key, Run | None] = {}

    def forget(self) -> None:
        """Lets every demand be run anew: what is searched has changed."""
        self._known.clear()

    def run(self, document: Document, index: int, path: str, home: Home, language: str) -> Run | None:
        """One description of a document, run; None where it is not a demand.

        An empty language leaves it to the demand.
        """
        from vkd_server.features.run import RunOptions, run_piece

        key = (id(home.catalogue), path, document.piece_lines(index), language, document.rows[index])
        if key not in self._known:
            if len(self._known) >= _KEPT:
                self._known.clear()
            options = RunOptions(language=language or None)
            self._known[key] = run_piece(document, index, path, home.catalogue, options)
        return self._known[key]
