"""VKD604: vocabulary: row or column that cannot be read."""

from vkd_catalog.languages import Texts
from vkd_catalog.unread import WHY
from vkd_grammar.syntax import Problem
from vkd_server.rules.edits import write
from vkd_server.rules.rule import Context, Example, Fix, Rule
from vkd_server.rules.vocabulary_edits import fit_cells
from vkd_server.rules.wording import any_of

_MESSAGES = {
    "file": Texts(
        "Ordlisten {column} kan ikke leses: {why}.",
        "Ordlistan {column} kan inte läsas: {why}.",
        "Ordlisten {column} kan ikke læses: {why}.",
        "The vocabulary {column} cannot be read: {why}.",
    ),
    "utf-8": Texts(
        "Filen er ikke UTF-8. Lagre den som UTF-8.",
        "Filen är inte UTF-8. Spara den som UTF-8.",
        "Filen er ikke UTF-8. Gem den som UTF-8.",
        "The file is not UTF-8. Save it as UTF-8.",
    ),
    "column-unknown": Texts(
        "{column} er ingen kolonne i denne ordlisten. Den har {known}, og prefLabel, altLabel og definition med språk.",
        "{column} är ingen kolumn i denna ordlista. Den har {known}, och prefLabel, altLabel och definition med språk.",
        "{column} er ingen kolonne i denne ordliste. Den har {known}, og prefLabel, altLabel og definition med sprog.",
        (
            "{column} is no column of this vocabulary. It has {known}, and prefLabel, altLabel and definition "
            "with a language."
        ),
    ),
    "column-twice": Texts(
        "Kolonnen {column} står to ganger. Den første gjelder.",
        "Kolumnen {column} står två gånger. Den första gäller.",
        "Kolonnen {column} står to gange. Den første gælder.",
        "The column {column} stands twice. The first one counts.",
    ),
    "column-missing": Texts(
        "Kolonnen {column} mangler, og uten den kan ingen rad leses.",
        "Kolumnen {column} saknas, och utan den kan ingen rad läsas.",
        "Kolonnen {column} mangler, og uden den kan ingen række læses.",
        "The column {column} is missing, and without it no row can be read.",
    ),
    "cells": Texts(
        "Raden har {count} celler, men det er {expected} kolonner. En verdi med komma skrives i hermetegn.",
        "Raden har {count} celler, men det finns {expected} kolumner. Ett värde med komma skrivs inom citattecken.",
        "Rækken har {count} celler, men der er {expected} kolonner. En værdi med komma skrives i anførselstegn.",
        "The row has {count} cells, but there are {expected} columns. A value with a comma goes in quotes.",
    ),
    "code": Texts(
        "{value} er ingen kode. En kode er ledd av bokstaver, sifre, - og _ med punktum mellom, som A.1.",
        "{value} är ingen kod. En kod är led av bokstäver, siffror, - och _ med punkt emellan, som A.1.",
        "{value} er ingen kode. En kode er led af bogstaver, cifre, - og _ med punktum imellem, som A.1.",
        "{value} is no code. A code is segments of letters, digits, - and _ with full stops between, such as A.1.",
    ),
    "value": Texts(
        "Kolonnen {column} kan ikke ha verdien {value}. Den er {known}, eller tom.",
        "Kolumnen {column} kan inte ha värdet {value}. Det är {known}, eller tomt.",
        "Kolonnen {column} kan ikke have værdien {value}. Den er {known}, eller tom.",
        "The column {column} does not take the value {value}. It is {known}, or empty.",
    ),
    "day": Texts(
        "{value} i kolonnen {column} er ingen tid. Skriv åtte sifre: år, måned, dag.",
        "{value} i kolumnen {column} är ingen tid. Skriv åtta siffror: år, månad, dag.",
        "{value} i kolonnen {column} er ingen tid. Skriv otte cifre: år, måned, dag.",
        "{value} in the column {column} is no time. Write eight digits: year, month, day.",
    ),
    "order": Texts(
        "Tiden slutter før den begynner: {start} til {end}.",
        "Tiden slutar innan den börjar: {start} till {end}.",
        "Tiden slutter, før den begynder: {start} til {end}.",
        "The time ends before it starts: {start} to {end}.",
    ),
}
_FIT = Texts(
    "Gi raden {expected} celler",
    "Ge raden {expected} celler",
    "Giv rækken {expected} celler",
    "Give the row {expected} cells",
)
_WITH_LANGUAGE = ("prefLabel", "altLabel", "definition")


def _message(problem: Problem, context: Context) -> str:
    known = problem.fact("known")
    values = known if isinstance(known, tuple) else ()
    reason = str(problem.fact("reason"))
    return context.say(
        _MESSAGES.get(reason, _MESSAGES["file"]),
        column=context.quoted(problem.fact("column") or context.path),
        value=context.quoted(problem.fact("value")),
        known=", ".join(values) if reason == "column-unknown" else any_of(values, context.language) if values else "",
        count=problem.fact("count"),
        expected=problem.fact("expected"),
        start=problem.fact("from"),
        end=problem.fact("to"),
        why=context.say(WHY[str(problem.fact("why"))]) if reason == "file" else "",
    )


def _fixes(problem: Problem, context: Context) -> tuple[Fix, ...]:
    known = problem.fact("known")
    if problem.fact("reason") == "cells":
        edit = fit_cells(problem.row, int(str(problem.fact("expected"))), context)
        return (Fix(context.say(_FIT, expected=problem.fact("expected")), (edit,)),) if edit else ()
    if not isinstance(known, tuple):
        return ()
    from vkd_catalog.suggest import nearest

    if problem.fact("reason") == "column-unknown":
        known += tuple(f"{column}@{context.language}" for column in _WITH_LANGUAGE)
    said = problem.fact("value") or problem.fact("column")
    return tuple(write(near, problem, context) for near in nearest(str(said), known, 2))


RULE = Rule(
    code="VKD604",
    title=Texts(
        "Ordliste: rad eller kolonne som ikke kan leses",
        "Ordlista: rad eller kolumn som inte kan läsas",
        "Ordliste: række eller kolonne, der ikke kan læses",
        "Vocabulary: row or column that cannot be read",
    ),
    reason=Texts(
        "Et begrep som ikke kan leses, finnes ikke for den som bruker ordlisten.",
        "Ett begrepp som inte kan läsas finns inte för den som använder ordlistan.",
        "Et begreb, der ikke kan læses, findes ikke for den, der bruger ordlisten.",
        "A concept that cannot be read does not exist for those who use the vocabulary.",
    ),
    example=Example(
        bad=("code,prefLabel@nb,from,to\nT1,Folketellingen 1960,1/11 1960,19601101\n"),
        good=("code,prefLabel@nb,from,to\nT1,Folketellingen 1960,19601101,19601101\n"),
        file="vocabulary/times.csv",
    ),
    message=_message,
    fixes=_fixes,
)
