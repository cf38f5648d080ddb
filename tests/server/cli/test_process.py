"""The command line as a process of its own: what only shows there."""

import os
import subprocess
import sys
from pathlib import Path

from tests.server.workspaces import workspace
from vkd_server import __version__

DEMAND = "0 / Etterspørselsbeskrivelse / bruker\n"
WRONG = "1 / Personer / Personreg.nov.70 / Yrkke / 19701101 / O\n"


def started(*arguments: str, cwd: Path, **environment: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "vkd_server", *arguments],
        cwd=cwd,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, **environment},
    )


def test_the_version(tmp_path: Path) -> None:
    process = started("--version", cwd=tmp_path)
    assert process.communicate() == (f"vkd {__version__}\n".encode(), b"")


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    workspace(tmp_path, {"a.vkd": DEMAND + WRONG})
    process = started("check", cwd=tmp_path)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() == 0


def test_messages_are_utf_8_whatever_the_locale_says(tmp_path: Path) -> None:
    workspace(tmp_path, {"a.vkd": DEMAND + WRONG})
    process = started("check", "a.vkd", cwd=tmp_path, LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    out, err = process.communicate()
    assert (process.returncode, err) == (1, b"")
    assert "a.vkd:2:35: error VKD101 «Yrkke» er ikke".encode() in out
