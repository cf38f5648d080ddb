"""The benchmark of the language server measures all it says it does; how long anything takes is not looked at."""

import sys

import pytest

from benchmarks.language_server import documents
from benchmarks.language_server.measure import FIGURES, Effort, Result, measured
from benchmarks.language_server.servers import FLOOR, PEERS, VKD, Server, installed
from benchmarks.language_server.table import Run, as_markdown

ONCE = Effort(starts=1, keystrokes=3, completions=3, requests=1, seconds=0.0, rest=0.04)
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="what a process holds is read from /proc")


@on_linux
@pytest.mark.parametrize(
    ("server", "effort", "absent"),
    [(FLOOR, ONCE, {"start_open"}), (VKD, ONCE._replace(starts=2), {"tokens_delta"})],
    ids=["floor", "vkd"],
)
def test_every_figure_is_there(server: Server, effort: Effort, absent: set[str]) -> None:
    found = installed(server)
    assert found
    result = measured(found.command, documents.vkd(50), effort)
    assert result.notes == []
    assert {figure.key for figure in FIGURES} - result.figures.keys() <= absent
    assert result.figures["exit_code"] == 0
    assert result.figures["diagnostics"] == 1
    assert min(result.figures[figure] for figure in ("cold", "open", "key", "queued", "memory", "exit")) > 0


@on_linux
def test_a_server_that_ends_is_told_of() -> None:
    command = [sys.executable, "-c", "import sys; sys.stdin.readline()"]
    assert measured(command, documents.vkd(10), ONCE) == Result("", {}, ["start: it closed its output"])


@pytest.mark.parametrize("server", [VKD, *PEERS], ids=lambda server: server.name)
def test_documents_are_as_long_as_asked_and_wrong_where_they_should_be(server: Server) -> None:
    sample = server.sample(1000, None)
    lines = sample.text.split("\n")
    assert 1000 <= len(lines) < 1016
    assert {sample.edit, sample.complete, sample.hover} < {
        documents.Place(line, character) for line in range(490, 530) for character in range(len(lines[line]))
    }
    changed = [line for line, other in zip(lines, sample.edited.split("\n"), strict=True) if line != other]
    assert changed == [lines[sample.edit.line]]


def test_words_of_a_large_vocabulary_are_all_different() -> None:
    rows = documents.vkd(10, 20_000).files["vocabulary/characteristics.csv"].split("\n")
    for column in (0, 1):
        assert len({row.split(",")[column] for row in rows[1:-1]}) == 20_000


def test_the_report_has_ratios_and_names_what_is_missing() -> None:
    floor = Result("floor 1", {"cold": 500.0, "key": 2.0}, [])
    fast = Run("vkd", 1000, None, Result("vkd", {"cold": 125.0, "key": 3.0, "exit_code": 0}, []), floor)
    late = Run("ruff", 1000, None, Result("ruff", {"cold": 6.0}, ["keystrokes: no answer in 20 s"]), floor)
    report = as_markdown([fast, late], "A machine.", {"tombi": "`tombi` is not installed"})
    assert "| cold start | 500 | 125 (0.25x) | 6.00 (0.012x) |" in report
    assert "| keystroke, p50 | 2.00 | 3.00 (1.50x) | – |" in report
    assert "| exit code | – | 0 | – |" in report
    assert "- ruff: keystrokes: no answer in 20 s" in report
    assert "tombi is not in the tables: `tombi` is not installed." in report
