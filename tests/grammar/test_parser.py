"""What the parser adds to the grammar: places inside their lines, texts as written, lines too long to read."""

import pickle

import pytest
from hypothesis import given

from tests.grammar.readings import pieces, read
from tests.grammar.texts import anything
from vkd_grammar.cut import is_header
from vkd_grammar.parser import Parser
from vkd_grammar.problems import Unreadable, WrongDitto
from vkd_grammar.syntax import Description, Entry, Field, Problem
from vkd_grammar.text import content, split_lines


def fields_of(piece: Description) -> list[tuple[int, Field]]:
    found = [(sentence.row, field) for sentence in piece.sentences for field in sentence.fields]
    if piece.header:
        found += [(piece.header.row, field) for field in piece.header.fields]
        found += [(entry.row, field) for entry in piece.header.entries for field in sides(entry)]
    return found


def sides(entry: Entry) -> list[Field]:
    return [entry.key, entry.value] if entry.value else [entry.key]


@given(anything())
def test_every_place_lies_inside_its_line_and_every_text_stands_there(text: str) -> None:
    for _, lines in pieces(text):
        piece = read(lines)
        for row, field in fields_of(piece):
            assert content(lines[row])[field.start : field.end] == field.text
            assert field.start <= field.end
            assert (field.kind == "empty") == (field.text == "")
        for row, start, end in [*(problem[1:4] for problem in piece.problems), *(note[:3] for note in piece.comments)]:
            assert 0 <= start <= end <= len(content(lines[row]))


@given(anything())
def test_a_line_that_was_read_before_is_read_alike(text: str) -> None:
    fresh, warm = Parser(), Parser()
    for line in split_lines(text):
        warm.parse([line])
    for _, lines in pieces(text):
        assert warm.parse(lines) == fresh.parse(lines) == warm.parse(lines)


@given(anything())
def test_a_description_knows_its_doc_comment(text: str) -> None:
    for _, lines in pieces(text):
        piece = read(lines)
        rows = [comment.row for comment in piece.documentation]
        header = piece.header.row if piece.header else 0
        assert rows == list(range(header - len(rows), header))
        assert header - len(rows) - 1 not in [comment.row for comment in piece.comments]


def test_a_line_too_long_to_read_hides_no_other() -> None:
    lines = ["0 / Produktbeskrivelse / x\n", "1 / " + "a" * 1_000_001 + "\n", "2 / a / b / c / 1970 / .\n"]
    piece = read(lines)
    assert [(p.code, p.row, p.of(Unreadable).length) for p in piece.problems if p.code == "VKD009"] == [
        ("VKD009", 1, 1_000_006)
    ]
    assert [sentence.row for sentence in piece.sentences] == [2]


@given(anything())
def test_a_long_piece_that_is_read_ahead_is_the_same(text: str) -> None:
    lines = [content(line) + "\n" for line in split_lines(text) if not is_header(line)]
    piece = ["0 / Produktbeskrivelse / a\n", *lines * (400 // max(1, len(lines)))]
    ahead = Parser()
    for _ in ahead.read_ahead(piece):
        pass
    assert ahead.parse(piece) == Parser().parse(piece)


def test_facts_are_read_as_what_they_are() -> None:
    problem = Problem("VKD009", 0, 0, 1, Unreadable("escape"))
    assert problem.of(Unreadable).reason == "escape"
    with pytest.raises(TypeError, match="VKD009"):
        problem.of(WrongDitto)
    assert pickle.loads(pickle.dumps(problem)) == problem
    assert hash(problem) == hash(Problem("VKD009", 0, 0, 1, Unreadable("escape")))
