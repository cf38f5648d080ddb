"""The reference message with its references, as the command `vkd.message` answers it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from vkd_grammar.document import read_document
from vkd_server.features.navigation.sentence_rows import row_of_sentence
from vkd_server.lsp.convert import Json
from vkd_server.lsp.requests.answers.answers import Answering, of_one_moment
from vkd_server.workspace.uris import uri_of

if TYPE_CHECKING:
    from vkd_catalog.catalogue import ProductPlace
    from vkd_catalog.message.text import Reference
    from vkd_grammar.document import Document
    from vkd_server.lsp.context import Context
    from vkd_server.workspace.documents import OpenDocument

PRODUCT_SCHEME = "vkd-product"
"""The scheme of what leads to a product for a client without files: `vkd-product:IDENTIFICATION#LINE`."""


def as_referring(context: Context, document: OpenDocument, index: int) -> Answering[Json | None]:
    """A demand's reference message as the client gets it; None for a description that is no demand.

    A client that declares `experimental.productReferences` reaches no files: its references name no files, and products
    by identification.
    """
    from vkd_server.features.answers.message import message_with_references

    def answering() -> Answering[Json | None]:
        run = yield from context.files.run(document, index)
        if run is None:
            return None
        work = context.files.search(document.project, lambda view: message_with_references(run, view))
        found, places = yield from work
        targets = Targets(context, document, places)
        references: list[Json] = []
        for start, end, reference in found.references:
            target = targets.of(reference)
            references += [{"start": start, "end": end, "target": target}] if target else []
            yield None
        return {"text": found.text, "references": references}

    return (yield from of_one_moment(context, answering))


class Targets:
    """Finds the URIs that references to what a demand is answered by lead to; each file is read once."""

    def __init__(self, context: Context, document: OpenDocument, places: dict[str, ProductPlace]) -> None:
        self._context = context
        self._document = document
        self._places = places
        self._by_identification = context.client.can("experimental", "productReferences")
        self._read: dict[str, Document] = {}

    def of(self, reference: Reference) -> str | None:
        """The URI that a reference leads to; None where it leads nowhere that the client can reach."""
        if reference.kind == "demand":
            return f"{self._document.uri}#L{reference.line}"
        if reference.kind == "file":
            return None if self._by_identification else self._file(reference.name)
        if self._by_identification:
            line = f"#L{reference.line}" if reference.line else ""
            return f"{PRODUCT_SCHEME}:{quote(reference.name, safe='', errors='replace')}{line}"
        place = self._places.get(reference.name)
        if place is None:
            return None
        own = place.path == self._document.path
        uri = self._document.uri if own else self._file(place.path)
        return f"{uri}#L{self._row(uri, place, reference.line) + 1}"

    def _file(self, path: str) -> str:
        return uri_of(Path(self._document.project.catalogue.root, path))

    def _row(self, uri: str, place: ProductPlace, line: int) -> int:
        """The row of a product's sentence, or of its header for line 0, and where there is no such sentence."""
        if line == 0:
            return place.row
        if uri not in self._read:
            document = self._context.files.document(uri)
            self._read[uri] = document.document if document else self._from_disk(uri)
        return row_of_sentence(self._read[uri], place.row, line)

    def _from_disk(self, uri: str) -> Document:
        """The text of a file, with its descriptions parsed when they are looked at."""
        return read_document("".join(self._context.files.lines_of(uri)), self._document.document.parser)
