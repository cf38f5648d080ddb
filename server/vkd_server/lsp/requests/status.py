"""The command `vkd.showStatus`, and the virtual document `vkd-status:/vkd.md` that it shows.

With `{"verify": true}`, and as `vkd-status:/vkd.md?verify`, registers are compared with the files.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING

from vkd_server import __version__
from vkd_server.features.explain.status import CatalogueStatus, Setting, Status, catalogue_status, status_text
from vkd_server.lsp import params as read
from vkd_server.lsp.messages import STATUS_SCHEME, write_message
from vkd_server.workspace.origins import DEFAULT, catalogue_settings, session_settings

if TYPE_CHECKING:
    from vkd_catalog.catalogue import Catalogue
    from vkd_server.lsp.server import Server
    from vkd_server.workspace.home import Home

"""The command."""

_URI = f"{STATUS_SCHEME}:/vkd.md"
_VERIFY = "?verify"

Telling = Generator[str | None, None, str]


def show_status(server: Server, arguments: list[object]) -> Telling:
    """Shows how the server is doing: what holds and where it is set, what it knows, times, the latest errors; with
    `{"verify": true}` also whether the stored registers say what the files say."""
    verify = read.optional(arguments[0] if arguments else None, "verify") is True
    text = yield from status(server, verify=verify)
    homes = homes_in_use(server)
    uri = _URI + (_VERIFY if verify else "")
    server.show(uri, lambda: write_message(homes[0].catalogue.root, "vkd-status", text) if homes else None)
    return text


def status_at(server: Server, uri: str) -> Telling:
    """The page that a URI names."""
    return status(server, verify=uri.endswith(_VERIFY))


def status(server: Server, *, verify: bool = False) -> Telling:
    """The page in Markdown. It is told at once, also while catalogues are being read."""
    homes = homes_in_use(server)
    catalogues = []
    for home in homes:
        catalogues.append((yield from _catalogue(server, home, verify=verify)))
    documents = list(server.files.documents)
    position = Setting("positionEncoding", server.encoding, DEFAULT if server.encoding == "utf-16" else "editor")
    found = Status(
        __version__,
        catalogues,
        [*session_settings(server.files.settings), position],
        len(documents),
        sum(len(one.document.lines) for one in documents),
        server.files.closed.count,
        server.record.times(),
        server.record.mishaps(),
    )
    language = server.files.settings.language or (homes[0].catalogue.language if homes else "en")
    return status_text(found, language)


def _catalogue(server: Server, home: Home, *, verify: bool) -> Generator[str | None, None, CatalogueStatus]:
    settings = catalogue_settings(home, server.files.settings)
    if not home.catalogue.is_registered:
        return catalogue_status(home.catalogue, settings, registered=False)
    server.files.cover(home)
    language = server.files.settings.language

    def tell(view: Catalogue) -> CatalogueStatus:
        return catalogue_status(view, settings, language, registered=True, verify=verify)

    return (yield from server.files.beside(home.catalogue, tell))


def homes_in_use(server: Server) -> list[Home]:
    """The catalogues in use: those of the client's folders, and those of open documents."""
    homes = [*server.files.homes(), *(document.home for document in server.files.documents)]
    return list({home.catalogue.root: home for home in homes}.values())
