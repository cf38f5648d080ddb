"""A client's workspace as it can be read: open documents, files, catalogues, and answers to demands."""

import os
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar

from vkd_catalog.catalogue import Catalogue, Namesakes
from vkd_catalog.files import digest_of, read_file
from vkd_catalog.interruption import Interruption
from vkd_catalog.preparing import What
from vkd_catalog.vocabulary import MappingFile, VocabularyFile
from vkd_grammar.document import Document, read_document
from vkd_grammar.parser import Parser
from vkd_grammar.text import decode, split_lines
from vkd_grammar.words import fold
from vkd_server.features.navigation.headings import headings
from vkd_server.workspace.answers import Answers
from vkd_server.workspace.background import BackgroundCatalogue
from vkd_server.workspace.background_task import WAITING, BackgroundTasks, PendingError
from vkd_server.workspace.closed_texts import ClosedTexts
from vkd_server.workspace.documents import HALF_A_PAIR, OpenDocument, checked, looked_at_again, opened
from vkd_server.workspace.files import closed_products
from vkd_server.workspace.open_sources import Sources
from vkd_server.workspace.pending import Make, PendingMake
from vkd_server.workspace.preparations import Preparations
from vkd_server.workspace.profiles import KnownProfiles
from vkd_server.workspace.project import Project, Projects
from vkd_server.workspace.settings import Settings
from vkd_server.workspace.uris import key_of, path_of

if TYPE_CHECKING:
    from vkd_server.features.answers.run import Run

S = TypeVar("S")

AT_ONCE, A_STEP = (2000, 0.04), (1024, 0.002)
"""Lines that are checked before anything is said about a document, and between one message and the next, and seconds
after which no further description of them is begun: lines of which each is new take ten times as long as others."""


class WorkspaceView:
    """What a request may ask of a workspace; nothing that is asked changes a file or a document.

    Each moment of a document is immutable, and background tasks are given a catalogue that does not change. `make`
    makes the catalogue of a folder.
    """

    def __init__(self, make: Make = BackgroundCatalogue) -> None:
        self._parser = Parser()
        self.closed = ClosedTexts(self._parser)
        self._projects = Projects(self._parser, make)
        self._documents: dict[str, OpenDocument] = {}
        self._saved: dict[str, Document] = {}
        self._tasks = BackgroundTasks()
        self._answers = Answers(self._tasks)
        self._preparations = Preparations()
        self._overlay: dict[BackgroundCatalogue, Mapping[str, Document]] = {}
        self._digests: dict[str, tuple[Document, str]] = {}
        self._to_publish: set[str] = set()
        self._strangers: set[Path] = set()
        self._epoch = 0
        self.sources = Sources()
        self.roots: tuple[Path, ...] = ()
        self.settings = Settings()
        self.profiles = KnownProfiles()

    @property
    def documents(self) -> Iterable[OpenDocument]:
        """The open documents."""
        return self._documents.values()

    def document(self, uri: str) -> OpenDocument | None:
        """The open document with a URI; None where it is not open."""
        return self._documents.get(key_of(uri))

    def settled(self, uri: str) -> OpenDocument | None:
        """An open document, checked after its last edit (a new one as far as can be done at once); None if not open."""
        now = self.document(uri)
        if now is not None and now.waits:
            uri = now.uri
            most = AT_ONCE if now.is_new else A_STEP
            now = checked(now, *most)
            now = self._documents[key_of(uri)] = now if now.unchecked else checked(now, *most)
        return now

    def saved_document(self, uri: str) -> Document | None:
        """An open document as its file says it: as it was when it was opened or last saved."""
        return self._saved.get(key_of(uri))

    def read(self, uri: str) -> OpenDocument | None:
        """A document as the editor has it, else as its file stands; None where neither can be had."""
        path = path_of(uri)
        if (document := self.document(uri)) is not None or path is None:
            return document
        try:
            text = decode(read_file(path))[0]
        except OSError:
            return None
        project = self.project_of(path)
        return opened(uri, None, project.path_in(path, uri), read_document(text, self._parser), project)

    def lines_of(self, uri: str) -> Sequence[str]:
        """The lines of any file, as the editor has it or else as it stands on the disk.

        Empty where it cannot be read.
        """
        document, source, path = self.document(uri), self.sources.get(uri), path_of(uri)
        if document is not None:
            return document.document.lines
        if source is not None:
            return source.lines
        try:
            return tuple(split_lines(decode(read_file(path))[0])) if path else ()
        except OSError:
            return ()

    @property
    def state(self) -> tuple[object, ...]:
        """A value that differs once diagnostics of files that are not open may differ: it is made of what was read,
        what is laid over it, and which documents are open."""
        return self._epoch, self.moment, *self._documents, *(source.uri for source in self.sources)

    @property
    def moment(self) -> int:
        """A number that changes whenever the products that demands are searched among change."""
        return self._answers.moment

    def run(self, document: OpenDocument, index: int) -> Generator[Literal["waiting"], None, "Run | None"]:
        """The answer to one of a document's demands, searched among the products as they stand in the editor, once they
        are read. None where the description is not a demand."""
        yield from self.until_registered(document.project)
        self._update_overlay(document.project)
        run = self._answers.run(document.document, index, document.path, document.project, self.settings.language)
        return (yield from run)

    def known_run(self, document: OpenDocument, index: int) -> "Run | None":
        """As `run`, but without waiting, once the products are read. Raises KeyError where no answer is known yet."""
        self._update_overlay(document.project)
        return self._answers.known(document.document, index, document.path, document.project, self.settings.language)

    def search(self, project: Project, work: Callable[[Catalogue], S]) -> Generator[Literal["waiting"], None, S]:
        """The result of `work`, a background task over a catalogue with its products as they stand in the editor.

        Waits until the products are read. `work` is given a catalogue that does not change, and must parse nothing.
        """
        yield from self.until_registered(project)
        self._update_overlay(project)
        return (yield from self._tasks.search(project.catalogue, work).outcome())

    def in_background(
        self, work: Callable[[], S], interruption: Interruption | None = None
    ) -> Generator[Literal["waiting"], None, S]:
        """The result of `work`, run as a background task that needs no products. Where nobody waits for it any longer,
        what is asked until an `interruption` is interrupted."""
        return (yield from self._tasks.start(work, interruption=interruption).outcome())

    def until_words(self, project: Project) -> Generator[Literal["waiting"], None, None]:
        """Yields to other work until a process has made the words of large vocabularies, as one types them."""
        while self._are_words_in_work(project):
            yield WAITING

    def until_lookup(self, project: Project) -> Generator[Literal["waiting"], None, None]:
        """Yields to other work until what finds concepts by free words is made: by a process where they are many."""
        catalogue = project.catalogue
        is_large = project.lexicon.is_kept and not catalogue.is_public
        while (
            is_large and catalogue.lookup_at_hand is None and self._preparations.begun("lookup", catalogue).is_running
        ):
            yield WAITING
        yield from self.in_background(catalogue.lookup.prepare_concepts)

    def _are_words_in_work(self, project: Project) -> bool:
        """Whether a process makes the words of large vocabularies, which is begun where they lack."""
        catalogue = project.catalogue
        lacks = project.lexicon.lacks_kept and not catalogue.is_public
        return lacks and self._preparations.begun("words", catalogue).is_running

    def until_registered(self, project: Project) -> Generator[Literal["waiting"], None, None]:
        """Yields to other work until the products of a catalogue can be searched."""
        while not project.catalogue.is_registered:
            yield WAITING

    def products_named(self, project: Project) -> Generator[Literal["waiting"], None, Callable[[str], Namesakes]]:
        """Tells of the products that a catalogue's vocabularies name, once they are read: what is returned asks no
        register, so that a background task may ask it."""
        catalogue = project.catalogue
        names = catalogue.vocabularies.products_named
        if names:
            yield from self.until_registered(project)
            self._update_overlay(project)
        none = Namesakes(0, ())
        found = {one: none if HALF_A_PAIR.search(one) else catalogue.namesakes_elsewhere(one, "") for one in names}
        return lambda identification: found.get(identification, none)

    @property
    def pending(self) -> Sequence[PendingMake]:
        """The catalogues that are being made, for which others stand in."""
        return self._projects.pending

    @property
    def in_work(self) -> Mapping[What, int]:
        """What is being made in the background, and how much of it is, in per cent."""
        made: list[tuple[What, int]] = [("vocabularies", making.percentage) for making in self.pending]
        reading = [project.catalogue.preparation for project in self._projects.known]
        made += [("products", one.percentage) for one in reading if one is not None]
        return dict([*made, *self._preparations.in_work.items()])

    def project_of(self, path: Path | None) -> Project:
        """The catalogue that a file belongs to; None stands for a document that is no file. Raises PendingError while
        it is being made, as does whatever else tells a catalogue here."""
        return _there(self._project_at(path))

    def _project_at(self, path: Path | None) -> Project:
        """The same, or what stands in for it while it is being made."""
        return self._projects.project_of(path, self.roots, self.settings)

    def closed_products(self, project: Project) -> Iterator[str]:
        """The product files of a catalogue that are not open, relative to its root."""
        opened = {path for uri in self._documents if (path := path_of(uri)) is not None}
        return closed_products(project, opened)

    def projects(self) -> Collection[Project]:
        """The catalogues of the client's folders."""
        return {project.catalogue.root: project for project in map(self.project_in, self.roots)}.values()

    def project_in(self, folder: Path) -> Project:
        """The catalogue of a folder."""
        return _there(self._project_in(folder))

    def _project_in(self, folder: Path) -> Project:
        return self._projects.project_of(None, (folder,), self.settings)

    def project_with(self, path: Path) -> tuple[Project, VocabularyFile | MappingFile] | None:
        """The catalogue that a file is a vocabulary of, and the file as it is known; None where it is of none."""
        found = self._projects.with_vocabulary(path)
        if found is None and path not in self._strangers:
            # Nobody has asked for its catalogue yet, or it is a table that no catalogue has to do with.
            self._project_at(path)
            for root in self.roots:
                self._project_in(root)
            found = self._projects.with_vocabulary(path)
            if found is None and not self.pending:
                self._strangers.add(path)
        return found

    def projects_of_sources(self) -> Iterator[Project]:
        """The catalogues of the vocabularies that are open."""
        for source in self.sources:
            found = self.project_with(source.path) if source.kind == "vocabulary" and source.path else None
            if found is not None:
                yield found[0]

    def sources_of(self, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
        """The URIs of a catalogue's open vocabularies and `vkd.toml`, with their paths relative to its root."""
        paths = {os.path.normpath(catalogue.root / file.path): file.path for file in catalogue.vocabularies.every_file}
        settings = catalogue.configuration.file
        if settings is not None:
            paths[os.path.normpath(settings)] = settings.name
        for source in self.sources:
            if str(source.path) in paths:
                yield source.uri, paths[str(source.path)]

    def _update_overlay(self, project: Project) -> None:
        """Puts open product files as they stand in the editor into the register that is searched, in place of their
        files. The register on disk is left alone: other programs read it too."""
        catalogue = project.catalogue
        had = self._overlay.get(catalogue, {})
        now = {
            one.path: one.document for one in self._documents.values() if one.project is project and self._is_other(one)
        }
        if now.keys() == had.keys() and all(now[path] is had[path] for path in now):
            return
        if now:
            anew = not had.keys() <= now.keys() or self._tasks.are_reading
            catalogue.begin_overlay(anew=anew)
            for path, document in now.items():
                if anew or document is not had.get(path):
                    catalogue.overlay(path, self._as_file(document))
        else:
            catalogue.end_overlay()
        self._overlay[catalogue] = now
        self._answers.forget()
        self._look_beside(
            project, [text for path, text in chain(had.items(), now.items()) if now.get(path) is not had.get(path)]
        )

    def _look_beside(self, project: Project, texts: Sequence[Document]) -> None:
        """Marks the products in open documents that have an identification described in these texts, so that they are
        compared again."""
        names = {fold(one.identification) for text in texts for one in headings(text) if one.kind == "product"}
        for uri, document in self._documents.items():
            again = looked_at_again(document, names) if document.project is project else document
            if again is not document:
                self._documents[uri] = again
                self._to_publish.add(uri)

    def _is_other(self, document: OpenDocument) -> bool:
        """Whether an open product file says something else than its file was read as."""
        state = document.project.catalogue.files.get(document.path)
        return state is not None and state.digest != self._digest(document)

    def _digest(self, document: OpenDocument) -> str:
        """The hash that a file with the text of a document would have."""
        key = key_of(document.uri)
        had = self._digests.get(key)
        if had is None or had[0] is not document.document:
            data = self._as_file(document.document).text.encode()
            had = self._digests[key] = (document.document, digest_of(data))
        return had[1]

    def _as_file(self, document: Document) -> Document:
        """A document as it would be read back from a file, which can hold no lone surrogates."""
        if not HALF_A_PAIR.search(document.text):
            return document
        return read_document(HALF_A_PAIR.sub("\ufffd", document.text), self._parser)


def _there(project: Project) -> Project:
    """A project whose catalogue is there. Raises PendingError where another stands in for it."""
    if project.is_pending:
        raise PendingError
    return project
