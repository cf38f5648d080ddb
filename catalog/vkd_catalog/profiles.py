"""Interest profiles: demands that stand, and what has come, gone or changed since they were last run (1972 p.17)."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal, NamedTuple

from vkd_catalog.evaluation.answer import Answer

Conditions = Mapping[str, str]
"""What a product states that matters to somebody waiting for it, by key; what is not stated is left out."""

_WATCHED = ("data", "doc", "form", "access", "lead-time")
_EVENTS_KEPT = 200


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
    """What a profile's last run saw: the conditions of each product, and the latest changes, the newest last."""

    products: Mapping[str, Conditions]
    changes: tuple[Change, ...]


def products_of(answer: Answer) -> dict[str, Conditions]:
    """The products that are a member of some cover, with their conditions."""
    return {member: _conditions(answer.products[member].values) for member in sorted(answer.covers.members())}


def changes_between(
    profile: str, before: Mapping[str, Conditions], now: Mapping[str, Conditions], at: str
) -> Iterator[Change]:
    """What has happened between two runs; nothing between a run and itself."""
    for product, conditions in now.items():
        had = before.get(product)
        if had is None:
            yield Change(profile, "new", product, {}, conditions, at)
        elif had != conditions:
            keys = [key for key in _WATCHED if had.get(key) != conditions.get(key)]
            yield Change(profile, "changed", product, _only(had, keys), _only(conditions, keys), at)
    for product, conditions in before.items():
        if product not in now:
            yield Change(profile, "gone", product, conditions, {}, at)


def after_run(state: ProfileState, products: Mapping[str, Conditions], changes: tuple[Change, ...]) -> ProfileState:
    """The state to remember after a run."""
    return ProfileState(products, (*state.changes, *changes)[-_EVENTS_KEPT:])


def read_states(file: Path) -> dict[str, ProfileState]:
    """The remembered states, by profile; none where the file is not there or cannot be read."""
    try:
        stored = json.loads(file.read_text(encoding="utf-8"))
        return {
            name: ProfileState(one["products"], tuple(Change(**change) for change in one["changes"]))
            for name, one in stored.items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def write_states(file: Path, states: Mapping[str, ProfileState]) -> None:
    """Remembers the states, all or nothing. Raises OSError."""
    stored = {
        name: {"products": dict(state.products), "changes": [change._asdict() for change in state.changes]}
        for name, state in states.items()
    }
    part = file.with_suffix(".part")
    part.write_text(json.dumps(stored, ensure_ascii=False, indent=1), encoding="utf-8")
    part.replace(file)


def _conditions(values: Mapping[str, str]) -> dict[str, str]:
    return _only(values, _WATCHED)


def _only(values: Mapping[str, str], keys: tuple[str, ...] | list[str]) -> dict[str, str]:
    return {key: values[key] for key in keys if key in values}
