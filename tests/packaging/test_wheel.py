"""The wheel that is shipped, built and installed, answers a demand."""

from pathlib import Path

from tests.packaging.try_wheel import tried


def test_the_wheel_answers_a_demand(tmp_path: Path) -> None:
    assert "answers" in tried(tmp_path, offline=True)
