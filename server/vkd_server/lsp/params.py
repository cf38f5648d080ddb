"""The parameters of each method as typed values, read from a message at one place: here.

Places are in the client's units, as they came; `Client` makes positions of them. Reading raises `RpcError` (-32602) for
what is missing or has another type than it must have. They are named tuples rather than lsprotocol's types, whose
structuring takes tens of microseconds a message and refuses a message for one value that a newer client says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from vkd_server.lsp import fields
from vkd_server.workspace.uris import path_of


class Place(NamedTuple):
    """A place in a text: a line from 0, and a column in the client's units (LSP 3.17, "Position")."""

    line: int
    character: int


class Stretch(NamedTuple):
    """A stretch of a text, its end exclusive (LSP 3.17, "Range")."""

    start: Place
    end: Place


class OfDocument(NamedTuple):
    """The parameters of a request about a whole document."""

    uri: str


class AtPlace(NamedTuple):
    """The parameters of a request about one position in a document."""

    uri: str
    place: Place


class AtPlaces(NamedTuple):
    """The parameters of a request about several positions in a document."""

    uri: str
    places: Sequence[Place]


class InStretch(NamedTuple):
    """The parameters of a request about a range in a document."""

    uri: str
    stretch: Stretch


class InStretches(NamedTuple):
    """The parameters of a request about several ranges in a document."""

    uri: str
    stretches: Sequence[Stretch]


class Renamed(NamedTuple):
    """The parameters of textDocument/rename: a place, and the new name for what stands there."""

    uri: str
    place: Place
    name: str


class Typed(NamedTuple):
    """The parameters of textDocument/onTypeFormatting: a character, and the place behind it."""

    uri: str
    place: Place
    character: str


class UsesOf(NamedTuple):
    """The parameters of textDocument/references; `declared` asks for the declaration too, `token` for an answer in
    parts."""

    uri: str
    place: Place
    declared: bool
    token: int | str | None


class ActionsIn(NamedTuple):
    """The parameters of textDocument/codeAction: a range, the kinds wanted (`only`), and the client's `diagnostics`
    there.

    `is_automatic` says that no person asked.
    """

    uri: str
    stretch: Stretch
    only: Sequence[str] | None
    diagnostics: Sequence[object]
    is_automatic: bool


class SinceResult(NamedTuple):
    """The parameters of a request about a document; `previous` is the id of the result that the client has, None where
    it has none."""

    uri: str
    previous: str | None


class SinceResults(NamedTuple):
    """The parameters of a request about every file: the ids of the results that the client has, by URI. `token` asks
    for an answer in parts."""

    previous: Sequence[tuple[str, str]]
    token: int | str | None


class Item(NamedTuple):
    """An item of a list, sent back by the client so that its missing parts are filled in, with the data that came with
    it."""

    item: Mapping[str, object]
    data: object


class HierarchyItem(NamedTuple):
    """The parameters of a request about the neighbours of an item of a hierarchy: the item's data."""

    data: Sequence[object]


class Query(NamedTuple):
    """The parameters of workspace/symbol: the text to look for."""

    query: str


class Opened(NamedTuple):
    """The parameters of textDocument/didOpen; `language` is the language that the editor takes the document for."""

    uri: str
    language: str
    version: int | None
    text: str


class Change(NamedTuple):
    """One change of a document: the new text, and the range it replaces; None for the whole document."""

    stretch: Stretch | None
    text: str


class Changed(NamedTuple):
    """The changes to a document in order; the positions of each are in the text that the changes before it made."""

    uri: str
    version: int | None
    changes: Sequence[Change]


class Files(NamedTuple):
    """Files that were made, changed, moved or deleted, those that are no files left out."""

    paths: Sequence[Path]


class Moves(NamedTuple):
    """Files about to be moved, from where and to where."""

    moves: Sequence[tuple[Path, Path]]


class SettingsSection(NamedTuple):
    """The parameters of workspace/didChangeConfiguration; empty where the client only says that settings changed."""

    section: Mapping[str, object]


class Folders(NamedTuple):
    """The folders that the client opened and closed."""

    added: tuple[Path, ...]
    removed: tuple[Path, ...]


class CommandCall(NamedTuple):
    """The parameters of workspace/executeCommand: a command and its arguments."""

    name: str
    arguments: Sequence[object]


class Virtual(NamedTuple):
    """The parameters of workspace/textDocumentContent: the URI of a virtual document."""

    address: str


def of_document(params: object) -> OfDocument:
    """Reads the parameters of a request about a whole document. Raises RpcError where they cannot be used."""
    return OfDocument(_uri(params))


def at_place(params: object) -> AtPlace:
    """Reads the parameters of a request about one position. Raises RpcError where they cannot be used."""
    return AtPlace(_uri(params), _place(fields.mapping(params, "position")))


def at_places(params: object) -> AtPlaces:
    """Reads the parameters of a request about several positions. Raises RpcError where they cannot be used."""
    return AtPlaces(_uri(params), [_place(one) for one in fields.items(params, "positions")])


def in_stretch(params: object) -> InStretch:
    """Reads the parameters of a request about a range. Raises RpcError where they cannot be used."""
    return InStretch(_uri(params), _stretch(fields.mapping(params, "range")))


def in_stretches(params: object) -> InStretches:
    """The parameters of a request about several ranges in a document. Raises RpcError if one is missing."""
    return InStretches(_uri(params), [_stretch(one) for one in fields.items(params, "ranges")])


def renamed(params: object) -> Renamed:
    """The parameters of textDocument/rename. Raises RpcError where they cannot be used."""
    return Renamed(*at_place(params), fields.text(params, "newName"))


def typed(params: object) -> Typed:
    """Reads the parameters of textDocument/onTypeFormatting. Raises RpcError where they cannot be used."""
    return Typed(*at_place(params), fields.text(params, "ch"))


def uses_of(params: object) -> UsesOf:
    """Reads the parameters of textDocument/references. Raises RpcError where they cannot be used."""
    declared = fields.optional(params, "context", "includeDeclaration") is True
    return UsesOf(*at_place(params), declared, _token(params))


def actions_in(params: object) -> ActionsIn:
    """The parameters of textDocument/codeAction. Raises RpcError where they cannot be used."""
    only = fields.optional(params, "context", "only")
    diagnostics = fields.optional(params, "context", "diagnostics")
    return ActionsIn(
        *in_stretch(params),
        [kind for kind in only if isinstance(kind, str)] if isinstance(only, list) else None,
        diagnostics if isinstance(diagnostics, list) else [],
        fields.optional(params, "context", "triggerKind") == _AUTOMATIC,
    )


def since_result(params: object) -> SinceResult:
    """The parameters of a request that may name the id of the result the client already has."""
    previous = fields.optional(params, "previousResultId")
    return SinceResult(_uri(params), previous if isinstance(previous, str) else None)


def since_results(params: object) -> SinceResults:
    """The parameters of a request that may name, by document, the ids of the results the client already has."""
    listed = fields.optional(params, "previousResultIds")
    found = [
        (fields.optional(one, "uri"), fields.optional(one, "value"))
        for one in (listed if isinstance(listed, list) else [])
    ]
    previous = [(uri, value) for uri, value in found if isinstance(uri, str) and isinstance(value, str)]
    return SinceResults(previous, _token(params))


def item(params: object) -> Item:
    """Reads an item of a list that the client wants completed. Raises RpcError where it cannot be used."""
    return Item(fields.mapping(params), fields.optional(params, "data"))


def hierarchy_item(params: object) -> HierarchyItem:
    """Reads the parameters of a request about the neighbours of an item. Raises RpcError where they cannot be used."""
    return HierarchyItem(fields.items(params, "item", "data"))


def query(params: object) -> Query:
    """Reads the parameters of workspace/symbol. Raises RpcError where they cannot be used."""
    return Query(fields.text(params, "query"))


def opened(params: object) -> Opened:
    """Reads the parameters of textDocument/didOpen. Raises RpcError where they cannot be used."""
    language = str(fields.optional(params, "textDocument", "languageId"))
    return Opened(_uri(params), language, _version(params), fields.text(params, "textDocument", "text"))


def changed(params: object) -> Changed:
    """The changes in the parameters of textDocument/didChange. Raises RpcError where one cannot be read."""
    return Changed(_uri(params), _version(params), [_change(one) for one in fields.items(params, "contentChanges")])


def changed_files(params: object) -> Files:
    """Reads the files in workspace/didChangeWatchedFiles. Raises RpcError where they cannot be read."""
    return _files(fields.items(params, "changes"), "uri")


def made_files(params: object) -> Files:
    """Reads the files in workspace/didCreateFiles and didDeleteFiles. Raises RpcError where they cannot be read."""
    return _files(fields.items(params, "files"), "uri")


def moved_files(params: object) -> Files:
    """Reads the files in workspace/didRenameFiles, by their old and their new places. Raises RpcError where they cannot
    be read."""
    return _files(fields.items(params, "files"), "oldUri", "newUri")


def moves(params: object) -> Moves:
    """The files about to be moved, from a request's parameters. Raises RpcError if there are none to read."""
    listed = fields.items(params, "files")
    paths = ((path_of(fields.text(one, "oldUri")), path_of(fields.text(one, "newUri"))) for one in listed)
    return Moves([(old, new) for old, new in paths if old is not None and new is not None])


def settings_section(params: object) -> SettingsSection:
    """Reads the parameters of workspace/didChangeConfiguration."""
    section = fields.optional(params, "settings")
    return SettingsSection(section if isinstance(section, dict) else {})


def folders(params: object) -> Folders:
    """Reads the folders in workspace/didChangeWorkspaceFolders. Raises RpcError where they cannot be read."""
    return Folders(
        paths_in(fields.optional(params, "event", "added")), paths_in(fields.optional(params, "event", "removed"))
    )


def command_call(params: object) -> CommandCall:
    """Reads the parameters of workspace/executeCommand. Raises RpcError where they cannot be used."""
    arguments = fields.optional(params, "arguments")
    return CommandCall(fields.text(params, "command"), arguments if isinstance(arguments, list) else [])


def virtual(params: object) -> Virtual:
    """Reads the parameters of workspace/textDocumentContent. Raises RpcError where they cannot be used."""
    return Virtual(fields.text(params, "uri"))


def stretch_in(value: object) -> Stretch:
    """Reads a range from the data of an item. Raises RpcError where it is none."""
    return _stretch(value)


def paths_in(listed: object) -> tuple[Path, ...]:
    """The paths of a list of folders, those that are no files left out."""
    uris = [fields.optional(one, "uri") for one in listed] if isinstance(listed, list) else []
    return tuple(path for uri in uris if isinstance(uri, str) and (path := path_of(uri)) is not None)


def document_uri(params: object) -> str:
    """The URI of the document that a message is about, or that an item in it came from; empty where there is none."""
    uri = fields.optional(params, "textDocument", "uri")
    if isinstance(uri, str):
        return uri
    data = fields.optional(params, "data") or fields.optional(params, "item", "data")
    uri = data[0] if isinstance(data, list) and data else fields.optional(data, "uri")
    return uri if isinstance(uri, str) else ""


_AUTOMATIC = 2
"""CodeActionTriggerKind: the editor asks at each move of the cursor, to see whether there is anything."""


def _uri(params: object) -> str:
    return fields.text(params, "textDocument", "uri")


def _version(params: object) -> int | None:
    version = fields.optional(params, "textDocument", "version")
    return version if isinstance(version, int) and not isinstance(version, bool) else None


def _token(params: object) -> int | str | None:
    token = fields.optional(params, "partialResultToken")
    return token if isinstance(token, int | str) else None


def _place(value: object) -> Place:
    return Place(fields.number(value, "line"), fields.number(value, "character"))


def _stretch(value: object) -> Stretch:
    return Stretch(_place(fields.mapping(value, "start")), _place(fields.mapping(value, "end")))


def _change(value: object) -> Change:
    whole = fields.optional(value, "range") is None
    return Change(None if whole else _stretch(fields.mapping(value, "range")), fields.text(value, "text"))


def _files(listed: Sequence[object], *named: str) -> Files:
    uris = [fields.optional(one, name) for one in listed for name in named]
    paths = (path_of(uri) for uri in uris if isinstance(uri, str))
    return Files([path for path in paths if path is not None])
