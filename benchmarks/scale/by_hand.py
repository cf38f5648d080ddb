"""What a good engineer would write instead: a statement in SQL for each group of a demand, over the register's tables.

It grades each candidate for each line, and keeps of those that answer the same lines as well the first by name; covers
are put together of these. So it tells how many there are, and the first by grade, number of candidates and names. It
knows what drawn catalogues have: sets that can all be linked, tables of one line, times without series. It chooses no
editions, orders nothing that is as good, and does not look for what is near.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from heapq import nsmallest
from itertools import combinations, groupby, product
from math import prod
from pathlib import Path
from typing import Any, NamedTuple

from vkd_catalog.coding import ANY, CodedDescription
from vkd_catalog.evaluation.answer import Answer
from vkd_catalog.evaluation.demand import DemandLine, Group, groups_of
from vkd_catalog.evaluation.found import EXACT, NARROWER, RANKS, SELECTABLE, Cover
from vkd_catalog.vocabulary import Vocabularies
from vkd_grammar.times import Span
from vkd_grammar.words import fold

MOST_SETS = 3
SHOWN = 20
_MOST_COMPARED = 5_000
"""So many covers are all looked at to see that they are the same; of more, how many there are and the best grade."""

First = tuple[int, int, tuple[str, ...]]
"""A cover: where its grade stands among the grades, how many candidates it has, and their folded names in order."""


class Found(NamedTuple):
    """How many covers there are, and the first twenty."""

    covers: int
    first: tuple[First, ...]


class _Alike(NamedTuple):
    """Candidates that answer the same lines, which are bits of `mask`, as well: how many, and the first names."""

    mask: int
    grades: tuple[int | None, ...]
    candidates: int
    names: tuple[str, ...]


class ByHand:
    """Answers demands over a stored register. What it needs of the vocabularies stands in a table of its own."""

    def __init__(self, register: Path, vocabularies: Vocabularies) -> None:
        self._vocabularies = vocabularies
        self._connection = sqlite3.connect(f"{register.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
        self._connection.executescript(f"PRAGMA mmap_size = {2**31}; PRAGMA temp_store = MEMORY; {_TRAITS}")
        terms = self._connection.execute("SELECT number, code FROM term").fetchall()
        concepts = vocabularies.characteristics.concepts
        traits = ((number, concepts.get(code)) for number, code in terms)
        self._connection.executemany(
            "INSERT INTO trait VALUES (?, ?, ?)",
            ((number, one.temporality, "".join(one.classifications)) for number, one in traits if one),
        )

    def __call__(self, demand: CodedDescription) -> Found:
        """What there is for a demand."""
        covers, first = 0, list[First]()
        for group in groups_of(demand, self._vocabularies):
            question, values = self._question(group)
            found = list(_alike(self._connection.execute(question, values)))
            for sets in _sets(found, (1 << len(group.asked)) - 1):
                covers += prod(one.candidates for one in sets)
                first = nsmallest(SHOWN, [*first, *_covers(sets)])
        return Found(covers, tuple(first))

    def _question(self, group: Group) -> tuple[str, dict[str, object]]:
        """The statement for a group, with the values of its parameters."""
        values = {key: value for line in group.lines for key, value in self._values(line)}
        barred = "".join(f" AND product NOT IN ({self._met(line)})" for line in group.lines if line.negated)
        steps = [step for line in group.asked for step in self._graded(line, barred)]
        numbers = [line.line for line in group.asked]
        answers = " UNION ALL ".join(f"SELECT {number} AS line, * FROM graded{number}" for number in numbers)
        masks = " + ".join(f"(max(line = {number}) << {at})" for at, number in enumerate(numbers))
        each = ", ".join(f"max(CASE line WHEN {number} THEN grade END) AS grade{number}" for number in numbers)
        grades = ", ".join(f"grade{number}" for number in numbers)
        steps += [
            f"answer AS ({answers})",
            f"candidate AS (SELECT shelf, {masks} AS mask, {each} FROM answer GROUP BY edition, shelf)",
            f"placed AS (SELECT *, row_number() OVER (PARTITION BY {grades} ORDER BY shelf) AS place,"
            f" count(*) OVER (PARTITION BY {grades}) AS many FROM candidate)",
        ]
        columns = f"mask, {grades}, many"
        found = f"SELECT {columns}, shelf FROM placed WHERE place <= {SHOWN} ORDER BY {columns}, shelf"
        return f"WITH {', '.join(steps)} {found}", values

    def _values(self, line: DemandLine) -> Iterator[tuple[str, object]]:
        yield from ((f"{column}{line.line}", getattr(line, column)) for column in _COLUMNS)
        yield f"class{line.line}", (line.name or "").partition(".")[0]
        if isinstance(line.time, Span):
            yield from ((f"first{line.line}", line.time.start), (f"last{line.line}", line.time.end))

    def _graded(self, line: DemandLine, barred: str) -> Iterator[str]:
        """The steps that lead to who answers a line, and how well."""
        least = SELECTABLE if self._is_class(line) else EXACT
        field, named = f"{least}", ""
        if line.characteristic != ANY:
            field, named = _FIELD.format(n=line.line, least=least), ", characteristic"
        wanted = f"{self._wanted(line)}{barred}"
        if isinstance(line.time, Span):
            always = "('fixed', 'status', '')" if line.time.form == "period" else "('fixed')"
            yield from (step.format(n=line.line, wanted=wanted, field=field, always=always) for step in _GRADED)
        else:
            yield _GRADED_AT_ANY_TIME.format(n=line.line, wanted=wanted, field=field, named=named)

    def _met(self, line: DemandLine) -> str:
        return f"SELECT product FROM sentence JOIN trait USING (characteristic) WHERE {self._wanted(line)}"

    def _wanted(self, line: DemandLine) -> str:
        """What a sentence must be that answers a line, at whatever grade."""
        asked = [column for column in _COLUMNS if getattr(line, column) != ANY]
        if self._is_class(line):
            asked.remove("name")
        wanted = [f"sentence.{column} IN ({_CODED.format(f'{column}{line.line}')})" for column in asked]
        if self._is_class(line):
            beside = _MEETS.format("beside", "other", n=line.line) if line.time else "true"
            wanted.append(_SELECTED.format(beside, n=line.line))
        if line.time:
            wanted.append(_MEETS.format("sentence", "trait", n=line.line))
        return " AND ".join(wanted)

    def _is_class(self, line: DemandLine) -> bool:
        concept = self._vocabularies.names.coded(line.name or "")
        return concept is not None and concept.kind == "class"


_COLUMNS = ("object_type", "name", "characteristic")
_TRAITS = """CREATE TEMP TABLE trait (characteristic INTEGER PRIMARY KEY, temporality TEXT, classification TEXT);
CREATE INDEX temp.trait_by_classification ON trait (classification)"""
_FIELD = (
    "CASE characteristic WHEN (SELECT number FROM term WHERE code = :characteristic{n}) THEN {least}"
    f" ELSE {NARROWER} END"
)
"""The characteristic itself, or one below it."""
_CODED = "SELECT number FROM term WHERE code = :{0} OR (code >= :{0} || '.' AND code < :{0} || '/')"
"""A concept and all below it."""
_MEETS = (
    "({1}.temporality = 'fixed' OR ({0}.start <= :last{n} AND {0}.stop >= :first{n}"
    " AND ({1}.temporality <> 'accumulated' OR ({0}.start >= :first{n} AND {0}.stop <= :last{n}))))"
)
"""A time that meets the one asked for; a flow must lie inside it."""
_SELECTED = (
    "EXISTS (SELECT 1 FROM sentence AS beside JOIN trait AS other ON other.characteristic = beside.characteristic"
    " WHERE beside.product = sentence.product AND beside.name = sentence.name"
    " AND beside.object_type = sentence.object_type AND other.classification = :class{n} AND {0})"
)
"""A sentence beside it that tells the class of its units."""
_DAY = "CAST(julianday(substr({0}, 1, 4) || '-' || substr({0}, 5, 2) || '-' || substr({0}, 7)) + 0.5 AS INTEGER)"
_PIECE = f"{_DAY.format('max(start, :first{n})')} AS a, {_DAY.format('min(stop, :last{n})')} AS b"
_FIRST, _LAST = _DAY.format(":first{n}"), _DAY.format(":last{n}")
_TILED = (
    f"(WITH RECURSIVE reach (day) AS (SELECT {_FIRST} UNION SELECT next.b + 1 FROM reach JOIN met{{n}} AS next"
    " ON next.a = day AND (next.edition, next.shelf, next.characteristic) ="
    f" (piece.edition, piece.shelf, piece.characteristic)) SELECT max(day) > {_LAST} FROM reach)"
)
_GRADED = (
    f"met{{n}} AS (SELECT edition, shelf, characteristic, temporality, {_PIECE} FROM sentence"
    " JOIN trait USING (characteristic) JOIN product ON number = product WHERE {wanted})",
    "piece{n} AS (SELECT *, max(b) OVER (PARTITION BY edition, shelf, characteristic ORDER BY a, b"
    " ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reached FROM met{n})",
    f"worth{{n}} AS (SELECT edition, shelf, characteristic, CASE WHEN temporality IN {{always}} THEN {EXACT}"
    f" WHEN min(a) > {_FIRST} OR max(b) < {_LAST} OR max(a > reached + 1)"
    f" OR (temporality = 'accumulated' AND NOT {_TILED}) THEN {NARROWER} ELSE {EXACT} END AS worth"
    " FROM piece{n} AS piece GROUP BY edition, shelf, characteristic)",
    "graded{n} AS (SELECT edition, shelf, min(max(worth, {field})) AS grade FROM worth{n} GROUP BY edition, shelf)",
)
"""How well the pieces of one characteristic answer a time: what is fixed always; of a period's status any does; else
they must fill it, those of a flow without overlap."""
_GRADED_AT_ANY_TIME = (
    "graded{n} AS (SELECT edition, shelf, min({field}) AS grade FROM (SELECT DISTINCT product{named} FROM sentence"
    " WHERE {wanted}) JOIN product ON number = product GROUP BY edition, shelf)"
)


def told(answer: Answer) -> Found | None:
    """What an answer says of the same; None where there are too many covers to look at each."""
    count = len(answer.covers)
    if count > _MOST_COMPARED:
        return None
    return Found(count, tuple(nsmallest(SHOWN, map(_as_first, answer.covers))))


def agrees(answer: Answer, found: Found) -> bool:
    """Whether an answer says what was found by hand."""
    every = told(answer)
    if every is None:
        return len(answer.covers) == found.covers and _as_first(answer.covers[0])[:2] == found.first[0][:2]
    return every == found


def _as_first(cover: Cover) -> First:
    names = tuple(sorted(fold(one.collection or one.products[0]) for one in cover.candidates))
    return RANKS[cover.grade], len(names), names


def _alike(rows: Iterable[tuple[Any, ...]]) -> Iterator[_Alike]:
    for (mask, *grades, many), some in groupby(rows, key=lambda row: row[:-1]):
        yield _Alike(mask, tuple(grades), many, tuple(row[-1] for row in some))


def _sets(found: Sequence[_Alike], all_lines: int) -> Iterator[tuple[_Alike, ...]]:
    """Which candidates alike make covers together: those that answer all lines, where no fewer of them do."""
    for size in range(1, MOST_SETS + 1):
        for some in combinations(found, size):
            if _answered(some) == all_lines and all(
                _answered(fewer) != all_lines for fewer in combinations(some, size - 1)
            ):
                yield some


def _answered(some: Iterable[_Alike]) -> int:
    mask = 0
    for one in some:
        mask |= one.mask
    return mask


def _covers(sets: tuple[_Alike, ...]) -> Iterator[First]:
    """The first covers that some candidates alike make: a line is as good as the best that answers it."""
    best = (
        min(grade for grade in line if grade is not None) for line in zip(*(one.grades for one in sets), strict=True)
    )
    grade = max(best)
    for names in product(*(one.names for one in sets)):
        yield grade, len(sets), tuple(sorted(names))
