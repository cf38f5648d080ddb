"""VKD604: vocabulary: row or column that cannot be read."""

import re
from collections.abc import Iterator

from vkd_catalog.languages import counted
from vkd_catalog.problems import UnreadableTable
from vkd_grammar.syntax import Problem
from vkd_grammar.text import Position
from vkd_server.rules.rule import Context, Example, Fix, Rule, TextEdit
from vkd_server.rules.shared.edits import write
from vkd_server.rules.shared.meant_times import meant_times
from vkd_server.rules.shared.wording import any_of

_SEPARATORS = {
    ",": "comma",
    ";": "semicolon",
    "\t": "tab",
}


_FORMULA = re.compile(r'="?([^"]*)"?|\'(.*)')


def _message(problem: Problem, context: Context) -> str:
    facts = problem.of(UnreadableTable)
    return context.say(
        f"VKD604.{facts.reason}",
        column=context.quoted(facts.column or context.path),
        value=context.quoted(facts.value),
        known=any_of(facts.known, context.language) if facts.known else "",
        count=facts.rows,
        cells=counted("VKD604.cells", facts.cells, context.language),
        expected=facts.expected,
        start=facts.start,
        end=facts.end,
        why=context.say(f"unread.{facts.why}") if facts.why else "",
        encoding=facts.encoding,
        header=facts.header + 1,
        longest=facts.longest,
        character=_character(facts.character, context) if facts.character else "",
        other=_separator(facts.other, context),
        separator=_separator(facts.separator or _separator_of(context), context),
    )


def _character(character: str, context: Context) -> str:
    """The name of a character that cannot be shown."""
    return context.say("VKD604.line-break") if character in "\r\n" else f"U+{ord(character):04X}"


def _separator(mark: str, context: Context) -> str:
    return context.say(f"VKD604.separators.{_SEPARATORS[mark]}") if mark in _SEPARATORS else ""


def _separator_of(context: Context) -> str:
    from vkd_catalog.vocabulary.sheet import sheet_of

    return sheet_of(context.lines).separator


def _fixes(problem: Problem, context: Context) -> tuple[Fix, ...]:
    facts = problem.of(UnreadableTable)
    if facts.reason == "preamble":
        return (_removal("VKD604.remove-above", problem.row, facts.header, context),)
    if facts.reason == "header-again":
        return (_removal("VKD604.remove-row", problem.row, problem.row + 1, context),)
    if facts.reason == "code":
        return tuple(write(code, problem, context) for code in _codes_in(facts.value))
    if facts.reason == "day":
        # A cell holds a day, which no series is.
        return tuple(write(time, problem, context) for time in meant_times(facts.value) if ":" not in time)
    if not facts.known:
        return ()
    from vkd_catalog.suggest import nearest

    return tuple(write(near, problem, context) for near in nearest(facts.value, facts.known, 2))


def _removal(title: str, first: int, after: int, context: Context) -> Fix:
    return Fix(context.say(title), (TextEdit(context.path, Position(first, 0), Position(after, 0), ""),))


def _codes_in(value: str) -> Iterator[str]:
    """The codes that a cell may have held before a spreadsheet added its mark for text or a decimal comma."""
    from vkd_catalog.vocabulary.columns import CODE

    match = _FORMULA.fullmatch(value)
    code = ((match[1] or match[2] or "") if match else value).strip().replace(",", ".")
    if code != value and CODE.fullmatch(code):
        yield code


RULE = Rule(
    code="VKD604",
    level="error",
    example=Example(
        bad=("code,prefLabel@nb,from,to\nT1,Folketellingen 1960,1/11 1960,19601101\n"),
        good=("code,prefLabel@nb,from,to\nT1,Folketellingen 1960,19601101,19601101\n"),
        file="vocabulary/times.csv",
    ),
    message=_message,
    fixes=_fixes,
)
