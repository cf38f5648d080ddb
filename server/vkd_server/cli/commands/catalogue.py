"""Vocabularies and what a catalogue holds: import, export, formats, show, statistics."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from vkd_catalog.catalogue import Catalogue
from vkd_catalog.configuration import NO_CATALOGUES, configuration_for
from vkd_catalog.engines import REGISTER_SUFFIX
from vkd_catalog.languages import counted, languages, say
from vkd_catalog.vocabulary_names import VOCABULARY_NAMES
from vkd_server.cli import CallError
from vkd_server.cli.catalogues import catalogue_of
from vkd_server.cli.days import today
from vkd_server.cli.streams import print_json, print_line
from vkd_server.cli.terminal import folded, with_progress
from vkd_server.features.explain.concepts import (
    VocabularyCount,
    concept_text,
    concepts_called,
    products_called,
    vocabulary_counts,
)

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from vkd_catalog.exporters import Exporter, Stated
    from vkd_catalog.importers import Importer, ImportReport

    Format = TypeVar("Format", Importer, Exporter)

_MOST_UNMAPPED = 10

_STATED = {
    "--base": ("ADDRESS", "what the addresses of all that is exported begin with; else urn:vkd: and the name"),
    "--licence": ("LICENCE", "the licence of the catalogue, and of the sets that state none; an address or a name"),
    "--publisher": ("NAME", "who publishes the catalogue, and the sets that state nobody"),
    "--contact": ("ADDRESS", "whom one asks, by e-mail or web address"),
    "--access-body": ("NAME", "the health data access body (health-dcat-ap)"),
    "--access-body-contact": ("ADDRESS", "the e-mail or web address of that body"),
    "--health-category": ("NAME", "the category of health data that the sets belong to, as the European list calls it"),
}
"""What only who exports can say, by the options that say it."""


def add_arguments(parser: ArgumentParser) -> None:
    """Adds the arguments of `vkd catalogue` to its parser."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    action = actions.add_parser("import", help="descriptions in another form, made into a workspace")
    action.add_argument("name", metavar="FORMAT", help="what is read; vkd catalogue formats names them")
    action.add_argument("--from", dest="source", type=Path, metavar="PATH", help="the file or folder to read")
    action.add_argument("--to", dest="target", type=Path, metavar="DIR", help="where the workspace is written")
    action.add_argument(
        "--vocabulary",
        choices=VOCABULARY_NAMES,
        default="",
        help="which vocabulary concepts belong to where the source does not say; else names",
    )
    action.add_argument(
        "--columns",
        metavar="PAIRS",
        default="",
        help="what columns of a table are, as variable=Navn, label=Tekst; those not given are guessed and shown",
    )
    action = actions.add_parser("export", help="what a catalogue holds, in a form that other tools read")
    action.add_argument(
        "name", metavar="FORMAT", nargs="?", default="skos", help="what is written, else skos; formats names them"
    )
    action.add_argument("--to", dest="target", type=Path, metavar="DIR", help="where the files are written")
    for option, (metavar, said) in _STATED.items():
        action.add_argument(option, metavar=metavar, default="", help=said)
    action.add_argument(
        "--private", action="store_true", help="with what is internal: the addresses of archives inside"
    )
    _add_workspace(action)
    actions.add_parser("formats", help="what can be read and written, and the extra that each needs")
    action = actions.add_parser("build", help="the register as one file to hand out, which [catalogues] can name")
    action.add_argument("--to", dest="target", type=Path, metavar="DIR", help="where the file is written")
    action.add_argument("--licence", metavar="TEXT", default="", help="the licence that the file states")
    action.add_argument("--private", action="store_true", help="with what is internal: addresses, names of series")
    # What the file says of its language is the catalogue's own.
    action.set_defaults(language=None)
    _add_folder(action)
    action = actions.add_parser("show", help="a concept, with the products it stands in, or a product's description")
    action.add_argument("what", metavar="WHAT", help="a code, a word, or the identification of a product")
    _add_workspace(action)
    action = actions.add_parser("statistics", help="how much a catalogue holds")
    action.add_argument("--output-format", choices=("text", "json"), default="text")
    _add_workspace(action)


def run(arguments: Namespace) -> int:
    """Carries out the action that the call names. Returns the exit code."""
    actions = {
        "import": _import,
        "export": _export,
        "formats": _formats,
        "build": _build,
        "show": _show,
        "statistics": _statistics,
    }
    actions[arguments.action](arguments)
    return 0


def _add_workspace(action: ArgumentParser) -> None:
    _add_folder(action)
    action.add_argument("--language", choices=languages(), help="the language of what is said; else the catalogue's")


def _add_folder(action: ArgumentParser) -> None:
    action.add_argument("--workspace", metavar="DIR", type=Path, default=Path(), help="else that of the current folder")


def _catalogue(arguments: Namespace, *, alone: bool = False) -> Catalogue:
    """The catalogue that a call is about; `alone` without the others that it names."""
    if not arguments.workspace.is_dir():
        raise CallError(f"{arguments.workspace}: no such folder")
    configuration = configuration_for(arguments.workspace.resolve())
    if alone:
        configuration = configuration._replace(catalogues=NO_CATALOGUES)
    return catalogue_of(configuration._replace(language=arguments.language or configuration.language))


def _import(arguments: Namespace) -> None:
    from vkd_catalog.importers import IMPORTERS, ImportRefusedError, Request, run_import

    if arguments.name == "list":
        _list(IMPORTERS)
        return
    importer = _called(arguments.name, IMPORTERS, "importer")
    if arguments.source is None or arguments.target is None:
        raise CallError("an import takes --from PATH and --to DIR")
    for option in ("vocabulary", "columns"):
        if getattr(arguments, option) and option not in importer.options:
            able = ", ".join(one.name for one in IMPORTERS if option in one.options)
            raise CallError(f"{importer.name} takes no --{option}; what takes it is {able}")
    follow = partial(with_progress, since=time.monotonic())
    request = Request(arguments.source, arguments.vocabulary, _pairs(arguments.columns), follow)
    try:
        report = run_import(importer, request, arguments.target, today())
    except ImportRefusedError as error:
        raise CallError(str(error)) from error
    for line in _import_lines(importer, report, arguments.target):
        print_line(line)


def _import_lines(importer: Importer, report: ImportReport, target: Path) -> Iterator[str]:
    yield f"{importer.name} {report.version} ({report.licence}): {report.source}"
    for written in report.written:
        yield f"  {written.number:>9,} {written.kind}"
    if report.unmapped:
        yield f"not mapped, or with a change: {len(report.unmapped)}"
        for had in report.unmapped[:_MOST_UNMAPPED]:
            yield f"  {had.kind} {had.what}: {had.why}"
        if len(report.unmapped) > _MOST_UNMAPPED:
            yield f"  and {len(report.unmapped) - _MOST_UNMAPPED} more"
    for changed in report.changes:
        yield f"changed since the last run: {changed.file}: {changed.what}"
        if changed.mine or changed.theirs:
            yield f"  yours: {changed.mine}"
            yield f"  the source's: {changed.theirs}"
    from vkd_catalog.importers import REPORT_FILE

    yield f"all of it in {target / REPORT_FILE}"


def _export(arguments: Namespace) -> None:
    from vkd_catalog.exporters import EXPORTERS, ExportRefusedError
    from vkd_server.cli.writing import write_parts
    from vkd_server.workspace.public import to_hand_out

    if arguments.name == "list":
        _list(EXPORTERS)
        return
    exporter = _called(arguments.name, EXPORTERS, "exporter")
    if arguments.target is None:
        raise CallError("an export takes --to DIR")
    whole = _catalogue(arguments, alone=True)
    catalogue = whole if arguments.private else to_hand_out(whole)
    written = False
    try:
        for name, parts in exporter.files(catalogue, _stated(arguments)):
            file = arguments.target / name
            arguments.target.mkdir(parents=True, exist_ok=True)
            write_parts(file, parts())
            print_line(str(file))
            written = True
    except ExportRefusedError as error:
        raise CallError(str(error)) from error
    if not written:
        print_line(f"vkd: {arguments.workspace}: holds nothing that {exporter.name} could tell", error=True)


def _stated(arguments: Namespace) -> Stated:
    """What the options say of the catalogue. Raises CallError for a base that is no address."""
    from vkd_catalog.exporters import Stated, is_iri

    said = {name: getattr(arguments, name) for name in (option[2:].replace("-", "_") for option in _STATED)}
    if said["base"] and not is_iri(said["base"]):
        raise CallError(f"--base: {said['base']}: not an address")
    return Stated(**said, note=lambda text: print_line(text, error=True))


def _pairs(text: str) -> dict[str, str]:
    """What `--columns` says. Raises CallError where a pair is none."""
    pairs = [pair.partition("=") for pair in text.split(",") if pair.strip()]
    if wrong := [name for name, equals, _ in pairs if not equals]:
        raise CallError(f"--columns: {wrong[0].strip()}: not a pair, as variable=Navn")
    return {name.strip(): column.strip() for name, _, column in pairs}


def _formats(arguments: Namespace) -> None:
    """A line for each format: whether it is read and written, and what must be installed for that."""
    from vkd_catalog.exporters import EXPORTERS
    from vkd_catalog.importers import IMPORTERS

    read = {one.name: one for one in IMPORTERS}
    written = {one.name: one for one in EXPORTERS}
    rows = [("format", "read", "written", "needs", "")]
    for name in sorted({**read, **written}):
        importer, exporter = read.get(name), written.get(name)
        needs = [f"vkd-server[{importer.extra}] to read{_what(importer)}"] if importer and importer.extra else []
        needs += [f"vkd-server[{exporter.extra}] to write"] if exporter and exporter.extra else []
        summary = " / ".join(dict.fromkeys(one.summary for one in (importer, exporter) if one))
        rows.append((name, "yes" if importer else "-", "yes" if exporter else "-", ", ".join(needs) or "-", summary))
    rows += _describable()
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        print_line("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def _what(importer: Importer) -> str:
    """What of a format needs the extra, where that is not all."""
    return f" {importer.extra_for}" if importer.extra_for else ""


def _build(arguments: Namespace) -> None:
    from vkd_catalog.federation.handed_out import hand_out
    from vkd_server.workspace.public import to_hand_out

    if arguments.target is None or arguments.target.suffix == REGISTER_SUFFIX:
        raise CallError("a build takes --to DIR, a folder: the file in it is named by its content")
    whole = _catalogue(arguments, alone=True)
    catalogue = to_hand_out(whole, private=arguments.private)
    print_line(str(hand_out(catalogue, arguments.target, whole.revision, arguments.licence)))


def _describable() -> Iterator[tuple[str, str, str, str, str]]:
    """The rows of the files of data that `vkd describe` reads."""
    from vkd_catalog.describing.readers import READERS

    for reader in READERS:
        needs = f"vkd-server[{reader.extra}] to read" if reader.extra else "-"
        endings = ", ".join(reader.endings)
        yield reader.name.lower(), "yes", "-", needs, f"data and codebooks, by vkd describe ({endings})"


def _list(formats: Sequence[Importer] | Sequence[Exporter]) -> None:
    for one in formats:
        print(f"{one.name:12} {one.summary}")


def _called(name: str, formats: Sequence[Format], kind: str) -> Format:
    """The importer or exporter with a name. Raises CallError where there is none."""
    found = next((one for one in formats if one.name == name), None)
    if found is None:
        raise CallError(f"{name}: no such {kind}; there are {', '.join(one.name for one in formats)}")
    return found


def _show(arguments: Namespace) -> None:
    catalogue = _catalogue(arguments)
    found = [concept_text(*one, catalogue) for one in concepts_called(arguments.what, catalogue)]
    found += products_called(arguments.what, catalogue)
    if not found:
        near = _near(arguments.what, catalogue)
        hint = f"; near are {', '.join(near)}" if near else ""
        raise CallError(f"{arguments.what}: no such code, word or product{hint}")
    print(folded("\n".join(found)), end="")


_COMPARED = 100_000
"""So many identifications, the shortest, are compared with one that there is not."""


def _near(text: str, catalogue: Catalogue) -> list[str]:
    """The words and identifications that somebody may have meant."""
    from vkd_catalog.suggest import nearest

    words = [
        word
        for vocabulary in catalogue.vocabularies.four
        if vocabulary.concepts
        for word, _ in catalogue.suggester(vocabulary.name).nearest(text, 2)
    ]
    named = tuple(one.name for one in catalogue.register.holding("", _COMPARED))
    return list(dict.fromkeys((*words, *nearest(text, named, 2))))


def _statistics(arguments: Namespace) -> None:
    catalogue = _catalogue(arguments)
    products, sentences = catalogue.register.size()
    counts = vocabulary_counts(catalogue.vocabularies)
    if arguments.output_format == "json":
        said = {
            "catalogue": catalogue.configuration.name,
            "revision": catalogue.revision,
            "products": products,
            "sentences": sentences,
            "vocabularies": {count.vocabulary: count.as_plain() for count in counts},
        }
        print_json(json.dumps(said, ensure_ascii=False, indent=1))
        return
    language = catalogue.language
    held = {
        "products": counted("catalogue.products", products, language),
        "sentences": counted("catalogue.sentences", sentences, language),
    }
    print_line(say("catalogue.holds", language, name=catalogue.configuration.name, **held))
    for line in _table(counts, language):
        print_line(line)


def _table(counts: tuple[VocabularyCount, ...], language: str) -> Iterator[str]:
    rows = [say("catalogue.heads", language).split("|")]
    for count in counts:
        assessed = "–" if count.not_assessed is None else str(count.not_assessed)
        name = say(f"vocabulary.{count.vocabulary}", language)
        rows.append([name, str(count.concepts), str(count.synonyms), str(count.without_definition), assessed])
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for first, *rest in rows:
        cells = [cell.rjust(width) for cell, width in zip(rest, widths[1:], strict=True)]
        yield "  ".join([first.ljust(widths[0]), *cells])
