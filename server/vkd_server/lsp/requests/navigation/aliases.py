"""Aliases of archives: where they are defined and used, and their renaming, for descriptions and `vkd.toml` alike."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import TYPE_CHECKING

from vkd_server.features.configuration.aliases import defined_in, rename_alias
from vkd_server.features.navigation.addresses import AliasAt, uses_in
from vkd_server.features.refactoring.renaming import Refusal
from vkd_server.lsp.convert import Json, Outward
from vkd_server.lsp.edits import edit_of
from vkd_server.lsp.requests.navigation.concept_rows import documents_of
from vkd_server.lsp.rpc import REQUEST_FAILED, RpcError
from vkd_server.workspace.uris import uri_of

if TYPE_CHECKING:
    from vkd_server.lsp.context import Context
    from vkd_server.workspace.project import Project


def definition(context: Context, project: Project, alias: str) -> Json | None:
    """The place where an alias is defined; None where the catalogue has no `vkd.toml` any more, or none that defines
    it."""
    lines = settings_lines(context, project)
    own = defined_in(lines).get(alias)
    if own is None:
        return None
    return {
        "uri": settings_uri(context, project),
        "range": context.client.range(lines, own.start, own.end),
    }


def uses(context: Context, project: Project, alias: str) -> Generator[str | None, None, list[Json]]:
    """The places in the workspace where an alias is used, as LSP locations; yields after each document."""
    found: list[Json] = []
    for document in (yield from documents_of(context, project)):
        outward = Outward(document.document.lines, context.client.encoding)
        for row, description in document.document.pieces():
            found += [
                {"uri": document.uri, "range": outward.range(use.start, use.end)}
                for use in uses_in(row, description)
                if use.text == alias
            ]
        yield None
    return found


def edits(context: Context, project: Project, alias: AliasAt, new: str) -> Generator[str | None, None, object]:
    """The edits that rename an alias, one document at a time. Raises RpcError with the reason where that is refused."""
    catalogue = project.catalogue
    file = catalogue.configuration.file
    if file is None:
        return None
    snapshots = (one.snapshot for one in (yield from documents_of(context, project)))
    lines = settings_lines(context, project)
    result = yield from rename_alias(alias.text, new, file.name, lines, catalogue, snapshots)
    if isinstance(result, Refusal):
        raise RpcError(REQUEST_FAILED, result.message)
    return edit_of(context, catalogue, result)


def settings_lines(context: Context, project: Project) -> Sequence[str]:
    """A catalogue's `vkd.toml` as the editor has it, else as it stands on the disk."""
    uri = settings_uri(context, project)
    return context.files.lines_of(uri) if uri else ()


def settings_uri(context: Context, project: Project) -> str:
    """The URI of a catalogue's `vkd.toml`, spelled as the editor does where it is open; empty where there is none."""
    file = project.catalogue.configuration.file
    opened = {path: uri for uri, path in context.files.sources_of(project.catalogue)}
    return (opened.get(file.name) or uri_of(file)) if file else ""
