"""textDocument/codeLens and codeLens/resolve: what can be done with each demand, and whom each product concerns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vkd_server.features.navigation.headings import headings
from vkd_server.lsp import fields
from vkd_server.lsp.names import PROFILES
from vkd_server.lsp.requests.answers import numbers_offered
from vkd_server.lsp.requests.answers.demand_commands import demand_commands
from vkd_server.lsp.requests.answers.profiles import effect_at, has_lenses
from vkd_server.lsp.rpc import Steps

if TYPE_CHECKING:
    from vkd_server.lsp.context import Context
    from vkd_server.lsp.convert import Json
    from vkd_server.lsp.params import Item, OfDocument


def lenses(context: Context, params: OfDocument) -> Steps:
    """What can be done with each demand, above it: its numbers are shown where an answer has some. One lens a product,
    where there are interest profiles.

    What a product's lens says takes the profiles, so that it is found when the lens is shown (`resolve`).
    """
    document = context.open_document(params.uri)
    language = document.project.catalogue.language
    stand = yield from has_lenses(context, document)
    with_numbers = numbers_offered.has_lenses(document)
    found: list[Json] = []
    for heading in headings(document.document):
        start = {"line": heading.row, "character": 0}
        place = {"start": start, "end": start}
        if heading.kind == "demand":
            commands = [*demand_commands(context, document.uri, heading.row, language)]
            piece = document.snapshot.piece_at(heading.row) if with_numbers else None
            if piece is not None:
                commands += yield from numbers_offered.numbers_lens(context, document, piece, heading.row)
            found += [{"range": place, "command": command} for command in commands]
        elif stand:
            found.append({"range": place, "data": {"uri": document.uri, "line": heading.row}})
    return found


def resolve(context: Context, params: Item) -> Steps:
    """A product's lens with what it says: how many profiles it meets, and what an unsaved edit does to that."""
    from vkd_server.features.answers.profiles import in_short

    lens = dict(params.item)
    data = params.data
    if not isinstance(data, dict) or "command" in lens:
        return lens
    uri, line = fields.text(data, "uri"), fields.number(data, "line")
    document = context.files.document(uri)
    if document is None:
        raise fields.invalid("the document is not open")
    effect = yield from effect_at(context, document, line)
    title = in_short(effect, document.project.catalogue.language)
    lens["command"] = {"title": title, "command": PROFILES, "arguments": [uri, line]}
    return lens
