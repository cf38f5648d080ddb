"""Datadoc, what Statistics Norway's data sets say of themselves: a JSON file beside each data set, versions 0.1 to 6.

A data set becomes a product, an edition of the collection that its short name is where files differ by period. A
variable of the same short name, definition and code list is one characteristic in all of them.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from vkd_catalog.importers.dates import time_between
from vkd_catalog.importers.drafting import drafted
from vkd_catalog.importers.files import read_all
from vkd_catalog.importers.importer import Draft, Importer, Request
from vkd_catalog.importers.json_files import Json, as_object, objects, plain, read_json, texts
from vkd_catalog.importers.klass_addresses import classification_in, identifier_in
from vkd_catalog.importers.object_types import UNIT, ObjectType
from vkd_catalog.importers.packages import NOT_STATED
from vkd_catalog.importers.report import ImportSourceError, Unmapped
from vkd_catalog.importers.stated import (
    Classification,
    DataSet,
    Holding,
    Register,
    Remark,
    Stated,
    Text,
    Texts,
    Variable,
)
from vkd_catalog.importers.undescribed import NOT_STATED_TIME
from vkd_catalog.importers.units import unit_of

_NO_DATASET = "holds no dataset: it is not a file of Datadoc"
_PERIOD_AND_VERSION = re.compile(r"(_p\d{4}[\dWQTBH-]*){0,2}(_v\d+)?$")
_TEMPORALITY = {"status": "status", "event": "event", "accumulated": "accumulated", "fixed": "fixed"}
_ACCESS = {"open": "open", "protected": "restricted, PROTECTED", "sensitive": "restricted, SENSITIVE"}
_OF_SETS = ("subject_field", "keyword", "spatial_coverage_description", "use_restriction", "version_description")
_OF_VARIABLES = (
    *("definition_uri", "data_type", "population_description", "multiplication_factor", "format"),
    *("special_value", "sentinel_value_uri", "invalid_value_description"),
)


class _Document(NamedTuple):
    """One file: the data set that it describes, its variables, and what is said of each that was pseudonymised."""

    path: Path
    name: str
    short_name: str
    said: Json
    variables: Sequence[Json]
    pseudonyms: Mapping[str, Json]


class _Held(NamedTuple):
    """A variable of a document, as the characteristic that it becomes."""

    variable: Variable
    unit: ObjectType | None
    said: Json


def _read(request: Request) -> Draft:
    documents, notes = read_all(request, (".json",), _documents)
    held = [[_held(said, one) for said in one.variables] for one in documents]
    variables = {each.variable.key: each.variable for one in held for each in one}
    return drafted(
        Stated(
            name=request.source.resolve().stem,
            source=f"{request.source.name}, Datadoc",
            language="nb",
            version=", ".join(sorted({plain(one.said, "document_version") for one in documents} - {""}))
            or "not stated",
            registers=list(_registers(documents)),
            variables=list(variables.values()),
            classifications=list(_classifications(variables.values())),
            sets=[_set(one, each) for one, each in zip(documents, held, strict=True)],
            notes=[*notes, *_notes(documents, len(variables))],
        )
    )


IMPORTER = Importer("datadoc", "data sets and their variables as Datadoc describes them beside the data (JSON)", _read)


# Reading.


def _documents(path: Path) -> Sequence[_Document]:
    whole = as_object(read_json(path), "the document", path)
    body = as_object(whole.get("datadoc"), "datadoc", path) if "datadoc" in whole else whole
    if not body.get("dataset") and not body.get("variables"):
        raise ImportSourceError(path, _NO_DATASET)
    said = {**as_object(body.get("dataset"), "dataset", path), "document_version": plain(body, "document_version")}
    variables = []
    for where, variable in objects(body, "variables", "", path):
        if not plain(variable, "short_name"):
            raise ImportSourceError(path, f"{where} has no short_name")
        variables.append(variable)
    name = path.stem.removesuffix("__DOC")
    short = _PERIOD_AND_VERSION.sub("", plain(said, "short_name") or name)
    return [_Document(path, name, short or name, said, variables, _pseudonyms(whole, variables, path))]


def _pseudonyms(whole: Json, variables: Sequence[Json], path: Path) -> Mapping[str, Json]:
    """What is said of the variables that were pseudonymised, each by its short name: of itself, else apart of all."""
    apart = as_object(whole.get("pseudonymization"), "pseudonymization", path)
    found = {plain(one, "short_name"): one for _, one in objects(apart, "pseudo_variables", "pseudonymization", path)}
    for variable in variables:
        if isinstance(variable.get("pseudonymization"), Mapping):
            found[plain(variable, "short_name")] = variable["pseudonymization"]
    return found


def _versions(documents: Sequence[_Document]) -> str:
    found = {plain(one.said, "document_version") for one in documents} - {""}
    return ", ".join(sorted(found)) or NOT_STATED


# Mapping.


def _held(said: Json, document: _Document) -> _Held:
    name = plain(said, "short_name")
    labels = texts(said.get("name"), "nb")
    unit = _unit(said)
    classification = classification_in(plain(said, "classification_uri"))
    temporality = _TEMPORALITY.get(plain(said, "temporality_type").casefold(), "")
    definition = identifier_in(plain(said, "definition_uri"))
    variable = Variable(
        "/".join((name, definition, classification, temporality, *(label.text for label in labels))),
        labels,
        notation=name,
        definitions=texts(said.get("comment"), "nb"),
        units=[unit] if unit else [],
        temporality=temporality,
        measure=plain(said, "measurement_unit") or _first(texts(said.get("measurement_unit"), "nb")),
        identifies="series" if _series(name, document) and _identifies(said) else "",
        classifications=[classification] if classification else [],
    )
    return _Held(variable, unit, said)


def _unit(said: Json) -> ObjectType | None:
    name = plain(said, "unit_type")
    return unit_of(name) if name else None


def _identifies(said: Json) -> bool:
    return plain(said, "variable_role").casefold() == "identifier"


def _series(name: str, document: _Document) -> str:
    """The series of pseudonyms that a variable holds: how it was encrypted, by which key; empty where it was not."""
    said = document.pseudonyms.get(name, {})
    parts = (plain(said, key) for key in ("stable_identifier_type", "encryption_algorithm", "encryption_key_reference"))
    return "/".join(filter(None, parts))


def _first(said: Texts) -> str:
    return said[0].text if said else ""


def _registers(documents: Sequence[_Document]) -> Iterator[Register]:
    seen: set[str] = set()
    for one in documents:
        if one.short_name not in seen:
            seen.add(one.short_name)
            labels = texts(one.said.get("name"), "nb") or (Text(one.short_name, ""),)
            yield Register(one.short_name, labels, texts(one.said.get("description"), "nb"))


def _classifications(variables: Iterable[Variable]) -> Iterator[Classification]:
    numbers = dict.fromkeys(number for one in variables for number in one.classifications)
    return (Classification(number, (Text(f"Klass {number}", "nb"),), notation=number) for number in numbers)


def _set(document: _Document, held: Sequence[_Held]) -> DataSet:
    said = document.said
    unit = _unit(said)
    first = unit or next((one.unit for one in held if one.unit), None)
    keys = {plain(one.said, "short_name"): one.variable.key for one in held if _identifies(one.said)}
    path = _path(said)
    sources = [_first(texts(said.get("data_source"), "nb")), *(plain(one.said, "data_source") for one in held)]
    return DataSet(
        identification=document.name,
        register=document.short_name,
        file=document.name,
        unit=first or UNIT,
        times=[_time(said) or NOT_STATED_TIME],
        titles=texts(said.get("name"), "nb"),
        technical={
            "collection": document.short_name if document.short_name != document.name else "",
            "data": path if "://" in path else "",
            "form": Path(path).suffix.lstrip(".").casefold(),
            "access": _ACCESS.get(plain(said, "assessment").casefold(), ""),
            "series": next(filter(None, (_series(name, document) for name in keys)), ""),
            "population": _first(texts(said.get("population_description"), "nb")),
            "source": ", ".join(dict.fromkeys(filter(None, sources))),
            "processing": plain(said, "dataset_state"),
            "contact": plain(said, "owner") or _first(texts(said.get("owner"), "nb")),
            "version": plain(said, "version"),
        },
        unit_ids=[[key] for key in keys.values()],
        holdings=[Holding(one.variable.key, one.unit, [_time(one.said)] if _time(one.said) else []) for one in held],
        guesses=[] if first else [Remark("import.guess-units")],
    )


def _path(said: Json) -> str:
    return plain(said, "file_path", "data_source_path")


def _time(said: Json) -> str:
    """The time from the first to the last day that data are of; empty where neither is stated."""
    time = time_between(plain(said, "contains_data_from"), plain(said, "contains_data_until"))
    return "" if time == NOT_STATED_TIME else time


# The report.


def _notes(documents: Sequence[_Document], variables: int) -> Iterator[Unmapped]:
    sets = Counter(key for one in documents for key in _OF_SETS if _is_filled(one.said.get(key)))
    for key, count in sets.items():
        yield Unmapped("key", f"{key} ({count} of {len(documents)} data sets)", "a product has no place for it")
    of_variables = Counter(
        key for one in documents for said in one.variables for key in _OF_VARIABLES if _is_filled(said.get(key))
    )
    for key, count in of_variables.items():
        yield Unmapped("key", f"{key} ({count} variables)", "a characteristic has no place for it")
    assessed = sum(_is_filled(one.said.get("assessment")) for one in documents)
    if assessed:
        yield Unmapped(
            "assessment", f"{assessed} data sets", "told as access; it does not say which variables are sensitive"
        )
    local = [
        one.name
        for one in documents
        if (path := plain(one.said, "file_path", "data_source_path")) and "://" not in path
    ]
    if local:
        yield Unmapped("file_path", ", ".join(local), "a path on the machine where it was written; no address")


def _is_filled(value: object) -> bool:
    return bool(texts(value) if isinstance(value, list | dict) and not _is_plain_list(value) else value)


def _is_plain_list(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)
