"""The syntax tree: what stands where in a `.vkd` text, and what is wrong with it. It knows no vocabulary.

Rows count from the first line of the piece that was parsed, so that a description keeps its tree when lines above it
change. Columns are code points. Everything is frozen.
"""

from typing import Literal, NamedTuple, TypeVar

from vkd_grammar.escapes import unescape, without_blanks_after
from vkd_grammar.kinds import HeaderType, Kind
from vkd_grammar.text import BLANKS

Facts = TypeVar("Facts", bound=tuple[object, ...])
FieldKind = Literal["empty", "word", "code", "coded-word", "ditto", "dont-care", "number", "operator", "time"]

NUMBER, OBJECT_TYPE, NAME, CHARACTERISTIC, TIME, OPERATOR = range(6)
"""The places of a sentence's fields (1972 p.12)."""

FIELD_NAMES = ("line-number", "object-type", "name", "characteristic", "time", "operator")


class Field(NamedTuple):
    """One field as written, without the blanks around it; `start` and `end` are columns, equal in an empty field."""

    kind: FieldKind
    text: str
    start: int
    end: int

    @property
    def word(self) -> str:
        """The word the field holds, unescaped and without the code that may settle it; empty where it holds none."""
        if self.kind == "code":
            return ""
        if self.kind == "coded-word":
            return unescape(without_blanks_after(self.text[: self.text.rindex("[")]))
        return unescape(self.text)

    @property
    def code(self) -> str:
        """The code between brackets, without blanks; empty where the field holds none."""
        if self.kind in ("code", "coded-word"):
            return self.text[self.text.rindex("[") + 1 : -1].strip(BLANKS)
        return ""


class Sentence(NamedTuple):
    """One line of a description. A readable one has six fields; a line that cannot be read has fewer or more."""

    row: int
    fields: tuple[Field, ...]

    @property
    def readable(self) -> bool:
        """Whether the line has the six fields of a sentence."""
        return len(self.fields) == 6


class Entry(NamedTuple):
    """One `key=value` of the technical data; `value` is None where no `=` stands."""

    row: int
    key: Field
    value: Field | None


class Header(NamedTuple):
    """The line that opens a description: `fields` are number, type and identification, those that are there."""

    row: int
    fields: tuple[Field, ...]
    type: HeaderType | None
    entries: tuple[Entry, ...]

    @property
    def identification(self) -> str:
        """The name of the information set, or of the one who asks; empty where the header states none."""
        return unescape(self.fields[2].text) if len(self.fields) > 2 else ""


class Comment(NamedTuple):
    """A comment line: `text` without the `#` and the blanks around it."""

    row: int
    start: int
    end: int
    text: str


class Problem(NamedTuple):
    """Something wrong at a place: a code of docs/language.md section 8, where, and the facts its message is made of.

    The facts of each code are a named tuple, which stands in the `problems` of the floor that finds it, or in its rule;
    a code that has no facts has the empty tuple.
    """

    code: str
    row: int
    start: int
    end: int
    facts: tuple[object, ...] = ()

    def of(self, kind: type[Facts]) -> Facts:
        """The facts as the named tuple that this problem's code has. Raises TypeError where they are another."""
        if isinstance(self.facts, kind):
            return self.facts
        raise TypeError(f"{self.code} has {self.facts!r}, not {kind.__name__}")


class Description(NamedTuple):
    """One description with the comment block above it: the unit in which text is parsed and results are cached.

    `header` is None for text before a file's first header. `rows` is how many lines the piece spans; `problems` are the
    ones that need no vocabulary (VKD001 to VKD009).
    """

    header: Header | None
    sentences: tuple[Sentence, ...]
    comments: tuple[Comment, ...]
    rows: int
    problems: tuple[Problem, ...]

    @property
    def kind(self) -> Kind | None:
        """Product or demand; None where the header does not say."""
        return self.header.type.kind if self.header and self.header.type else None

    @property
    def documentation(self) -> tuple[Comment, ...]:
        """The doc comment: the comment lines directly above the header."""
        if self.header is None:
            return ()
        above = []
        row = self.header.row
        for comment in reversed(self.comments):
            if comment.row == row - 1:
                above.append(comment)
                row = comment.row
        return tuple(reversed(above))
