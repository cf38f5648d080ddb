"""microdata.no: its variables as the platform lists them, as metadata of data sets, or as its service has them.

Each variable there is a data set of its own, which becomes a product: a unit's identifier and one characteristic. What
is accumulated has one value for each year of its period; what is told of cross-sections is its first and last day.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from vkd_catalog.importers.dates import time_between
from vkd_catalog.importers.drafting import drafted
from vkd_catalog.importers.files import read_all
from vkd_catalog.importers.importer import Draft, Importer, Request
from vkd_catalog.importers.json_files import Json, as_object, objects, plain, read_json, texts
from vkd_catalog.importers.klass_addresses import classification_in
from vkd_catalog.importers.object_types import UNIT, ObjectType
from vkd_catalog.importers.report import ImportSourceError, Unmapped
from vkd_catalog.importers.stated import (
    Classification,
    DataSet,
    Group,
    Holding,
    Register,
    Remark,
    Stated,
    StatedValue,
    Text,
    Texts,
    Variable,
)
from vkd_catalog.importers.undescribed import NOT_STATED_TIME
from vkd_catalog.importers.units import unit_of
from vkd_catalog.importers.words import plain_label

_NOTHING = "holds neither variables, measureVariables nor dataStructures: it is not metadata of microdata.no"
_LANGUAGE = "nb"
_DATABANK = "microdata.no"
_TEMPORALITY = {
    "fast": "fixed",
    "fixed": "fixed",
    "tverrsnitt": "status",
    "status": "status",
    "akkumulert": "accumulated",
    "accumulated": "accumulated",
    "forløp": "event",
    "event": "event",
}
_SENSITIVE = {"PERSON_SPECIAL": "yes", "PERSON_GENERAL": "no", "PUBLIC": "no", "NONPUBLIC": "no"}
_PERIOD = re.compile(
    r"Gyldighetsperiode:\s*(?P<all>∞)?(?P<first>\d{4}(?:-\d\d-\d\d)?)?\s*(?:[–—…-]|\.\.)?\s*(?P<last>\d{4}(?:-\d\d-\d\d)?)?"
)
_FACTS = re.compile(r"\s*(?:Enhetstype|Temporalitet|Gyldighetsperiode):.*$", re.DOTALL)
_IDENTIFIER = "identifikator"


class _Column(NamedTuple):
    """One variable of the platform. `first` and `last` are dates; `always` says that its period has no ends.

    `group` are the topics or register it is filed under, `lacking` what a catalogue has no place for.
    """

    name: str
    labels: Texts
    definitions: Texts
    unit: str
    unit_labels: Texts
    temporality: str
    first: str
    last: str
    always: bool
    values: Sequence[StatedValue]
    missing: Sequence[str]
    classification: str
    measure: str
    sensitive: str
    databank: str
    population: str
    topic: Texts
    updated: str
    lacking: Sequence[str]


def _read(request: Request) -> Draft:
    columns, notes = read_all(request, (".json",), _columns)
    units = {one.unit: _unit(one) for one in columns}
    banks = dict.fromkeys(one.databank for one in columns)
    return drafted(
        Stated(
            name=next(iter(banks)) if len(banks) == 1 else _DATABANK,
            source=f"{request.source.name}, microdata.no",
            language=_LANGUAGE,
            registers=[Register(bank, (Text(bank, ""),)) for bank in banks],
            groups=list(_topics(columns)),
            variables=[*_identifiers(columns), *map(_variable, columns)],
            classifications=list(_classifications(columns)),
            sets=[_set(one, units[one.unit]) for one in columns],
            notes=[*notes, *_notes(columns)],
        )
    )


IMPORTER = Importer(
    "microdata-no", "variables of microdata.no: its list, metadata of data sets, its service (JSON)", _read
)


# Reading: three shapes of the same.


def _columns(path: Path) -> Sequence[_Column]:
    said = as_object(read_json(path), "the document", path)
    if "measureVariables" in said:
        return [_of_data_set(said, path)]
    if "dataStructures" in said:
        bank = plain(as_object(said.get("dataStore"), "dataStore", path), "name") or _DATABANK
        return [_of_service(one, bank, where, path) for where, one in objects(said, "dataStructures", "", path)]
    if "variables" in said:
        listed = as_object(said["variables"], "variables", path)
        # What is no variable of the platform, as settings of a generator of data, does not say how it stands to time.
        kept = [(name, one) for name, one in listed.items() if isinstance(one, Mapping) and "temporalitet" in one]
        return [_of_list(name, one) for name, one in kept]
    raise ImportSourceError(path, _NOTHING)


def _of_list(name: str, said: Json) -> _Column:
    """A variable of the platform's list, whose period stands in its description."""
    description = plain(said, "description")
    period = _PERIOD.search(description)
    labels = as_object(said.get("labels") if isinstance(said.get("labels"), Mapping) else {}, name, Path())
    topics = said.get("topics")
    title = plain(said, "short_title")
    text = _FACTS.sub("", description)
    return _Column(
        name,
        _text(title),
        _text("" if text == title else text),
        plain(said, "enhetstype"),
        _text(plain(said, "enhetstype")),
        _TEMPORALITY.get(plain(said, "temporalitet").casefold(), ""),
        (period and period["first"]) or "",
        (period and period["last"]) or "",
        bool(period and period["all"]),
        tuple(StatedValue(value, _text(text)) for value, text in labels.items() if isinstance(text, str)),
        (),
        "",
        "",
        "",
        plain(said, "databank") or _DATABANK,
        "",
        _text(topics[0] if isinstance(topics, list) and topics and isinstance(topics[0], str) else ""),
        plain(said, "updated_at"),
        (),
    )


def _of_data_set(said: Json, path: Path) -> _Column:
    """The metadata of one data set, as it is handed in: one measure, its units, its code list."""
    where, measure = next(objects(said, "measureVariables", "", path), ("", {}))
    domain = as_object(measure.get("valueDomain"), f"{where}.valueDomain", path)
    unit = next((one for _, one in objects(said, "identifierVariables", "", path)), {})
    subject = said.get("subjectFields")
    return _Column(
        plain(said, "shortName") or path.stem,
        texts(measure.get("name"), _LANGUAGE),
        texts(measure.get("description"), _LANGUAGE),
        plain(unit, "unitType"),
        (),
        _TEMPORALITY.get(plain(said, "temporalityType").casefold(), ""),
        "",
        "",
        False,
        tuple(_values(domain, "codeList", "categoryTitle", where, path)),
        tuple(one.value for one in _values(domain, "sentinelAndMissingValues", "categoryTitle", where, path)),
        _classification(domain),
        _first(texts(domain.get("measurementUnitDescription"), _LANGUAGE)) or plain(domain, "measurementType"),
        _SENSITIVE.get(plain(said, "sensitivityLevel"), ""),
        _DATABANK,
        _first(texts(said.get("populationDescription"), _LANGUAGE)),
        texts(subject[0], _LANGUAGE) if isinstance(subject, list) and subject else (),
        "",
        tuple(key for key in ("spatialCoverageDescription", "dataRevision", "attributeVariables") if said.get(key)),
    )


def _of_service(said: Json, bank: str, where: str, path: Path) -> _Column:
    """A data structure of the metadata service, which counts days from 1970; its latest representation counts."""
    measure = as_object(said.get("measureVariable"), f"{where}.measureVariable", path)
    if not plain(said, "name"):
        raise ImportSourceError(path, f"{where} has no name")
    represented = [one for _, one in objects(measure, "representedVariables", f"{where}.measureVariable", path)]
    latest = represented[-1] if represented else {}
    domain = as_object(latest.get("valueDomain"), f"{where}.valueDomain", path)
    identifiers = [one for _, one in objects(said, "identifierVariables", where, path)]
    unit = as_object(identifiers[0].get("keyType") if identifiers else None, f"{where}.keyType", path)
    coverage = as_object(said.get("temporalCoverage"), f"{where}.temporalCoverage", path)
    subjects = said.get("subjectFields")
    language = plain(said, "languageCode") or _LANGUAGE
    return _Column(
        plain(said, "name"),
        texts(plain(measure, "label"), language),
        texts(plain(latest, "description"), language),
        plain(unit, "name"),
        texts(plain(unit, "label"), language),
        _TEMPORALITY.get(plain(said, "temporality").casefold(), ""),
        _counted(coverage.get("start")),
        _counted(coverage.get("stop")),
        False,
        tuple(_values(domain, "codeList", "category", where, path)),
        tuple(one for one in domain.get("missingValues") or () if isinstance(one, str)),
        "",
        "" if plain(domain, "unitOfMeasure") == "N/A" else plain(domain, "unitOfMeasure"),
        "",
        bank,
        _first(texts(said.get("populationDescription"), language)),
        texts(subjects[0], language) if isinstance(subjects, list) and subjects else (),
        "",
        ("earlier representedVariables",) if len(represented) > 1 else (),
    )


def _values(domain: Json, key: str, label: str, where: str, path: Path) -> Iterator[StatedValue]:
    for _, item in objects(domain, key, f"{where}.valueDomain", path):
        if plain(item, "code"):
            yield StatedValue(plain(item, "code"), texts(item.get(label), _LANGUAGE))


def _classification(domain: Json) -> str:
    """The number of the classification of Klass that a code list is of."""
    addresses = domain.get("uriDefinition")
    found = [one for one in addresses if isinstance(one, str)] if isinstance(addresses, list) else []
    return next((classification_in(one) for one in found if "/klass" in one), "")


def _text(text: str) -> Texts:
    return (Text(text, _LANGUAGE),) if text else ()


def _first(said: Texts) -> str:
    return said[0].text if said else ""


def _counted(days: object) -> str:
    """The date so many days after 1970-01-01; empty where no number stands there."""
    if not isinstance(days, int) or isinstance(days, bool):
        return ""
    try:
        return (date(1970, 1, 1) + timedelta(days=days)).isoformat()
    except OverflowError:
        return ""


# Mapping.


def _unit(one: _Column) -> ObjectType:
    return unit_of(one.unit, _first(one.unit_labels)) if one.unit else UNIT


def _identifier_key(unit: ObjectType, bank: str) -> str:
    return f"{unit.unit} {bank}"


def _identifiers(columns: Sequence[_Column]) -> Iterator[Variable]:
    """The pseudonym of each unit type: every data set of the platform has it, and it is the same in a databank."""
    seen: set[str] = set()
    for one in columns:
        unit = _unit(one)
        key = _identifier_key(unit, one.databank)
        if key not in seen:
            seen.add(key)
            singular = unit.forms[1].words[0]
            label = f"{singular} – {_IDENTIFIER} ({one.databank})"
            yield Variable(key, _text(label), units=[unit], temporality="fixed", identifies="series")


def _key(one: _Column) -> str:
    """The key of a variable: its name, which is its own within a databank alone."""
    return f"{one.databank} {one.name}"


def _variable(one: _Column) -> Variable:
    return Variable(
        _key(one),
        one.labels,
        _topic_key(one.topic),
        one.name,
        one.definitions,
        values=one.values,
        missing=one.missing,
        units=[_unit(one)],
        temporality=one.temporality,
        sensitive=one.sensitive,
        measure=one.measure,
        classifications=[one.classification] if one.classification else [],
    )


def _topics(columns: Sequence[_Column]) -> Iterator[Group]:
    found = {_topic_key(one.topic): one.topic for one in columns if one.topic}
    return (Group(key, labels, "", (), f"topic-{key}") for key, labels in sorted(found.items()))


def _topic_key(topic: Texts) -> str:
    return _first(topic)


def _classifications(columns: Sequence[_Column]) -> Iterator[Classification]:
    numbers = dict.fromkeys(one.classification for one in columns if one.classification)
    return (Classification(number, _text(f"Klass {number}"), notation=number) for number in numbers)


def _set(one: _Column, unit: ObjectType) -> DataSet:
    identifier = _identifier_key(unit, one.databank)
    return DataSet(
        identification=one.name,
        register=one.databank,
        file=plain_label(_first(one.topic)) or one.name.partition("_")[0],
        unit=unit,
        times=[_time(one)],
        titles=one.labels,
        technical={
            "series": one.databank,
            "population": one.population,
            "updated": one.updated.replace("-", "") if re.fullmatch(r"\d{4}-\d\d-\d\d", one.updated) else "",
        },
        unit_ids=[[identifier]],
        holdings=[Holding(identifier), Holding(_key(one))],
        guesses=list(_guesses(one)),
    )


def _time(one: _Column) -> str:
    """The time of a variable: of what is accumulated each year, of the rest all days from the first to the last."""
    if one.always:
        return ".."
    time = time_between(one.first, one.last)
    return f"{_as_interval(time)}:A" if one.temporality == "accumulated" and time != NOT_STATED_TIME else time


def _as_interval(time: str) -> str:
    return time if ".." in time else f"{time}..{time}"


def _guesses(one: _Column) -> Iterator[Remark]:
    if not one.unit:
        yield Remark("import.guess-units")
    if _time(one).endswith(":A"):
        yield Remark("import.guess-yearly")


# The report.


def _notes(columns: Sequence[_Column]) -> Iterator[Unmapped]:
    why = "each data set has its unit's pseudonym, the same in a databank; a characteristic of its own"
    yield Unmapped("unit-id", "all variables", why)
    cross = sum(one.temporality == "status" and bool(one.first or one.last) for one in columns)
    if cross:
        why = "cross-sections from a first to a last day; which days between is not stated"
        yield Unmapped("time", f"{cross} variables", why)
    yearly = sum(_time(one).endswith(":A") for one in columns)
    if yearly:
        yield Unmapped("time", f"{yearly} variables", "accumulated over a period; one value a year, a guess")
    for key, count in Counter(key for one in columns for key in one.lacking).items():
        yield Unmapped("key", f"{key} ({count} of {len(columns)} variables)", "a catalogue has no place for it")
