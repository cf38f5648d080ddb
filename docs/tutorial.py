"""Writes what the commands of docs/tutorial.md, docs/describe.md and docs/import.md print today under each of them.

    .venv/bin/python docs/tutorial.py

Each page is followed from top to bottom in an empty folder `archive`: a block with a title is that file's content from
there on, and of a `console` block each line with `$` is run.
"""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

PAGE = Path(__file__).with_suffix(".md")
PAGES = (PAGE, *(Path(__file__).with_name(f"{name}.md") for name in ("describe", "import")))
_THEN = "1795910400"
"""When the commands are run, in seconds since 1970: what is drafted says its day."""

_FENCE = re.compile(r'(?<=^```)(\w+)(?: title="([^"]+)")?\n(.*?)(?=^```$)', re.MULTILINE | re.DOTALL)


def page(path: Path = PAGE) -> str:
    """A page as it should be today, in Markdown."""
    with TemporaryDirectory() as place:
        folder = Path(place, "archive")
        folder.mkdir()
        return _FENCE.sub(lambda block: _followed(block, folder), path.read_text(encoding="utf-8"))


def _followed(block: re.Match[str], folder: Path) -> str:
    language, title, text = block.groups()
    if title:
        path = folder / title
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    if language != "console":
        return block[0]
    commands = re.findall(r"^\$ (.*)$", text, re.MULTILINE)
    return f"{language}\n" + "".join(f"$ {command}\n{_printed(command, folder)}" for command in commands)


def _printed(command: str, folder: Path) -> str:
    """What a command prints in a folder, its errors after all else; `vkd` is this checkout's."""
    program, *arguments = shlex.split(command)
    if program != "vkd":
        raise ValueError(f"{command}: only vkd is run here")
    environment = {**os.environ, "LC_ALL": "en_GB.UTF-8", "COLUMNS": "100", "SOURCE_DATE_EPOCH": _THEN}
    done = subprocess.run(
        [sys.executable, "-m", "vkd_server", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done.stdout + done.stderr


if __name__ == "__main__":
    for one in PAGES:
        one.write_text(page(one), encoding="utf-8")
