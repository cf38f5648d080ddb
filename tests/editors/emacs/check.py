"""Drives the real Emacs in a terminal, with Eglot: keys are sent, the screen is read. Run: python -m tests.editors.emacs.check"""

import re
import shutil
import subprocess

from tests.editors.terminal import Terminal, terminal
from tests.editors.workbench import ROOT, Report, Workbench, editor, until, workbench

SETS = "informasjonssett"
FIELDS = ("Etterspørselsbeskrivelse", "bruker 1", "Personer", "Yrke", "19601101", "O")
INIT = f"""
(add-to-list 'load-path "{ROOT}/editors/emacs")
(require 'vkd-mode)
(add-hook 'vkd-mode-hook #'eglot-ensure)
(setq inhibit-startup-screen t make-backup-files nil create-lockfiles nil use-short-answers t
      eglot-confirm-server-edits nil initial-buffer-choice nil)
(menu-bar-mode -1)
(load-theme 'modus-vivendi t)
"""


def install(bench: Workbench) -> list[str]:
    """Does what editors/emacs/README.md tells a user to do; the command that starts Emacs."""
    program = editor("Emacs", "emacs")
    init = bench.write(".emacs.d/init.el", INIT)
    library = bench.home / ".emacs.d/tree-sitter/libtree-sitter-vkd.so"
    source = ROOT / "grammar/tree-sitter-vkd/src"
    if compiler := shutil.which("cc"):
        library.parent.mkdir()
        subprocess.run([compiler, "-shared", "-fPIC", f"-I{source}", source / "parser.c", "-o", library], check=True)
    # Not the machine's own start files.
    return [program, "-nw", "--quick", f"--init-directory={bench.home}/.emacs.d", "--load", str(init)]


def command(emacs: Terminal, name: str, *answers: str) -> None:
    """A command by its name, and what is typed where it asks."""
    emacs.keys("M-x")
    for typed in (name, *answers):
        emacs.type(typed)
        emacs.keys("Enter")


def go(emacs: Terminal, line: int, word: str) -> None:
    """Puts the cursor at the beginning of the first place where a word stands on a line or below."""
    command(emacs, "goto-line", str(line))
    emacs.keys("C-s")
    emacs.type(word)
    emacs.keys("Enter", *["C-b"] * len(word))


def look_at_folketelling(emacs: Terminal, bench: Workbench, report: Report) -> None:
    report.note("the server starts", until(lambda: len(bench.servers()) == 1), f"seen {bench.servers()}")
    report.see("inlay hints tell how many sets each line leaves", re.compile(rf"5 / .*{SETS}"))
    fronts = {field: emacs.look_of(field).front for field in FIELDS}
    report.note("fields have colours of their own", len(set(fronts.values())) >= 5, f"expected 5, seen {fronts}")

    go(emacs, 7, "Inntekt")
    report.see("hover names a word", "K6")
    command(emacs, "eldoc-doc-buffer")
    report.see("hover explains it", "Inntekt i siste kalenderår")
    emacs.keys("C-x", "1")

    complete(emacs, report, 4, "Kjønn", "Kjø", "/ Kjønn ")
    # K1 is called Fødselsnummer, and Personnummer as well.
    complete(emacs, report, 7, "Inntekt", "Personnum", "Fødselsnummer K1")

    go(emacs, 4, "Kjønn")
    emacs.type("q")
    report.see("an edit that breaks a word marks it", re.compile(r"!!2 / .*qKjønn"))
    command(emacs, "eglot-code-action-quickfix")
    # Of several fixes Emacs asks for one.
    until(lambda: "qKjønn" not in emacs.screen() or "[eglot] Pick an action" in emacs.screen())
    emacs.type("Skriv «Kjønn»")
    emacs.keys("Enter")
    report.see("its fix puts the right word there", re.compile(r"2 / .* / Kjønn +/"))
    report.lose("the fix takes the mark away", "!!")

    go(emacs, 4, "Kjønn")
    emacs.type("x")
    report.see("another edit marks it again", re.compile(r"!!2 / .*xKjønn"))
    emacs.keys("BSpace")
    report.lose("the edit that mends it takes the mark away", "!!")


def complete(emacs: Terminal, report: Report, line: int, word: str, typed: str, completed: str) -> None:
    """Types in a word's place, has it completed, and puts the word back."""
    go(emacs, line, word)
    emacs.keys(*["C-d"] * len(word))
    emacs.type(typed)
    emacs.keys("C-M-i")
    report.see(f"{typed!r} is completed", completed)
    emacs.keys("C-x", "1", "M-BSpace")
    emacs.type(word)


def rename(emacs: Terminal, bench: Workbench, report: Report) -> None:
    """Renames a characteristic everywhere."""
    go(emacs, 7, "Inntekt")
    command(emacs, "eglot-rename")
    report.see("a name to rename is asked for", "Rename")
    emacs.type("Inntekt før skatt")
    until(lambda: "Inntekt før skatt" in emacs.screen())
    emacs.keys("Enter")
    report.see("rename changes the file at hand", re.compile(r"5 / .*Inntekt før skatt"))
    emacs.keys("C-x", "s", "!")
    vocabulary = bench.folketelling / "vocabulary/characteristics.csv"
    report.see("rename changes the vocabulary", "K6,Inntekt før skatt,", lambda: vocabulary.read_text(encoding="utf-8"))


def ask(emacs: Terminal, report: Report, expected: str) -> None:
    """Has the reference message of the first demand shown."""
    go(emacs, 1, "0 / Etterspørselsbeskrivelse")
    emacs.keys("C-c", "C-c")
    report.see("the reference message is shown", expected)


def main() -> None:
    with workbench() as bench:
        start = install(bench)
        with terminal([*start, "demands/eksempel-3.vkd"], bench.folketelling, bench.environment()) as emacs:
            report = Report("Emacs", emacs.screen)
            look_at_folketelling(emacs, bench, report)
            rename(emacs, bench, report)
            ask(emacs, report, "Referansemelding til bruker 1")
            emacs.keys("C-c", "C-y")
            report.see("the message is copied", "The reference message is copied")
            emacs.keys("C-c", "C-r")
            report.see("all demands of the file are run", "bruker 1: 1 found")
            emacs.keys("C-c", "C-w")
            emacs.type("ft70-tabell")
            emacs.keys("Enter")
            report.see("what keeps a product away is said", re.compile(r"ft70-tabell\W.*\n"))
            emacs.keys("C-x", "C-c")
            emacs.type("yes")
            report.note("the server ends with Emacs", until(lambda: not bench.servers()), f"seen {bench.servers()}")
        with terminal([*start, "demands/demo.vkd"], bench.utdanning, bench.environment()) as emacs:
            report.screen = emacs.screen
            report.see("the education catalogue's server starts", SETS)
            ask(emacs, report, "Referansemelding til Seksjon for utdanningsstatistikk")
        report.end()


if __name__ == "__main__":
    main()
