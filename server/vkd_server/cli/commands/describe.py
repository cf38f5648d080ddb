"""Drafts descriptions of data files: CSV, Excel, Parquet, SPSS, Stata, SAS, with what a codebook says of their columns.

Without --to or --apply the draft is printed, and why each column was taken for what it was. --apply writes it into the
workspace, --to DIR into a folder; both put it together with what people have changed since the last run.
"""

from __future__ import annotations

import os
import time
from argparse import ArgumentTypeError
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from vkd_catalog.configuration import FILE_NAME, Configuration, configuration_for, read_configuration
from vkd_catalog.files import read_file
from vkd_catalog.languages import counted, languages, say
from vkd_server.cli import REFUSED, CallError
from vkd_server.cli.catalogues import catalogue_of
from vkd_server.cli.days import today
from vkd_server.cli.inputs import Inputs
from vkd_server.cli.locale import language_of_locale
from vkd_server.cli.streams import print_line, write_data
from vkd_server.cli.terminal import with_progress

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from vkd_catalog.catalogue import Catalogue
    from vkd_catalog.describing.describe import Outcome, Surroundings
    from vkd_catalog.describing.request import Request
    from vkd_catalog.describing.writing import Place, Written


class _Target(NamedTuple):
    """Where drafts go, whether they are written and words may be added there, and the files that make a folder a
    workspace, where it is none yet."""

    place: Place
    writes: bool
    adds: bool
    new: Mapping[str, str]


def add_arguments(parser: ArgumentParser) -> None:
    """Adds the arguments of `vkd describe` to its parser."""
    add = parser.add_argument
    add("files", nargs="+", metavar="FILE", help="data files and codebooks, or folders of them")
    add("--codebook", type=Path, metavar="FILE", help="a codebook, whatever its columns are called")
    add(
        "--columns",
        metavar="PAIRS",
        default="",
        help="what columns of the codebook say, as name=Variabel, label=Tekst; those not given are guessed and shown: "
        "name, label, definition, values, code, code-label, missing, measure, sensitive, type, file",
    )
    add("--to", type=Path, metavar="DIR", help="write drafts to a folder; made if need be, outside a workspace as one")
    add("--apply", action="store_true", help="write into the workspace: products, new words, values of code lists")
    add("--object-type", default="", metavar="WORD", help="what the rows are; else found out")
    add("--name", default="", metavar="WORD", help="the register that the data are of; else found out")
    add("--time", default="", metavar="TIME", help="the time of all sentences; else found out")
    add(
        "--word",
        action="append",
        type=_pair,
        default=[],
        metavar="COLUMN=WORD",
        help="the word or code of a column's characteristic; may be given more than once",
    )
    add("--workspace", metavar="DIR", type=Path, default=Path(), help="whose words; else that of the current folder")
    add("--language", choices=languages(), help="the language of what is drafted; else the catalogue's")


def run(arguments: Namespace) -> int:
    """Prints or writes the drafts. Returns the exit code: 2 where a file could not be read.

    Raises CallError where the call cannot be carried out.
    """
    from vkd_catalog.describing.describe import WrongCallError, describe
    from vkd_catalog.describing.sources import read_files
    from vkd_catalog.describing.writing import closed_to_rows, own_rows
    from vkd_server.rules.shared.personal import masked

    request = _request(arguments)
    read = read_files(request, masked, partial(with_progress, since=time.monotonic()))
    for error in read.unread:
        print_line(f"vkd describe: {error}", error=True)
    if not read.groups and not read.codebooks:
        return REFUSED
    target = _target(arguments)
    _make(target.place.configuration.root, target.new)
    why = closed_to_rows(target.place.configuration) if target.adds else ""
    if why:
        raise CallError(f"{target.place.configuration.root}: {why}")
    catalogue, around = _surroundings(arguments, target.place)
    try:
        outcome = describe(request._replace(adds=target.adds, own=own_rows(target.place)), read, catalogue, around)
    except WrongCallError as error:
        raise CallError(str(error)) from error
    if not target.writes:
        write_data("\n".join(_printed(outcome, target.place, catalogue.language)) + "\n")
    else:
        _write(outcome, target, catalogue)
    return REFUSED if read.unread else 0


def _request(arguments: Namespace) -> Request:
    from vkd_catalog.describing.readers import ENDINGS
    from vkd_catalog.describing.request import Request
    from vkd_catalog.suggest import loose

    inputs = Inputs("describe")
    files = [file for path in arguments.files for file in inputs.files(path, ENDINGS)]
    inputs.exit_code(0)
    return Request(
        files=tuple(dict.fromkeys(files)),
        day=today(),
        codebook=Path(os.path.abspath(arguments.codebook)) if arguments.codebook else None,
        mapping=_pairs(arguments.columns),
        object_type=arguments.object_type,
        name=arguments.name,
        time=arguments.time,
        words={loose(column): word for column, word in arguments.word},
    )


def _target(arguments: Namespace) -> _Target:
    """Where drafts go. Raises CallError where there is no workspace to write into."""
    from vkd_catalog.describing.writing import MADE_BY, Place, product_folder

    own = _workspace(arguments)
    home = Place(own, product_folder(own.products), ".")
    if arguments.to is None:
        if arguments.apply and own.file is None:
            raise CallError(f"{own.root}: no {FILE_NAME}; make a workspace with vkd init, or write to a new --to DIR")
        return _Target(home, arguments.apply, arguments.apply, {})
    folder = Path(os.path.realpath(arguments.to))
    if own.file is not None and folder.is_relative_to(own.root) and not _is_root(folder, own):
        below = folder.relative_to(own.root).as_posix()
        return _Target(home if folder == own.root else Place(own, below, below), True, arguments.apply, {})
    if (folder / FILE_NAME).is_file():
        there = read_configuration(folder / FILE_NAME)
        made = MADE_BY.encode() in read_file(folder / FILE_NAME).partition(b"\n")[0]
        return _Target(Place(there, product_folder(there.products), "."), True, made or arguments.apply, {})
    return _new_workspace(folder, own, arguments)


def _new_workspace(folder: Path, own: Configuration, arguments: Namespace) -> _Target:
    """A folder that becomes a workspace, which knows the words of the workspace that the call is made in."""
    from vkd_catalog.configuration import parse_configuration
    from vkd_catalog.describing.writing import Place
    from vkd_server.features.draft_workspace import draft_workspace

    language = arguments.language or (own.language if own.file else language_of_locale())
    files = draft_workspace(folder, own, language, today())
    if there := next((name for name in files if os.path.lexists(folder / name)), None):
        raise CallError(f"{folder / there}: is already there, and no {FILE_NAME} beside it; nothing was written")
    settings = parse_configuration(folder / FILE_NAME, files[FILE_NAME].encode())
    return _Target(Place(settings, "products", "."), True, True, files)


def _is_root(folder: Path, own: Configuration) -> bool:
    """Whether a folder is the root of another workspace."""
    return folder != own.root and (folder / FILE_NAME).is_file()


def _workspace(arguments: Namespace) -> Configuration:
    if not arguments.workspace.is_dir():
        raise CallError(f"{arguments.workspace}: no such folder")
    return configuration_for(arguments.workspace.resolve())


def _make(root: Path, files: Mapping[str, str]) -> None:
    from vkd_server.cli.writing import write

    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        write(root / name, text)


def _surroundings(arguments: Namespace, place: Place) -> tuple[Catalogue, Surroundings]:
    from vkd_catalog.describing.describe import Surroundings
    from vkd_catalog.describing.writing import earlier_text
    from vkd_server.rules.shared.personal import masked

    settings = place.configuration
    catalogue = catalogue_of(settings._replace(language=arguments.language or settings.language))

    def is_taken(identification: str, file: str) -> bool:
        path = place.file_of(file)
        elsewhere = any(had.path != path for had in catalogue.places_of(identification))
        return elsewhere or (os.path.lexists(settings.root / path) and not earlier_text(place, file))

    return catalogue, Surroundings(partial(earlier_text, place), is_taken, masked)


def _printed(outcome: Outcome, place: Place, language: str) -> Iterator[str]:
    """The drafts, below them what each column was taken for and why, and what could be added to the vocabularies."""
    from vkd_catalog.describing.report import codebook_rows, column_rows

    for one in outcome.described:
        yield one.text
        columns = {said.column.name: said for draft in one.drafts for said in draft.columns}.values()
        yield from _as_comment(say("describe.columns", language), list(column_rows(columns, language)))
        for note in one.notes:
            yield from _as_comment(note, [])
        yield ""
    yield from _proposed(outcome, place, language)
    if outcome.codebooks:
        yield from _as_comment(say("describe.codebook-columns", language), list(codebook_rows(outcome)))
    if any(one.drafts for one in outcome.described):
        yield f"# {say('describe.apply', language)}"


def _proposed(outcome: Outcome, place: Place, language: str) -> Iterator[str]:
    """The rows for the vocabularies that --apply would write, as comments."""
    from vkd_catalog.describing.rows import table_text
    from vkd_catalog.describing.writing import own_rows, proposed
    from vkd_catalog.vocabulary_names import VOCABULARY_NAMES

    own = own_rows(place)
    for name in VOCABULARY_NAMES:
        rows = proposed(outcome.rows, own, name)
        if rows:
            yield from _as_comment(say("describe.rows", language, vocabulary=say(f"vocabulary.{name}", language)), [])
            yield from (f"#   {line}" for line in table_text(rows).splitlines())
            yield ""


def _as_comment(heading: str, rows: Sequence[Sequence[str]]) -> Iterator[str]:
    from vkd_catalog.describing.texts import plain

    yield f"# {plain(heading)}"
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "#   " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _write(outcome: Outcome, target: _Target, catalogue: Catalogue) -> None:
    from vkd_catalog.describing.writing import write

    root, language = target.place.configuration.root, catalogue.language
    written = write(outcome, target.place, language, rows=target.adds)
    for path in written.paths:
        print_line(os.path.relpath(root / path))
    for line in _told(outcome, written, language):
        print_line(line)


def _told(outcome: Outcome, written: Written, language: str) -> Iterator[str]:
    """What was written, in counts, and what people have to look at."""
    from vkd_catalog.describing.texts import shortened

    columns = {
        (one.called, said.column.name): said for one in outcome.described for d in one.drafts for said in d.columns
    }
    unknown = sum(1 for said in columns.values() if not said.field and not said.is_time)
    known = sum(1 for said in columns.values() if said.field)
    yield f"{counted('describe.known', known, language)}, {counted('describe.unknown', unknown, language)}"
    for changed in written.changed:
        yield say("describe.kept", language, path=changed.path)
        for clash in changed.clashes:
            mine, theirs = (shortened(text) or "–" for text in (clash.mine, clash.theirs))
            yield "  " + say("describe.clash", language, place=clash.place, mine=mine, theirs=theirs)


def _pairs(text: str) -> Mapping[str, str]:
    """What `--columns` gives, by role. Raises CallError where a part is no pair."""
    try:
        return dict(map(_pair, filter(str.strip, text.split(","))))
    except ArgumentTypeError as error:
        raise CallError(f"--columns: {error}") from error


def _pair(text: str) -> tuple[str, str]:
    """An argument of two parts with `=` between them. Raises ArgumentTypeError where it has none."""
    first, equals, second = text.rpartition("=") if "[" not in text else text.partition("=")
    if not (first.strip() and equals and second.strip()):
        raise ArgumentTypeError(f"{text!r} is not of the form A=B")
    return first.strip(), second.strip()
