"""Files of several periods: whether they are one product, and what their columns say together."""

from collections.abc import Sequence

from vkd_catalog.describing.sources import Edition
from vkd_catalog.describing.table import Column, Table
from vkd_catalog.describing.texts import cell, shortened
from vkd_catalog.suggest import loose
from vkd_grammar.words import fold


def agree(group: Sequence[Edition]) -> bool:
    """Whether files of several periods are one product: their columns are called alike, and an address can leave the
    period open."""
    columns = [frozenset(loose(column.name) for column in edition.table.columns) for edition in group]
    steps = {edition.period.step for edition in group if edition.period}
    forms = {edition.table.form for edition in group}
    numbers = [edition.period.number for edition in group if edition.period]
    return (
        len(set(columns)) == 1
        and len(forms) == 1
        and (len(group) == 1 or ("" not in steps and len(steps) == 1 and len(set(numbers)) == len(group)))
    )


def together(tables: Sequence[Table], notes: list[str]) -> list[Column]:
    """The columns of some tables whose columns are called alike: of each what the latest says, with the values of
    all."""
    if len(tables) == 1:
        return list(tables[0].columns)
    by_name: dict[str, list[Column]] = {}
    for table in reversed(tables):
        for column in table.columns:
            by_name.setdefault(loose(column.name), []).append(column)
    return [_one_of(columns, notes) for columns in by_name.values()]


def _one_of(columns: Sequence[Column], notes: list[str]) -> Column:
    latest = columns[0]
    values = dict(latest.values)
    for column in columns[1:]:
        for value, label in column.values.items():
            if fold(values.setdefault(value, label)) != fold(label):
                note = f"{shortened(latest.name)}: {cell(value)}={cell(values[value])}, {cell(value)}={cell(label)}"
                notes += [note] if note not in notes else []
    distinct = tuple(sorted({value for column in columns for value in column.distinct}))
    is_unique = all(column.is_unique for column in columns)
    missing = tuple(dict.fromkeys(value for column in columns for value in column.missing))
    complete = all(column.distinct for column in columns)
    return latest._replace(values=values, distinct=distinct if complete else (), is_unique=is_unique, missing=missing)
