"""`vkd run`: the answers to the demands in some files (LANGUAGE.md sections 6, 7 and 10)."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from vkd_catalog.catalogue import Catalogue
from vkd_catalog.configuration import configuration_for, find_configuration
from vkd_catalog.evaluation import DEFAULT_MAX_SETS
from vkd_grammar.document import read_document
from vkd_grammar.text import decode

from vkd_server.features.run import MESSAGE_LANGUAGES, Run, RunOptions, run_document

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

STANDARD_INPUT = "-"


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments of `vkd run`."""
    parser.add_argument("paths", nargs="+", metavar="PATH", help="a file, a folder, or - for standard input")
    parser.add_argument("--output-format", choices=("text", "json", "markdown"), default="text")
    parser.add_argument("--max-sets", type=int, default=DEFAULT_MAX_SETS, metavar="N")
    parser.add_argument("--limit", type=int, default=20, metavar="N")
    parser.add_argument("--language", choices=MESSAGE_LANGUAGES)
    parser.add_argument("--archive", choices=("data", "document", "both"))
    parser.add_argument("--workspace", metavar="DIR")
    parser.add_argument("--stdin-filename", metavar="PATH")


class _Source(NamedTuple):
    """A text that may hold demands: its bytes, and the file it is, or stands for."""

    shown: str
    place: Path
    data: bytes


def run(arguments: Namespace) -> int:
    """Answers every demand; 1 where one is without covers or cannot be run."""
    sources = list(_sources(arguments.paths, arguments.stdin_filename))
    start = Path(arguments.workspace) if arguments.workspace else sources[0].place
    catalogue = Catalogue(configuration_for(start))
    options = RunOptions(arguments.max_sets, arguments.language, arguments.archive)
    runs = [found for source in sources for found in _runs(source, catalogue, options)]
    _print_json(catalogue, runs)
    return 1 if any(found.answer.status != "found" for found in runs) else 0


def _runs(source: _Source, catalogue: Catalogue, options: RunOptions) -> Iterator[Run]:
    document = read_document(decode(source.data)[0], catalogue.parser)
    yield from run_document(document, _named(source, catalogue), catalogue, options)


def _named(source: _Source, catalogue: Catalogue) -> str:
    """How answers name a file: relative to the catalogue's folder where it lies in it, else as it was given."""
    inside = os.path.relpath(source.place.absolute(), catalogue.root)
    return source.shown if inside.startswith("..") or source.shown == STANDARD_INPUT else inside.replace(os.sep, "/")


def _sources(paths: Sequence[str], stdin_filename: str | None) -> Iterator[_Source]:
    for path in paths:
        if path == STANDARD_INPUT:
            shown = stdin_filename or STANDARD_INPUT
            yield _Source(shown, Path(stdin_filename or "stdin.vkd"), sys.stdin.buffer.read())
        elif os.path.isdir(path):
            for file in sorted(Path(path).rglob("*.vkd")):
                if file.is_file():
                    yield _Source(str(file), file, file.read_bytes())
        else:
            yield _Source(path, Path(path), Path(path).read_bytes())


def _print_json(catalogue: Catalogue, runs: Sequence[Run]) -> None:
    import json

    from vkd_catalog.message.as_json import answer_as_json, run_as_json

    demands = [answer_as_json(found.answer) for found in runs]
    print(json.dumps(run_as_json(catalogue, demands), ensure_ascii=False, indent=1))
