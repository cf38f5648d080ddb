"""What goes with what in a line (docs/language.md section 5), and which senses of a word stay (section 2)."""

from collections.abc import Iterator, Sequence

from tests.catalog.reading.days import parse
from tests.catalog.reading.facts import ANY, Demand, Line
from tests.catalog.reading.matching import Matcher

_NAMES = {
    ("individual", "singular"): {"individual"},
    ("individual", "plural"): {"register", "class"},
    ("aggregate", "singular"): {"register", "class"},
    ("aggregate", "plural"): {"classification", "class"},
}
"""The kinds of names that go with an object type, by the table of section 5."""


def agrees(matcher: Matcher, demand: Demand) -> bool:
    """Whether a demand has no errors."""
    if not demand.lines or demand.operators[-1] != "." or "." in demand.operators[:-1]:
        return False
    groups = ([with_senses_that_agree(matcher, line) for line in group] for group in demand.groups())
    return all(_group_agrees(matcher, group) for group in groups)


def with_senses_that_agree(matcher: Matcher, line: Line) -> Line:
    """A line whose words keep the senses that agree with some sense of each other field; where none does, all stay."""
    readings = [
        one
        for one in _readings(line)
        if _agree(matcher, *one) and _stand_together(matcher, *one[1:]) and _is_valid(matcher, one[1], line.time)
    ]
    if not readings:
        return line
    kept = [
        tuple(code for code in codes if code in {one[place] for one in readings})
        for place, codes in enumerate(line[1:4])
    ]
    return line._replace(object_type=kept[0], name=kept[1], characteristic=kept[2])


def _is_valid(matcher: Matcher, name: str, time: str) -> bool:
    concept = matcher.names.of(name)
    valid = parse(f"{concept.valid_from}..{concept.valid_to}")
    return bool(valid.days & parse(time).days)


def _group_agrees(matcher: Matcher, group: Sequence[Line]) -> bool:
    return any(not line.negated for line in group) and all(
        any(
            _agree(matcher, *one)
            or _is_taken_as_the_plural(matcher, *one)
            or (_states_a_population(matcher, *one) and _is_divided(matcher, group))
            for one in _readings(line)
        )
        for line in group
    )


def _readings(line: Line) -> Iterator[tuple[str, str, str]]:
    return ((o, n, c) for o in line.object_type for n in line.name for c in line.characteristic)


def _agree(matcher: Matcher, object_type: str, name: str, characteristic: str) -> bool:
    """Whether three concepts go together, by the table and by what they are defined for."""
    if not _is_defined(matcher, object_type, characteristic):
        return False
    concept, kind = matcher.objects.of(object_type), matcher.names.of(name).kind
    if name.startswith("="):
        return (concept.kind, concept.number) == ("individual", "singular")
    if object_type == ANY or name == ANY:
        return True
    names = _NAMES.get((concept.kind, concept.number))
    return names is None or not kind or kind in names


def _stand_together(matcher: Matcher, name: str, characteristic: str) -> bool:
    """Whether a row of the table has both a name and a characteristic of such kinds, whatever the object type is."""
    kinds = matcher.names.of(name).kind, matcher.characteristics.of(characteristic).kind
    return not all(kinds) or any(kinds[0] in names for (kind, _), names in _NAMES.items() if kind == kinds[1])


def _is_defined(matcher: Matcher, object_type: str, characteristic: str) -> bool:
    if ANY in (object_type, characteristic):
        return True
    concept, told = matcher.objects.of(object_type), matcher.characteristics.of(characteristic)
    if told.kind and concept.kind and told.kind != concept.kind:
        return False
    defined = told.object_types
    return not defined or any(matcher.objects.is_at_or_below(object_type, one) for one in defined)


def _is_taken_as_the_plural(matcher: Matcher, object_type: str, name: str, characteristic: str) -> bool:
    """Whether a line is a singular aggregate with a classification, which is a hint only."""
    concept = matcher.objects.of(object_type)
    singular = (concept.kind, concept.number) == ("aggregate", "singular")
    divides = matcher.names.of(name).kind == "classification"
    return singular and divides and _is_defined(matcher, object_type, characteristic)


def _states_a_population(matcher: Matcher, object_type: str, name: str, characteristic: str) -> bool:
    """Whether a line is a plural aggregate with a register."""
    concept = matcher.objects.of(object_type)
    plural = (concept.kind, concept.number) == ("aggregate", "plural")
    return plural and matcher.names.of(name).kind == "register" and _is_defined(matcher, object_type, characteristic)


def _is_divided(matcher: Matcher, group: Sequence[Line]) -> bool:
    """Whether a line of the group divides a table, so that a register beside it states its population."""
    return any(
        name == ANY or matcher.names.of(name).kind in ("classification", "class")
        for line in group
        for name in line.name
        if any(_may_be_aggregate(matcher, line, code) for code in line.object_type)
    )


def _may_be_aggregate(matcher: Matcher, line: Line, object_type: str) -> bool:
    """Whether an object type is an aggregate; a don't-care is unless all that is asked of it is individual."""
    if object_type != ANY:
        return matcher.objects.of(object_type).kind == "aggregate"
    return any(code == ANY or matcher.characteristics.of(code).kind != "individual" for code in line.characteristic)
