"""What would let a demand without covers be answered, each a single edit with the answers it will give."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from vkd_catalog.languages import Texts
from vkd_grammar.syntax import CHARACTERISTIC, FIELD_NAMES, NAME, NUMBER, OBJECT_TYPE, OPERATOR, TIME, Sentence
from vkd_grammar.text import Position, Span, content
from vkd_server.features.phrases import ANSWERS, counted
from vkd_server.features.refactorings import Refactoring
from vkd_server.rules.rule import TextEdit
from vkd_server.rules.wording import FIELDS

if TYPE_CHECKING:
    from vkd_catalog.evaluation import Answer, Relaxation
    from vkd_server.features.snapshot import Piece, Snapshot

KIND = "refactor.rewrite.vkd.relax"
_PLACES = (OBJECT_TYPE, NAME, CHARACTERISTIC, TIME)
_TITLE = Texts(
    "Linje {line}: {field} → {to} ({answers})",
    "Rad {line}: {field} → {to} ({answers})",
    "Linje {line}: {field} → {to} ({answers})",
    "Line {line}: {field} → {to} ({answers})",
)
_DROP = Texts(
    "Stryk linje {line} ({answers})",
    "Stryk rad {line} ({answers})",
    "Stryg linje {line} ({answers})",
    "Drop line {line} ({answers})",
)


def relaxations(snapshot: Snapshot, span: Span, answer: Callable[[Piece], Answer | None]) -> Iterator[Refactoring]:
    """The edits of the line at a place that would give answers; where it has none, those of all lines.

    `answer` runs a demand.
    """
    piece = snapshot.piece_at(span.start.row)
    if piece is None or piece.description.kind != "demand":
        return
    found = answer(piece)
    every = found.why.relaxations if found and found.why else ()
    here = piece.sentence_at(span.start.row)
    sentences = piece.description.sentences
    for one in [one for one in every if sentences[one.line - 1] is here] or every:
        edits = tuple(_dropped(snapshot, piece, one.line) if one.field is None else _put(snapshot, piece, one))
        if edits:
            yield Refactoring(KIND, _title(one, snapshot.catalogue.language), edits)


def _title(one: Relaxation, language: str) -> str:
    answers = counted(ANSWERS, one.covers, language)
    if one.field is None:
        return _DROP.in_language(language).format(line=one.line, answers=answers)
    field = FIELDS[FIELD_NAMES.index(one.field)].in_language(language)
    return _TITLE.in_language(language).format(line=one.line, field=field, to=one.to, answers=answers)


def _put(snapshot: Snapshot, piece: Piece, one: Relaxation) -> Iterator[TextEdit]:
    """A field written anew; a ditto below it goes on meaning what it did."""
    place = FIELD_NAMES.index(one.field or "")
    sentences = piece.description.sentences
    sentence = sentences[one.line - 1]
    field, row = sentence.fields[place], piece.row + sentence.row
    yield TextEdit(snapshot.path, Position(row, field.start), Position(row, field.end), one.to or "")
    yield from _kept_below(snapshot, piece, one.line, (place,))


def _dropped(snapshot: Snapshot, piece: Piece, line: int) -> Iterator[TextEdit]:
    """A line taken out: dittos below it, operators above it and the numbers after it put right."""
    sentences = piece.description.sentences
    sentence, before = sentences[line - 1], sentences[line - 2] if line > 1 else None
    operator = sentence.fields[OPERATOR].text
    opens = before is None or before.fields[OPERATOR].text == "E"
    closes = operator in ("E", ".")
    if len(sentences) == 1 or (opens and operator == "N"):
        # What is left would be no demand, or its group would begin with a line that is negated.
        return
    yield _without_row(snapshot, piece.row + sentence.row)
    if before is not None and (not opens or closes) and before.fields[OPERATOR].text != operator:
        yield _field(snapshot, piece, before, OPERATOR, operator)
    said_here = [place for place in _PLACES if sentence.fields[place].kind != "ditto"]
    yield from _kept_below(snapshot, piece, line, said_here)
    for number, after in enumerate(sentences[line:], start=line):
        if after.fields[NUMBER].text == str(number + 1):
            yield _field(snapshot, piece, after, NUMBER, str(number))


def _kept_below(snapshot: Snapshot, piece: Piece, line: int, places: Sequence[int]) -> Iterator[TextEdit]:
    """What the dittos right below a line stand for, written out."""
    sentences = piece.description.sentences
    for place in places if line < len(sentences) else ():
        if sentences[line].fields[place].kind == "ditto":
            said = next(one.fields[place] for one in reversed(sentences[:line]) if one.fields[place].kind != "ditto")
            yield _field(snapshot, piece, sentences[line], place, said.text)


def _field(snapshot: Snapshot, piece: Piece, sentence: Sentence, place: int, text: str) -> TextEdit:
    field, row = sentence.fields[place], piece.row + sentence.row
    return TextEdit(snapshot.path, Position(row, field.start), Position(row, field.end), text)


def _without_row(snapshot: Snapshot, row: int) -> TextEdit:
    """A row taken out with its end; the last row of a text that has none, with the end of the row above."""
    lines = snapshot.document.lines
    if content(lines[row]) != lines[row]:
        return TextEdit(snapshot.path, Position(row, 0), Position(row + 1, 0), "")
    above = len(content(lines[row - 1]))
    return TextEdit(snapshot.path, Position(row - 1, above), Position(row, len(lines[row])), "")
