"""The command `vkd.showStatus`, and the virtual document `vkd-status:/vkd.md` that it shows.

With `{"verify": true}`, and as `vkd-status:/vkd.md?verify`, registers are compared with the files.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING

from vkd_catalog.engines import RegisterError
from vkd_server import __version__
from vkd_server.features.explain.status import CatalogueStatus, Setting, Status, catalogue_status, status_text
from vkd_server.lsp import fields
from vkd_server.lsp.messages import STATUS_SCHEME, write_message
from vkd_server.workspace.origins import DEFAULT, catalogue_settings, session_settings

if TYPE_CHECKING:
    from vkd_catalog.catalogue import Catalogue
    from vkd_server.lsp.context import Context
    from vkd_server.workspace.project import Project

"""The command."""

_URI = f"{STATUS_SCHEME}:/vkd.md"
_VERIFY = "?verify"

Telling = Generator[str | None, None, str]


def show_status(context: Context, arguments: list[object]) -> Telling:
    """Shows how the server is doing: settings and where each is set, catalogues, times, recent errors; with `{"verify":
    true}` also whether the stored registers say what the files say."""
    verify = fields.optional(arguments[0] if arguments else None, "verify") is True
    text = yield from status(context, verify=verify)
    projects = projects_in_use(context)
    uri = _URI + (_VERIFY if verify else "")
    context.screen.show(
        uri, lambda: write_message(projects[0].catalogue.root, "vkd-status", text) if projects else None
    )
    return text


def status_at(context: Context, uri: str) -> Telling:
    """The page that a URI names."""
    return status(context, verify=uri.endswith(_VERIFY))


def status(context: Context, *, verify: bool = False) -> Telling:
    """The page in Markdown. It can be made at any time, also while catalogues are being read."""
    projects = projects_in_use(context)
    catalogues = []
    for project in projects:
        catalogues.append((yield from _catalogue(context, project, verify=verify)))
    documents = list(context.files.documents)
    position = Setting(
        "positionEncoding", context.client.encoding, DEFAULT if context.client.encoding == "utf-16" else "editor"
    )
    found = Status(
        __version__,
        catalogues,
        [*session_settings(context.files.settings), position],
        len(documents),
        sum(len(one.document.lines) for one in documents),
        context.files.closed.count,
        context.record.times(),
        context.record.mishaps(),
    )
    language = context.files.settings.language or (projects[0].catalogue.language if projects else "en")
    return status_text(found, language)


def _catalogue(context: Context, project: Project, *, verify: bool) -> Generator[str | None, None, CatalogueStatus]:
    settings = catalogue_settings(project, context.files.settings)
    if not project.catalogue.is_registered:
        return catalogue_status(project.catalogue, settings, registered=False)
    language = context.files.settings.language

    def tell(view: Catalogue) -> CatalogueStatus:
        return catalogue_status(view, settings, language, registered=True, verify=verify)

    try:
        return (yield from context.files.search(project, tell))
    except RegisterError as error:
        known = catalogue_status(project.catalogue, settings, registered=False)
        return known._replace(register=(error.text(language or project.catalogue.language),))


def projects_in_use(context: Context) -> list[Project]:
    """The catalogues in use: those of the client's folders, and those of open documents."""
    projects = [*context.files.projects(), *(document.project for document in context.files.documents)]
    return list({project.catalogue.root: project for project in projects}.values())
