"""The server one client talks to.

pygls carries the lifecycle, the capabilities and our requests to the client. Messages come and go by our own reader and
dispatcher, and documents are our own: ARCHITECTURE.md says why, measured.
"""

import gc
import logging
import os
import sys
from collections import deque
from collections.abc import Callable, Generator, Mapping, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from vkd_grammar.text import Encoding, Position
from vkd_server import __version__
from vkd_server.features.diagnostics import Diagnostic
from vkd_server.lsp import params as read
from vkd_server.lsp.convert import Fragment, Json, Outward, diagnostics_fragment, position_in
from vkd_server.lsp.frames import encode_message
from vkd_server.lsp.inbox import Inbox
from vkd_server.lsp.kept import Kept
from vkd_server.lsp.messages import Target, message_uri, write_message
from vkd_server.lsp.plain import PlainConverter
from vkd_server.lsp.protocol import Protocol, chosen_encoding
from vkd_server.lsp.publisher import Publisher
from vkd_server.lsp.record import Record
from vkd_server.lsp.registering import Registrar
from vkd_server.lsp.requests import COMMANDS, FEATURES
from vkd_server.lsp.requests.semantic_tokens import TokenMemory
from vkd_server.lsp.routing import once_quiet, routed
from vkd_server.lsp.rpc import CONTENT_MODIFIED, Dispatcher, Handler, RpcError, Steps
from vkd_server.rules.rule import TextEdit
from vkd_server.workspace.aside import WAITING
from vkd_server.workspace.background import BackgroundCatalogue
from vkd_server.workspace.documents import OpenDocument
from vkd_server.workspace.files import Signature, vocabulary_files
from vkd_server.workspace.home import Home, Make
from vkd_server.workspace.settings import read_settings
from vkd_server.workspace.uris import path_of, uri_of
from vkd_server.workspace.workspace import Workspace

if TYPE_CHECKING:
    from vkd_catalog.catalogue import Catalogue
    from vkd_catalog.evaluation import Answer
    from vkd_server.features.snapshot import Piece

WATCHED = ("**/*.vkd", "**/*.csv", "**/vkd.toml")
"""The files whose changes outside the editor concern a catalogue."""


_QUIET = 1.0
"""Seconds without a message after which files are read that nobody has asked about yet."""

_SHOWN_KEPT = 50
"""How many virtual documents are renewed; nobody is told when one is closed."""

_AT_REST, _UNSETTLED = 3.0, 0.05
"""Seconds without a message after which the server looks around: whether anybody is still there, or a register is."""


class Server(LanguageServer):
    """One client's server: its workspace, and what the client can do."""

    protocol: Protocol

    def __init__(
        self,
        inbox: Inbox,
        send: Callable[[bytes], None],
        *,
        watch_parent: bool,
        make: Make = BackgroundCatalogue,
        timed: bool = True,
    ) -> None:
        logging.getLogger("pygls").setLevel(logging.CRITICAL + 1)
        super().__init__("vkd", __version__, protocol_cls=Protocol, converter_factory=PlainConverter)
        self.protocol.send = send
        self.files: Workspace[Fragment] = Workspace(self._present, make)
        self.publisher = Publisher(self.notify_encoded)
        self.tokens = TokenMemory()
        self.symbols: Kept[Fragment] = Kept()
        self._inbox = inbox
        self.record = Record()
        self.shown: deque[str] = deque(maxlen=_SHOWN_KEPT)
        self.encoding: Encoding = "utf-16"
        self.reported: dict[str, tuple[Signature | None, str]] = {}
        self._watch_parent = watch_parent
        self._told: list[Home] = []
        self._offered = True
        self._declared: object = None
        self._handlers: dict[str, Handler] = {
            "initialize": self._initialize,
            "initialized": self._initialized,
            "shutdown": lambda _: None,
        }
        for feature in FEATURES:
            self.feature(feature.method, feature.options)(feature.answer)
            handle = self._bound(routed(feature.method, feature.answer))
            self._handlers[feature.method] = once_quiet(self, feature.method, handle)
        for name, command in COMMANDS.items():
            self.command(name)(command)
        plain = PlainConverter()
        options = {feature.method: plain.unstructure(feature.options) for feature in FEATURES}
        self._registrar = Registrar(self.can, self.client_register_capability, options)
        self._dispatcher = Dispatcher(
            inbox,
            send,
            self._handlers.get,
            self.protocol.respond,
            self._idle,
            self._patience,
            self._rest,
            self.record,
            timed=timed,
        )

    def run(self) -> int:
        """Serves the client until it is gone; the process's exit code."""
        return self._dispatcher.run()

    def can(self, *path: str) -> bool:
        """Whether the client declares a capability, be it an empty object; `path` holds its keys in the protocol."""
        declared = read.optional(self._declared, *path)
        return declared is not None and declared is not False

    def open_document(self, params: object) -> OpenDocument[Fragment]:
        """The open document that a message is about."""
        document = self.files.document(read.text(params, "textDocument", "uri"))
        if document is None:
            raise read.invalid("the document is not open")
        return document

    def position(self, params: object, document: OpenDocument[Fragment]) -> Position:
        """The place a request is about."""
        return position_in(read.mapping(params, "position"), document.document.lines, self.encoding)

    def range_of(self, document: OpenDocument[Fragment], start: Position, end: Position) -> Json:
        """A stretch of a document in the client's units."""
        return Outward(document.document.lines, self.encoding).range(start, end)

    def answer_in(self, document: OpenDocument[Fragment]) -> "Callable[[Piece], Answer | None]":
        """The answers to a document's demands; none as long as there is no register to search.

        Whoever asks for one that is not known yet is asked anew when it is (`_bound`).
        """

        def answer(piece: "Piece") -> "Answer | None":
            if not document.home.catalogue.is_registered:
                return None
            try:
                run = self.files.known_run(document, piece.number)
            except KeyError:
                raise _Unanswered(document, piece.number) from None
            return run.answer if run else None

        return answer

    def while_it_stands(self, document: OpenDocument[Fragment], steps: Steps) -> Steps:
        """Works step by step for as long as a document is as it was; what else would come out is about another text."""
        was_open = self.files.document(document.uri) is not None
        while True:
            try:
                state = next(steps)
            except StopIteration as end:
                return end.value
            yield state
            now = self.files.document(document.uri)
            if was_open and (now is None or now.document is not document.document or now.home is not document.home):
                steps.close()
                raise RpcError(CONTENT_MODIFIED, "the document has changed")

    def workspace_edit(self, document: OpenDocument[Fragment], edits: Sequence[TextEdit]) -> Json:
        """Edits of a document and of other files of its catalogue, as a client applies them."""
        return self.edit_of(document.home.catalogue, edits, {document.path: document.uri})

    def edit_of(self, catalogue: "Catalogue", edits: Sequence[TextEdit], own: Mapping[str, str] = {}) -> Json:
        """Edits of files of a catalogue; `own` holds the URIs of those that are no files, by path."""
        opened = {one.path: one.uri for one in self.files.documents if one.home.catalogue is catalogue}
        opened |= {path: uri for uri, path in self.files.sources_of(catalogue)}
        opened |= own
        changes: dict[str, list[Json]] = {}
        outward: dict[str, Outward] = {}
        for edit in edits:
            uri = opened.get(edit.path) or uri_of(catalogue.root / edit.path)
            if uri not in outward:
                outward[uri] = Outward(self.files.lines_of(uri), self.encoding)
            place = outward[uri].range(edit.start, edit.end)
            changes.setdefault(uri, []).append({"range": place, "newText": edit.text})
        if not self.can("workspace", "workspaceEdit", "documentChanges"):
            return {"changes": changes}
        return {"documentChanges": [self._document_edit(uri, edits) for uri, edits in changes.items()]}

    def show_message(self, document: OpenDocument[Fragment], line: int, name: str, text: str) -> None:
        """Has the client show a reference message."""
        root = document.home.catalogue.root
        self.show(message_uri(Target(document.uri, line), name), lambda: write_message(root, name, text))

    def show(self, virtual: str, write: Callable[[], Path | None]) -> None:
        """Has the client show a document, where it can show any: a virtual one, else a file that is written for it."""
        if not self.can("window", "showDocument", "support"):
            return
        uri: str | None = virtual
        if not self.can("workspace", "textDocumentContent"):
            file = write()
            uri = uri_of(file) if file else None
        if uri is not None:
            self.window_show_document(types.ShowDocumentParams(uri=uri, take_focus=False))

    def tell(self, text: str) -> None:
        """Shows a person a line of text."""
        self.window_show_message(types.ShowMessageParams(types.MessageType.Info, text))

    def notify_encoded(self, method: str, params: str) -> None:
        """Sends a notification whose parameters are JSON already."""
        self.protocol.send(encode_message(f'{{"jsonrpc":"2.0","method":"{method}","params":{params}}}'))

    def catalogue_in_use(self, home: Home) -> None:
        """Says, when a catalogue is first used, what is wrong with its `vkd.toml` and with its vocabularies."""
        if home in self._told:
            return
        self._told.append(home)
        self._offered = False
        if home.error is not None:
            self.window_show_message(types.ShowMessageParams(types.MessageType.Error, str(home.error)))
        for file in vocabulary_files(home) if self.publisher.active else ():
            uri = uri_of(file.root / file.path)
            self.publisher.file(file, self._present(file.diagnostics, file.lines, 0, uri, home))

    def refresh(self) -> None:
        """Has everything that depends on the catalogue asked for or sent again."""
        self._told.clear()
        for document in self.files.documents:
            self.catalogue_in_use(document.home)
            self.publisher.later(document.uri)
        for home in self.files.homes_of_sources():
            self.catalogue_in_use(home)
        self._ask_again()
        self.renew_shown()

    def renew_shown(self) -> None:
        """Has the client ask anew for the virtual documents it was given, whose answers may be others now."""
        for uri in self.shown if self.can("workspace", "textDocumentContent") else ():
            self.workspace_text_document_content_refresh(types.TextDocumentContentRefreshParams(uri))

    def when_registered(self, home: Home) -> Generator[str, None, None]:
        """Lets other work come first until the products of a catalogue can be searched."""
        while not home.catalogue.is_registered:
            yield WAITING

    def _ask_again(self) -> None:
        if self.can("workspace", "inlayHint", "refreshSupport"):
            self.workspace_inlay_hint_refresh(None)
        if self.can("workspace", "codeLens", "refreshSupport"):
            self.workspace_code_lens_refresh(None)
        if not self.publisher.active and self.can("workspace", "diagnostics", "refreshSupport"):
            self.workspace_diagnostic_refresh(None)

    def ask_settings(self) -> None:
        """Asks the client for the settings section, where it answers such questions."""
        if self.can("workspace", "configuration"):
            item = types.ConfigurationItem(section="vkd")
            future = self.workspace_configuration(types.ConfigurationParams([item]))
            future.add_done_callback(self._take_answer)

    def take_settings(self, section: object) -> None:
        """Lets new settings take effect."""
        settings = read_settings(section, self.files.settings)
        if settings != self.files.settings:
            self.files.settings = settings
            self.files.read_anew()
            self.refresh()

    def _take_answer(self, answered: "Future[Any]") -> None:
        """Takes the settings the client was asked for; an error for an answer leaves them as they are."""
        sections = None if answered.exception() else answered.result()
        for section in sections[:1] if isinstance(sections, list) else ():
            self.take_settings(section)

    def _initialize(self, params: object) -> object:
        self.encoding = chosen_encoding(params)
        result = self.protocol.initialize(params, self.encoding)
        self._declared = read.optional(params, "capabilities")
        self.publisher.active = not self.can("textDocument", "diagnostic")
        self.files.roots = _roots(params)
        self.files.settings = read_settings(read.optional(params, "initializationOptions"))
        return result

    def _initialized(self, _params: object) -> None:
        if self.can("workspace", "didChangeWatchedFiles", "dynamicRegistration"):
            watchers = [types.FileSystemWatcher(glob_pattern=glob) for glob in WATCHED]
            self._register("workspace/didChangeWatchedFiles", types.DidChangeWatchedFilesRegistrationOptions(watchers))
        if self.can("workspace", "didChangeConfiguration", "dynamicRegistration"):
            self._register("workspace/didChangeConfiguration", types.DidChangeConfigurationRegistrationOptions("vkd"))
        self.ask_settings()
        self._offered = False

    def _register(self, method: str, options: object) -> None:
        registration = types.Registration(id=method, method=method, register_options=options)
        self.client_register_capability(types.RegistrationParams([registration]))

    def _bound(self, answer: Callable[["Server", object], object]) -> Handler:
        def handle(params: object) -> object:
            try:
                return answer(self, params)
            except _Unanswered as missing:
                return self.while_it_stands(missing.document, self._once_answered(missing, handle, params))

        return handle

    def _once_answered(self, missing: "_Unanswered", handle: Handler, params: object) -> Steps:
        yield from self.files.run(missing.document, missing.index)
        outcome = handle(params)
        return (yield from outcome) if isinstance(outcome, Generator) else outcome

    def _present(
        self, diagnostics: Sequence[Diagnostic], lines: Sequence[str], row: int, uri: str, home: Home
    ) -> Fragment:
        return diagnostics_fragment(diagnostics, lines, row, uri, uri_of(home.catalogue.root), self.encoding)

    def _idle(self) -> bool:
        """Does the next thing that waits for nothing else to wait; False where there is none."""
        return (
            self._take_up()
            or self.publisher.next(self.files.settled)
            or self._check_further()
            or self._offer_files()
            or self.files.prepare()
            or self._read_ahead()
        )

    def _read_ahead(self) -> bool:
        """Reads a little of what nobody has asked about yet, when nobody waits for anything; False where all is."""
        return not self._dispatcher.is_busy and self._inbox.is_quiet(_QUIET) and self.files.read_ahead()

    def _offer_files(self) -> bool:
        """Tells the client of files that it may ask about and does not know, where a catalogue has come into use."""
        if self._offered:
            return False
        self._offered = True
        self._registrar.settings()
        self._registrar.vocabularies(self.files.vocabulary_paths())
        return True

    def _take_up(self) -> bool:
        """Lets vocabularies that were written in count, once nobody types in them."""
        changed = self.files.take_up()
        if changed:
            self.refresh()
        return changed

    def _check_further(self) -> bool:
        """Checks a little of what was opened or changed; who was told of it in part is told again when all is known."""
        document = self.files.check_further()
        if document is not None and not document.waits and self.publisher.owes(document.uri):
            self.publisher.later(document.uri)
            self._ask_again()
        return document is not None

    def _patience(self) -> float:
        return _AT_REST if self.files.is_settled and not self.files.sources.waits else _UNSETTLED

    def _document_edit(self, uri: str, edits: Sequence[Json]) -> Json:
        document = self.files.document(uri) or self.files.sources.get(uri)
        return {"textDocument": {"uri": uri, "version": document.version if document else None}, "edits": edits}

    def _rest(self) -> bool:
        """Clears up when nothing has come for a while; False where the process that started the server is gone."""
        if not gc.isenabled() and self.files.is_settled:
            gc.collect()
            gc.freeze()
        if not self._watch_parent or self.process_id is None or sys.platform == "win32":
            return True
        try:
            os.kill(self.process_id, 0)
        except ProcessLookupError:
            return False
        except OSError:
            return True
        return True


class _Unanswered(Exception):
    """The answer to a demand that is not known yet was asked for by somebody who cannot wait for it."""

    def __init__(self, document: OpenDocument[Fragment], index: int) -> None:
        super().__init__(index)
        self.document = document
        self.index = index


def _roots(params: object) -> tuple[Path, ...]:
    """The client's folders, in its order; older clients name one, in one of two older ways."""
    folders = read.optional(params, "workspaceFolders")
    uris = [read.optional(folder, "uri") for folder in folders] if isinstance(folders, list) else []
    uris = uris or [read.optional(params, "rootUri")]
    paths = [path_of(uri) for uri in uris if isinstance(uri, str)]
    found = tuple(path for path in paths if path is not None)
    path = read.optional(params, "rootPath")
    return found or ((Path(path),) if isinstance(path, str) and path else ())
