"""What vkd says, in every language it speaks: one file of this folder is one language, and all that makes it one.

A text is named by its key, as `VKD402.unknown`, and has `{places}` that are filled in. A key that ends in `-one` has a
twin in `-many`, and may have one in `-none`. A file is read when something is said in its language.
"""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

_FOLDER = Path(__file__).parent


class Language(NamedTuple):
    """A language by its BCP-47 tag, and what it is called in itself.

    `order` is its place among the languages when they are listed. `fallback` is the tag of the language whose words and
    texts stand in for those that it lacks; '' where none does. `quotes` are its two quotation marks, `decimal` is its
    decimal mark, `alphabet` its letters in their order. `texts` are its texts by key.
    """

    tag: str
    name: str
    order: int
    fallback: str
    quotes: str
    decimal: str
    alphabet: str
    texts: Mapping[str, str]


@cache
def languages() -> tuple[str, ...]:
    """The tags of all languages, in the order that their files state; the first is spoken where none is asked for."""
    return tuple(sorted(_tags(), key=lambda tag: _read(tag).order))


def is_language(tag: str) -> bool:
    """Whether vkd speaks a language."""
    return tag in _tags()


def load(tag: str) -> Language:
    """The language with a tag; the first of all where vkd speaks none such."""
    return _read(tag if is_language(tag) else languages()[0])


def with_fallbacks(tag: str) -> Iterator[str]:
    """A language and those that stand in for it, the nearest first; one that vkd does not speak has none."""
    while tag:
        yield tag
        tag = _read(tag).fallback if is_language(tag) else ""


def say(key: str, language: str, /, **facts: object) -> str:
    """A text in a language, its places filled in; KeyError where there is no such text."""
    text = load(language).texts[key]
    return text.format(**facts) if facts else text


def counted(key: str, count: int, language: str, /, **facts: object) -> str:
    """A number of things in a language: the text `key-one`, `key-many`, or, where there is one, `key-none`."""
    none = count == 0 and f"{key}-none" in load(language).texts
    return say(f"{key}-{'none' if none else 'one' if count == 1 else 'many'}", language, count=count, **facts)


def counted_at_least(key: str, count: int, language: str, /, *, is_all: bool) -> str:
    """The same of a number of things; where these may not be all, the number has a plus sign."""
    return counted(key, count, language) if is_all else say(f"{key}-many", language, count=f"{count}+")


def quoted(text: str, language: str) -> str:
    """A text between the quotation marks of a language."""
    quotes = load(language).quotes
    return f"{quotes[0]}{text}{quotes[1]}"


@cache
def _tags() -> frozenset[str]:
    return frozenset(path.stem for path in _FOLDER.glob("*.json"))


@cache
def _read(tag: str) -> Language:
    said = json.loads((_FOLDER / f"{tag}.json").read_text(encoding="utf-8"))
    fallback = said["fallback"]
    texts = {**_read(fallback).texts, **said["texts"]} if fallback else said["texts"]
    return Language(
        tag, said["name"], said["order"], fallback, said["quotes"], said["decimal"], said["alphabet"], texts
    )
