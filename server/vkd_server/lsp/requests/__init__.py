"""Everything the server answers, in one ordered table: the method, what is advertised about it, and who answers."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from lsprotocol import types

from vkd_server.lsp.requests import completion, diagnostic, hover, synchronization

if TYPE_CHECKING:
    from vkd_server.lsp.server import Server

Answer = Callable[["Server", object], object]
Command = Callable[["Server", list[object]], object]


class Feature(NamedTuple):
    """One method of the protocol; `options` are what the capabilities say about it, None for nothing more than that it is."""

    method: str
    answer: Answer
    options: object = None


FEATURES: tuple[Feature, ...] = (
    Feature(types.TEXT_DOCUMENT_DID_OPEN, synchronization.did_open),
    Feature(types.TEXT_DOCUMENT_DID_CHANGE, synchronization.did_change),
    Feature(types.TEXT_DOCUMENT_DID_CLOSE, synchronization.did_close),
    Feature(types.TEXT_DOCUMENT_DID_SAVE, synchronization.did_save, types.SaveOptions(include_text=False)),
    Feature(
        types.TEXT_DOCUMENT_DIAGNOSTIC,
        diagnostic.document,
        types.DiagnosticOptions(inter_file_dependencies=True, workspace_diagnostics=True, identifier="vkd"),
    ),
    Feature(
        types.TEXT_DOCUMENT_COMPLETION,
        completion.complete,
        types.CompletionOptions(trigger_characters=["/", " ", "[", "=", ";", ":"], resolve_provider=True),
    ),
    Feature(types.COMPLETION_ITEM_RESOLVE, completion.resolve),
    Feature(types.TEXT_DOCUMENT_HOVER, hover.hover),
)

COMMANDS: Mapping[str, Command] = {}
