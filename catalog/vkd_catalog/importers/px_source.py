"""What a PX file says of its table: the statements before its figures (PX file format, Statistics Sweden, 2013).

`KEYWORD[language]("variable","value")=value,…;`, where a text may go on as another text, with no comma between. The
figures are never read, however many they are.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from vkd_catalog.importers.report import ImportSourceError

_DATA = re.compile(rb"(?:^|[;\r\n])\s*DATA\s*=", re.IGNORECASE)
_CHUNK = 1 << 20
_LONGEST_HEAD = 256 << 20
_STATEMENT = re.compile(
    r"(?P<key>[\w-]+)\s*(?:\[(?P<language>[\w-]+)\])?\s*(?:\((?P<argument>(?:\"[^\"]*\"|[^\")])*)\))?\s*=\s*(?P<value>.*)",
    re.DOTALL,
)
_TEXT = re.compile(r'"([^"]*)"')
_TEXTS = re.compile(r'"[^"]*"(?:\s*"[^"]*")*')
_GOES_ON = re.compile(r'"\s+"')
_CODE_PAGE = re.compile(rb'CODEPAGE\s*=\s*"([^"]+)"', re.IGNORECASE)
_CHARSET = re.compile(rb'CHARSET\s*=\s*"ANSI"', re.IGNORECASE)
_WINDOWS = {code: bytes([code]).decode("cp1252", errors="ignore") for code in range(128, 160)}
"""Files say Latin and hold quotation marks and dashes of Windows, which Latin has no place for."""

_TIME_LIST = re.compile(r"TLIST\s*\(\s*(?P<unit>[A-Z])\d*\s*(?P<range>,[^)]*)?\)", re.IGNORECASE)


class Statement(NamedTuple):
    """One statement: its argument's texts, its value as texts, and as it is written where it holds none."""

    key: str
    language: str
    argument: tuple[str, ...]
    texts: tuple[str, ...]
    plain: str


class Head(NamedTuple):
    """All statements of a file, and its languages, the first one first."""

    statements: Sequence[Statement]
    languages: tuple[str, ...]

    def texts(self, key: str, language: str = "", *argument: str) -> tuple[str, ...]:
        """The texts of the first statement with a keyword, language and argument; empty where there is none.

        The file's first language is the one that statements without a language are in.
        """
        asked = "" if language == self.languages[0] else language
        found = (one for one in self.statements if (one.key, one.language, one.argument) == (key, asked, argument))
        return next((one.texts or ((one.plain,) if one.plain else ()) for one in found), ())

    def text(self, key: str, language: str = "", *argument: str) -> str:
        """The first of such texts; empty where there is none."""
        return next(iter(self.texts(key, language, *argument)), "")

    def all_of(self, key: str) -> Iterator[Statement]:
        """The statements with a keyword, in the file's first language."""
        return (one for one in self.statements if one.key == key and not one.language)


class TimeList(NamedTuple):
    """What TIMEVAL says: the letter of the length of a period (A, H, Q, M, W), and the periods as digits.

    `ends` are the first and the last, where it states no more.
    """

    unit: str
    periods: tuple[str, ...]
    ends: tuple[str, str] | None


def read_head(path: Path) -> Head:
    """The statements of a PX file. Raises ImportSourceError with the line where it is none."""
    text = _decoded(_bytes_of_head(path))
    statements = tuple(_statements(path, text))
    named = {one.key: one.texts for one in statements if not one.language and not one.argument}
    first = next(iter(named.get("LANGUAGE", ())), "")
    return Head(statements, tuple(dict.fromkeys((first, *named.get("LANGUAGES", ())))))


def time_list(head: Head, variable: str) -> TimeList | None:
    """The periods of a variable that TIMEVAL says to be time; None where it is no such variable."""
    for one in head.all_of("TIMEVAL"):
        found = _TIME_LIST.match(one.plain)
        if one.argument == (variable,) and found:
            if found["range"]:
                ends = _TEXT.findall(found["range"])
                return TimeList(found["unit"].upper(), (), (ends[0], ends[-1]) if ends else None)
            return TimeList(found["unit"].upper(), one.texts, None)
    return None


def _bytes_of_head(path: Path) -> bytes:
    head = b""
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            start = max(0, len(head) - 16)
            head += chunk
            if found := _DATA.search(head, start):
                return head[: found.start() + 1]
            if len(head) > _LONGEST_HEAD or b"\0" in chunk[:1024]:
                break
    raise ImportSourceError(path, "no PX file, or cut short: no statement DATA=", head.count(b"\n") + 1)


def _decoded(head: bytes) -> str:
    """The text of a head, in the code page that it names; without one it is what DOS or Windows wrote."""
    if head.startswith(b"\xef\xbb\xbf"):
        return head.decode("utf-8-sig", errors="replace")
    named = _CODE_PAGE.search(head)
    stated = named[1].decode("ascii", errors="replace") if named else "cp1252" if _CHARSET.search(head) else "cp850"
    for encoding in (stated, "utf-8", "cp1252", "latin-1"):
        try:
            return head.decode(encoding).translate(_WINDOWS)
        except (LookupError, UnicodeDecodeError):
            continue
    return head.decode("latin-1")


def _statements(path: Path, text: str) -> Iterator[Statement]:
    for line, written in _parts(text):
        found = _STATEMENT.fullmatch(written)
        if not found:
            raise ImportSourceError(path, f"no statement of a PX file: {' '.join(written.split())[:60]}", line)
        value = found["value"]
        outside = _TIME_LIST.match(value)
        texts = tuple(_joined(one) for one in _TEXTS.findall(value[outside.end() :] if outside else value))
        argument = tuple(_TEXT.findall(found["argument"] or ""))
        plain = value.strip() if outside or not texts else ""
        yield Statement(found["key"].upper(), found["language"] or "", argument, texts, plain)


def _parts(text: str) -> Iterator[tuple[int, str]]:
    """What stands between semicolons that are in no text, with the line where it begins."""
    start, line, inside = 0, 1, False
    for found in re.finditer(r'["\n;]', text):
        mark = found[0]
        if mark == '"':
            inside = not inside
        elif mark == ";" and not inside:
            written = text[start : found.start()]
            if written.strip():
                yield line + _blank_lines(written), written.strip()
            line += written.count("\n")
            start = found.end()
    rest = text[start:]
    if rest.strip():
        yield line + _blank_lines(rest), rest.strip()


def _blank_lines(text: str) -> int:
    return text[: len(text) - len(text.lstrip())].count("\n")


def _joined(text: str) -> str:
    """A text that may go on as another; two quotes in it stand for one."""
    return _GOES_ON.sub("", text[1:-1]).replace('""', '"').strip()
