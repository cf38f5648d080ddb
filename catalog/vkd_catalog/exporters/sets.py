"""What exporters tell of a product: its technical data, and what its sentences come to taken together."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from vkd_catalog.catalogue import Catalogue
from vkd_catalog.exporters.addresses import told_addresses
from vkd_catalog.languages import languages
from vkd_catalog.message.public import WITHHELD
from vkd_catalog.register import SentenceRecord
from vkd_catalog.technical import TechnicalData
from vkd_catalog.vocabulary import Concept
from vkd_grammar.technical import KEYS
from vkd_grammar.times import BEGINNING, END

Texts = tuple[tuple[str, str], ...]
"""Texts with the language of each, as a BCP-47 tag."""

_TITLE = "title"
_INTERNAL = frozenset(key.name for key in KEYS if key.internal)


class Set(NamedTuple):
    """An information set as exporters tell it. What is not stated is empty.

    `stated` holds what may be told by its English key, `data` and `doc` the web addresses of its data and its
    documentation. `first` and `last` are the outermost days that its sentences state, 0 where they state none there.
    `characteristics` are all that it holds, each once, in the order of its lines; `units` and `names` likewise.
    """

    identification: str
    titles: Texts
    stated: Mapping[str, str]
    access: str
    data: tuple[str, ...]
    doc: tuple[str, ...]
    first: int
    last: int
    units: tuple[Concept, ...]
    names: tuple[Concept, ...]
    characteristics: tuple[Concept, ...]
    sentences: tuple[SentenceRecord, ...]

    def described(self, language: str) -> str:
        """A description in words of the vocabularies: which units, which registers, what of them."""
        parts = [", ".join(dict.fromkeys(one.label(language) for one in some)) for some in self[8:11]]
        return ". ".join(filter(None, parts)) + "." if any(parts) else self.title(language)

    def title(self, language: str) -> str:
        """The title in a language, else the first there is, else the identification."""
        return next((text for tag, text in self.titles if tag == language), self.titles[0][1])


def sets_of(catalogue: Catalogue) -> Iterator[Set]:
    """The products of a catalogue in the order of their identifications, one at a time."""
    register = catalogue.register
    for number, product in register.products():
        yield _set(catalogue, product.identification, product.values, register.sentences(number))


def _set(catalogue: Catalogue, name: str, values: Mapping[str, str], sentences: tuple[SentenceRecord, ...]) -> Set:
    dated = [one for one in sentences if one.is_dated]
    four = catalogue.vocabularies
    return Set(
        name,
        tuple(_titles(values, catalogue.language)) or (("", name),),
        {key: text for key, text in values.items() if key not in _INTERNAL and text != WITHHELD},
        TechnicalData(dict(values), ()).access or "",
        tuple(told_addresses(catalogue, [values.get("data", "")], name)),
        tuple(told_addresses(catalogue, [values.get("doc", "")], name)),
        min((one.start for one in dated if one.start != BEGINNING), default=0),
        0 if any(one.end == END for one in dated) else max((one.end for one in dated), default=0),
        _concepts(four.object_types.concepts, (one.object_type for one in sentences)),
        _concepts(four.names.concepts, (one.name for one in sentences)),
        _concepts(four.characteristics.concepts, (one.characteristic for one in sentences)),
        sentences,
    )


def _titles(values: Mapping[str, str], language: str) -> Iterator[tuple[str, str]]:
    if values.get(_TITLE):
        yield language, values[_TITLE]
    for tag in (*languages(), *(key.partition("@")[2] for key in values if key.startswith(f"{_TITLE}@"))):
        text = values.get(f"{_TITLE}@{tag}")
        if text and not (tag == language and values.get(_TITLE)):
            yield tag, text


def _concepts(concepts: Mapping[str, Concept], codes: Iterator[str]) -> tuple[Concept, ...]:
    return tuple(concepts[code] for code in dict.fromkeys(codes) if code in concepts)


def day(eight: int) -> str:
    """A day as ISO 8601 writes it; empty for a stretch that is open there."""
    text = f"{eight:08d}"
    return f"{text[:4]}-{text[4:6]}-{text[6:]}" if BEGINNING < eight < END else ""
