"""The document archive: the documentations of information sets, each a Markdown file in eleven parts (1972 phase 3,
docs/language.md section 10)."""

from vkd_catalog.documents.archive import NO_DOCUMENTS, DocumentArchive, read_documents
from vkd_catalog.documents.documentation import Documentation, Head, read_documentation, read_head
from vkd_catalog.documents.ids import is_document_id
from vkd_catalog.documents.of_products import Documented, documents_of
from vkd_catalog.documents.parts import PARTS, Part, part_called, part_names

__all__ = [
    "NO_DOCUMENTS",
    "PARTS",
    "DocumentArchive",
    "Documentation",
    "Documented",
    "Head",
    "Part",
    "documents_of",
    "is_document_id",
    "part_called",
    "part_names",
    "read_documentation",
    "read_documents",
    "read_head",
]
