"""A page in the browser: an editor for demands, the catalogue to browse and search, and the reference message.

It is served to the browsers of this machine alone (from another, through an ssh tunnel), until the command is
interrupted, and it changes no description: a demand is kept by downloading it. Without --private nothing internal is
told: of the addresses of archives only those of the open web, and no files, no pseudonym series, no stored demands.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from vkd_catalog.configuration import FILE_NAME, Configuration, configuration_for
from vkd_catalog.languages import Texts
from vkd_server.cli import CallError
from vkd_server.cli.locale import language_of_locale

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

_NO_FOLDER = Texts(
    "{folder}: det er ingen slik mappe",
    "{folder}: det finns ingen sådan mapp",
    "{folder}: der er ingen sådan mappe",
    "{folder}: there is no such folder",
)
_NO_CATALOGUE = Texts(
    "{folder}: det er ingen katalog her, hverken {file} eller ordlister",
    "{folder}: det finns ingen katalog här, varken {file} eller ordlistor",
    "{folder}: der er intet katalog her, hverken {file} eller ordlister",
    "{folder}: there is no catalogue here, neither {file} nor vocabularies",
)
_TAKEN = Texts(
    "port {port} kan ikke brukes ({why}); uten --port velges en ledig",
    "port {port} kan inte användas ({why}); utan --port väljs en ledig",
    "port {port} kan ikke bruges ({why}); uden --port vælges en ledig",
    "port {port} cannot be used ({why}); without --port a free one is chosen",
)
_READING = Texts("Leser katalogen …", "Läser katalogen …", "Læser kataloget …", "Reading the catalogue …")
_OPEN = Texts(
    "Siden er på {address}",
    "Sidan finns på {address}",
    "Siden er på {address}",
    "The page is at {address}",
)
_STOP = Texts(
    "Avslutt med Ctrl+C.",
    "Avsluta med Ctrl+C.",
    "Afslut med Ctrl+C.",
    "Stop it with Ctrl+C.",
)


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments of `vkd web`."""
    add = parser.add_argument
    add("folder", nargs="?", default=".", metavar="DIR", help="whose catalogue is shown; without it, this folder's")
    add("--port", type=_port, default=0, metavar="N", help="where to listen; without it, any free port")
    add("--no-open", action="store_true", help="do not open a browser")
    add("--private", action="store_true", help="tell what is internal too: for the agency's own staff")


def run(arguments: Namespace) -> int:
    """Serves the page until the command is interrupted."""
    configuration = _configuration(arguments.folder)
    print(_say(_READING), flush=True)

    def ready(address: str) -> None:
        print(f"{_say(_OPEN, address=address)}\n{_say(_STOP)}", flush=True)
        if not arguments.no_open:
            _open(address)

    try:
        code: int = arguments.show(configuration, arguments.port, private=arguments.private, ready=ready)
    except OSError as error:
        why = os.strerror(error.errno) if error.errno else str(error)
        raise CallError(_say(_TAKEN, port=arguments.port, why=why)) from error
    return code


def _configuration(named: str) -> Configuration:
    folder = Path(os.path.abspath(named))
    if not folder.is_dir():
        raise CallError(_say(_NO_FOLDER, folder=named))
    configuration = configuration_for(folder)
    if configuration.file is None and not configuration.vocabularies:
        raise CallError(_say(_NO_CATALOGUE, folder=named, file=FILE_NAME))
    return configuration


def _open(address: str) -> None:
    """Opens a browser where there is a screen for one: in a terminal alone one would take the terminal."""
    if sys.platform in ("win32", "darwin") or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        import webbrowser

        webbrowser.open(address)


def _say(texts: Texts, **facts: object) -> str:
    return texts.in_language(language_of_locale()).format(**facts)


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 5 and int(text) <= 65535):
        from argparse import ArgumentTypeError

        raise ArgumentTypeError(f"{text!r} is not a port, a number up to 65535")
    return int(text)
