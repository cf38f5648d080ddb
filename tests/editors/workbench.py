"""What every script that drives a real editor needs: a home of its own, copies of the catalogues, a server whose end can be seen."""

import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from re import Pattern
from typing import NamedTuple, NoReturn

ROOT = Path(__file__).parents[2]
SKIPPED = 77
PATIENCE = 20.0
"""Seconds that something may take to be seen; machines that do other things as well are slow."""


class Workbench(NamedTuple):
    """A home folder that nothing else uses, with the catalogues in it."""

    home: Path

    @property
    def folketelling(self) -> Path:
        return self.home / "folketelling"

    @property
    def utdanning(self) -> Path:
        return self.home / "utdanning"

    def environment(self, **more: str) -> dict[str, str]:
        """The environment of an editor: this home, the server first on PATH, the same language everywhere."""
        inherited = {
            name: os.environ[name] for name in ("LD_LIBRARY_PATH", "TMPDIR", "VIRTUAL_ENV") if name in os.environ
        }
        return {
            **inherited,
            "HOME": str(self.home),
            "LANG": "C.UTF-8",
            "PATH": f"{self.home / 'bin'}:{os.environ['PATH']}",
            "TERM": "tmux-256color",
            "COLORTERM": "truecolor",
            **{
                f"XDG_{kind}_HOME": str(self.home / f".{kind.lower()}") for kind in ("CONFIG", "DATA", "STATE", "CACHE")
            },
            **more,
        }

    def servers(self) -> list[int]:
        """The servers that were started here and still run."""
        noted = self.home / "pids"
        return [pid for line in noted.read_text().split() if runs(pid := int(line))] if noted.exists() else []

    def write(self, path: str, text: str) -> Path:
        """A file of the home folder."""
        file = self.home / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file


@contextmanager
def workbench() -> Iterator[Workbench]:
    """A workbench, put away afterwards with every server that is left over."""
    with tempfile.TemporaryDirectory(prefix="vkd-editor-", ignore_cleanup_errors=True) as folder:
        bench = Workbench(Path(folder))
        for name in ("folketelling", "utdanning"):
            # Whether the original may be written is not copied.
            source = ROOT / "examples" / name
            shutil.copytree(
                source, bench.home / name, ignore=shutil.ignore_patterns(".vkd"), copy_function=shutil.copyfile
            )
        script = bench.write("bin/vkd", f"#!/bin/sh\necho $$ >>'{folder}/pids'\nexec {server_command()} \"$@\"\n")
        script.chmod(0o755)
        try:
            yield bench
        finally:
            for pid in bench.servers():
                os.kill(pid, signal.SIGTERM)


def server_command() -> str:
    """The server under test: `VKD_SERVER` (words parted by blanks), else `vkd` of the repository's .venv, else of PATH."""
    own = ROOT / ".venv/bin/vkd"
    found = os.environ.get("VKD_SERVER") or (str(own) if own.exists() else shutil.which("vkd"))
    if not found:
        sys.exit("the server is not installed: no .venv/bin/vkd, no vkd on PATH, no VKD_SERVER")
    return found


def editor(name: str, *programs: str) -> str:
    """The editor's program, of VKD_EDITORS, else of PATH; without one the script ends, and says so."""
    folder = Path(os.environ.get("VKD_EDITORS", ""), "bin")
    found = next(
        filter(None, (shutil.which(program, path=f"{folder}:{os.environ['PATH']}") for program in programs)), None
    )
    return found or skip(name, f"{' or '.join(programs)} is neither under VKD_EDITORS nor on PATH")


def skip(name: str, reason: str) -> NoReturn:
    """Ends a script that cannot be run here."""
    print(f"SKIP {name}: {reason} (see tests/editors/README.md)")
    sys.exit(SKIPPED)


def runs(pid: int) -> bool:
    """Whether there is a process of that number; one that has ended and waits for its parent does not run."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


class Report:
    """One line a check, and at the end whether all was seen."""

    def __init__(self, name: str, screen: Callable[[], str] = lambda: "") -> None:
        self.name = name
        self.screen = screen
        self.passed = self.failed = 0

    def see(self, what: str, expected: str | Pattern[str], look: Callable[[], str] | None = None) -> bool:
        """A check: what `look` tells (else the screen) comes to hold what is expected."""
        look = look or self.screen
        seen = until(lambda: holds(text := look(), expected) and text)
        return self.note(what, bool(seen), f"expected {wording(expected)}, seen:\n{look()}")

    def lose(self, what: str, gone: str, look: Callable[[], str] | None = None) -> bool:
        """A check: something that `look` tells (else the screen) goes away."""
        look = look or self.screen
        return self.note(what, until(lambda: gone not in look()), f"expected no {gone!r}, seen:\n{look()}")

    def note(self, what: str, fine: bool, otherwise: str) -> bool:
        """A check that was made elsewhere."""
        self.passed, self.failed = self.passed + fine, self.failed + (not fine)
        print(f"ok   {self.name}: {what}" if fine else f"FAIL {self.name}: {what}: {otherwise}", flush=True)
        return fine

    def end(self) -> NoReturn:
        """The closing line; 1 when something was not seen."""
        print(f"{self.passed} passed, {self.failed} failed")
        sys.exit(1 if self.failed else 0)


def holds(text: str, expected: str | Pattern[str]) -> bool:
    return expected in text if isinstance(expected, str) else expected.search(text) is not None


def wording(expected: str | Pattern[str]) -> str:
    return repr(expected if isinstance(expected, str) else expected.pattern)


def until(condition: Callable[[], object], patience: float = PATIENCE) -> bool:
    """Whether something comes to be so."""
    end = time.monotonic() + patience
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True
