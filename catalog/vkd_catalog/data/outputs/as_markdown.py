"""Tables of figures as Markdown, for editors: they stand below a reference message."""

from collections.abc import Iterator, Sequence

from vkd_catalog.data.figures import FigureTable
from vkd_catalog.data.outputs.as_text import cells_of, controls_in_words, header_of, heading_of, notes_of
from vkd_catalog.languages import say
from vkd_catalog.message.as_markdown import escaped


def as_markdown(tables: Sequence[FigureTable], revision: str, language: str) -> str:
    """The tables one below the other, each with notes, and what holds for all of them."""
    parts = ["\n".join(_table(table, language)) for table in tables]
    closing = (say("data.revision", language, revision=revision), *controls_in_words(tables, language))
    return "\n\n".join([f"## {escaped(say('data.numbers', language))}", *parts, *closing]) + "\n"


def _table(table: FigureTable, language: str) -> Iterator[str]:
    yield f"### {escaped(heading_of(table))}\n"
    header = header_of(table, language)
    number = len(table.dimensions)
    yield _row(header)
    yield _row(["---:" if at == number else "---" for at in range(len(header))], as_is=True)
    yield from (_row(cells) for cells in cells_of(table, language))
    for note in notes_of(table, language):
        yield f"\n{escaped(note)}"


def _row(cells: Sequence[str], *, as_is: bool = False) -> str:
    return f"| {' | '.join(cells if as_is else map(escaped, cells))} |"
