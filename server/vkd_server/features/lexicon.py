"""The words of a catalogue, kept so that the concepts one may mean by a beginning are found at once."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from vkd_catalog.suggest import Suggester, loose

if TYPE_CHECKING:
    from vkd_catalog.vocabulary import Concept, Vocabularies, Vocabulary, VocabularyName

_PAST_ALL = "\U0010ffff"


class Match(NamedTuple):
    """A concept that a text may mean: the word of it that matched, and how well (0 best)."""

    concept: Concept
    word: str
    rank: int


EXACT, BEGINNING, CODE, INSIDE, NEAR = range(5)
"""How a text may match: the word itself, its beginning, a code's beginning, a later word's beginning, a misspelling."""


class Lexicon:
    """The four vocabularies as completion looks them up; each is read in when it is first asked for."""

    def __init__(self, vocabularies: Vocabularies) -> None:
        self._vocabularies = vocabularies
        self._indexes: dict[VocabularyName, WordIndex] = {}

    def index(self, name: VocabularyName) -> WordIndex:
        """The words of one vocabulary."""
        if name not in self._indexes:
            self._indexes[name] = WordIndex(self._vocabularies.called(name))
        return self._indexes[name]


class WordIndex:
    """One vocabulary's words, sorted by loose forms (`loose` makes å and aa alike), to find a beginning at once."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._suggester = Suggester(vocabulary)
        words: list[tuple[str, int, str, str]] = []
        for concept in vocabulary.concepts.values():
            words.append((loose(concept.code), CODE, concept.code, concept.code))
            for word in concept.words():
                form = loose(word)
                words.append((form, BEGINNING, word, concept.code))
                words.extend((form[at:], INSIDE, word, concept.code) for at in _later_words(form))
        words.sort(key=lambda entry: entry[:2])
        self._words = words
        self._forms = [word[0] for word in words]

    def matches(self, text: str) -> Iterator[Match]:
        """The concepts a text may mean, each once, by its best word, the best first; an empty text means every concept.

        Misspellings are looked for only where nothing else is found.
        """
        concepts = self._vocabulary.concepts
        form = loose(text)
        if not form:
            yield from (Match(concept, "", BEGINNING) for concept in concepts.values())
            return
        best: dict[str, tuple[int, int, str]] = {}
        low, high = bisect_left(self._forms, form), bisect_left(self._forms, form + _PAST_ALL)
        for found, rank, word, code in self._words[low:high]:
            rank = EXACT if found == form and rank != INSIDE else rank
            if code not in best or (rank, len(found)) < best[code][:2]:
                best[code] = (rank, len(found), word)
        for code, (rank, _, word) in sorted(best.items(), key=lambda item: item[1][:2]):
            yield Match(concepts[code], word, rank)
        if not best:
            yield from (Match(concept, word, NEAR) for word, concept in self._suggester.nearest(text, 10))


def _later_words(form: str) -> Iterator[int]:
    """Where words begin inside a loose form, after the first."""
    at = form.find(" ")
    while at >= 0:
        yield at + 1
        at = form.find(" ", at + 1)
