"""Covers: all minimal sets of products that answer a group (LANGUAGE.md section 6, "A group is covered").

A group's lines fall into clusters. Individual lines of one unit type speak of the same units: their members must match
every line between them and be linkable, pair by pair. Aggregate lines that differ in name alone ask for one table: one
member must match them all. Members of different clusters need no linkage.

Products are sorted by which lines of a cluster they match (a bit mask). Sets are built from masks, so that nothing is
tried whose lines cannot add up; linkage is judged once for each pair of profiles, not of products.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import reduce
from itertools import combinations, product
from operator import or_
from typing import NamedTuple

from vkd_catalog.coding import ANY
from vkd_catalog.evaluation.answer import VERDICTS, Verdict, weakest
from vkd_catalog.evaluation.demand import DemandLine
from vkd_catalog.evaluation.linkage import Judgement, Profile, judge, profile_of
from vkd_catalog.evaluation.matching import Hits, Matcher
from vkd_catalog.register import Register
from vkd_catalog.vocabulary import Vocabularies


class Cluster(NamedTuple):
    """Lines that must be answered together: by linked members (`units`), or by one table (`table`)."""

    kind: str
    lines: tuple[DemandLine, ...]


class Candidates:
    """What a cluster can be answered from: for each line its hits, and for each product the mask of lines it matches.

    `computable` holds the sets a table could be made from, where no table covers.
    """

    def __init__(
        self, cluster: Cluster, hits: tuple[Hits, ...], computable: Hits, profile: Callable[[int], Profile]
    ) -> None:
        self.cluster = cluster
        self.hits = hits
        self.computable = computable
        self.full = (1 << len(hits)) - 1
        self.masks = _masks(hits)
        self._profile = profile
        self._profiles: dict[int, Profile] = {}

    def profile(self, number: int) -> Profile:
        """What linkage depends on, of one product in this cluster."""
        profile = self._profiles.get(number)
        if profile is None:
            profile = self._profiles[number] = self._profile(number)
        return profile

    def hits_used(self, members: Iterable[int]) -> tuple[Hits, ...]:
        """The hits these members answer by: the lines' own, or what a table could be made from where none is it."""
        if self.cluster.kind == "table" and not any(self.masks.get(number) == self.full for number in members):
            return (self.computable,) * len(self.hits)
        return self.hits


Members = frozenset[int]


def clusters_of(lines: Sequence[DemandLine], vocabularies: Vocabularies) -> list[Cluster]:
    """The clusters of a group's lines, in the order of their first lines."""
    keyed: dict[tuple[object, ...], list[DemandLine]] = {}
    for line in lines:
        keyed.setdefault(_cluster_key(line, vocabularies), []).append(line)
    return [Cluster(str(key[0]), tuple(found)) for key, found in keyed.items()]


def _cluster_key(line: DemandLine, vocabularies: Vocabularies) -> tuple[object, ...]:
    object_type = vocabularies.object_types.coded(line.object_type or "")
    if object_type is not None and object_type.kind == "aggregate":
        return "table", line.object_type, line.characteristic, line.time
    return "units", object_type.unit if object_type else ANY


class Coverer:
    """Finds the covers of groups in one register. `max_sets` limits how many members a cover may have."""

    def __init__(self, register: Register, vocabularies: Vocabularies, matcher: Matcher, max_sets: int) -> None:
        self._register = register
        self._vocabularies = vocabularies
        self._matcher = matcher
        self._max_sets = max_sets
        self._judged: dict[tuple[Profile, Profile], Judgement] = {}

    def candidates(self, lines: Sequence[DemandLine], barred: frozenset[int]) -> list[Candidates]:
        """For each cluster of some lines what may answer it; `barred` products take no part."""
        return [self._candidates(cluster, barred) for cluster in clusters_of(lines, self._vocabularies)]

    def covers(self, candidates: Sequence[Candidates]) -> list[Members]:
        """Every minimal set of products that answers all clusters."""
        if len(candidates) == 1:
            return list(self._of_cluster(candidates[0]))
        per_cluster = [list(self._of_cluster(one)) for one in candidates]
        unions = {frozenset().union(*sets) for sets in product(*per_cluster)} if all(per_cluster) else set()
        fitting = {union for union in unions if len(union) <= self._max_sets}
        return [union for union in fitting if not _has_smaller(union, fitting)]

    def covered(self, candidates: Sequence[Candidates]) -> bool:
        """Whether there is any cover, without making all of them where there is but one cluster."""
        if len(candidates) == 1:
            return next(self._of_cluster(candidates[0]), None) is not None
        return bool(self.covers(candidates))

    def judged(self, a: Profile, b: Profile) -> Judgement:
        """The judgement on two profiles, made once."""
        judgement = self._judged.get((a, b))
        if judgement is None:
            judgement = self._judged[a, b] = self._judged[b, a] = judge(a, b, self._vocabularies)
        return judgement

    def linked(self, candidates: Candidates, members: Sequence[int]) -> Sequence[int]:
        """The members that answer a cluster together and so must be linked; none where one answers it alone.

        A member may match some of the lines and yet be there for another cluster: of the ways to do without, the one
        that is linked best counts, and of those the one with fewest members.
        """
        masks, full = candidates.masks, candidates.full
        taking_part = [number for number in members if number in masks]
        if candidates.cluster.kind == "table" or any(masks[number] == full for number in taking_part):
            return ()
        ways = [
            some
            for size in range(2, len(taking_part) + 1)
            for some in combinations(taking_part, size)
            if _together(masks[number] for number in some) == full
        ]
        return min(ways, key=lambda some: VERDICTS.index(self._weakest(candidates, some)))

    def unlinkable(self, candidates: Candidates) -> Iterator[tuple[int, int]]:
        """The pairs whose lines add up to the whole cluster but that cannot be linked."""
        if candidates.cluster.kind == "units" and self._max_sets > 1:
            for one, other in self._pairs(candidates):
                if self.judged(one[1], other[1]).verdict == "no":
                    yield from product(one[2], other[2])

    def _weakest(self, candidates: Candidates, members: Sequence[int]) -> Verdict:
        profiles = [candidates.profile(number) for number in members]
        return weakest(self.judged(a, b).verdict for a, b in combinations(profiles, 2))

    def _candidates(self, cluster: Cluster, barred: frozenset[int]) -> Candidates:
        hits = tuple(
            {number: found for number, found in self._matcher.hits(line).items() if number not in barred}
            for line in cluster.lines
        )
        computable: Hits = {}
        if cluster.kind == "table" and (1 << len(hits)) - 1 not in _masks(hits).values():
            found = self._matcher.computable(cluster.lines)
            computable = {number: had for number, had in found.items() if number not in barred}

        def profile(number: int) -> Profile:
            matching = tuple(hit for by_product in hits for hit in by_product.get(number, ()))
            return profile_of(self._register.product(number), matching, self._vocabularies)

        return Candidates(cluster, hits, computable, profile)

    def _of_cluster(self, candidates: Candidates) -> Iterator[Members]:
        full = candidates.full
        whole = [number for number, mask in candidates.masks.items() if mask == full]
        yield from (frozenset((number,)) for number in (whole or candidates.computable))
        if candidates.cluster.kind == "units" and self._max_sets > 1:
            yield from self._joint(candidates)

    def _joint(self, candidates: Candidates) -> Iterator[Members]:
        """Sets of several members: no member is superfluous, and every pair can be linked, or may be."""
        classes = self._classes(candidates)
        for count in range(2, self._max_sets + 1):
            for chosen in self._choices(classes, candidates.full, count):
                yield from (frozenset(members) for members in product(*chosen))

    def _classes(self, candidates: Candidates) -> list[tuple[int, Profile, list[int]]]:
        """The products that match some lines but not all, put together where mask and profile are the same."""
        together: dict[tuple[int, Profile], list[int]] = {}
        for number, mask in sorted(candidates.masks.items()):
            if mask != candidates.full:
                together.setdefault((mask, candidates.profile(number)), []).append(number)
        return [(mask, profile, numbers) for (mask, profile), numbers in together.items()]

    def _choices(
        self, classes: list[tuple[int, Profile, list[int]]], full: int, count: int
    ) -> Iterator[list[list[int]]]:
        """Ways to choose classes, the same one never twice: two of one mask would make each other superfluous."""

        def extend(chosen: list[int], at: int, mask: int) -> Iterator[list[int]]:
            if len(chosen) == count:
                if mask == full and _irredundant([classes[index][0] for index in chosen], full):
                    yield chosen
                return
            for index in range(at, len(classes)):
                added = mask | classes[index][0]
                if added != mask and all(
                    self.judged(classes[index][1], classes[other][1]).verdict != "no" for other in chosen
                ):
                    yield from extend([*chosen, index], index + 1, added)

        for chosen in extend([], 0, 0):
            yield [classes[index][2] for index in chosen]

    def _pairs(
        self, candidates: Candidates
    ) -> Iterator[tuple[tuple[int, Profile, list[int]], tuple[int, Profile, list[int]]]]:
        classes = self._classes(candidates)
        for one, other in combinations(classes, 2):
            if one[0] | other[0] == candidates.full:
                yield one, other


def _masks(hits: tuple[Hits, ...]) -> dict[int, int]:
    """For each product the lines it matches, as bits."""
    masks: dict[int, int] = {}
    for bit, by_product in enumerate(hits):
        for number in by_product:
            masks[number] = masks.get(number, 0) | 1 << bit
    return masks


def _irredundant(masks: list[int], full: int) -> bool:
    """Whether every mask adds a line that no other has."""
    for index in range(len(masks)):
        if _together(mask for other, mask in enumerate(masks) if other != index) == full:
            return False
    return True


def _together(masks: Iterable[int]) -> int:
    """The lines that some masks have between them."""
    return reduce(or_, masks, 0)


def _has_smaller(union: Members, unions: set[Members]) -> bool:
    return any(frozenset(some) in unions for size in range(1, len(union)) for some in combinations(sorted(union), size))
