"""The two printed forms of a message: no word breaks out of Markdown, and lines of text keep to their width."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vkd_catalog.message import Message
from vkd_catalog.message.as_markdown import as_markdown
from vkd_catalog.message.as_text import as_text
from vkd_catalog.message.message import Address, Fold, Heading, Item, Items, Paragraph, Part, Table, shown
from vkd_grammar.format import display_width

ESCAPED = re.compile(r"\\[!-/:-@\[-`{-~]")
MARKUP = "\\`*[]<>|~&#$@"
HARMLESS = "ord"

hostile = st.lists(
    st.sampled_from(
        [*MARKUP, "_", "-", "+", "=", "1.", "2)", "(", ")", "!", ":", "://", "http", "ftp", "javascript", "www.", "ord"]
        + [
            "\n",
            "\r\n",
            "\t",
            "\u2028",
            "\x1b[31m",
            "\u202e",
            " ",
            "  ",
            "&lt;",
            "<script>",
            "---",
            "|---|",
            "```",
            "å",
        ]
    ),
    max_size=12,
).map("".join)
words = hostile.filter(shown)
"""Words of which something can be shown."""

tried = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def around(word: str, link: str = "") -> Message:
    """A message with a word wherever a word of a user can stand."""
    entry = Item(word, Address(word, word, link), (Item("", word), Item(word, word), Item(word)))
    items, table = (entry, Item(word, word)), Table((word, word), ((word, word),))
    blocks = (Paragraph(word), Heading(word), Items(items), table, Fold("About", items))
    parts = [Part(number, word, blocks) for number in range(1, 6)]
    return Message(word, blocks, (word, word), (parts[0], parts[1], parts[2], parts[3], parts[4]))


def markup(text: str) -> Iterator[tuple[str, ...]]:
    """What could be markup in each line, its escaped characters taken away."""
    for line in text.split("\n"):
        bare = ESCAPED.sub("", line)
        yield tuple(character for character in bare if character in MARKUP)


@tried
@given(words)
def test_no_word_becomes_markup(word: str) -> None:
    text = as_markdown(around(word))
    assert list(markup(text)) == list(markup(as_markdown(around(HARMLESS))))
    for line in text.split("\n"):
        bare = ESCAPED.sub("\0", line)
        assert not re.search(r"(?<![^\W_])_|_(?![^\W_])", bare), line
        assert not re.search(r"(?<!http)(?<!https)://", bare, re.IGNORECASE), line
        if not bare.startswith(("|", "## ")):
            content = re.sub(r"^(?:\s*- |#+ )", "", bare)
            assert not re.match(r"[-+=]|\d+[.)](?:\s|$)", content), line


@tried
@given(words)
def test_no_word_starts_or_ends_a_line_of_its_own(word: str) -> None:
    harmless = as_markdown(around(HARMLESS))
    assert as_markdown(around(word)).count("\n") == harmless.count("\n")
    assert not set("\x1b\u202e\u2028\r\t") & set(as_text(around(word)))


@pytest.mark.parametrize(
    ("link", "target"),
    [
        ("https://a.no/x(1)", "<https://a.no/x(1)>"),
        ("http://a.no/<b> c|d\\e", "<http://a.no/%3Cb%3E%20c%7Cd%5Ce>"),
    ],
)
def test_an_address_a_browser_can_open_is_a_link(link: str, target: str) -> None:
    assert f"[ord]({target})" in as_markdown(around("ord", link))


def test_what_not_every_reader_needs_is_folded_away() -> None:
    part = Part(1, "Heading", (Fold("More <of> it", (Item("a", "", (Item("b", "c"),)),)),))
    one = Message("title", (), (), (part, part, part, part, part))
    folded = "<details>\n<summary>More &lt;of&gt; it</summary>\n\n- **a**\n  - b – c\n\n</details>\n"
    assert folded in as_markdown(one)
    assert "   More <of> it:\n   a\n      b  c\n" in as_text(one)


def test_other_addresses_are_no_links() -> None:
    assert "](" not in as_markdown(around("javascript:alert(1)"))


@tried
@given(st.lists(st.text("ab 漢å\u0301-", max_size=30), min_size=1, max_size=6), st.integers(40, 100))
def test_lines_keep_to_the_width_and_columns_are_aligned(cells: list[str], width: int) -> None:
    table = Table(("First", "Second", "漢字"), tuple((cell, cell[::-1], "x") for cell in cells))
    part = Part(1, "Heading", (table,))
    text = as_text(Message("title", (), (), (part, part, part, part, part)), width)
    assert all(display_width(line) <= width for line in text.split("\n"))
    rows = text.split("1. Heading\n\n")[1].split("\n\n")[0].split("\n")
    column = display_width(rows[0].partition("漢字")[0])
    for row in rows[1:]:
        head, x, rest = row.rpartition("x")
        assert not x or (display_width(head) == column and not rest)


def test_a_long_word_is_broken_in_a_table_and_an_address_never_is() -> None:
    word = "x" * 300
    broken = as_text(around(word), 60)
    assert word in broken
    table = Part(1, "Heading", (Table(("a", "b"), ((word, word),)),))
    text = as_text(Message("title", (), (), (table, table, table, table, table)), 60)
    assert max(map(display_width, text.split("\n"))) <= 60
    assert text.count("x") == 5 * 600


def test_labels_stand_in_one_column_and_what_is_below_under_the_text() -> None:
    items = Items((Item("a", "one", (Item("b", "below"),)), Item("long label", "two")))
    part = Part(1, "Heading", (items,))
    text = as_text(Message("title", (), (), (part, part, part, part, part)))
    assert "   a           one\n               b  below\n   long label  two\n" in text


def test_shown_keeps_what_can_be_shown() -> None:
    assert shown(" a\tb\n\u00a0c ") == "a b c"
    assert shown("a\x1b[0m\u202eb") == "a\ufffd[0m\ufffdb"
    assert shown("x" * 10**6) == "x" * 5000 + "…"
