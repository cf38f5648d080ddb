"""What an importer is, and what a run of one does: the same for every format."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from vkd_catalog.importers.output import OutputFolder
from vkd_catalog.importers.report import Follow, ImportReport, Unmapped, unfollowed
from vkd_catalog.importers.writer import Made, Workspace, write_workspace


class Request(NamedTuple):
    """What is asked of an importer: the file or folder to read, and what only who asks can know.

    `vocabulary` is the one that concepts belong to where the source does not say (empty where nobody says), `columns`
    what columns of a table are, by their names there. `follow` is for reading that takes long.
    """

    source: Path
    vocabulary: str = ""
    columns: Mapping[str, str] = MappingProxyType({})
    follow: Follow = unfollowed


class Draft(NamedTuple):
    """What an importer makes of a source: the workspace to write, and what to say of it.

    `unmapped` is asked for after the product files have been written, so that it may tell what was found on the way.
    """

    workspace: Workspace
    source: str
    version: str
    licence: str
    unmapped: Iterable[Unmapped]


class Importer(NamedTuple):
    """One format: what it is called, what it reads in a line, what reads it, and the extra that this needs.

    `read` raises ImportSourceError where the source cannot be read, and OSError where the disk says no; where a package
    is missing, MissingExtraError. `extra` is empty where none is needed; `extra_for` says of what it is needed where it
    is not needed for all. `options` are what a call may say of a `Request` beyond the source: vocabulary, columns.
    """

    name: str
    summary: str
    read: Callable[[Request], Draft]
    extra: str = ""
    extra_for: str = ""
    options: tuple[str, ...] = ()


def run_import(importer: Importer, request: Request, target: Path, day: date | None = None) -> ImportReport:
    """Reads a source, writes it as a whole workspace into `target`, and reports on it; `day` is else today.

    What people have changed there since the last run is kept. Raises ImportRefusedError and OSError.
    """
    draft = importer.read(request)
    made = Made(day or date.today(), f"`vkd catalogue import {importer.name}`")
    folder = OutputFolder(target, importer.name)
    written = write_workspace(folder, draft.workspace, made, request.follow)
    return folder.finish(
        ImportReport(made.day, draft.source, draft.version, draft.licence, written, tuple(draft.unmapped))
    )
