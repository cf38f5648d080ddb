"""What DDI-Codebook's elements say, with the language that they or those around them state."""

from collections.abc import Iterator
from typing import NamedTuple

from vkd_catalog.importers.stated import Text, Texts
from vkd_catalog.importers.xml_elements import Element

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


def language_of(element: Element, around: str) -> str:
    """The language that an element states, else that of what is around it."""
    return next((element.attributes[name] for name in _LANGUAGE if element.attributes.get(name)), around)


def in_one_language(texts: Texts) -> str:
    """The texts that are in the language of the first one, each once and after each other."""
    first = texts[0].language if texts else ""
    return "; ".join(dict.fromkeys(one.text for one in texts if one.language == first))
