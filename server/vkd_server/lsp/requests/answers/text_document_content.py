"""workspace/textDocumentContent: the text of virtual documents (LSP 3.18).

`vkd-message:…` is a demand's reference message, with numbers below it or without, or the profiles that a product meets;
`vkd-rule:/VKD101.md` explains a diagnostic; `vkd-status:/vkd.md` is the page of the server's status.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vkd_server.features.explain.rule_text import rule_text
from vkd_server.lsp import fields
from vkd_server.lsp.convert import RULE_SCHEME
from vkd_server.lsp.messages import STATUS_SCHEME, target_of
from vkd_server.lsp.requests.answers.answers import as_message
from vkd_server.lsp.requests.answers.numbers import message_with_numbers
from vkd_server.lsp.requests.answers.profiles import effect_at
from vkd_server.lsp.requests.explain.status import status_at
from vkd_server.lsp.rpc import Steps

if TYPE_CHECKING:
    from vkd_server.lsp.context import Context
    from vkd_server.lsp.params import Virtual


def content(context: Context, params: Virtual) -> Steps:
    """The text of a virtual document; empty where its demand, product or diagnostic is no longer there."""
    uri = params.address
    if uri.startswith(f"{RULE_SCHEME}:"):
        code = uri.removeprefix(f"{RULE_SCHEME}:").strip("/").removesuffix(".md")
        return {"text": rule_text(code, context.files.settings.language or "nb")}
    context.screen.is_given(uri)
    if uri.startswith(f"{STATUS_SCHEME}:"):
        return {"text": (yield from status_at(context, uri))}
    from vkd_server.features.answers.profiles import as_markdown

    target = target_of(uri)
    if target is None:
        raise fields.invalid("no such document")
    document = context.files.read(target.document)
    if document is None or not document.document.descriptions:
        return {"text": ""}
    index = document.document.index_at(target.line)
    if document.document.descriptions[index].kind == "product":
        effect = yield from effect_at(context, document, target.line)
        return {"text": as_markdown(effect, document.project.catalogue.language)}
    if target.below is not None:
        return {"text": (yield from message_with_numbers(context, document, index, target.below))}
    found = yield from as_message(context, document, index)
    return {"text": found[1] if found else ""}
