"""Asking the register for sentences that answer a line in one way, and judging each of them."""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

from vkd_catalog.coding import ANY, Term
from vkd_catalog.evaluation.concepts import codes_for, kinds_of, may_be_of_one_kind, rank_of
from vkd_catalog.evaluation.demand import DemandLine
from vkd_catalog.evaluation.found import CONTAINED, DERIVED
from vkd_catalog.evaluation.hits import Finding, Hit, keep
from vkd_catalog.evaluation.misses import Miss
from vkd_catalog.evaluation.times import Temporality, When, grade_alone, grade_together, is_too_long
from vkd_catalog.register import Ask, Codes, Finder, Found, SentenceRecord
from vkd_catalog.vocabulary import Vocabularies
from vkd_grammar.times import Time, outermost


class Question(NamedTuple):
    """A way in which object type and name may answer a line: what to ask the register for, and how well a sentence's
    object type and name do, None where they do not.

    `cites` gives the sentences of the same product that are told beside one, and None where it does not answer. They
    are among those that answer `beside`.
    """

    object_type: Codes | None
    name: Codes | None
    rank: Callable[[SentenceRecord], int | None]
    cites: Callable[[int, SentenceRecord], Sequence[SentenceRecord] | None] | None = None
    beside: Ask | None = None


class Search(NamedTuple):
    """What is looked for: sentences that answer a line in one way and by a characteristic, its own or one that its own
    is derived from."""

    line: DemandLine
    question: Question
    characteristic: Term
    is_derived: bool = False


class Seeker:
    """Finds sentences in one register."""

    def __init__(self, register: Finder, vocabularies: Vocabularies) -> None:
        self._register = register
        self._vocabularies = vocabularies
        self._whens: dict[int, tuple[When, ...]] = {}

    def ask(self, search: Search, found: Finding, flows: list[Miss]) -> None:
        """Adds to `found` the sentences of the register that answer, and to `flows` those over too long a time."""
        some = self._register.find(asked_of(search, self._vocabularies))
        self.judge(search, some, found, flows)

    def judge(self, search: Search, some: Iterable[Found], found: Finding, flows: list[Miss]) -> None:
        """Adds those of some sentences that answer, with what is told beside them."""
        time, cites = search.line.time, search.question.cites
        # What is fixed is found by a don't-care characteristic only when the rest of its set holds.
        of_set = is_of_set(search.line)
        kinds = kinds_of(search.line.object_type, search.line.characteristic, self._vocabularies)
        known: dict[tuple[str, str, str], int | None] = {}
        if of_set:
            some = list(some)
            self._look_up_sets({product for product, sentence in some if sentence.fixed})
        for product, sentence in some:
            codes = sentence[1:4]
            if codes not in known:
                known[codes] = self._fields(search, sentence, kinds)
            fields = known[codes]
            beside = cites(product, sentence) if cites and fields is not None else ()
            if fields is None or beside is None:
                continue
            whens = self.when(product, sentence, of_set=of_set)
            grade = grade_alone(time, whens[0]) if len(whens) == 1 else grade_together(time, whens)
            if grade is not None:
                keep(found, product, Hit(max(fields, grade), sentence, fields, whens))
                for one in beside:
                    keep(found, product, self._cited(product, one, fields, time))
            elif is_too_long(time, whens[0]):
                flows.append(Miss(product, sentence.line, "flow-too-long"))

    def when(self, product: int, sentence: SentenceRecord, *, of_set: bool = False) -> tuple[When, ...]:
        """When a sentence holds. What is fixed holds always; with `of_set` when the set's other sentences do, or its
        own where all are fixed."""
        if sentence.fixed and of_set:
            return self._whens_of_set(product) or (_when(sentence, "status"),)
        return (self.when_alone(sentence),)

    def when_alone(self, sentence: SentenceRecord) -> When:
        """When a sentence says that it holds, whatever its set says."""
        return _when(sentence, self._temporality(sentence.characteristic))

    def _cited(self, product: int, sentence: SentenceRecord, fields: int, time: Time | None) -> Hit:
        whens = self.when(product, sentence)
        grade = grade_together(time, whens)
        return Hit(max(fields, grade or 0), sentence, fields, whens, beside=True)

    def _fields(self, search: Search, sentence: SentenceRecord, kinds: frozenset[str]) -> int | None:
        """How well all fields but the time answer."""
        kind = kinds_of(sentence.object_type, sentence.characteristic, self._vocabularies)
        others = search.question.rank(sentence)
        own = rank_of(self._vocabularies.characteristics, search.characteristic, sentence.characteristic)
        if others is None or own is None or not may_be_of_one_kind(kinds, kind):
            return None
        if search.is_derived:
            # A row of a table is contained, however what stands in it comes about.
            return CONTAINED if others == CONTAINED else max(others, DERIVED)
        return max(others, own)

    def _temporality(self, characteristic: str) -> Temporality:
        known = self._temporalities.get(characteristic)
        if known is None:
            concept = self._vocabularies.characteristics.coded(characteristic)
            known = (concept.temporality if concept else "") or "status"
            self._temporalities[characteristic] = known
        return known  # type: ignore[return-value]

    @cached_property
    def _temporalities(self) -> dict[str, str]:
        return {}

    def _whens_of_set(self, product: int) -> tuple[When, ...]:
        """The times that the sentences of a set state which are of nothing fixed."""
        if product not in self._whens:
            self._look_up_sets((product,))
        return self._whens[product]

    def _look_up_sets(self, products: Iterable[int]) -> None:
        """Looks up the times of some sets together."""
        unknown = [product for product in products if product not in self._whens]
        whens: dict[int, dict[When, None]] = {product: {} for product in unknown}
        if unknown:
            every = self._register.said(Ask(None, None, None, None), unknown, characteristics=False)
            for product, sentence in every:
                if not sentence.fixed:
                    whens[product][_when(sentence, "status")] = None
        self._whens.update((product, tuple(times)) for product, times in whens.items())


def asked_of(search: Search, vocabularies: Vocabularies) -> Ask:
    """What a search asks the register for."""
    line, question = search.line, search.question
    codes = codes_for(vocabularies.characteristics, search.characteristic)
    return Ask(question.object_type, question.name, codes, days_of(line.time), is_of_set(line))


def is_of_set(line: DemandLine) -> bool:
    """Whether what is fixed answers a line at the times of its set alone."""
    return line.characteristic == ANY and line.time is not None


def days_of(time: Time | None) -> tuple[int, int] | None:
    """The outermost days of a time; None for don't-care."""
    return None if time is None else outermost(time)


def _when(sentence: SentenceRecord, temporality: Temporality) -> When:
    return When(sentence.start, sentence.end, sentence.step, temporality)
