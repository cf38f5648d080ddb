"""Definition: where the concept under the cursor stands in its vocabulary."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from vkd_grammar.syntax import CHARACTERISTIC, NAME, OBJECT_TYPE, TIME
from vkd_grammar.text import Position
from vkd_server.features.snapshot import coded_at

if TYPE_CHECKING:
    from vkd_catalog.coding import CodedSentence
    from vkd_catalog.vocabulary import Concept
    from vkd_server.features.snapshot import Snapshot


class Place(NamedTuple):
    """A row of a file, its path relative to the workspace's root."""

    path: str
    row: int


def definition(snapshot: Snapshot, position: Position) -> Place | None:
    """The vocabulary row of the concept that a field means, a ditto's included; None where it means none."""
    piece = snapshot.piece_at(position.row)
    sentence = piece.sentence_at(position.row) if piece else None
    if piece is None or sentence is None:
        return None
    line = coded_at(snapshot.code(piece), sentence)
    place = next((at for at, one in enumerate(sentence.fields) if one.start <= position.column <= one.end), -1)
    concept = _concept(snapshot, line, place) if line else None
    return Place(concept.source, concept.row) if concept else None


def _concept(snapshot: Snapshot, line: CodedSentence, place: int) -> Concept | None:
    if place in (OBJECT_TYPE, NAME, CHARACTERISTIC):
        return snapshot.catalogue.coder.concepts(line)[place - OBJECT_TYPE]
    field = line.sentence.fields[place]
    if place != TIME or field.kind == "time":
        return None
    times = snapshot.catalogue.vocabularies.times
    named = times.named(field.word)
    return times.coded(field.code) if field.code else named[0] if len(named) == 1 else None
