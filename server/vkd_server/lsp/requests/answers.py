"""Answers to demands as clients get them: as data, and as the text of a reference message. Both take their time."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from typing import TYPE_CHECKING, TypeVar

from vkd_server.lsp.convert import Fragment
from vkd_server.lsp.frames import to_json_in_pieces
from vkd_server.lsp.rpc import Encoded
from vkd_server.lsp.waiting import when_registered

if TYPE_CHECKING:
    from vkd_catalog.catalogue import Catalogue
    from vkd_server.features.answers.run import Run
    from vkd_server.lsp.server import Server
    from vkd_server.workspace.documents import OpenDocument

T = TypeVar("T")
Answering = Generator[str | None, None, T]


def as_json(server: Server, document: OpenDocument[Fragment], indices: Iterable[int]) -> Answering[Encoded]:
    """The answers to those of some descriptions that are demands, as `vkd run --output-format json` prints them."""
    from vkd_server.features.answers.run_json import runs_as_json

    def answering() -> Answering[Encoded]:
        yield from when_registered(document.home)
        runs: list[Run] = []
        for index in indices:
            run = yield from server.files.run(document, index)
            runs += [run] if run else []
            yield None

        def written(catalogue: Catalogue) -> Encoded:
            return Encoded(to_json_in_pieces(runs_as_json(runs, catalogue, public=catalogue.is_public)))

        return (yield from server.files.beside(document.home.catalogue, written))

    return (yield from _of_one_moment(server, answering))


def as_message(server: Server, document: OpenDocument[Fragment], index: int) -> Answering[tuple[Run, str] | None]:
    """A demand's answer with its reference message in Markdown; None for a description that is no demand."""
    from vkd_server.features.answers.message import message_text

    def answering() -> Answering[tuple[Run, str] | None]:
        yield from when_registered(document.home)
        run = yield from server.files.run(document, index)
        if run is None:
            return None
        text = yield from server.files.beside(document.home.catalogue, lambda view: message_text(run, view))
        return run, text

    return (yield from _of_one_moment(server, answering))


def _of_one_moment(server: Server, answering: Callable[[], Answering[T]]) -> Answering[T]:
    """Answers anew where what is searched changed meanwhile: what a message says of the catalogue is of its answer."""
    while True:
        before = server.files.moment
        answer = yield from answering()
        if server.files.moment == before:
            return answer
