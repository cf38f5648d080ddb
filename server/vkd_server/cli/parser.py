"""Option parsers whose errors are one line on standard error."""

from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Mapping
from typing import Any, NoReturn

from vkd_server import __version__
from vkd_server.cli import REFUSED


class OneLineParser(ArgumentParser):
    """The parser of one command; `description` is printed as it stands."""

    def __init__(self, prog: str, description: str = "", **more: Any) -> None:
        # What argparse gives to the parsers it makes for subcommands is passed on.
        more |= {"formatter_class": RawDescriptionHelpFormatter, "allow_abbrev": False}
        super().__init__(prog=prog, description=description, **more)

    def error(self, message: str) -> NoReturn:
        self.exit(REFUSED, f"{self.prog}: {message}\n")


def overview(commands: Mapping[str, str]) -> ArgumentParser:
    """The parser of a call that names no command: its help lists them."""
    listed = "\n".join(f"  {name:10} {said}" for name, said in commands.items())
    parser = OneLineParser(
        "vkd", f"Descriptions of archived data: checked, formatted, answered.\n\ncommands:\n{listed}"
    )
    parser.usage = "vkd COMMAND [ARGUMENT ...]"
    parser.epilog = "vkd COMMAND --help tells what a command takes."
    parser.add_argument("-V", "--version", action="version", version=f"vkd {__version__}")
    parser.add_argument("command", nargs="?", choices=list(commands), metavar="COMMAND", help="one of the above")
    return parser
