"""Makes docs/pictures/emacs.png: a demand in Emacs with its reference message below. Run: python -m tests.editors.emacs.picture"""

from tests.editors.emacs.check import SETS, ask, go, install
from tests.editors.terminal import draw, terminal
from tests.editors.workbench import ROOT, Report, until, workbench

COLOURS = ("#ffffff", "#000000")
"""The theme's text and background."""


def main() -> None:
    with workbench() as bench:
        start = install(bench)
        with terminal([*start, "demands/eksempel-3.vkd"], bench.folketelling, bench.environment(), 126, 36) as emacs:
            report = Report("Emacs", emacs.screen)
            report.see("hints are shown", SETS)
            ask(emacs, report, "Referansemelding til bruker 1")
            go(emacs, 6, "Inntekt")
            # A word of the catalogue is explained below, a moment later.
            until(lambda: "**Inntekt**" in emacs.screen())
            draw(emacs.cells(), ROOT / "docs/pictures/emacs.png", *COLOURS)
        report.end()


if __name__ == "__main__":
    main()
