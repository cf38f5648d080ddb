"""Marks in the texts of tests: « and » stand around what a problem must point at."""

import re

Place = tuple[int, int, int]
"""Row, start and end column, from 0."""


def marked(text: str) -> tuple[str, list[Place]]:
    """A text without its marks, and the places between them in order."""
    places: list[Place] = []
    rows = []
    for row, line in enumerate(re.findall(r"[^\n\r]*(?:\r\n|\n|\r)|[^\n\r]+$", text)):
        while "«" in line:
            before, _, rest = line.partition("«")
            inside, _, after = rest.partition("»")
            places.append((row, len(before), len(before) + len(inside)))
            line = before + inside + after
        rows.append(line)
    return "".join(rows), places
