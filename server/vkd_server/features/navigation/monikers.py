"""Monikers: what is named at a place, by a name that means the same in the whole catalogue, for indexes of files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from vkd_grammar.words import fold
from vkd_server.features.navigation.identifications import product_at
from vkd_server.features.navigation.naming import concept_at

if TYPE_CHECKING:
    from vkd_grammar.text import Position
    from vkd_server.features.snapshot import Snapshot


class Moniker(NamedTuple):
    """A concept by its vocabulary and code, imported here; or a product by its folded identification, exported from
    here."""

    identifier: str
    kind: Literal["import", "export"]


def moniker(snapshot: Snapshot, position: Position) -> Moniker | None:
    """What is named at a place; None where nothing is. Whatever words name a concept, its moniker is the same."""
    meant = concept_at(snapshot, position)
    if meant is not None:
        return Moniker(f"{meant.vocabulary.name}/{meant.concept.code}", "import")
    product = product_at(snapshot, position)
    return Moniker(f"products/{fold(product)}", "export") if product else None
