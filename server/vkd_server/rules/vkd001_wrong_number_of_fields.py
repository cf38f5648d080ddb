"""VKD001: wrong number of fields."""

from collections.abc import Iterator

from vkd_catalog.languages import counted
from vkd_grammar.kinds import header_type
from vkd_grammar.problems import WrongFieldCount
from vkd_grammar.sentences import OPERATORS
from vkd_grammar.syntax import NUMBER, OPERATOR, TIME, Field, Problem
from vkd_server.rules.rule import Context, Example, Fix, Rule
from vkd_server.rules.shared.edits import sentence_at, write
from vkd_server.rules.shared.meant_times import meant_times

_MOST_SLASHES_IN_A_TIME = 2


def _message(problem: Problem, context: Context) -> str:
    fields, expected = problem.of(WrongFieldCount)
    texts = "VKD001.header" if expected == 3 else "VKD001.few" if fields < 6 else "VKD001.many"
    return context.say(texts, fields=counted("VKD001.fields", fields, context.language))


def _fixes(problem: Problem, context: Context) -> tuple[Fix, ...]:
    sentence = sentence_at(problem.row, context)
    fields = sentence.fields if sentence else ()
    if not fields:
        return ()
    if len(fields) < OPERATOR and header_type(fields[NUMBER].word):
        return (_with_number("0", problem, context),)
    number = 1 + next(place for place, had in enumerate(context.coded.description.sentences) if had.row == problem.row)
    if len(fields) == OPERATOR and fields[NUMBER].kind != "number" and fields[-1].text in OPERATORS:
        return (_with_number(str(number), problem, context),)
    if any(header_type(field.text) for field in fields):
        # A header whose number is none: what it lacks is no operator.
        return ()
    if len(fields) == OPERATOR and fields[NUMBER].kind == "number" and fields[-1].text not in OPERATORS:
        last = problem.row == context.coded.description.sentences[-1].row
        operator = "." if last else "O"
        title = context.say("VKD001.add-operator", text=context.quoted(operator))
        return (Fix(title, (context.edit(problem.row, problem.end, problem.end, f" / {operator}"),)),)
    if len(fields) > OPERATOR + 1:
        return (*_time_in_one(fields, problem, context), *_escapes(fields, problem, context))
    return ()


def _with_number(number: str, problem: Problem, context: Context) -> Fix:
    title = context.say("VKD001.add-number", number=number)
    return Fix(title, (context.edit(problem.row, problem.start, problem.start, f"{number} / "),))


def _time_in_one(fields: tuple[Field, ...], problem: Problem, context: Context) -> Iterator[Fix]:
    """A time with slashes in it, as `2019/2020` and `1/11/1970`, written without them; an operator must follow it."""
    last = TIME + len(fields) - (OPERATOR + 1)
    if fields[-1].text not in OPERATORS:
        return
    if last < len(fields) - 1 and last - TIME <= _MOST_SLASHES_IN_A_TIME:
        start, end = fields[TIME].start, fields[last].end
        for time in meant_times(context.lines[problem.row][start:end]):
            yield write(time, problem._replace(start=start, end=end), context)


def _escapes(fields: tuple[Field, ...], problem: Problem, context: Context) -> tuple[Fix, ...]:
    if len(fields) == OPERATOR + 2:
        return tuple(
            Fix(context.say("VKD001.escape"), (context.edit(problem.row, slash, slash, "\\"),))
            for slash in _slashes_in_words(fields, problem, context)
        )
    return ()


def _slashes_in_words(fields: tuple[Field, ...], problem: Problem, context: Context) -> list[int]:
    """The indices of slashes that belong to a word: the two fields beside each are together a word of the first one's
    vocabulary."""
    line = context.lines[problem.row]
    return [
        line.index("/", fields[place].end)
        for place, vocabulary in enumerate(context.vocabularies.four, start=1)
        if vocabulary.named(line[fields[place].start : fields[place + 1].end])
    ]


RULE = Rule(
    code="VKD001",
    level="error",
    example=Example(
        bad=(
            "0 / Etterspørselsbeskrivelse / bruker\n"
            "1 / Personer / Personreg.nov.70 / Yrke / O\n"
            '2 / " / " / Alder / 19701101 / .\n'
        ),
        good=(
            "0 / Etterspørselsbeskrivelse / bruker\n"
            "1 / Personer / Personreg.nov.70 / Yrke / 19701101 / O\n"
            '2 / " / " / Alder / " / .\n'
        ),
    ),
    message=_message,
    fixes=_fixes,
)
