"""An edited document equals the document read afresh."""

from hypothesis import given
from hypothesis import strategies as st

from tests.grammar.readings import parser
from tests.grammar.texts import RANDOM, anything, documents
from vkd_grammar.document import Edit, edited, read_document
from vkd_grammar.text import Position, Span, split_lines

EDITS = st.tuples(st.floats(0, 1), st.floats(0, 1), st.one_of(documents(), RANDOM))


@given(anything(), st.lists(EDITS, min_size=1, max_size=3))
def test_edits(text: str, edits: list[tuple[float, float, str]]) -> None:
    document = read_document(text, parser())
    for one, other, new in edits:
        start, end = sorted((round(one * len(text)), round(other * len(text))))
        edit = Edit(Span(position(text, start), position(text, end)), new)
        document = edited(document, edit).document
        text = text[:start] + new + text[end:]
        assert document == read_document(text, parser())


def position(text: str, offset: int) -> Position:
    """The place of an offset; inside a CR LF it is that line's end."""
    before = split_lines(text[:offset])
    if not before:
        return Position(0, 0)
    if before[-1][-1] == "\n" or (before[-1][-1] == "\r" and text[offset : offset + 1] != "\n"):
        return Position(len(before), 0)
    return Position(len(before) - 1, len(before[-1]))


def test_a_place_past_the_end_means_the_end() -> None:
    document = read_document("0 / a\n1 / b", parser())
    far = Position(99, 99)
    assert edited(document, Edit(Span(far, far), " / c")).document.text == "0 / a\n1 / b / c"
    assert edited(document, Edit(Span(Position(0, 99), far), "")).document.text == "0 / a\n"
