"""The way from a coded demand to its answer: groups, covers, near misses, and why there are none."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache

from vkd_catalog.coding import ANY, CodedDescription
from vkd_catalog.evaluation.answer import ADDRESSES, Answer, Archive, NearMiss, ProductFacts, Status, Why
from vkd_catalog.evaluation.candidates import Candidates, excluded
from vkd_catalog.evaluation.covers import Coverer
from vkd_catalog.evaluation.demand import DemandLine, Group, groups_of
from vkd_catalog.evaluation.explanation import Explainer
from vkd_catalog.evaluation.hits import Hit
from vkd_catalog.evaluation.matching import Matcher
from vkd_catalog.evaluation.names import NAMELESS, Names
from vkd_catalog.evaluation.nearby import Nearby
from vkd_catalog.evaluation.ranking import GroupRanker, RankedCovers
from vkd_catalog.register import Register
from vkd_catalog.technical import TechnicalData
from vkd_catalog.vocabulary import Vocabularies

DEFAULT_MAX_SETS = 3

_FIRST = 20
"""So many covers are put together at once."""

_FEW = 1000
"""Of so many candidates all are named at once; of more, those that are told."""


def evaluate(
    demand: CodedDescription,
    register: Register,
    vocabularies: Vocabularies,
    *,
    path: str,
    row: int,
    language: str,
    archive: Archive | None = None,
    max_sets: int = DEFAULT_MAX_SETS,
) -> Answer:
    """The answer to a demand whose every line has a meaning.

    `row` is where the description starts in its file, from 0; `archive` overrides what its header asks for; `language`
    is the one a suggested edit is worded in.
    """
    asked: Archive = archive or demand.technical.archive  # type: ignore[assignment]
    evaluation = _Evaluation(register, vocabularies, Matcher(register, vocabularies), asked, max_sets)
    groups = groups_of(demand, vocabularies)
    rankers: list[GroupRanker] = []
    misses: list[NearMiss] = []
    unanswered: list[int] = []
    for group in groups:
        coverer = evaluation.coverer(group)
        rankers.append(GroupRanker(group.number, coverer, evaluation.name))
        near = evaluation.near_misses(group, coverer)
        misses += near
        if not coverer.is_covered:
            beside = {miss.line for miss in near if miss.kind in ("other-time", "other-name", "broader-object-type")}
            unanswered += [line for line in evaluation.to_observe(group) if line not in beside]
    covers = RankedCovers(rankers, evaluation.name)
    why: Why | None = None
    if not covers and groups:
        why = Explainer(evaluation, language).why(demand, groups)
    # What is told as a rule is put together at once: who keeps an answer need not keep its register for that.
    covers.put_together(_FIRST, _FEW)
    status: Status = "found" if covers else "none"
    return Answer(
        demand.identification,
        path,
        _header_line(demand, row),
        language,
        asked,
        status,
        covers,
        tuple(misses),
        why,
        tuple(sorted(unanswered)),
        _Facts(register, evaluation.name, lambda: covers.members() | {miss.product for miss in misses}),
    )


def invalid(demand: CodedDescription, *, path: str, row: int, language: str) -> Answer:
    """What stands for the answer to a demand that cannot be run; what is wrong with it, `check` says."""
    return Answer(
        demand.identification,
        path,
        _header_line(demand, row),
        language,
        "both",
        "invalid",
        RankedCovers((), NAMELESS),
        (),
        None,
        (),
        {},
    )


def _place(miss: NearMiss) -> tuple[int, str, str, int, str]:
    """The order of near misses: all that tells two of one group apart."""
    return miss.line, miss.product, miss.kind, miss.product_line, miss.beside or ""


def _header_line(demand: CodedDescription, row: int) -> int:
    header = demand.description.header
    return row + (header.row if header else 0) + 1


class _Evaluation:
    """Answers the groups of one demand."""

    def __init__(
        self, register: Register, vocabularies: Vocabularies, matcher: Matcher, asked: Archive, max_sets: int
    ) -> None:
        self.register = register
        self.vocabularies = vocabularies
        self.matcher = matcher
        self.name = Names(register.identifications)
        self._nearby = Nearby(vocabularies, matcher, self.name)
        self._asked = asked
        self._max_sets = max_sets
        self._coverers: dict[tuple[DemandLine, ...], Coverer] = {}
        self.barred = self._without_address()

    def coverer(self, group: Group) -> Coverer:
        """What finds the covers of a group, without what its negated lines exclude."""
        return self.covering(group.lines)

    def covering(self, lines: Sequence[DemandLine]) -> Coverer:
        """What finds the covers of some lines that are asked together."""
        key = tuple(lines)
        if key not in self._coverers:
            barred = self.barred | excluded(lines, self.matcher)
            asked = [line for line in lines if not line.negated]
            candidates = Candidates(asked, self.register, self.vocabularies, self.matcher, barred)
            self._coverers[key] = Coverer(candidates, self.name, self._max_sets)
        return self._coverers[key]

    def to_observe(self, group: Group) -> Iterator[int]:
        """The numbers of the lines that no product answers, in any archive: what they ask must be collected anew.

        Lines that ask for one table are answered together, by one table or by what it can be made from, or not at all.
        """
        candidates = Candidates(group.asked, self.register, self.vocabularies, self.matcher)
        missed: dict[int, None] = {}
        for table in candidates.tables:
            numbers = {number for line in table.lines for number in candidates.hits[line]}
            whole = any(candidates.has_table(number, table, table.lines, numbers) for number in numbers)
            if not whole and not candidates.computed(table).hits:
                missed |= dict.fromkeys(line.line for line in table.lines)
        of_tables = {line for table in candidates.tables for line in table.lines}
        for line in group.asked:
            if line not in of_tables and not candidates.hits[line]:
                missed[line.line] = None
            elif line in of_tables and candidates.hits[line] and line.object_type == ANY:
                missed.pop(line.line, None)
        yield from missed

    def near_misses(self, group: Group, coverer: Coverer) -> list[NearMiss]:
        """What comes near the lines of a group, by line and product."""
        misses = sorted(self._near_misses(group, coverer), key=_place)
        return list(dict.fromkeys(misses))

    def _without_address(self) -> frozenset[int]:
        """The products that state no address in the archive asked for."""
        key = ADDRESSES.get(self._asked)
        return self.register.lacking(key) if key else frozenset()

    def _near_misses(self, group: Group, coverer: Coverer) -> Iterator[NearMiss]:
        excluded_by = excluded(group.lines, self.matcher)
        barred = self.barred | excluded_by
        for line in group.asked:
            answering = coverer.candidates.hits[line]
            misses = [one for one in self.matcher.misses(line) if one.product not in barred]
            broader = [one for one in misses if one.product not in answering]
            self.name.of({one.product for one in broader})
            for miss in (*broader, *self._nearby.misses(line, coverer.candidates, barred)):
                yield NearMiss(group.number, line.line, self.name(miss.product), miss.line, miss.kind)
            everywhere = coverer.candidates.everywhere[line]
            without_address = [number for number in self.barred - excluded_by if number in everywhere]
            everywhere.look_up(without_address)
            for number in without_address:
                best = everywhere[number][0]
                if not best.beside:
                    yield NearMiss(group.number, line.line, self.name(number), best.line, "archive")
        yield from self._marginals(group, coverer.candidates)
        yield from self._unlinkable(group, coverer)

    def _marginals(self, group: Group, candidates: Candidates) -> Iterator[NearMiss]:
        """The tables that have some of the names asked for, but not all of them crossed."""
        for table in candidates.tables:
            if len(table.lines) < 2:
                continue
            for line in table.lines:
                for number, hits in candidates.hits[line].items():
                    if not candidates.has_table(number, table, table.lines, (number,)):
                        yield NearMiss(group.number, line.line, self.name(number), hits[0].line, "marginal-only")

    def _unlinkable(self, group: Group, coverer: Coverer) -> Iterator[NearMiss]:
        if coverer.is_covered or self._max_sets > 1:
            tuple(coverer.patterns)
        for a, b in coverer.unlinkable():
            rules = coverer.chooser.linker.rules(a, b)
            failing = tuple(rule for rule, verdict in rules.items() if verdict == "no")
            for number, beside in ((a, b), (b, a)):
                answered = self._only_answered_by(coverer.candidates, number, beside)
                if answered is not None:
                    line, hit = answered
                    yield NearMiss(
                        group.number, line, self.name(number), hit.line, "unlinkable", self.name(beside), failing
                    )

    def _only_answered_by(self, candidates: Candidates, number: int, beside: int) -> tuple[int, Hit] | None:
        """The first line that one of a pair answers and the other does not, else the first that it answers."""
        own = [(line, hits) for line in candidates.lines if (hits := candidates.hits[line].get(number))]
        apart = [(line, hits) for line, hits in own if beside not in candidates.hits[line]]
        return next(((line.line, hits[0]) for line, hits in (*apart, *own)), None)


class _Facts(Mapping[str, ProductFacts]):
    """What products state, by identification: of many, few are looked at, so each is read when it is, and `every` tells
    who they all are when somebody asks for all."""

    def __init__(self, register: Register, names: Names, every: Callable[[], frozenset[str]]) -> None:
        self._register = register
        self._names = names
        self._every = cache(lambda: tuple(sorted(every())))
        self._known: dict[str, ProductFacts] = {}

    def __getitem__(self, name: str) -> ProductFacts:
        if name not in self._known:
            self._known[name] = self._read(name)
        return self._known[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._every())

    def __len__(self) -> int:
        return len(self._every())

    def _read(self, name: str) -> ProductFacts:
        if self._names.number(name) is None:
            self._every()
        number = self._names.number(name)
        if number is None:
            raise KeyError(name)
        record = self._register.product(number)
        technical = TechnicalData(dict(record.values), record.unit_id)
        return ProductFacts(
            technical.value("data"),
            technical.value("doc"),
            technical.value("form"),
            technical.access,
            technical.lead_time,
            record.sensitive,
            record.values,
            number,
        )
