"""Nearest words: what somebody may have meant by a word that no vocabulary has."""

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from vkd_catalog.vocabulary import Concept, Vocabulary
from vkd_grammar.words import fold

_LETTERS = str.maketrans({"å": "a", "ä": "a", "æ": "a", "ø": "o", "ö": "o", "é": "e", "ü": "u"})
_PAIRS = (("aa", "a"), ("ae", "a"), ("oe", "o"))
_NEAR = 0.65
"""The least share of letters in common that makes a word a misspelling of another: of three one may be wrong."""

NEAR_CODE = 0.5
"""The same for codes, which are short: of two characters one may be wrong."""

_PART, _WHOLE_PART = 80.0, 99.0
"""The least likeness of a word with a part of another, and of a part that is all there, in rapidfuzz's 0 to 100."""

_SHORTEST_PART = 5
"""Letters; a shorter word is a part of too many to mean any of them."""

_SAID_IN_PART, _SAYS_IN_PART = 0.3, 0.5
"""The least share that a part is of the longer word: of the one that may be meant, and of the one that was written."""

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


class Near(NamedTuple):
    """A word that may have been meant, with its concept. `part` says that it is near by a part only."""

    word: str
    concept: Concept
    part: bool


class Shortlisted(NamedTuple):
    """A word that is worth comparing with another, its loose form, and the code of its concept."""

    form: str
    word: str
    code: str


class Suggester:
    """Finds the words of one vocabulary nearest to a word; keeps the loose forms it compares with, where they are not
    kept with the vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._shortlist = _Shortlist()
        self._taking_in: Iterator[None] | None = self._shortlist.take_in(vocabulary.concepts.values())

    @property
    def is_ready(self) -> bool:
        """Whether the words are indexed, so that a look-up takes no time."""
        kept = self._vocabulary.concepts.words
        return kept.is_ready if kept is not None else self._taking_in is None

    def prepare(self) -> Iterator[None]:
        """Indexes the words, some at a step, so that the first look-up need not."""
        kept = self._vocabulary.concepts.words
        if kept is not None:
            while kept.step():
                yield
            return
        while self._taking_in is not None:
            if next(self._taking_in, self) is self:
                self._taking_in = None
            yield

    def close(self) -> None:
        """Stops indexing words, which would otherwise keep the index and its vocabulary in memory."""
        self._taking_in = None

    def nearest(self, word: str, limit: int = 3) -> tuple[tuple[str, Concept], ...]:
        """At most `limit` words with their concepts, nearest first, one word a concept; empty where none is near."""
        return tuple((near.word, near.concept) for near in self.near(word, 4 * limit)[:limit])

    def near(self, word: str, limit: int = 12) -> tuple[Near, ...]:
        """At most `limit` words as `nearest` finds them, each with whether it is near by a part only."""
        for _ in self.prepare():
            pass
        found: dict[str, Near] = {}
        sought = loose(word)
        some = (self._vocabulary.concepts.words or self._shortlist).shortlisted(sought)
        for place, part in _likest(sought, [one.form for one in some], limit):
            _, had, code = some[place]
            found.setdefault(code, Near(had, self._vocabulary.concepts[code], part))
        return tuple(found.values())


class _Shortlist:
    """An index of words in their loose form, which finds those that share most letters with a word, since comparing
    with every word of a large vocabulary takes too long."""

    def __init__(self) -> None:
        self._words: list[Shortlisted] = []
        self._by_part: dict[str, array[int]] = {}

    def take_in(self, concepts: Iterable[Concept]) -> Iterator[None]:
        """Indexes the words of some concepts, some at a step; where there are only a few, all of them are compared with
        and nothing is indexed."""
        for number, concept in enumerate(concepts):
            self._words += [Shortlisted(loose(word), word, concept.code) for word in concept.words()]
            if number % _AT_ONCE == 0:
                yield
        for index, (form, *_) in enumerate(self._words if len(self._words) > _FEW else ()):
            for part in parts_of(form):
                if part not in self._by_part:
                    self._by_part[part] = array("I")
                self._by_part[part].append(index)
            if index % _AT_ONCE == 0:
                yield

    def shortlisted(self, sought: str) -> Sequence[Shortlisted]:
        """The words that are worth comparing with a loose form."""
        found = shortlisted(sought, len(self._words), self._having)
        return [self._words[index] for index in found]

    def _having(self, parts: Iterable[str]) -> Iterator[Sequence[int]]:
        return (self._by_part[part] for part in parts if part in self._by_part)


def shortlisted(sought: str, count: int, having: Callable[[Iterable[str]], Iterable[Sequence[int]]]) -> Sequence[int]:
    """The numbers of those of `count` words that are worth comparing with a loose form. `having` gives for each part
    that any word has the numbers of those that do."""
    if count <= _FEW:
        return range(count)
    shared: Counter[int] = Counter()
    for numbers in sorted(having(sorted(parts_of(sought[:_LONGEST]))), key=len):
        shared.update(numbers)
        if shared.total() > _WEIGHED:
            break
    return [number for number, _ in shared.most_common(_SHORTLISTED)]


def parts_of(word: str) -> set[str]:
    """All runs of three letters in a word that has a blank before and after it."""
    text = f" {word} "
    return {text[at : at + 3] for at in range(len(text) - 2)}


def nearest(word: str, candidates: Sequence[str], limit: int = 3, least: float = _NEAR) -> tuple[str, ...]:
    """The candidates nearest to a word, the nearest first; `least` is how like it they must be, from 0 to 1."""
    places = _likest(loose(word), [loose(candidate) for candidate in candidates], limit, least)
    return tuple(candidates[place] for place, _ in places)


def likeness(word: str, candidates: Sequence[str], least: float) -> dict[int, float]:
    """The candidates that a word may be a misspelling of, by index, with their likeness; 1 is the same."""
    from rapidfuzz.distance import OSA

    found = _extract(word, candidates, OSA.normalized_similarity, least)
    in_order = " ".join(sorted(word.split()))
    if " " in word:
        sorted_words = [" ".join(sorted(candidate.split())) for candidate in candidates]
        for place, like in _extract(in_order, sorted_words, OSA.normalized_similarity, least).items():
            found[place] = max(found.get(place, 0), like)
    return found


def _likest(word: str, candidates: Sequence[str], limit: int, least: float = _NEAR) -> list[tuple[int, bool]]:
    """The indices of the candidates that are most like a word, and for each whether it is so by a part only.

    A word that differs by a few letters, or in the order of its words, is nearer than one of which it is a part. What
    is like it in neither way is not near, however few there are to choose from.
    """
    if not word or len(word) > _LONGEST:
        return []
    ranked = sorted(
        (-like, abs(len(candidates[place]) - len(word)), place, False)
        for place, like in likeness(word, candidates, least).items()
    )
    known = {place for *_, place, _ in ranked}
    ranked += sorted(
        (-like, abs(len(candidates[place]) - len(word)), place, True)
        for place, like in _parts_of_each_other(word, candidates).items()
        if place not in known
    )
    return [(place, part) for *_, place, part in ranked[:limit]]


def _parts_of_each_other(word: str, candidates: Sequence[str]) -> dict[int, float]:
    """The candidates that contain most of a word, or that it contains, by index, with their likeness."""
    from rapidfuzz import fuzz

    if len(word) < _SHORTEST_PART:
        return {}
    found = _extract(word, candidates, fuzz.partial_ratio, _PART)
    return {place: like for place, like in found.items() if _is_good_part(word, candidates[place], like)}


def _is_good_part(word: str, candidate: str, like: float) -> bool:
    """Whether the shorter of two words is a large enough part of the longer for a suggestion. A candidate that is
    shorter must stand in the word whole."""
    if len(word) < len(candidate):
        return len(word) >= _SAID_IN_PART * len(candidate)
    return like > _WHOLE_PART and len(candidate) >= max(_SHORTEST_PART, _SAYS_IN_PART * len(word))


def _extract(word: str, candidates: Sequence[str], scorer: Callable[..., float], least: float) -> dict[int, float]:
    from rapidfuzz import process

    found = process.extract(word, candidates, scorer=scorer, limit=None, score_cutoff=least)
    return {place: like for _, like, place in found}
