"""A language is added by its file and nothing else: a mock of Finnish, made of the English texts, in every command."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from vkd_catalog import languages as module
from vkd_catalog.languages import languages, load, say

from .conftest import Vkd

CENSUS = Path(__file__).parents[3] / "examples/folketelling"
LEFT_OUT = ("check.clean", "VKD101.title")


@pytest.fixture
def catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The census with Finnish among the languages, which lacks a few texts; what a session has read is forgotten."""
    caches = (module.languages, module._tags, module._read)
    english = json.loads((module._FOLDER / "en.json").read_text(encoding="utf-8"))
    texts = {key: f"§{text}" for key, text in english["texts"].items() if key not in LEFT_OUT}
    finnish = english | {"name": "suomi", "order": 90, "fallback": "en", "quotes": "””", "texts": texts}
    folder = shutil.copytree(module._FOLDER, tmp_path / "languages")
    (folder / "fi.json").write_text(json.dumps(finnish), encoding="utf-8")
    monkeypatch.setattr(module, "_FOLDER", folder)
    for cache in caches:
        cache.cache_clear()
    root = shutil.copytree(CENSUS, tmp_path / "census", ignore=shutil.ignore_patterns(".vkd"))
    settings = root / "vkd.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace('"nb"', '"fi"'), encoding="utf-8")
    (root / "products/bad.vkd").write_text(
        "0 / Produktbeskrivelse / b\n1 / Personer / Tull / Yrke / 1970 / .\n", encoding="utf-8"
    )
    yield root
    monkeypatch.undo()
    for cache in caches:
        cache.cache_clear()


def test_it_stands_among_the_languages(catalogue: Path) -> None:
    assert languages()[-1] == "fi"
    assert load("fi").name == "suomi"


@pytest.mark.parametrize(
    "call",
    [
        ("check", "."),
        ("run", "--language", "fi", "demands/eksempel-3.vkd"),
        ("run", "--language", "fi", "--output-format", "markdown", "demands/eksempel-3.vkd"),
        ("rule", "--language", "fi", "VKD402"),
        ("why", "--language", "fi", "demands/eksempel-3.vkd", "dode-yrke"),
        ("catalogue", "show", "Yrke"),
        ("catalogue", "statistics"),
        ("format", "--language", "fi", "--check", "."),
        ("status",),
        ("check", "--language", "fi", "--selct", "x"),
    ],
    ids=" ".join,
)
def test_every_command_speaks_it(catalogue: Path, vkd: Vkd, call: tuple[str, ...]) -> None:
    said = vkd(*call, cwd=catalogue)
    assert "§" in said.out + said.err, said
    assert "KeyError" not in said.err


def test_what_it_lacks_is_said_in_the_language_that_stands_in(catalogue: Path, vkd: Vkd) -> None:
    assert say("VKD101.title", "fi") == say("VKD101.title", "en")
    assert "Nothing found" in vkd("check", "demands/eksempel-3.vkd", cwd=catalogue).out
