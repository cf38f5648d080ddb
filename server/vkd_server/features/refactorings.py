"""Refactorings: other ways to write a description that mean the same, and a demand from a product or the other way.

Each is built field by field from what the lines mean, so that a field is changed only where it will mean what it did.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from vkd_catalog.coding import ANY, UNIT
from vkd_catalog.languages import Texts
from vkd_grammar.syntax import CHARACTERISTIC, NAME, OBJECT_TYPE, TIME
from vkd_grammar.text import Position, Span, content
from vkd_grammar.times import Period
from vkd_server.features.phrases import header_type_for, word_language
from vkd_server.rules.rule import TextEdit

if TYPE_CHECKING:
    from vkd_catalog.coding import CodedDescription, CodedSentence
    from vkd_grammar.kinds import Kind
    from vkd_server.features.snapshot import Piece, Snapshot

_PLACES = (OBJECT_TYPE, NAME, CHARACTERISTIC, TIME)
_DITTO = '"'


class Refactoring(NamedTuple):
    """One way to write something anew; `kind` tells it from the others, as LSP's code action kinds do."""

    kind: str
    title: str
    edits: tuple[TextEdit, ...]


class _Way(NamedTuple):
    kind: str
    title: Texts
    edits: Callable[[Snapshot, Piece, CodedDescription, Span], Iterator[TextEdit]]


def refactorings(snapshot: Snapshot, span: Span) -> Iterator[Refactoring]:
    """What can be done at a stretch of text with the description it starts in; only what would change something."""
    piece = snapshot.piece_at(span.start.row)
    if piece is None or piece.description.header is None:
        return
    coded = snapshot.code(piece)
    for way in _WAYS:
        edits = tuple(way.edits(snapshot, piece, coded, span))
        if edits:
            yield Refactoring(way.kind, way.title.in_language(snapshot.catalogue.language), edits)


def _unfold_lines(snapshot: Snapshot, piece: Piece, coded: CodedDescription, span: Span) -> Iterator[TextEdit]:
    for edit in _unfold(snapshot, piece, coded, span):
        if span.start.row <= edit.start.row <= span.end.row:
            yield edit


def _unfold(snapshot: Snapshot, piece: Piece, coded: CodedDescription, _span: Span) -> Iterator[TextEdit]:
    """What each ditto stands for, written in its place."""
    said: dict[int, CodedSentence] = {}
    for line in coded.sentences:
        for place in _PLACES:
            field = line.sentence.fields[place]
            if field.kind != "ditto":
                said[place] = line
            elif _meaning(line, place) is not None and (above := said.get(place)) and _reads_alike(line, above, place):
                yield _rewritten(snapshot, piece, line, place, above.sentence.fields[place].text)


def _fold(snapshot: Snapshot, piece: Piece, coded: CodedDescription, _span: Span) -> Iterator[TextEdit]:
    """A ditto in every field that means what the field above it does."""
    for above, line in pairwise(coded.sentences):
        if above.line + 1 == line.line:
            for place in _PLACES:
                meaning = _meaning(line, place)
                written = line.sentence.fields[place].kind
                if written not in ("ditto", "dont-care") and meaning is not None and meaning == _meaning(above, place):
                    yield _rewritten(snapshot, piece, line, place, _DITTO)


def _demand(snapshot: Snapshot, piece: Piece, coded: CodedDescription, _span: Span) -> Iterator[TextEdit]:
    """A demand, below the product, that asks for what the product holds."""
    if coded.kind == "product" and _all_mean_something(coded):
        yield _below(snapshot, piece, "demand")


def _product(snapshot: Snapshot, piece: Piece, coded: CodedDescription, _span: Span) -> Iterator[TextEdit]:
    """A product, below the demand, that holds what the demand asks for, where that is one definite thing."""
    definite = all(
        line.operator in ("O", ".")
        and ANY not in (line.object_type, line.name, line.characteristic)
        and isinstance(line.time, Period)
        for line in coded.sentences
    )
    if coded.kind == "demand" and definite and _all_mean_something(coded):
        yield _below(snapshot, piece, "product")


_WAYS = (
    _Way(
        "refactor.rewrite.vkd.unfoldLine",
        Texts(
            "Skriv ut gjentakelsestegnene i linjen",
            "Skriv ut upprepningstecknen på raden",
            "Skriv gentagelsestegnene i linjen ud",
            "Write out the dittos of the line",
        ),
        _unfold_lines,
    ),
    _Way(
        "refactor.rewrite.vkd.unfold",
        Texts(
            "Skriv ut gjentakelsestegnene i beskrivelsen",
            "Skriv ut upprepningstecknen i beskrivningen",
            "Skriv gentagelsestegnene i beskrivelsen ud",
            "Write out the dittos of the description",
        ),
        _unfold,
    ),
    _Way(
        "refactor.rewrite.vkd.fold",
        Texts(
            "Sett gjentakelsestegn for det som gjentas",
            "Sätt upprepningstecken för det som upprepas",
            "Sæt gentagelsestegn for det, der gentages",
            "Write dittos for what is repeated",
        ),
        _fold,
    ),
    _Way(
        "refactor.rewrite.vkd.demand",
        Texts(
            "Lag en etterspørsel av dette produktet",
            "Gör en efterfrågan av denna produkt",
            "Lav en efterspørgsel af dette produkt",
            "Make a demand from this product",
        ),
        _demand,
    ),
    _Way(
        "refactor.rewrite.vkd.product",
        Texts(
            "Lag et produkt av denne etterspørselen",
            "Gör en produkt av denna efterfrågan",
            "Lav et produkt af denne efterspørgsel",
            "Make a product from this demand",
        ),
        _product,
    ),
)
TITLES = {way.kind: way.title for way in _WAYS}
"""The kinds of code action that refactorings are, in the order they are offered, and what each is called."""


def _meaning(line: CodedSentence, place: int) -> object:
    """What a field means; None where it means nothing that is known."""
    if place != TIME:
        return (line.object_type, line.name, line.characteristic)[place - OBJECT_TYPE]
    return ANY if line.timeless else line.time


def _reads_alike(line: CodedSentence, above: CodedSentence, place: int) -> bool:
    """Whether a field's text means the same in another line: a unit's identification depends on the object type."""
    own = place == NAME and (line.name or "").startswith(UNIT)
    return not own or line.object_type == above.object_type


def _rewritten(snapshot: Snapshot, piece: Piece, line: CodedSentence, place: int, text: str) -> TextEdit:
    """An edit of one field. Columns stay aligned where there are blanks to take up, or to leave."""
    field, row = line.sentence.fields[place], piece.row + line.sentence.row
    rest = content(piece.lines[line.sentence.row])[field.end :]
    blanks = len(rest) - len(rest.lstrip(" "))
    grown = len(text) - (field.end - field.start)
    end = field.end + max(0, min(grown, blanks - 1))
    return TextEdit(snapshot.path, Position(row, field.start), Position(row, end), text + " " * max(0, -grown))


def _all_mean_something(coded: CodedDescription) -> bool:
    sentences = coded.description.sentences
    return bool(sentences) and len(coded.sentences) == len(sentences) and all(line.complete for line in coded.sentences)


def _below(snapshot: Snapshot, piece: Piece, kind: Kind) -> TextEdit:
    """An edit that puts a description of a kind, with the lines of one that is there, below that one."""
    header = piece.description.header
    language = word_language(piece.description, snapshot.catalogue.language)
    identification = header.fields[2].text if header and len(header.fields) > 2 else ""
    lines = [content(piece.lines[sentence.row]) for sentence in piece.description.sentences]
    opening = f"0 / {header_type_for(kind, language)} / {identification}".rstrip()
    return _inserted(snapshot.path, piece, (opening, *lines), len(snapshot.document.lines))


def _inserted(path: str, piece: Piece, lines: Sequence[str], rows: int) -> TextEdit:
    last = piece.lines[-1]
    end = next((line[len(content(line)) :] for line in piece.lines if content(line) != line), "\n")
    at = Position(piece.row + len(piece.lines), 0)
    before = end if content(last).strip() else ""
    if content(last) == last:
        at, before = Position(at.row - 1, len(last)), end + before
    after = end if at.row < rows and not at.column else ""
    return TextEdit(path, at, at, before + "".join(line + end for line in lines) + after)
