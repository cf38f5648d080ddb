"""The concept that stands in for what a source does not say: which characteristics an information set holds."""

from collections.abc import Container

from vkd_catalog.importers.words import legal_code
from vkd_catalog.importers.writer import Concept

NOT_STATED_TIME = "?"
"""The time of a sentence whose source states no period (docs/language.md section 3)."""

_WORDS = {
    "nb": "Ikke beskrevet",
    "nn": "Ikkje skildra",
    "sv": "Inte beskriven",
    "da": "Ikke beskrevet",
    "en": "Not described",
}


def not_described(languages: tuple[str, ...], taken: Container[str]) -> Concept:
    """The characteristic of a set whose source names no variables, with its words in the languages of the vocabulary.

    Its code is one that is not `taken`.
    """
    words = {f"prefLabel@{language}": _WORDS[language] for language in languages}
    return {"code": legal_code("not-described", taken), **words, "kind": "individual"}
