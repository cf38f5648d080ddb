"""The command line: one module a command, imported when it is the one that is run (docs/language.md section 10).

A command's module has `add_arguments(parser)` and `run(arguments)`, which answers the exit code. Where it also has
`of_paths(paths)`, a call without options goes without an option parser, whose import takes longer than such a call.
"""

import gc
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module

COMMANDS = {
    "check": "what is wrong with descriptions and vocabularies",
    "format": "align the columns of descriptions",
    "run": "answer the demands in some files",
    "test": "compare the answers to demands with accepted ones",
    "evaluate": "recall and precision against judged answers",
    "profile": "what is new, gone or changed for interest profiles",
    "diff": "what changed in meaning between two revisions in git",
    "why": "why a product is not among the answers to a demand",
    "code": "descriptions with codes for words, and back",
    "rule": "explain diagnostics",
    "catalogue": "import, export and show vocabularies, count what a catalogue holds",
    "server": "the language server",
    "web": "a page in the browser: demands, the catalogue, reference messages",
}

Serve = Callable[[tuple[str, int] | None, tuple[str, int] | None, Sequence[str]], int]
"""Serves one client on standard input and output, or all that come to a TCP or a WebSocket address, there also the
pages of some origins."""

Show = Callable[..., int]
"""Shows a catalogue in the browser: `vkd_server.web.serve_page`."""

FOUND = 1
"""Exit code: errors found, something would change, or a demand without covers."""

REFUSED = 2
"""Exit code: the call itself could not be carried out."""


class CallError(Exception):
    """Why a call cannot be carried out, in one line."""


def run_command(arguments: Sequence[str], serve: Serve | None = None, show: Show | None = None) -> int:
    """Runs one call; whatever stands in its way is one line on standard error.

    `serve` starts the language server and `show` the page, each for the one command that needs it.
    """
    for stream in (sys.stdout, sys.stderr):
        # Messages are in the languages of the descriptions, whatever the terminal was set up for.
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    try:
        code = _run(arguments, {"serve": serve, "show": show})
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


def _run(arguments: Sequence[str], starters: Mapping[str, object]) -> int:
    name = arguments[0] if arguments else ""
    if name not in COMMANDS:
        from vkd_server.cli.parser import overview

        overview(COMMANDS).parse_args(arguments)
        return _refused("a command is missing; vkd --help lists them")
    from vkd_catalog.configuration import ConfigurationError

    if name not in ("server", "web"):
        # A call makes frozen data by the hundred thousand and no circles: looking for them doubles its time.
        gc.disable()
    command = import_module(f"vkd_server.cli.{name}")
    try:
        code: int = command.run(_read(name, command, arguments[1:], starters))
    except ConfigurationError as error:
        return _refused(str(error))
    return code


def _read(name: str, command: object, arguments: Sequence[str], starters: Mapping[str, object]) -> object:
    """The arguments of a command as it takes them."""
    of_paths = getattr(command, "of_paths", None)
    if of_paths and not any(argument.startswith("-") for argument in arguments):
        return of_paths(arguments)
    from vkd_server.cli.parser import OneLineParser

    parser = OneLineParser(f"vkd {name}", command.__doc__ or "")
    parser.set_defaults(**starters)
    command.add_arguments(parser)  # type: ignore[attr-defined]
    return parser.parse_args(arguments)


def _refused(message: str) -> int:
    print(f"vkd: {' '.join(message.split())}", file=sys.stderr)
    return REFUSED
