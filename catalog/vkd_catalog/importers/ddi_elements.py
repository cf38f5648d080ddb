"""What DDI-Codebook's elements say, with the language that they or those around them state."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from vkd_catalog.importers.object_types import ObjectType
from vkd_catalog.importers.stated import Text, Texts
from vkd_catalog.importers.units import unit_called, unit_named
from vkd_catalog.importers.xml_elements import Element

OWN = "vkd"
"""What vkd's own exporter names as the subject of notes, the agency of a number, the vocabulary of a unit: what it
writes there is read back as it was, for DDI-Codebook has no element of its own for it."""

_LANGUAGE = ("lang", "xml-lang")
"""The attribute that names a language, in the schemas and in the document type definitions before them."""


class Spoken(NamedTuple):
    """An element and the language that it is in; empty where nobody says it."""

    element: Element
    language: str

    def below(self, *path: str) -> Iterator["Spoken"]:
        """The elements that a path of names leads to, each with its language."""
        first, *rest = path
        for child in self.element.children(first):
            said = Spoken(child, language_of(child, self.language))
            if rest:
                yield from said.below(*rest)
            else:
                yield said

    def texts(self, *path: str) -> Texts:
        """The texts of the elements that a path leads to, those without text left out."""
        found = (Text(one.element.whole_text(), one.language) for one in self.below(*path))
        return tuple(text for text in found if text.text)

    def text(self, *path: str) -> str:
        """The first text that a path leads to; empty where there is none."""
        return next((one.text for one in self.texts(*path)), "")


def own_notes(said: Spoken) -> Mapping[str, Sequence[Text]]:
    """What vkd's exporter says in notes directly below an element, by their type."""
    found: dict[str, list[Text]] = {}
    for note in said.below("notes"):
        if note.element.attributes.get("subject") == OWN:
            kind = note.element.attributes.get("type", "")
            found.setdefault(kind, []).append(Text(note.element.whole_text(), note.language))
    return found


def unit_in(said: Spoken, *path: str) -> ObjectType | None:
    """The object type of the first unit type that is known among the elements that a path leads to; None where none is.

    One that vkd's exporter names is known by its word as well.
    """
    for one in said.below(*path):
        word = one.element.own_text()
        for concept in one.below("concept"):
            if concept.element.attributes.get("vocab") == OWN:
                return unit_named(concept.element.whole_text(), word)
    terms = (one.text for one in said.texts(*path, "concept"))
    return unit_called(*terms, *(one.element.own_text() for one in said.below(*path)))


def language_of(element: Element, around: str) -> str:
    """The language that an element states, else that of what is around it."""
    return next((element.attributes[name] for name in _LANGUAGE if element.attributes.get(name)), around)


def in_one_language(texts: Texts) -> str:
    """The texts that are in the language of the first one, each once and after each other."""
    first = texts[0].language if texts else ""
    return "; ".join(dict.fromkeys(one.text for one in texts if one.language == first))
