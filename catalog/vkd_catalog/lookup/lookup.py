"""What a catalogue has by free words, the best first, each with what matched and how (docs/language.md section 10).

The strictest way that hits comes first: a name that is what was written, that begins so, that holds each word whatever
its ending. After those comes what holds some of the words, or parts or misspellings of them, or speaks of them in its
definition, in the order of how much of what was written it has and how rare that is.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import chain, groupby, islice, takewhile
from typing import TYPE_CHECKING, NamedTuple

from vkd_catalog.lookup.documents import KINDS, Document, Field, Kind, Text, concept_document, product_document
from vkd_catalog.lookup.index import Entry, Index
from vkd_catalog.lookup.indexes import Counts, Indexes, products_key
from vkd_catalog.lookup.matching import HOW, How, Match, Query, loose_match, query_of, strict_match
from vkd_catalog.lookup.terms import plain, skeleton, split, stem
from vkd_catalog.register import Ask, Codes, Standing
from vkd_catalog.suggest import likeness
from vkd_catalog.technical import title_in
from vkd_grammar.times import BEGINNING, END

if TYPE_CHECKING:
    from vkd_catalog.catalogue import Catalogue
    from vkd_catalog.register import Register
    from vkd_catalog.vocabulary import Concept

LIMIT = 20
"""How many hits are told where nobody says how many."""

_CANDIDATES = 150
"""So many of each way are looked at closely."""

_PARTS, _SOUNDING, _MISSPELT = 40, 60, 5
"""How many stems a word may be a part of; how many that sound like it are compared with it, and may stand for it."""

_LIKE, _SHORT_LIKE = 0.7, 0.8
"""How like a word must be to be a misspelling of another, or its neighbour's word for it; and a short one."""

_LEAST_IN_COMMON = 0.5
"""The least share of letters in common of words that are alike."""

_BEGINNING, _BEGINNING_COUNTS = 4, 0.1
"""Letters at the beginning that make words more alike, and by how much of what they lack each (after Winkler): people
mistype there least, and languages differ most in endings."""

_SHORTEST = 4
"""Letters; a shorter word is a part of too many, and like too many."""

_PART_COUNTS, _MISSPELLING_COUNTS = 0.5, 0.4
"""What a stem counts that a word is a part of, or may be a misspelling of; one that was written counts 1."""

_DIGITS = 3
"""Digits of a score: what does not differ in them matches alike."""

_LOOSE, _HALF = 1.9, 12.0
"""What no loose match reaches, and the sum of BM25 that is worth half of that."""

_SETS, _OF_A_SET, _SCORE_OF_A_SET = 3, 40, 0.05
"""Of how many information sets that were found by name the concepts are found too, how many, and what that scores."""

_LOOKED_AT = 300
"""So many sentences of a concept are looked at where nobody is told how many there are."""

_OF_SENTENCE: tuple[tuple[int, Kind], ...] = ((3, "characteristic"), (2, "name"), (1, "object-type"))
"""Where the codes of a sentence stand in its record, those that tell most of a set first."""

_KIND_ORDER = ("characteristic", "name", "object-type", "time", "product")


class Hit(NamedTuple):
    """A concept by its code, or an information set by its identification, with what it is called.

    `field` and `text` are what matched, `how` is how and `score` how well, more being better. `products` is in how many
    information sets a concept or one below it stands, and of a collection how many editions there are; `latest` the
    last day that any of them speaks of, as eight digits, None where none is stated.
    """

    kind: Kind
    code: str
    label: str
    field: Field
    how: How
    score: float
    products: int
    latest: int | None
    text: str

    def as_json(self) -> dict[str, object]:
        """The hit as `vkd find --output-format json` prints it (docs/language.md section 10)."""
        plain: dict[str, object] = self._asdict()
        del plain["text"]
        return plain | {"latest": str(self.latest) if self.latest else None}


class NamedHit(NamedTuple):
    """A concept by its code, or an information set by its identification, with what it is called and the text that
    matched."""

    kind: Kind
    code: str
    label: str
    text: str


class Found(NamedTuple):
    """Hits, the best first; `how` is the strictest way that hit, None where nothing did."""

    how: How | None
    hits: tuple[Hit, ...]


class _Candidate(NamedTuple):
    entry: Entry
    match: Match


Standings = Callable[[Entry], Standing]
"""Tells in how many information sets something stands."""


class Lookup:
    """Finds by free words in one catalogue as it is."""

    def __init__(self, catalogue: Catalogue, indexes: Indexes) -> None:
        self._catalogue = catalogue
        self._indexes = indexes
        self._vocabularies = dict(zip(KINDS, catalogue.vocabularies.four, strict=False))

    def prepare(self) -> None:
        """Makes now what the first look-up would wait for."""
        _ = self._concepts, self._products

    @property
    def is_at_hand(self) -> bool:
        """Whether all that looking up needs is made, so that it takes no time."""
        return self._indexes.are_at_hand(self._catalogue, self._products_key)

    def prepare_concepts(self) -> None:
        """Makes what looking up concepts alone waits for; it asks no register."""
        _ = self._concepts

    def find(self, text: str, kinds: Collection[Kind] = KINDS, limit: int = LIMIT, language: str = "") -> Found:
        """The concepts and information sets that some words may mean, of some kinds, at most `limit`. Labels are in a
        language, else the catalogue's."""
        best = self._best(text, kinds, limit, self._standing)
        hits = tuple(self._hit(one, language or self._catalogue.language) for one in best)
        return Found(min((hit.how for hit in hits), key=HOW.index, default=None), hits)

    def named(self, text: str, limit: int, language: str = "") -> list[NamedHit]:
        """What `find` finds, for who is not told how much there is of each: of what is in very many information sets
        that is not counted, and of several such that match alike the first by its code comes first."""
        best = self._best(text, KINDS, limit, self._rough_standing)
        spoken = language or self._catalogue.language
        return [NamedHit(*one.entry, self._label(one.entry, spoken), one.match.text.text) for one in best]

    def meant(self, text: str, kind: Kind, limit: int) -> list[tuple[str, Concept]]:
        """The concepts of one kind that a text may mean, the best first, each with the word of it that says so.

        Information sets are not looked at.
        """
        query = query_of(text)
        vocabulary = self._vocabularies[kind].concepts
        found = [one for one in self._matches(self._concepts, query) if one.entry.kind == kind] if query.stems else []
        found.sort(key=lambda one: (-one.match.score, one.entry.code))
        return [(_word(one, vocabulary[one.entry.code]), vocabulary[one.entry.code]) for one in found[:limit]]

    @property
    def _register(self) -> Register:
        return self._catalogue.register

    @cached_property
    def _concepts(self) -> Index:
        return self._indexes.concepts(self._catalogue)

    @cached_property
    def _products(self) -> Index:
        return self._indexes.products(self._catalogue, self._products_key)

    @cached_property
    def _counted(self) -> Counts:
        return self._indexes.counted(self._catalogue, self._products_key)

    @cached_property
    def _products_key(self) -> str:
        return products_key(self._catalogue)

    def _matches(self, index: Index, query: Query) -> Iterator[_Candidate]:
        """The entries of an index that match in any way, each once."""
        strict = dict.fromkeys(
            (
                *index.called(query.form),
                *index.begun(query.form, _CANDIDATES),
                *index.named_by_all(query.stems, _CANDIDATES),
            )
        )
        parts, misspelt = _parts(index, query), _misspelt(index, query)
        scores = index.ranked(query.stems, _CANDIDATES)
        _add(scores, index.ranked(parts, _CANDIDATES, names_only=True), _PART_COUNTS)
        _add(scores, index.ranked(misspelt, _CANDIDATES, names_only=True), _MISSPELLING_COUNTS)
        for number in strict | dict.fromkeys(scores):
            entry = index.entry(number)
            document = self._document(entry)
            match = strict_match(query, document) if document else None
            if document and match is None:
                match = loose_match(query, document, misspelt, parts)
                match = match and match._replace(score=_squashed(scores.get(number, 0.0)))
            if match is not None:
                yield _Candidate(entry, match)

    def _best(self, text: str, kinds: Collection[Kind], limit: int, standing: Standings) -> Iterator[_Candidate]:
        """What some words may mean, the best first, at most `limit`; of what matches alike what there is more of."""
        query = query_of(text)
        if not query.stems:
            return iter(())
        sets = list(self._matches(self._products, query))
        concepts = list(self._matches(self._concepts, query))
        of_sets = self._of_sets(sets, {one.entry for one in concepts})
        found = [one for one in chain(sets, concepts, of_sets) if one.entry.kind in kinds]
        return islice(self._one_of_each_collection(_ordered(found, limit, standing)), limit)

    def _of_sets(self, sets: Iterable[_Candidate], known: Collection[Entry]) -> Iterator[_Candidate]:
        """The concepts that stand in the information sets which match the whole query, without those that are known."""
        whole = sorted((one for one in sets if one.match.score > _LOOSE), key=lambda one: -one.match.score)[:_SETS]
        seen = set(known)
        for one in whole:
            number = self._register.numbered(one.entry.code)
            sentences = self._register.sentences(number) if number is not None else ()
            codes = dict.fromkeys(Entry(kind, str(sentence[at])) for at, kind in _OF_SENTENCE for sentence in sentences)
            for entry in islice((entry for entry in codes if entry not in seen), _OF_A_SET):
                seen.add(entry)
                yield _Candidate(entry, Match("part", Text("set", one.match.text.text), _SCORE_OF_A_SET))

    def _one_of_each_collection(self, found: Iterable[_Candidate]) -> Iterator[_Candidate]:
        """The candidates with only the first edition of each collection, which is the newest where they match alike."""
        seen: set[str] = set()
        for one in found:
            collection = self._collection(one.entry)
            if not collection or collection not in seen:
                seen.add(collection)
                yield one

    def _hit(self, one: _Candidate, language: str) -> Hit:
        entry, match = one
        standing = self._standing(entry)
        latest = standing.latest if BEGINNING < standing.latest < END else None
        label = self._label(entry, language)
        return Hit(
            *entry,
            label,
            match.text.field,
            match.how,
            round(match.score, _DIGITS),
            standing.products,
            latest,
            match.text.text,
        )

    def _label(self, entry: Entry, language: str) -> str:
        if entry.kind != "product":
            return self._vocabularies[entry.kind].concepts[entry.code].label(language)
        return title_in(self._values(entry.code), language) or entry.code

    def _values(self, identification: str) -> Mapping[str, str]:
        number = self._register.numbered(identification)
        return {} if number is None else self._register.product(number).values

    def _collection(self, entry: Entry) -> str:
        return self._values(entry.code).get("collection", "") if entry.kind == "product" else ""

    def _standing(self, entry: Entry) -> Standing:
        known = self._counted.exactly
        if entry not in known:
            known[entry] = self._count(entry)
        return known[entry]

    def _rough_standing(self, entry: Entry) -> Standing:
        """The same, unless so many sentences speak of a concept that they are not all looked at."""
        known = self._counted.roughly
        if entry not in known:
            is_few = entry.kind == "product" or self._register.looked_for(self._ask(entry), _LOOKED_AT).is_all
            known[entry] = self._standing(entry) if is_few else Standing(_LOOKED_AT + 1, 0)
        return known[entry]

    def _count(self, entry: Entry) -> Standing:
        if entry.kind == "product":
            return self._count_editions(entry.code)
        return self._register.standing(self._ask(entry))

    def _ask(self, entry: Entry) -> Ask:
        """What a register is asked for the sentences that speak of a concept."""
        concept = self._vocabularies[entry.kind].concepts[entry.code]
        codes = Codes((entry.code,), (entry.code,))
        object_type, name, characteristic = (codes if entry.kind == kind else None for kind in KINDS[:3])
        time = concept.valid if entry.kind == "time" else None
        return Ask(object_type, name, characteristic, time)

    def _count_editions(self, identification: str) -> Standing:
        number = self._register.numbered(identification)
        days = [sentence.end for sentence in self._register.sentences(number)] if number is not None else []
        collection = self._collection(Entry("product", identification))
        editions = len(self._products.called(plain(collection))) if collection else 1
        return Standing(editions, max(days, default=0))

    def _document(self, entry: Entry) -> Document | None:
        if entry.kind == "product":
            number = self._register.numbered(entry.code)
            return None if number is None else product_document(self._register.product(number))
        vocabulary = self._vocabularies[entry.kind]
        concept = vocabulary.concepts.get(entry.code)
        return None if concept is None else concept_document(entry.kind, concept, vocabulary)


def _ordered(found: list[_Candidate], limit: int, standing: Standings) -> Iterator[_Candidate]:
    """The best candidates first. Of those that match alike, those in more information sets come first, then
    characteristics before names."""

    def order(one: _Candidate) -> tuple[object, ...]:
        there = standing(one.entry)
        kind = _KIND_ORDER.index(one.entry.kind)
        return -there.products, kind, -there.latest, one.match.text.text, one.entry.code

    found.sort(key=lambda one: (-one.match.score, _KIND_ORDER.index(one.entry.kind), one.entry.code))
    told = 0
    for _, group in groupby(found, key=lambda one: round(one.match.score, _DIGITS)):
        alike = list(group)
        if len(alike) > 1 and told < limit:
            alike.sort(key=order)
        told += len(alike)
        yield from alike


def _word(one: _Candidate, concept: Concept) -> str:
    """The word of a concept that matched; where that is none of its words, what it is called."""
    return one.match.text.text if one.match.text.field in ("word", "synonym", "notation") else concept.label("")


def _parts(index: Index, query: Query) -> set[str]:
    """The stems in names that contain a word of a query, or that a compound in it is made of."""
    found: set[str] = set()
    for one in query.stems:
        found.update(split(one, index.knows))
        if len(one) >= _SHORTEST:
            found.update(index.having(one, _PARTS))
    return found.difference(query.stems)


def _misspelt(index: Index, query: Query) -> set[str]:
    """The stems in names that a word of a query may be a misspelling of, or a neighbouring language's form of."""
    found: set[str] = set()
    for word in query.words:
        if len(word) >= _SHORTEST and not index.knows(stem(word)):
            found.update(_likest(index, word))
    return found


def _likest(index: Index, word: str) -> list[str]:
    """The stems in names that are likest to a word, with its ending or without: what looks like one may be none."""
    like: dict[str, float] = {}
    for sound in {skeleton(word), skeleton(stem(word))}:
        stems = index.sounding(sound, _SOUNDING)
        sounds = [skeleton(other) for other in stems]
        least = _LIKE if len(sound) > _SHORTEST else _SHORT_LIKE
        for place, share in likeness(sound, sounds, _LEAST_IN_COMMON).items():
            share += _BEGINNING_COUNTS * _common_beginning(sound, sounds[place]) * (1 - share)
            if share >= least:
                like[stems[place]] = max(share, like.get(stems[place], 0.0))
    return sorted(like, key=lambda one: -like[one])[:_MISSPELT]


def _common_beginning(one: str, other: str) -> int:
    """How many letters two words begin with alike, up to `_BEGINNING`."""
    alike = (a == b for a, b in zip(one[:_BEGINNING], other, strict=False))
    return sum(takewhile(bool, alike))


def _add(scores: dict[int, float], others: Mapping[int, float], weight: float) -> None:
    for number, score in others.items():
        scores[number] = scores.get(number, 0.0) + weight * score


def _squashed(score: float) -> float:
    """A score without an upper bound (BM25), mapped to one below those of strict matches."""
    return _LOOSE * score / (score + _HALF)
