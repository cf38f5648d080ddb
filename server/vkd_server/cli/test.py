"""Demands as tests of a catalogue: their answers are compared with those accepted before, and drift is shown as a diff.

The accepted answers to the demands of FILE.vkd stand beside it in FILE.expected, plain text that is kept in git: every
answer, and of every product in one its form, addresses and conditions. A file that was accepted before conditions were
kept is compared as far as it goes.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from vkd_catalog.catalogue import Catalogue
from vkd_catalog.profiles import products_of
from vkd_grammar.parser import Parser
from vkd_server.cli import FOUND
from vkd_server.cli.demands import DemandText, demand_texts, home_of
from vkd_server.features.run import Run, run_document

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

ENDING = ".expected"
HEAD = "# Accepted answers, with what each product states: vkd test --accept writes this file."
"""How a file that holds conditions begins; one without holds answers alone."""

_MOST = 1000
"""So many answers to one demand are listed; of more, how many there are, and all their products."""


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments of `vkd test`."""
    add = parser.add_argument
    add("paths", nargs="*", default=["."], metavar="PATH", help="files or folders with demands; else this folder")
    add("--accept", action="store_true", help="store the answers as they are now")
    add("--workspace", metavar="DIR", help="whose catalogue is searched; without it, the one the files belong to")


def run(arguments: Namespace) -> int:
    """Compares or accepts; 1 where an answer differs from the accepted one, or none is accepted yet."""
    parser = Parser()
    texts = [text for text in demand_texts(arguments.paths, None, parser) if text.has_demands]
    catalogue = Catalogue(home_of(texts, arguments.workspace), parser)
    drifted = 0
    for text in texts:
        runs = list(run_document(text.document, text.path_in(catalogue), catalogue))
        if arguments.accept:
            _accept(text, answers_as_text(runs))
        elif not _matches(text, runs):
            drifted += 1
    counted = f"{len(texts)} {'file' if len(texts) == 1 else 'files'}"
    print(f"{counted} accepted." if arguments.accept else f"{counted} tested, {drifted} drifted.")
    return FOUND if drifted else 0


def answers_as_text(runs: list[Run], *, conditions: bool = True) -> str:
    """What is answered, a line a cover: its grade, its members, and its linkage where that is not known to hold.

    Then, with `conditions`, a line for each product that is a member of one, with what it states.
    """
    lines = (line for one in runs for line in _answer_lines(one, conditions=conditions))
    return "".join(f"{line}\n" for line in ((HEAD, *lines) if conditions else lines))


def _answer_lines(one: Run, *, conditions: bool) -> Iterator[str]:
    answer = one.answer
    yield f"{answer.id}: {answer.status}"
    for cover in answer.covers[:_MOST]:
        unsure = "  (linkage unknown)" if cover.linkage_verdict == "unknown" else ""
        yield f"  {cover.grade:10}  {' + '.join(cover.members)}{unsure}"
    if len(answer.covers) > _MOST:
        yield f"  and {len(answer.covers) - _MOST} more"
    if conditions:
        for product, stated in products_of(answer).items():
            yield f"  {product}: {'; '.join(f'{key}={value}' for key, value in stated.items())}"
    for found in one.diagnostics:
        if found.severity == "error":
            yield f"  {found.code}"


def _expected(text: DemandText) -> Path:
    return text.place.with_suffix(ENDING)


def _accept(text: DemandText, now: str) -> None:
    part = _expected(text).with_suffix(f"{ENDING}.{os.getpid()}")
    part.write_text(now, encoding="utf-8")
    part.replace(_expected(text))


def _matches(text: DemandText, runs: list[Run]) -> bool:
    from difflib import unified_diff

    file = _expected(text)
    named = Path(text.named).with_suffix(ENDING)
    if not file.is_file():
        print(f"{named}: no accepted answers; vkd test --accept stores them")
        return False
    before = file.read_text(encoding="utf-8", errors="replace")
    complete = before.startswith(HEAD)
    if not complete:
        print(f"{named}: holds no conditions, so none are compared; vkd test --accept stores them")
    now = answers_as_text(runs, conditions=complete)
    drift = unified_diff(before.splitlines(True), now.splitlines(True), f"{named} (accepted)", f"{text.named} (now)")
    sys.stdout.writelines(drift)
    return before == now
