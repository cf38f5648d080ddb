"""The keys of technical data, their aliases and the values they take (1972 p.12, LANGUAGE.md section 2)."""

from functools import lru_cache
from typing import Literal, NamedTuple

from vkd_grammar.kinds import Kind
from vkd_grammar.words import fold

ValueKind = Literal["address", "form", "access", "words", "text", "days", "archive", "flag"]

ACCESS = ("open", "on-application", "restricted", "closed")
"""The conditions a product may state, from the least to the most closed."""

_ARCHIVES = {"data": "data", "document": "document", "dokument": "document", "both": "both", "begge": "both"}
_FLAGS = {"yes": True, "ja": True, "no": False, "nei": False, "nej": False}


class Key(NamedTuple):
    """One key: its name, other names it goes by, the kind of description it belongs to, and what its value is."""

    name: str
    aliases: tuple[str, ...]
    kind: Kind
    value: ValueKind


KEYS = (
    Key("data", ("dataarkiv",), "product", "address"),
    Key("doc", ("dokumentarkiv",), "product", "address"),
    Key("form", (), "product", "form"),
    Key("access", ("vilkår", "villkor"), "product", "access"),
    Key("unit-id", ("enhets-id",), "product", "words"),
    Key("source", ("kilde", "källa"), "product", "text"),
    Key("quality", ("kvalitet",), "product", "text"),
    Key("processing", ("bearbeiding", "bearbetning"), "product", "text"),
    Key("contact", ("kontakt",), "product", "text"),
    Key("lead-time", ("leveringstid", "leveranstid"), "product", "days"),
    Key("series", ("serie",), "product", "text"),
    Key("archive", ("arkiv",), "demand", "archive"),
    Key("profile", ("profil",), "demand", "flag"),
)

_BY_NAME = {fold(name): key for key in KEYS for name in (key.name, *key.aliases)}


@lru_cache(maxsize=1024)
def key_named(name: str) -> Key | None:
    """The key that goes by a name or an alias, whatever its case; None where none does."""
    return _BY_NAME.get(fold(name))


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


def days_of(value: str) -> int | None:
    """A whole number of days; None where the value is not one."""
    text = value.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else None
