"""VKD105: word and code name different concepts."""

from collections.abc import Iterator

from vkd_grammar.syntax import Problem
from vkd_server.rules.edits import spelled, vocabulary_of, write
from vkd_server.rules.listed_words import listed_in
from vkd_server.rules.rule import Context, Example, Fix, Rule
from vkd_server.rules.wording import all_of


def _message(problem: Problem, context: Context) -> str:
    concepts = vocabulary_of(problem, context).concepts
    code = str(problem.fact("code"))
    words = [f"{context.quoted(concepts[had].label(context.language))} [{had}]" for had in _codes(problem)]
    return context.say(
        "VKD105.message" if words else "VKD105.unknown",
        word=context.quoted(problem.fact("word")),
        concepts=all_of(words, context.language) if words else "",
        code=code,
        meant=context.quoted(concepts[code].label(context.language)),
    )


def _fixes(problem: Problem, context: Context) -> tuple[Fix, ...]:
    return tuple(_each_fix(problem, context))


def _each_fix(problem: Problem, context: Context) -> Iterator[Fix]:
    listed = listed_in(problem, context)
    if listed:
        yield from (listed.fix,) if listed.fix else ()
        return
    vocabulary = vocabulary_of(problem, context)
    code = str(problem.fact("code"))
    text = context.text_of(problem)
    bracket = text.rindex("[")
    codes = _codes(problem)
    if len(codes) == 1:
        end_of_word = problem.start + len(text[:bracket].rstrip())
        yield Fix(context.say("VKD105.without"), (context.edit(problem.row, end_of_word, problem.end, ""),))
    else:
        for had in codes:
            edit = context.edit(problem.row, problem.start + bracket, problem.end, f"[{had}]")
            yield Fix(context.say("VKD105.code", code=had), (edit,))
    yield write(spelled(vocabulary.concepts[code], vocabulary, context.language), problem, context)


def _codes(problem: Problem) -> tuple[str, ...]:
    codes = problem.fact("codes")
    return codes if isinstance(codes, tuple) else ()


RULE = Rule(
    code="VKD105",
    example=Example(
        bad=("0 / Etterspørselsbeskrivelse / bruker\n1 / Personer / Personreg.nov.70 / Yrke [K7] / 19701101 / .\n"),
        good=("0 / Etterspørselsbeskrivelse / bruker\n1 / Personer / Personreg.nov.70 / Yrke [K5] / 19701101 / .\n"),
    ),
    message=_message,
    fixes=_fixes,
)
