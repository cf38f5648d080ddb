"""The demands and interest profiles of a catalogue, as they stand: in open documents, and in files on the disk."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING, NamedTuple

from vkd_server.features.navigation.headings import headings
from vkd_server.workspace.texts import vkd_files
from vkd_server.workspace.uris import uri_of

if TYPE_CHECKING:
    from vkd_server.workspace.documents import OpenDocument
    from vkd_server.workspace.project import Project
    from vkd_server.workspace.view import WorkspaceView


class DemandHeader(NamedTuple):
    """A demand's header: who asks, the file relative to the catalogue's root, the row there, and whether it stands."""

    id: str
    path: str
    row: int
    is_profile: bool


def demands_of(files: WorkspaceView, project: Project) -> Generator[None, None, list[DemandHeader]]:
    """The demands below a catalogue's root, in the order of their files, a file a step.

    A public catalogue has none, since what people ask for is not public.
    """
    found: list[DemandHeader] = []
    for path in () if project.catalogue.is_public else vkd_files(project):
        yield
        document = files.read(uri_of(project.catalogue.root / path))
        if document is not None and document.project.catalogue is project.catalogue:
            found += _demands_in(document)
    return found


def _demands_in(document: OpenDocument) -> Iterator[DemandHeader]:
    from vkd_server.features.answers.profiles import profiles_in

    asked = [heading for heading in headings(document.document) if heading.kind == "demand"]
    profiles = set(profiles_in(document.document, document.project.catalogue)) if asked else set()
    for heading in asked:
        yield DemandHeader(heading.identification, document.path, heading.row, heading.number in profiles)
