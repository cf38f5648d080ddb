"""How a set of candidates covers a group at its best: which answer which lines, by which editions (docs/language.md section 6)."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from itertools import product as choices_of
from typing import NamedTuple

from tests.catalog.reading.computing import Computed, smallest
from tests.catalog.reading.days import parse
from tests.catalog.reading.facts import COMPUTABLE, EXACT, Line, Product
from tests.catalog.reading.group import Area, Candidate, Group
from tests.catalog.reading.linkage import YES, Pair, across, linked
from tests.catalog.reading.matching import Hit, Table, answered


class Choice(NamedTuple):
    """One way in which candidates cover a group: each line's grade, the editions kept, and what is told of pairs of them."""

    grades: dict[int, int]
    kept: dict[str, tuple[Product, ...]]
    pairs: tuple[Pair, ...]
    computed: dict[int, tuple[Hit, ...]]

    @property
    def linkage(self) -> int:
        """The worst verdict of the pairs that must be linked."""
        return max((pair.verdict for pair in self.pairs if not pair.across), default=YES)

    @property
    def order(self) -> tuple[int, int, list[int]]:
        """The best choice counts: by the cover's grade, then by linkage."""
        return max(self.grades.values()), self.linkage, sorted(self.grades.values(), reverse=True)


class Answer(NamedTuple):
    """How one candidate answers one line, and from what."""

    candidate: str
    line: Line
    grade: int
    time: int
    days: int
    editions: tuple[Product, ...]
    there: frozenset[str]
    area: Area
    computed: Computed | None = None


class Shared(NamedTuple):
    """Lines about units of one type, and the members that are chosen to answer them together."""

    area: Area
    lines: tuple[Line, ...]
    members: tuple[Candidate, ...]


def best_choice(group: Group, members: tuple[Candidate, ...]) -> Choice | None:
    """The best way in which some candidates, none of them too many, cover a group."""
    there = frozenset(edition.identification for one in members for edition in one.editions)
    if any(group.is_struck(edition, there) for one in members for edition in one.editions):
        return None
    found = []
    for shared in _ways_to_share(group, members, there):
        choice = _choice(group, members, there, shared)
        if choice and len(choice.kept) == len(members):
            found.append(choice)
    return min(found, key=lambda one: one.order, default=None)


def _ways_to_share(group: Group, members: tuple[Candidate, ...], there: frozenset[str]) -> Iterator[tuple[Shared, ...]]:
    """Every choice of members for the lines about units of each type; a line is of every type that answers it."""
    lines: dict[Area, list[Line]] = {}
    for line in group.lines:
        for area in sorted(_areas_here(group, line, members, there)):
            if area[0] == "individual":
                lines.setdefault(area, []).append(line)
    subsets = [one for size in range(1, len(members) + 1) for one in combinations(members, size)]
    for chosen in choices_of(subsets, repeat=len(lines)):
        yield tuple(Shared(area, tuple(lines[area]), some) for area, some in zip(lines, chosen, strict=True))


def _areas_here(group: Group, line: Line, members: tuple[Candidate, ...], there: frozenset[str]) -> set[Area]:
    """What the sentences of some members that answer a line speak of."""
    hits = [hit for one in members for edition in one.editions for hit in group.hits(line, edition)]
    return {group.area_of(hit) for hit in hits if hit.needs <= there}


def _choice(
    group: Group, members: tuple[Candidate, ...], there: frozenset[str], shared: tuple[Shared, ...]
) -> Choice | None:
    """What comes of one choice; None where some line, or some table as a whole, is not answered."""
    answers: list[Answer] = []
    for one in shared:
        found = [
            answer for line in one.lines for member in one.members for answer in _of_units(group, line, member, one)
        ]
        if {answer.line for answer in found} != set(one.lines):
            return None
        answers += found
    for table in group.tables:
        of_table = _of_table(group, table, members, there)
        if of_table is None:
            return None
        answers += of_table
    grades: dict[int, int] = {}
    for answer in answers:
        grades[answer.line.number] = min(answer.grade, grades.get(answer.line.number, answer.grade))
    if len(grades) < len(group.lines):
        return None
    best = [answer for answer in answers if answer.grade == grades[answer.line.number]]
    kept = _kept(group, members, best)
    made: dict[int, tuple[Hit, ...]] = {}
    for answer in best:
        if answer.computed:
            made[answer.line.number] = made.get(answer.line.number, ()) + answer.computed.hits
    return Choice(grades, kept, _pairs(group, kept, shared), made)


def _of_units(group: Group, line: Line, member: Candidate, shared: Shared) -> Iterator[Answer]:
    """How a member answers a line about units, where those chosen with it are there."""
    there = frozenset(edition.identification for one in shared.members for edition in one.editions)
    found = answered(group.matcher, line, group.hits_in(line, member.editions, there, shared.area))
    if found:
        yield Answer(member.name, line, *found, member.editions, there, shared.area)


def _of_table(group: Group, table: Table, members: tuple[Candidate, ...], there: frozenset[str]) -> list[Answer] | None:
    """How members answer a table; None where sentences of them answer some of its lines, and nothing all."""
    area = "aggregate", table.unit
    lines = [
        line for line in table.lines if group.areas(line) == [area] or area in _areas_here(group, line, members, there)
    ]
    answers = []
    for member in members if lines else ():
        editions = tuple(one for one in member.editions if group.has_table(one, table, lines, there))
        for line in lines:
            found = answered(group.matcher, line, group.hits_in(line, editions, there, area))
            if found:
                answers.append(Answer(member.name, line, *found, editions, there, area))
    if answers:
        return answers
    for member in members:
        if how := group.computed(table, member):
            for line in table.lines:
                answers.append(Answer(member.name, line, COMPUTABLE, EXACT, 0, member.editions, there, area, how))
    return answers if answers or not lines else None


# Editions


def _kept(group: Group, members: tuple[Candidate, ...], answers: list[Answer]) -> dict[str, tuple[Product, ...]]:
    """The smallest set of editions of each candidate with which the lines that it answers best keep grade and days."""
    needed = {
        name
        for answer in answers
        for hit in group.hits_in(answer.line, answer.editions, answer.there, answer.area)
        for name in hit.needs
        if hit.fields <= answer.grade and not answer.computed
    }
    kept = {}
    for member in members:
        must = {edition for edition in member.editions if edition.identification in needed}
        own = [answer for answer in answers if answer.candidate == member.name]
        if must or own:
            kept[member.name] = _smallest_of(group, member, must, own)
    return kept


def _smallest_of(group: Group, member: Candidate, must: set[Product], answers: list[Answer]) -> tuple[Product, ...]:
    def keeps(editions: tuple[Product, ...]) -> bool:
        return must <= set(editions) and all(_is_kept(group, answer, editions) for answer in answers)

    return smallest(member.editions, keeps)


def _is_kept(group: Group, answer: Answer, editions: tuple[Product, ...]) -> bool:
    """Whether some editions answer a line as well as all of them do."""
    if answer.computed:
        return answer.computed.is_kept(editions)

    def by(some: Iterable[Product]) -> tuple[int, int]:
        found = answered(group.matcher, answer.line, group.hits_in(answer.line, some, answer.there, answer.area))
        return (found.grade, found.days) if found else (COMPUTABLE, 0)

    grade, days = by(one for one in answer.editions if one in editions)
    if grade > answer.grade:
        return False
    if parse(answer.line.time).form == "any":
        return all(by([one])[0] > answer.grade for one in answer.editions if one not in editions)
    return answer.time == EXACT or not answer.days & ~days


# Linkage


def _pairs(group: Group, kept: Mapping[str, tuple[Product, ...]], shared: tuple[Shared, ...]) -> tuple[Pair, ...]:
    """The pairs of editions that answer lines about the same units, then those that answer lines about others."""
    there = frozenset(edition.identification for editions in kept.values() for edition in editions)
    found: dict[tuple[str, str], Pair] = {}
    for one in shared:
        editions = [edition for member in one.members for edition in kept.get(member.name, ())]
        for a, b in _in_order(editions):
            names = [_names(group, one, edition, there) for edition in (a, b)]
            if all(names) and (not a.collection or a.collection != b.collection or names[0].keys() != names[1].keys()):
                pair = linked(group.matcher, one.area[1], a, b, (_all_of(names[0]), _all_of(names[1])))
                key = a.identification, b.identification
                if key not in found or found[key].verdict < pair.verdict:
                    found[key] = pair
    return (*found.values(), *_across(group, kept, there, found))


def _across(
    group: Group, kept: Mapping[str, tuple[Product, ...]], there: frozenset[str], asked: Iterable[tuple[str, str]]
) -> Iterator[Pair]:
    """Pairs that answer lines of different unit types, or individual beside aggregate lines."""
    editions = [edition for some in kept.values() for edition in some]
    areas = {
        edition: {
            group.area_of(hit)
            for line in group.lines
            for one in editions
            for hit in group.hits(line, one)
            if hit.needs <= there and hit.place[0] == edition.identification
        }
        for edition in editions
    }
    for a, b in _in_order(editions):
        different = any(one != other for one in areas[a] for other in areas[b])
        if different and (a.identification, b.identification) not in asked:
            yield across(group.matcher, a, b)


def _in_order(editions: Iterable[Product]) -> Iterator[tuple[Product, Product]]:
    return combinations(sorted(editions, key=lambda one: one.identification), 2)


def _names(group: Group, shared: Shared, edition: Product, there: frozenset[str]) -> dict[int, set[str]]:
    """The lines that an edition answers, also by a part of what another's is derived from, and by sentences of which names."""
    found: dict[int, set[str]] = {}
    for line in shared.lines:
        for one in group.editions if there else ():
            for hit in group.hits(line, one) if one.identification in there else ():
                if hit.place[0] == edition.identification and hit.needs <= there and group.area_of(hit) == shared.area:
                    found.setdefault(line.number, set()).add(hit.sentence.name)
    return found


def _all_of(names: Mapping[int, set[str]]) -> set[str]:
    return set().union(*names.values())
