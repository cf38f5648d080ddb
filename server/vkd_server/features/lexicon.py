"""The words of a catalogue, kept so that the concepts one may mean by a beginning are found at once.

What a lookup costs follows what it shows, not how many words there are: the words of concepts that go with the same
things (a *sort*: their kind and object types) lie together in order, so that the first that may stand in a place are
found without looking at the others.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from heapq import merge
from itertools import chain, groupby, islice, takewhile
from typing import TYPE_CHECKING, Literal, NamedTuple

from vkd_catalog.suggest import Suggester, loose
from vkd_catalog.vocabulary import VOCABULARY_NAMES
from vkd_catalog.vocabulary.concept import catalogue_of, qualified
from vkd_server.features.occurrences import Occurrences

if TYPE_CHECKING:
    from vkd_catalog.vocabulary import Concept, Vocabularies, Vocabulary, VocabularyName

Way = Literal["word", "code", "inside"]
"""How a text may match: the beginning of a word or of a code, or of a later word in one of several."""

Sort = tuple[str, tuple[str, ...], str]
"""What decides whether a concept agrees with others: its kind, its object types, and the catalogue that it is of."""

_PAST_ALL = "\U0010ffff"
_HEAD = 2
"""Letters by which words are kept apart, so that only those somebody looks among are ever put in order."""

_AT_ONCE = 100
"""Concepts taken in before other work may come in between."""

_NEAREST = 10
"""Concepts that are told where nothing begins with a text."""

_FEW = 1000
"""Of more words than these not all are looked at: it is words that are counted then, and not the concepts they name."""


class Match(NamedTuple):
    """A concept that a text may mean, and the word of it that matched; empty where no text was given."""

    concept: Concept
    word: str


class Found:
    """The concepts that a text may mean, each once, by its best word, the best first.

    Concepts with a word that starts with the text come first, then those whose code does, then those where a later word
    of a term does. Within each, shorter ones come first; of very many, only the first in the alphabet are sorted so.
    """

    def __init__(self, ranges: Iterable[_Range], concepts: Mapping[str, Concept], form: str) -> None:
        self._ranges = [one for one in ranges if one.words]
        self._concepts = concepts
        self._form = form

    def __iter__(self) -> Iterator[Match]:
        return self._matches(self._ranges)

    def __bool__(self) -> bool:
        return bool(self._ranges)

    def first(self, agrees: Callable[[Concept], bool], limit: int) -> tuple[list[Match], int]:
        """The first matches, at most `limit`, whose concepts agree, one of each sort being asked about, and how many
        there are in all."""
        agreed: dict[Sort, bool] = {}
        for one in self._ranges:
            if one.sort not in agreed:
                agreed[one.sort] = agrees(one.example)
        ranges = [one for one in self._ranges if agreed[one.sort]]
        words = _words(ranges)
        if words > _FEW:
            return list(islice(self._matches(ranges), limit)), words
        every = list(self._matches(ranges))
        return every[:limit], len(every)

    def _matches(self, ranges: Sequence[_Range]) -> Iterator[Match]:
        seen: set[str] = set()
        for entry in self._shortest_first(ranges) if self._form and _words(ranges) <= _FEW else self._in_order(ranges):
            _, code, word = entry.split("\0")
            if code not in seen:
                seen.add(code)
                yield Match(self._concepts[code], word)

    def _shortest_first(self, ranges: Sequence[_Range]) -> Iterator[str]:
        for _, some in groupby(ranges, key=lambda one: one.way):
            yield from sorted(chain.from_iterable(one.entries() for one in some), key=lambda entry: entry.index("\0"))

    def _in_order(self, ranges: Sequence[_Range]) -> Iterator[str]:
        """The entries of some ranges: first those whose word is the searched text itself, which begin their lists, then
        all others by length."""
        exact = self._form + "\0"
        for one in ranges:
            yield from takewhile(lambda entry: entry.startswith(exact), one.entries())
        for _, some in groupby(ranges, key=lambda one: one.way):
            yield from merge(*(one.entries() for one in some))


def _words(ranges: Iterable[_Range]) -> int:
    return sum(one.words for one in ranges)


class _Range(NamedTuple):
    """Entries of one sort that match in one way: parts of lists in the order of the alphabet."""

    way: Way
    sort: Sort
    example: Concept
    parts: Sequence[tuple[Sequence[str], int, int]]

    @property
    def words(self) -> int:
        """How many entries there are."""
        return sum(high - low for _, low, high in self.parts)

    def entries(self) -> Iterator[str]:
        """The entries in their order."""
        return (entries[at] for entries, low, high in self.parts for at in range(low, high))


class Lexicon:
    """The four vocabularies indexed for completion; each is indexed when first needed, or before that by `prepare`.

    What an earlier lexicon, `had`, has indexed of vocabularies that are nearly the same is reused. `suggester` gives
    what finds the misspelled words of a vocabulary, where others use it too.
    """

    def __init__(
        self,
        vocabularies: Vocabularies,
        had: Lexicon | None = None,
        suggester: Callable[[VocabularyName], Suggester] | None = None,
    ) -> None:
        make = suggester or (lambda name: Suggester(vocabularies.called(name)))
        self._indexes = {name: _index(vocabularies.called(name), had, partial(make, name)) for name in VOCABULARY_NAMES}
        self.occurrences: Occurrences = had.occurrences if had else Occurrences()

    def index(self, name: VocabularyName) -> WordIndex:
        """The words of one vocabulary."""
        return self._indexes[name]

    def take_in(self) -> bool:
        """Indexes some words; False where all are indexed, so that looking one up takes no time."""
        return any(not index.is_ready and index.prepare() for index in self._indexes.values())

    def prepare(self) -> bool:
        """Indexes some words, or counts some occurrences, before anybody needs them; False where all is done."""
        return any(index.prepare() for index in self._indexes.values()) or self.occurrences.prepare()

    def close(self) -> None:
        """Stops indexing words, as nobody will look for any."""
        for index in self._indexes.values():
            index.close()


Place = tuple[Sort, Way, str]
"""Which list an entry stands in: its concept's sort, how it matches, and the letters it begins with."""


class WordIndex:
    """One vocabulary's words by their loose forms (`loose` makes å and aa alike): a beginning is one search.

    An entry is a text: the form that is looked for, the concept's code and the word, with NUL between them, so that a
    list of them in order is one in the order of the forms.
    """

    def __init__(self, vocabulary: Vocabulary, had: WordIndex | None, suggester: Suggester) -> None:
        self.vocabulary = vocabulary
        self._suggester = suggester
        self._lists: dict[Place, list[str]] = {}
        self._ordered: set[Place] = set()
        self._every: dict[Sort, list[str]] = {}
        self._examples: dict[Sort, Concept] = {}
        self._heads: dict[tuple[Sort, Way], set[str]] = {}
        self.is_ready = False
        """Whether all words are taken in; what finds misspelled ones may still be getting ready."""
        self._taking_in: Iterator[None] | None = self._take_over(had) if had and had.is_ready else self._take_in()

    def prepare(self) -> bool:
        """Indexes some words, and then what is needed to find misspelled ones; False where all is done."""
        if self._taking_in is not None and next(self._taking_in, self) is self:
            self._taking_in = None
        return self._taking_in is not None

    @property
    def knows_misspelled(self) -> bool:
        """Whether misspelled words are found without taking time."""
        return self._suggester.is_ready

    def prepare_misspelled(self) -> Iterator[None]:
        """Indexes what is needed to find misspelled words, some at a step."""
        return self._suggester.prepare()

    def close(self) -> None:
        """Stops indexing words, which would otherwise keep the index and its vocabulary in memory."""
        self._taking_in = None
        self._suggester.close()

    def find(self, text: str, *, misspelled: bool = True, codes_first: bool = False) -> Found:
        """The concepts a text may mean; an empty text means every one, in the order of the vocabulary.

        Misspellings are looked for only where nothing else is found, if at all.
        """
        while not self.is_ready and self.prepare():
            pass
        form = loose(text)
        concepts = self.vocabulary.concepts
        if not form:
            whole = (self._range("word", sort, [(every, 0, len(every))]) for sort, every in self._every.items())
            return Found(whole, concepts, form)
        ways: tuple[Way, ...] = ("code", "word", "inside") if codes_first else ("word", "code", "inside")
        ranges = (self._range(way, sort, self._parts(sort, way, form)) for way in ways for sort in self._examples)
        found = Found(ranges, concepts, form)
        return found if found or not misspelled else self.in_order(self._suggester.nearest(text, _NEAREST))

    def in_order(self, words: Iterable[tuple[str, Concept]]) -> Found:
        """Some concepts of the vocabulary, each with a word of it, as they come."""
        entries = [
            (_sort(concept), f"{place:03d}\0{concept.code}\0{word}") for place, (word, concept) in enumerate(words)
        ]
        ranges = (self._range("word", sort, [([entry], 0, 1)]) for sort, entry in entries)
        return Found(ranges, self.vocabulary.concepts, "")

    def _range(self, way: Way, sort: Sort, parts: Sequence[tuple[Sequence[str], int, int]]) -> _Range:
        return _Range(way, sort, self._examples[sort], parts)

    def _parts(self, sort: Sort, way: Way, form: str) -> list[tuple[Sequence[str], int, int]]:
        """The lists that hold the entries of a sort which begin with a form, each with the indices where these start
        and end."""
        if len(form) < _HEAD:
            heads = sorted(head for head in self._heads.get((sort, way), ()) if head.startswith(form))
            lists = (self._in_order((sort, way, head)) for head in heads)
            return [(entries, 0, len(entries)) for entries in lists]
        entries = self._in_order((sort, way, form[:_HEAD]))
        return [(entries, bisect_left(entries, form), bisect_left(entries, form + _PAST_ALL))]

    def _in_order(self, place: Place) -> Sequence[str]:
        entries = self._lists.get(place, [])
        if place not in self._ordered:
            entries.sort()
            self._ordered.add(place)
        return entries

    def _take_in(self) -> Iterator[None]:
        for number, concept in enumerate(self.vocabulary.concepts.values()):
            self._count(number, concept)
            self._add(concept)
            if number % _AT_ONCE == 0:
                yield
        self.is_ready = True
        yield from self._suggester.prepare()

    def _take_over(self, had: WordIndex) -> Iterator[None]:
        """Copies the entries of another index, but for concepts that differ between the two vocabularies."""
        before, now = had.vocabulary.concepts, self.vocabulary.concepts
        other = {code for code, concept in now.items() if code not in before or _is_other(concept, before[code])}
        yield
        self._lists, self._ordered = dict(had._lists), set(had._ordered)
        self._heads = {key: set(heads) for key, heads in had._heads.items()}
        yield
        gone = other.union(before.keys() - now.keys()) & before.keys()
        for place in {place for code in gone for place, _ in _entries(before[code])}:
            self._lists[place] = [entry for entry in self._lists[place] if entry.split("\0")[1] not in gone]
            yield
        for number, concept in enumerate(now.values()):
            self._count(number, concept)
        yield
        for place in {place for code in other for place, _ in _entries(now[code])} & self._lists.keys():
            self._lists[place] = list(self._lists[place])
        for code in other:
            self._add(now[code])
        self.is_ready = True

    def _count(self, number: int, concept: Concept) -> None:
        sort = _sort(concept)
        self._examples.setdefault(sort, concept)
        self._every.setdefault(sort, []).append(f"{number:09d}\0{concept.code}\0")

    def _add(self, concept: Concept) -> None:
        for place, entry in _entries(concept):
            if place not in self._lists:
                self._lists[place] = []
                self._heads.setdefault(place[:2], set()).add(place[2])
            self._lists[place].append(entry)
            self._ordered.discard(place)


def _index(vocabulary: Vocabulary, had: Lexicon | None, suggester: Callable[[], Suggester]) -> WordIndex:
    known = had.index(vocabulary.name) if had else None
    return known if known is not None and known.vocabulary is vocabulary else WordIndex(vocabulary, known, suggester())


def _entries(concept: Concept) -> Iterator[tuple[Place, str]]:
    """The entries of a concept, each with the list that it belongs to."""
    sort, code = _sort(concept), concept.code
    form = loose(code)
    yield (sort, "code", form[:_HEAD]), f"{form}\0{code}\0{code}"
    for word in _written(concept):
        form = loose(word)
        yield (sort, "word", form[:_HEAD]), f"{form}\0{code}\0{word}"
        for at in _later_words(form):
            yield (sort, "inside", form[at : at + _HEAD]), f"{form[at:]}\0{code}\0{word}"


def _written(concept: Concept) -> Iterator[str]:
    """The words of a concept; of another catalogue's also with its name before each."""
    yield from concept.words()
    if catalogue := catalogue_of(concept.code):
        yield from (qualified(catalogue, word) for word in concept.words())


def _sort(concept: Concept) -> Sort:
    return concept.kind, concept.object_types, catalogue_of(concept.code)


def _is_other(one: Concept, other: Concept) -> bool:
    """Whether two states of a concept differ in their words, or in the object types that they go with."""
    return (one.preferred, one.synonyms, one.notation, _sort(one)) != (
        other.preferred,
        other.synonyms,
        other.notation,
        _sort(other),
    )


def _later_words(form: str) -> Iterator[int]:
    """Where words begin inside a loose form, after the first."""
    at = form.find(" ")
    while at >= 0:
        yield at + 1
        at = form.find(" ", at + 1)
