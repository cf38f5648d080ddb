"""The matrix of 1972 figure 5: information sets against characteristics, in words and codes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from vkd_catalog.languages import say
from vkd_server.book.alphabet import alphabet_of
from vkd_server.book.content import Content, Holding
from vkd_server.book.markup import link, text
from vkd_server.book.pages import Entry, Places, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

_COLUMNS, _ROWS = 24, 900
"""So many sets and characteristics stand in a table: more would be wider and longer than anybody can follow."""


Rows = Sequence[tuple[str, str]]
"""Characteristics by word and code."""


def matrix_groups(content: Content) -> list[tuple[Sequence[Holding], Rows]]:
    """The parts of the matrix that can be followed: some sets each, and the characteristics that stand in any."""
    alphabet = alphabet_of(content.language)
    holdings = sorted(content.holdings, key=lambda one: alphabet.key(one.called))
    return [
        (group, rows)
        for at in range(0, len(holdings), _COLUMNS)
        for group in (holdings[at : at + _COLUMNS],)
        for rows in _groups(_rows(content, group))
    ]


def matrix_sheets(content: Content) -> list[Sheet]:
    """A page for each part of the matrix."""
    sheets = []
    for number, (group, rows) in enumerate(matrix_groups(content)):
        called = f"{group[0].called} – {group[-1].called}" if len(group) > 1 else group[0].called
        entry = Entry(f"m {number}", called, called, partial(_table, content, group, rows), 0)
        sheets.append(Sheet("matrix.html" if number == 0 else f"matrix-{number + 1}.html", [entry]))
    return sheets or [Sheet("matrix.html", [])]


def _rows(content: Content, group: Sequence[Holding]) -> Rows:
    """The characteristics that stand in some sets, by word and code, in the order of the alphabet."""
    alphabet, vocabulary = alphabet_of(content.language), content.catalogue.vocabularies.characteristics
    codes = dict.fromkeys(code for holding in group for code in holding.characteristics)
    named = ((concept.label(content.language) if (concept := vocabulary.coded(code)) else code, code) for code in codes)
    return sorted(named, key=lambda one: alphabet.key(one[0]))


def _groups(rows: Rows) -> Iterator[Rows]:
    for at in range(0, max(1, len(rows)), _ROWS):
        yield rows[at : at + _ROWS]


def _table(content: Content, group: Sequence[Holding], rows: Rows, places: Places) -> str:
    language = content.language
    has = [frozenset(holding.characteristics) for holding in group]
    head = "".join(
        f"<th scope=col><span>{link(places.href(f's {one.key}'), text(one.called))}</span></th>" for one in group
    )
    mark = f'<abbr title="{text(say("book.holds-it", language))}">●</abbr>'
    body = "".join(
        f"<tr><th scope=row>{link(places.href(f'k {code}'), text(called))} <code>{text(code)}</code></th>"
        + "".join(f"<td>{mark}</td>" if code in codes else "<td></td>" for codes in has)
        + "</tr>"
        for called, code in rows
    )
    caption = text(say("book.matrix-of", language, first=group[0].called, last=group[-1].called))
    return (
        f'<div class="wide" role="region" aria-label="{caption}" tabindex="0"><table class="matrix">'
        f"<caption>{caption}</caption><thead><tr><th scope=col>{text(say('book.characteristic', language))}</th>"
        f"{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )
