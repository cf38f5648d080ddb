"""JSON that a source is made of: read with the place of what is wrong, and asked for what should stand in it."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from vkd_catalog.importers.report import ImportSourceError
from vkd_catalog.importers.stated import Text, Texts

Json = Mapping[str, Any]

_LANGUAGE_KEYS = ("languageCode", "language", "lang")
_TEXT_KEYS = ("languageText", "value", "text")


def read_json(path: Path) -> Any:
    """What a JSON file says. Raises ImportSourceError with its line, and OSError."""
    try:
        return json.loads(path.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ImportSourceError(path, f"is not UTF-8 (byte {error.start})") from error
    except json.JSONDecodeError as error:
        raise ImportSourceError(path, f"is not JSON: {error.msg} (column {error.colno})", error.lineno) from error
    except RecursionError as error:
        raise ImportSourceError(path, "is nested too deep to be read") from error
    except ValueError as error:
        raise ImportSourceError(path, f"is not JSON: {error}") from error


def as_object(value: object, where: str, path: Path) -> Json:
    """A value that must be an object; ImportSourceError names where it stands otherwise. None is an empty one."""
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise ImportSourceError(path, f"{where} is not an object")
    return value


def objects(holder: Json, key: str, where: str, path: Path) -> Iterator[tuple[str, Json]]:
    """The objects of a list that stands under `key`, each with where it is; none where nothing stands there."""
    value = holder.get(key)
    if value is None:
        return
    place = f"{where}.{key}" if where else key
    if not isinstance(value, list):
        raise ImportSourceError(path, f"{place} is not a list")
    for number, item in enumerate(value):
        yield f"{place}[{number}]", as_object(item, f"{place}[{number}]", path)


def plain(holder: Json, *keys: str) -> str:
    """The text or number that stands under the first of `keys` that has one; empty where none has."""
    for key in keys:
        value = holder.get(key)
        if isinstance(value, str) and value.strip():
            return value.strip()
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
    return ""


def texts(value: object, language: str = "") -> Texts:
    """What a value says in each language: a text, an object by language, or a list of objects that name theirs.

    A text that does not say its language is in `language`.
    """
    if isinstance(value, str):
        found = [(language, value)]
    elif isinstance(value, Mapping):
        found = [(str(tag), said) for tag, said in value.items() if isinstance(said, str)]
    elif isinstance(value, list):
        said = [one for one in value if isinstance(one, Mapping)]
        found = [(plain(one, *_LANGUAGE_KEYS) or language, plain(one, *_TEXT_KEYS)) for one in said]
    else:
        found = []
    return tuple(Text(said.strip(), tag) for tag, said in found if said.strip())
