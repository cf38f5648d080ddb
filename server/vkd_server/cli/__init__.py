"""The command line: one module a command, imported when it is the one that is run (LANGUAGE.md section 10).

A command's module has `add_arguments(parser)` and `run(arguments)`, which answers the exit code.
"""

import os
import sys
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

from vkd_server import __version__

COMMANDS = {
    "check": "what is wrong with descriptions and vocabularies",
    "format": "align the columns of descriptions",
    "run": "answer the demands in some files",
    "code": "descriptions with codes for words, and back",
    "rule": "explain diagnostics",
    "catalogue": "import, export and show vocabularies, count what a catalogue holds",
    "server": "the language server",
}

FOUND = 1
"""Exit code: errors found, something would change, or a demand without covers."""

REFUSED = 2
"""Exit code: the call itself could not be carried out."""


class CallError(Exception):
    """Why a call cannot be carried out, in one line."""


def run_command(arguments: Sequence[str]) -> int:
    """Runs one call; whatever stands in its way is one line on standard error."""
    for stream in (sys.stdout, sys.stderr):
        # Messages are in the languages of the descriptions, whatever the terminal was set up for.
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    try:
        code = _run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read our output has read enough; at exit Python would complain once more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        return _refused(f"{error.filename}: {error.strerror}" if error.filename else str(error))
    except CallError as error:
        return _refused(str(error))
    return code


def _run(arguments: Sequence[str]) -> int:
    from vkd_catalog.configuration import ConfigurationError

    name = arguments[0] if arguments else ""
    if name not in COMMANDS:
        _overview().parse_args(arguments)
        return _refused("a command is missing; vkd --help lists them")
    command = import_module(f"vkd_server.cli.{name}")
    parser = OneLineParser(
        prog=f"vkd {name}", description=command.__doc__, formatter_class=RawDescriptionHelpFormatter, allow_abbrev=False
    )
    command.add_arguments(parser)
    try:
        code: int = command.run(parser.parse_args(arguments[1:]))
    except ConfigurationError as error:
        return _refused(str(error))
    return code


class OneLineParser(ArgumentParser):
    """A parser whose errors are one line on standard error."""

    def error(self, message: str) -> NoReturn:
        self.exit(REFUSED, f"{self.prog}: {message}\n")


def _overview() -> ArgumentParser:
    """The parser of a call that names no command: its help lists them."""
    commands = "\n".join(f"  {name:10} {said}" for name, said in COMMANDS.items())
    parser = OneLineParser(
        prog="vkd",
        usage="vkd COMMAND [ARGUMENT ...]",
        description=f"Descriptions of archived data: checked, formatted, answered.\n\ncommands:\n{commands}",
        epilog="vkd COMMAND --help tells what a command takes.",
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument("-V", "--version", action="version", version=f"vkd {__version__}")
    parser.add_argument("command", nargs="?", choices=COMMANDS, metavar="COMMAND", help="one of the above")
    return parser


def _refused(message: str) -> int:
    print(f"vkd: {' '.join(message.split())}", file=sys.stderr)
    return REFUSED


__all__ = ["COMMANDS", "FOUND", "REFUSED", "CallError", "Namespace", "run_command"]
