"""On-type formatting over a pipe."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.lsp.client import Json, connected
from tests.server.lsp.test_requests import Session
from tests.server.workspaces import workspace

TEXT = "0 / Etterspørselsbeskrivelse / 🙂\n1 / Personer / 🙂 / Yrke / 19701101 / O\n\n"


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with connected() as client:
        yield Session(client, workspace(tmp_path, {}))


@pytest.mark.parametrize(("typed", "line", "texts"), [("\n", 2, ['2 / " / " / ']), ("\n", 9, []), ("/", 2, [])])
def test_a_line_end_begins_the_next_line(session: Session, typed: str, line: int, texts: list[Json]) -> None:
    offered = session.start()["capabilities"]["documentOnTypeFormattingProvider"]
    assert offered == {"firstTriggerCharacter": "\n"}
    uri = session.open("demands/test.vkd", TEXT)
    more = {"position": {"line": line, "character": 0}, "ch": typed, "options": {"tabSize": 4, "insertSpaces": True}}
    found = session.ask("textDocument/onTypeFormatting", uri, **more)
    assert [one["newText"] for one in found] == texts
