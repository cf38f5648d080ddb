"""The report of what was measured, and its plot."""

import os
import statistics
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.plots import Line, growth
from benchmarks.scale.measures import percentile
from benchmarks.scale.processes import Process

Figures = Mapping[str, Any]
"""What one section measured of one size."""
Found = Mapping[str, Mapping[str, Figures]]
"""The sections' figures by number of products."""


class Row(NamedTuple):
    """A row of the report: what it tells, of which section, and how."""

    name: str
    section: str
    told: Callable[[Figures], str]


def as_markdown(found: Found) -> str:
    """The report."""
    sizes = sorted(found, key=int)
    heads = [f"{int(size):,} products" for size in sizes]
    return "\n".join(
        [
            "# What a catalogue costs as it grows",
            "",
            f"Python {sys.version.split()[0]} on {os.cpu_count()} cores; made by `benchmarks/scale/` over catalogues",
            "that `benchmarks/corpus.py` draws. Seconds and milliseconds are of a processor, but those of the server",
            "are by the wall; megabytes are the most that a process held. Three figures are p50, p95 and p99.",
            "By hand is the same demand in SQL over the register's own tables (`benchmarks/scale/by_hand.py`), with",
            "equal answers: how many covers, and the first twenty. It chooses no editions, orders nothing that is as",
            "good, and explains nothing. What each cost grows with, and why: [docs/scale.md](../docs/scale.md).",
            "",
            "![What a catalogue costs as it grows](scale.svg)",
            "",
            *_table(("", *heads), ((row.name, *(_told(row, found[size]) for size in sizes)) for row in ROWS)),
            "Demands by kind: median and most in milliseconds, and the median of how many times what it takes by hand:",
            "",
            *_table(("", *heads), ((kind, *(_of_kind(kind, found[size]) for size in sizes)) for kind in _kinds(found))),
        ]
    )


def plotted(found: Found, path: Path) -> None:
    """Draws the plot, where matplotlib is there."""
    panels = {
        "a demand, and by hand": _DEMANDS,
        "a kind of demand, most": {kind: ("mix", _most(kind)) for kind in _kinds(found)},
        "an editor and the page": _EDITOR,
        "whole processes": _PROCESSES,
    }
    growth(path, {title: dict(_lines(found, figures)) for title, figures in panels.items()})


def _lines(found: Found, figures: Mapping[str, tuple[str, Callable[[Figures], float]]]) -> Iterator[tuple[str, Line]]:
    for name, (section, figure) in figures.items():
        line = [(int(size), figure(some[section])) for size, some in found.items() if section in some]
        if line:
            yield name, sorted(line)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield f"|{' --- |' * len(heads)}"
    yield from (f"| {' | '.join(row)} |" for row in rows)
    yield ""


def _told(row: Row, sections: Mapping[str, Figures]) -> str:
    return row.told(sections[row.section]) if row.section in sections else ""


def _kinds(found: Found) -> list[str]:
    return list(dict.fromkeys(kind for some in found.values() if "mix" in some for kind in some["mix"]["times"]))


def _of_kind(kind: str, sections: Mapping[str, Figures]) -> str:
    if "mix" not in sections:
        return ""
    times = sections["mix"]["times"][kind]
    answers = [one[ANSWER] for one in times]
    return f"{_number(statistics.median(answers))}, {_number(max(answers))}; {_ratio(times)}"


ANSWER, MESSAGE, BY_HAND = range(3)
"""What stands at which place of a demand's times."""


def _mixed(at: int) -> Callable[[Figures], list[float]]:
    """One of the times of every demand but the widest."""
    return lambda mix: [one[at] for kind, times in mix["times"].items() if kind != "widest" for one in times]


def _most(kind: str) -> Callable[[Figures], float]:
    return lambda mix: max(one[ANSWER] for one in mix["times"][kind])


def _ratio(times: Sequence[Sequence[float]]) -> str:
    return f"{statistics.median(one[ANSWER] / one[BY_HAND] for one in times):.1f}x"


def _ratios(mix: Figures) -> str:
    slow = percentile(_mixed(ANSWER)(mix), 99) / percentile(_mixed(BY_HAND)(mix), 99)
    return f"{_ratio([one for kind, times in mix['times'].items() if kind != 'widest' for one in times])}, {slow:.1f}x"


def _spread(times: Sequence[float]) -> str:
    return ", ".join(_number(percentile(times, percent)) for percent in (50, 95, 99))


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _listed(name: str) -> Callable[[Figures], str]:
    return lambda figures: _spread(figures[name])


def _one(name: str) -> Callable[[Figures], str]:
    return lambda figures: _number(figures[name])


def _process(name: str) -> Callable[[Figures], str]:
    def told(figures: Figures) -> str:
        seconds, wall, megabytes, written = Process(*figures[name])
        size = f", writes {_number(written)} MB" if written >= 1 else ""
        return f"{_number(seconds)} s ({_number(wall)} by the wall), {megabytes:.0f} MB{size}"

    return told


def _indexed(starts: Figures) -> str:
    return f"{starts['sentences'] / Process(*starts['first index']).seconds:,.0f}"


def _widest(mix: Figures) -> str:
    (answer, message, by_hand), *_ = mix["times"]["widest"]
    return f"{_number(answer / 1000)} + {_number(message / 1000)}; by hand {_number(by_hand / 1000)}"


ROWS = (
    Row("sentences", "starts", lambda starts: f"{starts['sentences']:,}"),
    Row("a demand: coded, evaluated, its first twenty covers, ms", "mix", lambda mix: _spread(_mixed(ANSWER)(mix))),
    Row("the same by hand, ms", "mix", lambda mix: _spread(_mixed(BY_HAND)(mix))),
    Row("times as much as by hand: median of each demand's, and of p99", "mix", _ratios),
    Row("its message as text, ms", "mix", lambda mix: _spread(_mixed(MESSAGE)(mix))),
    Row("the widest demand, s: answer + message", "mix", _widest),
    Row("all these in one process, MB", "mix", _one("megabytes")),
    *(
        Row(f"`vkd run` of the widest as {form}", "answers", _process(f"widest, {form}"))
        for form in ("text", "markdown", "json")
    ),
    *(
        Row(f"`vkd check` of all as {form}", "reports", _process(f"check, {form}"))
        for form in ("text", "json", "sarif", "github")
    ),
    Row("first index", "starts", _process("first index")),
    Row("the same, sentences a second of a processor", "starts", _indexed),
    Row("second start, a narrow demand", "starts", _process("second start")),
    Row("a product changed, and asked", "starts", _process("a product changed")),
    Row("page ready the first time, s", "page", _one("ready")),
    Row("page: search as one types, ms", "page", _listed("search")),
    Row("page: a product, ms", "page", _listed("product")),
    Row("page: two hundred of the list, ms", "page", _listed("products")),
    Row("page, MB", "page", _one("megabytes")),
    Row("a profile of a hundred thousand put in, ms", "profiles", _one("put in")),
    Row("how many of them a new product meets", "profiles", _listed("met")),
    Row("which they are, ms", "profiles", _listed("product")),
    Row("profiles and catalogue, MB", "profiles", _one("megabytes")),
    Row("server: from its start to the first completion there ever is, s", "start", _one("first completion ever")),
    Row("the same where one has been before, s", "start", _one("first completion")),
    Row("the same, s of a processor", "start", _one("first completion, processor")),
    Row("completions then, ms", "start", _listed("completion")),
    Row("the first `workspace/symbol`, s", "start", _one("first symbols")),
    Row("`workspace/symbol` then, ms", "start", _listed("symbols")),
    Row("server then, MB", "start", _one("megabytes")),
    Row("first misspelt word ever, s", "first_words", _one("seconds")),
    Row("a keystroke meanwhile, ms", "first_words", _listed("keystroke")),
    Row("100,000 lines opened until all is checked, s", "long_document", _one("opened")),
    Row("a keystroke in them, ms", "long_document", _listed("keystroke")),
    Row("server with them, MB", "long_document", _one("megabytes")),
    Row("a keystroke while all is indexed, ms", "indexing", _listed("keystroke")),
    Row("server meanwhile, MB", "indexing", _one("megabytes")),
)


def _at(name: str, percent: int) -> Callable[[Figures], float]:
    return lambda figures: percentile(figures[name], percent)


def _seconds_of(name: str) -> Callable[[Figures], float]:
    return lambda figures: float(figures[name][0]) * 1000


_DEMANDS: Mapping[str, tuple[str, Callable[[Figures], float]]] = {
    "p50": ("mix", lambda mix: percentile(_mixed(ANSWER)(mix), 50)),
    "p95": ("mix", lambda mix: percentile(_mixed(ANSWER)(mix), 95)),
    "p99": ("mix", lambda mix: percentile(_mixed(ANSWER)(mix), 99)),
    "widest, with message": ("mix", lambda mix: sum(mix["times"]["widest"][0][:BY_HAND])),
    "p50 by hand": ("mix", lambda mix: percentile(_mixed(BY_HAND)(mix), 50)),
    "p99 by hand": ("mix", lambda mix: percentile(_mixed(BY_HAND)(mix), 99)),
    "widest by hand": ("mix", lambda mix: float(mix["times"]["widest"][0][BY_HAND])),
}
_EDITOR: Mapping[str, tuple[str, Callable[[Figures], float]]] = {
    "first completion": ("start", lambda start: float(start["first completion"]) * 1000),
    "symbols, p95": ("start", _at("symbols", 95)),
    "keystroke in 100,000 lines, p95": ("long_document", _at("keystroke", 95)),
    "keystroke while indexing, p95": ("indexing", _at("keystroke", 95)),
    "keystroke beside first words, p95": ("first_words", _at("keystroke", 95)),
    "page: search, p95": ("page", _at("search", 95)),
    "profiles met, p99": ("profiles", _at("product", 99)),
}
_PROCESSES: Mapping[str, tuple[str, Callable[[Figures], float]]] = {
    **{name: ("starts", _seconds_of(name)) for name in ("first index", "second start", "a product changed")},
    **{name: ("answers", _seconds_of(name)) for name in ("widest, text", "widest, json")},
    **{name: ("reports", _seconds_of(name)) for name in ("check, text", "check, sarif")},
}
