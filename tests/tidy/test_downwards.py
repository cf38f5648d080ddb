"""Inside the protocol's rim and the workspace calls go downwards: no module imports, be it for its types alone, one that
imports it, and the loop is named by nobody whom it calls."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tidy.tree import ROOT, files

_SERVER = ROOT / "server"
_PACKAGES = ("vkd_server/lsp", "vkd_server/workspace")
_LOOP = {"vkd_server.lsp", "vkd_server.lsp.server"}
"""The loop, and what starts it."""


def modules() -> dict[str, Path]:
    found = files(*(f"server/{package}/**.py" for package in _PACKAGES))
    return {_name(path): path for path in found}


def _name(path: Path) -> str:
    parts = path.relative_to(_SERVER).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(path: Path, known: set[str]) -> Iterator[str]:
    """The modules that a module imports wherever it does, at once, later or for its types."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                below = f"{node.module}.{alias.name}"
                yield below if below in known else node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def test_no_module_is_imported_by_what_it_imports() -> None:
    known = modules()
    below = {name: set(imported(path, set(known))) & set(known) - {name} for name, path in known.items()}
    while leaves := [name for name, names in below.items() if not names]:
        for leaf in leaves:
            del below[leaf]
        below = {name: names & set(below) for name, names in below.items()}
    assert sorted(below) == []


@pytest.mark.parametrize(("name", "path"), [one for one in modules().items() if one[0] not in _LOOP])
def test_the_loop_is_named_by_nobody_below_it(name: str, path: Path) -> None:
    named = {one.id for one in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(one, ast.Name)}
    assert "Server" not in named
    assert "vkd_server.lsp.server" not in set(imported(path, set(modules())))
