"""What a source's label is besides a word: a note about the label, or a code list written into it.

A word of a vocabulary is what people may write for the concept. "No label" is none, nor is where to read more; and
`Sex 1=man 2=woman` says two things, what the variable is called and what its values stand for.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from vkd_grammar.words import fold

_NOTE = re.compile(
    r"\W*("
    r"(ingen|no) label|label (mangler|missing)"
    r"|se (dokumentation|dokumentasjon)\b.*|see the documentation\b.*"
    r"|for .*\bbeskrivelse henvises til\b.*|for a description\b.*\brefer to\b.*"
    r"|hentes fra\b.*|retrieved from\b.*|[^.]*\bhentes fra variablen\b.*|[^.]*\bretrieved from the variable\b.*"
    r")?\W*",
    re.IGNORECASE | re.DOTALL,
)
_VALUES = re.compile(r"(?P<word>[^=]*?)\W*(?<!\w)(?P<values>\d+\s*=.*)", re.DOTALL)
_VALUE = re.compile(r"(?<!\w)(\d+)\s*=\s*")
_ENDS = " \t\r\n.,;:|-"


class Label(NamedTuple):
    """What a label says: the word that is left, empty where none is, and the value labels by value."""

    word: str
    values: Mapping[str, str]


def is_note(text: str) -> bool:
    """Whether a label is none: empty, or a note that there is no label, or where to look for one."""
    return _NOTE.fullmatch(text) is not None


def read_label(text: str) -> Label:
    """A label parted into its word and the values that it lists as `1=man 2=woman`; two at least make a list."""
    found = _VALUES.fullmatch(text) if "=" in text else None
    if found:
        _, *parts = _VALUE.split(found["values"])
        values = {value: said.strip(_ENDS) for value, said in zip(parts[::2], parts[1::2], strict=True)}
        if len(values) > 1 and len(values) == len(parts) // 2 and all(_is_plain(said) for said in values.values()):
            return Label(found["word"].strip(_ENDS), values)
    return Label(text, {})


def as_cell(values: Mapping[str, str]) -> str:
    """Value labels as a cell of the column `values` (docs/language.md section 4)."""
    return "|".join(f"{value}={said}" for value, said in values.items())


def agreed(lists: Iterable[Mapping[str, str]]) -> Mapping[str, str]:
    """The code list that all lists state, taken together; empty where two say different things of one value."""
    together: dict[str, str] = {}
    for one in lists:
        if any(fold(together.setdefault(value, said)) != fold(said) for value, said in one.items()):
            return {}
    return together


def clashing(words: Mapping[str, Sequence[str]], synonyms: Mapping[str, Sequence[str]]) -> Mapping[str, Sequence[str]]:
    """The synonyms of each code that are also a word or a synonym of another, and would name several concepts.

    `words` has what each code is called first of all, which keeps its meaning.
    """
    owners: dict[str, set[str]] = {}
    for said in (words, synonyms):
        for code, texts in said.items():
            for text in texts:
                owners.setdefault(fold(text), set()).add(code)
    found = {code: [text for text in texts if len(owners[fold(text)]) > 1] for code, texts in synonyms.items()}
    return {code: texts for code, texts in found.items() if texts}


def _is_plain(said: str) -> bool:
    return bool(said) and "=" not in said and "|" not in said and "'" not in said
