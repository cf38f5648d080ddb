"""`vkd find WORDS…`: what is told of each hit, as text and as JSON, and the exit code."""

import json
import shutil
from pathlib import Path

import pytest

from tests.server.cli.conftest import Vkd

FOLKETELLING = Path(__file__).parents[3] / "examples" / "folketelling"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLKETELLING, tmp_path / "w"))


def test_a_hit_says_what_matched_and_how(vkd: Vkd, workspace: Path) -> None:
    called = vkd("find", "income", "--language", "en", cwd=workspace)
    assert called.code == 0
    first, hit, *_ = called.out.splitlines()
    assert first == "The strictest way that hit: exact."
    assert hit.split("  ")[0] == "characteristic"
    assert "Income [K6]" in hit
    assert "exact: word" in hit
    assert hit.endswith("1 information set, until 1970-11-01")


def test_as_json(vkd: Vkd, workspace: Path) -> None:
    called = vkd("find", "yrke", "--limit", "2", "--output-format", "json", cwd=workspace)
    assert called.json == [
        {
            "kind": "characteristic",
            "code": "K5",
            "label": "Yrke",
            "field": "word",
            "how": "exact",
            "score": 4.9,
            "products": 2,
            "latest": "19701101",
        },
        {
            "kind": "name",
            "code": "Y",
            "label": "Yrkesklassifikasjon",
            "field": "synonym",
            "how": "exact",
            "score": 4.9,
            "products": 2,
            "latest": "19701101",
        },
    ]


def test_nothing_is_an_empty_list_and_exit_code_1(vkd: Vkd, workspace: Path) -> None:
    called = vkd("find", "xqzvw", "--output-format", "json", cwd=workspace)
    assert (called.code, json.loads(called.out)) == (1, [])
    called = vkd("find", "xqzvw", cwd=workspace)
    assert (called.code, called.out) == (1, "Ingenting i katalogen svarer til «xqzvw».\n")


def test_only_one_kind_in_another_workspace(vkd: Vkd, workspace: Path, tmp_path: Path) -> None:
    called = vkd("find", "person", "--kind", "name", "--output-format", "json", "--workspace", workspace)
    assert called.json
    assert {hit["kind"] for hit in called.json} == {"name"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "the following arguments are required: WORDS"),
        (("a", "--limit", "0"), "'0' is not a whole number from 1 up"),
        (("a", "--kind", "nam"), "name"),
        (("a", "--workspace", "nowhere"), "nowhere: no such folder"),
    ],
)
def test_a_call_that_cannot_be_carried_out(vkd: Vkd, arguments: tuple[str, ...], said: str) -> None:
    called = vkd("find", *arguments)
    assert called.code == 2
    assert said in called.err
    assert called.err.count("\n") == 1
