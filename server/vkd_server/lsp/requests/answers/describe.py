"""The command `vkd.describe`: a draft of what data files hold, before anything is written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from vkd_server.lsp import fields
from vkd_server.lsp.rpc import REQUEST_FAILED, RpcError, Steps
from vkd_server.workspace.uris import path_of

if TYPE_CHECKING:
    from vkd_catalog.catalogue import Catalogue
    from vkd_server.lsp.context import Context


def draft(context: Context, arguments: Sequence[object]) -> Steps:
    """A draft of product descriptions for data files and codebooks, by their URIs, in the words of the first one's
    catalogue, as `{"text", "columns": [{"column", "word", "why"}], "unread": [...]}`; nothing is written."""
    paths = [path for uri in arguments if isinstance(uri, str) and (path := path_of(uri)) is not None]
    if not paths or len(paths) != len(arguments):
        raise fields.invalid("the arguments must be the URIs of files")
    project = context.files.project_of(paths[0])
    if project.catalogue.is_public:
        raise RpcError(REQUEST_FAILED, "files are not read for the public")
    return (yield from context.files.search(project, lambda catalogue: _drafted(catalogue, paths)))


def _drafted(catalogue: Catalogue, paths: Sequence[Path]) -> object:
    from vkd_server.features.explain.drafts import drafted

    return drafted(catalogue, paths).as_json()
