"""The interest profiles of each catalogue, as they stand: those of open documents, and those of files on the disk.

What matches profiles is imported when the first product asks for them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterable
from typing import TYPE_CHECKING, NamedTuple, Protocol

from vkd_catalog.files import read_file
from vkd_grammar.words import fold
from vkd_server.features.navigation.headings import Heading, headings
from vkd_server.workspace.texts import vkd_files
from vkd_server.workspace.uris import uri_of

if TYPE_CHECKING:
    from vkd_catalog.catalogue import Catalogue
    from vkd_catalog.coding import CodedDescription
    from vkd_catalog.register import Finder
    from vkd_grammar.document import Document
    from vkd_server.features.answers.profiles import Effect, Meeting, Profiles
    from vkd_server.features.snapshot import Piece
    from vkd_server.workspace.documents import OpenDocument

_MAY_BE_PROFILES = re.compile(rb"\bprofile?\s*=", re.IGNORECASE)
"""What is in every file with an interest profile; most files need not be parsed to see that they have none."""


MOST = 1000
"""In a document of more descriptions, products have no lenses."""

_MOST_LIVE = 200
"""An open document of more descriptions has the profiles that its file has: each takes a millisecond to be read."""


class Texts(Protocol):
    """Where documents are read from: open ones as the editor has them, others as their files stand."""

    @property
    def documents(self) -> Iterable[OpenDocument]:
        """The open documents."""
        ...

    def read(self, uri: str) -> OpenDocument | None:
        """A document; None where there is none."""
        ...

    def saved_document(self, uri: str) -> Document | None:
        """An open document as its file says it."""
        ...


class _OnDisk(NamedTuple):
    """The profiles of a catalogue's files, and the paths of those that have any."""

    profiles: Profiles
    paths: frozenset[str]


class _Open(NamedTuple):
    """The profiles of an open document; `key` is what they stand for: where they are and what they say."""

    key: tuple[object, ...]
    profiles: Profiles


class _Standing(NamedTuple):
    """The profiles of a catalogue as they stand: those on the disk, but for those of `paths`, which are open."""

    on_disk: Profiles
    opened: tuple[Profiles, ...]
    paths: frozenset[str]

    def met_by(self, product: CodedDescription, others: Finder | None) -> dict[str, Meeting]:
        """Those that a product meets among others."""
        on_disk = self.on_disk.met_by(product, others)
        found = {key: meeting for key, meeting in on_disk.items() if meeting.demand.path not in self.paths}
        for one in self.opened:
            found |= one.met_by(product, others)
        return found


class KnownProfiles:
    """Keeps the profiles of catalogues, so that a product finds those it meets without running any."""

    def __init__(self) -> None:
        self._on_disk: dict[int, _OnDisk] = {}
        self._open: dict[str, _Open] = {}

    def forget(self) -> None:
        """Has every file read anew for profiles."""
        self._on_disk.clear()
        self._open.clear()

    def saved(self, document: OpenDocument) -> None:
        """Has files read anew for profiles if the saved document has, or had, profiles."""
        catalogue = document.project.catalogue
        had = self._on_disk.get(id(catalogue))
        if had is not None and (document.path in had.paths or _has_profiles(document.document, catalogue)):
            del self._on_disk[id(catalogue)]

    def look(self, files: Texts, asked: OpenDocument) -> Generator[None, None, bool]:
        """Finds the profiles of a document's catalogue, yielding after each file. Returns whether there are any."""
        catalogue = asked.project.catalogue
        if id(catalogue) not in self._on_disk:
            self._on_disk[id(catalogue)] = yield from _found(files, asked)
        live = _live(files, asked)
        closed = self._on_disk[id(catalogue)].paths - {one.path for one in live}
        return bool(closed) or any(len(self._of_open(one)) > 0 for one in live)

    def effect(self, files: Texts, document: OpenDocument, piece: Piece) -> Callable[[Finder | None], Effect]:
        """What tells, from the products that there are, which profiles a product meets, and what it gains and loses
        beside its file; from None where nothing is derived from two sets. `look` comes first. It parses nothing."""
        from vkd_server.features.answers.profiles import effect_of

        coded = document.snapshot.code(piece)
        had = _as_saved(files, document, piece, coded)
        standing = self._standing(files, document)

        def effect(others: Finder | None) -> Effect:
            now = standing.met_by(coded, others)
            before = now if had is coded else standing.met_by(had, others) if had else {}
            return effect_of(coded.identification, now, before)

        return effect

    def _standing(self, files: Texts, document: OpenDocument) -> _Standing:
        opened = _live(files, document)
        on_disk = self._on_disk[id(document.project.catalogue)].profiles
        return _Standing(on_disk, tuple(map(self._of_open, opened)), frozenset(one.path for one in opened))

    def _of_open(self, document: OpenDocument) -> Profiles:
        from vkd_server.features.answers.profiles import Profiles, profiles_in

        text, catalogue = document.document, document.project.catalogue
        indices = list(profiles_in(text, catalogue))
        key = (id(catalogue), *((text.rows[index], text.piece_lines(index)) for index in indices))
        had = self._open.get(document.uri)
        if had is None or had.key != key:
            profiles = Profiles(catalogue)
            for index in indices:
                profiles.add(text, index, document.path)
            had = self._open[document.uri] = _Open(key, profiles)
        return had.profiles


def _found(files: Texts, asked: OpenDocument) -> Generator[None, None, _OnDisk]:
    """The profiles of a catalogue's files."""
    from vkd_server.features.answers.profiles import Profiles, profiles_in

    catalogue = asked.project.catalogue
    profiles, paths = Profiles(catalogue), set()
    # Who waits for what is nobody's business where anybody may ask.
    for path in () if catalogue.is_public else vkd_files(asked.project):
        yield
        document = _that_may_have_profiles(files, asked, path)
        if document is not None:
            for index in profiles_in(document, catalogue):
                profiles.add(document, index, path)
                paths.add(path)
                yield
    return _OnDisk(profiles, frozenset(paths))


def _that_may_have_profiles(files: Texts, asked: OpenDocument, path: str) -> Document | None:
    """A file as it stands on the disk, where it may have interest profiles and belongs to the catalogue."""
    file = asked.project.catalogue.root / path
    try:
        may_be_profiles = _MAY_BE_PROFILES.search(read_file(file))
    except OSError:
        return None
    read = files.read(uri_of(file)) if may_be_profiles else None
    if read is None or read.project.catalogue is not asked.project.catalogue:
        return None
    return read.document


def _as_saved(files: Texts, document: OpenDocument, piece: Piece, product: CodedDescription) -> CodedDescription | None:
    """A product as its file describes it: the same where nothing was edited, None where it is not there."""
    saved = files.saved_document(document.uri)
    if saved is None or saved is document.document:
        return product
    before = next((one.number for one in headings(saved) if _is_called(one, product.identification)), None)
    if before is None:
        return None
    if saved.piece_lines(before) == piece.lines:
        return product
    return document.project.catalogue.coder.code(saved.descriptions[before])


def _has_profiles(document: Document, catalogue: Catalogue) -> bool:
    from vkd_server.features.answers.profiles import profiles_in

    return next(profiles_in(document, catalogue), None) is not None


def _live(files: Texts, document: OpenDocument) -> list[OpenDocument]:
    """The open documents of a document's catalogue whose profiles count as they are in the editor."""
    catalogue = document.project.catalogue
    return [
        one for one in files.documents if one.project.catalogue is catalogue and len(one.document.rows) <= _MOST_LIVE
    ]


def _is_called(heading: Heading, identification: str) -> bool:
    return heading.kind == "product" and fold(heading.identification) == fold(identification)
