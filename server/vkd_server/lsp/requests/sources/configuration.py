"""The answers to requests about an open `vkd.toml`, by method. A `vkd.toml` takes effect when it is saved."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from vkd_catalog.languages import say
from vkd_catalog.toml import read_toml
from vkd_server.features.configuration.aliases import defined_at
from vkd_server.features.configuration.completion import complete as complete_at
from vkd_server.features.configuration.problems import SettingsProblem, settings_problems
from vkd_server.features.configuration.spots import hover as hover_at
from vkd_server.features.configuration.spots import paths
from vkd_server.features.diagnostics import diagnose_settings
from vkd_server.lsp.convert import RULE_SCHEME, SEVERITIES, Json, Outward
from vkd_server.lsp.frames import to_json
from vkd_server.lsp.marked_up import hover_text
from vkd_server.lsp.names import QUICK_FIX
from vkd_server.lsp.reports import report
from vkd_server.lsp.requests.completion.completion import completion_list
from vkd_server.lsp.requests.navigation import aliases
from vkd_server.lsp.requests.refactoring.code_action import is_wanted
from vkd_server.lsp.requests.sources import source_synchronization
from vkd_server.lsp.rpc import Encoded, Steps
from vkd_server.rules.shared.wording import quoted
from vkd_server.workspace.uris import uri_of

if TYPE_CHECKING:
    from vkd_server.lsp.context import Context
    from vkd_server.lsp.params import ActionsIn, AtPlace, Changed, OfDocument, Renamed, SinceResult, UsesOf
    from vkd_server.lsp.session import Session
    from vkd_server.workspace.open_sources import Source
    from vkd_server.workspace.project import Project

_MODULE = 2
"""SymbolKind of a section; a key is a property."""
_PROPERTY = 7


class Asked(NamedTuple):
    """An open `vkd.toml`, the folder that its paths start from, and its catalogue as it was saved."""

    source: Source
    root: Path
    project: Project
    place: Outward


def asked(context: Context, uri: str) -> Asked:
    """The open `vkd.toml` that a request is about."""
    return _about(context, source_synchronization.source_of(context.files, uri))


def publish(session: Session, uri: str) -> None:
    """Sends the diagnostics of an open `vkd.toml` to clients that do not ask for them."""
    source = session.files.sources.get(uri)
    if source is not None and session.publisher.active:
        session.publisher.source(uri, source.version, to_json(_items(_about(session.context, source))))


def did_change(session: Session, params: Changed) -> None:
    """Applies the changes, and sends the new diagnostics."""
    source_synchronization.did_change(session, params)
    publish(session, params.uri)


def did_save(session: Session, params: OfDocument) -> None:
    """Reads the catalogues again, and the list of files with them, which may have changed too."""
    source_synchronization.did_save(session, params)
    publish(session, params.uri)


def diagnostics(context: Context, params: SinceResult) -> object:
    """The problems in an open `vkd.toml`: what cannot be read, and names of files or folders that do not exist."""
    kind, rest = report(to_json(_items(asked(context, params.uri))), params.previous)
    return Encoded(f'{{"kind":"{kind}",{rest}}}')


def file_items(context: Context, project: Project, lines: Sequence[str]) -> list[Json]:
    """The diagnostics of a catalogue's `vkd.toml` that is not open."""
    root = project.catalogue.root
    return [_item(one, Outward(lines, context.client.encoding)) for one in _problems_in(lines, root, project)]


def code_actions(context: Context, params: ActionsIn) -> object:
    """Replacements for names and values that are not known."""
    about = asked(context, params.uri)
    if not is_wanted(QUICK_FIX, params.only):
        return []
    span = context.client.span(params.stretch, about.source.lines)
    language = about.project.catalogue.language
    actions: list[Json] = []
    for problem in _problems(about):
        if problem.start <= span.end and span.start <= problem.end:
            for text in problem.instead:
                title = say("settings-file.write", language, text=quoted(text, language))
                edit = {"range": about.place.range(problem.start, problem.end), "newText": text}
                actions.append({"title": title, "kind": QUICK_FIX, "edit": {"changes": {about.source.uri: [edit]}}})
    return actions


def hover(context: Context, params: AtPlace) -> object:
    """What a section, a key or a value is for."""
    about = asked(context, params.uri)
    found = hover_at(
        about.source.lines,
        context.client.position(params.place, about.source.lines),
        about.project.catalogue.language,
        about.root,
    )
    if found is None:
        return None
    place = about.place.range(found.start, found.end)
    return {"contents": hover_text(context.client, found.text), "range": place}


def complete(context: Context, params: AtPlace) -> object:
    """Sections, keys that are not there yet, and values."""
    about = asked(context, params.uri)
    found = complete_at(
        about.source.lines, context.client.position(params.place, about.source.lines), about.project.catalogue
    )
    if found is None:
        return {"isIncomplete": False, "items": []}
    return completion_list(context, found, about.source.uri, about.source.lines, about.project.catalogue.language)


def location(context: Context, params: AtPlace) -> object:
    """The file that a path at a place leads to."""
    about = asked(context, params.uri)
    position = context.client.position(params.place, about.source.lines)
    start = {"line": 0, "character": 0}
    found = (path for path in paths(about.source.lines, about.root) if path.start <= position <= path.end)
    target = next((path.target for path in found), None)
    return {"uri": uri_of(target), "range": {"start": start, "end": start}} if target else None


def document_links(context: Context, params: OfDocument) -> object:
    """The files that the `vkd.toml` names."""
    about = asked(context, params.uri)
    return [
        {"range": about.place.range(path.start, path.end), "target": uri_of(path.target)}
        for path in paths(about.source.lines, about.root)
    ]


def references(context: Context, params: UsesOf) -> Steps:
    """Where an archive's alias is used: every address that begins with it, one text at a time."""
    about = asked(context, params.uri)
    alias = defined_at(about.source.lines, context.client.position(params.place, about.source.lines))
    if alias is None:
        return []
    found: list[Json] = []
    if params.declared:
        found.append({"uri": about.source.uri, "range": about.place.range(alias.start, alias.end)})
    return found + (yield from aliases.uses(context, about.project, alias.text))


def prepare_rename(context: Context, params: AtPlace) -> object:
    """The alias at a place."""
    about = asked(context, params.uri)
    alias = defined_at(about.source.lines, context.client.position(params.place, about.source.lines))
    if alias is None:
        return None
    return {"range": about.place.range(alias.start, alias.end), "placeholder": alias.text}


def rename(context: Context, params: Renamed) -> Generator[str | None, None, object]:
    """Another name for an alias, in its `vkd.toml` and in every address that begins with it, one document at a time."""
    about = asked(context, params.uri)
    new = params.name
    alias = defined_at(about.source.lines, context.client.position(params.place, about.source.lines))
    return (yield from aliases.edits(context, about.project, alias, new)) if alias else None


def symbols(context: Context, params: OfDocument) -> object:
    """The sections and their keys."""
    about = asked(context, params.uri)
    toml = read_toml(about.source.lines)
    places = [
        *((".".join(one.path), _MODULE, one.start, one.end, one.end) for one in toml.headers),
        *((".".join(one.path), _PROPERTY, one.start, one.end, one.last) for one in toml.entries),
    ]
    return [
        {
            "name": name or "?",
            "kind": kind,
            "location": {"uri": about.source.uri, "range": about.place.range(start, last)},
        }
        for name, kind, start, _, last in sorted(places, key=lambda place: place[2])
    ]


def _about(context: Context, source: Source) -> Asked:
    project = context.files.project_of(source.path)
    root = source.path.parent if source.path else project.catalogue.root
    return Asked(source, root, project, Outward(source.lines, context.client.encoding))


def _problems(about: Asked) -> list[SettingsProblem]:
    return _problems_in(about.source.lines, about.root, about.project)


def _problems_in(lines: Sequence[str], root: Path, project: Project) -> list[SettingsProblem]:
    catalogue = project.catalogue
    found = diagnose_settings(lines, catalogue) if root == catalogue.root else ()
    return settings_problems(lines, root, catalogue.language, found)


def _items(about: Asked) -> list[Json]:
    return [_item(one, about.place) for one in _problems(about)]


def _item(one: SettingsProblem, place: Outward) -> Json:
    code = {"code": one.code, "codeDescription": {"href": f"{RULE_SCHEME}:/{one.code}.md"}} if one.code else {}
    severity = SEVERITIES[one.severity]
    item = {"range": place.range(one.start, one.end), "severity": severity, **code, "source": "vkd"}
    return {**item, "message": one.message}


ANSWERS = {
    "textDocument/didChange": did_change,
    "textDocument/didSave": did_save,
    "textDocument/didClose": source_synchronization.did_close,
    "textDocument/diagnostic": diagnostics,
    "textDocument/completion": complete,
    "textDocument/hover": hover,
    "textDocument/definition": location,
    "textDocument/declaration": location,
    "textDocument/references": references,
    "textDocument/codeAction": code_actions,
    "textDocument/documentSymbol": symbols,
    "textDocument/documentLink": document_links,
    "textDocument/prepareRename": prepare_rename,
    "textDocument/rename": rename,
}
"""In the order of `FEATURES`."""
