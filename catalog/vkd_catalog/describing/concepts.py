"""New rows of vocabularies: a characteristic for a column that a label says and no word does, a register for a set; and
the values and missing codes that a characteristic that is there lacks."""

from collections.abc import Container, Mapping
from typing import NamedTuple

from vkd_catalog.describing.code_lists import says_nothing
from vkd_catalog.describing.table import Column
from vkd_catalog.describing.texts import cell, plain
from vkd_catalog.importers.labels import is_note
from vkd_catalog.importers.words import legal_code
from vkd_catalog.vocabulary import Concept
from vkd_catalog.vocabulary_names import VocabularyName
from vkd_grammar.words import fold

Row = Mapping[str, str]
"""One row of a vocabulary: column to value."""

MADE_OF = "x-column"
"""Where a new row says the column that it was made of: kept for the next run, and not written into a vocabulary."""

_LONGEST_WORD = 80
"""Code points; a longer label, as the question of a survey, is a definition."""


class Rows(NamedTuple):
    """Rows to add, or to fill in, by vocabulary and code."""

    characteristics: Mapping[str, Row]
    names: Mapping[str, Row]
    object_types: Mapping[str, Row] = {}

    def of(self, name: VocabularyName) -> Mapping[str, Row]:
        """The rows of one vocabulary."""
        by_name: Mapping[str, Mapping[str, Row]] = {
            "characteristics": self.characteristics,
            "names": self.names,
            "object-types": self.object_types,
        }
        return by_name.get(name, {})


def can_be_word(column: Column) -> bool:
    """Whether a column's label says what it is; a name that is no word says nothing when it is repeated."""
    label = plain(column.label)
    says_more = fold(label) != fold(column.name) or " " in label or (label.isalpha() and not label.isupper())
    return bool(label) and not is_note(label) and says_more


def new_characteristic(
    column: Column, object_type: str, language: str, codes: Container[str], words: Container[str], code: str = ""
) -> Row:
    """The row of a characteristic that a column's label makes; its code is the column's name where that is free.

    `words` are those, folded, that it must not go by; `code` is the one that an earlier run gave it.
    """
    label, definition = cell(column.label), plain(column.definition)
    own = cell(column.name)
    if len(label) > _LONGEST_WORD:
        label, definition = own, definition or plain(column.label)
    if not label or fold(label) in words:
        label = f"{label} ({own})" if label and fold(f"{label} ({own})") not in words else own
    code = code or legal_code(own, codes)
    row = {
        "code": code,
        f"prefLabel@{language}": "" if fold(label) in words else label,
        "notation": own if fold(own) not in (fold(code), fold(label)) and fold(own) not in words else "",
        "kind": "individual",
        "objectTypes": object_type,
        "sensitive": column.sensitive,
        "measure": cell(column.measure),
        f"definition@{language}": definition,
        **values_of(column, language),
        MADE_OF: own,
    }
    return {name: value for name, value in row.items() if value}


def new_register(word: str, stem: str, object_type: str, language: str, codes: Container[str]) -> Row:
    """The row of a register that a set of data is taken for; its code is the files' name where that is free."""
    code = legal_code(plain(stem), codes)
    return {"code": code, f"prefLabel@{language}": cell(word), "kind": "register", "objectTypes": object_type}


def values_of(column: Column, language: str) -> Row:
    """The cells that say a column's value labels and missing values; of missing values those too whose label says that
    there is no value."""
    labels = {plain(value): cell(label) for value, label in column.values.items() if _is_value(value)}
    missing = [*map(plain, filter(_is_value, column.missing))]
    missing += [value for value, label in labels.items() if says_nothing(label)]
    cells = {
        f"values@{language}": "|".join(f"{value}={label}" for value, label in labels.items()),
        "missing": "|".join(dict.fromkeys(missing)),
    }
    return {name: value for name, value in cells.items() if value}


def lacking(concept: Concept, column: Column, language: str) -> Row:
    """The cells that a characteristic lacks and a column says: values, where it has neither values nor classification,
    and missing codes."""
    said = dict(values_of(column, language))
    if concept.values or concept.classifications:
        said.pop(f"values@{language}", None)
    if concept.missing:
        said.pop("missing", None)
    return {"code": concept.code, **said} if said else {}


def _is_value(value: str) -> bool:
    """Whether a value can stand in a code list, where `=` and `|` part."""
    return bool(plain(value)) and not any(mark in value for mark in "=|")
