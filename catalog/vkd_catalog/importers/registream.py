"""RegiStream's catalogue bundles, schema 2: five CSV tables a language, of registers that publish release by release.

A release of a scope becomes a product, an edition of the collection that the scope is. A variable with the same name,
label, code list and unit is one characteristic in all of them. Without the tables of scopes there are no products.
"""

import csv
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from vkd_catalog.importers.dates import time_at
from vkd_catalog.importers.drafting import drafted
from vkd_catalog.importers.files import find
from vkd_catalog.importers.importer import Draft, Importer, Request
from vkd_catalog.importers.packages import NOT_STATED
from vkd_catalog.importers.report import ImportSourceError, Unmapped
from vkd_catalog.importers.stated import DataSet, Holding, Register, Stated, StatedValue, Text, Texts, Variable
from vkd_catalog.importers.undescribed import NOT_STATED_TIME

_FILE = re.compile(
    r"(?:(?P<domain>.+)_)?(?P<table>manifest|scope|variables|value_labels|release_sets)_(?P<language>[a-z]{2,3})"
)
_NEEDED = {
    "manifest": ("key", "value"),
    "scope": ("scope_id", "scope_level_1", "release"),
    "variables": ("variable_name", "variable_label"),
    "value_labels": ("value_label_id", "value_labels_json"),
    "release_sets": ("release_set_id", "scope_id"),
}
_NO_BUNDLE = "holds no tables of RegiStream, such as variables_eng.csv or scb_variables_eng.csv"
_ENGLISH = ("eng", "en")
_QUARTER = re.compile(r"(\d{4})[_ ]?[QK]([1-4])", re.IGNORECASE)
_YEAR = re.compile(r"(\d{4})(?:[_ ].*)?")
_LEVEL = re.compile(r"scope_level_(\d+)")

Row = Mapping[str, str]
Identity = tuple[str, ...]


class _Table(NamedTuple):
    """One file: the table and language that its name says, and its rows."""

    domain: str
    name: str
    language: str
    rows: Sequence[Row]


class _Variable(NamedTuple):
    """One variable of a domain: its row in each language, and the sets of releases that have it."""

    domain: str
    rows: Mapping[str, Row]
    releases: set[str]


def _read(request: Request) -> Draft:
    tables = [table for path in find(request.source, ".csv").files for table in _tables(path)]
    if not any(table.name == "variables" for table in tables):
        raise ImportSourceError(request.source, _NO_BUNDLE)
    variables = _variables(tables)
    scopes = _scopes(tables)
    manifest = {row["key"]: row["value"] for table in _of(tables, "manifest") for row in table.rows}
    values = _values(tables)
    return drafted(
        Stated(
            name=manifest.get("domain") or request.source.resolve().stem,
            source=f"{request.source.name}, RegiStream",
            version=manifest.get("bundle_release_date") or NOT_STATED,
            licence=manifest.get("bundle_license") or NOT_STATED,
            registers=[_register(key, rows) for key, rows in _registers(scopes).items()],
            variables=[_variable(key, one, values) for key, one in variables.items()],
            sets=list(_sets(scopes, variables, tables, manifest.get("publisher", ""))),
            notes=list(_notes(tables, variables, scopes)),
        )
    )


IMPORTER = Importer("registream", "RegiStream's catalogue bundles of registers, schema 2 (CSV)", _read)


# Reading.


def _tables(path: Path) -> Iterator[_Table]:
    """The table that a file is, where its name says that it is one of a bundle."""
    named = _FILE.fullmatch(path.stem)
    if named:
        yield _Table(
            named["domain"] or path.resolve().parent.name,
            named["table"],
            named["language"],
            _rows(path, named["table"]),
        )


def _rows(path: Path, table: str) -> Sequence[Row]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            header = file.readline()
            file.seek(0)
            reader = csv.DictReader(file, delimiter=";" if ";" in header else ",", restval="")
            missing = [column for column in _NEEDED[table] if column not in (reader.fieldnames or ())]
            if missing:
                raise ImportSourceError(path, f"lacks the column {missing[0]}", 1)
            return [{column: (cell or "").strip() for column, cell in row.items() if column} for row in reader]
    except UnicodeDecodeError as error:
        raise ImportSourceError(path, f"is not UTF-8 (byte {error.start})") from error
    except csv.Error as error:
        raise ImportSourceError(path, f"is not CSV: {error}") from error


def _of(tables: Sequence[_Table], name: str) -> Iterator[_Table]:
    return (table for table in tables if table.name == name)


def _variables(tables: Sequence[_Table]) -> Mapping[str, _Variable]:
    """The variables by a key of what makes two rows one: name, code list, unit and label in the first language."""
    keys: dict[Identity, str] = {}
    found: dict[str, _Variable] = {}
    for table in _of(tables, "variables"):
        for row in table.rows:
            era = (
                table.domain,
                *(row.get(column, "") for column in ("variable_name", "datatype", "value_label_id", "release_set_id")),
            )
            same = (
                row["variable_name"],
                row.get("value_label_id", ""),
                row.get("variable_unit", ""),
                row["variable_label"],
            )
            key = keys.setdefault(era, "/".join((table.domain, *same)))
            one = found.setdefault(key, _Variable(table.domain, {}, set()))
            found[key] = one._replace(rows={table.language: row, **one.rows})
            one.releases.update(filter(None, [row.get("release_set_id", "")]))
    return found


def _scopes(tables: Sequence[_Table]) -> Mapping[tuple[str, str], Mapping[str, Row]]:
    """The releases of scopes by domain and number: their row in each language."""
    found: dict[tuple[str, str], dict[str, Row]] = {}
    for table in _of(tables, "scope"):
        for row in table.rows:
            found.setdefault((table.domain, row["scope_id"]), {})[table.language] = row
    return found


def _values(tables: Sequence[_Table]) -> Mapping[tuple[str, str], Sequence[StatedValue]]:
    """The code lists by domain and number, with their labels in each language."""
    found: dict[tuple[str, str], dict[str, list[Text]]] = {}
    for table in _of(tables, "value_labels"):
        for row in table.rows:
            values = found.setdefault((table.domain, row["value_label_id"]), {})
            for value, label in _labels(row["value_labels_json"]).items():
                values.setdefault(value, []).append(Text(label, table.language))
    return {key: [StatedValue(value, tuple(said)) for value, said in values.items()] for key, values in found.items()}


def _labels(text: str) -> Mapping[str, str]:
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return {value: label for value, label in said.items() if isinstance(label, str)} if isinstance(said, dict) else {}


# Vocabularies.


def _variable(key: str, one: _Variable, values: Mapping[tuple[str, str], Sequence[StatedValue]]) -> Variable:
    first = next(iter(one.rows.values()))
    return Variable(
        key,
        _texts(one.rows, "variable_label"),
        notation=first["variable_name"],
        definitions=_texts(one.rows, "variable_definition") or _texts(one.rows, "variable_description"),
        values=values.get((one.domain, first.get("value_label_id", "")), ()),
        measure=first.get("variable_unit", ""),
    )


def _texts(rows: Mapping[str, Row], column: str) -> Texts:
    return tuple(Text(row[column], language) for language, row in rows.items() if row.get(column))


def _registers(scopes: Mapping[tuple[str, str], Mapping[str, Row]]) -> Mapping[str, Mapping[str, Row]]:
    """The scopes, whatever their releases, by their keys."""
    found: dict[str, Mapping[str, Row]] = {}
    for (domain, _), rows in scopes.items():
        found.setdefault(_scope_key(domain, rows), rows)
    return found


def _scope_key(domain: str, rows: Mapping[str, Row]) -> str:
    """The key of a scope: what it is called in short in the language that comes first."""
    return f"{domain} {_short(_first(rows))}"


def _first(rows: Mapping[str, Row]) -> Row:
    """The row in the publisher's own language, else in English."""
    return rows[min(rows, key=lambda language: (language in _ENGLISH, language))]


def _levels(row: Row) -> Sequence[str]:
    """The columns of the levels of a scope that a row fills."""
    levels = sorted((column for column in row if _LEVEL.fullmatch(column)), key=lambda column: int(column[12:]))
    return [level for level in levels if row[level]]


def _short(row: Row) -> str:
    return " ".join(row.get(f"{level}_alias") or row[level] for level in _levels(row))


def _long(row: Row) -> str:
    return " – ".join(row[level] for level in _levels(row))


def _register(key: str, rows: Mapping[str, Row]) -> Register:
    labels = [Text(_long(row), language) for language, row in rows.items()]
    aliases = [Text(_short(row), language) for language, row in rows.items()]
    described = tuple(
        Text(row[f"{level}_description"], language)
        for language, row in rows.items()
        for level in _levels(row)[-1:]
        if row.get(f"{level}_description")
    )
    return Register(key, (*labels, *aliases), described)


# Sets.


def _sets(
    scopes: Mapping[tuple[str, str], Mapping[str, Row]],
    variables: Mapping[str, _Variable],
    tables: Sequence[_Table],
    publisher: str,
) -> Iterator[DataSet]:
    held = _Held(variables)
    identifiers = {key for key, one in variables.items() if _is_identifier(one)}
    releases = _releases(tables)
    for (domain, number), rows in scopes.items():
        first = _first(rows)
        holdings = held.by(domain, releases.get((domain, number), frozenset()))
        units = [one.variable for one in holdings if one.variable in identifiers]
        yield DataSet(
            identification=f"{_short(first)} {first['release']}",
            register=_scope_key(domain, rows),
            file=first.get("scope_level_1_alias") or first["scope_level_1"],
            times=[_time(first)],
            titles=tuple(Text(f"{_long(row)} {row['release']}", language) for language, row in rows.items()),
            technical={
                "collection": _short(first),
                "publisher": publisher,
                "version": first["release"],
                "source": first.get("measurement_info", ""),
            },
            # Of several identifiers the source does not say which one is that of the units.
            unit_ids=[units] if len(units) == 1 else [],
            holdings=holdings,
        )


class _Held:
    """The variables that a release has, by the sets of releases that it is in; kept, for most releases are alike."""

    def __init__(self, variables: Mapping[str, _Variable]) -> None:
        self._of_release: dict[tuple[str, str], list[str]] = {}
        for key, one in variables.items():
            for release in one.releases:
                self._of_release.setdefault((one.domain, release), []).append(key)
        self._made: dict[tuple[str, frozenset[str]], Sequence[Holding]] = {}

    def by(self, domain: str, releases: frozenset[str]) -> Sequence[Holding]:
        """What a release of a domain has that is in these sets."""
        if (domain, releases) not in self._made:
            keys = (key for release in sorted(releases) for key in self._of_release.get((domain, release), ()))
            self._made[domain, releases] = tuple(Holding(key) for key in dict.fromkeys(keys))
        return self._made[domain, releases]


def _releases(tables: Sequence[_Table]) -> Mapping[tuple[str, str], frozenset[str]]:
    """The sets of releases that each release of a scope is in, by its domain and number."""
    found: dict[tuple[str, str], set[str]] = {}
    for table in _of(tables, "release_sets"):
        for row in table.rows:
            found.setdefault((table.domain, row["scope_id"]), set()).add(row["release_set_id"])
    return {key: frozenset(releases) for key, releases in found.items()}


def _is_identifier(one: _Variable) -> bool:
    return next(iter(one.rows.values())).get("variable_type", "").casefold() == "identifier"


def _time(row: Row) -> str:
    """The time of a release: the day of its population, else the date, quarter or year that it is called by."""
    said = time_at(row.get("population_date", ""))
    if said != NOT_STATED_TIME:
        return said
    quarter, year = _QUARTER.fullmatch(row["release"]), _YEAR.fullmatch(row["release"])
    if quarter:
        return f"{quarter[1]}K{quarter[2]}"
    dated = time_at(row["release"])
    return time_at(year[1]) if dated == NOT_STATED_TIME and year else dated


# The report.


def _notes(
    tables: Sequence[_Table], variables: Mapping[str, _Variable], scopes: Mapping[tuple[str, str], Mapping[str, Row]]
) -> Iterator[Unmapped]:
    if not scopes:
        why = "without the tables scope and release_sets the source does not say which registers have them; no products"
        yield Unmapped("product", f"{len(variables)} variables", why)
    for table in _of(tables, "manifest"):
        version = next((row["value"] for row in table.rows if row["key"] == "schema_version"), "")
        if version and not version.startswith("2"):
            yield Unmapped("schema_version", f"{version} of {table.domain}", "not 2; read as if it were")
    kinds = sum(bool(next(iter(one.rows.values())).get("variable_type")) for one in variables.values())
    if kinds:
        yield Unmapped(
            "variable_type", f"{kinds} variables", "a characteristic has no place for it, but for identifiers"
        )
    unread = sum(not _labels(row["value_labels_json"]) for table in _of(tables, "value_labels") for row in table.rows)
    if unread:
        yield Unmapped("value_labels_json", f"{unread} code lists", "is no object of labels; no code list")
    lists = {(table.domain, row["value_label_id"]) for table in _of(tables, "value_labels") for row in table.rows}
    gone = {
        (one.domain, number)
        for one in variables.values()
        if (number := next(iter(one.rows.values())).get("value_label_id", "")) and (one.domain, number) not in lists
    }
    if gone:
        yield Unmapped("value_label_id", ", ".join(number for _, number in sorted(gone)), "no such code list")
    undated = sum(_time(_first(rows)) == NOT_STATED_TIME for rows in scopes.values())
    if undated:
        yield Unmapped("release", f"{undated} releases", "called by no date, quarter or year; no time")
