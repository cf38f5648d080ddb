"""The language server over a pipe, beside a bare pygls server and three peers, by length of document and by vocabulary.

    python -m benchmarks.language_server [--lines N,...] [--words N,...] [--peers NAME,...] [--out FILE] \
        > benchmarks/language_server.md

Prints Markdown; `--out` keeps the figures as JSON besides. It takes some minutes; `--lines 1000 --words 1000` less than
one. What each figure is stands in the report and in `measure.py`. Every document is in the server's own language, with
one error in 250 lines (`documents.py`); a vocabulary is of characteristics for vkd, and for tombi and vscode-json of
the values that a JSON schema lists. Memory and rest are read from `/proc`, so it runs on Linux.

The peers are looked for in `build/peers` first, and one that is not there is named as skipped:

    python -m venv build/peers
    build/peers/bin/pip install ruff tombi
    npm install --prefix build/peers vscode-langservers-extracted
"""

import argparse
import os
import platform
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.language_server.measure import Effort, Result, measured
from benchmarks.language_server.servers import FLOOR, PEERS, VKD, Server, installed
from benchmarks.language_server.table import Run, as_json, as_markdown

LINES = (100, 1000, 10_000, 100_000)
WORDS = (10, 1000, 100_000, 1_000_000)
LINES_WITH_WORDS = 1000
FLOOR_EFFORT = Effort(starts=2, seconds=0.5)
"""It is measured beside every server, so there are many of its figures."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Measures what is asked for and prints the report."""
    asked = _parser().parse_args(arguments)
    found = [(server, installed(server)) for server in (VKD, *asked.peers)]
    servers = [server for _, server in found if server]
    skipped = {server.name: f"`{server.command[0]}` is not installed" for server, program in found if not program}
    before = os.getloadavg()[0]
    runs = [*_runs(servers, [(lines, None) for lines in asked.lines])]
    runs += _runs(servers, [(LINES_WITH_WORDS, words) for words in asked.words])
    machine = f"{_versions(runs)}.\n{_machine(before, os.getloadavg()[0])}"
    if asked.out:
        asked.out.write_text(as_json(runs, machine, skipped), encoding="utf-8")
    print(as_markdown(runs, machine, skipped), end="")


def _runs(servers: Sequence[Server], sizes: Sequence[tuple[int, int | None]]) -> Iterator[Run]:
    """From the smallest size to the largest, the floor right before every server.

    A server that did not come through one size is not given the larger ones.
    """
    stopped: set[str] = set()
    for lines, words in sizes:
        for server in servers:
            if words is not None and not server.vocabulary:
                continue
            if server.name in stopped:
                result = floor = Result("", {}, ["not measured, it came to its end at a smaller size"])
            else:
                sample = server.sample(lines, words)
                floor, result = measured(FLOOR.command, sample, FLOOR_EFFORT), measured(server.command, sample)
            if "exit" not in result.figures:
                stopped.add(server.name)
            print(f"{server.name}: {lines} lines, {words or 'its own'} words", *result.notes, file=sys.stderr)
            yield Run(server.name, lines, words, result, floor)


def _versions(runs: Sequence[Run]) -> str:
    """What every server calls itself, at its smallest size."""
    names: dict[str, str] = {}
    for run in runs:
        names.setdefault(run.server, run.result.server or run.server)
    return ", ".join(names.values())


def _machine(before: float, after: float) -> str:
    """Where it ran, and what the figures are worth: a run by itself does not keep two processors busy."""
    cores = os.cpu_count() or 1
    worth = (
        "a quiet machine"
        if max(before, after) < cores
        else "it had other work, so trust the ratios more than the times"
    )
    return (
        f"Python {platform.python_version()} on {cores} cores, load {before:.1f} before and {after:.1f} after: {worth}."
    )


def _parser() -> argparse.ArgumentParser:
    form = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser("python -m benchmarks.language_server", description=__doc__, formatter_class=form)
    parser.add_argument("--lines", type=_numbers, default=LINES, metavar="N,...", help="lengths of documents")
    parser.add_argument("--words", type=_numbers, default=WORDS, metavar="N,...", help="sizes of vocabularies")
    parser.add_argument("--peers", type=_peers, default=PEERS, metavar="NAME,...", help="which peers, '' for none")
    parser.add_argument("--out", type=Path, metavar="FILE", help="keep the figures there, as JSON")
    return parser


def _numbers(text: str) -> tuple[int, ...]:
    numbers = [number.strip() for number in text.split(",") if number]
    wrong = [number for number in numbers if not number.isdecimal() or not int(number)]
    if wrong:
        raise argparse.ArgumentTypeError(f"no number of lines or words: {', '.join(wrong)}")
    return tuple(map(int, numbers))


def _peers(text: str) -> tuple[Server, ...]:
    known = {peer.name: peer for peer in PEERS}
    names = [name for name in text.split(",") if name]
    unknown = [name for name in names if name not in known]
    if unknown:
        raise argparse.ArgumentTypeError(f"no such peer: {', '.join(unknown)}; there are {', '.join(known)}")
    return tuple(known[name] for name in names)


if __name__ == "__main__":
    main()
