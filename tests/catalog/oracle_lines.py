"""When one line of a demand matches a product's sentence: docs/language.md sections 3 to 6, as plain as they can be written.

It shares no code with the project. A time is the set of its days, a code the list of its segments.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cache

from tests.catalog.meanings import (
    ANY,
    NOTHING,
    Catalogue,
    Product,
    Spec,
    codes_above,
    inherited,
    is_below,
)

GRADES = ("exact", "narrower", "contained", "derived", "partial", "computable")


# Time

_FIRST, _LAST = date(1955, 1, 1), date(1979, 12, 31)
_CALENDAR = [_FIRST + timedelta(days) for days in range((_LAST - _FIRST).days + 1)]
BEFORE, AFTER = 0, 99999999
"""Stand for all days before and after the calendar, which a stretch open at that side has and no other time."""


@cache
def days(time: str) -> frozenset[int]:
    """The days a time names, of those from 1955 to 1979; bounded times must end well inside."""
    if ".." in time:
        left, right = (side.strip() for side in time.split(".."))
        first = min(days(left)) if left else BEFORE
        last = max(days(right)) if right else AFTER
        return frozenset(day for day in (BEFORE, *map(_number, _CALENDAR), AFTER) if first <= day <= last)
    return frozenset(_number(day) for day in _CALENDAR if _is_in(day, time))


def _number(day: date) -> int:
    return int(day.strftime("%Y%m%d"))


def _is_in(day: date, time: str) -> bool:
    if len(time) == 8:
        return all(asked in ("-", had) for asked, had in zip(time, day.strftime("%Y%m%d"), strict=True))
    year, form, nth = int(time[:4]), time[4:].strip("0123456789"), time[4:].lstrip("KQUWHM")
    if form in ("U", "W"):
        return day.isocalendar()[:2] == (year, int(nth))
    part = {"K": (day.month + 2) // 3, "Q": (day.month + 2) // 3, "H": (day.month + 5) // 6}.get(form, day.month)
    return day.year == year and (not nth or part == int(nth))


@cache
def time_grade(asked: str, described: str, temporality: str) -> str | None:
    """Degree of match a described time meets the asked one; None where it does not, also for a flow longer than asked."""
    if asked == ANY or temporality == "fixed":
        return "exact"
    t, u = days(asked), days(described)
    if not t & u:
        return None
    if t <= u:
        return None if temporality == "accumulated" and t != u else "exact"
    return "narrower" if u <= t else "partial"


@cache
def is_too_long(asked: str, described: str, temporality: str) -> bool:
    """Whether a flow was counted over a longer time than asked."""
    return temporality == "accumulated" and asked != ANY and days(asked) < days(described)


@cache
def days_between(asked: str, described: str) -> int:
    """How many days lie between two times; none where they meet, or where one has no day at all."""
    if asked == ANY:
        return 0
    t, u = days(asked), days(described)
    outer = range(min(t), max(t) + 1)
    if any(day in outer for day in u):
        return 0
    pair = (max(u), min(t)) if max(u) < min(t) else (max(t), min(u))
    first, last = (date(day // 10000, day // 100 % 100, day % 100) for day in pair)
    return (last - first).days


# Codes


@cache
def code_grade(asked: str, described: str) -> str | None:
    if asked in (ANY, described):
        return "exact"
    return "narrower" if is_below(described, asked) else None


def worst(grades: Sequence[str]) -> str:
    return max(grades, key=GRADES.index)


def _all(*grades: str | None) -> str | None:
    """The worst grade; None where any is missing."""
    return worst([grade for grade in grades if grade]) if all(grades) else None


class Matcher:
    """Which sentences match a line, and how well."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.object_types = inherited(catalogue.object_types)
        self.names = inherited(catalogue.names)
        self.characteristics = inherited(catalogue.characteristics)

    def matches(self, asked: Spec, had: Product) -> dict[int, str]:
        """The places of the product's sentences that match, from 1, each with its grade."""
        found = self._derived(asked, had)
        for place, sentence in enumerate(had.sentences, start=1):
            grades = [grade for grade in (self._direct(asked, sentence), self._held(asked, sentence)) if grade]
            if grades:
                found[place] = grades[0]
        return found

    def _direct(self, asked: Spec, sentence: Spec) -> str | None:
        beside = self._beside_characteristic(asked, sentence)
        return _all(beside, code_grade(asked.characteristic, sentence.characteristic))

    def _beside_characteristic(self, asked: Spec, sentence: Spec) -> str | None:
        """The grade of object type, name and time."""
        if self.kinds_differ(asked, sentence):
            return None
        return _all(
            code_grade(asked.object_type, sentence.object_type),
            code_grade(asked.name, sentence.name),
            self.time(asked, sentence),
        )

    def _held(self, asked: Spec, sentence: Spec) -> str | None:
        """A singular aggregate of a class is one row of a table by what stands above the class."""
        return _all(self._holds(asked, sentence), code_grade(asked.characteristic, sentence.characteristic))

    def _holds(self, asked: Spec, sentence: Spec) -> str | None:
        """The grade of a table that has such a row, whatever its characteristic."""
        object_types = self.object_types if asked.object_type == ANY else [asked.object_type]
        names = self.names if asked.name == ANY else [asked.name]
        if (
            (asked.object_type, asked.name) == (ANY, ANY)
            or self.kinds_differ(asked, sentence)
            or not any(self._is_row_of(one, sentence.object_type) for one in object_types)
            or not any(self.name_kind(name) == "class" and is_below(name, sentence.name) for name in names)
        ):
            return None
        return _all("contained", self.time(asked, sentence))

    def _is_row_of(self, singular: str, table: str) -> bool:
        plural = self.plural(singular)
        return bool(plural and code_grade(plural, table)) and self.form(table) == ("aggregate", "plural")

    def _derived(self, asked: Spec, had: Product) -> dict[int, str]:
        """The sentences from which the asked characteristic can be derived within the product, or in a table of it."""
        beside = {}
        for place, sentence in enumerate(had.sentences, start=1):
            direct = _all("derived", self._beside_characteristic(asked, sentence))
            grades = [grade for grade in (direct, self._holds(asked, sentence)) if grade]
            if grades:
                beside[place] = min(grades, key=GRADES.index)
        usable = {place: had.sentences[place - 1].characteristic for place in beside}
        sources = self._sources(asked.characteristic, usable, (asked.characteristic,))
        return {place: beside[place] for place in sources}

    def _sources(self, characteristic: str, usable: Mapping[int, str], way: tuple[str, ...]) -> set[int]:
        """The sentences of every alternative that the product has all parts of, each part itself or derived."""
        found: set[int] = set()
        for alternative in self.characteristics.get(characteristic, NOTHING).derived_from:
            parts = []
            for part in alternative:
                had = {place for place, code in usable.items() if code_grade(part, code)}
                if part not in way:
                    had |= self._sources(part, usable, (*way, part))
                parts.append(had)
            if all(parts):
                found.update(*parts)
        return found

    def nearly(self, asked: Spec, sentence: Spec) -> list[str]:
        """What alone keeps a sentence from matching: a field broader than asked, or a flow over too long a time."""
        if self.kinds_differ(asked, sentence):
            return []
        fields = list(zip(("object-type", "name", "characteristic"), asked, sentence, strict=False))
        wrong = [field for field, one, other in fields if not code_grade(one, other)]
        if is_too_long(asked.time, sentence.time, self._temporality(sentence)):
            held = self._held(asked, sentence._replace(time=asked.time))
            return ["flow-too-long"] if held or not wrong else []
        broader = [field for field, one, other in fields if is_below(one, other)]
        return [f"broader-{wrong[0]}"] if len(wrong) == 1 and wrong == broader and self.time(asked, sentence) else []

    def time(self, asked: Spec, sentence: Spec) -> str | None:
        return time_grade(asked.time, sentence.time, self._temporality(sentence))

    def _temporality(self, sentence: Spec) -> str:
        return self.characteristics[sentence.characteristic].temporality

    def kinds_differ(self, asked: Spec, sentence: Spec) -> bool:
        return {self._kind(asked), self._kind(sentence)} == {"individual", "aggregate"}

    def _kind(self, spec: Spec) -> str:
        """Individual or aggregate: the object type's kind, else the characteristic's."""
        return self.form(spec.object_type)[0] or self.characteristics.get(spec.characteristic, NOTHING).kind

    def form(self, object_type: str) -> tuple[str, str]:
        entry = self.object_types.get(object_type, NOTHING)
        return entry.kind, entry.number

    def unit(self, object_type: str) -> str:
        return self.object_types.get(object_type, NOTHING).unit

    def name_kind(self, name: str) -> str:
        return self.names.get(name, NOTHING).kind

    def plural(self, object_type: str) -> str:
        """The plural of a singular aggregate: the nearest above it, else the first; empty where it is no such thing."""
        if self.form(object_type) != ("aggregate", "singular"):
            return ""
        forms = [
            code
            for code, entry in self.object_types.items()
            if self.form(code) == ("aggregate", "plural") and entry.unit == self.unit(object_type)
        ]
        return next((code for code in [*codes_above(object_type), *forms] if code in forms), "")
