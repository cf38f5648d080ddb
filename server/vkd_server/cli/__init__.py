"""The command line: one module a command, imported when it is the one that is run (docs/language.md section 10).

A command's module has `add_arguments(parser)` and `run(arguments)`, which answers the exit code. Where it also has
`of_paths(paths)`, a call without options goes without an option parser, whose import takes longer than such a call.
"""

import gc
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from importlib import import_module
from typing import TextIO

from vkd_server.cli.streams import print_line, serve_people

COMMANDS = {
    "init": "a workspace to start from",
    "describe": "draft descriptions of data files and codebooks",
    "check": "what is wrong with descriptions and vocabularies",
    "format": "align the columns of descriptions",
    "run": "answer the demands in some files",
    "data": "the numbers themselves, out of the data that an answer names",
    "test": "compare the answers to demands with accepted ones",
    "evaluate": "recall and precision against judged answers",
    "profile": "what is new, gone or changed for interest profiles",
    "diff": "what changed in meaning between two revisions in git",
    "find": "what the catalogue has by free words",
    "coverage": "how completely things are described",
    "book": "the catalogue as a static site, and as a printed book",
    "why": "why a product is not among the answers to a demand",
    "code": "descriptions with codes for words, and back",
    "rule": "explain diagnostics",
    "status": "what is configured and from where, what the register holds, and whether it says what the files say",
    "catalogue": "import, export and show vocabularies, count what a catalogue holds",
    "server": "the language server",
    "mcp": "an MCP server, for assistants",
    "web": "a page in the browser: demands, the catalogue, reference messages",
    "completion": "what a shell needs to complete calls of vkd: bash, zsh, fish",
}

_HELP = "help"
"""`vkd help COMMAND` is `vkd COMMAND --help`."""

_INTERRUPTED = 130
"""Exit code where somebody pressed Ctrl-C: 128 and the number of the signal."""

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
    """Raised when a command cannot be carried out; its text is one line that says why."""


def run_command(arguments: Sequence[str], serve: Serve | None = None, show: Show | None = None) -> int:
    """Runs one call and returns the exit code; an error is one line on standard error.

    `serve` starts the language server and `show` the page, each for the one command that needs it.
    """
    _open_what_is_closed()
    try:
        # Messages are in the languages of the descriptions, and quote them.
        serve_people()
        code = _run(arguments, {"serve": serve, "show": show})
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read our output has read enough.
        _forget(sys.stdout)
        return 0
    except KeyboardInterrupt:
        return _INTERRUPTED
    except OSError as error:
        return _flushed(_refused(f"{error.filename}: {error.strerror}" if error.filename else _strerror(error)))
    except CallError as error:
        return _flushed(_refused(str(error)))
    return code


def _run(arguments: Sequence[str], starters: Mapping[str, object]) -> int:
    try:
        return _carried_out(arguments, starters)
    except SystemExit as stopped:
        # Help was asked for, or the arguments are wrong: both are told already.
        return stopped.code if isinstance(stopped.code, int) else 0


def _carried_out(arguments: Sequence[str], starters: Mapping[str, object]) -> int:
    name, *rest = arguments or ("",)
    if name == _HELP:
        name, rest = (rest[0], [*rest[1:], "--help"]) if rest else ("--help", [])
    if name not in COMMANDS:
        return _refused(_not_a_command(name, rest))
    from vkd_catalog.configuration import ConfigurationError
    from vkd_catalog.engines import RegisterError

    if name not in ("server", "mcp", "web"):
        # A call makes frozen data by the hundred thousand and no circles: looking for them doubles its time.
        gc.disable()
    command = import_module(f"vkd_server.cli.commands.{name}")
    try:
        code: int = command.run(_read(name, command, rest, starters))
    except ConfigurationError as error:
        return _refused(str(error))
    except RegisterError as error:
        from vkd_server.cli.usage import language_of

        return _refused(error.text(language_of(rest)))
    return code


def _read(name: str, command: object, arguments: Sequence[str], starters: Mapping[str, object]) -> object:
    """The parsed arguments of a command, in the form that its `run` takes."""
    of_paths = getattr(command, "of_paths", None)
    if of_paths and not any(argument.startswith("-") for argument in arguments):
        return of_paths(arguments)
    from vkd_server.cli.parser import OneLineParser

    parser = OneLineParser(f"vkd {name}", command.__doc__ or "")
    parser.set_defaults(**starters)
    command.add_arguments(parser)  # type: ignore[attr-defined]
    return parser.parse(arguments)


def _not_a_command(name: str, rest: Sequence[str]) -> str:
    """The error text of a call that names no command. A call for help or the version prints that and exits here."""
    from vkd_catalog.languages import say
    from vkd_server.cli.parser import overview
    from vkd_server.cli.terminal import nearest
    from vkd_server.cli.usage import language_of, said

    if not name or name.startswith("-"):
        overview(COMMANDS).parse([name, *rest] if name else [])
        return say("usage.no-command", language_of(rest))
    return said("usage.unknown-command", language_of(rest), nearest(name, [*COMMANDS, _HELP]), "vkd", word=name)


def _open_what_is_closed() -> None:
    """Opens the standard streams that are closed, as `>&-` closes one.

    A file that is opened later would otherwise take the number of one, and be written to as if it were the terminal.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            # The lowest number that is free is taken, which is this one.
            os.open(os.devnull, os.O_RDWR)
    sys.stdout = sys.stdout or _nowhere()
    sys.stderr = sys.stderr or _nowhere()


def _nowhere() -> TextIO:
    return open(os.devnull, "w", encoding="utf-8")


def _flushed(code: int) -> int:
    """The exit code, after everything printed was written as far as possible."""
    try:
        sys.stdout.flush()
    except OSError:
        _forget(sys.stdout)
    return code


def _strerror(error: OSError) -> str:
    """The reason of an OSError that names no file; where it is a missing file, that of the removed current folder."""
    try:
        os.getcwd()
    except FileNotFoundError:
        return "the folder that this is called in is no longer there"
    return error.strerror or str(error)


def _forget(stream: TextIO) -> None:
    """Redirects a stream that can no longer be written to nowhere, since Python would otherwise complain at exit."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _refused(message: str) -> int:
    try:
        print_line(f"vkd: {' '.join(message.split())}", error=True)
        sys.stderr.flush()
    except OSError:
        _forget(sys.stderr)
    return REFUSED
