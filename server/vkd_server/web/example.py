"""A demand to begin with: what a product says, asked for in the words of the page's language."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from vkd_catalog.catalogue import Catalogue
from vkd_catalog.coding import UNIT
from vkd_catalog.languages import say
from vkd_catalog.register import ProductRecord, SentenceRecord
from vkd_catalog.technical import characteristics_in
from vkd_catalog.vocabulary import Vocabulary
from vkd_grammar.format import format_text
from vkd_grammar.parser import Parser
from vkd_server.features.answers.asking import demand_header, fields_for_sentence

_LINES = 3
_LOOKED_AT = 500
"""So many products are looked at for one that says so much."""


def example_demand(catalogue: Catalogue, language: str, parser: Parser) -> str:
    """A demand that a product answers; where there is no product, the header alone."""
    header = f"{demand_header(language)}\n"
    register = catalogue.register
    chosen: Sequence[SentenceRecord] = ()
    for number, product in register.products(0, _LOOKED_AT):
        found = _worth_asking(product, register.sentences(number), catalogue.vocabularies.characteristics)
        if len(found) > len(chosen):
            chosen = found
        if len(chosen) == _LINES:
            break
    lines = list(_lines(catalogue, chosen, language))
    return format_text(f"{say('example.about', language)}\n{header}{''.join(lines)}", parser)


def _worth_asking(
    product: ProductRecord, sentences: Sequence[SentenceRecord], characteristics: Vocabulary
) -> Sequence[SentenceRecord]:
    """Some sentences of a product that are about the same units at the same time. Those with a classification come
    first; what identifies the units is left out."""

    def rank(sentence: SentenceRecord) -> tuple[bool, bool]:
        concept = characteristics.coded(sentence.characteristic)
        return not concept or concept.sensitive == "yes", not concept or not concept.classifications

    identifying = {code for alternative in product.unit_id for code in characteristics_in(alternative)}
    asked = [one for one in sentences if one.characteristic not in identifying and not one.name.startswith(UNIT)]
    alike = [one for one in asked if _about(one) == _about(asked[0])]
    return sorted(sorted(alike, key=rank)[:_LINES], key=lambda one: one.line)


def _about(sentence: SentenceRecord) -> tuple[object, ...]:
    return sentence.object_type, sentence.name, sentence.time


def _lines(catalogue: Catalogue, sentences: Sequence[SentenceRecord], language: str) -> Iterator[str]:
    rows = [fields_for_sentence(catalogue.vocabularies, sentence, language) for sentence in sentences]
    shown = rows[:1] + [
        [_ditto(now, above) for now, above in zip(row, had, strict=True)] for had, row in pairwise(rows)
    ]
    for number, fields in enumerate(shown, 1):
        yield f"{number} / {' / '.join(fields)} / {'.' if number == len(shown) else 'O'}\n"


def _ditto(text: str, above: str) -> str:
    return '"' if text == above else text
