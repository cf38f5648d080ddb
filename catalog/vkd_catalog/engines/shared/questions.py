"""Questions to a shared register in SQL. Codes are looked up first, so that each is asked by the numbers it has."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from vkd_catalog.engines.shared.texts import read, stored
from vkd_catalog.register import Ask, Codes

Rows = Callable[..., list[tuple[Any, ...]]]
"""Asks a question with its values; the rows that answer it."""

_EXACTLY = "SELECT number FROM term WHERE coding = %s AND code = ANY(%s::text[])"
_BELOW = (
    "SELECT term.number FROM unnest(%s::text[]) AS root JOIN term"
    " ON term.coding = %s AND term.code >= root || '.' COLLATE \"C\" AND term.code < root || '/' COLLATE \"C\""
)
"""What is below `A` is from `A.` up to `A/`, for `/` comes next after the dot."""


_HOLDS = "(start <= %s AND stop >= %s)"

_HOLDS_WITH_SET = (
    f"((NOT fixed AND {_HOLDS})"
    f" OR (fixed AND (product IN (SELECT product FROM sentence WHERE NOT fixed AND {_HOLDS}) OR NOT EXISTS"
    " (SELECT FROM sentence AS beside WHERE beside.product = sentence.product AND NOT beside.fixed))))"
)


NO_TERM = 0
"""The number that no code has; it stands for an empty one."""


class Terms:
    """The numbers that codes have in one state of a register, looked up once each."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._numbers: dict[Codes, list[int]] = {}
        self._codes: dict[int, str] = {NO_TERM: ""}

    def numbers(self, codes: Codes, coding: int) -> list[int]:
        """The numbers of the codes that a field may have; none where nothing is registered of any."""
        known = self._numbers.get(codes)
        if known is None:
            known = self._numbers[codes] = self._looked_up(codes, coding)
        return known

    def codes(self, sentences: Sequence[tuple[Any, ...]]) -> Mapping[int, str]:
        """Codes by their numbers, among them all that stand in some rows of the table of sentences."""
        known = self._codes
        # `difference` looks each up in what is known; a minus sign would go through all of that, row by row.
        unknown = {number for row in sentences for number in row[2:5]}.difference(known)
        if unknown:
            rows = self._rows("SELECT number, code FROM term WHERE number = ANY(%s::integer[])", (list(unknown),))
            known.update((number, read(code)) for number, code in rows)
        return known

    def _looked_up(self, codes: Codes, coding: int) -> list[int]:
        exactly, below = [stored(code) for code in codes.exactly], [stored(code) for code in codes.below]
        if not below:
            rows = self._rows(_EXACTLY, (coding, exactly)) if exactly else []
        else:
            rows = self._rows(f"{_EXACTLY} UNION {_BELOW}", (coding, exactly, below, coding))
        return [number for (number,) in rows]


def conditions(ask: Ask, terms: Terms, coding: int) -> tuple[list[str], list[object]] | None:
    """The conditions on a sentence that answers a question, and the values that stand in them; None where no code of
    some field is registered, so that nothing answers it."""
    wanted: list[str] = []
    values: list[object] = []
    for column, codes in (
        ("characteristic", ask.characteristic),
        ("name", ask.name),
        ("object_type", ask.object_type),
    ):
        if codes is not None:
            numbers = terms.numbers(codes, coding)
            if not numbers:
                return None
            wanted.append(f"{column} = ANY(%s::integer[])")
            values.append(numbers)
    if not wanted:
        # Codes say of which coding a sentence is; where none is asked for, its product does.
        wanted.append("product IN (SELECT number FROM product WHERE coding = %s)")
        values.append(coding)
    if ask.time is not None:
        wanted.append(_HOLDS_WITH_SET if ask.of_set else f"(fixed OR {_HOLDS})")
        values += [ask.time[1], ask.time[0]] * (2 if ask.of_set else 1)
    return wanted, values
