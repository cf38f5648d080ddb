"""Coverage as text, as Markdown, and as data for programs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from vkd_catalog.coverage import MEASURES, Coverage, Measure, Shares
from vkd_catalog.languages import counted, load, say
from vkd_catalog.message.as_markdown import escaped
from vkd_catalog.message.message import shown

_NUMBER = re.compile(r"[-:+−–\d.,() %]+")
"""A cell that can be no markup: a percentage, or the line below the head of a table."""

_CHANGED = 0.0005
"""A change of a share that can be seen in what is printed."""


class Moment(NamedTuple):
    """The coverage at a moment in git: what the revision was called, and the day it was made, if known."""

    named: str
    coverage: Coverage
    day: str = ""


class Told(NamedTuple):
    """The coverage of a catalogue by its name, and what it was earlier: at one revision, or at several in order."""

    catalogue: str
    now: Coverage
    since: Moment | None = None
    history: tuple[Moment, ...] = ()


def as_json(told: Told) -> dict[str, object]:
    """The coverage as data; `since` and `history` are there where they were asked for."""
    said = told.now.as_json()
    if told.since:
        said["since"] = {"named": told.since.named, **told.since.coverage.as_json()}
    if told.history:
        said["history"] = [{"named": one.named, "day": one.day, **one.coverage.as_json()} for one in told.history]
    return said


def as_text(told: Told, language: str) -> str:
    """The coverage as a table with a row for the whole catalogue and one for each collection."""
    table = list(_table(told, language))
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    lines = [_heading(told, language), ""]
    for first, *cells in table:
        row = (cell.rjust(width) for cell, width in zip(cells, widths[1:], strict=True))
        lines.append("  ".join((shown(first).ljust(widths[0]), *row)).rstrip())
    lines += ["", *_notes(told, language)]
    return "\n".join(lines) + "\n"


def as_markdown(told: Told, language: str) -> str:
    """The coverage as Markdown (CommonMark with tables); no word in it can become markup."""
    head, *rows = _table(told, language)
    lines = [f"# {escaped(_heading(told, language))}", "", _row(head), _row(["---", *["---:" for _ in head[1:]]])]
    lines += [_row(row) for row in rows]
    lines += ["", *(f"- {escaped(note)}" for note in _notes(told, language))]
    return "\n".join(lines) + "\n"


def percent(share: float | None, language: str) -> str:
    """A share as a percentage with one decimal, a dash where there is none. What is not all never reads as 100."""
    if share is None:
        return "–"
    rounded = 99.9 if share < 1 and round(share * 100, 1) >= 100 else round(share * 100, 1)
    return f"{rounded:.1f}".replace(".", load(language).decimal) + " %"


def below(coverage: Coverage, least: float) -> list[Measure]:
    """The measures of the whole catalogue whose share is less than one asks for."""
    return [one for one in MEASURES if (share := coverage.all.of(one).value) is not None and share < least]


def measure_name(measure: Measure, language: str) -> str:
    """What a measure is called."""
    return say(f"coverage.{measure}", language)


def _heading(told: Told, language: str) -> str:
    products = counted("editor.sets", told.now.all.products, language)
    return say("coverage.heading", language, catalogue=told.catalogue, revision=told.now.revision, products=products)


def _table(told: Told, language: str) -> Iterator[list[str]]:
    yield ["", *(measure_name(one, language) for one in MEASURES)]
    before = told.since.coverage if told.since else None
    yield [say("coverage.all", language), *_cells(told.now.all, before.all if before else None, language)]
    for name, shares in told.now.collections.items():
        yield [name, *_cells(shares, before.collections.get(name) if before else None, language)]
    for one in told.history:
        yield [f"{one.day} {one.named}".strip(), *_cells(one.coverage.all, None, language)]


def _cells(now: Shares, before: Shares | None, language: str) -> Iterator[str]:
    for measure in MEASURES:
        share = now.of(measure).value
        text = percent(share, language)
        had = before.of(measure).value if before else None
        if had is not None and share is not None and abs(share - had) >= _CHANGED:
            points = f"{(share - had) * 100:+.1f}".replace(".", load(language).decimal).replace("-", "−")
            text += f" ({points})"
        yield text


def _notes(told: Told, language: str) -> Iterator[str]:
    for measure in MEASURES:
        share = told.now.all.of(measure)
        if not share.all:
            continue
        name = measure_name(measure, language)
        about = say(f"coverage.{measure}-is", language, having=share.having, all=share.all)
        yield f"{name[:1].upper()}{name[1:]}: {about}"
    if told.now.all.elsewhere:
        yield counted("coverage.elsewhere", told.now.all.elsewhere, language)
    if told.since:
        yield say("coverage.since", language, revision=told.since.named)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell if _NUMBER.fullmatch(cell) else escaped(cell) for cell in cells)} |"
