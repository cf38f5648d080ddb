"""Words as they are written and as they are compared (LANGUAGE.md section 1)."""

import re
import unicodedata

from vkd_grammar.text import BLANKS

_RUN_OF_BLANKS = re.compile(f"[{BLANKS}]+")
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_NEEDS_ESCAPE = re.compile(r"[\\/]")
_ENDS_IN_ESCAPE = re.compile(r"(?:[^\\]|\\.)*\\", re.DOTALL)
_LIKE_A_CODE = re.compile(r"\[([^\[\]]*)\]$")

DITTOS = '"”“″〃'
"""The marks that mean the same as the field above (LANGUAGE.md section 2)."""

DONT_CARE = "-"
"""The mark that stands for every specification that could have stood there (1972 p.13)."""

_OTHER_THAN_WORDS = frozenset(DITTOS + DONT_CARE)


def fold(word: str) -> str:
    """The form in which two words are the same word: NFC, case-insensitive, runs of blanks as one."""
    if word.isascii() and "  " not in word and "\t" not in word:
        return word.strip(" ").lower()
    folded = unicodedata.normalize("NFC", word).casefold()
    # Folding may take a letter apart (ß with an accent), so what it leaves is composed once more.
    return unicodedata.normalize("NFC", " ".join(_RUN_OF_BLANKS.split(folded.strip(BLANKS))))


def unescape(text: str) -> str:
    r"""What an escaped text says: `\/` is a slash, `\\` a backslash, `\` before any character that character."""
    return _ESCAPE.sub(r"\1", text) if "\\" in text else text


def without_blanks_after(text: str) -> str:
    """An escaped text without the blanks at its end, but with a last one that a backslash makes part of it."""
    stripped = text.rstrip(BLANKS)
    return text[: len(stripped) + 1] if _ENDS_IN_ESCAPE.fullmatch(stripped) else stripped


def escape(word: str) -> str:
    """A word as it must be written in a field so that it is read back as that very word, but for blanks around it.

    Slashes and backslashes are escaped, and so is what would make the field a code, a ditto, a don't-care or, as the
    second on its line, a header's type.
    """
    from vkd_grammar.kinds import header_type  # not above: that module is made of this one's words

    text = _LIKE_A_CODE.sub(r"\\[\1]", _NEEDS_ESCAPE.sub(r"\\\g<0>", word.strip(BLANKS)))
    return "\\" + text if text in _OTHER_THAN_WORDS or header_type(text) else text
