"""Text that is safe where it goes: in a field, in a list of a vocabulary column, as a code, as technical data."""

import re
import unicodedata
from collections.abc import Container, Iterable, Mapping

from vkd_grammar.escapes import escape
from vkd_grammar.problems import UNREADABLE
from vkd_grammar.words import fold

_NOT_IN_A_FILE_NAME = re.compile(r"[^\w-]", re.ASCII)
_LONGEST_STEM = 120
_LINE_ENDS = re.compile(r"\s*[\r\n]+\s*")


def legal_code(text: str, taken: Container[str] = ()) -> str:
    """One segment of a code made from any text; what no code may hold becomes `_`, and a taken code gets a number.

    Letters of any alphabet are legal, as are digits, `-` and `_` (docs/language.md section 4); a dot is not, since it
    would put the concept under another.
    """
    plain = unicodedata.normalize("NFC", text)
    code = "".join(char if char.isalnum() or char in "-_" else "_" for char in plain) or "_"
    if code not in taken:
        return code
    number = 2
    while f"{code}_{number}" in taken:
        number += 1
    return f"{code}_{number}"


def legal_codes(names: Iterable[str]) -> Mapping[str, str]:
    """A code for each name, all different, in the order of the names; a name that is legal is its own code."""
    codes = {name: legal_code(name) for name in names}
    taken = {name for name, code in codes.items() if name == code}
    for name, code in codes.items():
        if name != code:
            codes[name] = legal_code(name, taken)
            taken.add(codes[name])
    return codes


def file_stems(names: Iterable[str]) -> Mapping[str, str]:
    """A file name for each name, all different whatever their case, and without what a file system gives a meaning."""
    stems: dict[str, str] = {}
    taken: set[str] = set()
    for name in names:
        plain = stem = _NOT_IN_A_FILE_NAME.sub("_", name)[:_LONGEST_STEM] or "_"
        number = 1
        while stem.casefold() in taken:
            number += 1
            stem = f"{plain}_{number}"
        taken.add(stem.casefold())
        stems[name] = stem
    return stems


def field(word: str, code: str, ambiguous: Container[str] = ()) -> str:
    """What a sentence writes for a concept: its word, or its code where the word alone would not say which is meant.

    `ambiguous` holds the folded words that name several concepts of the vocabulary.
    """
    return f"[{code}]" if not word or fold(word) in ambiguous else escape(word)


def list_value(words: Iterable[str]) -> str:
    """Words as one value of a list column; none of them may hold a `|` (see `label`)."""
    return "|".join(words)


def label(text: str) -> str:
    """A label as a vocabulary can hold it: blanks of every sort are one space, what no field can hold is left out, and
    `|`, which parts lists, is `¦`."""
    return " ".join(UNREADABLE.sub(" ", text).split()).replace("|", "¦")


def plain_label(text: str) -> str:
    """A label that any field can hold as well: without control characters, on one line."""
    return label(UNREADABLE.sub(" ", text))


def technical(text: str) -> str:
    """A value of technical data: what would end it is escaped, and it stands on one line."""
    return UNREADABLE.sub(" ", _LINE_ENDS.sub(", ", text.strip())).replace("\\", "\\\\").replace(";", "\\;")


def address(text: str) -> str:
    """An address as a value of technical data: a blank or `;` in it is percent-encoded."""
    return re.sub(r"[\s;]", lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), text.strip())


def shared_words(words_of: Mapping[str, Iterable[str]]) -> frozenset[str]:
    """The folded words that more than one concept has; `words_of` gives the words of each code."""
    first: dict[str, str] = {}
    shared: set[str] = set()
    for code, words in words_of.items():
        for word in map(fold, words):
            if first.setdefault(word, code) != code:
                shared.add(word)
    return frozenset(shared)
