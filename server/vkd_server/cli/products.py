"""Which products a text describes, found by their headers alone: what VKD404 needs of files that are not checked."""

from vkd_grammar.cut import is_header
from vkd_grammar.text import split_lines
from vkd_server.features.navigation.headings import read_header


def products_in(text: str) -> tuple[tuple[str, int], ...]:
    """The identification of every product in a text, with the row of its header."""
    found = ((row, *read_header(line)) for row, line in enumerate(split_lines(text)) if is_header(line))
    return tuple((identification, row) for row, kind, identification in found if kind == "product" and identification)
