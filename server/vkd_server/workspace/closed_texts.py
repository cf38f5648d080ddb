"""The `.vkd` files that are not open in the editor. Each is read once, and again only when it has changed."""

from collections.abc import Collection, Generator, Iterable
from pathlib import Path
from typing import NamedTuple

from vkd_catalog.files import FileReader
from vkd_grammar.document import read_document
from vkd_grammar.parser import Parser
from vkd_grammar.text import decode
from vkd_server.features.navigation.mentions import Mentions, mentions

_MOST_KEPT = 10_000_000
"""How many code points of text are kept account of, each in some five bytes; what is over is read each time."""


class ClosedText(NamedTuple):
    """A file that is not open, parsed, with its path."""

    file: Path
    mentions: Mentions


class _Known(NamedTuple):
    signature: str
    length: int
    mentions: Mentions


class ClosedTexts:
    """Keeps the parsed texts of files. They are read one description at a time, so that other work can come in
    between."""

    def __init__(self, parser: Parser) -> None:
        self._parser = parser
        self._known: dict[Path, _Known] = {}
        self._kept = 0
        self.is_full = False
        """Whether a file was too much to be kept beside the others, so that reading more of them ahead is no use."""

    @property
    def count(self) -> int:
        """How many files it keeps."""
        return len(self._known)

    def of(self, root: Path, paths: Iterable[str], opened: Collection[Path]) -> Generator[None, None, list[ClosedText]]:
        """The texts of some files below a root but for the open ones; those that cannot be read are left out."""
        reader = FileReader(root)
        found: list[ClosedText] = []
        for path in paths:
            file = root / path
            if file not in opened:
                said = yield from self._said(file, path, reader)
                if said is not None:
                    found.append(ClosedText(file, said))
                yield
        return found

    def _said(self, file: Path, path: str, reader: FileReader) -> Generator[None, None, Mentions | None]:
        signature = reader.signature(path)
        known = self._known.get(file)
        if known is not None and signature and known.signature == signature:
            return known.mentions
        data = reader.read(path)
        if data is None:
            return None
        text = decode(data)[0]
        said = yield from mentions(read_document(text, self._parser))
        self._keep(file, _Known(signature, len(text), said))
        return said

    def _keep(self, file: Path, known: _Known) -> None:
        before = self._known.pop(file, None)
        self._kept -= before.length if before else 0
        self.is_full = self._kept + known.length > _MOST_KEPT
        if known.signature and not self.is_full:
            self._known[file] = known
            self._kept += known.length
