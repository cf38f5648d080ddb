"""workspace/did… : folders, settings and files that change outside the editor."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vkd_server.lsp.params import Files, Folders, SettingsSection
    from vkd_server.lsp.session import Session


def did_change_configuration(session: Session, params: SettingsSection) -> None:
    """Takes the settings that came, or asks for them: most clients only say that something changed."""
    if params.section:
        session.take_settings(params.section)
    else:
        session.ask_settings()


def did_change_watched_files(session: Session, params: Files) -> None:
    """Notes that files changed on the disk, be they open or not: products, vocabularies, a `vkd.toml`, data."""
    session.files.notice(params.paths)


def did_create_files(session: Session, params: Files) -> None:
    """Notes files and folders that the client made."""
    session.files.notice(params.paths)


def did_delete_files(session: Session, params: Files) -> None:
    """Notes files and folders that the client deleted."""
    session.files.notice(params.paths)


def did_rename_files(session: Session, params: Files) -> None:
    """Notes files and folders that the client moved."""
    session.files.notice(params.paths)


def did_change_folders(session: Session, params: Folders) -> None:
    """Adds the folders that the client opened and removes those it closed."""
    files = session.files
    files.roots = tuple(root for root in files.roots if root not in params.removed) + params.added
    session.read_anew()
