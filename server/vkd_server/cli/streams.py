"""The streams that the command line writes to: for people, without anything that a terminal would obey, or for
programs.

Standard output and standard error are for people. Whatever is printed there is made harmless: a description, a name of
a file or a line of a diff may hold an escape sequence, and in the log of a workflow on GitHub a line may be a command
to the runner. Output for programs (JSON and its like, descriptions that were asked for) goes through `print_json` or
`write_data` and stays exact, but to a terminal it is made harmless too.
"""

import os
import sys
from collections.abc import Iterable
from typing import Any, Final, TextIO

_COMMAND: Final = "::"
_OLD_COMMAND: Final = "##["
_NOTHING: Final = "\u200b"
"""Stands for itself and is not seen; after it a command is none."""


class ForPeople:
    """A text stream that makes all it writes harmless. Its other attributes are those of the stream below it."""

    def __init__(self, stream: TextIO, *, commanded: bool) -> None:
        """With `commanded`, lines that the reader of the stream would take for commands, as GitHub's runner does, are
        changed too."""
        self.exact = stream
        self._commanded = commanded
        self._is_blank = True

    def __getattr__(self, name: str) -> Any:
        return getattr(self.exact, name)

    def write(self, text: str) -> int:
        """Writes a text without the characters that a terminal would obey."""
        return self.paint(_harmless(text))

    def writelines(self, lines: Iterable[str]) -> None:
        """Writes some texts, one after the other."""
        for line in lines:
            self.write(line)

    def paint(self, text: str) -> int:
        """Writes a text that holds nothing harmful, but colours that the caller put there."""
        self.exact.write(self._uncommanding(text) if self._commanded else text)
        return len(text)

    def _uncommanding(self, text: str) -> str:
        """A text without commands to the runner: lines that begin with one, blanks aside, and the older form
        anywhere."""
        lines = text.replace(_OLD_COMMAND, f"##{_NOTHING}[").split("\n")
        for number, line in enumerate(lines):
            begins = number > 0 or self._is_blank
            if begins and line.lstrip().startswith(_COMMAND):
                lines[number] = line.replace(_COMMAND, f":{_NOTHING}:", 1)
        self._is_blank = not lines[-1].strip() and (len(lines) > 1 or self._is_blank)
        return "\n".join(lines)


def serve_people() -> None:
    """Makes standard output and error streams for people, in UTF-8 whatever the terminal is set to."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is not None and not isinstance(stream, ForPeople):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
            setattr(sys, name, ForPeople(stream, commanded=os.environ.get("GITHUB_ACTIONS") == "true"))


def print_line(text: str, *, error: bool = False) -> None:
    """Prints a text as one line, with any line breaks in it made harmless."""
    print(one_line(text), file=sys.stderr if error else sys.stdout)


def one_line(text: str) -> str:
    """A text with control characters and line breaks made harmless, so that it is shown as one line."""
    if text.isprintable():
        return text
    from vkd_grammar.display import harmless_line

    return harmless_line(text)


def paint(text: str) -> None:
    """Prints a text that holds nothing harmful, but colours that the caller put there."""
    if isinstance(sys.stdout, ForPeople):
        sys.stdout.paint(text)
    else:
        sys.stdout.write(text)


def print_json(pieces: str | Iterable[str]) -> None:
    """Prints JSON, whole or piece by piece, with the characters that a terminal would obey escaped."""
    from vkd_grammar.display import harmless_json

    for piece in [pieces] if isinstance(pieces, str) else pieces:
        write_exactly(harmless_json(piece))
    write_exactly("\n")


def write_exactly(text: str) -> None:
    """Writes a text as it is, for formats that have escaped it themselves."""
    exact(sys.stdout).write(text)


def exact(stream: TextIO) -> TextIO:
    """The stream below a stream for people, for text that a terminal is meant to obey."""
    return stream.exact if isinstance(stream, ForPeople) else stream


def write_data(text: str) -> None:
    """Writes descriptions that were asked for, byte for byte; to a terminal they are made harmless."""
    if sys.stdout.isatty():
        sys.stdout.write(_harmless(text))
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))


def _harmless(text: str) -> str:
    # Most of what is printed is letters; the rest need not be imported for them.
    if all(line.isprintable() for line in text.split("\n")):
        return text
    from vkd_grammar.display import harmless

    return harmless(text)
