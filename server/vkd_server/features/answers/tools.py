"""What a program that speaks for somebody may ask of a catalogue: find, show, run, why, describe.

Each answer is plain data for JSON: `catalogue` with name and revision, `citations`, the identifications and codes that
it rests on, and what was asked for under a name of its own. A public catalogue tells nothing internal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from vkd_catalog.coding import UNIT
from vkd_catalog.lookup import KINDS, Kind
from vkd_catalog.message import MessageOptions
from vkd_catalog.message.as_markdown import as_markdown
from vkd_catalog.message.public import public_address
from vkd_catalog.message.wording import Wording
from vkd_catalog.technical import title_in
from vkd_grammar.document import read_document
from vkd_grammar.format import format_text
from vkd_grammar.syntax import OBJECT_TYPE
from vkd_grammar.technical import ADDRESS_KEYS, KEYS
from vkd_server.features.answers.message import run_message
from vkd_server.features.answers.run import Run, RunOptions, run_document
from vkd_server.features.answers.run_json import runs_as_json
from vkd_server.features.answers.why import why
from vkd_server.features.completion.items import word_in_field
from vkd_server.features.explain.concepts import asking_for, concepts_called
from vkd_server.features.phrases import header_type_for

if TYPE_CHECKING:
    from vkd_catalog.catalogue import Catalogue
    from vkd_catalog.register import ProductRecord, SentenceRecord
    from vkd_catalog.vocabulary import Concept, Vocabulary

Json = dict[str, Any]

_MOST = 100
"""How many products, concepts or lines an answer holds of a kind."""

_NEAR = 3
"""How many concepts a column is told to be near to."""

_NAMED_IN = "demand.vkd"
"""The file that a demand is told to stand in, which came as a text."""


def find(catalogue: Catalogue, words: str, kinds: Sequence[Kind] = KINDS, limit: int = 20) -> Json:
    """What the catalogue has by free words, the best first."""
    found = catalogue.lookup.find(words, kinds, min(limit, _MOST))
    return _answer(
        catalogue,
        (hit.code for hit in found.hits),
        how=found.how,
        hits=[{**hit.as_json(), "text": hit.text} for hit in found.hits],
    )


def show(catalogue: Catalogue, what: str) -> Json:
    """The concepts that have a code or go by a word, and the product of an identification."""
    concepts = [_concept(concept, vocabulary, catalogue) for concept, vocabulary in concepts_called(what, catalogue)]
    number = catalogue.register.numbered(what)
    products = [] if number is None else [_product(number, catalogue)]
    cited = [str(one["code"]) for one in concepts] + [str(one["identification"]) for one in products]
    return _answer(catalogue, cited, concepts=concepts, products=products)


def run(catalogue: Catalogue, demand: str) -> Json:
    """The answers to the demands in a text: as data, and each one's reference message."""
    runs = _runs(catalogue, demand)
    answers = runs_as_json(runs, catalogue, public=catalogue.is_public)
    options = MessageOptions(public=catalogue.is_public, detail=True)
    messages = [as_markdown(run_message(one, catalogue, options)) for one in runs]
    return _answer(catalogue, _members(runs), demands=answers["demands"], messages=messages)


def why_not(catalogue: Catalogue, demand: str, product: str) -> Json:
    """Why a product is not among the answers to the demands in a text, or that it is."""
    reasons = [{"id": one.answer.id, "why": why(one, product, catalogue)} for one in _runs(catalogue, demand)]
    return _answer(catalogue, [product], product=product, demands=reasons)


def describe(
    catalogue: Catalogue, identification: str, units: str, population: str, time: str, columns: Sequence[str]
) -> Json:
    """A draft of a product description, made of a data file's columns by name; nothing is read or written.

    A column that is called as a characteristic becomes a sentence; of others the nearest characteristics are told.
    """
    matched = [_column(column, catalogue) for column in columns[:_MOST]]
    certain = [str(one["word"]) for one in matched if one["certain"]]
    unknown = [one for one in matched if not one["certain"]]
    who, when = " / ".join(map(_one_line, (units, population))), _one_line(time)
    lines = [
        f"{number} / {who} / {word} / {when} / O" if number == 1 else f'{number} / " / " / {word} / " / O'
        for number, word in enumerate(certain, start=1)
    ]
    lines[-1:] = [f"{line[:-1]}." for line in lines[-1:]]
    header = f"0 / {header_type_for('product', catalogue.language)} / {_one_line(identification)}"
    comments = [f"# unknown: {one['column']} (nearest: {', '.join(map(str, _words(one)))})" for one in unknown]
    draft = format_text("\n".join((*map(_one_line, comments), header, *lines)) + "\n", catalogue.parser)
    return _answer(catalogue, certain, draft=draft, columns=matched)


def _answer(catalogue: Catalogue, cited: Iterable[str], **said: object) -> Json:
    name = {"name": catalogue.configuration.name, "revision": catalogue.revision}
    return {"catalogue": name, "citations": list(dict.fromkeys(cited)), **said}


def _runs(catalogue: Catalogue, demand: str) -> list[Run]:
    document = read_document(demand, catalogue.parser)
    return list(run_document(document, _NAMED_IN, catalogue, RunOptions()))


def _members(runs: Iterable[Run]) -> Iterator[str]:
    for one in runs:
        yield from one.answer.covers.members()


def _concept(concept: Concept, vocabulary: Vocabulary, catalogue: Catalogue) -> Json:
    language = catalogue.language
    asking = asking_for(concept, vocabulary.name)
    above = [{"code": one.code, "label": one.label(language)} for one in vocabulary.above(concept.code)]
    below = [{"code": one.code, "label": one.label(language)} for one in vocabulary.below(concept.code)]
    products = catalogue.register.answering(asking, _MOST)
    return {
        "vocabulary": vocabulary.name,
        "code": concept.code,
        "label": concept.label(language),
        "words": list(dict.fromkeys(concept.words())),
        "write": word_in_field(vocabulary, concept.label(language), concept.code),
        "definition": concept.definition(language),
        "kind": concept.kind,
        "temporality": concept.temporality,
        "sensitive": concept.sensitive or "not assessed",
        "values": {one.value: one.label(language) for one in concept.values},
        "above": above,
        "below": below[:_MOST],
        "products": [product.identification for _, product in products],
        "more": catalogue.register.standing(asking).products - len(products),
    }


def _product(number: int, catalogue: Catalogue) -> Json:
    record: ProductRecord = catalogue.register.product(number)
    sentences = catalogue.register.sentences(number)
    return {
        "identification": record.identification,
        "title": title_in(record.values, catalogue.language),
        "stated": dict(_stated(record, catalogue)),
        "sensitive": record.sensitive,
        "lines": [_line(sentence, catalogue) for sentence in sentences[:_MOST]],
        "more": max(0, len(sentences) - _MOST),
    }


def _stated(record: ProductRecord, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """What a product states; to the public nothing internal, and of addresses those that anybody can open."""
    internal = {key.name for key in KEYS if key.internal}
    for key, text in record.values.items():
        if not catalogue.is_public:
            yield key, text
        elif key in ADDRESS_KEYS:
            address = public_address(text, catalogue)
            yield from [(key, address)] if address else []
        elif key not in internal:
            yield key, text


def _line(sentence: SentenceRecord, catalogue: Catalogue) -> Json:
    said: Json = {"line": sentence.line}
    for at, (kind, vocabulary) in enumerate(zip(KINDS, catalogue.vocabularies.four[:3], strict=False)):
        code = str(sentence[OBJECT_TYPE + at])
        concept = vocabulary.coded(code)
        said[kind] = concept.label(catalogue.language) if concept else code.removeprefix(UNIT)
    said["time"] = Wording(catalogue.language, catalogue.vocabularies).stretch(sentence)
    return said


def _column(column: str, catalogue: Catalogue) -> Json:
    """What a column may hold: the nearest characteristics, and whether the first is called so and no other is."""
    hits = catalogue.lookup.find(column, ["characteristic"], _NEAR).hits
    exact = [hit for hit in hits if hit.how == "exact" and hit.field != "value"]
    characteristics = catalogue.vocabularies.characteristics
    near = [{"word": hit.label, "code": hit.code, "how": hit.how} for hit in hits]
    word = word_in_field(characteristics, exact[0].label, exact[0].code) if exact else ""
    return {"column": column, "certain": len(exact) == 1, "word": word, "nearest": near}


def _words(column: Mapping[str, object]) -> Iterator[object]:
    nearest = column["nearest"]
    for one in nearest if isinstance(nearest, list) else ():
        yield one["word"]


def _one_line(text: str) -> str:
    return " ".join(text.split())
