"""VKD405: product file that `include` does not name; `include` pattern that names no file."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from vkd_catalog.folders import as_pattern, matches
from vkd_grammar.problems import at_field
from vkd_grammar.syntax import Problem
from vkd_server.rules.rule import Context, Example, Fix, Rule, TextEdit
from vkd_server.rules.shared.wording import all_of

if TYPE_CHECKING:
    from vkd_catalog.toml import Entry
    from vkd_catalog.toml import Path as Keys


_INCLUDES: tuple[Keys, ...] = (("products", "include"), ("documents", "include"))


class NotIncluded(NamedTuple):
    """The pattern that leads to no file, and how those files end; None where it is a file that no pattern leads to."""

    pattern: str | None
    ending: str = ".vkd"


def patterns_without_files(lines: Sequence[str], root: Path) -> Iterator[Problem]:
    """The patterns of `include` in a `vkd.toml`, given by its lines, that lead to no file below `root`."""
    from vkd_catalog.toml import read_toml

    for entry in read_toml(lines).entries:
        if entry.path in _INCLUDES and entry.shape == "list":
            for value in entry.values:
                if value.is_text and not matches(root, value.text):
                    (row, start), end = value.start, value.end.column
                    ending = ".md" if entry.path[0] == "documents" else ".vkd"
                    yield Problem("VKD405", row, start, end, NotIncluded(value.text, ending))


def _check(context: Context) -> Iterator[Problem]:
    header = context.coded.description.header
    catalogue = context.catalogue
    if header is None or context.coded.kind != "product" or catalogue.configuration.file is None:
        return
    # What is not saved, or came by another way, is no file yet that a pattern could name.
    if not catalogue.includes(context.path) and context.exists(os.path.join(catalogue.root, context.path)):
        yield at_field(header.row, header.fields[2], "VKD405", NotIncluded(None))


def _message(problem: Problem, context: Context) -> str:
    pattern, ending = problem.of(NotIncluded)
    if pattern is None:
        patterns = [context.quoted(pattern) for pattern in context.catalogue.configuration.products]
        said = all_of(patterns, context.language) if patterns else context.say("VKD405.empty")
        return context.say("VKD405.outside", patterns=said)
    why, facts = _why(pattern, ending, context.catalogue.root)
    said = context.say(f"VKD405.why.{why}", **{name: context.quoted(fact) for name, fact in facts.items()})
    return context.say("VKD405.nothing", pattern=context.quoted(pattern), why=said)


def _why(pattern: str, ending: str, root: Path) -> tuple[str, dict[str, str]]:
    """The likeliest reason why a pattern leads to no file: the name of its text, and the values in that."""
    if "\\" in pattern:
        return "backslash", {}
    if pattern.startswith("~") or "$" in pattern or pattern.count("%") > 1:
        return "filled-in", {}
    if pattern and os.path.isdir(root / pattern):
        return "folder", {"instead": f"{pattern.rstrip('/')}/**/*{ending}"}
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
    (pattern, ending), root = problem.of(NotIncluded), context.catalogue.root
    if pattern is None:
        return tuple(_adding(context))
    return tuple(
        Fix(context.say("VKD405.write", text=context.quoted(instead)), (context.replacing(problem, _as_toml(instead)),))
        for instead in dict.fromkeys(_instead(pattern, ending, root))
        if instead != pattern and matches(root, instead)
    )


def _instead(pattern: str, ending: str, root: Path) -> Iterator[str]:
    """Patterns that may have been meant; only those that lead to files."""
    if "\\" in pattern:
        yield pattern.replace("\\", "/")
    filled = os.path.expandvars(os.path.expanduser(pattern))
    if filled != pattern:
        yield os.path.relpath(filled, root).replace(os.sep, "/")
    if pattern and os.path.isdir(root / pattern):
        yield f"{pattern.rstrip('/')}/*{ending}"
        yield f"{pattern.rstrip('/')}/**/*{ending}"
    missing = _missing_folder(pattern, root)
    if missing:
        from vkd_catalog.suggest import nearest

        above, _, name = missing.rpartition("/")
        for near in nearest(name, _folders_in(root / above), 2):
            yield f"{f'{above}/' if above else ''}{near}{pattern[len(missing) :]}"
    elif pattern.endswith(f"/*{ending}") and "**" not in pattern:
        yield f"{pattern.removesuffix(f'*{ending}')}**/*{ending}"


def _folders_in(folder: Path) -> tuple[str, ...]:
    try:
        with os.scandir(folder) as entries:
            return tuple(sorted(entry.name for entry in entries if entry.is_dir() and entry.name[0] != "."))
    except OSError:
        return ()


def _adding(context: Context) -> Iterator[Fix]:
    """The fixes that add to `include` the folder of a file, or the file itself where its name is not that of a product
    file."""
    folder, _, name = context.path.rpartition("/")
    wanted = f"{f'{as_pattern(folder)}/' if folder else ''}{'*.vkd' if name.endswith('.vkd') else as_pattern(name)}"
    entry = _include(context)
    file = context.catalogue.configuration.file
    if entry is not None and file is not None and not context.path.startswith(".."):
        said = _as_toml(wanted)
        end = entry.values[-1].end if entry.values else entry.last._replace(column=entry.last.column - 1)
        edit = TextEdit(file.name, end, end, f", {said}" if entry.values else said)
        yield Fix(context.say("VKD405.add", pattern=context.quoted(wanted)), (edit,))


def _include(context: Context) -> Entry | None:
    """The entry of `include` in the `vkd.toml`; None where it is not stated as a list, or cannot be read."""
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
    level="warning",
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
