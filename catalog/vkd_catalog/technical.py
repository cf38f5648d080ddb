"""What a header's technical data says: addresses, form, conditions and more (1972 p.12, docs/language.md section 2)."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Literal, NamedTuple

from vkd_catalog.languages import say, with_fallbacks
from vkd_catalog.problems import AmbiguousWord, UnknownWord, WrongEntry
from vkd_catalog.vocabulary import Vocabularies, Vocabulary
from vkd_grammar.kinds import Kind
from vkd_grammar.problems import at_field
from vkd_grammar.syntax import Entry, Field, Header, Problem
from vkd_grammar.technical import ACCESS, Key, access_of, archive_of, columns_of, day_of, days_of, flag_of, key_named
from vkd_grammar.text import BLANKS
from vkd_grammar.words import fold

_ESCAPE = re.compile(r"\\([;=/\\])")
_CODE = re.compile(r"\[([^\[\]]*)\]$")


class TechnicalData(NamedTuple):
    """The stated values by key name, as written and unescaped; nothing stands in for what is not stated.

    `unit_id` holds what identifies each unit, each alternative by itself, of those that could be read: the code of a
    characteristic, or of several that do so together their codes in order with `+` between them (`characteristics_in`).
    """

    values: dict[str, str]
    unit_id: tuple[str, ...]

    def value(self, key: str) -> str | None:
        """What a key states; None where it is not stated."""
        return self.values.get(key)

    @property
    def access(self) -> str | None:
        """The condition: open, on-application, restricted or closed; None where not stated."""
        value = self.values.get("access")
        return access_of(value) if value is not None else None

    @property
    def lead_time(self) -> int | None:
        """Days until the information set is delivered; None where not stated."""
        value = self.values.get("lead-time")
        return days_of(value) if value is not None else None

    @property
    def updated(self) -> int | None:
        """The day of the last update, in eight digits; None where not stated."""
        value = self.values.get("updated")
        return day_of(value) if value is not None else None

    @property
    def archive(self) -> str:
        """Which archive a demand asks for: data, document or both."""
        return archive_of(self.values.get("archive", "both")) or "both"

    @property
    def profile(self) -> bool:
        """Whether a demand is an interest profile."""
        return bool(flag_of(self.values.get("profile", "no")))


def read_technical_data(
    header: Header | None, kind: Kind | None, vocabularies: Vocabularies, problems: list[Problem]
) -> TechnicalData:
    """The technical data of a header; what it does not take is appended to `problems` (VKD402, VKD101 in unit-id)."""
    values: dict[str, str] = {}
    unit_id: tuple[str, ...] = ()
    for entry in header.entries if header else ():
        key = _checked_key(entry, kind, values, problems)
        if key is None or entry.value is None:
            continue
        value = unescape_value(entry.value.text)
        if not _ACCEPTS.get(key.value, _stated)(value):
            facts = WrongEntry("value", key.name, value, _KNOWN.get(key.value, ()))
            problems.append(at_field(entry.row, entry.value, "VKD402", facts))
            continue
        values[key.name] = value
        if key.value == "words":
            unit_id = _coded_unit_id(entry.row, entry.value, vocabularies.characteristics, problems)
    return TechnicalData(values, unit_id)


def key_label(name: str, language: str) -> str:
    """The name of a product's key for people, in a language; `title@en` has its tag behind it."""
    key, _, tag = name.partition("@")
    label = say(f"key.{key}", language)
    return f"{label} ({tag})" if tag else label


def title_in(values: Mapping[str, str], language: str) -> str:
    """The title of an information set, of its stated values, in a language or one that stands in for it.

    Empty where no title is stated in any of these.
    """
    own, *others = (f"title@{one}" for one in (*with_fallbacks(language), ""))
    return next((values[key] for key in (own, "title", *others) if key in values), "")


def unescape_value(text: str) -> str:
    r"""What a value says. A backslash escapes `;`, `=`, `/` and itself; elsewhere it is one, as in `C:\arkiv`."""
    return _ESCAPE.sub(r"\1", text) if "\\" in text else text


def words_listed(value: Field, characteristics: Vocabulary) -> Iterator[Field]:
    """The words of a unit-id as they are written, each at its own place."""
    for alternative in alternatives_listed(value, characteristics):
        yield from alternative


def alternatives_listed(value: Field, characteristics: Vocabulary) -> Iterator[tuple[Field, ...]]:
    """The alternatives of a unit-id, the words of each at their own places.

    Commas part alternatives, and `+` words that identify units together, unless the whole is one word.
    """
    for alternative in _parted(value, ",", characteristics):
        yield tuple(_parted(alternative, "+", characteristics))


def words_in_columns(value: Field) -> Iterator[Field]:
    """The words of `COLUMN=word` pairs as they are written, each at its own place."""
    at = value.start
    for pair in value.text.split(","):
        column, equals, word = pair.partition("=")
        text = word.strip(BLANKS)
        start = at + len(column + equals) + len(word) - len(word.lstrip(BLANKS))
        if text:
            yield Field("word", text, start, start + len(text))
        at += len(pair) + 1


def characteristics_in(alternative: str) -> list[str]:
    """The codes of the characteristics that one alternative of a unit-id is made of."""
    return alternative.split("+")


def _parted(value: Field, sign: str, characteristics: Vocabulary) -> Iterator[Field]:
    """The parts of a value between some signs; the whole value where it is itself a word of the vocabulary."""
    if characteristics.named(unescape_value(value.text)):
        yield value
        return
    at = value.start
    for part in value.text.split(sign):
        text = part.strip(BLANKS)
        start = at + len(part) - len(part.lstrip(BLANKS))
        yield Field("word" if text else "empty", text, start, start + len(text))
        at += len(part) + 1


def _checked_key(entry: Entry, kind: Kind | None, values: dict[str, str], problems: list[Problem]) -> Key | None:
    name = entry.key.text
    key = key_named(name)
    reason: Literal["unknown", "other-kind", "twice", "no-value"] | None = None
    if key is None:
        reason = "unknown"
    elif kind is not None and key.kind != kind:
        reason = "other-kind"
    elif key.name in values:
        reason = "twice"
    elif entry.value is None:
        reason = "no-value"
    if reason is None:
        return key
    place = entry.key if entry.key.kind != "empty" or entry.value is None else entry.value
    problems.append(at_field(entry.row, place, "VKD402", WrongEntry(reason, key.name if key else name)))
    return None


def _coded_unit_id(row: int, field: Field, characteristics: Vocabulary, problems: list[Problem]) -> tuple[str, ...]:
    """The alternatives of a unit-id, but for those with a word that names no characteristic, or several."""
    alternatives = [
        [_coded_word(row, word, characteristics, problems) for word in words]
        for words in alternatives_listed(field, characteristics)
    ]
    return tuple("+".join(sorted(set(codes))) for codes in alternatives if all(codes))


def _coded_word(row: int, place: Field, characteristics: Vocabulary, problems: list[Problem]) -> str:
    """The code that a word of a unit-id names; empty, and a problem, where it names none or several."""
    word = unescape_value(place.text)
    match = _CODE.search(word)
    coded = characteristics.coded(match[1].strip() if match else "")
    named = [coded.code] if coded else characteristics.distinct([one.code for one in characteristics.named(word)])
    if len(named) == 1:
        return named[0]
    if named:
        problems.append(at_field(row, place, "VKD103", AmbiguousWord(word, "characteristics", tuple(named))))
    else:
        problems.append(at_field(row, place, "VKD101", UnknownWord(word, "characteristics")))
    return ""


def _stated(value: str) -> bool:
    return bool(fold(value))


_ACCEPTS: dict[str, Callable[[str], bool]] = {
    "access": lambda value: access_of(value) is not None,
    "days": lambda value: days_of(value) is not None,
    "day": lambda value: day_of(value) is not None,
    "columns": lambda value: columns_of(value) is not None,
    "archive": lambda value: archive_of(value) is not None,
    "flag": lambda value: flag_of(value) is not None,
}
_KNOWN: dict[str, tuple[str, ...]] = {
    "access": ACCESS,
    "archive": ("data", "document", "both"),
    "flag": ("yes", "no"),
}
