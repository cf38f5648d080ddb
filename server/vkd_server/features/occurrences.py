"""Which concepts and times occur together in the register, to say how many information sets a word would leave.

The sentences of some thousand products are read once, a little at a time between other work, and searched in memory: a
completion list asks about hundreds of words at each keystroke. They stand there in columns of numbers, thirty bytes a
sentence. Nobody waits for the counting: until it is done there is no answer.

Where there are more products, those that are read lie all over the register, and tell what is frequent. In how many
sets a word that is shown occurs the register is asked then, which looks at so many sentences and no further.
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
from vkd_catalog.register import Ask, Codes
from vkd_catalog.suggest import loose
from vkd_catalog.vocabulary.concept import codes_above
from vkd_grammar.syntax import CHARACTERISTIC, NAME, OBJECT_TYPE, TIME
from vkd_grammar.words import fold

if TYPE_CHECKING:
    from vkd_catalog.coding import CodedSentence, Term
    from vkd_catalog.register import Codes, Register, SentenceRecord, StatedTime
    from vkd_catalog.vocabulary import Concept, Vocabularies, Vocabulary
    from vkd_grammar.times import Time

_PRODUCTS_AT_ONCE = 10
_ROWS_AT_ONCE = 500
"""Taken in, and looked through, before other work may come in between: a millisecond's worth."""

_TAKEN_IN = 10_000
"""So many products are read at most."""

_LOOKED_AT = 1_000
"""So many sentences of one concept are looked at where not all products are read."""

_COUNTED = 5_000
"""So many concepts' counts are kept for each place beside others."""

_KEPT = 64
_FREQUENT = 300
"""Concepts that are kept at hand, to be offered first where a beginning fits more than a list holds."""
_WAITING = 3
"""Counts that wait for their turn beside the one that was asked for last; nobody looks for the older ones any more."""


class Frequent(NamedTuple):
    """A concept and the texts it is found by: each word and the code, with their loose forms."""

    concept: Concept
    words: tuple[tuple[str, str], ...]


class Sets(NamedTuple):
    """Information sets by their numbers; unless `is_all` there may be more."""

    numbers: Collection[int]
    is_all: bool


class Counted(NamedTuple):
    """How many information sets there are, at least; unless `is_all` there may be more, roughly `about` so many."""

    number: int
    is_all: bool
    about: float


class Beside(NamedTuple):
    """What occurs in a field beside the other fields of a line: the products by code, those below a code included, the
    most frequent first; and by time. Each product stands there once, in the order of their numbers. `frequent` are the
    concepts that most products have. Where not all products were read `asked` is asked for the others."""

    codes: dict[str, array[int]]
    times: dict[StatedTime, array[int]]
    frequent: tuple[Frequent, ...] = ()
    asked: _Asked | None = None

    def begun(self, form: str) -> Iterator[tuple[Concept, str]]:
        """The most frequent concepts that have a word or code whose loose form begins with a text, with that word or
        code."""
        for concept, words in self.frequent:
            word = next((word for one, word in words if one.startswith(form)), None)
            if word is not None:
                yield concept, word

    def counted(self, concept: Concept, vocabulary: Vocabulary) -> Counted:
        """How many products a concept would leave. Where others are asked for, nobody waits for their answer: until it
        is there it is not known that there are any."""
        if self.asked is None:
            number = len(self.products(concept, vocabulary).numbers)
            return Counted(number, True, number)
        known = self.asked.known.get(concept.code)
        if known is None:
            self.asked.wanted[concept.code] = concept, vocabulary
            return Counted(0, False, self._about(concept))
        return known

    def count_one(self) -> bool:
        """Counts one of what somebody wanted to know meanwhile; False where nothing is left to count."""
        if self.asked is None or not self.asked.wanted:
            return False
        code = next(iter(self.asked.wanted))
        concept, vocabulary = self.asked.wanted.pop(code)
        numbers, is_all = self.products(concept, vocabulary)
        about = len(numbers) if is_all else max(self._about(concept), len(numbers))
        if len(self.asked.known) >= _COUNTED:
            self.asked.known.clear()
        self.asked.known[code] = Counted(len(numbers), is_all, about)
        return bool(self.asked.wanted)

    def _about(self, concept: Concept) -> float:
        """About how many products have a concept, as far as those that were read tell."""
        return len(self.codes.get(concept.code, ())) * (self.asked.products_for_each if self.asked else 1)

    def products(self, concept: Concept, vocabulary: Vocabulary, asked: frozenset[str] = frozenset()) -> Sets:
        """The products that a concept would leave: those that have it, or what answers for it.

        That is what stands below it or is mapped to it, what it is derived from, and of a singular aggregate its
        plural. `asked` are the codes that have been asked about on the way here.
        """
        reach = tuple(sorted(vocabulary.reach(concept.code).all))
        own = self._having(Codes(reach, reach))
        asked |= {concept.code}
        for alternative in concept.derived_from:
            parts = [vocabulary.concepts.get(part.code) for part in alternative if part.code not in asked]
            if parts and len(parts) == len(alternative):
                nothing = Sets((), True)
                found = [self.products(part, vocabulary, asked) if part else nothing for part in parts]
                every = reduce(and_, (set(one.numbers) for one in found))
                own = _united([own, Sets(every, all(one.is_all for one in found))])
        if (concept.kind, concept.number) == ("aggregate", "singular") and (plural := plural_of(concept, vocabulary)):
            own = _united([own, self._having(Codes((plural.code,), (plural.code,)))])
        return own

    def _having(self, codes: Codes) -> Sets:
        """The products that have one of some codes, or one below."""
        if self.asked is not None:
            return self.asked.having(codes)
        return _united([Sets(self.codes.get(code, ()), True) for code in codes.exactly])


class _Asked(NamedTuple):
    """What else is asked of a register about a place beside what the other fields of a line hold: its questions, how
    many products there are for each that was read, what was counted so far and what is yet to be."""

    register: Register
    place: int
    questions: Sequence[Ask]
    products_for_each: float
    known: dict[str, Counted]
    wanted: dict[str, tuple[Concept, Vocabulary]]

    def having(self, codes: Codes) -> Sets:
        """The products that have one of some codes, or one below, in the place."""
        narrowed = (_narrowed(question, self.place, codes) for question in self.questions)
        return _united([Sets(*self.register.looked_for(one, _LOOKED_AT)) for one in narrowed])


def _narrowed(question: Ask, place: int, codes: Codes) -> Ask:
    """A question that some codes and those below them may answer in a place, and no others."""

    def narrowed(at: int, there: Codes | None) -> Codes | None:
        if at != place:
            return there
        return codes if there is None else _common(codes, there)

    return question._replace(
        object_type=narrowed(OBJECT_TYPE, question.object_type),
        name=narrowed(NAME, question.name),
        characteristic=narrowed(CHARACTERISTIC, question.characteristic),
    )


def _common(one: Codes, other: Codes) -> Codes:
    """The codes that are both one of some and of others, or below both."""
    ways = ((one, other), (other, one))
    exactly = {code for these, those in ways for code in these.exactly if _is_among(code, those)}
    below = {code for these, those in ways for code in these.below if _is_among(code, Codes(those.below, those.below))}
    return Codes(tuple(sorted(exactly)), tuple(sorted(below)))


def _is_among(code: str, codes: Codes) -> bool:
    return code in codes.exactly or any(above in codes.below for above in codes_above(code))


def _united(found: Sequence[Sets]) -> Sets:
    """The information sets that are any of some, each once."""
    some = [one.numbers for one in found if one.numbers]
    return Sets(some[0] if len(some) == 1 else set().union(*some), all(one.is_all for one in found))


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

    def collections(self, register: Register, begun: str) -> list[str]:
        """Collections that products state, those with the most editions first; of very many products some whose name
        begins with a text, the shorter ones first."""
        if register.size()[0] > _TAKEN_IN:
            found = (one.name for one in register.collections_holding(begun, _KEPT))
            return [name for name in found if fold(name).startswith(fold(begun))]
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
        self._products_for_each = 1.0
        self._known: dict[_Key, Beside] = {}
        self._asked: Beside | None = None
        self._work: dict[_Key, Iterator[None]] = {(): self._take_in(register)}

    @cached_property
    def collections(self) -> Counter[str]:
        """How many editions each collection has."""
        editions = self.register.editions(self.register.spread(_TAKEN_IN)).values()
        return Counter(one.collection for one in editions if one.collection)

    def prepare(self) -> bool:
        for key, steps in self._work.items():
            if next(steps, self) is self:
                del self._work[key]
            return True
        return self._asked is not None and self._asked.count_one()

    def beside(self, vocabularies: Vocabularies, place: int, line: CodedSentence) -> Beside | None:
        constraints = _constraints(place, line)
        key = (place, *constraints)
        if self._codes and key not in self._known and key not in self._work:
            steps = self._count(key, place, vocabularies, constraints)
            # What takes no longer than one step is there at once.
            if next(steps, self) is not self:
                self._work = {**dict(list(self._work.items())[-_WAITING:]), key: steps}
        self._asked = self._known.get(key)
        return self._asked

    def _take_in(self, register: Register) -> Iterator[None]:
        yield
        # What will ask the questions is imported now, when nobody waits for an answer.
        import_module("vkd_catalog.evaluation.matching")
        yield
        numbers = sorted(register.spread(_TAKEN_IN))
        self._products_for_each = register.size()[0] / max(1, len(numbers))
        yield
        for count, product in enumerate(numbers, start=1):
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
        questions = list(Matcher(self.register, vocabularies).questions(DemandLine(0, *constraints, negated=False)))
        for ask in questions:
            allowed = [self._allowed(at, codes) for at, codes in enumerate(ask[:3])]
            answers = self._answers(allowed, ask.time)
            for row in self._narrowest(allowed):
                answering[row] = answering[row] or answers(row)
                seen += 1
                if seen % _ROWS_AT_ONCE == 0:
                    yield
        is_all = self._products_for_each <= 1
        asked = None if is_all else _Asked(self.register, place, questions, self._products_for_each, {}, {})
        beside = Beside({}, {}, asked=asked)
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
