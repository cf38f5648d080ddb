"""Every document of a catalogue as it stands now, open or not."""

from collections.abc import Iterator
from typing import TypeVar

from vkd_server.workspace.documents import OpenDocument
from vkd_server.workspace.texts import vkd_files
from vkd_server.workspace.uris import path_of, uri_of
from vkd_server.workspace.workspace import Workspace

T = TypeVar("T")


def every_document(files: Workspace[T], first: OpenDocument[T]) -> Iterator[OpenDocument[T]]:
    """The documents of a document's catalogue, each read when it is asked for, the document itself first.

    They are the open ones, the product files, and whatever else describes something below the root: demands too.
    """
    yield first
    catalogue = first.home.catalogue
    seen = {path_of(first.uri)}
    for document in list(files.documents):
        if document.home.catalogue is catalogue and document.uri != first.uri:
            seen.add(path_of(document.uri))
            yield document
    for path in vkd_files(first.home):
        file = catalogue.root / path
        if file not in seen:
            read = files.read(uri_of(file))
            # A folder below may be a workspace of its own, with words of its own.
            if read is not None and read.home.catalogue is catalogue:
                yield read
