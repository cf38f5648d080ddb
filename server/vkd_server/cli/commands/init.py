"""A workspace to start from: `vkd.toml`, four vocabularies with the usual unit types, one product and one demand.

Nothing is overwritten: where a file of one of the names is there already, that is said and nothing is written.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from vkd_catalog.languages import languages, say
from vkd_server.cli import CallError
from vkd_server.cli.locale import language_of_locale
from vkd_server.cli.streams import print_line
from vkd_server.features.new_workspace import DEMAND_FILE, new_workspace

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Mapping


def add_arguments(parser: ArgumentParser) -> None:
    """Adds the arguments of `vkd init` to its parser."""
    add = parser.add_argument
    add("folder", nargs="?", type=Path, default=Path(), metavar="DIR", help="where; made if need be; else here")
    add("--language", choices=languages(), help="the language of the workspace; else that of the locale")


def run(arguments: Namespace) -> int:
    """Writes the files and prints their paths. Raises CallError where one of them is there already."""
    language = arguments.language or language_of_locale()
    folder: Path = arguments.folder
    files = {folder / path: text for path, text in new_workspace(folder.resolve().name or "vkd", language).items()}
    there = next((path for path in files if path.exists() or path.is_symlink()), None)
    if there is not None:
        raise CallError(say("init.exists", language, path=str(there)))
    _write(files)
    for path in files:
        print_line(str(path))
    print_line(say("init.next", language, demand=str(folder / DEMAND_FILE)))
    return 0


def _write(files: Mapping[Path, str]) -> None:
    """Writes all files or none. Raises OSError, also where one has appeared meanwhile."""
    written: list[Path] = []
    try:
        for path, text in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8", newline="\n") as file:
                written.append(path)
                file.write(text)
    except OSError:
        for path in written:
            path.unlink(missing_ok=True)
        raise
