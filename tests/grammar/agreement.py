"""What it means that all readings of a text agree."""

from tests.grammar.readings import by_tree_sitter, described, pieces, read
from vkd_grammar import formal


def agree(text: str) -> None:
    """Both grammars read the text alike, and of each piece the parser says what they read."""
    formally = formal.parse(text)
    assert by_tree_sitter(text) == formally
    for begin, lines in pieces(text):
        end = begin + len(lines)
        own = tuple(line._replace(row=line.row - begin) for line in formally if begin <= line.row < end)
        piece = read(lines)
        assert (piece.header, piece.sentences, piece.comments) == described(own, "".join(lines))
        assert piece.rows == len(lines)
