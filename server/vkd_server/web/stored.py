"""The demands and interest profiles that lie in a catalogue's folder, for the agency's own staff to open."""

from collections.abc import Iterator
from typing import NamedTuple

from vkd_catalog.files import read_file
from vkd_grammar.document import read_document
from vkd_grammar.parser import Parser
from vkd_grammar.text import decode
from vkd_server.workspace.project import Project
from vkd_server.workspace.texts import vkd_files


class StoredDemand(NamedTuple):
    """A demand as it stands in a file: who asks, whether it is an interest profile, and its text."""

    id: str
    path: str
    profile: bool
    text: str


def stored_demands(project: Project, parser: Parser) -> Iterator[StoredDemand]:
    """The demands of a catalogue's folder, file by file; files that cannot be read are passed over."""
    catalogue = project.catalogue
    for path in vkd_files(project):
        try:
            text = decode(read_file(catalogue.root / path))[0]
        except OSError:
            continue
        document = read_document(text, parser)
        for index, description in enumerate(document.descriptions):
            if description.kind == "demand" and description.header is not None:
                profile = catalogue.coder.code(description).technical.profile
                lines = "".join(document.piece_lines(index))
                yield StoredDemand(description.header.identification, path, profile, lines)
