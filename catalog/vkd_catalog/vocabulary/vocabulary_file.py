"""A vocabulary file as read: held in memory, read when somebody asks for it, or while its concepts come one by one."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

from vkd_catalog.digits import has_ten_digits
from vkd_catalog.problems import UnreadableTable
from vkd_catalog.vocabulary.concept import Concept
from vkd_catalog.vocabulary.sheet import Sheet
from vkd_catalog.vocabulary_names import VocabularyName
from vkd_grammar.syntax import Problem

_UNREAD = ("file", "workbook", "not-text", "column-missing", "letters")
"""Why a file's words, all or many of them, are not known: what follows from that is told as such."""

_ROW_LOST = ("code", "long", "separators", "quote")
"""Why a row makes no concept. Where none does, the file's words are not known either."""


class Content(Protocol):
    """What a vocabulary file says: its table, its concepts in the order they stand, and what is wrong with it by
    itself."""

    @property
    def sheet(self) -> Sheet:
        """The table in its lines."""
        ...

    @property
    def has_digits(self) -> bool:
        """Whether ten digits stand together in any of its lines."""
        ...

    @property
    def concepts(self) -> tuple[Concept, ...]:
        """What its rows say, without what is inherited."""
        ...

    def each_concept(self) -> Iterator[Concept]:
        """The same one by one, for who need not have all of them."""
        ...

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the file, whatever other files say."""
        ...

    @property
    def is_unread(self) -> bool:
        """Whether all or many of its words could not be read, so that a word that is not found may be one of them."""
        ...


class Said(NamedTuple):
    """What a vocabulary file says, held in memory."""

    sheet: Sheet
    concepts: tuple[Concept, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def has_digits(self) -> bool:
        """Whether ten digits stand together in any of its lines."""
        return any(map(has_ten_digits, self.sheet.lines))

    def each_concept(self) -> Iterator[Concept]:
        """Its concepts one by one."""
        return iter(self.concepts)

    @property
    def is_unread(self) -> bool:
        """Whether all or many of its words could not be read."""
        return is_unread(self.problems, has_concepts=bool(self.concepts))


def is_unread(problems: Iterable[Problem], *, has_concepts: bool) -> bool:
    """Whether all or many words of a file could not be read, to go by what is wrong with it."""
    reasons = _UNREAD if has_concepts else (*_UNREAD, *_ROW_LOST)
    return any(isinstance(had.facts, UnreadableTable) and had.facts.reason in reasons for had in problems)


class VocabularyFile(NamedTuple):
    """One vocabulary file as read: its columns, and what it says.

    `columns` are named as the documentation names them, up to the last that has a name. A file that is not UTF-8 is not
    `editable`: whoever writes into it as UTF-8 would spoil its letters.
    """

    path: str
    vocabulary: VocabularyName
    columns: tuple[str, ...]
    content: Content
    editable: bool = True

    @property
    def sheet(self) -> Sheet:
        """The table in its lines."""
        return self.content.sheet

    @property
    def lines(self) -> Sequence[str]:
        """The file's lines with their ends."""
        return self.sheet.lines

    @property
    def has_digits(self) -> bool:
        """Whether ten digits stand together in any of them; those of a large file need not be read for that."""
        return self.content.has_digits

    @property
    def concepts(self) -> tuple[Concept, ...]:
        """Its concepts in the order they stand."""
        return self.content.concepts

    def each_concept(self) -> Iterator[Concept]:
        """The same one by one, for who need not have all of them: there may be hundreds of thousands."""
        return self.content.each_concept()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with it by itself."""
        return self.content.problems

    @property
    def is_unread(self) -> bool:
        """Whether all or many of its words could not be read, so that a word that is not found may be one of them."""
        return self.content.is_unread

    def with_concepts(self, concepts: tuple[Concept, ...]) -> "VocabularyFile":
        """The file as if its rows said something else."""
        return self._replace(content=Said(self.sheet, concepts, self.problems))

    def problem_at(self, code: str, row: int, column: str, facts: tuple[object, ...]) -> Problem:
        """A problem with the place of one cell: the row a concept stands at, and the name of the column."""
        index = self.columns.index(column) if column in self.columns else 0
        return Problem(code, *self.sheet.place(row, index), facts)


class OpenedFile(NamedTuple):
    """A vocabulary file whose concepts come one by one; `problems` are all that is wrong with it when the last has
    come."""

    path: str
    vocabulary: VocabularyName
    columns: tuple[str, ...]
    sheet: Sheet
    concepts: Iterator[Concept]
    problems: list[Problem]
    editable: bool = True

    def read(self) -> VocabularyFile:
        """The file with all that it says in memory."""
        said = Said(self.sheet, tuple(self.concepts), tuple(self.problems))
        return VocabularyFile(self.path, self.vocabulary, self.columns, said, self.editable)
