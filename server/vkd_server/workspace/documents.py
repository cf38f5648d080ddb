"""Open documents: text, and what was found in it, kept a description at a time.

A keystroke costs what its description costs: findings of the others are carried over as they are. How findings are
kept is the caller's (`Present`), so that the rim can keep them ready to be sent.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Generic, NamedTuple, TypeVar

from vkd_catalog.catalogue import ProductPlace
from vkd_catalog.coding import CodedDescription
from vkd_grammar.document import Document, Edit, edited
from vkd_grammar.parser import Parser
from vkd_grammar.words import fold
from vkd_server.features.diagnostics import Diagnostic, diagnose, diagnose_around, silenced_in
from vkd_server.features.snapshot import Snapshot
from vkd_server.workspace.home import Home

T = TypeVar("T")
HALF_A_PAIR = re.compile("[\ud800-\udfff]")
"""What JSON can put into a text, and no file can hold."""

Present = Callable[[Sequence[Diagnostic], Sequence[str], int], T]
"""Makes of the diagnostics of one description, whose lines and first row are given, what is kept of them."""


_FEW = 4


class OpenDocument(NamedTuple, Generic[T]):
    """One document at one moment. `found` and `found_around` hold, by the description's number, what was found there;
    `names` the identification of each product, folded, and an empty text for everything else.

    What other files decide is known once the register is there: `looked_around` says whether that has been looked at.
    """

    uri: str
    version: int | None
    path: str
    document: Document
    home: Home
    found: Mapping[int, T]
    found_around: Mapping[int, T]
    names: tuple[str, ...]
    looked_around: bool

    @property
    def snapshot(self) -> Snapshot:
        """What features answer from."""
        return Snapshot(self.document, self.path, self.home.catalogue, self.home.lexicon, self._places_of)

    def _places_of(self, identification: str) -> Sequence[ProductPlace]:
        return _places(self, {fold(identification)})(identification)


def opened(
    uri: str, version: int | None, path: str, document: Document, home: Home, present: Present[T]
) -> OpenDocument[T]:
    """A document checked from beginning to end."""
    known = home.catalogue.is_registered
    blank: OpenDocument[T] = OpenDocument(uri, version, path, document, home, {}, {}, (), known)
    return _checked(blank, range(len(document.descriptions)), present)


def looked_around(now: OpenDocument[T], present: Present[T]) -> OpenDocument[T]:
    """A document whose products have been looked at beside those of other files."""
    coder = now.home.catalogue.coder
    descriptions = now.document.descriptions
    products = [(index, coder.code(descriptions[index])) for index, name in enumerate(now.names) if name]
    known = now._replace(looked_around=True)
    return known._replace(found_around=_around(known, products, present))


def changed(
    before: OpenDocument[T], version: int | None, edits: Sequence[Edit], parser: Parser, present: Present[T]
) -> OpenDocument[T]:
    """The document after some edits, one after the other; what they did not touch is not checked again."""
    now = before
    for edit in edits:
        now = _edited(now, edit, parser, present)
    return now._replace(version=version)


def _edited(before: OpenDocument[T], edit: Edit, parser: Parser, present: Present[T]) -> OpenDocument[T]:
    old = before.document
    new = edited(old, edit, parser)
    moved = before._replace(document=new)
    if silenced_in(old.lines[:1]) != silenced_in(new.lines[:1]):
        return _checked(moved._replace(found={}, found_around={}, names=()), range(len(new.descriptions)), present)
    low, end = _new_pieces(old, new, edit)
    shift = len(new.descriptions) - len(old.descriptions)
    moved = moved._replace(
        found=_carried(before.found, low, end - shift, shift),
        found_around=_carried(before.found_around, low, end - shift, shift),
        names=before.names[:low] + ("",) * (end - low) + before.names[end - shift :],
    )
    now = _checked(moved, range(low, end), present)
    names = set(before.names[low : end - shift]) ^ set(now.names[low:end])
    if len(new.lines) != len(old.lines):
        # What is said around a product may name the lines of others, which stand elsewhere now.
        names.update(now.names[index] for index in now.found_around)
    return _namesakes_checked(now, names, present)


def _checked(moved: OpenDocument[T], indices: range, present: Present[T]) -> OpenDocument[T]:
    """Checks some descriptions; `moved` holds nothing about them yet."""
    document, catalogue = moved.document, moved.home.catalogue
    silenced = silenced_in(document.lines[:1])
    found = dict(moved.found)
    names: list[str] = []
    products: list[tuple[int, CodedDescription]] = []
    for index in indices:
        coded = catalogue.coder.code(document.descriptions[index])
        product = coded.kind == "product"
        names.append(fold(coded.identification) if product else "")
        if names[-1]:
            products.append((index, coded))
        lines = document.piece_lines(index)
        diagnostics = diagnose(coded, lines, moved.path, catalogue, silenced=silenced)
        if diagnostics:
            found[index] = present(diagnostics, lines, 0)
    all_names = moved.names[: indices.start] + tuple(names) + moved.names[indices.stop :]
    now = moved._replace(found=found, names=all_names)
    return now._replace(found_around=_around(now, products, present))


def _namesakes_checked(now: OpenDocument[T], names: set[str], present: Present[T]) -> OpenDocument[T]:
    """Looks again at the products of some names."""
    names.discard("")
    if not names:
        return now
    descriptions, coder = now.document.descriptions, now.home.catalogue.coder
    products = [(index, coder.code(descriptions[index])) for index, name in enumerate(now.names) if name in names]
    return now._replace(found_around=_around(now, products, present))


def _around(
    now: OpenDocument[T], products: Sequence[tuple[int, CodedDescription]], present: Present[T]
) -> dict[int, T]:
    """What was found around products, those given looked at anew."""
    if not now.looked_around:
        return {}
    around = dict(now.found_around)
    places = _places(now, {now.names[index] for index, _ in products})
    silenced = silenced_in(now.document.lines[:1])
    for index, coded in products:
        lines = now.document.piece_lines(index)
        row = now.document.rows[index]
        found = diagnose_around(coded, lines, now.path, now.home.catalogue, places, row=row, silenced=silenced)
        around.pop(index, None)
        if found:
            around[index] = present(found, lines, row)
    return around


def _places(now: OpenDocument[T], names: set[str]) -> Callable[[str], Sequence[ProductPlace]]:
    """Where products of some names are described: in this document as it stands, elsewhere as the register knows."""
    own: dict[str, list[ProductPlace]] = {name: [] for name in names}
    for index in _indices(now.names, own):
        header = now.document.descriptions[index].header
        row = now.document.rows[index] + (header.row if header else 0)
        own[now.names[index]].append(ProductPlace(now.names[index], now.path, row))

    def places(identification: str) -> Sequence[ProductPlace]:
        # Half a surrogate pair can stand in an editor's text, but in no file, so that no register knows it.
        known = () if HALF_A_PAIR.search(identification) else now.home.catalogue.places_of(identification)
        return (*own.get(fold(identification), ()), *(place for place in known if place.path != now.path))

    return places


def _indices(names: Sequence[str], wanted: Collection[str]) -> Iterator[int]:
    """Where some names stand. A keystroke asks for one or two, which `index` finds ten times faster than a loop."""
    if len(wanted) > _FEW:
        yield from (index for index, name in enumerate(names) if name in wanted)
        return
    for name in wanted:
        index = -1
        for _ in range(names.count(name)):
            index = names.index(name, index + 1)
            yield index


def _carried(found: Mapping[int, T], low: int, high: int, shift: int) -> dict[int, T]:
    if not found:
        return {}
    return {
        (index if index < low else index + shift): one for index, one in found.items() if index < low or index >= high
    }


def _new_pieces(old: Document, new: Document, edit: Edit) -> tuple[int, int]:
    """Which descriptions an edit made, the second number exclusive; the others are the very same as before."""
    first, last = sorted((edit.span.start.row, edit.span.end.row))
    before, after = old.descriptions, new.descriptions
    shortest = min(len(before), len(after))
    low = max(0, min(old.index_at(max(0, first - 1)) - 2, shortest))
    while low < shortest and before[low] is after[low]:
        low += 1
    kept = max(0, min(len(before) - old.index_at(last + 1) - 3, shortest - low))
    while kept < shortest - low and before[-1 - kept] is after[-1 - kept]:
        kept += 1
    return low, len(after) - kept
