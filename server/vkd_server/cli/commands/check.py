"""What is wrong with descriptions and vocabularies.

Files, and folders searched for descriptions and the vocabularies of their workspaces; by default the current folder.
With - standard input is checked, as the file that --stdin-filename names. Exit code 1 where errors are found, 0 where
there are none, 2 where the call cannot be carried out.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from vkd_catalog.files import read_file
from vkd_server.cli import FOUND, CallError
from vkd_server.cli.checking import Checked, Checker
from vkd_server.cli.inputs import Inputs, Source, sources
from vkd_server.cli.report import FORMATS, Report, behind_their_cause, report_of
from vkd_server.cli.streams import paint, print_line, write_exactly

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from vkd_catalog.configuration import Configuration
    from vkd_grammar.parser import Parser

STANDARD_INPUT = "-"

_NAMED = 20
"""So many products that could not be held to their data are named: in many a catalogue all data are elsewhere."""


class Arguments(NamedTuple):
    """The arguments of `vkd check`, parsed."""

    paths: Sequence[str] = ()
    fix: bool = False
    output_format: str = "text"
    baseline: Path | None = None
    write_baseline: Path | None = None
    stdin_filename: str | None = None
    workspace: str | None = None
    language: str | None = None
    select: Sequence[str] = ()
    ignore: Sequence[str] = ()
    statistics: bool = False
    quiet: bool = False
    all: bool = False
    data: bool = False


def of_paths(paths: Sequence[str]) -> Arguments:
    """The arguments of a call that has paths and no options."""
    return Arguments(paths)


def add_arguments(parser: ArgumentParser) -> None:
    """Adds the arguments of `vkd check` to its parser."""
    from vkd_catalog.languages import languages

    add = parser.add_argument
    add("paths", nargs="*", metavar="PATH", help=f"a file, a folder, or {STANDARD_INPUT} for standard input")
    add("--fix", action="store_true", help="apply the fixes that keep the meaning, then check")
    add("--output-format", choices=FORMATS, default="text", help="how what is found is printed")
    add("--baseline", metavar="FILE", type=Path, help="hide the findings that FILE lists")
    add("--write-baseline", metavar="FILE", type=Path, help="list all findings in FILE and show none")
    add("--stdin-filename", metavar="PATH", help="the file that standard input stands for")
    add("--workspace", metavar="DIR", help="whose catalogue the files belong to; else the one they lie in")
    add("--language", choices=languages(), help="the language of what is said; else the catalogue's")
    codes = "codes with commas between, also what several begin with, as VKD1"
    add("--select", metavar="CODES", action="append", default=[], help=f"tell of these alone: {codes}")
    add("--ignore", metavar="CODES", action="append", default=[], help=f"do not tell of these: {codes}")
    add("--statistics", action="store_true", help="tell how often each is found, and not where")
    add("--data", action="store_true", help="hold products to their data files too; needs the extra data")
    add("-q", "--quiet", action="store_true", help="print what is found and nothing else")
    add("--all", action="store_true", help="list every warning, also where there are many of a kind")


def run(arguments: Arguments) -> int:
    """Checks the files and prints the report. Returns the exit code."""
    if arguments.select or arguments.ignore:
        from vkd_server.cli.selecting import codes_in

        arguments = arguments_with(arguments, select=codes_in(arguments.select), ignore=codes_in(arguments.ignore))
    if arguments.statistics and arguments.output_format not in ("text", "json"):
        raise CallError("--statistics is printed as text or json")
    if arguments.data:
        _require_extra()
    inputs = Inputs("check")
    call = _Call(arguments, inputs)
    fixed = call.fix() if arguments.fix else None
    checked = list(call.check())
    _tell_unheld(checked, arguments)
    _miss(checked, inputs, arguments.paths)
    shown = [
        one for one in checked if one.unread is None and (one.findings or not _is_in_passing(one, arguments.paths))
    ]
    report = report_of(_in_order(shown), fixed)
    report = _asked_for(report._replace(language=arguments.language or report.language), arguments)
    if arguments.write_baseline:
        from vkd_server.cli.baseline import write_baseline

        write_baseline(arguments.write_baseline, report)
        return inputs.exit_code(0)
    if arguments.baseline:
        from vkd_server.cli.baseline import without_known

        report = without_known(arguments.baseline, report)
    if report.files or not inputs.unread or arguments.output_format != "text":
        _print(report, arguments)
    return inputs.exit_code(FOUND if report.count("error") else 0)


def _require_extra() -> None:
    """Raises CallError where what reads data is not installed."""
    from vkd_catalog.data import ExtraMissing, require_extra

    try:
        require_extra()
    except ExtraMissing as error:
        raise CallError("vkd check --data needs the extra data: pip install 'vkd-server[data]'") from error


def arguments_with(arguments: Arguments, *, select: Sequence[str], ignore: Sequence[str]) -> Arguments:
    """The same arguments with other codes to select and to ignore."""
    fields = {name: getattr(arguments, name) for name in Arguments._fields}
    return Arguments(**{**fields, "select": select, "ignore": ignore})


class _Call:
    """One call of `vkd check`: its files, and the checkers of the workspaces that they lie in."""

    def __init__(self, arguments: Arguments, inputs: Inputs) -> None:
        self._arguments = arguments
        workspace = _workspace(arguments.workspace)
        paths = [path for path in arguments.paths if path != STANDARD_INPUT]
        self._text = self._standard_input(inputs, workspace)
        if not arguments.paths:
            paths = [arguments.workspace or "."]
        wanted, neither = sources(paths, inputs, workspace)
        for file in neither:
            print_line(
                f"vkd: {file}: neither descriptions nor a vocabulary or documentation of its workspace, not checked",
                error=True,
            )
        place = (self._text[0].configuration.root, self._text[0].path) if self._text else None
        self._wanted = [source for source in wanted if (source.configuration.root, source.path) != place]
        every = [*self._wanted, *([self._text[0]] if self._text else [])]
        self._checkers = _checkers(every, arguments)

    def check(self) -> Iterator[Checked]:
        """What is found in each file, and in standard input."""
        all_fixes = self._arguments.output_format in ("json", "sarif")
        wanted: Iterator[Source] = iter(self._wanted)
        if sys.stderr.isatty():
            from vkd_server.cli.terminal import with_progress

            wanted = with_progress(self._wanted, len(self._wanted))
        for source in wanted:
            checker = self._checkers[source.configuration.root]
            found = checker.check(source, all_fixes=all_fixes)
            data = self._with_data(source, found) and read_file(source.configuration.root / source.path)
            yield checker.held(found, data, all_fixes=all_fixes) if data else found
        if self._text:
            source, data = self._text
            checker = self._checkers[source.configuration.root]
            found = checker.check_text(source, data, all_fixes=all_fixes)
            yield checker.held(found, data, all_fixes=all_fixes) if self._with_data(source, found) else found

    def _with_data(self, source: Source, found: Checked) -> bool:
        """Whether the products of a file are to be held to their data."""
        return self._arguments.data and source.is_description and found.unread is None

    def fix(self) -> int:
        """Applies the safe fixes. Returns how many places were changed."""
        if self._text:
            raise CallError("--fix changes files, and standard input is none")
        descriptions = (source for source in self._wanted if source.is_description)
        return sum(self._checkers[source.configuration.root].fix(source) for source in descriptions)

    def _standard_input(self, inputs: Inputs, workspace: Configuration | None) -> tuple[Source, bytes] | None:
        named = self._arguments.stdin_filename
        if STANDARD_INPUT not in self._arguments.paths:
            if named is not None:
                raise CallError(
                    f"--stdin-filename is what {STANDARD_INPUT} stands for, and {STANDARD_INPUT} is not a path here"
                )
            return None
        from vkd_server.cli.inputs import source_of, standard_input

        return source_of(named or STANDARD_INPUT, workspace), standard_input()


def _tell_unheld(checked: Sequence[Checked], arguments: Arguments) -> None:
    """Says of which products the data could not be looked at, for nobody should take them for right."""
    from vkd_catalog.languages import counted, say

    unheld = [(arguments.language or one.configuration.language, *product) for one in checked for product in one.unheld]
    for language, product, why in unheld[:_NAMED]:
        said = say("data.unheld", language, product=product, why=say(f"data.unheld.{why}", language))
        print_line(f"vkd: {said}", error=True)
    if len(unheld) > _NAMED:
        print_line(f"vkd: {counted('data.unheld.more', len(unheld) - _NAMED, unheld[0][0])}", error=True)


def _workspace(folder: str | None) -> Configuration | None:
    if folder is None:
        return None
    from vkd_server.cli.inputs import workspace_named

    return workspace_named(folder)


def _asked_for(report: Report, arguments: Arguments) -> Report:
    """The report without the diagnostics that the call leaves out, and without what only follows from others."""
    if arguments.select or arguments.ignore:
        from vkd_server.cli.selecting import selected

        report = selected(report, arguments.select, arguments.ignore)
    return behind_their_cause(report)


def _checkers(wanted: Sequence[Source], arguments: Arguments) -> dict[Path, Checker]:
    @lru_cache(maxsize=1)
    def parser() -> Parser:
        from vkd_grammar.parser import Parser

        return Parser()

    configurations = {source.configuration.root: source.configuration for source in wanted}
    if arguments.select or arguments.language:
        from vkd_server.cli.selecting import asked_for

        configurations = {
            root: asked_for(configuration, arguments.select, arguments.language)
            for root, configuration in configurations.items()
        }
    return {root: Checker(configuration, parser) for root, configuration in configurations.items()}


def _is_in_passing(one: Checked, paths: Sequence[str]) -> bool:
    """Whether a file is a `vkd.toml` that the call does not name: it is counted only if something is found in it."""
    file = one.configuration.file
    return file is not None and one.path == file.name and os.fspath(file) not in map(os.path.abspath, paths)


def _miss(checked: Sequence[Checked], inputs: Inputs, paths: Sequence[str]) -> None:
    """Notes, as inputs that could not be read, the files that could not be checked."""
    named = set(map(os.path.abspath, paths))
    for one in checked:
        if one.unread is not None:
            place = os.path.normpath(one.configuration.root / one.path)
            inputs.missed(Path(place), one.unread, named=place in named)


def _in_order(checked: Sequence[Checked]) -> list[Checked]:
    return sorted(checked, key=lambda one: (str(one.configuration.root), one.path))


def _print(report: Report, arguments: Arguments) -> None:
    from importlib import import_module

    if arguments.statistics:
        from vkd_server.cli.formats.statistics import render

        write_exactly(render(report, as_json=arguments.output_format == "json"))
    elif arguments.output_format == "text":
        from vkd_server.cli.formats.text import render as as_text

        paint(as_text(report, quiet=arguments.quiet, every=arguments.all))
    else:
        printer = import_module(f"vkd_server.cli.formats.{arguments.output_format}")
        write_exactly(printer.render(report))
