"""From a product to the standing demands that it may meet: the reverse of a search (1972 p.17, interest profiles).

Profiles are kept by the codes their lines ask for. A sentence is met only by lines that ask for its codes, for codes
above them or for anything, so that a product's sentences lead to those lines, however many profiles there are. What
they lead to is then verified against the product alone, by the very rules that answer demands; or against the product
among others, where something may be derived from two together.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from itertools import product as every_way
from typing import Literal, NamedTuple

from vkd_catalog.coding import ANY
from vkd_catalog.evaluation.answer import ADDRESSES
from vkd_catalog.evaluation.computing import computed, names_divided, names_divided_by
from vkd_catalog.evaluation.concepts import kinds_of, may_be_of_one_kind
from vkd_catalog.evaluation.demand import DemandLine, Group
from vkd_catalog.evaluation.derivation import named_products
from vkd_catalog.evaluation.hits import Hit
from vkd_catalog.evaluation.matching import Matcher
from vkd_catalog.evaluation.readings import ways
from vkd_catalog.evaluation.tables import Asked, tables_of
from vkd_catalog.evaluation.times import When, grade_alone
from vkd_catalog.one_product import OWN, Alone, Among
from vkd_catalog.register import Ask, Codes, SentenceRecord
from vkd_catalog.vocabulary import Vocabularies
from vkd_catalog.vocabulary.concept import codes_above
from vkd_grammar.times import Time
from vkd_grammar.words import fold

_Key = tuple[str, str, str]
"""Codes of object type, name and characteristic; ANY for what may be anything."""

_MANY = 20
"""A question that allows more codes in a field than these is kept as if it allowed any: it is verified all the same."""

_REMEMBERED = 20_000
"""Of so many codes of sentences it is remembered what they lead to; then it begins anew."""

_NONE: frozenset[int] = frozenset()


class Waiter:
    """A group of a profile, by its number, that waits for products. It is like no other, so that thousands of them are
    put together without a look at any."""

    __slots__ = ("group", "profile")

    def __init__(self, profile: str, group: int) -> None:
        self.profile = profile
        self.group = group


class Met(NamedTuple):
    """What a product matches of a group: the numbers of its lines, negated ones too.

    `computable` are the lines of tables that could be made from the product, where it is none of them. `joint` are
    those of the lines that it answers only together with another product.
    """

    lines: frozenset[int]
    computable: frozenset[int]
    joint: frozenset[int] = _NONE


_Waiting = dict[Waiter, Met]
"""Who waits for one thing, and what of each group is met by it."""

_Gate = tuple[Time | None, str]
"""When something is asked for, and the key of the address that must be stated; empty where none must."""


class _Awaited:
    """What lines ask for at whatever time, and the profiles that wait for it, by the times they ask for it at.

    `direct` says that each sentence which is led here and is of one of its `kinds` says it by itself, and nothing else
    does. `named` are the products that a part of it must stand in where it is derived.
    """

    def __init__(self, line: DemandLine, kinds: frozenset[str], named: frozenset[str], *, direct: bool) -> None:
        self.line = line
        self.kinds = kinds
        self.named = named
        self.direct = direct
        self.waiting: dict[_Gate, _Waiting] = {}


class _Led(NamedTuple):
    """What a sentence leads to, whatever its time: what it says itself, and what it may say in some way about."""

    says: tuple[_Awaited, ...]
    may_say: tuple[_Awaited, ...]


class _AwaitedTable(NamedTuple):
    """A table asked for at whatever time, the names that it is divided by, and the profiles that wait for it."""

    asked: Asked
    divided: frozenset[str]
    waiting: dict[_Gate, _Waiting]


class Percolator:
    """Finds the standing demands (profiles) that a product may meet. What many of them ask for is tested once, and then
    the times at which they do."""

    def __init__(self, vocabularies: Vocabularies) -> None:
        self._vocabularies = vocabularies
        self._matcher = Matcher(Alone(()), vocabularies)
        self._awaited: dict[DemandLine, _Awaited] = {}
        self._tables: dict[Asked, _AwaitedTable] = {}
        self._waiting: dict[_Key, list[_Awaited]] = {}
        self._led: dict[_Key, _Led] = {}
        self._named: dict[str, list[_Awaited]] = {}

    def add(self, profile: str, groups: Sequence[Group], archive: str = "both") -> None:
        """Adds a profile: its groups, and the archive that products must have an address in. Add each one only once."""
        address = ADDRESSES.get(archive, "")
        for group in groups:
            waiter = Waiter(profile, group.number)
            for line in group.lines:
                met = _met(frozenset((line.line,)), _NONE)
                _wait(self._kept(_bare(line)).waiting, (line.time, address), waiter, met)
            for table in tables_of(group.asked, self._vocabularies):
                met = _met(_NONE, frozenset(line.line for line in table.lines))
                _wait(self._kept_table(table).waiting, (table.lines[0].time, address), waiter, met)

    def met_by(
        self, sentences: Sequence[SentenceRecord], stated: Collection[str], among: Among | None = None
    ) -> Mapping[Waiter, Met]:
        """The groups of profiles that the sentences of one product match a line of, and which lines these are.

        `stated` are the keys of its technical data: it meets no profile that asks for an address it does not state.
        `among` is the product among others. Without it, nothing is derived from two products.
        """
        found: _Waiting = {}
        asked = _Asked(sentences, among, self._vocabularies)
        addresses = frozenset(("", *stated))
        for waiting in self._said(sentences, addresses):
            _take_in(found, waiting)
        for waiting in self._matched(sentences, asked, addresses):
            _take_in(found, waiting)
        for waiting in self._made(sentences, asked.alone, addresses):
            _take_in(found, {one: met for one, met in waiting.items() if not _is_matched(found.get(one), met)})
        return found

    def _said(self, sentences: Sequence[SentenceRecord], addresses: Collection[str]) -> Iterator[_Waiting]:
        """Those who wait for a line that is said directly."""
        whens: dict[_Awaited, set[When]] = {}
        for sentence in sentences:
            when = self._matcher.when(OWN, sentence)[0]
            for awaited in self._led_to(sentence[1:4]).says:
                whens.setdefault(awaited, set()).add(when)
        for awaited, some in whens.items():
            stated = frozenset(some)
            for (time, address), waiting in awaited.waiting.items():
                if address in addresses and _holds(time, stated):
                    yield waiting

    def _matched(
        self, sentences: Sequence[SentenceRecord], asked: "_Asked", addresses: Collection[str]
    ) -> Iterator[_Waiting]:
        """Those who wait for a line that is matched in some way about."""
        led = (self._led_to(sentence[1:4]).may_say for sentence in sentences)
        for awaited in dict.fromkeys((*chain.from_iterable(led), *self._named.get(asked.identification, ()))):
            if not asked.matched(awaited, None):
                continue
            for (time, address), waiting in awaited.waiting.items():
                matched = asked.matched(awaited, time) if address in addresses else ""
                if matched:
                    yield waiting if matched == "alone" else {one: _joint(met) for one, met in waiting.items()}

    def _led_to(self, codes: _Key) -> _Led:
        """What sentences with some codes lead to."""
        led = self._led.get(codes)
        if led is None:
            if len(self._led) >= _REMEMBERED:
                self._led.clear()
            found = dict.fromkeys(chain.from_iterable(self._waiting.get(key, ()) for key in _keys_of(codes)))
            kinds = kinds_of(codes[0], codes[2], self._vocabularies)
            says = (one for one in found if one.direct and may_be_of_one_kind(one.kinds, kinds))
            led = self._led[codes] = _Led(tuple(says), tuple(one for one in found if not one.direct))
        return led

    def _made(
        self, sentences: Sequence[SentenceRecord], alone: Matcher, addresses: Collection[str]
    ) -> Iterator[_Waiting]:
        """Those who wait for a table that can be computed."""
        if not self._tables:
            return
        asked = {name for table in self._tables.values() for name in table.divided}
        divided = names_divided_by(sentences, asked, self._vocabularies)
        for table, divides, every in self._tables.values():
            if divides <= divided and computed(table.lines, table.unit, alone, self._vocabularies).hits:
                for (time, address), waiting in every.items():
                    lines = tuple(line._replace(time=time) for line in table.lines)
                    if address in addresses and computed(lines, table.unit, alone, self._vocabularies).hits:
                        yield waiting

    def _kept(self, line: DemandLine) -> _Awaited:
        """What a line asks for at whatever time, put where the sentences that match it look: what says it directly, and
        the ways about."""
        awaited = self._awaited.get(line)
        if awaited is None:
            asks = list(self._matcher.questions(line))
            kinds = kinds_of(line.object_type, line.characteristic, self._vocabularies)
            direct = self._matcher.is_said_directly(line) and None not in line[1:4] and not any(map(_is_broad, asks))
            awaited = self._awaited[line] = _Awaited(line, kinds, self._named_products(line), direct=direct)
            self._led.clear()
            for one in awaited.named:
                self._named.setdefault(one, []).append(awaited)
            for key in dict.fromkeys(key for ask in asks for key in _keys_to(ask)):
                self._waiting.setdefault(key, []).append(awaited)
        return awaited

    def _named_products(self, line: DemandLine) -> frozenset[str]:
        """The products that parts must stand in of what a line's characteristic is derived from."""
        characteristics = self._vocabularies.characteristics
        codes = (way.characteristic or "" for way, _ in ways(line))
        return frozenset(fold(one) for code in codes for one in named_products(code, characteristics))

    def _kept_table(self, table: Asked) -> _AwaitedTable:
        bare = table._replace(lines=tuple(map(_bare, table.lines)))
        if bare not in self._tables:
            self._tables[bare] = _AwaitedTable(bare, names_divided(bare.lines, self._vocabularies), {})
        return self._tables[bare]


class _Asked:
    """A product that is asked how it matches what is awaited: by itself, or among others."""

    def __init__(self, sentences: Sequence[SentenceRecord], among: Among | None, vocabularies: Vocabularies) -> None:
        self.identification = among.identification if among else ""
        self.alone = Matcher(Alone(sentences), vocabularies)
        self._among = among
        self._together = Matcher(among, vocabularies) if among else self.alone

    def matched(self, awaited: _Awaited, time: Time | None) -> Literal["", "alone", "joint"]:
        """Whether the product matches what is awaited at a time, and does so by itself."""
        line = awaited.line._replace(time=time)
        if self._among is None or not awaited.named:
            return "alone" if self.alone.hits(line) else ""
        hits = self._among_others(line, awaited.named, self._among)
        if any(not hit.beside and not hit.needs for hit in hits):
            return "alone"
        return "joint" if hits else ""

    def _among_others(self, line: DemandLine, named: Collection[str], among: Among) -> Sequence[Hit]:
        """What a line finds in the product, with what some named ones say; where it is one of these, with what any
        other says."""
        if self.identification in named:
            return self._together.hits(line).get(OWN, ())
        numbers = {number for number in map(among.numbered, named) if number is not None}
        return self._together.within(line, {OWN, *numbers}).get(OWN, ())


def _wait(gates: dict[_Gate, _Waiting], gate: _Gate, waiter: Waiter, met: Met) -> None:
    """Puts a group among those that wait at a gate, where it may wait for several lines that say the same."""
    _take_in(gates.setdefault(gate, {}), {waiter: met})


def _take_in(found: _Waiting, more: _Waiting) -> None:
    """Adds what is met to what was found before. Those that are met by one thing only are not looked at one by one."""
    several = [(waiter, _joined(found[waiter], more[waiter])) for waiter in found.keys() & more.keys()]
    found.update(more)
    found.update(several)


@lru_cache(maxsize=10_000)
def _joined(one: Met, other: Met) -> Met:
    return Met(one.lines | other.lines, one.computable | other.computable, one.joint | other.joint)


@lru_cache(maxsize=10_000)
def _joint(met: Met) -> Met:
    """The same, answered only together with another product."""
    return met._replace(joint=met.lines)


@lru_cache(maxsize=10_000)
def _met(lines: frozenset[int], computable: frozenset[int]) -> Met:
    """What is met, as the same value wherever it is: groups have few lines."""
    return Met(lines, computable)


def _is_matched(had: Met | None, table: Met) -> bool:
    """Whether all lines of a table are matched."""
    return had is not None and had.lines >= table.computable


def _bare(line: DemandLine) -> DemandLine:
    """What a line asks for, wherever it stands and at whatever time."""
    return line._replace(line=0, negated=False, time=None)


def _keys_to(ask: Ask) -> Iterator[_Key]:
    """Where sentences that answer a question look for it; by fewer codes where it allows too many."""
    object_types, names, characteristics = (
        (ANY,) if codes is None or _are_many(codes) else codes.exactly for codes in ask[:3]
    )
    return every_way(object_types, names, characteristics)


def _is_broad(ask: Ask) -> bool:
    """Whether a question allows so many codes that sentences look for it which do not answer it."""
    return any(codes is not None and _are_many(codes) for codes in ask[:3])


def _are_many(codes: Codes) -> bool:
    return len(codes.exactly) > _MANY


def _keys_of(codes: _Key) -> Iterator[_Key]:
    """All that can be asked for by which a sentence with some codes is met."""
    object_types, names, characteristics = ((code, *codes_above(code), ANY) for code in codes)
    return every_way(object_types, names, characteristics)


@lru_cache(maxsize=100_000)
def _holds(time: Time | None, whens: frozenset[When]) -> bool:
    """Whether any of some sentences' times answers one that is asked for: there are few times, and many profiles that
    ask for them."""
    return any(grade_alone(time, when) is not None for when in whens)
