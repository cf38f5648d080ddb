"""The language of a description's words, the word that opens one in a language, what its header states, and an answer
in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vkd_catalog.languages import counted, say, with_fallbacks
from vkd_grammar.kinds import HEADER_TYPES, Kind, language_of
from vkd_grammar.syntax import Description
from vkd_grammar.technical import key_named

if TYPE_CHECKING:
    from vkd_catalog.evaluation import Answer


def word_language(description: Description, catalogue_language: str) -> str:
    """The language in which a description takes its words: its header type's; of two, the catalogue's."""
    return language_of(description.header.type if description.header else None, catalogue_language)


def header_type_for(kind: Kind, language: str) -> str:
    """The header type for a kind of description in a language, or in one that stands in for it."""
    words = {tag: one.word for one in HEADER_TYPES if one.kind == kind for tag in one.languages}
    return next((words[tag] for tag in with_fallbacks(language) if tag in words), words["en"])


def stated(description: Description, name: str) -> str:
    """What a description states under a key, by the key's English name; empty where it states nothing."""
    from vkd_catalog.technical import unescape_value

    for entry in description.header.entries if description.header else ():
        key = key_named(entry.key.text)
        if key and key.name == name and entry.value:
            return unescape_value(entry.value.text)
    return ""


def in_short(answer: Answer, language: str) -> str:
    """An answer in one line: the demand's identification, and how many covers it has or that it is invalid."""
    if answer.status == "invalid":
        return f"{answer.id}: {say('editor.invalid', language)}"
    return f"{answer.id}: {counted('editor.answers', len(answer.covers), language)}"
