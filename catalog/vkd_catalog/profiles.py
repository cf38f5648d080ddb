"""Interest profiles: demands that stand, and what has come, gone or changed since they were last run (1972 p.17)."""

import json
import re
from binascii import crc32
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple

from vkd_catalog.cache import Cache
from vkd_catalog.evaluation.answer import Answer, ProductFacts
from vkd_catalog.searched import Searched, SearchedFile
from vkd_grammar.technical import KEYS

Conditions = Mapping[str, str]
"""What a product states that matters to somebody waiting for it, by key; what is not stated is left out."""

_WATCHED = (*(key.name for key in KEYS if key.watched), "sensitive")
_EVENTS_KEPT = 200
_VERSION = 3
_FILE = "profiles.json"
_CHECKSUM = re.compile(rb', "checksum": "([0-9a-f]{8})"\}\Z')
_SAYS_IT_HAS_ONE = re.compile(rb'\{"version": (?!1,|2,)')


class Change(NamedTuple):
    """One thing that has happened to a profile: a product that is new among the answers, gone, or changed.

    `before` and `now` hold the conditions that differ; `at` is when it was seen, in RFC 3339.
    """

    profile: str
    kind: Literal["new", "gone", "changed"]
    product: str
    before: Conditions
    now: Conditions
    at: str


class ProfileState(NamedTuple):
    """What a profile's last run found: the conditions of each product, and the latest changes, the newest last.

    `asked` is a hash of what the profile asked for, `seen` one of what it was run against; empty where not known.
    """

    products: Mapping[str, Conditions]
    changes: tuple[Change, ...]
    asked: str = ""
    seen: str = ""


class Memory(NamedTuple):
    """What is stored of the profiles' last runs, by name, and of what the latest of them searched."""

    profiles: Mapping[str, ProfileState]
    searched: Searched | None


def products_of(answer: Answer) -> dict[str, Conditions]:
    """The products that are a member of some cover, with their conditions."""
    return {member: conditions_of(answer.products[member]) for member in sorted(answer.covers.members())}


def conditions_of(facts: ProductFacts) -> dict[str, str]:
    """What a product states of its form, addresses and conditions, as written; `sensitive` follows from its words."""
    return _only({**facts.values, "sensitive": facts.sensitive}, _WATCHED)


def changes_between(
    profile: str, before: Mapping[str, Conditions], now: Mapping[str, Conditions], at: str
) -> Iterator[Change]:
    """What has changed between the products of two runs; nothing where they are the same."""
    for product, conditions in now.items():
        had = before.get(product)
        if had is None:
            yield Change(profile, "new", product, {}, conditions, at)
        elif keys := _moved(had, conditions):
            yield Change(profile, "changed", product, _only(had, keys), _only(conditions, keys), at)
    for product, conditions in before.items():
        if product not in now:
            yield Change(profile, "gone", product, conditions, {}, at)


def after_run(
    state: ProfileState, products: Mapping[str, Conditions], changes: tuple[Change, ...], *, asked: str, seen: str
) -> ProfileState:
    """The state to store after a run."""
    return ProfileState(products, (*state.changes, *changes)[-_EVENTS_KEPT:], asked, seen)


class DamagedMemoryError(Exception):
    """What was stored of the profiles is damaged. It cannot be made again, so it is kept under another name."""

    def __init__(self, kept: Path) -> None:
        super().__init__(str(kept))
        self.kept = kept


def read_memory(cache: Cache) -> Memory:
    """What was stored of the profiles; an empty memory where nothing was.

    Raises DamagedMemoryError, after which nothing is stored, and OSError.
    """
    try:
        data = cache.read(_FILE)
    except FileNotFoundError:
        return Memory({}, None)
    try:
        stored = json.loads(_whole(data))
        # Before it was known what had been searched, the profiles stood alone.
        return _memory(stored) if "version" in stored else Memory(_as_first_remembered(stored), None)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        kept = f"profiles-damaged-{crc32(data):08x}.json"
        cache.write(kept, data, durable=True)
        cache.remove(_FILE)
        raise DamagedMemoryError(cache.folder / kept) from error


def write_memory(cache: Cache, memory: Memory) -> None:
    """Stores the memory, all or nothing. Raises OSError."""
    text = json.dumps(_stored(memory), ensure_ascii=False).encode("utf-8", "surrogatepass")
    content = text.removesuffix(b"}")
    cache.write(_FILE, content, b', "checksum": "%08x"}' % crc32(content), durable=True)


def _whole(data: bytes) -> bytes:
    """The stored bytes, checked against the checksum in them; older ones have none. Raises ValueError."""
    checksum = _CHECKSUM.search(data)
    if checksum and int(checksum[1], 16) != crc32(data[: checksum.start()]):
        raise ValueError("the checksum is another")
    if not checksum and _SAYS_IT_HAS_ONE.match(data):
        raise ValueError("the checksum is gone")
    return data


def _stored(memory: Memory) -> dict[str, object]:
    """The memory as JSON. Thousands of profiles wait for the same products, so what those state is there once."""
    known: dict[tuple[tuple[str, str], ...], int] = {}

    def place(conditions: Conditions) -> int:
        return known.setdefault(tuple(conditions.items()), len(known))

    profiles = {
        name: {
            "products": {product: place(conditions) for product, conditions in state.products.items()},
            "changes": [(one.kind, one.product, place(one.before), place(one.now), one.at) for one in state.changes],
            "asked": state.asked,
            "seen": state.seen,
        }
        for name, state in memory.profiles.items()
    }
    conditions = [dict(items) for items in known]
    return {"version": _VERSION, "searched": memory.searched, "conditions": conditions, "profiles": profiles}


def _memory(stored: Mapping[str, Any]) -> Memory:
    conditions = stored["conditions"]
    profiles = {
        name: ProfileState(
            {product: conditions[place] for product, place in one["products"].items()},
            tuple(
                Change(name, kind, product, conditions[before], conditions[now], at)
                for kind, product, before, now, at in one["changes"]
            ),
            one["asked"],
            one["seen"],
        )
        for name, one in stored["profiles"].items()
    }
    return Memory(profiles, _searched(stored["searched"]) if stored["searched"] else None)


def _as_first_remembered(stored: Mapping[str, Any]) -> dict[str, ProfileState]:
    return {
        name: ProfileState(one["products"], tuple(Change(**change) for change in one["changes"]))
        for name, one in stored.items()
    }


def _searched(stored: Sequence[Any]) -> Searched:
    key, files = stored
    return Searched(key, {path: SearchedFile(digest, products) for path, (digest, products) in files.items()})


def _moved(had: Conditions, now: Conditions) -> list[str]:
    """The conditions that differ between two states. `sensitive` is left out where the earlier state lacks it, as old
    ones do."""
    return [key for key in _WATCHED if had.get(key) != now.get(key) and (key != "sensitive" or key in had)]


def _only(values: Mapping[str, str], keys: tuple[str, ...] | list[str]) -> dict[str, str]:
    return {key: values[key] for key in keys if key in values}
