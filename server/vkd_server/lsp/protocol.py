"""pygls' protocol, with sending and reading replaced by the server's own."""

import json
from collections.abc import Callable
from typing import Any

from lsprotocol import types
from pygls.protocol import LanguageServerProtocol

from vkd_grammar.text import Encoding
from vkd_server.lsp import fields
from vkd_server.lsp.convert import RULE_SCHEME
from vkd_server.lsp.converter import View
from vkd_server.lsp.frames import encode_message
from vkd_server.lsp.messages import SCHEME, STATUS_SCHEME

_PREFERRED: tuple[Encoding, ...] = ("utf-32", "utf-8")
"""The encodings taken when offered: the server's own columns are code points, and UTF-16 is what every client can."""


class Protocol(LanguageServerProtocol):
    """The parts of the protocol that pygls does: the lifecycle, the capabilities, and requests to the client."""

    send: Callable[[bytes], None]

    def initialize(self, params: object, encoding: Encoding) -> object:
        """The result of `initialize`, with an encoding of positions that the client offers."""
        declared = fields.mapping(params, "capabilities")
        general = fields.optional(declared, "general")
        offered = {**(general if isinstance(general, dict) else {}), "positionEncodings": [encoding]}
        process = fields.optional(params, "processId")
        process = process if isinstance(process, int) else None
        view: Any = View({"processId": process, "capabilities": {**declared, "general": offered}})
        steps = self.lsp_initialize(view)
        result: types.InitializeResult | None = None
        while result is None:
            try:
                next(steps)
            except StopIteration as end:
                result = end.value
        _complete(result.capabilities)
        return self._converter.unstructure(result)

    def respond(self, message: dict[str, object]) -> None:
        """Handles the client's response to one of the server's requests."""
        ident, error = message.get("id"), message.get("error")
        view: Any = View(error) if isinstance(error, dict) else None
        if isinstance(ident, int | str):
            self._handle_response(ident, message.get("result"), view)

    def _send_data(self, data: Any) -> None:
        self.send(encode_message(json.dumps(data, default=self._serialize_message, ensure_ascii=False)))


def chosen_encoding(params: object) -> Encoding:
    """The encoding of positions, among those the client offers."""
    offered = fields.optional(params, "capabilities", "general", "positionEncodings")
    return next((one for one in _PREFERRED if isinstance(offered, list) and one in offered), "utf-16")


def _complete(capabilities: types.ServerCapabilities) -> None:
    """Adds the capabilities that pygls' builder leaves out."""
    workspace = capabilities.workspace or types.WorkspaceOptions()
    workspace.text_document_content = types.TextDocumentContentOptions(schemes=[SCHEME, RULE_SCHEME, STATUS_SCHEME])
    capabilities.workspace = workspace
