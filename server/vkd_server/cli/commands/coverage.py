"""How completely things are described: documents and their parts, definitions, sensitivity, times, access.

Each is a share, of the whole catalogue and of each of its collections. Exit code 1 where one of the whole catalogue is
below --min. With --since and --history earlier revisions in git are read; nothing is written but what --badge and
--plot name.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from vkd_catalog.configuration import ConfigurationError, configuration_for
from vkd_catalog.coverage import coverage_of
from vkd_catalog.in_memory import InMemoryCatalogue
from vkd_catalog.languages import languages, say
from vkd_grammar.parser import Parser
from vkd_server.cli import FOUND, CallError
from vkd_server.cli.catalogues import catalogue_of
from vkd_server.cli.git import Repository, Revision, repository_of
from vkd_server.cli.parser import positive, share
from vkd_server.cli.revisions import AtRevision, by_object
from vkd_server.cli.streams import print_json, print_line
from vkd_server.features.coverage.rendering import Moment, Told, as_json, as_markdown, as_text, below, measure_name

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

_MOST_REVISIONS = 20
"""So many revisions are plotted where the call does not say."""


def add_arguments(parser: ArgumentParser) -> None:
    """Adds the arguments of `vkd coverage` to its parser."""
    add = parser.add_argument
    add("--output-format", choices=("text", "json", "markdown"), default="text")
    add("--min", type=share, metavar="SHARE", help="from 0 to 1: exit 1 where a share of the catalogue is below it")
    add("--since", metavar="REV", help="tell how it changed since a revision in git")
    add("--history", type=positive, metavar="N", help="tell the last N revisions in git that changed the workspace")
    add("--badge", metavar="FILE", type=Path, help="write a badge (SVG)")
    add("--plot", metavar="FILE", type=Path, help="write a plot over revisions in git (SVG)")
    add("--language", choices=languages(), help="the language of what is said; else the catalogue's")
    add("--workspace", metavar="DIR", type=Path, default=Path(), help="else that of the current folder")


def run(arguments: Namespace) -> int:
    """Counts and prints. Returns 1 where a share is below the least that is asked for, else 0."""
    if not arguments.workspace.is_dir():
        raise CallError(f"{arguments.workspace}: no such folder")
    catalogue = catalogue_of(configuration_for(arguments.workspace.resolve()), language=arguments.language)
    language = arguments.language or catalogue.language
    told = Told(catalogue.configuration.name, coverage_of(catalogue))
    if arguments.since or arguments.history or arguments.plot:
        told = _with_earlier(told, catalogue.root, arguments)
    if arguments.output_format == "json":
        print_json(json.dumps(as_json(told), ensure_ascii=False, indent=1))
    else:
        sys.stdout.write((as_markdown if arguments.output_format == "markdown" else as_text)(told, language))
    _draw(told, arguments, language)
    lacking = below(told.now, arguments.min) if arguments.min is not None else []
    if lacking:
        names = ", ".join(measure_name(one, language) for one in lacking)
        print_line(f"vkd coverage: {say('coverage.below', language, measures=names)}", error=True)
    return FOUND if lacking else 0


def _with_earlier(told: Told, root: Path, arguments: Namespace) -> Told:
    """The coverage, with that of the revisions that the call asks for."""
    repository = repository_of(root)
    reader = _Earlier(repository)
    if arguments.since:
        revision = repository.revision(arguments.since)
        since = reader.moment(revision)
        if since is None:
            raise CallError(f"{arguments.since}: has no such workspace, or its vkd.toml cannot be read")
        told = told._replace(since=since)
    if arguments.history or arguments.plot:
        history = tuple(reader.history(arguments.history or _MOST_REVISIONS))
        told = told._replace(history=history if arguments.history or arguments.output_format == "json" else ())
        if arguments.plot:
            _write(arguments.plot, _plotted(told, history, arguments))
    return told


def _plotted(told: Told, history: Sequence[Moment], arguments: Namespace) -> str:
    from vkd_server.features.coverage.drawing import plot

    language = arguments.language or configuration_for(arguments.workspace.resolve()).language
    now = Moment(say("difference.files-now", language), told.now)
    return plot([*history, now], say("coverage.plot", language, catalogue=told.catalogue), language)


def _draw(told: Told, arguments: Namespace, language: str) -> None:
    if arguments.badge:
        from vkd_server.features.coverage.drawing import badge

        _write(arguments.badge, badge(told.now, language))


def _write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")


class _Earlier:
    """Reads earlier states of a workspace; files that are the same in several are read once."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._had: InMemoryCatalogue | None = None

    def history(self, most: int) -> Iterator[Moment]:
        """The last revisions that changed the workspace, oldest first; those in which it cannot be read are left
        out."""
        for revision, seconds in reversed(self._repository.revisions_of(most)):
            day = datetime.fromtimestamp(seconds, UTC).date().isoformat()
            moment = self.moment(revision, day)
            if moment is not None:
                yield moment

    def moment(self, revision: Revision, day: str = "") -> Moment | None:
        """The coverage at one revision; None where there is no workspace, or none that can be read."""
        state = AtRevision(self._repository, revision)
        try:
            configuration = state.settings()
        except ConfigurationError:
            return None
        known = by_object(self._had.contents, state.one_object) if self._had else {}
        contents = state.read(configuration, known)
        if not contents:
            return None
        catalogue = (
            self._had.beside(configuration, contents)
            if self._had
            else InMemoryCatalogue(configuration, contents, Parser())
        )
        self._had = catalogue
        return Moment(revision.named, coverage_of(catalogue), day)
