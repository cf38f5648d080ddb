"""Vardef, Statistics Norway's variable definitions: JSON as its API gives it, one definition or a list of them.

A definition becomes a characteristic. Vardef knows of no data, so there are no products; the patches and periods of
validity of one definition are one characteristic, of which the latest counts.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from vkd_catalog.importers.drafting import drafted
from vkd_catalog.importers.files import read_all
from vkd_catalog.importers.importer import Draft, Importer, Request
from vkd_catalog.importers.json_files import Json, as_object, plain, read_json, texts
from vkd_catalog.importers.klass_addresses import classification_in, identifier_in
from vkd_catalog.importers.report import ImportSourceError, Unmapped
from vkd_catalog.importers.stated import Classification, Group, Stated, Text, Texts, Variable
from vkd_catalog.importers.units import unit_of

_NO_DEFINITION = "holds no definition of Vardef: an object with name, short_name and definition"
_SPECIAL = ("contains_special_categories_of_personal_data", "contains_sensitive_personal_information")
_NOT_HELD = (
    *("comment", "contact", "owner", "external_reference_uri", "variable_status", "measurement_type"),
    *("valid_from", "valid_until"),
)


class _Named(NamedTuple):
    """Something that Vardef refers to by a code, with its titles where the API gave those too."""

    code: str
    titles: Texts


class _Definition(NamedTuple):
    """A definition as read; of those with one `key` the one with the greatest `order` is the latest."""

    key: str
    order: tuple[str, int]
    variable: Variable
    units: Sequence[_Named]
    subjects: Sequence[_Named]
    classification: str
    related: Sequence[str]
    lacking: Sequence[str]


def _read(request: Request) -> Draft:
    found, notes = read_all(request, (".json",), _definitions)
    latest: dict[str, _Definition] = {}
    for one in found:
        if one.key not in latest or latest[one.key].order <= one.order:
            latest[one.key] = one
    definitions = list(latest.values())
    return drafted(
        Stated(
            name="Vardef",
            source=f"{request.source.name}, Vardef of Statistics Norway (Statistisk sentralbyrå)",
            language="nb",
            licence="CC BY 4.0, as Vardef's API says of all its definitions",
            groups=list(_groups(definitions)),
            variables=[one.variable for one in definitions],
            classifications=list(_classifications(definitions)),
            notes=[*notes, *_notes(definitions, len(found))],
        )
    )


IMPORTER = Importer("vardef", "variable definitions of Statistics Norway's Vardef (JSON of its API)", _read)


# Reading.


def _definitions(path: Path) -> Sequence[_Definition]:
    definitions = [_definition(said, where, path) for where, said in _objects(read_json(path), path)]
    if not definitions:
        raise ImportSourceError(path, _NO_DEFINITION)
    return definitions


def _objects(said: object, path: Path) -> Iterator[tuple[str, Json]]:
    """The definitions of a document: a single one, a list, or a list under a key of its own."""
    if isinstance(said, list):
        for number, item in enumerate(said):
            yield f"[{number}]", as_object(item, f"[{number}]", path)
    elif isinstance(said, Mapping) and "short_name" not in said:
        for key, value in said.items():
            if isinstance(value, list):
                yield from ((f"{key}{where}", item) for where, item in _objects(value, path))
    elif isinstance(said, Mapping):
        yield "the document", said
    else:
        raise ImportSourceError(path, _NO_DEFINITION)


def _definition(said: Json, where: str, path: Path) -> _Definition:
    name = plain(said, "short_name")
    labels = texts(said.get("name"), "nb")
    if not name or not labels:
        raise ImportSourceError(path, f"{where} has no {'name' if name else 'short_name'}: it is not a definition")
    key = plain(said, "id") or name
    units = _named(said, "unit_types", where, path)
    subjects = _named(said, "subject_fields", where, path)
    classification = classification_in(plain(said, "classification_reference", "classification_uri"))
    return _Definition(
        key,
        (plain(said, "valid_from"), int(plain(said, "patch_id") or 0) if plain(said, "patch_id").isdigit() else 0),
        Variable(
            key,
            labels,
            subjects[0].code if subjects else "",
            name,
            texts(said.get("definition"), "nb"),
            units=[unit_of(one.code, *(title.text for title in one.titles)) for one in units],
            sensitive=_sensitive(said),
            classifications=[classification] if classification else [],
            see_also=_related(said),
        ),
        units,
        subjects,
        classification,
        _related(said),
        [key for key in _NOT_HELD if said.get(key)],
    )


def _named(said: Json, key: str, where: str, path: Path) -> Sequence[_Named]:
    value = said.get(key) or []
    if not isinstance(value, list):
        raise ImportSourceError(path, f"{where}.{key} is not a list")
    return [
        _Named(item, ()) if isinstance(item, str) else _Named(plain(item, "code"), texts(item.get("title"), "nb"))
        for item in value
        if isinstance(item, str | Mapping)
    ]


def _sensitive(said: Json) -> str:
    value = str(next((said[key] for key in _SPECIAL if said.get(key) is not None), "")).casefold()
    return {"true": "yes", "false": "no"}.get(value, "")


def _related(said: Json) -> Sequence[str]:
    value = said.get("related_variable_definition_uris")
    return [identifier_in(one) for one in value if isinstance(one, str)] if isinstance(value, list) else []


# Mapping.


def _groups(definitions: Sequence[_Definition]) -> Iterator[Group]:
    subjects = {subject.code: subject for one in definitions for subject in one.subjects[:1]}
    return (Group(code, subject.titles or (Text(code, ""),)) for code, subject in sorted(subjects.items()))


def _classifications(definitions: Sequence[_Definition]) -> Iterator[Classification]:
    numbers = dict.fromkeys(one.classification for one in definitions if one.classification)
    return (Classification(number, (Text(f"Klass {number}", "nb"),), notation=number) for number in numbers)


def _notes(definitions: Sequence[_Definition], read: int) -> Iterator[Unmapped]:
    if read > len(definitions):
        why = "earlier patches and periods of validity of definitions that are there; the latest counts"
        yield Unmapped("definition", f"{read - len(definitions)} definitions", why)
    yield Unmapped("product", "all definitions", "Vardef does not say which data sets hold a variable; no products")
    for key, count in Counter(key for one in definitions for key in one.lacking).items():
        yield Unmapped(
            "key", f"{key} ({count} of {len(definitions)} definitions)", "a characteristic has no place for it"
        )
    several = sum(len(one.subjects) > 1 for one in definitions)
    if several:
        yield Unmapped("subject_fields", f"{several} definitions", "in several; the concept stands below the first")
    known = {one.key for one in definitions}
    gone = sorted({key for one in definitions for key in one.related} - known)
    if gone:
        yield Unmapped("related definition", ", ".join(gone), "not in the source; no see-also")
