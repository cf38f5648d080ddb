"""What the PxWeb API says of a table: its metadata in version 1, in version 2 as json-px, and as JSON-stat 2.0.

The JSON of Statistics Denmark's StatBank API has the shape of version 1, with ids and more facts. All of them become
one form here.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from vkd_catalog.importers.json_files import read_json
from vkd_catalog.importers.report import ImportSourceError

Json = Mapping[str, Any]

_CONTENTS = ("contentscode", "contents", "tabellinnehåll", "statistikkvariabel", "indhold")


class Value(NamedTuple):
    """A value of a variable: code, label, the code of the one above; of what is measured, unit and measuring type."""

    code: str
    label: str
    above: str = ""
    unit: str = ""
    measuring: str = ""


class Variable(NamedTuple):
    """A variable; `total` is the code of the value that stands for all others, empty where none is named.

    `time_unit` is the length of its periods where that is said, as Annual.
    """

    code: str
    label: str
    values: Sequence[Value]
    is_time: bool = False
    is_contents: bool = False
    total: str = ""


class Metadata(NamedTuple):
    """A table; texts are empty where nothing is said, `language` too."""

    identification: str
    language: str
    title: str
    variables: Sequence[Variable]
    contents: str = ""
    unit: str = ""
    source: str = ""
    licence: str = ""
    updated: str = ""
    contacts: Sequence[str] = ()
    notes: Sequence[str] = ()
    data: str = ""
    subject: str = ""


def read_metadata(path: Path) -> Metadata:
    """The metadata in a file. Raises ImportSourceError with the line where it is no JSON or says nothing of a table."""
    said = read_json(path)
    if not isinstance(said, dict):
        raise ImportSourceError(path, "no metadata of a table: not an object")
    try:
        if said.get("class") == "dataset" and isinstance(said.get("dimension"), dict):
            return _json_stat(said)
        if isinstance(said.get("variables"), list):
            return _variables(said)
    except (AttributeError, KeyError, TypeError, ValueError, IndexError) as error:
        raise ImportSourceError(path, f"not as the metadata of a table are: {type(error).__name__} {error}") from error
    known = "a list of tables, which does not say what their variables hold" if "tables" in said else "no variables"
    raise ImportSourceError(path, f"no metadata of a table: {known}")


def _variables(said: Json) -> Metadata:
    """Version 1, version 2 as json-px, and StatBank: a list of variables with their values."""
    notes = [one for one in (*(said.get("notes") or ()), said.get("footnote")) if one]
    return Metadata(
        identification=_text(said.get("id")),
        language=_text(said.get("language")),
        title=_text(said.get("label") or said.get("title") or said.get("text")),
        variables=[_variable(one) for one in said["variables"]],
        contents=_text(said.get("text")) if "unit" in said else "",
        unit=_text(said.get("unit")),
        source=_text(said.get("source")),
        licence=_text(said.get("license")),
        updated=_text(said.get("updated")),
        contacts=[_contact(one) for one in said.get("contacts") or ()],
        notes=[_text(one.get("text")) if isinstance(one, dict) else _text(one) for one in notes],
        data=next((_text(one["href"]) for one in said.get("links") or () if one.get("rel") == "data"), ""),
        subject=_text(said.get("subjectLabel")),
    )


def _variable(said: Json) -> Variable:
    code = _text(said.get("code") or said.get("id"))
    label = _text(said.get("text") or said.get("label")) or code
    kind = _text(said.get("type"))
    total = said.get("eliminationValueCode") or ""
    return Variable(
        code,
        label,
        list(_values(said)),
        is_time=bool(said.get("time")) or kind == "TimeVariable",
        is_contents=kind == "ContentsVariable" or code.casefold() in _CONTENTS,
        total=_text(total),
    )


def _values(said: Json) -> Iterator[Value]:
    texts = said.get("valueTexts") or []
    for place, one in enumerate(said.get("values") or ()):
        if isinstance(one, dict):
            code = _text(one.get("code") or one.get("id"))
            label = _text(one.get("label") or one.get("text")) or code
            yield Value(code, label, "", _text(one.get("unit")), _text(one.get("measuringType")))
        else:
            yield Value(_text(one), _text(texts[place]) if place < len(texts) else _text(one))


def _json_stat(said: Json) -> Metadata:
    """JSON-stat 2.0 with the extensions of PxWebApi 2."""
    extension = said.get("extension") or {}
    px = extension.get("px") or {}
    role = said.get("role") or {}
    links = (said.get("link") or {}).get("data") or ()
    return Metadata(
        identification=_text(px.get("tableid") or px.get("matrix")),
        language=_text(px.get("language")),
        title=_text(said.get("label")),
        variables=[_dimension(code, said["dimension"][code], role) for code in said["id"]],
        contents=_text(px.get("contents")),
        source=_text(said.get("source")),
        updated=_text(said.get("updated")),
        contacts=[_contact(one) for one in extension.get("contact") or ()],
        notes=[_text(one) for one in said.get("note") or ()],
        data=next((_text(one["href"]) for one in links if one.get("href")), ""),
        subject=_text(px.get("subject-area")),
    )


def _dimension(code: str, said: Json, role: Json) -> Variable:
    category = said["category"]
    extension = said.get("extension") or {}
    labels = category.get("label") or {}
    index = category.get("index") or list(labels)
    codes = sorted(index, key=index.__getitem__) if isinstance(index, dict) else index
    above = {child: parent for parent, children in (category.get("child") or {}).items() for child in children}
    units = category.get("unit") or {}
    measuring = extension.get("measuringType") or {}
    values = [
        Value(
            _text(one),
            _text(labels.get(one, one)),
            _text(above.get(one, "")),
            _text((units.get(one) or {}).get("base") or (units.get(one) or {}).get("label")),
            _text(measuring.get(one)),
        )
        for one in codes
    ]
    total = _text(extension.get("eliminationValueCode") or "")
    is_time, is_contents = (code in (role.get(what) or ()) for what in ("time", "metric"))
    return Variable(code, _text(said.get("label")) or code, values, is_time, is_contents, total)


def _contact(said: Any) -> str:
    if not isinstance(said, dict):
        return _text(said)
    parts = _text(said.get("raw")) or "#".join(
        _text(said.get(key)) for key in ("name", "organization", "phone", "mail")
    )
    return ", ".join(part.strip() for part in parts.split("#") if part.strip())


def _text(said: Any) -> str:
    return "" if said is None else str(said).strip()
