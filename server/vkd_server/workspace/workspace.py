"""One client's workspace: its folders, settings and open documents."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Generic, TypeVar

from vkd_grammar.document import Edit, read_document
from vkd_grammar.parser import Parser

from vkd_server.features.diagnostics import Diagnostic
from vkd_server.workspace.documents import OpenDocument, changed, opened
from vkd_server.workspace.home import Home, Homes
from vkd_server.workspace.settings import Settings
from vkd_server.workspace.uris import path_of

T = TypeVar("T")
PresentIn = Callable[[Sequence[Diagnostic], Sequence[str], str, Home], T]
"""Makes what is kept of one description's diagnostics; its lines, the document's URI and home are given."""


class Workspace(Generic[T]):
    """Keeps the current moment of every open document. Each moment is immutable; a change puts the next in its place."""

    def __init__(self, present: PresentIn[T]) -> None:
        self._present = present
        self._parser = Parser()
        self._homes = Homes(self._parser)
        self._documents: dict[str, OpenDocument[T]] = {}
        self.roots: tuple[Path, ...] = ()
        self.settings = Settings()

    @property
    def documents(self) -> Iterable[OpenDocument[T]]:
        """The open documents."""
        return self._documents.values()

    def document(self, uri: str) -> OpenDocument[T] | None:
        """One open document."""
        return self._documents.get(uri)

    def open(self, uri: str, version: int | None, text: str) -> OpenDocument[T]:
        """Takes a document in, its text as the editor has it."""
        path = path_of(uri)
        home = self.home_of(path)
        document = read_document(text, self._parser)
        now = opened(uri, version, home.path_in(path, uri), document, home, self._presenter(uri, home))
        self._documents[uri] = now
        return now

    def change(self, uri: str, version: int | None, edits: Sequence[Edit]) -> OpenDocument[T]:
        """Applies edits one after the other to an open document. Raises KeyError where it is not open."""
        before = self._documents[uri]
        now = changed(before, version, edits, self._parser, self._presenter(uri, before.home))
        self._documents[uri] = now
        return now

    def close(self, uri: str) -> None:
        """Lets go of a document."""
        self._documents.pop(uri, None)

    def home_of(self, path: Path | None) -> Home:
        """The catalogue that a file belongs to; None stands for a document that is no file."""
        return self._homes.home_of(path, self.roots, self.settings)

    def read_anew(self) -> None:
        """Reads every catalogue in use anew, and checks the open documents against it."""
        self._homes.forget()
        for uri, had in list(self._documents.items()):
            path = path_of(uri)
            home = self.home_of(path)
            self._documents[uri] = opened(
                uri, had.version, home.path_in(path, uri), had.document, home, self._presenter(uri, home)
            )

    def _presenter(self, uri: str, home: Home) -> Callable[[Sequence[Diagnostic], Sequence[str]], T]:
        return lambda diagnostics, lines: self._present(diagnostics, lines, uri, home)
