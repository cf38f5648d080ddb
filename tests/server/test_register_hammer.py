"""Kills, clean exits and damage, a few of each; `register_hammer` has the long form."""

import os

import pytest

from tests.server.register_hammer import hammer

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes cannot be forked")


@pytest.mark.parametrize(("name", "rounds"), [("kills", 12), ("exits", 5), ("damages", 30)])
def test_whatever_befalls_the_register_answers_are_right(name: str, rounds: int) -> None:
    bench = hammer(name, rounds, 1972)
    assert bench.wrong == []
    assert bench.needs_a_hand == 0
