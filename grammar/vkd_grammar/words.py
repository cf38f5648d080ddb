"""Words as they are compared (docs/language.md section 1), and the marks that stand in their place."""

import re
import unicodedata

from vkd_grammar.text import BLANKS

_RUN_OF_BLANKS = re.compile(f"[{BLANKS}]+")

DITTOS = '"”“″〃'
"""The marks that mean the same as the field above (docs/language.md section 2)."""

DONT_CARE = "-"
"""The mark that stands for every specification that could have stood there (1972 p.13)."""


def fold(word: str) -> str:
    """The form in which two words are the same word: NFC, case-insensitive, runs of blanks as one."""
    if word.isascii() and "  " not in word and "\t" not in word:
        return word.strip(" ").lower()
    folded = unicodedata.normalize("NFC", word).casefold()
    # Folding may take a letter apart (ß with an accent), so what it leaves is composed once more.
    return unicodedata.normalize("NFC", " ".join(_RUN_OF_BLANKS.split(folded.strip(BLANKS))))
