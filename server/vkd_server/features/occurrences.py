"""Which concepts and times occur together in the register, to say how many information sets a word would leave.

The register's sentences are read once, a little at a time between other work, and searched in memory: a completion list
asks about hundreds of words at each keystroke. They stand there in columns of numbers, some thirty bytes a sentence.
Nobody waits for the counting: until it is done there is no answer.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cached_property, reduce
from importlib import import_module
from itertools import islice
from operator import and_
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from vkd_catalog.agreement import plural_of
from vkd_catalog.coding import ANY, UNIT
from vkd_catalog.suggest import loose
from vkd_catalog.vocabulary.concept import codes_above
from vkd_grammar.syntax import CHARACTERISTIC, NAME, OBJECT_TYPE, TIME

if TYPE_CHECKING:
    from vkd_catalog.coding import CodedSentence, Term
    from vkd_catalog.register import Codes, Register, SentenceRecord, StatedTime
    from vkd_catalog.vocabulary import Concept, Vocabularies, Vocabulary
    from vkd_grammar.times import Time

_PRODUCTS_AT_ONCE = 10
_ROWS_AT_ONCE = 500
"""Taken in, and looked through, before other work may come in between: a millisecond's worth."""

_KEPT = 64
_FREQUENT = 300
"""Concepts that are kept at hand, to be offered first where a beginning fits more than a list holds."""
_WAITING = 3
"""Counts that wait for their turn beside the one that was asked for last; nobody looks for the older ones any more."""


class Frequent(NamedTuple):
    """A concept and the texts it is found by: each word and the code, with their loose forms."""

    concept: Concept
    words: tuple[tuple[str, str], ...]


class Beside(NamedTuple):
    """What occurs in a field beside the other fields of a line: the products by code, those below a code included, the
    most frequent first; and by time. Each product stands there once, in the order of their numbers. `frequent` are the
    concepts that most products have."""

    codes: dict[str, array[int]]
    times: dict[StatedTime, array[int]]
    frequent: tuple[Frequent, ...] = ()

    def begun(self, form: str) -> Iterator[tuple[Concept, str]]:
        """The most frequent concepts that have a word or code whose loose form begins with a text, with that word or
        code."""
        for concept, words in self.frequent:
            word = next((word for one, word in words if one.startswith(form)), None)
            if word is not None:
                yield concept, word

    def products(
        self, concept: Concept, vocabulary: Vocabulary, asked: frozenset[str] = frozenset()
    ) -> Collection[int]:
        """The products that a concept would leave, by number: those that have it, or what answers for it.

        That is what stands below it or is mapped to it, what it is derived from, and of a singular aggregate its
        plural. `asked` are the codes that have been asked about on the way here.
        """
        own = _united([self.codes[code] for code in vocabulary.reach(concept.code).all if code in self.codes])
        asked |= {concept.code}
        for alternative in concept.derived_from:
            parts = [vocabulary.concepts.get(part.code) for part in alternative if part.code not in asked]
            if parts and len(parts) == len(alternative):
                found = [set(self.products(part, vocabulary, asked) if part else ()) for part in parts]
                own = _united([own, reduce(and_, found)])
        if (concept.kind, concept.number) == ("aggregate", "singular") and (plural := plural_of(concept, vocabulary)):
            own = _united([own, self.codes.get(plural.code, ())])
        return own


def _united(found: Sequence[Collection[int]]) -> Collection[int]:
    """The numbers that stand in any of some collections, each once."""
    some = [one for one in found if one]
    return some[0] if len(some) == 1 else set().union(*some)


_Key = tuple[object, ...]
"""A place and what the other fields hold."""

_FIELDS = (OBJECT_TYPE, NAME, CHARACTERISTIC)

_K = TypeVar("_K")

_Stated = tuple[int, int, bool, "StatedTime"]
"""The first and the last day of a sentence, whether it is of something fixed, and its time."""


class Occurrences:
    """Counts which codes occur together in the sentences of the register that was last asked about."""

    def __init__(self) -> None:
        self._sentences: _Sentences | None = None

    def prepare(self) -> bool:
        """Does one step of reading and counting the register's sentences; False where nothing is left to do."""
        return self._sentences is not None and self._sentences.prepare()

    def beside(self, register: Register, vocabularies: Vocabularies, place: int, line: CodedSentence) -> Beside | None:
        """What occurs at a field's place beside what a line's other fields hold; None while that is not known yet."""
        return self._of(register).beside(vocabularies, place, line)

    def collections(self, register: Register) -> list[str]:
        """The collections that products state, those with the most editions first."""
        known = self._of(register).collections
        return sorted(known, key=lambda name: (-known[name], name))

    def _of(self, register: Register) -> _Sentences:
        if self._sentences is None or self._sentences.register is not register:
            self._sentences = _Sentences(register)
        return self._sentences


class _Sentences:
    """The sentences of a register as they were when they were read, ordered by product. A sentence is a row of columns:
    its product, its time and the codes of its three fields, the latter by numbers. `_having` tells for each field in
    which rows a code stands."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self._products = array("I")
        self._times = array("I")
        self._number_of_time: dict[_Stated, int] = {}
        self._columns = tuple(array("I") for _ in _FIELDS)
        self._numbers: tuple[dict[str, int], ...] = tuple({} for _ in _FIELDS)
        self._having: tuple[dict[str, array[int]], ...] = tuple({} for _ in _FIELDS)
        self._codes: tuple[list[str], ...] = ()
        self._known: dict[_Key, Beside] = {}
        self._work: dict[_Key, Iterator[None]] = {(): self._take_in(register)}

    @cached_property
    def collections(self) -> Counter[str]:
        """How many editions each collection has."""
        editions = self.register.editions(self.register.lacking("")).values()
        return Counter(one.collection for one in editions if one.collection)

    def prepare(self) -> bool:
        for key, steps in self._work.items():
            if next(steps, self) is self:
                del self._work[key]
            break
        return bool(self._work)

    def beside(self, vocabularies: Vocabularies, place: int, line: CodedSentence) -> Beside | None:
        constraints = _constraints(place, line)
        key = (place, *constraints)
        if self._codes and key not in self._known and key not in self._work:
            steps = self._count(key, place, vocabularies, constraints)
            # What takes no longer than one step is there at once.
            if next(steps, self) is not self:
                self._work = {**dict(list(self._work.items())[-_WAITING:]), key: steps}
        return self._known.get(key)

    def _take_in(self, register: Register) -> Iterator[None]:
        yield
        # What will ask the questions is imported now, when nobody waits for an answer.
        import_module("vkd_catalog.evaluation.matching")
        # No product states a key without a name: these are all of them, without what else is known of each.
        for count, product in enumerate(sorted(register.lacking("")), start=1):
            for sentence in register.sentences(product):
                self._add(product, sentence)
            if count % _PRODUCTS_AT_ONCE == 0:
                yield
        self._codes = tuple(sorted(having) for having in self._having)

    def _add(self, product: int, sentence: SentenceRecord) -> None:
        row = len(self._products)
        self._products.append(product)
        self._times.append(self._number_of_time.setdefault(_stated(sentence), len(self._number_of_time)))
        for having, numbers, column, code in zip(
            self._having, self._numbers, self._columns, sentence[1:4], strict=True
        ):
            column.append(numbers.setdefault(str(code), len(numbers)))
            having.setdefault(str(code), array("I")).append(row)

    def _count(
        self, key: _Key, place: int, vocabularies: Vocabularies, constraints: tuple[Term, Term, Term, Time | None]
    ) -> Iterator[None]:
        from vkd_catalog.evaluation.demand import DemandLine
        from vkd_catalog.evaluation.matching import Matcher

        vocabulary = vocabularies.four[place - OBJECT_TYPE]
        answering = bytearray(len(self._products))
        seen = 0
        for ask in Matcher(self.register, vocabularies).questions(DemandLine(0, *constraints, negated=False)):
            allowed = [self._allowed(at, codes) for at, codes in enumerate(ask[:3])]
            answers = self._answers(allowed, ask.time)
            for row in self._narrowest(allowed):
                answering[row] = answering[row] or answers(row)
                seen += 1
                if seen % _ROWS_AT_ONCE == 0:
                    yield
        beside = Beside({}, {})
        note = self._noting(beside, place)
        row = answering.find(True)
        while row >= 0:
            note(row)
            row = answering.find(True, row + 1)
            seen += 1
            if seen % _ROWS_AT_ONCE == 0:
                yield
        if len(self._known) >= _KEPT:
            self._known.clear()
        most = dict(sorted(beside.codes.items(), key=lambda one: -len(one[1])))
        known = (vocabulary.concepts[code] for code in islice(most, _FREQUENT) if code in vocabulary.concepts)
        self._known[key] = beside._replace(codes=most, frequent=tuple(map(_frequent, known)))

    def _allowed(self, at: int, codes: Codes | None) -> set[str] | None:
        """The codes in the register that a question allows in a field; None where it allows any."""
        if codes is None:
            return None
        every = self._codes[at]
        allowed = {code for code in codes.exactly if code in self._having[at]}
        for code in codes.below:
            allowed.update(every[bisect_left(every, f"{code}.") : bisect_left(every, f"{code}/")])
        return allowed

    def _narrowest(self, allowed: Sequence[set[str] | None]) -> Iterable[int]:
        """The rows that must be looked through: those allowed by the field that allows the fewest."""
        found = [
            [row for code in codes for row in having[code]]
            for codes, having in zip(allowed, self._having, strict=True)
            if codes is not None
        ]
        return min(found, key=len, default=range(len(self._products)))

    def _answers(self, allowed: Sequence[set[str] | None], time: tuple[int, int] | None) -> Callable[[int], bool]:
        """Tells of a row whether its codes are allowed and its time meets that of a question."""
        meets = [
            time is None or fixed or (start <= time[1] and end >= time[0])
            for start, end, fixed, _ in self._number_of_time
        ]
        told = [
            (column, {numbers[code] for code in codes})
            for codes, numbers, column in zip(allowed, self._numbers, self._columns, strict=True)
            if codes is not None
        ]
        times = self._times
        return lambda row: meets[times[row]] and all(column[row] in codes for column, codes in told)

    def _noting(self, beside: Beside, place: int) -> Callable[[int], None]:
        """Notes a row's product at what the row has in a field; the rows come in their order."""
        products, times = self._products, self._times
        if place == TIME:
            every = list(self._number_of_time)
            return lambda row: _add_once(beside.times, every[times[row]][-1], products[row])
        field = place - OBJECT_TYPE
        column, codes = self._columns[field], list(self._numbers[field])

        def note(row: int) -> None:
            code = codes[column[row]]
            for one in (code, *codes_above(code)):
                _add_once(beside.codes, one, products[row])

        return note


def _frequent(concept: Concept) -> Frequent:
    return Frequent(concept, tuple((loose(word), word) for word in (*concept.words(), concept.code)))


def _constraints(place: int, line: CodedSentence) -> tuple[Term, Term, Term, Time | None]:
    """The meaning of a line's fields (object type, name, characteristic, time), without the one that is asked about."""
    object_type, name, characteristic = (
        ANY if at == place or term is None or term.startswith(UNIT) else term
        for at, term in enumerate((line.object_type, line.name, line.characteristic), start=OBJECT_TYPE)
    )
    return object_type, name, characteristic, None if place == TIME else line.time


def _stated(sentence: SentenceRecord) -> _Stated:
    return sentence.start, sentence.end, sentence.fixed, sentence.time


def _add_once(known: dict[_K, array[int]], key: _K, product: int) -> None:
    """Adds a product's number, which is no smaller than the last that was added, unless it is that."""
    products = known.get(key)
    if products is None:
        known[key] = array("I", (product,))
    elif products[-1] != product:
        products.append(product)
