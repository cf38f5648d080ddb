"""What the arguments of a command ask about: a document, and a line of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from vkd_server.lsp import fields
from vkd_server.lsp.rpc import REQUEST_FAILED, RpcError

if TYPE_CHECKING:
    from vkd_server.lsp.context import Context
    from vkd_server.workspace.documents import OpenDocument

Arguments = Sequence[object]


def demand_asked(context: Context, arguments: Arguments) -> tuple[OpenDocument, int, int]:
    """The document that the first argument names by its URI, the line, from 0, that is the second, and the index of the
    description there."""
    document, line = document_asked(context, arguments), line_asked(arguments)
    return document, line, index_at(document, line)


def document_asked(context: Context, arguments: Arguments) -> OpenDocument:
    """The document that the first argument names by its URI."""
    uri = arguments[0] if arguments else None
    if not isinstance(uri, str):
        raise fields.invalid("the first argument must be a document's URI")
    document = context.files.read(uri)
    if document is None:
        raise fields.invalid("the document is not open and cannot be read")
    return document


def line_asked(arguments: Arguments) -> int:
    """The line, from 0, that is the second argument."""
    line = arguments[1] if len(arguments) > 1 else None
    if not isinstance(line, int) or isinstance(line, bool) or line < 0:
        raise fields.invalid("the second argument must be a line, counted from 0")
    return line


def index_at(document: OpenDocument, line: int) -> int:
    """The index of the description at a line."""
    if not document.document.rows:
        raise no_demand()
    return document.document.index_at(line)


def no_demand() -> RpcError:
    """What is answered where no demand stands at the line."""
    return RpcError(REQUEST_FAILED, "there is no demand at that line")
