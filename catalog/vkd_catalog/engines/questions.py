"""Questions to a register in SQL: what the embedded engine's table of sentences is asked."""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from vkd_catalog.register import Ask, Codes

_MANY = 200
"""A question with more codes in a field, as mappings may make one, takes them as lists: a condition for each would be
more than SQLite reads."""

_FEW = 16
"""So many numbers stand in a condition one by one; more are a list, so that few conditions differ as text."""

_MANY_NUMBERS = "IN (SELECT value FROM json_each(?))"

_MOST_KNOWN = 5_000
"""So many codes and lists of codes are known by their numbers before all are forgotten."""

_LISTED = (
    "code IN (SELECT value FROM json_each(?)) OR number IN (SELECT term.number FROM json_each(?) AS root"
    " CROSS JOIN term ON term.code >= root.value || '.' AND term.code < root.value || '/')"
)

_HOLDS = "(start <= ? AND stop >= ?)"

_DATED = "SELECT 1 FROM sentence AS beside WHERE beside.product = sentence.product AND NOT beside.fixed"

_HOLDS_WITH_SET = (
    f"((NOT fixed AND {_HOLDS}) OR (fixed AND"
    f" (EXISTS ({_DATED} AND beside.start <= ? AND beside.stop >= ?) OR NOT EXISTS ({_DATED}))))"
)


class Hidden:
    """Products that cannot be found, as conditions on a column of their numbers. A file's products have numbers that
    follow upon each other, so that however many files are hidden, the conditions are few."""

    def __init__(self, numbers: frozenset[int]) -> None:
        self.numbers = numbers
        stretches = list(_stretches(numbers))
        self._stretches = [one for one in stretches if one[0] < one[1]]
        self._single = ",".join(str(first) for first, last in stretches if first == last)

    def among(self, column: str) -> str:
        """The condition that a product is one of these."""
        parts = [f"{column} BETWEEN {first} AND {last}" for first, last in self._stretches]
        # An empty list beside them would have every sentence read.
        if self._single or not parts:
            parts.append(f"{column} IN ({self._single})")
        return " OR ".join(parts)

    def besides(self, column: str) -> str:
        """The condition that a product is none of these; no index is read by it."""
        return f"NOT ({self.among(f'+{column}')})" if self.numbers else "true"


def _stretches(numbers: Collection[int]) -> Iterator[tuple[int, int]]:
    """The first and last of all numbers that follow upon each other."""
    first = last = 0
    for number in sorted(numbers):
        if number != last + 1 or not first:
            if first:
                yield first, last
            first = number
        last = number
    if first:
        yield first, last


class Terms:
    """The numbers that codes have in one state of a register, looked up once each. `answers` gives the answers to a
    question in SQL with its values."""

    def __init__(self, answers: Callable[[str, Sequence[object]], Iterable[tuple[int, ...]]]) -> None:
        self._answers = answers
        self._known: dict[Codes, tuple[str, tuple[object, ...], Sequence[int]]] = {}

    def among(self, codes: Codes) -> tuple[str, tuple[object, ...]]:
        """What a column is compared with that may have some codes, and the values that stand in it."""
        return self._of(codes)[:2]

    def numbers(self, codes: Codes) -> Sequence[int]:
        """The numbers of the codes that are some codes, or below some."""
        return self._of(codes)[2]

    def _of(self, codes: Codes) -> tuple[str, tuple[object, ...], Sequence[int]]:
        known = self._known.get(codes)
        if known is None:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            known = self._known[codes] = self._looked_up(codes)
        return known

    def _looked_up(self, codes: Codes) -> tuple[str, tuple[object, ...], Sequence[int]]:
        values: list[object] = []
        rows = self._answers(f"SELECT number FROM term WHERE {_codes(codes, values)}", values)
        numbers = [number for (number,) in rows]
        if len(numbers) <= _FEW:
            return f"IN ({','.join('?' * len(numbers))})", tuple(numbers), numbers
        return _MANY_NUMBERS, (json.dumps(numbers),), numbers


def conditions(ask: Ask, terms: Terms | None = None) -> tuple[list[str], list[object]]:
    """The conditions on a sentence that answers a question, and the values that stand in them. What `terms` has looked
    up is not looked up again."""
    wanted: list[str] = []
    values: list[object] = []
    fields = (("characteristic", ask.characteristic), ("name", ask.name), ("object_type", ask.object_type))
    for column, codes in fields:
        if codes is None:
            continue
        if terms is None:
            wanted.append(f"{column} IN (SELECT number FROM term WHERE {_codes(codes, values)})")
        else:
            among, numbers = terms.among(codes)
            wanted.append(f"{column} {among}")
            values += numbers
    _read_by_the_fewest(wanted)
    if ask.time is not None:
        wanted.append(_HOLDS_WITH_SET if ask.of_set else f"(fixed OR {_HOLDS})")
        values += [ask.time[1], ask.time[0]] * (2 if ask.of_set else 1)
    return wanted, values


def _read_by_the_fewest(wanted: list[str]) -> None:
    """Lets an index be read by characteristic or name alone where the other may be many: SQLite would look into it for
    each two of them. What has a sign before it is compared with what is read."""
    by_column = {one.split(" ")[0]: place for place, one in enumerate(wanted) if one.endswith(_MANY_NUMBERS)}
    if len(wanted) > 1 and wanted[1].startswith("name") and by_column.keys() & {"characteristic", "name"}:
        compared = by_column.get("name", by_column.get("characteristic", 0))
        wanted[compared] = f"+{wanted[compared]}"


def _codes(codes: Codes, values: list[object]) -> str:
    """The SQL condition that a term's code is one of some codes or below one. What is below `A` is from `A.` up to
    `A/`, for `/` comes next after the dot."""
    if len(codes.exactly) + len(codes.below) > _MANY:
        values += [json.dumps(codes.exactly), json.dumps(codes.below)]
        return _LISTED
    parts = [f"code IN ({','.join('?' * len(codes.exactly))})"]
    values += codes.exactly
    for code in codes.below:
        parts.append("(code >= ? AND code < ?)")
        values += [f"{code}.", f"{code}/"]
    return " OR ".join(parts)
