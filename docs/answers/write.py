"""Answers the demands beside this file from the whole catalogue of Statistics Denmark's research registers.

    make dst
    .venv/bin/python docs/answers/write.py

writes one message for each file in `docs/answers/demands/`, in Markdown, with at most five answers.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
ANSWERS = Path(__file__).parent
CATALOGUE = ROOT / "build/dst"


def main(catalogue: Path) -> None:
    """Writes the messages. CalledProcessError where a demand cannot be run at all."""
    for demand in sorted((ANSWERS / "demands").glob("*.vkd")):
        message = _run(catalogue, demand)
        (ANSWERS / demand.with_suffix(".md").name).write_text(message, encoding="utf-8")


def _run(catalogue: Path, demand: Path) -> str:
    command = [sys.executable, "-m", "vkd_server", "run", "--output-format", "markdown", "--limit", "5"]
    named = [str(demand.relative_to(ROOT)), "--workspace", str(catalogue)]
    done = subprocess.run([*command, *named], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        raise subprocess.CalledProcessError(done.returncode, done.args, done.stdout, done.stderr)
    return done.stdout


if __name__ == "__main__":
    main(Path(sys.argv[1]).absolute() if sys.argv[1:] else CATALOGUE)
