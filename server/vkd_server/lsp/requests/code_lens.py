"""textDocument/codeLens and codeLens/resolve: what can be done with each demand, and whom each product concerns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vkd_server.features.navigation.headings import headings
from vkd_server.lsp import params as read
from vkd_server.lsp.names import PROFILES
from vkd_server.lsp.requests.demand_commands import demand_commands
from vkd_server.lsp.requests.standing import effect_at, has_lenses
from vkd_server.lsp.rpc import Steps

if TYPE_CHECKING:
    from vkd_server.lsp.convert import Json
    from vkd_server.lsp.server import Server


def lenses(server: Server, params: object) -> Steps:
    """What can be done with each demand, above it. One lens a product, where there are interest profiles.

    What a product's lens says takes the profiles, so that it is found when the lens is shown (`resolve`).
    """
    document = server.open_document(params)
    language = document.home.catalogue.language
    stand = yield from has_lenses(server, document)
    found: list[Json] = []
    for heading in headings(document.document):
        start = {"line": heading.row, "character": 0}
        place = {"start": start, "end": start}
        if heading.kind == "demand":
            commands = demand_commands(server, document.uri, heading.row, language)
            found += [{"range": place, "command": command} for command in commands]
        elif stand:
            found.append({"range": place, "data": {"uri": document.uri, "line": heading.row}})
    return found


def resolve(server: Server, params: object) -> Steps:
    """A product's lens with what it says: how many profiles it meets, and what an unsaved edit does to that."""
    from vkd_server.features.answers.profiles import in_short

    lens = dict(read.mapping(params))
    data = lens.get("data")
    if not isinstance(data, dict) or "command" in lens:
        return lens
    uri, line = read.text(data, "uri"), read.number(data, "line")
    document = server.files.document(uri)
    if document is None:
        raise read.invalid("the document is not open")
    effect = yield from effect_at(server, document, line)
    title = in_short(effect, document.home.catalogue.language)
    lens["command"] = {"title": title, "command": PROFILES, "arguments": [uri, line]}
    return lens
