"""Document links: the addresses of the archives that hold an information set (docs/language.md section 9)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from vkd_catalog.documents.ids import is_document_id
from vkd_grammar.text import Position
from vkd_server.features.navigation.addresses import addresses_in

if TYPE_CHECKING:
    from vkd_catalog.archives import Address
    from vkd_catalog.catalogue import Catalogue
    from vkd_server.features.snapshot import Snapshot


class Link(NamedTuple):
    """An address as written, with its place; `uri` is empty where it may be a file, which is looked for when the link
    is followed."""

    start: Position
    end: Position
    address: str
    uri: str


def links(snapshot: Snapshot) -> Iterator[Link]:
    """The addresses that an editor could follow: web pages and what may be local files."""
    from vkd_catalog.technical import unescape_value

    for row, description in snapshot.document.pieces():
        for at, value in addresses_in(description):
            address = unescape_value(value.text)
            found = snapshot.catalogue.resolve(address)
            if found.kind == "path" or _is_web_page(found):
                place = Position(row + at, value.start), Position(row + at, value.end)
                yield Link(*place, address, "" if found.kind == "path" else found.target)


def file_at(address: str, catalogue: Catalogue) -> str | None:
    """The absolute path of the file that an address, or the id of a documentation, leads to; None where there is
    none."""
    if is_document_id(address) and (documentation := catalogue.documents.named(address)):
        return os.path.normpath(os.path.join(catalogue.root, documentation.path))
    found = catalogue.resolve(address)
    return found.target if found.kind == "path" and os.path.isfile(found.target) else None


def _is_web_page(found: Address) -> bool:
    return found.kind == "uri" and found.target.lower().startswith(("http://", "https://"))
