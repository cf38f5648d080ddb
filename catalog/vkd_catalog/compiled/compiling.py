"""Compiling a vocabulary: its files become tables row by row, so that memory hardly grows with them.

Of each concept no more is kept than its code and what it passes on. What the rest of the rows decides (what is
inherited from a concept further down, which words name several, what is missing) is settled when all are there, and the
rows of a file are gone through again only where something is wrong with them.
"""

from collections.abc import Iterator, Mapping, Sequence
from heapq import merge
from typing import NamedTuple

from vkd_catalog.compiled import checked
from vkd_catalog.compiled.concepts import Database, stored_vocabulary
from vkd_catalog.compiled.tables import (
    BETWEEN_CODES,
    INDEXES,
    INSERT_CONCEPT,
    INSERT_TRAIT,
    INSERT_WORD,
    concept_written,
)
from vkd_catalog.vocabulary import VOCABULARY_NAMES, Concept, Vocabulary, VocabularyFile, VocabularyName
from vkd_catalog.vocabulary.concepts import TRAITS, Trait, traits_by
from vkd_catalog.vocabulary.inheritance import Inheritance, taking
from vkd_catalog.vocabulary.vocabularies import (
    OF_OTHERS,
    circles_in,
    codes_named,
    codes_of_others,
    missing_in,
    source_codes,
)
from vkd_catalog.vocabulary.vocabulary import Clash, clash_problem, is_of_many_classifications
from vkd_catalog.vocabulary.vocabulary_file import OpenedFile, is_unread
from vkd_grammar.syntax import Problem
from vkd_grammar.words import fold

_AT_ONCE = 5_000
"""Concepts that are handed to SQLite together, which takes each in half the time of one alone."""


_Order = tuple[int, int]
"""When files show that a code or word is shared: after how many words, and of a word 0, of a code, which is looked at
after the words of the concept before it, 1."""


class _Twice(NamedTuple):
    """A concept whose code another has had: the path of its file, its code and row, and how many words came before."""

    path: str
    code: str
    row: int
    words: int


class Compiling:
    """One vocabulary on its way into the tables of an empty database: first each file is taken, then the rest is
    settled."""

    def __init__(self, database: Database, name: VocabularyName) -> None:
        self._database = database
        self._name = name
        self._place = VOCABULARY_NAMES.index(name)
        self._inheritance = Inheritance(dated=name == "names")
        self._concepts: list[tuple[object, ...]] = []
        self._words: list[tuple[int, str, str]] = []
        self._words_stored = 0
        self._classified: dict[str, list[str]] = {}
        self._twice: list[_Twice] = []
        self._problems: dict[str, list[Problem]] = {}
        self._named: dict[str, set[str]] = {field: set() for field in (*OF_OTHERS, checked.PRODUCT)}
        self._own_named: set[str] = set()
        self._sources: dict[str, Sequence[str]] = {}

    def take(self, file: OpenedFile) -> bool:
        """Enters the concepts of a file, each by its own. Returns whether all or many of its words could not be
        read."""
        has_concepts = False
        for concept in file.concepts:
            has_concepts = True
            self._note_named(concept)
            if concept.code in self._inheritance:
                words = self._words_stored + len(self._words)
                self._twice.append(_Twice(file.path, concept.code, concept.row, words))
                continue
            self._enter(concept)
            if len(self._concepts) >= _AT_ONCE:
                self._store()
        self._store()
        self._problems[file.path] = list(file.problems)
        return is_unread(file.problems, has_concepts=has_concepts)

    def settle(self, files: Sequence[VocabularyFile]) -> None:
        """Makes of what was entered the vocabulary of these files, and enters what is wrong with them."""
        connection = self._database.connection
        for index in INDEXES:
            connection.execute(index)
        self._settle_inheritance()
        connection.executemany(INSERT_TRAIT, self._trait_rows())
        self._find_problems(files, stored_vocabulary(self._database, self._name))
        rows = (checked.problem_row(path, one) for path, found in self._problems.items() for one in found)
        connection.executemany(checked.INSERT_PROBLEM, rows)
        named = ((field, code) for field, codes in self._named.items() for code in sorted(codes))
        connection.executemany(checked.INSERT_NAMED, named)

    def _note_named(self, concept: Concept) -> None:
        """Notes the codes and information sets that a concept names."""
        for column, codes in codes_of_others(concept):
            self._named[column].update(codes)
        self._own_named.update(codes_named(concept))
        for parts in concept.derived_from:
            self._named[checked.PRODUCT].update(part.product for part in parts if part.product)

    def _enter(self, concept: Concept) -> None:
        code, place = concept.code, self._place
        inheriting = self._inheritance.take(concept)
        self._concepts.append((place, code, concept_written(inheriting), concept.source, concept.row))
        self._words += [(place, word, code) for word in dict.fromkeys(map(fold, concept.words()))]
        for one in dict.fromkeys(concept.classifications):
            self._classified.setdefault(one, []).append(code)
        if concept.derived_from:
            self._sources[code] = source_codes(concept)

    def _store(self) -> None:
        connection = self._database.connection
        connection.executemany(INSERT_CONCEPT, self._concepts)
        connection.executemany(INSERT_WORD, self._words)
        self._words_stored += len(self._words)
        self._concepts.clear()
        self._words.clear()

    def _settle_inheritance(self) -> None:
        concepts = stored_vocabulary(self._database, self._name).concepts
        change = "UPDATE concept SET said = ? WHERE vocabulary = ? AND code = ?"
        for code, passed in self._inheritance.settled():
            said = concept_written(taking(concepts[code], passed))
            self._database.connection.execute(change, (said, self._place, code))

    def _trait_rows(self) -> Iterator[tuple[int, str, str, str]]:
        found: dict[Trait, dict[str, list[str]]] = {trait: {} for trait in TRAITS}
        found["classification"] = self._classified
        for code, passed in self._inheritance.items():
            for trait, value in traits_by(code, passed.kind, passed.number, passed.unit):
                found[trait].setdefault(value, []).append(code)
        for trait, values in found.items():
            yield from ((self._place, trait, value, BETWEEN_CODES.join(values[value])) for value in sorted(values))

    def _find_problems(self, files: Sequence[VocabularyFile], vocabulary: Vocabulary) -> None:
        by_path = {file.path: file for file in files}
        clashes = merge(self._codes_twice(by_path, vocabulary), self._words_shared(by_path, vocabulary), key=_in_order)
        for _, clash in clashes:
            self._problems[clash.file.path].append(clash_problem(clash))
        lacks_some = self._inheritance.has_gaps or not all(code in self._inheritance for code in self._own_named)
        for path, problem in missing_in(files, vocabulary) if lacks_some else ():
            self._problems[path].append(problem)
        for path, problem in circles_in(files, vocabulary, self._sources):
            self._problems[path].append(problem)

    def _codes_twice(
        self, files: Mapping[str, VocabularyFile], vocabulary: Vocabulary
    ) -> Iterator[tuple[_Order, Clash]]:
        for path, code, row, words in self._twice:
            first = vocabulary.concepts[code]
            yield (words, 1), Clash(files[path], first._replace(source=path, row=row), first, "", ())

    def _words_shared(
        self, files: Mapping[str, VocabularyFile], vocabulary: Vocabulary
    ) -> Iterator[tuple[_Order, Clash]]:
        for number, word, codes in sorted(self._made_one()):
            first, concept = (vocabulary.concepts[code] for code in codes[:2])
            written = next(one for one in concept.words() if fold(one) == word)
            clash = Clash(files[concept.source], concept, first, written, codes)
            if not is_of_many_classifications(clash, vocabulary):
                yield (number, 0), clash

    def _made_one(self) -> Iterator[tuple[int, str, tuple[str, ...]]]:
        """The words that name several concepts, whose rows are made one: with the number that the second concept's row
        had, and the codes in their order."""
        execute, place = self._database.connection.execute, self._place
        several = "SELECT word FROM word WHERE vocabulary = ? GROUP BY word HAVING count(*) > 1"
        for (word,) in execute(several, (place,)).fetchall():
            naming = "SELECT number, codes FROM word WHERE vocabulary = ? AND word = ? ORDER BY number"
            (first, second, *others), codes = zip(*execute(naming, (place, word)).fetchall(), strict=True)
            execute("UPDATE word SET codes = ? WHERE number = ?", (BETWEEN_CODES.join(codes), first))
            for number in (second, *others):
                execute("DELETE FROM word WHERE number = ?", (number,))
            yield second, word, codes


def _in_order(found: tuple[_Order, Clash]) -> _Order:
    return found[0]
