"""Why nothing was found (docs/language.md section 6): what fails, what succeeds, and what would do."""

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

from tests.catalog.reading.agreement import agrees, with_senses_that_agree
from tests.catalog.reading.concepts import above
from tests.catalog.reading.covers import covers, minimal
from tests.catalog.reading.days import Piece, is_endless, name_of, parse
from tests.catalog.reading.facts import ANY, Demand, Line
from tests.catalog.reading.group import Group, as_read
from tests.catalog.reading.matching import Matcher

_FIELDS = {"object-type": "object_type", "name": "name", "characteristic": "characteristic", "time": "time"}
Edit = tuple[int, str | None, str | None]
"""The line, the field (None for the whole line) and what is put there."""


def why_differs(matcher: Matcher, demand: Demand, got: dict[str, Any]) -> str:
    """What is wrong with what an answer says of why nothing was found; nothing where all is as it must be."""
    why = got["why"]
    if (why is None) != (got["status"] == "found"):
        return "why is told where nothing was found"
    if why is None:
        return ""
    lines = as_read(matcher, [with_senses_that_agree(matcher, line) for line in demand.groups()[0]])
    failing = [line for line in lines if line.number in why["failing"]]
    if _succeeds(matcher, demand, failing) or not all(
        _succeeds(matcher, demand, [one for one in failing if one != line])
        for line in failing
        if _positive(failing, line)
    ):
        return f"failing {why['failing']} is not minimal"
    expected = sorted(sorted(one) for one in succeeding(matcher, demand, lines))
    if sorted(map(sorted, why["succeeding"])) != expected:
        return f"succeeding: reading {expected}, vkd {why['succeeding']}"
    if why["limit"] != limit(matcher, demand, lines):
        return f"limit: reading {limit(matcher, demand, lines)}, vkd {why['limit']}"
    return _relaxations_differ(matcher, demand, why["relaxations"])


def _positive(lines: Sequence[Line], without: Line) -> bool:
    return any(not one.negated for one in lines if one != without)


def _succeeds(matcher: Matcher, demand: Demand, lines: Sequence[Line]) -> bool:
    return bool(minimal(Group(matcher, lines, demand)))


def succeeding(matcher: Matcher, demand: Demand, lines: Sequence[Line]) -> list[frozenset[int]]:
    """All maximal sets of lines that have an answer."""
    found: list[frozenset[int]] = []
    for size in range(len(lines), 0, -1):
        for chosen in combinations(lines, size):
            numbers = frozenset(line.number for line in chosen)
            if not any(numbers < one for one in found) and _succeeds(matcher, demand, chosen):
                found.append(numbers)
    return found


def limit(matcher: Matcher, demand: Demand, lines: Sequence[Line]) -> int | None:
    """How many sets would do, where more than were allowed are needed."""
    group = Group(matcher, lines, demand)
    most = min(len(group.candidates), max(12, len(lines)))
    return next((number for number in range(demand.max_sets + 1, most + 1) if minimal(group, number)), None)


# Relaxations


def _relaxations_differ(matcher: Matcher, demand: Demand, told: Sequence[dict[str, Any]]) -> str:
    promised: dict[Edit, int] = {}
    for one in told:
        edit = one["line"], one["field"], _code(one["field"], one["to"])
        promised[edit] = one["covers"]
        count = _count(matcher, edited(demand, edit))
        if count != one["covers"] or not count:
            return f"relaxation {edit}: reading {count} covers, vkd {one['covers']}"
    for edit in edits(matcher, demand):
        changed = edited(demand, edit)
        if edit not in promised and agrees(matcher, changed) and (count := _count(matcher, changed)):
            return f"relaxation {edit}: reading {count} covers, vkd tells none of {sorted(map(str, promised))}"
    places = [(one["line"], [*_FIELDS, None].index(one["field"])) for one in told]
    return "" if places == sorted(places) else f"order of relaxations {places}"


def _count(matcher: Matcher, demand: Demand) -> int:
    return len(covers(matcher.catalogue, demand, matcher))


def _code(field: str | None, to: str | None) -> str | None:
    """The code of a word that the reading wrote; a time by its days."""
    if field is None or to is None or to == ANY:
        return to
    if field == "time":
        time = parse(to)
        return name_of(time.pieces[0].first, time.pieces[0].last) if time.form == "span" else to
    return to.rsplit(" ", 1)[-1].strip("[]")


def edits(matcher: Matcher, demand: Demand) -> Iterator[Edit]:
    """The edits of the first group that must be tried."""
    vocabularies = (matcher.catalogue.object_types, matcher.catalogue.names, matcher.catalogue.characteristics)
    for line in demand.groups()[0]:
        yield line.number, None, None
        if line.negated:
            continue
        for (field, column), concepts in zip(_FIELDS.items(), (*vocabularies, None), strict=True):
            codes = getattr(line, column)
            if concepts is None:
                yield from ((line.number, field, to) for to in _times(matcher, demand, line))
            elif codes != (ANY,):
                if len(codes) == 1 and codes[0] in concepts:
                    others = {*above(codes[0])[:1], *concepts[codes[0]].see_also} - {codes[0]}
                    yield from ((line.number, field, other) for other in sorted(others & set(concepts)))
                yield line.number, field, ANY


def _times(matcher: Matcher, demand: Demand, line: Line) -> Iterator[str]:
    """The year of a shorter time, the nearest times there are before and after, and any time."""
    time = parse(line.time)
    if time.form == "any":
        return
    if time.form == "span":
        piece = time.pieces[0]
        label = name_of(piece.first, piece.first)[:4]
        if not is_endless(time.days) and not time.days & ~parse(label).days and time.days != parse(label).days:
            yield label
        pieces = _pieces(matcher, demand, line)
        before = [one for one in pieces if one.last < piece.first]
        after = [one for one in pieces if one.first > piece.last]
        yield from (name_of(one.first, one.last) for one in sorted(before, key=lambda one: (one.last, one.first))[-1:])
        yield from (name_of(one.first, one.last) for one in sorted(after, key=lambda one: (one.first, one.last))[:1])
    yield ANY


def _pieces(matcher: Matcher, demand: Demand, line: Line) -> list[Piece]:
    """What sentences that match a line at some time state, but for what holds at all times."""
    anytime = line._replace(time=ANY)
    group = Group(matcher, [anytime], demand)
    return [
        piece
        for product in matcher.catalogue.products
        for hit in group.hits(anytime, product)
        for piece in hit.had.pieces
        if hit.had.temporality != "fixed"
    ]


def edited(demand: Demand, edit: Edit) -> Demand:
    """A demand with one edit made in it."""
    number, field, to = edit
    lines, operators = list(demand.lines), list(demand.operators)
    if field is not None:
        changed: dict[str, Any] = {_FIELDS[field]: to if field == "time" else (to,)}
        lines[number - 1] = lines[number - 1]._replace(**changed)
        return demand._replace(lines=tuple(lines))
    if number > 1 and operators[number - 2] != "E":
        operators[number - 2] = operators[number - 1]
    del lines[number - 1], operators[number - 1]
    numbered = tuple(line._replace(number=place) for place, line in enumerate(lines, start=1))
    return demand._replace(lines=numbered, operators="".join(operators))
