"""What a shell needs to complete calls of vkd: print it for bash, zsh or fish and have the shell read it.

bash: vkd completion bash > ~/.local/share/bash-completion/completions/vkd
zsh:  vkd completion zsh > a file _vkd in one of the folders of $fpath
fish: vkd completion fish > ~/.config/fish/completions/vkd.fish
"""

from __future__ import annotations

import sys
from argparse import Action, ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import NamedTuple

from vkd_server.cli import COMMANDS
from vkd_server.cli.parser import OneLineParser


class Option(NamedTuple):
    """An option in all its spellings, with its help, and the values it takes; no values where it takes any text."""

    names: tuple[str, ...]
    help: str
    takes_value: bool
    values: tuple[str, ...]


class Place(NamedTuple):
    """A place in a call: the words before it, and the words and options that may come next, each with its help."""

    path: tuple[str, ...]
    options: tuple[Option, ...]
    words: tuple[tuple[str, str], ...]

    @property
    def said(self) -> str:
        """The words of the call that lead to this place."""
        return " ".join(self.path)


def add_arguments(parser: ArgumentParser) -> None:
    """Adds the arguments of `vkd completion` to its parser."""
    parser.add_argument("shell", choices=tuple(SCRIPTS), help="the shell that is to complete")


def run(arguments: Namespace) -> int:
    """Prints the script."""
    sys.stdout.write(SCRIPTS[arguments.shell](list(places())))
    return 0


def places() -> Iterator[Place]:
    """Every place of a call where words are known, from the options that the commands themselves declare."""
    commands = [*COMMANDS.items(), ("help", "what a command takes")]
    version = Option(("-V", "--version"), "the version", False, ())
    yield Place((), (_help(), version), tuple(commands))
    yield Place(("help",), (), tuple(COMMANDS.items()))
    for name in COMMANDS:
        parser = OneLineParser(f"vkd {name}")
        import_module(f"vkd_server.cli.commands.{name}").add_arguments(parser)
        yield from _of_parser((name,), parser)


def _of_parser(path: tuple[str, ...], parser: ArgumentParser) -> Iterator[Place]:
    options = tuple(_option(action) for action in parser._actions if action.option_strings)
    words: list[tuple[str, str]] = []
    below: list[Place] = []
    for action in parser._actions:
        if isinstance(action, _SubParsersAction):
            helps = {one.dest: one.help or "" for one in action._choices_actions}
            words += [(name, helps.get(name, "")) for name in action.choices]
            below += [place for name, one in action.choices.items() for place in _of_parser((*path, name), one)]
        elif not action.option_strings and action.choices and not words:
            words += [(str(choice), "") for choice in action.choices]
            below += [Place((*path, str(choice)), options, ()) for choice in action.choices]
    yield Place(path, options, tuple(words))
    yield from below


def _option(action: Action) -> Option:
    values = tuple(map(str, action.choices or ()))
    return Option(tuple(action.option_strings), action.help or "", action.nargs != 0, values)


def _help() -> Option:
    return Option(("-h", "--help"), "show this help message and exit", False, ())


_PATTERNS = """    for ((place = {first}; place < {current}; place++)); do
        case "$at ${{{words}[place]}}" in
            ({patterns}) at="${{at:+$at }}${{{words}[place]}}" ;;
        esac
    done
"""


def _bash(every: list[Place]) -> str:
    adding = 'COMPREPLY=($(compgen -W "{words}" -- "$current"))'
    cases = [
        f'        ("{place.said} {name}") '
        + (f"{adding.format(words=' '.join(option.values))}; return ;;" if option.values else "return ;;")
        for place, option, name in _valued(every)
    ]
    return (
        "# vkd completion bash\n_vkd() {\n"
        '    local current="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD-1]}" at="" place\n'
        "    COMPREPLY=()\n"
        + _PATTERNS.format(first=1, current="COMP_CWORD", words="COMP_WORDS", patterns=_patterns(every))
        + '    case "$at $previous" in\n'
        + "\n".join(cases)
        + "\n    esac\n"
        + _listing(every, adding, "")
        + "}\ncomplete -o default -F _vkd vkd\n"
    )


def _zsh(every: list[Place]) -> str:
    cases = [
        f'        ("{place.said} {name}") '
        + (f"compadd -- {' '.join(option.values)}" if option.values else "_files")
        + "; return ;;"
        for place, option, name in _valued(every)
    ]
    return (
        "#compdef vkd\n_vkd() {\n"
        '    local current="${words[CURRENT]}" previous="${words[CURRENT-1]}" at="" place\n'
        + _PATTERNS.format(first=2, current="CURRENT", words="words", patterns=_patterns(every))
        + '    case "$at $previous" in\n'
        + "\n".join(cases)
        + "\n    esac\n"
        + _listing(every, "compadd -- {words}", "            (*) _files ;;\n")
        + '}\nif [ "${funcstack[1]}" = _vkd ]; then\n    _vkd "$@"\nelse\n    compdef _vkd vkd\nfi\n'
    )


def _patterns(every: list[Place]) -> str:
    """The words that lead from one place to another, as alternatives of a shell's `case`."""
    return "|".join(f'"{" ".join(place.path[:-1])} {place.path[-1]}"' for place in every if place.path)


def _valued(every: list[Place]) -> Iterator[tuple[Place, Option, str]]:
    for place in every:
        for option in place.options:
            for name in option.names if option.takes_value else ():
                yield place, option, name


def _listing(every: list[Place], adding: str, otherwise: str) -> str:
    """The part of a script that offers words at each place: options where a dash has been typed, else the place's
    words."""
    options = {place.said: " ".join(name for one in place.options for name in one.names) for place in every}
    words = {place.said: " ".join(word for word, _ in place.words) for place in every}
    return (
        '    if [[ "$current" == -* ]]; then\n        case "$at" in\n'
        + _cases(options, adding)
        + '        esac\n    else\n        case "$at" in\n'
        + _cases(words, adding)
        + otherwise
        + "        esac\n    fi\n"
    )


def _cases(listed: dict[str, str], adding: str) -> str:
    return "".join(
        f'            ("{said}") {adding.format(words=words)} ;;\n' for said, words in listed.items() if words
    )


def _fish(every: list[Place]) -> str:
    lines = ["# vkd completion fish"]
    for place in every:
        inside = _in_fish(place)
        for word, help_text in place.words:
            lines.append(f"complete -c vkd -f -n '{inside}' -a {word} -d {_quoted(help_text)}")
        for option in place.options:
            names = " ".join(f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}" for name in option.names)
            values = f" -x -a '{' '.join(option.values)}'" if option.values else " -r" if option.takes_value else ""
            lines.append(f"complete -c vkd -n '{inside}' {names}{values} -d {_quoted(option.help)}")
    return "\n".join(lines) + "\n"


def _in_fish(place: Place) -> str:
    if not place.path:
        return "__fish_use_subcommand"
    seen = "; and ".join(f"__fish_seen_subcommand_from {word}" for word in place.path)
    below = " ".join(word for word, _ in place.words)
    return f"{seen}; and not __fish_seen_subcommand_from {below}" if below else seen


def _quoted(text: str) -> str:
    said = " ".join(text.split()).replace("\\", "\\\\").replace("'", "\\'")
    return f"'{said}'"


SCRIPTS: dict[str, Callable[[list[Place]], str]] = {"bash": _bash, "zsh": _zsh, "fish": _fish}
"""What is printed for each shell."""
