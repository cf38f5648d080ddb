"""VKD701: column of a sentence is missing in the data."""

from __future__ import annotations

import re

from vkd_catalog.problems import MissingColumn
from vkd_grammar.syntax import Entry, Problem
from vkd_grammar.technical import key_named
from vkd_server.rules.rule import Context, Example, Fix, Rule, TextEdit

_IN_COLUMNS = re.compile(r"[^,;=/\\\[\]\s](?:[^,;=/\\\[\]\r\n]*[^,;=/\\\[\]\s])?")
"""What can stand in `columns` as it is."""


def _message(problem: Problem, context: Context) -> str:
    facts = problem.of(MissingColumn)
    files = context.say("VKD701.files", count=facts.files, all=facts.all) if facts.all > 1 else ""
    key = "VKD701.classes" if facts.is_class else "VKD701.message"
    word = context.quoted(facts.word)
    return context.say(key, file=context.quoted(facts.file), word=word, plain=facts.word, files=files)


def _fixes(problem: Problem, context: Context) -> tuple[Fix, ...]:
    facts = problem.of(MissingColumn)
    if not _IN_COLUMNS.fullmatch(facts.word):
        return ()
    from vkd_catalog.suggest import nearest

    free = [column for column in facts.near if _IN_COLUMNS.fullmatch(column)]
    # Where one column alone is left over it is likely enough, whatever it is called.
    near = nearest(facts.word, free, 3) or (free if len(free) == 1 else [])
    return tuple(fix for column in near if (fix := _stating(column, facts.word, context)) is not None)


def _stating(column: str, word: str, context: Context) -> Fix | None:
    """The fix that says in `columns` which column a word is."""
    header = context.coded.description.header
    entries = [entry for entry in header.entries if entry.value] if header else []
    if not entries:
        return None
    title = context.say("VKD701.state", column=context.quoted(column), word=context.quoted(word))
    stated = next((entry for entry in entries if _is_columns(entry)), None)
    entry = stated or entries[-1]
    end = entry.value.end if entry.value else entry.key.end
    text = f", {column}={word}" if stated else f"; columns={column}={word}"
    return Fix(title, (_inserted(entry.row, end, text, context),))


def _is_columns(entry: Entry) -> bool:
    key = key_named(entry.key.text)
    return key is not None and key.name == "columns"


def _inserted(row: int, column: int, text: str, context: Context) -> TextEdit:
    return context.edit(row, column, column, text)


RULE = Rule(
    code="VKD701",
    level="error",
    example=Example(
        bad=(
            "0 / Produktbeskrivelse / eksempel / data=archive/eksempel.csv; doc=P:ft70.md; form=csv; access=closed\n"
            "1 / Personer / Personreg.nov.70 / Kjønn   / 19701101 / O\n"
            '2 / "        / "                / Inntekt / "        / .\n'
        ),
        good=(
            "0 / Produktbeskrivelse / eksempel / data=archive/whole.csv; doc=P:ft70.md; form=csv; access=closed\n"
            "    ; columns=INNT=Inntekt\n"
            "1 / Personer / Personreg.nov.70 / Kjønn   / 19701101 / O\n"
            '2 / "        / "                / Inntekt / "        / .\n'
        ),
        beside=(
            ("archive/eksempel.csv", "Kjønn\n1\n2\n"),
            ("archive/whole.csv", "Kjønn,INNT\n1,52000\n2,63000\n"),
        ),
    ),
    message=_message,
    fixes=_fixes,
)
