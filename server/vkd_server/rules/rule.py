"""What a rule is: the reason, examples, message and fixes of one diagnostic (docs/language.md section 8)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from vkd_catalog.languages import say
from vkd_grammar.syntax import Problem
from vkd_grammar.text import Position
from vkd_server.rules.shared.wording import quoted

if TYPE_CHECKING:
    from vkd_catalog.catalogue import Catalogue, Namesakes
    from vkd_catalog.coding import CodedDescription
    from vkd_catalog.suggest import Suggester
    from vkd_catalog.vocabulary import Vocabularies, Vocabulary, VocabularyName

Severity = Literal["error", "warning", "info", "hint"]
Level = Literal["error", "warning", "info", "hint", "off"]
Tag = Literal["unnecessary", "deprecated"]


class TextEdit(NamedTuple):
    """Text that replaces a stretch of one file, named relative to the workspace's root; equal places insert."""

    path: str
    start: Position
    end: Position
    text: str


class Fix(NamedTuple):
    """One way to put a problem right. A safe one keeps the meaning and may be applied without asking."""

    title: str
    edits: tuple[TextEdit, ...]
    safe: bool = False


class Related(NamedTuple):
    """Another place that a problem concerns, as a file and a row from 0, with the text that says how."""

    path: str
    row: int
    message: str


class Context(NamedTuple):
    """Where a problem stands. A problem's row counts from `row`, where its piece of text starts in the file.

    `path` is relative to the workspace's root. `lines` are the piece's own (of a vocabulary, the whole file's); `coded`
    is the description in them, an empty one in a vocabulary. `namesakes` tells which products have an identification,
    here and elsewhere, and `exists` whether there is anything at a path. `speaks` is the language of the
    messages; where it is empty, the catalogue's.
    """

    catalogue: Catalogue
    path: str
    row: int
    lines: Sequence[str]
    coded: CodedDescription
    namesakes: Callable[[str], Namesakes]
    exists: Callable[[str], bool]
    speaks: str = ""

    @property
    def language(self) -> str:
        """The language that messages are written in."""
        return self.speaks or self.catalogue.configuration.language

    def say(self, key: str, /, **values: object) -> str:
        """A text in the language of the messages, filled in."""
        return say(key, self.language, **values)

    def quoted(self, word: object) -> str:
        """A word between quotation marks, shortened where it is long."""
        return quoted(str(word), self.language)

    def vocabulary(self, name: VocabularyName) -> Vocabulary:
        """The vocabulary of a name that the description is coded in: of a demand that of all catalogues, else the
        workspace's own."""
        return self.vocabularies.called(name)

    def suggester(self, name: VocabularyName) -> Suggester:
        """What finds the nearest words of that vocabulary."""
        return self.catalogue.suggester(name, own=self.coded.kind != "demand")

    @property
    def vocabularies(self) -> Vocabularies:
        """The vocabularies that the description is coded in."""
        catalogue = self.catalogue
        return catalogue.vocabularies if self.coded.kind == "demand" else catalogue.own_vocabularies

    def text_of(self, problem: Problem) -> str:
        """The text at a problem's place; empty where the place is past the last line."""
        return self.lines[problem.row][problem.start : problem.end] if problem.row < len(self.lines) else ""

    def edit(self, row: int, start: int, end: int, text: str) -> TextEdit:
        """An edit of this file; `row` counts from the start of the piece."""
        return TextEdit(self.path, Position(self.row + row, start), Position(self.row + row, end), text)

    def replacing(self, problem: Problem, text: str) -> TextEdit:
        """An edit that replaces the text at a problem's place."""
        return self.edit(problem.row, problem.start, problem.end, text)


class Example(NamedTuple):
    """A text that gives exactly one diagnostic and one that gives none.

    `file` is what the text is called in a workspace whose vocabularies are those of the census example; `beside` are
    further files of it, by name, the same for both.
    """

    bad: str
    good: str
    file: str = "products/eksempel.vkd"
    beside: tuple[tuple[str, str], ...] = ()


def _no_fixes(_problem: Problem, _context: Context) -> tuple[Fix, ...]:
    return ()


def _nothing_related(_problem: Problem, _context: Context) -> tuple[Related, ...]:
    return ()


def _is_no_warning(_problem: Problem, _context: Context) -> bool:
    return False


class Rule(NamedTuple):
    """One diagnostic, and all that is said of it anywhere.

    `level` is its severity where `vkd.toml` does not change it, and `warns` says of an error whether it is only a
    warning at a place. `tags` have editors fade a text or strike it through. `safe` says that some of its fixes may be
    applied without asking. `check` finds its problems where no lower floor does; `beside` says that these depend on
    other descriptions too, in this file or another.
    """

    code: str
    level: Level
    example: Example
    message: Callable[[Problem, Context], str]
    fixes: Callable[[Problem, Context], tuple[Fix, ...]] = _no_fixes
    check: Callable[[Context], Iterator[Problem]] | None = None
    beside: bool = False
    related: Callable[[Problem, Context], tuple[Related, ...]] = _nothing_related
    warns: Callable[[Problem, Context], bool] = _is_no_warning
    tags: tuple[Tag, ...] = ()
    safe: bool = False

    def title(self, language: str) -> str:
        """What the diagnostic is called, the text `VKDnnn.title`."""
        return say(f"{self.code}.title", language)

    def reason(self, language: str) -> str:
        """Why the rule exists: the text `VKDnnn.reason` in a language."""
        return say(f"{self.code}.reason", language)
