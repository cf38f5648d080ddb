"""Completion by free words over a pipe: their index is made when first wanted, and the answer waits for it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.lsp.client import connected
from tests.server.lsp.test_requests import PULL, Session

FOLKETELLING = Path(__file__).parents[3] / "examples/folketelling"


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    shutil.copytree(FOLKETELLING, tmp_path / "w", ignore=shutil.ignore_patterns(".vkd"))
    with connected() as client:
        yield Session(client, tmp_path / "w")


@pytest.mark.parametrize(("typed", "label"), [("salg av varer", "Omsetning"), ("godtgjøringer", "Lønnsinntekt")])
def test_a_word_of_a_definition_completes(session: Session, typed: str, label: str) -> None:
    session.start(PULL)
    uri = session.open("demands/test.vkd", f"0 / Etterspørselsbeskrivelse / d\n1 / - / - / {typed}\n")
    items = session.ask("textDocument/completion", uri, position={"line": 1, "character": 12 + len(typed)})["items"]
    assert items[0]["label"] == label
    assert items[0]["filterText"] == typed


def test_what_nobody_means_is_not_offered(session: Session) -> None:
    session.start(PULL)
    uri = session.open("demands/test.vkd", "0 / Etterspørselsbeskrivelse / d\n1 / - / - / xqzvw\n")
    for _ in range(2):
        asked = session.ask("textDocument/completion", uri, position={"line": 1, "character": 17})
        assert asked["items"] == []
