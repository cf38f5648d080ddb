"""What a description says beside its characteristics: object type, name, time. What the files do not say is guessed,
and why is told."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from vkd_catalog.agreement import goes_with
from vkd_catalog.describing.table import Column
from vkd_catalog.suggest import Suggester, loose
from vkd_catalog.vocabulary import Concept, Vocabularies
from vkd_catalog.vocabulary.concept import is_same_or_below

ObjectTypeWhy = Literal["given", "columns", "hint", "only", "first"]
NameWhy = Literal["given", "named", "near", "new", "only", "first"]
TimeWhy = Literal["given", "files", "column", "unstated"]

_HINTS: Mapping[str, re.Pattern[str]] = {
    unit: re.compile(rf"(?:^|[\W_])(?:{words})", re.IGNORECASE)
    for unit, words in {
        "enterprise": r"org(?:anisasjons)?_?n(?:umme)?r|foretak|f.retag|enterprise|company|cvr(?:nr)?(?![a-z])",
        "establishment": r"bedrift|arbetsst.lle|arbejdssted|virksomhed|establishment",
        "household": r"hushold|hush.ll|husstand|household|famil",
        "dwelling": r"bolig|bustad|bostad|dwelling|leilighet|lejlighed",
        "person": r"f.dsels?n|(?:fnr|pnr|cpr(?:nr)?)(?![a-z])|person|individ|patient|pasient|student|elev",
    }.items()
}
"""Words in names of columns and files that tell what kind of unit the rows are, by the unit of an object type."""

_YEAR_COLUMNS = {"ar", "year", "argang", "arstall", "arstal", "kalenderar", "referencear", "referansear", "period"}
"""What a column of years is called, loosely."""


class ObjectType(NamedTuple):
    """The object type of the rows, why it is taken for that, and the column or word that says so."""

    concept: Concept
    why: ObjectTypeWhy
    said: str = ""


class Name(NamedTuple):
    """The name of the set: a concept, or None and a new word; and why."""

    concept: Concept | None
    word: str
    why: NameWhy


class TimeSaid(NamedTuple):
    """The times of each sentence, why, and the column of years that is told by them."""

    times: tuple[str, ...]
    why: TimeWhy
    column: str = ""


def plural_object_types(vocabularies: Vocabularies) -> list[Concept]:
    """The object types that rows of data may be: individual and plural."""
    object_types = vocabularies.object_types
    return [object_types.concepts[code] for code in object_types.of_kind("individual", "plural")]


def object_type_for(
    vocabularies: Vocabularies, matched: Iterable[Concept], columns: Sequence[Column], about: str
) -> ObjectType | None:
    """The object type that most matched characteristics are defined for, else the one that names of columns or the
    file speak of, else the only or the first; None where there is none."""
    plurals = plural_object_types(vocabularies)
    if not plurals:
        return None
    votes = Counter(
        one.code
        for concept in matched
        for one in plurals
        if any(is_same_or_below(one.code, code) for code in concept.object_types)
    )
    if votes:
        best = max(plurals, key=lambda one: votes[one.code])
        return ObjectType(best, "columns")
    for said in (*(column.name for column in columns), about, *(column.label for column in columns)):
        unit = next((unit for unit, pattern in _HINTS.items() if pattern.search(said)), "")
        found = next((one for one in plurals if unit and one.unit == unit), None)
        if found:
            return ObjectType(found, "hint", said)
    return ObjectType(plurals[0], "only" if len(plurals) == 1 else "first")


def name_for(
    vocabularies: Vocabularies,
    suggester: Suggester,
    object_type: Concept,
    called: Sequence[str],
    *,
    adds: bool,
) -> Name | None:
    """The register that the set is of: that which goes by what the set is called, or nearly so; else a new one, where
    words may be added; else the only or the first. None where there is none."""
    registers = [
        one
        for code in vocabularies.names.of_kind("register")
        if goes_with(one := vocabularies.names.concepts[code], object_type, vocabularies.object_types)
    ]
    for word in filter(None, called):
        coded = vocabularies.names.coded(word)
        for one in registers:
            if one is coded or loose(word) in {loose(said) for said in one.words()}:
                return Name(one, one.code, "named")
    for word in filter(None, called):
        codes = {one.code for one in registers}
        near = next((one for one in suggester.near(word) if not one.part and one.concept.code in codes), None)
        if near:
            return Name(near.concept, near.word, "near")
    if adds and (word := next(filter(None, called), "")):
        return Name(None, word, "new")
    if registers:
        return Name(registers[0], registers[0].code, "only" if len(registers) == 1 else "first")
    return None


def time_column(columns: Iterable[Column]) -> Column | None:
    """The column that holds the year of each row; None where there is none."""
    return next((one for one in columns if one.years and _is_year_column(one)), None)


def times_in(column: Column) -> tuple[str, ...]:
    """The years that a column of years holds, as series: one for each stretch without a gap."""
    runs: list[list[int]] = []
    for year in map(int, column.years):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return tuple(f"{run[0]:04}..{run[-1]:04}:A" if len(run) > 1 else f"{run[0]:04}" for run in runs)


def _is_year_column(column: Column) -> bool:
    return any(word in _YEAR_COLUMNS for said in (column.name, column.label) for word in loose(said).split("_"))
