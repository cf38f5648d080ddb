"""What the catalogue has by free words: concepts and information sets, the best first, each with what matched and how.

Words may be of any of the catalogue's languages, misspelt, or parts of others. Exit code 1 where there is nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from vkd_catalog.configuration import configuration_for
from vkd_catalog.languages import counted, languages, quoted, say
from vkd_catalog.lookup import KINDS, LIMIT, Found, Hit
from vkd_server.cli import FOUND, CallError
from vkd_server.cli.catalogues import catalogue_of
from vkd_server.cli.parser import positive
from vkd_server.cli.streams import print_json, print_line
from vkd_server.features.explain.time_words import day_in_words

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def add_arguments(parser: ArgumentParser) -> None:
    """Adds the arguments of `vkd find` to its parser."""
    add = parser.add_argument
    add("words", nargs="+", metavar="WORDS", help="what somebody may call it")
    add("--kind", action="append", choices=KINDS, help="only these; may be given more than once")
    add("--limit", type=positive, default=LIMIT, metavar="N", help="so many at most")
    add("--output-format", choices=("text", "json"), default="text")
    add(
        "--workspace", metavar="DIR", type=Path, default=Path(), help="whose catalogue; else that of the current folder"
    )
    add("--language", choices=languages(), help="the language of what is said; else the catalogue's")


def run(arguments: Namespace) -> int:
    """Prints what was found. Returns the exit code: 1 where nothing was.

    Raises CallError where there is no such workspace.
    """
    if not arguments.workspace.is_dir():
        raise CallError(f"{arguments.workspace}: no such folder")
    catalogue = catalogue_of(configuration_for(arguments.workspace.resolve()), language=arguments.language)
    language = arguments.language or catalogue.language
    text = " ".join(arguments.words)
    found = catalogue.lookup.find(text, arguments.kind or KINDS, arguments.limit, language)
    if arguments.output_format == "json":
        print_json(json.dumps([hit.as_json() for hit in found.hits], ensure_ascii=False, indent=1))
    else:
        for line in _page(found, text, language):
            print_line(line)
    return 0 if found.hits else FOUND


def _page(found: Found, text: str, language: str) -> Iterator[str]:
    if found.how is None:
        yield say("find.none", language, text=quoted(text, language))
        return
    yield say("find.used", language, how=say(f"find.how-{found.how}", language))
    rows = [_row(hit, language) for hit in found.hits]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _row(hit: Hit, language: str) -> Sequence[str]:
    if hit.kind == "product":
        label = hit.code if hit.label == hit.code else f"{hit.code} ({_short(hit.label)})"
    else:
        label = f"{_short(hit.label)} [{hit.code}]"
    field = say(f"find.field-{hit.field}", language)
    matched = field if hit.text == hit.label else f"{field} {quoted(_short(hit.text), language)}"
    latest = f", {say('find.until', language, day=day_in_words(hit.latest))}" if hit.latest else ""
    return (
        say(f"find.kind-{hit.kind}", language),
        label,
        f"{say(f'find.how-{hit.how}', language)}: {matched}",
        counted("editor.sets", hit.products, language) + latest,
    )


_LONGEST = 60


def _short(text: str) -> str:
    """A definition or other long text as it begins."""
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
