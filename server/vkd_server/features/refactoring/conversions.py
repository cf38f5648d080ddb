"""A demand from a product, and a product from a demand: the same lines under another header."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from vkd_catalog.coding import ANY, senses_of
from vkd_grammar.syntax import TIME, Sentence
from vkd_grammar.text import Position, Span, content
from vkd_grammar.times import Mask, NotStated, Series, read_time
from vkd_server.features.phrases import header_type_for, word_language
from vkd_server.rules.rule import TextEdit

if TYPE_CHECKING:
    from vkd_catalog.coding import CodedDescription
    from vkd_grammar.kinds import Kind
    from vkd_server.features.snapshot import Piece, Snapshot


def demand(snapshot: Snapshot, piece: Piece, coded: CodedDescription, _span: Span) -> Iterator[TextEdit]:
    """A demand, below the product, that asks for what the product holds."""
    if coded.kind == "product" and _all_mean_something(coded):
        yield _below(snapshot, piece, "demand", [_asked(piece, sentence) for sentence in piece.description.sentences])


def product(snapshot: Snapshot, piece: Piece, coded: CodedDescription, _span: Span) -> Iterator[TextEdit]:
    """A product, below the demand, that holds what the demand asks for, where that is one definite thing."""
    definite = all(
        line.operator in ("O", ".")
        and ANY not in line.terms
        and not any(map(senses_of, line.terms))
        and line.time is not None
        and not isinstance(line.time, Mask)
        for line in coded.sentences
    )
    if coded.kind == "demand" and definite and _all_mean_something(coded):
        rows = (sentence.row for sentence in piece.description.sentences)
        yield _below(snapshot, piece, "product", [content(piece.lines[row]) for row in rows])


def _all_mean_something(coded: CodedDescription) -> bool:
    sentences = coded.description.sentences
    return bool(sentences) and len(coded.sentences) == len(sentences) and all(line.complete for line in coded.sentences)


def _asked(piece: Piece, sentence: Sentence) -> str:
    """A product's line as a demand asks for it: at any time where none is stated, an open series as its interval."""
    line, field = content(piece.lines[sentence.row]), sentence.fields[TIME]
    time = read_time(field.text) if field.kind == "time" else None
    if isinstance(time, NotStated):
        return f"{line[: field.start]}-{line[field.end :]}"
    if isinstance(time, Series) and time.is_open:
        return f"{line[: field.start]}{field.text.partition(':')[0].rstrip()}{line[field.end :]}"
    return line


def _below(snapshot: Snapshot, piece: Piece, kind: Kind, lines: Sequence[str]) -> TextEdit:
    """An edit that puts a description of a kind, with some lines, below one that is there."""
    header = piece.description.header
    language = word_language(piece.description, snapshot.catalogue.language)
    identification = header.fields[2].text if header and len(header.fields) > 2 else ""
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
