"""DDI-Codebook, versions 1.2 to 2.6 (DDI Alliance): studies with their files, variables, groups and categories.

A study becomes a product, or one for each of its files; its series a collection. The variables of a series that have
the same name, labels and categories are one characteristic, others one in each study.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from textwrap import shorten
from typing import NamedTuple

from vkd_catalog.importers.ddi_study import File, Study, studies_in
from vkd_catalog.importers.ddi_variables import Read
from vkd_catalog.importers.drafting import drafted
from vkd_catalog.importers.files import read_all
from vkd_catalog.importers.importer import Draft, Importer, Request
from vkd_catalog.importers.object_types import UNIT
from vkd_catalog.importers.report import Unmapped
from vkd_catalog.importers.stated import (
    Classification,
    DataSet,
    Group,
    Holding,
    Register,
    Remark,
    Stated,
    Text,
    Variable,
)
from vkd_grammar.words import fold

_LONGEST_REMARK = 300


class _Placed(NamedTuple):
    """A study and the key of its scope: its series, else itself; of each of its variables the keys of its
    characteristic and of the group that this stands in."""

    study: Study
    scope: str
    keys: Sequence[str]
    groups: Sequence[str]


def _read(request: Request) -> Draft:
    studies, notes = read_all(request, (".xml",), studies_in)
    placed, variables = _placed(studies)
    name = request.source.resolve().stem if len(studies) > 1 else studies[0].titles[0].text if studies[0].titles else ""
    return drafted(
        Stated(
            name=name or request.source.resolve().stem,
            source=f"{request.source.name}, DDI-Codebook",
            licence=_licence(studies),
            registers=list(_registers(placed)),
            groups=list(_groups(placed)),
            variables=list(_variables(placed, variables)),
            classifications=list(_classifications(studies)),
            sets=[each for one in placed for each in _sets(one)],
            notes=[*notes, *_notes(studies)],
        )
    )


IMPORTER = Importer("ddi-codebook", "studies, their variables and categories in DDI-Codebook 1.2 to 2.6 (XML)", _read)


def _licence(studies: Sequence[Study]) -> str:
    found = {study.technical.get("licence", "") for study in studies}
    return found.pop() if len(found) == 1 and "" not in found else "as each study states, if it does"


# What is the same.


def _placed(studies: Sequence[Study]) -> tuple[Sequence[_Placed], Mapping[str, Read]]:
    """Each study in its scope, and the variables of all by the keys of their characteristics."""
    found: dict[str, Read] = {}
    placed = []
    for study in studies:
        scope = fold(study.series[0].text) if study.series else study.identification
        keys = [_key(read, scope, found) for read in study.variables]
        placed.append(_Placed(study, scope, keys, list(_group_keys(study, scope))))
    return placed, found


def _key(read: Read, scope: str, found: dict[str, Read]) -> str:
    """The key of a variable's characteristic: that of one that is like it in the scope, else a new one."""
    plain = key = f"{scope}/{read.name}"
    number = 1
    while key in found and not found[key].is_like(read):
        number += 1
        key = f"{plain}/{number}"
    found.setdefault(key, read)
    return key


# Vocabularies.


def _registers(placed: Sequence[_Placed]) -> Iterator[Register]:
    seen: set[str] = set()
    for one in placed:
        if one.scope not in seen:
            seen.add(one.scope)
            study = one.study
            labels = study.series or study.titles or (Text(study.identification, ""),)
            yield Register(one.scope, labels, study.series_abstracts if study.series else study.abstracts)


def _groups(placed: Sequence[_Placed]) -> Iterator[Group]:
    """The concept above all variables of a scope, and those of the groups that its studies make of them."""
    for register in _registers([one for one in placed if one.study.variables]):
        yield Group(register.key, register.labels)
    seen: set[str] = set()
    for one in placed:
        above = {child: group.identifier for group in one.study.groups for child in group.groups}
        for group in one.study.groups:
            key = _group_key(one.scope, group.identifier)
            if key not in seen:
                seen.add(key)
                outer = _group_key(one.scope, above[group.identifier]) if group.identifier in above else one.scope
                yield Group(
                    key, group.labels or (Text(group.identifier, ""),), outer, group.definitions, group.identifier
                )
        for read, key in zip(one.study.variables, one.groups, strict=True):
            if key not in seen and key != one.scope:
                seen.add(key)
                yield Group(key, read.topic, one.scope, (), read.topic[0].text)


def _group_key(scope: str, identifier: str) -> str:
    return f"{scope}/{identifier}"


def _group_keys(study: Study, scope: str) -> Iterator[str]:
    """The key of the group that each variable stands in: the first that names it, else its topic, else its scope."""
    named = {name: group.identifier for group in reversed(study.groups) for name in group.variables}
    for read in study.variables:
        group = named.get(read.identifier) or named.get(read.name) or (read.topic[0].text if read.topic else "")
        yield _group_key(scope, group) if group else scope


def _variables(placed: Sequence[_Placed], found: Mapping[str, Read]) -> Iterator[Variable]:
    seen: set[str] = set()
    for one in placed:
        keys = {
            read.identifier: key for read, key in zip(one.study.variables, one.keys, strict=True) if read.identifier
        }
        for key, group in zip(one.keys, one.groups, strict=True):
            if key in seen:
                continue
            seen.add(key)
            read = found[key]
            yield Variable(
                key,
                read.labels,
                group,
                read.name,
                read.definitions,
                values=read.values,
                missing=read.missing,
                classifications=[_classification_key(text) for text in read.standard],
                derived_from=[keys[source] for source in read.sources if source in keys],
                temporality=read.own.get("temporality", ""),
                measure=read.own.get("measure", ""),
                sensitive=read.own.get("sensitive", ""),
                identifies=read.own.get("identifies", ""),
            )


def _classifications(studies: Sequence[Study]) -> Iterator[Classification]:
    """The standard classifications that variables name; of their classes the source says nothing."""
    named = {_classification_key(text): text for study in studies for read in study.variables for text in read.standard}
    return (Classification(key, (text,)) for key, text in named.items())


def _classification_key(text: Text) -> str:
    return fold(text.text)


# Sets.


def _sets(one: _Placed) -> Iterator[DataSet]:
    """A set for each file of the study that variables say they are in, where they are in several; else one."""
    files = [file for file in one.study.files if any(file.identifier in read.files for read in one.study.variables)]
    if len({file.identifier for file in files}) < 2:
        yield _set(one, list(zip(one.study.variables, one.keys, strict=True)), None)
        return
    for file in files:
        yield _set(
            one,
            [
                (read, key)
                for read, key in zip(one.study.variables, one.keys, strict=True)
                if file.identifier in read.files
            ],
            file,
        )


def _set(one: _Placed, held: Sequence[tuple[Read, str]], file: File | None) -> DataSet:
    study = one.study
    known = [file] if file else study.files
    keys = {read.identifier or read.name: key for read, key in held}
    name = f"{study.identification} {file.name or file.identifier}" if file else study.identification
    technical = {
        **study.technical,
        **({"collection": study.series[0].text} if study.series else {}),
        "form": file.type if file else study.technical.get("form", ""),
        "data": next((each.address for each in known if each.address), ""),
    }
    return DataSet(
        identification=name,
        register=one.scope,
        file=f"{study.path.stem}",
        unit=study.unit or UNIT,
        times=study.times.times,
        titles=study.titles,
        technical={key: value for key, value in technical.items() if value},
        unit_ids=[
            [keys[key] for key in each.keys]
            for each in known[:1]
            if each.keys and all(key in keys for key in each.keys)
        ],
        holdings=[Holding(key, read.unit, tuple(filter(None, [read.own.get("time", "")]))) for read, key in held],
        guesses=list(_guesses(study)),
        remarks=list(_remarks(study)),
    )


def _guesses(study: Study) -> Iterator[Remark]:
    if study.unit is None and study.unit_said:
        yield Remark("import.guess-units-said", {"said": study.unit_said})
    elif study.unit is None:
        yield Remark("import.guess-units")
    if study.times.of_collection:
        yield Remark("import.guess-collected")


def _remarks(study: Study) -> Iterator[Remark]:
    if study.conditions:
        yield Remark("import.conditions", {"said": shorten(study.conditions, _LONGEST_REMARK)})


# The report.


def _notes(studies: Sequence[Study]) -> Iterator[Unmapped]:
    for study in studies:
        yield from (Unmapped("date", said, f"of {study.identification}; not read") for said in study.times.unread)
    units = Counter(study.unit_said or "not stated" for study in studies if study.unit is None)
    yield from (Unmapped("unit", said, f"of {count} studies; units of no known type") for said, count in units.items())
    counts = Counter(kind for study in studies for read in study.variables for kind in read.lacking)
    for kind, count in counts.items():
        yield Unmapped("element", kind, f"of {count} variables; no place for it")
    cubes, topics = sum(study.cubes for study in studies), sum(study.topics for study in studies)
    if cubes:
        yield Unmapped("nCube", f"{cubes} tables", "tables are not read")
    if topics:
        yield Unmapped("keyword, topcClas", f"{topics} topics", "no place for them")
    named = Counter(name for study in studies for group in study.groups for name in group.variables)
    several = sum(count > 1 for count in named.values())
    if several:
        yield Unmapped("varGrp", f"{several} variables", "in several groups; a concept stands below one, the first")
    stated = sum(bool(study.conditions) for study in studies)
    if stated:
        yield Unmapped(
            "conditions", f"{stated} studies", "in words; a remark above the product, and no condition of it"
        )
    guessed = sum(study.times.of_collection for study in studies)
    if guessed:
        yield Unmapped("time", f"{guessed} studies", "no time period is stated; the time is that of collection")
