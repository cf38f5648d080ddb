"""VKD004: operator missing or unknown; stop missing, not last or twice."""

from vkd_catalog.languages import Texts
from vkd_grammar.syntax import Problem
from vkd_grammar.words import fold
from vkd_server.rules.edits import write
from vkd_server.rules.rule import Context, Example, Fix, Rule

_MESSAGES = {
    "zero": Texts(
        "Her står sifferet 0. Operatoren «og» skrives med bokstaven O.",
        "Här står siffran 0. Operatorn ”och” skrivs med bokstaven O.",
        "Her står cifferet 0. Operatoren »og« skrives med bogstavet O.",
        "This is the digit 0. The operator “and” is written with the letter O.",
    ),
    "unknown": Texts(
        "{text} er ingen operator. Operatorene er O (og), E (eller), N (ikke) og punktum på siste linje.",
        "{text} är ingen operator. Operatorerna är O (och), E (eller), N (inte) och punkt på sista raden.",
        "{text} er ingen operator. Operatorerne er O (og), E (eller), N (ikke) og punktum på sidste linje.",
        "{text} is no operator. The operators are O (and), E (or), N (not) and a full stop on the last line.",
    ),
    "missing": Texts(
        "Operatoren mangler. Skriv O, E eller N, og punktum på siste linje.",
        "Operatorn saknas. Skriv O, E eller N, och punkt på sista raden.",
        "Operatoren mangler. Skriv O, E eller N, og punktum på sidste linje.",
        "The operator is missing. Write O, E or N, and a full stop on the last line.",
    ),
    "stop-missing": Texts(
        "Beskrivelsens siste linje skal slutte med punktum.",
        "Beskrivningens sista rad ska sluta med punkt.",
        "Beskrivelsens sidste linje skal slutte med punktum.",
        "The last line of a description ends with a full stop.",
    ),
    "stop-not-last": Texts(
        "Punktum står på beskrivelsens siste linje, men her følger det flere linjer.",
        "Punkt står på beskrivningens sista rad, men här följer fler rader.",
        "Punktum står på beskrivelsens sidste linje, men her følger flere linjer.",
        "A full stop stands on a description's last line, but more lines follow here.",
    ),
    "stop-twice": Texts(
        "Punktum står bare en gang, på siste linje. Her skal det stå O, E eller N.",
        "Punkt står bara en gång, på sista raden. Här ska det stå O, E eller N.",
        "Punktum står kun en gang, på sidste linje. Her skal der stå O, E eller N.",
        "A full stop stands once only, on the last line. Here O, E or N should stand.",
    ),
}
_MEANT = {
    **dict.fromkeys(("o", "og", "och", "and", "&", "+"), "O"),
    **dict.fromkeys(("e", "eller", "or", "|"), "E"),
    **dict.fromkeys(("n", "ikke", "ikkje", "inte", "not"), "N"),
    **dict.fromkeys(("punktum", "punkt", "stop", "stopp", "。"), "."),
}
"""What people write for an operator, folded."""


def _message(problem: Problem, context: Context) -> str:
    return context.say(_MESSAGES[str(problem.fact("reason"))], text=context.quoted(problem.fact("text")))


def _fixes(problem: Problem, context: Context) -> tuple[Fix, ...]:
    reason = problem.fact("reason")
    product = context.coded.kind == "product"
    last = problem.row == context.coded.description.sentences[-1].row
    if reason == "zero":
        return (write("O", problem, context, safe=True),)
    if reason == "stop-missing" or (reason == "missing" and last):
        return (write(".", problem, context, safe=True),)
    if reason == "unknown":
        meant = _MEANT.get(fold(str(problem.fact("text"))))
        return (write(meant, problem, context, safe=True),) if meant else ()
    # Lines of a product can only be joined by O; what a demand's author meant is not certain.
    joined = ("O",) if product else ("O", "E")
    return tuple(write(operator, problem, context, safe=product) for operator in joined)


RULE = Rule(
    code="VKD004",
    title=Texts(
        "Operator eller punktum mangler eller er feil",
        "Operator eller punkt saknas eller är fel",
        "Operator eller punktum mangler eller er forkert",
        "Operator or full stop missing or wrong",
    ),
    reason=Texts(
        "Operatoren sier hvordan linjen henger sammen med den neste, og punktum at beskrivelsen er hel.",
        "Operatorn säger hur raden hänger ihop med nästa, och punkten att beskrivningen är hel.",
        "Operatoren siger, hvordan linjen hænger sammen med den næste, og punktum at beskrivelsen er hel.",
        "The operator says how a line goes with the next one, and the full stop that the description is complete.",
    ),
    example=Example(
        bad=(
            "0 / Etterspørselsbeskrivelse / bruker\n"
            "1 / Personer / Personreg.nov.70 / Yrke / 19701101 / 0\n"
            '2 / " / " / Alder / " / .\n'
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
