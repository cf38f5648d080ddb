"""What a source of metadata states, whatever its format: the values that a format's reader makes and `drafting` writes.

A reader says no more than its source does. What it leaves empty stays unsaid in the catalogue.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from vkd_catalog.importers.object_types import UNIT, ObjectType
from vkd_catalog.importers.packages import NOT_STATED
from vkd_catalog.importers.report import Unmapped
from vkd_catalog.importers.undescribed import NOT_STATED_TIME


class Text(NamedTuple):
    """A text and its language as a BCP-47 tag; the tag is empty where the source does not say it."""

    text: str
    language: str


Texts = tuple[Text, ...]


class StatedValue(NamedTuple):
    """One value of a variable's own code list, and its labels."""

    value: str
    labels: Texts


class Variable(NamedTuple):
    """A variable of the source, which becomes a characteristic.

    `key` identifies it in the source; `group` is the key of the group that it stands in, if any. `notation` is the
    name of its column, `units` are the object types that it is defined for (none: any), `classifications` the keys of
    those whose classes are its values, `see_also` the keys of others, `derived_from` of those it is computed from.
    `code` is the whole code where the source states it.
    """

    key: str
    labels: Texts = ()
    group: str = ""
    notation: str = ""
    definitions: Texts = ()
    synonyms: Texts = ()
    values: Sequence[StatedValue] = ()
    missing: Sequence[str] = ()
    units: Sequence[ObjectType] = ()
    temporality: str = ""
    sensitive: str = ""
    measure: str = ""
    identifies: str = ""
    classifications: Sequence[str] = ()
    see_also: Sequence[str] = ()
    derived_from: Sequence[str] = ()
    code: str = ""


class Group(NamedTuple):
    """A group of variables, which becomes the concept above them; `above` is the key of the group that it stands in.

    `segment` is what its code ends in, else its key; `code` the whole code where the source states it.
    """

    key: str
    labels: Texts = ()
    above: str = ""
    definitions: Texts = ()
    segment: str = ""
    code: str = ""


class Class(NamedTuple):
    """A class of a classification: its code there, the code of the class above it, and the days it is valid on.

    `valid` are two days in eight digits, either empty where it is open or the classification's own.
    """

    code: str
    labels: Texts
    above: str = ""
    definitions: Texts = ()
    valid: tuple[str, str] = ("", "")


class Classification(NamedTuple):
    """A classification, or a version of the one whose key is `above`; its classes in an order that has those above
    first. `segment` is what its code ends in, else its key."""

    key: str
    labels: Texts
    above: str = ""
    segment: str = ""
    notation: str = ""
    definitions: Texts = ()
    valid: tuple[str, str] = ("", "")
    classes: Sequence[Class] = ()


class Remark(NamedTuple):
    """What is said of a set in a comment: the key of a text, and the facts that it has places for."""

    key: str
    facts: Mapping[str, str] = MappingProxyType({})


class Holding(NamedTuple):
    """A variable that a set holds, by its key; its units, times and register are the set's where it has none of its
    own."""

    variable: str
    unit: ObjectType | None = None
    times: Sequence[str] = ()
    register: str = ""


class DataSet(NamedTuple):
    """A set of the source, which becomes a product description.

    `register` is the key of the register that its sentences name, `unit` what it has records of, `times` what its
    variables have values for, as sentences write them. `technical` are keys of technical data with their values as
    plain text. Of `unit_ids` each is the keys of the variables that identify a unit together. A set without `holdings`
    is one whose source names no variables. `guesses` say what was concluded and is not stated, `remarks` what has no
    other place. Sets of one `file` stand in one file.
    """

    identification: str
    register: str
    file: str
    unit: ObjectType = UNIT
    times: Sequence[str] = (NOT_STATED_TIME,)
    titles: Texts = ()
    technical: Mapping[str, str] = MappingProxyType({})
    unit_ids: Sequence[Sequence[str]] = ()
    holdings: Sequence[Holding] = ()
    guesses: Sequence[Remark] = ()
    remarks: Sequence[Remark] = ()


class Register(NamedTuple):
    """What the sets of a source are drawn from: a population, a register, a study."""

    key: str
    labels: Texts
    definitions: Texts = ()


class Stated(NamedTuple):
    """All that a source states.

    `language` is the one that texts without a language are in where the source says it, else empty. `notes` are what
    the reader could not map.
    """

    name: str
    source: str
    language: str = ""
    version: str = NOT_STATED
    licence: str = NOT_STATED
    registers: Sequence[Register] = ()
    groups: Sequence[Group] = ()
    variables: Sequence[Variable] = ()
    classifications: Sequence[Classification] = ()
    sets: Sequence[DataSet] = ()
    notes: Sequence[Unmapped] = ()
