"""Answers that have to wait: for the register, for a demand's evaluation, and never longer than their text stands."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import TYPE_CHECKING

from vkd_server.lsp.rpc import CONTENT_MODIFIED, Handler, RpcError, Steps
from vkd_server.workspace.aside import WAITING

if TYPE_CHECKING:
    from vkd_catalog.evaluation import Answer
    from vkd_server.features.snapshot import Piece
    from vkd_server.lsp.convert import Fragment
    from vkd_server.lsp.server import Server
    from vkd_server.workspace.documents import OpenDocument
    from vkd_server.workspace.home import Home


def when_registered(home: Home) -> Generator[str, None, None]:
    """Lets other work come first until the products of a catalogue can be searched."""
    while not home.catalogue.is_registered:
        yield WAITING


def while_it_stands(server: Server, document: OpenDocument[Fragment], steps: Steps) -> Steps:
    """Works step by step for as long as a document is as it was; what else would come out is about another text."""
    was_open = server.files.document(document.uri) is not None
    while True:
        try:
            state = next(steps)
        except StopIteration as end:
            return end.value
        yield state
        now = server.files.document(document.uri)
        if was_open and (now is None or now.document is not document.document or now.home is not document.home):
            steps.close()
            raise RpcError(CONTENT_MODIFIED, "the document has changed")


def answer_in(server: Server, document: OpenDocument[Fragment]) -> Callable[[Piece], Answer | None]:
    """The answers to a document's demands; none as long as there is no register to search.

    Whoever asks for one that is not known yet is asked anew when it is (`once_answered`).
    """

    def answer(piece: Piece) -> Answer | None:
        if not document.home.catalogue.is_registered:
            return None
        try:
            run = server.files.known_run(document, piece.number)
        except KeyError:
            raise _Unanswered(document, piece.number) from None
        return run.answer if run else None

    return answer


def once_answered(server: Server, handle: Handler) -> Handler:
    """A handler that is called again when the answer to a demand that it missed is there."""

    def handling(params: object) -> object:
        try:
            return handle(params)
        except _Unanswered as missing:
            return while_it_stands(server, missing.document, again(missing, params))

    def again(missing: _Unanswered, params: object) -> Steps:
        yield from server.files.run(missing.document, missing.index)
        outcome = handling(params)
        return (yield from outcome) if isinstance(outcome, Generator) else outcome

    return handling


class _Unanswered(Exception):
    """The answer to a demand that is not known yet was asked for by somebody who cannot wait for it."""

    def __init__(self, document: OpenDocument[Fragment], index: int) -> None:
        super().__init__(index)
        self.document = document
        self.index = index
