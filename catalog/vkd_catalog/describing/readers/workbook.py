"""Workbooks: the sheet of an Excel or OpenDocument file that holds most cells."""

from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from vkd_catalog.describing.grid import Grid, table_in
from vkd_catalog.describing.table import MOST_ROWS, Note, Table, UnreadableError
from vkd_catalog.files import MOST_BYTES, read_file

_ZIP = b"PK\x03\x04"


def read(path: Path) -> Table:
    """The table in the largest sheet of a workbook. Raises UnreadableError where there is none."""
    from python_calamine import CalamineError, CalamineWorkbook

    data = read_file(path)
    _require_bounded(path, data)
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        sheets = {name: book.get_sheet_by_name(name) for name in book.sheet_names}
        largest = max(sheets, key=lambda name: sheets[name].height * sheets[name].width, default=None)
        if largest is None:
            raise UnreadableError(path, "has no sheet")
        rows = sheets[largest].to_python(skip_empty_area=True, nrows=MOST_ROWS + 2)
    except (CalamineError, ValueError, OSError) as error:
        raise UnreadableError(path, f"cannot be read as a workbook: {error}") from error
    written = [[_written(cell) for cell in row] for row in rows]
    grid = Grid(written[: MOST_ROWS + 1], len(written) <= MOST_ROWS + 1)
    table = table_in(path, path.suffix.lower().lstrip("."), grid, (largest,))
    others = [name for name in sheets if name != largest and sheets[name].height]
    return table._replace(notes=(*table.notes, *_not_read(others)))


def _not_read(others: Sequence[str]) -> Sequence[Note]:
    return (Note("sheets", {"sheets": ", ".join(others)}),) if others else ()


def _written(cell: object) -> str:
    """A cell as text: whole numbers without decimals, days as ISO 8601 writes them."""
    if isinstance(cell, bool):
        return str(int(cell))
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if not cell.time().replace(microsecond=0) > cell.min.time() else str(cell)
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _require_bounded(path: Path, data: bytes) -> None:
    """Raises UnreadableError where a file is packed so tightly that unpacking it would fill the memory."""
    if not data.startswith(_ZIP):
        return
    try:
        size = sum(one.file_size for one in ZipFile(BytesIO(data)).infolist())
    except (BadZipFile, ValueError, OSError) as error:
        raise UnreadableError(path, f"cannot be read as a workbook: {error}") from error
    if size > MOST_BYTES:
        raise UnreadableError(path, f"unpacks to more than {MOST_BYTES // 1024 // 1024} MB")
