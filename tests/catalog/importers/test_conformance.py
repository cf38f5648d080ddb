"""What every importer must do, whatever it reads. A new one is in the list with a source of its own, or this fails."""

import json
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import pytest

from tests.catalog.importers.reading import (
    DAY,
    HERE,
    Workspace,
    bytes_of,
    clashing_synonyms,
    notes_as_words,
    periods_invented,
    ran,
    read_workspace,
    unformatted,
)
from tests.catalog.importers.specimens import SPECIMENS, Specimen
from vkd_catalog.importers import (
    IMPORTERS,
    REPORT_FILE,
    ImportReport,
    ImportSourceError,
    ImportTargetError,
    Request,
    run_import,
)
from vkd_catalog.importers.report import files_named_in, importer_named_in
from vkd_server.cli import run_command

T = TypeVar("T")


@pytest.fixture(params=SPECIMENS, ids=str)
def specimen(request: pytest.FixtureRequest) -> Specimen:
    chosen: Specimen = request.param
    return chosen


@pytest.fixture
def imported(specimen: Specimen, tmp_path: Path) -> tuple[Path, ImportReport]:
    """The workspace an importer wrote, with its report."""
    target = tmp_path / "catalogue"
    return target, ran(specimen.importer, specimen.lay(tmp_path), target)


def test_every_importer_is_tried_here() -> None:
    tried = dict.fromkeys(specimen.importer.name for specimen in SPECIMENS)
    assert list(tried) == [importer.name for importer in IMPORTERS]
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
    assert holds["products"] + sum(one["concepts"] for one in holds["vocabularies"].values()) > 0


def test_it_says_where_it_is_from_and_which_files_are_its_own(
    specimen: Specimen, imported: tuple[Path, ImportReport]
) -> None:
    target, report = imported
    text = (target / REPORT_FILE).read_text(encoding="utf-8")
    assert importer_named_in(text) == specimen.importer.name
    assert all(said and said in text for said in (report.source, report.version, report.licence))
    assert {*files_named_in(text), REPORT_FILE} == {name for name in bytes_of(target) if not name.startswith(".vkd")}
    heads = [path.read_text(encoding="utf-8").split("\n")[0] for path in target.rglob("*.vkd") if path.is_file()]
    assert all(head.startswith(f"# {DAY.isoformat()}: ") for head in heads)
    assert (target / "vkd.toml").read_text(encoding="utf-8").startswith(f"# {DAY.isoformat()}: ")


def test_nothing_that_is_left_out_is_left_out_in_silence(imported: tuple[Path, ImportReport]) -> None:
    _, report = imported
    assert all(one.kind and one.what and one.why for one in report.unmapped)


def test_it_invents_no_period(specimen: Specimen, imported: tuple[Path, ImportReport]) -> None:
    assert periods_invented(read_workspace(imported[0]), specimen.times) == set()


def test_its_words_are_words_and_its_synonyms_mean_one_thing(
    specimen: Specimen, imported: tuple[Path, ImportReport]
) -> None:
    workspace = read_workspace(imported[0])
    assert notes_as_words(workspace, specimen.notes) == set()
    assert clashing_synonyms(workspace) == set()


def test_a_set_is_an_edition_of_one_collection_and_none_is_a_collection(imported: tuple[Path, ImportReport]) -> None:
    products = read_workspace(imported[0]).products
    collections = {
        product.technical["collection"] for product in products.values() if "collection" in product.technical
    }
    assert collections.isdisjoint(products)


def test_what_is_not_assessed_is_not_said_to_be(specimen: Specimen, imported: tuple[Path, ImportReport]) -> None:
    said = {row.get("sensitive", "") for row in read_workspace(imported[0]).characteristics.values()}
    assert said <= ({"", "yes", "no"} if specimen.assesses else {""})


def test_who_looks_on_sees_each_product_file_once(specimen: Specimen, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []

    def follow(each: Iterable[T], total: int) -> Iterable[T]:
        items = list(each)
        seen.append((len(items), total))
        return items

    ran(specimen.importer, specimen.lay(tmp_path), tmp_path / "catalogue", follow)
    files = len(list((tmp_path / "catalogue/products").rglob("*.vkd")))
    assert seen[-1:] == [(files, files)]


@pytest.mark.parametrize("time", ["..", "1970..", "2010", "1970..2025:A"])
def test_an_importer_that_invented_a_period_would_fail(tmp_path: Path, time: str) -> None:
    workspace = _first(tmp_path)
    name, product = next(iter(workspace.products.items()))
    dated = product._replace(sentences=[(*product.sentences[0][:3], time)])
    workspace.products[name] = dated
    assert periods_invented(workspace, ("2007",)) >= {time}


def test_an_importer_that_took_a_note_for_a_word_would_fail(tmp_path: Path) -> None:
    workspace = _first(tmp_path)
    one, other = list(workspace.characteristics.values())[:2]
    one["altLabel@en"] = "Label MISSING|Whatever"
    other["prefLabel@da"] = "whatever"
    assert notes_as_words(workspace, ("Label missing",)) == {"label missing"}
    assert clashing_synonyms(workspace) == {"whatever"}


def _first(folder: Path) -> Workspace:
    specimen = SPECIMENS[0]
    ran(specimen.importer, specimen.lay(folder), folder / "catalogue")
    return read_workspace(folder / "catalogue")


def test_run_again_it_writes_the_same_and_keeps_what_is_not_its_own(specimen: Specimen, tmp_path: Path) -> None:
    source, target = specimen.lay(tmp_path), tmp_path / "catalogue"
    ran(specimen.importer, source, target)
    first = bytes_of(target)
    (target / "demands").mkdir(exist_ok=True)
    (target / "demands/mine.vkd").write_text("# mine\n", encoding="utf-8")
    ran(specimen.importer, source, target)
    assert bytes_of(target) == {**first, "demands/mine.vkd": b"# mine\n"}


def test_a_later_run_keeps_what_people_have_edited(specimen: Specimen, tmp_path: Path) -> None:
    source, target = specimen.lay(tmp_path), tmp_path / "catalogue"
    ran(specimen.importer, source, target)
    edited = [target / name for name in bytes_of(target) if name.endswith((".vkd", ".toml"))]
    for path in edited:
        path.write_text(path.read_text(encoding="utf-8") + "\n# mine\n", encoding="utf-8")
    report = run_import(specimen.importer, Request(source), target, DAY + timedelta(days=1))
    assert all(path.read_text(encoding="utf-8").endswith("\n# mine\n") for path in edited)
    assert {one.file for one in report.changes} == {path.relative_to(target).as_posix() for path in edited}


def test_a_folder_of_somebody_elses_is_left_as_it_is(specimen: Specimen, tmp_path: Path) -> None:
    source, target = specimen.lay(tmp_path), tmp_path / "catalogue"
    target.mkdir()
    (target / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(ImportTargetError):
        ran(specimen.importer, source, target)
    assert bytes_of(target) == {"notes.txt": b"mine"}


@pytest.mark.parametrize("share", [0.0, 0.3, 0.6, 0.9])
@pytest.mark.parametrize("end", [b"", b'\xff\x00<{"', b"\n]]>}\n"])
def test_a_file_cut_short_is_read_or_refused_by_name(
    specimen: Specimen, share: float, end: bytes, tmp_path: Path
) -> None:
    source = specimen.lay(tmp_path)
    if not source.is_file():
        return
    whole = source.read_bytes()
    source.write_bytes(whole[: int(len(whole) * share)] + end)
    target = tmp_path / "catalogue"
    refused = _refusal(specimen, source, target)
    if refused is None:
        assert run_command(["check", "--output-format", "json", str(target)]) == 0
    else:
        assert refused.path == source
        assert "\n" not in refused.message
        assert not target.exists()


def _refusal(specimen: Specimen, source: Path, target: Path) -> ImportSourceError | None:
    try:
        ran(specimen.importer, source, target)
    except ImportSourceError as error:
        return error
    return None


def test_the_samples_are_small(specimen: Specimen, tmp_path: Path) -> None:
    specimen.lay(tmp_path)
    assert sum(map(len, bytes_of(tmp_path).values())) < 200_000, f"a sample in {HERE.name} is no whole catalogue"
