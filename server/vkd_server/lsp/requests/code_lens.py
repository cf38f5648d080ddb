"""textDocument/codeLens: what can be done with each demand, above it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vkd_server.features.phrases import RUN, SHOW_MESSAGE

if TYPE_CHECKING:
    from vkd_server.lsp.convert import Json
    from vkd_server.lsp.server import Server


def lenses(server: Server, params: object) -> object:
    """Two lenses a demand: show its reference message, and run it."""
    document = server.open_document(params)
    language = document.home.catalogue.language
    commands = ((SHOW_MESSAGE.in_language(language), "vkd.showMessage"), (RUN.in_language(language), "vkd.run"))
    found: list[Json] = []
    for row, description in document.document.pieces():
        if description.kind == "demand" and description.header is not None:
            place = {"line": row + description.header.row, "character": 0}
            for title, command in commands:
                arguments = [document.uri, row + description.header.row]
                found.append(
                    {
                        "range": {"start": place, "end": place},
                        "command": {"title": title, "command": command, "arguments": arguments},
                    }
                )
    return found
