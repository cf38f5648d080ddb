"""What is wrong in a `vkd.toml`, each at its place: what its reader would refuse, and what leads nowhere."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from vkd_catalog.configuration import is_catalogue_name, wrong_in_url
from vkd_catalog.disclosure.rules import KINDS, UnfitValue, lacking, rule_of
from vkd_catalog.languages import say
from vkd_catalog.toml import Entry, Header, Toml, Value, as_key, as_text, read_toml
from vkd_grammar.text import Position, content
from vkd_server.features.configuration.settings import Setting, keys_in, setting_of
from vkd_server.features.diagnostics import Diagnostic
from vkd_server.rules import CODES
from vkd_server.rules.rule import Severity
from vkd_server.rules.shared.wording import quoted, shortened

_MOST_KNOWN = 12


class SettingsProblem(NamedTuple):
    """One thing that is wrong; `instead` are texts that could stand at its place, the likeliest first.

    `code` is that of a diagnostic, empty for what its reader refuses or what leads nowhere.
    """

    severity: Severity
    message: str
    start: Position
    end: Position
    instead: tuple[str, ...] = ()
    code: str = ""


def settings_problems(
    lines: Sequence[str], root: Path, language: str, diagnostics: Iterable[Diagnostic] = ()
) -> list[SettingsProblem]:
    """Everything wrong in a `vkd.toml`, in the order of its text, the given `diagnostics` of it included."""
    toml = read_toml(lines)
    checker = _Checker(root, language)
    rules = _DisclosureRules(lines, language)
    known = (_of_diagnostic(one) for one in diagnostics)
    found = [*_syntax(lines, language), *checker.headers(toml), *checker.entries(toml), *rules.problems(toml), *known]
    return sorted(found, key=lambda one: (one.start, one.end))


def _of_diagnostic(one: Diagnostic) -> SettingsProblem:
    instead = tuple(edit.text for fix in one.fixes() for edit in fix.edits)
    return SettingsProblem(one.severity, one.message, one.start, one.end, instead, one.code)


def _syntax(lines: Sequence[str], language: str) -> Iterator[SettingsProblem]:
    try:
        tomllib.loads("".join(lines).removeprefix("\ufeff").replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        reason, place = str(error).rpartition(" (at ")[::2]
        start = _place(place, lines)
        end = Position(start.row, max(start.column + 1, len(content(lines[start.row])))) if lines else start
        yield SettingsProblem("error", say("settings-file.not-toml", language, reason=reason or place), start, end)
    except RecursionError:
        start = Position(0, 0)
        yield SettingsProblem("error", say("settings-file.not-toml", language, reason="…"), start, start)


def _place(said: str, lines: Sequence[str]) -> Position:
    """The place that the message of a TOML error names: "line 3, column 5)", or "end of document)"."""
    numbers = [int(word) for word in said.replace(",", " ").replace(")", " ").split() if word.isdigit()]
    if len(numbers) == 2 and 0 < numbers[0] <= len(lines):
        row = numbers[0] - 1
        return Position(row, min(numbers[1] - 1, len(content(lines[row]))))
    return Position(max(0, len(lines) - 1), 0)


class _Checker:
    def __init__(self, root: Path, language: str) -> None:
        self._root = root
        self._language = language

    def headers(self, toml: Toml) -> Iterator[SettingsProblem]:
        """What is wrong with the heads of sections."""
        for header in toml.headers:
            setting = setting_of(header.path)
            if setting is None and header.path:
                yield self._unknown(header.path, header.start, header.end)
            elif setting is not None and (setting.takes != "table" or header.double):
                name = shortened(header.path[-1])
                yield self._wrong(f"settings-file.expected.{_shape(setting)}", header.start, header.end, key=name)

    def entries(self, toml: Toml) -> Iterator[SettingsProblem]:
        """What is wrong with keys and their values."""
        for entry in toml.entries:
            setting = setting_of(entry.path)
            if setting is None:
                # Of a section that is not known the head has been told of already.
                section = toml.section_at(entry.start.row)
                if not section or setting_of(section) is not None:
                    yield self._unknown(entry.path, entry.start, entry.end)
            elif entry.shape != "missing" and setting.takes != "rule":
                yield from self._value(entry, setting)

    def _value(self, entry: Entry, setting: Setting) -> Iterator[SettingsProblem]:
        shape = _shape(setting)
        texts = all(value.is_text for value in entry.values)
        fits = {"text": entry.shape == "value" and texts, "list": entry.shape == "list" and texts}
        if not fits.get(shape, entry.shape == "table"):
            start = entry.values[0].start if entry.shape == "value" and entry.values else entry.start
            yield self._wrong(f"settings-file.expected.{shape}", start, entry.last, key=shortened(entry.path[-1]))
            return
        if entry.path[0] == "catalogues" and not is_catalogue_name(entry.path[-1]):
            yield self._wrong("settings-file.no-name", entry.start, entry.end, key=self._quoted(entry.path[-1]))
            return
        if len(entry.path) == 3 and entry.path[-1] not in CODES:
            yield self._no_rule(entry.path[-1], entry.start, entry.end, as_key)
        for value in entry.values:
            yield from self._text(entry, setting, value)

    def _text(self, entry: Entry, setting: Setting, value: Value) -> Iterator[SettingsProblem]:
        at, said = (value.start, value.end), self._quoted(value.text)
        if setting.values and value.text not in setting.values:
            known = ", ".join(setting.values)
            wrong = self._wrong("settings-file.not-among", *at, key=shortened(entry.path[-1]), value=said, known=known)
            yield wrong._replace(instead=tuple(as_text(near) for near in _near(value.text, setting.values)))
        elif setting.takes == "codes" and value.text not in CODES:
            yield self._no_rule(value.text, *at, as_text)
        elif setting.takes == "paths" and not (self._root / value.text).is_file():
            yield self._wrong("settings-file.no-file", *at, path=said)
        elif entry.path == ("register", "url") and wrong_in_url(value.text):
            yield self._wrong(f"settings-file.url.{wrong_in_url(value.text)}", *at)
        elif entry.path[0] == "archives" and self._leads_nowhere(value.text):
            yield self._wrong("settings-file.no-folder", *at, path=said)._replace(severity="warning")

    def _leads_nowhere(self, address: str) -> bool:
        is_uri = "://" in address or address.split(":")[0].lower() in ("urn", "doi", "hdl", "mailto", "info", "ark")
        return not is_uri and not os.path.exists(self._root / address)

    def _unknown(self, path: tuple[str, ...], start: Position, end: Position) -> SettingsProblem:
        known = keys_in(path[:-1])
        listed = ", ".join(known[:_MOST_KNOWN]) + (" …" if len(known) > _MOST_KNOWN else "")
        wrong = self._wrong("settings-file.unknown", start, end, key=self._quoted(path[-1]), known=listed)
        single = start.row == end.row and len(path) < 3
        return wrong._replace(instead=tuple(as_key(near) for near in _near(path[-1], known)) if single else ())

    def _no_rule(self, code: str, start: Position, end: Position, written: Callable[[str], str]) -> SettingsProblem:
        wrong = self._wrong("settings-file.no-rule", start, end, code=self._quoted(code))
        return wrong._replace(severity="warning", instead=tuple(map(written, _near(code, CODES))))

    def _wrong(self, texts: str, start: Position, end: Position, **values: str) -> SettingsProblem:
        return SettingsProblem("error", say(texts, self._language, **values), start, end)

    def _quoted(self, text: str) -> str:
        return quoted(text, self._language)


class _DisclosureRules:
    """What is wrong with the values in `[disclosure]`, and which it lacks: these are no texts, and are read as TOML."""

    def __init__(self, lines: Sequence[str], language: str) -> None:
        self._lines = lines
        self._language = language

    def problems(self, toml: Toml) -> Iterator[SettingsProblem]:
        stated = [one for one in toml.entries if len(one.path) == 2 and one.path[0] == "disclosure"]
        fitting: set[str] = set()
        for entry in stated:
            if entry.path[1] in KINDS and entry.shape != "missing":
                try:
                    rule_of(entry.path[1], self._value(entry))
                    fitting.add(entry.path[1])
                except UnfitValue:
                    yield self._unfit(entry)
        head = next((one for one in toml.headers if one.path == ("disclosure",)), None)
        if head is not None and len(fitting) == len(stated):
            yield from self._lacking(head, fitting)

    def _unfit(self, entry: Entry) -> SettingsProblem:
        key = entry.path[1]
        said = say(f"settings-file.expected.{KINDS[key]}", self._language, key=key)
        start = entry.values[0].start if entry.shape == "value" and entry.values else entry.start
        return SettingsProblem("error", said, start, entry.last)

    def _lacking(self, head: Header, stated: Collection[str]) -> Iterator[SettingsProblem]:
        """Of a section that is a warning: everything but figures from single units works without."""
        for key in lacking(stated):
            said = say("settings-file.lacking", self._language, key=key)
            yield SettingsProblem("warning", said, head.start, head.end)

    def _value(self, entry: Entry) -> object:
        """What stands behind a key; None where it cannot be read, which the syntax of the file tells of."""
        rows = range(entry.end.row, entry.last.row + 1)
        text = "".join(
            content(self._lines[row])[
                entry.end.column if row == entry.end.row else 0 : entry.last.column if row == entry.last.row else None
            ]
            + "\n"
            for row in rows
        )
        try:
            return tomllib.loads("value" + text)["value"]
        except tomllib.TOMLDecodeError:
            return None


def _shape(setting: Setting) -> str:
    return setting.takes if setting.takes in ("text", "table") else "list"


def _near(text: str, known: Sequence[str]) -> tuple[str, ...]:
    from vkd_catalog.suggest import nearest

    return nearest(text, known, 2)
