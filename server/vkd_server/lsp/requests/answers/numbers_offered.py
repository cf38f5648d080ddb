"""Where the numbers of a demand are offered: its lens, and its code action."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vkd_catalog.languages import say
from vkd_server.lsp.names import SHOW_DATA
from vkd_server.lsp.requests.answers.answers import Answering

if TYPE_CHECKING:
    from vkd_catalog.catalogue import Catalogue
    from vkd_catalog.evaluation import Answer
    from vkd_server.features.snapshot import Piece
    from vkd_server.lsp.context import Context
    from vkd_server.lsp.convert import Json
    from vkd_server.workspace.documents import OpenDocument

_MOST = 20
"""In a document with more demands lenses are not found for their numbers: each takes a run."""


def has_lenses(document: OpenDocument) -> bool:
    """Whether lenses are found for the numbers of a document's demands: not where there are very many."""
    pieces = document.document.pieces()
    return sum(1 for _, description in pieces if description.kind == "demand") <= _MOST


def numbers_lens(context: Context, document: OpenDocument, piece: Piece, row: int) -> Answering[list[Json]]:
    """The command that shows the numbers of a demand whose header stands on a row, where some answer to it has numbers
    that can be had. Where tables can be made of its units, a client that can ask for lines is told which there are."""
    if not document.project.catalogue.is_registered:
        return []
    asks_for_units = context.files.settings.data_private and context.client.can("experimental", "tables")
    if not asks_for_units and not _asks_for_aggregates(document, piece):
        return []
    from vkd_server.features.answers.numbers import answer_of_units, answer_with_numbers, choices_in

    run = yield from context.files.run(document, piece.number)
    if run is None or run.answer.status != "found":
        return []
    private = context.files.settings.data_private

    def find(view: Catalogue) -> list[object]:
        if (number := answer_with_numbers(run, view, private=private)) is not None:
            return [number]
        if asks_for_units and (number := answer_of_units(run, view)) is not None:
            return [number, {"choices": [one._asdict() for one in choices_in(run, number, view)]}]
        return []

    found = yield from context.files.search(document.project, find)
    return [_command(document, row, *found)] if found else []


def numbers_actions(document: OpenDocument, piece: Piece, row: int, answer: Answer | None) -> Iterator[Json]:
    """The command that shows the numbers of a demand that asks for aggregates and has an answer: which of its answers
    has numbers is looked for when it is chosen."""
    if answer is not None and answer.status == "found" and _asks_for_aggregates(document, piece):
        yield _command(document, row)


def _command(document: OpenDocument, row: int, *answer: object) -> Json:
    """The command for the answer of a number, and what else it is told; for the first that has numbers without any."""
    language, number = document.project.catalogue.language, answer[0] if answer else 1
    title = say("editor.show-data", language) if number == 1 else say("editor.show-data-of", language, number=number)
    return {"title": title, "command": SHOW_DATA, "arguments": [document.uri, row, *answer]}


def _asks_for_aggregates(document: OpenDocument, piece: Piece) -> bool:
    """Whether a line of a demand asks for an aggregate, so that it is worth running."""
    from vkd_catalog.evaluation.concepts import kinds_of

    vocabularies = document.project.catalogue.vocabularies
    lines = document.snapshot.code(piece).sentences
    return any(kinds_of(line.object_type, line.characteristic, vocabularies) == {"aggregate"} for line in lines)
