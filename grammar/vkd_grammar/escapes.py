"""Words as they are written: what is escaped in a field, and what an escaped text says (docs/language.md section 1)."""

import re

from vkd_grammar.kinds import header_type
from vkd_grammar.text import BLANKS
from vkd_grammar.words import DITTOS, DONT_CARE

_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_NEEDS_ESCAPE = re.compile(r"[\\/]")
_ENDS_IN_ESCAPE = re.compile(r"(?:[^\\]|\\.)*\\", re.DOTALL)
_LIKE_A_CODE = re.compile(r"\[([^\[\]]*)\]$")
_OTHER_THAN_WORDS = frozenset(DITTOS + DONT_CARE)


def unescape(text: str) -> str:
    r"""What an escaped text says: `\/` is a slash, `\\` a backslash, `\` before any character that character."""
    return _ESCAPE.sub(r"\1", text) if "\\" in text else text


def without_blanks_after(text: str) -> str:
    """An escaped text without the blanks at its end. A blank right after a backslash is escaped, so it is part of the
    text and stays."""
    stripped = text.rstrip(BLANKS)
    return text[: len(stripped) + 1] if _ENDS_IN_ESCAPE.fullmatch(stripped) else stripped


def escape(word: str) -> str:
    """A word as it must be written in a field so that it is read back as that very word, but for blanks around it.

    Slashes and backslashes are escaped, and so is what would make the field a code, a ditto, a don't-care or, as the
    second on its line, a header's type.
    """
    text = word.strip(BLANKS)
    if "/" in text or "\\" in text or text.endswith("]"):
        text = _LIKE_A_CODE.sub(r"\\[\1]", _NEEDS_ESCAPE.sub(r"\\\g<0>", text))
    return "\\" + text if text in _OTHER_THAN_WORDS or header_type(text) else text
