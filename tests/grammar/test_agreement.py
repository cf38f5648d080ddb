"""Both grammars, the formal one and the one that runs, read every text alike; so does the parser made of the latter."""

from hypothesis import given

from tests.grammar.readings import by_tree_sitter, described, pieces, read
from tests.grammar.texts import RANDOM, documents, from_definition, mutilated
from vkd_grammar import formal


def agree(text: str) -> None:
    formally = formal.parse(text)
    assert by_tree_sitter(text) == formally
    for begin, lines in pieces(text):
        end = begin + len(lines)
        own = tuple(line._replace(row=line.row - begin) for line in formally if begin <= line.row < end)
        piece = read(lines)
        assert (piece.header, piece.sentences, piece.comments) == described(own, "".join(lines))
        assert piece.rows == len(lines)


@given(documents())
def test_on_plausible_text(text: str) -> None:
    agree(text)


@given(mutilated())
def test_on_mutilated_text(text: str) -> None:
    agree(text)


@given(from_definition())
def test_on_text_that_the_definition_generates(text: str) -> None:
    agree(text)


@given(RANDOM)
def test_on_random_text(text: str) -> None:
    agree(text)
