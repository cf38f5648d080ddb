"""VKD001: wrong number of fields."""

from collections.abc import Iterator

from vkd_catalog.languages import Counted, Texts
from vkd_grammar.kinds import header_type
from vkd_grammar.syntax import NUMBER, OPERATOR, TIME, Field, Problem
from vkd_server.rules.edits import sentence_at, write
from vkd_server.rules.meant_times import meant_times
from vkd_server.rules.rule import Context, Example, Fix, Rule

_FIELDS = Counted(
    Texts("{count} felt", "{count} fält", "{count} felt", "{count} field"),
    Texts("{count} felt", "{count} fält", "{count} felter", "{count} fields"),
)
_FEW = Texts(
    "Linjen har {fields}. En setning har seks: linjenummer / objekttype / navn / kjennemerke / tid / operator.",
    "Raden har {fields}. En sats har sex: radnummer / objekttyp / namn / kännetecken / tid / operator.",
    "Linjen har {fields}. En sætning har seks: linjenummer / objekttype / navn / kendetegn / tid / operator.",
    ("The line has {fields}. A sentence has six: line number / object type / name / characteristic / time / operator."),
)
_MANY = Texts(
    "Linjen har {fields}, en setning har seks. En skråstrek som hører til et ord, skrives \\/.",
    "Raden har {fields}, en sats har sex. Ett snedstreck som hör till ett ord skrivs \\/.",
    "Linjen har {fields}, en sætning har seks. En skråstreg, der hører til et ord, skrives \\/.",
    "The line has {fields}, a sentence has six. A slash that belongs to a word is written \\/.",
)
_HEADER = Texts(
    "Første linje har {fields}. Den skal være: 0 / type / identifikasjon, og så eventuelt / tekniske data.",
    "Inledande raden har {fields}. Den ska vara: 0 / typ / identifikation, och sedan eventuellt / tekniska data.",
    "Første linje har {fields}. Den skal være: 0 / type / identifikation, og så eventuelt / tekniske data.",
    "The header has {fields}. It should be: 0 / type / identification, then / technical data if any.",
)
_ADD_OPERATOR = Texts(
    "Legg til operatoren {text}", "Lägg till operatorn {text}", "Tilføj operatoren {text}", "Add the operator {text}"
)
_ADD_NUMBER = Texts(
    "Legg til linjenummeret {number}",
    "Lägg till radnumret {number}",
    "Tilføj linjenummeret {number}",
    "Add the line number {number}",
)
_ESCAPE = Texts(
    "Skriv skråstreken som \\/", "Skriv snedstrecket som \\/", "Skriv skråstregen som \\/", "Write the slash as \\/"
)

_MOST_SLASHES_IN_A_TIME = 2


def _message(problem: Problem, context: Context) -> str:
    count = int(str(problem.fact("count")))
    texts = _HEADER if problem.fact("expected") == 3 else _FEW if count < 6 else _MANY
    return context.say(texts, fields=_FIELDS.in_language(context.language, count))


def _fixes(problem: Problem, context: Context) -> tuple[Fix, ...]:
    sentence = sentence_at(problem.row, context)
    fields = sentence.fields if sentence else ()
    if not fields:
        return ()
    if len(fields) < OPERATOR and header_type(fields[NUMBER].word):
        return (_with_number("0", problem, context),)
    number = 1 + next(place for place, had in enumerate(context.coded.description.sentences) if had.row == problem.row)
    if len(fields) == OPERATOR and fields[NUMBER].kind != "number" and fields[-1].text in ("O", "E", "N", "."):
        return (_with_number(str(number), problem, context),)
    if len(fields) == OPERATOR and fields[NUMBER].kind == "number" and fields[-1].text not in ("O", "E", "N", "."):
        last = problem.row == context.coded.description.sentences[-1].row
        operator = "." if last else "O"
        title = context.say(_ADD_OPERATOR, text=context.quoted(operator))
        return (Fix(title, (context.edit(problem.row, problem.end, problem.end, f" / {operator}"),)),)
    if len(fields) > OPERATOR + 1:
        return (*_time_in_one(fields, problem, context), *_escapes(fields, problem, context))
    return ()


def _with_number(number: str, problem: Problem, context: Context) -> Fix:
    title = context.say(_ADD_NUMBER, number=number)
    return Fix(title, (context.edit(problem.row, problem.start, problem.start, f"{number} / "),))


def _time_in_one(fields: tuple[Field, ...], problem: Problem, context: Context) -> Iterator[Fix]:
    """A time with slashes in it, as `2019/2020` and `1/11/1970`, written without them."""
    last = TIME + len(fields) - (OPERATOR + 1)
    if last < len(fields) - 1 and last - TIME <= _MOST_SLASHES_IN_A_TIME:
        start, end = fields[TIME].start, fields[last].end
        for time in meant_times(context.lines[problem.row][start:end]):
            yield write(time, problem._replace(start=start, end=end), context)


def _escapes(fields: tuple[Field, ...], problem: Problem, context: Context) -> tuple[Fix, ...]:
    if len(fields) == OPERATOR + 2:
        return tuple(
            Fix(context.say(_ESCAPE), (context.edit(problem.row, slash, slash, "\\"),))
            for slash in _slashes_in_words(fields, problem, context)
        )
    return ()


def _slashes_in_words(fields: tuple[Field, ...], problem: Problem, context: Context) -> list[int]:
    """Where a slash stands between two fields that together are a word of the vocabulary of the first."""
    line = context.lines[problem.row]
    return [
        line.index("/", fields[place].end)
        for place, vocabulary in enumerate(context.catalogue.vocabularies.four, start=1)
        if vocabulary.named(line[fields[place].start : fields[place + 1].end])
    ]


RULE = Rule(
    code="VKD001",
    title=Texts("Feil antall felt", "Fel antal fält", "Forkert antal felter", "Wrong number of fields"),
    reason=Texts(
        (
            "Et felt får sin mening av plassen det har på linjen, så en linje med for få eller for mange felt "
            "kan ikke leses."
        ),
        "Ett fält får sin mening av sin plats på raden, så en rad med för få eller för många fält kan inte läsas.",
        "Et felt får sin mening af sin plads på linjen, så en linje med for få eller for mange felter kan ikke læses.",
        "A field has its meaning from its place in the line, so a line with too few or too many cannot be read.",
    ),
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
