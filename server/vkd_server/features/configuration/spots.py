"""Hover in a `vkd.toml`, and the links from it to the files it names."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from vkd_catalog.configuration import FILE_NAME
from vkd_catalog.engines import REGISTER_SUFFIX
from vkd_catalog.languages import say
from vkd_catalog.message.as_markdown import as_code, escaped
from vkd_catalog.toml import Entry, Value, read_toml
from vkd_grammar.text import Position
from vkd_server.features.configuration.settings import VOCABULARY_PATHS, setting_of
from vkd_server.features.explain.hover import Hover
from vkd_server.rules import CODES, rule_of

if TYPE_CHECKING:
    pass


class PathAt(NamedTuple):
    """A path that a file names, between its quotes, and the file it leads to."""

    start: Position
    end: Position
    target: Path


def hover(lines: Sequence[str], position: Position, language: str, root: Path) -> Hover | None:
    """What a section, a key or a value at a place is for."""
    toml = read_toml(lines)
    for header in toml.headers:
        if header.start <= position <= header.end and (setting := setting_of(header.path)):
            text = f"**[{'.'.join(header.path)}]**\n\n{say(setting.about, language)}"
            return Hover(text, header.start, header.end)
    for entry in toml.entries:
        if entry.start <= position <= entry.end:
            text = _key_text(entry, language, root)
            return Hover(text, entry.start, entry.end) if text else None
        for value in entry.values:
            if value.start <= position <= value.end and value.is_text and value.text in CODES:
                return Hover(rule_summary(value.text, language), value.start, value.end)
    return None


def paths(lines: Sequence[str], root: Path) -> Iterator[PathAt]:
    """The files that a `vkd.toml` names and that exist, each with its place in the text."""
    for entry in read_toml(lines).entries:
        if entry.path in VOCABULARY_PATHS or entry.path[0] in ("archives", "catalogues"):
            for value in entry.values:
                target = Path(os.path.normpath(root / value.text)) if value.is_text and value.text else None
                if target is not None and entry.path[0] == "catalogues" and target.suffix != REGISTER_SUFFIX:
                    target = target / FILE_NAME
                if target is not None and "\0" not in value.text and target.is_file():
                    yield PathAt(*inside(value), target)


def inside(value: Value) -> tuple[Position, Position]:
    """The place of a text between its quotes."""
    return value.start._replace(column=value.start.column + 1), value.end._replace(column=value.end.column - 1)


def rule_summary(code: str, language: str) -> str:
    """What a diagnostic is about, and why there is one."""
    rule = rule_of(code)
    return f"**{code}** {rule.title(language)}\n\n{rule.reason(language)}"


def _key_text(entry: Entry, language: str, root: Path) -> str:
    setting = setting_of(entry.path)
    if setting is None:
        return ""
    name = escaped(entry.path[-1])
    parts = [f"**{name}**", say(setting.about, language)]
    if entry.path[0] in ("archives", "catalogues"):
        said = say("settings-file.stands-for", language)
        parts += [f"{said} {as_code(_address(value.text, root))}" for value in entry.values]
    if len(entry.path) == 3 and entry.path[-1] in CODES:
        parts[0] = rule_summary(entry.path[-1], language)
    if setting.values:
        parts.append(f"{say('settings-file.values', language)}: {', '.join(f'`{one}`' for one in setting.values)}")
    if setting.recommended:
        parts.append(f"{say('settings-file.recommended', language)}: `{setting.recommended}`")
    if setting.default:
        parts.append(f"{say('settings-file.default', language)}: `{setting.default}`")
    return "\n\n".join(parts)


def _address(text: str, root: Path) -> str:
    """The target of an alias; a path is made absolute."""
    return text if "://" in text else os.path.normpath(root / text)
