"""`vkd web`: a page for those who have no editor, served to this machine's browsers and nobody else."""

from collections.abc import Callable
from functools import partial

from vkd_catalog.configuration import Configuration
from vkd_server.lsp import serve_browsers
from vkd_server.web.browse import Browse
from vkd_server.web.gate import gated
from vkd_server.web.site import Site
from vkd_server.workspace.background import BackgroundCatalogue
from vkd_server.workspace.public import PublicCatalogue

__all__ = ["serve_page"]

_HERE = "127.0.0.1"


def serve_page(configuration: Configuration, port: int, *, private: bool, ready: Callable[[str], None]) -> int:
    """Serves the page over one catalogue until the process is interrupted; port 0 is any free port.

    `ready` is called with the page's address once it can be opened. Unless `private`, nothing internal can be seen.
    Raises OSError where the port cannot be had.
    """
    make = BackgroundCatalogue if private else PublicCatalogue
    browse = Browse(configuration, make)
    site = Site(browse.ask)

    def listening(host: str, found: int) -> None:
        browse.prepare()
        ready(site.address(host, found))

    gate = partial(gated, root=configuration.root, private=private)
    return serve_browsers((_HERE, port), make, site.answer, gate, listening)
