"""workspace/did… : folders, settings and files that change outside the editor."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from vkd_server.lsp import params as read
from vkd_server.workspace.uris import path_of

if TYPE_CHECKING:
    from vkd_server.lsp.server import Server


def did_change_configuration(server: Server, params: object) -> None:
    """Takes the settings that came, or asks for them: most clients only say that something changed."""
    settings = read.optional(params, "settings")
    if isinstance(settings, dict) and settings:
        server.take_settings(settings)
    else:
        server.ask_settings()


def did_change_watched_files(server: Server, params: object) -> None:
    """Takes note that files changed on the disk, be they open or not: products, vocabularies, a `vkd.toml`, data."""
    _notice(server, params, "changes", "uri")


def did_create_files(server: Server, params: object) -> None:
    """Takes note of files and folders that the client made."""
    _notice(server, params, "files", "uri")


def did_delete_files(server: Server, params: object) -> None:
    """Takes note of files and folders that the client deleted."""
    _notice(server, params, "files", "uri")


def did_rename_files(server: Server, params: object) -> None:
    """Takes note of files and folders that the client moved."""
    _notice(server, params, "files", "oldUri", "newUri")


def did_change_folders(server: Server, params: object) -> None:
    """Takes folders in and lets others go."""
    added = _paths(read.optional(params, "event", "added"))
    removed = _paths(read.optional(params, "event", "removed"))
    server.files.roots = tuple(root for root in server.files.roots if root not in removed) + added
    server.files.read_anew()
    server.refresh()


def _notice(server: Server, params: object, listed: str, *named: str) -> None:
    uris = [read.optional(one, name) for one in read.items(params, listed) for name in named]
    paths = (path_of(uri) for uri in uris if isinstance(uri, str))
    server.files.notice(path for path in paths if path is not None)


def _paths(folders: object) -> tuple[Path, ...]:
    uris = [read.optional(folder, "uri") for folder in folders] if isinstance(folders, list) else []
    return tuple(path for uri in uris if isinstance(uri, str) and (path := path_of(uri)) is not None)
