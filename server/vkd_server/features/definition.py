"""Definition: where the concept under the cursor stands in its vocabulary; and the concept above it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from vkd_grammar.text import Position
from vkd_server.features.naming import concept_at

if TYPE_CHECKING:
    from vkd_catalog.vocabulary import Concept
    from vkd_server.features.snapshot import Snapshot


class Place(NamedTuple):
    """A row of a file, its path relative to the workspace's root."""

    path: str
    row: int


def definition(snapshot: Snapshot, position: Position) -> Place | None:
    """The vocabulary row of the concept that a field means, a ditto's included; None where it means none."""
    meant = concept_at(snapshot, position)
    return row_of(meant.concept) if meant else None


def row_of(concept: Concept) -> Place:
    """Where a concept stands."""
    return Place(concept.source, concept.row)
