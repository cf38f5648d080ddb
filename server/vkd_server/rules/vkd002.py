"""VKD002: a header of unknown type, a sentence without a header, a header without sentences."""

from vkd_catalog.languages import Texts
from vkd_grammar.kinds import HEADER_TYPES
from vkd_grammar.syntax import Problem
from vkd_server.rules.edits import write
from vkd_server.rules.rule import Context, Example, Fix, Rule
from vkd_server.rules.wording import any_of

_MESSAGES = {
    "type": Texts(
        "{word} er ingen type beskrivelse. Her står {known}.",
        "{word} är ingen typ av beskrivning. Här står {known}.",
        "{word} er ingen type beskrivelse. Her står {known}.",
        "{word} is no type of description. Write {known}.",
    ),
    "no-header": Texts(
        "Linjen hører ikke til noen beskrivelse. Over den må det stå et hode, som 0 / {product} / navn.",
        "Raden hör inte till någon beskrivning. Ovanför den måste det stå ett huvud, som 0 / {product} / namn.",
        "Linjen hører ikke til nogen beskrivelse. Over den skal der stå et hoved, som 0 / {product} / navn.",
        "The line belongs to no description. A header must stand above it, such as 0 / {product} / name.",
    ),
    "no-sentences": Texts(
        "Beskrivelsen har bare et hode. Den må ha minst en linje til.",
        "Beskrivningen har bara ett huvud. Den måste ha minst en rad till.",
        "Beskrivelsen har kun et hoved. Den skal have mindst en linje til.",
        "The description is a header alone. It needs at least one more line.",
    ),
}


def _message(problem: Problem, context: Context) -> str:
    own = [had.word for had in HEADER_TYPES if context.language in had.languages]
    return context.say(
        _MESSAGES[str(problem.fact("reason"))],
        word=context.quoted(problem.fact("word")),
        known=any_of([context.quoted(word) for word in own], context.language),
        product=own[0],
    )


def _fixes(problem: Problem, context: Context) -> tuple[Fix, ...]:
    if problem.fact("reason") != "type":
        return ()
    from vkd_catalog.suggest import nearest

    near = nearest(str(problem.fact("word")), [had.word for had in HEADER_TYPES], 2)
    return tuple(write(word, problem, context) for word in near)


RULE = Rule(
    code="VKD002",
    title=Texts(
        "Hode som mangler, er tomt eller av ukjent type",
        "Huvud som saknas, är tomt eller av okänd typ",
        "Hoved, der mangler, er tomt eller af ukendt type",
        "Header missing, empty or of unknown type",
    ),
    reason=Texts(
        "Hodet sier om linjene under tilbyr noe eller spør etter noe. Uten det har de ingen mening.",
        "Huvudet säger om raderna under erbjuder något eller frågar efter något. Utan det har de ingen mening.",
        "Hovedet siger, om linjerne under tilbyder noget eller spørger efter noget. Uden det har de ingen mening.",
        "The header says whether the lines below offer something or ask for something. Without it they mean nothing.",
    ),
    example=Example(
        bad=("0 / Spørsmål / bruker\n1 / Personer / Personreg.nov.70 / Yrke / 19701101 / .\n"),
        good=("0 / Etterspørselsbeskrivelse / bruker\n1 / Personer / Personreg.nov.70 / Yrke / 19701101 / .\n"),
    ),
    message=_message,
    fixes=_fixes,
)
