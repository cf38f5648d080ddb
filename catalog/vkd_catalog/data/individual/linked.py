"""The rows of several sets brought together unit by unit, counted and added up: beside `tables` the one module that
writes SQL.

As there, nothing that a description or a file says becomes SQL: columns go by numbers, and what cells must say are
parameters. Cells are grouped by as files keep them; what they mean is for others to say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from vkd_catalog.data.crosstab import BUCKETS, LARGEST
from vkd_catalog.data.tables import Reader, Rows

_WHOLE = frozenset({"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER"})
_NUMBERS = _WHOLE | {"FLOAT", "DOUBLE", "HUGEINT", "UBIGINT"}
_NUMBER = r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,3})?"
_LOOKED_AT = 1_000
"""So many values show whether they are days."""

_DAYS = (1500_00_00, 2200_00_00)
"""What lies between these may be a day in eight digits."""

_BITS = 0xFFFFFFFF
_PRIME = 4294967291
"""The largest prime of 32 bits."""

_ROUNDS = ((16, 1664525021), (15, 1812433253))
"""By how many bits a hash is shifted, and then multiplied by what: odd numbers of 31 bits, so that the product with 32
bits fits into a whole number of 64."""


class Only(NamedTuple):
    """Rows whose cell in a column, by its number, says one of some texts."""

    column: int
    texts: tuple[str, ...]


class Side(NamedTuple):
    """The rows of one set. `ids` are the numbers of the columns that identify units together; none where nothing does,
    and each row is a unit."""

    rows: Rows
    ids: tuple[int, ...]
    only: tuple[Only, ...] = ()


class Link(NamedTuple):
    """How a set is linked: to which of those before it, by number, and in which columns there and here a unit must say
    the same."""

    to: int
    there: tuple[int, ...]
    here: tuple[int, ...]


class Units(NamedTuple):
    """Units found in all of some sets; `links` has the link of each set after the first."""

    sides: tuple[Side, ...]
    links: tuple[Link, ...] = ()

    def identifying(self, side: int) -> tuple[int, ...]:
        """The numbers of the columns of a set that its units are identified, or linked, by."""
        return self.links[side - 1].here if side else self.sides[0].ids


class Cells(NamedTuple):
    """Where the cells of a characteristic stand: the number of a side, and of a column there."""

    side: int
    column: int


class Taken(NamedTuple):
    """What is added up: where it stands, the folded texts that say that nothing is known, the bounds that values are
    moved to where they lie outside, and whether it must be known how much the largest are of all."""

    cells: Cells
    missing: tuple[str, ...] = ()
    bounds: tuple[float, float] | None = None
    with_largest: bool = True


class Group(NamedTuple):
    """Units with the same cells, as files keep them, whose hashes have the same remainder: how many there are, and the
    `number` of those that have a value; of these the sum of the hashes, of the values, of the values without signs, and
    the largest of the last."""

    cells: tuple[object, ...]
    bucket: int
    units: int
    number: int
    hashes: int
    total: float
    magnitude: float
    largest: tuple[float, ...]


class Repeated(Exception):
    """Raised where a unit stands in several rows of a set, told by its number, and would be counted several times."""

    def __init__(self, side: int) -> None:
        super().__init__(side)
        self.side = side


def grouped(reader: Reader, units: Units, by: Sequence[Cells], taken: Taken | None) -> Iterator[Group]:
    """The units by what their cells say. Raises Repeated, which may come after the last group, and CannotRead."""
    if len(units.sides) == 2:
        yield from _of_two(reader, units, by, taken)
    else:
        _require_once_each(reader, units)
        for row in reader.asked(*_grouping(units, _found(units, by, taken), len(by), taken)):
            yield _group(row, len(by))


def bounds_of(reader: Reader, units: Units, taken: Taken, shares: tuple[float, float]) -> tuple[float, float] | None:
    """The values that some shares of the units lie below, of those with a value; None where none has."""
    found = _found(units, (), taken)
    question = f"SELECT quantile_cont(v, [{shares[0]!r}, {shares[1]!r}]) FROM ({found.sql})"
    (bounds,) = next(reader.asked(question, found.parameters))
    return None if bounds is None else (float(bounds[0]), float(bounds[1]))


def outside(reader: Reader, units: Units, taken: Taken, bounds: tuple[float, float]) -> int:
    """How many units have a value outside some bounds."""
    found = _found(units, (), taken._replace(bounds=None))
    question = f"SELECT count(*) FROM ({found.sql}) WHERE v < {bounds[0]!r} OR v > {bounds[1]!r}"
    (count,) = next(reader.asked(question, found.parameters))
    return int(count)


def are_days(reader: Reader, units: Units, taken: Taken) -> bool:
    """Whether what is taken are days of the calendar in eight digits: nine in ten of the first values are. Amounts are
    not, for they are no valid months and days."""
    side = _side(units, taken.cells.side, (), taken)
    first = f"SELECT v FROM ({side.sql}) WHERE v IS NOT NULL LIMIT {_LOOKED_AT:d}"
    day = "v = trunc(v) AND try_strptime(TRY_CAST(v AS BIGINT)::VARCHAR, '%Y%m%d') IS NOT NULL"
    in_digits = f"v BETWEEN {_DAYS[0]:d} AND {_DAYS[1]:d}"
    question = f"SELECT count(*), count(*) FILTER ({in_digits} AND {day}) FROM ({first})"
    values, days = next(reader.asked(question, side.parameters))
    return bool(values) and 10 * int(days) >= 9 * int(values)


class Question(NamedTuple):
    """A question in SQL, and its parameters in their order."""

    sql: str
    parameters: list[object]


def listed(reader: Reader, units: Units, cells: Sequence[Cells]) -> Question:
    """The question whose answer are the units one by one: the texts of some cells, as columns `x` with their numbers.
    Raises Repeated and CannotRead."""
    _require_once_each(reader, units)
    joined = _joined(units, "JOIN", cells, None)
    columns = ", ".join(f"s{one.side}.v{one.column} AS x{at}" for at, one in enumerate(cells))
    return Question(f"SELECT {columns} FROM {joined.sql}", joined.parameters)


def _of_two(reader: Reader, units: Units, by: Sequence[Cells], taken: Taken | None) -> Iterator[Group]:
    """The units found in both of two sets.

    Where a unit stands several times in one of them, more pairs are found than rows of the other have met one: to
    know that costs no more than to find them.
    """
    pairs, alone = 0, [0, 0]
    found = _found_in_either(units, by, taken)
    for *row, first, second in reader.asked(*_grouping(units, found, len(by), taken, "i0, i1")):
        group = _group(row, len(by))
        if first and second:
            pairs += group.units
            yield group
        elif first or second:
            alone[0 if first else 1] += group.units
    for side in (0, 1):
        if pairs != _identified(reader, units, 1 - side) - alone[1 - side]:
            raise Repeated(side)


def _identified(reader: Reader, units: Units, number: int) -> int:
    """How many rows of a set say which unit they are of."""
    side = _side(units, number, (), None)
    question = f"SELECT count(*) FROM ({side.sql}) WHERE {_said(_keys(units, number))}"
    (count,) = next(reader.asked(question, side.parameters))
    return int(count)


def _require_once_each(reader: Reader, units: Units) -> None:
    """Raises Repeated where a unit that is found in all sets stands in several rows of one."""
    ids = units.sides[0].ids
    if not ids:
        return
    joined = _joined(units, "JOIN", (), None)
    keys = [f"s0.k{column}" for column in ids]
    there = " AND ".join(f"{key} IS NOT NULL" for key in keys)
    question = f"SELECT 1 FROM {joined.sql} WHERE {there} GROUP BY {', '.join(keys)} HAVING count(*) > 1 LIMIT 1"
    if next(reader.asked(question, joined.parameters), None) is not None:
        raise Repeated(next((at for at in range(len(units.sides)) if _repeats(reader, units, at)), 0))


def _repeats(reader: Reader, units: Units, number: int) -> bool:
    """Whether a unit stands in several rows of a set."""
    side, keys = _side(units, number, (), None), _keys(units, number)
    listed = ", ".join(f"k{column}" for column in keys)
    question = f"SELECT 1 FROM ({side.sql}) WHERE {_said(keys)} GROUP BY {listed} HAVING count(*) > 1 LIMIT 1"
    return next(reader.asked(question, side.parameters), None) is not None


def _found(units: Units, by: Sequence[Cells], taken: Taken | None) -> Question:
    """The units found in all sets: `n`, which they are hashed by, `v`, the value that is taken, and their cells."""
    joined = _joined(units, "JOIN", by, taken)
    return Question(f"SELECT {_columns(units, by, taken)} FROM {joined.sql}", joined.parameters)


def _found_in_either(units: Units, by: Sequence[Cells], taken: Taken | None) -> Question:
    """The units found in one or both of two sets, and where, `i0` and `i1`."""
    joined = _joined(units, "FULL JOIN", by, taken)
    said = (f"({_said(_keys(units, side), f's{side}.')}) AS i{side}" for side in (0, 1))
    found = ", ".join([_columns(units, by, taken), *said])
    return Question(f"SELECT {found} FROM {joined.sql}", joined.parameters)


def _columns(units: Units, by: Sequence[Cells], taken: Taken | None) -> str:
    value = [] if taken is None else [f"s{taken.cells.side}.v"]
    columns = [_hashed_by(units), *value, *(f"s{one.side}.g{one.column}" for one in by)]
    return ", ".join(f"{column} AS {name}" for column, name in zip(columns, _names(len(by), taken), strict=True))


def _names(cells: int, taken: Taken | None) -> list[str]:
    return ["n", *(["v"] if taken else []), *(f"g{at}" for at in range(cells))]


def _grouping(units: Units, found: Question, cells: int, taken: Taken | None, beside: str = "") -> Question:
    """Units that are found, in groups that have the same cells and remainder of their hashes."""
    is_whole = taken is not None and _takes_whole(units.sides[taken.cells.side].rows, taken)
    groups = [f"g{at}" for at in range(cells)]
    sums = "count(*), sum(h), 0, 0, NULL"
    hashed = _hashed(found.sql)
    if taken:
        add = "sum" if is_whole else "fsum"
        largest = f"{add}(abs(v)), max(abs(v), {LARGEST:d})" if taken.with_largest else "0, NULL"
        sums = f"count(v), sum(h), {add}(v), {largest}"
        hashed = f"SELECT * REPLACE (CASE WHEN v IS NOT NULL THEN h END AS h) FROM ({hashed})"
    told = ", ".join([*groups, f"h & {BUCKETS - 1:d}", "count(*)", sums, *filter(None, [beside])])
    return Question(f"SELECT {told} FROM ({hashed}) GROUP BY ALL", found.parameters)


def _hashed(question: str) -> str:
    """The rows of a question with `h`, a hash of 32 bits of the whole number `n` in them.

    It depends on nothing else, as it is kept, and compared with those of other versions. (Chris Wellons, Prospecting
    for hash functions, 2018, on multiplying and shifting; a sum of hashes must not be the hash of a sum.)
    """
    question = f"SELECT *, (n % {_PRIME}) & {_BITS} AS h FROM ({question})"
    for shift, factor in _ROUNDS:
        question = f"SELECT * REPLACE ((xor(h, h >> {shift}) * {factor}) & {_BITS} AS h) FROM ({question})"
    return f"SELECT * REPLACE (xor(h, h >> 16) AS h) FROM ({question})"


def _joined(units: Units, kind: str, by: Sequence[Cells], taken: Taken | None) -> Question:
    """The sets as sources `s` with their numbers, side by side for each unit."""
    sql, parameters = "", list[object]()
    for number in range(len(units.sides)):
        side = _side(units, number, by, taken)
        parameters += side.parameters
        sql += f"{f' {kind} ' if number else ''}({side.sql}) AS s{number}"
        if number:
            link = units.links[number - 1]
            pairs = zip(link.there, link.here, strict=True)
            sql += " ON " + " AND ".join(f"s{link.to}.k{there} = s{number}.k{here}" for there, here in pairs)
    return Question(sql, parameters)


def _side(units: Units, number: int, by: Sequence[Cells], taken: Taken | None) -> Question:
    """The rows of a set: `k` what identifies units, `g` and `v` the cells that are wanted, as they are kept and as
    texts, with the numbers of their columns, `n` what a unit is hashed by, and `v` what is taken."""
    side, keys = units.sides[number], _keys(units, number)
    value = taken if taken and taken.cells.side == number else None
    grouped_by = tuple(dict.fromkeys(one.column for one in by if one.side == number))
    selected = [f"{_key(units, number, column)} AS k{column}" for column in keys]
    selected += [f"{_as_kept(side.rows, column)} AS g{column}, v{column}" for column in grouped_by]
    selected += ["n"] if number == 0 and not side.ids else []
    parameters = list[object]()
    if value is not None:
        selected.append(f"{_value(side.rows, value)} AS v")
        parameters += [list(value.missing)] * (1 if value.bounds is None else 3) if value.missing else []
    texts = {*keys, *grouped_by, *(one.column for one in side.only), *([value.cells.column] if value else [])}
    kept = [column for column in sorted(texts) if _can_be_kept(side.rows, column)]
    source = side.rows.sql(sorted(texts), kept)
    if number == 0 and not side.ids:
        source = f"SELECT *, row_number() OVER () AS n FROM ({source})"
    where = " AND ".join(f"v{one.column} IN (SELECT unnest(?::VARCHAR[]))" for one in side.only)
    question = f"SELECT {', '.join(selected) or '1'} FROM ({source}){f' WHERE {where}' if where else ''}"
    return Question(question, [*parameters, *side.rows.paths, *(list(one.texts) for one in side.only)])


def _keys(units: Units, number: int) -> tuple[int, ...]:
    """The numbers of the columns of a set that units are identified or linked by."""
    linking = (column for link in units.links if link.to == number for column in link.there)
    return tuple(sorted({*units.identifying(number), *linking}))


def _said(columns: Sequence[int], source: str = "") -> str:
    return " AND ".join(f"{source}k{column} IS NOT NULL" for column in columns)


def _is_whole(units: Units) -> bool:
    """Whether all sets keep all that they are linked by as whole numbers, which are the same where their texts are."""
    every = ((side.rows, _keys(units, number)) for number, side in enumerate(units.sides))
    return all(rows.kinds(column) <= _WHOLE for rows, keys in every for column in keys)


def _key(units: Units, number: int, column: int) -> str:
    return f"r{column}::BIGINT" if _is_whole(units) else f"v{column}"


def _hashed_by(units: Units) -> str:
    """A whole number that stands for a unit: what identifies it where that is one, else made of its text."""
    ids = units.sides[0].ids
    if not ids:
        return "s0.n"
    if _is_whole(units) and len(ids) == 1:
        return f"coalesce(s0.k{ids[0]}, 0)" if len(units.sides) == 1 else f"s0.k{ids[0]}"
    keys = [f"s0.k{column}::VARCHAR" for column in ids]
    text = keys[0] if len(keys) == 1 else f"concat_ws(chr(31), {', '.join(keys)})"
    number = f"TRY_CAST({text} AS BIGINT)"
    return (
        f"CASE WHEN {text} IS NULL THEN 0 WHEN {number}::VARCHAR = {text} THEN {number}"
        f" ELSE (md5_number_lower({text}) >> 1)::BIGINT END"
    )


def _can_be_kept(rows: Rows, column: int) -> bool:
    """Whether the cells of a column can be had as files keep them, which must be alike in all."""
    kinds = rows.kinds(column)
    return kinds == {"VARCHAR"} or kinds <= _NUMBERS


def _as_kept(rows: Rows, column: int) -> str:
    """The cells of a column as they are grouped fastest: as files keep them, where that says the same as texts do."""
    kinds = rows.kinds(column)
    return f"r{column}" if kinds == {"VARCHAR"} or kinds <= _WHOLE else f"v{column}"


def _takes_whole(rows: Rows, taken: Taken) -> bool:
    """Whether what is added up are whole numbers, which add up to the same in any order."""
    return rows.kinds(taken.cells.column) <= _WHOLE and taken.bounds is None and not taken.missing


def _value(rows: Rows, taken: Taken) -> str:
    """The number that a cell says; nothing where it says none, or that nothing is known."""
    column = taken.cells.column
    if _takes_whole(rows, taken):
        return f"r{column}::BIGINT"
    if rows.kinds(column) <= _NUMBERS:
        number = f"r{column}::DOUBLE"
    else:
        text = f"replace(v{column}, '\u2212', '-')"
        number = f"CASE WHEN regexp_full_match({text}, '{_NUMBER}') THEN TRY_CAST({text} AS DOUBLE) END"
    known = f" AND NOT list_contains(?::VARCHAR[], lower(v{column}))" if taken.missing else ""
    value = f"CASE WHEN isfinite({number}){known} THEN {number} END"
    if taken.bounds is None:
        return value
    low, high = taken.bounds
    # Neither `least` nor `greatest` gives nothing where there is nothing.
    return f"CASE WHEN ({value}) < {low!r} THEN {low!r} WHEN ({value}) > {high!r} THEN {high!r} ELSE ({value}) END"


def _group(row: Sequence[Any], cells: int) -> Group:
    bucket, units, number, hashes, total, magnitude, largest = row[cells:]
    sums = float(total or 0), float(magnitude or 0), tuple(map(float, largest or ()))
    return Group(tuple(row[:cells]), int(bucket or 0), int(units), int(number), int(hashes or 0), *sums)
