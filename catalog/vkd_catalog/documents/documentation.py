"""One documentation: a Markdown file whose head says what it goes by, and whose headings are parts of the model."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from vkd_catalog.documents.ids import is_document_id
from vkd_catalog.documents.parts import PARTS, Part, part_called
from vkd_catalog.problems import LacksParts, WrongDocumentation
from vkd_grammar.problems import Unreadable
from vkd_grammar.syntax import Problem
from vkd_grammar.text import content, decode, split_lines

LARGEST = 16 * 1024 * 1024
"""Bytes. No documentation that people wrote is larger, and what is would be held in memory."""

_FENCE = "---"
_HEAD_ROWS = 200
"""The head ends within so many lines, or it has no end."""

_ENTRY = re.compile(r"\s*([A-Za-z][\w-]*)\s*:(?:\s+|$)(.*)")
_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*")
_CODE = re.compile(r" {0,3}(`{3,}|~{3,})")
_TO_BE_WRITTEN = re.compile(r"<!--\s*vkd:\s*to be written\b.*?-->", re.DOTALL)
TO_BE_WRITTEN = "<!-- vkd: to be written -->"
"""What stands below the heading of a part that nobody has written yet; such a part is lacking all the same."""


class Value(NamedTuple):
    """A value in the head, with its place: row, and where it starts and ends in it."""

    text: str
    row: int
    start: int
    end: int


class Head(NamedTuple):
    """The head of a documentation. `after` is the row behind it; `fault` says what keeps it from being one."""

    id: Value | None
    title: Value | None
    after: int
    fault: Literal["", "no-head", "open-head"]


class Heading(NamedTuple):
    """A heading: its text, level from 1, row, the part it stands for, and whether that is yet to be written."""

    text: str
    level: int
    row: int
    part: Part | None
    is_empty: bool


class Documentation(NamedTuple):
    """A documentation as it is read; `id` is empty where it has none that a product could name.

    `place` is that of the id: row, and where it starts and ends.
    """

    path: str
    id: str
    title: str
    parts: tuple[Part, ...]
    place: tuple[int, int, int]
    problems: tuple[Problem, ...]

    @property
    def lacking(self) -> tuple[Part, ...]:
        """The parts of the model that it does not have."""
        return tuple(part for part in PARTS if part not in self.parts)

    @property
    def name(self) -> str:
        """What it is called among people: its title, else its id or path."""
        return self.title or self.id or self.path


def read_documentation(path: str, data: bytes) -> Documentation:
    """A documentation from a file's bytes; what is wrong with it is among its `problems`."""
    if len(data) > LARGEST:
        return unread_documentation(path, "too-large")
    text, faults = decode(data)
    if "\0" in text:
        return _unreadable(path, *_place_of_null(text), Unreadable("binary"))
    if faults:
        return _unreadable(path, *faults[0].position, Unreadable("utf-8", byte=faults[0].byte))
    return read_documentation_lines(path, split_lines(text))


def read_documentation_lines(path: str, lines: Sequence[str]) -> Documentation:
    """A documentation from its lines, as an editor has them."""
    head = read_head(lines)
    present = {one.part for one in headings(lines) if not one.is_empty}
    parts = tuple(part for part in PARTS if part in present)
    id_ = head.id.text if head.id and not head.fault and is_document_id(head.id.text) else ""
    title = head.title.text if head.title else ""
    place = head.id[1:] if head.id else (0, 0, 0)
    return Documentation(path, id_, title, parts, place, tuple(_problems(head, parts, lines)))


def unread_documentation(path: str, why: str) -> Documentation:
    """A documentation whose file could not be read, and why (`files.Reason`)."""
    problem = Problem("VKD801", 0, 0, 0, WrongDocumentation("unread", why))
    return Documentation(path, "", "", (), (0, 0, 0), (problem,))


def read_head(lines: Sequence[str]) -> Head:
    """The head of a documentation: `id: …` and `title: …` between two lines `---`, the first of which begins it."""
    if not lines or content(lines[0]).removeprefix("\ufeff").rstrip() != _FENCE:
        return Head(None, None, 0, "no-head")
    found: dict[str, Value] = {}
    for row in range(1, min(len(lines), _HEAD_ROWS)):
        line = content(lines[row])
        if line.rstrip() == _FENCE:
            return Head(found.get("id"), found.get("title"), row + 1, "")
        entry = _ENTRY.fullmatch(line)
        if entry:
            found.setdefault(entry[1].lower(), _value(entry, row))
    return Head(found.get("id"), found.get("title"), len(found) + 1, "open-head")


def headings(lines: Sequence[str]) -> list[Heading]:
    """The headings below the head, those in blocks of code left out."""
    found = [*_marked(lines, read_head(lines).after), ("", 0, len(lines))]
    made = []
    for (text, level, row), (_, _, after) in pairwise(found):
        part = part_called(text)
        is_empty = part is not None and bool(_TO_BE_WRITTEN.search("".join(lines[row + 1 : after])))
        made.append(Heading(text, level, row, part, is_empty))
    return made


def _marked(lines: Sequence[str], first: int) -> Iterator[tuple[str, int, int]]:
    """The text, level and row of each heading, written with `#` or underlined."""
    fence, before = "", ""
    for row in range(first, len(lines)):
        line = content(lines[row])
        code = _CODE.match(line)
        if code and (not fence or (code[1].startswith(fence) and line.strip() == code[1])):
            fence, before = ("" if fence else code[1]), ""
            continue
        if fence:
            continue
        heading = _HEADING.fullmatch(line)
        if heading:
            yield (heading[2] or "").strip(), len(heading[1]), row
        elif before and (underline := _UNDERLINE.fullmatch(line)):
            yield before, 1 if underline[1][0] == "=" else 2, row - 1
            line = ""
        before = "" if heading else line.strip()


def _value(entry: re.Match[str], row: int) -> Value:
    """A value of the head, without the quotation marks that YAML allows around it."""
    text, start = entry[2].rstrip(), entry.start(2)
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        return Value(text[1:-1].strip(), row, start, start + len(text))
    return Value(text, row, start, start + len(text))


def _problems(head: Head, parts: Sequence[Part], lines: Sequence[str]) -> Iterator[Problem]:
    if head.fault:
        end = len(content(lines[0])) if lines else 0
        yield Problem("VKD801", 0, 0, end, WrongDocumentation(head.fault))
        return
    if head.id is None or not head.id.text:
        row = head.id.row if head.id else 0
        yield Problem("VKD801", row, 0, len(content(lines[row])), WrongDocumentation("no-id"))
    elif not is_document_id(head.id.text):
        yield Problem("VKD801", *head.id[1:], WrongDocumentation("address", head.id.text))
    lacking = tuple(part for part in PARTS if part not in parts)
    has_title = head.title is not None and bool(head.title.text)
    if lacking or not has_title:
        place = head.title or head.id
        row, start, end = place[1:] if place else (0, 0, len(content(lines[0])))
        yield Problem("VKD802", row, start, end, LacksParts(lacking, has_title))


def _unreadable(path: str, row: int, column: int, facts: Unreadable) -> Documentation:
    return Documentation(path, "", "", (), (0, 0, 0), (Problem("VKD009", row, column, column + 1, facts),))


def _place_of_null(text: str) -> tuple[int, int]:
    before = text[: text.index("\0")]
    return before.count("\n"), len(before) - before.rfind("\n") - 1
