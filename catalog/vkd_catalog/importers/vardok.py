"""Vardok, Statistics Norway's old database of variable definitions: FIMD in XML, a file a definition.

A definition becomes a characteristic. What Vardok names as the internal source of definitions becomes a product, which
holds those characteristics at times that Vardok does not say.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from vkd_catalog.importers.drafting import drafted
from vkd_catalog.importers.files import read_all
from vkd_catalog.importers.importer import Draft, Importer, Request
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
    Text,
    Texts,
    Variable,
)
from vkd_catalog.importers.units import unit_of
from vkd_catalog.importers.words import plain_label
from vkd_catalog.importers.xml_elements import Element, elements
from vkd_grammar.words import fold

_NUMBER = re.compile(r"(\d+)\D*$")
_ORDINARY = re.compile(r"ordin\S*r", re.IGNORECASE)
_DAMAGED = ("\ufffd", "ï¿½")
_NO_DEFINITION = "holds no FIMD: it is not a definition of Vardok"


class _Definition(NamedTuple):
    """One definition. `related` are the numbers of others, `tables` counts the tables that it is used in.

    `valid` are the days that the definition is valid on, which are not times that data exist for.
    """

    number: str
    labels: Texts
    definitions: Texts
    column: str
    unit: str
    subject: tuple[str, str]
    source: str
    from_outside: str
    sensitivity: str
    division: str
    valid: tuple[str, str]
    classifications: Sequence[str]
    related: Sequence[str]
    tables: int
    remarks: Sequence[str]


def _read(request: Request) -> Draft:
    found, notes = read_all(request, (".xml",), _definitions)
    definitions = _in_all_languages(found)
    registers = _by_source(definitions)
    return drafted(
        Stated(
            name="Vardok",
            source=f"{request.source.name}, Vardok of Statistics Norway (Statistisk sentralbyrå)",
            language="nb",
            registers=[Register(key, (Text(found[0].source, "nb"),)) for key, found in registers.items()],
            groups=list(_groups(definitions)),
            variables=[_variable(one) for one in definitions],
            classifications=list(_classifications(definitions)),
            sets=[_set(key, found) for key, found in registers.items()],
            notes=[*notes, *_notes(definitions)],
        )
    )


IMPORTER = Importer("vardok", "variable definitions of Statistics Norway's Vardok (FIMD, XML)", _read)


# Reading.


def _definitions(path: Path) -> Sequence[_Definition]:
    definitions = [_definition(element, path) for element in elements(path, ("FIMD",))]
    if not definitions:
        raise ImportSourceError(path, _NO_DEFINITION)
    return definitions


def _definition(fimd: Element, path: Path) -> _Definition:
    identifier = fimd.attributes.get("id", "")
    number = _number(identifier)
    if not number:
        raise ImportSourceError(path, f"has a definition without a number: id is {identifier!r}", fimd.line)
    language = fimd.attributes.get("lang", "")
    return _Definition(
        number,
        _texts(fimd, language, "Common", "Title"),
        _texts(fimd, language, "Common", "Description"),
        _said(fimd, "Variable", "DataElementName"),
        _said(fimd, "Variable", "StatisticalUnit"),
        (_said(fimd, "Variable", "SubjectArea", "CodeValue"), _said(fimd, "Variable", "SubjectArea", "CodeText")),
        _said(fimd, "Variable", "InternalSource"),
        _said(fimd, "Variable", "ExternalSource"),
        _said(fimd, "Variable", "Sensitivity"),
        _said(fimd, "Common", "ContactDivision", "CodeText"),
        (fimd.attributes.get("defaultValidFrom", ""), fimd.attributes.get("defaultValidTo", "")),
        _relations(fimd, "ClassificationRelation"),
        (*_relations(fimd, "ConceptVariableRelation"), *_relations(fimd, "ConceptVariableVersion")),
        len(list(fimd.below("Relations", "StatbankTableRelation"))),
        _remarks(fimd),
    )


def _texts(fimd: Element, language: str, *path: str) -> Texts:
    text = _said(fimd, *path)
    return (Text(text, language),) if text else ()


def _said(fimd: Element, *path: str) -> str:
    return next((one.whole_text() for one in fimd.below(*path)), "")


def _relations(fimd: Element, name: str) -> Sequence[str]:
    numbers = (_number(one.attributes.get("href", "")) for one in fimd.below("Relations", name))
    return tuple(dict.fromkeys(filter(None, numbers)))


def _number(address: str) -> str:
    """The number at the end of an address, as of `http://www.ssb.no/conceptvariable/vardok/571`."""
    found = _NUMBER.search(address)
    return found[1] if found else ""


def _remarks(fimd: Element) -> Sequence[str]:
    """The elements of notes and references that say something, none of which has a place in a vocabulary."""
    names = (
        "Notes",
        "InternalNotes",
        "Calculation",
        "InternalDocument",
        "ExternalDocument",
        "ExternalComment",
        "InternalReference",
    )
    parts = (one for part in ("Common", "Variable") for each in fimd.children(part) for one in each.children(*names))
    return tuple(one.name for one in parts if one.whole_text())


# Mapping.


def _in_all_languages(found: Sequence[_Definition]) -> Sequence[_Definition]:
    """Each definition once: a file has one language, and of those after the first only its own texts are taken."""
    whole: dict[str, _Definition] = {}
    for one in found:
        had = whole.setdefault(one.number, one)
        if had is not one:
            whole[one.number] = had._replace(
                labels=had.labels + one.labels, definitions=had.definitions + one.definitions
            )
    return list(whole.values())


def _by_source(definitions: Sequence[_Definition]) -> Mapping[str, Sequence[_Definition]]:
    """The definitions that each internal source is named for, by what it is called."""
    found: dict[str, list[_Definition]] = {}
    for one in definitions:
        if one.source:
            found.setdefault(fold(one.source), []).append(one)
    return found


def _groups(definitions: Sequence[_Definition]) -> Iterator[Group]:
    areas = {code: name for one in definitions for code, name in (one.subject,) if code}
    return (Group(code, (Text(name, "nb"),) if name else ()) for code, name in sorted(areas.items()))


def _variable(one: _Definition) -> Variable:
    return Variable(
        one.number,
        one.labels,
        one.subject[0],
        one.column,
        one.definitions,
        units=(_unit(one),) if one.unit else (),
        sensitive="no" if _ORDINARY.fullmatch(one.sensitivity) else "",
        classifications=one.classifications,
        see_also=one.related,
    )


def _unit(one: _Definition) -> ObjectType:
    return unit_of(one.unit) if one.unit else UNIT


def _classifications(definitions: Sequence[_Definition]) -> Iterator[Classification]:
    numbers = dict.fromkeys(number for one in definitions for number in one.classifications)
    return (Classification(number, (Text(f"Klass {number}", "nb"),), notation=number) for number in numbers)


def _set(key: str, definitions: Sequence[_Definition]) -> DataSet:
    first = definitions[0]
    outside = dict.fromkeys(one.from_outside for one in definitions if one.from_outside)
    divisions = dict.fromkeys(one.division for one in definitions if one.division)
    return DataSet(
        identification=first.source,
        register=key,
        file=first.source,
        unit=_unit(first),
        technical={
            "source": ", ".join(outside),
            "publisher": "Statistisk sentralbyrå",
            "contact": ", ".join(divisions),
        },
        holdings=[Holding(one.number, _unit(one)) for one in definitions],
        guesses=[Remark("import.guess-held")],
    )


def _notes(definitions: Sequence[_Definition]) -> Iterator[Unmapped]:
    for one in definitions:
        first, last = one.valid
        if first or last:
            said = f"{first} to {last}" if last else f"from {first}"
            yield Unmapped(
                "validity", one.number, f"the definition is valid {said}; a characteristic has no place for it"
            )
        if one.sensitivity and not _ORDINARY.fullmatch(one.sensitivity):
            yield Unmapped("Sensitivity", one.number, f"{one.sensitivity}; not known what it says, so not assessed")
        if not one.source:
            yield Unmapped("InternalSource", one.number, "not stated; no product holds it")
        for name in one.remarks:
            yield Unmapped(name, one.number, "a vocabulary has no place for it")
        for text in (*one.labels, *one.definitions):
            if any(mark in text.text for mark in _DAMAGED):
                yield Unmapped("letter", one.number, f"damaged in the source: {plain_label(text.text)[:60]}")
    tables = sum(one.tables for one in definitions)
    if tables:
        yield Unmapped(
            "StatbankTableRelation", f"{tables} tables", "named by definitions; what else they hold is not said"
        )
    known = {one.number for one in definitions}
    gone = sorted({number for one in definitions for number in one.related} - known, key=int)
    if gone:
        yield Unmapped("related definition", ", ".join(gone), "not in the source; no see-also")
