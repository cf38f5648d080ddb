"""The words of a catalogue, kept so that the concepts one may mean by a beginning are found at once.

What a lookup costs follows what it shows, not how many words there are: the words of concepts that go with the same
things (a *sort*: their kind and object types) lie together in order, so that the first that may stand in a place are
found without looking at the others.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from heapq import merge
from itertools import chain, groupby, islice, takewhile
from typing import TYPE_CHECKING, NamedTuple, Protocol

from vkd_catalog.beginnings import Sort, Way, beginnings_of, sort_of, word_with
from vkd_catalog.suggest import Suggester, loose
from vkd_catalog.vocabulary import VOCABULARY_NAMES
from vkd_server.features.occurrences import Occurrences

if TYPE_CHECKING:
    from vkd_catalog.beginnings import Begun, IndexedWords
    from vkd_catalog.vocabulary import Concept, Vocabularies, Vocabulary, VocabularyName

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


Words = Sequence[tuple[str, "Concept"]]
"""Concepts, each with a word of it."""


class Sought(NamedTuple):
    """A text that no word of a vocabulary begins with; of a code only misspellings are looked for."""

    vocabulary: VocabularyName
    text: str
    misspelled_only: bool


Look = Callable[[Sought], Words]
"""Tells what somebody may mean by a text that no word begins with, the likeliest first."""


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
        every = list(self._entries(ranges))
        return [self._match(*one) for one in every[:limit]], len(every)

    def _matches(self, ranges: Sequence[_Range]) -> Iterator[Match]:
        return (self._match(way, entry) for way, entry in self._entries(ranges))

    def _match(self, way: Way, entry: str) -> Match:
        form, code, word = entry.split("\0")
        concept = self._concepts[code]
        return Match(concept, word_with(concept, way, form) if self._form and not word else word)

    def _entries(self, ranges: Sequence[_Range]) -> Iterator[tuple[Way, str]]:
        """The entry by which each concept is found best, and how it matches; nothing else is read of the concepts."""
        seen: set[str] = set()
        is_few = self._form and _words(ranges) <= _FEW
        for way, entry in self._shortest_first(ranges) if is_few else self._in_order(ranges):
            code = entry.split("\0", 2)[1]
            if code not in seen:
                seen.add(code)
                yield way, entry

    def _shortest_first(self, ranges: Sequence[_Range]) -> Iterator[tuple[Way, str]]:
        for way, some in groupby(ranges, key=lambda one: one.way):
            every = sorted(chain.from_iterable(one.entries() for one in some), key=lambda entry: entry.index("\0"))
            yield from ((way, entry) for entry in every)

    def _in_order(self, ranges: Sequence[_Range]) -> Iterator[tuple[Way, str]]:
        """The entries of some ranges: first those whose word is the searched text itself, which begin their lists, then
        all others by length."""
        exact = self._form + "\0"
        for one in ranges:
            yield from ((one.way, entry) for entry in takewhile(lambda entry: entry.startswith(exact), one.entries()))
        for way, some in groupby(ranges, key=lambda one: one.way):
            yield from ((way, entry) for entry in merge(*(one.entries() for one in some)))


def _words(ranges: Iterable[_Range]) -> int:
    return sum(one.words for one in ranges)


class _Part(Protocol):
    """Some entries in order, and how many they are."""

    def __len__(self) -> int: ...

    def __iter__(self) -> Iterator[str]: ...


class _Range(NamedTuple):
    """Entries of one sort that match in one way: parts in the order of the alphabet."""

    way: Way
    sort: Sort
    example: Concept
    parts: Sequence[_Part]

    @property
    def words(self) -> int:
        """How many entries there are."""
        return sum(map(len, self.parts))

    def entries(self) -> Iterator[str]:
        """The entries in their order."""
        return chain.from_iterable(self.parts)


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

    @property
    def is_kept(self) -> bool:
        """Whether words of any vocabulary are kept with it, since it is large."""
        return any(index.is_kept for index in self._indexes.values())

    @property
    def lacks_kept(self) -> bool:
        """Whether words of a large vocabulary, which are kept with it, are yet to be made."""
        return any(index.lacks_kept for index in self._indexes.values())

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
    list of them in order is one in the order of the forms. Of those kept with a vocabulary the concept tells the word.
    """

    def __init__(self, vocabulary: Vocabulary, had: WordIndex | None, suggester: Suggester) -> None:
        self.vocabulary = vocabulary
        self._suggester = suggester
        kept = vocabulary.concepts.words
        self._entries: _Held | _Kept
        self._entries = _Kept(vocabulary, kept) if kept else _Held(vocabulary, had._entries if had else None)
        self._suggesting: Iterator[None] | None = self._suggester.prepare()

    @property
    def is_ready(self) -> bool:
        """Whether all words are taken in; what finds misspelled ones may still be getting ready."""
        return self._entries.is_ready

    @property
    def is_kept(self) -> bool:
        """Whether its words are kept with the vocabulary."""
        return isinstance(self._entries, _Kept)

    @property
    def lacks_kept(self) -> bool:
        """Whether they are so and are yet to be made."""
        return self.is_kept and not self.is_ready

    def prepare(self) -> bool:
        """Indexes some words, and then what is needed to find misspelled ones; False where all is done."""
        if self._entries.step():
            return True
        if self._suggesting is not None and next(self._suggesting, self) is self:
            self._suggesting = None
        return self._suggesting is not None

    @property
    def knows_misspelled(self) -> bool:
        """Whether misspelled words are found without taking time."""
        return self._suggester.is_ready

    def prepare_misspelled(self) -> Iterator[None]:
        """Indexes what is needed to find misspelled words, some at a step."""
        return self._suggester.prepare()

    def close(self) -> None:
        """Stops indexing words, which would otherwise keep the index and its vocabulary in memory."""
        self._entries.close()
        self._suggesting = None
        self._suggester.close()

    def found(self, text: str, look: Look, *, as_code: bool = False) -> Found:
        """The concepts that a text begins, and where it begins none, what `look` tells that else may be meant."""
        found = self.find(text, misspelled=False, codes_first=as_code)
        if found or not loose(text):
            return found
        return self.in_order(look(Sought(self.vocabulary.name, text, as_code)))

    def nearest(self, text: str) -> Words:
        """The concepts that a text may be a misspelling of; that takes long among many words."""
        return self._suggester.nearest(text, _NEAREST)

    def find(self, text: str, *, misspelled: bool = True, codes_first: bool = False) -> Found:
        """The concepts a text may mean; an empty text means every one, in the order of the vocabulary.

        Misspellings are looked for only where nothing else is found, if at all.
        """
        while not self.is_ready and self._entries.step():
            pass
        form = loose(text)
        entries, concepts = self._entries, self.vocabulary.concepts
        if not form:
            whole = (_Range("word", sort, example, [entries.every(sort)]) for sort, example in entries.examples.items())
            return Found(whole, concepts, form)
        ways: tuple[Way, ...] = ("code", "word", "inside") if codes_first else ("word", "code", "inside")
        ranges = (
            _Range(way, sort, example, entries.parts(sort, way, form))
            for way in ways
            for sort, example in entries.examples.items()
        )
        found = Found(ranges, concepts, form)
        return found if found or not misspelled else self.in_order(self.nearest(text))

    def in_order(self, words: Words) -> Found:
        """Some concepts of the vocabulary, each with a word of it, as they come."""
        ranges = (
            _Range("word", sort_of(concept), concept, [[f"{place:03d}\0{concept.code}\0{word}"]])
            for place, (word, concept) in enumerate(words)
        )
        return Found(ranges, self.vocabulary.concepts, "")


class _Kept:
    """The entries of a vocabulary whose words are kept with it."""

    def __init__(self, vocabulary: Vocabulary, words: IndexedWords) -> None:
        self._vocabulary = vocabulary
        self._words = words

    @property
    def is_ready(self) -> bool:
        return self._words.is_ready

    @cached_property
    def examples(self) -> Mapping[Sort, Concept]:
        """The sorts of the concepts, each with a concept of it."""
        return {sort: self._vocabulary.concepts[code] for sort, code in self._words.sorts()}

    def step(self) -> bool:
        """Takes in some words; False where all are."""
        return self._words.step()

    def close(self) -> None:
        self._words.close()

    def every(self, sort: Sort) -> _Part:
        """The entries of all concepts of a sort, in the order of the vocabulary."""
        return _KeptPart(self._words.every(sort))

    def parts(self, sort: Sort, way: Way, form: str) -> Sequence[_Part]:
        """The entries of a sort that begin with a form."""
        return [_KeptPart(self._words.begun(sort, way, form))]


class _KeptPart:
    """Kept entries, without the words."""

    def __init__(self, begun: Begun) -> None:
        self._begun = begun

    def __len__(self) -> int:
        return self._counted

    def __iter__(self) -> Iterator[str]:
        return (f"{form}\0{code}\0" for form, code in self._begun)

    @cached_property
    def _counted(self) -> int:
        return len(self._begun)


class _Slice:
    """A piece of a list, which is not copied."""

    def __init__(self, entries: Sequence[str], low: int, high: int) -> None:
        self._entries = entries
        self._places = range(low, high)

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[str]:
        return map(self._entries.__getitem__, self._places)


class _Held:
    """The entries of a vocabulary in memory, taken in some at a time; what an earlier one, `had`, has taken in of a
    vocabulary that is nearly the same is reused."""

    def __init__(self, vocabulary: Vocabulary, had: _Held | _Kept | None) -> None:
        self.vocabulary = vocabulary
        self.examples: dict[Sort, Concept] = {}
        self._lists: dict[Place, list[str]] = {}
        self._ordered: set[Place] = set()
        self._every: dict[Sort, list[str]] = {}
        self._heads: dict[tuple[Sort, Way], set[str]] = {}
        self.is_ready = False
        takes_over = isinstance(had, _Held) and had.is_ready
        self._taking_in: Iterator[None] | None = self._take_over(had) if takes_over else self._take_in()  # type: ignore[arg-type]

    def step(self) -> bool:
        """Takes in some words; False where all are."""
        if self._taking_in is not None and next(self._taking_in, self) is self:
            self._taking_in = None
        return self._taking_in is not None

    def close(self) -> None:
        self._taking_in = None

    def every(self, sort: Sort) -> _Part:
        """The entries of all concepts of a sort, in the order of the vocabulary."""
        return self._every[sort]

    def parts(self, sort: Sort, way: Way, form: str) -> Sequence[_Part]:
        """The entries of a sort that begin with a form."""
        if len(form) < _HEAD:
            heads = sorted(head for head in self._heads.get((sort, way), ()) if head.startswith(form))
            return [self._in_order((sort, way, head)) for head in heads]
        entries = self._in_order((sort, way, form[:_HEAD]))
        return [_Slice(entries, bisect_left(entries, form), bisect_left(entries, form + _PAST_ALL))]

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

    def _take_over(self, had: _Held) -> Iterator[None]:
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
        sort = sort_of(concept)
        self.examples.setdefault(sort, concept)
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
    sort, code = sort_of(concept), concept.code
    for way, form, word in beginnings_of(concept):
        yield (sort, way, form[:_HEAD]), f"{form}\0{code}\0{word}"


def _is_other(one: Concept, other: Concept) -> bool:
    """Whether two states of a concept differ in their words, or in the object types that they go with."""
    return (one.preferred, one.synonyms, one.notation, sort_of(one)) != (
        other.preferred,
        other.synonyms,
        other.notation,
        sort_of(other),
    )
