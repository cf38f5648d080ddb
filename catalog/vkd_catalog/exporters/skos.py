"""Vocabularies as SKOS in JSON-LD: one concept scheme a vocabulary (W3C SKOS Reference, JSON-LD 1.1).

A classification is a scheme of its own beside that, with its levels (DDI Alliance, XKOS). What the native file says and
neither has a word for goes under names of our own. Values that a concept inherits are written out, since SKOS inherits
nothing.
"""

import json
from collections.abc import Iterator, Mapping
from urllib.parse import quote

from vkd_catalog.catalogue import Catalogue
from vkd_catalog.exporters.addresses import Addresses, is_iri
from vkd_catalog.exporters.exporter import ExportedFile, Exporter, Stated
from vkd_catalog.exporters.sets import day
from vkd_catalog.languages import say
from vkd_catalog.vocabulary import VOCABULARY_NAMES, Concept, Label, Value, Vocabulary
from vkd_catalog.vocabulary.concept import code_above, is_same_or_below
from vkd_catalog.vocabulary.links import PREDICATES, Link
from vkd_catalog.vocabulary.mappings import links_in

JsonObject = dict[str, object]

_OWN = "urn:vkd:terms:"
_PLAIN = ("kind", "number", "unit", "temporality", "sensitive", "measure", "identifies", "function")
_REFERENCE = {"@type": "@id"}
_CONTEXT: JsonObject = {
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "dcterms": "http://purl.org/dc/terms/",
    "xkos": "http://rdf-vocabulary.ddialliance.org/xkos#",
    "vkd": _OWN,
    "title": {"@id": "dcterms:title", "@container": "@language"},
    "license": "dcterms:license",
    "publisher": "dcterms:publisher",
    "identifier": "dcterms:identifier",
    "prefLabel": {"@id": "skos:prefLabel", "@container": "@language"},
    "altLabel": {"@id": "skos:altLabel", "@container": "@language"},
    "definition": {"@id": "skos:definition", "@container": "@language"},
    "notation": "skos:notation",
    "officialCode": "vkd:officialCode",
    "broader": {"@id": "skos:broader", **_REFERENCE},
    "inScheme": {"@id": "skos:inScheme", **_REFERENCE},
    "topConceptOf": {"@id": "skos:topConceptOf", **_REFERENCE},
    "hasTopConcept": {"@id": "skos:hasTopConcept", **_REFERENCE},
    "related": {"@id": "skos:related", **_REFERENCE},
    **{name: {"@id": f"skos:{name}", **_REFERENCE} for name in PREDICATES},
    "classifies": {"@id": "vkd:classifies", **_REFERENCE},
    "member": {"@id": "skos:member", **_REFERENCE},
    "numberOfLevels": "xkos:numberOfLevels",
    "depth": "xkos:depth",
    "levels": {"@id": "xkos:levels", "@container": "@list", **_REFERENCE},
    "seeAlso": {"@id": "rdfs:seeAlso", **_REFERENCE},
    "objectTypes": {"@id": "vkd:objectTypes", **_REFERENCE},
    "classification": {"@id": "vkd:classification", **_REFERENCE},
    "derivedFrom": {"@id": "vkd:derivedFrom", "@container": "@set"},
    "of": {"@id": "vkd:of", **_REFERENCE},
    "missing": {"@id": "vkd:missing", **_REFERENCE},
    "values": {"@id": "vkd:values", **_REFERENCE},
    **{name: f"vkd:{name}" for name in _PLAIN},
    "validFrom": "vkd:validFrom",
    "validTo": "vkd:validTo",
}


def _files(catalogue: Catalogue, stated: Stated) -> Iterator[ExportedFile]:
    """A file for each vocabulary that is not empty, such as `names.jsonld`."""
    addresses = Addresses(catalogue, stated)
    for name in VOCABULARY_NAMES:
        vocabulary = catalogue.vocabularies.called(name)
        if vocabulary.concepts:
            links = links_in(catalogue.vocabularies.mappings, vocabulary.concepts)
            scheme = _Scheme(catalogue, addresses, vocabulary, links, stated)
            yield ExportedFile(f"{name}.jsonld", scheme.parts)


EXPORTER = Exporter("skos", "the vocabularies as SKOS and XKOS in JSON-LD, a file each", _files)


class _Scheme:
    """Writes one vocabulary."""

    def __init__(
        self,
        catalogue: Catalogue,
        addresses: Addresses,
        vocabulary: Vocabulary,
        links: tuple[Link, ...],
        stated: Stated,
    ) -> None:
        self._catalogue = catalogue
        self._addresses = addresses
        self._vocabulary = vocabulary
        self._stated = stated
        self._scheme = addresses.of(vocabulary.name)
        self._mapped: dict[str, dict[str, list[str]]] = {}
        for subject, predicate, target in links:
            self._mapped.setdefault(subject, {}).setdefault(predicate, []).append(self._address(target))

    def parts(self) -> Iterator[str]:
        """The document, a concept at a time; the scheme comes first."""
        yield f'{{\n "@context": {_json(_CONTEXT)},\n "@graph": [\n'
        mark = "  "
        for one in self._graph():
            yield f"{mark}{_json(one)}"
            mark = ",\n  "
        yield "\n ]\n}\n"

    def _graph(self) -> Iterator[JsonObject]:
        concepts = self._vocabulary.concepts
        yield self._said_of_all() | {
            "@id": self._scheme,
            "@type": "skos:ConceptScheme",
            "title": self._title(),
            "hasTopConcept": [self._address(concept.code) for concept in concepts.values() if not self._above(concept)],
        }
        yield from map(self._concept, concepts.values())
        if self._vocabulary.name == "names":
            for concept in concepts.values():
                if concept.kind == "classification":
                    yield from self._classification(concept)

    def _title(self) -> dict[str, str]:
        language = self._catalogue.language
        kind = say(f"vocabulary.{self._vocabulary.name}", language)
        return {language: f"{self._catalogue.configuration.name}: {kind}"}

    def _said_of_all(self) -> JsonObject:
        licence = self._stated.licence
        said = {"license": {"@id": licence} if is_iri(licence) else licence, "publisher": self._stated.publisher}
        return {name: text for name, text in said.items() if text}

    def _classification(self, top: Concept) -> Iterator[JsonObject]:
        """A classification as a scheme of its own, and each of its levels with the classes that stand on it."""
        levels: dict[int, list[str]] = {}
        for code, concept in self._vocabulary.concepts.items():
            if concept.kind == "class" and is_same_or_below(code, top.code) and code != top.code:
                levels.setdefault(code.count(".") - top.code.count("."), []).append(self._address(code))
        scheme = f"{self._address(top.code)}:classification"
        if not levels:
            return
        yield self._said_of_all() | {
            "@id": scheme,
            "@type": "skos:ConceptScheme",
            "title": {label.language: label.text for label in top.preferred},
            "identifier": top.notation or top.code,
            "classifies": self._address(top.code),
            "numberOfLevels": len(levels),
            "levels": [f"{scheme}:{depth}" for depth in sorted(levels)],
            "hasTopConcept": levels[min(levels)],
        }
        for number, depth in enumerate(sorted(levels), start=1):
            level = f"{scheme}:{depth}"
            yield {"@id": level, "@type": "xkos:ClassificationLevel", "depth": number, "member": levels[depth]}

    def _concept(self, concept: Concept) -> JsonObject:
        first, last = concept.valid
        above = self._above(concept)
        said: JsonObject = {
            "@id": self._address(concept.code),
            "@type": "skos:Concept",
            "inScheme": self._scheme,
            "broader": self._address(above) if above else "",
            "topConceptOf": "" if above else self._scheme,
            "notation": [concept.code, *([concept.notation] if concept.notation else [])],
            "officialCode": concept.notation,
            "prefLabel": {label.language: label.text for label in concept.preferred},
            "altLabel": _by_language(concept.synonyms),
            "definition": {label.language: label.text for label in concept.definitions},
            **self._see_also(concept),
            **self._mapped.get(concept.code, {}),
            "objectTypes": [self._addresses.of("object-types", code) for code in concept.object_types],
            "classification": [self._addresses.of("names", code) for code in concept.classifications],
            "derivedFrom": ["+".join(part.written for part in parts) for parts in concept.derived_from],
            "of": self._address(concept.of) if concept.of else "",
            "values": self._code_list(concept),
            "missing": [self._value_address(concept, value) for value in concept.missing],
            **{name: getattr(concept, name) for name in _PLAIN},
            "validFrom": day(first),
            "validTo": day(last),
        }
        return {name: value for name, value in said.items() if value}

    def _code_list(self, concept: Concept) -> JsonObject:
        """The values of a characteristic as a concept scheme of their own; empty where it has none."""
        named = {one.value for one in concept.values}
        values = (*concept.values, *(Value(value, ()) for value in concept.missing if value not in named))
        scheme = f"{self._address(concept.code)}:values"
        tops = [
            {
                "@id": self._value_address(concept, one.value),
                "@type": "skos:Concept",
                "topConceptOf": scheme,
                "notation": [one.value],
                "prefLabel": {label.language or "@none": label.text for label in one.labels},
            }
            for one in values
        ]
        return {"@id": scheme, "@type": "skos:ConceptScheme", "hasTopConcept": tops} if tops else {}

    def _value_address(self, concept: Concept, value: str) -> str:
        return f"{self._address(concept.code)}:values:{quote(value, safe='')}"

    def _above(self, concept: Concept) -> str:
        above = code_above(concept.code)
        return above if above in self._vocabulary.concepts else ""

    def _address(self, code: str) -> str:
        return self._addresses.of(self._vocabulary.name, code)

    def _see_also(self, concept: Concept) -> Mapping[str, list[str]]:
        """Related concepts; SKOS has no such relation to what stands above or below."""
        related: list[str] = []
        others: list[str] = []
        for code in concept.see_also:
            is_in_line = is_same_or_below(code, concept.code) or is_same_or_below(concept.code, code)
            (others if is_in_line else related).append(self._address(code))
        return {"related": related, "seeAlso": others}


def _json(said: JsonObject) -> str:
    return json.dumps(said, ensure_ascii=False)


def _by_language(labels: tuple[Label, ...]) -> dict[str, list[str]]:
    texts: dict[str, list[str]] = {}
    for label in labels:
        texts.setdefault(label.language, []).append(label.text)
    return texts
