"""VKD005: ditto where none may stand."""

from vkd_catalog.languages import Texts
from vkd_grammar.syntax import OPERATOR, Problem
from vkd_server.rules.edits import write
from vkd_server.rules.rule import Context, Example, Fix, Rule

_MESSAGES = {
    "first-line": Texts(
        "Et gjentakelsestegn viser til linjen over, men dette er beskrivelsens første linje. Skriv ordet ut.",
        "Ett upprepningstecken hänvisar till raden ovanför, men detta är beskrivningens första rad. Skriv ut ordet.",
        "Et gentagelsestegn henviser til linjen over, men dette er beskrivelsens første linje. Skriv ordet ud.",
        "A ditto refers to the line above, but this is the first line of the description. Write the word.",
    ),
    "number": Texts(
        "Linjenummeret skrives alltid ut; her kan det ikke stå et gjentakelsestegn.",
        "Radnumret skrivs alltid ut; här kan inget upprepningstecken stå.",
        "Linjenummeret skrives altid ud; her kan der ikke stå et gentagelsestegn.",
        "The line number is always written out; no ditto may stand here.",
    ),
    "operator": Texts(
        "Operatoren skrives alltid ut; her kan det ikke stå et gjentakelsestegn.",
        "Operatorn skrivs alltid ut; här kan inget upprepningstecken stå.",
        "Operatoren skrives altid ud; her kan der ikke stå et gentagelsestegn.",
        "The operator is always written out; no ditto may stand here.",
    ),
}


def _message(problem: Problem, context: Context) -> str:
    return context.say(_MESSAGES[str(problem.fact("reason"))])


def _fixes(problem: Problem, context: Context) -> tuple[Fix, ...]:
    sentences = context.coded.description.sentences
    place = next(place for place, sentence in enumerate(sentences) if sentence.row == problem.row)
    if problem.fact("reason") == "number":
        return (write(str(place + 1), problem, context, safe=True),)
    if problem.fact("reason") != "operator":
        return ()
    if place == len(sentences) - 1:
        return (write(".", problem, context, safe=True),)
    above = sentences[place - 1] if place else None
    if above is not None and above.readable and above.fields[OPERATOR].text in ("O", "E", "N"):
        return (write(above.fields[OPERATOR].text, problem, context, safe=True),)
    return ()


RULE = Rule(
    code="VKD005",
    title=Texts(
        "Gjentakelsestegn der det ikke kan stå",
        "Upprepningstecken där det inte kan stå",
        "Gentagelsestegn, hvor det ikke kan stå",
        "Ditto where none may stand",
    ),
    reason=Texts(
        "Et gjentakelsestegn betyr det samme som feltet over. Der det ikke er noe felt over, betyr det ingenting.",
        (
            "Ett upprepningstecken betyder samma sak som fältet ovanför. Där det inte finns något fält ovanför "
            "betyder det ingenting."
        ),
        (
            "Et gentagelsestegn betyder det samme som feltet over. Hvor der ikke er noget felt over, betyder det "
            "ingenting."
        ),
        "A ditto means the same as the field above. Where there is no field above, it means nothing.",
    ),
    example=Example(
        bad=('0 / Etterspørselsbeskrivelse / bruker\n1 / " / Personreg.nov.70 / Yrke / 19701101 / .\n'),
        good=(
            "0 / Etterspørselsbeskrivelse / bruker\n"
            "1 / Personer / Personreg.nov.70 / Yrke / 19701101 / O\n"
            '2 / " / " / Alder / " / .\n'
        ),
    ),
    message=_message,
    fixes=_fixes,
)
