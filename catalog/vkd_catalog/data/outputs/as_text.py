"""Tables of figures as text for people: a column for each dimension, one for the figures, and what they rest on."""

from collections.abc import Iterator, Sequence

from vkd_catalog.data.figures import FigureTable, Note, Source
from vkd_catalog.languages import counted, load, quoted, say


def as_text(tables: Sequence[FigureTable], revision: str, language: str) -> str:
    """The tables one below the other, each with notes, and what holds for all of them."""
    parts = ["\n".join(_table(table, language)) for table in tables]
    closing = [say("data.revision", language, revision=revision), *controls_in_words(tables, language)]
    return "\n\n".join([*parts, "\n".join(closing)]) + "\n"


def note_in_words(note: Note, language: str) -> str:
    """What a note says, in a language."""
    what = ", ".join(quoted(one, language) if one else say("data.empty", language) for one in note.what)
    more = " …" if note.number > len(note.what) and note.key.startswith("absent") else ""
    return counted(f"data.note.{note.key}", note.number, language, what=what + more)


def control_in_words(table: FigureTable, language: str) -> tuple[str, ...]:
    """What disclosure control a table went through: the rules and what they changed, and that a person must check it;
    or that there was none."""
    return (say("data.no-control", language),) if table.control is None else table.control.said


def controls_in_words(tables: Sequence[FigureTable], language: str) -> list[str]:
    """What disclosure control some tables went through, each thing said once."""
    return list(dict.fromkeys(line for table in tables for line in control_in_words(table, language)))


def heading_of(table: FigureTable) -> str:
    """What a table is of, and in which measure."""
    return f"{table.label} ({table.measure})" if table.measure else table.label


def header_of(table: FigureTable, language: str) -> list[str]:
    """What the columns of a table are called: its dimensions, its figures, and, where these rest on different things,
    on what."""
    source = [] if _rests_on_one(table) else [say("data.source", language)]
    return [*(one.label for one in table.dimensions), table.label, *source]


def notes_of(table: FigureTable, language: str) -> Iterator[str]:
    """What is said of a table below it: what all its figures rest on, where they were computed, and its notes."""
    if _rests_on_one(table):
        sources = "; ".join(_source(one, language) for one in table.figures[0].sources)
        yield say("data.sources", language, sources=sources)
    yield from (note_in_words(note, language) for note in table.notes)


def _rests_on_one(table: FigureTable) -> bool:
    """Whether all figures of a table were computed out of the same."""
    return table.control is not None and len({figure.sources for figure in table.figures}) == 1


def _source(source: Source, language: str) -> str:
    return f"{source.product}, {say('data.line', language, line=source.line)}"


def cells_of(table: FigureTable, language: str) -> Iterator[list[str]]:
    """The cells of each row, below what the columns are called."""
    is_told_below = _rests_on_one(table)
    labels = [{one.id: _called(one.id, one.label) for one in dimension.categories} for dimension in table.dimensions]
    for figure in table.figures:
        places = (called[had] for called, had in zip(labels, figure.at, strict=True))
        source = [] if is_told_below else ["; ".join(_source(one, language) for one in figure.sources)]
        yield [*places, _shown(figure.value, language), *source]


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
    yield from notes_of(table, language)


def _called(ident: str, label: str) -> str:
    return label if label == ident else f"{ident} {label}"


def _shown(value: float | None, language: str) -> str:
    return "" if value is None else str(value).replace(".", load(language).decimal)
