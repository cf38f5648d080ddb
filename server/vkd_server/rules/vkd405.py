"""VKD405: product file that `include` does not name; `include` pattern that names no file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from vkd_catalog.folders import as_pattern, matches
from vkd_catalog.languages import Texts
from vkd_grammar.problems import at_field
from vkd_grammar.syntax import Problem
from vkd_server.rules.rule import Context, Example, Fix, Rule, TextEdit
from vkd_server.rules.wording import all_of

if TYPE_CHECKING:
    from vkd_catalog.toml import Entry

_OUTSIDE = Texts(
    "Ingen svar finner dette produktet, for include i vkd.toml nevner ikke filen. Der står {patterns}.",
    "Inga svar hittar den här produkten, för include i vkd.toml nämner inte filen. Där står {patterns}.",
    "Ingen svar finder dette produkt, for include i vkd.toml nævner ikke filen. Der står {patterns}.",
    "No answer finds this product, for include in vkd.toml does not name its file. It says {patterns}.",
)
_EMPTY = Texts("en tom liste", "en tom lista", "en tom liste", "an empty list")
_NOTHING = Texts(
    "Mønsteret {pattern} fører ikke til noen fil. {why}",
    "Mönstret {pattern} leder inte till någon fil. {why}",
    "Mønsteret {pattern} fører ikke til nogen fil. {why}",
    "The pattern {pattern} leads to no file. {why}",
)
_WHY = {
    "backslash": Texts(
        "Mapper skilles med /, også på Windows.",
        "Mappar skiljs åt med /, även i Windows.",
        "Mapper adskilles med /, også i Windows.",
        "Folders are parted by /, on Windows too.",
    ),
    "filled-in": Texts(
        "Her blir verken ~ eller variabler fylt ut; en sti regnes fra mappen der vkd.toml ligger.",
        "Här fylls varken ~ eller variabler i; en sökväg räknas från mappen där vkd.toml ligger.",
        "Her udfyldes hverken ~ eller variabler; en sti regnes fra mappen, hvor vkd.toml ligger.",
        "Neither ~ nor variables are filled in here; a path is taken from the folder of vkd.toml.",
    ),
    "folder": Texts(
        "Det er en mappe; filene i den og under den er {instead}.",
        "Det är en mapp; filerna i den och under den är {instead}.",
        "Det er en mappe; filerne i den og under den er {instead}.",
        "It is a folder; the files in it and below it are {instead}.",
    ),
    "hidden": Texts(
        "Filer og mapper som begynner med punktum, blir ikke lest.",
        "Filer och mappar som börjar med punkt läses inte.",
        "Filer og mapper, der begynder med punktum, læses ikke.",
        "Files and folders that begin with a full stop are not read.",
    ),
    "no-folder": Texts(
        "Mappen {folder} finnes ikke.",
        "Mappen {folder} finns inte.",
        "Mappen {folder} findes ikke.",
        "There is no folder {folder}.",
    ),
    "no-file": Texts(
        "Et mønster regnes fra mappen der vkd.toml ligger.",
        "Ett mönster räknas från mappen där vkd.toml ligger.",
        "Et mønster regnes fra mappen, hvor vkd.toml ligger.",
        "A pattern is taken from the folder of vkd.toml.",
    ),
}
_ADD = Texts(
    "Ta med {pattern} i include",
    "Ta med {pattern} i include",
    "Tag {pattern} med i include",
    "Add {pattern} to include",
)
_WRITE = Texts("Skriv {text}", "Skriv {text}", "Skriv {text}", "Write {text}")


def _check(context: Context) -> Iterator[Problem]:
    header = context.coded.description.header
    catalogue = context.catalogue
    if header is None or context.coded.kind != "product" or catalogue.configuration.file is None:
        return
    # What is not saved, or came by another way, is no file yet that a pattern could name.
    if not catalogue.includes(context.path) and context.exists(os.path.join(catalogue.root, context.path)):
        yield at_field(header.row, header.fields[2], "VKD405", ("reason", "outside"))


def _message(problem: Problem, context: Context) -> str:
    if problem.fact("reason") == "outside":
        patterns = [context.quoted(pattern) for pattern in context.catalogue.configuration.products]
        said = all_of(patterns, context.language) if patterns else context.say(_EMPTY)
        return context.say(_OUTSIDE, patterns=said)
    pattern = str(problem.fact("pattern"))
    why, facts = _why(pattern, context.catalogue.root)
    said = context.say(_WHY[why], **{name: context.quoted(fact) for name, fact in facts.items()})
    return context.say(_NOTHING, pattern=context.quoted(pattern), why=said)


def _why(pattern: str, root: Path) -> tuple[str, dict[str, str]]:
    """The likeliest reason why a pattern leads to no file: its name among the texts, and what they say of it."""
    if "\\" in pattern:
        return "backslash", {}
    if pattern.startswith("~") or "$" in pattern or pattern.count("%") > 1:
        return "filled-in", {}
    if pattern and os.path.isdir(root / pattern):
        return "folder", {"instead": f"{pattern.rstrip('/')}/**/*.vkd"}
    if any(part.startswith(".") and part.strip(".") for part in pattern.split("/")):
        return "hidden", {}
    missing = _missing_folder(pattern, root)
    return ("no-folder", {"folder": missing}) if missing else ("no-file", {})


def _missing_folder(pattern: str, root: Path) -> str:
    """The first folder that a pattern names plainly and that is not there; empty where all are."""
    folders = pattern.split("/")[:-1]
    for at, name in enumerate(folders):
        if any(sign in name for sign in "*?["):
            break
        if name and not os.path.isdir(root / "/".join(folders[: at + 1])):
            return "/".join(folders[: at + 1])
    return ""


def _fixes(problem: Problem, context: Context) -> tuple[Fix, ...]:
    if problem.fact("reason") == "outside":
        return tuple(_adding(context))
    pattern, root = str(problem.fact("pattern")), context.catalogue.root
    return tuple(
        Fix(context.say(_WRITE, text=context.quoted(instead)), (context.replacing(problem, _as_toml(instead)),))
        for instead in dict.fromkeys(_instead(pattern, root))
        if instead != pattern and matches(root, instead)
    )


def _instead(pattern: str, root: Path) -> Iterator[str]:
    """What may have been meant by a pattern; only what leads to files is offered."""
    if "\\" in pattern:
        yield pattern.replace("\\", "/")
    filled = os.path.expandvars(os.path.expanduser(pattern))
    if filled != pattern:
        yield os.path.relpath(filled, root).replace(os.sep, "/")
    if pattern and os.path.isdir(root / pattern):
        yield f"{pattern.rstrip('/')}/*.vkd"
        yield f"{pattern.rstrip('/')}/**/*.vkd"
    missing = _missing_folder(pattern, root)
    if missing:
        from vkd_catalog.suggest import nearest

        above, _, name = missing.rpartition("/")
        for near in nearest(name, _folders_in(root / above), 2):
            yield f"{f'{above}/' if above else ''}{near}{pattern[len(missing) :]}"
    elif pattern.endswith("/*.vkd") and "**" not in pattern:
        yield f"{pattern.removesuffix('*.vkd')}**/*.vkd"


def _folders_in(folder: Path) -> tuple[str, ...]:
    try:
        with os.scandir(folder) as entries:
            return tuple(sorted(entry.name for entry in entries if entry.is_dir() and entry.name[0] != "."))
    except OSError:
        return ()


def _adding(context: Context) -> Iterator[Fix]:
    """Lets `include` name the folder of a file, or the file itself where it is not called as products are."""
    folder, _, name = context.path.rpartition("/")
    wanted = f"{f'{as_pattern(folder)}/' if folder else ''}{'*.vkd' if name.endswith('.vkd') else as_pattern(name)}"
    entry = _include(context)
    file = context.catalogue.configuration.file
    if entry is not None and file is not None and not context.path.startswith(".."):
        said = _as_toml(wanted)
        end = entry.values[-1].end if entry.values else entry.last._replace(column=entry.last.column - 1)
        edit = TextEdit(file.name, end, end, f", {said}" if entry.values else said)
        yield Fix(context.say(_ADD, pattern=context.quoted(wanted)), (edit,))


def _include(context: Context) -> Entry | None:
    """Where `include` is stated as a list in the `vkd.toml`; None where it is not, or cannot be read."""
    from vkd_catalog.files import read_file
    from vkd_catalog.toml import read_toml
    from vkd_grammar.text import decode, split_lines

    file = context.catalogue.configuration.file
    try:
        text = decode(read_file(file))[0] if file else ""
    except OSError:
        return None
    entries = read_toml(split_lines(text)).entries
    return next((one for one in entries if one.path == ("products", "include") and one.shape == "list"), None)


def _as_toml(text: str) -> str:
    from vkd_catalog.toml import as_text

    return as_text(text)


RULE = Rule(
    code="VKD405",
    title=Texts(
        "Produktfil som include ikke nevner, eller mønster som ikke fører til noen fil",
        "Produktfil som include inte nämner, eller mönster som inte leder till någon fil",
        "Produktfil, som include ikke nævner, eller mønster, der ikke fører til nogen fil",
        "Product file that include does not name, or pattern that names no file",
    ),
    reason=Texts(
        "Bare det som include i vkd.toml nevner, blir søkt i. Et produkt utenfor finnes ikke for den som spør.",
        "Bara det som include i vkd.toml nämner genomsöks. En produkt utanför finns inte för den som frågar.",
        "Kun det, som include i vkd.toml nævner, gennemsøges. Et produkt udenfor findes ikke for den, der spørger.",
        "Only what include in vkd.toml names is searched. A product outside it does not exist for those who ask.",
    ),
    example=Example(
        bad=(
            "0 / Produktbeskrivelse / eksempel / data=F:ft70-person.csv; doc=P:ft70.md; form=csv; access=closed\n"
            "1 / Personer / Personreg.nov.70 / Yrke / 19701101 / .\n"
        ),
        good=("0 / Etterspørselsbeskrivelse / den som spør\n1 / Personer / Personreg.nov.70 / Yrke / 19701101 / .\n"),
        file="nye/eksempel.vkd",
    ),
    message=_message,
    fixes=_fixes,
    check=_check,
)
