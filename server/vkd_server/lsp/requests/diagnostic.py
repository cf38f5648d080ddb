"""textDocument/diagnostic and workspace/diagnostic: for clients that ask (LSP 3.17, "Pull Diagnostics")."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

from vkd_server.lsp import params as read
from vkd_server.lsp.convert import diagnostics_fragment, diagnostics_json
from vkd_server.lsp.frames import to_json
from vkd_server.lsp.rpc import Encoded, Steps
from vkd_server.workspace.uris import uri_of

if TYPE_CHECKING:
    from vkd_server.lsp.server import Server
    from vkd_server.workspace.files import CheckedFile

_EMPTY = '{"kind":"full","items":[]}'
_SENT_TOGETHER = 50
"""How many files' reports a partial result holds at most."""


def document(server: Server, params: object) -> Encoded:
    """The diagnostics of one open document; a document that is not open has none."""
    found = server.files.document(read.text(params, "textDocument", "uri"))
    if found is None:
        return Encoded(_EMPTY)
    kind, rest = _report(diagnostics_json(found), read.optional(params, "previousResultId"))
    return Encoded(f'{{"kind":"{kind}",{rest}}}')


def workspace(server: Server, params: object) -> Steps:
    """The diagnostics of every product and vocabulary file that is not open, a file a step, so that it stops nobody."""
    token = read.optional(params, "partialResultToken")
    previous = _previous(read.optional(params, "previousResultIds"))
    reports: list[str] = []
    for home in server.files.homes():
        yield from server.when_registered(home)
    for file in server.files.files():
        reports.append(_file_report(server, file, previous))
        if len(reports) >= _SENT_TOGETHER and isinstance(token, int | str):
            value = f'{{"items":[{",".join(reports)}]}}'
            server.notify_encoded("$/progress", f'{{"token":{to_json(token)},"value":{value}}}')
            reports = []
        yield None
    return Encoded(f'{{"items":[{",".join(reports)}]}}')


def _file_report(server: Server, file: CheckedFile, previous: dict[str, str]) -> str:
    uri, root = uri_of(file.root / file.path), uri_of(file.root)
    items = diagnostics_fragment(file.diagnostics, file.lines, 0, uri, root, server.encoding).at(0)
    kind, rest = _report(f"[{items}]", previous.get(uri))
    return f'{{"kind":"{kind}","uri":{to_json(uri)},"version":null,{rest}}}'


def _report(items: str, previous: object) -> tuple[str, str]:
    """A full report, or, where nothing changed since the previous one, only that.

    A result's id is a hash of its content.
    """
    ident = blake2b(items.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
    if ident == previous:
        return "unchanged", f'"resultId":"{ident}"'
    return "full", f'"resultId":"{ident}","items":{items}'


def _previous(listed: object) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in listed if isinstance(listed, list) else []:
        uri, value = read.optional(one, "uri"), read.optional(one, "value")
        if isinstance(uri, str) and isinstance(value, str):
            found[uri] = value
    return found
