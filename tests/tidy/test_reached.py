"""Every module is used: from the command line on, each is imported by another, or named in one of the tables."""

import ast
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from tests.tidy.tree import ROOT, files

START = "vkd_server.__main__"
APART = {"vkd_grammar.formal"}
"""Of use to tests and to readers: the formal definition of the language."""


def modules() -> dict[str, Path]:
    """The modules of the three packages by name."""
    found = files("grammar/vkd_grammar/**.py", "catalog/vkd_catalog/**.py", "server/vkd_server/**.py")
    return {
        ".".join(path.relative_to(ROOT).with_suffix("").parts[1:]).removesuffix(".__init__"): path for path in found
    }


def used_by(path: Path, stems: dict[str, set[str]]) -> Iterator[str]:
    """The modules that a module may import, wherever and however it does.

    A table names what it does not import by its last name, alone or with the folder before it and the function behind
    it: `explain.hover.hover`. `stems` are the modules by their last names.
    """
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from chain.from_iterable(stems.get(part, ()) for part in node.value.split("."))


def test_every_module_is_reached_from_the_command_line() -> None:
    known = modules()
    stems: dict[str, set[str]] = {}
    for name in known:
        stems.setdefault(name.rpartition(".")[2], set()).add(name)
    waiting, reached = [START], set[str]()
    while waiting:
        name = waiting.pop()
        if name in known and name not in reached:
            reached.add(name)
            waiting += [name.rpartition(".")[0], *used_by(known[name], stems)]
    assert sorted(known.keys() - reached) == sorted(APART)
