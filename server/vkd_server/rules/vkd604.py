"""VKD604: vocabulary: row or column that cannot be read."""

import re
from collections.abc import Iterator

from vkd_catalog.languages import counted
from vkd_grammar.syntax import Problem
from vkd_grammar.text import Position
from vkd_server.rules.edits import write
from vkd_server.rules.meant_times import meant_times
from vkd_server.rules.rule import Context, Example, Fix, Rule, TextEdit
from vkd_server.rules.wording import any_of

_SEPARATORS = {
    ",": "comma",
    ";": "semicolon",
    "\t": "tab",
}


_FORMULA = re.compile(r'="?([^"]*)"?|\'(.*)')


def _message(problem: Problem, context: Context) -> str:
    known = problem.fact("known")
    values = known if isinstance(known, tuple) else ()
    header, reason = problem.fact("header"), str(problem.fact("reason"))
    return context.say(
        f"VKD604.{reason}",
        column=context.quoted(problem.fact("column") or context.path),
        value=context.quoted(problem.fact("value")),
        known=any_of(values, context.language) if values else "",
        count=problem.fact("count"),
        cells=counted("VKD604.cells", int(str(problem.fact("count") or 0)), context.language),
        expected=problem.fact("expected"),
        start=problem.fact("from"),
        end=problem.fact("to"),
        why=context.say(f"unread.{problem.fact('why')}") if reason == "file" else "",
        encoding=problem.fact("encoding"),
        header=header + 1 if isinstance(header, int) else "",
        longest=problem.fact("longest"),
        character=_character(problem, context),
        other=_separator(problem.fact("separator"), context),
        separator=_separator(problem.fact("expected"), context) or _separator(_separator_of(context), context),
    )


def _character(problem: Problem, context: Context) -> str:
    """How a character that cannot be shown is named."""
    character = str(problem.fact("character") or " ")
    return context.say("VKD604.line-break") if character in "\r\n" else f"U+{ord(character):04X}"


def _separator(mark: object, context: Context) -> str:
    return (
        context.say(f"VKD604.separators.{_SEPARATORS[mark]}") if isinstance(mark, str) and mark in _SEPARATORS else ""
    )


def _separator_of(context: Context) -> str:
    from vkd_catalog.vocabulary.sheet import sheet_of

    return sheet_of(context.lines).separator


def _fixes(problem: Problem, context: Context) -> tuple[Fix, ...]:
    reason = str(problem.fact("reason"))
    if reason == "preamble":
        end = problem.fact("header")
        return (_removal("VKD604.remove-above", problem.row, end, context),) if isinstance(end, int) else ()
    if reason == "header-again":
        return (_removal("VKD604.remove-row", problem.row, problem.row + 1, context),)
    value = str(problem.fact("value"))
    if reason == "code":
        return tuple(write(code, problem, context) for code in _codes_in(value))
    if reason == "day":
        return tuple(write(time, problem, context) for time in meant_times(value))
    known = problem.fact("known")
    if not isinstance(known, tuple):
        return ()
    from vkd_catalog.suggest import nearest

    return tuple(write(near, problem, context) for near in nearest(value, known, 2))


def _removal(title: str, first: int, after: int, context: Context) -> Fix:
    return Fix(context.say(title), (TextEdit(context.path, Position(first, 0), Position(after, 0), ""),))


def _codes_in(value: str) -> Iterator[str]:
    """The code that a spreadsheet's mark for text, or its decimal comma, hides."""
    from vkd_catalog.vocabulary.columns import CODE

    match = _FORMULA.fullmatch(value)
    code = ((match[1] or match[2] or "") if match else value).strip().replace(",", ".")
    if code != value and CODE.fullmatch(code):
        yield code


RULE = Rule(
    code="VKD604",
    example=Example(
        bad=("code,prefLabel@nb,from,to\nT1,Folketellingen 1960,1/11 1960,19601101\n"),
        good=("code,prefLabel@nb,from,to\nT1,Folketellingen 1960,19601101,19601101\n"),
        file="vocabulary/times.csv",
    ),
    message=_message,
    fixes=_fixes,
)
