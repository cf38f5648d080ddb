"""Everything that changed, from the parts: concepts, information sets, demands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vkd_server.features.difference.changes import Difference
from vkd_server.features.difference.concepts import changed_concepts, concept_changes, moved_codes, words_that_differ
from vkd_server.features.difference.demands import demand_changes
from vkd_server.features.difference.sets import described, set_changes

if TYPE_CHECKING:
    from vkd_catalog.in_memory import InMemoryCatalogue


def difference(before: InMemoryCatalogue, now: InMemoryCatalogue, language: str) -> Difference:
    """Everything that changed from one state to another, in the words of a language."""
    changed = changed_concepts(before.own_vocabularies, now.own_vocabularies)
    touched = frozenset(touched_files(before, now))
    had, have = described(before, touched), described(now, touched)
    moved = moved_codes(changed)
    sets = tuple(set_changes(before, now, had, have, moved, language))
    renamed = {one.was: one.identification for one in sets if one.kind == "renamed"}
    demands = demand_changes(before, now, touched, (had, have), renamed, moved)
    concepts, elsewhere = concept_changes(changed, (had, have), demands.asked, language)
    return Difference(sets, concepts, elsewhere, demands.changes)


def touched_files(before: InMemoryCatalogue, now: InMemoryCatalogue) -> Iterator[str]:
    """The product files that may mean something else: their text changed, or the meaning of words and aliases in it."""
    had, have = set(before.product_files), set(now.product_files)
    words = words_that_differ(before.own_vocabularies, now.own_vocabularies)
    one, other = before.configuration.archives, now.configuration.archives
    aliases = [f"{alias}:".encode() for alias in one.keys() | other.keys() if one.get(alias) != other.get(alias)]
    for path in sorted(had | have):
        same = path in had and path in have and before.contents[path] == now.contents[path]
        text = now.contents[path] if same else b""
        if not same or words.may_stand_in(text) or any(alias in text for alias in aliases):
            yield path
