"""The way from a coded demand to its answer: groups, covers, near misses, and why there are none."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from vkd_catalog.coding import CodedDescription
from vkd_catalog.evaluation.answer import ADDRESSES, Answer, Archive, NearMiss, ProductFacts, Status, Why
from vkd_catalog.evaluation.covers import Candidates, Coverer
from vkd_catalog.evaluation.demand import Group, groups_of
from vkd_catalog.evaluation.explanation import Explainer, to_observe
from vkd_catalog.evaluation.hits import Hit
from vkd_catalog.evaluation.matching import Matcher
from vkd_catalog.evaluation.nearby import Nearby
from vkd_catalog.evaluation.ranking import Block, GroupRanker, RankedCovers
from vkd_catalog.register import ProductRecord, Register
from vkd_catalog.technical import TechnicalData
from vkd_catalog.vocabulary import Vocabularies

DEFAULT_MAX_SETS = 3


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
    matcher = Matcher(register, vocabularies)
    evaluation = _Evaluation(register, vocabularies, matcher, Coverer(register, vocabularies, matcher, max_sets), asked)
    groups = groups_of(demand, vocabularies)
    blocks: list[Block] = []
    rankers: list[GroupRanker] = []
    misses: list[NearMiss] = []
    unanswered: list[int] = []
    for group in groups:
        candidates = evaluation.candidates(group)
        ranker = GroupRanker(group.number, candidates, evaluation.coverer, evaluation.name)
        rankers.append(ranker)
        found = evaluation.coverer.covers(candidates)
        blocks += ranker.blocks(found)
        near = evaluation.near_misses(group, candidates)
        misses += near
        if not found:
            beside = {miss.line for miss in near if miss.kind in ("other-time", "other-name", "broader-object-type")}
            unanswered += [line for line in to_observe(group.asked, matcher, vocabularies) if line not in beside]
    covers = RankedCovers(blocks, rankers, evaluation.name)
    why: Why | None = None
    if not covers and groups:
        explainer = Explainer(matcher, evaluation.coverer, register, vocabularies, evaluation.barred, language)
        why = explainer.why(demand, groups)
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
        evaluation.facts(covers.members() | {miss.product for miss in misses}),
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
        RankedCovers((), (), str),
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
        self, register: Register, vocabularies: Vocabularies, matcher: Matcher, coverer: Coverer, asked: Archive
    ) -> None:
        self._register = register
        self._vocabularies = vocabularies
        self._matcher = matcher
        self._nearby = Nearby(register, vocabularies, matcher)
        self._asked = asked
        self._records: dict[str, tuple[int, ProductRecord]] = {}
        self._names: dict[int, str] = {}
        self.coverer = coverer
        self.barred = self._without_address()

    def candidates(self, group: Group) -> list[Candidates]:
        """For each cluster of a group what may answer it, without what its negated lines exclude."""
        excluded = frozenset(number for line in group.lines if line.negated for number in self._matcher.hits(line))
        return self.coverer.candidates(group.asked, self.barred | excluded)

    def near_misses(self, group: Group, candidates: Sequence[Candidates]) -> list[NearMiss]:
        """What comes near the lines of a group, by line and product."""
        misses = sorted(self._near_misses(group, candidates), key=_place)
        return list(dict.fromkeys(misses))

    def facts(self, names: Iterable[str]) -> "_Facts":
        """What some products state of themselves, by identification in order."""
        return _Facts({name: self._records[name] for name in sorted(names)})

    def name(self, number: int) -> str:
        """A product's identification."""
        name = self._names.get(number)
        if name is None:
            record = self._register.product(number)
            name = self._names[number] = record.identification
            self._records[name] = number, record
        return name

    def _without_address(self) -> frozenset[int]:
        """The products that state no address in the archive asked for."""
        key = ADDRESSES.get(self._asked)
        return self._register.lacking(key) if key else frozenset()

    def _near_misses(self, group: Group, candidates: Sequence[Candidates]) -> Iterator[NearMiss]:
        for line in group.asked:
            for miss in self._matcher.misses(line):
                yield NearMiss(group.number, line.line, self.name(miss.product), miss.line, miss.kind)
            for miss in self._nearby.misses(line):
                yield NearMiss(group.number, line.line, self.name(miss.product), miss.line, miss.kind)
            for number, hits in self._matcher.hits(line).items():
                if number in self.barred:
                    yield NearMiss(group.number, line.line, self.name(number), hits[0].line, "archive")
        for one in candidates:
            if one.cluster.kind == "table":
                yield from self._marginals(group, one)
            yield from self._unlinkable(group, one)

    def _marginals(self, group: Group, one: Candidates) -> Iterator[NearMiss]:
        """The tables that have some of the names asked for, but not all of them crossed."""
        for line, hits in zip(one.cluster.lines, one.hits, strict=True):
            for number, found in hits.items():
                if one.masks[number] != one.full:
                    yield NearMiss(group.number, line.line, self.name(number), found[0].line, "marginal-only")

    def _unlinkable(self, group: Group, one: Candidates) -> Iterator[NearMiss]:
        for a, b in self.coverer.unlinkable(one):
            rules = self.coverer.judged(one.profile(a), one.profile(b)).rules
            failing = tuple(rule for rule, verdict in rules.items() if verdict == "no")
            for number, beside in ((a, b), (b, a)):
                line, hit = self._only_answered_by(one, number, beside)
                yield NearMiss(
                    group.number, line, self.name(number), hit.line, "unlinkable", self.name(beside), failing
                )

    def _only_answered_by(self, one: Candidates, number: int, beside: int) -> tuple[int, Hit]:
        """The first line that one of a pair answers and the other does not."""
        for line, hits in zip(one.cluster.lines, one.hits, strict=True):
            if number in hits and beside not in hits:
                return line.line, hits[number][0]
        raise AssertionError("neither of an unlinkable pair answers the whole cluster")


class _Facts(Mapping[str, ProductFacts]):
    """What products state, by identification: of many, few are looked at, so each is read when it is."""

    def __init__(self, records: Mapping[str, tuple[int, ProductRecord]]) -> None:
        self._records = records

    def __getitem__(self, name: str) -> ProductFacts:
        number, record = self._records[name]
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

    def __iter__(self) -> Iterator[str]:
        return iter(self._records)

    def __len__(self) -> int:
        return len(self._records)
