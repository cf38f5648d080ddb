"""What `vkd check` remembers: that it never says anything else than a check from scratch would."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.server.cli.conftest import Vkd
from tests.server.workspaces import workspace
from vkd_catalog.cache import Cache

Write = Callable[[Path, bytes], None]

LINE = "1 / Personer / Personreg.nov.70 / Yrke / 19701101 / .\n"
PRODUCT = "0 / Produktbeskrivelse / {} / data=F:ny.csv; doc=P:ft70.md; form=csv; access=closed\n"
CONCEPT = "K5,Yrke,,Occupation,individual,A,status,Y,,no,Hovedyrke på tellingsdagen,K7"


def edit(name: str, before: str, after: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        text = (folder / name).read_text(encoding="utf-8")
        assert before in text
        (folder / name).write_text(text.replace(before, after), encoding="utf-8")

    return change


def put(name: str, text: str) -> Callable[[Path], None]:
    return lambda folder: workspace_file(folder, name, text)


def workspace_file(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text, encoding="utf-8")


def as_it_is(file: Path, data: bytes) -> None:
    file.write_bytes(data)


def under_a_seal(file: Path, data: bytes) -> None:
    Cache(file.parents[2]).write_sealed(f"check/{file.name}", data)


def content(file: Path) -> bytes:
    return bytes(Cache(file.parents[2]).read_sealed(f"check/{file.name}").data)


CHANGES: dict[str, Callable[[Path], None]] = {
    "the file itself": edit("a.vkd", "Yrke", "Yrkke"),
    "a vocabulary": edit("vocabulary/characteristics.csv", "K5,Yrke,", "K5,Arbeid,"),
    "the language": edit("vkd.toml", '"nb"', '"en"'),
    "a level": edit("vkd.toml", "[check.levels]", '[check.levels]\nVKD403 = "hint"'),
    "an alias": edit("vkd.toml", "F =", "G ="),
    "an address that comes to be": put("archive/ny.csv", "a\n"),
    "a product of the same name": put("products/b.vkd", PRODUCT.format("NY") + LINE),
    "an archive that is gone": lambda folder: shutil.rmtree(str(folder / "documents")),
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("output_format", ["json", "text"])
def test_a_change_of_anything_is_seen(vkd: Vkd, tmp_path: Path, change: str, output_format: str) -> None:
    workspace(tmp_path, {"a.vkd": PRODUCT.format("ny") + LINE})
    before = vkd("check", "--output-format", output_format)
    assert vkd("check", "--output-format", output_format) == before
    CHANGES[change](tmp_path)
    after = vkd("check", "--output-format", output_format)
    assert after != before
    shutil.rmtree(tmp_path / ".vkd")
    assert vkd("check", "--output-format", output_format) == after


def test_a_product_that_moves_in_another_file_is_seen(vkd: Vkd, tmp_path: Path) -> None:
    workspace(tmp_path, {"products/a.vkd": PRODUCT.format("ny") + LINE, "products/b.vkd": PRODUCT.format("ny") + LINE})
    assert "products/b.vkd:1" in vkd("check", "products/a.vkd").out
    (tmp_path / "products/b.vkd").write_text("\n\n" + PRODUCT.format("ny") + LINE, encoding="utf-8")
    assert "products/b.vkd:3" in vkd("check", "products/a.vkd").out
    (tmp_path / "products/b.vkd").unlink()
    assert "VKD404" not in vkd("check", "products/a.vkd").out


def test_fixes_are_found_for_those_who_ask_though_none_did_before(vkd: Vkd, tmp_path: Path) -> None:
    text = "0 / Etterspørselsbeskrivelse / x\n" + LINE.replace("Yrke", "Yrkke").replace(".\n", "O\n") * 40
    workspace(tmp_path, {"a.vkd": text})
    vkd("check", "--output-format", "github", "a.vkd")
    remembered = vkd("check", "--output-format", "json", "a.vkd")
    assert all(one["fixes"] for one in remembered.json if one["code"] == "VKD101")
    assert "→" in vkd("check", "a.vkd").out


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"path": 3}', b"\xff", b"[" * 100_000])
@pytest.mark.parametrize("write", [as_it_is, under_a_seal])
def test_damaged_memory_is_no_error(vkd: Vkd, tmp_path: Path, damage: bytes, write: Write) -> None:
    workspace(tmp_path, {"a.vkd": PRODUCT.format("ny") + LINE})
    before = vkd("check")
    kept = list((tmp_path / ".vkd/check").iterdir())
    assert kept
    for file in kept:
        write(file, damage)
    assert vkd("check") == before


@pytest.mark.parametrize("part", ['"VKD403"', '"error"', '"start"', "[0, ", "null", '"findings"'])
def test_half_damaged_memory_is_no_error(vkd: Vkd, tmp_path: Path, part: str) -> None:
    """Under a right seal only a fault of ours could be so; it is no error either."""
    workspace(tmp_path, {"a.vkd": PRODUCT.format("ny") + LINE})
    before = vkd("check", "--output-format", "json")
    for file in (tmp_path / ".vkd/check").iterdir():
        under_a_seal(file, content(file).replace(part.encode(), b"{}"))
    assert vkd("check", "--output-format", "json") == before


def test_a_memory_from_elsewhere_is_not_believed(vkd: Vkd, tmp_path: Path) -> None:
    """As a repository could bring one in which nothing is wrong."""
    made, checked = (
        workspace(tmp_path / name, {"products/a.vkd": PRODUCT.format("ny") + LINE}) for name in ("made", "checked")
    )
    expected = vkd("check", "--output-format", "json", cwd=made)
    assert expected.codes
    for file in (made / ".vkd/check").iterdir():
        kept = json.loads(content(file))
        under_a_seal(file, json.dumps({**kept, "findings": []}).encode())
    assert not vkd("check", "--output-format", "json", cwd=made).codes
    shutil.copytree(made / ".vkd", checked / ".vkd")
    assert vkd("check", "--output-format", "json", cwd=checked) == expected


@pytest.mark.parametrize("place", range(0, 900, 60))
def test_a_flipped_bit_in_the_memory_is_not_believed(vkd: Vkd, tmp_path: Path, place: int) -> None:
    workspace(tmp_path, {"a.vkd": PRODUCT.format("ny") + LINE})
    before = vkd("check", "--output-format", "json")
    for file in (tmp_path / ".vkd/check").iterdir():
        data = bytearray(file.read_bytes())
        data[place % len(data)] ^= 1
        file.write_bytes(data)
    assert vkd("check", "--output-format", "json") == before


def test_a_folder_that_cannot_be_written_is_no_error(vkd: Vkd, tmp_path: Path) -> None:
    workspace(tmp_path, {".vkd": "a file where the folder would be"})
    assert vkd("check").code == 0


def test_nothing_is_written_but_in_the_folder_of_its_own(vkd: Vkd, tmp_path: Path) -> None:
    folder = workspace(tmp_path / "w", {})
    before = {path for path in tmp_path.rglob("*") if ".vkd" not in path.parts}
    vkd("check", "w")
    assert {path for path in tmp_path.rglob("*") if ".vkd" not in path.parts} == before
    assert (folder / ".vkd/.gitignore").read_text(encoding="utf-8") == "*\n"


def test_a_product_that_a_vocabulary_names_may_come_and_go(vkd: Vkd, tmp_path: Path) -> None:
    text = "code,prefLabel@nb,derivedFrom,definition@nb\nK5,Yrke,,Hovedyrke\nX,Ny,K5@ny,Av et annet sett\n"
    workspace(tmp_path, {"vocabulary/characteristics.csv": text, "archive/ny.csv": "a\n"})

    def found() -> list[str]:
        return vkd("check", "vocabulary", "--output-format", "json").codes

    assert [found(), found()] == [["VKD605"], ["VKD605"]]
    put("products/ny.vkd", PRODUCT.format("Ny") + LINE)(tmp_path)
    assert [found(), found()] == [[], []]
    (tmp_path / "products/ny.vkd").unlink()
    assert found() == ["VKD605"]
