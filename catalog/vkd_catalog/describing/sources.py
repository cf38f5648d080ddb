"""The files that are to be described: those of data, those that are alike but for the period together, and
codebooks."""

from collections.abc import Callable, Iterator, Sequence
from functools import reduce
from pathlib import Path
from typing import NamedTuple

from vkd_catalog.describing.codebook import Codebook, codebook_in, described, may_be_codebook
from vkd_catalog.describing.periods import Period, grouped, period_in, short_period_in
from vkd_catalog.describing.readers import read_table
from vkd_catalog.describing.request import Request
from vkd_catalog.describing.table import Column, Table, UnreadableError
from vkd_catalog.importers.report import Follow, unfollowed
from vkd_catalog.suggest import loose


class Edition(NamedTuple):
    """One file of data, and the period that its name states, if any."""

    table: Table
    period: Period | None


class Read(NamedTuple):
    """Files as they were read: those of data, with those that are alike but for the period, and the codebooks; and
    those that could not be read."""

    groups: tuple[tuple[Edition, ...], ...]
    codebooks: tuple[Codebook, ...]
    unread: tuple[UnreadableError, ...]


def read_files(request: Request, hide: Callable[[str], str] = lambda text: text, follow: Follow = unfollowed) -> Read:
    """Reads all files, tells codebooks from data, and puts together what is alike but for the period.

    What no description may say is masked by `hide`.
    """
    unread: list[UnreadableError] = []
    tables: list[Table] = []
    files = tuple(file for file in request.files if file != request.codebook)
    for file in follow((*filter(None, [request.codebook]), *files), len(files) + bool(request.codebook)):
        try:
            tables.append(_read(file, hide, named=file == request.codebook))
        except UnreadableError as error:
            unread.append(error)
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            unread.append(UnreadableError(file, reason))
    data, codebooks, wrong = _codebooks_apart(request, tables)
    by_path = {table.path: table for table in data}
    groups = tuple(tuple(_edition(by_path[path], len(group)) for path in group) for group in grouped(by_path))
    return Read(groups, codebooks, (*unread, *wrong))


def sets_of_codebooks(codebooks: Sequence[Codebook]) -> Iterator[tuple[Edition, ...]]:
    """The sets that codebooks describe where there are no files of data: their variables as columns."""
    for book in codebooks:
        columns = tuple(variable.column for variable in book.variables)
        yield (Edition(book.table._replace(columns=columns, form="", whole=True), None),)


def with_codebooks(table: Table, codebooks: Sequence[Codebook]) -> Table:
    """A table whose columns say what the codebooks say of them: the first that says something counts, and before it
    what is said of this very file."""
    general: dict[str, list[Column]] = {}
    own: dict[str, list[Column]] = {}
    for variable in (variable for book in codebooks for variable in book.variables):
        if not variable.file or _is_of(variable.file, table.path):
            said = own if variable.file else general
            said.setdefault(loose(variable.column.name), []).append(variable.column)
    return table._replace(
        columns=tuple(
            reduce(described, reversed((*own.get(key, ()), *general.get(key, ()))), column)
            for column in table.columns
            for key in (loose(column.name),)
        )
    )


def _codebooks_apart(
    request: Request, tables: Sequence[Table]
) -> tuple[list[Table], tuple[Codebook, ...], list[UnreadableError]]:
    data: list[Table] = []
    codebooks: list[Codebook] = []
    wrong: list[UnreadableError] = []
    known = [column.name for table in tables if not table.cells for column in table.columns]
    for table in tables:
        named = table.path == request.codebook
        try:
            book = codebook_in(table, request.mapping if named else {}, None if named else known)
        except UnreadableError as error:
            wrong.append(error)
            continue
        if book:
            codebooks.append(book)
        elif named:
            columns = ", ".join(column.name for column in table.columns)
            wrong.append(UnreadableError(table.path, f"does not read as a codebook; its columns are {columns}"))
        else:
            data.append(table._replace(cells=()))
    return data, tuple(codebooks), wrong


def _edition(table: Table, among: int) -> Edition:
    period = period_in(table.path.stem)
    return Edition(table, period or (short_period_in(table.path.stem) if among > 1 else None))


def _read(file: Path, hide: Callable[[str], str], *, named: bool) -> Table:
    """The table in a file. Its cells are kept where it may be a codebook, or is `named` as one."""
    table = read_table(file)
    return _masked(table if named or may_be_codebook(table) else table._replace(cells=()), hide)


def _masked(table: Table, hide: Callable[[str], str]) -> Table:
    """A table without what no description may say."""
    columns = tuple(
        column._replace(
            name=hide(column.name),
            label=hide(column.label),
            values={hide(value): hide(label) for value, label in column.values.items()},
            missing=tuple(map(hide, column.missing)),
        )
        for column in table.columns
    )
    cells = [[hide(text) for text in row] for row in table.cells]
    return table._replace(columns=columns, title=hide(table.title), cells=cells)


def _is_of(file: str, path: Path) -> bool:
    """Whether what a codebook calls a file is this one: by its name, with or without ending and period."""
    said = loose(Path(file).stem if Path(file).suffix else file)
    period = period_in(path.stem)
    without = period.pattern.replace("{year}", "").strip(" -_.") if period else path.stem
    return said in (loose(path.stem), loose(without), loose(path.name))
