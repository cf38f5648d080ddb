"""What a call does grows as what it is given does, and not as its square: counted, so that no machine is too slow.

Counted are the lines and calls of the project's own code. `benchmarks/growth.py` takes the time too, of more of each.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import chdir, suppress
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

import vkd_catalog
import vkd_grammar
import vkd_server
from benchmarks.growth import CASES, NEAR_LINEAR, Case, written
from vkd_server.__main__ import main

OURS = tuple(os.path.dirname(str(package.__file__)) for package in (vkd_catalog, vkd_grammar, vkd_server))
SHARE = 15
"""So many times fewer of each than the benchmark has: what is squared shows all the same."""


@pytest.fixture(autouse=True)
def quiet(capsys: pytest.CaptureFixture[str]) -> Iterator[None]:
    """Nothing that is printed is kept."""
    yield
    capsys.readouterr()


def work(case: Case, root: Path, n: int, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many lines of the project's code a call runs."""
    written(case, root, n)
    count = 0

    def in_ours(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal count
        count += 1
        return in_ours

    def entered(frame: FrameType, event: str, argument: Any) -> Any:
        return in_ours(frame, event, argument) if frame.f_code.co_filename.startswith(OURS) else None

    monkeypatch.setattr(sys, "argv", ["vkd", *case.call])
    before = sys.gettrace()
    with chdir(root):
        sys.settrace(entered)
        try:
            with suppress(SystemExit):
                main()
        finally:
            sys.settrace(before)
    return count


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.call[0]} {case.name}")
def test_work_grows_as_what_there_is_does(case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    n = max(8, case.n // SHARE)
    work(case, tmp_path / "first", 1, monkeypatch)
    least, twice, fourfold = (work(case, tmp_path / str(times), times * n or 1, monkeypatch) for times in (0, 2, 4))
    # What is done in one go, however much there is of it, is no more work at all.
    assert 0 < least < twice <= fourfold
    assert fourfold - least < NEAR_LINEAR * max(twice - least, 500)
