"""Demands as tests of a catalogue: their answers are compared with those accepted before, and drift is shown as a diff.

The accepted answers to the demands of FILE.vkd stand beside it in FILE.expected, plain text that is kept in git.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from vkd_catalog.catalogue import Catalogue
from vkd_grammar.parser import Parser
from vkd_server.cli import FOUND
from vkd_server.cli.demands import DemandText, demand_texts, home_of
from vkd_server.features.run import Run, run_document

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

ENDING = ".expected"


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
        now = answers_as_text(list(run_document(text.document, text.path_in(catalogue), catalogue)))
        if arguments.accept:
            _accept(text, now)
        elif not _matches(text, now):
            drifted += 1
    counted = f"{len(texts)} {'file' if len(texts) == 1 else 'files'}"
    print(f"{counted} accepted." if arguments.accept else f"{counted} tested, {drifted} drifted.")
    return FOUND if drifted else 0


def answers_as_text(runs: list[Run]) -> str:
    """What is answered, a line a cover: its grade, its members, and its linkage where that is not known to hold."""
    return "".join(f"{line}\n" for one in runs for line in _answer_lines(one))


def _answer_lines(one: Run) -> Iterator[str]:
    answer = one.answer
    yield f"{answer.id}: {answer.status}"
    for cover in answer.covers:
        unsure = "  (linkage unknown)" if cover.linkage_verdict == "unknown" else ""
        yield f"  {cover.grade:10}  {' + '.join(cover.members)}{unsure}"
    for found in one.diagnostics:
        if found.severity == "error":
            yield f"  {found.code}"


def _expected(text: DemandText) -> Path:
    return text.place.with_suffix(ENDING)


def _accept(text: DemandText, now: str) -> None:
    part = _expected(text).with_suffix(f"{ENDING}.{os.getpid()}")
    part.write_text(now, encoding="utf-8")
    part.replace(_expected(text))


def _matches(text: DemandText, now: str) -> bool:
    from difflib import unified_diff

    file = _expected(text)
    named = Path(text.named).with_suffix(ENDING)
    if not file.is_file():
        print(f"{named}: no accepted answers; vkd test --accept stores them")
        return False
    before = file.read_text(encoding="utf-8", errors="replace")
    drift = unified_diff(before.splitlines(True), now.splitlines(True), f"{named} (accepted)", f"{text.named} (now)")
    sys.stdout.writelines(drift)
    return before == now
