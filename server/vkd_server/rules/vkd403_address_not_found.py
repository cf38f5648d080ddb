"""VKD403: address alias not defined, or a local address that does not exist: of an archive or of a catalogue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from vkd_catalog.configuration import default_configuration
from vkd_catalog.documents.ids import is_document_id
from vkd_catalog.federation.neighbours import Lost, named_catalogues
from vkd_catalog.toml import read_toml
from vkd_grammar.problems import at_field
from vkd_grammar.syntax import Problem
from vkd_grammar.technical import KEYS
from vkd_grammar.times import Series
from vkd_server.rules.rule import Context, Example, Fix, Rule
from vkd_server.rules.shared.addresses import place_of_value
from vkd_server.rules.shared.wording import all_of

_ADDRESSES = tuple(key.name for key in KEYS if key.value == "address")


_MOST_FILES = 1000
"""So many files are looked for by name."""


class LostAddress(NamedTuple):
    """The part of an address that leads nowhere: an alias that is not defined, a local address, or that of another
    catalogue, and then `why` it cannot be read."""

    reason: Literal["alias", "missing", "catalogue"]
    named: str
    why: Lost | None = None


def catalogues_not_found(lines: Sequence[str], root: Path) -> Iterator[Problem]:
    """The catalogues that a `vkd.toml` names and that cannot be read, each at its address."""
    named = {
        entry.path[1]: entry.values[0]
        for entry in read_toml(lines).entries
        if entry.path[0] == "catalogues" and len(entry.path) == 2 and entry.values and entry.values[0].is_text
    }
    addresses = {name: value.text for name, value in named.items()}
    for one in named_catalogues(default_configuration(root)._replace(catalogues=addresses)) if named else ():
        start, end = named[one.name].start, named[one.name].end
        if one.lost:
            facts = LostAddress("catalogue", one.address, one.lost)
            yield Problem("VKD403", start.row, start.column, end.column, facts)


def _check(context: Context) -> Iterator[Problem]:
    if context.coded.kind != "product":
        return
    values = context.coded.technical.values
    for key in _ADDRESSES:
        address = values.get(key)
        if address is None or (key == "doc" and is_document_id(address)):
            # That no documentation has an id is VKD801.
            continue
        found = context.catalogue.resolve(address)
        if found.kind == "unknown-alias":
            yield at_field(*place_of_value(key, context), "VKD403", LostAddress("alias", found.alias))
        elif found.kind == "path" and not any(map(context.exists, _targets(address, context))):
            yield at_field(*place_of_value(key, context), "VKD403", LostAddress("missing", address))


def _targets(address: str, context: Context) -> Iterator[str]:
    """The paths that an address may lead to."""
    from vkd_catalog.addresses import is_open

    addresses = _for_each_period(address, context) if is_open(address) else [address]
    return (context.catalogue.resolve(one).target for one in addresses)


def _for_each_period(address: str, context: Context) -> list[str]:
    """An address for each period of the product's series.

    A product that states no series, or one of very many periods, may have a file for any; the address stays as it is.
    """
    from vkd_catalog.addresses import filled_in_for_each

    times = dict.fromkeys(sentence.time for sentence in context.coded.sentences)
    series = [time for time in times if isinstance(time, Series) and not time.is_open]
    return filled_in_for_each(address, series, _MOST_FILES) or [address]


def _message(problem: Problem, context: Context) -> str:
    facts = problem.of(LostAddress)
    if facts.reason == "catalogue":
        return context.say("VKD403.catalogue", path=context.quoted(facts.named), why=context.say(f"unread.{facts.why}"))
    if facts.reason == "missing":
        return context.say("VKD403.missing", address=context.quoted(facts.named))
    aliases = [f"{alias}:" for alias in context.catalogue.configuration.archives]
    known = (
        context.say("VKD403.known", aliases=all_of(aliases, context.language))
        if aliases
        else context.say("VKD403.none-known")
    )
    return context.say("VKD403.alias", alias=context.quoted(f"{facts.named}:"), known=known)


def _fixes(problem: Problem, context: Context) -> tuple[Fix, ...]:
    reason, alias, _ = problem.of(LostAddress)
    if reason != "alias":
        return ()
    from vkd_catalog.suggest import nearest

    near = nearest(alias, tuple(context.catalogue.configuration.archives), 3)
    end = problem.start + len(alias)
    return tuple(
        Fix(
            context.say("VKD403.write", text=context.quoted(f"{known}:")),
            (context.edit(problem.row, problem.start, end, known),),
        )
        for known in near
    )


RULE = Rule(
    code="VKD403",
    level="error",
    example=Example(
        bad=(
            "0 / Produktbeskrivelse / eksempel / data=fob:ft70-person.csv; doc=P:ft70.md; form=csv; access=restricted\n"
            "1 / Personer / Personreg.nov.70 / Yrke / 19701101 / .\n"
        ),
        good=(
            "0 / Produktbeskrivelse / eksempel / data=F:ft70-person.csv; doc=P:ft70.md; form=csv; access=closed\n"
            "1 / Personer / Personreg.nov.70 / Yrke / 19701101 / .\n"
        ),
    ),
    message=_message,
    fixes=_fixes,
    check=_check,
)
