"""A catalogue and its products as DCAT describes them (W3C DCAT 3), with the classes that DCAT-AP 3 asks for.

What is not stated is left out, but for what DCAT-AP makes mandatory: a description is made of the sentences' words, and
a publisher that nobody states is said to be not stated.
"""

from collections.abc import Iterator, Mapping

from vkd_catalog.catalogue import Catalogue
from vkd_catalog.exporters.addresses import Addresses, is_iri
from vkd_catalog.exporters.exporter import Stated
from vkd_catalog.exporters.sets import Set, day
from vkd_catalog.exporters.turtle import Node, iri, languages_of, literal, prefixes, typed
from vkd_catalog.languages import say

Fact = tuple[str, "str | Node"]

AUTHORITY = "http://publications.europa.eu/resource/authority"
"""The lists of the Publications Office, whose terms DCAT-AP has."""

ACCESS = {"open": "PUBLIC", "on-application": "RESTRICTED", "restricted": "RESTRICTED", "closed": "NON_PUBLIC"}
"""The access rights of the authority list, by the conditions that a product states."""

PREFIXES: Mapping[str, str] = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

_FORMATS = frozenset(
    ("csv", "html", "json", "ods", "parquet", "pdf", "px", "tsv", "txt", "xls", "xlsx", "xml", "sas", "spss", "stata")
)
_LANGUAGES = {"nb": "NOB", "nn": "NNO", "sv": "SWE", "da": "DAN", "en": "ENG"}


def head(more: Mapping[str, str] | None = None) -> str:
    """The first lines of a file."""
    return prefixes({**PREFIXES, **(more or {})})


class Dcat:
    """Describes one catalogue, and products of it; `of_publishers` is said of each publisher."""

    def __init__(self, catalogue: Catalogue, stated: Stated, of_publishers: tuple[Fact, ...] = ()) -> None:
        self.stated = stated
        self._of_publishers = of_publishers
        self.addresses = Addresses(catalogue, stated)
        self.language = catalogue.language
        self._name = catalogue.configuration.name
        self._revision = catalogue.revision
        products = [product.values for _, product in catalogue.register.products()]
        self._publishers = {values.get("publisher", "") for values in products}

    def catalogue(self, sets: list[str], more: tuple[Fact, ...] = ()) -> Node:
        """The catalogue itself, with the identifications of the sets that it tells of."""
        facts: list[Fact] = [
            ("dcterms:title", literal(self._name, self.language)),
            ("dcterms:description", literal(self._name, self.language)),
            ("dcterms:publisher", self.publisher("")),
            ("dcterms:identifier", literal(f"{self._name} {self._revision}")),
            *self._language(),
            *self._licence(self.stated.licence),
            *(("dcat:dataset", iri(self.addresses.of("dataset", one))) for one in sets),
            *more,
        ]
        return Node(self.addresses.of("catalogue"), "dcat:Catalog", tuple(facts))

    def series(self, name: str, more: tuple[Fact, ...] = ()) -> Node:
        """A collection, of which products are editions."""
        text = literal(name, self.language)
        facts: tuple[Fact, ...] = (("dcterms:title", text), ("dcterms:description", text), *more)
        return Node(self.addresses.of("series", name), "dcat:DatasetSeries", facts)

    def dataset(self, one: Set, more: tuple[Fact, ...] = (), of_each: tuple[Fact, ...] = ()) -> Node:
        """A product; `of_each` is said of each of its distributions and of its series."""
        return Node(
            self.addresses.of("dataset", one.identification), "dcat:Dataset", (*self._facts(one, of_each), *more)
        )

    def publisher(self, name: str) -> Node:
        """Who publishes a set, by its name: else whom who exports says, else the one that all sets name."""
        found = name or self.stated.publisher or (next(iter(self._publishers)) if len(self._publishers) == 1 else "")
        said = literal(found or say("message.not-stated", self.language), self.language)
        facts = (("foaf:name", said), *self._of_publishers)
        return Node(self.addresses.of("agent", found) if found else "", "foaf:Agent", facts)

    def _facts(self, one: Set, of_each: tuple[Fact, ...]) -> Iterator[Fact]:
        stated = one.stated
        yield "dcterms:identifier", literal(one.identification)
        yield from (("dcterms:title", text) for text in languages_of(one.titles))
        yield "dcterms:description", literal(one.described(self.language), self.language)
        yield "dcterms:publisher", self.publisher(stated.get("publisher", ""))
        if one.access:
            address = f"{AUTHORITY}/access-right/{ACCESS[one.access]}"
            label = literal(ACCESS[one.access].replace("_", " ").lower(), "en")
            yield "dcterms:accessRights", Node(address, "dcterms:RightsStatement", (("rdfs:label", label),))
        if one.first or one.last:
            yield "dcterms:temporal", _period(one.first, one.last)
        if updated := day(int(stated["updated"])) if stated.get("updated", "").isdigit() else "":
            yield "dcterms:modified", typed(updated, "xsd:date")
        if stated.get("version"):
            yield "dcat:version", literal(stated["version"])
        if stated.get("collection"):
            yield "dcat:inSeries", self.series(stated["collection"], of_each)
        for contact in dict.fromkeys((stated.get("contact", ""), self.stated.contact)):
            if contact:
                yield "dcat:contactPoint", self.contact(contact)
        made = ". ".join(filter(None, (stated.get(key, "") for key in ("source", "processing", "quality"))))
        if made:
            label = literal(made, self.language)
            yield "dcterms:provenance", Node("", "dcterms:ProvenanceStatement", (("rdfs:label", label),))
        yield from (("foaf:page", Node(address, "foaf:Document")) for address in one.doc)
        yield from self._language()
        words = ((label.language, label.text) for concept in one.characteristics for label in concept.preferred)
        yield from (("dcat:keyword", text) for text in languages_of(words))
        yield from (("dcat:distribution", self._distribution(one, address, of_each)) for address in one.data)

    def contact(self, text: str) -> Node:
        """Whom one asks: a web address, an e-mail address, or a name."""
        facts: list[Fact] = [("vcard:fn", literal(text))]
        if text.lower().startswith(("http://", "https://")):
            facts.append(("vcard:hasURL", iri(text)))
        elif "@" in text and is_iri(f"mailto:{text}"):
            facts.append(("vcard:hasEmail", iri(f"mailto:{text}")))
        return Node("", "vcard:Kind", tuple(facts))

    def _distribution(self, one: Set, address: str, more: tuple[Fact, ...]) -> Node:
        facts: list[Fact] = [("dcat:accessURL", Node(address, "rdfs:Resource"))]
        form = one.stated.get("form", "")
        if form:
            is_listed = form.casefold() in _FORMATS
            label = (("rdfs:label", literal(form)),)
            where = f"{AUTHORITY}/file-type/{form.upper()}" if is_listed else ""
            facts.append(("dcterms:format", Node(where, "dcterms:MediaTypeOrExtent", label)))
        if one.access:
            # Which of the conditions that the authority list takes together, and what is said beside it.
            label = (("rdfs:label", literal(one.stated["access"])),)
            facts.append(("dcterms:rights", Node("", "dcterms:RightsStatement", label)))
        facts += self._licence(one.stated.get("licence") or self.stated.licence)
        return Node(self.addresses.of("distribution", one.identification), "dcat:Distribution", (*facts, *more))

    def _licence(self, text: str) -> Iterator[Fact]:
        if text:
            facts = () if is_iri(text) else (("rdfs:label", literal(text)),)
            yield "dcterms:license", Node(text if is_iri(text) else "", "dcterms:LicenseDocument", facts)

    def _language(self) -> Iterator[Fact]:
        if self.language in _LANGUAGES:
            yield (
                "dcterms:language",
                Node(f"{AUTHORITY}/language/{_LANGUAGES[self.language]}", "dcterms:LinguisticSystem"),
            )


def _period(first: int, last: int) -> Node:
    ends = (("dcat:startDate", day(first)), ("dcat:endDate", day(last)))
    return Node("", "dcterms:PeriodOfTime", tuple((name, typed(text, "xsd:date")) for name, text in ends if text))
