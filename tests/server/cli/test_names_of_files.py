"""Names of files are bytes: one that is no UTF-8 is told of with U+FFFD, and its file is one like others."""

import os
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.server.cli.conftest import Vkd
from tests.server.workspaces import workspace

PRODUCT = """0 / Produktbeskrivelse / født / data=F:ft70-person.csv; doc=P:ft70.md; form=csv; access=open
1 / Personer / Personreg.nov.70 / Yrke / 19701101 / O
2 / Personer / Personreg.nov.70 / Yrkke / 19701101 / .
"""
DEMAND = "0 / Etterspørselsbeskrivelse / bruker / profile=yes\n1 / Personer / Personreg.nov.70 / Yrke / 19701101 / .\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = workspace(tmp_path, {})
    try:
        for name, text in ((b"products/f\xf8dt.vkd", PRODUCT), (b"demands/\xe5.vkd", DEMAND)):
            Path(os.fsdecode(os.path.join(os.fsencode(folder), name))).write_bytes(text.encode())
    except OSError:
        pytest.skip("this disk takes no such names")
    return folder


@pytest.mark.parametrize("output_format", ["text", "json", "github", "gitlab", "sarif", "junit"])
def test_check(vkd: Vkd, root: Path, output_format: str) -> None:
    for _ in range(2):
        called = vkd("check", "--output-format", output_format)
        assert (called.code, called.err) == (1, "")
        assert "products/f\ufffddt.vkd" in unquote(called.out)
        called.out.encode("utf-8")


def test_a_baseline_knows_it_again(vkd: Vkd, root: Path) -> None:
    assert vkd("check", "--write-baseline", "known.json").code == 0
    assert vkd("check", "--baseline", "known.json").code == 0


def test_one_product_twice_is_told(vkd: Vkd, root: Path) -> None:
    (root / "products/g.vkd").write_text(PRODUCT, encoding="utf-8")
    said = [one["message"] for one in vkd("check", "--output-format", "json").json if one["code"] == "VKD404"]
    assert any("products/f\ufffddt.vkd:1" in one for one in said)


def test_it_answers(vkd: Vkd, root: Path) -> None:
    for _ in range(2):
        called = vkd("run", "--output-format", "json", "demands")
        called.out.encode("utf-8")
        (asked,) = (one for one in called.demands if one["id"] == "bruker")
        assert asked["path"] == "demands/\ufffd.vkd"
        assert ["født"] in [cover["members"] for cover in asked["covers"]]


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ("run demands", "demands/\ufffd.vkd"),
        ("run --output-format markdown demands", "født"),
        ("format --check .", "products/f\ufffddt.vkd"),
        ("format --diff .", "products/f\ufffddt.vkd"),
        ("test .", "demands/\ufffd.expected"),
        ("test --output-format json .", "demands/\ufffd.vkd"),
        ("profile run --output-format json", "demands/\ufffd.vkd"),
        ("profile run --output-format atom", "demands/\ufffd.vkd"),
        ("catalogue statistics --output-format json", '"products": 5'),
    ],
)
def test_other_commands(vkd: Vkd, root: Path, call: str, said: str) -> None:
    called = vkd(*call.split())
    called.out.encode("utf-8")
    assert said in called.out
    assert "Error" not in called.err


def test_coding(vkd: Vkd, root: Path) -> None:
    called = vkd("code", "products")
    assert "0 / Produktbeskrivelse / født" in called.out
    assert "products/f\ufffddt.vkd:3:" in called.err


def test_safe_fixes_are_written_to_it(vkd: Vkd, root: Path) -> None:
    vkd("check", "--fix")
    vkd("format", ".")
    numbered = [f"eksempel-{number}.vkd".encode() for number in (2, 3, 4)]
    assert sorted(os.listdir(os.fsencode(root / "demands"))) == [*numbered, b"\xe5.vkd"]
