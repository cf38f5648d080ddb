"""The language of a description's words, the word that opens a description in a language, and an answer in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vkd_catalog.languages import counted, say, with_fallbacks
from vkd_grammar.kinds import HEADER_TYPES, Kind, language_of
from vkd_grammar.syntax import Description

if TYPE_CHECKING:
    from vkd_catalog.evaluation import Answer


def word_language(description: Description, catalogue_language: str) -> str:
    """The language in which a description takes its words: its header type's; of two, the catalogue's."""
    return language_of(description.header.type if description.header else None, catalogue_language)


def header_type_for(kind: Kind, language: str) -> str:
    """The header type for a kind of description in a language, or in one that stands in for it."""
    words = {tag: one.word for one in HEADER_TYPES if one.kind == kind for tag in one.languages}
    return next((words[tag] for tag in with_fallbacks(language) if tag in words), words["en"])


def in_short(answer: Answer, language: str) -> str:
    """An answer in one line: the demand's identification, and how many covers it has or that it is invalid."""
    if answer.status == "invalid":
        return f"{answer.id}: {say('editor.invalid', language)}"
    return f"{answer.id}: {counted('editor.answers', len(answer.covers), language)}"
