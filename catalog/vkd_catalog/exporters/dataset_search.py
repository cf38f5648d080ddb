"""Products as search engines for data sets read them: schema.org's Dataset in JSON-LD (schema.org, Dataset)."""

import json
from collections.abc import Iterator

from vkd_catalog.catalogue import Catalogue
from vkd_catalog.exporters.addresses import Addresses
from vkd_catalog.exporters.exporter import ExportedFile, Exporter, Stated
from vkd_catalog.exporters.sets import Set, Texts, day, sets_of
from vkd_catalog.vocabulary import Concept

JsonObject = dict[str, object]

_SHORTEST, _LONGEST = 50, 5000
"""Characters of a description that is taken."""


def _files(catalogue: Catalogue, stated: Stated) -> Iterator[ExportedFile]:
    if catalogue.register.size()[0]:
        yield ExportedFile("datasets.jsonld", _Datasets(catalogue, stated).parts)


EXPORTER = Exporter("schema-org", "products as schema.org data sets in JSON-LD, for search engines", _files)


class _Datasets:
    """Writes the products of one catalogue."""

    def __init__(self, catalogue: Catalogue, stated: Stated) -> None:
        self._catalogue = catalogue
        self._stated = stated
        self._addresses = Addresses(catalogue, stated)
        self._language = catalogue.language

    def parts(self) -> Iterator[str]:
        """The document, a data set at a time; the catalogue comes first."""
        yield '{\n "@context": "https://schema.org/",\n "@graph": [\n'
        yield f"  {_json(self._data_catalogue())}"
        for one in sets_of(self._catalogue):
            yield f",\n  {_json(self._dataset(one))}"
        yield "\n ]\n}\n"

    def _data_catalogue(self) -> JsonObject:
        return _stated_only(
            {
                "@id": self._addresses.of("catalogue"),
                "@type": "DataCatalog",
                "name": self._catalogue.configuration.name,
                "inLanguage": self._language,
                "license": self._stated.licence,
                "publisher": _organization(self._stated.publisher),
            }
        )

    def _dataset(self, one: Set) -> JsonObject:
        stated = one.stated
        updated = stated.get("updated", "")
        return _stated_only(
            {
                "@id": self._addresses.of("dataset", one.identification),
                "@type": "Dataset",
                "name": _in_languages(one.titles),
                "description": self._description(one),
                "identifier": list(filter(None, (one.identification, stated.get("pid")))),
                "includedInDataCatalog": {"@id": self._addresses.of("catalogue")},
                "isPartOf": self._collection(stated.get("collection", "")),
                "license": stated.get("licence") or self._stated.licence,
                "creator": _organization(stated.get("publisher") or self._stated.publisher),
                "isAccessibleForFree": True if one.access == "open" else None,
                "conditionsOfAccess": stated.get("access"),
                "version": stated.get("version"),
                "dateModified": day(int(updated)) if updated.isdigit() else "",
                "temporalCoverage": _coverage(one),
                "inLanguage": self._language,
                "url": one.doc[0] if one.doc else "",
                "distribution": [self._download(one, address) for address in one.data],
                "variableMeasured": [self._variable(concept) for concept in one.characteristics],
            }
        )

    def _description(self, one: Set) -> str:
        text = f"{one.title(self._language)}. {one.described(self._language)}"
        if len(text) < _SHORTEST:
            text = f"{text} {self._catalogue.configuration.name}, {one.identification}."
        return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"

    def _collection(self, name: str) -> JsonObject | None:
        return {"@id": self._addresses.of("series", name), "@type": "Dataset", "name": name} if name else None

    def _download(self, one: Set, address: str) -> JsonObject:
        return _stated_only({"@type": "DataDownload", "contentUrl": address, "encodingFormat": one.stated.get("form")})

    def _variable(self, concept: Concept) -> JsonObject:
        return _stated_only(
            {
                "@type": "PropertyValue",
                "name": concept.label(self._language),
                "propertyID": self._addresses.of("characteristics", concept.code),
                "description": concept.definition(self._language),
                "unitText": concept.measure,
            }
        )


def _coverage(one: Set) -> str:
    first, last = day(one.first), day(one.last)
    return f"{first or '..'}/{last or '..'}" if first or last else ""


def _organization(name: str) -> JsonObject | None:
    return {"@type": "Organization", "name": name} if name else None


def _in_languages(texts: Texts) -> object:
    if len(texts) == 1:
        return texts[0][1]
    return [{"@language": language, "@value": text} for language, text in texts]


def _stated_only(said: JsonObject) -> JsonObject:
    """What is stated: nothing that is empty is told."""
    return {name: value for name, value in said.items() if value not in (None, "", [])}


def _json(said: JsonObject) -> str:
    return json.dumps(said, ensure_ascii=False)
