"""The server one client talks to.

pygls carries the lifecycle, the capabilities and our requests to the client. Messages come and go by our own reader and
dispatcher, and documents are our own: ARCHITECTURE.md says why, measured. Little is imported before the client has its
answer to `initialize`: what reads and answers is, when it is first needed.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Generator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from vkd_grammar.text import Encoding, Position
from vkd_server import __version__
from vkd_server.lsp import params as read
from vkd_server.lsp.convert import Fragment, Json, Outward, diagnostics_fragment, position_in
from vkd_server.lsp.frames import encode_message
from vkd_server.lsp.idle import Idle
from vkd_server.lsp.inbox import Inbox
from vkd_server.lsp.kept import Kept
from vkd_server.lsp.messages import Target, message_uri, write_message
from vkd_server.lsp.plain import PlainConverter
from vkd_server.lsp.protocol import Protocol, chosen_encoding
from vkd_server.lsp.publisher import Publisher
from vkd_server.lsp.record import Record
from vkd_server.lsp.requests import COMMANDS, FEATURES
from vkd_server.lsp.routing import caught_up, once_quiet, routed
from vkd_server.lsp.rpc import Dispatcher, Handler
from vkd_server.lsp.waiting import once_answered
from vkd_server.workspace.settings import read_settings, wrong_in
from vkd_server.workspace.uris import is_path, path_of, uri_of

if TYPE_CHECKING:
    from concurrent.futures import Future

    from vkd_catalog.register import Trouble
    from vkd_server.features.diagnostics import Diagnostic
    from vkd_server.lsp.registering import Registrar
    from vkd_server.lsp.requests.semantic_tokens import TokenMemory
    from vkd_server.workspace.documents import OpenDocument
    from vkd_server.workspace.files import CheckedFile, Signature
    from vkd_server.workspace.home import Home, Make
    from vkd_server.workspace.workspace import Workspace

WATCHED = ("**/*.vkd", "**/*.csv", "**/vkd.toml")
"""The files whose changes outside the editor concern a catalogue."""

_SHOWN_KEPT = 50
"""How many virtual documents are renewed; nobody is told when one is closed."""


class Server(LanguageServer):
    """One client's server: its workspace, what the client can do, and what it is told."""

    protocol: Protocol

    def __init__(
        self,
        inbox: Inbox,
        send: Callable[[bytes], None],
        *,
        watch_parent: bool,
        make: Make | None = None,
        timed: bool = True,
    ) -> None:
        logging.getLogger("pygls").setLevel(logging.CRITICAL + 1)
        super().__init__("vkd", __version__, protocol_cls=Protocol, converter_factory=PlainConverter)
        self.protocol.send = send
        self.publisher = Publisher(self.notify_encoded)
        self.record = Record()
        self.shown: deque[str] = deque(maxlen=_SHOWN_KEPT)
        self.encoding: Encoding = "utf-16"
        self.reported: dict[str, tuple[Signature | None, str]] = {}
        self.symbols: Kept[Fragment] = Kept()
        self.is_initialized = False
        self._make = make
        self._params: object = None
        self.untold: deque[Home] = deque()
        self._told: list[Home] = []
        self._troubles: list[Trouble] = []
        self._offered = True
        self._wrong: str | None = None
        self._handlers: dict[str, Handler] = {
            "initialize": self._initialize,
            "initialized": self._initialized,
            "shutdown": lambda _: None,
        }
        self._features = {feature.method: feature for feature in FEATURES}
        self._advertise()
        idle = Idle(self, inbox, watch_parent=watch_parent)
        self._dispatcher = Dispatcher(
            inbox,
            send,
            self._handler,
            self.protocol.respond,
            idle.work,
            idle.patience,
            idle.rest,
            self.record,
            timed=timed,
        )

    @cached_property
    def files(self) -> Workspace[Fragment]:
        """The client's workspace, made when it is first needed."""
        from vkd_server.workspace.background import BackgroundCatalogue
        from vkd_server.workspace.workspace import Workspace

        files: Workspace[Fragment] = Workspace(self._present, self._make or BackgroundCatalogue)
        files.roots = _roots(self._params)
        section = read.optional(self._params, "initializationOptions")
        files.settings = read_settings(section)
        self._say_what_is_wrong(section)
        return files

    @cached_property
    def tokens(self) -> TokenMemory:
        """What each document's tokens are."""
        from vkd_server.lsp.requests.semantic_tokens import TokenMemory

        return TokenMemory()

    def run(self) -> int:
        """Serves the client until it is gone; the process's exit code."""
        return self._dispatcher.run()

    def end(self) -> None:
        """Lets go of all that was opened for the client, once it is gone."""
        if "files" in self.__dict__:
            self.files.end()
        self.untold.clear()
        self._told.clear()

    def catch_up(self) -> bool:
        """Takes in what files say by now that something was told of; whether any answer may be another by that."""
        has_changed = self.files.catch_up()
        if has_changed:
            self.refresh()
        return has_changed

    def let_go(self) -> bool:
        """Closes the catalogues that were read anew and that nobody reads any longer; whether there were any."""
        return self.files.let_go(self._dispatcher.oldest)

    @property
    def is_busy(self) -> bool:
        """Whether a request is being worked on."""
        return self._dispatcher.is_busy

    def can(self, *path: str) -> bool:
        """Whether the client declares a capability, be it an empty object; `path` holds its keys in the protocol."""
        declared = self.declared(*path)
        return declared is not None and declared is not False

    def declared(self, *path: str) -> object:
        """What the client declares of itself at a place in its capabilities; None where it does not say."""
        return read.optional(self._params, "capabilities", *path)

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
        """Says, when a catalogue is first used, what is wrong with its `vkd.toml`, and a little later with its
        vocabularies."""
        if home in self._told:
            return
        self._told.append(home)
        self._offered = False
        if home.error is not None:
            self.window_show_message(types.ShowMessageParams(types.MessageType.Error, str(home.error)))
        if self.publisher.active:
            self.untold.append(home)

    def tell_vocabularies(self, home: Home) -> Generator[str, None, None]:
        """Publishes what is wrong with the vocabularies of a catalogue; in large ones that takes long to find."""
        from vkd_server.workspace.files import vocabulary_files

        def find() -> list[tuple[CheckedFile, Fragment]]:
            files = ((file, uri_of(file.root / file.path)) for file in vocabulary_files(home))
            return [(file, self._present(file.diagnostics, file.lines, 0, uri, home)) for file, uri in files]

        found = yield from self.files.aside(find)
        # The catalogue may have been read anew meanwhile.
        for file, fragment in found if home in self._told else ():
            self.publisher.file(file, fragment)

    def tell_troubles(self) -> bool:
        """Says once what was wrong with the stored register of a catalogue in use. False: no work is left by it."""
        for home in self._told:
            catalogue = home.catalogue
            # Where the register lies is nobody's business where anybody may ask.
            for trouble in () if catalogue.is_public else catalogue.troubles:
                if trouble not in self._troubles:
                    from vkd_server.features.explain.register_trouble import trouble_text

                    self._troubles.append(trouble)
                    text = trouble_text(trouble, self.files.settings.language or catalogue.language)
                    self.window_show_message(types.ShowMessageParams(types.MessageType.Warning, text))
        return False

    def refresh(self) -> None:
        """Has everything that depends on the catalogue asked for or sent again."""
        self.tell_troubles()
        self._told.clear()
        self.untold.clear()
        for document in self.files.documents:
            self.catalogue_in_use(document.home)
            self.publisher.later(document.uri)
        for home in self.files.homes_of_sources():
            self.catalogue_in_use(home)
        self.ask_again()
        self.renew_shown()

    def renew_shown(self) -> None:
        """Has the client ask anew for the virtual documents it was given, whose answers may be others now."""
        for uri in self.shown if self.can("workspace", "textDocumentContent") else ():
            self.workspace_text_document_content_refresh(types.TextDocumentContentRefreshParams(uri))

    def ask_again(self) -> None:
        """Has the client ask anew for what hangs on more than a document's own text."""
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
        self._say_what_is_wrong(section)
        settings = read_settings(section, self.files.settings)
        if settings != self.files.settings:
            self.files.settings = settings
            self.files.read_anew()
            self.refresh()

    def _say_what_is_wrong(self, section: object) -> None:
        """Tells a person of settings that cannot be used, once for as long as they are the same."""
        wrong = wrong_in(section)
        if wrong is not None and wrong != self._wrong:
            self.window_show_message(types.ShowMessageParams(types.MessageType.Error, wrong))
        self._wrong = wrong

    def _take_answer(self, answered: Future[Any]) -> None:
        """Takes the settings the client was asked for; an error for an answer leaves them as they are."""
        sections = None if answered.exception() else answered.result()
        for section in sections[:1] if isinstance(sections, list) else ():
            self.take_settings(section)

    def _initialize(self, params: object) -> object:
        self.encoding = chosen_encoding(params)
        result = self.protocol.initialize(params, self.encoding)
        self._params = params
        self.publisher.active = not self.can("textDocument", "diagnostic")
        self.is_initialized = True
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

    def offer_files(self) -> bool:
        """Tells the client of files that it may ask about and does not know, where a catalogue has come into use."""
        if self._offered:
            return False
        self._offered = True
        self._registrar.settings()
        self._registrar.vocabularies(self.files.vocabulary_paths())
        return True

    @cached_property
    def _registrar(self) -> Registrar:
        from vkd_server.lsp.registering import Registrar

        plain = PlainConverter()
        options = {feature.method: plain.unstructure(feature.options) for feature in FEATURES}
        return Registrar(self.can, self.client_register_capability, options)

    def _advertise(self) -> None:
        """Tells pygls what there is, for it to tell the client. Who answers is none of its business."""
        for feature in FEATURES:
            self.feature(feature.method, feature.options)(_nobody)
        for command in COMMANDS:
            self.command(command.name)(_nobody)

    def _handler(self, method: str) -> Handler | None:
        """Who handles a method; None where nobody does."""
        if method not in self._handlers and method in self._features:
            answer = routed(method, self._features[method].answer)
            handle = once_answered(self, lambda params: answer(self, params))
            self._handlers[method] = caught_up(self, method, once_quiet(self, method, handle))
        return self._handlers.get(method)

    def _present(
        self, diagnostics: Sequence[Diagnostic], lines: Sequence[str], row: int, uri: str, home: Home
    ) -> Fragment:
        return diagnostics_fragment(diagnostics, lines, row, uri, uri_of(home.catalogue.root), self.encoding)


def _roots(params: object) -> tuple[Path, ...]:
    """The client's folders, in its order; older clients name one, in one of two older ways."""
    folders = read.optional(params, "workspaceFolders")
    uris = [read.optional(folder, "uri") for folder in folders] if isinstance(folders, list) else []
    uris = uris or [read.optional(params, "rootUri")]
    paths = [path_of(uri) for uri in uris if isinstance(uri, str)]
    found = tuple(path for path in paths if path is not None)
    path = read.optional(params, "rootPath")
    return found or ((Path(path),) if isinstance(path, str) and is_path(path) else ())


def _nobody(*_: object) -> None:
    """Stands for whoever answers, where pygls only wants to know that somebody does."""
