"""From a product to the standing demands that it may meet: the reverse of a search (1972 p.17, interest profiles).

Profiles are kept by the codes their lines ask for. A sentence is met only by lines that ask for its codes, for codes
above them or for anything, so that a product's sentences lead to those lines, however many profiles there are. What
they lead to is then verified against the product alone, by the very rules that answer demands.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from itertools import product as every_way
from typing import NamedTuple

from vkd_catalog.coding import ANY
from vkd_catalog.evaluation.answer import ADDRESSES
from vkd_catalog.evaluation.computing import computed, names_divided, names_divided_by
from vkd_catalog.evaluation.demand import DemandLine, Group
from vkd_catalog.evaluation.matching import Matcher
from vkd_catalog.evaluation.tables import Asked, tables_of
from vkd_catalog.evaluation.times import When, grade_alone
from vkd_catalog.register import (
    Ask,
    Codes,
    Found,
    SentenceRecord,
    counted_by_finding,
    said_by_finding,
)
from vkd_catalog.vocabulary import Vocabularies
from vkd_catalog.vocabulary.concept import codes_above, is_below
from vkd_grammar.times import Time

_Key = tuple[str, str, str]
"""Codes of object type, name and characteristic; ANY for what may be anything."""

_MANY = 20
"""A question that allows more codes in a field than these is kept as if it allowed any: it is verified all the same."""

_JUDGED = 200_000
"""So many codes of sentences are remembered to fit what is asked for or not; then it begins anew."""

_Place = tuple[str, int]
"""A group of some profile: the profile, and the number of the group."""

_Numbers = frozenset[int]
_Waiting = list[tuple[_Place, _Numbers]]
"""Lines of groups, by the numbers that they have there; those of a table together."""

_NONE: _Numbers = frozenset()


class Met(NamedTuple):
    """What a product matches of a profile: the numbers of a group's lines, negated ones too.

    `computable` are the lines of tables that could be made from the product, where it is none of them.
    """

    profile: str
    group: int
    lines: frozenset[int]
    computable: frozenset[int]


class _Awaited:
    """What lines ask for at whatever time, and such lines by their times.

    `direct` says that each sentence answers by itself or not at all. Then `fits` remembers which codes do.
    """

    def __init__(self, line: DemandLine, *, direct: bool) -> None:
        self.line = line
        self.direct = direct
        self.times: dict[Time | None, _Waiting] = {}
        self.fits: dict[_Key, bool] = {}


class _AwaitedTable(NamedTuple):
    """A table asked for at whatever time, the names that it is divided by, and such tables by their times."""

    asked: Asked
    divided: frozenset[str]
    times: dict[Time | None, _Waiting]


class Percolator:
    """Finds the standing demands (profiles) that a product may meet. What many of them ask for is tested once, and then
    the times at which they do."""

    def __init__(self, vocabularies: Vocabularies) -> None:
        self._vocabularies = vocabularies
        self._matcher = Matcher(_Alone(()), vocabularies)
        self._awaited: dict[DemandLine, _Awaited] = {}
        self._tables: dict[Asked, _AwaitedTable] = {}
        self._waiting: dict[_Key, list[_Awaited]] = {}
        self._addressed: dict[str, str] = {}
        self._judged = 0

    def add(self, profile: str, groups: Sequence[Group], archive: str = "both") -> None:
        """Adds a profile: its groups, and the archive that products must have an address in. Add each one only once."""
        key = ADDRESSES.get(archive)
        if key is not None:
            self._addressed[profile] = key
        for group in groups:
            place = profile, group.number
            for line in group.lines:
                self._kept(_bare(line)).times.setdefault(line.time, []).append((place, _alone(line.line)))
            for table in tables_of(group.asked, self._vocabularies):
                numbers = frozenset(line.line for line in table.lines)
                self._kept_table(table).times.setdefault(table.lines[0].time, []).append((place, numbers))

    def met_by(self, sentences: Sequence[SentenceRecord], stated: Collection[str]) -> list[Met]:
        """The groups of profiles that the sentences of one product match a line of, by profile and group.

        `stated` are the keys of its technical data: it meets no profile that asks for an address it does not state.
        """
        lines: dict[_Place, _Numbers] = {}
        computable: dict[_Place, _Numbers] = {}
        alone = Matcher(_Alone(sentences), self._vocabularies)
        for place, number in chain.from_iterable(self._matched(sentences, alone)):
            had = lines.get(place)
            lines[place] = number if had is None else had | number
        for place, numbers in chain.from_iterable(self._made(sentences, alone)):
            if not lines.get(place, _NONE) >= numbers:
                computable[place] = computable.get(place, _NONE) | numbers
        addressed = self._addressed
        return [
            Met(*met, lines.get(met, _NONE), computable.get(met, _NONE))
            for met in sorted({*lines, *computable} if computable else lines)
            if met[0] not in addressed or addressed[met[0]] in stated
        ]

    def _matched(self, sentences: Sequence[SentenceRecord], alone: Matcher) -> Iterator[_Waiting]:
        """The lines that are matched."""
        for awaited, some in _led_to(self._waiting, sentences).items():
            if awaited.direct:
                whens = {alone.when(0, one)[0] for one in some if self._fits(awaited, one)}
                for time in awaited.times if whens else ():
                    if any(_holds(time, when) for when in whens):
                        yield awaited.times[time]
            elif alone.hits(awaited.line):
                for time in awaited.times:
                    if alone.hits(awaited.line._replace(time=time)):
                        yield awaited.times[time]

    def _fits(self, awaited: _Awaited, sentence: SentenceRecord) -> bool:
        """Whether a sentence says what is awaited, whatever its time."""
        codes = sentence[1:4]
        fits = awaited.fits.get(codes)
        if fits is None:
            if self._judged >= _JUDGED:
                self._judged = 0
                for one in self._awaited.values():
                    one.fits.clear()
            self._judged += 1
            fits = awaited.fits[codes] = bool(self._matcher.sentence_ranks(awaited.line, [Found(0, sentence)]))
        return fits

    def _made(self, sentences: Sequence[SentenceRecord], alone: Matcher) -> Iterator[_Waiting]:
        """The tables that can be computed."""
        if not self._tables:
            return
        asked = {name for table in self._tables.values() for name in table.divided}
        divided = names_divided_by(sentences, asked, self._vocabularies)
        for table, divides, times in self._tables.values():
            if divides <= divided and computed(table.lines, table.unit, alone, self._vocabularies).hits:
                for time in times:
                    lines = tuple(line._replace(time=time) for line in table.lines)
                    if time is None or computed(lines, table.unit, alone, self._vocabularies).hits:
                        yield times[time]

    def _kept(self, line: DemandLine) -> _Awaited:
        """What a line asks for at whatever time, put where the sentences that match it look: what says it directly, and
        the ways about."""
        awaited = self._awaited.get(line)
        if awaited is None:
            awaited = self._awaited[line] = _Awaited(line, direct=self._matcher.is_said_directly(line))
            for key in dict.fromkeys(key for ask in self._matcher.questions(line) for key in _keys_to(ask)):
                self._waiting.setdefault(key, []).append(awaited)
        return awaited

    def _kept_table(self, table: Asked) -> _AwaitedTable:
        bare = table._replace(lines=tuple(map(_bare, table.lines)))
        if bare not in self._tables:
            self._tables[bare] = _AwaitedTable(bare, names_divided(bare.lines, self._vocabularies), {})
        return self._tables[bare]


class _Alone:
    """The sentences of one product as a register that knows no other: what is derived from another too is not there."""

    def __init__(self, sentences: Sequence[SentenceRecord]) -> None:
        self._sentences = sentences

    def sentences(self, _number: int) -> tuple[SentenceRecord, ...]:
        """All there are."""
        return tuple(self._sentences)

    def numbered(self, _identification: str) -> int | None:
        """Nothing names the product."""
        return None

    def find(self, ask: Ask, within: Collection[int] | None = None) -> list[Found]:
        """The sentences that answer a question. The one product has the number 0."""
        if within is not None and 0 not in within:
            return []
        asked = (ask.object_type, ask.name, ask.characteristic)
        return [
            Found(0, sentence)
            for sentence in self._sentences
            if all(_answers(codes, code) for codes, code in zip(asked, sentence[1:4], strict=True))
            and (ask.time is None or sentence.fixed or (sentence.start <= ask.time[1] and ask.time[0] <= sentence.end))
        ]

    def said(
        self, ask: Ask, within: Collection[int] | None = None, *, characteristics: bool
    ) -> Iterable[tuple[int, SentenceRecord]]:
        """What the product says in answer to a question."""
        return said_by_finding(self.find(ask, within), characteristics=characteristics)

    def counted(self, ask: Ask, groups: Mapping[int, int]) -> Mapping[str, int]:
        """Which characteristics stand in answer to a question."""
        return counted_by_finding(self.find(ask), groups)


def _answers(codes: Codes | None, code: str) -> bool:
    return codes is None or code in codes.exactly or any(is_below(code, above) for above in codes.below)


def _bare(line: DemandLine) -> DemandLine:
    """What a line asks for, wherever it stands and at whatever time."""
    return line._replace(line=0, negated=False, time=None)


def _keys_to(ask: Ask) -> Iterator[_Key]:
    """Where sentences that answer a question look for it; by fewer codes where it allows too many."""
    object_types, names, characteristics = (
        codes.exactly if codes and len(codes.exactly) <= _MANY else (ANY,)
        for codes in (ask.object_type, ask.name, ask.characteristic)
    )
    return every_way(object_types, names, characteristics)


def _keys_of(sentence: SentenceRecord) -> Iterator[_Key]:
    """All that can be asked for by which a sentence is met."""
    object_types, names, characteristics = (
        (code, *codes_above(code), ANY) for code in (sentence.object_type, sentence.name, sentence.characteristic)
    )
    return every_way(object_types, names, characteristics)


def _led_to(
    kept: Mapping[_Key, Sequence[_Awaited]], sentences: Sequence[SentenceRecord]
) -> dict[_Awaited, list[SentenceRecord]]:
    """What some sentences may say of all that is awaited, each with those that may say it."""
    found: dict[_Awaited, list[SentenceRecord]] = {}
    for sentence in sentences if kept else ():
        for key in _keys_of(sentence):
            for awaited in kept.get(key, ()):
                found.setdefault(awaited, []).append(sentence)
    return found


@lru_cache(maxsize=1_000)
def _alone(number: int) -> _Numbers:
    """One number, as the same set wherever it stands: there are as many as lines of profiles."""
    return frozenset((number,))


@lru_cache(maxsize=100_000)
def _holds(time: Time | None, when: When) -> bool:
    """Whether a sentence's time answers one that is asked for: there are few times, and many profiles that ask for
    them."""
    return grade_alone(time, when) is not None
