"""What the tidy tests look at: the files of this checkout."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]


def files(*patterns: str) -> list[Path]:
    """The project's files, tracked or about to be, that match one of the glob patterns (all without a pattern)."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", "--", *patterns]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode()
    return sorted(path for name in set(listed.split("\0")) if name and (path := ROOT / name).is_file())


def text(path: Path) -> str:
    """A file's text; bytes that are not UTF-8 stand as replacement characters."""
    return path.read_text(encoding="utf-8", errors="replace")
