"""What would let a demand without covers be answered, each a single edit with the answers it will give."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from vkd_catalog.languages import counted, say
from vkd_grammar.syntax import FIELD_NAMES, Sentence
from vkd_grammar.text import Position, Span
from vkd_server.features.refactoring.refactorings import Refactoring, rule_context
from vkd_server.rules.rule import TextEdit
from vkd_server.rules.shared.laid_lines import edits_in_place, groups_in, laid, with_comments, without_rows

if TYPE_CHECKING:
    from vkd_catalog.evaluation import Answer, Relaxation
    from vkd_server.features.snapshot import Piece, Snapshot

KIND = "refactor.rewrite.vkd.relax"


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
    answers = counted("editor.answers", one.covers, language)
    if one.field is None:
        return say("relax.drop", language, line=one.line, answers=answers)
    field = say(f"field.{one.field}", language)
    return say("relax.title", language, line=one.line, field=field, to=one.to, answers=answers)


def _put(snapshot: Snapshot, piece: Piece, one: Relaxation) -> Iterator[TextEdit]:
    """The edits that give a field a new text. Dittos below it repeat the new text, as the promised answers do."""
    place = FIELD_NAMES.index(one.field or "")
    sentence = piece.description.sentences[one.line - 1]
    yield _field(snapshot, piece, sentence, place, one.to or "")


def _dropped(snapshot: Snapshot, piece: Piece, line: int) -> Iterator[TextEdit]:
    """The edits that remove a line, and correct the dittos below it, the operators above it and the numbers after
    it."""
    dropped = piece.description.sentences[line - 1]
    groups = [[one for one in group if one.sentence is not dropped] for group in groups_in(piece.description)]
    left = [group for group in groups if group]
    if not left:
        return
    # The first line of a group takes the operator behind it along, and so what negated the next.
    left = [[group[0]._replace(negated=False), *group[1:]] for group in left]
    context = rule_context(snapshot, piece, snapshot.code(piece))
    yield from edits_in_place(context, laid(left, [one.sentence for group in left for one in group]))
    yield from without_rows(context, with_comments(dropped, piece.description))


def _field(snapshot: Snapshot, piece: Piece, sentence: Sentence, place: int, text: str) -> TextEdit:
    field, row = sentence.fields[place], piece.row + sentence.row
    return TextEdit(snapshot.path, Position(row, field.start), Position(row, field.end), text)
