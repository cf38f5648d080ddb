"""Workspace symbols: products and concepts by a part of what they are called."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from heapq import nsmallest
from typing import TYPE_CHECKING, Literal, NamedTuple

from vkd_grammar.words import fold
from vkd_server.rules.wording import VOCABULARIES

if TYPE_CHECKING:
    from vkd_catalog.catalogue import Catalogue
    from vkd_catalog.vocabulary import Concept, Vocabulary, VocabularyName

MOST = 200
"""How many symbols an answer holds: nobody reads more, the next letter makes them fewer."""

_EXACT, _BEGINNING, _LATER_WORD, _INSIDE = range(4)


class WorkspaceSymbol(NamedTuple):
    """A product or a concept, and where it stands; `rank` says how well it answers a query, 0 best."""

    rank: int
    name: str
    kind: Literal["product"] | VocabularyName
    container: str
    path: str
    row: int


def best(found: Iterable[WorkspaceSymbol]) -> list[WorkspaceSymbol]:
    """The best symbols, in order: those that match best, of those the shorter ones."""
    return nsmallest(MOST, found, key=lambda symbol: (symbol.rank, len(symbol.name), symbol.name))


def workspace_symbols(query: str, catalogue: Catalogue) -> Iterator[WorkspaceSymbol]:
    """What is called something that a query is a part of, in no particular order; an empty query means everything."""
    wanted = fold(query)
    for _, product in catalogue.register.products():
        rank = _rank(wanted, fold(product.identification))
        if rank is not None:
            yield WorkspaceSymbol(rank, product.identification, "product", product.path, product.path, product.row)
    for vocabulary in catalogue.vocabularies.four:
        yield from _concepts(wanted, vocabulary, catalogue.language)


def _concepts(wanted: str, vocabulary: Vocabulary, language: str) -> Iterator[WorkspaceSymbol]:
    """The concepts that match by a word or by their code, each once, by the word that matches best."""
    ranks: dict[str, tuple[int, str]] = {}
    for word, codes in vocabulary.by_word.items():
        if wanted in word and (rank := _rank(wanted, word)) is not None:
            for code in codes:
                if code not in ranks or (rank, word) < ranks[code]:
                    ranks[code] = rank, word
    for code, concept in vocabulary.concepts.items():
        coded = _EXACT if fold(code) == wanted else None
        rank, word = ranks.get(code, (coded, ""))
        if rank is not None:
            name = _named(concept, word if wanted and coded is None else "", language)
            container = VOCABULARIES[vocabulary.name].in_language(language)
            yield WorkspaceSymbol(
                rank if coded is None else coded, name, vocabulary.name, container, concept.source, concept.row
            )


def _named(concept: Concept, word: str, language: str) -> str:
    """What a concept is shown as: the word that was found comes first, for editors filter by what they show."""
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
