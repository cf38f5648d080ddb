"""Which column of the data belongs to which sentence (docs/language.md section 12).

A column is called by a word, the notation or the code of a sentence's characteristic or of its classification, compared
as words are, or `columns` says which it is. Nothing is guessed from what stands in it.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Literal, NamedTuple

from vkd_catalog.data.members import Described, Stated
from vkd_catalog.data.periods import time_words
from vkd_catalog.technical import characteristics_in
from vkd_catalog.vocabulary import Concept, Vocabularies, Vocabulary
from vkd_grammar.technical import columns_of
from vkd_grammar.times import Time
from vkd_grammar.words import fold

Role = Literal["characteristic", "name"]


class Need(NamedTuple):
    """A column that a sentence needs: of the values of its characteristic, or, in a table, of the classes of its name.

    `code` is the characteristic's or the classification's, `time` that of the sentence.
    """

    sentence: Stated
    role: Role
    code: str
    time: Time | None


class Names(NamedTuple):
    """What a column may be called, folded, the best first: a column by the second is taken where none is called by the
    first."""

    first: frozenset[str]
    second: frozenset[str]

    @property
    def all(self) -> frozenset[str]:
        """All that it may be called."""
        return self.first | self.second


class Columns:
    """The columns that a description speaks of, as its vocabularies call them."""

    def __init__(self, coded: Described, vocabularies: Vocabularies) -> None:
        self._coded = coded
        self._vocabularies = vocabularies
        self._names: dict[tuple[str, ...], Names] = {}

    @cached_property
    def needs(self) -> tuple[Need, ...]:
        """What the sentences need, in their order; what is not known of a sentence is not asked for."""
        return tuple(need for sentence in self._coded.sentences for need in self._needs_of(sentence))

    @cached_property
    def unit_ids(self) -> tuple[tuple[str, ...], ...]:
        """The codes of the characteristics that identify each unit, each alternative by itself."""
        return tuple(tuple(characteristics_in(alternative)) for alternative in self._coded.technical.unit_id)

    def of_need(self, need: Need, header: Sequence[str]) -> tuple[int, ...]:
        """The places in a header of the columns that belong to a need."""
        return self._places(self.names(need), header)

    def of_characteristic(self, code: str, header: Sequence[str]) -> tuple[int, ...]:
        """The places in a header of the columns that belong to a characteristic, whatever the time."""
        return self._places(self._characteristic_names(code, None), header)

    def times(self, header: Sequence[str]) -> tuple[int, ...]:
        """The places in a header of the columns of times: those called so that belong to no sentence."""
        described = {at for need in self.needs for at in self.of_need(need, header)}
        called = self._places(Names(time_words(), frozenset()), header)
        return tuple(at for at in called if at not in described)

    def undescribed(self, header: Sequence[str], words: Collection[str] = ()) -> tuple[int, ...]:
        """The places in a header of the columns that nothing in the description speaks of; `words` are those, folded,
        that it has besides what could be looked up."""
        known = {at for need in self.needs for at in self.of_need(need, header)}
        known |= {at for ids in self.unit_ids for code in ids for at in self.of_characteristic(code, header)}
        known |= {*self.times(header)}
        spoken = {*words, *(fold(column) for column, _ in self._pairs)}
        return tuple(at for at, name in enumerate(header) if at not in known and fold(name) not in spoken)

    def names(self, need: Need) -> Names:
        """What the column of a need may be called."""
        if need.role == "characteristic":
            return self._characteristic_names(need.code, need.time)
        key = ("name", need.code, need.sentence.name or need.code)
        if key not in self._names:
            self._names[key] = Names(_words(self._vocabularies.names, key[1:]), self._classified_by(need.code))
        return self._names[key]

    def _characteristic_names(self, code: str, time: Time | None) -> Names:
        key = (code, *self._vocabularies.classifications_of(code, time))
        if key not in self._names:
            own, classifications = self._vocabularies.characteristics, self._vocabularies.names
            self._names[key] = Names(_words(own, key[:1]), _words(classifications, key[1:]))
        return self._names[key]

    def _classified_by(self, classification: str) -> frozenset[str]:
        """What the characteristics are called whose values are the classes of a classification."""
        characteristics = self._vocabularies.characteristics
        every = map(characteristics.concepts.__getitem__, characteristics.classified_by(classification))
        return _words(characteristics, [one.code for one in every if one.kind != "aggregate"])

    def _needs_of(self, sentence: Stated) -> Iterator[Need]:
        characteristic = self._vocabularies.characteristics.coded(sentence.characteristic or "")
        if characteristic is not None:
            yield Need(sentence, "characteristic", characteristic.code, sentence.time)
        object_type = self._vocabularies.object_types.coded(sentence.object_type or "")
        name = self._vocabularies.names.coded(sentence.name or "")
        if object_type is None or name is None or object_type.kind != "aggregate":
            return
        # A single aggregate of one class has no column of classes; a classification always has its classes.
        if name.kind == "classification" or (name.kind == "class" and object_type.number == "plural"):
            yield Need(sentence, "name", _classification_of(name, self._vocabularies.names), sentence.time)

    def _places(self, names: Names, header: Sequence[str]) -> tuple[int, ...]:
        folded = [fold(name) for name in header]
        stated = {fold(column) for column, word in self._pairs if word in names.all}
        for wanted in (stated, names.first, names.second):
            places = tuple(at for at, name in enumerate(folded) if name in wanted)
            if places:
                return places
        return ()

    @cached_property
    def _pairs(self) -> tuple[tuple[str, str], ...]:
        """The pairs of `columns`: a column, and a word as it is compared, without the brackets of a code."""
        pairs = columns_of(self._coded.technical.value("columns") or "") or ()
        return tuple((column, fold(word.removeprefix("[").removesuffix("]"))) for column, word in pairs)


def _words(vocabulary: Vocabulary, codes: Iterable[str]) -> frozenset[str]:
    """Every word, the notation and the code of some concepts and of those that are the same by mappings, folded."""
    same = {other for code in codes for other in vocabulary.reach(code).same}
    concepts: Mapping[str, Concept] = vocabulary.concepts
    return frozenset(word for code in same if code in concepts for word in _words_of(concepts[code]))


def _words_of(concept: Concept) -> Iterator[str]:
    yield fold(concept.code)
    for word in concept.words():
        yield fold(word)


def _classification_of(name: Concept, names: Vocabulary) -> str:
    """The code of the classification that a classification or a class of it is."""
    return name.code if name.kind == "classification" else names.classification_of(name)
