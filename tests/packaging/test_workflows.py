"""The workflows of the public forge, the templates and the hooks for this repository: what they name is there."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]

from tests.tidy.tree import ROOT, files, text

FILES = [*files(".github/*.yml", ".github/*.yaml"), ROOT / ".pre-commit-config.yaml"]


def strings(value: Any) -> list[str]:
    """Every text in a document, however deep."""
    if isinstance(value, dict):
        return [found for one in value.values() for found in strings(one)]
    if isinstance(value, list):
        return [found for one in value for found in strings(one)]
    return [value] if isinstance(value, str) else []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_what_a_file_calls_is_there(path: Path) -> None:
    said = "\n".join(strings(yaml.safe_load(text(path))))
    targets = re.findall(r"^([\w-]+):", text(ROOT / "Makefile"), re.MULTILINE)
    assert set(re.findall(r"\bmake ([a-z]+)$", said, re.MULTILINE)) <= set(targets)
    for named in re.findall(r"(?<![\w./])((?:tests|editors|docs)/[\w./-]+)", said):
        assert (ROOT / named).exists() or named.endswith(".vsix"), named


def test_publishing_needs_a_tag_and_no_secret() -> None:
    jobs = yaml.safe_load(text(ROOT / ".github/workflows/release.yml"))["jobs"]
    for name in ("publish", "pages"):
        assert jobs[name]["if"] == "startsWith(github.ref, 'refs/tags/v')"
    assert "secrets." not in text(ROOT / ".github/workflows/release.yml")
