"""Hover in a documentation, and over a product's `doc`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from vkd_catalog.documents import PARTS, documents_of, is_document_id, part_names, read_head
from vkd_catalog.documents.documentation import headings
from vkd_catalog.languages import counted, languages, say
from vkd_catalog.message.as_markdown import escaped
from vkd_grammar.text import Position, content
from vkd_grammar.words import fold
from vkd_server.features.explain.hover import Hover

if TYPE_CHECKING:
    from vkd_catalog.catalogue import Catalogue

_MOST_SETS = 20


def hover(lines: Sequence[str], position: Position, path: str, catalogue: Catalogue) -> Hover | None:
    """What stands at a place of the documentation at `path`: a part with its names in all languages, or the id with
    the information sets that name it, once the products are read."""
    head = read_head(lines)
    if head.id and head.id.row == position.row:
        text = _named_by(head.id.text, path, catalogue)
        return Hover(text, Position(head.id.row, head.id.start), Position(head.id.row, head.id.end)) if text else None
    found = next((one for one in headings(lines) if one.row == position.row and one.part), None)
    if found is None or found.part is None:
        return None
    number = say("documentation.part", catalogue.language, number=PARTS.index(found.part) + 1, total=len(PARTS))
    names = dict.fromkeys(part_names(found.part, language)[0] for language in languages())
    text = f"**{part_names(found.part, catalogue.language)[0]}** · {number}\n\n{', '.join(names)}"
    return Hover(text, Position(found.row, 0), Position(found.row, len(content(lines[found.row]))))


def _named_by(id_: str, path: str, catalogue: Catalogue) -> str:
    """The information sets whose `doc` leads to a documentation."""
    names = [
        record.identification
        for _, record in catalogue.register.products()
        if (doc := record.values.get("doc"))
        and (fold(doc) == fold(id_) if is_document_id(doc) else _leads_to(doc, path, catalogue))
    ]
    said = counted("editor.sets", len(names), catalogue.language)
    shown = ", ".join(escaped(name) for name in names[:_MOST_SETS]) + (", …" if len(names) > _MOST_SETS else "")
    return f"**{escaped(id_)}** · {said}" + (f"\n\n{shown}" if names else "")


def _leads_to(doc: str, path: str, catalogue: Catalogue) -> bool:
    found = documents_of({"doc": doc}, catalogue).documentation
    return found is not None and found.path == path
