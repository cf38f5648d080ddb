"""Demands as tests of a catalogue: their answers are compared with those accepted before, and drift is shown as a diff.

The accepted answers to the demands of FILE.vkd stand beside it in FILE.expected, plain text that is kept in git: every
answer, and of every product in one its form, addresses and conditions. A file that was accepted before conditions were
kept is compared as far as it goes.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from vkd_catalog.files import read_file
from vkd_catalog.profiles import products_of
from vkd_grammar.parser import Parser
from vkd_grammar.text import split_lines
from vkd_server.cli import FOUND, CallError
from vkd_server.cli.catalogues import catalogue_of
from vkd_server.cli.demands import STANDARD_INPUT, DemandText, demand_texts, home_of
from vkd_server.cli.inputs import Inputs
from vkd_server.cli.streams import one_line, print_json, print_line
from vkd_server.features.answers.run import Run, run_document

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

ENDING = ".expected"
HEAD = "# Accepted answers, with what each product states: vkd test --accept writes this file."
"""How a file that holds conditions begins; one without holds answers alone."""

_MOST = 1000
"""So many answers to one demand are listed; of more, how many there are, and all their products."""


def add_arguments(parser: ArgumentParser) -> None:
    """Adds the arguments of `vkd test` to its parser."""
    add = parser.add_argument
    add("paths", nargs="*", default=["."], metavar="PATH", help="files or folders with demands; else this folder")
    add("--accept", action="store_true", help="store the answers as they are now")
    add("--output-format", choices=["text", "json"], default="text")
    add("--workspace", metavar="DIR", help="whose catalogue is searched; without it, the one the files belong to")


def run(arguments: Namespace) -> int:
    """Compares or accepts; 1 where an answer differs from the accepted one, or none is accepted yet."""
    if STANDARD_INPUT in arguments.paths:
        raise CallError(f"test takes files and folders, not {STANDARD_INPUT}: accepted answers stand beside their file")
    parser, inputs = Parser(), Inputs("test")
    texts = [text for text in demand_texts(arguments.paths, None, parser, inputs) if text.has_demands]
    catalogue = catalogue_of(home_of(texts, arguments.workspace), parser)
    compared = [
        _compared(text, list(run_document(text.document, text.path_in(catalogue), catalogue))) for text in texts
    ]
    drifted = 0 if arguments.accept else sum(one.has_drifted for one in compared)
    if arguments.accept:
        for one in compared:
            _accept(one)
    if arguments.output_format == "json":
        print_json(json.dumps([one.as_json(accepted=arguments.accept) for one in compared], ensure_ascii=False))
        return inputs.exit_code(FOUND if drifted else 0)
    if not arguments.accept:
        for one in compared:
            _print_drift(one)
    counted = f"{len(texts)} {'file' if len(texts) == 1 else 'files'}"
    print(f"{counted} accepted." if arguments.accept else f"{counted} tested, {drifted} drifted.")
    return inputs.exit_code(FOUND if drifted else 0)


class _Compared(NamedTuple):
    """The answers accepted for a file's demands, None where none are, and the answers now.

    `now` is only as detailed as the accepted ones; `complete` says whether these state all that is compared.
    """

    text: DemandText
    before: str | None
    now: str
    complete: bool
    everything: str

    @property
    def has_drifted(self) -> bool:
        return self.before != self.now

    def as_json(self, *, accepted: bool) -> dict[str, object]:
        """The file, the outcome of its comparison, and both texts."""
        status = "accepted" if accepted else "drifted" if self.has_drifted else "same"
        expected = self.everything if accepted else self.before
        return {"path": self.text.named, "status": status, "expected": expected, "found": self.now}


def _compared(text: DemandText, runs: list[Run]) -> _Compared:
    file = _expected(text)
    before = read_file(file).decode("utf-8", "replace") if os.path.lexists(file) else None
    complete = before is None or before.startswith(HEAD)
    everything = answers_as_text(runs)
    now = everything if complete else answers_as_text(runs, conditions=False)
    return _Compared(text, before, now, complete, everything)


def answers_as_text(runs: list[Run], *, conditions: bool = True) -> str:
    """The answers as text, a line a cover: its grade, its members, and its linkage where that is not known to hold.

    Then, with `conditions`, a line for each product in a cover, with what it states.
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


def _accept(one: _Compared) -> None:
    part = _expected(one.text).with_suffix(f"{ENDING}.{os.getpid()}")
    part.write_text(one.everything, encoding="utf-8")
    part.replace(_expected(one.text))


def _print_drift(one: _Compared) -> None:
    from difflib import unified_diff

    named = Path(one.text.named).with_suffix(ENDING)
    if one.before is None:
        print_line(f"{named}: no accepted answers; vkd test --accept stores them")
        return
    if not one.complete:
        print_line(f"{named}: holds no conditions, so none are compared; vkd test --accept stores them")
    names = one_line(f"{named} (accepted)"), one_line(f"{one.text.named} (now)")
    sys.stdout.writelines(unified_diff(split_lines(one.before), split_lines(one.now), *names))
