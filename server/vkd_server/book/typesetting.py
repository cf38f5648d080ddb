"""Setting a printed book with Typst, the extra `vkd-server[book]`; one that is large is set some pages at a time.

Typst holds all that it sets: of the Danish registers' 2,400 pages that is seven gigabytes. So a large book is set in
stretches, each in a process of its own, which are put together afterwards. What a small book has, a large one does
without: tags for those who have it read to them, and the page of each set that a register names; the sets stand in the
order of the alphabet.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from typing import NamedTuple, cast

from vkd_server.book.asset import asset
from vkd_server.book.printed import Json, Printed

_LARGE = 2_000_000
"""So many letters of data make a large book."""

_STRETCH = 500_000
"""About so many letters are set at a time."""

_FRONT = 2
"""Pages before the first part: the title and the contents."""


class _Stretch(NamedTuple):
    """Some entries of a part; `begins` where it is the first of that part."""

    part: str
    entries: Sequence[object]
    begins: bool


def pdf_of(book: Printed) -> bytes:
    """A book as a PDF. Raises ImportError where the extra is not installed."""
    whole: Json = {**book.common, **book.parts, "front": book.front, "heads": list(book.parts)}
    data = json.dumps({**whole, "first": 1, "running": "", "refers": True}, ensure_ascii=False)
    return typeset(data, tagged=True) if len(data) < _LARGE else _in_stretches(book)


def typeset(data: str, *, tagged: bool) -> bytes:
    """The PDF of what the template is told."""
    import typst

    made: bytes = typst.compile(
        asset("book.typ").encode(), format="pdf", sys_inputs={"book": data}, pdf_tags=tagged, timestamp=0
    )
    return made


def _in_stretches(book: Printed) -> bytes:
    from pypdf import PdfReader, PdfWriter

    texts = cast("dict[str, str]", book.common["texts"])
    writer = PdfWriter()
    contents: list[tuple[str, int]] = []
    for one in _stretches(book):
        first = _FRONT + len(writer.pages) + 1
        if one.begins:
            contents.append((texts[one.part], first))
        said: Json = {one.part: one.entries, "heads": [one.part] if one.begins else [], "running": texts[one.part]}
        writer.append(PdfReader(io.BytesIO(_set_apart({**book.common, **said, "first": first, "refers": False}))))
    front: Json = {"front": {**book.front, "contents": [(part, f"{page}") for part, page in contents]}}
    common: Json = {**book.common, "first": 1, "heads": [], "running": "", "refers": False}
    writer.merge(0, PdfReader(io.BytesIO(_set_apart({**common, **front}))))
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def _stretches(book: Printed) -> Iterator[_Stretch]:
    for part, entries in book.parts.items():
        some: list[object] = []
        size, begins = 0, True
        for entry in entries:
            some.append(entry)
            size += len(json.dumps(entry, ensure_ascii=False))
            if size > _STRETCH:
                yield _Stretch(part, some, begins)
                some, size, begins = [], 0, False
        if some or begins:
            yield _Stretch(part, some, begins)


def _set_apart(data: Json) -> bytes:
    """What `typeset` makes, in a process that gives back all that it took."""
    said = json.dumps(data, ensure_ascii=False).encode("utf-8", "replace")
    ran = subprocess.run([sys.executable, "-m", __name__], input=said, capture_output=True)
    if ran.returncode:
        raise OSError(f"Typst: {ran.stderr.decode('utf-8', 'replace').strip().splitlines()[-1:]}")
    return ran.stdout


if __name__ == "__main__":
    sys.stdout.buffer.write(typeset(sys.stdin.buffer.read().decode(), tagged=False))
