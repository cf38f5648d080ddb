"""The words that drafts need and the vocabularies lack, kept while one draft after the other is made."""

from vkd_catalog.agreement import goes_with
from vkd_catalog.describing.concepts import (
    MADE_OF,
    Row,
    Rows,
    can_be_word,
    lacking,
    new_characteristic,
    new_register,
    values_of,
)
from vkd_catalog.describing.drafting import field_of
from vkd_catalog.describing.table import Column
from vkd_catalog.describing.texts import cell
from vkd_catalog.importers.undescribed import not_described
from vkd_catalog.vocabulary import Concept, Vocabularies
from vkd_grammar.escapes import escape
from vkd_grammar.words import fold


class NewWords:
    """The words and codes of the vocabularies with those that are made on the way."""

    def __init__(self, own: Rows, vocabularies: Vocabularies, language: str) -> None:
        self._own = own
        self._vocabularies = vocabularies
        self._language = language
        self._codes = {name: set(vocabularies.called(name).concepts) for name in ("characteristics", "names")}
        self._taken = set(vocabularies.characteristics.by_word)
        self.characteristics: dict[str, Row] = {}
        self.names: dict[str, Row] = {}
        self._made: dict[tuple[str, str, str], Row] = {}
        self._made_of: dict[str, list[str]] = {}
        for code, row in own.characteristics.items():
            if MADE_OF in row:
                self._made_of.setdefault(fold(row[MADE_OF]), []).append(code)
        self._by_name: dict[tuple[str, str], Row] = {}

    @property
    def made(self) -> frozenset[str]:
        """The codes of the characteristics that earlier runs made of labels."""
        return frozenset(code for code, row in self._own.characteristics.items() if "kind" in row)

    def made_of(self, column: Column, object_type: Concept | None) -> Concept | None:
        """The characteristic that an earlier run made of a column of some units, if it still is there."""
        for code in self._made_of.get(fold(cell(column.name)), ()):
            concept = self._vocabularies.characteristics.coded(code)
            if concept and (object_type is None or goes_with(concept, object_type)):
                return concept
        return None

    def is_own(self, concept: Concept) -> bool:
        """Whether an earlier run made a characteristic of a column's label."""
        return "kind" in self._own.characteristics.get(concept.code, {})

    def is_as_made(self, concept: Concept) -> bool:
        """Whether a characteristic is defined for what an earlier run has guessed."""
        had = self._own.characteristics.get(concept.code, {})
        return "kind" in had and had.get("objectTypes", "") == "|".join(concept.object_types)

    def has(self, column: Column, object_type: str) -> bool:
        """Whether a word was made of a column of the same units that is called so, and this one has no label that says
        otherwise."""
        return not can_be_word(column) and (fold(column.name), object_type) in self._by_name

    def characteristic(self, column: Column, object_type: str) -> Row | None:
        """The row of a characteristic for a column; one of the same units that is called alike has the same.

        None where people have taken away what an earlier run made of it.
        """
        if self.has(column, object_type):
            return self._by_name[fold(column.name), object_type]
        key = (fold(column.name), fold(column.label), object_type)
        if key not in self._made:
            row = new_characteristic(column, object_type, self._language, self._codes["characteristics"], self._taken)
            if row["code"] in self._own.characteristics:
                return None
            self._made[key] = self.characteristics[row["code"]] = row
            self._by_name.setdefault((fold(column.name), object_type), row)
            self._codes["characteristics"].add(row["code"])
            self._taken |= {fold(word) for word in (row.get(self._label, ""), row.get("notation", "")) if word}
        return self._made[key]

    def again(self, concept: Concept, column: Column) -> None:
        """Says anew what an earlier run said of a column, or what its characteristic lacks."""
        had = self._own.characteristics.get(concept.code, {})
        if "kind" not in had:
            said = values_of(column, self._language)
            row = {**had, **{key: said[key] for key in said if key in had}, **lacking(concept, column, self._language)}
        else:
            taken = self._taken - {fold(word) for word in concept.words()}
            object_type = had.get("objectTypes", "")
            row = dict(new_characteristic(column, object_type, self._language, (), taken, concept.code))
        if row:
            before = self.characteristics.get(concept.code, {})
            self.characteristics[concept.code] = {**row, **{key: value for key, value in before.items() if value}}

    def undescribed(self, *, adds: bool) -> str:
        """The field of the characteristic that stands for what is not known; empty where there is none, and none may be
        added."""
        characteristics = self._vocabularies.characteristics
        row = not_described((self._language,), self._codes["characteristics"])
        word = row[self._label]
        if characteristics.named(word):
            return field_of(characteristics.named(word)[0], characteristics, self._language)
        known = next((had for had in self.characteristics.values() if had.get(self._label) == word), None)
        if not adds or row["code"] in self._own.characteristics or (known is None and fold(word) in self._taken):
            return ""
        if known is None:
            self.characteristics[row["code"]] = row
            self._codes["characteristics"].add(row["code"])
        return escape(word)

    def register(self, word: str, stem: str, object_type: str) -> Row:
        """The row of a new register; one that is called alike is the same, and then of units of both sorts."""
        known = next((row for row in self.names.values() if fold(row.get(self._label, "")) == fold(cell(word))), None)
        row = known or new_register(word, stem, object_type, self._language, self._codes["names"])
        types = row["objectTypes"].split("|")
        row = {**row, "objectTypes": "|".join(dict.fromkeys((*types, object_type)))}
        self.names[row["code"]] = row
        self._codes["names"].add(row["code"])
        return row

    @property
    def _label(self) -> str:
        return f"prefLabel@{self._language}"
