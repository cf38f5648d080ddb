"""The tables of the PyPI package `dst-fsv`, read row by row: registers, labels, data sets, availability."""

import csv
import gzip
import re
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter
from pathlib import Path
from sys import intern
from typing import NamedTuple

from vkd_catalog.importers.labels import agreed, is_note, read_label
from vkd_catalog.importers.packages import Package, package_beside
from vkd_catalog.importers.report import ImportSourceError, Unmapped
from vkd_catalog.importers.words import label
from vkd_grammar.words import fold

TABLES = ("registers.csv.gz", "variables.csv.gz", "datasets.csv.gz", "availability.csv.gz")

_REGISTER_COLUMNS = (
    "register",
    "title_da",
    "title_en",
    "reference_type_da",
    "update_frequency",
    "first_year",
    "last_year",
    "latest_change_date",
    "remark_da",
    "url_variables",
    "url_datasets",
    "url_history",
)
_PERIOD = re.compile(r"\d{4}(0[1-9]|1[0-2])?", re.ASCII)


class Register(NamedTuple):
    """A row of the register table, as written there; the columns are `_REGISTER_COLUMNS`."""

    register: str
    title_da: str
    title_en: str
    reference_type: str
    update_frequency: str
    first_year: str
    last_year: str
    latest_change: str
    remark: str
    url_variables: str
    url_datasets: str
    url_history: str


class DataSet(NamedTuple):
    """A data set that can be ordered: one register in one period, with its variables in the order of the source.

    `period` is a year or a year and month in digits, empty where the source states none; `variables` are empty where it
    lists none for the period.
    """

    name: str
    period: str
    created: str
    observations: str
    size: str
    variables: Sequence[str]


class Labels(NamedTuple):
    """The labels of a variable in Danish and English, the most used first, without notes that there is none.

    The value labels by value, in either language, are those that its labels list.
    """

    da: Sequence[str]
    en: Sequence[str]
    values_da: Mapping[str, str]
    values_en: Mapping[str, str]


UNLABELLED = Labels((), (), {}, {})
"""What there is to say of a variable that no label speaks of."""


class Source(NamedTuple):
    """All that the tables say: registers, data sets by register, labels by variable, and what was noticed on reading.

    `cells` counts the rows of the availability table, those that repeat another among them.
    """

    package: Package
    registers: Sequence[Register]
    data_sets: Mapping[str, Sequence[DataSet]]
    labels: Mapping[str, Labels]
    cells: int
    notes: Sequence[Unmapped]


def read(folder: Path) -> Source:
    """Reads the four tables in `folder`. Raises ImportSourceError, naming the table and where it can the line."""
    notes: list[Unmapped] = []
    registers = _registers(folder / TABLES[0], notes)
    labels = _labels(folder / TABLES[1], notes)
    available = _availability(folder / TABLES[3], notes)
    data_sets = _data_sets(folder / TABLES[2], available, notes)
    for variable in dict.fromkeys(name for names in available.values() for name in names):
        labels.setdefault(variable, UNLABELLED)
    _note_registers(registers, data_sets, notes)
    cells = sum(count for counts in available.values() for count in counts.values())
    return Source(package_beside(folder, "dst-fsv"), registers, data_sets, labels, cells, notes)


def _rows(path: Path, columns: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The named columns of each row of a table."""
    try:
        with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
            reader = csv.reader(file)
            head = next(reader, [])
            missing = [name for name in columns if name not in head]
            if missing:
                raise ImportSourceError(path, f"lacks the column {', '.join(missing)}")
            pick = itemgetter(*(head.index(name) for name in columns))
            for row in reader:
                if len(row) != len(head):
                    raise ImportSourceError(path, f"line {reader.line_num} has {len(row)} fields, not {len(head)}")
                yield pick(row)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise ImportSourceError(path, f"is not a whole gzip file: {error}") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise ImportSourceError(path, f"cannot be read as CSV: {error}") from error


def _registers(path: Path, notes: list[Unmapped]) -> Sequence[Register]:
    registers: dict[str, Register] = {}
    for row in map(Register._make, _rows(path, _REGISTER_COLUMNS)):
        if registers.setdefault(row.register, row) is not row:
            notes.append(Unmapped("register", row.register, "listed before; the first one counts"))
    return tuple(registers.values())


def _labels(path: Path, notes: list[Unmapped]) -> dict[str, Labels]:
    counts: dict[str, tuple[Counter[str], Counter[str]]] = {}
    changed = {}
    left_out: Counter[str] = Counter()
    for variable, *texts in _rows(path, ("variable", "label_da", "label_en")):
        for counter, text in zip(counts.setdefault(variable, (Counter(), Counter())), texts, strict=True):
            kept = label(text)
            if "|" in text or "\t" in text:
                changed[text] = Unmapped("label", f"{variable}: {text}", f"a tab or | in it was replaced: {kept}")
            if is_note(kept):
                left_out[kept] += bool(kept)
            else:
                counter[kept] += 1
    notes.extend(changed.values())
    notes.extend(
        Unmapped("label", f"{text} ({count} times)", "a note, and no word for the variable; left out")
        for text, count in sorted(left_out.items())
        if text
    )
    return {name: _of_counts(da, en) for name, (da, en) in counts.items()}


def _of_counts(da: Counter[str], en: Counter[str]) -> Labels:
    (words_da, values_da), (words_en, values_en) = _read(da), _read(en)
    return Labels(words_da, words_en, values_da, values_en)


def _read(counter: Counter[str]) -> tuple[Sequence[str], Mapping[str, str]]:
    """The different words that a variable's labels give, the most used first, and the values that they list."""
    read = [read_label(text) for text, _ in counter.most_common()]
    words: dict[str, str] = {}
    for one in read:
        if one.word:
            words.setdefault(fold(one.word), one.word)
    return tuple(words.values()), agreed(one.values for one in read)


def _availability(path: Path, notes: list[Unmapped]) -> Mapping[tuple[str, str], Mapping[str, int]]:
    """How often the table lists each variable, by register and period; the variables in the order of the table."""
    cells: dict[tuple[str, str], dict[str, int]] = {}
    for register, variable, period in _rows(path, ("register", "variable", "period")):
        counts = cells.setdefault((register, intern(period)), {})
        name = intern(variable)
        counts[name] = counts.get(name, 0) + 1
    for (register, period), counts in cells.items():
        for name, count in counts.items():
            if count > 1:
                notes.append(Unmapped("cell", f"{register} {name} {period}", f"listed {count} times; one sentence"))
    return cells


def _data_sets(
    path: Path, available: Mapping[tuple[str, str], Mapping[str, int]], notes: list[Unmapped]
) -> Mapping[str, Sequence[DataSet]]:
    """The data sets by register. A data set's name is its register's with the period after it."""
    found: dict[str, dict[str, DataSet]] = {}
    columns = ("register", "dataset", "created_iso", "n_observations", "n_bytes")
    named: set[str] = set()
    for register, name, created, observations, size in _rows(path, columns):
        if name in named:
            notes.append(Unmapped("data set", name, "named before; the first one counts"))
            continue
        named.add(name)
        period = name.removeprefix(register)
        stated = period if _PERIOD.fullmatch(period) else ""
        variables = tuple(available.get((register, stated), ()))
        found.setdefault(register, {})[period] = DataSet(name, stated, created, observations, size, variables)
        notes.extend(_what_is_not_said(name, stated, variables))
    with_data = {(register, period) for register, sets in found.items() for period in sets}
    for register, period in available.keys() - with_data:
        notes.append(Unmapped("cells", f"{register} {period}", "no data set of this register and period; no product"))
    return {register: tuple(sets.values()) for register, sets in found.items()}


def _what_is_not_said(name: str, period: str, variables: Sequence[str]) -> Iterator[Unmapped]:
    if not period:
        why = "its name is not its register's with a period (year, or year and month) after it; no time is stated"
        yield Unmapped("data set", name, why)
    elif not variables:
        yield Unmapped("data set", name, "no variables are listed for its period; one sentence, not described")


def _note_registers(
    registers: Sequence[Register], data_sets: Mapping[str, Sequence[DataSet]], notes: list[Unmapped]
) -> None:
    known = {row.register for row in registers}
    notes.extend(
        Unmapped("register", register, "has data sets, but no row in the register table; no products")
        for register in data_sets
        if register not in known
    )
    notes.extend(
        Unmapped("register", row.register, "has no data sets; a name without products")
        for row in registers
        if row.register not in data_sets
    )
