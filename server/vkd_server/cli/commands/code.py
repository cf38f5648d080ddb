"""The coded form of descriptions: codes for words, or with --back words for codes.

Dittos stay dittos; what has no code, or several, stays as it is and is told on standard error (exit code 1).
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from vkd_catalog.catalogue import Catalogue, Namesakes
from vkd_catalog.configuration import configuration_for
from vkd_catalog.languages import languages
from vkd_grammar.document import Document, read_document
from vkd_grammar.format import format_text
from vkd_grammar.parser import Parser
from vkd_grammar.text import decode
from vkd_server.cli import FOUND, CallError
from vkd_server.cli.inputs import Inputs, standard_input, workspace_named
from vkd_server.cli.paths import shown
from vkd_server.cli.streams import print_line, write_data
from vkd_server.features.diagnostics import Diagnostic, diagnose_document
from vkd_server.features.refactoring.coded_form import to_codes, to_words
from vkd_server.features.refactoring.fixes import applied

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

STANDARD_INPUT = "-"

_NOT_CODED = ("VKD101", "VKD102", "VKD103", "VKD104")
"""The diagnostics of what has no code, or not one."""


class _Source(NamedTuple):
    """A text: how it is named, the file it is or stands for, and its bytes."""

    shown: str
    place: Path
    data: bytes


def add_arguments(parser: ArgumentParser) -> None:
    """Adds the arguments of `vkd code` to its parser."""
    parser.add_argument("paths", nargs="+", metavar="PATH", help="a file, a folder, or - for standard input")
    parser.add_argument("--back", action="store_true", help="from codes to words")
    parser.add_argument("--language", choices=languages(), help="of the words; else the catalogue's")
    parser.add_argument("--workspace", metavar="DIR", help="whose vocabularies; else those of the files")
    parser.add_argument("--stdin-filename", metavar="PATH", help="what standard input stands for")


def run(arguments: Namespace) -> int:
    """Prints the coded form, or the form in words, of all the files."""
    parser = Parser()
    catalogues: dict[Path, Catalogue] = {}
    left = 0
    inputs = Inputs("code")
    workspace = workspace_named(arguments.workspace) if arguments.workspace is not None else None
    for source in _sources(arguments.paths, arguments.stdin_filename, inputs):
        configuration = workspace or configuration_for(source.place)
        if configuration.root not in catalogues:
            catalogues[configuration.root] = Catalogue(configuration, parser)
        catalogue = catalogues[configuration.root]
        document = _document(source, parser)
        edits = (
            to_words(document, source.shown, catalogue, arguments.language or configuration.language)
            if arguments.back
            else to_codes(document, source.shown, catalogue)
        )
        write_data(format_text(applied(document.lines, edits), parser))
        for diagnostic in _not_coded(document, source.shown, catalogue):
            left += 1
            start = diagnostic.start
            place = f"{source.shown}:{start.row + 1}:{start.column + 1}"
            print_line(f"{place}: {diagnostic.message}", error=True)
    return inputs.exit_code(FOUND if left else 0)


def _not_coded(document: Document, path: str, catalogue: Catalogue) -> Iterator[Diagnostic]:
    found = diagnose_document(document, path, catalogue, elsewhere=lambda _: Namesakes(0, ()), exists=lambda _: True)
    return (diagnostic for diagnostic in found if diagnostic.code in _NOT_CODED)


def _document(source: _Source, parser: Parser) -> Document:
    text, faults = decode(source.data)
    if faults:
        raise CallError(f"{source.shown}: not UTF-8 at line {faults[0].position.row + 1}")
    return read_document(text, parser)


def _sources(paths: Sequence[str], stdin_filename: str | None, inputs: Inputs) -> Iterator[_Source]:
    for path in paths:
        if path == STANDARD_INPUT:
            name = stdin_filename or "stdin.vkd"
            yield _Source(name, Path(os.path.abspath(name)), standard_input())
        else:
            for file, data in inputs.read([path]):
                yield _Source(shown(file.parent, file.name), file, data)
