"""textDocument/diagnostic and workspace/diagnostic: for clients that ask (LSP 3.17, "Pull Diagnostics")."""

from __future__ import annotations

from collections.abc import Collection, Generator, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from vkd_server.lsp import params as read
from vkd_server.lsp.convert import diagnostics_fragment, diagnostics_json
from vkd_server.lsp.frames import to_json
from vkd_server.lsp.reports import ident_of, report
from vkd_server.lsp.rpc import Encoded, Steps
from vkd_server.lsp.waiting import when_registered
from vkd_server.workspace.aside import WAITING
from vkd_server.workspace.files import checked_in_steps, signature_of, vocabulary_files
from vkd_server.workspace.uris import uri_of

if TYPE_CHECKING:
    from vkd_grammar.text import Encoding
    from vkd_server.lsp.convert import Fragment
    from vkd_server.lsp.server import Server
    from vkd_server.workspace.documents import OpenDocument
    from vkd_server.workspace.files import CheckedFile, Signature
    from vkd_server.workspace.home import Home

_EMPTY = '{"kind":"full","items":[]}'
_SENT_TOGETHER = 50
"""How many files' reports a partial result holds at most."""


def document(server: Server, params: object) -> Encoded | Steps:
    """The diagnostics of one open document; a document that is not open has none.

    A client that can be told to ask again gets what was found in the first thousands of lines at once, any other all.
    """
    uri, previous = read.text(params, "textDocument", "uri"), read.optional(params, "previousResultId")
    found = server.files.settled(uri)
    if found is not None and found.unchecked and not server.can("workspace", "diagnostics", "refreshSupport"):
        return _once_checked(server, uri, previous)
    return _document_report(server, found, previous)


def _once_checked(server: Server, uri: str, previous: object) -> Steps:
    found = server.files.document(uri)
    while found is not None and found.unchecked:
        yield WAITING
        found = server.files.document(uri)
    return _document_report(server, found, previous)


def _document_report(server: Server, found: OpenDocument[Fragment] | None, previous: object) -> Encoded:
    if found is None:
        return Encoded(_EMPTY)
    server.publisher.told(found)
    kind, rest = report(diagnostics_json(found), previous)
    return Encoded(f'{{"kind":"{kind}",{rest}}}')


def workspace(server: Server, params: object) -> Steps:
    """The diagnostics of every product and vocabulary file that is not open, a description a step: it stops nobody."""
    token = read.optional(params, "partialResultToken")
    previous = _previous(read.optional(params, "previousResultIds"))
    reports: list[str] = []
    for home in server.files.homes():
        yield from when_registered(home)
        opened = {source.path for source in server.files.sources}
        words = yield from server.files.aside(partial(_vocabulary_items, home, opened, server.encoding))
        reports += [_file_report(server, file, items, previous) for file, items in words]
        reports += _settings_report(server, home, opened, previous)
        for path in server.files.closed_products(home):
            told = yield from _product_report(server, home, path, previous)
            reports.append(told)
            if len(reports) >= _SENT_TOGETHER and isinstance(token, int | str):
                value = f'{{"items":[{",".join(reports)}]}}'
                server.notify_encoded("$/progress", f'{{"token":{to_json(token)},"value":{value}}}')
                reports = []
            yield None
    return Encoded(f'{{"items":[{",".join(reports)}]}}')


def _settings_report(
    server: Server, home: Home, opened: Collection[Path | None], previous: dict[str, str]
) -> Iterator[str]:
    """The report of a catalogue's `vkd.toml`, where it has one that is not open."""
    from vkd_server.lsp.requests.configuration import file_items

    file = home.error.path if home.error else home.catalogue.configuration.file
    if file is not None and file not in opened:
        uri = uri_of(file)
        kind, rest = report(to_json(file_items(server, home, server.files.lines_of(uri))), previous.get(uri))
        yield f'{{"kind":"{kind}","uri":{to_json(uri)},"version":null,{rest}}}'


def _product_report(server: Server, home: Home, path: str, previous: dict[str, str]) -> Generator[None, None, str]:
    """The report of one product file; one that is as it was when the client was told is not checked again."""
    uri, signature = uri_of(home.catalogue.root / path), signature_of(home, path)
    ident = previous.get(uri)
    if ident is not None and signature is not None and server.reported.get(uri) == (signature, ident):
        return f'{{"kind":"unchanged","uri":{to_json(uri)},"version":null,"resultId":"{ident}"}}'
    file = yield from checked_in_steps(home, path)
    return _file_report(server, file, _items(file, server.encoding), previous, signature)


def _vocabulary_items(home: Home, opened: Collection[Path | None], encoding: Encoding) -> list[tuple[CheckedFile, str]]:
    """The vocabularies that are not open with what is said of each; of a large one that takes long."""
    closed = (file for file in vocabulary_files(home) if file.root / file.path not in opened)
    return [(file, _items(file, encoding)) for file in closed]


def _items(file: CheckedFile, encoding: Encoding) -> str:
    uri, root = uri_of(file.root / file.path), uri_of(file.root)
    return f"[{diagnostics_fragment(file.diagnostics, file.lines, 0, uri, root, encoding).at(0)}]"


def _file_report(
    server: Server, file: CheckedFile, items: str, previous: dict[str, str], signature: Signature | None = None
) -> str:
    uri = uri_of(file.root / file.path)
    kind, rest = report(items, previous.get(uri))
    server.reported[uri] = (signature, ident_of(items))
    return f'{{"kind":"{kind}","uri":{to_json(uri)},"version":null,{rest}}}'


def _previous(listed: object) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in listed if isinstance(listed, list) else []:
        uri, value = read.optional(one, "uri"), read.optional(one, "value")
        if isinstance(uri, str) and isinstance(value, str):
            found[uri] = value
    return found
