"""reg-meta's register metadata: its catalogue of Swedish registers in SQLite, read and never written.

A variant of a register becomes a product, whose sentences hold over the periods in which a variable was delivered; a
variable of a register is one characteristic in all its variants. What the tables hold is taken from the project's own
schema and the rows of its tests; the catalogue that it publishes has not been tried.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from vkd_catalog.importers.dates import time_between
from vkd_catalog.importers.drafting import drafted
from vkd_catalog.importers.importer import Draft, Importer, Request
from vkd_catalog.importers.object_types import UNIT
from vkd_catalog.importers.report import ImportSourceError, Unmapped
from vkd_catalog.importers.stated import (
    DataSet,
    Group,
    Holding,
    Register,
    Remark,
    Stated,
    StatedValue,
    Text,
    Texts,
    Variable,
)
from vkd_catalog.importers.units import unit_of

_LANGUAGE = "sv"
_NEVER_ENDS = "9999-12-31"
_NEEDED = {
    "register": ("register_id", "name"),
    "register_variant": ("register_variant_id", "register_id", "name"),
    "variable": ("variable_id", "register_id", "name"),
    "variable_state": ("variable_id", "register_variant_id", "valid_from", "valid_to", "delivery_column_name"),
}
_ALSO = {
    "variable_alias": ("variable_id", "delivery_column_name"),
    "value_set_member": ("value_set_id", "code_id"),
    "value_code": ("code_id", "code", "label"),
    "register_version": ("regver_id", "register_variant_id"),
    "object_type": ("regver_id", "name"),
    "population": ("regver_id", "name"),
}
"""The tables that are read where they are there, and the columns they then have."""

Row = Mapping[str, Any]


class _Tables(NamedTuple):
    """The rows of each table; none of one that is not there."""

    rows: Mapping[str, Sequence[Row]]

    def by(self, table: str, column: str) -> Mapping[Any, Sequence[Row]]:
        """The rows of a table by what stands in a column."""
        found: dict[Any, list[Row]] = defaultdict(list)
        for row in self.rows[table]:
            found[row[column]].append(row)
        return found


def _read(request: Request) -> Draft:
    tables = _tables(request.source)
    registers = {row["register_id"]: row for row in tables.rows["register"]}
    variables = list(_variables(tables))
    return drafted(
        Stated(
            name=request.source.resolve().stem,
            source=f"{request.source.name}, reg-meta",
            language=_LANGUAGE,
            registers=[_register(row, registers) for row in tables.rows["register_variant"]],
            groups=[_group(row) for row in registers.values()],
            variables=variables,
            sets=list(_sets(tables, registers)),
            notes=list(_notes(tables)),
        )
    )


IMPORTER = Importer("reg-meta", "reg-meta's catalogue of Swedish registers (SQLite)", _read)


# Reading.


def _tables(path: Path) -> _Tables:
    if not path.is_file():
        raise ImportSourceError(path, "is a folder; name the database" if path.exists() else "no such file or folder")
    address = f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(address, uri=True)) as database:
            return _Tables({table: _rows(database, table, path) for table in (*_NEEDED, *_ALSO)})
    except sqlite3.Error as error:
        raise ImportSourceError(path, f"cannot be read as SQLite: {error}") from error


def _rows(database: sqlite3.Connection, table: str, path: Path) -> Sequence[Row]:
    """The rows of a table in the order of their numbers. ImportSourceError where a column is missing that is needed."""
    has = {name for _, name, *_ in database.execute(f"pragma table_info({table})")}
    missing = [column for column in (_NEEDED.get(table) or _ALSO[table]) if column not in has]
    if missing and table in _NEEDED:
        raise ImportSourceError(path, f"is not reg-meta's catalogue: {table} lacks the column {missing[0]}")
    if missing:
        return ()
    found = database.execute(f"select * from {table} order by rowid")
    columns = [column for column, *_ in found.description]
    return [dict(zip(columns, row, strict=True)) for row in found]


# Vocabularies.


def _text(row: Row, column: str) -> str:
    value = row.get(column)
    return str(value).strip() if value is not None else ""


def _said(row: Row, column: str) -> Texts:
    text = _text(row, column)
    return (Text(text, _LANGUAGE),) if text else ()


def _variant_name(row: Row, registers: Mapping[Any, Row]) -> str:
    return " – ".join(filter(None, (_text(registers.get(row["register_id"], {}), "name"), _text(row, "name"))))


def _group(row: Row) -> Group:
    return Group(f"register {row['register_id']}", _said(row, "name"), segment=_text(row, "name"))


def _register(row: Row, registers: Mapping[Any, Row]) -> Register:
    name = _variant_name(row, registers)
    return Register(str(row["register_variant_id"]), (Text(name, _LANGUAGE),), _said(row, "description"))


def _variables(tables: _Tables) -> Iterator[Variable]:
    states, aliases = tables.by("variable_state", "variable_id"), tables.by("variable_alias", "variable_id")
    lists = _code_lists(tables)
    for row in tables.rows["variable"]:
        key = row["variable_id"]
        columns = [_text(one, "delivery_column_name") for one in (*states[key], *aliases[key])]
        latest, *others = list(dict.fromkeys(filter(None, reversed(columns)))) or [""]
        coded = [one.get("value_set_id") for one in states[key] if one.get("value_set_id") in lists]
        yield Variable(
            str(key),
            _said(row, "name"),
            f"register {row['register_id']}",
            latest,
            _said(row, "definition") or _said(row, "description"),
            tuple(Text(column, _LANGUAGE) for column in others),
            values=lists[coded[-1]] if coded else (),
            sensitive="yes" if row.get("is_sensitive") else "",
            measure=_text(row, "measurement_unit"),
        )


def _code_lists(tables: _Tables) -> Mapping[Any, Sequence[StatedValue]]:
    """The values of each value set; one whose code is blank says nothing of a column."""
    codes = {row["code_id"]: row for row in tables.rows["value_code"]}
    found: dict[Any, list[StatedValue]] = defaultdict(list)
    for member in tables.rows["value_set_member"]:
        row = codes.get(member["code_id"], {})
        if _text(row, "code"):
            found[member["value_set_id"]].append(StatedValue(_text(row, "code"), _said(row, "label")))
    return found


# Sets.


def _sets(tables: _Tables, registers: Mapping[Any, Row]) -> Iterator[DataSet]:
    states = tables.by("variable_state", "register_variant_id")
    identifiers = {str(row["variable_id"]) for row in tables.rows["variable"] if row.get("is_identifier")}
    units, populations = _of_variants(tables, "object_type"), _of_variants(tables, "population")
    for row in tables.rows["register_variant"]:
        key = row["register_variant_id"]
        times: dict[str, list[str]] = defaultdict(list)
        for state in states[key]:
            times[str(state["variable_id"])].append(_time(state))
        unit = units.get(key, ())
        known = [one for one in times if one in identifiers]
        yield DataSet(
            identification=_variant_name(row, registers),
            register=str(key),
            file=_text(registers.get(row["register_id"], {}), "name"),
            unit=unit_of(unit[0]) if len(unit) == 1 else UNIT,
            titles=(Text(_variant_name(row, registers), _LANGUAGE),),
            technical={"population": ", ".join(populations.get(key, ()))},
            # Of several identifiers the source does not say which one is that of the units.
            unit_ids=[known] if len(known) == 1 else [],
            holdings=[Holding(variable, None, tuple(dict.fromkeys(said))) for variable, said in times.items()],
            guesses=[] if len(unit) == 1 else [Remark("import.guess-units")],
        )


def _of_variants(tables: _Tables, table: str) -> Mapping[Any, Sequence[str]]:
    """What the versions of each variant say in a table, each name once."""
    variants = {row["regver_id"]: row["register_variant_id"] for row in tables.rows["register_version"]}
    found: dict[Any, dict[str, None]] = defaultdict(dict)
    for row in tables.rows[table]:
        if row["regver_id"] in variants and _text(row, "name"):
            found[variants[row["regver_id"]]][_text(row, "name")] = None
    return {variant: tuple(names) for variant, names in found.items()}


def _time(state: Row) -> str:
    """The time over which a variable was delivered alike, open where it still is."""
    last = _text(state, "valid_to")
    return time_between(_text(state, "valid_from"), "" if last == _NEVER_ENDS else last)


def _notes(tables: _Tables) -> Iterator[Unmapped]:
    why = "the period in which a variable was delivered alike; the days between are not stated one by one"
    yield Unmapped("time", f"{len(tables.rows['variable_state'])} states", why)
    states = tables.by("variable_state", "variable_id").values()
    several = sum(len({row.get("value_set_id") for row in rows} - {None}) > 1 for rows in states)
    if several:
        yield Unmapped("value_set", f"{several} variables", "have several code lists in turn; the latest counts")
    gone = sum(bool(row.get("deprecated")) for row in tables.rows["variable"])
    if gone:
        yield Unmapped("deprecated", f"{gone} variables", "a characteristic has no place for it")
    flagged = sum(not row.get("is_sensitive") for row in tables.rows["variable"])
    yield Unmapped("is_sensitive", f"{flagged} variables", "not flagged, which is not told apart from not assessed")
