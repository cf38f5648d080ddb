"""Makes docs/pictures/neovim.png: a demand in Neovim with its reference message below. Run: python -m tests.editors.neovim.picture"""

import os
from pathlib import Path

from tests.editors.terminal import draw, terminal
from tests.editors.workbench import ROOT, Report, editor, until, workbench

COLOURS = ("#e0e2ea", "#14161b")
"""The text and background of Neovim's own dark theme."""


def main() -> None:
    own = Path(os.environ.get("VKD_EDITORS", "")) / "neovim/bin/nvim"
    program = str(own) if own.is_file() else editor("Neovim", "nvim")
    with workbench() as bench:
        settings = f"vim.opt.runtimepath:prepend('{ROOT}/editors/neovim')\nvim.opt.termguicolors = true\nvim.o.showmode = false\n"
        start = [program, "-n", "-i", "NONE", "-u", str(bench.write("init.lua", settings)), "demands/eksempel-3.vkd"]
        with terminal(start, bench.folketelling, bench.environment(), 134, 34) as neovim:
            report = Report("Neovim", neovim.screen)
            report.see("hints are shown", "informasjonssett")
            neovim.type(":2")
            neovim.keys("Enter")
            neovim.type(":VkdMessage")
            neovim.keys("Enter")
            report.see("the reference message is shown", "Referansemelding til bruker 1")
            # The prompt goes, and the message gets its colours.
            neovim.keys("C-l")
            until(lambda: ":VkdMessage" not in neovim.screen())
            draw(neovim.cells(), ROOT / "docs/pictures/neovim.png", *COLOURS)
        report.end()


if __name__ == "__main__":
    main()
