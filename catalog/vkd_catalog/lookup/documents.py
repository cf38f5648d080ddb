"""The texts by which each concept and product of a catalogue can be found."""

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from vkd_catalog.register import ProductRecord
from vkd_catalog.vocabulary import Vocabularies, Vocabulary
from vkd_catalog.vocabulary.concept import Concept

Kind = Literal["object-type", "name", "characteristic", "time", "product"]

KINDS: tuple[Kind, ...] = ("object-type", "name", "characteristic", "time", "product")
"""What can be found: a concept of one of the four vocabularies, in their order, or an information set."""

Field = Literal["word", "synonym", "notation", "code", "title", "collection", "definition", "value", "above", "set"]


class Text(NamedTuple):
    """A text that a concept or product is found by, and which part of it this is."""

    field: Field
    text: str


class Document(NamedTuple):
    """A concept, or a product by its identification, with the texts it is found by.

    `names` is what it goes by, `notes` what is said of it, `values` what its values are called, and `above` what the
    concepts above it go by.
    """

    kind: Kind
    code: str
    names: tuple[Text, ...]
    notes: tuple[Text, ...] = ()
    values: tuple[Text, ...] = ()
    above: tuple[Text, ...] = ()

    @property
    def texts(self) -> Iterator[Text]:
        """Every text, what it goes by first."""
        yield from self.names
        yield from self.values
        yield from self.notes
        yield from self.above


def concept_documents(vocabularies: Vocabularies) -> Iterator[Document]:
    """A document for each concept."""
    for kind, vocabulary in zip(KINDS, vocabularies.four, strict=False):
        for concept in vocabulary.concepts.values():
            yield concept_document(kind, concept, vocabulary)


def concept_document(kind: Kind, concept: Concept, vocabulary: Vocabulary) -> Document:
    """The texts that one concept is found by."""
    names = [Text("word", label.text) for label in concept.preferred]
    names += [Text("synonym", label.text) for label in concept.synonyms]
    names += [Text("notation", concept.notation)] if concept.notation else []
    names.append(Text("code", concept.code))
    return Document(
        kind,
        concept.code,
        tuple(names),
        tuple(Text("definition", label.text) for label in concept.definitions),
        tuple(Text("value", label.text) for value in concept.values for label in value.labels),
        tuple(Text("above", label.text) for above in vocabulary.above(concept.code) for label in above.preferred),
    )


def product_documents(products: Iterable[ProductRecord]) -> Iterator[Document]:
    """A document for each information set."""
    return map(product_document, products)


def product_document(product: ProductRecord) -> Document:
    """The texts that an information set is found by: its titles, its identification, and the collection it is an
    edition of."""
    titles = [Text("title", text) for key, text in product.values.items() if key.partition("@")[0] == "title"]
    collection = product.values.get("collection", "")
    names = [*titles, Text("code", product.identification)]
    return Document(
        "product", product.identification, (*names, *([Text("collection", collection)] if collection else []))
    )
