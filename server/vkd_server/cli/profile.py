"""Interest profiles: what is new, gone or changed among the answers to demands with profile=yes since the last run.

What was seen is remembered in the workspace's .vkd/ folder; a second run without changes reports nothing.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from vkd_catalog.catalogue import Catalogue
from vkd_catalog.profiles import (
    Change,
    ProfileState,
    after_run,
    changes_between,
    products_of,
    read_states,
    write_states,
)
from vkd_grammar.parser import Parser
from vkd_server.cli import CallError
from vkd_server.cli.demands import demand_texts, home_of
from vkd_server.features.run import Run, run_document

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

_FILE = "profiles.json"


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments of `vkd profile`."""
    add = parser.add_argument
    add("action", choices=("run",), help="run the profiles and report what has happened since the last time")
    add("paths", nargs="*", default=["."], metavar="PATH", help="files or folders with demands; else this folder")
    add("--workspace", metavar="DIR", help="whose catalogue is searched; without it, the one the files belong to")
    add("--output-format", choices=("text", "json", "atom"), default="text", help="atom gives the latest changes too")


def run(arguments: Namespace) -> int:
    """Reports and remembers; profiles that cannot be run are named on standard error and keep what they had."""
    parser = Parser()
    texts = [text for text in demand_texts(arguments.paths, None, parser) if text.has_demands]
    catalogue = Catalogue(home_of(texts, arguments.workspace), parser)
    runs = [one for text in texts for one in run_document(text.document, text.path_in(catalogue), catalogue)]
    profiles = [one for one in runs if one.demand.technical.profile]
    file = catalogue.cache_file(_FILE)
    if file is None:
        raise CallError(f"{catalogue.root}: cannot be written to, so nothing can be remembered there")
    states = read_states(file)
    changes = _run_all(profiles, states)
    _print(arguments.output_format, catalogue, states, changes)
    write_states(file, states)
    return 0


def _run_all(profiles: list[Run], states: dict[str, ProfileState]) -> list[Change]:
    at = datetime.now(UTC).isoformat(timespec="seconds")
    changes: list[Change] = []
    for one in profiles:
        if one.answer.status == "invalid":
            place = f"{one.answer.path}:{one.answer.line}"
            print(f"vkd profile: {place}: {one.answer.id} has errors and was not run", file=sys.stderr)
            continue
        name = f"{one.answer.id} ({one.answer.path})"
        before = states.get(name, ProfileState({}, ()))
        products = products_of(one.answer)
        found = tuple(changes_between(name, before.products, products, at))
        states[name] = after_run(before, products, found)
        changes += found
    return changes


def _print(form: str, catalogue: Catalogue, states: dict[str, ProfileState], changes: list[Change]) -> None:
    if form == "json":
        print(json.dumps({"version": 1, "changes": [one._asdict() for one in changes]}, ensure_ascii=False, indent=1))
    elif form == "atom":
        sys.stdout.write(_feed(catalogue, [change for state in states.values() for change in state.changes]))
    else:
        for one in changes:
            print(f"{one.profile}: {_told(one)}")
        print(f"{len(changes)} {'change' if len(changes) == 1 else 'changes'}.")


def _told(change: Change) -> str:
    if change.kind != "changed":
        return f"{change.kind}: {change.product}"
    moves = [
        f"{key} was {change.before.get(key, 'not stated')}, is {change.now.get(key, 'not stated')}"
        for key in dict.fromkeys((*change.before, *change.now))
    ]
    return f"changed: {change.product}: {'; '.join(moves)}"


def _feed(catalogue: Catalogue, changes: list[Change]) -> str:
    """An Atom feed (RFC 4287) of the latest changes, the newest first."""
    from hashlib import blake2b
    from xml.sax.saxutils import escape

    def urn(*parts: str) -> str:
        return "urn:vkd:" + blake2b("\0".join(parts).encode(), digest_size=16).hexdigest()

    newest = sorted(changes, key=lambda change: change.at, reverse=True)
    updated = newest[0].at if newest else "1970-01-01T00:00:00+00:00"
    name = catalogue.configuration.name
    entries = "".join(
        f"  <entry>\n    <id>{urn(name, *map(str, change[:3]), change.at)}</id>\n"
        f"    <title>{escape(_told(change))}</title>\n    <updated>{change.at}</updated>\n"
        f'    <category term="{change.kind}"/>\n    <summary>{escape(change.profile)}</summary>\n  </entry>\n'
        for change in newest
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
        f"  <id>{urn(name)}</id>\n  <title>{escape(name)}</title>\n  <updated>{updated}</updated>\n"
        f"  <author><name>{escape(name)}</name></author>\n{entries}</feed>\n"
    )
