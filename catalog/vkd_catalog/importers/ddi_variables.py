"""The variables of a DDI-Codebook study: labels, questions, categories, and what no characteristic has a place for."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from vkd_catalog.importers.ddi_elements import Spoken
from vkd_catalog.importers.object_types import ObjectType
from vkd_catalog.importers.stated import StatedValue, Texts
from vkd_catalog.importers.units import unit_called

OWN_NOTE = "vkd"
"""The subject of the notes in which vkd's exporter writes what DDI-Codebook has no element for."""

_MISSING = ("Y", "y", "yes", "true")


class Read(NamedTuple):
    """One variable as its study states it.

    `identifier` is what others of the file refer to it by, `files` the identifiers of the files that it is in,
    `sources` those of the variables it is derived from. `own` are the notes of vkd's exporter by their type; `lacking`
    are kinds of what a characteristic has no place for, `topic` is what the variable pertains to.
    """

    name: str
    identifier: str
    files: Sequence[str]
    labels: Texts
    definitions: Texts
    values: Sequence[StatedValue]
    missing: Sequence[str]
    standard: Texts
    topic: Texts
    sources: Sequence[str]
    unit: ObjectType | None
    own: Mapping[str, str]
    lacking: Sequence[str]

    def is_like(self, other: "Read") -> bool:
        """Whether it is the same variable in another study: name, labels, definitions and code list agree."""
        return (self.labels, self.definitions, self.values, self.missing) == (
            other.labels,
            other.definitions,
            other.values,
            other.missing,
        )


def variable_of(said: Spoken) -> Read:
    """What a `var` element says."""
    attributes = said.element.attributes
    categories = list(said.below("catgry"))
    own = dict(_own_notes(said))
    definitions = said.texts("txt")
    name = attributes.get("name", "").strip() or attributes.get("ID", "").strip() or said.text("labl")
    return Read(
        name=name,
        identifier=attributes.get("ID", "").strip(),
        files=attributes.get("files", "").split(),
        labels=said.texts("labl"),
        definitions=definitions or said.texts("qstn", "qstnLit") or said.texts("qstn"),
        values=tuple(value for value in map(_value, categories) if value),
        missing=tuple(dict.fromkeys(_missing(said, categories))),
        standard=said.texts("stdCatgry"),
        topic=said.texts("concept"),
        sources=tuple(one for each in said.element.children("derivation") for one in _references(each.attributes)),
        unit=unit_called(*(one.text for one in said.texts("anlysUnit"))),
        own=own,
        lacking=tuple(_lacking(said, categories)),
    )


def _own_notes(said: Spoken) -> Iterator[tuple[str, str]]:
    for note in said.element.children("notes"):
        if note.attributes.get("subject") == OWN_NOTE:
            yield note.attributes.get("type", ""), note.whole_text()


def _references(attributes: Mapping[str, str]) -> Sequence[str]:
    return attributes.get("var", "").split()


def _value(category: Spoken) -> StatedValue | None:
    """A category as a value of the code list; None where it has no value or, as in counts of numbers, no label."""
    value, labels = category.text("catValu"), category.texts("labl")
    return StatedValue(value, labels) if value and labels else None


def _missing(said: Spoken, categories: Sequence[Spoken]) -> Iterator[str]:
    for category in categories:
        if category.element.attributes.get("missing") in _MISSING and category.text("catValu"):
            yield category.text("catValu")
    for item in said.below("invalrng", "item"):
        yield from filter(None, [item.element.attributes.get("VALUE", "").strip()])


def _lacking(said: Spoken, categories: Sequence[Spoken]) -> Iterator[str]:
    counts = Counter(one.name for one in said.element.children())
    for element in ("sumStat", "valrng", "universe", "security", "imputation", "codInstr", "catgryGrp"):
        if counts[element]:
            yield element
    if any(said.below("invalrng", "range")):
        yield "invalrng/range"
    if any(not category.text("catValu") for category in categories):
        yield "catgry without catValu"
    if said.texts("txt") and said.texts("qstn"):
        yield "qstn beside txt"
    if counts["notes"] > len(dict(_own_notes(said))):
        yield "notes"
