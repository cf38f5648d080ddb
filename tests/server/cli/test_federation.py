"""Several catalogues at the command line: what is told, and that what is remembered follows the others' words."""

import json
import re
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


def handed_out(folder: Path, vkd: Vkd, *more: str) -> Path:
    """The register file of a workspace, as `vkd catalogue build` prints its path."""
    built = vkd("catalogue", "build", "--workspace", folder, "--to", folder.parent / "files", *more)
    assert (built.code, built.err) == (0, "")
    return Path(built.out.strip())


def test_a_catalogue_is_handed_out_as_one_file(norden: Path, vkd: Vkd) -> None:
    before = vkd("run", norden / "demands", "--output-format", "json").demands
    file = handed_out(norden / "dk", vkd)
    assert re.fullmatch(r"Danmark-[0-9a-f]{16}\.vkdreg", file.name)
    assert handed_out(norden / "dk", vkd) == file
    settings = norden / "vkd.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(re.sub("^dk = .*$", f'dk = "files/{file.name}"', text, flags=re.MULTILINE), encoding="utf-8")
    shutil.rmtree(norden / "dk")
    assert found(norden / "vkd.toml", vkd) == found(norden / "demands/norden.vkd", vkd) == []
    now = vkd("run", norden / "demands", "--output-format", "json").demands
    for one, other in zip(before, now, strict=True):
        assert (one["covers"], one["near_misses"], one["why"]) == (other["covers"], other["near_misses"], other["why"])
    said = json.loads(vkd("status", norden, "--output-format", "json").out)
    assert [(one["title"], Path(one["root"]), one["products"]) for one in said["catalogues"]][1] == ("Danmark", file, 2)


def test_what_is_told_of_products_says_what_a_file_leaves_out(norden: Path, vkd: Vkd) -> None:
    product = norden / "dk/products/bef.vkd"
    text = product.read_text(encoding="utf-8")
    product.write_text(text.replace("doc=https://data.example.dk/dok", "doc=/srv/bef.md"), encoding="utf-8")
    told = {}
    for option in ((), ("--private",)):
        file = handed_out(norden / "dk", vkd, *option)
        (norden / "a").mkdir(exist_ok=True)
        (norden / "a/vkd.toml").write_text(f'[catalogues]\ndk = "../files/{file.name}"\n', encoding="utf-8")
        demand = norden / "a/d.vkd"
        demand.write_text("0 / Demand description / x\n1 / Personer / - / Køn / 2020 / .\n", encoding="utf-8")
        told[option] = vkd("run", demand, "--output-format", "json").demands[0]["products"]["dk:BEF"]
        said = vkd("run", demand).out
        assert ("in the archive" in " ".join(said.split())) is (not option)
    assert (told[()]["data"], told[()]["doc"], told[()]["withheld"]) == (
        "https://data.example.dk/bef.parquet",
        None,
        ["doc"],
    )
    assert (told["--private",]["data"], told["--private",]["doc"]) == ("arkiv:bef.parquet", "/srv/bef.md")


def test_a_file_that_cannot_be_used_is_told_at_its_place(norden: Path, vkd: Vkd) -> None:
    file = handed_out(norden / "dk", vkd)
    file.write_bytes(file.read_bytes()[:-1000])
    settings = norden / "vkd.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(f'{text}fi = "files/{file.name}"\n', encoding="utf-8")
    (problem,) = found(settings, vkd)
    assert (problem["code"], problem["start"]) == ("VKD403", {"line": len(text.splitlines()) + 1, "column": 6})
    printed = vkd("run", norden / "demands", "--language", "en").out
    assert "(the file is damaged, and not what was built)" in " ".join(printed.split())


@pytest.mark.parametrize("target", [(), ("--to", "dk.vkdreg"), ("--to", "vkd.toml")])
def test_a_build_without_a_folder_is_refused(norden: Path, vkd: Vkd, target: tuple[str, ...]) -> None:
    refused = vkd("catalogue", "build", "--workspace", norden, *target, cwd=norden)
    assert (refused.code, refused.out, refused.err.count("\n")) == (2, "", 1)
