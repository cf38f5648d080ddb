"""What `include` names and what it does not: both are told (VKD405), and all that it names is checked."""

import os
from pathlib import Path

import pytest

from tests.server.cli.conftest import Vkd
from tests.server.workspaces import CENSUS, workspace

PRODUCT = """0 / Produktbeskrivelse / ny / data=F:ft70-person.csv; doc=P:ft70.md; form=csv; access=open
1 / Personer / Personreg.nov.70 / Yrke / 19701101 / .
"""
SETTINGS = (CENSUS / "vkd.toml").read_text(encoding="utf-8")
INCLUDE = 'include = ["products/*.vkd"]'


def _settings(*patterns: str) -> str:
    quoted = ", ".join(f"'{pattern}'" for pattern in patterns)
    return SETTINGS.replace(INCLUDE, f"include = [{quoted}]")


@pytest.mark.parametrize(
    "path", ["nye/ny.vkd", "products/nye/ny.vkd", "ny.vkd", "products/ny.txt", "products [x]/ny.vkd"]
)
def test_a_product_that_include_does_not_name(vkd: Vkd, tmp_path: Path, path: str) -> None:
    workspace(tmp_path, {path: PRODUCT})
    for _ in range(2):
        called = vkd("check", "--output-format", "json", path)
        (found,) = called.json
        assert (found["code"], found["severity"], found["path"]) == ("VKD405", "warning", path)
        assert found["message"].endswith("Der står «products/*.vkd».")
        assert called.code == 0
    (edit,) = found["fixes"][0]["edits"]
    lines = (tmp_path / "vkd.toml").read_text(encoding="utf-8").splitlines(True)
    row, column = edit["start"]["line"] - 1, edit["start"]["column"] - 1
    lines[row] = lines[row][:column] + edit["text"] + lines[row][column:]
    (tmp_path / "vkd.toml").write_text("".join(lines), encoding="utf-8")
    assert vkd("check", "--output-format", "json", path).json == []
    assert "ny" in vkd("why", "demands/eksempel-3.vkd", "ny").out


def test_demands_stand_outside_and_a_folder_without_settings_includes_its_own(vkd: Vkd, tmp_path: Path) -> None:
    workspace(tmp_path, {"nye/d.vkd": PRODUCT.replace("Produktbeskrivelse", "Etterspørselsbeskrivelse")})
    assert "VKD405" not in vkd("check", "--output-format", "json").codes
    (tmp_path / "vkd.toml").unlink()
    (tmp_path / "nye/d.vkd").write_text(PRODUCT, encoding="utf-8")
    assert "VKD405" not in vkd("check", "--output-format", "json", "nye").codes


def test_a_link_from_where_include_leads_is_enough(vkd: Vkd, tmp_path: Path) -> None:
    workspace(tmp_path, {"nye/ny.vkd": PRODUCT})
    link = tmp_path / "products/ny.vkd"
    for _ in range(2):
        assert vkd("check", "--output-format", "json", "nye").codes == ["VKD405"]
        link.symlink_to("../nye/ny.vkd")
        assert vkd("check", "--output-format", "json", "nye", "products").codes == []
        link.unlink()


@pytest.mark.parametrize(
    ("pattern", "why", "instead"),
    [
        ("produkter/*.vkd", "Mappen «produkter» finnes ikke.", ["products/*.vkd"]),
        ("product/**/*.vkd", "Mappen «product» finnes ikke.", ["products/**/*.vkd"]),
        ("products\\*.vkd", "Mapper skilles med /, også på Windows.", ["products/*.vkd"]),
        ("~/products/*.vkd", "Her blir verken ~ eller variabler fylt ut; ", ["products/*.vkd"]),
        ("$HOME/products/*.vkd", "Her blir verken ~ eller variabler fylt ut; ", ["products/*.vkd"]),
        ("products", "Det er en mappe; ", ["products/*.vkd", "products/**/*.vkd"]),
        ("products/", "Det er en mappe; ", ["products/*.vkd", "products/**/*.vkd"]),
        (".vkd/*.vkd", "Filer og mapper som begynner med punktum, blir ikke lest.", []),
        ("far/*.vkd", "Et mønster regnes fra mappen der vkd.toml ligger.", ["far/**/*.vkd"]),
        ("vocabulary/*.vkd", "Et mønster regnes fra mappen der vkd.toml ligger.", []),
        ("", "Et mønster regnes fra mappen der vkd.toml ligger.", []),
    ],
)
def test_a_pattern_that_names_no_file(
    vkd: Vkd, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pattern: str, why: str, instead: list[str]
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    workspace(tmp_path, {"vkd.toml": _settings("products/*.vkd", pattern), "far/below/n.vkd": PRODUCT})
    for path in (".", "vkd.toml", str(tmp_path / "vkd.toml")):
        found = [one for one in vkd("check", "--output-format", "json", path).json if one["path"] == "vkd.toml"]
        assert [(one["code"], one["severity"]) for one in found] == [("VKD405", "warning")]
        row = next(row for row, line in enumerate(_settings(pattern).splitlines(), 1) if line.startswith("include"))
        assert found[0]["start"] == {"line": row, "column": INCLUDE.index("]") + 3}
        assert found[0]["message"].startswith(f"Mønsteret «{pattern}» fører ikke til noen fil. {why}")
        assert [fix["edits"][0]["text"] for fix in found[0]["fixes"]] == [f'"{one}"' for one in instead]


def test_the_only_pattern_names_no_file(vkd: Vkd, tmp_path: Path) -> None:
    workspace(tmp_path, {"vkd.toml": _settings("produkter/*.vkd")})
    called = vkd("check")
    assert (called.code, called.err) == (0, "")
    assert called.out.startswith("vkd.toml:12:12: warning VKD405")
    (tmp_path / "vkd.toml").write_text(_settings("produkter/*.vkd") + '[check]\nignore = ["VKD405"]\n')
    assert "VKD405" not in vkd("check").out


def test_settings_without_fault_are_counted_only_where_they_are_named(vkd: Vkd, tmp_path: Path) -> None:
    workspace(tmp_path, {})
    assert "13 filer" in vkd("check").out
    called = vkd("check", "vkd.toml")
    assert (called.code, called.err) == (0, "")
    assert "1 fil" in called.out
    assert vkd("check", "--fix", "vkd.toml").code == 0


def test_a_pattern_that_leads_to_what_cannot_be_read_is_no_wrong_pattern(vkd: Vkd, tmp_path: Path) -> None:
    workspace(tmp_path, {"vkd.toml": _settings("products/*.vkd", "new/*.vkd"), "new/a.txt": ""})
    os.mkfifo(tmp_path / "new/a.vkd")
    assert "VKD405" not in vkd("check", "--output-format", "json").codes


@pytest.mark.parametrize("path", [".", "..", "../a"])
def test_what_include_names_outside_the_folder_is_checked(vkd: Vkd, tmp_path: Path, path: str) -> None:
    root = workspace(tmp_path / "a", {"vkd.toml": _settings("products/*.vkd", "../b/products/*.vkd")})
    workspace(tmp_path / "b", {"products/ny.vkd": PRODUCT.replace("Yrke", "Yrkke").replace("Personer", "Persner")})
    for name in ("dode", "ft60-person", "ft70"):
        (tmp_path / f"b/products/{name}.vkd").unlink()
    called = vkd("check", "--output-format", "json", path, cwd=root)
    found = [one for one in called.json if one["code"] == "VKD101"]
    assert [one["start"]["line"] for one in found] == [2, 2]
    assert {one["path"] for one in found} == {f"{tmp_path}/b/products/ny.vkd"}
    assert called.code == 1
