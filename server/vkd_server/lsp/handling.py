"""How one message becomes one answer. In this order, each step a function below:

1. received: the parameters are read as the method's typed ones (`Feature.read`); the wrong ones are refused.
2. routed: whoever answers for the kind of the document is chosen: descriptions, vocabularies, `vkd.toml`.
3. deferred: while a vocabulary is being written in, its words cannot be known, so that what needs them waits until
   it is read. What is asked at a keystroke (completion) does not wait. While a catalogue is not there yet, since a
   large vocabulary must be compiled first, only what follows from a text alone is answered about its documents.
4. answered: from a `Context`, after files that were reported as changed have been read. A long answer is a generator.
5. retried: a function that needs the answer to a demand and cannot wait for it is called again when it is known; one
   that needs what is made in steps, when that is made.
6. cancelled: a long answer ends with -32801 when its text or its catalogue changes, and with -32800 when nobody waits
   for it any longer; the latter is the dispatcher's (`rpc`), which takes the steps.

Notifications are only received and routed: they change the `Session`, in the order they come. What takes long and
cannot be cut into steps is a background task (`workspace/background_task.py`); a step that waits for it yields WAITING.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from typing import TYPE_CHECKING

from vkd_catalog.engines import RegisterError
from vkd_server.lsp.answering import MissingAnswer, UnpreparedError
from vkd_server.lsp.feature import Feature
from vkd_server.lsp.params import document_uri
from vkd_server.lsp.rpc import CONTENT_MODIFIED, REQUEST_FAILED, Handler, RpcError, Steps
from vkd_server.lsp.session import Session
from vkd_server.workspace.background_task import WAITING, PendingError

if TYPE_CHECKING:
    from vkd_server.workspace.documents import OpenDocument


_NOT_DEFERRED = "textDocument/completion"
"""What is asked at a keystroke answers from the text and from words of a moment ago."""

_OF_TEXT_ALONE = frozenset(
    (
        "textDocument/diagnostic",
        "textDocument/documentSymbol",
        "textDocument/foldingRange",
        "textDocument/formatting",
        "textDocument/onTypeFormatting",
        "textDocument/rangeFormatting",
        "textDocument/rangesFormatting",
        "textDocument/selectionRange",
        "textDocument/semanticTokens/full",
        "textDocument/semanticTokens/full/delta",
        "textDocument/semanticTokens/range",
    )
)
"""What is answered of a document whose catalogue is not there yet; of what is wrong with it, what the text shows."""

_FOLLOWS_ITS_TEXT = "textDocument/diagnostic"
"""What is answered for the text as it is in the end, and so is not cancelled by a change."""


def handler_of(session: Session, feature: Feature) -> Handler:
    """The function that handles a feature's messages from one client."""
    if feature.is_notification:
        return lambda params: _taken(session, feature, params)
    return lambda params: _known(session, lambda: _received(session, feature, params))


def _known(session: Session, answer: Callable[[], object]) -> object:
    """An answer, or an error that says that it is not known, where a register on a server cannot be asked."""
    try:
        outcome = answer()
    except RegisterError as error:
        raise RpcError(REQUEST_FAILED, session.tell_unknown(error)) from error
    return _known_in_steps(session, outcome) if isinstance(outcome, Generator) else outcome


def _known_in_steps(session: Session, steps: Steps) -> Steps:
    try:
        return (yield from steps)
    except RegisterError as error:
        raise RpcError(REQUEST_FAILED, session.tell_unknown(error)) from error


def _taken(session: Session, feature: Feature, params: object) -> object:
    """Handles a notification. A long task that it starts ends when the text of its document changes."""
    uri = document_uri(params)
    typed = feature.read(params)
    outcome = _routed(session, feature, uri)(session, typed)
    document = session.files.document(uri)
    if isinstance(outcome, Generator) and document is not None:
        return _while_unchanged(session, document, outcome)
    return outcome


def _received(session: Session, feature: Feature, params: object) -> object:
    """Handles a request: returns its answer, or a generator that makes it in steps."""
    uri = document_uri(params)
    typed = feature.read(params)

    def answer() -> object:
        return _answered(session, feature, uri, typed)

    if session.files.sources.waits and feature.method != _NOT_DEFERRED:
        return _deferred(session, uri, answer)
    return _once_there(session, feature, uri, answer)


def _once_there(session: Session, feature: Feature, uri: str, answer: Callable[[], object]) -> object:
    """Answers once the catalogue is there that is asked about."""

    def later() -> Steps:
        return _deferred(session, uri, answer)

    if _is_awaited(session, feature, uri):
        return later()
    try:
        outcome = answer()
    except PendingError:
        return later()
    return _again_when_there(outcome, later) if isinstance(outcome, Generator) else outcome


def _again_when_there(steps: Steps, later: Callable[[], Steps]) -> Steps:
    try:
        return (yield from steps)
    except PendingError:
        return (yield from later())


def _is_awaited(session: Session, feature: Feature, uri: str) -> bool:
    """Whether what is asked about is a catalogue that is not there yet."""
    document = session.files.document(uri)
    if document is None:
        return bool(session.files.pending)
    return document.project.is_pending and feature.method not in _OF_TEXT_ALONE


def _routed(session: Session, feature: Feature, uri: str) -> Callable[..., object]:
    """The function that answers for the kind of a document; one that answers null where there is none."""
    source = session.files.sources.get(uri)
    return feature.answer_about(source.kind) if source else feature.answer


def _deferred(session: Session, uri: str, answer: Callable[[], object]) -> Steps:
    """Answers once edited vocabularies have been read, and all catalogues are there; ends with an error if the document
    has another version by then."""
    asked = _version(session, uri)
    while session.files.sources.waits or session.files.pending:
        yield WAITING
    if _version(session, uri) != asked:
        raise _changed_meanwhile()
    outcome = answer()
    return (yield from outcome) if isinstance(outcome, Generator) else outcome


def _answered(session: Session, feature: Feature, uri: str, params: object) -> object:
    """Answers from the workspace, after the files that were reported as changed have been read."""
    session.catch_up()
    document = session.files.document(uri)
    try:
        outcome = _routed(session, feature, uri)(session.context, params)
    except MissingAnswer as missing:
        run = session.files.run(missing.document, missing.index)
        steps = _retried(run, lambda: _answered(session, feature, uri, params))
        return _while_unchanged(session, missing.document, steps)
    except UnpreparedError as unprepared:
        steps = _retried(unprepared.steps, lambda: _answered(session, feature, uri, params))
        return _while_unchanged(session, unprepared.document, steps)
    if isinstance(outcome, Generator) and document is not None and feature.method != _FOLLOWS_ITS_TEXT:
        return _while_unchanged(session, document, outcome)
    return outcome


def _retried(first: Iterator[str | None], answer: Callable[[], object]) -> Steps:
    """Answers as soon as what must come first is done: the answer to a demand is known, or words are taken in."""
    yield from first
    outcome = answer()
    return (yield from outcome) if isinstance(outcome, Generator) else outcome


def _while_unchanged(session: Session, document: OpenDocument, steps: Steps) -> Steps:
    """Continues an answer for as long as its document does not change, since otherwise it would be about another
    text."""
    while True:
        try:
            state = next(steps)
        except StopIteration as end:
            return end.value
        yield state
        now = session.files.document(document.uri)
        if now is None or now.document is not document.document or now.project is not document.project:
            steps.close()
            raise _changed_meanwhile()


def _changed_meanwhile() -> RpcError:
    return RpcError(CONTENT_MODIFIED, "the document has changed")


def _version(session: Session, uri: str) -> int | None:
    """The version of the document that a message is about, as it is now."""
    document = session.files.document(uri) or session.files.sources.get(uri)
    return document.version if document else None
