"""Option parsers whose errors are one line on standard error and name what may have been meant."""

from __future__ import annotations

import sys
from argparse import (
    Action,
    ArgumentError,
    ArgumentParser,
    ArgumentTypeError,
    RawDescriptionHelpFormatter,
    _SubParsersAction,
)
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NoReturn

from vkd_server import __version__
from vkd_server.cli import REFUSED
from vkd_server.cli.streams import one_line
from vkd_server.cli.terminal import nearest
from vkd_server.cli.usage import language_of, said


class OneLineParser(ArgumentParser):
    """The parser of one command; its `description` is printed without being wrapped."""

    def __init__(self, prog: str, description: str = "", **more: Any) -> None:
        # What argparse gives to the parsers it makes for subcommands is passed on.
        more |= {"formatter_class": RawDescriptionHelpFormatter, "allow_abbrev": False}
        super().__init__(prog=prog, description=description, **more)
        self.language = "en"

    def parse(self, arguments: Sequence[str]) -> Any:
        """The parsed arguments. A call with wrong arguments, or for help, exits here."""
        language = language_of(arguments)
        for parser in self.every():
            parser.language = language
        taken, others = self.parse_known_args(arguments)
        if others:
            self.error(self._said_of(others))
        return taken

    def every(self) -> Iterator[OneLineParser]:
        """This parser, and those of its subcommands."""
        yield self
        for action in self._actions:
            if isinstance(action, _SubParsersAction):
                for parser in action.choices.values():
                    yield from parser.every()

    def error(self, message: str) -> NoReturn:
        self.exit(REFUSED, one_line(f"{self.prog}: {' '.join(message.split())}") + "\n")

    def _print_message(self, message: str, file: Any = None) -> None:
        # argparse would say nothing of what cannot be written.
        if message:
            (file or sys.stderr).write(message)

    def _said_of(self, others: Sequence[str]) -> str:
        """The error text for arguments that the command does not have."""
        word = next((one for one in others if one.startswith("-") and one != "-"), others[0])
        if not word.startswith("-"):
            return said("usage.superfluous", self.language, "", self.prog, word=word)
        name = word.partition("=")[0]
        options = [option for parser in self.every() for option in parser._option_string_actions]
        return said(
            "usage.unknown-option",
            self.language,
            f"--{near}" if (near := nearest(name.lstrip("-"), _bare(options))) else "",
            self.prog,
            word=name,
        )

    def _check_value(self, action: Action, value: Any) -> None:
        if action.choices is not None and value not in action.choices:
            names = [str(one) for one in action.choices]
            near = nearest(str(value), names)
            text = said("usage.unknown-value", self.language, near, self.prog, word=str(value), names=", ".join(names))
            raise ArgumentError(action, text)


def _bare(options: Sequence[str]) -> list[str]:
    """Long options without their dashes, which would make all of them look alike when near ones are sought."""
    return [option[2:] for option in options if option.startswith("--")]


def positive(text: str) -> int:
    """An argument that is a number from 1 up. Raises ArgumentTypeError, which says what it is not."""
    if not (text.isascii() and text.isdigit() and len(text) <= 9 and int(text)):
        raise ArgumentTypeError(f"{text!r} is not a whole number from 1 up")
    return int(text)


def share(text: str) -> float:
    """An argument that is a number from 0 to 1. Raises ArgumentTypeError, which says what it is not."""
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if not 0.0 <= number <= 1.0:
        raise ArgumentTypeError(f"{text!r} is not a number from 0 to 1")
    return number


def overview(commands: Mapping[str, str]) -> OneLineParser:
    """The parser of a call that names no command: its help lists them."""
    listed = "\n".join(f"  {name:10} {summary}" for name, summary in commands.items())
    parser = OneLineParser(
        "vkd", f"Descriptions of archived data: checked, formatted, answered.\n\ncommands:\n{listed}"
    )
    parser.usage = "vkd COMMAND [ARGUMENT ...]"
    parser.epilog = "vkd COMMAND --help, or vkd help COMMAND, tells what a command takes."
    parser.add_argument("-V", "--version", action="version", version=f"vkd {__version__}")
    parser.add_argument("command", nargs="?", metavar="COMMAND", help="one of the above")
    return parser
