"""Writes docs/commands.md: every command with its arguments, from what its `--help` is made of.

.venv/bin/python docs/commands.py
"""

from argparse import SUPPRESS, Action, ArgumentParser
from collections.abc import Iterator
from importlib import import_module
from inspect import cleandoc
from pathlib import Path

from vkd_server.cli import COMMANDS
from vkd_server.cli.parser import OneLineParser

PAGE = Path(__file__).with_suffix(".md")
_OPENING = """\
# The command line

Written by `docs/commands.py` from what `vkd COMMAND --help` is made of. `vkd --version` prints the
version, and `vkd --help` lists the commands. Exit codes are in
[the language's reference](language.md#10-the-command-line).
"""


def page() -> str:
    """The page as it should be today, in Markdown. It is made of the parsers, for the layout of a help text differs
    between versions of Python."""
    return "\n".join((_OPENING, *(line for name in COMMANDS for line in _command(name))))


def _command(name: str) -> Iterator[str]:
    command = import_module(f"vkd_server.cli.commands.{name}")
    parser = OneLineParser(f"vkd {name}", command.__doc__ or "")
    command.add_arguments(parser)
    yield from _described(parser, "##")


def _described(parser: ArgumentParser, heading: str) -> Iterator[str]:
    actions = [action for action in parser._actions if action.dest != "help" and action.help != SUPPRESS]
    yield f"{heading} {parser.prog}\n"
    if parser.description:
        yield f"{cleandoc(parser.description)}\n"
    subcommands = [action for action in actions if isinstance(action.choices, dict)]
    arguments = [action for action in actions if action not in subcommands]
    if arguments:
        yield "| argument | does |"
        yield "|---|---|"
        yield from (f"| {_named(action)} | {_says(action)} |" for action in arguments)
        yield ""
    for action in subcommands:
        said = {choice.dest: choice.help or "" for choice in getattr(action, "_choices_actions", ())}
        for name, subparser in dict(action.choices or {}).items():
            subparser.description = (
                subparser.description or f"{said.get(name, '')[:1].upper()}{said.get(name, '')[1:]}."
            )
            yield from _described(subparser, f"{heading}#")


def _named(action: Action) -> str:
    """An argument as it is written, its value included: `--limit N`."""
    metavar = action.metavar if isinstance(action.metavar, str) else action.dest.upper()
    if not action.option_strings:
        several = "…" if action.nargs in ("*", "+") else ""
        return f"`{metavar}`{several}"
    value = f" {metavar}" if action.nargs != 0 and not action.choices else ""
    return ", ".join(f"`{option}{value}`" for option in action.option_strings)


def _says(action: Action) -> str:
    """What an argument does, and the values it takes where they are few."""
    values = ", ".join(f"`{value}`" for value in action.choices or ())
    return "; ".join(part for part in ((action.help or "").replace("%%", "%"), values) if part)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
