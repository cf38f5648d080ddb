"""The numbers that demands ask for, out of the data that an answer names.

Published figures are given: rows of aggregate products, of the classes and times asked for, each citing the product and
the line that describes it. No disclosure control is applied to them, and the output says so. With `--private` counts,
sums and means are made of data on single units, linked where the answer has several sets: the tables that the demand
asks for, or with `--table` the units by what some of its lines say. They are given under the rules that `[disclosure]`
in `vkd.toml` states, and held against the log of what was given before. `--extract` writes the units themselves. Data
are read where products' addresses lead on this machine; nothing is fetched. It needs the extra `vkd-server[data]`. Of
several demands those are given that can be, and of each other it is said where it stands and why not. Exit code 1 where
figures cannot be given, 2 where the call cannot be carried out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeVar

from vkd_catalog.languages import languages, say
from vkd_server.cli import FOUND, REFUSED, CallError
from vkd_server.cli.streams import print_line, write_exactly

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from vkd_catalog.catalogue import Catalogue
    from vkd_catalog.data.figures import FigureTable
    from vkd_server.features.answers.run import Run

_Given = TypeVar("_Given")

_EXTRA = "vkd data needs the extra data: pip install 'vkd-server[data]'"


class Arguments(NamedTuple):
    """The arguments of `vkd data`, parsed."""

    paths: Sequence[str]
    cover: int = 1
    output_format: Literal["text", "csv", "parquet", "json-stat"] = "text"
    to: Path | None = None
    private: bool = False
    extract: bool = False
    table: tuple[int, ...] = ()
    of: int | None = None
    function: Literal["sum", "mean"] | None = None
    language: str | None = None
    workspace: str | None = None
    stdin_filename: str | None = None


def add_arguments(parser: ArgumentParser) -> None:
    """Adds the arguments of `vkd data` to its parser."""
    from vkd_server.cli.parser import positive

    add = parser.add_argument
    add("paths", nargs="+", metavar="PATH", help="a file with demands, a folder, or - for standard input")
    add("--cover", type=positive, default=1, metavar="N", help="out of the N-th answer; else out of the first")
    add(
        "--output-format",
        choices=("text", "csv", "parquet", "json-stat"),
        default="text",
        help="how figures are written; parquet needs --to",
    )
    add("--to", type=Path, metavar="FILE", help="the file to write; else standard output")
    add("--private", action="store_true", help="for those who hold the data of single units")
    add(
        "--table",
        type=_lines,
        default=(),
        metavar="LINES",
        help="the units by what these lines of the demand say, numbers with commas between; with --private",
    )
    add("--of", type=positive, metavar="LINE", help="what is added up of the units in --table: what this line says")
    add("--function", choices=("sum", "mean"), help="how --of is added up")
    add("--extract", action="store_true", help="the linked units themselves, to the file --to, with --private")
    add("--language", choices=languages(), help="the language of what is said, whatever the demands are in")
    add("--workspace", metavar="DIR", help="whose catalogue is searched; without it, the one the files belong to")
    add("--stdin-filename", metavar="PATH", help="the file that standard input stands for")


def run(arguments: Arguments) -> int:
    """Writes the figures of every demand that has some, and tells of each other why it has none. Returns 1 where those
    of one cannot be given, 2 where they could not even be looked for."""
    _require_extra()
    _require_sense(arguments)
    runs, catalogue, language = _runs(arguments)
    if arguments.extract:
        written = _tried(lambda: _extract(runs, arguments, catalogue, language), language)
        return _told(written) if isinstance(written, _NotGiven) else 0
    tables: list[FigureTable] = []
    code = 0
    for one in runs:
        given = _tried(partial(_figures, one, arguments, catalogue, language), language)
        if isinstance(given, _NotGiven):
            code = max(code, _told(given, f"{one.answer.path}:{one.answer.line}: " if len(runs) > 1 else ""))
        else:
            tables += given
    if tables:
        written = _tried(lambda: _write(tables, arguments, catalogue, language), language)
        return max(code, _told(written)) if isinstance(written, _NotGiven) else code
    return code


class _NotGiven(NamedTuple):
    """Why figures are not given, in a sentence, and the exit code that says so."""

    code: int
    why: str


def _tried(give: Callable[[], _Given], language: str) -> _Given | _NotGiven:
    """What is given, or why it is not."""
    from vkd_catalog.data.figures import Refused
    from vkd_catalog.data.individual.given import RulesMissing
    from vkd_catalog.disclosure.log import LogUnusable
    from vkd_catalog.disclosure.saying import unusable

    try:
        return give()
    except RulesMissing as missing:
        return _NotGiven(REFUSED, missing.said)
    except LogUnusable as error:
        return _NotGiven(REFUSED, unusable(error, language))
    except CallError as error:
        return _NotGiven(REFUSED, str(error))
    except Refused as refused:
        return _NotGiven(FOUND, say(f"data.refused.{refused.key}", language, **refused.facts))


def _told(refused: _NotGiven, place: str = "") -> int:
    """Says on standard error why figures are not given, of the demand at a place, and returns the exit code."""
    print_line(f"vkd data: {place}{refused.why}", error=True)
    return refused.code


def _lines(text: str) -> tuple[int, ...]:
    """Numbers of lines, with commas between."""
    from argparse import ArgumentTypeError

    parts = [part.strip() for part in text.split(",")]
    if not all(part.isascii() and part.isdigit() and int(part) for part in parts):
        raise ArgumentTypeError(f"{text!r} is no list of line numbers: 1,3")
    return tuple(dict.fromkeys(map(int, parts)))


def _require_sense(arguments: Arguments) -> None:
    """Raises CallError where arguments do not go together."""
    if arguments.extract and arguments.to is None:
        raise CallError("--extract is written to a file: name it with --to")
    if arguments.extract and (arguments.table or arguments.output_format == "json-stat"):
        raise CallError("--extract writes units, as csv or parquet, and no table")
    if (arguments.of is None) != (arguments.function is None):
        raise CallError("--of and --function go together: what is added up, and how")
    if arguments.of is not None and not arguments.table:
        raise CallError("--of says what is added up in a table: name its lines with --table")
    if (arguments.table or arguments.extract) and not arguments.private:
        raise CallError("data on single units take --private")
    if arguments.output_format == "parquet" and arguments.to is None:
        raise CallError("--output-format parquet is written to a file: name it with --to")


def _require_extra() -> None:
    from vkd_catalog.data import ExtraMissing, require_extra

    try:
        require_extra()
    except ExtraMissing as error:
        raise CallError(_EXTRA) from error


def _runs(arguments: Arguments) -> tuple[list[Run], Catalogue, str]:
    """The answers to all demands, the catalogue they are out of, and the language to speak."""
    from vkd_grammar.parser import Parser
    from vkd_server.cli.catalogues import catalogue_of
    from vkd_server.cli.demands import demand_texts, home_of, without_demands
    from vkd_server.cli.inputs import Inputs
    from vkd_server.features.answers.run import RunOptions, run_document

    parser, inputs = Parser(), Inputs("data")
    texts = list(demand_texts(arguments.paths, arguments.stdin_filename, parser, inputs))
    if inputs.unread:
        raise CallError(f"{inputs.unread[0].place}: cannot be read")
    catalogue = catalogue_of(home_of(texts, arguments.workspace), parser, arguments.language)
    options = RunOptions(language=arguments.language)
    runs = [one for text in texts for one in run_document(text.document, text.path_in(catalogue), catalogue, options)]
    for said in without_demands(texts):
        raise CallError(said)
    language = arguments.language or (runs[0].answer.language if runs else catalogue.language)
    return runs, catalogue, language


def _figures(run: Run, arguments: Arguments, catalogue: Catalogue, language: str) -> list[FigureTable]:
    """The tables of one demand. Raises Refused where they cannot be given, CallError where they need --private."""
    from vkd_catalog.data.individual.given import computed_figures, rules_stated
    from vkd_catalog.data.individual.plan import Crossing
    from vkd_catalog.data.published import is_of_aggregates, published_figures
    from vkd_server.features.answers.numbers import cover_numbered

    cover = cover_numbered(run, arguments.cover)
    if not arguments.table and is_of_aggregates(run.demand, cover, catalogue):
        return published_figures(run.demand, cover, catalogue, language)
    if not arguments.private:
        raise CallError(say("data.needs-private", language, demand=run.answer.id))
    rules_stated(catalogue, language)
    if not arguments.table and cover.grade != "computable":
        raise CallError(say("data.needs-table", language, demand=run.answer.id))
    crossing = Crossing(arguments.table, arguments.of, arguments.function) if arguments.table else None
    return computed_figures(run.demand, cover, catalogue, crossing, language)


def _extract(runs: Sequence[Run], arguments: Arguments, catalogue: Catalogue, language: str) -> None:
    """Writes the units of the one demand there is."""
    from vkd_catalog.data.individual.extract import write_extract
    from vkd_server.features.answers.numbers import cover_numbered

    if len(runs) != 1 or arguments.to is None:
        raise CallError("--extract takes one demand")
    form: Literal["csv", "parquet"] = "parquet" if _is_parquet(arguments) else "csv"
    cover = cover_numbered(runs[0], arguments.cover)
    write_extract(runs[0].demand, cover, catalogue, form, arguments.to, language)


def _is_parquet(arguments: Arguments) -> bool:
    """Whether a file is Parquet by the format asked for, or, where none is, by its name."""
    is_named_so = arguments.to is not None and arguments.to.suffix.lower() in (".parquet", ".pq")
    return arguments.output_format == "parquet" or (arguments.output_format == "text" and is_named_so)


def _write(tables: Sequence[FigureTable], arguments: Arguments, catalogue: Catalogue, language: str) -> None:
    """Writes the tables in the form asked for, to the file asked for or to standard output."""
    if arguments.output_format == "parquet" and arguments.to is not None:
        from vkd_catalog.data.outputs.as_rows import header_of, rows_in
        from vkd_catalog.data.tables import write_parquet

        texts = ["line"] if any(figure.beside for table in tables for figure in table.figures) else []
        write_parquet(arguments.to, header_of(tables), rows_in(tables, catalogue.revision), texts)
        return
    text = "".join(_rendered(tables, arguments.output_format, catalogue, language))
    if arguments.to is None:
        write_exactly(text)
    else:
        arguments.to.write_text(text, encoding="utf-8", newline="")


def _rendered(tables: Sequence[FigureTable], output_format: str, catalogue: Catalogue, language: str) -> Iterator[str]:
    if output_format == "csv":
        from vkd_catalog.data.outputs.as_rows import as_csv

        yield as_csv(tables, catalogue.revision)
    elif output_format == "json-stat":
        import json

        from vkd_catalog.data.outputs.as_json_stat import as_json_stat

        name = catalogue.configuration.name
        yield json.dumps(as_json_stat(tables, catalogue.revision, name, language), ensure_ascii=False, indent=1) + "\n"
    else:
        from vkd_catalog.data.outputs.as_text import as_text

        yield as_text(tables, catalogue.revision, language)
