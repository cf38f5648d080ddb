"""VKD604: vocabulary: row or column that cannot be read."""

import re
from collections.abc import Iterator

from vkd_catalog.languages import Counted, Texts
from vkd_catalog.unread import WHY
from vkd_grammar.syntax import Problem
from vkd_grammar.text import Position
from vkd_server.rules.edits import write
from vkd_server.rules.meant_times import meant_times
from vkd_server.rules.rule import Context, Example, Fix, Rule, TextEdit
from vkd_server.rules.wording import any_of

_CELLS = Counted(
    Texts("{count} celle", "{count} cell", "{count} celle", "{count} cell"),
    Texts("{count} celler", "{count} celler", "{count} celler", "{count} cells"),
)
_MESSAGES = {
    "file": Texts(
        "Ordlisten {column} kan ikke leses: {why}.",
        "Ordlistan {column} kan inte läsas: {why}.",
        "Ordlisten {column} kan ikke læses: {why}.",
        "The vocabulary {column} cannot be read: {why}.",
    ),
    "utf-8": Texts(
        "Filen er ikke UTF-8, men ser ut til å være {encoding}, og er lest slik. Lagre den som «CSV UTF-8».",
        "Filen är inte UTF-8 utan tycks vara {encoding} och har lästs så. Spara den som ”CSV UTF-8”.",
        "Filen er ikke UTF-8, men ser ud til at være {encoding}, og er læst sådan. Gem den som »CSV UTF-8«.",
        "The file is not UTF-8. It looks like {encoding} and was read as that. Save it as “CSV UTF-8”.",
    ),
    "letters": Texts(
        "Her står � i stedet for en bokstav: filen er ikke UTF-8, eller bokstaven gikk tapt. Åpne filen med riktig "
        "tegnkoding, og lagre den som UTF-8.",
        "Här står � i stället för en bokstav: filen är inte UTF-8, eller så gick bokstaven förlorad. Öppna filen med "
        "rätt teckenkodning och spara den som UTF-8.",
        "Her står � i stedet for et bogstav: filen er ikke UTF-8, eller bogstavet gik tabt. Åbn filen med den rigtige "
        "tegnkodning, og gem den som UTF-8.",
        "A letter shows as � here: the file is not UTF-8, or the letter was lost. Open the file in the right encoding "
        "and save it as UTF-8.",
    ),
    "workbook": Texts(
        "Filen er en arbeidsbok fra et regneark (eller en annen zip-fil), ikke CSV. Lagre arket som «CSV UTF-8».",
        "Filen är en arbetsbok ur ett kalkylark (eller en annan zip-fil), inte CSV. Spara bladet som ”CSV UTF-8”.",
        "Filen er en projektmappe fra et regneark (eller en anden zip-fil), ikke CSV. Gem arket som »CSV UTF-8«.",
        "The file is a spreadsheet's workbook (or another zip file), not CSV. Save the sheet as “CSV UTF-8”.",
    ),
    "not-text": Texts(
        "Filen er ikke tekst, og kan ikke leses som CSV.",
        "Filen är inte text och kan inte läsas som CSV.",
        "Filen er ikke tekst og kan ikke læses som CSV.",
        "The file is not text and cannot be read as CSV.",
    ),
    "title": Texts(
        "Over kolonnenavnene, som står på linje {header}, står det noe annet. Fjern det; radene under er lest.",
        "Ovanför kolumnnamnen, som står på rad {header}, står något annat. Ta bort det; raderna under har lästs.",
        "Over kolonnenavnene, som står på linje {header}, står der noget andet. Fjern det; rækkerne under er læst.",
        "Something stands above the names of the columns, which are on line {header}. Remove it; the rows were read.",
    ),
    "header-again": Texts(
        "Her står kolonnenavnene en gang til. Raden leses ikke.",
        "Här står kolumnnamnen en gång till. Raden läses inte.",
        "Her står kolonnenavnene en gang til. Rækken læses ikke.",
        "The names of the columns stand here once more. The row is not read.",
    ),
    "separators": Texts(
        "Cellene her er atskilt med {other}, men i resten av filen med {separator}. Slike rader leses ikke: {count}.",
        "Cellerna här skiljs åt med {other}, men i resten av filen med {separator}. Sådana rader läses inte: {count}.",
        "Cellerne her er adskilt med {other}, men i resten af filen med {separator}. Rækker, der ikke læses: {count}.",
        "The cells here are separated by {other}, but elsewhere in the file by {separator}. Rows not read for that: "
        "{count}.",
    ),
    "quote": Texts(
        "Hermetegnet som åpner denne cellen, blir aldri lukket. Resten av linjen leses ikke.",
        "Citattecknet som öppnar den här cellen stängs aldrig. Resten av raden läses inte.",
        "Anførselstegnet, der åbner denne celle, bliver aldrig lukket. Resten af linjen læses ikke.",
        "The quotation mark that opens this cell is never closed. The rest of the line is not read.",
    ),
    "character": Texts(
        "Et ord i kolonnen {column} inneholder {character}, som ikke noe felt i en beskrivelse kan ha. Det leses ikke.",
        "Ett ord i kolumnen {column} innehåller {character}, som inget fält i en beskrivning kan ha. Det läses inte.",
        "Et ord i kolonnen {column} indeholder {character}, som intet felt i en beskrivelse kan have. Det læses ikke.",
        "A word in the column {column} holds {character}, which no description can have in a field. It is not read.",
    ),
    "long": Texts(
        "En celle her er lengre enn {longest} tegn. Raden leses ikke.",
        "En cell här är längre än {longest} tecken. Raden läses inte.",
        "En celle her er længere end {longest} tegn. Rækken læses ikke.",
        "A cell here is longer than {longest} characters. The row is not read.",
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
        "Raden har {cells}, men det er {expected} kolonner. En verdi med {separator} i skrives i hermetegn.",
        "Raden har {cells}, men kolumnerna är {expected}. Ett värde med {separator} i skrivs inom citattecken.",
        "Rækken har {cells}, men kolonnerne er {expected}. En værdi med {separator} i skrives i anførselstegn.",
        "The row has {cells}, but there are {expected} columns. A value with a {separator} in it goes in quotes.",
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
_SEPARATORS = {
    ",": Texts("komma", "komma", "komma", "comma"),
    ";": Texts("semikolon", "semikolon", "semikolon", "semicolon"),
    "\t": Texts("tabulator", "tabb", "tabulator", "tab"),
}
_LINE_BREAK = Texts("et linjeskift", "en radbrytning", "et linjeskift", "a line break")
_REMOVE_ABOVE = Texts(
    "Fjern det som står over kolonnenavnene",
    "Ta bort det som står ovanför kolumnnamnen",
    "Fjern det, der står over kolonnenavnene",
    "Remove what stands above the names of the columns",
)
_REMOVE_ROW = Texts("Fjern raden", "Ta bort raden", "Fjern rækken", "Remove the row")
_FORMULA = re.compile(r'="?([^"]*)"?|\'(.*)')


def _message(problem: Problem, context: Context) -> str:
    known = problem.fact("known")
    values = known if isinstance(known, tuple) else ()
    header, reason = problem.fact("header"), str(problem.fact("reason"))
    return context.say(
        _MESSAGES.get(reason, _MESSAGES["file"]),
        column=context.quoted(problem.fact("column") or context.path),
        value=context.quoted(problem.fact("value")),
        known=any_of(values, context.language) if values else "",
        count=problem.fact("count"),
        cells=_CELLS.in_language(context.language, int(str(problem.fact("count") or 0))),
        expected=problem.fact("expected"),
        start=problem.fact("from"),
        end=problem.fact("to"),
        why=context.say(WHY[str(problem.fact("why"))]) if reason == "file" else "",
        encoding=problem.fact("encoding"),
        header=header + 1 if isinstance(header, int) else "",
        longest=problem.fact("longest"),
        character=_character(problem, context),
        other=_separator(problem.fact("separator"), context),
        separator=_separator(problem.fact("expected"), context) or _separator(_separator_of(context), context),
    )


def _character(problem: Problem, context: Context) -> str:
    """How a character that cannot be shown is named."""
    character = str(problem.fact("character") or " ")
    return context.say(_LINE_BREAK) if character in "\r\n" else f"U+{ord(character):04X}"


def _separator(mark: object, context: Context) -> str:
    return context.say(_SEPARATORS[mark]) if isinstance(mark, str) and mark in _SEPARATORS else ""


def _separator_of(context: Context) -> str:
    from vkd_catalog.vocabulary.sheet import sheet_of

    return sheet_of(context.lines).separator


def _fixes(problem: Problem, context: Context) -> tuple[Fix, ...]:
    reason = str(problem.fact("reason"))
    if reason == "title":
        end = problem.fact("header")
        return (_removal(_REMOVE_ABOVE, problem.row, end, context),) if isinstance(end, int) else ()
    if reason == "header-again":
        return (_removal(_REMOVE_ROW, problem.row, problem.row + 1, context),)
    value = str(problem.fact("value"))
    if reason == "code":
        return tuple(write(code, problem, context) for code in _codes_in(value))
    if reason == "day":
        return tuple(write(time, problem, context) for time in meant_times(value))
    known = problem.fact("known")
    if not isinstance(known, tuple):
        return ()
    from vkd_catalog.suggest import nearest

    return tuple(write(near, problem, context) for near in nearest(value, known, 2))


def _removal(title: Texts, first: int, after: int, context: Context) -> Fix:
    return Fix(context.say(title), (TextEdit(context.path, Position(first, 0), Position(after, 0), ""),))


def _codes_in(value: str) -> Iterator[str]:
    """The code that a spreadsheet's mark for text, or its decimal comma, hides."""
    from vkd_catalog.vocabulary.columns import CODE

    match = _FORMULA.fullmatch(value)
    code = ((match[1] or match[2] or "") if match else value).strip().replace(",", ".")
    if code != value and CODE.fullmatch(code):
        yield code


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
