"""The demands and interest profiles that lie in a catalogue's folder, for the agency's own staff to open."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from vkd_catalog.catalogue import Catalogue
from vkd_catalog.files import FileReader
from vkd_grammar.document import read_document
from vkd_grammar.kinds import HEADER_TYPES
from vkd_grammar.parser import Parser
from vkd_grammar.text import decode
from vkd_grammar.words import fold
from vkd_server.features.navigation.headings import headings
from vkd_server.workspace.project import Project
from vkd_server.workspace.texts import vkd_files

_BEGINNINGS = tuple({fold(one.word)[:6] for one in HEADER_TYPES if one.kind == "demand"})
"""A text without any of these, in whatever case, asks for nothing, and need not be taken apart."""


class StoredDemand(NamedTuple):
    """A demand as it stands in a file: who asks, whether it is an interest profile, and its text."""

    id: str
    path: str
    profile: bool
    text: str


class StoredDemands:
    """Knows the demands of a catalogue's files. A file is read again only when it has changed."""

    def __init__(self, parser: Parser) -> None:
        self._parser = parser
        self._known: dict[str, tuple[str, Sequence[StoredDemand]]] = {}

    def of(self, project: Project) -> Iterator[StoredDemand]:
        """The demands of a catalogue's folder, file by file; files that cannot be read are passed over."""
        reader = FileReader(project.catalogue.root)
        before, self._known = self._known, {}
        for path in vkd_files(project):
            signature = reader.signature(path) or ""
            known = before.get(path)
            if known is None or not signature or known[0] != signature:
                known = (signature, tuple(self._read(path, project.catalogue, reader)))
            self._known[path] = known
            yield from known[1]

    def _read(self, path: str, catalogue: Catalogue, reader: FileReader) -> Iterator[StoredDemand]:
        data = reader.read(path)
        text = decode(data)[0] if data is not None else ""
        if not any(beginning in text.casefold() for beginning in _BEGINNINGS):
            return
        document = read_document(text, self._parser)
        for heading in headings(document):
            if heading.kind == "demand":
                index = heading.number
                profile = catalogue.coder.code(document.descriptions[index]).technical.profile
                yield StoredDemand(heading.identification, path, profile, "".join(document.piece_lines(index)))
