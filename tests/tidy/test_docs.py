"""What the documents say of the tree is true: links, paths, make targets, dependencies, the version."""

import re
import tomllib
from pathlib import Path

import pytest

import vkd_server
from tests.tidy.tree import ROOT, files, text
from vkd_server.rules import FOUND_IF_ASKED

DOCUMENTS = [path for path in files("*.md") if "corpus" not in path.parts]
FOLDERS = "grammar|catalog|server|editors|tests|examples|requirements|benchmarks|docs"
LINK = re.compile(r"\]\(<?([^)>\s#]*)(?:#([^)>\s]+))?>?\)")
PATH = re.compile(rf"`((?:{FOLDERS})/[\w./-]*)`")
PLACEHOLDER = re.compile(r"NAME|NNN")
TARGET = re.compile(r"(?:^|`)make ([a-z][\w-]*)", re.MULTILINE)
each_document = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))


def anchors(document: Path) -> set[str]:
    """The anchors that a document's headings make: lower case, blanks as hyphens, punctuation dropped."""
    headings = re.findall(r"^#+ (.+)$", text(document), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@each_document
def test_links_lead_somewhere(document: Path) -> None:
    for target, anchor in LINK.findall(text(document)):
        if re.match(r"[a-z]+:", target):
            continue
        place = document.parent / target if target else document
        assert place.exists(), f"{target} does not exist"
        assert not anchor or anchor in anchors(place), f"{target}#{anchor}: no such heading"


@each_document
def test_named_paths_exist(document: Path) -> None:
    named = [path for path in PATH.findall(text(document)) if not PLACEHOLDER.search(path)]
    assert [path for path in named if not (ROOT / path).exists()] == []


@each_document
def test_named_make_targets_exist(document: Path) -> None:
    targets = set(re.findall(r"^([\w-]+):", text(ROOT / "Makefile"), re.MULTILINE))
    assert set(TARGET.findall(text(document))) <= targets


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads(text(ROOT / "pyproject.toml"))
    groups = [project["build-system"]["requires"], project["project"]["dependencies"]]
    groups += project["project"]["optional-dependencies"].values()
    groups += project["dependency-groups"].values()
    names = {re.split(r"[^\w-]", requirement)[0] for group in groups for requirement in group}
    reasons = text(ROOT / "ARCHITECTURE.md").partition("\n## Dependencies\n")[2]
    assert [name for name in sorted(names) if not re.search(rf"(?<![\w-]){name}(?![\w-])", reasons)] == []


def test_the_changelog_begins_with_this_version() -> None:
    newest = re.search(r"^## (\d+(?:\.\d+)*)", text(ROOT / "CHANGELOG.md"), re.MULTILINE)
    assert newest
    assert newest[1] == vkd_server.__version__


def test_a_rule_is_two_files() -> None:
    """What CONTRIBUTING.md says of adding a diagnostic, seen in one that no other part of the code needs to know."""
    name = next(name for name in FOUND_IF_ASKED if name.startswith("vkd502_"))
    sources = files("grammar/vkd_grammar/*.py", "catalog/vkd_catalog/*.py", "server/vkd_server/*.py")
    named = {
        path.relative_to(ROOT / "server/vkd_server").as_posix() for path in sources if "vkd502" in text(path).lower()
    }
    assert named == {"rules/__init__.py", f"rules/{name}.py"}
