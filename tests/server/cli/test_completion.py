"""`vkd completion`: the scripts are read by the shells themselves, which are then asked to complete."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.server.cli.conftest import Vkd
from vkd_server.cli import COMMANDS
from vkd_server.cli.report import FORMATS

CALLS = {
    ("",): {*COMMANDS, "help"},
    ("che",): {"check"},
    ("check", "--output-f"): {"--output-format"},
    ("check", "--output-format", ""): set(FORMATS),
    ("check", "a.vkd", "--stat"): {"--statistics"},
    ("run", "--language", "n"): {"nb", "nn"},
    ("catalogue", ""): {"import", "build", "export", "formats", "show", "statistics"},
    ("catalogue", "statistics", "--output-format", "j"): {"json"},
    ("help", "dif"): {"diff"},
    ("profile", ""): {"run"},
    ("completion", ""): {"bash", "zsh", "fish"},
}
BASH = 'source {script}\nCOMP_WORDS=(vkd "$@")\nCOMP_CWORD=$#\n_vkd\nprintf "%s\\n" "${{COMPREPLY[@]}}"\n'
ZSH = """compdef() {{ : }}
compadd() {{ shift; local one; for one in "$@"; do [[ "$one" == "$words[-1]"* ]] && print -r -- "$one"; done }}
source {script}
words=(vkd "$@")
CURRENT=${{#words}}
_vkd
"""


def completed(shell: str, script: Path, words: tuple[str, ...]) -> set[str]:
    if shell == "fish":
        call = ["fish", "--no-config", "-c", f"source {script}; complete -C '{' '.join(('vkd', *words))}'"]
    else:
        text = (BASH if shell == "bash" else ZSH).format(script=script)
        call = [shell, *(["--norc", "--noprofile"] if shell == "bash" else ["-f"]), "-c", text, shell, *words]
    run = subprocess.run(call, capture_output=True, text=True, encoding="utf-8", cwd=script.parent)
    assert run.stderr == ""
    return {line.partition("\t")[0] for line in run.stdout.splitlines()} - {""}


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_shells_complete(vkd: Vkd, tmp_path: Path, shell: str) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    called = vkd("completion", shell)
    assert (called.code, called.err) == (0, "")
    script = tmp_path / "script"
    script.write_text(called.out, encoding="utf-8")
    for words, expected in CALLS.items():
        assert completed(shell, script, words) == expected, words


def test_a_shell_that_is_not_known(vkd: Vkd) -> None:
    called = vkd("completion", "fsh")
    assert (called.code, called.out) == (2, "")
    assert "fish" in called.err
