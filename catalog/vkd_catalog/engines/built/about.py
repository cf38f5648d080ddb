"""What a register file says of the catalogue that it was built of, and its tables beside those of the register."""

import json
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from vkd_catalog.engines.embedded import layout_version
from vkd_catalog.vocabulary import Concept, Label, Source, Value

TABLES = """
CREATE TABLE concept (number INTEGER PRIMARY KEY, vocabulary INTEGER NOT NULL, code TEXT NOT NULL, said TEXT NOT NULL);
CREATE UNIQUE INDEX concept_by_code ON concept (vocabulary, code);
CREATE TABLE word (number INTEGER PRIMARY KEY, vocabulary INTEGER NOT NULL, word TEXT NOT NULL, codes TEXT NOT NULL);
CREATE UNIQUE INDEX word_by_word ON word (vocabulary, word, codes);
CREATE TABLE trait (
    vocabulary INTEGER NOT NULL, trait TEXT NOT NULL, value TEXT NOT NULL, codes TEXT NOT NULL,
    PRIMARY KEY (vocabulary, trait, value)
) WITHOUT ROWID;
CREATE TABLE link (subject TEXT NOT NULL, predicate TEXT NOT NULL, object TEXT NOT NULL);
"""
"""The vocabularies: each concept and each folded word in its order, which concepts have a trait in common, and the
mappings between concepts."""

_VERSION = 3
"""Counts the changes of what stands in a file beside the register's own tables."""

BETWEEN_CODES = "|"
"""Stands between the codes that a word names, or that a trait is of; no code holds one."""


def file_version() -> int:
    """The version of a register file: of the register's tables, and of what stands beside them."""
    return layout_version() * 100 + _VERSION


class About(NamedTuple):
    """The catalogue of a register file: what it calls itself, the language it speaks, its revision when it was built,
    and its licence, empty where none was stated.

    `is_public` says that what is internal was left out; else `root` is the folder that its addresses are relative to,
    and `archives` are the aliases that they may begin with.
    """

    name: str
    language: str
    revision: str
    licence: str
    is_public: bool
    root: str
    archives: Mapping[str, str]

    def written(self) -> str:
        """The same as it stands in a file."""
        return json.dumps(self._asdict(), ensure_ascii=False, sort_keys=True)

    @classmethod
    def read(cls, said: str) -> "About":
        """What stands in a file. Raises ValueError, KeyError or TypeError where it is something else."""
        return cls(**json.loads(said))


def concept_written(concept: Concept) -> str:
    """A concept as it stands in a file: a list of its fields, without the place where it was read."""
    return json.dumps(concept[:-2], ensure_ascii=False, separators=(",", ":"))


def concept_read(said: str) -> Concept:
    """A concept that `concept_written` wrote; it stands in no file of its own."""
    plain = Concept._make([*json.loads(said), "", 0])
    first, last = plain.valid
    return plain._replace(
        preferred=_labels(plain.preferred),
        synonyms=_labels(plain.synonyms),
        definitions=_labels(plain.definitions),
        see_also=tuple(plain.see_also),
        object_types=tuple(plain.object_types),
        classifications=tuple(plain.classifications),
        values=tuple(Value(value, _labels(labels)) for value, labels in plain.values),
        missing=tuple(plain.missing),
        derived_from=tuple(tuple(Source(*source) for source in together) for together in plain.derived_from),
        valid=(first, last),
    )


def _labels(written: Iterable[Label]) -> tuple[Label, ...]:
    return tuple(Label(*label) for label in written)
