"""The words of a catalogue, kept so that the concepts one may mean by a beginning are found at once."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from vkd_catalog.suggest import Suggester, loose
from vkd_catalog.vocabulary import VOCABULARY_NAMES

if TYPE_CHECKING:
    from vkd_catalog.vocabulary import Concept, Vocabularies, Vocabulary, VocabularyName

EXACT, BEGINNING, CODE, INSIDE, NEAR = range(5)
"""How a text may match: the word itself, its beginning, a code's beginning, a later word's beginning, a misspelling."""

_PAST_ALL = "\U0010ffff"
_KEPT = 64
_AT_ONCE = 500
"""Concepts taken in before other work may come in between."""


class Match(NamedTuple):
    """A concept that a text may mean, and the word of it that matched; empty where no text was given."""

    concept: Concept
    word: str


class Found(NamedTuple):
    """The concepts that a text may mean, each once, by its best word, the best first.

    `sorts` holds one concept of each sort that is among them, and how many of it there are.
    """

    matches: Sequence[Match]
    sorts: Sequence[tuple[Concept, int]]


class Lexicon:
    """The four vocabularies as completion looks them up; each is taken in when asked for, or before, in `prepare`.

    What another lexicon, `had`, took in of the very same vocabularies is taken over.
    """

    def __init__(self, vocabularies: Vocabularies, had: Lexicon | None = None) -> None:
        self._indexes = {name: _index(vocabularies.called(name), had) for name in VOCABULARY_NAMES}

    def index(self, name: VocabularyName) -> WordIndex:
        """The words of one vocabulary."""
        return self._indexes[name]

    def prepare(self) -> bool:
        """Takes some words in, so that the first to look one up need not wait; False where all are."""
        return any(index.prepare() for index in self._indexes.values())


class WordIndex:
    """One vocabulary's words, sorted by their loose forms (`loose` makes å and aa alike): a beginning is one search."""

    def __init__(self, vocabulary: Vocabulary, had: WordIndex | None = None) -> None:
        self.vocabulary = vocabulary
        self._suggester = Suggester(vocabulary)
        self._words: list[tuple[str, int, str, str]] = []
        self._forms: list[str] = []
        self._taking_in: Iterator[None] | None = self._take_over(had) if had and had.is_ready else self._take_in()
        self._known: dict[tuple[str, bool], Found] = {}

    @property
    def is_ready(self) -> bool:
        """Whether all words are taken in."""
        return self._taking_in is None

    def prepare(self) -> bool:
        """Takes some words in; False where all are."""
        if self._taking_in is not None and next(self._taking_in, self) is self:
            self._taking_in = None
        return self._taking_in is not None

    def find(self, text: str, *, misspelled: bool = True) -> Found:
        """The concepts a text may mean; an empty text means every one.

        Misspellings are looked for only where nothing else is found, if at all.
        """
        while self.prepare():
            pass
        form = loose(text)
        key = (form, misspelled)
        if key not in self._known:
            if len(self._known) >= _KEPT:
                self._known.clear()
            matches = self._matches(form, text, misspelled=misspelled) if form else self._all()
            self._known[key] = Found(matches, _sorts(matches))
        return self._known[key]

    def _take_in(self) -> Iterator[None]:
        for number, concept in enumerate(self.vocabulary.concepts.values()):
            self._words += _entries(concept)
            if number % _AT_ONCE == 0:
                yield
        self._words.sort()
        yield
        self._forms = [word[0] for word in self._words]

    def _take_over(self, had: WordIndex) -> Iterator[None]:
        """Takes in what another index holds but for the concepts that go by other words since."""
        before, now = had.vocabulary.concepts, self.vocabulary.concepts
        other = {code for code, concept in now.items() if code not in before or _goes_by_others(concept, before[code])}
        gone = other | (before.keys() - now.keys())
        yield
        self._words += [entry for entry in had._words if entry[3] not in gone]
        for code in other:
            self._words += _entries(now[code])
        self._words.sort()
        yield
        self._forms = [word[0] for word in self._words]

    def _all(self) -> list[Match]:
        return [Match(concept, "") for concept in self.vocabulary.concepts.values()]

    def _matches(self, form: str, text: str, *, misspelled: bool) -> list[Match]:
        best: dict[str, tuple[int, int, str]] = {}
        low, high = bisect_left(self._forms, form), bisect_left(self._forms, form + _PAST_ALL)
        for found, rank, word, code in self._words[low:high]:
            rank = EXACT if found == form and rank != INSIDE else rank
            if code not in best or (rank, len(found)) < best[code][:2]:
                best[code] = (rank, len(found), word)
        if not best:
            return (
                [] if not misspelled else [Match(concept, word) for word, concept in self._suggester.nearest(text, 10)]
            )
        concepts = self.vocabulary.concepts
        ranked = sorted(best.items(), key=lambda item: item[1][:2])
        return [Match(concepts[code], word) for code, (_, _, word) in ranked]


def _index(vocabulary: Vocabulary, had: Lexicon | None) -> WordIndex:
    known = had.index(vocabulary.name) if had else None
    return known if known is not None and known.vocabulary is vocabulary else WordIndex(vocabulary, known)


def _entries(concept: Concept) -> Iterator[tuple[str, int, str, str]]:
    """What a concept is found by: a loose form, how it matches, the word and the code."""
    yield (loose(concept.code), CODE, concept.code, concept.code)
    for word in concept.words():
        form = loose(word)
        yield (form, BEGINNING, word, concept.code)
        for at in _later_words(form):
            yield (form[at:], INSIDE, word, concept.code)


def _goes_by_others(one: Concept, other: Concept) -> bool:
    return (one.preferred, one.synonyms, one.notation) != (other.preferred, other.synonyms, other.notation)


def _sorts(matches: Sequence[Match]) -> list[tuple[Concept, int]]:
    """One concept of each sort, and how many: what decides whether one agrees is its kind and its object types."""
    sorts: dict[object, tuple[Concept, int]] = {}
    for concept, _ in matches:
        key = (concept.kind, concept.object_types)
        sorts[key] = (concept, sorts[key][1] + 1 if key in sorts else 1)
    return list(sorts.values())


def _later_words(form: str) -> Iterator[int]:
    """Where words begin inside a loose form, after the first."""
    at = form.find(" ")
    while at >= 0:
        yield at + 1
        at = form.find(" ", at + 1)
