"""One client's workspace: its folders, settings and open documents."""

import os
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import chain, repeat
from math import inf
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Generic, Literal, TypeVar

from vkd_catalog.catalogue import Catalogue
from vkd_catalog.configuration import ConfigurationError, configuration_for
from vkd_catalog.files import digest_of, read_file
from vkd_catalog.vocabulary import VocabularyFile
from vkd_grammar.document import Document, Edit, read_document
from vkd_grammar.parser import Parser
from vkd_grammar.text import decode, split_lines
from vkd_grammar.words import fold
from vkd_server.features.diagnostics import Diagnostic
from vkd_server.features.navigation.headings import headings
from vkd_server.workspace.answers import Answers
from vkd_server.workspace.aside import Asides
from vkd_server.workspace.background import BackgroundCatalogue
from vkd_server.workspace.closed_texts import ClosedTexts
from vkd_server.workspace.documents import HALF_A_PAIR, OpenDocument, changed, checked, looked_at_again, opened
from vkd_server.workspace.files import closed_products
from vkd_server.workspace.home import Closable, Home, Homes, Make
from vkd_server.workspace.noticing import is_addressed, is_concerned, is_product_file
from vkd_server.workspace.settings import Settings
from vkd_server.workspace.sources import Sources
from vkd_server.workspace.standing import Standing
from vkd_server.workspace.texts import vkd_files
from vkd_server.workspace.uris import key_of, path_of

if TYPE_CHECKING:
    from vkd_server.features.answers.run import Run

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
        self._laid_over: dict[BackgroundCatalogue, Mapping[str, Document]] = {}
        self._digests: dict[str, tuple[Document, str]] = {}
        self._noticed: set[Path] = set()
        self._to_tell: set[str] = set()
        self._retired: list[tuple[float, Closable]] = []
        self.epoch = 0
        """Counts how often something else was read than before."""
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
        return self._documents.get(key_of(uri))

    def open(self, uri: str, version: int | None, text: str) -> OpenDocument[T]:
        """Takes a document in, its text as the editor has it; what is wrong with it is found out later."""
        path = path_of(uri)
        home = self.home_of(path)
        document = read_document(text, self._parser)
        now: OpenDocument[T] = opened(uri, version, home.path_in(path, uri), document, home)
        self._documents[key_of(uri)] = now
        self._saved[key_of(uri)] = document
        self._notice(now)
        return now

    def change(self, uri: str, version: int | None, edits: Sequence[Edit]) -> OpenDocument[T]:
        """Applies edits one after the other to an open document. Raises KeyError where it is not open."""
        key = key_of(uri)
        now = self._documents[key] = changed(self._documents[key], version, edits)
        return now

    def saved(self, uri: str) -> None:
        """Notes that a document's file says what the document does."""
        document = self.document(uri)
        if document is not None:
            self._saved[key_of(uri)] = document.document
            self.standing.saved(document)
            self._notice(document)

    def saved_document(self, uri: str) -> Document | None:
        """An open document as its file says it: as it was when it was opened or last saved."""
        return self._saved.get(key_of(uri))

    def close(self, uri: str) -> None:
        """Lets go of a document; its file counts from here on."""
        key = key_of(uri)
        document = self._documents.pop(key, None)
        saved = self._saved.pop(key, None)
        self._digests.pop(key, None)
        if document is not None and saved is not document.document:
            self._start_anew()
        if document is not None and (path := path_of(uri)) is not None:
            self.notice((path,))

    def notice(self, paths: Iterable[Path]) -> None:
        """Takes note of files and folders that may not be what they were; `catch_up` looks at them, all at once."""
        self._noticed.update(Path(os.path.normpath(path)) for path in paths)

    @property
    def is_behind(self) -> bool:
        """Whether there is anything to be looked at."""
        return bool(self._noticed)

    def catch_up(self) -> bool:
        """Takes in what the files that were noticed say now; whether any answer may be another by that.

        Files that no catalogue reads, and no product leads to, cost nothing; catalogues that are being read are looked
        at afterwards.
        """
        if not self._noticed:
            return False
        homes = self._homes.known
        if not all(home.catalogue.is_registered for home in homes):
            return False
        paths, self._noticed = self._noticed, set()
        has_changed = self._homes.look_again(lambda home: is_concerned(home, paths))
        asks_else = any(self._may_ask(path) for path in paths)
        leads_else = any(map(self._are_named_in, self._documents.values(), repeat(paths))) or any(
            is_addressed(home, paths) for home in homes
        )
        if has_changed or leads_else:
            self._check_anew(wholly=leads_else)
        elif asks_else:
            self._start_anew()
        return has_changed or asks_else or leads_else

    def read(self, uri: str) -> OpenDocument[T] | None:
        """A document as the editor has it, else as its file stands; None where neither can be had."""
        path = path_of(uri)
        if (document := self.document(uri)) is not None or path is None:
            return document
        try:
            text = decode(read_file(path))[0]
        except OSError:
            return None
        home = self.home_of(path)
        return opened(uri, None, home.path_in(path, uri), read_document(text, self._parser), home)

    def lines_of(self, uri: str) -> Sequence[str]:
        """The lines of any file, as the editor has it or else as it stands on the disk.

        None where it cannot be read.
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
    def state(self) -> tuple[object, ...]:
        """What changes with what may be wrong in files that are not open: what was read, what is laid over it, and
        which are open."""
        return self.epoch, self.moment, *self._documents, *(source.uri for source in self.sources)

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
        """Lets the product files of a catalogue be searched as they stand in the editor, those that are open, and as
        they stand on the disk, all others. The register on disk is left alone: other programs read it too."""
        catalogue = home.catalogue
        had = self._laid_over.get(catalogue, {})
        now = {one.path: one.document for one in self._documents.values() if one.home is home and self._is_other(one)}
        if now.keys() == had.keys() and all(now[path] is had[path] for path in now):
            return
        if now:
            anew = not had.keys() <= now.keys() or self._asides.are_reading
            catalogue.lay_over(anew=anew)
            for path, document in now.items():
                if anew or document is not had.get(path):
                    catalogue.cover(path, self._as_file(document))
        else:
            catalogue.uncover()
        self._laid_over[catalogue] = now
        self._answers.forget()
        self._look_beside(
            home, [text for path, text in chain(had.items(), now.items()) if now.get(path) is not had.get(path)]
        )

    def _look_beside(self, home: Home, texts: Sequence[Document]) -> None:
        """Has the namesakes of what was described, or is now, looked at again."""
        names = {fold(one.identification) for text in texts for one in headings(text) if one.kind == "product"}
        for uri, document in self._documents.items():
            again = looked_at_again(document, names) if document.home is home else document
            if again is not document:
                self._documents[uri] = again
                self._to_tell.add(uri)

    def is_to_be_told(self, uri: str) -> bool:
        """Whether something may be wrong with a document, or no longer is, by what others say; asked once."""
        key = key_of(uri)
        is_there = key in self._to_tell
        self._to_tell.discard(key)
        return is_there

    def _is_other(self, document: OpenDocument[T]) -> bool:
        """Whether an open product file says something else than its file was read as."""
        state = document.home.catalogue.files.get(document.path)
        return state is not None and state.digest != self._digest(document)

    def _digest(self, document: OpenDocument[T]) -> str:
        """The hash that a file would have which says what a document does."""
        key = key_of(document.uri)
        had = self._digests.get(key)
        if had is None or had[0] is not document.document:
            data = self._as_file(document.document).text.encode()
            had = self._digests[key] = (document.document, digest_of(data))
        return had[1]

    def _notice(self, document: OpenDocument[T]) -> None:
        """Has the file of a document looked at, where it may hold products and may not be what was read."""
        path = path_of(document.uri)
        if path is not None and is_product_file(document.home, path):
            self.notice((path,))

    def _may_ask(self, path: Path) -> bool:
        """Whether a file that is not open may hold demands and is none of those whose products are registered."""
        return (
            path.suffix == ".vkd"
            and not any(path_of(uri) == path for uri in self._documents)
            and not any(is_product_file(home, path) for home in self._homes.known)
        )

    def _are_named_in(self, document: OpenDocument[T], paths: Collection[Path]) -> bool:
        """Whether a text has the name of any of some files in it, as an address that leads to one has."""
        return any(path.suffix != ".vkd" and path.name in document.document.text for path in paths)

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
        self._check_anew(wholly=True)
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
        now = self.document(uri)
        if now is not None and now.waits:
            uri = now.uri
            present = self._presenter(uri, now.home)
            most = _AT_ONCE if now.is_new else _A_STEP
            now = checked(now, present, most)
            now = self._documents[key_of(uri)] = now if now.unchecked else checked(now, present, most)
        return now

    def check_further(self) -> OpenDocument[T] | None:
        """Checks a little of a document that was not checked to its end; that document, None where none waits."""
        now = next((document for document in self._documents.values() if document.waits), None)
        if now is not None:
            now = self._documents[key_of(now.uri)] = checked(now, self._presenter(now.uri, now.home), _A_STEP)
        return now

    def prepare(self) -> bool:
        """Takes some words of the catalogues in use in, so that nobody need wait for them; False where all are."""
        homes = (*(document.home for document in self._documents.values()), *self.homes_of_sources())
        return any(home.lexicon.prepare() for home in homes)

    def read_anew(self) -> None:
        """Reads every catalogue in use anew, and checks the open documents against it."""
        self._noticed.clear()
        self._homes.forget()
        self._check_anew(wholly=True)

    def let_go(self, oldest: float = inf) -> bool:
        """Closes the catalogues that were read anew, but for those that may still be read by what began before, at
        `oldest` (`perf_counter`); whether there were any."""
        oldest = min(oldest, self._asides.oldest)
        unread = [one for since, one in self._retired if since < oldest]
        self._retired = [(since, one) for since, one in self._retired if since >= oldest]
        for one in unread:
            one.close()
        return bool(unread)

    def end(self) -> None:
        """Lets go of all that was opened, once the client is gone."""
        self._asides.give_up()
        self._documents.clear()
        self._homes.forget()
        for one in (*self._homes.left(), *(one for _, one in self._retired)):
            one.close()
        self._retired.clear()

    def _check_anew(self, *, wholly: bool) -> None:
        """Checks the open documents against catalogues that say something else than before. Unless `wholly`, what was
        found in a description by itself stands where the words are the same."""
        left = self._homes.left()
        self._retired += [(perf_counter(), one) for one in left]
        self._laid_over = {catalogue: texts for catalogue, texts in self._laid_over.items() if catalogue not in left}
        self._strangers.clear()
        self._answers.forget()
        self._start_anew()
        for key, had in list(self._documents.items()):
            path = path_of(key)
            home = self.home_of(path)
            if not wholly and home.lexicon is had.home.lexicon:
                every = (range(len(had.names)),)
                self._documents[key] = had._replace(home=home, unlooked=every)
            else:
                where = home.path_in(path, had.uri)
                self._documents[key] = opened(had.uri, had.version, where, had.document, home)

    def _start_anew(self) -> None:
        """Lets what was found in files that are not open be found anew."""
        self.standing.forget()
        self._read_for = frozenset()
        self.epoch += 1

    def _presenter(self, uri: str, home: Home) -> Callable[[Sequence[Diagnostic], Sequence[str], int], T]:
        return lambda diagnostics, lines, row: self._present(diagnostics, lines, row, uri, home)
