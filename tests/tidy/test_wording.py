"""What users read says one thing by one word, and quotes as its own language does: looked for in all texts."""

import re
from collections.abc import Iterator

import pytest

from vkd_catalog.languages import languages, load

LANGUAGES = languages()
MARKS = {"nb": "”“„", "nn": "”“„", "sv": "«»“„", "da": "“„”", "en": "«»„"}
"""Quotation marks that are not the language's own; in Danish they point inwards, in Norwegian outwards."""

OTHER_WORDS = {
    "nb": "kjennetegn|informasjonsmengde|på nytt:|nektet|kobles til|forkortelsen|hodet?\\b|Hvor godt|tidsgrenser|videre \\w+ enn",
    "nn": "kjenneteikn|informasjonsmengd|etterspørs|\\b(ikke|en|et|noe|og også|fra|hva|hvor|bare)\\b|begrep|nekta|koplast til|hovud(et)?\\b|tidsgrens",
    "sv": "informationsmängd|observeras på nytt|nekad|länkas|förkortning|huvud(et)?\\b|tidsrymd|tidsgräns|efterfrågningar|Hur väl",
    "da": "informationsmængde|på ny:|nægtet|kobles til|melding\\b|forkortelsen|hoved(et)?\\b|tidsgrænser|indeholdt i en",
    "en": "observed anew|\\ba part of|classes apart|Near, but no answer",
}
"""Words for which there is another one that everything else uses, or that readers took for something else."""


def texts() -> Iterator[tuple[str, str, str]]:
    """Every text in every language: its language and key, and what it says."""
    for language in LANGUAGES:
        for key, text in load(language).texts.items():
            yield language, key, text


ALL = list(texts())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_quotes_in_its_own_way(language: str) -> None:
    own = [text for text in ALL if text[0] == language]
    assert [text for text in own if set(MARKS.get(language, "")) & set(text[2])] == []
    inwards = [text for text in own if "»" in text[2] and text[2].index("»") < text[2].index("«")]
    assert (inwards == []) is (language != "da")


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_thing_has_one_word(language: str) -> None:
    other = re.compile(OTHER_WORDS.get(language, "(?!)"), re.IGNORECASE)
    assert [text for text in ALL if text[0] == language and other.search(text[2])] == []
