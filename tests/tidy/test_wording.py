"""What users read says one thing by one word, and quotes as its own language does: looked for in all texts of the code."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LANGUAGES = ("nb", "sv", "da", "en")
MARKS = {"nb": "”“„", "sv": "«»“„", "da": "“„”", "en": "«»„"}
"""Quotation marks that are not the language's own; in Danish they point inwards, in Norwegian outwards."""

OTHER_WORDS = {
    "nb": "kjennetegn|informasjonsmengde|på nytt:|nektet|kobles til|forkortelsen|hodet?\\b|Hvor godt|tidsgrenser|videre \\w+ enn",
    "sv": "informationsmängd|observeras på nytt|nekad|länkas|förkortning|huvud(et)?\\b|tidsrymd|tidsgräns|efterfrågningar|Hur väl",
    "da": "informationsmængde|på ny:|nægtet|kobles til|melding\\b|forkortelsen|hoved(et)?\\b|tidsgrænser|indeholdt i en",
    "en": "observed anew|\\ba part of|classes apart|Near, but no answer",
}
"""Words for which there is another one that everything else uses, or that readers took for something else."""


def texts() -> Iterator[tuple[str, int, str, str]]:
    """Every text of the code in every language: its file, line and language, and what it says."""
    for path in sorted((*ROOT.glob("catalog/**/*.py"), *ROOT.glob("server/**/*.py"))):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Texts":
                for language, argument in zip(LANGUAGES, node.args, strict=False):
                    if isinstance(argument, ast.Constant):
                        yield str(path.relative_to(ROOT)), argument.lineno, language, str(argument.value)


ALL = list(texts())


def test_there_are_texts_in_four_languages() -> None:
    assert len(ALL) > 2000
    assert {language for _, _, language, _ in ALL} == set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_quotes_in_its_own_way(language: str) -> None:
    own = [text for text in ALL if text[2] == language]
    assert [text for text in own if set(MARKS[language]) & set(text[3])] == []
    inwards = [text for text in own if "»" in text[3] and text[3].index("»") < text[3].index("«")]
    assert (inwards == []) is (language != "da")


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_thing_has_one_word(language: str) -> None:
    other = re.compile(OTHER_WORDS[language], re.IGNORECASE)
    assert [text for text in ALL if text[2] == language and other.search(text[3])] == []
