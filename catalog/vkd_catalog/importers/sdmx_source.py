"""Structures in SDMX: code lists, concepts, data structures, dataflows, as SDMX-ML 2.1 and 3.0 and SDMX-JSON say them.

Read here and not by a library: sdmx1 brings pandas (182 MB) and, after a file it cannot read, fails on others that it
can; pysdmx cannot read a third of what agencies publish. Code lists are read one by one, however large the message.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

from vkd_catalog.importers.files import Followed
from vkd_catalog.importers.json_files import read_json
from vkd_catalog.importers.report import Follow, ImportSourceError, unfollowed
from vkd_catalog.importers.tables import Class, Labels, language_tag

Element = ElementTree.Element

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_URN = re.compile(r"urn:sdmx:[\w.]+=(?P<agency>[^:]+):(?P<id>[^(]+)\((?P<version>[^)]*)\)(?:\.(?P<item>.+))?")
_MAINTAINED = frozenset(
    ("Codelist", "ConceptScheme", "DataStructure", "Dataflow", "ContentConstraint", "DataConstraint")
)
_OLD = "SDMXML/schemas/v2_0"


class Reference(NamedTuple):
    """What something refers to: an artefact by agency and id, and an item of it; empty where nothing is named."""

    agency: str = ""
    id: str = ""
    item: str = ""


class Artefact(NamedTuple):
    """What every artefact says of itself."""

    agency: str
    id: str
    version: str
    labels: Labels
    description: str

    @property
    def key(self) -> tuple[str, str]:
        """What it is referred to by."""
        return (self.agency, self.id)


class Component(NamedTuple):
    """A dimension or measure of a data structure: `kind` is dimension, time or measure, or measure-dimension, whose
    codes are what is measured (SDMX 2.1). `codes` is the list that its values are from, if any."""

    id: str
    kind: str
    concept: Reference
    codes: Reference


class DataStructure(NamedTuple):
    """What the tables of some dataflows are made of."""

    itself: Artefact
    components: Sequence[Component]


class Dataflow(NamedTuple):
    """A table that is published, by the data structure that it has."""

    itself: Artefact
    structure: Reference


class Constraint(NamedTuple):
    """What of a dataflow or structure there is: its periods from the first to the last, and values by dimension."""

    of: Reference
    first: str
    last: str
    values: Mapping[str, Sequence[str]]


class CodeList(NamedTuple):
    """The codes of a list, in their order, with the ones above them."""

    itself: Artefact
    codes: Sequence[Class]


class Concept(NamedTuple):
    """A concept of a scheme, and the code list that its values are from where a component names none."""

    labels: Labels
    codes: Reference


class Structures(NamedTuple):
    """All that some messages hold, by agency and id; concepts by their scheme's and their own id."""

    code_lists: dict[tuple[str, str], CodeList]
    concepts: dict[Reference, Concept]
    structures: dict[tuple[str, str], DataStructure]
    dataflows: dict[tuple[str, str, str], Dataflow]
    constraints: list[Constraint]

    def add(self, others: "Structures") -> None:
        """Adds what another message holds; what is there with its contents stays."""
        for key, found in others.code_lists.items():
            if found.codes or key not in self.code_lists:
                self.code_lists[key] = found
        self.concepts.update(others.concepts)
        for key, structure in others.structures.items():
            if structure.components or key not in self.structures:
                self.structures[key] = structure
        self.dataflows.update(others.dataflows)
        self.constraints.extend(others.constraints)


def nothing() -> Structures:
    """Structures to which others are added."""
    return Structures({}, {}, {}, {}, [])


def read_structures(path: Path, follow: Follow = unfollowed) -> Structures:
    """The structures in a message. Raises ImportSourceError with the line where it is none or holds none."""
    with path.open("rb") as file:
        start = file.read(400).lstrip(b"\xef\xbb\xbf \t\r\n")
    found = _from_json(path) if start.startswith((b"{", b"[")) else _from_xml(path, follow)
    if not (found.code_lists or found.structures or found.dataflows or found.concepts):
        raise ImportSourceError(path, "an SDMX message without structures: no code list, data structure or dataflow")
    return found


# SDMX-ML.


def _from_xml(path: Path, follow: Follow) -> Structures:
    found = nothing()
    try:
        with Followed(path, follow) as file:
            for _, element in ElementTree.iterparse(file, events=("end",)):
                if _OLD in element.tag:
                    raise ImportSourceError(path, "SDMX-ML 2.0, which is not read; 2.1 and 3.0 are")
                # What is maintained has an id; what only refers to it, as a constraint does, has none.
                if _name(element) in _MAINTAINED and element.get("id"):
                    _take(element, found)
                    element.clear()
    except ElementTree.ParseError as error:
        raise ImportSourceError(path, f"no XML: {error}", error.position[0]) from error
    except (LookupError, UnicodeError) as error:
        raise ImportSourceError(path, f"no XML: {error}") from error
    return found


def _take(element: Element, found: Structures) -> None:
    kind, itself = _name(element), _artefact(element)
    if kind == "Codelist":
        codes = [_code(code) for code in _children(element, "Code")]
        found.code_lists[itself.key] = CodeList(itself, codes)
    elif kind == "ConceptScheme":
        for one in _children(element, "Concept"):
            key = Reference(*itself.key, one.get("id", ""))
            enumeration = _reference(_first(one, "CoreRepresentation", "Enumeration"))
            found.concepts[key] = Concept(_labels(one, "Name"), enumeration)
    elif kind == "DataStructure":
        found.structures[itself.key] = DataStructure(itself, list(_components(element)))
    elif kind == "Dataflow":
        found.dataflows[*itself.key, itself.version] = Dataflow(itself, _reference(_first(element, "Structure")))
    else:
        found.constraints.extend(_constraints(element))


def _artefact(element: Element) -> Artefact:
    said = _labels(element, "Description")
    return Artefact(
        element.get("agencyID", ""),
        element.get("id", ""),
        element.get("version", ""),
        _labels(element, "Name"),
        next(iter(said.values()), ""),
    )


def _code(element: Element) -> Class:
    return Class(element.get("id", ""), _labels(element, "Name"), _reference(_first(element, "Parent")).id)


def _components(structure: Element) -> Iterator[Component]:
    kinds = {
        "Dimension": "dimension",
        "MeasureDimension": "measure-dimension",
        "TimeDimension": "time",
        "PrimaryMeasure": "primary-measure",
        "Measure": "measure",
    }
    for listed in ("DimensionList", "MeasureList"):
        for element in _first(structure, "DataStructureComponents", listed) or ():
            if kind := kinds.get(_name(element)):
                concept = _reference(_first(element, "ConceptIdentity"))
                codes = _reference(_first(element, "LocalRepresentation", "Enumeration"))
                yield Component(element.get("id") or concept.item, kind, concept, codes)


def _constraints(element: Element) -> Iterator[Constraint]:
    attached = [
        one
        for kind in ("Dataflow", "DataStructure")
        for one in _children(_first(element, "ConstraintAttachment"), kind)
    ]
    values: dict[str, list[str]] = {}
    for region in _children(element, "CubeRegion"):
        for key in (*_children(region, "KeyValue"), *_children(region, "Component")):
            values.setdefault(key.get("id", ""), []).extend(
                _plain(one) for one in _children(key, "Value") if _plain(one)
            )
    first, last = (
        next((_plain(one) for one in element.iter() if _name(one) == name), "") for name in ("StartPeriod", "EndPeriod")
    )
    for one in attached:
        yield Constraint(_reference(one), first, last, values)


def _labels(element: Element, name: str) -> Labels:
    return {
        language_tag(one.get(_LANGUAGE, "en")): " ".join(_plain(one).split())
        for one in _children(element, name)
        if _plain(one)
    }


def _reference(element: Element | None) -> Reference:
    """What an element refers to: by a `Ref` in it or by its URN (3.0); of a parent only the id is named."""
    if element is None:
        return Reference()
    ref = next(iter(_children(element, "Ref")), None)
    if ref is None:
        return _urn(_plain(next(iter(_children(element, "URN")), element)))
    agency, parent, own = ref.get("agencyID", ""), ref.get("maintainableParentID", ""), ref.get("id", "")
    return Reference(agency, parent, own) if parent else Reference(agency, own)


def _urn(text: str) -> Reference:
    found = _URN.fullmatch(text)
    return Reference(found["agency"], found["id"], found["item"] or "") if found else Reference("", text)


def _first(element: Element | None, *names: str) -> Element | None:
    """The first element below, by the names that lead to it."""
    for name in names:
        element = next(iter(_children(element, name)), None)
    return element


def _children(element: Element | None, name: str) -> list[Element]:
    return [one for one in element if _name(one) == name] if element is not None else []


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _plain(element: Element) -> str:
    return (element.text or "").strip()


# SDMX-JSON.


def _from_json(path: Path) -> Structures:
    said = read_json(path)
    try:
        return _structures(said)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ImportSourceError(path, f"no structures as SDMX-JSON has them: {type(error).__name__} {error}") from error


def _structures(said: Any) -> Structures:
    data = said.get("data") or said
    language = next(iter((said.get("meta") or {}).get("contentLanguages") or ("en",)))
    found = nothing()
    for one in data.get("codelists") or ():
        itself = _artefact_in(one, language)
        codes = [
            Class(code["id"], _labels_in(code, language), code.get("parent") or "") for code in one.get("codes") or ()
        ]
        found.code_lists[itself.key] = CodeList(itself, codes)
    for scheme in data.get("conceptSchemes") or ():
        for one in scheme.get("concepts") or ():
            key = Reference(scheme.get("agencyID", ""), scheme["id"], one["id"])
            found.concepts[key] = Concept(_labels_in(one, language), _enumeration(one.get("coreRepresentation")))
    for one in data.get("dataStructures") or ():
        itself = _artefact_in(one, language)
        found.structures[itself.key] = DataStructure(
            itself, list(_components_in(one.get("dataStructureComponents") or {}))
        )
    for one in data.get("dataflows") or ():
        itself = _artefact_in(one, language)
        found.dataflows[*itself.key, itself.version] = Dataflow(itself, _urn(one.get("structure") or ""))
    return found


def _artefact_in(said: Any, language: str) -> Artefact:
    description = said.get("description") or next(iter((said.get("descriptions") or {}).values()), "")
    return Artefact(
        said.get("agencyID", ""), said["id"], said.get("version", ""), _labels_in(said, language), description
    )


def _labels_in(said: Any, language: str) -> Labels:
    names = said.get("names") or ({language: said["name"]} if said.get("name") else {})
    return {language_tag(tag): " ".join(text.split()) for tag, text in names.items() if text.strip()}


def _components_in(said: Any) -> Iterator[Component]:
    dimensions, measures = said.get("dimensionList") or {}, said.get("measureList") or {}
    primary = measures.get("primaryMeasure")
    groups: tuple[tuple[str, Iterable[Any]], ...] = (
        ("dimension", dimensions.get("dimensions") or ()),
        ("measure-dimension", dimensions.get("measureDimensions") or ()),
        ("time", dimensions.get("timeDimensions") or [one for one in (dimensions.get("timeDimension"),) if one]),
        ("measure", measures.get("measures") or ()),
        ("primary-measure", [primary] if primary else ()),
    )
    for kind, listed in groups:
        for one in listed:
            concept = _urn(one.get("conceptIdentity") or "")
            yield Component(one.get("id") or concept.item, kind, concept, _enumeration(one.get("localRepresentation")))


def _enumeration(said: Any) -> Reference:
    return _urn((said or {}).get("enumeration") or "")
