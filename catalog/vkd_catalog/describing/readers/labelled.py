"""SPSS, Stata and SAS, read by pyreadstat: names, labels, value labels, missing values, and as many rows as tell what
stands in the columns."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from vkd_catalog.describing.table import MOST_ROWS, Column, Table, UnreadableError, plain_number, profiled
from vkd_catalog.files import open_regular

_READERS = {
    ".sav": ("spss", "read_sav"),
    ".zsav": ("spss", "read_sav"),
    ".por": ("spss", "read_por"),
    ".dta": ("stata", "read_dta"),
    ".sas7bdat": ("sas", "read_sas7bdat"),
    ".xpt": ("sas", "read_xport"),
}
_TAKES_MISSING = ("read_sav", "read_dta", "read_sas7bdat")
_MOST_IN_A_RANGE = 100
"""A range of missing values is written out where it holds no more whole numbers."""


def read(path: Path) -> Table:
    """The table in a file of a statistical program. Raises UnreadableError where it is none."""
    import pyreadstat

    # The library opens it by its path, and what is no file has no end.
    open_regular(path).close()
    form, function = _READERS[path.suffix.lower()]
    try:
        frame, told = _read(getattr(pyreadstat, function), function, path)
    except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, ValueError, OverflowError) as error:
        raise UnreadableError(path, f"cannot be read as {form.upper()}: {' '.join(str(error).split())}") from error
    names: Sequence[str] = told.column_names
    labels: Sequence[str | None] = told.column_labels or [None] * len(names)
    seen = len(next(iter(frame.values()), ()))
    whole = told.number_rows is not None and told.number_rows <= seen
    values: Mapping[str, Mapping[object, object]] = told.variable_value_labels or {}
    missing = _missing(told)
    columns = tuple(
        profiled(
            Column(name, label or "", _labels(values.get(name, {})), tuple(missing.get(name, ()))),
            map(_written, frame[name]),
            whole=whole,
        )
        for name, label in zip(names, labels, strict=True)
    )
    how = (told.file_encoding,) if told.file_encoding else ()
    return Table(path, form, columns, seen, whole, how, told.file_label or "")


def _read(function: Any, name: str, path: Path) -> tuple[Mapping[str, Any], Any]:
    """What pyreadstat makes of a file; one whose encoding it is wrong about is read as Western European once more."""
    import pyreadstat

    options: dict[str, object] = {"row_limit": MOST_ROWS, "output_format": "dict"}
    if name in _TAKES_MISSING:
        options["user_missing"] = True
    try:
        frame, told = function(str(path), **options)
    except (pyreadstat.ReadstatError, UnicodeDecodeError):
        if name == "read_por":
            raise
        frame, told = function(str(path), **options, encoding="WINDOWS-1252")
    return frame, told


def _labels(labels: Mapping[object, object]) -> Mapping[str, str]:
    return {_written(value): str(label).strip() for value, label in labels.items() if str(label).strip()}


def _missing(told: Any) -> Mapping[str, Iterable[str]]:
    """The values of each column that its file declares to say nothing; of a range that is wide its ends."""
    found: dict[str, dict[str, None]] = {}
    for name, ranges in (told.missing_ranges or {}).items():
        for one in ranges:
            found.setdefault(name, {}).update(dict.fromkeys(_in_range(one["lo"], one["hi"])))
    for name, values in (told.missing_user_values or {}).items():
        found.setdefault(name, {}).update(dict.fromkeys(map(_written, values)))
    return {name: sorted(values, key=lambda value: (len(value), value)) for name, values in found.items()}


def _in_range(low: object, high: object) -> Iterable[str]:
    if isinstance(low, float) and isinstance(high, float) and 0 <= high - low <= _MOST_IN_A_RANGE:
        return [_written(low + step) for step in range(int(high - low) + 1)]
    return [_written(low), _written(high)] if low != high else [_written(low)]


def _written(value: object) -> str:
    """A value as a code is written: SPSS keeps whole numbers as floats, and what is not there as nan."""
    if value is None or value != value:
        return ""
    return plain_number(str(value))
