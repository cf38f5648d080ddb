"""Tables in PX files, what PC-Axis and PxWeb read: what a file says of its table, not its figures.

A file says no unit type, so that is left to people; which variable is time it mostly says (TIMEVAL), else it shows.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from vkd_catalog.importers.files import Found, find, read_each
from vkd_catalog.importers.importer import Draft, Importer, Request
from vkd_catalog.importers.periods import all_of, period_counted, period_of, times_in
from vkd_catalog.importers.px_source import Head, read_head, time_list
from vkd_catalog.importers.report import ImportSourceError, Unmapped
from vkd_catalog.importers.tables import Class, Dimension, Labels, Measure, Table, language_tag, workspace_of
from vkd_grammar.technical import day_of

_ARCHIVE = "px"
_MOST_SHOWN = 20
_TEMPORALITIES = {"S": "status", "F": "accumulated"}
_READ = frozenset(
    [
        "AXIS-VERSION",
        "CHARSET",
        "CODEPAGE",
        "LANGUAGE",
        "LANGUAGES",
        "CREATION-DATE",
        "TITLE",
        "CONTENTS",
        "STUB",
        "HEADING",
        "CONTVARIABLE",
        "VALUES",
        "CODES",
        "VARIABLECODE",
        "VARIABLE-TYPE",
        "TIMEVAL",
        "ELIMINATION",
        "UNITS",
        "STOCKFA",
        "LAST-UPDATED",
        "SOURCE",
        "CONTACT",
        "NOTE",
        "NOTEX",
        "MATRIX",
        "TABLEID",
        "DESCRIPTION",
        "DATABASE",
        "SUBJECT-AREA",
        "SURVEY",
        "REFPERIOD",
    ]
)
_WHY_NOT = {
    "COPYRIGHT": "says whether there is a copyright, and no licence",
    "DOMAIN": "names a list in the producer's own database",
    "MAP": "names a map in the producer's own database",
    "META-ID": "an identifier in another system; a vocabulary has no place for it",
    "PRECISION": "how figures are shown",
    "DECIMALS": "how figures are shown",
    "SHOWDECIMALS": "how figures are shown",
    "PRESTEXT": "how values are shown",
    "VALUENOTE": "a note on one value; a vocabulary has no place for it",
    "CELLNOTE": "a note on single figures",
    "DAYADJ": "whether figures are adjusted for working days; a vocabulary has no place for it",
    "SEASADJ": "whether figures are adjusted for season; a vocabulary has no place for it",
    "CFPRICES": "current or fixed prices; a vocabulary has no place for it",
    **dict.fromkeys((f"DATASYMBOL{sign}" for sign in (*range(1, 7), "SUM", "NIL")), "how missing figures are shown"),
    "DATANOTESUM": "how a note on figures is shown",
    "DATANOTECELL": "a note on single figures",
    "DATANOTE": "a note on single figures",
    "VALUENOTEX": "a note on one value; a vocabulary has no place for it",
    "AGGREGALLOWED": "whether figures may be added up; a vocabulary has no place for it",
    "INFOFILE": "a page of the producer's own database",
    "SUBJECT-CODE": "the subject area is in the comment above the description",
    "DESCRIPTIONDEFAULT": "which of two titles is shown",
    "OFFICIAL-STATISTICS": "whether it is official; a description has no key for it",
    "NEXT-UPDATE": "when figures come; a description has no key for it",
    "UPDATE-FREQUENCY": "how often figures come; a description has no key for it",
    "BASEPERIOD": "the base period of an index; a vocabulary has no place for it",
}


class _Read(NamedTuple):
    """A file's table, which values of it are totals, and the periods that could not be read."""

    table: Table
    totals: tuple[str, ...]
    unread: tuple[str, ...]


def _read(request: Request) -> Draft:
    found = find(request.source, ".px")
    notes: list[Unmapped] = []
    heads = list(read_each(request, found, read_head, notes))
    taken: set[str] = set()
    read = [_table(found, file, head, taken, notes) for file, head in heads]
    named = next((head.text("DATABASE").strip() for _, head in heads if head.text("DATABASE")), "")
    return Draft(
        workspace=workspace_of(
            [one.table for one in read],
            name=named or Path(found.called).stem,
            source=found.called,
            licence=_licence([head for _, head in heads]),
            archives={_ARCHIVE: found.folder},
        ),
        source=f"PX files, {found.called}",
        version=max((head.text("CREATION-DATE") for _, head in heads), default="") or "not stated",
        licence="not stated in the files",
        unmapped=[*notes, *_notes(read), *_keyword_notes([head for _, head in heads])],
    )


IMPORTER = Importer("px", "tables in PX files (PC-Axis, PxWeb)", _read)


def _table(found: Found, file: Path, head: Head, taken: set[str], notes: list[Unmapped]) -> _Read:
    variables = [*head.texts("STUB"), *head.texts("HEADING")]
    if not variables:
        raise ImportSourceError(file, "states no variables: neither STUB nor HEADING")
    contents = head.text("CONTVARIABLE")
    time = _time_variable(head, variables)
    periods = [] if time is None else _periods(head, time)
    unread = () if time is None else tuple(said for said, period in periods if not period)
    broken = [name for name in variables if name not in (time, contents)]
    dimensions = [_dimension(head, variables, name) for name in broken]
    identification = _identification(head, file, taken, notes)
    return _Read(
        Table(
            identification=identification,
            titles=_titles(head),
            dimensions=dimensions,
            measures=list(_measures(head, variables, contents)),
            times=times_in(period for _, period in periods if period),
            facts=_facts(head, found.name(file)),
            comment=list(_comment(head)),
            guesses=("import.guessed-time",) if time and time_list(head, time) is None else (),
            origin=found.name(file),
        ),
        tuple(f"{total} of {name}" for name in broken if (total := _total(head, name))),
        unread,
    )


def _identification(head: Head, file: Path, taken: set[str], notes: list[Unmapped]) -> str:
    """What the file calls its table, or the file itself is called where another table has that name already."""
    named = head.text("TABLEID") or head.text("MATRIX") or file.stem
    chosen = named if named not in taken else next(name for name in _names(file.stem) if name not in taken)
    if chosen != named:
        notes.append(Unmapped("identification", f"{named} of {file.name}", f"another table's too; called {chosen}"))
    taken.add(chosen)
    return chosen


def _names(stem: str) -> Iterator[str]:
    yield stem
    number = 2
    while True:
        yield f"{stem}-{number}"
        number += 1


def _titles(head: Head) -> Labels:
    """The title in each language; where there is none, what the table is described as or contains."""
    found = {language: _first(head, language, "TITLE", "DESCRIPTION", "CONTENTS") for language in head.languages}
    return {_tag(language): " ".join(text.split()) for language, text in found.items() if text}


def _first(head: Head, language: str, *keys: str) -> str:
    return next((text for key in keys if (text := head.text(key, language))), "")


def _tag(language: str) -> str:
    """A file without LANGUAGE is in English as far as anyone can tell."""
    return language_tag(language or "en")


# Variables: what the table is broken down by, what it measures, and time.


def _in_languages(head: Head, variables: Sequence[str], name: str) -> Mapping[str, str]:
    """What a variable is called in each language of the file: its place among all variables tells."""
    place = variables.index(name)
    return {
        language: called for language in head.languages if (called := _called(head, language, place, len(variables)))
    }


def _called(head: Head, language: str, place: int, count: int) -> str:
    names = [*head.texts("STUB", language), *head.texts("HEADING", language)]
    return names[place] if len(names) == count else ""


def _dimension(head: Head, variables: Sequence[str], name: str) -> Dimension:
    called = _in_languages(head, variables, name)
    total = _total(head, name)
    classes = [one for one in _values(head, called) if not total or total not in (*one.labels.values(), one.code)]
    labels = {_tag(language): text for language, text in called.items()}
    return Dimension(head.text("VARIABLECODE", "", name) or name, labels, classes)


def _total(head: Head, name: str) -> str:
    """The value of a variable that stands for all others; empty where the file names none of its values so."""
    total = head.text("ELIMINATION", "", name)
    return total if total in (*head.texts("VALUES", "", name), *head.texts("CODES", "", name)) else ""


def _values(head: Head, called: Mapping[str, str]) -> Iterator[Class]:
    """The values of a variable with their words in each language; one without a code has its word for it."""
    first = next(iter(called.values()))
    codes = head.texts("CODES", "", first)
    said = {language: head.texts("VALUES", language, name) for language, name in called.items()}
    counted = len(next(iter(said.values())) or codes)
    for place in range(counted):
        labels = {_tag(language): texts[place] for language, texts in said.items() if len(texts) == counted}
        code = codes[place] if len(codes) == counted and codes[place] != "null" else ""
        yield Class(code or next(iter(labels.values()), ""), labels)


def _measures(head: Head, variables: Sequence[str], contents: str) -> Iterator[Measure]:
    if contents not in variables:
        labels = {_tag(language): text for language in head.languages if (text := head.text("CONTENTS", language))}
        yield Measure("", labels, head.text("UNITS"), _TEMPORALITIES.get(head.text("STOCKFA"), ""))
        return
    for one in _values(head, _in_languages(head, variables, contents)):
        word = next(iter(one.labels.values()), "")
        stock = head.text("STOCKFA", "", word) or head.text("STOCKFA")
        unit = head.text("UNITS", "", word) or head.text("UNITS")
        yield Measure(one.code if one.code != word else "", one.labels, unit, _TEMPORALITIES.get(stock, ""))


def _time_variable(head: Head, variables: Sequence[str]) -> str | None:
    """The variable that is time as the file says, or the only one all of whose values are periods; None without one."""
    stated = [
        name for name in variables if time_list(head, name) or head.text("VARIABLE-TYPE", "", name).upper() == "T"
    ]
    shown = [name for name in variables if (values := head.texts("VALUES", "", name)) and all(map(period_of, values))]
    return stated[0] if stated else shown[0] if len(shown) == 1 else None


def _periods(head: Head, time: str) -> list[tuple[str, str]]:
    """Each period as the file has it, and as a time field does; empty there where it cannot be told."""
    said = head.texts("VALUES", "", time) or head.texts("CODES", "", time)
    listed = time_list(head, time)
    if listed and listed.ends:
        first, last = (period_counted(end, listed.unit) for end in listed.ends)
        counted = list(all_of(first, last))
        return [(one, one) for one in counted] if counted else [(text, period_of(text)) for text in said]
    if listed and listed.periods:
        return [(text, period_counted(text, listed.unit) or period_of(text)) for text in listed.periods]
    return [(text, period_of(text)) for text in said]


# What is said of the table as a whole.


def _facts(head: Head, name: str) -> Mapping[str, str]:
    days = [one.texts[0][:8] for one in head.all_of("LAST-UPDATED") if one.texts]
    facts = {
        "form": "px",
        "data": f"{_ARCHIVE}:{name}",
        "source": head.text("SOURCE"),
        "contact": _contact(head),
        "updated": max((day for day in days if day_of(day)), default=""),
    }
    return {key: text for key, text in facts.items() if text}


def _contact(head: Head) -> str:
    said = [part for one in head.all_of("CONTACT") for part in " ".join(one.texts).replace("|", "#").split("#")]
    return ", ".join(dict.fromkeys(part.strip() for part in said if part.strip()))


def _comment(head: Head) -> Iterator[str]:
    yield from filter(None, (head.text("SUBJECT-AREA"), *head.texts("SURVEY"), *head.texts("REFPERIOD")))
    for key in ("NOTE", "NOTEX"):
        for one in head.all_of(key):
            about = f"{': '.join(one.argument)}: " if one.argument else ""
            yield from (f"{about}{text.strip()}" for text in " ".join(one.texts).split("#") if text.strip())


def _licence(heads: Sequence[Head]) -> str:
    sources = dict.fromkeys(" ".join(head.text("SOURCE").split()) for head in heads)
    named = ", ".join(filter(None, sources)) or "not stated"
    return f"# Licence of the source\n\nThe files state no licence. Source: {named}.\n"


def _notes(read: Sequence[_Read]) -> Iterator[Unmapped]:
    totals = dict.fromkeys(total for one in read for total in one.totals)
    if totals:
        shown = ", ".join(list(totals)[:_MOST_SHOWN]) + (", …" if len(totals) > _MOST_SHOWN else "")
        yield Unmapped("value", shown, "the total over all others (ELIMINATION), no class of them")
    for one in read:
        if one.unread:
            shown = ", ".join(one.unread[:3])
            why = f"{len(one.unread)} periods that no time can say, as {shown}; left out"
            yield Unmapped("time", one.table.identification, why)
    undated = [one.table.identification for one in read if one.table.times == ["?"]]
    if undated:
        yield Unmapped("time", ", ".join(undated), "no variable of time, or none that can be read; the time is ?")
    yield Unmapped("object type", f"{len(read)} tables", "PX has no unit type; Unit aggregates, a guess")
    yield Unmapped("access, licence", f"{len(read)} tables", "not stated in the files; left out")
    yield Unmapped("sensitivity, definition", "all measures", "not stated in the files; left empty")


def _keyword_notes(heads: Sequence[Head]) -> Iterator[Unmapped]:
    counts = Counter(key for head in heads for key in {one.key for one in head.statements} - _READ)
    for key, count in sorted(counts.items()):
        yield Unmapped(
            "keyword", f"{key} ({count} of {len(heads)} files)", _WHY_NOT.get(key, "not known to this importer")
        )
