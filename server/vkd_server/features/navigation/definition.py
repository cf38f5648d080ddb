"""Definition: where the concept under the cursor, and the one above it, stand; and which information sets use it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from vkd_catalog.vocabulary import VOCABULARY_NAMES
from vkd_grammar.text import Position
from vkd_server.features.navigation.naming import Meant, concept_at

if TYPE_CHECKING:
    from vkd_catalog.catalogue import Catalogue
    from vkd_catalog.vocabulary import Concept
    from vkd_server.features.snapshot import Snapshot


class Place(NamedTuple):
    """A row of a file, its path relative to the workspace's root."""

    path: str
    row: int


def definition(snapshot: Snapshot, position: Position) -> Place | None:
    """The vocabulary row of the concept that the field at a position means, also by a ditto; None for no concept."""
    meant = concept_at(snapshot, position)
    return row_of(meant.concept) if meant else None


def row_of(concept: Concept) -> Place:
    """The place of a concept's row in its vocabulary file."""
    return Place(concept.source, concept.row)


def type_definition(snapshot: Snapshot, position: Position) -> Place | None:
    """The vocabulary row of the concept above the one at a place; None for a top concept."""
    meant = concept_at(snapshot, position)
    above = next(meant.vocabulary.above(meant.concept.code), None) if meant else None
    return row_of(above) if above else None


def products_with(meant: Meant, catalogue: Catalogue) -> list[Place]:
    """Where the information sets are described that have a sentence with a concept or one below it.

    A sentence has a named time when its own time overlaps it.
    """
    from vkd_catalog.register import Ask, Codes

    codes: list[Codes | None] = [None] * 4
    codes[VOCABULARY_NAMES.index(meant.vocabulary.name)] = Codes((meant.concept.code,), (meant.concept.code,))
    time = meant.concept.valid if meant.vocabulary.name == "times" else None
    found = catalogue.register.find(Ask(codes[0], codes[1], codes[2], time))
    records = map(catalogue.register.product, {one.product for one in found})
    return sorted(Place(record.path, record.row) for record in records)
