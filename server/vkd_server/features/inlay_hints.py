"""Inlay hints: what dittos stand for, codes, and how many information sets answer a demand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from vkd_catalog.coding import ANY, UNIT
from vkd_grammar.syntax import CHARACTERISTIC, NAME, OBJECT_TYPE, TIME, Field
from vkd_grammar.text import Position
from vkd_server.features.phrases import INVALID, SETS, counted

if TYPE_CHECKING:
    from vkd_catalog.coding import CodedSentence
    from vkd_catalog.evaluation import Answer
    from vkd_server.features.snapshot import Piece, Snapshot


class HintSettings(NamedTuple):
    """Which hints a person wants."""

    dittos: bool
    codes: bool
    sets: bool


class Hint(NamedTuple):
    """A text shown in the line behind a place, which is not part of the document."""

    position: Position
    text: str


def hints(
    snapshot: Snapshot, first: int, last: int, settings: HintSettings, answer: Callable[[Piece], Answer | None]
) -> Iterator[Hint]:
    """The hints of the rows from `first` to `last`. `answer` runs a demand; None where it cannot be run."""
    document = snapshot.document
    if not document.descriptions:
        return
    for index in range(document.index_at(first), document.index_at(last) + 1):
        piece = snapshot.piece(index)
        header = piece.description.header
        if settings.sets and header is not None and piece.description.kind == "demand":
            row = piece.row + header.row
            if first <= row <= last:
                yield Hint(Position(row, len(snapshot.line(row))), _sets(snapshot, answer(piece)))
        if settings.dittos or settings.codes:
            yield from (hint for hint in _fields(snapshot, piece, settings) if first <= hint.position.row <= last)


def information_sets(answer: Answer) -> int:
    """How many information sets have a part in an answer."""
    return len(answer.covers.members())


def _sets(snapshot: Snapshot, answer: Answer | None) -> str:
    language = snapshot.catalogue.language
    if answer is None or answer.status == "invalid":
        return INVALID.in_language(language)
    return counted(SETS, information_sets(answer), language)


def _fields(snapshot: Snapshot, piece: Piece, settings: HintSettings) -> Iterator[Hint]:
    said: list[Field | None] = [None] * 6
    for line in snapshot.code(piece).sentences:
        for place in (OBJECT_TYPE, NAME, CHARACTERISTIC, TIME):
            field = line.sentence.fields[place]
            end = Position(piece.row + line.sentence.row, field.end)
            if field.kind != "ditto":
                said[place] = field
                if settings.codes and place != TIME and (code := _code(line, place)):
                    yield Hint(end, f"[{code}]")
            elif settings.dittos and (above := said[place]) is not None and above.kind != "empty":
                yield Hint(end, above.text)


def _code(line: CodedSentence, place: int) -> str:
    """The code a field's word stands for; empty where it stands for none, or says it itself."""
    term = (line.object_type, line.name, line.characteristic)[place - OBJECT_TYPE]
    if term is None or term == ANY or term.startswith(UNIT) or line.sentence.fields[place].kind != "word":
        return ""
    return term
