"""Tables of figures as text for people: a column for each dimension, one for the figures, and what they rest on."""

from collections.abc import Iterator, Sequence

from vkd_catalog.data.figures import FigureTable, Note
from vkd_catalog.languages import counted, load, quoted, say


def as_text(tables: Sequence[FigureTable], revision: str, language: str) -> str:
    """The tables one below the other, each with notes, and what holds for all of them."""
    parts = ["\n".join(_table(table, language)) for table in tables]
    closing = [say("data.revision", language, revision=revision), say("data.no-control", language)]
    return "\n\n".join([*parts, "\n".join(closing)]) + "\n"


def note_in_words(note: Note, language: str) -> str:
    """What a note says, in a language."""
    what = ", ".join(quoted(one, language) if one else say("data.empty", language) for one in note.what)
    more = " …" if note.number > len(note.what) and note.key.startswith("absent") else ""
    return counted(f"data.note.{note.key}", note.number, language, what=what + more)


def heading_of(table: FigureTable) -> str:
    """What a table is of, and in which measure."""
    return f"{table.label} ({table.measure})" if table.measure else table.label


def header_of(table: FigureTable, language: str) -> list[str]:
    """What the columns of a table are called: its dimensions, its figures, and what these rest on."""
    return [*(one.label for one in table.dimensions), table.label, say("data.source", language)]


def cells_of(table: FigureTable, language: str) -> Iterator[list[str]]:
    """The cells of each row, below what the columns are called."""
    labels = [{one.id: _called(one.id, one.label) for one in dimension.categories} for dimension in table.dimensions]
    for figure in table.figures:
        places = (called[had] for called, had in zip(labels, figure.at, strict=True))
        source = f"{figure.product}, {say('data.line', language, line=figure.line)}"
        yield [*places, _shown(figure.value, language), source]


def _table(table: FigureTable, language: str) -> Iterator[str]:
    header, rows = header_of(table, language), list(cells_of(table, language))
    yield heading_of(table)
    widths = [max(len(row[at]) for row in (header, *rows)) for at in range(len(header))]
    number = len(table.dimensions)
    for row in (header, ["─" * width for width in widths], *rows):
        cells = (
            cell.rjust(width) if at == number else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield "  ".join(cells).rstrip()
    for note in table.notes:
        yield note_in_words(note, language)


def _called(ident: str, label: str) -> str:
    return label if label == ident else f"{ident} {label}"


def _shown(value: float | None, language: str) -> str:
    return "" if value is None else str(value).replace(".", load(language).decimal)
