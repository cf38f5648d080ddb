"""Rename over a pipe: places in the client's units, documents as they stand in the editor, refusals as errors."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.lsp.client import Json, connected
from tests.server.lsp.test_requests import Session
from tests.server.workspaces import workspace

DEMAND = '0 / Etterspørselsbeskrivelse / 🙂\n1 / Personer / [P.70]🙂 / Alder / 19701101 / O\n2 / " / - / Alder [K3] / 1960 / .\n'


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with connected() as client:
        yield Session(client, workspace(tmp_path, {"deep/er/b.vkd": DEMAND}))


def place(line: int, character: int) -> Json:
    return {"position": {"line": line, "character": character}}


def test_open_documents_are_renamed_as_they_stand_and_others_on_the_disk(session: Session) -> None:
    session.start({"workspace": {"workspaceEdit": {"documentChanges": True}}})
    open_one = session.open("deep/er/b.vkd", "# Alder\n" + DEMAND)
    session.client.open("untitled:Untitled-1", DEMAND)
    there = {"textDocument": {"uri": "untitled:Untitled-1"}, **place(1, 28)}
    found = session.client.request("textDocument/prepareRename", there)
    alder = {"start": {"line": 1, "character": 26}, "end": {"line": 1, "character": 31}}
    assert found == {"range": alder, "placeholder": "Alder"}
    edit = session.client.request("textDocument/rename", {**there, "newName": "År/liv"})
    changes = {one["textDocument"]["uri"]: one for one in edit["documentChanges"]}
    coded = {"start": {"line": 2, "character": 12}, "end": {"line": 2, "character": 17}}
    assert changes["untitled:Untitled-1"]["edits"] == [
        {"range": alder, "newText": "År\\/liv"},
        {"range": coded, "newText": "År\\/liv"},
    ]
    assert [one["range"]["start"]["line"] for one in changes[open_one]["edits"]] == [2, 3]
    assert changes[open_one]["textDocument"]["version"] == 1
    table = changes[session.uri("vocabulary/characteristics.csv")]
    assert (table["textDocument"]["version"], table["edits"][0]["newText"]) == (None, "År/liv")
    assert len(changes) == 3


@pytest.mark.parametrize(("line", "character"), [(0, 6), (1, 15), (2, 5), (99, 0)])
def test_where_nothing_can_be_renamed_there_is_no_answer(session: Session, line: int, character: int) -> None:
    session.start()
    uri = session.open("demands/test.vkd", DEMAND)
    assert session.ask("textDocument/prepareRename", uri, **place(line, character)) is None
    assert session.ask("textDocument/rename", uri, newName="x", **place(line, character)) is None


@pytest.mark.parametrize(
    ("new", "message"),
    [("kjønn", "«kjønn» er allerede et ord for et annet begrep, [K4]."), ("", "Et nytt navn kan ikke være tomt.")],
)
def test_a_refusal_is_an_error_that_says_why(session: Session, new: str, message: str) -> None:
    session.start()
    uri = session.open("demands/test.vkd", DEMAND)
    ident = session.client.ask("textDocument/rename", {"textDocument": {"uri": uri}, "newName": new, **place(1, 28)})
    assert session.client.answer(ident)["error"] == {"code": -32803, "message": message}


@pytest.mark.parametrize(("can_prepare", "advertised"), [(True, {"prepareProvider": True}), (False, True)])
def test_it_is_advertised_as_the_client_may_read_it(session: Session, can_prepare: bool, advertised: Json) -> None:
    capabilities = session.start({"textDocument": {"rename": {"prepareSupport": can_prepare}}})["capabilities"]
    assert capabilities["renameProvider"] == advertised
