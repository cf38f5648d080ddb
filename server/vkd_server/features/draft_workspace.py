"""A workspace for drafts: its settings, which name the words of the workspace that they are drafted in, and files for
new words."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from vkd_catalog.configuration import FILE_NAME, Configuration
from vkd_catalog.describing.writing import MADE_BY
from vkd_catalog.vocabulary_names import VOCABULARY_NAMES
from vkd_server.features.new_workspace import object_types


def draft_workspace(folder: Path, own: Configuration, language: str, day: date) -> Mapping[str, str]:
    """The files of a workspace in a folder, by paths relative to it.

    `own` is the workspace whose words and archives it knows; where it has no object types the usual ones are written.
    """
    files = {f"vocabulary/{name}.csv": "code\n" for name in ("names", "characteristics")}
    if not own.vocabularies.get("object-types"):
        files["vocabulary/object-types.csv"] = object_types(language)
    return {FILE_NAME: "\n".join(_settings(folder, own, language, day, files)) + "\n", **files}


def _settings(folder: Path, own: Configuration, language: str, day: date, files: Mapping[str, str]) -> Iterator[str]:
    yield from (f"# {MADE_BY}, {day.isoformat()}", "", "[catalogue]", f"name = {_quoted(folder.name or 'vkd')}")
    yield from (f'language = "{language}"', "", "[vocabularies]")
    for name in VOCABULARY_NAMES:
        new = [path for path in (f"vocabulary/{name}.csv",) if path in files]
        others = [_way(folder, own.root / path) for path in own.vocabularies.get(name, ())]
        yield f"{name} = [{', '.join(map(_quoted, (*new, *others)))}]"
    if own.mappings:
        yield f"mappings = [{', '.join(_quoted(_way(folder, own.root / path)) for path in own.mappings)}]"
    yield from ("", "[products]", 'include = ["products/**/*.vkd"]')
    if own.archives:
        yield from ("", "[archives]")
    for alias, base in own.archives.items():
        is_path = "://" not in base
        end = "/" if base.endswith("/") else ""
        yield f"{_quoted(alias)} = {_quoted(_way(folder, own.root / base) + end if is_path else base)}"


def _way(folder: Path, path: Path) -> str:
    return Path(os.path.relpath(path, folder)).as_posix()


def _quoted(text: str) -> str:
    # A JSON string of printable text is a TOML basic string.
    return json.dumps(text, ensure_ascii=False)
