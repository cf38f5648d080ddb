"""One client's workspace as it changes: documents are opened, written in and closed, files change."""

import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import chain, repeat
from math import inf
from pathlib import Path
from time import perf_counter

from vkd_catalog.configuration import FILE_NAME, ConfigurationError, configuration_for
from vkd_catalog.folders import as_pattern
from vkd_grammar.document import Edit, read_document
from vkd_server.features.held import HeldProduct
from vkd_server.workspace.background import BackgroundCatalogue
from vkd_server.workspace.cached_diagnostics import cached
from vkd_server.workspace.documents import HeldData, OpenDocument, changed, checked, opened
from vkd_server.workspace.noticing import is_addressed, is_concerned, is_product_file
from vkd_server.workspace.pending import Make
from vkd_server.workspace.project import Closable
from vkd_server.workspace.texts import vkd_files
from vkd_server.workspace.uris import key_of, path_of
from vkd_server.workspace.view import A_STEP, WorkspaceView


class Workspace(WorkspaceView):
    """Keeps the current moment of every open document.

    Each moment is immutable; a change puts the next in its place. The loop owns the workspace; the functions that
    answer requests see it as a `WorkspaceView`.
    """

    def __init__(self, make: Make = BackgroundCatalogue) -> None:
        super().__init__(make)
        self._reading: Iterator[None] = iter(())
        self._read_for: frozenset[int] = frozenset()
        self._noticed: set[Path] = set()
        self._retired: list[tuple[float, Closable]] = []

    def open(self, uri: str, version: int | None, text: str) -> OpenDocument:
        """Takes a document in, its text as the editor has it; what is wrong with it is found out later."""
        path = path_of(uri)
        project = self._project_at(path)
        document = read_document(text, self._parser)
        now = opened(uri, version, project.path_in(path, uri), document, project)
        self._documents[key_of(uri)] = now
        self._saved[key_of(uri)] = document
        self._notice(now)
        return now

    def change(self, uri: str, version: int | None, edits: Sequence[Edit]) -> OpenDocument:
        """Applies edits one after the other to an open document. Raises KeyError where it is not open."""
        key = key_of(uri)
        now = self._documents[key] = changed(self._documents[key], version, edits)
        return now

    def saved(self, uri: str) -> None:
        """Notes that a document's file says what the document does."""
        document = self.document(uri)
        if document is not None:
            self._saved[key_of(uri)] = document.document
            self.profiles.saved(document)
            self._notice(document)

    def close(self, uri: str) -> None:
        """Closes a document; from now on its file counts."""
        key = key_of(uri)
        document = self._documents.pop(key, None)
        saved = self._saved.pop(key, None)
        self._digests.pop(key, None)
        if document is not None and saved is not document.document:
            self._start_anew()
        if document is not None and (path := path_of(uri)) is not None:
            self.notice((path,))

    def take_held(self, document: OpenDocument, index: int, product: HeldProduct) -> bool:
        """Keeps what was found when a product of a document was held to its data, until its description is edited.
        False where that has happened meanwhile."""
        now = self.document(document.uri)
        if now is None or now.project is not document.project or not _is_as_before(now, document, index):
            return False
        held = HeldData(product, cached(product.diagnostics, 0))
        self._documents[key_of(now.uri)] = now._replace(held={**now.held, index: held})
        return True

    def notice(self, paths: Iterable[Path]) -> None:
        """Takes note of files and folders that may not be what they were; `catch_up` looks at them, all at once."""
        self._noticed.update(Path(os.path.normpath(path)) for path in paths)

    @property
    def is_behind(self) -> bool:
        """Whether any files were noticed that `catch_up` has not looked at."""
        return bool(self._noticed)

    def catch_up(self) -> bool:
        """Reads the files that were noticed. Returns whether any answer may differ because of it.

        Files that no catalogue reads, and no product leads to, cost nothing; catalogues that are being read are looked
        at afterwards.
        """
        if not self._noticed:
            return False
        projects = self._projects.known
        if not all(project.catalogue.is_registered for project in projects):
            return False
        paths, self._noticed = self._noticed, set()
        has_changed = self._projects.look_again(lambda project: is_concerned(project, paths)) or self._is_elsewhere(
            paths
        )
        asks_else = any(self._may_ask(path) for path in paths)
        leads_else = any(map(self._are_named_in, self._documents.values(), repeat(paths))) or any(
            is_addressed(project, paths) for project in projects
        )
        if has_changed or leads_else:
            self._check_anew(wholly=leads_else)
        elif asks_else:
            self._start_anew()
        return has_changed or asks_else or leads_else

    def hear(self) -> bool:
        """Takes over what others have registered on a server. Returns whether any answer may differ because of it.

        Raises RegisterError while that is not known.
        """
        news = [project for project in self._projects.known if project.catalogue.has_news()]
        if not news or not self._projects.look_again(lambda project: project in news):
            return False
        self._check_anew(wholly=False)
        return True

    def read_ahead(self) -> bool:
        """Reads a little of the texts that are not open, before somebody asks for them; False where all have been
        read, or more would not be kept."""
        projects = {id(document.project.catalogue): document.project for document in self._documents.values()}
        if projects.keys() != self._read_for and self.is_settled:
            opened = {path for uri in self._documents if (path := path_of(uri))}
            texts = (
                self.closed.of(project.catalogue.root, vkd_files(project), opened) for project in projects.values()
            )
            self._reading = chain.from_iterable(texts)
            self._read_for = frozenset(projects)
        return not self.closed.is_full and next(self._reading, self) is None

    def is_to_be_published(self, uri: str) -> bool:
        """Whether the diagnostics of a document may have changed because of another document; True only once for each
        change."""
        key = key_of(uri)
        is_there = key in self._to_publish
        self._to_publish.discard(key)
        return is_there

    def _notice(self, document: OpenDocument) -> None:
        """Notices the file of a document if it may hold products and may have changed since it was read."""
        path = path_of(document.uri)
        if path is not None and is_product_file(document.project, path):
            self.notice((path,))

    def _may_ask(self, path: Path) -> bool:
        """Whether a file that is not open may hold demands and is none of those whose products are registered."""
        return (
            path.suffix == ".vkd"
            and not any(path_of(uri) == path for uri in self._documents)
            and not any(is_product_file(project, path) for project in self._projects.known)
        )

    def _is_elsewhere(self, paths: Collection[Path]) -> bool:
        """Whether an open document belongs to another catalogue, now that some files or folders have changed: a
        `vkd.toml` among them may be new, and so be known to no catalogue."""
        return any(path.name == FILE_NAME or os.path.isdir(path) for path in paths) and any(
            self._project_at(path_of(uri)).catalogue is not document.project.catalogue
            for uri, document in self._documents.items()
        )

    def _are_named_in(self, document: OpenDocument, paths: Collection[Path]) -> bool:
        """Whether the diagnostics of a document may depend on whether some files exist: its text has the name of one,
        as an address would, or it is one of them itself and no `include` leads to it."""
        if any(path.suffix != ".vkd" and path.name in document.document.text for path in paths):
            return True
        own = path_of(document.uri)
        return own is not None and own in paths and not is_product_file(document.project, own)

    def vocabulary_paths(self) -> Iterator[Path]:
        """The vocabulary files of the catalogues in use, and of the client's folders; no catalogue is read for it."""
        for root in self.roots:
            with suppress(ConfigurationError):
                configuration = configuration_for(root)
                yield from (Path(os.path.normpath(configuration.root / one)) for one in configuration.vocabulary_paths)
        for document in self._documents.values():
            catalogue = document.project.catalogue
            yield from (
                Path(os.path.normpath(catalogue.root / file.path)) for file in catalogue.vocabularies.every_file
            )

    def documentation_patterns(self) -> Iterator[str]:
        """The patterns that lead to documentations, absolute, of the catalogues in use and of the client's folders."""
        configurations = [document.project.catalogue.configuration for document in self._documents.values()]
        for root in self.roots:
            with suppress(ConfigurationError):
                configurations.append(configuration_for(root))
        for configuration in configurations:
            root_pattern = as_pattern(configuration.root.as_posix())
            yield from (os.path.normpath(f"{root_pattern}/{one}") for one in configuration.documents)

    def take_made(self) -> bool:
        """Puts catalogues that are made in the place of those that stood in for them. Returns whether there were
        any."""
        if not self._projects.take_made():
            return False
        self._check_anew(wholly=True)
        return True

    def take_up(self) -> bool:
        """Takes over open vocabularies as edited, once nobody types in them. Returns whether there were any."""
        if not self.sources.waits or not self.sources.is_quiet or not self._projects.take_up(self.sources.take()):
            return False
        self._check_anew(wholly=True)
        return True

    @property
    def is_settled(self) -> bool:
        """Whether the registers of all catalogues in use are there."""
        return all(document.project.catalogue.is_registered for document in self._documents.values())

    def check_further(self) -> OpenDocument | None:
        """Checks a little of a document that is not wholly checked, and returns it; None where there is none."""
        now = next((document for document in self._documents.values() if document.waits), None)
        if now is not None:
            now = self._documents[key_of(now.uri)] = checked(now, *A_STEP)
        return now

    def prepare(self) -> bool:
        """Indexes some words of the catalogues in use, so that the first request need not wait for it; False where all
        are indexed."""
        projects = (*(document.project for document in self._documents.values()), *self.projects_of_sources())
        return any(not self._are_words_in_work(project) and project.lexicon.prepare() for project in projects)

    def read_anew(self) -> None:
        """Reads every catalogue in use anew, and checks the open documents against it."""
        self._noticed.clear()
        self._projects.forget()
        self._check_anew(wholly=True)

    def let_go(self, oldest: float = inf) -> bool:
        """Closes the catalogues that were replaced, unless a task that began before, at `oldest` (`perf_counter`), may
        still read them. Returns whether there were any."""
        oldest = min(oldest, self._tasks.oldest)
        unread = [one for since, one in self._retired if since < oldest]
        self._retired = [(since, one) for since, one in self._retired if since >= oldest]
        for one in unread:
            one.close()
        return bool(unread)

    def end(self) -> None:
        """Closes everything that was opened, once the client is gone."""
        self._tasks.give_up()
        self._preparations.give_up()
        self._documents.clear()
        self._projects.forget()
        for one in (*self._projects.left(), *(one for _, one in self._retired)):
            one.close()
        self._retired.clear()

    def _check_anew(self, *, wholly: bool) -> None:
        """Marks the open documents to be checked against catalogues that have changed. Unless `wholly`, what was found
        in a description by itself is kept where the words are the same."""
        left = self._projects.left()
        self._retired += [(perf_counter(), one) for one in left]
        self._overlay = {catalogue: texts for catalogue, texts in self._overlay.items() if catalogue not in left}
        self._strangers.clear()
        self._answers.forget()
        self._start_anew()
        for key, had in list(self._documents.items()):
            path = path_of(key)
            project = self._project_at(path)
            if not wholly and project.lexicon is had.project.lexicon:
                every = (range(len(had.names)),)
                self._documents[key] = had._replace(project=project, unlooked=every)
            else:
                where = project.path_in(path, had.uri)
                self._documents[key] = opened(had.uri, had.version, where, had.document, project)

    def _start_anew(self) -> None:
        """Marks the files that are not open to be checked again."""
        self.profiles.forget()
        self._read_for = frozenset()
        self._epoch += 1


def _is_as_before(now: OpenDocument, before: OpenDocument, index: int) -> bool:
    """Whether a description says what it said at another moment of its document."""
    if now.document is before.document:
        return True
    there = index < len(now.document.rows)
    return there and now.document.piece_lines(index) == before.document.piece_lines(index)
