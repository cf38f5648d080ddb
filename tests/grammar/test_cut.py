"""Cutting a document into descriptions sees the headers that the grammar sees, and only those."""

import time
import unicodedata

import pytest
from hypothesis import given

from tests.grammar.readings import by_tree_sitter
from tests.grammar.texts import anything
from vkd_grammar import formal
from vkd_grammar.cut import is_header, starts
from vkd_grammar.kinds import HEADER_TYPES, header_type
from vkd_grammar.text import split_lines
from vkd_grammar.words import fold


@given(anything())
def test_a_piece_starts_at_each_header_or_at_the_comments_above_it(text: str) -> None:
    lines = split_lines(text)
    kinds = {line.row: line.kind for line in formal.parse(text)}
    headers = [row for row, kind in kinds.items() if kind == "header"]
    assert [row for row, line in enumerate(lines) if is_header(line)] == headers
    expected = {0}
    for row in headers:
        while kinds.get(row - 1) == "comment":
            row -= 1
        expected.add(row)
    assert starts(lines) == sorted(expected)


def folded_alike() -> list[tuple[str, str]]:
    """Each letter of the header types with each other character that case folding and NFC take for it."""
    letters = {letter for type_ in HEADER_TYPES for letter in fold(type_.word) if letter != " "}
    characters = (chr(number) for number in range(0x110000) if not 0xD800 <= number < 0xE000)
    pairs = [(fold(character), character) for character in characters if fold(character) in letters]
    return [*pairs, *((letter, unicodedata.normalize("NFD", letter)) for letter in letters)]


def test_a_header_type_is_known_in_every_spelling() -> None:
    for letter, spelling in folded_alike():
        for type_ in HEADER_TYPES:
            word = fold(type_.word).replace(letter, spelling)
            line = f"x / {word} / y"
            assert header_type(word) == header_type(type_.word)
            assert is_header(line), f"{word!r}, {spelling!r}"
            assert by_tree_sitter(line)[0].kind == "header"


@pytest.mark.parametrize(
    "line", ["", "#0 / a", " # / Demand description", "  ; a / Demand description", "00 / a", "O / Product", "1 / x"]
)
def test_no_header(line: str) -> None:
    assert not is_header(line)


@pytest.mark.parametrize("unit", ["a", " ", "\\", "a\\", "/", "#", ";", "0", "\u00a0", "a/ "])
def test_an_endless_line_is_looked_through_once(unit: str) -> None:
    line = unit * (2_000_000 // len(unit))
    began = time.process_time()
    is_header(line)
    assert time.process_time() - began < 2
