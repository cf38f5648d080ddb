"""Interest profiles: what is new, gone or changed among the answers to demands with profile=yes since the last run.

What was seen is remembered in the workspace's .vkd/ folder; a second run without changes reports nothing. A profile is
run only where what has changed since may change its answers, which makes no difference to what is reported.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from vkd_catalog.cache import Cache
from vkd_catalog.catalogue import Catalogue
from vkd_catalog.evaluation.demand import groups_of
from vkd_catalog.languages import counted, languages, say
from vkd_catalog.message.message import shown
from vkd_catalog.profiles import (
    Change,
    DamagedMemoryError,
    Memory,
    ProfileState,
    after_run,
    changes_between,
    products_of,
    read_memory,
    write_memory,
)
from vkd_catalog.searched import Searched, Waiting, may_differ, searched_now
from vkd_grammar.parser import Parser
from vkd_server import __version__
from vkd_server.cli import CallError
from vkd_server.cli.catalogues import catalogue_of
from vkd_server.cli.demands import DemandText, demand_texts, home_of
from vkd_server.cli.inputs import Inputs
from vkd_server.cli.streams import print_json, print_line, write_exactly
from vkd_server.features.answers.run import Asked, asked_in, run_asked

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


_NEVER_RUN = ProfileState({}, ())


def add_arguments(parser: ArgumentParser) -> None:
    """Adds the arguments of `vkd profile` to its parser."""
    add = parser.add_argument
    add("action", choices=("run",), help="run the profiles and report what has happened since the last time")
    add("paths", nargs="*", default=["."], metavar="PATH", help="files or folders with demands; else this folder")
    add("--workspace", metavar="DIR", help="whose catalogue is searched; without it, the one the files belong to")
    add("--output-format", choices=("text", "json", "atom"), default="text", help="atom gives the latest changes too")
    add("--language", choices=languages(), help="the language of what is said; else the catalogue's")


def run(arguments: Namespace) -> int:
    """Runs the profiles, prints the changes and stores the new state. Profiles that cannot be run are named on standard
    error and keep their state."""
    parser, inputs = Parser(), Inputs("profile")
    texts = [text for text in demand_texts(arguments.paths, None, parser, inputs) if text.has_demands]
    home = home_of(texts, arguments.workspace)
    catalogue = catalogue_of(home._replace(language=arguments.language or home.language), parser)
    cache = catalogue.cache
    if cache is None or not cache.mark(make=True):
        raise CallError(f"{catalogue.root}: cannot be written to, so nothing can be remembered there")
    before = _remembered(cache, catalogue.language)
    now, changes = run_profiles(profiles_of(texts, catalogue), catalogue, before)
    _print(arguments.output_format, catalogue, now.profiles, changes)
    if now != before:
        write_memory(cache, now)
    return inputs.exit_code(0)


def _remembered(cache: Cache, language: str) -> Memory:
    try:
        return read_memory(cache)
    except DamagedMemoryError as error:
        said = say("profiles.damaged", language, path=shown(str(error.kept)))
        print_line(f"vkd profile: {said}", error=True)
        return Memory({}, None)


def profiles_of(texts: list[DemandText], catalogue: Catalogue) -> dict[str, Asked]:
    """The profiles in some texts, by the name under which their state is stored; those with errors are reported and
    left out."""
    found: dict[str, Asked] = {}
    namesakes: Counter[str] = Counter()
    for one in _standing(texts, catalogue):
        if not one.runnable:
            place = f"{one.path}:{one.line}"
            why = say("profiles.not-run", catalogue.language, id=one.id)
            print_line(f"vkd profile: {place}: {why}", error=True)
            continue
        name = f"{one.id} ({one.path})"
        namesakes[name] += 1
        found[f"{name} {namesakes[name]}" if namesakes[name] > 1 else name] = one
    return found


def run_profiles(profiles: Mapping[str, Asked], catalogue: Catalogue, before: Memory) -> tuple[Memory, list[Change]]:
    """The state to store after running profiles, and the changes since they were last run."""
    at = datetime.now(UTC).isoformat(timespec="seconds")
    searched = searched_now(catalogue.register, _key(catalogue), before.searched)
    waiting = {name: _waiting(one, before.profiles.get(name, _NEVER_RUN), catalogue) for name, one in profiles.items()}
    answered = _answered_as_before(waiting, catalogue, before, searched)
    seen = searched.digest
    states = dict(before.profiles) | {name: before.profiles[name]._replace(seen=seen) for name in answered}
    changes: list[Change] = []
    for name in (name for name in profiles if name not in answered):
        state = states.get(name, _NEVER_RUN)
        products = products_of(run_asked(profiles[name], catalogue).answer)
        found = tuple(changes_between(name, state.products, products, at))
        states[name] = after_run(state, products, found, asked=_asked(waiting[name]), seen=seen)
        changes += found
    return Memory(states, searched), changes


def _answered_as_before(
    waiting: Mapping[str, Waiting], catalogue: Catalogue, before: Memory, searched: Searched
) -> frozenset[str]:
    """The profiles whose answers cannot have changed: they ask for the same, and no product that concerns them has
    changed."""
    if before.searched is None:
        return frozenset()
    latest = before.searched.digest
    same = {
        name: one
        for name, one in waiting.items()
        if (state := before.profiles.get(name)) and (state.asked, state.seen) == (_asked(one), latest)
    }
    return frozenset(same) - may_differ(same, before.searched, searched, catalogue.register, catalogue.vocabularies)


def _waiting(asked: Asked, state: ProfileState, catalogue: Catalogue) -> Waiting:
    return Waiting(groups_of(asked.demand, catalogue.vocabularies), asked.demand.technical.archive, state.products)


def _standing(texts: list[DemandText], catalogue: Catalogue) -> Iterator[Asked]:
    for text in texts:
        for index in range(len(text.document.rows)):
            asked = asked_in(text.document, index, text.path_in(catalogue), catalogue)
            if asked is not None and asked.demand.technical.profile:
                yield asked


def _asked(profile: Waiting) -> str:
    return _digest(repr((profile.groups, profile.archive)))


def _key(catalogue: Catalogue) -> str:
    """A hash of what answers depend on beside the products."""
    settings = catalogue.configuration._replace(root=Path(), file=None, language="")
    return _digest(__version__, repr(settings), catalogue.vocabularies_digest)


def _digest(*parts: str, size: int = 8) -> str:
    return blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=size).hexdigest()


def _print(form: str, catalogue: Catalogue, states: Mapping[str, ProfileState], changes: list[Change]) -> None:
    language = catalogue.language
    if form == "json":
        print_json(
            json.dumps({"version": 1, "changes": [one._asdict() for one in changes]}, ensure_ascii=False, indent=1)
        )
    elif form == "atom":
        write_exactly(_feed(catalogue, [change for state in states.values() for change in state.changes]))
    else:
        for one in changes:
            print_line(f"{one.profile}: {_change_text(one, language)}")
        print(counted("profiles.counted", len(changes), language))


def _change_text(change: Change, language: str) -> str:
    said = f"{say(f'profiles.kinds.{change.kind}', language)}: {change.product}"
    if change.kind != "changed":
        return said
    nothing = say("profiles.not-stated", language)
    moves = [
        say(
            "profiles.moved",
            language,
            key=key,
            before=change.before.get(key, nothing),
            now=change.now.get(key, nothing),
        )
        for key in dict.fromkeys((*change.before, *change.now))
    ]
    return f"{said}: {'; '.join(moves)}"


def _feed(catalogue: Catalogue, changes: list[Change]) -> str:
    """An Atom feed (RFC 4287) of the latest changes, the newest first."""
    newest = sorted(changes, key=lambda change: change.at, reverse=True)
    updated = newest[0].at if newest else "1970-01-01T00:00:00+00:00"
    name = catalogue.configuration.name
    entries = "".join(_entry(name, one, catalogue.language) for one in newest)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
        f"  <id>{_urn(name)}</id>\n  <title>{_xml(name)}</title>\n  <updated>{updated}</updated>\n"
        f"  <author><name>{_xml(name)}</name></author>\n{entries}</feed>\n"
    )


def _entry(catalogue: str, change: Change, language: str) -> str:
    said = _change_text(change, language)
    return (
        f"  <entry>\n    <id>{_urn(catalogue, *map(str, change[:3]), change.at)}</id>\n"
        f"    <title>{_xml(said)}</title>\n    <updated>{change.at}</updated>\n"
        f'    <category term="{change.kind}"/>\n'
        f'    <content type="text">{_xml(f"{change.profile}: {said}")}</content>\n  </entry>\n'
    )


def _urn(*parts: str) -> str:
    """An identifier that is the same for the same texts, wherever the feed is made (RFC 9562, a UUID of version 8)."""
    from uuid import UUID

    number = int(_digest(*parts, size=16), 16) & ~(0xF << 76 | 0x3 << 62) | 0x8 << 76 | 0x2 << 62
    return f"urn:uuid:{UUID(int=number)}"


def _xml(text: str) -> str:
    """A text as XML can hold it; characters that it cannot hold are replaced by visible ones."""
    from xml.sax.saxutils import escape

    return escape(shown(text))
