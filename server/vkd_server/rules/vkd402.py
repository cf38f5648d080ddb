"""VKD402: unknown or repeated key, or a value the key does not take."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vkd_catalog.languages import Texts
from vkd_grammar.kinds import Kind
from vkd_grammar.syntax import Entry, Problem
from vkd_grammar.technical import key_named, keys_of
from vkd_grammar.words import fold
from vkd_server.rules.edits import write
from vkd_server.rules.rule import Context, Example, Fix, Rule
from vkd_server.rules.wording import any_of

_MESSAGES = {
    "unknown": Texts(
        "{key} er ingen nøkkel her. Kjente nøkler er {known}.",
        "{key} är ingen nyckel här. Kända nycklar är {known}.",
        "{key} er ingen nøgle her. Kendte nøgler er {known}.",
        "{key} is no key here. Known keys are {known}.",
    ),
    "no-key": Texts(
        "Det står ingen nøkkel foran likhetstegnet. Skriv det som nøkkel=verdi.",
        "Det står ingen nyckel före likhetstecknet. Skriv det som nyckel=värde.",
        "Der står ingen nøgle foran lighedstegnet. Skriv det som nøgle=værdi.",
        "No key stands before the equals sign. Write it as key=value.",
    ),
    "product": Texts(
        "Nøkkelen {key} hører til en etterspørsel, ikke til et produkt.",
        "Nyckeln {key} hör till en efterfrågan, inte till en produkt.",
        "Nøglen {key} hører til en efterspørgsel, ikke til et produkt.",
        "The key {key} belongs to a demand, not to a product.",
    ),
    "demand": Texts(
        "Nøkkelen {key} hører til et produkt, ikke til en etterspørsel.",
        "Nyckeln {key} hör till en produkt, inte till en efterfrågan.",
        "Nøglen {key} hører til et produkt, ikke til en efterspørgsel.",
        "The key {key} belongs to a product, not to a demand.",
    ),
    "twice": Texts(
        "Nøkkelen {key} står to ganger. Den første gjelder.",
        "Nyckeln {key} står två gånger. Den första gäller.",
        "Nøglen {key} står to gange. Den første gælder.",
        "The key {key} stands twice. The first one counts.",
    ),
    "no-value": Texts(
        "Nøkkelen {key} har ingen verdi. Skriv det som {key}=verdi.",
        "Nyckeln {key} har inget värde. Skriv det som {key}=värde.",
        "Nøglen {key} har ingen værdi. Skriv det som {key}=værdi.",
        "The key {key} has no value. Write it as {key}=value.",
    ),
    "value": Texts(
        "Nøkkelen {key} kan ikke ha verdien {value}. Den er {known}.",
        "Nyckeln {key} kan inte ha värdet {value}. Det är {known}.",
        "Nøglen {key} kan ikke have værdien {value}. Den er {known}.",
        "The key {key} does not take the value {value}. It is {known}.",
    ),
    "empty": Texts(
        "Nøkkelen {key} er tom. Skriv en verdi, eller fjern den.",
        "Nyckeln {key} är tom. Skriv ett värde, eller ta bort den.",
        "Nøglen {key} er tom. Skriv en værdi, eller fjern den.",
        "The key {key} is empty. Write a value, or remove it.",
    ),
}
_DAYS = Texts("et helt antall dager", "ett helt antal dagar", "et helt antal dage", "a whole number of days")
_DROP = Texts("Fjern {key}", "Ta bort {key}", "Fjern {key}", "Remove {key}")
_BEFORE = re.compile(r";?\s*$")
_AFTER = re.compile(r"\s*;?\s*")


def _message(problem: Problem, context: Context) -> str:
    key = str(problem.fact("key"))
    known = problem.fact("known")
    values = known if isinstance(known, tuple) else ()
    text = _MESSAGES[_reason(problem, context)]
    if problem.fact("reason") == "unknown":
        values = tuple(had.name for had in keys_of(_kind(context)))
        joined = ", ".join(values)
    else:
        joined = any_of(values, context.language) if values else context.say(_DAYS)
    # A known key is shown bare, as one writes it; what somebody made up is quoted.
    shown = key if key_named(key) else context.quoted(key)
    return context.say(text, key=shown, value=context.quoted(problem.fact("value")), known=joined)


def _reason(problem: Problem, context: Context) -> str:
    reason = str(problem.fact("reason"))
    if reason == "unknown" and not problem.fact("key"):
        return "no-key"
    if reason == "value" and not fold(str(problem.fact("value"))):
        return "empty"
    return str(_kind(context)) if reason == "other-kind" else reason


def _fixes(problem: Problem, context: Context) -> tuple[Fix, ...]:
    from vkd_catalog.suggest import nearest

    reason = _reason(problem, context)
    if reason == "unknown":
        names = tuple(name for key in keys_of(_kind(context)) for name in (key.name, *key.aliases))
        return tuple(write(name, problem, context) for name in nearest(str(problem.fact("key")), names, 2))
    if reason == "value":
        known = problem.fact("known")
        near = nearest(str(problem.fact("value")), known, 2) if isinstance(known, tuple) else ()
        return tuple(write(value, problem, context) for value in near)
    return tuple(_without_entry(problem, context)) if reason == "twice" else ()


def _without_entry(problem: Problem, context: Context) -> Iterator[Fix]:
    """The repeated entry taken away, with one of the semicolons around it; safe where it says the same again."""
    entries = context.coded.description.header.entries if context.coded.description.header else ()
    entry = next((had for had in entries if (had.row, had.key.start) == (problem.row, problem.start)), None)
    if entry is None:
        return
    first = next(had for had in entries if key_named(had.key.text) == key_named(entry.key.text))
    line = context.lines[entry.row]
    end = entry.value.end if entry.value else entry.key.end
    before = _BEFORE.search(line, 0, entry.key.start)
    start = before.start() if before else entry.key.start
    after = _AFTER.match(line, end)
    if after and after[0].strip() and not line[:start].strip():
        # The first entry of its line: the semicolon after it goes, the one that opens the line stays.
        start, end = entry.key.start, after.end()
    title = context.say(_DROP, key=context.quoted(line[entry.key.start : entry.value.end if entry.value else end]))
    yield Fix(title, (context.edit(entry.row, start, end, ""),), _value(first) == _value(entry))


def _value(entry: Entry) -> str:
    return entry.value.text if entry.value else ""


def _kind(context: Context) -> Kind | None:
    return context.coded.kind


RULE = Rule(
    code="VKD402",
    title=Texts(
        "Nøkkel som er ukjent, gjentatt eller har feil verdi",
        "Nyckel som är okänd, upprepad eller har fel värde",
        "Nøgle, der er ukendt, gentaget eller har forkert værdi",
        "Unknown or repeated key, or a value the key does not take",
    ),
    reason=Texts(
        "Det som står under en ukjent nøkkel, leses ikke, og kommer ikke med i svarene.",
        "Det som står under en okänd nyckel läses inte och kommer inte med i svaren.",
        "Det, der står under en ukendt nøgle, læses ikke og kommer ikke med i svarene.",
        "What stands under an unknown key is not read, and answers will not show it.",
    ),
    example=Example(
        bad=(
            "0 / Produktbeskrivelse / eksempel / data=F:ft70-person.csv; doc=P:ft70.md; form=csv; access=secret\n"
            "1 / Personer / Personreg.nov.70 / Yrke / 19701101 / .\n"
        ),
        good=(
            "0 / Produktbeskrivelse / eksempel / data=F:ft70-person.csv; doc=P:ft70.md; form=csv; access=closed\n"
            "1 / Personer / Personreg.nov.70 / Yrke / 19701101 / .\n"
        ),
    ),
    message=_message,
    fixes=_fixes,
)
