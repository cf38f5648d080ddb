"""The command line imports what a command uses and no more: a list of modules, since times vary from run to run."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ENTRY = "import sys; from vkd_server.__main__ import main; sys.exit(main())"
TIMED = re.compile(r"^import time: .* \| +([\w. \[\]]+)\n", re.MULTILINE)
HEAVY = {"pygls", "lsprotocol", "lark", "asyncio", "logging", "dataclasses", "rapidfuzz", "attr", "cattrs"}
DEMAND = "0 / Etterspørselsbeskrivelse / bruker 1\n1 / Personer / - / Yrke / 1970 / .\n"


def imported(*arguments: str) -> set[str]:
    """The modules that `vkd` with these arguments imports, by their full names."""
    command = [sys.executable, "-X", "importtime", "-c", ENTRY, *arguments]
    run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    timed, said = TIMED.findall(run.stderr), TIMED.sub("", run.stderr).strip()
    assert run.returncode in {0, 1}, said
    assert "Traceback" not in said, said
    return set(timed)


def packages(modules: set[str]) -> set[str]:
    return {module.partition(".")[0] for module in modules}


def test_version_imports_almost_nothing() -> None:
    beyond = {"vkd_grammar", "vkd_catalog", "tree_sitter", "argparse", "re", "json", "importlib.metadata"}
    modules = imported("--version")
    assert modules & beyond == set()
    assert packages(modules) & HEAVY == set()


@pytest.mark.parametrize("name", ["a.vkd", "b.csv"])
def test_check_imports_nothing_heavy(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(DEMAND if name.endswith("vkd") else "code,prefLabel@nb\nA,Person\n", encoding="utf-8")
    modules = imported("check", str(path))
    assert "vkd_grammar" in modules
    assert packages(modules) & HEAVY == set()


def test_a_session_begins_before_what_reads_and_answers_is_imported() -> None:
    begin = "from vkd_server.lsp.lazy_types import import_types; import_types(); import vkd_server.lsp.server"
    run = subprocess.run([sys.executable, "-X", "importtime", "-c", begin], capture_output=True, text=True, check=True)
    modules = set(TIMED.findall(run.stderr))
    assert "vkd_server.lsp.requests" in modules
    later = (
        "tree_sitter",
        "vkd_catalog.catalogue",
        "vkd_server.workspace.workspace",
        "vkd_server.lsp.requests.explain.hover",
    )
    assert not modules & set(later)
