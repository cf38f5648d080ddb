"""VKD402: unknown or repeated key, or a value the key does not take."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from vkd_catalog.problems import WrongEntry
from vkd_grammar.kinds import Kind, language_of
from vkd_grammar.syntax import Entry, Problem
from vkd_grammar.technical import day_of, key_named, keys_of
from vkd_grammar.words import fold
from vkd_server.rules.rule import Context, Example, Fix, Rule
from vkd_server.rules.shared.edits import write
from vkd_server.rules.shared.meant_times import meant_times
from vkd_server.rules.shared.wording import any_of

_TAKEN = ("days", "day", "columns")
"""The kinds of value that cannot be listed."""


_AFTER = re.compile(r"\s*;?\s*")


def _message(problem: Problem, context: Context) -> str:
    facts = problem.of(WrongEntry)
    key, values = facts.key, facts.known
    text = f"VKD402.{_reason(facts, context)}"
    joined = any_of(values, context.language) if values else ""
    if facts.reason == "unknown":
        joined = ", ".join(dict.fromkeys(had.word(_language(context)) for had in keys_of(_kind(context))))
    elif facts.reason == "value" and not values:
        known_key = key_named(key)
        joined = context.say(f"VKD402.taken.{known_key.value}") if known_key and known_key.value in _TAKEN else ""
    # A known key is shown bare, as one writes it; what somebody made up is quoted.
    shown = key if key_named(key) else context.quoted(key)
    return context.say(text, key=shown, value=context.quoted(facts.value), known=joined)


def _reason(facts: WrongEntry, context: Context) -> str:
    """The last part of the key of the text that says the reason; it differs for a missing key, an empty value and a key
    of the other kind of description."""
    if facts.reason == "unknown" and not facts.key:
        return "no-key"
    if facts.reason == "value" and not fold(facts.value):
        return "empty"
    return str(_kind(context)) if facts.reason == "other-kind" else facts.reason


def _fixes(problem: Problem, context: Context) -> tuple[Fix, ...]:
    facts = problem.of(WrongEntry)
    reason = _reason(facts, context)
    if reason == "unknown":
        return tuple(write(name, problem, context) for name in _nearest_keys(facts.key, context))
    if reason == "value":
        return tuple(write(value, problem, context) for value in _nearest_values(facts))
    return tuple(_without_entry(problem, context)) if reason == "twice" else ()


def _nearest_keys(said: str, context: Context) -> Iterator[str]:
    """The names of the nearest keys in the header's language, then the English names that are near.

    A key that is near by its name in another language is offered by its name in the header's.
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


def _nearest_values(facts: WrongEntry) -> Iterator[str]:
    from vkd_catalog.suggest import nearest

    if facts.known:
        yield from nearest(facts.value, facts.known, 2)
    key = key_named(facts.key)
    if key and key.value == "day":
        yield from (time for time in meant_times(facts.value) if day_of(time) is not None)


def _without_entry(problem: Problem, context: Context) -> Iterator[Fix]:
    """The fix that removes a repeated entry, with one of the semicolons around it; safe where it repeats the same
    value."""
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
    title = context.say(
        "VKD402.drop", key=context.quoted(line[entry.key.start : entry.value.end if entry.value else end])
    )
    yield Fix(title, (context.edit(entry.row, start, end, ""),), _value(first) == _value(entry))


def _value(entry: Entry) -> str:
    return entry.value.text if entry.value else ""


def _language(context: Context) -> str:
    """The language of the header, in which keys are named."""
    header = context.coded.description.header
    return language_of(header.type if header else None, context.catalogue.configuration.language)


def _kind(context: Context) -> Kind | None:
    return context.coded.kind


RULE = Rule(
    code="VKD402",
    level="error",
    safe=True,
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
