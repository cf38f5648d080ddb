"""A catalogue as an editor shows it beside the texts: vocabularies as trees, registers, products by collection, and a
search.

Lists come in pieces of `MOST` entries, since nobody opens a hundred thousand at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from vkd_catalog.languages import counted
from vkd_catalog.lookup import KINDS
from vkd_catalog.message.wording import Wording
from vkd_catalog.suggest import loose
from vkd_catalog.technical import title_in
from vkd_catalog.vocabulary.concept import codes_above
from vkd_server.features.answers.asking import fields_for_concept, fields_for_sentence
from vkd_server.features.completion.items import word_in_field
from vkd_server.features.explain.collections import collection_of, editions_of, time_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vkd_catalog.catalogue import Catalogue
    from vkd_catalog.register import ProductRecord, SentenceRecord, Shelf
    from vkd_catalog.vocabulary import Concept, Vocabulary, VocabularyName
    from vkd_server.features.explain.collections import Edition

MOST = 200
"""How many entries a piece of a list holds."""


class Entry(NamedTuple):
    """A concept, collection, product, sentence of one, or demand, and where it stands: a path relative to the
    catalogue's root, a row from 0; of a sentence that of its product.

    `id` is a code, a name, an identification or the number of a line, `below` how many concepts, editions or sentences
    are right below it, `above` the ids of those above it from the top down, `insert` is the concept as it is written in
    a field, and `asks` are the fields of a line that asks for it.
    """

    kind: Literal["collection", "product", "line", "demand", "profile"] | VocabularyName
    id: str
    label: str
    detail: str
    path: str
    row: int
    below: int = 0
    above: tuple[str, ...] = ()
    insert: str = ""
    asks: Sequence[str] = ()


class Listed(NamedTuple):
    """A piece of a list, and how many entries the whole of it has."""

    entries: Sequence[Entry]
    total: int


def concepts_below(catalogue: Catalogue, vocabulary: Vocabulary, code: str, first: int) -> Listed:
    """The concepts right below a code, in the order of the file; the top ones for an empty code."""
    found = list(vocabulary.below(code))
    return Listed(_concepts(catalogue, vocabulary, found[first : first + MOST]), len(found))


def registers(catalogue: Catalogue, first: int) -> Listed:
    """The concepts among the names that are registers, in the order of their words, from number `first` on."""
    names, language = catalogue.vocabularies.names, catalogue.language
    found = [names.concepts[code] for code in names.of_kind("register")]
    found.sort(key=lambda concept: loose(concept.label(language)))
    return Listed(_concepts(catalogue, names, found[first : first + MOST]), len(found))


def products(catalogue: Catalogue, first: int) -> Listed:
    """The products that can be found, by identification."""
    register = catalogue.register
    return Listed([_product(catalogue, *one) for one in register.products(first, MOST)], register.size()[0])


def collections(catalogue: Catalogue, first: int) -> Listed:
    """The collections and the products that are of none, in the order of their names."""
    register = catalogue.register
    return Listed([_shelf(catalogue, one) for one in register.shelves(first, MOST)], register.shelved())


def editions(catalogue: Catalogue, name: str, first: int) -> Listed:
    """The editions of a collection, the latest first, each with its time."""
    every, wording = editions_of(name, catalogue.register), Wording(catalogue.language, catalogue.vocabularies)
    shown = every[first : first + MOST]
    return Listed([_edition(one, time_of(one.sentences, wording)) for one in shown], len(every))


def lines(catalogue: Catalogue, identification: str, first: int) -> Listed:
    """The sentences of a product, each with its time."""
    number = catalogue.register.numbered(identification)
    if number is None:
        return Listed((), 0)
    product, every = catalogue.register.product(number), catalogue.register.sentences(number)
    return Listed([_line(catalogue, product, one) for one in every[first : first + MOST]], len(every))


def found(catalogue: Catalogue, text: str) -> Listed:
    """What the catalogue has by free words, the best first."""
    vocabularies = dict(zip(KINDS, catalogue.vocabularies.four, strict=False))
    entries: list[Entry] = []
    for hit in catalogue.lookup.named(text, MOST):
        if hit.kind != "product":
            vocabulary = vocabularies[hit.kind]
            entries.append(_concept(catalogue, vocabulary, vocabulary.concepts[hit.code]))
        elif (number := catalogue.register.numbered(hit.code)) is not None:
            entries.append(_product(catalogue, number, catalogue.register.product(number)))
    return Listed(entries, len(entries))


def _concepts(catalogue: Catalogue, vocabulary: Vocabulary, concepts: Iterable[Concept]) -> list[Entry]:
    return [_concept(catalogue, vocabulary, concept) for concept in concepts]


def _concept(catalogue: Catalogue, vocabulary: Vocabulary, concept: Concept) -> Entry:
    language = catalogue.language
    return Entry(
        vocabulary.name,
        concept.code,
        concept.label(language),
        concept.definition(language),
        concept.source,
        concept.row,
        vocabulary.count_below(concept.code),
        tuple(reversed([code for code in codes_above(concept.code) if code in vocabulary.concepts])),
        word_in_field(vocabulary, concept.label(language), concept.code),
        fields_for_concept(catalogue.vocabularies, vocabulary, concept, language),
    )


def _shelf(catalogue: Catalogue, shelf: Shelf) -> Entry:
    """A collection, or the product that is of none."""
    last = shelf.product
    if not shelf.editions:
        return _product(catalogue, shelf.number, last)
    name = collection_of(last)
    count = counted("editor.editions", shelf.editions, catalogue.language)
    detail = ", ".join(filter(None, (title_in(last.values, catalogue.language), count)))
    return Entry("collection", name, name, detail, last.path, last.row, shelf.editions)


def _product(catalogue: Catalogue, number: int, product: ProductRecord) -> Entry:
    detail = _stated(title_in(product.values, catalogue.language), product)
    return _described(product, detail, len(catalogue.register.sentences(number)))


def _edition(edition: Edition, time: str) -> Entry:
    return _described(edition.product, _stated(time, edition.product), len(edition.sentences))


def _described(product: ProductRecord, detail: str, sentences: int) -> Entry:
    name, collection = product.identification, collection_of(product)
    return Entry(
        "product", name, name, detail, product.path, product.row, sentences, (collection,) if collection else ()
    )


def _stated(first: str, product: ProductRecord) -> str:
    """Something told first, and the form and conditions of a product."""
    return ", ".join(filter(None, (first, *(product.values.get(key, "") for key in ("form", "access")))))


def _line(catalogue: Catalogue, product: ProductRecord, sentence: SentenceRecord) -> Entry:
    """A sentence by its characteristic, and beside it what that is of, and when."""
    wording = Wording(catalogue.language, catalogue.vocabularies)
    object_types, names, characteristics, _ = catalogue.vocabularies.four
    about = wording.term(object_types, sentence.object_type), wording.term(names, sentence.name)
    return Entry(
        "line",
        str(sentence.line),
        wording.term(characteristics, sentence.characteristic),
        " / ".join((*about, wording.stretch(sentence))),
        product.path,
        product.row,
        above=tuple(filter(None, (collection_of(product), product.identification))),
        asks=fields_for_sentence(catalogue.vocabularies, sentence, catalogue.language),
    )
