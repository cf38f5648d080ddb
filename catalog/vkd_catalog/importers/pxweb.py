"""Tables of the PxWeb API, versions 1 and 2, from the metadata that it answers with; nothing is fetched.

Files that describe one table in several languages, as version 2 gives them, become one product.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from vkd_catalog.importers.files import find, read_each
from vkd_catalog.importers.importer import Draft, Importer, Request
from vkd_catalog.importers.periods import period_of, times_in
from vkd_catalog.importers.pxweb_source import Metadata, Value, Variable, read_metadata
from vkd_catalog.importers.report import Unmapped
from vkd_catalog.importers.tables import Class, Dimension, Labels, Measure, Table, language_tag, workspace_of
from vkd_catalog.importers.telling import language_of
from vkd_grammar.technical import day_of

_TEMPORALITIES = {"stock": "status", "flow": "accumulated", "s": "status", "f": "accumulated"}


class _Said(NamedTuple):
    """A table's metadata in one language, as a BCP-47 tag; `is_guessed` says that the file does not name it."""

    said: Metadata
    file: str
    language: str
    is_guessed: bool


def _read(request: Request) -> Draft:
    found = find(request.source, ".json", ".px-json")
    notes: list[Unmapped] = []
    tables: dict[str, list[_Said]] = {}
    for path, said in read_each(request, found, read_metadata, notes):
        language = language_tag(said.language) if said.language else language_of(each.label for each in said.variables)
        one = _Said(said, found.name(path), language, not said.language)
        tables.setdefault(said.identification or _named_by(path), []).append(one)
    made = [_table(identification, group, notes) for identification, group in tables.items()]
    licences = dict.fromkeys(one.said.licence for group in tables.values() for one in group if one.said.licence)
    return Draft(
        workspace=workspace_of(
            made,
            name=Path(found.called).stem,
            source=found.called,
            licence=f"# Licence of the source\n\n{', '.join(licences) or 'The files state no licence.'}\n",
            archives={},
        ),
        source=f"PxWeb, {found.called}",
        version=max((one.said.updated for group in tables.values() for one in group), default="") or "not stated",
        licence=", ".join(licences) or "not stated in the files",
        unmapped=[*notes, *_notes(made, tables)],
    )


IMPORTER = Importer("pxweb", "tables of the PxWeb API, versions 1 and 2, from their metadata in JSON", _read)


def _named_by(path: Path) -> str:
    """Version 1 does not name its table: its file's name does, without a language at the end."""
    return re.sub(r"[._-](nb|no|nn|sv|da|en|fi)$", "", path.stem) or path.stem


def _table(identification: str, group: Sequence[_Said], notes: list[Unmapped]) -> Table:
    first, *others = group
    alike = [
        first,
        *(one for one in others if _codes(one.said) == _codes(first.said) and one.language != first.language),
    ]
    for one in others:
        if one not in alike:
            notes.append(
                Unmapped("file", one.file, f"says something else of {identification} than {first.file}; left out")
            )
    variables = list(zip(*(one.said.variables for one in alike), strict=True))
    languages = [one.language for one in alike]
    time = _time(first.said.variables)
    contents = next((one for one in first.said.variables if one.is_contents), None)
    in_languages = [(versions[0], dict(zip(languages, versions, strict=True))) for versions in variables]
    periods = [period_of(value.code) or period_of(value.label) for value in time.values] if time else []
    if lost := sum(not period for period in periods):
        notes.append(Unmapped("time", identification, f"{lost} periods that no time can say; left out"))
    guesses = (
        "import.guessed-time" if time and not time.is_time else "",
        "import.guessed-language" if first.is_guessed else "",
    )
    return Table(
        identification=identification,
        titles={one.language: _title(one.said) for one in alike if _title(one.said)},
        dimensions=[_dimension(versions) for one, versions in in_languages if one not in (time, contents)],
        measures=list(
            _measures(first.said, next((each for one, each in in_languages if one == contents), None), alike)
        ),
        times=times_in(period for period in periods if period),
        facts=_facts(first.said),
        comment=[*filter(None, (first.said.subject, *first.said.notes))],
        guesses=tuple(filter(None, guesses)),
        origin=", ".join(one.file for one in alike),
    )


def _title(said: Metadata) -> str:
    return said.title or said.contents


def _codes(said: Metadata) -> list[tuple[str, list[str]]]:
    return [(one.code, [value.code for value in one.values]) for one in said.variables]


def _time(variables: Sequence[Variable]) -> Variable | None:
    """The variable that is time, as the source says or all its values show."""
    stated = next((one for one in variables if one.is_time), None)
    shown = [one for one in variables if one.values and all(period_of(value.code) for value in one.values)]
    return stated or (shown[0] if len(shown) == 1 else None)


def _dimension(versions: Mapping[str, Variable]) -> Dimension:
    first = next(iter(versions.values()))
    return Dimension(
        first.code,
        {language: one.label for language, one in versions.items()},
        [
            Class(value.code, labels, value.above)
            for value, labels in _values(versions)
            if value.code != first.total or not first.total
        ],
    )


def _values(versions: Mapping[str, Variable]) -> Iterator[tuple[Value, Labels]]:
    for values in zip(*(one.values for one in versions.values()), strict=True):
        yield values[0], {language: one.label for language, one in zip(versions, values, strict=True)}


def _measures(said: Metadata, contents: Mapping[str, Variable] | None, alike: Sequence[_Said]) -> Iterator[Measure]:
    """What is measured: the values of the variable of contents; without one, what the table as a whole is about."""
    for value, labels in _values(contents) if contents else ():
        temporality = _TEMPORALITIES.get(value.measuring.casefold(), "")
        yield Measure(value.code, labels, value.unit or said.unit, temporality)
    if not contents:
        labels = {
            one.language: one.said.contents or one.said.title for one in alike if one.said.contents or one.said.title
        }
        yield Measure("", labels, said.unit)


def _facts(said: Metadata) -> Mapping[str, str]:
    day = said.updated[:10].replace("-", "")
    facts = {
        "form": "statbank",
        "data": said.data,
        "source": said.source,
        "contact": "; ".join(said.contacts),
        "licence": said.licence,
        "updated": day if day_of(day) else "",
    }
    return {key: text for key, text in facts.items() if text}


def _notes(made: Sequence[Table], tables: Mapping[str, Sequence[_Said]]) -> Iterator[Unmapped]:
    totals = sum(bool(variable.total) for group in tables.values() for variable in group[0].said.variables)
    if totals:
        yield Unmapped("value", f"{totals} values", "are the total over all others (elimination); no classes")
    undated = [one.identification for one in made if one.times == ["?"]]
    if undated:
        yield Unmapped("time", ", ".join(undated), "no variable of time, or none that can be read; the time is ?")
    whole = [one.identification for one in made if len(one.measures) == 1 and not one.measures[0].code]
    if whole:
        yield Unmapped("measure", ", ".join(whole), "no variable of contents; called as the table is")
    yield Unmapped("object type", f"{len(made)} tables", "PxWeb has no unit type; Unit aggregates, a guess")
    yield Unmapped("access", f"{len(made)} tables", "not stated in the files; left out")
