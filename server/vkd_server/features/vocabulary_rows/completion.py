"""Completion in a vocabulary: columns in the header, codes where codes are named, and the values of closed columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from vkd_catalog.languages import languages
from vkd_catalog.vocabulary.columns import VALUES, by_language, columns_of
from vkd_catalog.vocabulary.concept import code_above
from vkd_grammar.words import fold
from vkd_server.features.completion.items import Completions, Item, listed
from vkd_server.features.cursor import FieldAt
from vkd_server.features.vocabulary_rows.table import Spot, Table, spot_at
from vkd_server.rules.shared.vocabulary_edits import free_code

if TYPE_CHECKING:
    from vkd_catalog.vocabulary import Vocabulary
    from vkd_grammar.text import Position


def complete(
    table: Table, position: Position, products: Callable[[str], Iterable[str]] = lambda _: ()
) -> Completions | None:
    """The values that may be written at a position; None where any text may, as in a word or a definition.

    `products` are the identifications that begin with a text, as far as they are known.
    """
    spot = spot_at(table, position)
    if spot is None:
        return None
    items = _columns(table, spot) if spot.row == table.header else _values(table, spot, products)
    if items is None:
        return None
    field = FieldAt(0, spot.start.column, spot.end.column, spot.typed, spot.text, False)
    return listed(position.row, field, items)


def _columns(table: Table, spot: Spot) -> Iterator[Item]:
    """The columns that the file does not have yet: those of its vocabulary, and those that stand by language."""
    has = set(table.columns) - {spot.text}
    tags = dict.fromkeys((table.catalogue.language, *_languages(table), *languages()))
    known = columns_of(table.name)
    labels = [f"{kind}@{language}" for language in tags for kind in by_language(table.name)]
    typed = fold(spot.typed)
    for column in (*known[:1], *labels, *known[1:]):
        if column not in has and fold(column).startswith(typed):
            yield Item("key", column, column)


def _languages(table: Table) -> Iterator[str]:
    """The languages of the other vocabularies' columns, in their order."""
    for file in table.catalogue.vocabularies.files:
        yield from (column.partition("@")[2] for column in file.columns if "@" in column)


def _values(table: Table, spot: Spot, products: Callable[[str], Iterable[str]]) -> Iterator[Item] | None:
    closed = VALUES.get((table.name, spot.column))
    if closed is not None:
        return (Item("value", value, value) for value in closed if value.startswith(spot.typed))
    if spot.column == "code":
        return _new_codes(table, spot)
    if spot.is_product:
        return (Item("value", name, name) for name in products(spot.typed))
    if spot.column == "missing":
        return _own_values(table, spot)
    vocabulary = table.vocabulary_of(spot.column)
    return _codes(table, vocabulary, spot) if vocabulary else None


def _new_codes(table: Table, spot: Spot) -> Iterator[Item]:
    """The next free code: at the top, or below the code that was typed up to its last full stop."""
    vocabulary = table.vocabulary
    above = code_above(spot.typed)
    if "." not in spot.typed:
        code = free_code(vocabulary)
    elif above not in vocabulary.concepts:
        return
    else:
        taken = {concept.code for concept in vocabulary.below(above)}
        code = next(free for number in range(1, len(taken) + 2) if (free := f"{above}.{number}") not in taken)
    label = vocabulary.concepts[above].label(table.catalogue.language) if above else ""
    if code.startswith(spot.typed):
        yield Item("code", code, code, right=label)


def _own_values(table: Table, spot: Spot) -> Iterator[Item]:
    """The values of the row's code list."""
    meant = table.meant(spot.row)
    for one in meant.concept.values if meant else ():
        if one.value.startswith(spot.typed):
            yield Item("value", one.value, one.value, right=one.label(table.catalogue.language))


def _codes(table: Table, vocabulary: Vocabulary, spot: Spot) -> Iterator[Item]:
    """The concepts that what was typed begins, a code or a word; those whose code it begins come first."""
    language = table.catalogue.language
    for match in table.lexicon.index(vocabulary.name).find(spot.typed, misspelled=False, codes_first=True):
        concept = match.concept
        label = concept.label(language)
        beside = f" {match.word}" if match.word not in ("", label, concept.code) else ""
        yield Item("code", concept.code, concept.code, beside, label, (vocabulary.name, concept.code))
