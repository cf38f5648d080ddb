"""Answers to demands as clients get them: as data, and as the text of a reference message. Both are made in steps."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from typing import TYPE_CHECKING, TypeVar

from vkd_server.lsp.frames import to_json_in_pieces
from vkd_server.lsp.rpc import Encoded

if TYPE_CHECKING:
    from vkd_catalog.catalogue import Catalogue
    from vkd_server.features.answers.run import Run
    from vkd_server.lsp.context import Context
    from vkd_server.workspace.documents import OpenDocument

T = TypeVar("T")
Answering = Generator[str | None, None, T]


def as_json(context: Context, document: OpenDocument, indices: Iterable[int]) -> Answering[Encoded]:
    """The answers to the demands among some descriptions, as `vkd run --output-format json` prints them."""
    from vkd_server.features.answers.run_json import runs_as_json

    def answering() -> Answering[Encoded]:
        runs: list[Run] = []
        for index in indices:
            run = yield from context.files.run(document, index)
            runs += [run] if run else []
            yield None

        def written(catalogue: Catalogue) -> Encoded:
            return Encoded(to_json_in_pieces(runs_as_json(runs, catalogue, public=catalogue.is_public)))

        return (yield from context.files.search(document.project, written))

    return (yield from of_one_moment(context, answering))


def as_message(context: Context, document: OpenDocument, index: int) -> Answering[tuple[Run, str] | None]:
    """The answer to a demand, and its reference message in Markdown; None for a description that is no demand."""
    from vkd_server.features.answers.message import message_text

    def answering() -> Answering[tuple[Run, str] | None]:
        run = yield from context.files.run(document, index)
        if run is None:
            return None
        text = yield from context.files.search(document.project, lambda view: message_text(run, view))
        return run, text

    return (yield from of_one_moment(context, answering))


def of_one_moment(context: Context, answering: Callable[[], Answering[T]]) -> Answering[T]:
    """An answer that was made while the products searched stayed the same; it is made again where they changed
    meanwhile, also where it failed: what was found among other products may be there no longer."""
    while True:
        before = context.files.moment
        try:
            answer = yield from answering()
        except Exception:
            if context.files.moment == before:
                raise
            continue
        if context.files.moment == before:
            return answer
