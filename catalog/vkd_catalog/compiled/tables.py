"""The tables of a vocabulary, and what stands in them."""

import json
from collections.abc import Iterable, Iterator

from vkd_catalog.vocabulary import Concept, Label, Source, Value, Vocabulary
from vkd_catalog.vocabulary.concepts import TRAITS

TABLES = """
CREATE TABLE concept (
    number INTEGER PRIMARY KEY, vocabulary INTEGER NOT NULL, code TEXT NOT NULL, said TEXT NOT NULL,
    source TEXT NOT NULL, row INTEGER NOT NULL
);
CREATE TABLE word (number INTEGER PRIMARY KEY, vocabulary INTEGER NOT NULL, word TEXT NOT NULL, codes TEXT NOT NULL);
CREATE TABLE trait (
    vocabulary INTEGER NOT NULL, trait TEXT NOT NULL, value TEXT NOT NULL, codes TEXT NOT NULL,
    PRIMARY KEY (vocabulary, trait, value)
) WITHOUT ROWID;
"""
"""Each concept and each folded word in its order, and which concepts have a trait in common."""

INDEXES = (
    "CREATE UNIQUE INDEX concept_by_code ON concept (vocabulary, code)",
    "CREATE INDEX concept_by_code_alike ON concept (vocabulary, code COLLATE NOCASE)",
    "CREATE UNIQUE INDEX word_by_word ON word (vocabulary, word, codes)",
)
"""What concepts and words are found by; made when all are there, which is faster."""

INSERT_CONCEPT = "INSERT INTO concept VALUES (NULL, ?, ?, ?, ?, ?)"
INSERT_WORD = "INSERT INTO word VALUES (NULL, ?, ?, ?)"
INSERT_TRAIT = "INSERT INTO trait VALUES (?, ?, ?, ?)"

BETWEEN_CODES = "|"
"""Stands between the codes that a word names, or that have a trait; no code holds one."""


REGISTERED = ", ".join(
    f"json_extract(said, '$[{Concept._fields.index(field)}]')" for field in ("temporality", "sensitive")
)
"""What a register asks of a concept, in SQL, from what is said of it."""


_as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def concept_rows(vocabulary: Vocabulary, place: int, *, placed: bool) -> Iterator[tuple[object, ...]]:
    """The rows of a vocabulary's concepts; `place` is its place among the four. Where each stands in which file is
    told only if it is to be `placed`."""
    for code, concept in vocabulary.concepts.items():
        where = (concept.source, concept.row) if placed else ("", 0)
        yield place, code, concept_written(concept), *where


def word_rows(vocabulary: Vocabulary, place: int) -> Iterator[tuple[int, str, str]]:
    """The rows of a vocabulary's words."""
    for word, codes in vocabulary.by_word.items():
        yield place, word, BETWEEN_CODES.join(codes)


def trait_rows(vocabulary: Vocabulary, place: int) -> Iterator[tuple[int, str, str, str]]:
    """The rows of the traits that a vocabulary's concepts have."""
    for trait in TRAITS:
        for value in sorted(vocabulary.concepts.values_of(trait)):
            yield place, trait, value, BETWEEN_CODES.join(vocabulary.concepts.codes_with(trait, value))


def concept_written(concept: Concept) -> str:
    """A concept as it stands in a table: a list of its fields, without the place where it was read."""
    return _as_json(concept[:-2])


def concept_read(said: str, source: str, row: int) -> Concept:
    """A concept that `concept_written` wrote, with the place where it was read."""
    plain = Concept._make([*json.loads(said), source, row])
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
