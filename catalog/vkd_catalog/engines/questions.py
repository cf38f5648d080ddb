"""Questions to a register in SQL: what the embedded engine's table of sentences is asked."""

import json

from vkd_catalog.register import Ask, Codes

_MANY = 200
"""A question with more codes in a field, as mappings may make one, takes them as lists: a condition for each would be
more than SQLite reads."""

_LISTED = (
    "code IN (SELECT value FROM json_each(?)) OR number IN (SELECT term.number FROM json_each(?) AS root"
    " CROSS JOIN term ON term.code >= root.value || '.' AND term.code < root.value || '/')"
)

_HOLDS = "(start <= ? AND stop >= ?)"

_HOLDS_WITH_SET = (
    f"((NOT fixed AND {_HOLDS})"
    f" OR (fixed AND (product IN (SELECT product FROM sentence WHERE NOT fixed AND {_HOLDS}) OR NOT EXISTS"
    " (SELECT 1 FROM sentence AS beside WHERE beside.product = sentence.product AND NOT beside.fixed))))"
)


def conditions(ask: Ask) -> tuple[list[str], list[object]]:
    """The conditions on a sentence that answers a question, and the values that stand in them."""
    wanted: list[str] = []
    values: list[object] = []
    for column, codes in (
        ("characteristic", ask.characteristic),
        ("name", ask.name),
        ("object_type", ask.object_type),
    ):
        if codes is not None:
            wanted.append(f"{column} IN (SELECT number FROM term WHERE {_codes(codes, values)})")
    if ask.time is not None:
        wanted.append(_HOLDS_WITH_SET if ask.of_set else f"(fixed OR {_HOLDS})")
        values += [ask.time[1], ask.time[0]] * (2 if ask.of_set else 1)
    return wanted, values


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
