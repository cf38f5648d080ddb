"""Columns of data matched to the characteristics of a catalogue, and why each is taken for the one it is taken for.

Certain is what a word, a code or all value labels say. What is only like a word, or whose values fit a classification
as those of others do, is told and left to people.
"""

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from typing import Literal, NamedTuple

from vkd_catalog.agreement import goes_with
from vkd_catalog.describing.table import Column
from vkd_catalog.suggest import Suggester, loose
from vkd_catalog.vocabulary import Concept, Vocabularies, Vocabulary
from vkd_catalog.vocabulary.concept import codes_above
from vkd_grammar.words import fold

How = Literal["chosen", "exact", "notation", "code", "spelling", "label", "values"]
"""How a column is known: somebody chose the word; its name is a word, notation or code, or a word written in another
way; its label is a word; its value labels are those of a classification."""

NearHow = Literal["ambiguous", "taken", "label", "near", "values", "code", "words"]
"""Why a concept may be meant: the name means several; another column has it; the label says something else; a word or
label is like it; the values fit its classification; the name is its code, but the label none of its words; free
words."""

_PARTS = re.compile(r"[_\-.\s]+|(?<=[a-zæøåäö])(?=[A-ZÆØÅÄÖ])")
_NEAREST = 3
_FEWEST_CLASSES = 3
"""A classification of two classes fits every yes and no."""

_MOST_WORDS = 4


class Near(NamedTuple):
    """A concept that may be meant by a column, the word of it that says so, and why. `close` is what somebody must
    decide before a word is made anew."""

    concept: Concept
    word: str
    how: NearHow
    close: bool


class Match(NamedTuple):
    """What a column is: the characteristic and how that is known, both None where it is not; and which are near."""

    concept: Concept | None
    how: How | None
    near: tuple[Near, ...] = ()

    @property
    def is_new(self) -> bool:
        """Whether nothing is like it, so that its own label may become a word."""
        return self.concept is None and not any(one.close for one in self.near)


class Matcher:
    """Matches columns to the individual characteristics of a catalogue.

    `meant` finds concepts by free words, for what is like no word; the best first. `made` are the codes of those that
    an earlier run made of labels.
    """

    def __init__(
        self,
        vocabularies: Vocabularies,
        suggester: Suggester,
        meant: Callable[[str, int], Iterable[tuple[str, Concept]]],
        made: Container[str] = (),
    ) -> None:
        self._made = made
        self._vocabularies = vocabularies
        self._suggester = suggester
        self._meant = meant
        concepts = vocabularies.characteristics.concepts.values()
        self._individual = [concept for concept in concepts if concept.kind in ("individual", "")]
        self._loose: dict[str, list[Concept]] = {}
        self._classified = [concept for concept in self._individual if concept.classifications]
        self._classes_of = _classes_of(vocabularies.names, self._classified)
        for concept in self._individual:
            for word in {loose(_spaced(word)) for word in concept.words()}:
                self._loose.setdefault(word, []).append(concept)

    def match(self, column: Column, object_type: Concept | None, chosen: str = "") -> Match:
        """What a column is, among what is defined for an object type; `chosen` is a word or code that somebody
        chose."""

        def fitting(concepts: Iterable[Concept]) -> list[Concept]:
            found = {one.code: one for one in concepts if self._fits(one, object_type)}
            return [found[code] for code in self._vocabularies.characteristics.distinct(tuple(found))]

        if chosen:
            named = fitting(self._called(chosen))
            return Match(named[0], "chosen") if len(named) == 1 else Match(None, None, _near(named, "ambiguous"))
        for how, concepts in self._ways(column):
            found = fitting(concepts)
            if len(found) > 1:
                return Match(None, None, _near(found, "ambiguous"))
            if found:
                return self._unless_label_says_otherwise(Match(found[0], how), column, fitting)
        return Match(None, None, tuple(self._nearest(column, fitting)))

    def _ways(self, column: Column) -> Iterator[tuple[How, Iterable[Concept]]]:
        """The ways in which a column may be known, the surest first, and the concepts that each finds."""
        characteristics = self._vocabularies.characteristics
        named = characteristics.named(column.name)
        yield "exact", [one for one in named if fold(one.notation) != fold(column.name)]
        yield "notation", named
        coded = characteristics.coded(column.name)
        yield "code", [coded] if coded else []
        yield "spelling", self._loose.get(loose(_spaced(column.name)), ())
        yield "label", characteristics.named(column.label) if column.label else ()
        yield "label", self._loose.get(loose(_spaced(column.label)), ()) if column.label else ()
        yield "values", [one for one in self._classified if self._labels_are_classes(column, one)]

    def _called(self, text: str) -> Iterable[Concept]:
        code = re.search(r"\[([^\[\]]+)\]\s*$", text)
        coded = self._vocabularies.characteristics.coded(code[1].strip() if code else text)
        return [coded] if coded else self._vocabularies.characteristics.named(text)

    def _fits(self, concept: Concept, object_type: Concept | None) -> bool:
        if concept.kind not in ("individual", ""):
            return False
        return object_type is None or goes_with(concept, object_type, self._vocabularies.object_types)

    def _unless_label_says_otherwise(
        self, match: Match, column: Column, fitting: Callable[[Iterable[Concept]], list[Concept]]
    ) -> Match:
        """A match by name, unless the label is another concept's word; or, of a code, like none of its words."""
        concept = match.concept
        if concept is None or not column.label or match.how in ("label", "values"):
            return match
        named = self._vocabularies.characteristics.named(column.label)
        others = fitting(one for one in named if one.code not in self._made)
        if others and concept not in others:
            return Match(None, None, _near([concept, *others], "label"))
        # What an earlier run made of the column goes by its name.
        if match.how == "code" and fold(concept.notation) != fold(column.name) and not self._like(column, concept):
            return Match(None, None, _near([concept], "code"))
        return match

    def _like(self, column: Column, concept: Concept) -> bool:
        said = loose(column.label)
        if any(fold(text.text) == fold(column.label) for text in concept.definitions):
            return True
        return any(one.concept.code == concept.code for one in self._suggester.near(said, 4 * _NEAREST))

    def _labels_are_classes(self, column: Column, concept: Concept) -> bool:
        """Whether the value labels are words of the classes that have those values, two at least."""
        said = {value: label for value, label in column.values.items() if value not in column.missing}
        classes = self._classes(concept)
        return len(said) > 1 and all(
            value in classes and loose(label) in {loose(word) for word in classes[value].words()}
            for value, label in said.items()
        )

    def _values_fit(self, column: Column, concept: Concept) -> bool:
        values = set(column.values or column.distinct) - set(column.missing) - set(concept.missing)
        classes = self._classes(concept)
        return len(values) > 1 and len(classes) >= _FEWEST_CLASSES and values <= classes.keys()

    def _classes(self, concept: Concept) -> Mapping[str, Concept]:
        """The classes of a characteristic's classifications, by how data may write them; or nothing."""
        first, *others = (self._classes_of.get(code, {}) for code in concept.classifications)
        return {**first, **{value: one for other in others for value, one in other.items()}} if others else first

    def _nearest(self, column: Column, fitting: Callable[[Iterable[Concept]], list[Concept]]) -> Iterator[Near]:
        """The concepts that may be meant, the likeliest first, each once."""
        seen: set[str] = set()
        for near in self._all_near(column):
            if near.concept.code not in seen and fitting([near.concept]):
                seen.add(near.concept.code)
                yield near
            if len(seen) == _NEAREST:
                return

    def _all_near(self, column: Column) -> Iterator[Near]:
        if column.values or column.distinct:
            yield from (Near(one, "", "values", False) for one in self._classified if self._values_fit(column, one))
        # A name is short, and so like many words; where there is a label that counts.
        sought = [column.label] if column.label else [_spaced(column.name)]
        for text in sought:
            for near in self._suggester.near(text, 4 * _NEAREST):
                yield Near(near.concept, near.word, "near", not near.part)
        # In a whole question some word is always one of something.
        for text in (text for text in sought if len(text.split()) <= _MOST_WORDS):
            yield from (Near(concept, word, "words", False) for word, concept in self._meant(text, _NEAREST))


def near_taken(concept: Concept) -> tuple[Near, ...]:
    """The reason why a column is not known whose characteristic another column of the same table has."""
    return _near([concept], "taken")


def _near(concepts: Iterable[Concept], how: NearHow) -> tuple[Near, ...]:
    return tuple(Near(one, "", how, True) for one in concepts)


def _classes_of(names: Vocabulary, concepts: Iterable[Concept]) -> Mapping[str, Mapping[str, Concept]]:
    """For each classification of some characteristics its classes, by how data may write them: the notation, or the
    code below the classification."""
    found: dict[str, dict[str, Concept]] = {code: {} for concept in concepts for code in concept.classifications}
    for one in names.concepts.values():
        for above in codes_above(one.code):
            if above in found:
                found[above].setdefault(one.notation or one.code.removeprefix(f"{above}."), one)
    return found


def _spaced(name: str) -> str:
    """A column's name as the words it is made of."""
    return " ".join(filter(None, _PARTS.split(name)))
