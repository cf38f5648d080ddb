"""What is no longer needed goes at once: nothing of it holds what holds it, for circles are looked for only at rest."""

import gc
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar
from weakref import ref

from tests.server.workspaces import workspace
from vkd_server.workspace.uris import uri_of
from vkd_server.workspace.workspace import Workspace

T = TypeVar("T")

DEMAND = "demands/eksempel-3.vkd"


def test_a_catalogue_that_was_searched_and_replaced_is_gone(tmp_path: Path) -> None:
    root = workspace(tmp_path, {})
    files = Workspace()
    files.open(uri_of(root / DEMAND), 1, (root / DEMAND).read_text(encoding="utf-8"))
    with without_looking_for_circles():
        had = searched(files, uri_of(root / DEMAND))
        files.read_anew()
        # The last answer is kept until the next is there.
        searched(files, uri_of(root / DEMAND))
        assert files.let_go()
        assert [one() for one in had] == [None, None, None]
    files.end()


def searched(files: Workspace, uri: str) -> tuple[ref[Any], ...]:
    """What was searched when a document's first demand was run, and its answers."""
    document = files.settled(uri)
    assert document is not None
    run = returned(files.run(document, 0))
    assert run is not None
    assert run.answer.covers[0].members
    catalogue = document.project.catalogue
    return ref(catalogue), ref(catalogue.register), ref(run.answer.covers)


@contextmanager
def without_looking_for_circles() -> Iterator[None]:
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def returned(steps: Generator[object, None, T]) -> T:
    try:
        while True:
            next(steps)
    except StopIteration as stopped:
        value: T = stopped.value
        return value
