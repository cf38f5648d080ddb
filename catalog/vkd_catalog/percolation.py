"""From a product to the standing demands that it may meet: the reverse of a search (1972 p.17, interest profiles).

Profiles are kept by the codes their lines ask for. A sentence is met only by lines that ask for its codes, for codes
above them or for anything, so that a product's sentences lead to those lines, however many profiles there are. What
they lead to is then verified against the product alone, by the very rules that answer demands.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import product as every_way
from typing import NamedTuple, TypeVar

from vkd_catalog.coding import ANY
from vkd_catalog.evaluation.answer import ADDRESSES
from vkd_catalog.evaluation.computing import computed
from vkd_catalog.evaluation.demand import DemandLine, Group
from vkd_catalog.evaluation.matching import Matcher
from vkd_catalog.evaluation.tables import Asked, tables_of
from vkd_catalog.register import Ask, Codes, Found, SentenceRecord, counted_by_finding, said_by_finding
from vkd_catalog.vocabulary import Vocabularies
from vkd_catalog.vocabulary.concept import codes_above, is_below

_Key = tuple[str, str, str]
"""Codes of object type, name and characteristic; ANY for what may be anything."""

_T = TypeVar("_T")

_MANY = 20
"""A question that allows more codes in a field than these is kept as if it allowed any: it is verified all the same."""

_Where = tuple[str, int, int]
"""A line of some profile: the profile, the number of the group, and the line's number."""


class Met(NamedTuple):
    """What a product matches of a profile: the numbers of a group's lines, negated ones too.

    `computable` are the lines of tables that could be made from the product, where it is none of them.
    """

    profile: str
    group: int
    lines: frozenset[int]
    computable: frozenset[int]


class Percolator:
    """Finds the standing demands (profiles) that a product may meet. Lines that ask for the same are tested once."""

    def __init__(self, vocabularies: Vocabularies) -> None:
        self._vocabularies = vocabularies
        self._matcher = Matcher(_Alone(()), vocabularies)
        self._lines: dict[DemandLine, list[_Where]] = {}
        self._tables: dict[Asked, list[tuple[str, int, tuple[int, ...]]]] = {}
        self._waiting: dict[_Key, list[DemandLine]] = {}
        self._addressed: dict[str, str] = {}

    def add(self, profile: str, groups: Sequence[Group], archive: str = "both") -> None:
        """Adds a profile: its groups, and the archive that products must have an address in. Add each one only once."""
        key = ADDRESSES.get(archive)
        if key is not None:
            self._addressed[profile] = key
        for group in groups:
            for line in group.lines:
                asked = _bare(line)
                if asked not in self._lines:
                    self._keep(asked)
                self._lines.setdefault(asked, []).append((profile, group.number, line.line))
            for table in tables_of(group.asked, self._vocabularies):
                self._keep_table(profile, group.number, table)

    def met_by(self, sentences: Sequence[SentenceRecord], stated: Collection[str]) -> list[Met]:
        """The groups of profiles that the sentences of one product match a line of, by profile and group.

        `stated` are the keys of its technical data: it meets no profile that asks for an address it does not state.
        """
        lines: dict[tuple[str, int], set[int]] = {}
        computable: dict[tuple[str, int], set[int]] = {}
        alone = Matcher(_Alone(sentences), self._vocabularies)
        for line in self._matched(sentences, alone):
            for profile, group, number in self._lines[line]:
                lines.setdefault((profile, group), set()).add(number)
        for table in self._tables:
            if computed(table.lines, table.unit, alone, self._vocabularies).hits:
                for profile, group, numbers in self._tables[table]:
                    if not lines.get((profile, group), set()).issuperset(numbers):
                        computable.setdefault((profile, group), set()).update(numbers)
        return [
            Met(*met, frozenset(lines.get(met, ())), frozenset(computable.get(met, ())))
            for met in sorted({*lines, *computable})
            if met[0] not in self._addressed or self._addressed[met[0]] in stated
        ]

    def _matched(self, sentences: Sequence[SentenceRecord], alone: Matcher) -> set[DemandLine]:
        return {line for line in set(_led_to(self._waiting, sentences)) if alone.hits(line)}

    def _keep(self, line: DemandLine) -> None:
        """Puts a line where the sentences that match it look: what says it directly, and the ways about."""
        for key in dict.fromkeys(key for ask in self._matcher.questions(line) for key in _keys_to(ask)):
            self._waiting.setdefault(key, []).append(line)

    def _keep_table(self, profile: str, group: int, table: Asked) -> None:
        bare = table._replace(lines=tuple(map(_bare, table.lines)))
        self._tables.setdefault(bare, []).append((profile, group, tuple(line.line for line in table.lines)))


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
    """What a line asks for, wherever it stands."""
    return line._replace(line=0, negated=False)


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


def _led_to(kept: Mapping[_Key, Sequence[_T]], sentences: Sequence[SentenceRecord]) -> Iterator[_T]:
    if kept:
        for sentence in sentences:
            for key in _keys_of(sentence):
                yield from kept.get(key, ())
