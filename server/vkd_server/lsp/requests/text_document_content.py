"""workspace/textDocumentContent: the text of virtual documents (LSP 3.18).

`vkd-message:…` is a demand's reference message, `vkd-rule:/VKD101.md` the explanation of a diagnostic.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vkd_server.features.rule_text import rule_text
from vkd_server.lsp import params as read
from vkd_server.lsp.convert import RULE_SCHEME
from vkd_server.lsp.messages import target_of

if TYPE_CHECKING:
    from vkd_server.lsp.server import Server


def content(server: Server, params: object) -> object:
    """The text of a virtual document; empty where there is no longer anything to say."""
    uri = read.text(params, "uri")
    if uri.startswith(f"{RULE_SCHEME}:"):
        code = uri.removeprefix(f"{RULE_SCHEME}:").strip("/").removesuffix(".md")
        return {"text": rule_text(code, server.files.settings.language or "nb")}
    from vkd_server.features.message import message_text

    target = target_of(uri)
    if target is None:
        raise read.invalid("no such document")
    document = server.files.read(target.document)
    if document is None or not document.document.descriptions:
        return {"text": ""}
    run = server.files.run(document, document.document.index_at(target.line))
    return {"text": message_text(run, document.home.catalogue) if run else ""}
