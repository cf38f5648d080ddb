"""The client, the workspace and the caches that the functions answering requests are given."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from vkd_server.lsp import fields
from vkd_server.lsp.client import Client
from vkd_server.lsp.convert import Json, SymbolFragment
from vkd_server.lsp.description_cache import DescriptionCache
from vkd_server.lsp.diagnostics_json import DiagnosticsJson
from vkd_server.lsp.params import Place
from vkd_server.lsp.publisher import Publisher
from vkd_server.lsp.record import Record
from vkd_server.lsp.screen import Screen
from vkd_server.lsp.tokens import TokenMemory

if TYPE_CHECKING:
    from vkd_grammar.text import Position
    from vkd_server.features.answers.numbers import Numbers
    from vkd_server.features.held import HeldProduct
    from vkd_server.workspace.documents import OpenDocument
    from vkd_server.workspace.files import Signature
    from vkd_server.workspace.view import WorkspaceView


_MOST_NUMBERS = 20


class Memory:
    """Caches: the tokens and symbols of open documents, and the reports of closed files, by URI, each with the file's
    state at the time and the report's id; and the last numbers that were computed, by what they were computed for."""

    def __init__(self) -> None:
        self.tokens = TokenMemory()
        self.symbols: DescriptionCache[SymbolFragment] = DescriptionCache()
        self.reports: dict[str, tuple[Signature | None, str]] = {}
        self.numbers: dict[tuple[object, ...], Numbers] = {}

    def keep(self, key: tuple[object, ...], numbers: Numbers) -> None:
        """Keeps numbers that were computed, and drops those that were kept longest."""
        self.numbers[key] = numbers
        for old in list(self.numbers)[:-_MOST_NUMBERS]:
            del self.numbers[old]

    def forget(self, uri: str) -> None:
        """Drops the tokens and symbols kept of a document."""
        self.tokens.forget(uri)
        self.symbols.forget(uri)


class Context(NamedTuple):
    """What the functions that answer requests are given: the client, a view of its workspace, the caches, and ways to
    show the client more.

    Through the view documents and catalogues can be read but not changed. `rebuild` has the catalogues read again once
    the answer has been given; `take_held` keeps what was found when a product was held to its data.
    """

    client: Client
    files: WorkspaceView
    memory: Memory
    screen: Screen
    publisher: Publisher
    diagnostics: DiagnosticsJson
    record: Record
    rebuild: Callable[[], None]
    take_held: Callable[[OpenDocument, int, HeldProduct], None]

    def open_document(self, uri: str) -> OpenDocument:
        """The open document of a URI. Raises RpcError (-32602) where it is not open."""
        document = self.files.document(uri)
        if document is None:
            raise fields.invalid("the document is not open")
        return document

    def position(self, document: OpenDocument, place: Place) -> Position:
        """A place in a document, in code points."""
        return self.client.position(place, document.document.lines)

    def range_of(self, document: OpenDocument, start: Position, end: Position) -> Json:
        """A stretch of a document in the client's units."""
        return self.client.range(document.document.lines, start, end)
