"""`vkd init [DIR]`: a workspace in each language that checks, is formatted, and answers its own demand."""

from pathlib import Path

import pytest

from tests.server.cli.conftest import Vkd
from vkd_catalog.languages import languages

FILES = [
    "archive/population-2020.csv",
    "demands/population.vkd",
    "documents/population-2020.md",
    "products/population-2020.vkd",
    "vkd.toml",
    "vocabulary/characteristics.csv",
    "vocabulary/names.csv",
    "vocabulary/object-types.csv",
    "vocabulary/times.csv",
]


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("language", languages())
def test_a_new_workspace_is_a_working_one(vkd: Vkd, tmp_path: Path, language: str) -> None:
    called = vkd("init", "new", "--language", language)
    folder = tmp_path / "new"
    assert called.code == 0
    assert files(folder) == FILES
    assert sorted(called.out.splitlines()[:-1]) == [str(Path("new", path)) for path in FILES]
    assert vkd("check", "--output-format", "json", cwd=folder).json == []
    assert vkd("format", "--check", cwd=folder).code == 0
    (demand,) = vkd("run", "demands/population.vkd", "--output-format", "json", cwd=folder).demands
    assert [cover["members"] for cover in demand["covers"]] == [["population-2020"]]
    assert demand["covers"][0]["grade"] == "exact"


def test_here_is_where_it_is_written_else(vkd: Vkd, tmp_path: Path) -> None:
    here = tmp_path / 'a "quoted" name'
    here.mkdir()
    assert vkd("init", "--language", "en", cwd=here).out.splitlines()[-1] == "Try: vkd run demands/population.vkd"
    assert vkd("status", "--output-format", "json", cwd=here).json["catalogue"]["name"] == 'a "quoted" name'


@pytest.mark.parametrize("path", FILES)
def test_nothing_is_overwritten(vkd: Vkd, tmp_path: Path, path: str) -> None:
    mine = tmp_path / path
    mine.parent.mkdir(parents=True, exist_ok=True)
    mine.write_text("mine", encoding="utf-8")
    called = vkd("init", "--language", "en")
    assert (called.code, called.out) == (2, "")
    assert called.err == f"vkd: {path} is already there; nothing was written\n"
    assert files(tmp_path) == [path]
    assert mine.read_text(encoding="utf-8") == "mine"


def test_where_a_file_is_in_the_way_of_a_folder_nothing_is_left(vkd: Vkd, tmp_path: Path) -> None:
    (tmp_path / "products").write_text("mine", encoding="utf-8")
    called = vkd("init")
    assert called.code == 2
    assert files(tmp_path) == ["products"]
