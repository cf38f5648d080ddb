"""Answers to demands, each kept for as long as neither the demand nor what is searched has changed."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Literal

from vkd_grammar.document import Document
from vkd_server.workspace.background_task import BackgroundTask, BackgroundTasks
from vkd_server.workspace.project import Project

if TYPE_CHECKING:
    from vkd_server.features.answers.run import Run

_KEPT = 1000

Key = tuple[int, str, tuple[str, ...], str, int]


class Answers:
    """Runs demands as background tasks, each only once for the same state of the products. `moment` counts these
    states."""

    def __init__(self, tasks: BackgroundTasks) -> None:
        self._tasks = tasks
        self.moment = 0
        self._known: dict[Key, Run | None] = {}
        self._running: dict[Key, BackgroundTask[Run]] = {}

    def forget(self) -> None:
        """Forgets all answers, since the products searched have changed."""
        self._known.clear()
        self._running.clear()
        self.moment += 1

    def known(self, document: Document, index: int, path: str, project: Project, language: str) -> Run | None:
        """The answer to one description, as `run` returns it, without waiting. Raises KeyError where it is not known
        yet."""
        return self._known[_key(document, index, path, project, language)]

    def run(
        self, document: Document, index: int, path: str, project: Project, language: str
    ) -> Generator[Literal["waiting"], None, Run | None]:
        """The answer to one description; None where it is no demand. An empty language means the demand's own."""
        from vkd_server.features.answers.run import RunOptions, asked_in, run_asked

        key = _key(document, index, path, project, language)
        if key in self._known:
            return self._known[key]
        asked = asked_in(document, index, path, project.catalogue)
        if asked is None:
            self._keep(key, None)
            return None
        running = self._running.get(key)
        if running is None or running.is_given_up:
            options = RunOptions(language=language or None)
            running = self._tasks.search(project.catalogue, lambda view: run_asked(asked, view, options))
            self._running[key] = running
        found = yield from running.outcome()
        if self._running.get(key) is running:
            del self._running[key]
            self._keep(key, found)
        # Another who waited for it may have been first; where it is not known, what was searched changed meanwhile.
        return (
            self._known[key] if key in self._known else (yield from self.run(document, index, path, project, language))
        )

    def _keep(self, key: Key, run: Run | None) -> None:
        if len(self._known) >= _KEPT:
            self._known.clear()
        self._known[key] = run


def _key(document: Document, index: int, path: str, project: Project, language: str) -> Key:
    return id(project.catalogue), path, document.piece_lines(index), language, document.rows[index]
