"""The covers of a demand in their order, each put into words' material only when it is looked at.

A demand with don't-care fields may have tens of thousands of covers, of which a person reads twenty: to count and order
them takes grades and verdicts, not the whole of each.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple, overload

from vkd_catalog.evaluation.answer import GRADES, VERDICTS, Cover, Grade, Linkage, Match, Verdict, weakest
from vkd_catalog.evaluation.covers import Candidates, Coverer, Members


class Draft(NamedTuple):
    """A cover as found: what it is ordered by (grade, size, linkage, members' names), and of which group it is.

    The fields stand in the order of the contract, so that drafts sort by themselves.
    """

    grade: int
    size: int
    linked: int
    names: tuple[str, ...]
    group: int
    numbers: tuple[int, ...]


class RankedCovers(Sequence[Cover]):
    """All covers of a demand, the best first."""

    def __init__(self, drafts: Sequence[Draft], rankers: Sequence["GroupRanker"]) -> None:
        self._drafts = sorted(drafts)
        self._rankers = {ranker.group: ranker for ranker in rankers}

    def __len__(self) -> int:
        return len(self._drafts)

    @overload
    def __getitem__(self, index: int) -> Cover: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Cover, ...]: ...
    def __getitem__(self, index: int | slice) -> Cover | tuple[Cover, ...]:
        if isinstance(index, slice):
            return tuple(self._cover(draft) for draft in self._drafts[index])
        return self._cover(self._drafts[index])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self._drafts))

    def members(self) -> set[str]:
        """The identifications of all products that are a member of some cover."""
        return {name for draft in self._drafts for name in draft.names}

    def _cover(self, draft: Draft) -> Cover:
        return self._rankers[draft.group].cover(draft)


class GroupRanker:
    """Drafts and covers of one group, from what its clusters can be answered from."""

    def __init__(
        self, group: int, candidates: Sequence[Candidates], coverer: Coverer, name: Callable[[int], str]
    ) -> None:
        self.group = group
        self._candidates = candidates
        self._coverer = coverer
        self._name = name

    def draft(self, members: Members) -> Draft:
        """What a cover is ordered by."""
        numbers = tuple(sorted(members, key=self._name))
        verdicts: set[Verdict] = {"yes"}
        grade = 0
        for one in self._candidates:
            for hits in one.hits_used(numbers):
                best = min(GRADES.index(hits[number][0].grade) for number in numbers if number in hits)
                grade = max(grade, best)
            verdicts |= {verdict for _, _, verdict in self._pairs(one, numbers)}
        linked = VERDICTS.index(weakest(verdicts))
        return Draft(grade, len(numbers), linked, tuple(map(self._name, numbers)), self.group, numbers)

    def cover(self, draft: Draft) -> Cover:
        """The whole cover."""
        lines: dict[int, tuple[Match, ...]] = {}
        linkage: list[Linkage] = []
        for one in self._candidates:
            for line, hits in zip(one.cluster.lines, one.hits_used(draft.numbers), strict=True):
                found = [
                    Match(self._name(number), hit.line, hit.grade)
                    for number in draft.numbers
                    for hit in hits.get(number, ())
                ]
                lines[line.line] = tuple(sorted(found, key=_by_grade))
            for a, b, _ in self._pairs(one, draft.numbers):
                judgement = self._coverer.judged(one.profile(a), one.profile(b))
                linkage.append(Linkage(self._name(a), self._name(b), *judgement))
        grade: Grade = GRADES[draft.grade]
        return Cover(draft.group, grade, draft.names, dict(sorted(lines.items())), tuple(linkage))

    def _pairs(self, one: Candidates, numbers: Sequence[int]) -> list[tuple[int, int, Verdict]]:
        linked = self._coverer.linked(one, numbers)
        return [
            (a, b, self._coverer.judged(one.profile(a), one.profile(b)).verdict)
            for index, a in enumerate(linked)
            for b in linked[index + 1 :]
        ]


def _by_grade(match: Match) -> tuple[int, str, int]:
    return GRADES.index(match.grade), match.product, match.line
