"""What one asks of a data set before using it, answered from what its product description states.

The questions are Eivind Hoffmann's: which units, identified by what, from which sources, processed how, by which
standards, of what quality, usable together with what, on what conditions. What is not stated is said to be so.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from vkd_catalog.evaluation.answer import ProductFacts
from vkd_catalog.evaluation.found import Verdict
from vkd_catalog.evaluation.linkage import Profile, judge, profile_of
from vkd_catalog.message.matter import Matter
from vkd_catalog.message.message import Fold, Item
from vkd_catalog.message.stated import access
from vkd_catalog.message.text import Text, joined
from vkd_catalog.register import SentenceRecord, linking_of
from vkd_catalog.technical import characteristics_in, key_label
from vkd_grammar.technical import KEYS


class _Product(NamedTuple):
    """What a product states, in words, and which of the products shown can be linked with it, or may be."""

    units: str
    identified: str
    source: str
    processing: str
    standards: str
    quality: str
    alone: str
    linked: frozenset[str]
    perhaps: frozenset[str]
    access: str
    others: tuple[tuple[str, str], ...]


ASKED_FOR = frozenset(
    ("data", "doc", "form", "access", "unit-id", "series", "source", "processing", "quality", "contact", "lead-time")
)
"""The keys that a question or another part of the message answers; whatever else is stated is told by its name."""

_TOLD_OF_ALL = frozenset(("data", "doc", "form", "access", "lead-time", "contact"))
"""The keys that the message tells of every product it shows, stated or not."""


def about(matter: Matter) -> Iterator[Fold]:
    """What the products of the covers that are shown state besides, or all that one asks of them where it is asked for.

    Those that state the same are told of together.
    """
    if matter.covers:
        yield from _answered(matter) if matter.options.detail else _stated_besides(matter)


def _stated_besides(matter: Matter) -> Iterator[Fold]:
    told: dict[tuple[tuple[str, str], ...], list[str]] = {}
    for product in matter.products:
        stated = tuple(_others(matter, matter.answer.products[product], _TOLD_OF_ALL))
        if stated:
            told.setdefault(stated, []).append(product)
    if told:
        items = (
            Item(matter.wording.all_of(matter.named(products)), "", tuple(Item(*one) for one in stated))
            for stated, products in told.items()
        )
        yield Fold(matter.wording.say("stated-besides"), tuple(items))


def _answered(matter: Matter) -> Iterator[Fold]:
    """The products, each with what one asks of it before using it."""
    profiles = {product: _profiles(matter, matter.answer.products[product]) for product in matter.products}
    told: dict[_Product, list[str]] = {}
    for product in matter.products:
        told.setdefault(_product(matter, product, profiles), []).append(product)
    yield Fold(
        matter.wording.say("about"),
        tuple(
            Item(matter.wording.all_of(matter.named(products)), "", _items(matter, had, products))
            for had, products in told.items()
        ),
    )


def _product(matter: Matter, product: str, profiles: Mapping[str, tuple[Profile, ...]]) -> _Product:
    wording, facts = matter.wording, matter.answer.products[product]
    sentences = tuple(matter.sentences(facts.number).values())
    object_types = (matter.catalogue.vocabularies.object_types.coded(one.object_type) for one in sentences)
    of_units = any(one is None or one.kind != "aggregate" for one in object_types)
    verdicts = {other: _verdict(matter, profiles[product], profile) for other, profile in profiles.items()}
    return _Product(
        _units(matter, sentences),
        _identified(matter, facts, of_units),
        wording.stated(facts.values.get("source")),
        wording.stated(facts.values.get("processing")),
        _standards(matter, sentences),
        wording.stated(facts.values.get("quality")),
        _usable_with(matter, facts, of_units),
        frozenset(other for other, verdict in verdicts.items() if verdict == "yes"),
        frozenset(other for other, verdict in verdicts.items() if verdict == "unknown"),
        access(wording, facts),
        tuple(_others(matter, facts, ASKED_FOR)),
    )


def _items(matter: Matter, had: _Product, products: Sequence[str]) -> tuple[Item, ...]:
    say = matter.wording.say
    answers = (
        ("units", had.units),
        ("identified", had.identified),
        ("sources", had.source),
        ("processing", had.processing),
        ("standards", had.standards),
        ("quality", had.quality),
        ("usable-with", joined("; ", _together(matter, had, products))),
        ("access", had.access),
    )
    return tuple(Item(label, text) for label, text in (*((say(key), text) for key, text in answers), *had.others))


def _others(matter: Matter, facts: ProductFacts, told: Collection[str]) -> Iterator[tuple[str, str]]:
    """What a product states under the keys that nothing else tells of, a text in another language with its tag."""
    for key in KEYS:
        if key.kind != "product" or key.name in told or (key.internal and matter.options.public):
            continue
        for stated, text in facts.values.items():
            if stated.partition("@")[0] == key.name:
                yield key_label(stated, matter.answer.language), text


def _together(matter: Matter, had: _Product, products: Sequence[str]) -> Iterator[Text]:
    """What products can be used together with: each other too, where they are several."""
    yield had.alone
    if had.alone in (matter.wording.stated(None), matter.wording.say("does-not-apply")):
        return
    alone = frozenset(products) if len(products) == 1 else frozenset()
    for key, others in (("usable-shown", had.linked - alone), ("usable-perhaps", had.perhaps - alone)):
        if others:
            yield matter.wording.say(key, products=matter.wording.few(matter.named(sorted(others))))


def _units(matter: Matter, sentences: Iterable[SentenceRecord]) -> str:
    """The object types, each with what they are called where they are described."""
    object_types, names, _, _ = matter.catalogue.vocabularies.four
    found: dict[str, dict[str, None]] = {}
    for sentence in sentences:
        name = matter.wording.term(names, sentence.name)
        found.setdefault(matter.wording.term(object_types, sentence.object_type), {})[name] = None
    return matter.wording.stated(
        "; ".join(f"{unit} ({matter.wording.few(list(some))})" for unit, some in found.items())
    )


def _identified(matter: Matter, facts: ProductFacts, of_units: bool) -> str:
    """What identifies each unit; a table has no units to identify."""
    record = matter.catalogue.register.product(facts.number)
    characteristics = matter.catalogue.vocabularies.characteristics
    words = [
        " + ".join(matter.wording.term(characteristics, code) for code in characteristics_in(alternative))
        for alternative in record.unit_id
    ]
    series = facts.values.get("series")
    text = matter.wording.all_of(words) if words else facts.values.get("unit-id")
    if text and series and not matter.options.public:
        return matter.wording.say("of-series", identified=text, series=series)
    return matter.wording.stated(text) if text or of_units else matter.wording.say("does-not-apply")


def _standards(matter: Matter, sentences: Iterable[SentenceRecord]) -> str:
    """The classifications that values are classes of, and those that tables are made by."""
    names, characteristics = matter.catalogue.vocabularies.names, matter.catalogue.vocabularies.characteristics
    found: dict[str, None] = {}
    for sentence in sentences:
        characteristic, name = characteristics.coded(sentence.characteristic), names.coded(sentence.name)
        for code in characteristic.classifications if characteristic is not None else ():
            found[matter.wording.term(names, code)] = None
        if name is not None and name.kind == "classification":
            found[matter.wording.term(names, name.code)] = None
    return matter.wording.few(list(found)) if found else matter.wording.stated(None)


def _usable_with(matter: Matter, facts: ProductFacts, of_units: bool) -> str:
    """What the rules of linkage make of what a product states by itself."""
    if facts.access == "closed":
        return matter.wording.say("usable-closed")
    if "unit-id" not in facts.values:
        return matter.wording.stated(None) if of_units else matter.wording.say("does-not-apply")
    return matter.wording.say("usable-same-series" if "series" in facts.values else "usable-same-id")


def _profiles(matter: Matter, facts: ProductFacts) -> tuple[Profile, ...]:
    """What linkage depends on, for each unit type that a product says something of."""
    record, vocabularies = matter.catalogue.register.product(facts.number), matter.catalogue.vocabularies
    names: dict[str, set[str]] = {}
    for sentence in matter.sentences(facts.number).values():
        concept = vocabularies.object_types.coded(sentence.object_type)
        names.setdefault(concept.unit if concept else "", set()).add(sentence.name)
    return tuple(profile_of(linking_of(record), unit, some, vocabularies) for unit, some in names.items())


def _verdict(matter: Matter, some: tuple[Profile, ...], others: tuple[Profile, ...]) -> Verdict:
    """The best verdict on any unit type of two products."""
    verdicts = {judge(one, other, matter.catalogue.vocabularies).verdict for one in some for other in others}
    return next((verdict for verdict in ("yes", "unknown") if verdict in verdicts), "no")
