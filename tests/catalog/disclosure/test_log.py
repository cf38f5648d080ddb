"""The log of what was given: it only grows, one process at a time writes it, and without it nothing is given."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.catalog.disclosure.people import crosstab, population
from vkd_catalog.disclosure.answering import Asked, answered, noted, require_log
from vkd_catalog.disclosure.log import LogUnusable, held
from vkd_catalog.disclosure.rules import Rules
from vkd_catalog.disclosure.saying import unusable

RULES = Rules(threshold=5, zero_below=8, round_to=5)
TABLE = crosstab(population(1, (2, 3), 300), "ab")
ROOT = Path(__file__).parents[3]


def test_what_is_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "log"
    answered([Asked(TABLE, {"demand": "å", "times": ["1970"]})], RULES, path)
    noted(path, {"demand": "units"})
    answered([Asked(crosstab([], "a", "sum", of="pay"), {})], RULES, path)
    with held(path) as log:
        first, second = log.answers
        assert log.next_number() == 4
    assert (first.number, first.about) == (1, {"demand": "å", "times": ["1970"]})
    assert (first.axes, first.units, first.function) == (TABLE.axes, TABLE.units, "count")
    assert {place: (told.number, told.sketch) for place, told in first.cells.items()} == {
        place: (cell.number, cell.sketch) for place, cell in TABLE.cells.items()
    }
    assert (second.number, second.of, second.is_exact) == (3, "pay", True)


def test_it_only_grows(tmp_path: Path) -> None:
    path = tmp_path / "log"
    before = b""
    for number in range(3):
        answered([Asked(crosstab(population(number, (2,), 100, first=1000 * number), "a"), {})], RULES, path)
        after = path.read_bytes()
        assert after.startswith(before)
        assert after.count(b"\n") == number + 1
        before = after


def test_nobody_else_may_read_it(tmp_path: Path) -> None:
    require_log(tmp_path / "log")
    if os.name == "posix":
        assert (tmp_path / "log").stat().st_mode & 0o077 == 0


def a_folder(path: Path) -> None:
    path.mkdir()


def a_pipe(path: Path) -> None:
    os.mkfifo(path)


def nothing_that_counts(path: Path) -> None:
    path.symlink_to("/dev/null")


def in_no_folder(path: Path) -> None:
    path.symlink_to(path.parent / "nowhere" / "log")


def lines(*said: object) -> Callable[[Path], None]:
    """A log of lines that a test states, of which none is a table."""

    def write(path: Path) -> None:
        path.write_bytes(b"".join(one if isinstance(one, bytes) else json.dumps(one).encode() + b"\n" for one in said))

    return write


EXTRACT = {"vkd": 1, "kind": "extract", "at": "", "about": {}}
WHOLE = {"vkd": 1, "kind": "table", "at": "", "about": {}, "axes": [], "units": "", "function": "count", "of": ""}
WHOLE |= {"exact": False, "rules": {"threshold": 5}}


@pytest.mark.skipif(os.name == "nt", reason="has no pipes with a name, and links take rights")
@pytest.mark.parametrize("there", [a_folder, a_pipe, nothing_that_counts, in_no_folder], ids=lambda one: one.__name__)
def test_what_is_no_file_is_no_log(there: Callable[[Path], None], tmp_path: Path) -> None:
    path = tmp_path / "log"
    there(path)
    with pytest.raises(LogUnusable):
        require_log(path)
    with pytest.raises(LogUnusable):
        answered([Asked(TABLE, {})], RULES, path)


@pytest.mark.parametrize(
    ("there", "line"),
    [
        (lines(b"no JSON\n"), 1),
        (lines(EXTRACT, b"\n"), 2),
        (lines(EXTRACT, EXTRACT, b'{"vkd":1,"ki'), 3),
        (lines(EXTRACT, b'{"vkd":1,"kind":"extract"}'), 2),
        (lines({"vkd": 2, "kind": "table"}), 1),
        (lines({"kind": "extract"}), 1),
        (lines([]), 1),
        (lines(1), 1),
        (lines(None), 1),
        (lines(b"[" * 100_000 + b"\n"), 1),
        (lines(b"\xff\xfe\n"), 1),
        (lines(WHOLE), 1),
        (lines(WHOLE | {"cells": []}), 1),
        (lines(WHOLE | {"cells": [[[], "x", 0, [], 0, False]]}), 1),
        (lines(WHOLE | {"cells": [[[], 1, 0, [0], 0, False]]}), 1),
        (lines(WHOLE | {"cells": [[[], 1, 0, 5, 0, False]]}), 1),
        (lines(WHOLE | {"cells": [[[], 1, 0, [0] * 16, 0, False]], "rules": {"threshold": "5"}}), 1),
    ],
)
def test_a_line_that_cannot_be_read_is_named_and_nothing_is_given(
    there: Callable[[Path], None], line: int, tmp_path: Path
) -> None:
    path = tmp_path / "log"
    there(path)
    before = path.read_bytes()
    with pytest.raises(LogUnusable) as raised:
        answered([Asked(TABLE, {})], RULES, path)
    assert f"line {line} cannot be read" in unusable(raised.value, "en")
    assert path.read_bytes() == before


def test_a_line_as_it_should_be_is_read(tmp_path: Path) -> None:
    path = tmp_path / "log"
    lines(EXTRACT, WHOLE | {"cells": [[[], 1, 0, [0] * 16, 0, False]]})(path)
    require_log(path)


def test_a_full_disk_gives_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(file: int, data: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(LogUnusable, match="log"):
        answered([Asked(TABLE, {})], RULES, tmp_path / "log")


ONE_OF_MANY = """
import sys
from pathlib import Path
from tests.catalog.disclosure.people import crosstab, population
from vkd_catalog.disclosure.answering import Asked, answered
from vkd_catalog.disclosure.rules import Rules
people = population(1, (2, 3), 300)
table = crosstab(people[: len(people) - int(sys.argv[2])], "a")
found = answered([Asked(table, {"demand": sys.argv[2]})], Rules(threshold=5, round_to=5), Path(sys.argv[1]))
print("given" if isinstance(found, list) else found.key)
"""


def test_of_processes_that_ask_at_once_one_is_given_what_excludes_the_others(tmp_path: Path) -> None:
    """Each asks for nearly the same units."""
    path = os.pathsep.join(str(ROOT / folder) for folder in (".", "catalog", "grammar"))
    started = [
        subprocess.Popen(
            [sys.executable, "-c", ONE_OF_MANY, tmp_path / "log", str(number)],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": path},
        )
        for number in range(5)
    ]
    said = [one.communicate()[0].strip() for one in started]
    assert sorted(said) == ["difference"] * 4 + ["given"]
    assert (tmp_path / "log").read_bytes().count(b"\n") == 1
