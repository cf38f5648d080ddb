"""Completion in a `vkd.toml`: sections, keys that are not there yet, and the values a key takes."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from vkd_catalog.configuration import FILE_NAME
from vkd_catalog.engines import REGISTER_SUFFIX
from vkd_catalog.folders import files_below
from vkd_catalog.languages import say
from vkd_catalog.toml import Entry, Toml, as_key, as_text, read_toml
from vkd_grammar.text import Position, content
from vkd_server.features.completion.items import Completions, Item, listed
from vkd_server.features.configuration.settings import keys_in, setting_of
from vkd_server.features.cursor import FieldAt
from vkd_server.rules import CODES, rule_of

if TYPE_CHECKING:
    from vkd_catalog.catalogue import Catalogue

_LISTS = ("paths", "patterns", "codes")
_MOST_FOLDERS = 2_000
"""How many folders are looked into for files to offer."""


def complete(lines: Sequence[str], position: Position, catalogue: Catalogue) -> Completions | None:
    """What may stand at a place: sections, keys that are not there yet, and values."""
    row, column = position
    line = content(lines[row]) if row < len(lines) else ""
    before = line[:column]
    toml = read_toml(lines)
    if "#" in before and before.count('"') % 2 == 0:
        return None
    if before.lstrip().startswith("[") and "=" not in before and not _is_inside_list(toml, position):
        start = before.rindex("[") + 1
        end = start + len(line[start:].split("]")[0].split("#")[0].rstrip())
        has = {one.path for one in toml.headers if one.start.row != row}
        return _listed(row, line, start, max(end, column), column, _sections(has, catalogue.language))
    entry = _value_of(toml, position)
    if entry is not None:
        return _values(lines, entry, position, catalogue)
    if "=" in before:
        return None
    start = len(before) - len(before.lstrip())
    end = start + len(line[start:].split("=")[0].rstrip())
    section = toml.section_at(row)
    has = {one.path for one in toml.entries if one.start.row != row}
    return _listed(row, line, start, max(end, column), column, _keys(section, has, catalogue.language))


def _is_inside_list(toml: Toml, position: Position) -> bool:
    entry = _value_of(toml, position)
    return entry is not None and entry.shape == "list"


def _value_of(toml: Toml, position: Position) -> Entry | None:
    """The entry whose value a place is in, where that value is written or should be."""
    found = [
        one
        for one in toml.entries
        if one.shape != "table" and one.end < position and (position <= one.last or _is_due(one, position))
    ]
    return found[-1] if found else None


def _is_due(entry: Entry, position: Position) -> bool:
    return entry.shape == "missing" and entry.last > entry.end and entry.last.row == position.row


def _values(lines: Sequence[str], entry: Entry, position: Position, catalogue: Catalogue) -> Completions | None:
    line = content(lines[position.row]) if position.row < len(lines) else ""
    value = next((one for one in entry.values if one.start <= position <= one.end), None)
    start = value.start.column if value else position.column
    end = value.end.column if value else position.column
    had = {one.text for one in entry.values if one is not value}
    items = [item for item in _possible(entry, catalogue) if item.label not in had]
    if entry.shape == "missing" and _takes_list(entry):
        items = [item._replace(insert=f"[{item.insert}]") for item in items]
    return _listed(position.row, line, start, end, position.column, items)


def _takes_list(entry: Entry) -> bool:
    setting = setting_of(entry.path)
    return setting is not None and setting.takes in _LISTS


def _possible(entry: Entry, catalogue: Catalogue) -> Iterator[Item]:
    """The values that a key may have."""
    setting = setting_of(entry.path)
    language = catalogue.language
    if setting is None:
        return
    if setting.takes == "codes":
        yield from (Item("value", code, f'"{code}"', right=rule_of(code).title(language)) for code in CODES)
    elif setting.takes == "paths":
        used = set(catalogue.configuration.vocabulary_paths)
        tables = chain(*(_files(catalogue.root, ending) for ending in _tables(entry)))
        found = sorted(tables, key=lambda path: (path in used, path))
        yield from (Item("value", path, as_text(path)) for path in found)
    elif setting.takes == "patterns":
        ending = ".md" if entry.path[0] == "documents" else ".vkd"
        folders = sorted({path.rpartition("/")[0] for path in _files(catalogue.root, ending)})
        patterns = [f"**/*{ending}", *(f"{folder}/**/*{ending}" for folder in folders if folder)]
        yield from (Item("value", one, as_text(one)) for one in patterns)
    elif setting.takes == "rule":
        yield Item("value", setting.recommended.strip('"'), setting.recommended)
    elif entry.path[0] == "catalogues":
        yield from (Item("value", one, as_text(one)) for one in _catalogues_near(catalogue.root))
    elif entry.path[0] == "archives":
        folders = sorted({path.partition("/")[0] for path in _files(catalogue.root, "") if "/" in path})
        yield from (Item("value", f"{one}/", as_text(f"{one}/")) for one in folders)
    else:
        yield from (Item("value", one, f'"{one}"') for one in setting.values)


def _tables(entry: Entry) -> tuple[str, ...]:
    """How the files end that a key takes: mappings are mostly written with tabs."""
    return (".sssom.tsv", ".tsv", ".csv") if entry.path[-1] == "mappings" else (".csv",)


def _catalogues_near(root: Path) -> Iterator[str]:
    """The folders with a `vkd.toml`, and the register files, in a workspace and beside it, relative to it."""
    folders = (path.rpartition("/")[0] for path in _files(root.parent, FILE_NAME))
    for place in sorted((*folders, *_files(root.parent, REGISTER_SUFFIX))):
        if place and place != root.name:
            inside = place.removeprefix(f"{root.name}/")
            yield inside if inside != place else f"../{place}"


def _sections(has: set[tuple[str, ...]], language: str) -> Iterator[Item]:
    for path in ((name,) for name in keys_in(())):
        yield from _section(path, has, language)
    yield from _section(("check", "levels"), has, language)


def _section(path: tuple[str, ...], has: set[tuple[str, ...]], language: str) -> Iterator[Item]:
    setting = setting_of(path)
    if path not in has and setting is not None:
        name = ".".join(path)
        yield Item("key", name, name, right=say(setting.about, language))


def _keys(section: tuple[str, ...], has: set[tuple[str, ...]], language: str) -> Iterator[Item]:
    if not section:
        for item in _sections(has, language):
            yield item._replace(label=f"[{item.label}]", insert=f"[{item.insert}]")
        return
    for key in keys_in(section):
        path = (*section, key)
        setting = setting_of(path)
        if path in has or setting is None:
            continue
        about = rule_of(key).title(language) if key in CODES else say(setting.about, language)
        opening = " = [" if setting.takes in _LISTS else " = "
        closing = "]" if opening.endswith("[") else ""
        if setting.takes != "table":
            yield Item("key", key, f"{as_key(key)}{opening}{closing}", right=about)


def _listed(row: int, line: str, start: int, end: int, column: int, items: Iterable[Item]) -> Completions:
    """The items that begin with what was typed."""
    typed = line[start:column]
    wanted = typed.strip("\"'[ ").casefold()
    fitting = [item for item in items if _fits(item.label.casefold(), wanted)]
    fitting.sort(key=lambda item: not item.label.casefold().startswith(wanted))
    return listed(row, FieldAt(0, start, end, typed, line[start:end], False), fitting)


def _fits(label: str, wanted: str) -> bool:
    """Whether a label begins with what was typed; of three letters or more it may also stand inside, as in a path."""
    return label.lstrip("[").startswith(wanted) or (len(wanted) > 2 and wanted in label)


def _files(root: Path, suffix: str) -> Iterator[str]:
    """The files below a folder, relative to it, hidden folders left out."""
    yield from files_below(os.fspath(root), (suffix,), most=_MOST_FOLDERS, but=("node_modules",)).paths
