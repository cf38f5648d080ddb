"""The facts behind each message about the meaning of a description, or about a vocabulary.

Each class here is the `facts` of the problems of the VKD codes it names (docs/language.md section 8). Fields called
`code` or `codes` hold codes of concepts in the vocabularies.
"""

from typing import Literal, NamedTuple

from vkd_catalog.vocabulary_names import VocabularyName


class UnknownWord(NamedTuple):
    """VKD101: a word that its vocabulary does not have.

    Where the vocabulary's file could not be read, `unread` is its path and `row` where the reason stands in it.
    """

    word: str
    vocabulary: VocabularyName
    unread: str = ""
    row: int = 0


class WordElsewhere(NamedTuple):
    """VKD102: a word of other vocabularies than the field's own."""

    word: str
    vocabulary: VocabularyName
    elsewhere: tuple[VocabularyName, ...]


class AmbiguousWord(NamedTuple):
    """VKD103: a word, and the codes of the concepts that it names."""

    word: str
    vocabulary: VocabularyName
    codes: tuple[str, ...]


class UnknownCode(NamedTuple):
    """VKD104: a code that its vocabulary does not have."""

    code: str
    vocabulary: VocabularyName


class WordBesideCode(NamedTuple):
    """VKD105: a word, the code beside it, and the codes of what the word names instead."""

    word: str
    code: str
    vocabulary: VocabularyName
    codes: tuple[str, ...]


class FieldsDisagree(NamedTuple):
    """VKD201: why the fields of a line do not agree.

    `form` is the object type's kind and number, `had` the kind of concept in the name or characteristic. `kinds` are
    the kinds that would agree, `defined` the object types that a name is defined for.
    """

    reason: Literal["name-kind", "population", "name-object-types", "characteristic-kind"]
    object_type: str
    form: tuple[str, str]
    had: str
    name: str = ""
    characteristic: str = ""
    kinds: tuple[str, ...] = ()
    defined: tuple[str, ...] = ()


class SingularClassified(NamedTuple):
    """VKD202: a singular aggregate, and the classification that stands beside it."""

    object_type: str
    name: str


class NotDefinedFor(NamedTuple):
    """VKD203: a characteristic, the object type it stands with, and those that it is defined for."""

    object_type: str
    characteristic: str
    defined: tuple[str, ...]


class WrongTime(NamedTuple):
    """VKD301 and VKD302: a field that is no valid time, as it is written, and why it is not.

    `open` and `not-stated` are series without a first or last day and `?`, which only a product may say; `no-period` is
    a series whose interval is too short for its step.
    """

    reason: Literal["shape", "date", "order", "open", "not-stated", "no-period"]
    word: str


class WrongEntry(NamedTuple):
    """VKD402: what is wrong with an entry of the technical data; `known` are the values of a key that has but few."""

    reason: Literal["unknown", "other-kind", "twice", "no-value", "value"]
    key: str
    value: str = ""
    known: tuple[str, ...] = ()


class CodeTwice(NamedTuple):
    """VKD601: a code, and where it stands first: a file, and a row from 0."""

    code: str
    path: str
    row: int


class SharedWord(NamedTuple):
    """VKD602: a word, and the codes of the concepts that it names."""

    word: str
    codes: tuple[str, ...]


class NoneAbove(NamedTuple):
    """VKD603: a concept's code, and the code above it that no concept has."""

    code: str
    above: str


class UnreadableTable(NamedTuple):
    """VKD604: why a vocabulary's file, or a row, column or cell of it, cannot be read.

    `why` is that of a file that cannot be opened (`files.Reason`), `encoding` what its bytes seem to be. A row has so
    many `cells` where `expected` are needed; `rows` of them are separated by `other` instead of `separator`. A time
    goes from `start` to `end`. `known` are the values that a column takes; `header` is the row of the columns' names.
    """

    reason: Literal[
        "file",
        "workbook",
        "not-text",
        "utf-8",
        "letters",
        "preamble",
        "header-again",
        "column-missing",
        "column-twice",
        "cells",
        "separators",
        "long",
        "quote",
        "code",
        "code-list",
        "character",
        "value",
        "day",
        "order",
    ]
    column: str = ""
    value: str = ""
    known: tuple[str, ...] = ()
    cells: int = 0
    expected: int = 0
    rows: int = 0
    separator: str = ""
    other: str = ""
    start: int = 0
    end: int = 0
    why: str = ""
    encoding: str = ""
    header: int = 0
    longest: int = 0
    character: str = ""


class MissingCode(NamedTuple):
    """VKD605: a code that a column names, and the vocabulary that does not have it."""

    code: str
    column: str
    vocabulary: VocabularyName


class MissingProduct(NamedTuple):
    """VKD605: an identification that a column names, and no product has."""

    identification: str
    column: str


class DerivedFromItself(NamedTuple):
    """VKD606: a characteristic that is derived from itself, and the codes of the characteristics in that circle."""

    code: str
    way: tuple[str, ...]


class UnknownColumn(NamedTuple):
    """VKD607: a column, empty where it has no name, and those of the vocabulary that the file does not have."""

    column: str
    free: tuple[str, ...] = ()


class UnreadableMapping(NamedTuple):
    """VKD608: why a mapping, or a file of them, cannot be read.

    `value` is the cell's text, or the column that is missing; `why` is that of a file that cannot be opened
    (`files.Reason`).
    """

    reason: Literal["file", "workbook", "not-text", "column", "predicate", "id", "vocabulary"]
    value: str = ""
    why: str = ""


class WrongDocumentation(NamedTuple):
    """VKD801: why a documentation cannot be found by what a product's `doc` says.

    `value` is the id, or for a file that is `unread` why (`files.Reason`); `path` and `row` are where another
    documentation has the id. `unnamed` is a `doc` that no documentation goes by.
    """

    reason: Literal["no-head", "open-head", "no-id", "address", "twice", "unread", "unnamed"]
    value: str = ""
    path: str = ""
    row: int = 0


class LacksParts(NamedTuple):
    """VKD802: the parts of the model that a documentation lacks, by their names in `documents.PARTS`, and whether it
    has a title."""

    parts: tuple[str, ...]
    has_title: bool


class MissingColumn(NamedTuple):
    """VKD701: a column that a sentence needs and files lack.

    `word` is what the sentence calls it, `is_class` says that it would hold the classes of a name; `files` of `all`
    lack it, the first of them called `file`. `near` are columns of that file that no sentence describes.
    """

    word: str
    is_class: bool
    file: str
    files: int
    all: int
    near: tuple[str, ...] = ()


class UndescribedColumns(NamedTuple):
    """VKD702: the columns that no sentence describes, and a file that has them."""

    columns: tuple[str, ...]
    file: str


class StrangeValues(NamedTuple):
    """VKD703: a column, in how many `rows` a value stands that neither the code list nor the classification has, how
    many such values there are, and the first three."""

    column: str
    rows: int
    values: int
    first: tuple[str, ...]


class FaultyUnitIds(NamedTuple):
    """VKD704: the words of what is to identify each unit, and what is wrong with it: no such column in a file, no value
    in some rows, or the same in several. Values are not told, since they are those of units."""

    reason: Literal["column", "absent", "repeated"]
    words: tuple[str, ...]
    rows: int = 0
    file: str = ""


class TimesOutside(NamedTuple):
    """VKD705: dates or periods outside the stated time, and the first and the last of them.

    `column` holds them, in so many `rows`; it is empty where they are the periods of `rows` files. `unread` says that
    the cells are no times at all.
    """

    column: str
    rows: int
    first: str
    last: str
    unread: bool = False


class UnreadableData(NamedTuple):
    """VKD706: a file that cannot be read as its form says: why, in which row from 1 (0 where no row is to blame), and
    how many cells the row should have and has."""

    reason: str
    file: str
    form: str
    row: int = 0
    expected: int = 0
    found: int = 0
