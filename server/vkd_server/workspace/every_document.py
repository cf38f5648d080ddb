"""Every text of a catalogue as it stands now, open or not."""

from collections.abc import Callable, Generator, Iterator
from functools import cache
from pathlib import Path

from vkd_server.features.navigation.mentions import Mentions
from vkd_server.workspace.closed_texts import ClosedText
from vkd_server.workspace.documents import OpenDocument
from vkd_server.workspace.texts import vkd_files
from vkd_server.workspace.uris import path_of, uri_of
from vkd_server.workspace.view import WorkspaceView


def open_texts(files: WorkspaceView, first: OpenDocument) -> Iterator[OpenDocument]:
    """The open documents of a document's catalogue, the document itself first, be it open or not."""
    yield first
    for document in list(files.documents):
        if document.project.catalogue is first.project.catalogue and document.uri != first.uri:
            yield document


def closed_texts(files: WorkspaceView, first: OpenDocument) -> Generator[str | None, None, list[ClosedText]]:
    """The texts of files that are not open: products, demands and all other descriptions below the root.

    A file that is new or has changed is read one description at a time.
    """
    opened = {path for uri in (first.uri, *(one.uri for one in files.documents)) if (path := path_of(uri))}

    @cache
    def is_own(folder: Path) -> bool:
        """A folder below the root may be a workspace of its own, with words of its own."""
        return files.project_of(folder / "any.vkd").catalogue is first.project.catalogue

    project = first.project
    paths = yield from files.in_background(lambda: vkd_files(project))
    found = yield from files.closed.of(project.catalogue.root, paths, opened)
    return [one for one in found if is_own(one.file.parent)]


def documents_where(
    files: WorkspaceView, first: OpenDocument, wanted: Callable[[Mentions], bool]
) -> Generator[str | None, None, Iterator[OpenDocument]]:
    """The open documents, then the closed ones whose words `wanted` accepts. A closed one is parsed only when it is
    asked for."""
    closed = yield from closed_texts(files, first)
    chosen = [uri_of(one.file) for one in closed if wanted(one.mentions)]

    def documents() -> Iterator[OpenDocument]:
        yield from open_texts(files, first)
        yield from (read for uri in chosen if (read := files.read(uri)) is not None)

    return documents()
