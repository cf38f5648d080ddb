"""Drives the real Vim with ALE in a terminal: keys are sent, the screen is read. Run: python -m tests.editors.vim.check"""

import os
import re
from pathlib import Path

from tests.editors.terminal import Terminal, terminal
from tests.editors.workbench import ROOT, Report, Workbench, editor, skip, until, workbench

PLACES = (Path(os.environ.get("VKD_EDITORS", "/nowhere")) / "vim-ale", Path("/usr/share/vim-ale"))
"""Where ALE may lie: as get-editors unpacks it, and as Debian installs it."""
FIELDS = ("Etterspørselsbeskrivelse", "bruker 1", "Personer", "Yrke", "19601101", "O")
VIMRC = f"""
set nocompatible encoding=utf-8 background=dark termguicolors noswapfile shortmess+=I
set runtimepath^=%s runtimepath^={ROOT}/editors/vim
let g:ale_lsp_suggestions = 1
let g:ale_completion_enabled = 1
let g:ale_echo_msg_format = '%%code%%: %%s'
filetype plugin on
syntax on
"""


def install(bench: Workbench) -> list[str]:
    """Does what editors/vim/README.md tells a user to do; the command that starts Vim."""
    ale = next((place for place in PLACES if place.is_dir()), None) or skip("Vim", "ALE is not installed")
    return [editor("Vim", "vim"), "-u", str(bench.write(".vimrc", VIMRC % ale))]


def command(vim: Terminal, words: str) -> None:
    """A command of the `:` prompt."""
    vim.keys("Escape")
    vim.type(f":{words}")
    vim.keys("Enter")


def go(vim: Terminal, line: int, word: str) -> None:
    """Puts the cursor at the first place where a word stands on a line or below."""
    command(vim, f"call cursor({line}, 1) | call search('{word}', 'c')")


def look_at_folketelling(vim: Terminal, bench: Workbench, report: Report) -> None:
    report.note("the server starts", until(lambda: len(bench.servers()) == 1), f"seen {bench.servers()}")
    fronts = {field: vim.look_of(field).front for field in FIELDS}
    report.note("fields have colours of their own", len(set(fronts.values())) >= 4, f"expected 4, seen {fronts}")

    go(vim, 7, "Inntekt")
    command(vim, "ALEHover")
    report.see("hover explains a word", "Inntekt i siste kalenderår")
    command(vim, "only")

    complete(vim, report, 7, "Inntekt", "Utd", "Utdanning")

    # On a line of plain ASCII: ALE takes the columns of an edit for bytes.
    go(vim, 7, "Inntekt")
    vim.type("iq")
    vim.keys("Escape")
    report.see("an edit that breaks a word marks it", "er ikke et ord")
    command(vim, "ALECodeAction")
    report.see("fixes are offered", "Type number")
    vim.type("1")
    vim.keys("Enter")
    report.see("the fix puts the right word there", re.compile(r"5 / .* / Inntekt +/"))
    report.lose("the fix takes the mark away", "er ikke et ord")

    go(vim, 7, "Inntekt")
    vim.type("ix")
    vim.keys("Escape")
    report.see("another edit marks it again", "er ikke et ord")
    vim.type("x")
    report.lose("the edit that mends it takes the mark away", "er ikke et ord")


def complete(vim: Terminal, report: Report, line: int, word: str, typed: str, offered: str) -> None:
    """Types in a word's place, looks at what is offered, and puts the word back."""
    go(vim, line, word)
    vim.type(f"cw{typed}")
    vim.keys("C-x", "C-o")
    report.see(f"{typed!r} is completed", offered)
    vim.keys("C-e", "Escape")
    vim.type("u")


def rename(vim: Terminal, bench: Workbench, report: Report) -> None:
    """Renames a characteristic everywhere; ALE does it in files that are written."""
    command(vim, "write")
    go(vim, 7, "Inntekt")
    command(vim, "ALERename")
    report.see("a name to rename is asked for", "New name: Inntekt")
    vim.type(" før skatt")
    until(lambda: "Inntekt før skatt" in vim.screen())
    vim.keys("Enter")
    report.see("rename changes the file at hand", re.compile(r"5 / .*Inntekt før skatt"))
    vocabulary = bench.folketelling / "vocabulary/characteristics.csv"
    report.see("rename changes the vocabulary", "K6,Inntekt før skatt,", lambda: vocabulary.read_text(encoding="utf-8"))
    command(vim, "VkdRebuild")
    report.lose("the catalogue read anew knows the new name", "er ikke et ord")


def ask(vim: Terminal, report: Report, expected: str) -> None:
    """Has the reference message of the first demand shown."""
    go(vim, 1, "0 /")
    command(vim, "VkdMessage")
    report.see("the reference message is shown", expected)


def main() -> None:
    with workbench() as bench:
        start = install(bench)
        with terminal([*start, "demands/eksempel-3.vkd"], bench.folketelling, bench.environment()) as vim:
            report = Report("Vim", vim.screen)
            look_at_folketelling(vim, bench, report)
            ask(vim, report, "Referansemelding til bruker 1")
            command(vim, "VkdCopy")
            report.see("the message is copied", "the reference message is copied")
            command(vim, "VkdWhy ft70-tabell")
            report.see("what keeps a product away is said", re.compile(r"ft70-tabell.*\n(?:.*\n)+.*vkd why"))
            command(vim, "only")
            command(vim, "VkdRun")
            report.see("the demands of the file are listed", re.compile(r"bruker 1: 1 found"))
            command(vim, "lclose")
            rename(vim, bench, report)
            command(vim, "qall!")
            report.note("the server ends with Vim", until(lambda: not bench.servers()), f"seen {bench.servers()}")
        with terminal([*start, "demands/demo.vkd"], bench.utdanning, bench.environment()) as vim:
            report.screen = vim.screen
            report.note("the education catalogue's server starts", until(bench.servers), "expected a server, seen none")
            ask(vim, report, "Referansemelding til Seksjon for utdanningsstatistikk")
        report.end()


if __name__ == "__main__":
    main()
