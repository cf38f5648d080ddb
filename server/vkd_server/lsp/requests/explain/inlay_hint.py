"""textDocument/inlayHint."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from vkd_server.features.explain.inlay_hints import HintSettings, hints
from vkd_server.lsp.convert import Json, Outward
from vkd_server.lsp.rpc import Steps

if TYPE_CHECKING:
    from vkd_catalog.catalogue import Catalogue
    from vkd_catalog.evaluation import Answer
    from vkd_catalog.evaluation.funnel import Survivors
    from vkd_grammar.text import Span
    from vkd_server.features.answers.run import Run
    from vkd_server.features.snapshot import Piece
    from vkd_server.lsp.context import Context
    from vkd_server.lsp.params import InStretch
    from vkd_server.workspace.documents import OpenDocument


def inlay_hints(context: Context, params: InStretch) -> Steps:
    """The hints of the rows that the editor shows, one a step: those of demands take a run each."""
    document = context.open_document(params.uri)
    span = context.client.span(params.stretch, document.document.lines)
    settings = context.files.settings
    wanted = HintSettings(
        settings.hints_dittos, settings.hints_codes, settings.hints_funnel, beside=settings.hints_beside
    )
    runs: dict[int, Run] = {}
    if wanted.sets:
        runs = yield from _runs(context, document, span)

    def answer(piece: Piece) -> Answer | None:
        return runs[piece.number].answer if piece.number in runs else None

    def funnel(piece: Piece) -> Sequence[Survivors]:
        return runs[piece.number].funnel()

    outward = Outward(document.document.lines, context.client.encoding)
    found: list[Json] = []
    for hint in hints(document.snapshot, span.start.row, span.end.row, wanted, answer, funnel):
        padding = "paddingRight" if hint.opens else "paddingLeft"
        found.append({"position": outward.position(hint.position), "label": hint.text, padding: True})
        yield None
    return found


def _runs(context: Context, document: OpenDocument, span: Span) -> Generator[str | None, None, dict[int, Run]]:
    """The answers to the demands that the editor shows, each line counted; none without a register to search."""
    project, text = document.project, document.document
    runs: dict[int, Run] = {}
    if project.catalogue.is_registered and text.rows:
        for index in range(text.index_at(span.start.row), text.index_at(span.end.row) + 1):
            run = yield from context.files.run(document, index)
            if run is not None:
                yield from context.files.search(project, partial(_counted, run))
                runs[index] = run
            yield None
    return runs


def _counted(run: Run, _catalogue: Catalogue) -> None:
    """Reads `funnel` of a run, so that it is counted here, in the background, and not when the hints are made."""
    run.answer.covers.members()
    run.funnel()
