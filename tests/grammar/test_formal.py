"""What the formal definition answers at a cursor."""

import pytest
from hypothesis import given

from tests.grammar.texts import anything
from vkd_grammar import formal
from vkd_grammar.text import split_lines

FIELD = {"WORD", "CODE", "CODED_WORD", "DITTO", "DONT_CARE"}
END = {"NEWLINE", "$END"}


@pytest.mark.parametrize(
    ("before", "may_come"),
    [
        ("", FIELD | END | {"ZERO", "LINE_NUMBER", "SLASH", "COMMENT", "SEMICOLON"}),
        ("0", END | {"SLASH"}),
        ("0 / ", FIELD | END | {"HEADER_TYPE", "SLASH"}),
        ("0 / Produktbeskrivelse", END | {"SLASH"}),
        ("0 / Produktbeskrivelse / x / ", END | {"KEY", "EQUAL", "SEMICOLON"}),
        ("0 / Produktbeskrivelse / x / data", END | {"EQUAL", "SEMICOLON"}),
        ("0 / Produktbeskrivelse / x / data=", END | {"VALUE", "SEMICOLON"}),
        ("0 / Produktbeskrivelse / x / data=a", END | {"SEMICOLON"}),
        ("; ", END | {"KEY", "EQUAL", "SEMICOLON"}),
        ("1 / ", FIELD | END | {"HEADER_TYPE", "SLASH"}),
        ("1 / a / ", FIELD | END | {"SLASH"}),
        ("1 / a / b / ", FIELD | END | {"SLASH"}),
        ("1 / a / b / c / ", FIELD | END | {"POINT", "INTERVAL", "SERIES", "MASK", "NOT_STATED", "SLASH"}),
        ("1 / a / b / c / 1970 / ", FIELD | END | {"OPERATOR", "SLASH"}),
        ("1 / a / b / c / 1970 / .", END | {"SLASH"}),
        ("# a", END),
        ("0 / x\r\n1 / a / b / c / ", FIELD | END | {"POINT", "INTERVAL", "SERIES", "MASK", "NOT_STATED", "SLASH"}),
        ("1 / a / b / c / \r", FIELD | END | {"ZERO", "LINE_NUMBER", "SLASH", "COMMENT", "SEMICOLON"}),
    ],
)
def test_what_may_come_next(before: str, may_come: set[str]) -> None:
    assert formal.expected(before) == may_come


@given(anything())
def test_what_stands_in_a_text_was_expected_there(text: str) -> None:
    lines = split_lines(text)
    for line in formal.parse(text):
        written = "".join(lines[: line.row + 1])
        begin = len(written) - len(lines[line.row])
        entries = [part for entry in line.entries for part in entry if part]
        for part in [*line.fields, *entries]:
            if part.kind != "empty":
                expected = formal.expected(written[: begin + part.start])
                zero = part.kind == "line_number" and "ZERO" in expected
                assert part.kind.upper() in expected or zero


@given(anything())
def test_every_text_may_end_anywhere(text: str) -> None:
    assert "$END" in formal.expected(text)
