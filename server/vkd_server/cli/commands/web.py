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
from vkd_catalog.languages import say
from vkd_server.cli import CallError
from vkd_server.cli.locale import language_of_locale

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def add_arguments(parser: ArgumentParser) -> None:
    """Adds the arguments of `vkd web` to its parser."""
    add = parser.add_argument
    add("folder", nargs="?", default=".", metavar="DIR", help="whose catalogue is shown; without it, this folder's")
    add("--port", type=_port, default=0, metavar="N", help="where to listen; without it, any free port")
    add("--no-open", action="store_true", help="do not open a browser")
    add("--private", action="store_true", help="tell what is internal too: for the agency's own staff")


def run(arguments: Namespace) -> int:
    """Serves the page until the command is interrupted."""
    configuration = _configuration(arguments.folder)
    print(_say("web.reading"), flush=True)

    def ready(address: str) -> None:
        print(f"{_say('web.open', address=address)}\n{_say('web.stop')}", flush=True)
        if not arguments.no_open:
            _open(address)

    try:
        code: int = arguments.show(configuration, arguments.port, private=arguments.private, ready=ready)
    except OSError as error:
        why = os.strerror(error.errno) if error.errno else str(error)
        raise CallError(_say("web.taken", port=arguments.port, why=why)) from error
    return code


def _configuration(named: str) -> Configuration:
    folder = Path(os.path.abspath(named))
    if not folder.is_dir():
        raise CallError(_say("web.no-folder", folder=named))
    configuration = configuration_for(folder)
    if configuration.file is None and not configuration.vocabularies:
        raise CallError(_say("web.no-catalogue", folder=named, file=FILE_NAME))
    return configuration


def _open(address: str) -> None:
    """Opens a browser where there is a screen for one: in a terminal alone one would take the terminal."""
    if sys.platform in ("win32", "darwin") or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        import webbrowser

        webbrowser.open(address)


def _say(texts: str, **facts: object) -> str:
    return say(texts, language_of_locale(), **facts)


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 5 and int(text) <= 65535):
        from argparse import ArgumentTypeError

        raise ArgumentTypeError(f"{text!r} is not a port, a number up to 65535")
    return int(text)
