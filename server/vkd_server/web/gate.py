"""What stands between a page in a browser and its language server.

A page writes demands into a document that is no file, and asks about it. What would let it name a file of this machine
is not let in, and what names one is not let out, so that neither depends on what a feature makes of it. Nor is a
document let in that the server would read as settings or as a vocabulary: those name files themselves.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from vkd_catalog.languages import is_language
from vkd_server.lsp.frames import Incoming, encode_message, to_json
from vkd_server.lsp.transports import Transport
from vkd_server.workspace.open_sources import kind_of
from vkd_server.workspace.uris import uri_of

_OPENED: Final = "textDocument/didOpen"
_OF_A_DOCUMENT = frozenset(
    f"textDocument/{name}"
    for name in (
        "didChange",
        "didClose",
        "completion",
        "hover",
        "inlayHint",
        "codeLens",
        "codeAction",
        "semanticTokens/full",
        "formatting",
        "onTypeFormatting",
    )
)
_OTHERS = frozenset(("initialized", "shutdown", "exit", "completionItem/resolve", "$/cancelRequest"))
_COMMANDS = frozenset(("vkd.run", "vkd.message", "vkd.data", "vkd.why"))
_OUTWARD = frozenset(
    ("textDocument/publishDiagnostics", "workspace/inlayHint/refresh", "workspace/codeLens/refresh", "$/progress")
)
_UNTITLED = "untitled:"
_FILE = "file:"
_LANGUAGE_ID = "vkd"

_REFUSED: Final = "$/notForPages"
"""A method that no server has, so that what asked for another is told so."""


def gated(transport: Transport, root: Path, *, private: bool = False) -> Transport:
    """A page's transport, limited to untitled documents and to the catalogue in the folder `root`; of `private` pages
    numbers may be computed of single units."""

    def messages() -> Iterator[Incoming]:
        for message in transport.messages:
            yield let_in(message, root, private=private) if isinstance(message, dict) else message

    def send(body: bytes) -> None:
        outgoing = let_out(json.loads(body))
        if outgoing is not None:
            transport.send(encode_message(to_json(outgoing)))

    return Transport(messages(), send)


def let_in(message: dict[str, object], root: Path, *, private: bool = False) -> dict[str, object]:
    """A page's message as the server may have it. A request that pages may not make becomes one for a method that does
    not exist."""
    if "method" not in message and ("result" in message or "error" in message):
        # Answers to the server's own questions could be settings, which name files.
        return {"jsonrpc": "2.0", "id": message.get("id"), "result": None}
    method, params = message.get("method"), message.get("params")
    if not isinstance(method, str):
        # It names nothing that could be carried out; the server says what is wrong with it.
        return message
    if method == "initialize":
        return {**message, "params": _introduced(params, root, private=private)}
    return message if _is_for_pages(method, params) else {**message, "method": _REFUSED, "params": None}


def let_out(message: dict[str, object]) -> dict[str, object] | None:
    """A message as the page may have it, without what names a file; None where nothing is left to say."""
    if "method" in message and message["method"] not in _OUTWARD:
        return None
    if not _names_a_file(message):
        return message
    kept = _without_files(message)
    if _names_a_file(kept):
        return {"jsonrpc": "2.0", "id": message["id"], "result": None} if "method" not in message else None
    return kept


def _is_for_pages(method: str, params: object) -> bool:
    if method == _OPENED:
        opened = _at(params, "textDocument", "languageId") == _LANGUAGE_ID
        return opened and _is_descriptions(_at(params, "textDocument", "uri"))
    if method == "workspace/executeCommand":
        command, arguments = _at(params, "command"), _at(params, "arguments")
        named = isinstance(arguments, list) and bool(arguments) and _is_descriptions(arguments[0])
        return named and isinstance(command, str) and command in _COMMANDS
    return method in _OTHERS or (method in _OF_A_DOCUMENT and _is_descriptions(_at(params, "textDocument", "uri")))


def _introduced(params: object, root: Path, *, private: bool) -> dict[str, object]:
    """The parameters of a page's `initialize`: the catalogue's folder and the settings are set here, not by the
    page."""
    language = _at(params, "initializationOptions", "language")
    capabilities = {key: _at(params, "capabilities", key) for key in ("general", "textDocument")}
    return {
        "processId": None,
        "rootUri": uri_of(root),
        "capabilities": {key: value for key, value in capabilities.items() if isinstance(value, dict)}
        | {"workspace": {"inlayHint": {"refreshSupport": True}}, "experimental": {"productReferences": True}},
        # The page lays hints over the blanks of its columns.
        "initializationOptions": {
            "language": language if isinstance(language, str) and is_language(language) else "",
            "hints.beside": True,
            "data.private": private,
        },
    }


def _without_files(value: dict[str, object]) -> dict[str, object]:
    return {key: _pruned(part) for key, part in value.items()}


def _pruned(value: object) -> object:
    """A value without the entries of its lists that name a file, as a fix or a related place; only the innermost such
    entry goes."""
    if isinstance(value, dict):
        return _without_files(value)
    if isinstance(value, list):
        return [one for one in map(_pruned, value) if not _names_a_file(one)]
    return value


def _names_a_file(value: object) -> bool:
    if isinstance(value, dict):
        return any(_names_a_file(key) or _names_a_file(part) for key, part in value.items())
    if isinstance(value, list):
        return any(map(_names_a_file, value))
    return isinstance(value, str) and value[: len(_FILE)].lower() == _FILE


def _is_descriptions(uri: object) -> bool:
    """Whether a URI is that of a document without a file which the server reads as descriptions."""
    return isinstance(uri, str) and uri.startswith(_UNTITLED) and kind_of(uri, _LANGUAGE_ID) is None


def _at(value: object, *path: str) -> object:
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value
