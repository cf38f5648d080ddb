"""VKD402: unknown or repeated key, or a value the key does not take."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from vkd_catalog.languages import Texts
from vkd_grammar.kinds import Kind, language_of
from vkd_grammar.syntax import Entry, Problem
from vkd_grammar.technical import day_of, key_named, keys_of
from vkd_grammar.words import fold
from vkd_server.rules.edits import write
from vkd_server.rules.meant_times import meant_times
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
_TAKEN = {
    "days": Texts("et helt antall dager", "ett helt antal dagar", "et helt antal dage", "a whole number of days"),
    "day": Texts(
        "en dag med åtte sifre, som 20240131",
        "en dag med åtta siffror, som 20240131",
        "en dag med otte cifre, som 20240131",
        "a day of eight digits, such as 20240131",
    ),
    "columns": Texts(
        "en liste av par, som KOLONNE=ord, med komma mellom",
        "en lista av par, som KOLUMN=ord, med komma emellan",
        "en liste af par, som KOLONNE=ord, med komma imellem",
        "a list of pairs, such as COLUMN=word, with commas between them",
    ),
}
"""What the values are that cannot be listed, by the kind of value that a key takes."""

_DROP = Texts("Fjern {key}", "Ta bort {key}", "Fjern {key}", "Remove {key}")
_AFTER = re.compile(r"\s*;?\s*")


def _message(problem: Problem, context: Context) -> str:
    key = str(problem.fact("key"))
    known = problem.fact("known")
    values = known if isinstance(known, tuple) else ()
    text = _MESSAGES[_reason(problem, context)]
    joined = any_of(values, context.language) if values else ""
    if problem.fact("reason") == "unknown":
        joined = ", ".join(dict.fromkeys(had.word(_language(context)) for had in keys_of(_kind(context))))
    elif problem.fact("reason") == "value" and not values:
        known_key = key_named(key)
        joined = context.say(_TAKEN[known_key.value]) if known_key and known_key.value in _TAKEN else ""
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
    reason = _reason(problem, context)
    if reason == "unknown":
        return tuple(write(name, problem, context) for name in _nearest_keys(str(problem.fact("key")), context))
    if reason == "value":
        return tuple(write(value, problem, context) for value in _nearest_values(problem))
    return tuple(_without_entry(problem, context)) if reason == "twice" else ()


def _nearest_keys(said: str, context: Context) -> Iterator[str]:
    """What the nearest keys are called in the header's language, then the English names that are near.

    A word of another language means its key, which is then called by the header's.
    """
    from vkd_catalog.suggest import nearest

    keys, language = keys_of(_kind(context)), _language(context)
    word, at, tag = said.partition("@")
    own = {key.word(language): key for key in keys}
    names = {key.name: key for key in keys}
    near = {name: (own | names)[name] for name in (*nearest(word, tuple(own), 2), *nearest(word, tuple(names), 2))}
    if not near:
        others = {name: key for key in keys for name in key.aliases}
        near = {others[name].word(language): others[name] for name in nearest(word, tuple(others), 2)}
    for name, key in list(near.items())[:2]:
        yield f"{name}{at}{tag}" if key.in_languages and key_named(f"{name}{at}{tag}") else name


def _nearest_values(problem: Problem) -> Iterator[str]:
    from vkd_catalog.suggest import nearest

    known, value = problem.fact("known"), str(problem.fact("value"))
    if isinstance(known, tuple) and known:
        yield from nearest(value, known, 2)
    key = key_named(str(problem.fact("key")))
    if key and key.value == "day":
        yield from (time for time in meant_times(value) if day_of(time) is not None)


def _without_entry(problem: Problem, context: Context) -> Iterator[Fix]:
    """The repeated entry taken away, with one of the semicolons around it; safe where it says the same again."""
    entries = context.coded.description.header.entries if context.coded.description.header else ()
    at = bisect_left(entries, (problem.row, problem.start), key=lambda had: (had.row, had.key.start))
    entry = entries[at] if at < len(entries) else None
    if entry is None or (entry.row, entry.key.start) != (problem.row, problem.start):
        return
    first = next(had for had in entries if key_named(had.key.text) == key_named(entry.key.text))
    line = context.lines[entry.row]
    end = entry.value.end if entry.value else entry.key.end
    start = len(line[: entry.key.start].rstrip())
    start -= line[:start].endswith(";")
    after = _AFTER.match(line, end)
    if after and after[0].strip() and not line[:start].strip():
        # The first entry of its line: the semicolon after it goes, the one that opens the line stays.
        start, end = entry.key.start, after.end()
    title = context.say(_DROP, key=context.quoted(line[entry.key.start : entry.value.end if entry.value else end]))
    yield Fix(title, (context.edit(entry.row, start, end, ""),), _value(first) == _value(entry))


def _value(entry: Entry) -> str:
    return entry.value.text if entry.value else ""


def _language(context: Context) -> str:
    """The language of the header, which its keys are told in."""
    header = context.coded.description.header
    return language_of(header.type if header else None, context.catalogue.configuration.language)


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
