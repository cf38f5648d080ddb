"""Rename that begins in a vocabulary: a word in its cell, and every use of it (see `features/renaming.py`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vkd_catalog.languages import say
from vkd_catalog.vocabulary.columns import WITH_LANGUAGE
from vkd_server.features.refactoring.renaming import NOTATION, Refusal, WordAt
from vkd_server.features.vocabulary_rows.table import Table, code_named, spot_at

if TYPE_CHECKING:
    from vkd_grammar.text import Position


def renameable_at(table: Table, position: Position) -> WordAt | Refusal | None:
    """The word at a place that can be renamed, or why a code cannot; None where neither stands."""
    spot = spot_at(table, position)
    if spot is None or spot.row == table.header or not spot.text:
        return None
    if code_named(table, spot):
        return Refusal(say("vocabulary-row.code-stays", table.catalogue.language))
    labelled = WITH_LANGUAGE.fullmatch(spot.column)
    meant = table.meant(spot.row)
    if meant is None or meant.concept.row != spot.row:
        return None
    if spot.column == "notation":
        language = NOTATION
    elif labelled and labelled[1] in ("prefLabel", "altLabel"):
        language = labelled[2]
    else:
        return None
    return WordAt(spot.start, spot.end, spot.text, meant.vocabulary.name, meant.concept, language)
