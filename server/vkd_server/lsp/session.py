"""One client's session: its workspace, and the notifications and requests to the client when that changes.

The loop owns it, and only notifications and the loop change it; requests are answered from its `context`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lsprotocol import types

from vkd_server.lsp import fields
from vkd_server.lsp.context import Context, Memory
from vkd_server.lsp.convert import diagnostics_fragment
from vkd_server.lsp.diagnostics_json import DiagnosticsJson
from vkd_server.lsp.params import paths_in
from vkd_server.lsp.progress import Progress
from vkd_server.lsp.publisher import Publisher
from vkd_server.lsp.screen import Screen
from vkd_server.workspace.settings import read_settings, wrong_in
from vkd_server.workspace.uris import is_path, path_of, uri_of

if TYPE_CHECKING:
    from concurrent.futures import Future

    from pygls.lsp.server import LanguageServer

    from vkd_catalog.engines import RegisterError
    from vkd_catalog.register import Trouble
    from vkd_server.features.held import HeldProduct
    from vkd_server.lsp.client import Client
    from vkd_server.lsp.feature import Feature
    from vkd_server.lsp.record import Record
    from vkd_server.lsp.registering import Registrar
    from vkd_server.workspace.documents import OpenDocument
    from vkd_server.workspace.files import CheckedFile
    from vkd_server.workspace.pending import Make
    from vkd_server.workspace.project import Project
    from vkd_server.workspace.workspace import Workspace

WATCHED = ("**/*.vkd", "**/*.csv", "**/*.tsv", "**/*.md", "**/*.vkdreg", "**/vkd.toml")
"""The files whose changes outside the editor concern a catalogue."""


class Session:
    """Begins when the client has declared its capabilities.

    `remote` sends requests to the client, `notify` a notification with its parameters as JSON. `make` makes catalogues,
    None for the usual ones; `features` are those whose options are advertised for registered files.
    """

    def __init__(
        self,
        client: Client,
        remote: LanguageServer,
        notify: Callable[[str, str], None],
        record: Record,
        make: Make | None,
        features: Iterable[Feature],
    ) -> None:
        self.client = client
        self.screen = Screen(remote, client, notify)
        self._progress = Progress(remote, client, notify)
        self.diagnostics = DiagnosticsJson(client.encoding)
        self.publisher = Publisher(notify, self.diagnostics, active=not client.can("textDocument", "diagnostic"))
        self.memory = Memory()
        self.unpublished: deque[Project] = deque()
        self._remote = remote
        self._record = record
        self._make = make
        self._features = features
        self._in_use: list[Project] = []
        self._troubles: list[Trouble] = []
        self._offered = True
        self._watched: set[str] = set()
        self._wrong: str | None = None
        self._unknown = ""

    @cached_property
    def files(self) -> Workspace:
        """The client's workspace, made when it is first needed."""
        from vkd_server.workspace.background import BackgroundCatalogue
        from vkd_server.workspace.workspace import Workspace

        files = Workspace(self._make or BackgroundCatalogue)
        files.roots = _roots(self.client.initialize)
        section = fields.optional(self.client.initialize, "initializationOptions")
        files.settings = read_settings(section)
        self._say_what_is_wrong(section)
        return files

    @cached_property
    def context(self) -> Context:
        """The context that requests are answered from."""
        return Context(
            self.client,
            self.files,
            self.memory,
            self.screen,
            self.publisher,
            self.diagnostics,
            self._record,
            self.read_anew,
            self.take_held,
        )

    def begin(self) -> None:
        """Asks for notifications of changed files and settings, as far as the client takes such registrations."""
        if self.client.can("workspace", "didChangeWatchedFiles", "dynamicRegistration"):
            watchers = [types.FileSystemWatcher(glob_pattern=glob) for glob in WATCHED]
            self._register("workspace/didChangeWatchedFiles", types.DidChangeWatchedFilesRegistrationOptions(watchers))
        if self.client.can("workspace", "didChangeConfiguration", "dynamicRegistration"):
            self._register("workspace/didChangeConfiguration", types.DidChangeConfigurationRegistrationOptions("vkd"))
        self.ask_settings()
        self._offered = False

    def end(self) -> None:
        """Closes everything that was opened for the client, once the client is gone."""
        if "files" in self.__dict__:
            self.files.end()
        self.unpublished.clear()
        self._in_use.clear()

    def forget(self, uri: str) -> None:
        """Closes a document, and clears the diagnostics that were published for it."""
        self.publisher.take_back(uri)
        self.memory.forget(uri)
        self.diagnostics.forget(uri)

    def catch_up(self) -> bool:
        """Reads the files that were reported as changed. Returns whether any answer may differ because of it."""
        has_changed = self.files.catch_up()
        if has_changed:
            self.refresh()
        return has_changed

    def hear(self) -> bool:
        """Takes over what others have registered on a server. Returns whether there was anything."""
        has_changed = self.files.hear()
        if has_changed or self._unknown:
            self._unknown = ""
            self.refresh()
        return has_changed

    def tell_unknown(self, error: RegisterError) -> str:
        """Shows, once, that a register on a server cannot be asked. Returns what is shown."""
        spoken = next((project.catalogue.language for project in self._in_use), "")
        text = error.text(self.files.settings.language or spoken)
        if text != self._unknown:
            self._unknown = text
            self.screen.tell_error(text)
        return text

    def take_made(self) -> bool:
        """Takes over catalogues that are made, for which others stood in. Returns whether there were any."""
        has_changed = self.files.take_made()
        if has_changed:
            self.refresh()
        return has_changed

    def take_up(self) -> bool:
        """Takes over edited vocabularies once nobody types in them. Returns whether there were any."""
        has_changed = self.files.take_up()
        if has_changed:
            self.refresh()
        return has_changed

    def read_anew(self) -> None:
        """Reads every catalogue anew."""
        self.files.read_anew()
        self.refresh()

    def take_held(self, document: OpenDocument, index: int, product: HeldProduct) -> None:
        """Keeps what was found when a product was held to its data, and tells the client of it."""
        if self.files.take_held(document, index, product):
            self.publisher.later(document.uri)
            self._ask_again()

    def check_further(self) -> bool:
        """Checks a little of the open documents. One whose diagnostics were sent before it was wholly checked is sent
        again.

        False where nothing waits to be checked.
        """
        document = self.files.check_further()
        if document is None:
            return False
        uri = document.uri
        if not document.waits and (self.files.is_to_be_published(uri) or self.publisher.owes(uri)):
            self.publisher.later(uri)
            self._ask_again()
        return True

    def catalogue_in_use(self, project: Project) -> None:
        """Shows what is wrong with a catalogue's `vkd.toml` when it is first used; its vocabularies are left to
        `publish_vocabularies`."""
        if project in self._in_use:
            return
        self._in_use.append(project)
        self._offered = False
        self._watch_others(project)
        if project.error is not None:
            self.screen.tell_error(str(project.error))
        if self.publisher.active:
            self.unpublished.append(project)

    def publish_vocabularies(self, project: Project) -> Generator[str, None, None]:
        """Publishes the diagnostics of a catalogue's vocabularies; in large ones that takes long."""
        from vkd_server.workspace.cached_diagnostics import cached
        from vkd_server.workspace.files import vocabulary_files

        root, encoding = uri_of(project.catalogue.root), self.client.encoding
        namesakes = yield from self.files.products_named(project)

        def find() -> list[tuple[CheckedFile, str]]:
            published = []
            for file in vocabulary_files(project, namesakes):
                uri, found = uri_of(file.root / file.path), cached(file.diagnostics, 0)
                published.append((file, diagnostics_fragment(found, file.lines, uri, root, encoding).at(0)))
            return published

        found = yield from self.files.in_background(find)
        # The catalogue may have been read anew meanwhile.
        for file, diagnostics in found if project in self._in_use else ():
            self.publisher.file(file, diagnostics)

    def show_progress(self) -> bool:
        """Shows what is being made in the background. Always False, as no work is left."""
        spoken = next((document.project.catalogue.language for document in self.files.documents), "")
        self._progress.show(self.files.in_work, self.files.settings.language or spoken)
        return False

    def show_troubles(self) -> bool:
        """Shows, once each, the troubles with the stored registers of catalogues in use. Always False, as no work is
        left."""
        for project in self._in_use:
            catalogue = project.catalogue
            # Where the register lies is nobody's business where anybody may ask.
            for trouble in () if catalogue.is_public else catalogue.troubles:
                if trouble not in self._troubles:
                    from vkd_server.features.explain.register_trouble import trouble_text

                    self._troubles.append(trouble)
                    self.screen.warn(trouble_text(trouble, self.files.settings.language or catalogue.language))
        return False

    def refresh(self) -> None:
        """Sends diagnostics again, and asks the client to ask again for everything else that depends on a catalogue."""
        self.show_troubles()
        self._in_use.clear()
        self.unpublished.clear()
        for document in self.files.documents:
            self.catalogue_in_use(document.project)
            self.publisher.later(document.uri)
        for project in self.files.projects_of_sources():
            self.catalogue_in_use(project)
        self._ask_again()
        self.screen.renew()

    def ask_settings(self) -> None:
        """Asks the client for the settings section, where it answers such questions."""
        if self.client.can("workspace", "configuration"):
            item = types.ConfigurationItem(section="vkd")
            future = self._remote.workspace_configuration(types.ConfigurationParams([item]))
            future.add_done_callback(self._take_answer)

    def take_settings(self, section: object) -> None:
        """Applies new settings from the client."""
        self._say_what_is_wrong(section)
        settings = read_settings(section, self.files.settings)
        if settings != self.files.settings:
            self.files.settings = settings
            self.read_anew()

    def offer_files(self) -> bool:
        """Registers files that the client may ask about, when a catalogue has come into use; False where there is
        nothing to do."""
        if self._offered:
            return False
        self._offered = True
        self._registrar.settings()
        self._registrar.vocabularies(self.files.vocabulary_paths())
        self._registrar.documentations(self.files.documentation_patterns())
        return True

    @cached_property
    def _registrar(self) -> Registrar:
        from vkd_server.lsp.converter import Converter
        from vkd_server.lsp.registering import Registrar

        converter = Converter()
        options = {feature.method: converter.unstructure(feature.options) for feature in self._features}
        return Registrar(self.client.can, self._remote.client_register_capability, options)

    def _watch_others(self, project: Project) -> None:
        """Asks for notifications of the files of the other catalogues that one names, which lie in folders of their
        own."""
        watching = ("workspace", "didChangeWatchedFiles")
        if not all(self.client.can(*watching, one) for one in ("dynamicRegistration", "relativePatternSupport")):
            return
        roots = {uri_of(configuration.root) for configuration in project.catalogue.configurations[1:]}
        for root in sorted(roots - self._watched):
            self._watched.add(root)
            patterns = [types.RelativePattern(root, glob) for glob in WATCHED]
            options = types.DidChangeWatchedFilesRegistrationOptions(list(map(types.FileSystemWatcher, patterns)))
            self._register("workspace/didChangeWatchedFiles", options, root)

    def _register(self, method: str, options: object, of: str = "") -> None:
        name = f"{method} {of}" if of else method
        registration = types.Registration(id=name, method=method, register_options=options)
        self._remote.client_register_capability(types.RegistrationParams([registration]))

    def _ask_again(self) -> None:
        """Asks the client to ask again for diagnostics, hints and lenses, which depend on more than a document's own
        text."""
        if self.client.can("workspace", "inlayHint", "refreshSupport"):
            self._remote.workspace_inlay_hint_refresh(None)
        if self.client.can("workspace", "codeLens", "refreshSupport"):
            self._remote.workspace_code_lens_refresh(None)
        if not self.publisher.active and self.client.can("workspace", "diagnostics", "refreshSupport"):
            self._remote.workspace_diagnostic_refresh(None)

    def _say_what_is_wrong(self, section: object) -> None:
        """Shows which settings cannot be used, once for as long as they stay the same."""
        wrong = wrong_in(section)
        if wrong is not None and wrong != self._wrong:
            self.screen.tell_error(wrong)
        self._wrong = wrong

    def _take_answer(self, answered: Future[Any]) -> None:
        """Applies the settings that the client answered with; after an error they stay as they are."""
        sections = None if answered.exception() else answered.result()
        for section in sections[:1] if isinstance(sections, list) else ():
            self.take_settings(section)


def _roots(params: object) -> tuple[Path, ...]:
    """The client's folders, in its order; older clients name only one, in one of two older ways."""
    listed = paths_in(fields.optional(params, "workspaceFolders"))
    if listed:
        return listed
    uri = fields.optional(params, "rootUri")
    root = path_of(uri) if isinstance(uri, str) else None
    path = fields.optional(params, "rootPath")
    if root is not None:
        return (root,)
    return (Path(path),) if isinstance(path, str) and is_path(path) else ()
