"""What a catalogue costs as it grows, over catalogues that `benchmarks/corpus.py` draws.

    .venv/bin/python -m benchmarks.scale [--only SECTION[,SECTION…]] [PRODUCTS…]

For each number of products (10,000, 100,000 and 1,000,000 unless told) every section of `SECTIONS` in turn, each in a
process of its own: whole processes, a mix of demands beside SQL by hand with equal answers, what the page and interest
profiles ask, and an editor's server. With `--only` some of them; `--only none` measures nothing. What was measured
before stays (`benchmarks/scale.json`), and of all that is known `benchmarks/scale.md` is written, and with matplotlib
the plot beside it. Catalogues are drawn once, into `build/scale`.
"""

import json
import subprocess
import sys
from argparse import ArgumentParser
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks.corpus import drawn

ROOT = Path(__file__).parents[2]
REPORT = ROOT / "benchmarks/scale.md"
KEPT = REPORT.with_suffix(".json")
SIZES = (10_000, 100_000, 1_000_000)
SECTIONS = {
    "starts": "processes",
    "mix": "asking",
    "answers": "processes",
    "reports": "processes",
    "page": "asking",
    "profiles": "asking",
    "start": "editing",
    "first_words": "editing",
    "long_document": "editing",
    "indexing": "editing",
}
"""The functions that measure, in this order, each with its module. The first one makes the register that others ask."""

Known = dict[str, dict[str, Any]]
"""What each section measured, by number of products and section."""


def main() -> None:
    """Measures what was asked for, and writes the report and the plot of all that is known."""
    parser = ArgumentParser(prog="benchmarks.scale")
    parser.add_argument("--only", default=",".join(SECTIONS))
    parser.add_argument("--section", nargs=2, metavar=("SECTION", "FOLDER"))
    parser.add_argument("products", type=int, nargs="*", default=SIZES)
    arguments = parser.parse_args()
    if arguments.section:
        name, folder = arguments.section
        print(json.dumps(getattr(import_module(f"benchmarks.scale.{SECTIONS[name]}"), name)(Path(folder))))
        return
    for products in arguments.products:
        for name in filter(SECTIONS.__contains__, arguments.only.split(",")):
            measure(products, name)
    report(known())


def measure(products: int, name: str) -> None:
    """Has a section measured in a process of its own, and keeps what it found."""
    program = [sys.executable, "-m", "benchmarks.scale", "--section", name, str(drawn(products))]
    printed = subprocess.run(program, stdout=subprocess.PIPE, check=True, cwd=ROOT).stdout
    found = known()
    found.setdefault(str(products), {})[name] = json.loads(printed)
    KEPT.write_text(json.dumps(found, separators=(",", ":")), encoding="utf-8")
    print(f"{products:,} products, {name}: {_brief(json.loads(printed))}", flush=True)


def known() -> Known:
    """All that was measured."""
    found: Known = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}
    return found


def report(found: Known) -> None:
    """Writes the report and the plot."""
    from benchmarks.scale.report import as_markdown, plotted

    REPORT.write_text(as_markdown(found), encoding="utf-8")
    plotted(found, REPORT.with_suffix(".svg"))


def _brief(figures: dict[str, Any]) -> str:
    return ", ".join(f"{name} {one:.1f}" for name, one in figures.items() if isinstance(one, float))


if __name__ == "__main__":
    main()
