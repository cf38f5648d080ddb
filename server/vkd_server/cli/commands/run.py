"""Answer the demands in some files: what exists, in what form, where, on what conditions, and why not more.

One call searches one catalogue: that of --workspace, else the one that the files with demands belong to; where they
belong to several, one must be named. Answers name a file by its path below the catalogue's folder, one outside it as it
was given. Exit code 0 where every demand has an answer, 1 where one has none, cannot be run, or cannot be told from
something else, 2 where the call cannot be carried out. A file without demands is no error.

With --public the answers can be given to anybody: files are named without their folders, and of addresses only those of
the open web are told; of others only that they are there. In JSON they are null, and a product's `withheld` names them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from vkd_catalog.catalogue import Catalogue
from vkd_catalog.evaluation import DEFAULT_MAX_SETS
from vkd_catalog.languages import languages
from vkd_catalog.message import DEFAULT_LIMIT, MessageOptions
from vkd_grammar.parser import Parser
from vkd_server.cli import FOUND, CallError
from vkd_server.cli.catalogues import catalogue_of
from vkd_server.cli.demands import STANDARD_INPUT, DemandText, demand_texts, home_of, without_demands
from vkd_server.cli.inputs import Inputs
from vkd_server.cli.streams import print_json, print_line
from vkd_server.cli.terminal import width
from vkd_server.features.answers.run import Run, RunOptions, run_document

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Arguments(NamedTuple):
    """The arguments of `vkd run`, parsed."""

    paths: Sequence[str]
    output_format: Literal["text", "json", "markdown"] = "text"
    max_sets: int = DEFAULT_MAX_SETS
    limit: int = DEFAULT_LIMIT
    language: str | None = None
    archive: Literal["data", "document", "both"] | None = None
    workspace: str | None = None
    stdin_filename: str | None = None
    public: bool = False
    detail: bool = False


def of_paths(paths: Sequence[str]) -> Arguments:
    """The arguments of a call that has paths and no options."""
    if not paths:
        raise CallError(f"run takes a PATH: a file, a folder, or {STANDARD_INPUT} for standard input")
    return Arguments(paths)


def add_arguments(parser: ArgumentParser) -> None:
    """Adds the arguments of `vkd run` to its parser."""
    from vkd_server.cli.parser import positive

    add = parser.add_argument
    add("paths", nargs="+", metavar="PATH", help=f"a file, a folder, or {STANDARD_INPUT} for standard input")
    add("--output-format", choices=("text", "json", "markdown"), default="text", help="how answers are printed")
    add("--max-sets", type=positive, default=DEFAULT_MAX_SETS, metavar="N", help="products in an answer, at most")
    add(
        "--limit",
        type=positive,
        default=DEFAULT_LIMIT,
        metavar="N",
        help="answers shown in text and Markdown, at most",
    )
    add("--language", choices=languages(), help="the language of the messages, whatever the demands are in")
    add("--archive", choices=("data", "document", "both"), help="what is asked for, whatever the demands say")
    add("--workspace", metavar="DIR", help="whose catalogue is searched; without it, the one the files belong to")
    add("--stdin-filename", metavar="PATH", help="the file that standard input stands for")
    add(
        "--detail",
        action="store_true",
        help="what the products state of units, sources, quality and the like, in text too",
    )
    add("--public", action="store_true", help="tell no path, and no address that is not open to anybody")


def run(arguments: Arguments) -> int:
    """Answers every demand. Returns 1 where one has no cover, cannot be run, or may or may not be a demand; else 0."""
    parser = Parser()
    inputs = Inputs("run")
    texts = list(demand_texts(arguments.paths, arguments.stdin_filename, parser, inputs))
    if inputs.unread and not texts:
        return inputs.exit_code(0)
    catalogue = catalogue_of(home_of(texts, arguments.workspace), parser, arguments.language)
    if arguments.public:
        from vkd_server.workspace.public import public_side

        catalogue = public_side(catalogue)
    options = RunOptions(arguments.max_sets, arguments.language, arguments.archive)
    named = [(text.document, _shown_path(text.path_in(catalogue), public=arguments.public)) for text in texts]
    runs = [one for document, path in named for one in run_document(document, path, catalogue, options)]
    _print(runs, catalogue, arguments)
    if not arguments.public:
        inputs.report_missed(catalogue)
    unclear = [said for text in texts for said in _unclear(text, catalogue)]
    for said in (*unclear, *without_demands(texts)):
        print_line(f"vkd run: {said}", error=True)
    return inputs.exit_code(FOUND if unclear or any(one.answer.status != "found" for one in runs) else 0)


def _shown_path(path: str, *, public: bool) -> str:
    """The name of a file in answers; for the public without its folders."""
    return path.rpartition("/")[2] if public else path


def _print(runs: Sequence[Run], catalogue: Catalogue, arguments: Arguments) -> None:
    if arguments.output_format == "json":
        from vkd_server.features.answers.run_json import json_text

        print_json(json_text(runs, catalogue, public=arguments.public))
        return
    messages = _messages(runs, catalogue, arguments)
    print(("\n" if arguments.output_format == "markdown" else _rule(width())).join(messages), end="")


def _messages(runs: Sequence[Run], catalogue: Catalogue, arguments: Arguments) -> Iterator[str]:
    from vkd_catalog.message.as_markdown import as_markdown
    from vkd_catalog.message.as_text import as_text
    from vkd_server.features.answers.message import run_message

    columns, folding = width(), arguments.output_format == "markdown"
    detail = arguments.detail or folding
    options = MessageOptions(arguments.limit, arguments.max_sets, arguments.public, detail)
    for one in runs:
        message = run_message(one, catalogue, options)
        yield as_markdown(message) if folding else as_text(message, columns)


def _rule(columns: int) -> str:
    return f"\n{'─' * columns}\n\n"


def _unclear(text: DemandText, catalogue: Catalogue) -> Iterator[str]:
    """A sentence about the first description whose header does not say whether it is a demand, with what is wrong with
    it."""
    from vkd_server.features.diagnostics import diagnose

    for index, (row, description) in enumerate(text.document.pieces()):
        if description.kind is None and (description.header or description.sentences):
            path, lines = text.path_in(catalogue), text.document.piece_lines(index)
            for found in diagnose(catalogue.coder.code(description), lines, path, catalogue, row=row):
                yield f"{text.named}:{found.start.row + 1}:{found.start.column + 1}: {found.message} ({found.code})"
                return
