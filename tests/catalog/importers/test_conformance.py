"""What every importer must do, whatever it reads. A new one is in the list with a source of its own, or this fails."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.catalog.importers.reading import HERE, bytes_of, dst_source, nudb_source, unformatted
from vkd_catalog.importers import IMPORTERS, REPORT_FILE, Importer, ImportReport, ImportTargetError
from vkd_catalog.importers.report import files_named_in, importer_named_in
from vkd_server.cli import run_command

SOURCES: Mapping[str, Callable[[Path], Path]] = {
    "ssb-nudb": lambda folder: nudb_source(folder / "source"),
    "dst-fsv": lambda folder: dst_source(folder / "source/dst_fsv/data"),
}
"""For each importer what lays a small source of it into a folder, and returns what is named to the importer."""


@pytest.fixture(params=IMPORTERS, ids=lambda importer: importer.name)
def importer(request: pytest.FixtureRequest) -> Importer:
    chosen: Importer = request.param
    return chosen


@pytest.fixture
def imported(importer: Importer, tmp_path: Path) -> tuple[Path, ImportReport]:
    """The workspace an importer wrote, with its report."""
    target = tmp_path / "catalogue"
    return target, importer.run(SOURCES[importer.name](tmp_path), target)


def test_every_importer_is_tried_here() -> None:
    assert list(SOURCES) == [importer.name for importer in IMPORTERS]
    assert all(importer.summary and "\n" not in importer.summary for importer in IMPORTERS)


def test_what_is_written_checks_without_errors_and_is_formatted(
    imported: tuple[Path, ImportReport], capsys: pytest.CaptureFixture[str]
) -> None:
    target, _ = imported
    assert run_command(["check", "--output-format", "json", str(target)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [one for one in found if one["severity"] == "error"] == []
    assert unformatted(target) == []


def test_the_numbers_it_reports_are_those_of_the_catalogue(
    imported: tuple[Path, ImportReport], capsys: pytest.CaptureFixture[str]
) -> None:
    target, report = imported
    written = {one.kind: one.number for one in report.written}
    assert run_command(["catalogue", "statistics", "--output-format", "json", "--workspace", str(target)]) == 0
    holds = json.loads(capsys.readouterr().out)
    assert (holds["products"], holds["sentences"]) == (written["products"], written["sentences"])
    assert holds["products"] > 0


def test_it_says_where_it_is_from_and_which_files_are_its_own(
    importer: Importer, imported: tuple[Path, ImportReport]
) -> None:
    target, report = imported
    text = (target / REPORT_FILE).read_text(encoding="utf-8")
    assert importer_named_in(text) == importer.name
    assert all(said and said in text for said in (report.source, report.version, report.licence))
    assert {*files_named_in(text), REPORT_FILE} == {name for name in bytes_of(target) if not name.startswith(".vkd")}
    heads = [path.read_text(encoding="utf-8").split("\n")[0] for path in target.rglob("*.vkd") if path.is_file()]
    assert all(head.startswith("# ") for head in heads)


def test_nothing_that_is_left_out_is_left_out_in_silence(imported: tuple[Path, ImportReport]) -> None:
    _, report = imported
    assert all(one.kind and one.what and one.why for one in report.unmapped)


def test_run_again_it_writes_the_same_and_keeps_what_is_not_its_own(importer: Importer, tmp_path: Path) -> None:
    source, target = SOURCES[importer.name](tmp_path), tmp_path / "catalogue"
    importer.run(source, target)
    first = bytes_of(target)
    (target / "demands").mkdir(exist_ok=True)
    (target / "demands/mine.vkd").write_text("# mine\n", encoding="utf-8")
    importer.run(source, target)
    assert bytes_of(target) == {**first, "demands/mine.vkd": b"# mine\n"}


def test_a_folder_of_somebody_elses_is_left_as_it_is(importer: Importer, tmp_path: Path) -> None:
    source, target = SOURCES[importer.name](tmp_path), tmp_path / "catalogue"
    target.mkdir()
    (target / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(ImportTargetError):
        importer.run(source, target)
    assert bytes_of(target) == {"notes.txt": b"mine"}


def test_the_samples_are_small(importer: Importer, tmp_path: Path) -> None:
    SOURCES[importer.name](tmp_path)
    assert sum(map(len, bytes_of(tmp_path).values())) < 200_000, f"a sample in {HERE.name} is no whole catalogue"
