"""The figures as Markdown: a table for each size with the servers side by side, and one of how vkd grows."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from benchmarks.language_server.measure import FIGURES, Figure, Result


class Run(NamedTuple):
    """One server on one document of so many lines and, if told, words; the floor on the same right before it."""

    server: str
    lines: int
    words: int | None
    result: Result
    floor: Result


def as_markdown(runs: Sequence[Run], machine: str, skipped: Mapping[str, str]) -> str:
    """The whole report. `skipped` says of each server that was not measured why."""
    parts = [
        "# The language server beside its peers",
        f"{machine}\n"
        "Made by `python -m benchmarks.language_server`. Milliseconds at the client's end of the pipe, and in\n"
        "brackets how many times that is what a bare pygls server takes for the same document, measured right before.\n"
        "The floor's own column is of vkd's document.",
        *(f"{name} is not in the tables: {reason}." for name, reason in skipped.items()),
        *(_of_one_size(list(same)) for _, same in groupby(runs, key=lambda run: (run.lines, run.words))),
        *_growth([run for run in runs if run.server == "vkd"]),
        "## What each figure is",
        "\n".join(f"- {figure.name}: {figure.meaning}." for figure in FIGURES),
    ]
    return "\n\n".join(parts) + "\n"


def as_json(runs: Sequence[Run], machine: str, skipped: Mapping[str, str]) -> str:
    """The same, with every figure by its key."""
    rows = [run._asdict() | {"result": run.result._asdict(), "floor": run.floor._asdict()} for run in runs]
    return json.dumps({"machine": machine, "skipped": skipped, "runs": rows}, indent=1, ensure_ascii=False)


def _of_one_size(runs: Sequence[Run]) -> str:
    """The servers side by side, and what is missing."""
    floor = runs[0]._replace(server="floor", result=runs[0].floor)
    title = f"## {_size(runs[0])}"
    notes = [f"- {run.server}: {note}" for run in runs for note in run.result.notes]
    return "\n\n".join([title, _table([floor, *runs], lambda run: run.server), *(["\n".join(notes)] if notes else [])])


def _growth(runs: Sequence[Run]) -> Iterator[str]:
    """vkd from the smallest size to the largest, by lines and by words."""
    for title, chosen in (
        ("lines", [run for run in runs if run.words is None]),
        ("words", [run for run in runs if run.words is not None]),
    ):
        if len(chosen) > 1:
            yield f"## vkd by {title}"
            yield _table(chosen, _size)


def _size(run: Run) -> str:
    return f"{run.lines:,} lines" if run.words is None else f"{run.words:,} words, {run.lines:,} lines"


def _table(runs: Sequence[Run], title: Callable[[Run], str]) -> str:
    rows = [["", *map(title, runs)], ["---", *("---:" for _ in runs)]]
    rows += [[figure.name, *(_cell(run, figure) for run in runs)] for figure in FIGURES]
    return "\n".join(map(_row, rows))


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(run: Run, figure: Figure) -> str:
    """A figure, and its ratio to the floor's where it has a unit and both are there."""
    value, floor = run.result.figures.get(figure.key), run.floor.figures.get(figure.key)
    if value is None:
        return "–"
    if not figure.unit:
        return f"{value:,.0f}"
    if not floor or run.result is run.floor:
        return _short(value)
    return f"{_short(value)} ({_short(value / floor)}x)"


def _short(value: float) -> str:
    """Three digits that count, or two of what is below one."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.{1 if value >= 10 else 2}f}" if value >= 1 else f"{value:.2g}"
