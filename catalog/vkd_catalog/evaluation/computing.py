"""Tables that can be computed from individual sets (docs/language.md section 6, `computable`)."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from vkd_catalog.coding import ANY, Term
from vkd_catalog.evaluation.concepts import individuals_of, is_above, kind_of_name, rank_of, sameness
from vkd_catalog.evaluation.found import COMPUTABLE
from vkd_catalog.evaluation.hits import Hit
from vkd_catalog.evaluation.matching import Matcher
from vkd_catalog.evaluation.readings import Table
from vkd_catalog.evaluation.times import Days, days_had, shared
from vkd_catalog.register import SentenceRecord
from vkd_catalog.vocabulary import Vocabularies


class Computed:
    """What a table can be computed from: the sentences of each product that it can be, and the days asked for that all
    of these have."""

    def __init__(self, hits: Mapping[int, tuple[Hit, ...]], days: Mapping[int, tuple[Days, ...]]) -> None:
        self.hits = hits
        self.days = days


def computed(lines: Table, unit: str, matcher: Matcher, vocabularies: Vocabularies) -> Computed:
    """The individual sets that the table asked for by some aggregate lines can be computed from.

    Each has, at a matching time and, where a line names a register, in sentences that speak of it, for every name that
    is a classification or a class a characteristic with that classification, and what is counted or taken over.
    """
    return _Computing(lines, unit, matcher, vocabularies).computed()


def names_divided(lines: Table, vocabularies: Vocabularies) -> frozenset[str]:
    """The classifications and classes that a table is divided by."""
    names = [line.name or "" for line in lines]
    return frozenset(name for name in names if kind_of_name(name, vocabularies) in _DIVIDING)


def names_divided_by(
    sentences: Iterable[SentenceRecord], names: Iterable[str], vocabularies: Vocabularies
) -> frozenset[str]:
    """Those of some classifications and classes that some sentences tell units apart by: no table can be computed from
    them that is divided by another."""
    classifications = {
        code for one in sentences for code in vocabularies.classifications_of(one.characteristic, one.time)
    }
    return frozenset(name for name in names if classifications and _is_divided(name, classifications, vocabularies))


def _is_divided(name: str, classifications: Iterable[str], vocabularies: Vocabularies) -> bool:
    """Whether a name is one of some classifications, or a class of one."""
    names = vocabularies.names
    if kind_of_name(name, vocabularies) == "class":
        return any(is_above(names, code, name) for code in classifications)
    same = names.reach(name).same
    return any(code in same for code in classifications)


_DIVIDING = ("classification", "class")


class _Computing:
    def __init__(self, lines: Table, unit: str, matcher: Matcher, vocabularies: Vocabularies) -> None:
        self._lines = lines
        self._unit = unit
        self._matcher = matcher
        self._vocabularies = vocabularies
        self._time = lines[0].time

    def computed(self) -> Computed:
        nothing = Computed({}, {})
        names = [line.name or "" for line in self._lines]
        kinds = [self._kind(name) for name in names]
        concept = self._vocabularies.characteristics.coded(self._lines[0].characteristic or "")
        if concept is None or not (concept.function == "count" or (concept.function and concept.of)):
            return nothing
        if any(kind not in ("register", "classification", "class") for kind in kinds):
            return nothing
        registers = sorted({name for name, kind in zip(names, kinds, strict=True) if kind == "register"}) or [ANY]
        divided = Counter(
            sameness(self._vocabularies.names, name)
            for name, kind in zip(names, kinds, strict=True)
            if kind != "register"
        )
        of = "" if concept.function == "count" else concept.of
        everyone = self._by_product(self._matcher.individual_sentences(self._unit, None, self._time))
        taken = self._taken(of) if of else {}
        hits: dict[int, tuple[Hit, ...]] = {}
        days: dict[int, tuple[Days, ...]] = {}
        for product, sentences in everyone.items():
            needed = self._needed(sentences, registers, divided, taken.get(product, frozenset()) if of else None)
            if needed:
                used = {hit.line: hit._replace(rank=COMPUTABLE, fields=COMPUTABLE) for some in needed for hit in some}
                hits[product] = tuple(used[line] for line in sorted(used))
                days[product] = self._days(needed)
        return Computed(hits, days)

    def _needed(
        self,
        sentences: Sequence[Hit],
        registers: Sequence[str],
        divided: Mapping[str, int],
        taken: Collection[int] | None,
    ) -> list[list[Hit]]:
        """For each thing that the table is computed from the sentences that say it; nothing where one is not said."""
        needed: list[list[Hit]] = []
        names, characteristics = self._vocabularies.names, self._vocabularies.characteristics
        for register in registers:
            speaking = [hit for hit in sentences if rank_of(names, register, hit.sentence.name) is not None]
            needed.append([hit for hit in speaking if taken is None or hit.line in taken])
            for name, times in divided.items():
                some = [hit for hit in speaking if self._divides(hit, name)]
                if len({sameness(characteristics, hit.sentence.characteristic) for hit in some}) < times:
                    return []
                needed.append(some)
        return needed if all(needed) else []

    def _divides(self, hit: Hit, name: str) -> bool:
        """Whether a sentence tells which class of a classification, or of a class's, a unit is in."""
        classifications = self._vocabularies.classifications_of(hit.sentence.characteristic, hit.sentence.time)
        return _is_divided(name, classifications, self._vocabularies)

    def _taken(self, of: str) -> dict[int, set[int]]:
        """For each product the sentences that say what is summed or the like."""
        found: dict[int, set[int]] = {}
        for code in individuals_of(self._unit, self._vocabularies):
            line = self._lines[0]._replace(object_type=code, name=ANY, characteristic=of)
            for product, hits in self._matcher.hits(line).items():
                own = {hit.line for hit in hits if not hit.beside and not hit.needs}
                found.setdefault(product, set()).update(own)
        return found

    def _days(self, needed: Sequence[Sequence[Hit]]) -> tuple[Days, ...]:
        each = [days_had(self._time, [when for hit in some for when in hit.whens]) for some in needed]
        together = each[0]
        for one in each[1:]:
            together = shared(together, one)
        return together

    def _kind(self, name: Term) -> str:
        return kind_of_name(name, self._vocabularies)

    def _by_product(self, found: Iterable[tuple[int, Hit]]) -> dict[int, list[Hit]]:
        by_product: dict[int, list[Hit]] = {}
        for product, hit in found:
            by_product.setdefault(product, []).append(hit)
        return by_product
