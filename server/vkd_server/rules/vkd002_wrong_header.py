"""VKD002: a header of unknown type, a sentence without a header, a header without sentences."""

from collections.abc import Iterator
from pathlib import PurePath

from vkd_grammar.escapes import escape
from vkd_grammar.kinds import HEADER_TYPES, Kind, header_type
from vkd_grammar.problems import WrongHeader
from vkd_grammar.syntax import NUMBER, Problem
from vkd_grammar.text import content
from vkd_server.rules.rule import Context, Example, Fix, Rule
from vkd_server.rules.shared.edits import write
from vkd_server.rules.shared.wording import any_of

_ANYTHING = "1 / - / - / - / - / ."
"""The sentence of a demand that has yet to be written: it asks for anything."""

_LONGEST_COMMENT = 1000
"""Lines of plain words that become the comment of a description; more of them are no comment."""


def _message(problem: Problem, context: Context) -> str:
    own = [had.word for had in HEADER_TYPES if context.language in had.languages]
    reason, word = problem.of(WrongHeader)
    return context.say(
        f"VKD002.{reason}",
        word=context.quoted(word),
        known=any_of([context.quoted(word) for word in own], context.language),
        opening=any_of([f"0 / {_type(kind, context)} / …" for kind in _kinds(context)], context.language),
    )


def _fixes(problem: Problem, context: Context) -> tuple[Fix, ...]:
    reason, word = problem.of(WrongHeader)
    if reason == "no-header":
        return tuple(_openings(problem, context))
    if reason == "plain-words":
        return tuple(_description_of(problem, context))
    if reason != "type":
        return ()
    from vkd_catalog.suggest import nearest

    near = nearest(word, [had.word for had in HEADER_TYPES], 2)
    return tuple(write(type_word, problem, context) for type_word in near)


def _openings(problem: Problem, context: Context) -> Iterator[Fix]:
    """The fixes that insert a header above a sentence; or the number 0, where a header lacks only that."""
    first = context.coded.description.sentences[0].fields
    if header_type(first[NUMBER].word):
        yield Fix(context.say("VKD002.number"), (context.edit(problem.row, problem.start, problem.start, "0 / "),))
        return
    for kind in _kinds(context):
        opening = _opening(kind, context)
        edit = context.edit(problem.row, 0, 0, opening + _end_of(context.lines[problem.row]))
        yield Fix(context.say("VKD002.open", line=context.quoted(opening)), (edit,))


def _description_of(problem: Problem, context: Context) -> Iterator[Fix]:
    """A fix that inserts a demand whose comment is the text that is no description, to be filled in by its author."""
    rows = [sentence.row for sentence in context.coded.description.sentences]
    if len(rows) > _LONGEST_COMMENT or "demand" not in _kinds(context):
        return
    opening, last = _opening("demand", context), context.lines[rows[-1]]
    end, length = _end_of(last), len(content(last))
    edits = [context.edit(row, 0, 0, "# ") for row in rows]
    edits.append(context.edit(rows[-1], length, length, f"{end}{opening}{end}{_ANYTHING}"))
    yield Fix(context.say("VKD002.open", line=context.quoted(opening)), tuple(edits))


def _kinds(context: Context) -> tuple[Kind, ...]:
    """The kinds of description that a text without a header may be, the likelier first.

    Where somebody leaves a field open or joins lines by more than O, it can only be a demand.
    """
    said = [field for sentence in context.coded.description.sentences for field in sentence.fields[NUMBER + 1 :]]
    if any(field.kind == "dont-care" or (field.kind == "operator" and field.text in "EN") for field in said):
        return ("demand",)
    of_products = any(map(PurePath(context.path).match, context.catalogue.configuration.products))
    return ("product", "demand") if of_products else ("demand", "product")


def _type(kind: Kind, context: Context) -> str:
    return next(had.word for had in HEADER_TYPES if had.kind == kind and context.language in had.languages)


def _opening(kind: Kind, context: Context) -> str:
    """The text of a header with the file's name as identification."""
    return f"0 / {_type(kind, context)} / {escape(PurePath(context.path).stem) or '…'}"


def _end_of(line: str) -> str:
    return line[len(content(line)) :] or "\n"


RULE = Rule(
    code="VKD002",
    level="error",
    example=Example(
        bad=("0 / Spørsmål / bruker\n1 / Personer / Personreg.nov.70 / Yrke / 19701101 / .\n"),
        good=("0 / Etterspørselsbeskrivelse / bruker\n1 / Personer / Personreg.nov.70 / Yrke / 19701101 / .\n"),
    ),
    message=_message,
    fixes=_fixes,
)
