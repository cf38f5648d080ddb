"""What changed in the four vocabularies, and the words by which a text would show it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from vkd_catalog.vocabulary_names import VOCABULARY_NAMES
from vkd_grammar.words import fold
from vkd_server.features.difference.changes import ConceptChange, Moved, Used

if TYPE_CHECKING:
    from vkd_catalog.vocabulary import Concept, Label, Vocabularies, Vocabulary
    from vkd_server.features.difference.sets import Described

_COLUMNS = (
    ("kind", "kind"),
    ("number", "number"),
    ("unit", "unit"),
    ("object_types", "objectTypes"),
    ("temporality", "temporality"),
    ("classifications", "classification"),
    ("values", "values"),
    ("missing", "missing"),
    ("derived_from", "derivedFrom"),
    ("sensitive", "sensitive"),
    ("measure", "measure"),
    ("identifies", "identifies"),
    ("function", "function"),
    ("of", "of"),
    ("valid", "valid"),
)
"""What decides the meaning of a concept: the field of `Concept`, and how the vocabulary's column is called."""

_BETWEEN = re.compile(r"[\W_]+")
_MANY = 2000
"""Of more words than these, looking for each takes longer than reading the texts."""


class Changed(NamedTuple):
    """A concept before and now; None where it is not there."""

    vocabulary: str
    before: Concept | None
    now: Concept | None
    columns: tuple[str, ...]


class Words:
    """Words and codes whose meaning changed, in a form that can be looked for in a text without parsing it."""

    def __init__(self, words: Iterable[str]) -> None:
        # The longest run of letters and digits is in the text whenever the word is, however that is written.
        self._parts = {max(_BETWEEN.split(fold(word)), key=len, default="") for word in words}

    def may_stand_in(self, data: bytes) -> bool:
        """Whether one of the words may stand in a text; False only where none does."""
        if not self._parts or len(self._parts) > _MANY:
            return bool(self._parts)
        # A backslash may stand before any character of a word.
        text = data.decode("utf-8", "replace").replace("\\", "")
        if not text.isascii():
            text = unicodedata.normalize("NFC", text)
        text = unicodedata.normalize("NFC", text.casefold())
        return any(part in text for part in self._parts)


def changed_concepts(before: Vocabularies, now: Vocabularies) -> tuple[Changed, ...]:
    """The concepts that are new, gone, moved or otherwise changed, vocabulary by vocabulary."""
    if before is now:
        return ()
    pairs = [
        (name, *_pairs(had, have)) for name, had, have in zip(VOCABULARY_NAMES, before.four, now.four, strict=True)
    ]
    moved: Moved = {
        name: {one.code: other.code for one, other in same if one.code != other.code} for name, same, _ in pairs
    }
    found: list[Changed] = []
    for name, same, alone in pairs:
        for one, other in same:
            columns = tuple(_columns(one, other, moved))
            if columns or one.code != other.code or _renamed(one.preferred, other.preferred):
                found.append(Changed(name, one, other, columns))
        found += [Changed(name, one, other, ()) for one, other in alone]
    return tuple(found)


def moved_codes(changed: Iterable[Changed]) -> Moved:
    """The old code of each concept that has moved, with the new one, by vocabulary."""
    moved: dict[str, dict[str, str]] = {name: {} for name in VOCABULARY_NAMES}
    for one in changed:
        if one.before and one.now and one.before.code != one.now.code:
            moved[one.vocabulary][one.before.code] = one.now.code
    return moved


def words_that_differ(before: Vocabularies, now: Vocabularies) -> Words:
    """The words and codes that mean something else now than before, or have a meaning on one side only."""
    words: set[str] = set()
    for had, have in zip(before.four, now.four, strict=True):
        if had is have:
            continue
        words |= {word for word, codes in had.by_word.items() if have.by_word.get(word) != codes}
        words |= have.by_word.keys() - had.by_word.keys()
        for code in had.concepts.keys() | have.concepts.keys():
            one, other = had.concepts.get(code), have.concepts.get(code)
            if one is None or other is None or _meaning(one) != _meaning(other):
                words.add(code)
                words.update(word for concept in (one, other) if concept for word in concept.words())
    return Words(words)


def concept_changes(
    changed: Iterable[Changed],
    sides: tuple[Mapping[str, Described], Mapping[str, Described]],
    asked: Used,
    language: str,
) -> tuple[tuple[ConceptChange, ...], int]:
    """The changes of concepts that information sets or demands use, and how many other concepts changed."""
    had, have = (_uses(side) for side in sides)
    found: list[ConceptChange] = []
    elsewhere = 0
    for one in changed:
        keys = {(one.vocabulary, concept.code) for concept in (one.before, one.now) if concept}
        sets = {name for key in keys for name in (*had.get(key, ()), *have.get(key, ()))}
        if sets or keys & asked:
            found.append(_change(one, len(sets), language))
        else:
            elsewhere += 1
    return tuple(found), elsewhere


def _pairs(
    had: Vocabulary, have: Vocabulary
) -> tuple[list[tuple[Concept, Concept]], list[tuple[Concept | None, Concept | None]]]:
    """The concepts of both sides that are the same concept, by code or, where that is gone, by their names; and then
    all others."""
    same = [(concept, have.concepts[code]) for code, concept in had.concepts.items() if code in have.concepts]
    gone = [concept for code, concept in had.concepts.items() if code not in have.concepts]
    come = {code: concept for code, concept in have.concepts.items() if code not in had.concepts}
    named: dict[frozenset[tuple[str, str]], list[Concept]] = {}
    for concept in come.values():
        named.setdefault(_names(concept), []).append(concept)
    alone: list[tuple[Concept | None, Concept | None]] = []
    for concept in gone:
        candidates = named.get(_names(concept), []) if concept.preferred else []
        if candidates:
            moved = candidates.pop(0)
            del come[moved.code]
            same.append((concept, moved))
        else:
            alone.append((concept, None))
    alone += [(None, concept) for concept in come.values()]
    return same, alone


def _change(one: Changed, sets: int, language: str) -> ConceptChange:
    before, now = one.before, one.now
    code, was = now.code if now else "", before.code if before else ""
    label, label_was = now.label(language) if now else "", before.label(language) if before else ""
    if before is None or now is None:
        return ConceptChange("gone" if now is None else "new", one.vocabulary, code, was, label, label_was, (), sets)
    kind = "moved" if code != was else "relabelled" if _renamed(before.preferred, now.preferred) else "changed"
    if kind == "relabelled" and fold(label) == fold(label_was):
        # It is in another language that it has another name; that one is told.
        label_was, label = next(_other_labels(before.preferred, now.preferred))
    return ConceptChange(kind, one.vocabulary, code, was, label, label_was, one.columns, sets)  # type: ignore[arg-type]


def _uses(side: Mapping[str, Described]) -> dict[tuple[str, str], set[str]]:
    """Which information sets speak of which concepts."""
    uses: dict[tuple[str, str], set[str]] = {}
    for name, described in side.items():
        for used in described.concepts():
            uses.setdefault(used, set()).add(name)
    return uses


def _columns(one: Concept, other: Concept, moved: Moved) -> Iterator[str]:
    for attribute, column in _COLUMNS:
        said = getattr(one, attribute)
        if attribute == "object_types":
            said = tuple(moved["object-types"].get(code, code) for code in said)
        elif attribute == "classifications":
            said = tuple(moved["names"].get(code, code) for code in said)
        elif attribute == "of":
            said = moved["characteristics"].get(said, said)
        elif attribute == "derived_from":
            now = moved["characteristics"]
            said = tuple(tuple(one._replace(code=now.get(one.code, one.code)) for one in parts) for parts in said)
        if said != getattr(other, attribute):
            yield column
    if one.definitions != other.definitions and _texts(one.definitions) != _texts(other.definitions):
        yield "definition"


def _meaning(concept: Concept) -> object:
    """What a concept means: all that its row states, but for its place, see-also and synonyms."""
    return concept._replace(source="", row=0, see_also=(), synonyms=(), notation="")


def _names(concept: Concept) -> frozenset[tuple[str, str]]:
    return frozenset((label.language, fold(label.text)) for label in concept.preferred)


def _texts(labels: Iterable[Label]) -> dict[str, str]:
    return {label.language: fold(label.text) for label in labels}


def _renamed(before: Collection[Label], now: Collection[Label]) -> bool:
    return before != now and any(_other_labels(before, now))


def _other_labels(before: Iterable[Label], now: Iterable[Label]) -> Iterator[tuple[str, str]]:
    """For each language in which the preferred word changed, the word before and now."""
    have = {label.language: label.text for label in now}
    for label in before:
        if label.language in have and fold(have[label.language]) != fold(label.text):
            yield label.text, have[label.language]
