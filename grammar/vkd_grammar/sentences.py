"""What sentences say together: what a ditto stands for, and which lines the operators bind (1972 p.12-14).

Both laws are here and nowhere else. Callers say what a field is to them (a text, a code or a place) and which operator
a line has.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Generic, NamedTuple, TypeVar

from vkd_grammar.syntax import OBJECT_TYPE, OPERATOR, Field, Sentence

T = TypeVar("T")

TERMS = range(OBJECT_TYPE, OPERATOR)
"""The places where a ditto may stand: object type, name, characteristic and time."""


JOINING = ("O", "E", "N")
"""The operators after which a description goes on: and, or, not the next line."""

OPERATORS = (*JOINING, ".")
"""All operators; the full stop ends a description."""


class Bound(NamedTuple, Generic[T]):
    """A line of a group of lines. Where it is `negated`, an `N` before it says that this is not asked for."""

    line: T
    negated: bool


def said(sentence: Sentence, above: Sequence[T], read: Callable[[int, Field], T]) -> tuple[T, ...]:
    """What the four terms of a readable sentence say. A ditto says what the same term does in the line above.

    `read` is called with the place and the field of every other term; `above` holds the four values of the line above.
    """
    fields = sentence.fields
    return tuple(
        above[place - OBJECT_TYPE] if fields[place].kind == "ditto" else read(place, fields[place]) for place in TERMS
    )


def said_by_each(
    sentences: Iterable[Sentence], read: Callable[[int, Field], T], nothing: T
) -> Iterator[tuple[Sentence, tuple[T, ...]]]:
    """Each sentence that can be read, with the values of its four terms, as `said` gives them.

    A ditto in the first line, or below a line that cannot be read, has the value `nothing`.
    """
    silent = (nothing,) * len(TERMS)
    above = silent
    for sentence in sentences:
        if sentence.readable:
            above = said(sentence, above, read)
            yield sentence, above
        else:
            above = silent


def operator_of(sentence: Sentence) -> str:
    """The operator at the end of a sentence, as written; empty where it has none or the line cannot be read."""
    return sentence.fields[OPERATOR].text if sentence.readable else ""


def groups(lines: Iterable[T], operator: Callable[[T], str]) -> Iterator[tuple[Bound[T], ...]]:
    """The lines by groups: `E` parts them, `O` and `N` bind alike, and `N` negates the line after it."""
    group: list[Bound[T]] = []
    negated = False
    for line in lines:
        group.append(Bound(line, negated))
        said_after = operator(line)
        negated = said_after == "N"
        if said_after == "E":
            yield tuple(group)
            group = []
    if group:
        yield tuple(group)
