"""Open documents: their text, and what was found in each description of it.

An edit changes the text and marks the descriptions that it touches as not checked, so that a keystroke costs what its
description costs, and of many edits in a row only the outcome is checked. Checking goes on some lines at a time
(`checked`), so that a document of any size is open at once.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, islice
from math import inf
from time import perf_counter
from typing import NamedTuple, TypeVar

from vkd_catalog.catalogue import Namesakes, ProductPlace
from vkd_grammar.document import Document, Edit, Edited, edited
from vkd_grammar.syntax import Description
from vkd_grammar.words import fold
from vkd_server.features.diagnostics import diagnose, diagnose_beside, silenced_in
from vkd_server.features.held import HeldProduct
from vkd_server.features.in_order import InOrder
from vkd_server.features.snapshot import Snapshot
from vkd_server.workspace.cached_diagnostics import CachedDiagnostics, cached
from vkd_server.workspace.project import Project

HALF_A_PAIR = re.compile("[\ud800-\udfff]")
"""What JSON can put into a text, and no file can hold."""

T = TypeVar("T")

Ranges = tuple[range, ...]
"""Numbers of descriptions, in the order in which their turn comes."""

_FEW = 4

_TIMES_AS_LONG = 4
"""How many times as long it takes to compare lines with other files as to check most of them by themselves."""


class Names(tuple[str, ...]):
    """The folded identification of each product in a document, and an empty text for every other description."""

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How often each name stands there, counted once for all steps in which products are compared."""
        return Counter(self)


class HeldData(NamedTuple):
    """What was found when a product was held to its data, and its diagnostics as clients are told them."""

    product: HeldProduct
    diagnostics: CachedDiagnostics


class OpenDocument(NamedTuple):
    """One document at one moment. `found` and `found_beside` hold, by the description's number, what was found there.

    `unchecked` are the descriptions that have not been checked, the latest edited first; `unlooked` those that have not
    been compared with other descriptions of the same identification, in this file or another. `held` are those that
    were held to their data since they were edited last. `in_order` is remembered from one step of checking to the next.
    """

    uri: str
    version: int | None
    path: str
    document: Document
    project: Project
    found: Mapping[int, CachedDiagnostics]
    found_beside: Mapping[int, CachedDiagnostics]
    names: Names
    unchecked: Ranges
    unlooked: Ranges
    held: Mapping[int, HeldData]
    in_order: InOrder

    @property
    def snapshot(self) -> Snapshot:
        """The snapshot that features answer from."""
        catalogue, lexicon = self.project.catalogue, self.project.lexicon
        return Snapshot(self.document, self.path, catalogue, lexicon, self._places_of, self._held_at)

    @property
    def waits(self) -> bool:
        """Whether it can be checked further now. Other files can be compared with only once the register is there."""
        return bool(self.unchecked or (self.unlooked and self.project.catalogue.is_registered))

    @property
    def is_new(self) -> bool:
        """Whether nothing of it has been checked yet."""
        return sum(map(len, self.unchecked)) == len(self.names)

    def _held_at(self, number: int) -> HeldProduct | None:
        held = self.held.get(number)
        return held.product if held else None

    def _places_of(self, identification: str) -> Sequence[ProductPlace]:
        names = list(self.names)
        for index in chain.from_iterable(self.unchecked):
            names[index] = _name_of(self.document.descriptions[index])
        known, name = self._replace(names=Names(names)), fold(identification)
        own = (_place(known, index) for index in _indices(known.names, {name}))
        # Half a surrogate pair can stand in an editor's text, but in no file, so that no register knows it.
        others = () if HALF_A_PAIR.search(name) else self.project.catalogue.places_of(name)
        return (*own, *(place for place in others if place.path != self.path))


def opened(uri: str, version: int | None, path: str, document: Document, project: Project) -> OpenDocument:
    """A document that was just opened, with nothing checked."""
    every = (range(len(document.rows)),)
    none_named = Names(("",) * len(document.rows))
    return OpenDocument(uri, version, path, document, project, {}, {}, none_named, every, every, {}, InOrder())


def changed(before: OpenDocument, version: int | None, edits: Sequence[Edit]) -> OpenDocument:
    """The document after some edits, one after the other; what they touch waits to be checked again."""
    now = before
    for edit in edits:
        now = _changed(now, edited(now.document, edit))
    return now._replace(version=version)


def checked(now: OpenDocument, most: int, seconds: float = inf) -> OpenDocument:
    """The document with more of it checked: as many descriptions as stand on `most` lines, or one that is longer; none
    is begun after some seconds.

    When all descriptions are checked by themselves, those that have an identification are compared with other files.
    """
    if now.unchecked:
        taken, rest = _taken(now.unchecked, now.document, most)
        return _checked(now._replace(unchecked=rest), taken, perf_counter() + seconds)
    if now.waits:
        taken, rest = _taken(now.unlooked, now.document, most // _TIMES_AS_LONG)
        return _looked_beside(now._replace(unlooked=rest), taken)
    return now


def looked_at_again(now: OpenDocument, names: Collection[str]) -> OpenDocument:
    """The document with its products of some folded names marked as not compared with others of their name."""
    shared = {name for name in names if name and name in now.names}
    return _namesakes_unlooked(now, shared) if shared else now


def _changed(before: OpenDocument, edit: Edited) -> OpenDocument:
    old, new = before.document, edit.document
    if silenced_in(old.lines[:1]) != silenced_in(new.lines[:1]):
        return opened(before.uri, before.version, before.path, new, before.project)
    names, lost = _names_after(before.names, edit)
    now = before._replace(
        document=new,
        found=_carried(before.found, edit),
        found_beside=_carried(before.found_beside, edit),
        names=names,
        unchecked=_marked(before.unchecked, edit),
        unlooked=_marked(before.unlooked, edit),
        held=_carried(before.held, edit),
        in_order=InOrder(),
    )
    # What is said of a product beside others names the lines they stand on, which may be others now.
    moved = len(new.lines) != len(old.lines)
    named = (index for index in before.found_beside if moved or edit.first <= index < edit.last_before)
    return _namesakes_unlooked(now, lost | {before.names[index] for index in named})


def _names_after(names: Names, edit: Edited) -> tuple[Names, set[str]]:
    """The names after an edit, empty for new descriptions, and the names that were lost. Where the number of
    descriptions stays the same they keep their names until they are checked, since most edits leave a header as it is.
    """
    first, last_before, last = edit[1:]
    if last == last_before:
        return names, set()
    now = Names((*names[:first], *("",) * (last - first), *names[last_before:]))
    return now, set(names[first:last_before])


def _carried(found: Mapping[int, T], edit: Edited) -> Mapping[int, T]:
    """What was found before an edit, without what was found in the descriptions that it replaced."""
    first, last_before, last = edit[1:]
    if not found or first == last_before == last:
        return found
    if last == last_before:
        kept = dict(found)
        for index in range(first, last):
            kept.pop(index, None)
        return kept
    shift = last - last_before
    return {
        (index if index < first else index + shift): one
        for index, one in found.items()
        if index < first or index >= last_before
    }


def _marked(waiting: Ranges, edit: Edited) -> Ranges:
    """The descriptions that wait after an edit: first those that it made, then those that waited before and are still
    there."""
    first, last_before, last = edit[1:]
    made = (range(first, last),) if first < last else ()
    return made + _without(waiting, first, last_before, last - last_before)


def _without(waiting: Ranges, first: int, last: int, shift: int = 0) -> Ranges:
    """The waiting descriptions without those from `first` to `last`, exclusive; those behind are numbered anew by
    `shift`."""
    parts: list[range] = []
    for one in waiting:
        parts.append(range(one.start, min(one.stop, first)))
        parts.append(range(max(one.start, last) + shift, one.stop + shift))
    return tuple(part for part in parts if part)


def _taken(waiting: Ranges, document: Document, most: int) -> tuple[list[range], Ranges]:
    """The first of the waiting descriptions, as many as stand on `most` lines but one at least, and those that are
    left."""
    rows, taken = document.rows, list[range]()
    for place, one in enumerate(waiting):
        stop = max(one.start + 1, bisect_left(rows, rows[one.start] + most, one.start, one.stop))
        taken.append(range(one.start, stop))
        most -= (rows[stop] if stop < len(rows) else len(document.lines)) - rows[one.start]
        if stop < one.stop:
            return taken, (range(stop, one.stop), *waiting[place + 1 :])
        if most <= 0:
            return taken, waiting[place + 1 :]
    return taken, ()


def _checked(now: OpenDocument, taken: Sequence[range], end: float) -> OpenDocument:
    """Checks some descriptions by themselves, until a moment is past; those that are left wait before all others."""
    document, path, catalogue, in_order = now.document, now.path, now.project.catalogue, now.in_order
    silenced = silenced_in(document.lines[:1])
    found, names = dict(now.found), list(now.names)
    renamed: set[str] = set()
    for index in chain.from_iterable(taken):
        lines = document.piece_lines(index)
        called = in_order.called(lines)
        if called is not None and in_order.has(called):
            name = fold(called.identification) if called.kind == "product" else ""
        else:
            coded = catalogue.coder.code(document.parser.parse(lines))
            name = _name_of(coded.description)
            diagnostics = diagnose(coded, lines, path, catalogue, silenced=silenced)
            if diagnostics:
                found[index] = cached(diagnostics, 0)
            elif called is not None:
                in_order.learn(called)
        if name != names[index]:
            renamed |= {name, names[index]}
            names[index] = name
        if perf_counter() > end:
            now = now._replace(unchecked=(*_from(index + 1, taken), *now.unchecked))
            break
    return _namesakes_unlooked(now._replace(found=found, names=Names(names) if renamed else now.names), renamed)


def _from(first: int, taken: Sequence[range]) -> Iterator[range]:
    """What is left of some ranges from the number on that comes after one of them."""
    place = next(place for place, one in enumerate(taken) if first - 1 in one)
    if first < taken[place].stop:
        yield range(first, taken[place].stop)
    yield from taken[place + 1 :]


def _name_of(description: Description) -> str:
    header = description.header
    return fold(header.identification) if header and description.kind == "product" else ""


def _namesakes_unlooked(now: OpenDocument, names: Collection[str]) -> OpenDocument:
    """The document with the products of some names marked as not compared; with all products where there are many
    names."""
    wanted = {name for name in names if name}
    if not wanted or sum(map(len, now.unlooked)) == len(now.names):
        return now
    indices = list(_indices(now.names, wanted))
    if len(indices) > _FEW:
        return now._replace(unlooked=(range(len(now.names)),))
    waiting = now.unlooked
    for index in indices:
        waiting = (range(index, index + 1), *_without(waiting, index, index + 1))
    return now._replace(unlooked=waiting)


def _looked_beside(now: OpenDocument, taken: Sequence[range]) -> OpenDocument:
    """The document after some of its products were compared with others of the same name."""
    document, path, catalogue = now.document, now.path, now.project.catalogue
    named = [(index, now.names[index]) for index in chain.from_iterable(taken)]
    shared = _shared(now, {name for _, name in named if name})
    known = {name: _namesakes(now, name) for name in shared}

    def namesakes(identification: str) -> Namesakes:
        return known[fold(identification)]

    silenced = silenced_in(document.lines[:1])
    found_beside = dict(now.found_beside)
    for index, name in named:
        found_beside.pop(index, None)
        if name in shared:
            lines, row = document.piece_lines(index), document.rows[index]
            coded = catalogue.coder.code(document.parser.parse(lines))
            diagnostics = diagnose_beside(coded, lines, path, catalogue, namesakes, row=row, silenced=silenced)
            if diagnostics:
                found_beside[index] = cached(diagnostics, row)
    return now._replace(found_beside=found_beside)


def _shared(now: OpenDocument, names: set[str]) -> set[str]:
    """The names, of those given, that more than one product has."""
    counts = now.names.counts if len(names) > _FEW else {name: now.names.count(name) for name in names}
    return {name for name in names if counts[name] > 1 or _elsewhere(now, name).total}


def _namesakes(now: OpenDocument, name: str) -> Namesakes:
    """The products of a name: in this document as it stands, of which no more than two are parsed, then in other
    files."""
    first = tuple(_place(now, index) for index in islice(_indices(now.names, {name}), 2))
    return Namesakes(now.names.count(name), first).besides(_elsewhere(now, name))


def _place(now: OpenDocument, index: int) -> ProductPlace:
    header = now.document.descriptions[index].header
    return ProductPlace(now.names[index], now.path, now.document.rows[index] + (header.row if header else 0))


def _elsewhere(now: OpenDocument, name: str) -> Namesakes:
    # Half a surrogate pair can stand in an editor's text, but in no file, so that no register knows it.
    if HALF_A_PAIR.search(name):
        return Namesakes(0, ())
    return now.project.catalogue.namesakes_elsewhere(name, now.path)


def _indices(names: Sequence[str], wanted: Collection[str]) -> Iterator[int]:
    """The indices at which some names stand. A keystroke asks for one or two, which `index` finds ten times faster than
    a loop."""
    if len(wanted) > _FEW:
        yield from (index for index, name in enumerate(names) if name in wanted)
        return
    for name in wanted:
        index = -1
        for _ in range(names.count(name)):
            index = names.index(name, index + 1)
            yield index
