"""Hover in a vocabulary: the concept of a row or of a code in it, how many information sets have it, and columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vkd_catalog.languages import counted, say
from vkd_catalog.vocabulary.columns import VALUES, has_column
from vkd_server.features.explain.concepts import product_count
from vkd_server.features.explain.hover import Hover, concept_text
from vkd_server.features.vocabulary_rows.references import rows_naming
from vkd_server.features.vocabulary_rows.table import Table, code_named, spot_at

if TYPE_CHECKING:
    from vkd_grammar.text import Position
    from vkd_server.features.navigation.naming import Meant


def hover(table: Table, position: Position, *, registered: bool) -> Hover | None:
    """What stands at a place, explained; how many products use a concept only once the register is there."""
    spot = spot_at(table, position)
    if spot is None:
        return None
    if spot.row == table.header:
        text = column_text(table, spot.text)
    else:
        meant = code_named(table, spot) or table.meant(spot.row)
        text = _concept(table, meant, registered=registered) if meant else column_text(table, spot.column)
    return Hover(text, spot.start, spot.end) if text else None


def column_text(table: Table, column: str) -> str:
    """What a column holds; empty for one that the vocabulary does not have."""
    kind = column.partition("@")[0]
    if not has_column(table.name, column):
        return ""
    language = table.catalogue.language
    about = say(f"column.{kind}", language)
    values = VALUES.get((table.name, column))
    takes = (
        f"\n\n{say('vocabulary-row.takes', language)}: {', '.join(f'`{value}`' for value in values)}" if values else ""
    )
    return f"**{column}**\n\n{about}{takes}"


def _concept(table: Table, meant: Meant, *, registered: bool) -> str:
    language = table.catalogue.language
    vocabulary, concept = meant
    parts = [concept_text(table.catalogue, vocabulary.name, concept.code)]
    naming = sum(1 for _ in rows_naming(meant, table.catalogue, table.lexicon))
    counts = [counted("vocabulary-row.rows", naming, language)]
    if registered:
        counts.insert(
            0, counted("vocabulary-row.products", product_count(concept, vocabulary, table.catalogue), language)
        )
    return "\n\n".join((*parts, "---", " · ".join(counts)))
