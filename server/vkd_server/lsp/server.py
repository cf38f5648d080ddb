"""The server one client talks to.

pygls carries the lifecycle, the capabilities and our requests to the client. Messages come and go by our own reader and
dispatcher, and documents are our own: ARCHITECTURE.md says why, measured.
"""

import json
import logging
import os
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol

from vkd_grammar.text import Encoding, Position
from vkd_server import __version__
from vkd_server.features.diagnostics import Diagnostic
from vkd_server.lsp import params as read
from vkd_server.lsp.convert import (
    RULE_SCHEME,
    Fragment,
    Json,
    Outward,
    diagnostics_fragment,
    diagnostics_json,
    position_in,
)
from vkd_server.lsp.frames import encode_message, to_json
from vkd_server.lsp.inbox import Inbox
from vkd_server.lsp.messages import SCHEME, Target, message_uri, write_message
from vkd_server.lsp.plain import PlainConverter, View
from vkd_server.lsp.requests import COMMANDS, FEATURES
from vkd_server.lsp.rpc import Dispatcher, Handler
from vkd_server.rules.rule import TextEdit
from vkd_server.workspace.documents import OpenDocument
from vkd_server.workspace.files import vocabulary_files
from vkd_server.workspace.home import Home
from vkd_server.workspace.settings import read_settings
from vkd_server.workspace.uris import path_of, uri_of
from vkd_server.workspace.workspace import Workspace

if TYPE_CHECKING:
    from vkd_catalog.evaluation import Answer
    from vkd_server.features.snapshot import Piece

_ENCODINGS: tuple[Encoding, ...] = ("utf-32", "utf-8", "utf-16")
"""What the server prefers: its own columns are code points."""


class Protocol(LanguageServerProtocol):
    """pygls' protocol, sending by our own way out and structuring nothing but the lifecycle's messages."""

    send: Callable[[bytes], None]

    def initialize(self, params: object, encoding: Encoding) -> object:
        """The answer to `initialize`, in an encoding that the client offers."""
        declared = read.mapping(params, "capabilities")
        general = read.optional(declared, "general")
        offered = {**(general if isinstance(general, dict) else {}), "positionEncodings": [encoding]}
        process = read.optional(params, "processId")
        process = process if isinstance(process, int) else None
        view: Any = View({"processId": process, "capabilities": {**declared, "general": offered}})
        steps = self.lsp_initialize(view)
        result: types.InitializeResult | None = None
        while result is None:
            try:
                next(steps)
            except StopIteration as end:
                result = end.value
        _complete(result.capabilities)
        return self._converter.unstructure(result)

    def respond(self, message: dict[str, object]) -> None:
        """Takes the client's answer to one of our requests."""
        ident, error = message.get("id"), message.get("error")
        view: Any = View(error) if isinstance(error, dict) else None
        if isinstance(ident, int | str):
            self._handle_response(ident, message.get("result"), view)

    def _send_data(self, data: Any) -> None:
        self.send(encode_message(json.dumps(data, default=self._serialize_message, ensure_ascii=False)))


class Server(LanguageServer):
    """One client's server: its workspace, and what the client can do."""

    protocol: Protocol

    def __init__(self, inbox: Inbox, send: Callable[[bytes], None], *, watch_parent: bool) -> None:
        logging.getLogger("pygls").setLevel(logging.CRITICAL + 1)
        super().__init__("vkd", __version__, protocol_cls=Protocol, converter_factory=PlainConverter)
        self.protocol.send = send
        self.files: Workspace[Fragment] = Workspace(self._present)
        self.encoding: Encoding = "utf-16"
        self.pulls = False
        self._watch_parent = watch_parent
        self._unpublished: dict[str, None] = {}
        self._told: list[Home] = []
        self._told_of: set[str] = set()
        self._declared: object = None
        self._handlers: dict[str, Handler] = {
            "initialize": self._initialize,
            "initialized": self._initialized,
            "shutdown": lambda _: None,
        }
        for feature in FEATURES:
            self.feature(feature.method, feature.options)(feature.answer)
            self._handlers[feature.method] = self._bound(feature.answer)
        for name, command in COMMANDS.items():
            self.command(name)(command)
        self._dispatcher = Dispatcher(
            inbox, send, self._handlers.get, self.protocol.respond, self._publish_one, self._alive
        )

    def run(self) -> int:
        """Serves the client until it is gone; the process's exit code."""
        return self._dispatcher.run()

    def open_document(self, params: object) -> OpenDocument[Fragment]:
        """The document a request is about. One that is not open is read from its file."""
        uri = read.text(params, "textDocument", "uri")
        return self.document_at(uri)

    def document_at(self, uri: str) -> OpenDocument[Fragment]:
        """A document by its URI, as it stands in the editor or else on the disk."""
        document = self.files.document(uri)
        if document is None:
            raise read.invalid("the document is not open")
        return document

    def position(self, params: object, document: OpenDocument[Fragment]) -> Position:
        """The place a request is about."""
        return position_in(read.mapping(params, "position"), document.document.lines, self.encoding)

    def answer_in(self, document: OpenDocument[Fragment]) -> "Callable[[Piece], Answer | None]":
        """Runs demands of a document."""

        def answer(piece: "Piece") -> "Answer | None":
            run = self.files.run(document, piece.number)
            return run.answer if run else None

        return answer

    def range_of(self, document: OpenDocument[Fragment], start: Position, end: Position) -> Json:
        """A stretch of a document in the client's units."""
        return Outward(document.document.lines, self.encoding).range(start, end)

    def workspace_edit(self, document: OpenDocument[Fragment], edits: Sequence[TextEdit]) -> Json:
        """Edits of a document and of other files of its catalogue, as a client applies them."""
        changes: dict[str, list[Json]] = {}
        for edit in edits:
            file = document.home.catalogue.root / edit.path
            uri = document.uri if edit.path == document.path else uri_of(file)
            lines = self.files.lines_of(uri)
            place = Outward(lines, self.encoding).range(edit.start, edit.end)
            changes.setdefault(uri, []).append({"range": place, "newText": edit.text})
        if not self.can("workspace", "workspaceEdit", "documentChanges"):
            return {"changes": changes}
        return {"documentChanges": [self._document_edit(uri, edits) for uri, edits in changes.items()]}

    def show_message(self, document: OpenDocument[Fragment], line: int, name: str, text: str) -> None:
        """Has the client show a reference message, where it can show documents."""
        if not self.can("window", "showDocument", "support"):
            return
        if self.can("workspace", "textDocumentContent"):
            uri = message_uri(Target(document.uri, line), name)
        elif file := write_message(document.home.catalogue.root, name, text):
            uri = uri_of(file)
        else:
            return
        self.window_show_document(types.ShowDocumentParams(uri=uri, take_focus=False))

    def publish_later(self, uri: str) -> None:
        """Has a document's diagnostics sent once nothing else waits, however many edits came.

        Only where they are pushed.
        """
        if not self.pulls:
            self._unpublished[uri] = None

    def publish_nothing(self, uri: str) -> None:
        """Takes back what was published about a document."""
        self._unpublished.pop(uri, None)
        if not self.pulls:
            self.notify_encoded("textDocument/publishDiagnostics", f'{{"uri":{to_json(uri)},"diagnostics":[]}}')

    def notify_encoded(self, method: str, params: str) -> None:
        """Sends a notification whose parameters are JSON already."""
        self.protocol.send(encode_message(f'{{"jsonrpc":"2.0","method":"{method}","params":{params}}}'))

    def can(self, *path: str) -> bool:
        """Whether the client declares a capability, be it an empty object; `path` holds its keys in the protocol."""
        declared = read.optional(self._declared, *path)
        return declared is not None and declared is not False

    def catalogue_in_use(self, home: Home) -> None:
        """Says, when a catalogue is first used, what is wrong with its `vkd.toml` and with its vocabularies."""
        if home in self._told:
            return
        self._told.append(home)
        if home.error is not None:
            self.window_show_message(types.ShowMessageParams(types.MessageType.Error, str(home.error)))
        for file in () if self.pulls else vocabulary_files(home):
            uri = uri_of(file.root / file.path)
            if file.diagnostics or uri in self._told_of:
                found = diagnostics_fragment(file.diagnostics, file.lines, 0, uri, uri_of(file.root), self.encoding)
                params = f'{{"uri":{to_json(uri)},"diagnostics":[{found.at(0)}]}}'
                self.notify_encoded("textDocument/publishDiagnostics", params)
                self._told_of.add(uri)

    def tell(self, text: str) -> None:
        """Shows a person a line of text."""
        self.window_show_message(types.ShowMessageParams(types.MessageType.Info, text))

    def refresh(self) -> None:
        """Has everything that depends on the catalogue asked for or sent again."""
        self._told.clear()
        for document in self.files.documents:
            self.catalogue_in_use(document.home)
            self.publish_later(document.uri)
        if self.can("workspace", "inlayHint", "refreshSupport"):
            self.workspace_inlay_hint_refresh(None)
        if self.can("workspace", "codeLens", "refreshSupport"):
            self.workspace_code_lens_refresh(None)
        if self.pulls and self.can("workspace", "diagnostics", "refreshSupport"):
            self.workspace_diagnostic_refresh(None)

    def _document_edit(self, uri: str, edits: Sequence[Json]) -> Json:
        document = self.files.document(uri)
        return {"textDocument": {"uri": uri, "version": document.version if document else None}, "edits": edits}

    def _initialize(self, params: object) -> object:
        offered = read.optional(params, "capabilities", "general", "positionEncodings")
        for encoding in _ENCODINGS:
            if isinstance(offered, list) and encoding in offered:
                self.encoding = encoding
                break
        result = self.protocol.initialize(params, self.encoding)
        self._declared = read.optional(params, "capabilities")
        self.pulls = self.can("textDocument", "diagnostic")
        self.files.roots = _roots(params)
        self.files.settings = read_settings(read.optional(params, "initializationOptions"))
        return result

    def _initialized(self, _params: object) -> None:
        if self.can("workspace", "didChangeWatchedFiles", "dynamicRegistration"):
            watchers = [types.FileSystemWatcher(glob_pattern=glob) for glob in ("**/*.vkd", "**/*.csv", "**/vkd.toml")]
            self._register("workspace/didChangeWatchedFiles", types.DidChangeWatchedFilesRegistrationOptions(watchers))
        if self.can("workspace", "didChangeConfiguration", "dynamicRegistration"):
            self._register("workspace/didChangeConfiguration", types.DidChangeConfigurationRegistrationOptions("vkd"))
        self.ask_settings()

    def ask_settings(self) -> None:
        """Asks the client for the settings section, where it answers such questions."""
        if self.can("workspace", "configuration"):
            item = types.ConfigurationItem(section="vkd")
            future = self.workspace_configuration(types.ConfigurationParams([item]))
            self.then(future, lambda answer: self.take_settings(answer[0] if isinstance(answer, list) else None))

    def take_settings(self, section: object) -> None:
        """Lets new settings take effect."""
        settings = read_settings(section, self.files.settings)
        if settings != self.files.settings:
            self.files.settings = settings
            self.files.read_anew()
            self.refresh()

    def then(self, future: "Future[Any]", take: Callable[[Any], None]) -> None:
        """Does something with the client's answer once it is there; an error for an answer is no answer."""
        future.add_done_callback(lambda done: None if done.exception() else take(done.result()))

    def _register(self, method: str, options: object) -> None:
        registration = types.Registration(id=method, method=method, register_options=options)
        self.client_register_capability(types.RegistrationParams([registration]))

    def _bound(self, answer: Callable[["Server", object], object]) -> Handler:
        return lambda params: answer(self, params)

    def _present(
        self, diagnostics: Sequence[Diagnostic], lines: Sequence[str], row: int, uri: str, home: Home
    ) -> Fragment:
        return diagnostics_fragment(diagnostics, lines, row, uri, uri_of(home.catalogue.root), self.encoding)

    def _publish_one(self) -> bool:
        """Sends the diagnostics of one document that waits for it; False where none does."""
        if not self._unpublished:
            return False
        uri = next(iter(self._unpublished))
        del self._unpublished[uri]
        document = self.files.document(uri)
        if document is not None:
            version = "" if document.version is None else f'"version":{document.version},'
            params = f'{{"uri":{to_json(uri)},{version}"diagnostics":{diagnostics_json(document)}}}'
            self.notify_encoded("textDocument/publishDiagnostics", params)
        return True

    def _alive(self) -> bool:
        """Whether the process that started the server is still there."""
        if not self._watch_parent or self.process_id is None or sys.platform == "win32":
            return True
        try:
            os.kill(self.process_id, 0)
        except ProcessLookupError:
            return False
        except OSError:
            return True
        return True


def _roots(params: object) -> tuple[Path, ...]:
    """The client's folders, in its order; older clients name one, in one of two older ways."""
    folders = read.optional(params, "workspaceFolders")
    uris = [read.optional(folder, "uri") for folder in folders] if isinstance(folders, list) else []
    uris = uris or [read.optional(params, "rootUri")]
    paths = [path_of(uri) for uri in uris if isinstance(uri, str)]
    found = tuple(path for path in paths if path is not None)
    path = read.optional(params, "rootPath")
    return found or ((Path(path),) if isinstance(path, str) and path else ())


def _complete(capabilities: types.ServerCapabilities) -> None:
    """Adds what pygls' capability builder leaves out."""
    workspace = capabilities.workspace or types.WorkspaceOptions()
    workspace.text_document_content = types.TextDocumentContentOptions(schemes=[SCHEME, RULE_SCHEME])
    capabilities.workspace = workspace
