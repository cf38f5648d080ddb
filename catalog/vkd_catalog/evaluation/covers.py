"""Covers: all minimal sets of products that answer a group (docs/language.md section 6, "A group is covered").

A group's lines fall into clusters. Individual lines of one unit type speak of the same units: their members must match
every line between them and be linkable, pair by pair. Aggregate lines that differ in name alone ask for one table: one
member must match them all. Members of different clusters need no linkage.

Nothing is tried product by product. Products that play the same part in a group (they match the same lines, as well,
and can be linked alike) stand for each other, and there are few parts, however many products: covers are found among
the parts, and each such pattern stands for as many covers as there are ways to take one product for each part.
"""

from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property, reduce
from itertools import combinations, product
from math import prod
from operator import or_
from typing import NamedTuple

from vkd_catalog.coding import ANY
from vkd_catalog.evaluation.demand import DemandLine
from vkd_catalog.evaluation.found import VERDICTS, Verdict, weakest
from vkd_catalog.evaluation.hits import Hits
from vkd_catalog.evaluation.linkage import Judgement, Profile, judge, profile_of
from vkd_catalog.evaluation.matching import Matches
from vkd_catalog.register import Register
from vkd_catalog.vocabulary import Vocabularies

_MOST_STEPS = 20_000
"""So many choices are tried to see how many members would do; after them it is not said."""

_FEW_PARTS = 20
"""Of so few products it is tried whether one could serve several clusters."""


class Cluster(NamedTuple):
    """Lines that must be answered together: by linked members (`units`), or by one table (`table`)."""

    kind: str
    lines: tuple[DemandLine, ...]


Alike = tuple[int, ...]
"""Products, by number, that play the same part in a group."""

Pattern = tuple[Alike, ...]
"""Covers that differ only in which of some products alike they take: one of each."""


class Candidates:
    """What a cluster can be answered from: for each line its hits, and for each product the mask of lines it matches.

    `computable` holds the sets a table could be made from, where no table has a sentence for each line.
    """

    def __init__(
        self,
        cluster: Cluster,
        hits: tuple[Hits, ...],
        compute: Callable[[], Hits],
        profile: Callable[[int], Profile],
    ) -> None:
        self.cluster = cluster
        self.hits = hits
        self.full = (1 << len(hits)) - 1
        self.masks = _masks(hits) if cluster.kind != "table" else table_masks(hits)
        self.computable = compute() if cluster.kind == "table" and self.full not in self.masks.values() else {}
        self._profile = profile
        self._profiles: dict[int, Profile] = {}

    def profile(self, number: int) -> Profile:
        """What linkage depends on, of one product in this cluster."""
        profile = self._profiles.get(number)
        if profile is None:
            profile = self._profiles[number] = self._profile(number)
        return profile

    def part(self, number: int) -> tuple[object, ...]:
        """All that matters of a product in this cluster; what answers it alone needs no linkage."""
        mask = self.masks.get(number, 0)
        if not mask:
            return (number in self.computable,)
        alone = self.cluster.kind == "table" or mask == self.full
        grades = (hits[number][0].grade for hits in self.hits if number in hits)
        return mask, number in self.computable, None if alone else self.profile(number), *grades

    @cached_property
    def parts(self) -> "list[Alike]":
        """The products that can answer some of the cluster's lines, grouped by which can replace each other there."""
        return _parts([self])

    def hits_used(self, members: Iterable[int]) -> tuple[Hits, ...]:
        """The hits these members answer by: the lines' own, or what a table could be made from where none is it."""
        if self.cluster.kind == "table" and not any(self.masks.get(number) == self.full for number in members):
            return (self.computable,) * len(self.hits)
        return self.hits


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


class Covers:
    """The covers of a group; their number is that of all ways to take one product for each part of a pattern."""

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        self.patterns = patterns

    def __len__(self) -> int:
        return sum(prod(map(len, pattern)) for pattern in self.patterns)


_Choice = frozenset[int]
"""Some parts, by their place among the parts of a group."""


class Coverer:
    """Finds the covers of groups in one register. `max_sets` limits how many members a cover may have."""

    def __init__(self, register: Register, vocabularies: Vocabularies, matcher: Matches, max_sets: int) -> None:
        self._register = register
        self._vocabularies = vocabularies
        self._matcher = matcher
        self._max_sets = max_sets
        self._judged: dict[tuple[Profile, Profile], Judgement] = {}
        self._profiles: dict[tuple[object, ...], Profile] = {}

    def over(self, matches: Matches) -> "Coverer":
        """A coverer like this one that finds covers from something else."""
        return Coverer(self._register, self._vocabularies, matches, self._max_sets)

    def candidates(self, lines: Sequence[DemandLine], barred: frozenset[int]) -> list[Candidates]:
        """For each cluster of some lines what may answer it; `barred` products take no part."""
        return [self._candidates(cluster, barred) for cluster in clusters_of(lines, self._vocabularies)]

    def covers(self, candidates: Sequence[Candidates]) -> Covers:
        """Every minimal set of products that answers all clusters."""
        parts = _parts_in(candidates)
        return Covers([tuple(parts[place] for place in sorted(choice)) for choice in self._choices(candidates, parts)])

    def covered(self, candidates: Sequence[Candidates]) -> bool:
        """Whether there is any cover."""
        return any(True for _ in self._choices(candidates, _parts_in(candidates)))

    def fewest(self, candidates: Sequence[Candidates], most: int) -> int | None:
        """How many members would do, of more than are allowed but at most so many; None where no number is found."""
        sizes = [self._fewest_of(one, most) for one in candidates]
        if None in sizes:
            return None
        size = sum(filter(None, sizes))
        if len(candidates) > 1 and len(_parts_in(candidates)) <= _FEW_PARTS:
            # One member may serve several clusters, so that fewer may do than the clusters need each by itself.
            for fewer in range(self._max_sets + 1, size):
                if Coverer(self._register, self._vocabularies, self._matcher, fewer).covered(candidates):
                    return fewer
        return size if self._max_sets < size <= most else None

    def _fewest_of(self, candidates: Candidates, most: int) -> int | None:
        """The smallest number of members that answer one cluster."""
        masks = [candidates.masks.get(numbers[0], 0) for numbers in candidates.parts]
        if candidates.computable or candidates.full in masks:
            return 1
        if candidates.cluster.kind == "table":
            return None
        profiles = [candidates.profile(numbers[0]) for numbers in candidates.parts]
        lines = [[place for place, mask in enumerate(masks) if mask >> bit & 1] for bit in range(len(candidates.hits))]
        steps = iter(range(_MOST_STEPS))

        def fits(left: int, chosen: tuple[int, ...], size: int) -> bool:
            """Whether so many more, each linked with all that were chosen, have the lines that are left."""
            if not left:
                return True
            if not size or next(steps, None) is None:
                return False
            line = min((bit for bit in range(len(lines)) if left >> bit & 1), key=lambda bit: len(lines[bit]))
            return any(
                fits(left & ~masks[place], (*chosen, place), size - 1)
                for place in lines[line]
                if all(self.judged(profiles[place], profiles[other]).verdict != "no" for other in chosen)
            )

        return next((size for size in range(2, most + 1) if fits(candidates.full, (), size)), None)

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
        """The pairs that cannot be linked, of sets that would answer the cluster if all of their members could be."""
        if candidates.cluster.kind != "units" or self._max_sets < 2:
            return
        masks, full = candidates.masks, candidates.full
        others = set(masks.values()) - {full}

        @cache
        def adds_up(one: int, other: int) -> bool:
            return _adds_up((one, other), others, full, self._max_sets)

        for one, other in combinations(candidates.parts, 2):
            a, b = masks[one[0]], masks[other[0]]
            apart = a | b not in (a, b) and self._weakest(candidates, (one[0], other[0])) == "no"
            if apart and adds_up(a, b):
                yield from product(one, other)

    def _weakest(self, candidates: Candidates, members: Sequence[int]) -> Verdict:
        profiles = [candidates.profile(number) for number in members]
        return weakest(self.judged(a, b).verdict for a, b in combinations(profiles, 2))

    def _candidates(self, cluster: Cluster, barred: frozenset[int]) -> Candidates:
        hits = tuple(_without(self._matcher.hits(line), barred) for line in cluster.lines)
        return Candidates(
            cluster,
            hits,
            lambda: _without(self._matcher.computable(cluster.lines), barred),
            lambda number: self._profile(number, hits),
        )

    def _profile(self, number: int, hits: tuple[Hits, ...]) -> Profile:
        """A product's profile, made once for all products that state the same and match alike."""
        record = self._register.product(number)
        matching = tuple(hit for by_product in hits for hit in by_product.get(number, ()))
        said = frozenset((hit.sentence.object_type, hit.sentence.name) for hit in matching)
        key = (said, record.unit_id, record.values.get("series"), record.values.get("access"))
        profile = self._profiles.get(key)
        if profile is None:
            profile = self._profiles[key] = profile_of(record, matching, self._vocabularies)
        return profile

    def _choices(self, candidates: Sequence[Candidates], parts: Sequence[Alike]) -> Iterator[_Choice]:
        """The covers among the parts: what answers each cluster, put together, without what is more than enough.

        Two products alike are never both needed, so a cover is a choice of parts that are all different.
        """
        if len(candidates) == 1:
            yield from self._of_cluster(candidates[0], parts)
            return
        per_cluster = [list(self._of_cluster(one, parts)) for one in candidates]
        unions = {frozenset().union(*choices) for choices in product(*per_cluster)} if all(per_cluster) else set()
        fitting = {union for union in unions if len(union) <= self._max_sets}
        yield from (union for union in fitting if not _has_smaller(union, fitting))

    def _of_cluster(self, candidates: Candidates, parts: Sequence[Alike]) -> Iterator[_Choice]:
        """What answers one cluster: one set, or several of which none is superfluous and all can be linked."""
        masks = [candidates.masks.get(numbers[0], 0) for numbers in parts]
        whole = [place for place, mask in enumerate(masks) if mask == candidates.full]
        computable = (place for place, numbers in enumerate(parts) if numbers[0] in candidates.computable)
        yield from (frozenset((place,)) for place in (whole or computable))
        if candidates.cluster.kind == "units":
            some = {place: mask for place, mask in enumerate(masks) if mask not in (0, candidates.full)}
            profiles = {place: candidates.profile(parts[place][0]) for place in some}
            for size in range(2, self._max_sets + 1):
                yield from self._joint(size, some, profiles, candidates.full)

    def _joint(
        self, size: int, masks: Mapping[int, int], profiles: Mapping[int, Profile], full: int
    ) -> Iterator[_Choice]:
        """The ways to choose `size` parts that match all lines between them and can be linked, pair by pair."""
        # A function in here that calls itself would hold on to itself, and to the register, until memory is searched.
        yield from self._extended((), 0, list(masks), (size, masks, profiles, full))

    def _extended(
        self,
        chosen: tuple[int, ...],
        had: int,
        left: Sequence[int],
        wanted: tuple[int, Mapping[int, int], Mapping[int, Profile], int],
    ) -> Iterator[_Choice]:
        """The ways to choose on from what is `left`, where the chosen have the lines `had`."""
        size, masks, profiles, full = wanted
        if len(chosen) == size:
            if had == full and _irredundant([masks[place] for place in chosen], full):
                yield frozenset(chosen)
            return
        for index, place in enumerate(left, start=1):
            if had | masks[place] != had and all(
                self.judged(profiles[place], profiles[other]).verdict != "no" for other in chosen
            ):
                yield from self._extended((*chosen, place), had | masks[place], left[index:], wanted)


def _parts_in(candidates: Sequence[Candidates]) -> list[Alike]:
    return candidates[0].parts if len(candidates) == 1 else _parts(candidates)


def _parts(candidates: Sequence[Candidates]) -> list[Alike]:
    """The products that may answer some of the lines, those together that play the same part in every cluster."""
    together: dict[tuple[object, ...], list[int]] = {}
    for number in sorted({number for one in candidates for number in (*one.masks, *one.computable)}):
        together.setdefault(tuple(one.part(number) for one in candidates), []).append(number)
    return [tuple(numbers) for numbers in together.values()]


def _without(hits: Hits, barred: frozenset[int]) -> Hits:
    return {number: found for number, found in hits.items() if number not in barred} if barred else hits


def _masks(hits: tuple[Hits, ...]) -> dict[int, int]:
    """For each product the lines it matches, as bits."""
    masks: dict[int, int] = {}
    for bit, by_product in enumerate(hits):
        for number in by_product:
            masks[number] = masks.get(number, 0) | 1 << bit
    return masks


def table_masks(hits: tuple[Hits, ...]) -> dict[int, int]:
    """For each product, the lines of a table that it answers, each by its own sentence; bit 0 is the first line."""
    masks = _masks(hits)
    full = (1 << len(hits)) - 1
    if len(hits) > 1:
        for number in [number for number, mask in masks.items() if mask == full]:
            masks[number] = _with_sentences([{hit.line for hit in by_product[number]} for by_product in hits])
    return masks


def _with_sentences(found: Sequence[Collection[int]]) -> int:
    """The lines that can each be given a sentence of its own, as bits, up to the first that cannot; `found` are those
    that match each line. Sentences are given anew along augmenting ways (H. Kuhn, The Hungarian method, 1955)."""
    given: dict[int, int] = {}
    mask = 0
    for line in range(len(found)):
        came_from: dict[int, tuple[int, int | None]] = {}
        waiting: deque[tuple[int, int, int | None]] = deque((sentence, line, None) for sentence in found[line])
        free = None
        while waiting and free is None:
            sentence, by, before = waiting.popleft()
            if sentence in came_from:
                continue
            came_from[sentence] = by, before
            if sentence not in given:
                free = sentence
            else:
                waiting.extend((other, given[sentence], sentence) for other in found[given[sentence]])
        if free is None:
            return mask
        mask |= 1 << line
        at: int | None = free
        while at is not None:
            given[at], at = came_from[at]
    return mask


def _irredundant(masks: list[int], full: int) -> bool:
    """Whether every mask adds a line that no other has."""
    return all(
        _together(mask for other, mask in enumerate(masks) if other != index) != full for index in range(len(masks))
    )


def _adds_up(pair: tuple[int, int], others: Collection[int], full: int, most: int) -> bool:
    """Whether a pair, alone or with so many others, has all lines, so that none of them could be left out."""
    missing = full & ~_together(pair)
    if not missing:
        return _irredundant(list(pair), full)
    useful = [mask for mask in others if mask & missing]
    return any(
        _together(some) & missing == missing and _irredundant([*pair, *some], full)
        for size in range(1, most - 1)
        for some in combinations(useful, size)
    )


def _together(masks: Iterable[int]) -> int:
    """The lines that some masks have between them."""
    return reduce(or_, masks, 0)


def _has_smaller(union: _Choice, unions: set[_Choice]) -> bool:
    return any(frozenset(some) in unions for size in range(1, len(union)) for some in combinations(sorted(union), size))
