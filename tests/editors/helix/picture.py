"""Makes docs/pictures/helix.png: a demand in Helix with its reference message beside it. Run: python -m tests.editors.helix.picture"""

from tests.editors.helix.check import ask, command, install, wake
from tests.editors.terminal import draw, terminal
from tests.editors.workbench import ROOT, Report, editor, workbench

COLOURS = ("#abb2bf", "#282c34")
"""The theme's text and background."""


def main() -> None:
    program = editor("Helix", "hx", "helix")
    with workbench() as bench:
        install(bench, program)
        with terminal([program, "demands/eksempel-3.vkd"], bench.folketelling, bench.environment(), 182, 30) as helix:
            report = Report("Helix", helix.screen)
            command(helix, "set-option soft-wrap.enable true")
            wake(helix)
            command(helix, "vsplit")
            ask(helix, report, "ft60-person")
            # Hints belong to a view, and come when something happens in it.
            helix.keys("C-w", "h")
            wake(helix)
            draw(helix.cells(), ROOT / "docs/pictures/helix.png", *COLOURS)
        report.end()


if __name__ == "__main__":
    main()
