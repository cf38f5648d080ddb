"""`vkd status`: what is configured and from where, what the register holds, and whether it says what the files say."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.server.cli.conftest import Vkd
from tests.server.workspaces import workspace
from vkd_catalog.cache import Cache
from vkd_catalog.engines.embedded_store import REGISTER_FILE

PRODUCT = "0 / Produktbeskrivelse / ny / access=open\n1 / Personer / Personreg.nov.70 / Yrke / 19701101 / .\n"


@pytest.fixture
def census(tmp_path: Path, vkd: Vkd) -> Path:
    """A workspace whose register is stored."""
    root = workspace(tmp_path / "census", {})
    assert vkd("status", root).code == 0
    return root


def test_what_is_configured_and_held_in_four_languages(census: Path, vkd: Vkd) -> None:
    said = {language: vkd("status", census, "--language", language).out for language in ("nb", "sv", "da", "en")}
    assert len(set(said.values())) == 4
    assert vkd("status", cwd=census).out == said["nb"]
    assert vkd("status", census / "products").out == said["nb"]
    lines = said["en"].splitlines()
    assert f"Catalogue: Folketelling (nb), {census}" in lines
    assert f"Settings: {census / 'vkd.toml'}" in lines
    assert "Names: vocabulary/names.csv (concepts: 13)" in lines
    assert "Product descriptions: products/*.vkd (files: 3)" in lines
    assert "Archive F: archive/" in lines
    assert any(line.startswith(f"  Stored in {census / '.vkd' / REGISTER_FILE}, ") for line in lines)
    assert "  Files: 3; product descriptions: 4; sentences: 12." in lines


def test_the_same_as_json(census: Path, vkd: Vkd) -> None:
    said = vkd("status", census, "--verify", "--output-format", "json").json
    assert said["catalogue"]["settings"] == str(census / "vkd.toml")
    assert said["vocabularies"]["names"]["files"] == ["vocabulary/names.csv"]
    register = said["register"]
    assert (register["stored"], register["state"], register["files"]) == (True, "whole", 3)
    assert register["bytes"] == (census / ".vkd" / REGISTER_FILE).stat().st_size
    assert said["differences"] == []


RULES = "[disclosure]\nthreshold = 5\ndominance = [2, 85]\nwinsorise = 1\n"
LISTED = "Rules for figures of single units: threshold = 5, dominance = [2, 85], winsorise = [1, 99]"
LACKING = "[disclosure] in vkd.toml lacks"


@pytest.mark.parametrize(
    ("rules", "listed"),
    [
        ("", []),
        ("[disclosure]\n", ["Rules for figures of single units: -", f"{LACKING} threshold, log"]),
        (RULES, [LISTED, f"{LACKING} log"]),
        (f'{RULES}log = "a/log.jsonl"\n', [f"{LISTED}, log = a/log.jsonl"]),
    ],
)
def test_documents_and_rules_are_listed(census: Path, vkd: Vkd, rules: str, listed: list[str]) -> None:
    with (census / "vkd.toml").open("a", encoding="utf-8") as settings:
        settings.write(f"\n{rules}")
    lines = vkd("status", census, "--language", "en").out.splitlines()
    assert "Documentations: documents/*.md (files: 3)" in lines
    told = [line for line in lines if line.startswith(("Rules", "[disclosure]"))]
    assert [line.partition(":")[0] if line.startswith("[") else line for line in told] == listed
    found = vkd("status", census, "--output-format", "json").json
    assert found["documents"] == [{"include": "documents/*.md", "files": 3}]
    assert (found["disclosure"] or {}).get("dominance") == ([2, 85] if "dominance" in rules else None)


CHANGES: dict[str, tuple[Callable[[Path], object], list[tuple[str, str]]]] = {
    "nothing": (lambda root: None, []),
    "changed": (
        lambda root: (root / "products/ft70.vkd").write_text(PRODUCT, encoding="utf-8"),
        [("changed", "products/ft70.vkd")],
    ),
    "new": (lambda root: (root / "products/a.vkd").write_text(PRODUCT, encoding="utf-8"), [("new", "products/a.vkd")]),
    "gone": (lambda root: (root / "products/ft70.vkd").unlink(), [("gone", "products/ft70.vkd")]),
    "touched": (lambda root: os.utime(root / "products/ft70.vkd", (10**9, 10**9)), []),
    "altered under a right seal": (lambda root: alter(root), [("altered", "products/ft70.vkd")]),
}


def alter(root: Path) -> None:
    """As only a fault of ours could."""
    cache = Cache(root)
    file = root / "copy"
    file.write_bytes(bytes(cache.read_sealed(REGISTER_FILE).data))
    with closing(sqlite3.connect(file)) as database:
        number = "(SELECT max(number) FROM product WHERE path LIKE '%ft70.vkd')"
        database.execute(f"DELETE FROM sentence WHERE line = 1 AND product = {number}")
        database.commit()
    cache.write_sealed(REGISTER_FILE, file.read_bytes())


@pytest.mark.parametrize("what", CHANGES)
def test_a_register_is_compared_with_the_files(census: Path, vkd: Vkd, what: str) -> None:
    make, expected = CHANGES[what]
    make(census)
    before = (census / ".vkd" / REGISTER_FILE).read_bytes()
    said = vkd("status", census, "--verify", "--output-format", "json")
    assert [(one["kind"], one["path"]) for one in said.json["differences"]] == expected
    assert said.code == bool(expected)
    told = vkd("status", census, "--verify", "--language", "en")
    assert all(path in told.out for _, path in expected)
    assert (census / ".vkd" / REGISTER_FILE).read_bytes() == before


@pytest.mark.parametrize("damage", [b"", b"SQLite format 3\0", bytes(9000)])
def test_a_damaged_register_is_told_and_made_anew_by_the_next_call(census: Path, vkd: Vkd, damage: bytes) -> None:
    (census / ".vkd" / REGISTER_FILE).write_bytes(damage)
    said = vkd("status", census, "--verify", "--language", "en")
    assert (said.code, said.err) == (1, "")
    assert "is damaged, or was changed by another program" in said.out
    said = vkd("status", census, "--language", "en")
    assert "was damaged" in said.err
    assert "Stored in" in said.out
    assert vkd("status", census, "--verify").code == 0


def test_other_vocabularies_make_it_out_of_date(census: Path, vkd: Vkd) -> None:
    with (census / "vocabulary/names.csv").open("a", encoding="utf-8") as file:
        file.write("\n")
    said = vkd("status", census, "--verify", "--output-format", "json")
    assert (said.code, said.json["register"]["state"]) == (1, "outdated")


def test_one_that_was_never_made_is_made(census: Path, vkd: Vkd) -> None:
    (census / ".vkd" / REGISTER_FILE).unlink()
    assert vkd("status", census, "--verify").code == 0
    assert (census / ".vkd" / REGISTER_FILE).exists()


def test_a_place_that_is_not_there(vkd: Vkd) -> None:
    said = vkd("status", "nowhere")
    assert (said.code, said.err) == (2, "vkd: nowhere: no such file or folder\n")
