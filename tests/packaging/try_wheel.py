"""Builds the wheel, installs it in an environment of its own, and answers a demand with it.

    python tests/packaging/try_wheel.py

What the wheel depends on is installed from the package index. `make wheel` and a test have it from the environment they run
in, so that they need no network; then hatchling must be there.
"""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[2]
_OFFLINE = "--offline"


def main(arguments: Sequence[str]) -> int:
    """Tries the wheel in a folder of its own. Raises CalledProcessError or AssertionError where it is wrong."""
    with TemporaryDirectory() as folder:
        print(tried(Path(folder), offline=_OFFLINE in arguments))
    return 0


def tried(folder: Path, *, offline: bool) -> str:
    """What was tried, in one line."""
    wheel = built(folder / "dist", offline=offline)
    python = installed(wheel, folder / "venv", offline=offline)
    version = _output(python.with_name("vkd"), "--version", within=folder).split()[1]
    assert wheel.name.split("-")[1] == version, (wheel.name, version)
    for package in ("vkd_grammar", "vkd_catalog", "vkd_server"):
        place = _output(python, "-c", f"import {package}; print({package}.__file__)", within=folder)
        assert Path(place.strip()).is_relative_to(folder.resolve()), place
    example = shutil.copytree(ROOT / "examples/folketelling", folder / "example", ignore=shutil.ignore_patterns(".vkd"))
    demand = example / "demands/eksempel-3.vkd"
    answered = _output(python.with_name("vkd"), "run", "--output-format", "json", str(demand), within=folder)
    (answer,) = json.loads(answered)["demands"]
    assert answer["status"] == "found", answer
    return f"{wheel.name} answers on Python {sys.version.split()[0]}"


def built(folder: Path, *, offline: bool) -> Path:
    """The wheel of this checkout, in a folder; offline without an environment for the build."""
    alone = ["--no-build-isolation"] if offline else []
    _output(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", *alone, "--wheel-dir", folder, ROOT)
    (wheel,) = folder.glob("*.whl")
    return wheel


def installed(wheel: Path, folder: Path, *, offline: bool) -> Path:
    """The Python of a new environment that has the wheel."""
    venv.create(folder)
    scripts = folder / ("Scripts" if os.name == "nt" else "bin")
    python = scripts / ("python.exe" if os.name == "nt" else "python")
    alone = ["--no-deps", "--no-index"] if offline else []
    _output(sys.executable, "-m", "pip", "--python", python, "install", "--quiet", *alone, wheel)
    if offline:
        site = _output(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip()
        Path(site, "beside.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return python


def _output(program: str | Path, *arguments: str | Path, within: Path = ROOT) -> str:
    """What a program prints; it is run away from this checkout where a folder is given."""
    command = [str(program), *map(str, arguments)]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(command, cwd=within, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}\n{done.stderr}"
    return done.stdout


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
