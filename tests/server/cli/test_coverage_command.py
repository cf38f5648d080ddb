"""vkd coverage: shares, how they changed, and pictures of them."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.server.cli.conftest import Vkd
from tests.server.workspaces import CENSUS, workspace
from vkd_catalog.documents import PARTS, part_names

MEASURES = ["documents", "documentation", "definition", "sensitivity", "time", "access"]
HALF = "---\nid: half\ntitle: Half\n---\n" + "".join(
    f"# {part_names(part, 'sv')[0]}\n\nText.\n\n" for part in PARTS[:5]
)

PRODUCTS = """
0 / Product description / a / collection=Yearly; doc=half; access=open
1 / Persons / Personreg.nov.70 / Income / 1970 / O
2 / "       / "                / Occupation / ? / .

0 / Product description / b / collection=yearly; doc=nobody
1 / Persons / Personreg.nov.70 / Income / 1971 / .

0 / Product description / c / doc=https://example.org/c
1 / Persons / Personreg.nov.70 / Sex / 1970 / .
"""


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    folder = workspace(tmp_path, {"products/x.vkd": PRODUCTS, "documents/half.md": HALF})
    for name in ("ft70", "ft60-person", "dode"):
        (folder / f"products/{name}.vkd").unlink()
    return folder


def shares(vkd: Vkd, *arguments: str) -> Any:
    called = vkd("coverage", "--output-format", "json", *arguments)
    assert called.err == ""
    return json.loads(called.out)


def test_the_shares(vkd: Vkd, mixed: Path) -> None:
    found = shares(vkd, "--workspace", str(mixed))
    assert list(found) == ["revision", "all", "collections"]
    assert list(found["all"]) == MEASURES
    assert found["all"] == {
        "documents": 0.6667,
        # Those of c lie elsewhere: nobody knows their parts.
        "documentation": round(5 / 22, 4),
        "definition": 1.0,
        # Income is not assessed.
        "sensitivity": 0.6667,
        "time": 0.75,
        "access": 0.3333,
    }
    assert list(found["collections"]) == ["Yearly"]
    assert found["collections"]["Yearly"]["documents"] == 0.5
    assert found["collections"]["Yearly"]["access"] == 0.5


def test_what_nothing_could_have_is_no_share(vkd: Vkd, tmp_path: Path) -> None:
    (tmp_path / "vkd.toml").write_text("")
    assert set(shares(vkd, "--workspace", str(tmp_path))["all"].values()) == {None}
    assert vkd("coverage", "--min", "1").code == 0
    assert "–" in vkd("coverage").out


@pytest.mark.parametrize(
    ("least", "code"), [("0", 0), ("0.8", 0), ("0.83", 0), ("0.84", 1), ("1", 1), ("2", 2), ("x", 2)]
)
def test_a_share_below_what_is_asked_for(vkd: Vkd, tmp_path: Path, least: str, code: int) -> None:
    called = vkd("coverage", "--workspace", str(CENSUS), "--min", least)
    assert called.code == code
    assert ("følsomhet" in called.err) is (code == 1)


@pytest.mark.parametrize("language", ["nb", "nn", "sv", "da", "en"])
def test_text_and_markdown_say_the_same(vkd: Vkd, mixed: Path, language: str) -> None:
    arguments = ("coverage", "--workspace", str(mixed), "--language", language)
    text, markdown = vkd(*arguments).out, vkd(*arguments, "--output-format", "markdown").out
    numbers = re.findall(r"\d+[.,]\d %", text)
    assert len(numbers) == 12
    assert re.findall(r"\d+[.,]\d %", markdown) == numbers
    assert "Yearly" in text
    assert "{" not in text


def test_a_hostile_name_is_no_markup(vkd: Vkd, tmp_path: Path) -> None:
    name = "<b>|x`\u202e"
    folder = workspace(tmp_path, {"products/x.vkd": PRODUCTS.replace("collection=Yearly", f"collection={name}")})
    out = vkd("coverage", "--workspace", str(folder), "--output-format", "markdown").out
    assert "\u202e" not in out
    rows = [line for line in out.splitlines() if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {8}


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(
        ["git", "-c", "user.name=a", "-c", "user.email=a@b", *arguments], cwd=folder, check=True, capture_output=True
    )


@pytest.fixture
def grown(mixed: Path) -> Path:
    """A workspace in git in whose first state nothing is documented."""
    half, whole = mixed / "documents/half.md", HALF
    half.write_text("---\nid: other\n---\n")
    git(mixed, "init", "-q")
    git(mixed, "add", ".")
    git(mixed, "commit", "-qm", "one")
    half.write_text(whole)
    git(mixed, "commit", "-qam", "two")
    return mixed


def test_how_it_changed_since_a_revision(vkd: Vkd, grown: Path) -> None:
    found = shares(vkd, "--workspace", str(grown), "--since", "HEAD~1")
    assert found["since"]["all"]["documents"] == 0.3333
    assert found["all"]["documents"] == 0.6667
    text = vkd("coverage", "--workspace", str(grown), "--since", "HEAD~1", "--language", "en").out
    assert "66.7 % (+33.3)" in text
    assert vkd("coverage", "--workspace", str(grown), "--since", "no-such").code == 2


def test_a_plot_and_a_badge(vkd: Vkd, grown: Path) -> None:
    picture, mark = grown / "plot.svg", grown / "badge.svg"
    called = vkd(
        *("coverage", "--workspace", str(grown), "--plot", str(picture), "--badge", str(mark), "--history", "5")
    )
    assert called.code == 0
    lines = [one for one in ElementTree.parse(picture).iter() if one.tag.endswith("polyline")]
    assert len(lines) == len(MEASURES)
    # Two revisions, and the files as they are.
    assert {len(one.attrib["points"].split()) for one in lines} == {3}
    assert "%" in "".join(ElementTree.parse(mark).getroot().itertext())
    assert "href" not in picture.read_text() + mark.read_text()


def test_outside_git_there_is_no_history(vkd: Vkd, mixed: Path) -> None:
    called = vkd("coverage", "--workspace", str(mixed), "--since", "HEAD")
    assert called.code == 2
    assert called.err.count("\n") == 1


def test_the_documents_of_a_catalogue_that_was_handed_out_are_not_looked_for(vkd: Vkd, tmp_path: Path) -> None:
    vkd("catalogue", "build", "--to", str(tmp_path), "--workspace", str(CENSUS))
    (file,) = tmp_path.glob("*.vkdreg")
    (tmp_path / "vkd.toml").write_text(f'[catalogues]\nft = "{file.name}"\n')
    found = shares(vkd, "--workspace", str(tmp_path))["all"]
    assert (found["documents"], found["documentation"]) == (1.0, None)
