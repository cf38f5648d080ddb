"""Lines, positions and bytes: nothing is lost, and every place lies where it is said to lie."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.grammar.texts import anything
from vkd_grammar.text import (
    Encoding,
    Position,
    column_from_units,
    content,
    decode,
    split_lines,
    units_from_column,
)

ENCODINGS: dict[Encoding, str] = {"utf-8": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}
UNIT_BYTES: dict[Encoding, int] = {"utf-8": 1, "utf-16": 2, "utf-32": 4}
CHARACTERS = st.one_of(st.characters(codec="utf-8", exclude_characters="\r\n"), st.sampled_from("aå\u030a年\U0001f4ca"))
LINES = st.text(CHARACTERS)
BYTES = st.sampled_from([b"a", b"/", b"\r", b"\n", b"\xc3\xa5", b"\xc3", b"\xf0\x9f", b"\xff", b"\xed\xa0\x80"])


@given(anything())
def test_lines_join_to_the_text_and_hold_no_line_end_within(text: str) -> None:
    lines = split_lines(text)
    assert "".join(lines) == text
    for line in lines:
        assert line
        assert line[len(content(line)) :] in ("\n", "\r\n", "\r") or line == lines[-1] == content(line)
        assert not set("\r\n") & set(content(line))


def test_only_the_three_line_ends_of_the_protocol_end_a_line() -> None:
    assert split_lines("a\nb\r\nc\rd\u2028e\x85f\x0cg\x0bh") == ["a\n", "b\r\n", "c\r", "d\u2028e\x85f\x0cg\x0bh"]
    assert split_lines("\n\r\r\n") == ["\n", "\r", "\r\n"]
    assert split_lines("") == []


@given(LINES, st.sampled_from(list(ENCODINGS)))
def test_columns_and_units_are_each_others_reverse(line: str, encoding: Encoding) -> None:
    for column in range(len(line) + 1):
        units = units_from_column(line, column, encoding)
        assert units == len(line[:column].encode(ENCODINGS[encoding])) // UNIT_BYTES[encoding]
        assert column_from_units(line, units, encoding) == column
    assert column_from_units(line, units + 1000, encoding) == len(line)
    assert units_from_column(line, len(line) + 1000, encoding) == units


@pytest.mark.parametrize(
    ("encoding", "columns"),
    [("utf-8", [0, 0, 1, 1, 1, 1, 2, 3]), ("utf-16", [0, 1, 1, 2, 3]), ("utf-32", [0, 1, 2, 3])],
)
def test_a_place_inside_a_character_means_its_start(encoding: Encoding, columns: list[int]) -> None:
    assert [column_from_units("å\U0001f4cax", units, encoding) for units in range(len(columns))] == columns


@given(st.text(st.characters(codec="utf-8")))
def test_what_is_utf_8_is_read_as_it_is(text: str) -> None:
    assert decode(text.encode("utf-8-sig")) == (text, ())
    if not text.startswith("\ufeff"):
        assert decode(text.encode()) == (text, ())


@given(st.one_of(st.binary(), st.lists(BYTES).map(b"".join)))
def test_any_bytes_are_read_and_each_fault_is_placed(data: bytes) -> None:
    text, faults = decode(data)
    lines = split_lines(text)
    for (row, column), byte in faults:
        assert content(lines[row])[column] == "\ufffd"
        assert byte in data
    assert len({fault.position for fault in faults}) == len(faults)
    assert text.count("\ufffd") == len(faults) + data.count("\ufffd".encode())
    assert text == data.removeprefix(b"\xef\xbb\xbf").decode(errors="replace")


def test_a_fault_after_a_line_end_in_two_bytes_counts_one_line() -> None:
    text, faults = decode(b"a\r\n\xffb\r\xc3\n\xfe")
    assert text == "a\r\n\ufffdb\r\ufffd\n\ufffd"
    assert [fault.position for fault in faults] == [Position(1, 0), Position(2, 0), Position(3, 0)]
