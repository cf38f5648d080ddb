"""Nearest words: what somebody may have meant by a word that no vocabulary has."""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

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

_WEIGHED = 50_000
"""So many words are weighed by their parts, those with the rarest parts first: the common ones tell nothing."""

_AT_ONCE = 100
"""Concepts or words taken in before other work may come in between."""


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
        self._words: list[tuple[str, str]] = []
        self._shortlist = _Shortlist()
        self._taking_in: Iterator[None] | None = self._take_in()

    def prepare(self) -> Iterator[None]:
        """Takes the words in, some at a step, for the first who asks not to wait."""
        while self._taking_in is not None:
            if next(self._taking_in, self) is self:
                self._taking_in = None
            yield

    def give_up(self) -> None:
        """Has no more words taken in. What takes them in would hold on to itself, and to the vocabulary."""
        self._taking_in = None

    def nearest(self, word: str, limit: int = 3) -> tuple[tuple[str, Concept], ...]:
        """At most `limit` words with their concepts, nearest first, one word a concept; empty where none is near."""
        for _ in self.prepare():
            pass
        found: dict[str, str] = {}
        sought = loose(word)
        indices = self._shortlist.indices(sought)
        for place in nearest_indices(sought, [self._shortlist.words[index] for index in indices], 4 * limit):
            had, code = self._words[indices[place]]
            found.setdefault(code, had)
        return tuple((had, self._vocabulary.concepts[code]) for code, had in list(found.items())[:limit])

    def _take_in(self) -> Iterator[None]:
        for number, concept in enumerate(self._vocabulary.concepts.values()):
            self._words += [(word, concept.code) for word in concept.words()]
            if number % _AT_ONCE == 0:
                yield
        yield from self._shortlist.take_in(word for word, _ in self._words)


class _Shortlist:
    """Loose words, and of many those that share most with a word: comparing with each of them takes too long."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self._by_part: dict[str, array[int]] = {}

    def take_in(self, words: Iterable[str]) -> Iterator[None]:
        """Takes words in, some at a step; a few are all compared with, and need no index of their parts."""
        for number, word in enumerate(words):
            self.words.append(loose(word))
            if number % _AT_ONCE == 0:
                yield
        for index, word in enumerate(self.words if len(self.words) > _FEW else ()):
            for part in _parts(word):
                if part not in self._by_part:
                    self._by_part[part] = array("I")
                self._by_part[part].append(index)
            if index % _AT_ONCE == 0:
                yield

    def indices(self, word: str) -> Sequence[int]:
        """Where the words stand that are worth comparing with a word."""
        if len(self.words) <= _FEW:
            return range(len(self.words))
        shared: Counter[int] = Counter()
        rarest = sorted((self._by_part[part] for part in _parts(word[:_LONGEST]) if part in self._by_part), key=len)
        for indices in rarest:
            shared.update(indices)
            if shared.total() > _WEIGHED:
                break
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
