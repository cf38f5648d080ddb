"""Completion in a header: types, the keys of technical data and their values (docs/language.md section 2)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from vkd_catalog.languages import languages, say
from vkd_catalog.suggest import loose
from vkd_catalog.vocabulary.concept import catalogue_of
from vkd_grammar.escapes import escape
from vkd_grammar.kinds import HEADER_TYPES
from vkd_grammar.technical import ACCESS, KEYS, Key, key_named, keys_of
from vkd_server.features.completion.items import Completions, Item, concept_item, listed
from vkd_server.features.cursor import FieldAt, field_at, part_at
from vkd_server.features.phrases import stated, word_language

if TYPE_CHECKING:
    from vkd_catalog.register import Register
    from vkd_server.features.lexicon import Look
    from vkd_server.features.snapshot import Piece, Snapshot

_TYPE, _IDENTIFICATION = 1, 2
_LOOKED_BACK = 50
"""Descriptions; a document may have thousands, and each is parsed when it is first looked at."""

_SEPARATORS = {"words": ";,+", "columns": ";,="}
"""What parts the words of characteristics, in values that are made of them."""

_SPECIAL = re.compile(r"[;=/\\]")
"""What a value escapes."""

_FORMS = ("parquet", "csv", "px", "statbank", "table", "publication", "microfilm", "tape")
_VALUES = {"access": ACCESS, "archive": ("data", "document", "both"), "flag": ("yes", "no"), "form": _FORMS}


def header_items(
    snapshot: Snapshot, piece: Piece, row: int, line: str, column: int, register: Register | None, look: Look
) -> Completions | None:
    """What may stand at a place in a header, or in a line that continues one.

    The identification of a product is not offered, since it must be new. A `register` knows the collections there are,
    and `look` what else may be meant by a word that no other begins with.
    """
    first = _technical_start(line)
    if first is not None and column >= first:
        return _technical(snapshot, piece, row, line, column, first, register, look)
    field = field_at(line, column)
    if field is not None and field.place == _IDENTIFICATION and piece.description.kind == "demand":
        return listed(row, field, _askers(snapshot, piece, field.typed))
    if field is None or field.place != _TYPE:
        return None
    return listed(row, field, type_items(snapshot, field.typed))


def type_items(snapshot: Snapshot, typed: str) -> Iterator[Item]:
    """The header types, those in the catalogue's language first."""
    language = snapshot.catalogue.language
    form = loose(typed)
    matching = [one for one in HEADER_TYPES if any(word.startswith(form) for word in _beginnings(loose(one.word)))]
    for one in sorted(matching, key=lambda one: language not in one.languages):
        kind = say(f"kind.{one.kind}", language)
        beside = "" if language in one.languages else f" {kind}"
        yield Item("type", one.word, one.word, beside, ", ".join(one.languages))


def _askers(snapshot: Snapshot, piece: Piece, typed: str) -> Iterator[Item]:
    """The people and bodies that ask in the demands shortly above, each once, the nearest first."""
    seen: dict[str, None] = {}
    for index in range(piece.number - 1, max(-1, piece.number - 1 - _LOOKED_BACK), -1):
        description = snapshot.document.descriptions[index]
        if description.kind == "demand" and description.header:
            seen.setdefault(description.header.identification)
    for asker in seen:
        if asker and loose(asker).startswith(loose(typed)):
            yield Item("value", asker, escape(asker))


def _beginnings(form: str) -> tuple[str, ...]:
    return (form, *form.split(" "))


def _technical_start(line: str) -> int | None:
    """The column where technical data starts: behind a header's third slash, or at the `;` of a line that continues
    it."""
    stripped = line.lstrip()
    if stripped.startswith(";"):
        return len(line) - len(stripped) + 1
    start = -1
    for _ in range(3):
        start = _next_slash(line, start + 1)
        if start < 0:
            return None
    return start + 1


def _next_slash(line: str, at: int) -> int:
    while (at := line.find("/", at)) > 0 and line[at - 1] == "\\":
        at += 1
    return at


def _technical(
    snapshot: Snapshot,
    piece: Piece,
    row: int,
    line: str,
    column: int,
    first: int,
    register: Register | None,
    look: Look,
) -> Completions | None:
    start, end = _entry_bounds(line, column, first)
    equals = line.find("=", start, end)
    if equals < 0 or column <= equals:
        field = part_at(line, column, start, equals if equals >= 0 else end, ";")
        glued = line[field.start - 1] in "/;"
        return listed(row, field._replace(glued=glued), _keys(piece, field, "" if equals >= 0 else "="))
    key = key_named(line[start:equals])
    if key is None:
        return None
    field = part_at(line, column, equals + 1, end, _SEPARATORS.get(key.value, ";"))
    if key.value == "columns" and not (field.place and line[equals + 1 : field.start].rstrip().endswith("=")):
        # What a column is called is known to the data alone.
        return None
    items = (
        _collections(snapshot, piece, field.typed, register)
        if key.name == "collection"
        else _values(snapshot, piece, key, field.typed, look)
    )
    return listed(row, field._replace(glued=False), items)


def _entry_bounds(line: str, column: int, first: int) -> tuple[int, int]:
    start = line.rfind(";", first, column) + 1 or first
    end = line.find(";", column)
    return start, end if end >= 0 else len(line)


def _keys(piece: Piece, field: FieldAt, suffix: str) -> Iterator[Item]:
    """The keys of this kind of description that it does not state elsewhere, found by any of their names."""
    header = piece.description.header
    stated = {key.name for entry in header.entries if (key := key_named(entry.key.text))} if header else set()
    own = key_named(field.text)
    form = loose(field.typed)
    for key in keys_of(piece.description.kind) if piece.description.kind else KEYS:
        if key.in_languages and "@" in field.typed:
            yield from _keys_in_languages(key, stated, field.typed, suffix)
            continue
        names = (key.name, *key.aliases)
        match = next((name for name in names if loose(name).startswith(form)), None)
        if match and (key.name not in stated or key is own):
            beside = f" {', '.join(key.aliases)}" if key.aliases else ""
            yield Item("key", key.name, key.name + suffix, beside)


def _keys_in_languages(key: Key, stated: Collection[str], typed: str, suffix: str) -> Iterator[Item]:
    """A key for each language that vkd speaks, written with the name that was begun."""
    name, _, tag = typed.partition("@")
    if key_named(name) is not key:
        return
    for language in languages():
        if language.startswith(tag.lower()) and f"{key.name}@{language}" not in stated:
            yield Item("key", f"{name}@{language}", f"{name}@{language}{suffix}")


def _collections(snapshot: Snapshot, piece: Piece, typed: str, register: Register | None) -> Iterator[Item]:
    """The collections that there are: of the descriptions shortly above, then of the register."""
    above = range(piece.number - 1, max(-1, piece.number - 1 - _LOOKED_BACK), -1)
    near = (stated(snapshot.document.descriptions[index], "collection") for index in above)
    known = snapshot.lexicon.occurrences.collections(register, typed) if register is not None else ()
    for name in dict.fromkeys((*near, *known)):
        if name and loose(name).startswith(loose(typed)):
            yield Item("value", name, _SPECIAL.sub(r"\\\g<0>", name))


def _values(snapshot: Snapshot, piece: Piece, key: Key, typed: str, look: Look) -> Iterator[Item]:
    form = loose(typed)
    for value in _VALUES.get(key.value, ()):
        if value.startswith(form):
            yield Item("value", value, value)
    if key.value == "address":
        for alias, address in snapshot.catalogue.configuration.archives.items():
            if loose(alias).startswith(form.partition(":")[0]):
                yield Item("value", f"{alias}:", f"{alias}:", right=address)
    if key.name == "doc":
        for one in snapshot.catalogue.documents.documentations:
            if one.id and (loose(one.id).startswith(form) or (form and loose(one.title).startswith(form))):
                yield Item("value", one.id, one.id, right=one.title)
    if key.value in _SEPARATORS:
        vocabulary = snapshot.catalogue.own_vocabularies.characteristics
        language = word_language(piece.description, snapshot.catalogue.language)
        index = snapshot.lexicon.index("characteristics")
        for match in index.found(typed, look):
            if match.concept.kind != "aggregate" and not catalogue_of(match.concept.code):
                yield concept_item(vocabulary, match, language, as_code=False)
