"""The variables of a DDI-Codebook study: labels, questions, categories, and what no characteristic has a place for."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from vkd_catalog.importers.ddi_elements import Spoken, own_notes, unit_in
from vkd_catalog.importers.object_types import ObjectType
from vkd_catalog.importers.stated import StatedValue, Text, Texts

_ALTERNATIVE = "alternative"
"""The level of a label that is a synonym, as vkd's exporter writes it."""

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
    synonyms: Texts
    definitions: Texts
    values: Sequence[StatedValue]
    missing: Sequence[str]
    standard: Texts
    topic: Texts
    sources: Sequence[str]
    unit: ObjectType | None
    measure: str
    own: Mapping[str, Sequence[Text]]
    lacking: Sequence[str]

    def is_like(self, other: "Read") -> bool:
        """Whether it is the same variable in another study: name, labels, definitions and code list agree."""
        return self._identity() == other._identity()

    def said(self, kind: str) -> str:
        """What vkd's exporter says of it in a note of this type; empty where it says nothing."""
        return next((one.text for one in self.own.get(kind, ())), "")

    def _identity(self) -> tuple[object, ...]:
        return self.labels, self.definitions, self.values, self.missing


def variable_of(said: Spoken) -> Read:
    """What a `var` element says."""
    attributes = said.element.attributes
    categories = list(said.below("catgry"))
    own = own_notes(said)
    definitions = said.texts("txt")
    return Read(
        name=_name(said, exported="code" in own),
        identifier=attributes.get("ID", "").strip(),
        files=attributes.get("files", "").split(),
        labels=_labels(said, alternative=False),
        synonyms=_labels(said, alternative=True),
        definitions=definitions or said.texts("qstn", "qstnLit") or said.texts("qstn"),
        values=tuple(value for value in map(_value, categories) if value.value and (value.labels or own)),
        missing=tuple(dict.fromkeys(_missing(said, categories))),
        standard=said.texts("stdCatgry"),
        topic=said.texts("concept"),
        sources=tuple(one for each in said.element.children("derivation") for one in _references(each.attributes)),
        unit=unit_in(said, "anlysUnit"),
        measure=attributes.get("measUnit", "").strip(),
        own=own,
        lacking=tuple(_lacking(said, categories)),
    )


def _name(said: Spoken, *, exported: bool) -> str:
    """What the variable's column is called; where vkd exported it, nothing if that is but its identifier."""
    name, identifier = (said.element.attributes.get(key, "").strip() for key in ("name", "ID"))
    if exported:
        return "" if name == identifier else name
    return name or identifier or said.text("labl")


def _labels(said: Spoken, *, alternative: bool) -> Texts:
    """The labels of a variable, its synonyms apart."""
    found = (one for one in said.below("labl") if (one.element.attributes.get("level") == _ALTERNATIVE) is alternative)
    return tuple(Text(text, one.language) for one in found if (text := one.element.whole_text()))


def _references(attributes: Mapping[str, str]) -> Sequence[str]:
    return attributes.get("var", "").split()


def _value(category: Spoken) -> StatedValue:
    """A category as a value of the code list; where it has no label, as in counts of numbers, it is none."""
    return StatedValue(category.text("catValu"), category.texts("labl"))


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
    if counts["notes"] > sum(map(len, own_notes(said).values())):
        yield "notes"
