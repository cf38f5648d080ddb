"""Nothing that is opened outlives what opened it; `leaking.py` is the long form."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.server.leaking import (
    PRODUCT,
    Growth,
    of_changes,
    of_clients,
    of_commands,
    of_edits,
    of_events,
    of_visits,
)
from tests.server.workspaces import workspace

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="counts what stands in /proc")

TIMES, FEW = 40, 10
MOST_MEMORY = 8_000
"""KB. A process takes some 6,000 until it has found its size; `workspace/test_let_go.py` looks for what stays besides."""

CASES: dict[str, Callable[[Path], Growth]] = {
    "events for a product": lambda folder: of_events(folder, PRODUCT, TIMES),
    "events for a data file": lambda folder: of_events(folder, "archive/ft70-person.csv", TIMES),
    "events for a vocabulary": lambda folder: of_events(folder, "vocabulary/names.csv", TIMES),
    "changes of a product": lambda folder: of_changes(folder, FEW),
    "edits that are searched unsaved": lambda folder: of_edits(folder, FEW),
    "vkd.rebuild": lambda folder: of_commands(folder, "vkd.rebuild", TIMES),
    "visits of the page": lambda folder: of_visits(folder, FEW),
    "clients over TCP": lambda folder: of_clients(folder, "tcp", FEW),
    "clients over WebSocket": lambda folder: of_clients(folder, "ws", FEW),
}


@pytest.mark.parametrize("case", CASES)
def test_nothing_stays_open(tmp_path: Path, case: str) -> None:
    grown = CASES[case](workspace(tmp_path, {}))
    assert grown.files <= 0
    assert grown.memory < MOST_MEMORY
