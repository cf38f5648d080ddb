"""The diagnostics of open documents as JSON, which is made once for each description that something was found in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vkd_server.lsp.convert import Fragment, diagnostics_fragment
from vkd_server.workspace.uris import uri_of

if TYPE_CHECKING:
    from vkd_grammar.text import Encoding
    from vkd_server.workspace.cached_diagnostics import CachedDiagnostics
    from vkd_server.workspace.documents import OpenDocument


class DiagnosticsJson:
    """Caches the JSON of diagnostics for as long as the diagnostics stay; columns are counted in `encoding`."""

    def __init__(self, encoding: Encoding) -> None:
        self._encoding = encoding
        self._cached: dict[str, dict[int, tuple[CachedDiagnostics, Fragment]]] = {}

    def of(self, document: OpenDocument) -> str:
        """Everything found in a document, as a JSON list."""
        had = self._cached.get(document.uri, {})
        cached = self._cached[document.uri] = {}
        rows, parts = document.document.rows, []
        held = ((index, one.diagnostics) for index, one in document.held.items())
        every = (*document.found.items(), *document.found_beside.items(), *held)
        for index, found in sorted((one for one in every if one[1]), key=_by_index):
            # Who is in the cache is held by it, so that its identity is nobody else's.
            known = had.get(id(found)) or (found, self._fragment(document, index, found))
            cached[id(found)] = known
            parts.append(known[1].at(rows[index]))
        return f"[{','.join(parts)}]"

    def forget(self, uri: str) -> None:
        """Drops the diagnostics kept of a document."""
        self._cached.pop(uri, None)

    def _fragment(self, document: OpenDocument, index: int, found: CachedDiagnostics) -> Fragment:
        lines, root = document.document.piece_lines(index), uri_of(document.project.catalogue.root)
        return diagnostics_fragment(found, lines, document.uri, root, self._encoding)


def _by_index(found: tuple[int, CachedDiagnostics]) -> int:
    return found[0]
