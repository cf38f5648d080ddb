"""VKD605: vocabulary: code named in a column does not exist."""

import re

from vkd_catalog.languages import Texts
from vkd_grammar.syntax import Problem
from vkd_server.rules.edits import vocabulary_of, write
from vkd_server.rules.rule import Context, Example, Fix, Rule
from vkd_server.rules.wording import VOCABULARIES

_CODE = re.compile(r"[\w.-]+")
_MESSAGE = Texts(
    "Koden {code} i kolonnen {column} finnes ikke i ordlisten over {vocabulary}.",
    "Koden {code} i kolumnen {column} finns inte i ordlistan över {vocabulary}.",
    "Koden {code} i kolonnen {column} findes ikke i ordlisten over {vocabulary}.",
    "The code {code} in the column {column} does not exist in the vocabulary of {vocabulary}.",
)


def _message(problem: Problem, context: Context) -> str:
    return context.say(
        _MESSAGE,
        code=context.quoted(problem.fact("value")),
        column=problem.fact("column"),
        vocabulary=context.say(VOCABULARIES[vocabulary_of(problem, context).name]),
    )


def _fixes(problem: Problem, context: Context) -> tuple[Fix, ...]:
    from vkd_catalog.suggest import NEAR_CODE, nearest

    code = str(problem.fact("value"))
    # A cell may name several codes, in quotes or without.
    named = next((one for one in _CODE.finditer(context.text_of(problem)) if one[0] == code), None)
    if named is None:
        return ()
    place = problem._replace(start=problem.start + named.start(), end=problem.start + named.end())
    codes = tuple(vocabulary_of(problem, context).concepts)
    return tuple(write(near, place, context) for near in nearest(code, codes, 2, NEAR_CODE))


RULE = Rule(
    code="VKD605",
    title=Texts(
        "Ordliste: koden i kolonnen finnes ikke",
        "Ordlista: koden i kolumnen finns inte",
        "Ordliste: koden i kolonnen findes ikke",
        "Vocabulary: code named in a column does not exist",
    ),
    reason=Texts(
        "En henvisning til et begrep som ikke finnes, gjør at det som følger av den, ikke blir funnet.",
        "En hänvisning till ett begrepp som inte finns gör att det som följer av den inte hittas.",
        "En henvisning til et begreb, der ikke findes, gør, at det, der følger af den, ikke bliver fundet.",
        "Where a reference leads to no concept, what follows from it is not found.",
    ),
    example=Example(
        bad=("code,prefLabel@nb,from,to,seeAlso\nT1,Folketellingen 1960,19601101,19601101,T9\n"),
        good=(
            "code,prefLabel@nb,from,to,seeAlso\n"
            "T1,Folketellingen 1960,19601101,19601101,T2\n"
            "T2,Folketellingen 1970,19701101,19701101,\n"
        ),
        file="vocabulary/times.csv",
    ),
    message=_message,
    fixes=_fixes,
)
