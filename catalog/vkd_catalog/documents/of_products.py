"""Which documentation a product's `doc` names."""

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal, NamedTuple

from vkd_catalog.addresses import is_open
from vkd_catalog.documents.documentation import Documentation
from vkd_catalog.documents.ids import is_document_id

if TYPE_CHECKING:
    from vkd_catalog.catalogue import Catalogue


class Documented(NamedTuple):
    """What a product's `doc` leads to: a documentation; documents `elsewhere`, which are not read; nothing, though one
    is named (`lost`); or it names none (`none`)."""

    how: Literal["documentation", "elsewhere", "lost", "none"]
    documentation: Documentation | None = None


def documents_of(values: Mapping[str, str], catalogue: "Catalogue") -> Documented:
    """The documents of a product of a catalogue's own, by what its technical data states."""
    doc = values.get("doc", "")
    if not doc:
        return Documented("none")
    if not catalogue.reads_documents:
        return Documented("elsewhere")
    if is_document_id(doc):
        found = catalogue.documents.named(doc)
        return Documented("documentation", found) if found else Documented("lost")
    address = catalogue.resolve(doc)
    if address.kind != "path" or is_open(doc):
        return Documented("lost" if address.kind == "unknown-alias" else "elsewhere")
    path = os.path.relpath(address.target, catalogue.root).replace(os.sep, "/")
    found = catalogue.documents.by_path.get(path)
    if found is not None:
        return Documented("documentation", found)
    return Documented("elsewhere" if os.path.exists(address.target) else "lost")
