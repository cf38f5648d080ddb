"""The catalogue as a book: a static site that needs no server and loads nothing from elsewhere, and the same printed.

The keyword register of characteristics, what each set holds, registers of names and times, the matrix of sets and
characteristics, completeness, and the workspace's demands with their messages. What is internal is left out unless
--private says otherwise. With several --language there is a book in each.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from vkd_catalog.configuration import configuration_for
from vkd_catalog.coverage import Coverage, coverage_of
from vkd_catalog.languages import languages, say
from vkd_server.book.content import content_of
from vkd_server.book.site import Language, Site
from vkd_server.book.writing import NotOurs, write_book
from vkd_server.cli import CallError
from vkd_server.cli.catalogues import catalogue_of
from vkd_server.cli.streams import print_line
from vkd_server.workspace.public import public_side

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from vkd_catalog.catalogue import Catalogue


def add_arguments(parser: ArgumentParser) -> None:
    """Adds the arguments of `vkd book` to its parser."""
    add = parser.add_argument
    add("--to", metavar="DIR", type=Path, default=Path("book"), help="the folder to write; else book")
    add("--private", action="store_true", help="tell what is internal, too")
    add("--pdf", action="store_true", help="write it as book.pdf, too; needs the extra vkd-server[book]")
    add("--language", action="append", choices=languages(), help="of the book; may be given more than once")
    add("--workspace", metavar="DIR", type=Path, default=Path(), help="else that of the current folder")


def run(arguments: Namespace) -> int:
    """Writes the book. Raises CallError where the folder holds something else, or the extra is missing."""
    if not arguments.workspace.is_dir():
        raise CallError(f"{arguments.workspace}: no such folder")
    whole = catalogue_of(configuration_for(arguments.workspace.resolve()))
    catalogue = whole if arguments.private else public_side(whole)
    spoken = list(dict.fromkeys(arguments.language or [catalogue.language]))
    if arguments.pdf:
        _require_extra()
    try:
        count = write_book(arguments.to, _files(catalogue, coverage_of(whole), spoken, with_pdf=arguments.pdf))
    except NotOurs as error:
        raise CallError(f"{arguments.to}: holds {error}, which is no part of a book; name another folder") from error
    print_line(say("book.written", spoken[0], count=count, folder=arguments.to))
    return 0


def _files(
    catalogue: Catalogue, coverage: Coverage, spoken: list[str], *, with_pdf: bool
) -> Iterator[tuple[str, str | bytes]]:
    """The files of the book: of the first language at the top, of each other in a folder called as it is."""
    for language in spoken:
        folder = "" if language == spoken[0] else f"{language}/"
        up = "../" if folder else ""
        others = [
            Language(one, f"{up}index.html" if one == spoken[0] else f"{up}{one}/index.html")
            for one in spoken
            if one != language
        ]
        content = content_of(catalogue, language)
        for name, said in Site(content, coverage, others).files():
            yield f"{folder}{name}", said
        if with_pdf:
            from vkd_server.book.printed import printed
            from vkd_server.book.typesetting import pdf_of

            yield f"{folder}book.pdf", pdf_of(printed(content, coverage))


def _require_extra() -> None:
    """Raises CallError where what makes a PDF is not installed."""
    try:
        import pypdf  # noqa: F401
        import typst  # noqa: F401
    except ImportError as error:
        raise CallError("--pdf needs the extra vkd-server[book]: pip install 'vkd-server[book]'") from error
