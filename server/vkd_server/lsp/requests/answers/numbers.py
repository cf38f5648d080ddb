"""The commands `vkd.data` and `vkd.showData`: the numbers that an answer to a demand holds, as they are and beside its
message.

What is computed of single units is computed when somebody chooses so, for the catalogue's log keeps what was given; it
is kept for as long as the demand and the products stay as they are, and never computed again by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple, cast

from vkd_catalog.languages import say
from vkd_server.lsp import fields
from vkd_server.lsp.messages import Below
from vkd_server.lsp.requests.answers.answers import Answering, as_message, of_one_moment
from vkd_server.lsp.requests.answers.asked import demand_asked, no_demand
from vkd_server.lsp.requests.answers.message_references import Targets
from vkd_server.lsp.rpc import REQUEST_FAILED, RpcError, Steps

if TYPE_CHECKING:
    from vkd_catalog.catalogue import Catalogue
    from vkd_server.features.answers.numbers import Choice, Numbers
    from vkd_server.features.answers.run import Run
    from vkd_server.lsp.context import Context
    from vkd_server.lsp.convert import Json
    from vkd_server.workspace.documents import OpenDocument


def numbers(context: Context, arguments: Sequence[object]) -> Steps:
    """The numbers that an answer to the demand at a line holds: `{"text", "tables", "answer", "language", "words",
    "references"}`.

    `text` is Markdown, each of `tables` JSON-stat. `answer` is the answer's number, from 1: the third argument. Without
    it published figures are told, of the first answer that has some; of one whose numbers would be computed
    `{"answer", "choices"}`, where `choices` are the lines that its units can be divided by (`{"line", "label",
    "is_added"}`); null where no answer has numbers. The fourth argument is `{"table": [LINE, …], "of": LINE,
    "function": "sum" or "mean"}` for tables of units, and `"kept": true` where nothing is to be computed anew. `words`
    are said around the tables by clients that draw them. `references` are the sentences that figures rest on:
    `{"product", "line", "target"}`, with targets as `vkd.message` has them.
    """
    document, _, index = demand_asked(context, arguments)
    below = _below(arguments)
    if below is None:
        offer = yield from _offered(context, document, index)
        if offer is None or not offer.is_published:
            return {"answer": offer.answer, "choices": [one._asdict() for one in offer.choices]} if offer else None
        below = Below(offer.answer)
    found = yield from _numbers(context, document, index, below, is_kept=_is_kept(arguments))
    return (yield from _as_json(context, document, found))


def show_numbers(context: Context, arguments: Sequence[object]) -> Steps:
    """Shows the numbers of an answer below the reference message of the demand at a line, and answers them in Markdown.

    The third argument is the answer's number, from 1; without it the numbers are of the first answer that has some. The
    fourth is that of `vkd.data`.
    """
    from vkd_server.features.answers.numbers import numbers_text

    document, line, index = demand_asked(context, arguments)
    message = yield from as_message(context, document, index)
    if message is None:
        raise no_demand()
    run, text = message
    try:
        below = _below(arguments) or (yield from _first(context, document, run))
        found = yield from _numbers(context, document, index, below)
    except RpcError as error:
        raise RpcError(error.code, f"{run.answer.path}:{run.answer.line}: {error.message}") from error
    told = numbers_text(found)
    context.screen.show_message(document, line, run.answer.id, f"{text}\n{told}", below)
    return told


def message_with_numbers(context: Context, document: OpenDocument, index: int, below: Below) -> Answering[str]:
    """The reference message of a demand, and below it the numbers of an answer, or why they cannot be given.

    Empty where the demand is no longer there.
    """
    from vkd_server.features.answers.numbers import numbers_text

    message = yield from as_message(context, document, index)
    if message is None:
        return ""
    try:
        found = yield from _numbers(context, document, index, below, is_kept=True)
    except RpcError as error:
        return f"{message[1]}\n{error.message}\n"
    return f"{message[1]}\n{numbers_text(found)}"


def _as_json(context: Context, document: OpenDocument, found: Numbers) -> Answering[Json]:
    from vkd_server.features.answers.message import places_named
    from vkd_server.features.answers.numbers import numbers_as_json, sources_of

    sources = sources_of(found)
    places = yield from context.files.search(document.project, lambda view: places_named(sources, view))
    targets = Targets(context, document, places)
    references: list[Json] = []
    for source in sources:
        target = targets.of(source)
        references += [{"product": source.name, "line": source.line, "target": target}] if target else []
        yield None
    return {**numbers_as_json(found), "references": references}


def _first(context: Context, document: OpenDocument, run: Run) -> Answering[Below]:
    """The first answer that has numbers. Raises RpcError where none has."""
    from vkd_server.features.answers.numbers import answer_with_numbers

    private = context.files.settings.data_private

    def find(view: Catalogue) -> int | None:
        return answer_with_numbers(run, view, private=private)

    number = yield from context.files.search(document.project, find)
    if number is None:
        raise RpcError(REQUEST_FAILED, say("data.none", run.answer.language, demand=run.answer.id))
    return Below(number)


class _Offer(NamedTuple):
    """The first answer that has numbers, by its number: published ones, or such as would be computed, and the lines
    that its units can be divided by where some must be chosen."""

    answer: int
    is_published: bool
    choices: tuple[Choice, ...] = ()


def _offered(context: Context, document: OpenDocument, index: int) -> Answering[_Offer | None]:
    """What numbers a demand's answers have; None where none has."""
    from vkd_server.features.answers.numbers import answer_of_units, answer_with_numbers, choices_in

    private = context.files.settings.data_private
    run = yield from context.files.run(document, index)
    if run is None:
        raise no_demand()

    def find(view: Catalogue) -> _Offer | None:
        if (number := answer_with_numbers(run, view)) is not None:
            return _Offer(number, is_published=True)
        if private and (number := answer_with_numbers(run, view, private=True)) is not None:
            return _Offer(number, is_published=False)
        if private and (number := answer_of_units(run, view)) is not None:
            return _Offer(number, is_published=False, choices=tuple(choices_in(run, number, view)))
        return None

    return (yield from context.files.search(document.project, find))


def _numbers(
    context: Context, document: OpenDocument, index: int, below: Below, *, is_kept: bool = False
) -> Answering[Numbers]:
    """The numbers of an answer. Those that were computed are not computed again where only what `is_kept` is asked for.
    Raises RpcError where they cannot be given."""
    from vkd_catalog.data import ExtraMissing
    from vkd_catalog.data.figures import Refused
    from vkd_catalog.data.individual.given import RulesMissing
    from vkd_catalog.data.individual.plan import Crossing
    from vkd_catalog.disclosure.log import LogUnusable
    from vkd_catalog.disclosure.saying import unusable
    from vkd_server.features.answers.numbers import numbers_of, refused_in_words

    may_compute = context.files.settings.data_private and not is_kept
    crossing = Crossing(below.lines, below.of, below.function) if below.lines else None

    def answering() -> Answering[Numbers]:
        run = yield from context.files.run(document, index)
        if run is None:
            raise no_demand()
        key = (document.uri, document.document.piece_lines(index), below, context.files.moment)
        if is_kept and key in context.memory.numbers:
            return context.memory.numbers[key]
        language = run.answer.language

        def read(view: Catalogue) -> Numbers:
            return numbers_of(run, below.answer, view, crossing, private=may_compute)

        try:
            found = yield from context.files.search(document.project, read)
        except Refused as refused:
            is_forgotten = is_kept and refused.key == "of-units" and context.files.settings.data_private
            why = say("data.ask-again", language) if is_forgotten else refused_in_words(refused, language)
            raise RpcError(REQUEST_FAILED, why) from refused
        except RulesMissing as missing:
            raise RpcError(REQUEST_FAILED, missing.said) from missing
        except LogUnusable as error:
            raise RpcError(REQUEST_FAILED, unusable(error, language)) from error
        except ExtraMissing as error:
            raise RpcError(REQUEST_FAILED, "this needs the extra data: pip install 'vkd-server[data]'") from error
        if found.are_computed:
            context.memory.keep(key, found)
        return found

    return (yield from of_one_moment(context, answering))


def _below(arguments: Sequence[object]) -> Below | None:
    """The answer whose numbers are asked for, and how its units are divided; None where no answer is named."""
    number = arguments[2] if len(arguments) > 2 else None
    if number is None:
        return None
    if not _is_number(number):
        raise fields.invalid("the third argument must be the number of an answer, from 1")
    options = _options(arguments)
    lines, of, function = options.get("table", []), options.get("of"), options.get("function")
    is_list = isinstance(lines, list) and all(map(_is_number, lines))
    is_added = (of is None and function is None) or (_is_number(of) and function in ("sum", "mean") and bool(lines))
    if not is_list or not is_added:
        raise fields.invalid(
            'the fourth argument must be {"table": [LINE, …], "of": LINE, "function": "sum" or "mean"}'
        )
    divided = tuple(dict.fromkeys(cast("list[int]", lines)))
    return Below(cast("int", number), divided, cast("int | None", of), cast("Literal['sum', 'mean'] | None", function))


def _is_kept(arguments: Sequence[object]) -> bool:
    return _options(arguments).get("kept") is True


def _options(arguments: Sequence[object]) -> Mapping[str, object]:
    options = arguments[3] if len(arguments) > 3 else None
    return options if isinstance(options, dict) else {}


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0
