"""Drives the real Helix in a terminal: keys are sent, the screen is read. Run from the repository: python -m tests.editors.helix.check"""

import re
import subprocess

from tests.editors.terminal import Terminal, terminal
from tests.editors.workbench import ROOT, Report, Workbench, editor, skip, until, workbench

THEME = "onedark"
"""One in which what differs looks different."""
SETS = "informasjonssett"
MENU = re.compile(
    r"^.*(?:Skriv|Sorter|Lag|Vis|Kjør|Tilpass|Flytt|Nummerer|Del|Rett|Ordne|Fold|Hvorfor|Kopier)\b.*$", re.MULTILINE
)
FIELDS = ("Etterspørselsbeskrivelse", "Personer", "Personreg.nov.60", "Yrke", "19601101", "O")


def install(bench: Workbench, program: str) -> None:
    """Does what editors/helix/README.md tells a user to do."""
    source = ROOT / "editors/helix"
    languages = (source / "languages.toml").read_text(encoding="utf-8").replace("/path/to/vkd", str(ROOT))
    # Of the other languages' grammars none is needed here.
    bench.write(".config/helix/languages.toml", f'use-grammars = {{ only = ["vkd"] }}\n{languages}')
    options = (source / "config.toml").read_text(encoding="utf-8")
    bench.write(".config/helix/config.toml", f'theme = "{THEME}"\n{options}')
    for query in (source / "runtime/queries/vkd").glob("*.scm"):
        bench.write(f".config/helix/runtime/queries/vkd/{query.name}", query.read_text(encoding="utf-8"))
    (bench.home / ".config/helix/runtime/grammars").mkdir()
    built = subprocess.run(
        [program, "--grammar", "build"], env=bench.environment(), capture_output=True, text=True, check=False
    )
    if built.returncode:
        skip("Helix", f"its grammar could not be built: {built.stderr}")


def command(helix: Terminal, words: str) -> None:
    """A command of the `:` prompt."""
    helix.keys("Escape")
    helix.type(f":{words}")
    helix.keys("Enter")


def go(helix: Terminal, line: int, word: str) -> None:
    """Selects the first place where a word stands on a line or below."""
    command(helix, str(line))
    helix.type(f"/{re.escape(word)}")
    helix.keys("Enter")


def choose(helix: Terminal, report: Report, title: str) -> None:
    """Takes an action of the menu at the cursor."""
    helix.type(" a")
    report.see(f"the action {title!r} is offered", title)
    menu = MENU.findall(helix.screen())
    helix.keys(*["Down"] * next((row for row, offered in enumerate(menu) if title in offered), 0), "Enter")


def look_at_folketelling(helix: Terminal, bench: Workbench, report: Report) -> None:
    report.note(
        "the server starts", until(lambda: len(bench.servers()) == 1), f"expected 1 server, seen {bench.servers()}"
    )
    wake(helix)
    report.see("inlay hints tell how many sets each line leaves", re.compile(rf"^ +7  5 / .*{SETS}", re.MULTILINE))
    fronts = {field: helix.look_of(field).front for field in FIELDS}
    report.note("fields have colours of their own", len(set(fronts.values())) >= 5, f"expected 5, seen {fronts}")

    go(helix, 7, "Inntekt")
    helix.type(" k")
    report.see("hover explains a word", "Inntekt i siste kalenderår")
    helix.keys("Escape")

    complete(helix, report, 4, "Kjønn", "Kjø", "Kjønn value")
    # K1 is called Fødselsnummer, and Personnummer as well.
    complete(helix, report, 7, "Inntekt", "Personnum", "Fødselsnummer value")

    go(helix, 4, "Kjønn")
    helix.type("cKjønnx")
    helix.keys("Escape")
    report.see("a misspelt word is marked", "«Kjønnx» er ikke et ord i ordlisten")
    go(helix, 4, "Kjønnx")
    choose(helix, report, "Skriv «Kjønn»")
    report.see("the fix puts the right word there", re.compile(r"^ +4  2 / .* / Kjønn +/", re.MULTILINE))
    report.lose("the fix takes the mark away", "er ikke et ord")

    go(helix, 4, "Kjønn")
    helix.type("iq")
    helix.keys("Escape")
    report.see("an edit that breaks a word marks it", "«qKjønn» er ikke et ord")
    helix.type("u")
    report.lose("the edit that mends it takes the mark away", "er ikke et ord")


def wake(helix: Terminal) -> None:
    """Presses keys until hints are there: Helix asks for them when something has happened."""

    def shown() -> bool:
        helix.keys("j")
        return SETS in helix.screen()

    until(shown)


def complete(helix: Terminal, report: Report, line: int, word: str, typed: str, offered: str) -> None:
    """Types in a word's place, looks at what is offered, and puts the word back."""
    go(helix, line, word)
    helix.type(f"c{typed}")
    helix.keys("C-x")
    report.see(f"{typed!r} is completed", offered)
    helix.keys("Escape", "Escape")
    helix.type("u")


def rename(helix: Terminal, bench: Workbench, report: Report) -> None:
    """Renames a characteristic everywhere."""
    go(helix, 7, "Inntekt")
    helix.type(" r")
    report.see("a name to rename is shown", "rename-to:Inntekt")
    helix.type(" før skatt")
    helix.keys("Enter")
    report.see("rename changes the file at hand", re.compile(r"5 / .*Inntekt før skatt"))
    command(helix, "write-all")
    vocabulary = bench.folketelling / "vocabulary/characteristics.csv"
    report.see("rename changes the vocabulary", "K6,Inntekt før skatt,", lambda: vocabulary.read_text(encoding="utf-8"))


def ask(helix: Terminal, report: Report, expected: str) -> None:
    """Has the reference message of the demand on line 2 shown."""
    go(helix, 2, "Etterspørselsbeskrivelse")
    choose(helix, report, "Vis referansemelding")
    report.see("the reference message is shown", expected)


def main() -> None:
    program = editor("Helix", "hx", "helix")
    with workbench() as bench:
        install(bench, program)
        with terminal([program, "demands/eksempel-3.vkd"], bench.folketelling, bench.environment()) as helix:
            report = Report("Helix", helix.screen)
            look_at_folketelling(helix, bench, report)
            rename(helix, bench, report)
            ask(helix, report, "ft70-person")
            command(helix, "quit-all!")
            report.note("the server ends with Helix", until(lambda: not bench.servers()), f"seen {bench.servers()}")
        with terminal([program, "demands/demo.vkd"], bench.utdanning, bench.environment()) as helix:
            report.screen = helix.screen
            report.note("the education catalogue's server starts", until(bench.servers), "expected a server, seen none")
            wake(helix)
            ask(helix, report, "grunnskolekarakterer")
        report.end()


if __name__ == "__main__":
    main()
