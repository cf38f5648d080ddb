"""Rename: a word of a vocabulary wherever it stands for its concept, or an identification. Meaning stays as it is.

A word is one of the concept's words in one language; the same word in another language stays, and so do the
descriptions in that language, whose words it still is. Dittos need no edit: they mean what stands above.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Generator, Iterable, Iterator
from typing import TYPE_CHECKING, Literal, NamedTuple

from vkd_catalog.languages import say, with_fallbacks
from vkd_catalog.vocabulary import VOCABULARY_NAMES
from vkd_grammar.escapes import escape
from vkd_grammar.text import BLANKS, Position
from vkd_grammar.times import Time, read_time
from vkd_grammar.words import fold
from vkd_server.features.navigation.word_uses import Use, in_a_list, uses
from vkd_server.features.phrases import word_language
from vkd_server.rules.rule import TextEdit
from vkd_server.rules.shared.vocabulary_edits import rename_product, rename_word
from vkd_server.rules.shared.wording import quoted

if TYPE_CHECKING:
    from vkd_catalog.catalogue import Catalogue
    from vkd_catalog.vocabulary import Concept, VocabularyName
    from vkd_grammar.kinds import Kind
    from vkd_server.features.navigation.mentions import Mentions
    from vkd_server.features.snapshot import Piece, Snapshot

_UNWANTED = ("Cc", "Cs", "Zl", "Zp")
"""Categories of what no word holds: control characters, half surrogate pairs, ends of lines and paragraphs."""


Reason = Literal["empty", "characters", "other-concept", "time", "cell", "elsewhere", "ambiguous", "used", "alias"]
"""Why something cannot be called so: the text `rename.` and it."""

NOTATION = "notation"
"""Stands for the language of a word that is renamed as its concept's notation."""


class WordAt(NamedTuple):
    """A word for a concept where it is written, in a description or a vocabulary's cell; `language` is the word's."""

    start: Position
    end: Position
    text: str
    vocabulary: VocabularyName
    concept: Concept
    language: str


class IdentificationAt(NamedTuple):
    """An identification in the header of a description of a kind."""

    start: Position
    end: Position
    text: str
    kind: Kind


Target = WordAt | IdentificationAt


class Refusal(NamedTuple):
    """The reason, in words, why something cannot be renamed as was asked."""

    message: str


def renameable_at(snapshot: Snapshot, position: Position) -> Target | None:
    """What can be renamed at a place; None for codes, dittos, times, and words that mean nothing or several things."""
    piece = snapshot.piece_at(position.row)
    if piece is None:
        return None
    identification = _identification(piece)
    if identification and identification.start <= position <= identification.end:
        return identification
    language = word_language(piece.description, snapshot.catalogue.language)
    for vocabulary in snapshot.catalogue.vocabularies.four:
        for use in uses(snapshot, piece, vocabulary.name):
            if use.start <= position <= use.end and len(use.concepts) == 1 and _goes_by(use.concepts[0], use.word):
                return WordAt(use.start, use.end, use.word, vocabulary.name, use.concepts[0], language)
    return None


def rename(
    target: Target, new: str, catalogue: Catalogue, documents: Iterable[Snapshot]
) -> Generator[None, None, tuple[TextEdit, ...] | Refusal]:
    """The edits that give something a new name in every document of its catalogue, a document a step, or why not."""
    new = new.strip(BLANKS)
    reason = unusable(new)
    if reason:
        return refused(reason, catalogue, word=new)
    if isinstance(target, IdentificationAt):
        return (yield from _rename_identification(target, new, catalogue, documents))
    return (yield from _rename_word(target, new, catalogue, documents))


def concerned(target: Target, new: str, catalogue: Catalogue) -> Callable[[Mentions], bool]:
    """A function that says whether renaming could change a text with given mentions, or clash with a name in it."""
    if isinstance(target, IdentificationAt):
        named = (target.kind, fold(new))
        return lambda text: named in text.described
    vocabulary = catalogue.vocabularies.called(target.vocabulary)
    words = {fold(target.text), fold(new)}
    return lambda text: text.says(words, vocabulary, VOCABULARY_NAMES.index(vocabulary.name))


def _rename_word(
    target: WordAt, new: str, catalogue: Catalogue, documents: Iterable[Snapshot]
) -> Generator[None, None, tuple[TextEdit, ...] | Refusal]:
    vocabulary = catalogue.vocabularies.called(target.vocabulary)
    other = next((one for one in vocabulary.named(new) if one.code != target.concept.code), None)
    if other is not None:
        return refused("other-concept", catalogue, word=new, code=other.code)
    if target.vocabulary == "times" and isinstance(read_time(new), Time):
        return refused("time", catalogue, word=new)
    columns, renamed, kept = _columns(target)
    file = next((one for one in catalogue.vocabularies.files if one.path == target.concept.source), None)
    cells = rename_word(target.text, new, target.concept, columns, file) if file else None
    if cells is None or (("|" in new) and any(column.startswith("altLabel") for column in columns)):
        return refused("cell", catalogue, word=new, path=target.concept.source, line=target.concept.row + 1)
    edits = list(cells)
    for snapshot in documents:
        for piece, use in _all_uses(snapshot, target.vocabulary):
            reason = _use_refused(use, target, new)
            if reason:
                return refused(reason, catalogue, word=use.word, path=snapshot.path, line=use.start.row + 1)
            language = word_language(piece.description, catalogue.language)
            if _is_meant(use, target) and _spoken(language, renamed | kept) not in kept:
                text = in_a_list(new, target.concept.code) if use.listed else escape(new)
                edits.append(TextEdit(snapshot.path, use.start, use.end, text))
        yield
    return tuple(edits)


def _rename_identification(
    target: IdentificationAt, new: str, catalogue: Catalogue, documents: Iterable[Snapshot]
) -> Generator[None, None, tuple[TextEdit, ...] | Refusal]:
    """The edits of the header, and of the vocabularies that name a product: no other text refers to an identification,
    but no two descriptions of a kind may have the same."""
    edits: list[TextEdit] = []
    for file in catalogue.vocabularies.files if target.kind == "product" else ():
        for one in rename_product(target.text, new, file):
            if not isinstance(one, TextEdit):
                return refused("cell", catalogue, word=new, path=file.path, line=one.row + 1)
            edits.append(one)
    for index, snapshot in enumerate(documents):
        for number in range(len(snapshot.document.rows)):
            other = _identification(snapshot.piece(number))
            if index == 0 and other == target:
                edits.append(TextEdit(snapshot.path, target.start, target.end, escape(new)))
            elif other and other.kind == target.kind and fold(other.text) == fold(new):
                return refused("used", catalogue, word=new, path=snapshot.path, line=other.start.row + 1)
        yield
    return tuple(edits)


def _identification(piece: Piece) -> IdentificationAt | None:
    header, kind = piece.description.header, piece.description.kind
    if header is None or kind is None or not header.identification:
        return None
    field, row = header.fields[2], piece.row + header.row
    return IdentificationAt(Position(row, field.start), Position(row, field.end), header.identification, kind)


def _all_uses(snapshot: Snapshot, name: VocabularyName) -> Iterator[tuple[Piece, Use]]:
    for number in range(len(snapshot.document.rows)):
        piece = snapshot.piece(number)
        for use in uses(snapshot, piece, name):
            yield piece, use


def unusable(new: str) -> Reason | None:
    """The reason why no word can be written so; None where a word can."""
    if not fold(new):
        return "empty"
    return "characters" if any(unicodedata.category(one) in _UNWANTED for one in new) else None


def _use_refused(use: Use, target: WordAt, new: str) -> Reason | None:
    """The reason why a word that stands somewhere prevents a renaming: it would get a meaning, or another one."""
    if use.code:
        return None
    if fold(use.word) == fold(new) and target.concept not in use.concepts:
        return "elsewhere"
    several = len(use.concepts) > 1 and target.concept in use.concepts
    return "ambiguous" if several and fold(use.word) == fold(target.text) else None


def _is_meant(use: Use, target: WordAt) -> bool:
    return use.concepts == (target.concept,) and fold(use.word) == fold(target.text)


def _goes_by(concept: Concept, word: str) -> bool:
    return any(fold(one) == fold(word) for one in concept.words())


def _spoken(language: str, among: frozenset[str]) -> str:
    """The language, of some, that a description takes a word from: its own, or the nearest that stands in for it."""
    return next((one for one in with_fallbacks(language) if one in among), "")


def _columns(target: WordAt) -> tuple[tuple[str, ...], frozenset[str], frozenset[str]]:
    """The columns in which a word is renamed, their languages, and the languages in which it remains a word of its
    concept."""
    concept = target.concept
    labels = [("prefLabel", one) for one in concept.preferred] + [("altLabel", one) for one in concept.synonyms]
    found = [(kind, one.language) for kind, one in labels if fold(one.text) == fold(target.text)]
    if not found or target.language == NOTATION:
        return ("notation",), frozenset(), frozenset(language for _, language in found)
    spoken = _spoken(target.language, frozenset(language for _, language in found))
    own = [(kind, language) for kind, language in found if language == spoken] or found
    columns = tuple(dict.fromkeys(f"{kind}@{language}" for kind, language in own))
    renamed, kept = ([one[1] for one in found if (one in own) is is_own] for is_own in (True, False))
    return columns, frozenset(renamed), frozenset(kept)


def refused(reason: Reason, catalogue: Catalogue, *, word: str, **values: object) -> Refusal:
    """A reason in the words of the catalogue's language."""
    text = say(f"rename.{reason}", catalogue.language)
    return Refusal(text.format(word=quoted(word, catalogue.language), **values))
