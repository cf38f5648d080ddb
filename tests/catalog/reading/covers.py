"""Covers of a demand, in their order (docs/language.md section 6, "A group is covered")."""

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import NamedTuple

from tests.catalog.reading import days
from tests.catalog.reading.choosing import Choice, best_choice
from tests.catalog.reading.days import parse
from tests.catalog.reading.facts import GRADES, NOT_STATED, Catalogue, Demand, Line
from tests.catalog.reading.group import Candidate, Group
from tests.catalog.reading.linkage import NO, Pair
from tests.catalog.reading.matching import Hit, Matcher, Place, own_grade, together


class Cover(NamedTuple):
    """An answer: what is needed, how good it is, and which sentences say so."""

    group: int
    grade: str
    grades: dict[int, str]
    candidates: tuple[tuple[str, tuple[str, ...]], ...]
    members: tuple[str, ...]
    lines: dict[int, dict[tuple[str, int], str]]
    populations: dict[tuple[int, str, int], tuple[str, ...]]
    senses: dict[tuple[int, str, int], frozenset[str]]
    lacks: dict[int, tuple[str, ...]]
    linkage: tuple[Pair, ...]
    rank: tuple[object, ...]
    names: frozenset[str]


def covers(catalogue: Catalogue, demand: Demand, matcher: Matcher | None = None) -> list[Cover]:
    """All covers of all groups, in order; of those equal but for the last one of each set of names comes first."""
    matcher = matcher or Matcher(catalogue)
    found = [
        cover
        for number, lines in enumerate(demand.groups(), start=1)
        for cover in _of_group(Group(matcher, lines, demand, number))
    ]
    found.sort(key=lambda one: (one.rank, one.members, one.group))
    rounds: Counter[object] = Counter()
    ordered = []
    for cover in found:
        key = cover.rank, cover.names
        ordered.append((cover.rank, rounds[key], cover.members, cover.group, cover))
        rounds[key] += 1
    return [one[-1] for one in sorted(ordered, key=lambda one: one[:-1])]


def _of_group(group: Group) -> list[Cover]:
    return [_cover(group, members, choice) for members, choice in minimal(group)]


def minimal(group: Group, max_sets: int | None = None) -> list[tuple[tuple[Candidate, ...], Choice]]:
    """The minimal sets of candidates that cover a group, and the best choice of each."""
    if not group.lines:
        return []
    useful = _useful(group)
    found: list[tuple[tuple[Candidate, ...], Choice]] = []
    for size in range(1, (max_sets or group.demand.max_sets) + 1):
        for members in combinations(useful, size):
            if not any(set(smaller) <= set(members) for smaller, _ in found):
                choice = best_choice(group, members)
                if choice and choice.linkage < NO:
                    found.append((members, choice))
    return found


def _useful(group: Group) -> list[Candidate]:
    """The candidates that answer some line, or stand where something is derived from."""
    hits = [hit for line in group.lines for edition in group.editions for hit in group.hits(line, edition)]
    wanted = {hit.place[0] for hit in hits} | {name for hit in hits for name in hit.needs}
    return [
        one
        for one in group.candidates
        if any(edition.identification in wanted for edition in one.editions)
        or any(group.computed(table, one) for table in group.tables)
    ]


# What is told of a cover


def _cover(group: Group, members: tuple[Candidate, ...], choice: Choice) -> Cover:
    used = _used(group, choice)
    told = {
        line.number: {hit.place: _grade_of(hit.place, line, used[line.number]) for hit in used[line.number]}
        for line in group.lines
    }
    return Cover(
        group.number,
        GRADES[max(choice.grades.values())],
        {number: GRADES[grade] for number, grade in choice.grades.items()},
        tuple(sorted((one.collection, _identifications(choice, [one])) for one in members)),
        _identifications(choice, members),
        told,
        {(number, *hit.place): hit.population for number, hits in used.items() for hit in hits if hit.population},
        _senses(used),
        _lacks(group, used, choice),
        choice.pairs,
        _rank(group, members, choice, used),
        frozenset(hit.sentence.name for hits in used.values() for hit in hits),
    )


def _grade_of(place: Place, line: Line, hits: Iterable[Hit]) -> str:
    """A sentence's own grade; of one that is only cited that of what it is cited beside."""
    own = [hit for hit in hits if hit.place == place]
    return GRADES[min(own_grade(line, hit) for hit in [hit for hit in own if not hit.is_beside] or own)]


def _used(group: Group, choice: Choice) -> dict[int, list[Hit]]:
    """Every sentence of the editions kept that answers each line."""
    editions = [one for kept in choice.kept.values() for one in kept]
    there = {one.identification for one in editions}
    return {
        line.number: [
            hit
            for hit in (
                *(hit for one in editions for hit in group.hits(line, one)),
                *choice.computed.get(line.number, ()),
            )
            if hit.needs <= there and hit.place[0] in there
        ]
        for line in group.lines
    }


def _identifications(choice: Choice, members: Iterable[Candidate]) -> tuple[str, ...]:
    return tuple(sorted(edition.identification for one in members for edition in choice.kept[one.name]))


def _lacks(group: Group, used: Mapping[int, list[Hit]], choice: Choice) -> dict[int, tuple[str, ...]]:
    """The periods of each series asked that no sentence answers."""
    found = {}
    for line in group.lines:
        asked = parse(line.time)
        hits = [hit for hit in used[line.number] if not hit.is_beside]
        fixed = any(hit.had.temporality == "fixed" for hit in hits)
        if asked.form == "series" and hits and not fixed and choice.grades[line.number] < NOT_STATED:
            lacking = [set(days.lacking(asked, together([hit])._replace(unstated=False))) for hit in hits]
            if none := set.intersection(*lacking):
                found[line.number] = tuple(label for label in asked.labels if label in none)
    return found


def _rank(
    group: Group, members: tuple[Candidate, ...], choice: Choice, used: Mapping[int, list[Hit]]
) -> tuple[object, ...]:
    """The order of covers, but for the identifications."""
    by_candidate: dict[str, list[tuple[Hit, int]]] = {one.name: [] for one in members}
    for line in group.lines:
        for hit in used[line.number]:
            product = group.matcher.products[hit.place[0]]
            stated = parse(hit.sentence.time, product.updated).days & parse(line.time).days
            by_candidate[product.collection or product.identification].append((hit, stated))
    hits = list(by_candidate.values())
    latest = max((stated.bit_length() for each in hits for _, stated in each), default=0)
    common = min(max((_products_with(group, hit.sentence.name) for hit, _ in each), default=0) for each in hits)
    return max(choice.grades.values()), len(members), choice.linkage, -_shared_years(group, hits), -latest, -common


def _shared_years(group: Group, hits: Iterable[Iterable[tuple[Hit, int]]]) -> float:
    """How far candidates speak of the same years: as a share of those that any speaks of, what is fixed aside."""
    each = [
        days.years(days.union(stated for hit, stated in one if group.matcher.temporality(hit.sentence) != "fixed"))
        for one in hits
    ]
    stated = [one for one in each if one]
    return len(set.intersection(*stated)) / len(set.union(*stated)) if stated else 1.0


def _products_with(group: Group, name: str) -> int:
    """How many products have a sentence of a name."""
    return sum(any(one.name == name for one in product.sentences) for product in group.matcher.catalogue.products)


def _senses(used: Mapping[int, list[Hit]]) -> dict[tuple[int, str, int], frozenset[str]]:
    found: dict[tuple[int, str, int], set[str]] = {}
    for number, hits in used.items():
        for hit in hits:
            if hit.sense:
                found.setdefault((number, *hit.place), set()).add(hit.sense)
    return {key: frozenset(senses) for key, senses in found.items()}
