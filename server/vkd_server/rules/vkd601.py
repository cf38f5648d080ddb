"""VKD601: vocabulary: code used twice."""

from vkd_catalog.languages import Texts
from vkd_grammar.syntax import Problem
from vkd_server.rules.rule import Context, Example, Related, Rule

_MESSAGE = Texts(
    "Koden {code} er alt brukt i {place}. Denne raden leses ikke.",
    "Koden {code} används redan i {place}. Denna rad läses inte.",
    "Koden {code} er allerede brugt i {place}. Denne række læses ikke.",
    "The code {code} is used already in {place}. This row is not read.",
)
_FIRST = Texts("Her er {code} først", "Här står {code} först", "Her er {code} først", "{code} stands here first")


def _message(problem: Problem, context: Context) -> str:
    place = f"{problem.fact('path')}:{_row(problem) + 1}"
    return context.say(_MESSAGE, code=context.quoted(problem.fact("value")), place=place)


def _related(problem: Problem, context: Context) -> tuple[Related, ...]:
    said = context.say(_FIRST, code=context.quoted(problem.fact("value")))
    return (Related(str(problem.fact("path")), _row(problem), said),)


def _row(problem: Problem) -> int:
    row = problem.fact("row")
    return row if isinstance(row, int) else 0


RULE = Rule(
    code="VKD601",
    title=Texts(
        "Ordliste: kode brukt to ganger",
        "Ordlista: kod använd två gånger",
        "Ordliste: kode brugt to gange",
        "Vocabulary: code used twice",
    ),
    reason=Texts(
        "En kode står for ett begrep. Står den for to, vet ingen hva en beskrivelse med den betyr.",
        "En kod står för ett begrepp. Står den för två vet ingen vad en beskrivning med den betyder.",
        "En kode står for ét begreb. Står den for to, ved ingen, hvad en beskrivelse med den betyder.",
        "A code stands for one concept. Where it stands for two, nobody knows what a description means by it.",
    ),
    example=Example(
        bad=(
            "code,prefLabel@nb,from,to\n"
            "T1,Folketellingen 1960,19601101,19601101\n"
            "T1,Folketellingen 1970,19701101,19701101\n"
        ),
        good=(
            "code,prefLabel@nb,from,to\n"
            "T1,Folketellingen 1960,19601101,19601101\n"
            "T2,Folketellingen 1970,19701101,19701101\n"
        ),
        file="vocabulary/times.csv",
    ),
    message=_message,
    related=_related,
)
