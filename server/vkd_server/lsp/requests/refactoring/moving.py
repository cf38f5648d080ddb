"""workspace/willRenameFiles: edits of the texts that name the files to be moved (LSP 3.17)."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from vkd_server.lsp.edits import edit_of

if TYPE_CHECKING:
    from vkd_server.features.refactoring.moving import Move
    from vkd_server.lsp.context import Context
    from vkd_server.lsp.params import Moves
    from vkd_server.rules.rule import TextEdit
    from vkd_server.workspace.project import Project


def will_rename(context: Context, params: Moves) -> Generator[str | None, None, object]:
    """The edits of everything that names files which are about to be moved, in every catalogue, one document at a
    time."""
    from vkd_server.features.refactoring.moving import Move

    moves = tuple(Move(_place(old), _place(new)) for old, new in params.moves)
    projects = {project.catalogue.root: project for project in (*context.files.projects(), *_others(context))}
    changes: dict[str, object] = {}
    document_changes: list[object] = []
    for project in projects.values():
        edit = edit_of(context, project.catalogue, (yield from _edits(context, project, moves)))
        had, more = edit.get("changes"), edit.get("documentChanges")
        changes |= had if isinstance(had, dict) else {}
        document_changes += more if isinstance(more, list) else []
    if document_changes:
        return {"documentChanges": document_changes}
    return {"changes": changes} if changes else None


def _others(context: Context) -> Iterator[Project]:
    yield from (document.project for document in context.files.documents)
    yield from context.files.projects_of_sources()


def _edits(context: Context, project: Project, moves: Sequence[Move]) -> Generator[str | None, None, list[TextEdit]]:
    from vkd_server.features.refactoring.moving import addresses_after, settings_after
    from vkd_server.lsp.requests.navigation.aliases import settings_lines
    from vkd_server.lsp.requests.navigation.concept_rows import documents_of

    catalogue = project.catalogue
    file = catalogue.configuration.file
    edits: list[TextEdit] = []
    if file is not None:
        edits += settings_after(file.name, settings_lines(context, project), catalogue.root, moves)
    names = [move.old.name for move in moves]
    for document in (yield from documents_of(context, project)):
        text = document.document.text
        if any(name in text for name in names):
            edits += addresses_after(document.snapshot, moves)
        yield None
    return edits


def _place(path: Path) -> Path:
    return Path(os.path.normpath(path))
