"""Helpers for answers that take long: given in steps, or needing the answer to a demand that is not known yet."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from vkd_catalog.evaluation import Answer
    from vkd_server.features.snapshot import Piece
    from vkd_server.workspace.documents import OpenDocument
    from vkd_server.workspace.view import WorkspaceView

T = TypeVar("T")

_A_STEP = 200


class MissingAnswer(Exception):
    """Raised when the answer to a demand is needed at once and not known yet; the request is then retried
    (`handling`)."""

    def __init__(self, document: OpenDocument, index: int) -> None:
        super().__init__(index)
        self.document = document
        self.index = index


class UnpreparedError(Exception):
    """Raised when an answer about a document needs something that `steps` make first; the request is then retried."""

    def __init__(self, document: OpenDocument, steps: Iterator[str | None]) -> None:
        super().__init__()
        self.document = document
        self.steps = steps


def answers_in(files: WorkspaceView, document: OpenDocument) -> Callable[[Piece], Answer | None]:
    """A function that returns the answers to a document's demands; None for all while there is no register to search.

    It raises MissingAnswer where an answer is not known yet.
    """

    def answer(piece: Piece) -> Answer | None:
        if not document.project.catalogue.is_registered:
            return None
        try:
            run = files.known_run(document, piece.number)
        except KeyError:
            raise MissingAnswer(document, piece.number) from None
        return run.answer if run else None

    return answer


def in_lots(steps: Iterable[object], most: int) -> Generator[None, None, None]:
    """Takes all steps of some work; yields after every few so that other work can come in between."""
    for number, _ in enumerate(steps, start=1):
        if number % most == 0:
            yield


def in_steps(found: Iterable[T]) -> Generator[None, None, list[T]]:
    """All items of an iterable as a list; yields after every few hundred so that other work can come in between."""
    every: list[T] = []
    for one in found:
        every.append(one)
        if len(every) % _A_STEP == 0:
            yield
    return every
