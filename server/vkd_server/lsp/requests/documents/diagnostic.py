"""textDocument/diagnostic and workspace/diagnostic: for clients that ask (LSP 3.17, "Pull Diagnostics")."""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from vkd_server.lsp.convert import diagnostics_fragment
from vkd_server.lsp.frames import to_json
from vkd_server.lsp.reports import ident_of, report
from vkd_server.lsp.rpc import Encoded, Steps
from vkd_server.workspace.background_task import HELD, WAITING
from vkd_server.workspace.cached_diagnostics import cached
from vkd_server.workspace.files import checked_in_steps, documentation_files, signature_of, vocabulary_files
from vkd_server.workspace.uris import key_of, uri_of

if TYPE_CHECKING:
    from vkd_catalog.catalogue import Namesakes
    from vkd_grammar.text import Encoding
    from vkd_server.lsp.context import Context
    from vkd_server.lsp.params import SinceResult, SinceResults
    from vkd_server.workspace.documents import OpenDocument
    from vkd_server.workspace.files import CheckedFile, Signature
    from vkd_server.workspace.project import Project

_EMPTY = '{"kind":"full","items":[]}'
_SENT_TOGETHER = 50
"""How many files' reports a partial result holds at most."""


def document(context: Context, params: SinceResult) -> Encoded | Steps:
    """The diagnostics of one open document; a document that is not open has none.

    A client that can be asked to ask again gets what was found in the first thousands of lines at once, any other all.
    """
    uri, previous = params
    found = context.files.settled(uri)
    if found is not None and found.unchecked and not context.client.can("workspace", "diagnostics", "refreshSupport"):
        return _once_checked(context, uri, previous)
    return _document_report(context, found, previous)


def _once_checked(context: Context, uri: str, previous: str | None) -> Steps:
    found = context.files.document(uri)
    while found is not None and found.unchecked:
        yield WAITING
        found = context.files.document(uri)
    return _document_report(context, found, previous)


def _document_report(context: Context, found: OpenDocument | None, previous: str | None) -> Encoded:
    if found is None:
        return Encoded(_EMPTY)
    context.publisher.note_sent(found)
    kind, rest = report(context.diagnostics.of(found), previous)
    return Encoded(f'{{"kind":"{kind}",{rest}}}')


def workspace(context: Context, params: SinceResults) -> Steps:
    """The diagnostics of every file of products, vocabulary and documentation that is not open, made a description at a
    time.

    A client that has all of them already is answered once something has changed.
    """
    previous = _previous(params.previous)
    state = context.files.state
    reports, has_news = yield from _reports(context, previous, params.token)
    if previous and not has_news:
        while context.files.state == state:
            yield HELD
        reports, _ = yield from _reports(context, previous, params.token)
    return Encoded(_items_of(reports))


def _reports(
    context: Context, previous: Previous, token: int | str | None
) -> Generator[str | None, None, tuple[list[_Report], bool]]:
    """The reports of all files that are not open, without those already sent in parts; and whether any is new to the
    client."""
    reports: list[_Report] = []
    reported, has_news = set[str](), False
    for project in context.files.projects():
        yield from context.files.until_registered(project)
        reports += yield from _words_and_settings(context, project, previous)
        has_news = has_news or any(one.is_news for one in reports)
        for path in context.files.closed_products(project):
            reports.append((yield from _product_report(context, project, path, previous)))
            has_news = has_news or reports[-1].is_news
            if has_news and len(reports) >= _SENT_TOGETHER and token is not None:
                reported.update(one.key for one in reports)
                context.screen.notify("$/progress", f'{{"token":{to_json(token)},"value":{_items_of(reports)}}}')
                reports = []
            yield None
    reported.update(one.key for one in reports)
    # Of a file that is no more, what was wrong is taken back; one that is open is asked about by itself.
    gone = [key for key in previous if key not in reported and not _is_open(context, key)]
    reports += [
        _Report(key, f'{{"kind":"full","uri":{to_json(previous[key].uri)},"version":null,"items":[]}}', True)
        for key in gone
    ]
    return reports, has_news or bool(gone)


def _is_open(context: Context, uri: str) -> bool:
    return context.files.document(uri) is not None or context.files.sources.get(uri) is not None


class _KnownReport(NamedTuple):
    """A report that the client has: its file, by the URI as the client spells it, and the result's id."""

    uri: str
    ident: str


Previous = Mapping[str, _KnownReport]
"""The reports that the client has, by the key of their URIs."""


class _Report(NamedTuple):
    """The report of one file, as JSON, and whether it is new to the client."""

    key: str
    json: str
    is_news: bool


def _report(uri: str, items: str, previous: Previous) -> _Report:
    """The report of a file, with the URI as the client spells it where that is known."""
    key = key_of(uri)
    had = previous.get(key)
    kind, rest = report(items, had.ident if had else None)
    spelled = to_json(had.uri if had else uri)
    return _Report(key, f'{{"kind":"{kind}","uri":{spelled},"version":null,{rest}}}', kind == "full")


def _items_of(reports: Sequence[_Report]) -> str:
    return f'{{"items":[{",".join(one.json for one in reports)}]}}'


def _words_and_settings(
    context: Context, project: Project, previous: Previous
) -> Generator[str | None, None, list[_Report]]:
    opened = {source.path for source in context.files.sources}
    namesakes = yield from context.files.products_named(project)
    items = partial(_vocabulary_items, project, namesakes, opened, context.client.encoding)
    words = yield from context.files.in_background(items)
    reports = [_file_report(context, file, items, previous) for file, items in words]
    reports += [
        _file_report(context, file, _items(file, context.client.encoding), previous)
        for file in documentation_files(project)
        if file.root / file.path not in opened
    ]
    return [*reports, *_settings_report(context, project, opened, previous)]


def _settings_report(
    context: Context, project: Project, opened: Collection[Path | None], previous: Previous
) -> Iterator[_Report]:
    """The report of a catalogue's `vkd.toml`, where it has one that is not open."""
    from vkd_server.lsp.requests.sources.configuration import file_items

    file = project.error.path if project.error else project.catalogue.configuration.file
    if file is not None and file not in opened:
        uri = uri_of(file)
        yield _report(uri, to_json(file_items(context, project, context.files.lines_of(uri))), previous)


def _product_report(
    context: Context, project: Project, path: str, previous: Previous
) -> Generator[None, None, _Report]:
    """The report of one product file; one that is as it was when it was last reported is not checked again."""
    uri = uri_of(project.catalogue.root / path)
    signature, had = signature_of(project, path, context.files.moment), previous.get(key_of(uri))
    if had is not None and signature is not None and context.memory.reports.get(uri) == (signature, had.ident):
        unchanged = f'{{"kind":"unchanged","uri":{to_json(had.uri)},"version":null,"resultId":"{had.ident}"}}'
        return _Report(key_of(uri), unchanged, False)
    file = yield from checked_in_steps(project, path)
    return _file_report(context, file, _items(file, context.client.encoding), previous, signature)


def _vocabulary_items(
    project: Project,
    namesakes: Callable[[str], Namesakes],
    opened: Collection[Path | None],
    encoding: Encoding,
) -> list[tuple[CheckedFile, str]]:
    """The vocabularies that are not open, each with the JSON of its diagnostics; of a large one that takes long."""
    closed = (file for file in vocabulary_files(project, namesakes) if file.root / file.path not in opened)
    return [(file, _items(file, encoding)) for file in closed]


def _items(file: CheckedFile, encoding: Encoding) -> str:
    uri, root = uri_of(file.root / file.path), uri_of(file.root)
    return f"[{diagnostics_fragment(cached(file.diagnostics, 0), file.lines, uri, root, encoding).at(0)}]"


def _file_report(
    context: Context, file: CheckedFile, items: str, previous: Previous, signature: Signature | None = None
) -> _Report:
    uri = uri_of(file.root / file.path)
    context.memory.reports[uri] = (signature, ident_of(items))
    return _report(uri, items, previous)


def _previous(listed: Sequence[tuple[str, str]]) -> Previous:
    return {key_of(uri): _KnownReport(uri, ident) for uri, ident in listed}
