"""The text of a drafted product description: its head, what was guessed, technical data, a sentence for each column
that is known, and a comment line for each that is not."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from vkd_catalog.describing.matching import Match, Near
from vkd_catalog.describing.table import Column
from vkd_catalog.describing.texts import plain, shortened
from vkd_catalog.importers.undescribed import NOT_STATED_TIME
from vkd_catalog.importers.words import technical
from vkd_catalog.languages import with_fallbacks
from vkd_catalog.vocabulary import Concept, Vocabulary
from vkd_grammar.escapes import escape
from vkd_grammar.format import format_text
from vkd_grammar.kinds import HEADER_TYPES
from vkd_grammar.parser import Parser
from vkd_grammar.technical import KEYS
from vkd_grammar.words import fold

UNKNOWN = "unknown: "
"""What a comment line begins with that stands for a column which no word is known for."""

CHOSEN = " = "
"""What stands between a column and its word where somebody has chosen one on such a line."""

GUESSED = "guessed: "
"""What a comment line begins with that says what was guessed."""

_NEAREST = " (nearest: "
_NONE = "–"


class Said(NamedTuple):
    """What is said of one column: how it is matched, the field that names its characteristic (empty where it has none),
    that characteristic's code, whether its word was made of the column's label, and whether it is told as the time of
    all sentences.

    `pair` is the characteristic's word as `columns` says it; empty where the column is called by one of its words.
    `offered` is the word that would be made of the label of a column that is not known, if words might be added.
    """

    column: Column
    match: Match
    field: str = ""
    code: str = ""
    pair: str = ""
    is_new: bool = False
    is_time: bool = False
    offered: str = ""


class Draft(NamedTuple):
    """One product description: doc comment, what was guessed, identification, technical data by key, the object type's
    and the name's field, the times, and what is said of each column.

    `undescribed` is the field of the characteristic that stands for what is not known, where no column is.
    """

    identification: str
    comment: Sequence[str]
    guessed: Sequence[str]
    technical: Sequence[tuple[str, str]]
    object_type: str
    name: str
    times: Sequence[str]
    columns: Sequence[Said]
    undescribed: str = ""

    @property
    def sentences(self) -> int:
        """How many sentences the description has."""
        described = sum(1 for one in self.columns if one.field)
        return len(self.times) * described if described else int(bool(self.undescribed))


def file_text(head: Sequence[str], drafts: Sequence[Draft], language: str) -> str:
    """The text of a product file, formatted: its head, then its descriptions, each after an empty line."""
    blocks = [[f"# {line}" for line in head], *(list(_lines(draft, language)) for draft in drafts)]
    return format_text("\n\n".join("\n".join(block) for block in blocks) + "\n", Parser())


def unknown_line(said: Said, language: str) -> str:
    """The comment line of a column that is not known, without its `#`."""
    nearest = ", ".join(near_word(near, language) for near in said.match.near) or _NONE
    return f"{UNKNOWN}{shortened(said.column.name)}{_NEAREST}{nearest})"


def near_word(near: Near, language: str) -> str:
    """What a concept that may be meant is called; with its code where several are, or where the word is none of its."""
    label = shortened(near.concept.label(language))
    return f"{label} [{near.concept.code}]" if near.how == "ambiguous" else label


def field_of(concept: Concept, vocabulary: Vocabulary, language: str) -> str:
    """What a sentence writes for a concept: its word, or its code where the word alone would not say which is meant."""
    word = concept.label(language)
    alone = plain(word) == word and [one.code for one in vocabulary.named(word)] == [concept.code]
    return escape(word) if alone else f"[{concept.code}]"


def columns_value(said: Sequence[Said]) -> str:
    """The value of the key `columns`: the columns that are not called by a word or code of their characteristic."""
    return as_pairs((one.column.name, one.pair) for one in said)


def as_pairs(pairs: Iterable[tuple[str, str]]) -> str:
    """Columns with their words as the key `columns` says them; those without a word, or that cannot stand there, are
    left out."""
    written = [(name, word) for name, word in pairs if word and is_writable(name)]
    return ", ".join(f"{technical(plain(name))}={technical(word)}" for name, word in written)


class Unknown(NamedTuple):
    """What the comment line of an unknown column says: its name, the words near to it, the word that was chosen."""

    column: str
    near: tuple[str, ...]
    chosen: str


def unknown_in(line: str) -> Unknown | None:
    """What a line says of an unknown column; None where it says nothing of one."""
    said = line.strip().removeprefix("#").strip()
    if not said.startswith(UNKNOWN):
        return None
    column, _, rest = said.removeprefix(UNKNOWN).partition(_NEAREST)
    near, _, after = rest.rpartition(")") if rest else ("", "", "")
    named, equals, chosen = column.rpartition(CHOSEN) if not rest else (column, *after.rpartition(CHOSEN)[1:])
    words = tuple(word.strip() for word in near.split(", ") if word.strip() not in ("", _NONE))
    return Unknown((named if equals else column).strip(), words, chosen.strip() if equals else "")


def pair_for(column: str, code: str, words: Sequence[str], vocabulary: Vocabulary) -> str:
    """The word by which `columns` says a column's characteristic, which has a code and some words: one that names
    nothing else, or the code. Empty where the column is called by one of them."""
    if any(fold(word) == fold(column) for word in (code, *words)):
        return ""
    own = (one for one in words if _is_plain_word(one) and _names_at_most(vocabulary, one, code))
    return next(own, f"[{code}]")


def is_writable(column: str) -> bool:
    """Whether a column's name can stand in `columns`, where commas and equals signs part."""
    return _is_plain_word(column)


def key_word(name: str, language: str) -> str:
    """What a key of technical data is called in a language."""
    return next(key for key in KEYS if key.name == name).word(language)


def product_type(language: str) -> str:
    """The header type of a product in a language, or in one that stands in for it."""
    words = {tag: one.word for one in HEADER_TYPES if one.kind == "product" for tag in one.languages}
    return next((words[tag] for tag in with_fallbacks(language) if tag in words), words["en"])


def _lines(draft: Draft, language: str) -> Iterator[str]:
    """The lines of a description; one without a sentence is a comment, since a header alone is none."""
    yield from (f"# {line}" for line in draft.comment)
    yield from (f"# {GUESSED}{line}" for line in draft.guessed)
    mark = "" if draft.sentences else "# "
    first, *others = [f"{key_word(key, language)}={value}" for key, value in draft.technical] or [""]
    header = filter(None, (product_type(language), escape(draft.identification), first))
    yield f"{mark}0 / {' / '.join(header)}"
    yield from (f"{mark}    ; {entry}" for entry in others)
    left = draft.sentences
    above: tuple[str, ...] = ()
    number = 0
    if draft.undescribed:
        yield f"1 / {draft.object_type} / {draft.name} / {draft.undescribed} / {NOT_STATED_TIME} / ."
    for said in draft.columns:
        if not said.field and not said.is_time:
            yield f"# {unknown_line(said, language)}"
        for time in draft.times if said.field else ():
            number += 1
            fields = (draft.object_type, draft.name, said.field, time)
            written = ['"' if above and one == had else one for one, had in zip(fields, above or fields, strict=True)]
            yield " / ".join((str(number), *written, "." if number == left else "O"))
            above = fields


def _names_at_most(vocabulary: Vocabulary, word: str, code: str) -> bool:
    return {one.code for one in vocabulary.named(word)} <= {code}


def _is_plain_word(text: str) -> bool:
    return plain(text) == text and not any(mark in text for mark in ",=")
