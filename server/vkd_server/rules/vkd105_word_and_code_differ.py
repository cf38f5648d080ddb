"""VKD105: word and code name different concepts."""

from collections.abc import Iterator

from vkd_catalog.problems import WordBesideCode
from vkd_grammar.syntax import Problem
from vkd_server.rules.rule import Context, Example, Fix, Rule
from vkd_server.rules.shared.edits import spelled, write
from vkd_server.rules.shared.listed_words import listed_in
from vkd_server.rules.shared.wording import all_of


def _message(problem: Problem, context: Context) -> str:
    facts = problem.of(WordBesideCode)
    concepts = context.vocabulary(facts.vocabulary).concepts
    words = [f"{context.quoted(concepts[had].label(context.language))} [{had}]" for had in facts.codes]
    return context.say(
        "VKD105.message" if words else "VKD105.unknown",
        word=context.quoted(facts.word),
        concepts=all_of(words, context.language) if words else "",
        code=facts.code,
        meant=context.quoted(concepts[facts.code].label(context.language)),
    )


def _fixes(problem: Problem, context: Context) -> tuple[Fix, ...]:
    return tuple(_each_fix(problem, context))


def _each_fix(problem: Problem, context: Context) -> Iterator[Fix]:
    facts = problem.of(WordBesideCode)
    vocabulary = context.vocabulary(facts.vocabulary)
    listed = listed_in(vocabulary, problem, context)
    if listed:
        yield from (listed.fix,) if listed.fix else ()
        return
    text = context.text_of(problem)
    bracket = text.rindex("[")
    if len(facts.codes) == 1:
        end_of_word = problem.start + len(text[:bracket].rstrip())
        yield Fix(context.say("VKD105.without"), (context.edit(problem.row, end_of_word, problem.end, ""),))
    else:
        for had in facts.codes:
            edit = context.edit(problem.row, problem.start + bracket, problem.end, f"[{had}]")
            yield Fix(context.say("VKD105.code", code=had), (edit,))
    yield write(spelled(vocabulary.concepts[facts.code], vocabulary, context.language), problem, context)


RULE = Rule(
    code="VKD105",
    level="warning",
    example=Example(
        bad=("0 / Etterspørselsbeskrivelse / bruker\n1 / Personer / Personreg.nov.70 / Yrke [K7] / 19701101 / .\n"),
        good=("0 / Etterspørselsbeskrivelse / bruker\n1 / Personer / Personreg.nov.70 / Yrke [K5] / 19701101 / .\n"),
    ),
    message=_message,
    fixes=_fixes,
)
