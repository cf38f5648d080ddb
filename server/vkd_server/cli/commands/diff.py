"""What changed in meaning between two revisions in git, or between one and the files as they are now.

REV is what git takes for a commit: a branch, a tag, HEAD~3. Without a second one it is compared with the files in the
working tree, as saved. A..B is the same as A B; A...B begins where the two parted, as a pull request does; HEAD may be
left out of both. With PATHs only the information sets and demands in those files and folders are told.

Reordering, synonyms, dittos, comments and layout are no change. Exit code 0 whether or not something changed, with
--exit-code 1 where it did, and 2 where the call cannot be carried out. Nothing is written and nothing is fetched.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from vkd_catalog.configuration import Configuration, ConfigurationError, configuration_for
from vkd_catalog.in_memory import InMemoryCatalogue
from vkd_catalog.languages import languages, say
from vkd_grammar.parser import Parser
from vkd_server.cli import FOUND, CallError
from vkd_server.cli.commands.test import ENDING, HEAD, answers_as_text
from vkd_server.cli.git import Repository, Revision, repository_of
from vkd_server.cli.revisions import AtRevision, OnDisk, State, by_object
from vkd_server.cli.streams import print_json
from vkd_server.features.answers.run import run_document
from vkd_server.features.difference import DemandChange, difference
from vkd_server.features.difference.rendering import Heading, as_json, as_markdown, as_text

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

_ERRORS = frozenset({"VKD601", "VKD603", "VKD604", "VKD605"})
"""What makes a vocabulary say less than is written in it."""


class _Call(NamedTuple):
    """What is compared: a revision with another, or with the working tree where that is None; and the paths to report
    on."""

    before: Revision
    now: Revision | None
    paths: tuple[str, ...]


class _Settings(NamedTuple):
    """The settings of both sides. Where those of one side cannot be read they are the other's, and `why` says so."""

    before: Configuration
    now: Configuration
    why: tuple[str, str]


def add_arguments(parser: ArgumentParser) -> None:
    """Adds the arguments of `vkd diff` to its parser."""
    add = parser.add_argument
    add("revision", metavar="REV", help="a revision, A..B or A...B")
    add("others", nargs="*", metavar="REV2 or PATH", help="a second revision; files or folders to tell of")
    formats = ("text", "json", "markdown")
    add("--output-format", "--format", choices=formats, default="text", help="markdown is for a pull request")
    add("--exit-code", action="store_true", help="exit with 1 where something changed")
    add("--language", choices=languages(), help="else that of the catalogue")
    add("--workspace", metavar="DIR", help="whose catalogue is compared; else that of the current folder")


def run(arguments: Namespace) -> int:
    """Compares the two sides and prints the difference. Returns the exit code."""
    folder = Path(os.path.abspath(arguments.workspace or "."))
    if not folder.is_dir():
        raise CallError(f"{arguments.workspace}: no such folder")
    root = _root(folder)
    repository = repository_of(root)
    call = _read(arguments.revision, arguments.others, repository)
    states = AtRevision(repository, call.before), AtRevision(repository, call.now) if call.now else OnDisk(root)
    settings = _settings(*states)
    before, now = _catalogues(*states, settings)
    language = arguments.language or now.language
    named = call.before.named, call.now.named if call.now else say("difference.files-now", language)
    found = difference(before, now, language)
    if call.paths:
        found = found.below([os.path.relpath(os.path.abspath(path), root).replace(os.sep, "/") for path in call.paths])
    found = found._replace(demands=tuple(_with_accepted(found.demands, now)))
    heading = Heading(now.configuration.name, *named, tuple(_notes((before, now), named, settings, language)))
    if arguments.output_format == "json":
        said = as_json(heading if call.now else heading._replace(now=None), found)
        print_json(json.dumps(said, ensure_ascii=False, indent=1))
    else:
        sys.stdout.write((as_markdown if arguments.output_format == "markdown" else as_text)(heading, found, language))
    return FOUND if arguments.exit_code and found else 0


def _root(folder: Path) -> Path:
    """The root of the workspace that a folder lies in, also where its `vkd.toml` cannot be used."""
    try:
        return configuration_for(folder).root
    except ConfigurationError as error:
        return error.path.parent


def _read(first: str, others: Sequence[str], repository: Repository) -> _Call:
    """Which revisions and paths a call means. Raises CallError where that is not clear."""
    for mark in ("...", ".."):
        one, found, other = first.partition(mark)
        if found:
            before, now = (repository.revision(name or "HEAD") for name in (one, other))
            return _Call(repository.merge_base(before, now) if mark == "..." else before, now, _paths(others))
    before = repository.revision(first)
    commit = repository.commit(others[0]) if others else None
    if commit is None:
        return _Call(before, None, _paths(others))
    if os.path.lexists(others[0]):
        raise CallError(f"{others[0]} is both a revision and a path; write ./{others[0]} for the path")
    return _Call(before, Revision(others[0], commit), _paths(others[1:]))


def _paths(paths: Iterable[str]) -> tuple[str, ...]:
    """The paths as they were named. One may be gone, if it looks like a description file or ends in `/`; else
    CallError."""
    for path in paths:
        if not os.path.lexists(path) and not path.endswith((".vkd", "/")):
            raise CallError(f"{path}: neither a revision nor a path here")
    return tuple(paths)


def _settings(before: State, now: State) -> _Settings:
    """The settings of both sides. Raises CallError where neither's can be read."""
    one, other = _settings_of(before), _settings_of(now)
    if isinstance(one, Configuration):
        if isinstance(other, Configuration):
            return _Settings(one, other, ("", ""))
        return _Settings(one, one, ("", other.message))
    if isinstance(other, Configuration):
        return _Settings(other, other, (one.message, ""))
    raise CallError(str(other))


def _settings_of(state: State) -> Configuration | ConfigurationError:
    try:
        return state.settings()
    except ConfigurationError as error:
        return error


def _catalogues(before: AtRevision, now: State, settings: _Settings) -> tuple[InMemoryCatalogue, InMemoryCatalogue]:
    """The catalogues of both sides; files that are the same in both are read once."""
    catalogue = InMemoryCatalogue(settings.now, now.read(settings.now, {}), Parser())
    known = by_object(catalogue.contents, before.one_object)
    return catalogue.beside(settings.before, before.read(settings.before, known)), catalogue


def _with_accepted(changes: Iterable[DemandChange], now: InMemoryCatalogue) -> Iterator[DemandChange]:
    """The changes of demands, with whether the accepted answers in the same file hold now."""
    known: dict[str, bool | None] = {}
    for change in changes:
        if change.path not in known:
            known[change.path] = _accepted_holds(change.path, now)
        yield change._replace(accepted=known[change.path] if change.kind == "changed" else None)


def _accepted_holds(path: str, now: InMemoryCatalogue) -> bool | None:
    expected = now.contents.get(str(PurePosixPath(path).with_suffix(ENDING)))
    if expected is None or path not in now.contents:
        return None
    accepted = expected.decode("utf-8", "replace").replace("\r\n", "\n")
    runs = list(run_document(now.document(path), path, now))
    return answers_as_text(runs, conditions=accepted.startswith(HEAD)) == accepted


def _notes(
    sides: tuple[InMemoryCatalogue, InMemoryCatalogue], named: tuple[str, str], settings: _Settings, language: str
) -> Iterator[str]:
    """What must be said about the sides themselves: one is not there, or cannot be read as it should."""
    for side, name, why, other in zip(sides, named, settings.why, reversed(sides), strict=True):
        if not side.contents:
            yield say("diff.absent", language, side=name)
            continue
        if why:
            yield say("diff.unreadable", language, side=name, why=why)
        for file in side.vocabularies.files:
            if side.contents.get(file.path) == other.contents.get(file.path):
                # What is wrong on both sides makes no difference between them.
                continue
            codes = sorted(_ERRORS & {problem.code for problem in side.vocabularies.problems[file.path]})
            if codes:
                yield say("diff.broken", language, side=name, path=file.path, codes=", ".join(codes))
