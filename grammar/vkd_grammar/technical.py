"""The keys of technical data, their aliases and the values they take (1972 p.12, docs/language.md section 2)."""

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from vkd_grammar.kinds import Kind
from vkd_grammar.times import Span, read_time
from vkd_grammar.words import fold

ValueKind = Literal["address", "form", "access", "words", "text", "days", "day", "columns", "archive", "flag"]

ACCESS = ("open", "on-application", "restricted", "closed")
"""The conditions a product may state, from the least to the most closed."""

_ARCHIVES = {"data": "data", "document": "document", "dokument": "document", "both": "both", "begge": "both"}
_FLAGS = {"yes": True, "ja": True, "no": False, "nei": False, "nej": False}


class Key(NamedTuple):
    """One key: its English name, its words in bokmål, nynorsk, Swedish and Danish, where it stands and what it takes.

    `in_languages` says that it may be stated once more for a language, as in `title@en`; such a key is named so. A key
    is `watched` whose changes interest profiles tell of, and `internal` whose value is not shown to the public.
    """

    name: str
    words: tuple[str, str, str, str]
    kind: Kind
    value: ValueKind
    in_languages: bool = False
    watched: bool = False
    internal: bool = False

    @property
    def aliases(self) -> tuple[str, ...]:
        """The other names it goes by, each once."""
        return tuple(dict.fromkeys(word for word in self.words if word != self.name))

    def word(self, language: str) -> str:
        """What it is called in a language; its name where that has no word of its own."""
        return self.words[_WORDS_IN[language]] if language in _WORDS_IN else self.name


_WORDS_IN = {"nb": 0, "nn": 1, "sv": 2, "da": 3}

KEYS = (
    Key("title", ("tittel", "tittel", "titel", "titel"), "product", "text", in_languages=True),
    Key("collection", ("samling", "samling", "samling", "samling"), "product", "text"),
    Key("data", ("dataarkiv", "dataarkiv", "dataarkiv", "dataarkiv"), "product", "address", watched=True),
    Key(
        "doc", ("dokumentarkiv", "dokumentarkiv", "dokumentarkiv", "dokumentarkiv"), "product", "address", watched=True
    ),
    Key("form", ("form", "form", "form", "form"), "product", "form", watched=True),
    Key("access", ("vilkår", "vilkår", "villkor", "vilkår"), "product", "access", watched=True),
    Key("unit-id", ("enhets-id", "einings-id", "enhets-id", "enheds-id"), "product", "words"),
    Key("series", ("serie", "serie", "serie", "serie"), "product", "text", internal=True),
    Key("columns", ("kolonner", "kolonnar", "kolumner", "kolonner"), "product", "columns"),
    Key("population", ("populasjon", "populasjon", "population", "population"), "product", "text"),
    Key("source", ("kilde", "kjelde", "källa", "kilde"), "product", "text"),
    Key("processing", ("bearbeiding", "handsaming", "bearbetning", "bearbejdning"), "product", "text"),
    Key("quality", ("kvalitet", "kvalitet", "kvalitet", "kvalitet"), "product", "text"),
    Key("publisher", ("utgiver", "utgjevar", "utgivare", "udgiver"), "product", "text"),
    Key("contact", ("kontakt", "kontakt", "kontakt", "kontakt"), "product", "text"),
    Key("lead-time", ("leveringstid", "leveringstid", "leveranstid", "leveringstid"), "product", "days", watched=True),
    Key("licence", ("lisens", "lisens", "licens", "licens"), "product", "text"),
    Key("version", ("versjon", "versjon", "version", "version"), "product", "text"),
    Key("pid", ("pid", "pid", "pid", "pid"), "product", "text"),
    Key("updated", ("oppdatert", "oppdatert", "uppdaterad", "opdateret"), "product", "day"),
    Key("archive", ("arkiv", "arkiv", "arkiv", "arkiv"), "demand", "archive"),
    Key("profile", ("profil", "profil", "profil", "profil"), "demand", "flag"),
)
"""The keys, in the order in which they are told. This is the one list of them: what reads, offers, shows, compares and
watches technical data goes through it, and `tests/server/cli/test_every_key.py` sees each key told in each place."""

ADDRESS_KEYS = tuple(key.name for key in KEYS if key.value == "address")
"""The keys whose values are addresses, which the public is told only where anybody can open them."""

_BY_NAME = {fold(name): key for key in KEYS for name in (key.name, *key.aliases)}
_IN_LANGUAGE = re.compile(r"([^@]+)@([a-z]{2,8}(?:-[a-z0-9]{1,8})*)", re.IGNORECASE | re.ASCII)


@lru_cache(maxsize=1024)
def key_named(name: str) -> Key | None:
    """The key that goes by a name or an alias, whatever its case; None where none does.

    With a language behind it, as in `tittel@en`, it is a key of its own, whose name is `title@en`.
    """
    in_language = _IN_LANGUAGE.fullmatch(name.strip())
    if in_language is None:
        return _BY_NAME.get(fold(name))
    key = _BY_NAME.get(fold(in_language[1]))
    return key._replace(name=f"{key.name}@{in_language[2].lower()}") if key and key.in_languages else None


def keys_of(kind: Kind | None) -> tuple[Key, ...]:
    """The keys that may stand in a kind of description; all of them where the kind is not known."""
    return tuple(key for key in KEYS if kind is None or key.kind == kind)


def access_of(value: str) -> str | None:
    """The condition an access value opens with, its free text after a comma left out; None where it is none of them."""
    word = fold(value.partition(",")[0])
    return word if word in ACCESS else None


def archive_of(value: str) -> str | None:
    """Which archive a demand asks for: data, document or both; None where the value names none."""
    return _ARCHIVES.get(fold(value))


def flag_of(value: str) -> bool | None:
    """Yes or no; None where the value says neither."""
    return _FLAGS.get(fold(value))


def columns_of(value: str) -> tuple[tuple[str, str], ...] | None:
    """The columns of the data with the words that they hold; None where the value is not made of `COLUMN=word`."""
    pairs = [part.partition("=") for part in value.split(",")]
    columns = tuple((column.strip(), word.strip()) for column, _, word in pairs)
    return columns if all(column and word for column, word in columns) else None


def day_of(value: str) -> int | None:
    """A day of the calendar in eight digits; None where the value is not one."""
    time = read_time(value.strip())
    return time.start if isinstance(time, Span) and time.is_point and len(value.strip()) == 8 else None


def days_of(value: str) -> int | None:
    """A whole number of days; None where the value is not one."""
    text = value.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else None
