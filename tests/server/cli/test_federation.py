"""Several catalogues at the command line: what is told, and that what is remembered follows the others' words."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.server.cli.conftest import Vkd

NORDEN = Path(__file__).parents[3] / "examples/norden"


@pytest.fixture
def norden(tmp_path: Path) -> Path:
    shutil.copytree(NORDEN, tmp_path / "norden")
    return tmp_path / "norden"


def found(path: Path, vkd: Vkd) -> list[Any]:
    return list(json.loads(vkd("check", "--output-format", "json", path).out))


def test_a_catalogue_that_cannot_be_read_is_told_at_its_place(norden: Path, vkd: Vkd) -> None:
    settings = norden / "vkd.toml"
    assert found(settings, vkd) == []
    text = settings.read_text(encoding="utf-8")
    settings.write_text(f'{text}fi = "../suomi"\n', encoding="utf-8")
    (problem,) = found(settings, vkd)
    line = len(text.splitlines()) + 1
    assert (problem["code"], problem["start"]) == ("VKD403", {"line": line, "column": 6})
    printed = vkd("run", norden / "demands", "--language", "en").out
    assert "../suomi (no folder with a vkd.toml)" in " ".join(printed.split())
    assert "no:befolkning" in printed


def test_what_is_remembered_of_a_demand_follows_the_other_catalogues(norden: Path, vkd: Vkd) -> None:
    demand = norden / "demands/norden.vkd"
    assert found(demand, vkd) == []
    words = norden / "dk/vocabulary/characteristics.csv"
    text = words.read_text(encoding="utf-8")
    words.write_text(text.replace("FORMUE,", "FORM,"), encoding="utf-8")
    assert [one["code"] for one in found(demand, vkd)] == ["VKD104"]
    words.write_text(text, encoding="utf-8")
    assert found(demand, vkd) == []


def test_status_lists_them(norden: Path, vkd: Vkd) -> None:
    said = json.loads(vkd("status", norden, "--output-format", "json").out)
    assert [(one["name"], one["title"], one["products"]) for one in said["catalogues"]] == [
        ("no", "Norge", 1),
        ("dk", "Danmark", 2),
        ("se", "Sverige", 1),
    ]
    answered = json.loads(vkd("run", norden / "demands", "--output-format", "json").out)
    assert said["register"]["revision"] == answered["catalogue"]["revision"]
