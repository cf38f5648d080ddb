"""The commands `vkd.data` and `vkd.showData`: the numbers that an answer to a demand holds, as they are and beside its
message."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from vkd_catalog.languages import say
from vkd_server.lsp import fields
from vkd_server.lsp.names import SHOW_DATA
from vkd_server.lsp.requests.answers.answers import Answering, as_message, of_one_moment
from vkd_server.lsp.requests.answers.asked import demand_asked, no_demand
from vkd_server.lsp.requests.answers.message_references import Targets
from vkd_server.lsp.rpc import REQUEST_FAILED, RpcError, Steps

if TYPE_CHECKING:
    from vkd_catalog.catalogue import Catalogue
    from vkd_catalog.evaluation import Answer
    from vkd_server.features.answers.numbers import Numbers
    from vkd_server.features.snapshot import Piece
    from vkd_server.lsp.context import Context
    from vkd_server.lsp.convert import Json
    from vkd_server.workspace.documents import OpenDocument

_MOST = 20
"""In a document with more demands of aggregates, lenses are not found for them: each takes a run."""


def numbers(context: Context, arguments: Sequence[object]) -> Steps:
    """The published figures that an answer to the demand at a line holds: `{"text", "tables", "answer", "language",
    "words", "references"}`.

    `text` is Markdown, each of `tables` JSON-stat. `answer` is the number, from 1, of the answer that they are of: the
    third argument, else the first whose numbers can be had; null where there is none such. `words` are said around the
    tables by clients that draw them. `references` are the sentences that figures rest on: `{"product", "line",
    "target"}`, with targets as `vkd.message` has them.
    """
    from vkd_server.features.answers.message import places_named
    from vkd_server.features.answers.numbers import numbers_as_json, sources_of

    document, _, index = demand_asked(context, arguments)
    found = yield from _numbers(context, document, index, _number(arguments))
    if found is None:
        return None
    sources = sources_of(found)
    places = yield from context.files.search(document.project, lambda view: places_named(sources, view))
    targets = Targets(context, document, places)
    references: list[Json] = []
    for source in sources:
        target = targets.of(source)
        references += [{"product": source.name, "line": source.line, "target": target}] if target else []
        yield None
    return {**numbers_as_json(found), "references": references}


def show_numbers(context: Context, arguments: Sequence[object]) -> Steps:
    """Shows the numbers of an answer below the reference message of the demand at a line, and answers them in Markdown.

    The third argument is the answer's number, from 1; without it the numbers are of the first answer that has some.
    """
    from vkd_server.features.answers.numbers import numbers_text

    document, line, index = demand_asked(context, arguments)
    message = yield from as_message(context, document, index)
    if message is None:
        raise no_demand()
    run, text = message
    try:
        found = yield from _numbers(context, document, index, _number(arguments))
        if found is None:
            raise RpcError(REQUEST_FAILED, say("data.none", run.answer.language, demand=run.answer.id))
    except RpcError as error:
        raise RpcError(error.code, f"{run.answer.path}:{run.answer.line}: {error.message}") from error
    below = numbers_text(found)
    context.screen.show_message(document, line, run.answer.id, f"{text}\n{below}", answer=found.answer)
    return below


def message_with_numbers(context: Context, document: OpenDocument, index: int, answer: int) -> Answering[str]:
    """The reference message of a demand, and below it the numbers of the answer of a number, or why they cannot be
    given; empty where the demand is no longer there."""
    from vkd_server.features.answers.numbers import numbers_text

    message = yield from as_message(context, document, index)
    if message is None:
        return ""
    try:
        found = yield from _numbers(context, document, index, answer)
    except RpcError as error:
        return f"{message[1]}\n{error.message}\n"
    return f"{message[1]}\n{numbers_text(found)}" if found else message[1]


def numbers_lens(context: Context, document: OpenDocument, piece: Piece, row: int) -> Answering[list[Json]]:
    """The command that shows the numbers of a demand whose header stands on a row, where some answer to it has numbers
    that can be had."""
    catalogue = document.project.catalogue
    if not catalogue.is_registered or not _asks_for_aggregates(document, piece):
        return []
    from vkd_server.features.answers.numbers import answer_with_numbers

    run = yield from context.files.run(document, piece.number)
    if run is None or run.answer.status != "found":
        return []

    def find(view: Catalogue) -> int | None:
        return answer_with_numbers(run, view)

    number = yield from context.files.search(document.project, find)
    return [_command(document, row, number)] if number else []


def has_lenses(document: OpenDocument) -> bool:
    """Whether lenses are found for the numbers of a document's demands: not where there are very many."""
    pieces = document.document.pieces()
    return sum(1 for _, description in pieces if description.kind == "demand") <= _MOST


def numbers_actions(document: OpenDocument, piece: Piece, row: int, answer: Answer | None) -> Iterator[Json]:
    """The command that shows the numbers of a demand that asks for aggregates and has an answer: which of its answers
    has numbers is looked for when it is chosen."""
    if answer is not None and answer.status == "found" and _asks_for_aggregates(document, piece):
        yield {**_command(document, row, 1), "arguments": [document.uri, row]}


def _command(document: OpenDocument, row: int, number: int) -> Json:
    language = document.project.catalogue.language
    title = say("editor.show-data", language) if number == 1 else say("editor.show-data-of", language, number=number)
    return {"title": title, "command": SHOW_DATA, "arguments": [document.uri, row, number]}


def _asks_for_aggregates(document: OpenDocument, piece: Piece) -> bool:
    """Whether a line of a demand asks for an aggregate, so that it is worth running."""
    characteristics = document.project.catalogue.vocabularies.characteristics
    concepts = (characteristics.coded(line.characteristic or "") for line in document.snapshot.code(piece).sentences)
    return any(concept is not None and concept.kind == "aggregate" for concept in concepts)


def _numbers(context: Context, document: OpenDocument, index: int, number: int | None) -> Answering[Numbers | None]:
    """The numbers of the answer of a number, or of the first that has some; None where no answer has. Raises RpcError
    where they cannot be given."""
    from vkd_catalog.data import ExtraMissing
    from vkd_catalog.data.figures import Refused
    from vkd_server.features.answers.numbers import answer_with_numbers, numbers_of, refused_in_words

    def answering() -> Answering[Numbers | None]:
        run = yield from context.files.run(document, index)
        if run is None:
            raise no_demand()

        def read(view: Catalogue) -> Numbers | None:
            wanted = number or answer_with_numbers(run, view)
            return numbers_of(run, wanted, view) if wanted else None

        try:
            return (yield from context.files.search(document.project, read))
        except Refused as refused:
            raise RpcError(REQUEST_FAILED, refused_in_words(refused, run.answer.language)) from refused
        except ExtraMissing as error:
            raise RpcError(REQUEST_FAILED, "this needs the extra data: pip install 'vkd-server[data]'") from error

    return (yield from of_one_moment(context, answering))


def _number(arguments: Sequence[object]) -> int | None:
    number = arguments[2] if len(arguments) > 2 else None
    if number is not None and (not isinstance(number, int) or isinstance(number, bool) or number < 1):
        raise fields.invalid("the third argument must be the number of an answer, from 1")
    return number
