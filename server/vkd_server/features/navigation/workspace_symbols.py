"""Workspace symbols: products, collections and concepts by a part of what they are called."""

from __future__ import annotations

from collections.abc import Iterable
from heapq import nsmallest
from typing import TYPE_CHECKING, Literal, NamedTuple

from vkd_catalog.languages import say
from vkd_catalog.lookup import KINDS
from vkd_grammar.words import fold
from vkd_server.features.explain.collections import collection_of

if TYPE_CHECKING:
    from vkd_catalog.catalogue import Catalogue
    from vkd_catalog.register import ProductRecord
    from vkd_catalog.vocabulary import Concept, Vocabulary, VocabularyName

MOST = 200
"""How many symbols an answer holds: nobody reads more, the next letter makes them fewer."""

_LOOKED_AT = 10 * MOST
"""How many words of a vocabulary are ranked, and names of products and collections."""

_EXACT, _BEGINNING, _LATER_WORD, _INSIDE = range(4)
_COLLECTION, _PRODUCT = -2, -1


class WorkspaceSymbol(NamedTuple):
    """A product, a collection or a concept, and where it stands: a collection where the last of its editions does, by
    identification. `container` is the collection of an edition; `code` is empty for what is no concept."""

    name: str
    kind: Literal["collection", "product"] | VocabularyName
    container: str
    path: str
    row: int
    code: str = ""


class _Candidate(NamedTuple):
    """A possible answer to a query: how well it matches (0 is best), by which folded word, and the concept, product or
    collection. Sorts in the order in which answers are shown."""

    rank: int
    length: int
    word: str
    code: str
    vocabulary: int


def workspace_symbols(query: str, catalogue: Catalogue) -> list[WorkspaceSymbol]:
    """What is called something that a query is a part of: the best matches first, of those the shorter ones.

    An empty query means everything. Where nothing is called so it is what somebody may mean by the words.
    """
    wanted = fold(query)
    register = catalogue.register
    found, numbers = _candidates(wanted, catalogue, inside=False)
    if sum(one.rank <= _BEGINNING for one in found) < MOST:
        found, numbers = _candidates(wanted, catalogue, inside=True)
    best = nsmallest(MOST, found)
    if not best:
        return _meant(query, catalogue)
    made = {_COLLECTION: _collection_symbol, _PRODUCT: _product_symbol}
    return [
        made[one.vocabulary](register.product(numbers[one.vocabulary, one.word]))
        if one.vocabulary in made
        else _symbol(one, wanted, catalogue)
        for one in best
    ]


def _candidates(
    wanted: str, catalogue: Catalogue, *, inside: bool
) -> tuple[list[_Candidate], dict[tuple[int, str], int]]:
    """What is called something that a folded query begins, or unless that is enough also what it is `inside` of; and
    the products and collections among it by their numbers."""
    register = catalogue.register
    named = {
        _COLLECTION: register.collections_holding(wanted, _LOOKED_AT, inside=inside),
        _PRODUCT: register.holding(wanted, _LOOKED_AT, inside=inside),
    }
    numbers = {(kind, fold(one.name)): one.number for kind, called in named.items() for one in called}
    found = [
        _Candidate(rank, len(name), name, "", kind)
        for kind, name in numbers
        if (rank := _rank(wanted, name)) is not None
    ]
    for number, vocabulary in enumerate(catalogue.vocabularies.four):
        found += _concepts(wanted, vocabulary, number, inside=inside)
    return found, numbers


def _meant(query: str, catalogue: Catalogue) -> list[WorkspaceSymbol]:
    """What is found by free words, the best first."""
    kinds = dict(zip(KINDS, catalogue.vocabularies.four, strict=False))
    symbols = []
    for hit in catalogue.lookup.named(query, MOST):
        if hit.kind == "product":
            symbols += [_product_symbol(record) for record in catalogue.register.called(hit.code)[:1]]
        else:
            vocabulary = kinds[hit.kind]
            concept = vocabulary.concepts[hit.code]
            symbols.append(_concept_symbol(concept, fold(hit.text), vocabulary.name, catalogue.language))
    return symbols


def _concepts(wanted: str, vocabulary: Vocabulary, number: int, *, inside: bool) -> Iterable[_Candidate]:
    """The concepts that match by a word or by their code, each once, by the word that matches best."""
    best: dict[str, _Candidate] = {}
    for word, codes in vocabulary.words_holding(wanted, _LOOKED_AT, inside=inside):
        rank = _rank(wanted, word)
        if rank is not None:
            for one in (_Candidate(rank, len(word), word, code, number) for code in codes):
                if one.code not in best or one < best[one.code]:
                    best[one.code] = one
    for code in vocabulary.concepts.codes_alike(wanted):
        best[code] = _Candidate(_EXACT, len(code), "", code, number)
    return best.values()


def _product_symbol(product: ProductRecord) -> WorkspaceSymbol:
    container = collection_of(product) or product.path
    return WorkspaceSymbol(product.identification, "product", container, product.path, product.row)


def _collection_symbol(edition: ProductRecord) -> WorkspaceSymbol:
    """The collection that a product is an edition of."""
    return WorkspaceSymbol(collection_of(edition), "collection", edition.path, edition.path, edition.row)


def _symbol(one: _Candidate, wanted: str, catalogue: Catalogue) -> WorkspaceSymbol:
    vocabulary = catalogue.vocabularies.four[one.vocabulary]
    word = one.word if wanted else ""
    return _concept_symbol(vocabulary.concepts[one.code], word, vocabulary.name, catalogue.language)


def _concept_symbol(concept: Concept, word: str, vocabulary: VocabularyName, language: str) -> WorkspaceSymbol:
    """A concept as a symbol, found by a folded word."""
    container = say(f"vocabulary.{vocabulary}", language)
    return WorkspaceSymbol(
        _named(concept, word, language), vocabulary, container, concept.source, concept.row, concept.code
    )


def _named(concept: Concept, word: str, language: str) -> str:
    """The name that a concept is shown by. It begins with the word that was found, since editors filter by what they
    show."""
    label = concept.label(language)
    found = next((one for one in concept.words() if fold(one) == word), label)
    return f"{label} [{concept.code}]" if fold(label) == fold(found) else f"{found} – {label} [{concept.code}]"


def _rank(wanted: str, word: str) -> int | None:
    at = word.find(wanted)
    if at < 0:
        return None
    if at == 0:
        return _EXACT if len(word) == len(wanted) else _BEGINNING
    return _INSIDE if word[at - 1].isalnum() else _LATER_WORD
