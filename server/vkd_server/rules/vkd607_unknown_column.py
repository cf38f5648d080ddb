"""VKD607: vocabulary: column that is not known, and not read."""

from vkd_catalog.problems import UnknownColumn
from vkd_grammar.syntax import Problem
from vkd_grammar.words import fold
from vkd_server.rules.rule import Context, Example, Fix, Rule
from vkd_server.rules.shared.edits import write

_WITH_LANGUAGE = ("prefLabel", "altLabel", "definition")
_NEAR = 0.8
"""How alike two names are, of 1, where one can be taken for a slip of the other: kindd and kind, not Kilde and kind."""


def _message(problem: Problem, context: Context) -> str:
    column = problem.of(UnknownColumn).column
    return context.say("VKD607.unknown", column=context.quoted(column)) if column else context.say("VKD607.nameless")


def _fixes(problem: Problem, context: Context) -> tuple[Fix, ...]:
    column, free = problem.of(UnknownColumn)
    if not column:
        return ()
    from vkd_catalog.vocabulary.sheet import sheet_of

    sheet = sheet_of(context.lines)
    languages = dict.fromkeys((context.catalogue.language, *_languages(context)))
    names = (*free, *(f"{kind}@{language}" for language in languages for kind in _WITH_LANGUAGE))
    had = {sheet.said(cell) for cell in sheet.cells(sheet.header)}
    near = sorted((-_likeness(column, name), name) for name in names if name not in had)
    own = f"x-{column}"
    fixes = [write(sheet.as_cell(name), problem, context) for likeness, name in near[:2] if -likeness >= _NEAR]
    return (*fixes, *((write(sheet.as_cell(own), problem, context),) if own not in had else ()))


def _languages(context: Context) -> tuple[str, ...]:
    """The languages of the other columns."""
    files = context.catalogue.vocabularies.files
    return tuple(
        name.partition("@")[2] for file in files if file.path == context.path for name in file.columns if "@" in name
    )


def _likeness(one: str, other: str) -> float:
    from difflib import SequenceMatcher

    return SequenceMatcher(None, fold(one).replace(" ", ""), fold(other), autojunk=False).ratio()


RULE = Rule(
    code="VKD607",
    level="warning",
    example=Example(
        bad="code,prefLabel@nb,from,to,Merknad\nT1,Folketellingen 1960,19601101,19601101,Den tredje\n",
        good="code,prefLabel@nb,from,to,x-Merknad\nT1,Folketellingen 1960,19601101,19601101,Den tredje\n",
        file="vocabulary/times.csv",
    ),
    message=_message,
    fixes=_fixes,
)
