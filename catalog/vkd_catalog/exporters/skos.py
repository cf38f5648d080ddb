"""Vocabularies as SKOS in JSON-LD: one concept scheme a vocabulary (W3C SKOS Reference, JSON-LD 1.1).

What the native file says and SKOS has no word for goes under names of our own. Values that a concept inherits are
written out, since SKOS inherits nothing.
"""

import json
from collections.abc import Iterator
from urllib.parse import quote

from vkd_catalog.catalogue import Catalogue
from vkd_catalog.exporters.exporter import ExportedFile, Exporter
from vkd_catalog.vocabulary import VOCABULARY_NAMES, Concept, Label, Value, Vocabulary
from vkd_catalog.vocabulary.concept import code_above

JsonObject = dict[str, object]

_OWN = "urn:vkd:terms:"
_PLAIN = ("kind", "number", "unit", "temporality", "sensitive", "measure", "identifies", "function")
_REFERENCE = {"@type": "@id"}
_CONTEXT: JsonObject = {
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "vkd": _OWN,
    "prefLabel": {"@id": "skos:prefLabel", "@container": "@language"},
    "altLabel": {"@id": "skos:altLabel", "@container": "@language"},
    "definition": {"@id": "skos:definition", "@container": "@language"},
    "notation": "skos:notation",
    "officialCode": "vkd:officialCode",
    "broader": {"@id": "skos:broader", **_REFERENCE},
    "inScheme": {"@id": "skos:inScheme", **_REFERENCE},
    "topConceptOf": {"@id": "skos:topConceptOf", **_REFERENCE},
    "hasTopConcept": {"@id": "skos:hasTopConcept", **_REFERENCE},
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


def _files(catalogue: Catalogue) -> Iterator[ExportedFile]:
    """A file for each vocabulary that is not empty, such as `names.jsonld`."""
    base = f"urn:vkd:{quote(catalogue.configuration.name, safe='')}:"
    for name in VOCABULARY_NAMES:
        vocabulary = catalogue.own_vocabularies.called(name)
        if vocabulary.concepts:
            document = _Scheme(base, vocabulary).document()
            yield ExportedFile(f"{name}.jsonld", json.dumps(document, ensure_ascii=False, indent=1) + "\n")


EXPORTER = Exporter("skos", "the vocabularies as SKOS in JSON-LD, a file each", _files)


class _Scheme:
    """Writes one vocabulary; `base` is what the addresses of all its concepts start with."""

    def __init__(self, base: str, vocabulary: Vocabulary) -> None:
        self._base = base
        self._vocabulary = vocabulary
        self._scheme = f"{base}{vocabulary.name}"

    def document(self) -> JsonObject:
        concepts = self._vocabulary.concepts.values()
        scheme: JsonObject = {
            "@id": self._scheme,
            "@type": "skos:ConceptScheme",
            "hasTopConcept": [self._address(concept.code) for concept in concepts if not self._above(concept)],
        }
        return {"@context": _CONTEXT, "@graph": [scheme, *map(self._concept, concepts)]}

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
            "seeAlso": [self._address(code) for code in concept.see_also],
            "objectTypes": [f"{self._base}object-types:{quote(code)}" for code in concept.object_types],
            "classification": [f"{self._base}names:{quote(code)}" for code in concept.classifications],
            "derivedFrom": ["+".join(part.written for part in parts) for parts in concept.derived_from],
            "of": self._address(concept.of) if concept.of else "",
            "values": self._code_list(concept),
            "missing": [self._value_address(concept, value) for value in concept.missing],
            **{name: getattr(concept, name) for name in _PLAIN},
            "validFrom": _day(first),
            "validTo": _day(last),
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
        return f"{self._scheme}:{quote(code)}"


def _by_language(labels: tuple[Label, ...]) -> dict[str, list[str]]:
    texts: dict[str, list[str]] = {}
    for label in labels:
        texts.setdefault(label.language, []).append(label.text)
    return texts


def _day(day: int) -> str:
    """A day as ISO 8601 writes it; empty for a stretch that is open there."""
    text = f"{day:08d}"
    return f"{text[:4]}-{text[4:6]}-{text[6:]}" if 0 < day < 99999999 else ""
