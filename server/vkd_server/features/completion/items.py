"""What completion offers, as plain values."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Literal, NamedTuple

from vkd_catalog.languages import counted_at_least, with_fallbacks
from vkd_catalog.vocabulary.concept import catalogue_of, qualified
from vkd_grammar.escapes import escape
from vkd_grammar.text import Position
from vkd_grammar.words import fold
from vkd_server.features.cursor import FieldAt
from vkd_server.features.lexicon import Match

if TYPE_CHECKING:
    from vkd_catalog.vocabulary import Concept, Vocabulary, VocabularyName

AT_MOST = 100
"""How many items a list holds, the one that says how many more there are among them."""

ItemKind = Literal["concept", "code", "ditto", "dont-care", "operator", "time", "type", "key", "value", "line"]


class Item(NamedTuple):
    """One thing that may be inserted. `beside` stands right behind the label, `right` at the list's edge; `about` names
    the concept that `documentation` explains, as a vocabulary and a code. `past` says that the name is not valid at the
    line's time (VKD304)."""

    kind: ItemKind
    label: str
    insert: str
    beside: str = ""
    right: str = ""
    about: tuple[VocabularyName, str] | None = None
    past: bool = False


class Completions(NamedTuple):
    """Items in their order, each replacing the same stretch of text, which is `text`.

    `typed` is what of it stands before the cursor; `more` counts what was left out.
    """

    items: tuple[Item, ...]
    start: Position
    end: Position
    typed: str
    text: str
    more: int


def listed(row: int, field: FieldAt, items: Iterable[Item], rest: int = 0) -> Completions:
    """The first items that a list can hold, and how many more there are; `rest` are those that `items` leaves out."""
    remaining = iter(items)
    first = list(islice(remaining, AT_MOST))
    more = rest + sum(1 for _ in remaining)
    if more:
        more += 1
        first.pop()
    blank = " " if field.glued else ""
    shown = tuple(item._replace(insert=blank + item.insert) if blank else item for item in first)
    return Completions(shown, Position(row, field.start), Position(row, field.end), field.typed, field.text, more)


def concept_item(vocabulary: Vocabulary, match: Match, language: str, *, as_code: bool) -> Item:
    """A concept by its word in a language; what matched stands beside it where that is another word."""
    concept = match.concept
    word = concept.label(language)
    about = (vocabulary.name, concept.code)
    if as_code:
        return Item("code", f"[{concept.code}]", f"[{concept.code}]", right=word, about=about)
    shown = qualified(catalogue_of(concept.code), word) if catalogue_of(concept.code) else word
    beside = (
        f" {match.word}{_tongue(concept, match.word, language)}"
        if match.word not in ("", word, shown, concept.code)
        else ""
    )
    return Item("concept", shown, word_in_field(vocabulary, shown, concept.code), beside, concept.code, about)


def _tongue(concept: Concept, word: str, language: str) -> str:
    """The language of a concept's word, in brackets where it is another."""
    spoken = {label.language for label in (*concept.preferred, *concept.synonyms) if label.text == word}
    return f" ({', '.join(sorted(spoken))})" if spoken.isdisjoint(with_fallbacks(language)) and spoken else ""


def with_sets(item: Item, sets: int, language: str, *, is_all: bool = True) -> Item:
    """The item, with a note on how many information sets it would leave; unless these are all, on how many at least."""
    if not (sets or is_all):
        return item
    note = counted_at_least("editor.sets-left", sets, language, is_all=is_all)
    return item._replace(right=f"{item.right} · {note}" if item.right else note)


def word_in_field(vocabulary: Vocabulary, word: str, code: str) -> str:
    """A concept as it is written to be read back as itself: its word, with its code where the word names others too."""
    said = vocabulary.spelling(word, code) if catalogue_of(code) else word
    folded, escaped = _forms(said)
    named = vocabulary.by_word.get(folded, ())
    if code not in named:
        return f"[{code}]"
    return escaped if len(named) == 1 else f"{escaped} [{code}]"


@lru_cache(maxsize=10_000)
def _forms(word: str) -> tuple[str, str]:
    """A word folded for comparison, and escaped as it is written in a field. Cached, since the same words are offered
    again and again."""
    return fold(word), escape(word)
