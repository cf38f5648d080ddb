"""Products as HealthDCAT-AP describes them for secondary use of health data (release 8; Regulation (EU) 2025/327).

What a set may be used for depends on who has access to it, and so do the things that must be said of it: there is a
file for each level of access. Sets that state no conditions are in none, for what is unknown is not guessed.
"""

from collections.abc import Iterator, Mapping

from vkd_catalog.catalogue import Catalogue
from vkd_catalog.exporters.addresses import is_iri
from vkd_catalog.exporters.dcat import ACCESS, AUTHORITY, Dcat, Fact, head
from vkd_catalog.exporters.exporter import ExportedFile, Exporter, ExportRefusedError, Stated
from vkd_catalog.exporters.sets import Set, sets_of
from vkd_catalog.exporters.turtle import Node, Writer, iri, literal, typed
from vkd_catalog.languages import say
from vkd_catalog.technical import TechnicalData
from vkd_catalog.vocabulary import Concept

_LEGISLATION = "http://data.europa.eu/eli/reg/2025/327/oj"
_HEALTH_LISTS = "https://hdeu-dcat.data.health.europa.eu/resource/authority"
_PREFIXES: Mapping[str, str] = {
    "csvw": "http://www.w3.org/ns/csvw#",
    "cv": "http://data.europa.eu/m8g/",
    "dcatap": "http://data.europa.eu/r5r/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "healthdcatap": "http://healthdataportal.eu/ns/health#",
}
_MOST_NAMED = 5
_ASKED = {
    "access_body": "--access-body NAME (the health data access body)",
    "access_body_contact": "--access-body-contact ADDRESS (its e-mail or web address)",
    "health_category": "--health-category NAME (of the list of health categories)",
    "contact": "--contact ADDRESS (the data holder's e-mail or web address)",
}
"""What HealthDCAT-AP asks of each set and no catalogue says, and how it is said."""


def _files(catalogue: Catalogue, stated: Stated) -> Iterator[ExportedFile]:
    if not catalogue.register.size()[0]:
        return
    lacking = [said for name, said in _ASKED.items() if not getattr(stated, name)]
    if lacking:
        raise ExportRefusedError(f"HealthDCAT-AP also asks for {'; '.join(lacking)}")
    products = [product for _, product in catalogue.register.products()]
    access = {one.identification: TechnicalData(dict(one.values), ()).access or "" for one in products}
    left_out = [name for name, stated_access in access.items() if not stated_access]
    if left_out:
        some = ", ".join(left_out[:_MOST_NAMED])
        stated.note(
            f"left out, since they state no access: {len(left_out)} ({some}{', …' if left_out[_MOST_NAMED:] else ''})"
        )
    for level in sorted({ACCESS[one] for one in access.values() if one}):
        name = f"health-dcat-ap-{level.lower().replace('_', '-')}.ttl"
        yield ExportedFile(name, _Level(catalogue, stated, level).parts)


EXPORTER = Exporter("health-dcat-ap", "products as HealthDCAT-AP in Turtle, a file for each level of access", _files)


class _Level:
    """Writes the sets of one level of access."""

    def __init__(self, catalogue: Catalogue, stated: Stated, level: str) -> None:
        self._catalogue = catalogue
        self._stated = stated
        self._level = level
        # Each publisher must say whom one asks.
        self._dcat = Dcat(catalogue, stated, (("cv:contactPoint", _contact_point(stated.contact)),))
        legislation = Node(_LEGISLATION, "eli:LegalResource")
        self._lawful: tuple[Fact, ...] = (("dcatap:applicableLegislation", legislation),)

    def parts(self) -> Iterator[str]:
        """The document, a set at a time."""
        writer = Writer()
        yield head(_PREFIXES)
        for one in sets_of(self._catalogue):
            if ACCESS.get(one.access) == self._level:
                yield from writer.statements(self._dcat.dataset(one, tuple(self._of_health(one)), self._lawful))

    def _of_health(self, one: Set) -> Iterator[Fact]:
        stated = one.stated
        yield from self._lawful
        yield "healthdcatap:hdab", self._agent(self._stated.access_body, self._stated.access_body_contact)
        yield "healthdcatap:healthCategory", _listed(f"{_HEALTH_LISTS}/healthcategories", self._stated.health_category)
        yield "dcat:theme", _listed(f"{AUTHORITY}/data-theme", "HEAL")
        # What such a catalogue describes is made for statistics.
        yield "dcterms:type", _listed(f"{AUTHORITY}/dataset-type", "STATISTICAL")
        yield "healthdcatap:hasStructuredData", typed("true", "xsd:boolean")
        yield "healthdcatap:hasVariables", self._variables(one)
        if stated.get("population"):
            yield "healthdcatap:populationCoverage", literal(stated["population"], self._dcat.language)
        if not one.data:
            yield "dcat:distribution", self._by_application(one)
        if not one.characteristics:
            yield "dcat:keyword", literal(one.identification)
        if not any(stated.get(key) for key in ("source", "processing", "quality")):
            label = (("rdfs:label", literal(say("message.not-stated", self._dcat.language), self._dcat.language)),)
            yield "dcterms:provenance", Node("", "dcterms:ProvenanceStatement", label)

    def _agent(self, name: str, contact: str) -> Node:
        facts = (("foaf:name", literal(name)), ("cv:contactPoint", _contact_point(contact)))
        return Node(self._dcat.addresses.of("agent", name), "foaf:Agent", facts)

    def _by_application(self, one: Set) -> Node:
        """The way to a set without an address that leads to it: one asks the access body."""
        address = Node(_address(self._stated.access_body_contact), "rdfs:Resource")
        where = self._dcat.addresses.of("distribution", one.identification)
        return Node(where, "dcat:Distribution", (("dcat:accessURL", address), *self._lawful))

    def _variables(self, one: Set) -> Node:
        title = ("dcterms:title", literal(one.title(self._dcat.language), self._dcat.language))
        columns = (("csvw:column", self._column(concept)) for concept in one.characteristics)
        table = Node("", "csvw:Table", (title, *columns))
        return Node("", "csvw:TableGroup", (title, ("csvw:table", table)))

    def _column(self, concept: Concept) -> Node:
        label = concept.label(self._dcat.language)
        said = concept.definition(self._dcat.language) or label
        facts = (
            ("csvw:name", literal(concept.code)),
            ("csvw:title", literal(label, self._dcat.language)),
            ("dcterms:description", literal(said, self._dcat.language)),
            ("csvw:datatype", literal("string")),
            ("csvw:propertyUrl", iri(self._dcat.addresses.of("characteristics", concept.code))),
        )
        return Node("", "csvw:Column", facts)


def _listed(scheme: str, name: str) -> Node:
    """A term of an authority list, by its name there or its address."""
    facts = (("skos:prefLabel", literal(name.rpartition("/")[2], "en")), ("skos:inScheme", iri(scheme)))
    return Node(name if is_iri(name) else f"{scheme}/{name}", "skos:Concept", facts)


def _contact_point(contact: str) -> Node:
    is_page = contact.lower().startswith(("http://", "https://"))
    said = ("cv:contactPage", iri(contact)) if is_page else ("cv:email", literal(contact))
    return Node("", "cv:ContactPoint", (said,))


def _address(contact: str) -> str:
    return contact if is_iri(contact) else f"mailto:{contact}"
