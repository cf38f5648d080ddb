"""workspace/executeCommand: the commands of LANGUAGE.md section 11, and `vkd.profiles` for a product at a line.

What evaluates demands is imported when the first is run: not everybody who opens a file runs one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from vkd_server.lsp import params as read
from vkd_server.lsp.convert import Fragment
from vkd_server.lsp.requests.standing import PROFILES, effect_at
from vkd_server.lsp.rpc import REQUEST_FAILED, RpcError, Steps

if TYPE_CHECKING:
    from vkd_server.features.run import Run
    from vkd_server.lsp.server import Server
    from vkd_server.workspace.documents import OpenDocument

Arguments = list[object]
Command = Callable[["Server", Arguments], object]


def execute(server: Server, params: object) -> object:
    """Hands a command to whoever carries it out."""
    name = read.text(params, "command")
    arguments = read.optional(params, "arguments")
    if name not in COMMANDS:
        raise read.invalid(f"no such command: {name[:100]}")
    return COMMANDS[name](server, arguments if isinstance(arguments, list) else [])


def run(server: Server, arguments: Arguments) -> Steps:
    """The answers to a document's demands, or to the one at a line, as `vkd run --output-format json` prints them."""
    from vkd_server.features.run_json import runs_as_json

    document = _document(server, arguments)
    rows = range(len(document.document.rows))
    if len(arguments) > 1 and arguments[1] is not None:
        at = document.document.index_at(_line(arguments))
        rows = rows[at : at + 1]
    yield from server.when_registered(document.home)
    runs = [found for index in rows if (found := server.files.run(document, index))]
    return runs_as_json(runs, document.home.catalogue, public=document.home.catalogue.is_public)


def show_message(server: Server, arguments: Arguments) -> Steps:
    """Shows the reference message of the demand at a line, and answers its text in Markdown."""
    from vkd_server.features.message import message_text

    document, line = _document(server, arguments), _line(arguments)
    yield from server.when_registered(document.home)
    found = _run_at(server, document, line)
    text = message_text(found, document.home.catalogue)
    server.show_message(document, line, found.answer.id, text)
    return text


def tell_why(server: Server, arguments: Arguments) -> Steps:
    """Why a product is not among the answers to the demand at a line."""
    from vkd_server.features.why import why

    document, line = _document(server, arguments), _line(arguments)
    identification = arguments[2] if len(arguments) > 2 else None
    if not isinstance(identification, str):
        raise read.invalid("the third argument must be the identification of a product")
    yield from server.when_registered(document.home)
    return why(_run_at(server, document, line), identification, document.home.catalogue)


def profiles(server: Server, arguments: Arguments) -> Steps:
    """Shows which interest profiles the product at a line meets, and answers it as data."""
    from vkd_server.features.standing import as_json, as_markdown

    document, line = _document(server, arguments), _line(arguments)
    effect = yield from effect_at(server, document, line)
    text = as_markdown(effect, document.home.catalogue.language)
    server.show_message(document, line, effect.product, text)
    return as_json(effect)


def rebuild(server: Server, _arguments: Arguments) -> None:
    """Reads the catalogue anew."""
    server.files.read_anew()
    server.refresh()


COMMANDS: Mapping[str, Command] = {
    "vkd.run": run,
    "vkd.showMessage": show_message,
    "vkd.why": tell_why,
    PROFILES: profiles,
    "vkd.rebuild": rebuild,
}


def _run_at(server: Server, document: OpenDocument[Fragment], line: int) -> Run:
    found = None
    if document.document.descriptions:
        found = server.files.run(document, document.document.index_at(line))
    if found is None:
        raise RpcError(REQUEST_FAILED, "there is no demand at that line")
    return found


def _document(server: Server, arguments: Arguments) -> OpenDocument[Fragment]:
    uri = arguments[0] if arguments else None
    if not isinstance(uri, str):
        raise read.invalid("the first argument must be a document's URI")
    document = server.files.read(uri)
    if document is None:
        raise read.invalid("the document is not open and cannot be read")
    return document


def _line(arguments: Arguments) -> int:
    line = arguments[1] if len(arguments) > 1 else None
    if not isinstance(line, int) or isinstance(line, bool) or line < 0:
        raise read.invalid("the second argument must be a line, counted from 0")
    return line
