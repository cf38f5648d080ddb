"""The concepts and words of a vocabulary that stand in a database: each is read when somebody asks for it."""

import sqlite3
from collections.abc import Callable, Collection, ItemsView, Iterator, Mapping, Sequence, ValuesView
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import finalize

from vkd_catalog.compiled.tables import BETWEEN_CODES, REGISTERED, concept_read
from vkd_catalog.vocabulary import VOCABULARY_NAMES, Concept, Vocabulary, VocabularyName
from vkd_catalog.vocabulary.concepts import Concepts, Trait
from vkd_grammar.words import fold

if TYPE_CHECKING:
    from vkd_catalog.beginnings import IndexedWords

_T = TypeVar("_T")

_MOST_KEPT = 20_000
"""So many concepts or words that were asked for are kept: more than anybody asks for again and again."""


_AFTER_ALL = "\U0010ffff"
"""What no word goes on with that is ordered behind it."""

_AT_ONCE = 500
"""Rows read in one go where all are gone through."""


class Database:
    """An open database, closed when nobody holds it any longer.

    One that lies on a disk may turn out not to be what was written; `anew` then makes what takes its place.
    """

    def __init__(self, connection: sqlite3.Connection, anew: Callable[[], sqlite3.Connection] | None = None) -> None:
        self.connection = connection
        self.anew = anew
        finalize(self, connection.close)

    def rows(self, question: str, *values: object) -> list[tuple[Any, ...]]:
        """The answers to a question in SQL."""
        try:
            return self.connection.execute(question, values).fetchall()
        except UnicodeEncodeError:
            # Halves of characters, which an editor may have, stand in no file.
            return []
        except sqlite3.DatabaseError:
            if self.anew is None:
                raise
            self.connection, self.anew = self.anew(), None
            finalize(self, self.connection.close)
            return self.rows(question, *values)

    def row(self, question: str, *values: object) -> tuple[Any, ...] | None:
        """The first answer to a question in SQL that has one at most."""
        return next(iter(self.rows(question, *values)), None)

    def each(self, question: str, *values: object) -> Iterator[tuple[Any, ...]]:
        """The answers to a question in SQL whose first column is a row's number, in the order of the numbers: some at a
        time, never all of them in memory. The question takes no index but that of the numbers."""
        after = 0
        while rows := self.rows(f"{question} AND number > ? ORDER BY number LIMIT {_AT_ONCE}", *values, after):
            yield from rows
            after = rows[-1][0]


Indexing = Callable[["StoredConcepts"], "IndexedWords"]
"""Tells where the words of some concepts are kept as one types them."""


def stored_vocabulary(database: Database, name: VocabularyName, indexing: Indexing | None = None) -> Vocabulary:
    """One of the four vocabularies as it stands in a database; its words as one types them are where `indexing` tells,
    if anywhere."""
    place = VOCABULARY_NAMES.index(name)
    return Vocabulary(name, StoredConcepts(database, place, indexing), _StoredWords(database, place))


class StoredConcepts(Concepts):
    """The concepts of one vocabulary by their codes."""

    def __init__(self, database: Database, place: int, indexing: Indexing | None) -> None:
        self._database = database
        self._place = place
        self._indexing = indexing
        self._kept: dict[str, Concept | None] = {}
        self._with: dict[tuple[Trait, str], Sequence[str]] = {}

    def __getitem__(self, code: str) -> Concept:
        found = self._found(code)
        if found is None:
            raise KeyError(code)
        return found

    def get(self, code: str, default: _T | None = None) -> Concept | _T | None:  # type: ignore[override]
        """The concept with a code, or something else where there is none."""
        return self._found(code) or default

    def __contains__(self, code: object) -> bool:
        return isinstance(code, str) and self._found(code) is not None

    def __iter__(self) -> Iterator[str]:
        question = "SELECT number, code FROM concept WHERE +vocabulary = ?"
        return (code for _, code in self._database.each(question, self._place))

    def __len__(self) -> int:
        return self._count

    def values(self) -> ValuesView[Concept]:
        """The concepts in their order, none of which is kept."""
        return _Values(self)

    def items(self) -> ItemsView[str, Concept]:
        """The same with their codes."""
        return _Items(self)

    def in_order(self) -> Iterator[Concept]:
        """The concepts in their order, read one by one."""
        question = "SELECT number, said, source, row FROM concept WHERE +vocabulary = ?"
        return (concept_read(*row) for _, *row in self._database.each(question, self._place))

    @property
    def words(self) -> "IndexedWords | None":
        """The words as one types them, where they can be kept."""
        return self._indexed

    def registered(self, code: str) -> tuple[str, str] | None:
        """The temporality and the sensitivity of a concept, of which nothing else is read."""
        question = f"SELECT {REGISTERED} FROM concept WHERE vocabulary = ? AND code = ?"
        row = self._database.row(question, self._place, code)
        return (row[0], row[1]) if row else None

    def codes_with(self, trait: Trait, value: str) -> Sequence[str]:
        """The codes of the concepts of which a trait has a value."""
        found = self._with.get((trait, value))
        if found is None:
            question = "SELECT codes FROM trait WHERE vocabulary = ? AND trait = ? AND value = ?"
            row = self._database.row(question, self._place, trait, value)
            found = _kept(self._with, (trait, value), tuple(row[0].split(BETWEEN_CODES)) if row else ())
        return found

    def values_of(self, trait: Trait) -> Collection[str]:
        """The values that a trait has."""
        question = "SELECT value FROM trait WHERE vocabulary = ? AND trait = ?"
        return [value for (value,) in self._database.rows(question, self._place, trait)]

    def codes_alike(self, text: str) -> Sequence[str]:
        """The codes that are a text but for the case of letters; of others than Latin ones any stands for another
        first."""
        wanted = fold(text)
        if wanted.isascii():
            question = "SELECT code FROM concept WHERE vocabulary = ? AND code = ? COLLATE NOCASE"
            return [code for (code,) in self._database.rows(question, self._place, wanted)]
        like = "".join(letter if letter.isascii() and letter.isalnum() else "_" for letter in wanted)
        question = "SELECT code FROM concept WHERE vocabulary = ? AND code LIKE ?"
        return [code for (code,) in self._database.rows(question, self._place, like) if fold(code) == wanted]

    def _found(self, code: str) -> Concept | None:
        if code in self._kept:
            return self._kept[code]
        question = "SELECT said, source, row FROM concept WHERE vocabulary = ? AND code = ?"
        row = self._database.row(question, self._place, code)
        return _kept(self._kept, code, concept_read(*row) if row else None)

    @cached_property
    def _indexed(self) -> "IndexedWords | None":
        return self._indexing(self) if self._indexing else None

    @cached_property
    def _count(self) -> int:
        row = self._database.row("SELECT count(*) FROM concept WHERE vocabulary = ?", self._place)
        return int(row[0]) if row else 0


class _Values(ValuesView[Concept]):
    def __init__(self, concepts: StoredConcepts) -> None:
        super().__init__(concepts)
        self._concepts = concepts

    def __iter__(self) -> Iterator[Concept]:
        return self._concepts.in_order()


class _Items(ItemsView[str, Concept]):
    def __init__(self, concepts: StoredConcepts) -> None:
        super().__init__(concepts)
        self._concepts = concepts

    def __iter__(self) -> Iterator[tuple[str, Concept]]:
        return ((concept.code, concept) for concept in self._concepts.in_order())


class _StoredWords(Mapping[str, tuple[str, ...]]):
    """The codes that a folded word names in one vocabulary."""

    def __init__(self, database: Database, place: int) -> None:
        self._database = database
        self._place = place
        self._kept: dict[str, tuple[str, ...]] = {}

    def __getitem__(self, word: str) -> tuple[str, ...]:
        codes = self._found(word)
        if not codes:
            raise KeyError(word)
        return codes

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and bool(self._found(word))

    def __iter__(self) -> Iterator[str]:
        question = "SELECT number, word FROM word WHERE +vocabulary = ?"
        return (word for _, word in self._database.each(question, self._place))

    def __len__(self) -> int:
        row = self._database.row("SELECT count(*) FROM word WHERE vocabulary = ?", self._place)
        return int(row[0]) if row else 0

    def holding(self, text: str, most: int, *, inside: bool) -> Iterator[tuple[str, Sequence[str]]]:
        """The words that hold a text: those that begin with it first, of both the shorter, with the codes of each."""
        question = "SELECT word, codes FROM word WHERE vocabulary = ? AND {} ORDER BY length(word), word LIMIT ?"
        begun = question.format("word >= ? AND word < ?")
        found = self._database.rows(begun, self._place, text, text + _AFTER_ALL, most)
        if inside and text and len(found) < most:
            later = question.format("instr(word, ?) > 1")
            found += self._database.rows(later, self._place, text, most - len(found))
        return ((word, tuple(codes.split(BETWEEN_CODES))) for word, codes in found)

    def _found(self, word: str) -> tuple[str, ...]:
        codes = self._kept.get(word)
        if codes is None:
            question = "SELECT codes FROM word WHERE vocabulary = ? AND word = ?"
            row = self._database.row(question, self._place, word)
            codes = _kept(self._kept, word, tuple(row[0].split(BETWEEN_CODES)) if row else ())
        return codes


_K = TypeVar("_K")


def _kept(kept: dict[_K, _T], key: _K, found: _T) -> _T:
    """What was found, kept for the next who asks."""
    if len(kept) >= _MOST_KEPT:
        kept.clear()
    kept[key] = found
    return found
