"""Calls of the command line, inside the test's own process."""

import io
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from vkd_server.cli import run_command


class Called(NamedTuple):
    """The exit code of a call and what it printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def demands(self) -> list[Any]:
        """What `run --output-format json` answers."""
        found: list[Any] = self.json["demands"]
        return found

    @property
    def codes(self) -> list[str]:
        """The codes of what `check --output-format json` found."""
        return [found["code"] for found in self.json]


Vkd = Callable[..., Called]


@pytest.fixture
def vkd(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Vkd:
    """Calls `vkd` with some arguments in the test's folder, or in another."""

    def call(*arguments: str | Path, stdin: bytes = b"", cwd: Path = tmp_path) -> Called:
        monkeypatch.chdir(cwd)
        return called(capsys, monkeypatch, arguments, stdin)

    return call


def called(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, arguments: Sequence[str | Path], stdin: bytes
) -> Called:
    """What a call of `vkd` where the test stands comes to."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
    try:
        code = run_command([str(argument) for argument in arguments])
    except SystemExit as stopped:
        code = int(stopped.code or 0)
    return Called(code, *capsys.readouterr())
