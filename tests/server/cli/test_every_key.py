"""Every key of technical data is accepted, offered, explained, told, shown, compared and watched.

A key that is added to `KEYS` is tried here by that alone; what fails says which file has no word of it yet.
"""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.docs.pages import tables
from tests.server.cli.conftest import Vkd
from tests.server.features.marked import MARK, marked
from tests.server.workspaces import found_in_text, workspace
from tests.tidy.tree import ROOT, text
from vkd_catalog.configuration import configuration_for
from vkd_catalog.languages import languages, load
from vkd_catalog.message.about import ASKED_FOR
from vkd_grammar.technical import KEYS, Key, ValueKind
from vkd_server.features.completion.complete import complete
from vkd_server.features.explain.hover import hover
from vkd_server.web.browse import Browse
from vkd_server.workspace.background import BackgroundCatalogue

VALUES: Mapping[ValueKind, tuple[str, str]] = {
    "address": ("https://example.org/1", "https://example.org/2"),
    "form": ("csv", "parquet"),
    "access": ("open", "closed"),
    "words": ("Fødselsnummer", "Fødselsdato"),
    "text": ("Noe", "Noe annet"),
    "days": ("30", "60"),
    "day": ("20240131", "20250131"),
    "columns": ("A=Yrke", "B=Yrke"),
    "archive": ("data", "document"),
    "flag": ("yes", "no"),
}
"""Two values of every kind."""

OF_PRODUCTS = [key for key in KEYS if key.kind == "product"]
SENTENCE = "1 / Personer / Personreg.nov.70 / Kjønn / 19701101 / .\n"
DEMAND = "0 / Etterspørselsbeskrivelse / den / profile=yes\n" + SENTENCE
FILE = "products/ny.vkd"


def described(key: Key, value: str, name: str = "") -> str:
    """A description that states one key."""
    head = "Produktbeskrivelse / ny" if key.kind == "product" else "Etterspørselsbeskrivelse / den"
    return f"0 / {head} / {name or key.name}={value}\n{SENTENCE}"


def product(which: int) -> str:
    """A product that states every key, with the first or the second of its values."""
    stated = "".join(f"; {key.name}={VALUES[key.value][which]}\n    " for key in OF_PRODUCTS)
    return f"0 / Produktbeskrivelse / ny / {stated.strip('; ')}\n{SENTENCE}".replace("\n    \n", "\n")


@pytest.fixture
def census(tmp_path: Path) -> Path:
    """The census with a product that states every key, and a demand for it."""
    return workspace(tmp_path / "census", {FILE: product(0), "demands/den.vkd": DEMAND})


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.name)
def test_it_is_accepted_offered_and_explained(key: Key) -> None:
    value = VALUES[key.value][0]
    for name in (key.name, *key.aliases):
        assert "VKD402" not in [one.code for one in found_in_text(described(key, value, name))]
    assert "VKD402" in [one.code for one in found_in_text(described(key, ""))]
    found = complete(*marked(described(key, value).replace(f"{key.name}={value}", f"{key.name[:2]}{MARK}")))
    assert found is not None
    assert key.name in [item.label for item in found.items]
    said = hover(*marked(described(key, value).replace(f"{key.name}=", f"{key.name}{MARK}=")), lambda piece: None)
    assert said is not None
    assert f"**{key.name}**" in said.text


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.name)
def test_it_has_a_row_in_the_reference_and_a_label_in_every_language(key: Key) -> None:
    rows = [cells[0] for cells in tables(text(ROOT / "docs/language.md"), "key | also")]
    assert f"`{key.name}`" in rows, f"docs/language.md needs a row for {key.name} in its table of keys"
    if key.kind == "product":
        for language in languages():
            told = load(language).texts.keys()
            assert f"key.{key.name}" in told, f"languages/{language}.json needs a text key.{key.name}"


def test_a_message_tells_of_it(census: Path, vkd: Vkd) -> None:
    file = census / "demands/den.vkd"
    (run,) = vkd("run", file, "--output-format", "json").demands
    assert run["products"]["ny"]["stated"] == {key.name: VALUES[key.value][0] for key in OF_PRODUCTS}
    for output in ("text", "markdown"):
        told = vkd("run", file, "--detail", "--output-format", output, "--language", "en").out.splitlines()
        for key in OF_PRODUCTS:
            label = load("en").texts[f"key.{key.name}"]
            said = [line for line in told if label in line and VALUES[key.value][0] in line]
            assert said or key.name in ASKED_FOR, f"nothing tells of {key.name} in {output}"


def test_a_page_shows_it_by_its_label_unless_it_is_internal(census: Path) -> None:
    browse = Browse(configuration_for(census), BackgroundCatalogue)
    for language in languages():
        told = browse.ask("product", {"language": language, "id": "ny"})
        facts = told["facts"] if isinstance(told, dict) else []
        assert [(fact["key"], fact["label"]) for fact in facts] == [
            (key.name, load(language).texts[f"key.{key.name}"]) for key in OF_PRODUCTS if not key.internal
        ]


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_a_change_of_it_is_a_difference(census: Path, vkd: Vkd) -> None:
    who = {f"GIT_{role}_{what}": "x@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "before"]):
        subprocess.run(["git", *arguments], cwd=census, env={**os.environ, **who}, check=True)
    (census / FILE).write_text(product(1), encoding="utf-8")
    told = vkd("diff", "HEAD", "--output-format", "json", cwd=census).out
    assert [key.name for key in OF_PRODUCTS if f'"key": "{key.name}"' not in told] == []


def test_a_profile_is_told_of_its_change_where_it_is_watched(census: Path, vkd: Vkd) -> None:
    vkd("profile", "run", "demands/den.vkd", cwd=census)
    (census / FILE).write_text(product(1), encoding="utf-8")
    told = vkd("profile", "run", "demands/den.vkd", "--output-format", "json", cwd=census).json
    changed = [set(one["now"]) - {"sensitive"} for one in told["changes"] if one["kind"] == "changed"]
    assert changed == [{key.name for key in OF_PRODUCTS if key.watched}]
