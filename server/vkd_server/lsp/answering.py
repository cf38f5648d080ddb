"""How long answers are given: in steps, and asking for what is not known yet (`handling` says what becomes of that)."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from vkd_catalog.evaluation import Answer
    from vkd_server.features.snapshot import Piece
    from vkd_server.workspace.documents import OpenDocument
    from vkd_server.workspace.view import WorkspaceView

T = TypeVar("T")

_A_STEP = 200


class MissingAnswer(Exception):
    """The answer to a demand that is not known yet was asked for by somebody who cannot wait for it."""

    def __init__(self, document: OpenDocument, index: int) -> None:
        super().__init__(index)
        self.document = document
        self.index = index


def answers_in(files: WorkspaceView, document: OpenDocument) -> Callable[[Piece], Answer | None]:
    """What gives the answers to a document's demands; none as long as there is no register to search.

    It raises MissingAnswer where one is not known yet, and who asked is asked again when it is.
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


def in_steps(found: Iterable[T]) -> Generator[None, None, list[T]]:
    """What is found, a list, with room for other work between every few hundred."""
    every: list[T] = []
    for one in found:
        every.append(one)
        if len(every) % _A_STEP == 0:
            yield
    return every
