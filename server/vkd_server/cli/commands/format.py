"""Align the columns of descriptions as 1972 printed them; what they mean stays as it is.

Files are rewritten, folders searched for .vkd files; by default the current folder. With - standard input is
formatted to standard output. Exit code 1 with --check where something would change.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from vkd_catalog.languages import languages, say
from vkd_grammar.format import format_text
from vkd_grammar.parser import Parser
from vkd_grammar.text import decode, split_lines
from vkd_server.cli import FOUND, REFUSED, CallError
from vkd_server.cli.inputs import Inputs, standard_input
from vkd_server.cli.locale import language_of_locale
from vkd_server.cli.paths import shown
from vkd_server.cli.streams import one_line, print_line, write_data
from vkd_server.cli.writing import write

if TYPE_CHECKING:
    from argparse import ArgumentParser

STANDARD_INPUT = "-"


class Arguments(NamedTuple):
    """The arguments of `vkd format`, parsed."""

    paths: Sequence[str] = (".",)
    check: bool = False
    diff: bool = False
    stdin_filename: str | None = None
    language: str | None = None


class _Formatted(NamedTuple):
    """One file before and after; `data` are its bytes."""

    file: Path
    shown: str
    data: bytes
    before: str
    after: str


def of_paths(paths: Sequence[str]) -> Arguments:
    """The arguments of a call that has paths and no options."""
    return Arguments(paths or (".",))


def add_arguments(parser: ArgumentParser) -> None:
    """Adds the arguments of `vkd format` to its parser."""
    parser.add_argument("paths", nargs="*", default=["."], metavar="PATH", help="a file, a folder, or -")
    parser.add_argument("--check", action="store_true", help="change nothing; exit code 1 where something would change")
    parser.add_argument("--diff", action="store_true", help="change nothing; print what would change")
    parser.add_argument("--stdin-filename", metavar="PATH", help="the file that standard input stands for")
    parser.add_argument("--language", choices=languages(), help="the language of what is said; else that of the locale")


def run(arguments: Arguments) -> int:
    """Formats the files, or prints what would change. Returns the exit code."""
    parser = Parser()
    if STANDARD_INPUT in arguments.paths:
        return _standard_input(arguments, parser)
    if arguments.stdin_filename is not None:
        raise CallError(
            f"--stdin-filename is what {STANDARD_INPUT} stands for, and {STANDARD_INPUT} is not a path here"
        )
    changed = same = unreadable = 0
    inputs = Inputs("format")
    for found in _each(arguments.paths, inputs, parser):
        if found is None:
            unreadable += 1
        elif found.before == found.after:
            same += 1
        else:
            changed += 1
            _show_or_write(found, arguments)
    texts = "format.would" if arguments.check or arguments.diff else "format.formatted"
    language = arguments.language or language_of_locale()
    print(say(texts, language, changed=changed, same=same), file=sys.stderr)
    return inputs.exit_code(REFUSED if unreadable else FOUND if arguments.check and changed else 0)


def _standard_input(arguments: Arguments, parser: Parser) -> int:
    data = standard_input()
    text, faults = decode(data)
    named = arguments.stdin_filename or STANDARD_INPUT
    if faults:
        print_line(f"vkd format: {named}: not text in UTF-8", error=True)
        return REFUSED
    after = format_text(text, parser)
    found = _Formatted(Path(named), named, data, text, after)
    if arguments.diff:
        _print_diff(found)
    elif not arguments.check:
        write_data(after)
    return FOUND if arguments.check and text != after else 0


def _each(paths: Sequence[str], inputs: Inputs, parser: Parser) -> Iterator[_Formatted | None]:
    """Each file with its formatted text; None for one that is left alone since it cannot be read as UTF-8."""
    for file, data in inputs.read(paths):
        text, faults = decode(data)
        name = shown(file.parent, file.name)
        if faults or "\0" in text:
            print_line(f"vkd format: {name}: not text in UTF-8, left as it is", error=True)
            yield None
        else:
            yield _Formatted(file, name, data, text, format_text(text, parser))


def _show_or_write(found: _Formatted, arguments: Arguments) -> None:
    if arguments.diff:
        _print_diff(found)
    elif arguments.check:
        print_line(found.shown)
    else:
        write(found.file, found.after, found.data)


def _print_diff(found: _Formatted) -> None:
    from difflib import unified_diff

    before, after = split_lines(found.before), split_lines(found.after)
    name = one_line(found.shown)
    for line in unified_diff(before, after, name, name):
        sys.stdout.write(line if line.endswith("\n") else f"{line}\n")
