"""The columns of a product's data: sentences for those that are known, and words for those that are not."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from vkd_catalog.importers.layout import Terms, laid_out
from vkd_catalog.languages import say
from vkd_grammar.sentences import said_by_each
from vkd_grammar.technical import key_named
from vkd_grammar.text import Position, Span, content
from vkd_server.features.refactoring.refactorings import Refactoring
from vkd_server.rules.rule import TextEdit

if TYPE_CHECKING:
    from vkd_catalog.coding import CodedDescription
    from vkd_catalog.describing.drafting import Said
    from vkd_catalog.vocabulary import Concept
    from vkd_grammar.syntax import Description
    from vkd_server.features.snapshot import Piece, Snapshot

WORD_KIND = "refactor.rewrite.vkd.column"
COLUMNS_KIND = "refactor.rewrite.vkd.columns"
TITLES = {WORD_KIND: "refactor.rewrite.column", COLUMNS_KIND: "refactor.rewrite.columns"}
"""The kinds of code action here, and what each is called."""

_MOST_FILES = 1000
"""So many files of an address that leaves the period open are looked for by name."""


class _Parts(NamedTuple):
    """A product description as it is laid out: the row of its header, the header's first fields, its technical data,
    and below it comment lines and the terms of sentences, each with its row."""

    row: int
    header: str
    entries: dict[str, str]
    rows: list[tuple[int, str | Terms]]


def chosen_words(snapshot: Snapshot, span: Span) -> Iterator[Refactoring]:
    """For the line of an unknown column: an edit for each word near to it, which makes the line a sentence."""
    from vkd_catalog.describing.drafting import field_of, pair_for, unknown_in

    piece = snapshot.piece_at(span.start.row)
    unknown = unknown_in(snapshot.line(span.start.row))
    parts = _parts(piece) if piece and unknown else None
    if piece is None or unknown is None or parts is None:
        return
    characteristics = snapshot.catalogue.vocabularies.characteristics
    at = span.start.row - piece.row
    for concept in _near(unknown.near, snapshot):
        field = field_of(concept, characteristics, snapshot.catalogue.language)
        pair = pair_for(unknown.column, concept.code, tuple(concept.words()), characteristics)
        rows = list(_with_sentence(parts.rows, at, field))
        entries = _with_pairs(parts, [(unknown.column, pair)], snapshot.catalogue.language)
        title = say(TITLES[WORD_KIND], snapshot.catalogue.language, column=unknown.column, word=field)
        yield Refactoring(WORD_KIND, title, (_edit(snapshot, piece, parts, entries, rows),))


def data_at(snapshot: Snapshot, span: Span) -> Path | None:
    """The file that the address of data on a line leads to, where its columns can be read. None to the public."""
    from vkd_catalog.describing.readers import ENDINGS

    piece = snapshot.piece_at(span.start.row)
    if (
        snapshot.catalogue.is_public
        or piece is None
        or piece.description.kind != "product"
        or piece.description.header is None
    ):
        return None
    for entry in piece.description.header.entries:
        if _is_named(entry.key.text, "data") and entry.row == span.start.row - piece.row:
            path = _file(snapshot, snapshot.code(piece))
            return path if path and path.suffix.lower() in (*ENDINGS, ".txt") else None
    return None


def described_columns(snapshot: Snapshot, span: Span) -> tuple[TextEdit, ...]:
    """The edit that says the columns of a product's data which its description does not say. None where the file cannot
    be read, or says nothing new."""
    piece = snapshot.piece_at(span.start.row)
    path = data_at(snapshot, span)
    parts = _parts(piece) if piece else None
    if piece is None or path is None or parts is None:
        return ()
    coded = snapshot.code(piece)
    known = {sentence.characteristic for sentence in coded.sentences}
    there = {text for _, text in parts.rows if isinstance(text, str)}
    new = [one for one in _said(snapshot, coded, path) if one.code not in known or not one.field]
    comments = [line for one in new if not one.field and (line := _unknown(one, snapshot)) not in there]
    described = [one for one in new if one.field]
    if not described and not comments:
        return ()
    rows = [text for _, text in parts.rows]
    last = next(terms for terms in reversed(rows) if not isinstance(terms, str))
    rows += [(last[0], last[1], one.field, last[3]) for one in described]
    pairs = [(one.column.name, one.pair) for one in described]
    entries = _with_pairs(parts, pairs, snapshot.catalogue.language)
    return (_edit(snapshot, piece, parts, entries, [*rows, *comments]),)


def _unknown(said: Said, snapshot: Snapshot) -> str:
    from vkd_catalog.describing.drafting import unknown_line

    return f"# {unknown_line(said, snapshot.catalogue.language)}"


def _said(snapshot: Snapshot, coded: CodedDescription, path: Path) -> Sequence[Said]:
    """What is said of each column of a file, in the words there are; nothing where it cannot be read."""
    from vkd_catalog.describing.describe import Surroundings, WrongCallError, describe
    from vkd_catalog.describing.request import Request
    from vkd_catalog.describing.sources import read_files
    from vkd_server.rules.shared.personal import masked

    codebook = _codebook(snapshot, coded)
    request = Request((path,), datetime.now(UTC).date(), codebook=codebook)
    read = read_files(request, masked)
    try:
        outcome = describe(request, read, snapshot.catalogue, Surroundings(hide=masked))
    except WrongCallError:
        return ()
    return [said for one in outcome.described for draft in one.drafts for said in draft.columns if not said.is_time]


def _codebook(snapshot: Snapshot, coded: CodedDescription) -> Path | None:
    """The product's document, where it is a table."""
    from vkd_catalog.describing.readers import ENDINGS

    address = coded.technical.values.get("doc", "")
    found = snapshot.catalogue.resolve(address) if address else None
    if found is None or found.kind != "path" or not found.target.lower().endswith(ENDINGS):
        return None
    return Path(found.target) if os.path.isfile(found.target) else None


def _file(snapshot: Snapshot, coded: CodedDescription) -> Path | None:
    """The last file that a product's address of data leads to."""
    from vkd_catalog.addresses import filled_in_for_each, is_open
    from vkd_grammar.times import Series

    address = coded.technical.values.get("data", "")
    addresses = [address]
    if is_open(address):
        times = dict.fromkeys(sentence.time for sentence in coded.sentences)
        series = [time for time in times if isinstance(time, Series) and not time.is_open]
        addresses = filled_in_for_each(address, series, _MOST_FILES) or []
    for one in reversed(addresses):
        found = snapshot.catalogue.resolve(one)
        if found.kind == "path" and os.path.isfile(found.target):
            return Path(found.target)
    return None


def _parts(piece: Piece) -> _Parts | None:
    """A product description in its parts; None where it is none, or something in it cannot be read."""
    description = piece.description
    header = description.header
    if description.kind != "product" or header is None or any(one.code != "VKD003" for one in description.problems):
        return None
    entries = {entry.key.text: entry.value.text for entry in header.entries if entry.value}
    fields = " / ".join(field.text for field in header.fields[:3])
    last = max((entry.row for entry in header.entries), default=header.row)
    return _Parts(header.row, fields, entries, sorted(_rows(description, last), key=lambda one: one[0]))


def _rows(description: Description, above: int) -> Iterator[tuple[int, str | Terms]]:
    for sentence, terms in said_by_each(description.sentences, lambda _, field: field.text, ""):
        yield sentence.row, terms
    yield from ((one.row, f"# {one.text}".rstrip()) for one in description.comments if one.row > above)


def _with_sentence(rows: Sequence[tuple[int, str | Terms]], at: int, field: str) -> Iterator[str | Terms]:
    """The rows with a sentence in place of one. It says what the sentence above it says, or the one below, of another
    characteristic."""
    sentences = [(row, terms) for row, terms in rows if not isinstance(terms, str)]
    above = [terms for row, terms in sentences if row < at]
    like = above[-1] if above else sentences[0][1]
    for row, text in rows:
        yield (like[0], like[1], field, like[3]) if row == at else text


def _with_pairs(parts: _Parts, pairs: Sequence[tuple[str, str]], language: str) -> dict[str, str]:
    """The technical data with some columns and their words added; an empty word needs no pair."""
    from vkd_catalog.describing.drafting import as_pairs, key_word

    new = as_pairs(pairs)
    name = next((key for key in parts.entries if _is_named(key, "columns")), key_word("columns", language))
    said = ", ".join(filter(None, (parts.entries.get(name, ""), new)))
    return {**parts.entries, name: said} if new else parts.entries


def _edit(
    snapshot: Snapshot, piece: Piece, parts: _Parts, entries: dict[str, str], rows: Sequence[str | Terms]
) -> TextEdit:
    """The edit that lays out a description anew, from its header to its last line."""
    lines = piece.lines
    last = max(row for row, line in enumerate(lines) if content(line).strip())
    end = lines[parts.row][len(content(lines[parts.row])) :] or "\n"
    text = end.join(laid_out(parts.header, [[pair] for pair in entries.items()], rows))
    start = Position(piece.row + parts.row, 0)
    return TextEdit(snapshot.path, start, Position(piece.row + last, len(content(lines[last]))), text)


def _near(words: Sequence[str], snapshot: Snapshot) -> Iterator[Concept]:
    """The characteristics that some words name; one with its code behind it is the one with that code."""
    characteristics = snapshot.catalogue.vocabularies.characteristics
    for word in words:
        _, bracket, code = word.rpartition("[")
        coded = characteristics.coded(code.rstrip("] ")) if bracket else None
        named = [coded] if coded else list(characteristics.named(word))
        if len(named) == 1:
            yield named[0]


def _is_named(text: str, name: str) -> bool:
    key = key_named(text)
    return key is not None and key.name == name
