"""workspace/willRenameFiles: what names a file follows it (LSP 3.17)."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from vkd_server.lsp import params as read
from vkd_server.lsp.edits import edit_of
from vkd_server.workspace.uris import path_of

if TYPE_CHECKING:
    from vkd_server.features.refactoring.moving import Move
    from vkd_server.lsp.server import Server
    from vkd_server.rules.rule import TextEdit
    from vkd_server.workspace.home import Home


def will_rename(server: Server, params: object) -> Generator[str | None, None, object]:
    """The edits of what names files that are about to be moved, over every catalogue, a document a step."""
    moves = _moves(params)
    homes = {home.catalogue.root: home for home in (*server.files.homes(), *_others(server))}
    changes: dict[str, object] = {}
    document_changes: list[object] = []
    for home in homes.values():
        edit = edit_of(server, home.catalogue, (yield from _edits(server, home, moves)))
        had, more = edit.get("changes"), edit.get("documentChanges")
        changes |= had if isinstance(had, dict) else {}
        document_changes += more if isinstance(more, list) else []
    if document_changes:
        return {"documentChanges": document_changes}
    return {"changes": changes} if changes else None


def _others(server: Server) -> Iterator[Home]:
    yield from (document.home for document in server.files.documents)
    yield from server.files.homes_of_sources()


def _edits(server: Server, home: Home, moves: Sequence[Move]) -> Generator[str | None, None, list[TextEdit]]:
    from vkd_server.features.refactoring.moving import addresses_after, settings_after
    from vkd_server.lsp.requests.aliases import settings_lines
    from vkd_server.lsp.requests.concept_rows import documents_of

    catalogue = home.catalogue
    file = catalogue.configuration.file
    edits: list[TextEdit] = []
    if file is not None:
        edits += settings_after(file.name, settings_lines(server, home), catalogue.root, moves)
    names = [move.old.name for move in moves]
    for document in (yield from documents_of(server, home)):
        text = document.document.text
        if any(name in text for name in names):
            edits += addresses_after(document.snapshot, moves)
        yield None
    return edits


def _moves(params: object) -> tuple[Move, ...]:
    from vkd_server.features.refactoring.moving import Move

    files = read.items(params, "files")
    paths = ((path_of(read.text(one, "oldUri")), path_of(read.text(one, "newUri"))) for one in files)
    return tuple(Move(_place(old), _place(new)) for old, new in paths if old is not None and new is not None)


def _place(path: Path) -> Path:
    return Path(os.path.normpath(path))
