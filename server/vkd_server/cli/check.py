"""What is wrong with descriptions and vocabularies.

Files, and folders searched for descriptions and the vocabularies of their workspaces; by default the current folder.
Exit code 1 where errors are found, 0 where there are none, 2 where the call cannot be carried out.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from vkd_server.cli import FOUND
from vkd_server.cli.checking import Checked, Checker
from vkd_server.cli.report import FORMATS, Report, behind_their_cause, report_of
from vkd_server.cli.sources import Inputs, Source, sources

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from vkd_grammar.parser import Parser


class Arguments(NamedTuple):
    """What `vkd check` was asked for."""

    paths: Sequence[str] = (".",)
    fix: bool = False
    output_format: str = "text"
    baseline: Path | None = None
    write_baseline: Path | None = None


def of_paths(paths: Sequence[str]) -> Arguments:
    """A call without options."""
    return Arguments(paths or (".",))


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments of `vkd check`."""
    parser.add_argument("paths", nargs="*", default=["."], metavar="PATH", help="a file or a folder")
    parser.add_argument("--fix", action="store_true", help="apply the fixes that keep the meaning, then check")
    parser.add_argument("--output-format", choices=FORMATS, default="text")
    parser.add_argument("--baseline", metavar="FILE", type=Path, help="hide the findings that FILE lists")
    parser.add_argument("--write-baseline", metavar="FILE", type=Path, help="list all findings in FILE and show none")


def run(arguments: Arguments) -> int:
    """Checks, and prints what was found."""
    inputs = Inputs("check")
    wanted, neither = sources(arguments.paths, inputs)
    for file in neither:
        print(f"vkd: {file}: neither descriptions nor a vocabulary of its workspace, not checked", file=sys.stderr)
    checkers = _checkers(wanted)
    fixed = _fixed(wanted, checkers) if arguments.fix else None
    all_fixes = arguments.output_format in ("json", "sarif")
    checked = [checkers[source.configuration.root].check(source, all_fixes=all_fixes) for source in wanted]
    _miss(checked, inputs, arguments.paths)
    told = [one for one in checked if one.unread is None and (one.findings or not _is_in_passing(one, arguments.paths))]
    report = behind_their_cause(report_of(_in_order(told), fixed))
    if arguments.write_baseline:
        from vkd_server.cli.baseline import write_baseline

        write_baseline(arguments.write_baseline, report)
        return inputs.exit_code(0)
    if arguments.baseline:
        from vkd_server.cli.baseline import without_known

        report = without_known(arguments.baseline, report)
    if report.files or not inputs.unread or arguments.output_format != "text":
        _print(report, arguments.output_format)
    return inputs.exit_code(FOUND if report.count("error") else 0)


def _checkers(wanted: Sequence[Source]) -> dict[Path, Checker]:
    @lru_cache(maxsize=1)
    def parser() -> Parser:
        from vkd_grammar.parser import Parser

        return Parser()

    configurations = {source.configuration.root: source.configuration for source in wanted}
    return {root: Checker(configuration, parser) for root, configuration in configurations.items()}


def _is_in_passing(one: Checked, paths: Sequence[str]) -> bool:
    """Whether a file is a `vkd.toml` that nobody named: it is no part of what is counted unless something is found."""
    file = one.configuration.file
    return file is not None and one.path == file.name and os.fspath(file) not in map(os.path.abspath, paths)


def _miss(checked: Sequence[Checked], inputs: Inputs, paths: Sequence[str]) -> None:
    """Notes the files that could not be read."""
    named = set(map(os.path.abspath, paths))
    for one in checked:
        if one.unread is not None:
            place = os.path.normpath(one.configuration.root / one.path)
            inputs.missed(Path(place), one.unread, named=place in named)


def _fixed(wanted: Sequence[Source], checkers: dict[Path, Checker]) -> int:
    return sum(checkers[source.configuration.root].fix(source) for source in wanted if source.is_description)


def _in_order(checked: Sequence[Checked]) -> list[Checked]:
    return sorted(checked, key=lambda one: (str(one.configuration.root), one.path))


def _print(report: Report, output_format: str) -> None:
    from importlib import import_module

    printer = import_module(f"vkd_server.cli.formats.{output_format}")
    sys.stdout.write(printer.render(report))
