"""XML read as it comes: the elements that a format is made of, one at a time, however large the file is.

Nothing outside the file is fetched and no entity is expanded: a file that declares entities is refused, as is one that
is not well-formed. Names lose their namespaces, for the versions of one format differ in little else.
"""

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from html.entities import html5
from pathlib import Path
from typing import NamedTuple
from xml.parsers import expat

from vkd_catalog.importers.report import ImportSourceError

_BLOCK = 1 << 16
_DEEPEST = 200


class Element(NamedTuple):
    """An element: its name and attributes without namespaces, its text and children in their order, and its line."""

    name: str
    attributes: Mapping[str, str]
    parts: Sequence["str | Element"]
    line: int

    def children(self, *names: str) -> Iterator["Element"]:
        """The elements directly below it that are called so; all of them where no name is given."""
        return (one for one in self.parts if isinstance(one, Element) and (not names or one.name in names))

    def below(self, *path: str) -> Iterator["Element"]:
        """The elements that a path of names leads to from here."""
        first, *rest = path
        for child in self.children(first):
            if rest:
                yield from child.below(*rest)
            else:
                yield child

    def own_text(self) -> str:
        """The text that stands in it, that of its children left out; runs of blanks are one."""
        return " ".join(" ".join(part for part in self.parts if isinstance(part, str)).split())

    def whole_text(self) -> str:
        """All the text in it, that of its children included; runs of blanks are one."""
        return " ".join(" ".join(_texts(self)).split())


def elements(path: Path, whole: Container[str], opened: Container[str] = ()) -> Iterator[Element]:
    """The elements of a file that are called one of `whole`, with all that is in them, each as it ends.

    Of those called one of `opened` only that they begin is told, as an element without parts. What stands in a `whole`
    one is not told again. Raises ImportSourceError, which names line and column, and OSError.
    """
    reading = _Reading(path, whole, opened)
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            reading.feed(block)
            yield from reading.taken()
    reading.end()
    yield from reading.taken()


def _texts(element: Element) -> Iterator[str]:
    for part in element.parts:
        if isinstance(part, str):
            yield part
        else:
            yield from _texts(part)


class _Reading:
    """One file being read: what is open, and what has been found since somebody took it."""

    def __init__(self, path: Path, whole: Container[str], opened: Container[str]) -> None:
        self._path = path
        self._whole = whole
        self._opened = opened
        self._depth = 0
        self._open: list[tuple[str, Mapping[str, str], list[str | Element], int]] = []
        self._found: list[Element] = []
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.EntityDeclHandler = self._refuse_entities
        self._parser.SkippedEntityHandler = self._skipped

    def feed(self, block: bytes) -> None:
        self._parse(lambda: self._parser.Parse(block, False))

    def end(self) -> None:
        self._parse(lambda: self._parser.Parse(b"", True))

    def taken(self) -> Sequence[Element]:
        found, self._found = self._found, []
        return found

    def _parse(self, step: Callable[[], object]) -> None:
        try:
            step()
        except expat.ExpatError as error:
            said = f"is not well-formed XML: {expat.ErrorString(error.code)} (column {error.offset + 1})"
            raise ImportSourceError(self._path, said, error.lineno) from error
        except (LookupError, ValueError) as error:
            raise ImportSourceError(self._path, f"is in an encoding that cannot be read: {error}") from error

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise ImportSourceError(self._path, f"has elements more than {_DEEPEST} deep", self._line())
        local = _local(name)
        said = {_local(key): value for key, value in attributes.items()}
        if self._open or local in self._whole:
            self._open.append((local, said, [], self._line()))
        elif local in self._opened:
            self._found.append(Element(local, said, (), self._line()))

    def _end(self, name: str) -> None:
        self._depth -= 1
        if not self._open:
            return
        element = Element(*self._open.pop())
        if self._open:
            self._open[-1][2].append(element)
        else:
            self._found.append(element)

    def _text(self, text: str) -> None:
        if not self._open:
            return
        parts = self._open[-1][2]
        if parts and isinstance(parts[-1], str):
            parts[-1] += text
        else:
            parts.append(text)

    def _skipped(self, name: str, is_parameter: bool) -> None:
        """An entity that a document type outside declares is a letter, as in HTML; another stays as it is written."""
        if not is_parameter:
            self._text(html5.get(f"{name};", f"&{name};"))

    def _refuse_entities(self, name: str, *_: object) -> None:
        raise ImportSourceError(self._path, f"declares the entity {name}, and entities are not expanded", self._line())

    def _line(self) -> int:
        return self._parser.CurrentLineNumber


def _local(name: str) -> str:
    return name.rpartition(" ")[2]
