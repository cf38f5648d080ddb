"""DDI-Codebook, versions 1.2 to 2.6 (DDI Alliance): studies with their files, variables, groups and categories.

A study becomes a product, or one for each of its files; its series a collection. The variables of a series that have
the same name, labels and categories are one characteristic, others one in each study.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from textwrap import shorten
from typing import NamedTuple

from vkd_catalog.importers.ddi_elements import OWN
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
    Texts,
    Variable,
)
from vkd_grammar.words import fold

_LONGEST_REMARK = 300


class _Placed(NamedTuple):
    """A study and the key of its scope: its series, else itself; of each of its variables the keys of its
    characteristic, of the group that this stands in (empty where its code says it), and of the register that its
    sentences name; `register` is that of the study."""

    study: Study
    scope: str
    keys: Sequence[str]
    groups: Sequence[str]
    registers: Sequence[str]
    register: str


class _Held(NamedTuple):
    """A variable of a study, the key of its characteristic and that of the register that its sentences name."""

    read: Read
    key: str
    register: str


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
        register = _own_key(study.names) or scope
        registers = [_own_key(read.own.get("name", ())) or register for read in study.variables]
        placed.append(_Placed(study, scope, keys, list(_group_keys(study, scope)), registers, register))
    return placed, found


def _key(read: Read, scope: str, found: dict[str, Read]) -> str:
    """The key of a variable's characteristic: that of one that is like it in the scope, else a new one.

    One that vkd exported is the same wherever its code is.
    """
    if code := read.said("code"):
        found.setdefault(_code_key(code), read)
        return _code_key(code)
    plain = key = f"{scope}/{read.name}"
    number = 1
    while key in found and not found[key].is_like(read):
        number += 1
        key = f"{plain}/{number}"
    found.setdefault(key, read)
    return key


def _code_key(code: str) -> str:
    return f"{OWN}/{code}"


def _own_key(names: Sequence[Text]) -> str:
    """The key of a register that vkd's exporter names; empty where it names none."""
    return f"{OWN} {names[0].text}" if names else ""


# Vocabularies.


def _registers(placed: Sequence[_Placed]) -> Iterator[Register]:
    found: dict[str, Register] = {}
    for one in placed:
        for read in one.study.variables:
            names = tuple(read.own.get("name", ())) or one.study.names
            found.setdefault(_own_key(names) or one.scope, _register(one, names))
        if not one.study.variables:
            found.setdefault(one.register, _register(one, one.study.names))
    yield from found.values()


def _register(one: _Placed, names: Texts) -> Register:
    """The register that a study's sentences name: the one that vkd's exporter says, else its series, else itself."""
    study = one.study
    labels = names or study.series or study.titles or (Text(study.identification, ""),)
    return Register(_own_key(names) or one.scope, labels, study.series_abstracts if study.series else study.abstracts)


def _groups(placed: Sequence[_Placed]) -> Iterator[Group]:
    """The concept above all variables of a scope, and those of the groups that its studies make of them."""
    seen = {_code_key(""), ""}
    for one in placed:
        if one.scope not in seen and any(one.groups):
            seen.add(one.scope)
            yield Group(one.scope, _register(one, ()).labels)
    for one in placed:
        yield from _own_groups(one, seen)
        above = {child: group.identifier for group in one.study.groups for child in group.groups}
        for group in one.study.groups:
            key = _group_key(one.scope, group.identifier)
            if key not in seen and not group.code:
                seen.add(key)
                outer = _group_key(one.scope, above[group.identifier]) if group.identifier in above else one.scope
                yield Group(
                    key, group.labels or (Text(group.identifier, ""),), outer, group.definitions, group.identifier
                )
        for read, key in zip(one.study.variables, one.groups, strict=True):
            if key not in seen and key != one.scope:
                seen.add(key)
                yield Group(key, read.topic, one.scope, (), read.topic[0].text)


def _own_groups(one: _Placed, seen: set[str]) -> Iterator[Group]:
    """The concepts above characteristics that vkd exported."""
    for group in one.study.groups:
        key = _code_key(group.code)
        if key not in seen:
            seen.add(key)
            yield Group(key, group.labels, "", group.definitions, code=group.code)


def _group_key(scope: str, identifier: str) -> str:
    return f"{scope}/{identifier}"


def _group_keys(study: Study, scope: str) -> Iterator[str]:
    """The key of the group that each variable stands in: the first that names it, else its topic, else its scope."""
    named = {name: group.identifier for group in reversed(study.groups) for name in group.variables}
    for read in study.variables:
        group = named.get(read.identifier) or named.get(read.name) or (read.topic[0].text if read.topic else "")
        yield "" if read.said("code") else _group_key(scope, group) if group else scope


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
                read.synonyms,
                values=read.values,
                missing=read.missing,
                classifications=[_classification_key(text) for text in read.standard],
                derived_from=[keys[source] for source in read.sources if source in keys],
                temporality=read.said("temporality"),
                measure=read.measure,
                sensitive=read.said("sensitive"),
                identifies=read.said("identifies"),
                code=read.said("code"),
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
    held = [_Held(*each) for each in zip(one.study.variables, one.keys, one.registers, strict=True)]
    if len({file.identifier for file in files}) < 2:
        yield _set(one, held, None)
        return
    for file in files:
        yield _set(one, [each for each in held if file.identifier in each.read.files], file)


def _set(one: _Placed, held: Sequence[_Held], file: File | None) -> DataSet:
    study = one.study
    known = [file] if file else study.files
    keys = {each.read.identifier or each.read.name: each.key for each in held}
    name = f"{study.identification} {file.name or file.identifier}" if file else study.identification
    technical = {
        **study.technical,
        **({"collection": study.series[0].text} if study.series else {}),
        "form": file.type if file else study.technical.get("form", ""),
        "data": study.technical.get("data") or next((each.address for each in known if each.address), ""),
    }
    return DataSet(
        identification=name,
        register=one.register,
        file=study.path.stem,
        unit=study.unit or UNIT,
        times=study.times.times,
        titles=study.titles,
        technical={key: value for key, value in technical.items() if value},
        unit_ids=[
            [keys[key] for key in record] for each in known[:1] for record in each.keys if set(record) <= set(keys)
        ],
        holdings=[
            Holding(each.key, each.read.unit, [text.text for text in each.read.own.get("time", ())], each.register)
            for each in held
        ],
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
    if study.excluded:
        yield Remark("import.excluded", {"said": shorten(study.excluded, _LONGEST_REMARK)})
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
