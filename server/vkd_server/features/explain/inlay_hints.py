"""Inlay hints: what dittos stand for, codes, groups, and how many information sets answer a demand, and each line.

A hint inside a line pushes the columns to its right apart, so what a line's dittos stand for is hints at its end, where
the table stays a table; an editor that can lay hints over blanks asks for them beside the fields.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from vkd_catalog.coding import ANY, SEVERAL, UNIT
from vkd_catalog.languages import counted, say
from vkd_catalog.time_words import periods
from vkd_grammar.sentences import TERMS, said_by_each
from vkd_grammar.syntax import OBJECT_TYPE, TIME
from vkd_grammar.text import Position
from vkd_grammar.times import Series
from vkd_server.rules.shared.laid_lines import groups_in

if TYPE_CHECKING:
    from vkd_catalog.coding import CodedSentence
    from vkd_catalog.evaluation import Answer
    from vkd_catalog.evaluation.funnel import Survivors
    from vkd_server.features.snapshot import Piece, Snapshot


_AS_WIDE = "\u2007"
"""A blank as wide as a digit, where other lines have a mark."""


class HintSettings(NamedTuple):
    """Which hints a person wants; those of a line's fields one by one `beside` them, or together at the line's end."""

    dittos: bool
    codes: bool
    sets: bool
    beside: bool = False


class Hint(NamedTuple):
    """A text shown at a place, which is not part of the document; one that `opens` a line stands before it."""

    position: Position
    text: str
    opens: bool = False


def _no_funnel(_piece: Piece) -> Sequence[Survivors]:
    return ()


def hints(
    snapshot: Snapshot,
    first: int,
    last: int,
    settings: HintSettings,
    answer: Callable[[Piece], Answer | None],
    funnel: Callable[[Piece], Sequence[Survivors]] = _no_funnel,
) -> Iterator[Hint]:
    """The hints of the rows from `first` to `last`. `answer` runs a demand; None where that is not possible yet.

    `funnel` tells how many information sets survive up to each line of a demand that has an answer.
    """
    document = snapshot.document
    if not document.descriptions:
        return
    for index in range(document.index_at(first), document.index_at(last) + 1):
        piece = snapshot.piece(index)
        if settings.dittos or settings.codes:
            yield from (hint for hint in _fields(snapshot, piece, settings) if first <= hint.position.row <= last)
        if settings.sets and piece.description.kind == "demand":
            yield from (hint for hint in _groups(piece) if first <= hint.position.row <= last)
            yield from (hint for hint in _sets(snapshot, piece, answer, funnel) if first <= hint.position.row <= last)


def information_sets(answer: Answer) -> int:
    """How many information sets have a part in an answer."""
    return len(answer.covers.members())


def _sets(
    snapshot: Snapshot,
    piece: Piece,
    answer: Callable[[Piece], Answer | None],
    funnel: Callable[[Piece], Sequence[Survivors]],
) -> Iterator[Hint]:
    """The hints of a demand: after its header the number of answering sets, after each line how many sets are left. A
    line that leaves none is marked."""
    found, header = answer(piece), piece.description.header
    if found is None or header is None:
        return
    language = snapshot.catalogue.language
    invalid = found.status == "invalid"
    text = say("editor.invalid", language) if invalid else counted("editor.sets", information_sets(found), language)
    yield _behind(snapshot, piece.row + header.row, text)
    sentences = piece.description.sentences
    for line, sets, kills in funnel(piece) if len(sentences) > 1 else ():
        said = counted("editor.sets", sets, language)
        yield _behind(snapshot, piece.row + sentences[line - 1].row, f"✗ {said}" if kills else said)


def _behind(snapshot: Snapshot, row: int, text: str) -> Hint:
    return Hint(Position(row, len(snapshot.line(row))), text)


def _groups(piece: Piece) -> Iterator[Hint]:
    """A bracket before each line that tells which lines `E` keeps together, and which `N` negates.

    A demand of one group without a negation says all that by itself.
    """
    groups = groups_in(piece.description)
    negates = any(line.negated for group in groups for line in group)
    for group in groups if len(groups) > 1 or negates else ():
        for at, line in enumerate(group):
            bracket = "[" if len(group) == 1 else "⎡" if at == 0 else "⎣" if at + 1 == len(group) else "⎢"
            mark = ("¬" if line.negated else _AS_WIDE) if negates else ""
            yield Hint(Position(piece.row + line.sentence.row, 0), bracket + mark, opens=True)


def _fields(snapshot: Snapshot, piece: Piece, settings: HintSettings) -> Iterator[Hint]:
    fields = said_by_each(piece.description.sentences, lambda _, field: field.text, "")
    for line, (_, said) in zip(snapshot.code(piece).sentences, fields, strict=True):
        row = piece.row + line.sentence.row
        hints = list(_of_line(line, said, settings, snapshot.catalogue.language))
        if settings.beside:
            yield from (Hint(Position(row, column), text) for column, text in hints)
        elif hints:
            yield _behind(snapshot, row, " · ".join(text for _, text in hints))


def _of_line(
    line: CodedSentence, said: Sequence[str], settings: HintSettings, language: str
) -> Iterator[tuple[int, str]]:
    """The texts of the hints of a line, each with the column where its field ends. `said` is what the fields' terms
    say."""
    for place, text in zip(TERMS, said, strict=True):
        field = line.sentence.fields[place]
        if field.kind != "ditto":
            if settings.codes and (meant := _meant(line, place, language)):
                yield field.end, meant
        elif settings.dittos and text:
            yield field.end, text


def _meant(line: CodedSentence, place: int, language: str) -> str:
    """The code of a field's word, or how many periods its series has; empty where it says all that it means."""
    if place != TIME:
        code = _code(line, place)
        return f"[{code}]" if code else ""
    return periods(line.time, language) if isinstance(line.time, Series) and not line.time.is_open else ""


def _code(line: CodedSentence, place: int) -> str:
    """The code of the concept that a field's word names; empty where it names none or several, or the field writes the
    code itself."""
    term = line.terms[place - OBJECT_TYPE]
    if term is None or term == ANY or term.startswith((UNIT, SEVERAL)) or line.sentence.fields[place].kind != "word":
        return ""
    return term
