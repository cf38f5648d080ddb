"""A terminal for editors: tmux runs one, keys are sent to it, and its screen is read as text, as cells with colours, or as a picture."""

import html
import re
import shutil
import subprocess
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from tests.editors.workbench import skip

_PARTS = re.compile(r"\x1b\[([\d;:]*)m|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[()].|([^\x1b])")
_BASE = ["#000000", "#cc5555", "#6fae4f", "#c4a000", "#5f8fc9", "#a07aa8", "#3fa7a7", "#d3d7cf"]
_BRIGHT = ["#686a66", "#ef5f5f", "#8ae234", "#fce94f", "#82aee0", "#c39ac9", "#5fd7d7", "#eeeeec"]


class Look(NamedTuple):
    """How a cell looks; a colour is `#rrggbb`, or empty where it is the terminal's own."""

    front: str = ""
    back: str = ""
    bold: bool = False
    italic: bool = False
    faint: bool = False
    underlined: bool = False
    reverse: bool = False


class Cell(NamedTuple):
    character: str
    look: Look


class Terminal:
    """One program in a tmux server of its own."""

    def __init__(self, command: list[str], folder: Path, environment: dict[str, str], columns: int, rows: int) -> None:
        self._socket = f"vkd-{id(self):x}"
        # Without a configuration: the user's must not count. Escape is a key of its own, and at once.
        settings = Path(environment["HOME"]) / "tmux.conf"
        settings.write_text(
            "set -g escape-time 0\nset -g status off\nset -g default-terminal tmux-256color\nset -sa terminal-features ',*:RGB'\n"
        )
        start = ["-f", str(settings), "new-session", "-d", "-x", str(columns), "-y", str(rows), "-c", str(folder)]
        subprocess.run([*self._tmux, *start, *command], env=environment, check=True)

    @property
    def _tmux(self) -> list[str]:
        return ["tmux", "-L", self._socket]

    def keys(self, *names: str) -> None:
        """Presses keys by tmux' names: `Enter`, `C-x`, `Escape`."""
        subprocess.run([*self._tmux, "send-keys", *names], check=False)

    def type(self, text: str) -> None:
        """Types text as it stands."""
        subprocess.run([*self._tmux, "send-keys", "-l", "--", text], check=False)

    def screen(self) -> str:
        """What the screen shows."""
        return self._capture()

    def cells(self) -> list[list[Cell]]:
        """What the screen shows, cell by cell."""
        return [list(_cells(line)) for line in self._capture("-e").splitlines()]

    def look_of(self, word: str) -> Look:
        """How the first place where a word stands looks; a plain look where it stands nowhere."""
        for line in self.cells():
            at = "".join(cell.character for cell in line).find(word)
            if at >= 0:
                return line[at].look
        return Look()

    def runs(self) -> bool:
        done = subprocess.run([*self._tmux, "list-sessions"], capture_output=True, check=False)
        return done.returncode == 0

    def close(self) -> None:
        subprocess.run([*self._tmux, "kill-server"], capture_output=True, check=False)

    def _capture(self, *options: str) -> str:
        command = [*self._tmux, "capture-pane", "-p", "-N", *options]
        return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False).stdout


@contextmanager
def terminal(
    command: list[str], folder: Path, environment: dict[str, str], columns: int = 130, rows: int = 40
) -> Iterator[Terminal]:
    """A terminal with a program in it, closed afterwards."""
    if shutil.which("tmux") is None:
        skip("terminal", "tmux is not on PATH")
    opened = Terminal(command, folder, environment, columns, rows)
    try:
        yield opened
    finally:
        opened.close()


def draw(cells: list[list[Cell]], picture: Path, front: str, back: str) -> None:
    """A picture of a screen, as Chromium draws it, with the colours of the cells and those of the terminal itself."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        skip("picture", "chromium is not on PATH")
    lines = "\n".join(_line(line, front, back) for line in cells)
    columns = max(map(len, cells))
    # Line height in whole pixels, so that rows of one background leave no gaps between them.
    style = f"margin:0;padding:14px 18px;color:{front};background:{back};font:15px/20px 'DejaVu Sans Mono',monospace"
    page = f"<!doctype html><meta charset=utf-8><style>body{{{style};width:{columns}ch}}pre{{margin:0;font:inherit}}span{{display:inline-block;height:20px}}</style><pre>{lines}</pre>"
    with tempfile.TemporaryDirectory(prefix="vkd-picture-", ignore_cleanup_errors=True) as folder:
        source = Path(folder) / "screen.html"
        source.write_text(page, encoding="utf-8")
        size = f"{round(columns * 9.03) + 36},{len(cells) * 20 + 28}"
        options = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--hide-scrollbars",
            f"--user-data-dir={folder}/profile",
        ]
        command = [chromium, *options, f"--window-size={size}", f"--screenshot={picture}", source.as_uri()]
        subprocess.run(command, capture_output=True, check=True, timeout=120)
    print(f"wrote {picture}")


def _line(line: list[Cell], front: str, back: str) -> str:
    drawn, start = [], 0
    for end in range(1, len(line) + 1):
        if end == len(line) or line[end].look != line[start].look:
            drawn.append(_span("".join(cell.character for cell in line[start:end]), line[start].look, front, back))
            start = end
    return "".join(drawn)


def _span(text: str, look: Look, front: str, back: str) -> str:
    colour, ground = look.front or front, look.back or back
    if look.reverse:
        colour, ground = ground, colour
    style = f"color:{colour};background:{ground}"
    style += ";font-weight:bold" * look.bold + ";font-style:italic" * look.italic + ";opacity:.65" * look.faint
    style += ";text-decoration:underline" * look.underlined
    return f'<span style="{style}">{html.escape(text)}</span>'


def _cells(line: str) -> Iterator[Cell]:
    look = Look()
    for part in _PARTS.finditer(line):
        if part[1] is not None:
            look = _changed(look, part[1])
        elif part[2]:
            yield Cell(part[2], look)
            if unicodedata.east_asian_width(part[2]) == "W":
                yield Cell("", look)


def _changed(look: Look, codes: str) -> Look:
    """The look after a sequence of codes (ECMA-48, 8.3.117)."""
    numbers = iter([int(code.partition(":")[0] or 0) for code in codes.split(";")])
    for number in numbers:
        match number:
            case 0:
                look = Look()
            case 1:
                look = look._replace(bold=True)
            case 2:
                look = look._replace(faint=True)
            case 3:
                look = look._replace(italic=True)
            case 4:
                look = look._replace(underlined=True)
            case 7:
                look = look._replace(reverse=True)
            case 22:
                look = look._replace(bold=False, faint=False)
            case 23:
                look = look._replace(italic=False)
            case 24:
                look = look._replace(underlined=False)
            case 27:
                look = look._replace(reverse=False)
            case 38:
                look = look._replace(front=_colour(numbers))
            case 48:
                look = look._replace(back=_colour(numbers))
            case 58:
                _colour(numbers)
            case 39:
                look = look._replace(front="")
            case 49:
                look = look._replace(back="")
            case _ if 30 <= number <= 37:
                look = look._replace(front=_BASE[number - 30])
            case _ if 40 <= number <= 47:
                look = look._replace(back=_BASE[number - 40])
            case _ if 90 <= number <= 97:
                look = look._replace(front=_BRIGHT[number - 90])
            case _ if 100 <= number <= 107:
                look = look._replace(back=_BRIGHT[number - 100])
    return look


def _colour(numbers: Iterator[int]) -> str:
    """A colour told by its parts or by its number among 256."""
    if next(numbers, 0) == 2:
        red, green, blue = (next(numbers, 0) for _ in range(3))
        return f"#{red:02x}{green:02x}{blue:02x}"
    number = next(numbers, 0)
    if number < 16:
        return (_BASE + _BRIGHT)[number]
    if number >= 232:
        return f"#{8 + 10 * (number - 232):02x}" + f"{8 + 10 * (number - 232):02x}" * 2
    red, green, blue = ((number - 16) // 36, (number - 16) // 6 % 6, (number - 16) % 6)
    return "#" + "".join(f"{55 + 40 * part if part else 0:02x}" for part in (red, green, blue))
