"""The formatter: what it makes of a text, and what it must never change."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.grammar.plain_texts import plain
from tests.grammar.readings import parser, pieces, read
from tests.grammar.texts import anything
from vkd_grammar.document import read_document
from vkd_grammar.format import Formatter, display_width, format_description, format_text
from vkd_grammar.text import BLANKS, content, decode

CORPUS = Path(__file__).parents[2] / "grammar/corpus"

CASES = {
    "columns are as wide as their widest field": (
        '0/Etterspørselsbeskrivelse/bruker 1\n1/Personer/Personreg.nov.60/Yrke/19601101/O\n2/"/"/Kjønn/"/.\n',
        "0 / Etterspørselsbeskrivelse / bruker 1\n"
        "1 / Personer / Personreg.nov.60 / Yrke  / 19601101 / O\n"
        '2 / "        / "                / Kjønn / "        / .\n',
    ),
    "numbers are padded too": (
        "0 / Produktbeskrivelse / x\n" + "".join(f"{i} / a / b / c / 1970 / O\n" for i in range(9, 11)),
        "0 / Produktbeskrivelse / x\n9  / a / b / c / 1970 / O\n10 / a / b / c / 1970 / O\n",
    ),
    "technical data": (
        "  0/Produktbeskrivelse/x/data = a/b ;;doc=c ;form; =y;\n;access=open ; =\n  ;;\n1 / a / b / c / 1970 / .",
        "0 / Produktbeskrivelse / x / data=a/b; doc=c; form; =y\n    ; access=open; =\n    ;\n1 / a / b / c / 1970 / .",
    ),
    "an empty field": (
        "0 / / x /\n1 / a // c / 1970 /\n/ aa / bb / c / 1970 / .\n",
        "0 / / x\n1 / a  /    / c / 1970 /\n  / aa / bb / c / 1970 / .\n",
    ),
    "comments and blank lines lose the blanks around them": (
        "\t # of all \n \n# x  y \n0 / Produktbeskrivelse / x\n   # of it\u00a0\n1 / a / b / c / 1970 / .\n  ",
        "# of all\n\n# x  y\n0 / Produktbeskrivelse / x\n# of it\n1 / a / b / c / 1970 / .\n",
    ),
    "broken lines stay": (
        "0 / Produktbeskrivelse / x\n1 / a  / b \n 2 / aaa / b / c / 1970 / O\n  ; late \n3 / a / b / c / 1970 / .\n",
        "0 / Produktbeskrivelse / x\n1 / a  / b \n2 / aaa / b / c / 1970 / O\n  ; late \n3 / a   / b / c / 1970 / .\n",
    ),
    "line ends stay": (
        "0/Produktbeskrivelse/x\r\n1/a/b/c/1970/O\r2/a/b/c/1970/.\n\r\n",
        "0 / Produktbeskrivelse / x\r\n1 / a / b / c / 1970 / O\r2 / a / b / c / 1970 / .\n\r\n",
    ),
    "a carriage return and a line feed stay apart": (
        "0 / Produktbeskrivelse / x\r \n \n1 / a / b / c / 1970 / .\r ",
        "0 / Produktbeskrivelse / x\r \n\n1 / a / b / c / 1970 / .\r ",
    ),
    "an escaped blank belongs to its word": (
        "0 / Produktbeskrivelse / x\\  / data=a\\ \n1 / a\\  / b / c / 1970 / \\ \n2 / a / b / c / 1970 / .\\\n",
        "0 / Produktbeskrivelse / x\\  / data=a\\ \n1 / a\\  / b / c / 1970 / \\ \n2 / a   / b / c / 1970 / .\\\n",
    ),
    "words keep their case, inner blanks, escapes and letters": (
        "0 / pRODUKTbeskrivelse / A  b\n1/Ma\u030alt  x/a\\/b/[ A ]/1970 .. 1971/O\n2/aaaaaaaa/b/c/-/.\n",
        "0 / pRODUKTbeskrivelse / A  b\n"
        "1 / Ma\u030alt  x  / a\\/b / [ A ] / 1970 .. 1971 / O\n2 / aaaaaaaa / b    / c     / -            / .\n",
    ),
    "wide characters take two columns, combining marks none": (
        "0 / Produktbeskrivelse / x\n1/年齢/\U0001f4ca/e\u0301\u0323/a\u200db/O\n2/aaaa/bb/c/ab/.\n",
        "0 / Produktbeskrivelse / x\n"
        "1 / 年齢 / \U0001f4ca / e\u0301\u0323 / a\u200db / O\n2 / aaaa / bb / c / ab / .\n",
    ),
    "a field without end sticks out": (
        f"0 / Produktbeskrivelse / x\n1/{'a' * 101}/b/c/1970/O\n2/aa/b/c/1970/O\n3/a/b/c/1970/.\n",
        f"0 / Produktbeskrivelse / x\n1 / {'a' * 101} / b / c / 1970 / O\n2 / aa / b / c / 1970 / O\n"
        "3 / a  / b / c / 1970 / .\n",
    ),
    "each description has its own columns": (
        "0/Product description/x\n1/aa/b/c/1970/.\n0/Product description/y\n1/a/b/c/1970/.\n",
        "0 / Product description / x\n1 / aa / b / c / 1970 / .\n"
        "0 / Product description / y\n1 / a / b / c / 1970 / .\n",
    ),
    "what may be no description at all stays": ("a/b\n1/a/b/c/1970/.\n  # x \n \n", "a/b\n1/a/b/c/1970/.\n  # x \n \n"),
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_made_of_a_text(name: str) -> None:
    before, after = CASES[name]
    assert format_text(before, parser()) == after


@pytest.mark.parametrize("name", ["product", "demand"])
def test_what_is_well_formed_stays(name: str) -> None:
    text = (CORPUS / f"{name}.vkd").read_text(encoding="utf-8")
    assert format_text(text, parser()) == text


def harmless(text: str) -> None:
    """Formatting changes no field, no entry, no comment and no problem, and formatting twice is formatting once."""
    formatted = format_text(text, parser())
    before, after = list(pieces(text)), list(pieces(formatted))
    assert [row for row, _ in before] == [row for row, _ in after]
    for (_, old), (_, new) in zip(before, after, strict=True):
        assert meaning(old) == meaning(new)
        assert line_ends(old) == line_ends(new)
        if untouchable(old):
            assert old == new
    assert format_text(formatted, parser()) == formatted


def untouchable(lines: tuple[str, ...]) -> bool:
    """Whether a piece has sentences and no header above them."""
    piece = read(lines)
    return piece.header is None and bool(piece.sentences)


def line_ends(lines: tuple[str, ...]) -> list[str]:
    """How each line ends, but for a last one that does not."""
    return [line[len(content(line)) :] for line in lines if line[-1] in "\r\n"]


def meaning(lines: tuple[str, ...]) -> object:
    """All that a piece says, without the columns at which it says it."""
    piece = read(lines)
    header = piece.header
    return (
        header and (header.row, header.type, [field[:2] for field in header.fields]),
        header and [(entry.row, entry.key[:2], entry.value and entry.value[:2]) for entry in header.entries],
        [(sentence.row, [field[:2] for field in sentence.fields]) for sentence in piece.sentences],
        [(comment.row, comment.text) for comment in piece.comments],
        [(problem.code, problem.row, problem.facts) for problem in piece.problems],
    )


@given(anything())
def test_nothing_that_means_anything_changes(text: str) -> None:
    harmless(text)


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.vkd")), ids=lambda path: path.stem)
def test_nothing_that_means_anything_changes_in_the_corpus(path: Path) -> None:
    harmless(decode(path.read_bytes())[0])


@given(anything())
def test_columns_stand_under_each_other(text: str) -> None:
    for _, lines in pieces(format_text(text, parser())):
        piece = read(lines)
        starts = [
            tuple(display_width(lines[sentence.row][: field.start]) for field in sentence.fields)
            for sentence in piece.sentences
            if sentence.readable and all(field.text for field in sentence.fields)
        ]
        assert len(set(starts)) <= 1 or untouchable(lines)


@given(anything())
def test_no_line_that_was_read_ends_in_a_blank(text: str) -> None:
    for _, lines in pieces(format_text(text, parser())):
        unread = {sentence.row for sentence in read(lines).sentences if not sentence.readable}
        for row, line in enumerate(map(content, lines)):
            stripped = line.rstrip(BLANKS)
            below_carriage_return = row > 0 and lines[row - 1].endswith("\r")
            if line != stripped and not untouchable(lines):
                assert row in unread or stripped.endswith("\\") or (not stripped and below_carriage_return)


@pytest.mark.parametrize(
    ("text", "width"),
    [("", 0), ("abc", 3), ("å", 1), ("a\u030a", 1), ("年齢", 4), ("\U0001f4ca", 2), ("\u200b\u00ad", 0)],
)
def test_display_width(text: str, width: int) -> None:
    assert display_width(text) == width


@given(st.one_of(plain(), plain().map(lambda text: text * 2), anything()))
def test_what_is_plain_is_formatted_as_what_is_parsed(text: str) -> None:
    document, formatter = read_document(text, parser()), Formatter(parser())
    for _ in range(2):
        for index, description in enumerate(document.descriptions):
            lines = document.piece_lines(index)
            assert formatter.description(lines) == format_description(description, lines)
