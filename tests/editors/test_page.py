"""The page of `vkd web` as it is committed is what its sources make today: the wheel takes it, and nobody builds it there."""

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = ROOT / "editors/browser"
PAGE = ROOT / "server/vkd_server/web/page"


def test_the_page_was_built_after_the_last_change_of_its_sources() -> None:
    folders = (SOURCES / "src", SOURCES.parent / "shared")
    sources = (sorted(path for path in folder.rglob("*") if path.is_file()) for folder in folders)
    files = [*(path for some in sources for path in some), SOURCES / "build.mjs", SOURCES / "package-lock.json"]
    digest = hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
    assert (SOURCES / "built.sha256").read_text().strip() == digest, "run: npm run build in editors/browser"


@pytest.mark.skipif(not (SOURCES / "node_modules").exists(), reason="run npm ci in editors/browser first")
def test_the_page_is_what_esbuild_makes(tmp_path: Path) -> None:
    node, npm = shutil.which("node"), shutil.which("npm")
    assert node is not None
    assert npm is not None
    for command in ([npm, "run", "--silent", "check"], [node, "build.mjs", str(tmp_path)]):
        done = subprocess.run(command, cwd=SOURCES, capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
    made, committed = ({path.name: path.read_bytes() for path in folder.iterdir()} for folder in (tmp_path, PAGE))
    assert made == committed, "run: npm run build in editors/browser"


def test_the_page_names_no_other_place() -> None:
    # What stands in licences and in the namespace of SVG is not loaded.
    for name in ("index.html", "app.css"):
        text = (PAGE / name).read_text(encoding="utf-8")
        assert "http:" not in text
        assert "https:" not in text
