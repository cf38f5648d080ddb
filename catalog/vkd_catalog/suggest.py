"""Nearest words: what somebody may have meant by a word that no vocabulary has."""

from collections import Counter
from collections.abc import Sequence

from vkd_catalog.vocabulary import Concept, Vocabulary
from vkd_grammar.words import fold

_LETTERS = str.maketrans({"å": "a", "ä": "a", "æ": "a", "ø": "o", "ö": "o", "é": "e", "ü": "u"})
_PAIRS = (("aa", "a"), ("ae", "a"), ("oe", "o"))
_NEAR = 60.0
"""The least likeness that is worth a suggestion, in rapidfuzz's 0 to 100."""

_LONGEST = 200
"""A longer text is no word that somebody mistyped."""

_FEW = 2000
_SHORTLISTED = 400
"""Of more than a few words so many are compared with, those that have most parts in common with the one sought."""


def loose(word: str) -> str:
    """A form in which words are alike that differ only in how å, æ, ä, ø and ö are typed."""
    text = fold(word).translate(_LETTERS)
    for pair, letter in _PAIRS:
        text = text.replace(pair, letter)
    return text


class Suggester:
    """Finds the words of one vocabulary nearest to a word; keeps the loose forms it compares with."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._words: list[tuple[str, str]] | None = None

    def nearest(self, word: str, limit: int = 3) -> tuple[tuple[str, Concept], ...]:
        """At most `limit` words with their concepts, nearest first, one word a concept; empty where none is near."""
        if self._words is None:
            concepts = self._vocabulary.concepts.values()
            self._words = [(had, concept.code) for concept in concepts for had in concept.words()]
            self._shortlist = _Shortlist([loose(had) for had, _ in self._words])
        found: dict[str, str] = {}
        sought = loose(word)
        indices = self._shortlist.indices(sought)
        for place in nearest_indices(sought, [self._shortlist.words[index] for index in indices], 4 * limit):
            had, code = self._words[indices[place]]
            found.setdefault(code, had)
        return tuple((had, self._vocabulary.concepts[code]) for code, had in list(found.items())[:limit])


class _Shortlist:
    """Loose words, and of many those that share most with a word: comparing with each of them takes too long."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = words
        self._by_part: dict[str, list[int]] = {}
        if len(words) > _FEW:
            for index, word in enumerate(words):
                for part in _parts(word):
                    self._by_part.setdefault(part, []).append(index)

    def indices(self, word: str) -> Sequence[int]:
        """Where the words stand that are worth comparing with a word."""
        if not self._by_part:
            return range(len(self.words))
        shared: Counter[int] = Counter()
        for part in _parts(word[:_LONGEST]):
            shared.update(self._by_part.get(part, ()))
        return [index for index, _ in shared.most_common(_SHORTLISTED)]


def _parts(word: str) -> set[str]:
    """Every three letters in a row, its beginning and end among them."""
    text = f" {word} "
    return {text[at : at + 3] for at in range(len(text) - 2)}


def nearest(word: str, candidates: Sequence[str], limit: int = 3) -> tuple[str, ...]:
    """The candidates nearest to a word, the nearest first."""
    indices = nearest_indices(loose(word), [loose(candidate) for candidate in candidates], limit)
    return tuple(candidates[index] for index in indices)


def nearest_indices(word: str, candidates: Sequence[str], limit: int) -> list[int]:
    """Where the candidates stand that are most like a word; both already loose."""
    from rapidfuzz import fuzz, process

    if not word or len(word) > _LONGEST:
        return []
    matches = process.extract(word, candidates, scorer=fuzz.WRatio, limit=limit, score_cutoff=_NEAR)
    # Among equally likely words the ones nearest in length come first, or a short word would match all that hold it.
    ranked = sorted(matches, key=lambda match: (-match[1], abs(len(match[0]) - len(word))))
    return [match[2] for match in ranked]
