"""One client's workspace: its folders, settings and open documents."""

import os
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import chain
from math import inf
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Generic, Literal, TypeVar

from vkd_catalog.catalogue import Catalogue
from vkd_catalog.configuration import ConfigurationError, configuration_for
from vkd_catalog.files import read_file
from vkd_catalog.vocabulary import VocabularyFile
from vkd_grammar.document import Document, Edit, read_document
from vkd_grammar.parser import Parser
from vkd_grammar.text import decode, split_lines
from vkd_server.features.diagnostics import Diagnostic
from vkd_server.workspace.answers import Answers
from vkd_server.workspace.aside import Asides
from vkd_server.workspace.background import BackgroundCatalogue
from vkd_server.workspace.closed_texts import ClosedTexts
from vkd_server.workspace.documents import HALF_A_PAIR, OpenDocument, changed, checked, opened
from vkd_server.workspace.files import closed_products
from vkd_server.workspace.home import Home, Homes, Make
from vkd_server.workspace.settings import Settings
from vkd_server.workspace.sources import Sources
from vkd_server.workspace.standing import Standing
from vkd_server.workspace.texts import vkd_files
from vkd_server.workspace.uris import path_of

if TYPE_CHECKING:
    from vkd_server.features.run import Run

S = TypeVar("S")
T = TypeVar("T")
PresentIn = Callable[[Sequence[Diagnostic], Sequence[str], int, str, Home], T]
"""Makes what is kept of a description's diagnostics, given its lines and first row, its document's URI and home."""

_AT_ONCE, _A_STEP = 2000, 256
"""Lines that are checked before anything is said about a document, and between one message and the next; as measured,
35 and 5 ms."""


class Workspace(Generic[T]):
    """Keeps the current moment of every open document.

    Each moment is immutable; a change puts the next in its place.
    """

    def __init__(self, present: PresentIn[T], make: Make = BackgroundCatalogue) -> None:
        self._present = present
        self._parser = Parser()
        self.closed = ClosedTexts(self._parser)
        self._reading: Iterator[None] = iter(())
        self._read_for: frozenset[int] = frozenset()
        self._homes = Homes(self._parser, make)
        self._documents: dict[str, OpenDocument[T]] = {}
        self._saved: dict[str, Document] = {}
        self._asides = Asides()
        self._answers = Answers(self._asides)
        self._unsaved: set[str] = set()
        self._uncovered: set[str] = set()
        self._covered: list[Catalogue] = []
        self._retired: list[tuple[float, Home]] = []
        self.sources = Sources()
        self._strangers: set[Path] = set()
        self.roots: tuple[Path, ...] = ()
        self.settings = Settings()
        self.standing = Standing()

    @property
    def documents(self) -> Iterable[OpenDocument[T]]:
        """The open documents."""
        return self._documents.values()

    def document(self, uri: str) -> OpenDocument[T] | None:
        """One open document."""
        return self._documents.get(uri)

    def open(self, uri: str, version: int | None, text: str) -> OpenDocument[T]:
        """Takes a document in, its text as the editor has it; what is wrong with it is found out later."""
        path = path_of(uri)
        home = self.home_of(path)
        document = read_document(text, self._parser)
        now: OpenDocument[T] = opened(uri, version, home.path_in(path, uri), document, home)
        self._documents[uri] = now
        self._saved[uri] = document
        return now

    def change(self, uri: str, version: int | None, edits: Sequence[Edit]) -> OpenDocument[T]:
        """Applies edits one after the other to an open document. Raises KeyError where it is not open."""
        before = self._documents[uri]
        now = changed(before, version, edits)
        self._documents[uri] = now
        self._unsaved.add(uri)
        self._uncovered.add(uri)
        return now

    def saved(self, uri: str) -> None:
        """Notes that a document's file says what the document does."""
        self._unsaved.discard(uri)
        document = self._documents.get(uri)
        if document is not None:
            self._saved[uri] = document.document
            self.standing.saved(document)

    def saved_document(self, uri: str) -> Document | None:
        """An open document as its file says it: as it was when it was opened or last saved."""
        return self._saved.get(uri)

    def close(self, uri: str) -> None:
        """Lets go of a document; what was not saved of it no longer stands in for its file."""
        document = self._documents.pop(uri, None)
        self._saved.pop(uri, None)
        self._uncovered.discard(uri)
        if document is not None and uri in self._unsaved:
            self._unsaved.discard(uri)
            self.read_anew()

    def read(self, uri: str) -> OpenDocument[T] | None:
        """A document as the editor has it, else as its file stands; None where neither can be had."""
        path = path_of(uri)
        if uri in self._documents or path is None:
            return self._documents.get(uri)
        try:
            text = decode(read_file(path))[0]
        except OSError:
            return None
        home = self.home_of(path)
        document = read_document(text, self._parser)
        return opened(uri, None, home.path_in(path, uri), document, home)

    def lines_of(self, uri: str) -> Sequence[str]:
        """The lines of any file, as the editor has it or else as it stands on the disk.

        None where it cannot be read.
        """
        document, source, path = self._documents.get(uri), self.sources.get(uri), path_of(uri)
        if document is not None:
            return document.document.lines
        if source is not None:
            return source.lines
        try:
            return tuple(split_lines(decode(read_file(path))[0])) if path else ()
        except OSError:
            return ()

    def read_ahead(self) -> bool:
        """Reads a little of the texts that are not open, for when somebody asks what they say; False where all are."""
        homes = {id(document.home.catalogue): document.home for document in self._documents.values()}
        if homes.keys() != self._read_for and self.is_settled:
            opened = {path for uri in self._documents if (path := path_of(uri))}
            texts = (self.closed.of(home.catalogue.root, vkd_files(home), opened) for home in homes.values())
            self._reading = chain.from_iterable(texts)
            self._read_for = frozenset(homes)
        return next(self._reading, self) is None

    def run(self, document: OpenDocument[T], index: int) -> Generator[Literal["waiting"], None, "Run | None"]:
        """The answer to one of a document's demands, searched among the products as they stand in the editor.

        None where the description is not a demand.
        """
        self.cover(document.home)
        run = self._answers.run(document.document, index, document.path, document.home, self.settings.language)
        return (yield from run)

    @property
    def moment(self) -> int:
        """What changes with what demands are searched among."""
        return self._answers.moment

    def known_run(self, document: OpenDocument[T], index: int) -> "Run | None":
        """The same for who cannot wait. Raises KeyError where the answer is not known yet."""
        self.cover(document.home)
        return self._answers.known(document.document, index, document.path, document.home, self.settings.language)

    def beside(
        self, catalogue: BackgroundCatalogue, work: Callable[[Catalogue], S]
    ) -> Generator[Literal["waiting"], None, S]:
        """What is worked out from a catalogue, whose register is there, beside other work."""
        return (yield from self._asides.search(catalogue, work).outcome())

    def aside(self, work: Callable[[], S]) -> Generator[Literal["waiting"], None, S]:
        """The same for what needs no register."""
        return (yield from self._asides.start(work).outcome())

    def cover(self, home: Home) -> None:
        """Lets product files that are open and changed be searched as they are in the editor. The register on disk is
        left alone: other programs read it too."""
        for uri in list(self._uncovered):
            document = self._documents[uri]
            if document.home is home:
                self._uncovered.discard(uri)
                catalogue = home.catalogue
                if document.path in catalogue.register.files():
                    if catalogue not in self._covered or self._asides.are_reading:
                        catalogue.put(catalogue.register.copy())
                        self._covered.append(catalogue)
                    catalogue.cover(document.path, self._as_file(document.document))
                    self._answers.forget()

    def home_of(self, path: Path | None) -> Home:
        """The catalogue that a file belongs to; None stands for a document that is no file."""
        return self._homes.home_of(path, self.roots, self.settings)

    def closed_products(self, home: Home) -> Iterator[str]:
        """The product files of a catalogue that are not open, relative to its root."""
        opened = {path for uri in self._documents if (path := path_of(uri)) is not None}
        return closed_products(home, opened)

    def homes(self) -> Collection[Home]:
        """The catalogues of the client's folders."""
        return {home.catalogue.root: home for home in map(self.home_in, self.roots)}.values()

    def home_in(self, folder: Path) -> Home:
        """The catalogue of a folder."""
        return self._homes.home_of(None, (folder,), self.settings)

    def home_with(self, path: Path) -> tuple[Home, VocabularyFile] | None:
        """The catalogue that a file is a vocabulary of, and the file as it is known; None where it is of none."""
        found = self._homes.with_vocabulary(path)
        if found is None and path not in self._strangers:
            # Nobody has asked for its catalogue yet, or it is a table that no catalogue has to do with.
            self.home_of(path)
            self.homes()
            found = self._homes.with_vocabulary(path)
            if found is None:
                self._strangers.add(path)
        return found

    def vocabulary_paths(self) -> Iterator[Path]:
        """The vocabularies of the catalogues in use, and of the client's folders, which are not read for it."""
        for root in self.roots:
            with suppress(ConfigurationError):
                configuration = configuration_for(root)
                for paths in configuration.vocabularies.values():
                    yield from (Path(os.path.normpath(configuration.root / path)) for path in paths)
        for document in self._documents.values():
            catalogue = document.home.catalogue
            yield from (Path(os.path.normpath(catalogue.root / file.path)) for file in catalogue.vocabularies.files)

    def homes_of_sources(self) -> Iterator[Home]:
        """The catalogues of the vocabularies that are open."""
        for source in self.sources:
            found = self.home_with(source.path) if source.kind == "vocabulary" and source.path else None
            if found is not None:
                yield found[0]

    def sources_of(self, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
        """The URIs of a catalogue's open vocabularies and `vkd.toml`, with their paths relative to its root."""
        paths = {os.path.normpath(catalogue.root / file.path): file.path for file in catalogue.vocabularies.files}
        settings = catalogue.configuration.file
        if settings is not None:
            paths[os.path.normpath(settings)] = settings.name
        for source in self.sources:
            if str(source.path) in paths:
                yield source.uri, paths[str(source.path)]

    def take_up(self) -> bool:
        """Lets open vocabularies count as they stand in the editor, once nobody types in them; whether any did."""
        if not self.sources.waits or not self.sources.is_quiet or not self._homes.take_up(self.sources.take()):
            return False
        self._check_anew()
        return True

    def _as_file(self, document: Document) -> Document:
        """A document as its file would be read: a file holds no half surrogate pairs."""
        if not HALF_A_PAIR.search(document.text):
            return document
        return read_document(HALF_A_PAIR.sub("\ufffd", document.text), self._parser)

    @property
    def is_settled(self) -> bool:
        """Whether the registers of all catalogues in use are there."""
        return all(document.home.catalogue.is_registered for document in self._documents.values())

    def settled(self, uri: str) -> OpenDocument[T] | None:
        """An open document with what was last edited checked; of one that is new, as much as can be done at once."""
        now = self._documents.get(uri)
        if now is not None and now.waits:
            present = self._presenter(uri, now.home)
            most = _AT_ONCE if now.is_new else _A_STEP
            now = checked(now, present, most)
            now = self._documents[uri] = now if now.unchecked else checked(now, present, most)
        return now

    def check_further(self) -> OpenDocument[T] | None:
        """Checks a little of a document that was not checked to its end; that document, None where none waits."""
        now = next((document for document in self._documents.values() if document.waits), None)
        if now is not None:
            now = self._documents[now.uri] = checked(now, self._presenter(now.uri, now.home), _A_STEP)
        return now

    def prepare(self) -> bool:
        """Takes some words of the catalogues in use in, so that nobody need wait for them; False where all are."""
        homes = (*(document.home for document in self._documents.values()), *self.homes_of_sources())
        return any(home.lexicon.prepare() for home in homes)

    def read_anew(self) -> None:
        """Reads every catalogue in use anew, and checks the open documents against it."""
        self._homes.forget()
        self._strangers.clear()
        self._check_anew()

    def let_go(self, oldest: float = inf) -> bool:
        """Closes the catalogues that were read anew, but for those that may still be read by what began before, at
        `oldest` (`perf_counter`); whether there were any."""
        oldest = min(oldest, self._asides.oldest)
        unread = [home for since, home in self._retired if since < oldest]
        self._retired = [(since, home) for since, home in self._retired if since >= oldest]
        for home in unread:
            home.close()
        return bool(unread)

    def end(self) -> None:
        """Lets go of all that was opened, once the client is gone."""
        self._asides.give_up()
        self._documents.clear()
        self._homes.forget()
        for home in (*self._homes.left(), *(home for _, home in self._retired)):
            home.close()
        self._retired.clear()

    def _check_anew(self) -> None:
        """Checks the open documents against catalogues that say something else than before."""
        self._retired += [(perf_counter(), home) for home in self._homes.left()]
        self._answers.forget()
        self.standing.forget()
        self._covered.clear()
        self._uncovered = self._unsaved & self._documents.keys()
        for uri, had in list(self._documents.items()):
            path = path_of(uri)
            home = self.home_of(path)
            self._documents[uri] = opened(uri, had.version, home.path_in(path, uri), had.document, home)

    def _presenter(self, uri: str, home: Home) -> Callable[[Sequence[Diagnostic], Sequence[str], int], T]:
        return lambda diagnostics, lines, row: self._present(diagnostics, lines, row, uri, home)
