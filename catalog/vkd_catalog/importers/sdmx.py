"""Dataflows and data structures in SDMX as tables; code lists as classifications with their classes.

A message says what a table is broken down by and, seldom, which periods there are. A dimension is a classification of
its own even where two have the same code list, as reporting country and partner country: a table crosses them.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from vkd_catalog.importers.files import find, read_each
from vkd_catalog.importers.importer import Draft, Importer, Request
from vkd_catalog.importers.periods import all_of, period_of, times_in
from vkd_catalog.importers.report import Unmapped
from vkd_catalog.importers.sdmx_source import (
    Artefact,
    CodeList,
    Component,
    Constraint,
    DataStructure,
    Reference,
    Structures,
    nothing,
    read_structures,
)
from vkd_catalog.importers.tables import Class, Dimension, Labels, Measure, Table, workspace_of

_FREQUENCY = "FREQ"
_MEASURES = frozenset(("INDICATOR", "MEASURE"))
"""Dimensions whose codes are what is measured, as agencies call them."""

_NO_CLASSES = frozenset(("_T", "_Z"))
"""Codes that are no class wherever they stand (SDMX guidelines for code lists): the total, and "not applicable"."""

_STEPS = {"A": "A", "S": "H", "H": "H", "Q": "Q", "M": "M", "W": "W", "D": "D"}


class _Made(NamedTuple):
    """A table, and what was left aside in it: codes that are no classes, and lists that no message holds."""

    table: Table
    no_classes: int
    missing: Sequence[str]


def _read(request: Request) -> Draft:
    found = find(request.source, ".xml", ".json")
    notes: list[Unmapped] = []
    all_said = nothing()
    origin: dict[tuple[str, str], str] = {}
    for path, said in read_each(request, found, lambda file: read_structures(file, request.follow), notes):
        all_said.add(said)
        origin.update(dict.fromkeys((*said.structures, *(key[:2] for key in said.dataflows)), found.name(path)))
    made = [_table(flow, structure, all_said, origin) for flow, structure in _tables(all_said)]
    lists = [] if made else [_classification(one) for one in all_said.code_lists.values() if one.codes]
    return Draft(
        workspace=workspace_of(
            _named_apart([one.table for one in made]),
            name=Path(found.called).stem,
            source=found.called,
            licence="# Licence of the source\n\nThe files state no licence.\n",
            archives={},
            besides=lists,
        ),
        source=f"SDMX structures, {found.called}",
        version="not stated",
        licence="not stated in the files",
        unmapped=[*notes, *_notes(made, all_said)],
    )


IMPORTER = Importer("sdmx", "structures in SDMX-ML 2.1 and 3.0 and SDMX-JSON: dataflows, code lists", _read)


def _tables(said: Structures) -> Iterator[tuple[Artefact, DataStructure]]:
    """Each dataflow with its structure, and each structure that no dataflow has; those without components are left."""
    used: set[tuple[str, str]] = set()
    for flow in said.dataflows.values():
        if structure := _held(said.structures, flow.structure):
            used.add(structure.itself.key)
            yield flow.itself, structure
    for key, structure in said.structures.items():
        if key not in used and structure.components:
            yield structure.itself, structure


def _held(held: Mapping[tuple[str, str], DataStructure], reference: Reference) -> DataStructure | None:
    found = held.get((reference.agency, reference.id))
    return found if found and found.components else None


def _table(
    itself: Artefact, structure: DataStructure, said: Structures, origin: Mapping[tuple[str, str], str]
) -> _Made:
    constraint = _constraint(itself, structure, said.constraints)
    dimensions = [one for one in structure.components if one.kind in ("dimension", "measure-dimension")]
    measured = next((one for one in dimensions if _is_measured(one)), None)
    broken = [one for one in dimensions if one is not measured and _FREQUENCY not in (one.id, one.concept.item)]
    lists = {one.id: _codes(one, said) for one in dimensions}
    codes = {name: list(found.codes) if found else [] for name, found in lists.items()}
    table = Table(
        identification=itself.id,
        titles=itself.labels or structure.itself.labels or {"en": itself.id},
        dimensions=[_dimension(one, _concept(one, said), codes[one.id]) for one in broken],
        measures=list(_measures(itself, structure, said, codes[measured.id] if measured else ())),
        times=times_in(_periods(constraint)),
        facts=_facts(itself),
        comment=[" ".join((itself.description or structure.itself.description).split())],
        guesses=("import.guessed-measures",) if measured and measured.kind == "dimension" else (),
        origin=origin.get(itself.key, ""),
    )
    missing = [one.codes.id or one.id for one in broken if not lists[one.id] and (one.codes.id or _listed(one, said))]
    return _Made(table, sum(code.code in _NO_CLASSES for one in broken for code in codes[one.id]), missing)


def _is_measured(component: Component) -> bool:
    return component.kind == "measure-dimension" or component.id in _MEASURES


def _constraint(itself: Artefact, structure: DataStructure, constraints: Sequence[Constraint]) -> Constraint | None:
    keys = (itself.key, structure.itself.key)
    return next((one for one in constraints if one.first and (one.of.agency, one.of.id) in keys), None)


def _periods(constraint: Constraint | None) -> Iterator[str]:
    """The periods from the first to the last that a constraint names, of each frequency that it allows."""
    if constraint is None:
        return
    for frequency in constraint.values.get(_FREQUENCY) or ("A",):
        first, last = (_in_step(day, _STEPS.get(frequency, "")) for day in (constraint.first, constraint.last))
        yield from all_of(first, last)


def _in_step(text: str, step: str) -> str:
    """The period of a length that a day lies in, as the year 2020 for 2020-01-01T00:00:00."""
    year, month, day = text[:4], text[5:7] or "01", text[8:10] or "01"
    plain = period_of(text)
    if step == "A":
        return year if year.isdigit() else ""
    if not month.isdigit():
        return plain
    place = {"H": f"{year}H{(int(month) + 5) // 6}", "Q": f"{year}Q{(int(month) + 2) // 3}", "M": f"{year}M{month}"}
    return period_of(place.get(step, f"{year}-{month}-{day}" if step == "D" else ""))


def _codes(component: Component, said: Structures) -> CodeList | None:
    reference = component.codes if component.codes.id else _listed(component, said)
    return said.code_lists.get((reference.agency, reference.id)) if reference else None


def _listed(component: Component, said: Structures) -> Reference | None:
    """The code list of the concept that a component is."""
    concept = said.concepts.get(component.concept)
    return concept.codes if concept and concept.codes.id else None


def _concept(component: Component, said: Structures) -> Labels:
    concept = said.concepts.get(component.concept)
    return concept.labels if concept and concept.labels else {"en": component.id}


def _dimension(component: Component, labels: Labels, codes: Sequence[Class]) -> Dimension:
    return Dimension(component.id, labels, [one for one in codes if one.code not in _NO_CLASSES])


def _measures(
    itself: Artefact, structure: DataStructure, said: Structures, codes: Sequence[Class]
) -> Iterator[Measure]:
    """What is measured: the codes of a dimension that says it, the measures of SDMX 3.0, or what the flow is about."""
    if codes:
        yield from (Measure(one.code, one.labels) for one in codes if one.code not in _NO_CLASSES)
        return
    several = [one for one in structure.components if one.kind == "measure"]
    if len(several) > 1:
        yield from (Measure(one.id, _concept(one, said)) for one in several)
        return
    yield Measure(itself.id, itself.labels or structure.itself.labels or {"en": itself.id})


def _classification(said: CodeList) -> Dimension:
    """A code list by itself, in a message without tables."""
    return Dimension(said.itself.id, said.itself.labels, said.codes, f"{said.itself.agency}:{said.itself.id}")


def _facts(itself: Artefact) -> Mapping[str, str]:
    facts = {"form": "sdmx", "publisher": itself.agency, "version": itself.version}
    return {key: text for key, text in facts.items() if text}


def _named_apart(tables: Sequence[Table]) -> Sequence[Table]:
    """The tables, those with an id that another has with its agency and version as well."""
    taken: set[str] = set()
    named = []
    for table in tables:
        ways = (table.identification, "-".join((table.identification, *table.facts.get("publisher", "").split())))
        chosen = next((one for one in (*ways, f"{ways[1]}-{table.facts.get('version', '')}") if one not in taken), "")
        number = 2
        while not chosen or chosen in taken:
            chosen = f"{ways[1]}-{number}"
            number += 1
        taken.add(chosen)
        named.append(table._replace(identification=chosen))
    return named


def _notes(made: Sequence[_Made], said: Structures) -> Iterator[Unmapped]:
    left = sum(one.no_classes for one in made)
    if left:
        yield Unmapped("code", f"{left} codes", "_T and _Z, the total and what does not apply; no classes")
    missing = dict.fromkeys(name for one in made for name in one.missing)
    if missing:
        yield Unmapped("code list", ", ".join(missing), "not in these files; a classification without classes")
    flows = [flow.itself.id for flow in said.dataflows.values() if _held(said.structures, flow.structure) is None]
    if flows:
        yield Unmapped("dataflow", ", ".join(flows), "its data structure is not in these files; left out")
    undated = [one.table.identification for one in made if one.table.times == ["?"]]
    if undated:
        yield Unmapped("time", ", ".join(undated), "no constraint says which periods there are; the time is ?")
    narrowed = [
        one.of.id for one in said.constraints if any(key != _FREQUENCY and codes for key, codes in one.values.items())
    ]
    if narrowed:
        yield Unmapped("constraint", ", ".join(dict.fromkeys(narrowed)), "which codes there are figures for; not kept")
    if made:
        used = {one.codes.id for _, structure in _tables(said) for one in structure.components}
        spare = sum(one.itself.id not in used for one in said.code_lists.values())
        yield Unmapped("object type", f"{len(made)} tables", "SDMX has no unit type; Unit aggregates, a guess")
        yield Unmapped(
            "FREQ", f"{len(made)} tables", "how often there are figures; the steps of times, no classification"
        )
        yield Unmapped("attribute", "all tables", "what is said of single figures, as their unit; left out")
        if spare:
            yield Unmapped("code list", f"{spare} of {len(said.code_lists)}", "of no dimension; left out")
