"""Klass, Statistics Norway's classifications: JSON as its API gives classifications, versions, codes and variants.

A version becomes a classification below the one that it is a version of, valid as long as it is; its items become
classes. Klass holds no data, so there are no products. An answer does not say which language it is in; the file's name
may, as in `131_en.json`, and what files say of the same thing in several languages comes together.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from vkd_catalog.importers.dates import day_before, day_of
from vkd_catalog.importers.drafting import drafted
from vkd_catalog.importers.files import read_all
from vkd_catalog.importers.importer import Draft, Importer, Request
from vkd_catalog.importers.json_files import Json, as_object, objects, plain, read_json
from vkd_catalog.importers.report import ImportSourceError, Unmapped
from vkd_catalog.importers.stated import Class, Classification, Stated, Text, Texts

_ITEMS = ("classificationItems", "codes")
_MAPS = ("correspondenceMaps", "correspondenceItems")
_NOTHING = f"holds nothing of Klass: neither versions nor {', nor '.join((*_ITEMS, *_MAPS))}"
_DIGITS = re.compile(r"(\d+)$")
_LANGUAGE = "nb"
"""The language that Klass answers in where nobody asks for another."""
_NAMED_LANGUAGE = re.compile(r"(?P<stem>.+)[-_.](?P<language>nb|nn|en)")


class _Document(NamedTuple):
    """What one file says: a classification with the versions it lists, a version or variant with its items, codes.

    `identifier` is its number in Klass, `above` that of the classification it is a version of; each is empty where the
    file does not say it. A version may have the number of a classification: `is_version` tells them apart.
    """

    identifier: str
    above: str
    labels: Texts
    definitions: Texts
    valid: tuple[str, str]
    versions: Sequence["_Document"] = ()
    classes: Sequence[Class] = ()
    maps: int = 0
    is_version: bool = False


def _read(request: Request) -> Draft:
    read, notes = read_all(request, (".json",), _documents)
    documents = _together(read)
    classifications = list(_classifications(documents))
    return drafted(
        Stated(
            name="Klass",
            source=f"{request.source.name}, Klass of Statistics Norway (Statistisk sentralbyrå)",
            language=_LANGUAGE,
            classifications=classifications,
            notes=[*notes, *_notes(documents, classifications)],
        )
    )


IMPORTER = Importer("klass", "classifications of Statistics Norway's Klass, their versions and codes (JSON)", _read)


# Reading.


def _documents(path: Path) -> Sequence[_Document]:
    said = read_json(path)
    if isinstance(said, list):
        found = [_document(as_object(one, f"[{number}]", path), path) for number, one in enumerate(said)]
    else:
        found = [_document(as_object(said, "the document", path), path)]
    named = _NAMED_LANGUAGE.fullmatch(path.stem)
    return [_said_in(named["language"], one) for one in found] if named else found


def _said_in(language: str, one: _Document) -> _Document:
    """The document as its file's name says the language of it."""

    def told(texts: Texts) -> Texts:
        return tuple(Text(text.text, language) for text in texts)

    return one._replace(
        labels=told(one.labels),
        definitions=told(one.definitions),
        versions=[_said_in(language, version) for version in one.versions],
        classes=[each._replace(labels=told(each.labels), definitions=told(each.definitions)) for each in one.classes],
    )


def _document(said: Json, path: Path) -> _Document:
    if "versions" in said:
        identifier = _identifier(said) or _number_of(path)
        versions = [_version(one, identifier) for _, one in objects(said, "versions", "", path)]
        return _described(said, identifier, "")._replace(versions=versions)
    for key in _ITEMS:
        if key in said:
            classes = list(_classes(said, key, path))
            known = _identifier(said) or (_called(said) if key == _ITEMS[0] else _number_of(path))
            whole = _described(said, known or path.stem, "")
            return whole._replace(classes=classes, is_version=key == _ITEMS[0])
    for key in _MAPS:
        if key in said:
            return _described(said, "", "")._replace(maps=len(list(objects(said, key, "", path))))
    raise ImportSourceError(path, _NOTHING)


def _described(said: Json, identifier: str, above: str) -> _Document:
    return _Document(
        identifier,
        above,
        _texts(said, "name"),
        _texts(said, "description") or _texts(said, "introduction"),
        _valid(said),
    )


def _version(said: Json, above: str) -> _Document:
    return _described(said, _identifier(said) or _called(said), above)._replace(is_version=True)


def _texts(said: Json, key: str) -> Texts:
    language = plain(said, "language", "primaryLanguage") if key == "name" else ""
    text = plain(said, key)
    return (Text(text, language or _LANGUAGE),) if text else ()


def _valid(said: Json) -> tuple[str, str]:
    """The days on which something is valid; Klass states the day from which it no longer is."""
    first, last = plain(said, "validFrom"), plain(said, "validTo")
    return day_of(first), day_before(last)


def _identifier(said: Json) -> str:
    """The number of a classification or version: its own field, else what its address ends in."""
    links = said.get("_links")
    own = links.get("self") if isinstance(links, Mapping) else None
    address = plain(own, "href") if isinstance(own, Mapping) else ""
    found = _DIGITS.search(address.partition("?")[0].rstrip("/"))
    return plain(said, "version_id", "classification_id", "id") or (found[1] if found else "")


def _called(said: Json) -> str:
    """What a version is known by that states no number: its name, and the day from which it is valid."""
    return " ".join(filter(None, (plain(said, "name"), plain(said, "validFrom"))))


def _number_of(path: Path) -> str:
    """The number that a file is named by, as the answer to a question about one classification often is."""
    named = _NAMED_LANGUAGE.fullmatch(path.stem)
    stem = named["stem"] if named else path.stem
    found = _DIGITS.search(stem)
    return found[1] if found else stem


def _classes(said: Json, key: str, path: Path) -> Iterator[Class]:
    items = list(objects(said, key, "", path))
    # A class whose own class above comes later in the file is placed below it all the same.
    for where, item in sorted(items, key=lambda one: _level(one[1])):
        code = plain(item, "code")
        if not code:
            raise ImportSourceError(path, f"{where} has no code")
        labels = [plain(item, name) for name in ("name", "shortName", "presentationName")]
        notes = plain(item, "notes")
        yield Class(
            code,
            tuple(Text(text, _LANGUAGE) for text in dict.fromkeys(filter(None, labels))),
            plain(item, "parentCode"),
            (Text(notes, _LANGUAGE),) if notes else (),
            _valid(item),
        )


def _level(item: Json) -> int:
    level = plain(item, "level")
    return int(level) if level.isdigit() else 0


# What several files say of one thing.


def _together(documents: Sequence[_Document]) -> Sequence[_Document]:
    """The documents, those of the same thing as one."""
    found: dict[tuple[str, bool, bool], _Document] = {}
    for number, one in enumerate(documents):
        key = (one.identifier or f"[{number}]", one.is_version, bool(one.versions))
        found[key] = _both(found[key], one) if key in found else one
    return list(found.values())


def _both(one: _Document, other: _Document) -> _Document:
    """What `one` says, and what only the other does."""
    versions = {version.identifier: version for version in one.versions}
    for version in other.versions:
        known = versions.get(version.identifier)
        versions[version.identifier] = _both(known, version) if known else version
    classes = {(each.code, each.valid): each for each in one.classes}
    for each in other.classes:
        same = classes.get((each.code, each.valid))
        classes[each.code, each.valid] = _both_classes(same, each) if same else each
    return one._replace(
        labels=_all(one.labels, other.labels),
        definitions=_all(one.definitions, other.definitions),
        versions=list(versions.values()),
        classes=list(classes.values()),
        maps=one.maps + other.maps,
    )


def _both_classes(one: Class, other: Class) -> Class:
    return one._replace(labels=_all(one.labels, other.labels), definitions=_all(one.definitions, other.definitions))


def _all(texts: Texts, others: Texts) -> Texts:
    """The texts, and the others in languages that they are not in."""
    said = {text.language for text in texts}
    return (*texts, *(text for text in others if text.language not in said))


# Mapping.


def _classifications(documents: Sequence[_Document]) -> Iterator[Classification]:
    """The classifications, each followed by its versions; a version that a file has the items of has classes."""
    filled = {(one.identifier, one.is_version): one for one in documents if one.classes}
    families = [one for one in documents if one.versions]
    for family in families:
        # The codes of a classification without saying which version are those of all the time that was asked for.
        yield _classification(family, filled.pop((family.identifier, False), family).classes, "")
        for version in family.versions:
            whole = filled.pop((version.identifier, True), version)
            yield _classification(_both(version, whole), whole.classes, family.identifier)
    for one in filled.values():
        yield _classification(one, one.classes, "")


def _classification(one: _Document, classes: Sequence[Class], above: str) -> Classification:
    return Classification(
        f"{above}.{one.identifier}" if above else one.identifier,
        one.labels or (Text(f"Klass {one.identifier}", _LANGUAGE),),
        above,
        one.identifier,
        one.identifier if not above else "",
        one.definitions,
        one.valid,
        classes,
    )


def _notes(documents: Sequence[_Document], classifications: Sequence[Classification]) -> Iterator[Unmapped]:
    yield Unmapped("product", "all classifications", "Klass does not say which data sets use one; no products")
    maps = sum(one.maps for one in documents)
    if maps:
        why = "a correspondence is no equality, and which versions it is between is not always said"
        yield Unmapped("correspondence", f"{maps} pairs of codes", why)
    for one in classifications:
        if not one.classes and not any(other.above == one.key for other in classifications):
            yield Unmapped("classification", one.key, "no file has its codes; a classification without classes")
        known = {each.code for each in one.classes}
        gone = [each.above for each in one.classes if each.above and each.above not in known]
        if gone:
            yield Unmapped("parentCode", ", ".join(dict.fromkeys(gone)), f"no code of {one.key}; no class above")
