"""Concepts for a reader: one of them in full, and how many a catalogue has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from vkd_catalog.files import read_file
from vkd_catalog.languages import say
from vkd_catalog.register import Ask, Codes
from vkd_catalog.vocabulary import VOCABULARY_NAMES
from vkd_grammar.document import read_document
from vkd_grammar.format import format_text
from vkd_grammar.text import decode
from vkd_server.features.explain.concept_facts import Fact, Facts

if TYPE_CHECKING:
    from vkd_catalog.catalogue import Catalogue, ProductPlace
    from vkd_catalog.vocabulary import Concept, Label, Vocabularies, Vocabulary, VocabularyName

_MOST_BELOW = 20
_MOST_PRODUCTS = 20


_SENSITIVE = {
    "yes": "concept.sensitive.yes",
    "no": "concept.sensitive.no",
    "": "concept.sensitive.not-assessed",
}


class VocabularyCount(NamedTuple):
    """How much one vocabulary holds; `not_assessed` counts characteristics and is None in other vocabularies."""

    vocabulary: str
    concepts: int
    synonyms: int
    without_definition: int
    not_assessed: int | None

    def as_plain(self) -> dict[str, int | None]:
        """The counts by name, as data for JSON."""
        plain = self._asdict()
        del plain["vocabulary"]
        return plain


def vocabulary_counts(vocabularies: Vocabularies) -> tuple[VocabularyCount, ...]:
    """The counts of all four vocabularies, empty ones too."""
    return tuple(_counted(vocabulary) for vocabulary in vocabularies.four)


def concepts_called(text: str, catalogue: Catalogue) -> list[tuple[Concept, Vocabulary]]:
    """The concepts, in all vocabularies, that have a code, or else go by a word."""
    vocabularies = catalogue.vocabularies.four
    code = text.removeprefix("[").removesuffix("]").strip()
    coded = [(concept, vocabulary) for vocabulary in vocabularies if (concept := vocabulary.coded(code))]
    return coded or [(concept, vocabulary) for vocabulary in vocabularies for concept in vocabulary.named(text)]


def concept_text(concept: Concept, vocabulary: Vocabulary, catalogue: Catalogue) -> str:
    """Everything about one concept, a line a thing; what is not stated is left out."""
    language = catalogue.language
    head = f"[{concept.code}] {concept.label(language)} – {say(f'vocabulary.{vocabulary.name}', language)}"
    lines = [f"  {label}: {said}" for label, said in _parts(concept, vocabulary, catalogue)]
    return "\n".join([head, *_labels(concept.preferred), *lines, f"  {concept.source}:{concept.row + 1}", ""])


def asking_for(concept: Concept, vocabulary: VocabularyName) -> Ask:
    """The question to a register for sentences with a concept or one below it; of a time, for those that overlap it."""
    codes = Codes((concept.code,), (concept.code,))
    object_type, name, characteristic = (codes if one == vocabulary else None for one in VOCABULARY_NAMES[:3])
    return Ask(object_type, name, characteristic, concept.valid if vocabulary == "times" else None)


def product_count(concept: Concept, vocabulary: Vocabulary, catalogue: Catalogue) -> int:
    """How many products have a sentence with a concept or one below it; of a time, one that overlaps it."""
    return catalogue.register.standing(asking_for(concept, vocabulary.name)).products


def products_called(identification: str, catalogue: Catalogue) -> list[str]:
    """The products of an identification: each with its place, and its description as it stands."""
    return [_product_text(place, catalogue) for place in catalogue.places_of(identification)]


def _product_text(place: ProductPlace, catalogue: Catalogue) -> str:
    head = f"{place.identification} – {say('concept.product', catalogue.language)}\n  {place.path}:{place.row + 1}\n"
    try:
        text = decode(read_file(catalogue.root / place.path))[0]
    except OSError:
        return head
    document = read_document(text, catalogue.parser)
    for index, (row, description) in enumerate(document.pieces()):
        if description.header and row + description.header.row == place.row:
            lines = format_text("".join(document.piece_lines(index)), catalogue.parser).strip().splitlines()
            return head + "".join(f"    {line}\n" for line in lines)
    return head


def _parts(concept: Concept, vocabulary: Vocabulary, catalogue: Catalogue) -> Iterator[Fact]:
    """What there is to say of a concept, each with what it is called."""
    language = catalogue.language
    four = catalogue.vocabularies
    facts = Facts(four, language, language)
    below = list(vocabulary.below(concept.code))
    more = " …" if len(below) > _MOST_BELOW else ""
    said = {
        "synonyms": ", ".join(label.text for label in concept.synonyms),
        "notation": concept.notation,
        "definition": concept.definition(language),
        "above": facts.codes([had.code for had in vocabulary.above(concept.code)], vocabulary),
        "below": facts.codes([had.code for had in below[:_MOST_BELOW]], vocabulary) + more,
        "see_also": facts.codes((*concept.see_also, *vocabulary.links.related(concept.code)), vocabulary),
        "mapped": facts.codes(vocabulary.links.beside(concept.code), vocabulary),
        "object_types": facts.codes(concept.object_types, four.object_types),
    }
    yield from _called(said, language)
    yield from facts.of(concept, vocabulary)
    last = {
        "sensitive": say(_SENSITIVE[concept.sensitive], language) if vocabulary is four.characteristics else "",
        "products": _products(concept, vocabulary, catalogue),
    }
    yield from _called(last, language)


def _called(texts: Mapping[str, str], language: str) -> Iterator[Fact]:
    """Texts with what they are called in a language; empty ones are left out."""
    return (Fact(say(f"concept.{name}", language), text) for name, text in texts.items() if text)


def _products(concept: Concept, vocabulary: Vocabulary, catalogue: Catalogue) -> str:
    if vocabulary.name == "times":
        return ""
    count = product_count(concept, vocabulary, catalogue)
    found = catalogue.register.answering(asking_for(concept, vocabulary.name), _MOST_PRODUCTS)
    listed = ", ".join(product.identification for _, product in found) + (" …" if count > len(found) else "")
    return f"{count} ({listed})" if count else "0"


def _labels(labels: Sequence[Label]) -> list[str]:
    return [f"  {label.language}: {label.text}" for label in labels]


def _counted(vocabulary: Vocabulary) -> VocabularyCount:
    concepts = vocabulary.concepts.values()
    return VocabularyCount(
        vocabulary.name,
        len(concepts),
        sum(len(concept.synonyms) for concept in concepts),
        sum(not concept.definitions for concept in concepts),
        sum(not concept.sensitive for concept in concepts) if vocabulary.name == "characteristics" else None,
    )
