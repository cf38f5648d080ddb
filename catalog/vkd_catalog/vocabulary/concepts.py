"""The concepts of a vocabulary by their codes, and by what some of them have in common."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from vkd_catalog.vocabulary.concept import Concept, code_above, codes_above
from vkd_grammar.words import fold

if TYPE_CHECKING:
    from vkd_catalog.beginnings import IndexedWords

Trait = Literal["above", "kind", "unit", "classification"]
"""What concepts are looked up by besides their code: the code right above them, their kind and number, their unit type,
and the classifications whose classes are their values."""

TRAITS: tuple[Trait, ...] = ("above", "kind", "unit", "classification")


class Concepts(Mapping[str, Concept], ABC):
    """The concepts of one vocabulary by their codes, in the order of its files, wherever they are kept.

    What is looked up by a trait is kept, so that a demand costs what it asks for and not what the vocabulary holds.
    """

    @property
    def words(self) -> "IndexedWords | None":
        """The words as one types them, where they are kept; else whoever needs them takes them in."""
        return None

    @abstractmethod
    def codes_with(self, trait: Trait, value: str) -> Sequence[str]:
        """The codes of the concepts of which a trait has a value, in the order of the files."""

    @abstractmethod
    def values_of(self, trait: Trait) -> Collection[str]:
        """The values that a trait has, each once."""

    def registered(self, code: str) -> tuple[str, str] | None:
        """The temporality and the sensitivity of a concept, which is all that a register asks of a characteristic; None
        where there is none with this code."""
        concept = self.get(code)
        return (concept.temporality, concept.sensitive) if concept else None

    def codes_alike(self, text: str) -> Sequence[str]:
        """The codes that are a text but for the case of letters."""
        wanted = fold(text)
        return [code for code in self if len(code) == len(wanted) and fold(code) == wanted]

    @cached_property
    def tops_without_kind(self) -> frozenset[str]:
        """The first segments of the codes of concepts that state no kind."""
        return frozenset(code.partition(".")[0] for code in self.codes_with("kind", ""))

    @cached_property
    def above_classes(self) -> tuple[str, ...]:
        """The codes of the concepts that stand above some class, whatever their own kind."""
        above = {one: None for code in self.codes_with("kind", "class") for one in codes_above(code)}
        return tuple(code for code in above if code in self)


class HeldConcepts(dict[str, Concept], Concepts):
    """The concepts of a vocabulary that is held in memory; nobody changes it once it is made."""

    def codes_with(self, trait: Trait, value: str) -> Sequence[str]:
        """The codes of the concepts of which a trait has a value."""
        return self._by_trait[trait].get(value, ())

    def values_of(self, trait: Trait) -> Collection[str]:
        """The values that a trait has."""
        return self._by_trait[trait].keys()

    @cached_property
    def _by_trait(self) -> Mapping[Trait, Mapping[str, Sequence[str]]]:
        found: dict[Trait, dict[str, list[str]]] = {trait: {} for trait in TRAITS}
        for code, concept in self.items():
            for trait, value in traits_of(concept):
                found[trait].setdefault(value, []).append(code)
        return found


def traits_of(concept: Concept) -> Iterator[tuple[Trait, str]]:
    """The traits of a concept with their values."""
    yield from traits_by(concept.code, concept.kind, concept.number, concept.unit)
    for code in dict.fromkeys(concept.classifications):
        yield "classification", code


def traits_by(code: str, kind: str, number: str, unit: str) -> Iterator[tuple[Trait, str]]:
    """The traits that a concept has by its code and by what it may inherit."""
    yield "above", code_above(code)
    yield "kind", kind_with_number(kind, number)
    yield "unit", unit


def kind_with_number(kind: str, number: str = "") -> str:
    """Kind and number as the value of one trait; only object types have a number."""
    return f"{kind} {number}" if number else kind
