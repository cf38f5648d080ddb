"""What products say in answer to a line, and which of them say the same as far as anything depends on it.

A line may be answered by a hundred thousand products, of which most differ in no more than who they are: in the
register that they are of where the line asks for any, and in the time where it asks for any. What is found of one of
them holds for all that say the same, so that only one is looked at sentence by sentence.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from vkd_catalog.evaluation.concepts import kinds_of, rank_of, sameness
from vkd_catalog.evaluation.demand import DemandLine
from vkd_catalog.evaluation.linkage import population
from vkd_catalog.evaluation.readings import ways
from vkd_catalog.evaluation.times import Temporality, When, as_asked
from vkd_catalog.register import SentenceRecord, StatedTime
from vkd_catalog.vocabulary import Vocabularies

if TYPE_CHECKING:
    from vkd_catalog.columns import Columns, Ints

Mark = int
"""Stands for all that matters of what a sentence says: the same number, the same answer."""

_K = TypeVar("_K")
_V = TypeVar("_V")

INDIVIDUAL = frozenset(("individual",))
"""The kind of what is about units alone."""


class Known(dict[_K, _V]):
    """What is worked out of each that is asked for, once."""

    def __init__(self, work_out: Callable[[_K], _V]) -> None:
        super().__init__()
        self._work_out = work_out

    def __missing__(self, key: _K) -> _V:
        value = self[key] = self._work_out(key)
        return value


class Depends(NamedTuple):
    """What it depends on whether sentences answer one line: on `characteristics` at all; on `each` of them as it is, or
    only on how it answers what the line asks for; and whether `picks` units by the classes that others tell of them."""

    characteristics: bool
    each: bool
    picks: bool


class Words:
    """What is known of words whatever is asked, each worked out once: few are said by many."""

    def __init__(self, vocabularies: Vocabularies) -> None:
        object_types, names, characteristics, _ = vocabularies.four
        self.object_type = Known(partial(sameness, object_types))
        self.name = Known(partial(sameness, names))
        self.concept = Known(partial(sameness, characteristics))
        self.population = Known(partial(population, vocabularies=vocabularies))
        self.kinds: Known[tuple[str, str], frozenset[str]] = Known(lambda said: kinds_of(*said, vocabularies))
        """Individual or aggregate, by object type and characteristic."""
        self.classifications: Known[tuple[str, StatedTime], tuple[str, ...]] = Known(
            lambda said: vocabularies.classifications_of(*said)
        )


class Marks:
    """Tells what matters of what sentences say in answer to one line. `when` tells when a sentence holds."""

    def __init__(
        self,
        line: DemandLine,
        depends: Depends,
        vocabularies: Vocabularies,
        words: Words,
        when: Callable[[SentenceRecord], When],
    ) -> None:
        self.is_timed = line.time is not None
        self.depends = depends
        self._when = when
        self._numbers: dict[object, Mark] = {}
        self._known: dict[SentenceRecord, Mark] = {}
        self.of_tables: set[Mark] = set()
        """The marks of sentences that may be about more than units."""
        self.words = words
        every = [way for way, _ in ways(line)]
        _, names, characteristics, _ = vocabularies.four
        self._named: Known[str, list[int | None]] = Known(
            lambda code: [rank_of(names, way.name, code) for way in every]
        )
        self._ranks: Known[str, list[int | None]] = Known(
            lambda code: [rank_of(characteristics, way.characteristic, code) for way in every]
        )
        self.as_asked: Known[When, object] = Known(partial(as_asked, line.time))

    def __call__(self, sentence: SentenceRecord) -> Mark:
        mark = self._known.get(sentence)
        if mark is None:
            mark = self._known[sentence] = self._numbers.setdefault(self._matter(sentence), len(self._numbers))
            if self.words.kinds[sentence.object_type, sentence.characteristic] != INDIVIDUAL:
                self.of_tables.add(mark)
        return mark

    def of(self, some: Sequence[SentenceRecord]) -> object:
        """What matters of all that a product says: what it says of one characteristic counts together."""
        if len(some) == 1:
            return self(some[0])
        if self.depends.picks and len(set(map(self._units, some))) > 1:
            return frozenset(some)
        together: dict[str, set[Mark]] = {}
        for one in some:
            together.setdefault(self.words.concept[one.characteristic], set()).add(self(one))
        return frozenset(map(frozenset, together.values()))

    def of_name(self, code: str) -> Hashable:
        """What matters of a name."""
        return self.words.population[code], *self._named[code]

    def of_characteristic(self, code: str) -> Hashable:
        """What matters of a characteristic where not each counts as it is, beside its kind and classifications."""
        return self.temporality(code), *self._ranks[code]

    def temporality(self, code: str) -> Temporality:
        """What a characteristic is in time."""
        return self._when(SentenceRecord(0, "", "", code, 0, 0, False, "")).temporality

    def _matter(self, sentence: SentenceRecord) -> object:
        return (
            sentence.object_type,
            self.words.population[sentence.name],
            *self._named[sentence.name],
            self._characteristic(sentence) if self.depends.characteristics else "",
            self._held(sentence) if self.is_timed else "",
        )

    def _characteristic(self, sentence: SentenceRecord) -> object:
        said = sentence.characteristic
        if self.depends.each:
            return said
        classifications = self.words.classifications[said, sentence.time] if self.depends.picks else ()
        kinds = self.words.kinds[sentence.object_type, said]
        return kinds, self._when(sentence).temporality, classifications, *self._ranks[said]

    def _held(self, sentence: SentenceRecord) -> object:
        """When a sentence holds, as far as that matters; of what is fixed its set may tell."""
        return sentence[4:] if sentence.fixed or self.depends.each else self.as_asked[self._when(sentence)]

    def _units(self, sentence: SentenceRecord) -> tuple[str, str]:
        """The units that a sentence speaks of, as far as it tells."""
        return self.words.object_type[sentence.object_type], self.words.name[sentence.name]


Sentences = Mapping[int, Sequence[SentenceRecord]]
"""What products say, by their numbers, wherever they say it."""


class Spoken(NamedTuple):
    """What products say in answer to a line, in columns, product by product.

    `numbers` are those of the products, in order; `places` tells for each sentence the place of its product among them,
    `marks` what matters of it, as a number. `like` tells for each product the place of the first that says the same;
    `in_full` tells what they say with characteristics, where these are left out.
    """

    rows: "Columns"
    places: "Ints"
    numbers: "Ints"
    marks: "Ints"
    like: "Ints"
    in_full: "Callable[[], Columns]"


class Said(NamedTuple):
    """What each product that may match a line says in answer to it, and for each the product that stands for all which
    say the same, itself among them. `in_full` tells it with the characteristics on which nothing depends; `counted`, in
    how many groups of products each such characteristic stands, and is None where something depends on them. What much
    is said is `spoken` in columns too."""

    sentences: Sentences
    like: Mapping[int, int]
    mark: Callable[[SentenceRecord], Mark]
    in_full: Callable[[], Sentences]
    counted: Callable[[Mapping[int, int]], Mapping[str, int]] | None = None
    spoken: Spoken | None = None


def all_different(products: Iterable[int]) -> Said:
    """Products of which none stands for another."""
    like = {number: number for number in products}
    return Said({}, like, hash, dict)
