"""Descriptions in which nothing was found, by what they say but for their identification.

Many descriptions of a file say the same of different information sets. What is found in one by itself does not hang on
what it is called, where that is called as nearly everything is, so it is looked for once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from vkd_grammar.kinds import Kind, header_type
from vkd_grammar.plain import opening_in
from vkd_grammar.text import BLANKS
from vkd_server.rules.shared.personal import may_hold_one

_PLAIN = re.compile(rf"[^\W\d_](?:[\w.,:()+-]|[{BLANKS}])*")
"""An identification in which nothing can be wrong but that it is used twice, or looks like a person's number."""

_MOST_KEPT = 20_000


class Called(NamedTuple):
    """A description's kind and identification, and the text that it shares with those that say the same."""

    kind: Kind
    identification: str
    says: str


class InOrder:
    """Remembers descriptions of one file in which nothing was found.

    It is right for as long as the vocabularies, the settings, the file's first line and the files that addresses lead
    to are what they were, so make one for each time that a file is looked through.
    """

    def __init__(self) -> None:
        self._known: set[str] = set()
        self._kinds: dict[str, Kind | None] = {}

    def called(self, lines: Sequence[str]) -> Called | None:
        """A description by its lines; None where it opens with a comment, or what it is called may be wrong."""
        opening = opening_in(lines[0]) if lines else None
        if opening is None or not _PLAIN.fullmatch(opening.identification):
            return None
        word, identification, technical = opening
        if word not in self._kinds:
            named = header_type(word.strip(BLANKS))
            self._kinds[word] = named.kind if named else None
        kind = self._kinds[word]
        if kind is None or may_hold_one(identification):
            return None
        return Called(kind, identification, "".join((word, "/", technical, *lines[1:])))

    def has(self, called: Called) -> bool:
        """Whether nothing was found in one that says the same."""
        return called.says in self._known

    def learn(self, called: Called) -> None:
        """Remembers that nothing was found in one."""
        if len(self._known) < _MOST_KEPT:
            self._known.add(called.says)
