"""A catalogue as an editor shows it beside the texts: vocabularies as trees, registers, products, and a search.

Lists come in pieces of `MOST` entries, since nobody opens a hundred thousand at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Literal, NamedTuple

from vkd_catalog.lookup import KINDS
from vkd_catalog.suggest import loose
from vkd_catalog.technical import title_in
from vkd_catalog.vocabulary.concept import code_above, codes_above
from vkd_server.features.completion.items import word_in_field

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vkd_catalog.catalogue import Catalogue
    from vkd_catalog.register import ProductRecord
    from vkd_catalog.vocabulary import Concept, Vocabulary, VocabularyName

MOST = 200
"""How many entries a piece of a list holds."""


class Entry(NamedTuple):
    """A concept, product or demand, and where it stands: a path relative to the catalogue's root, a row from 0.

    `id` is a code or an identification, `below` the number of concepts right below a concept, `above` the codes of
    those above it from the top down, and `insert` is the concept as it is written in a field.
    """

    kind: Literal["product", "demand", "profile"] | VocabularyName
    id: str
    label: str
    detail: str
    path: str
    row: int
    below: int = 0
    above: tuple[str, ...] = ()
    insert: str = ""


class Listed(NamedTuple):
    """A piece of a list, and how many entries the whole of it has."""

    entries: Sequence[Entry]
    total: int


def concepts_below(vocabulary: Vocabulary, code: str, first: int, language: str) -> Listed:
    """The concepts right below a code, in the order of the file; the top ones for an empty code."""
    found = list(vocabulary.below(code))
    return Listed(_entries(vocabulary, found[first : first + MOST], language), len(found))


def registers(catalogue: Catalogue, first: int) -> Listed:
    """The concepts among the names that are registers, in the order of their words, from number `first` on."""
    names, language = catalogue.vocabularies.names, catalogue.language
    found = [concept for concept in names.concepts.values() if concept.kind == "register"]
    found.sort(key=lambda concept: loose(concept.label(language)))
    return Listed(_entries(names, found[first : first + MOST], language), len(found))


def products(catalogue: Catalogue, first: int) -> Listed:
    """The products that can be found, by identification."""
    found = catalogue.register.products()
    return Listed(
        [_product(record, catalogue.language) for _, record in islice(found, first, first + MOST)], len(found)
    )


def found(catalogue: Catalogue, text: str) -> Listed:
    """What the catalogue has by free words, the best first."""
    vocabularies = dict(zip(KINDS, catalogue.vocabularies.four, strict=False))
    below = {kind: _counted_below(vocabulary) for kind, vocabulary in vocabularies.items()}
    entries: list[Entry] = []
    for hit in catalogue.lookup.find(text, limit=MOST).hits:
        if hit.kind == "product":
            entries += [_product(record, catalogue.language) for record in catalogue.register.called(hit.code)[:1]]
        else:
            vocabulary = vocabularies[hit.kind]
            entries.append(_entry(vocabulary, vocabulary.concepts[hit.code], below[hit.kind], catalogue.language))
    return Listed(entries, len(entries))


def _entries(vocabulary: Vocabulary, concepts: Iterable[Concept], language: str) -> list[Entry]:
    below = _counted_below(vocabulary)
    return [_entry(vocabulary, concept, below, language) for concept in concepts]


def _counted_below(vocabulary: Vocabulary) -> Mapping[str, int]:
    """How many concepts stand right below each code."""
    return Counter(code_above(code) for code in vocabulary.concepts)


def _entry(vocabulary: Vocabulary, concept: Concept, below: Mapping[str, int], language: str) -> Entry:
    return Entry(
        vocabulary.name,
        concept.code,
        concept.label(language),
        concept.definition(language),
        concept.source,
        concept.row,
        below[concept.code],
        tuple(reversed([code for code in codes_above(concept.code) if code in vocabulary.concepts])),
        word_in_field(vocabulary, concept.label(language), concept.code),
    )


def _product(record: ProductRecord, language: str) -> Entry:
    stated = (title_in(record.values, language), *(record.values.get(key, "") for key in ("form", "access")))
    return Entry(
        "product",
        record.identification,
        record.identification,
        ", ".join(filter(None, stated)),
        record.path,
        record.row,
    )
