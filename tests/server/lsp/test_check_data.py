"""`vkd.checkData`: a product held to its data where it is written, on demand."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.lsp.client import Json, connected
from tests.server.lsp.test_requests import Session
from tests.server.workspaces import workspace

FILE = "products/eksempel.vkd"
TEXT = """\
# Et produkt.
0 / Produktbeskrivelse / eksempel / data=archive/a.csv; doc=P:ft70.md; form=csv; access=closed
1 / Personer / Personreg.nov.70 / Kjønn   / 19701101 / O
2 / "        / "                / Inntekt / "        / .
0 / Produktbeskrivelse / borte / data=https://example.invalid/a.csv; doc=P:ft70.md; form=csv; access=closed
1 / Personer / Personreg.nov.70 / Kjønn / 19701101 / .
"""
CELLS = "Kjønn;INNT\n1;52000\n3;\n;63000\n"


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with connected() as client:
        yield Session(client, workspace(tmp_path, {FILE: TEXT, "archive/a.csv": CELLS}))


def codes(told: Json) -> list[tuple[str, int]]:
    return [(one["code"], one["range"]["start"]["line"]) for one in told["diagnostics"]]


def test_what_is_found_stands_with_the_other_diagnostics_until_the_description_is_edited(session: Session) -> None:
    session.start()
    uri = session.open(FILE, TEXT)
    assert codes(session.client.told("textDocument/publishDiagnostics")) == []
    answer = session.run("vkd.checkData", uri, 1)
    assert (answer["product"], answer["files"], answer["rows"], answer["why"]) == ("eksempel", 1, 3, None)
    assert [one["code"] for one in answer["found"]] == ["VKD701", "VKD702", "VKD703"]
    assert answer["columns"] == [{"column": "Kjønn", "lines": [1], "rows": 3, "distinct": 2, "missing": 1}]
    found = codes(session.client.told("textDocument/publishDiagnostics"))
    assert sorted(found) == [("VKD701", 3), ("VKD702", 1), ("VKD703", 2)]
    hovered = session.client.request(
        "textDocument/hover", {"textDocument": {"uri": uri}, "position": {"line": 2, "character": 36}}
    )
    assert "Kolonnen Kjønn: 2 ulike verdier; 1 av 3 rader uten verdi (33,3 %)" in hovered["contents"]["value"]
    edit = {"range": {"start": {"line": 0, "character": 2}, "end": {"line": 0, "character": 2}}, "text": "x"}
    session.client.notify(
        "textDocument/didChange", {"textDocument": {"uri": uri, "version": 2}, "contentChanges": [edit]}
    )
    assert codes(session.client.told("textDocument/publishDiagnostics")) == []


def test_it_is_an_action_of_products_whose_data_may_be_here(session: Session) -> None:
    session.start()
    uri = session.open(FILE, TEXT)
    offered = []
    for line in (1, 4):
        place = {"start": {"line": line, "character": 0}, "end": {"line": line, "character": 0}}
        params = {"textDocument": {"uri": uri}, "range": place, "context": {"diagnostics": [], "only": ["source"]}}
        actions = session.client.request("textDocument/codeAction", params)
        offered.append([one["command"]["arguments"] for one in actions if one["command"]["command"] == "vkd.checkData"])
    assert offered == [[[uri, 1, True]], []]
    session.run("vkd.checkData", uri, 1, True)
    told = session.client.told("window/showMessage")["message"]
    assert told == "eksempel er holdt mot dataene sine: 1 fil, 3 rader. 3 ting er ikke som beskrevet."


def test_what_is_found_has_its_fixes(session: Session) -> None:
    session.start()
    uri = session.open(FILE, TEXT)
    session.run("vkd.checkData", uri, 1)
    place = {"start": {"line": 3, "character": 38}, "end": {"line": 3, "character": 38}}
    params = {"textDocument": {"uri": uri}, "range": place, "context": {"diagnostics": [], "only": ["quickfix"]}}
    titles = [one["title"] for one in session.client.request("textDocument/codeAction", params)]
    assert titles == ["Si at kolonnen «INNT» er «Inntekt»"]


@pytest.mark.parametrize("arguments", [[], [1, 1], ["{uri}"], ["{uri}", -1], ["{uri}", True]])
def test_wrong_arguments_are_told(session: Session, arguments: list[Json]) -> None:
    session.start()
    uri = session.open(FILE, TEXT)
    asked = [uri if one == "{uri}" else one for one in arguments]
    params = {"command": "vkd.checkData", "arguments": asked}
    assert session.client.error("workspace/executeCommand", params) == -32602


def test_a_product_whose_data_are_elsewhere_is_refused(session: Session) -> None:
    session.start()
    uri = session.open(FILE, TEXT)
    params = {"command": "vkd.checkData", "arguments": [uri, 4]}
    assert session.client.error("workspace/executeCommand", params) == -32803
