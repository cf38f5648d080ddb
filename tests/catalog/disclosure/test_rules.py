"""What `[disclosure]` may say, and what docs/disclosure.md recommends that it says."""

import re
import tomllib
from itertools import product
from pathlib import Path

import pytest

from vkd_catalog.disclosure.rules import KINDS, RECOMMENDED, Dominance, Rules, UnfitValue, lacking, rules_in

NO_VALUES: tuple[object, ...] = (None, True, {}, -1, float("nan"), float("inf"), "", "a\0b")
"""What no key takes."""

DOCS = Path(__file__).parents[3] / "docs/disclosure.md"


@pytest.mark.parametrize(
    ("key", "value", "read"),
    [
        ("threshold", 5, 5),
        ("dominance", [1, 75.5], Dominance(1, 75.5)),
        ("winsorise", [1, 99], (0.01, 0.99)),
        ("winsorise", [0.02, 0.97], (0.02, 0.97)),
        ("winsorise", 1, (0.01, 0.99)),
        ("winsorise", 0.01, (0.01, 0.99)),
        ("refuse-above", 0, 0),
        ("p-percent", 10, 10),
        ("log", "a/b.jsonl", "a/b.jsonl"),
    ],
)
def test_what_is_read(key: str, value: object, read: object) -> None:
    found = getattr(rules_in({key: value}), key.replace("-", "_"))
    assert found == pytest.approx(read) if isinstance(read, tuple) else found == read


@pytest.mark.parametrize(
    ("key", "value"),
    [
        *product(KINDS, NO_VALUES),
        ("threshold", 5.0),
        ("threshold", 1 << 60),
        ("round-to", 0),
        ("dominance", [0, 80]),
        ("dominance", [11, 80]),
        ("dominance", [2]),
        ("dominance", [2, 0.8]),
        ("p-percent", 0.1),
        ("winsorise", [99, 1]),
        ("winsorise", [1, 101]),
        ("winsorise", 50),
        ("winsorise", 0.5),
        ("refuse-above", 50),
    ],
)
def test_what_is_not_read(key: str, value: object) -> None:
    with pytest.raises(UnfitValue):
        rules_in({key: value})


def test_nothing_stands_in_for_what_is_not_stated() -> None:
    assert rules_in({}) == Rules()
    assert {one for one in Rules() if one is not None} == set()
    assert lacking([]) == ("threshold", "log")
    assert lacking(["zero-below", "log"]) == ()


def test_what_is_recommended_is_what_the_page_says() -> None:
    block = re.search(r"```toml[^\n]*\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    assert block
    said = tomllib.loads(block[1])["disclosure"]
    assert said == {key: tomllib.loads(f"value = {value}")["value"] for key, value in RECOMMENDED.items()}
    assert lacking(said) == ()
    assert None not in rules_in(said)
