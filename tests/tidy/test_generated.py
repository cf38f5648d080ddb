"""Generated files are what their sources make of them today."""

import hashlib
import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from docs import capabilities, commands
from docs.capabilities import summary
from docs.rules import write as rules
from editors import write as editors
from tests.tidy.tree import ROOT
from vkd_server.lsp.requests import COMMANDS, FEATURES

GRAMMAR = ROOT / "grammar/tree-sitter-vkd"
CLI = shlex.split(os.environ.get("TREE_SITTER", "tree-sitter"))
MADE_WITH = "0.26"


def test_the_parser_was_generated_after_the_last_change_of_the_grammar() -> None:
    digest = hashlib.sha256((GRAMMAR / "grammar.js").read_bytes()).hexdigest()
    assert (GRAMMAR / "src/grammar.js.sha256").read_text().strip() == digest, "run: make grammar"


def test_the_parser_is_what_the_tree_sitter_cli_generates(tmp_path: Path) -> None:
    if not shutil.which(CLI[0]):
        pytest.skip("the tree-sitter CLI is not installed; TREE_SITTER names one")
    told = subprocess.run([*CLI, "--version"], capture_output=True, text=True, check=True).stdout
    if not re.search(rf"\b{re.escape(MADE_WITH)}\.", told):
        pytest.skip(f"parser.c was generated with tree-sitter {MADE_WITH}, this is {told.strip()}")
    command = [*CLI, "generate", "--abi", "14", "--output", str(tmp_path), str(GRAMMAR / "grammar.js")]
    subprocess.run(command, check=True)
    for name in ["parser.c", "grammar.json", "node-types.json", "tree_sitter/parser.h"]:
        assert (tmp_path / name).read_bytes() == (GRAMMAR / "src" / name).read_bytes(), f"{name}: run: make grammar"


def test_the_page_of_capabilities_says_what_the_code_does() -> None:
    assert capabilities.PAGE.read_text(encoding="utf-8") == capabilities.page(), "run: make pages"


def test_the_page_of_commands_says_what_they_take() -> None:
    assert commands.PAGE.read_text(encoding="utf-8") == commands.page(), "run: make pages"


def test_each_rule_has_its_page_and_its_row() -> None:
    old = [str(path) for path, page in rules.pages().items() if not path.exists() or path.read_text("utf-8") != page]
    assert (old, rules.stale()) == ([], []), "run: make pages"


def test_editors_know_the_languages_engines_and_rules_that_there_are() -> None:
    old = [str(path) for path, text in editors.files().items() if not path.exists() or path.read_text("utf-8") != text]
    assert (old, editors.stale()) == ([], []), "run: make pages"


@pytest.mark.parametrize(
    "answer", [feature.answer for feature in FEATURES] + [command.carry_out for command in COMMANDS]
)
def test_every_method_and_command_says_in_a_sentence_what_it_does(answer: object) -> None:
    assert summary(answer).endswith(".")
