"""What the other fields of a line allow in the one that is being typed (table of 1972 p.12)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from vkd_catalog.agreement import disagreements
from vkd_catalog.vocabulary.concept import catalogue_of
from vkd_grammar.syntax import CHARACTERISTIC, NAME, OBJECT_TYPE, OPERATOR, Field, Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vkd_catalog.coding import CodedSentence
    from vkd_catalog.vocabulary import Concept, Vocabulary
    from vkd_server.features.lexicon import Found, Match
    from vkd_server.features.snapshot import Piece, Snapshot

_BLANK = Field("empty", "", 0, 0)
_NUDGE = "VKD202"
"""A singular aggregate with a classification is a hint and no error, so it may be offered."""


class Context:
    """The concepts of a line's other fields, with dittos replaced by what they repeat; `line` is the coded line,
    `above` the line before it. What is no demand speaks of the workspace's own concepts alone (`own_alone`)."""

    def __init__(
        self,
        concepts: tuple[Concept | None, Concept | None, Concept | None],
        above: Sentence | None,
        line: CodedSentence | None,
        *,
        beside_classification: bool,
        object_types: Vocabulary,
        own_alone: bool,
    ) -> None:
        self._object_type, self._name, self._characteristic = concepts
        self._beside = beside_classification
        self._object_types = object_types
        self._own_alone = own_alone
        self._known: dict[object, bool] = {}
        self.above = above
        self.line = line

    def agrees(self, place: int, concept: Concept) -> bool:
        """Whether a concept may stand in a field, beside what the other fields hold.

        Concepts that state the same are judged once, for a vocabulary has many of them.
        """
        key = concept.code if place == OBJECT_TYPE else (concept.kind, concept.object_types, catalogue_of(concept.code))
        if key not in self._known:
            self._known[key] = self._judged(place, concept)
        return self._known[key]

    def agreeing(self, place: int, found: Found, limit: int, first: Iterable[Match] = ()) -> tuple[list[Match], int]:
        """The first concepts that agree, at most `limit`, and how many agree in all.

        Those of `first`, which are among them, come before the others.
        """
        preferred = {match.concept.code: match for match in first if self.agrees(place, match.concept)}
        if place == OBJECT_TYPE:
            matches = [match for match in found if self.agrees(place, match.concept)]
            count = len(matches)
        else:
            matches, count = found.first(lambda concept: self.agrees(place, concept), limit)
        others = (match for match in matches if match.concept.code not in preferred)
        return [*preferred.values(), *others][:limit], count

    def said_above(self, place: int) -> str:
        """The text of a field in the line above."""
        return self.above.fields[place].text if self.above is not None and self.above.readable else ""

    def _judged(self, place: int, concept: Concept) -> bool:
        object_type, name, characteristic = self._object_type, None, None
        if place == OBJECT_TYPE:
            object_type, name, characteristic = concept, self._name, self._characteristic
        elif place == NAME:
            name = concept
        elif place == CHARACTERISTIC:
            characteristic = concept
        if self._own_alone and catalogue_of(concept.code):
            return False
        found = disagreements(
            object_type, name, characteristic, beside_classification=self._beside, object_types=self._object_types
        )
        return all(one.code == _NUDGE for one in found)


def context_of(snapshot: Snapshot, piece: Piece, sentence: Sentence | None) -> Context:
    """The context of a line. A line that is still being typed may lack fields: they are taken as empty."""
    own_alone = piece.description.kind != "demand"
    made = partial(Context, object_types=snapshot.catalogue.vocabularies.object_types, own_alone=own_alone)
    if sentence is None:
        return made((None, None, None), None, None, beside_classification=False)
    sentences = piece.description.sentences
    upto = sentences[: sentences.index(sentence) + 1]
    whole = tuple(_filled(one) for one in sentences)
    coded = snapshot.catalogue.coder.code(piece.description._replace(sentences=whole))
    concepts = snapshot.catalogue.coder.concepts
    beside = any(_is_classification(concepts(one)[1]) for one in coded.sentences if one.line != len(upto))
    above = upto[-2] if len(upto) > 1 else None
    line = coded.sentences[len(upto) - 1]
    return made(concepts(line), above, line, beside_classification=beside)


def _filled(sentence: Sentence) -> Sentence:
    fields = (sentence.fields + (_BLANK,) * OPERATOR)[: OPERATOR + 1]
    return sentence._replace(fields=fields)


def _is_classification(name: Concept | None) -> bool:
    return name is not None and name.kind in ("classification", "class")
