"""`vkd.data` and `vkd.showData`: the numbers of an answer beside its message, read while everything else goes on."""

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.lsp.client import Json, connected
from tests.server.lsp.test_requests import Session
from tests.server.workspaces import workspace
from vkd_catalog.data.tables import opened

FILE, DEMANDS = "products/eksempel.vkd", "demands/a.vkd"
PRODUCT = """\
0 / Produktbeskrivelse / eksempel / data=archive/a.csv; doc=P:ft70.md; form=csv; access=closed
1 / Personaggregater / Yrkesklassifikasjon / Sum / 1980..1981:A / .
"""
TEXT = """\
0 / Etterspørselsbeskrivelse / yrker
1 / Personaggregater / Yrkesklassifikasjon / Sum / 1980..1981:A / .

0 / Etterspørselsbeskrivelse / enheter
1 / Personer / Personreg.nov.70 / Yrke / 19701101 / .

0 / Etterspørselsbeskrivelse / ingen
1 / Personaggregater / Yrkesklassifikasjon / Sum / 1990 / .
"""
CELLS = "Yrke;År;Sum\n2;1980;5\n3;1981;7\n"
SHOWING: Json = {"window": {"showDocument": {"support": True}}, "workspace": {"textDocumentContent": {}}}
ARE_THERE = ["vkd.showMessage", "vkd.run", "vkd.showData"] + 2 * ["vkd.showMessage", "vkd.run"]


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with connected() as client:
        yield Session(client, workspace(tmp_path, {FILE: PRODUCT, DEMANDS: TEXT, "archive/a.csv": CELLS}))


def lenses(session: Session, uri: str) -> list[str]:
    return [one["command"]["command"] for one in session.ask("textDocument/codeLens", uri)]


def test_a_lens_stands_where_an_answer_has_numbers(session: Session) -> None:
    session.start()
    uri = session.open(DEMANDS, TEXT)
    assert lenses(session, uri) == ARE_THERE
    lens = session.ask("textDocument/codeLens", uri)[2]["command"]
    assert (lens["title"], lens["arguments"]) == ("Vis tallene", [uri, 0, 1])
    # What is open counts, saved or not.
    session.open(FILE, PRODUCT.replace("1980..1981:A", "1985"))
    assert "vkd.showData" not in lenses(session, uri)


def test_it_is_a_code_action_too(session: Session) -> None:
    session.start()
    uri = session.open(DEMANDS, TEXT)
    offered = []
    for row in (0, 3, 6):
        place = {"start": {"line": row, "character": 0}, "end": {"line": row, "character": 0}}
        context = {"diagnostics": [], "only": ["source"]}
        found = session.ask("textDocument/codeAction", uri, range=place, context=context)
        offered.append([one["command"]["arguments"] for one in found if one["command"]["command"] == "vkd.showData"])
    assert offered == [[[uri, 0]], [], []]


def test_the_numbers_as_they_are(session: Session) -> None:
    session.start()
    uri = session.open(DEMANDS, TEXT)
    told = session.run("vkd.data", uri, 0)
    (table,) = told["tables"]
    assert (table["id"], table["value"]) == (["S1", "Y", "time"], [5, None, None, 7])
    assert table["extension"]["sources"] == [{"product": "eksempel", "line": 1}]
    assert (told["answer"], told["language"], told["words"]["line"]) == (1, "nb", "linje {line}")
    assert told["references"] == [{"product": "eksempel", "line": 1, "target": f"{session.uri(FILE)}#L2"}]
    assert "| Y.3 Selgere | 1981 | 7 | eksempel, linje 1 |" in told["text"]
    assert session.run("vkd.data", uri, 3) is None
    assert session.run("vkd.data", uri, 6) is None


def test_they_are_shown_below_the_message(session: Session) -> None:
    session.start(SHOWING)
    uri = session.open(DEMANDS, TEXT)
    below = session.run("vkd.showData", uri, 0, 1)
    shown = session.client.told("window/showDocument")["uri"]
    assert shown.startswith("vkd-message:/0/yrker.md?")
    assert shown.endswith("#numbers-1")
    text = session.client.request("workspace/textDocumentContent", {"uri": shown})["text"]
    assert text == f"{session.run('vkd.copyMessage', uri, 0)}\n{below}"
    (session.root / "archive/a.csv").write_text("Yrke;År\n2;1980\n", encoding="utf-8")
    text = session.client.request("workspace/textDocumentContent", {"uri": shown})["text"]
    assert text.endswith("Dataene til eksempel har ingen kolonne for Sum.\n")


def test_they_are_a_file_for_clients_without_virtual_documents(session: Session) -> None:
    session.start({"window": {"showDocument": {"support": True}}})
    below = session.run("vkd.showData", session.open(DEMANDS, TEXT), 0)
    session.client.told("window/showDocument")
    assert (session.root / ".vkd/messages/yrker.md").read_text(encoding="utf-8").endswith(below)


def refusal(session: Session, command: str, *arguments: object) -> Json:
    call = session.client.ask("workspace/executeCommand", {"command": command, "arguments": list(arguments)})
    return session.client.answer(call)["error"]


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ("Yrke;År\n2;1980\n", "Dataene til eksempel har ingen kolonne for Sum."),
        ("Yrke;År;Sum\n2;1990;5\n", "Dataene har ingen rader for klassene og tiden det spørres om."),
    ],
)
def test_why_they_cannot_be_given_is_told_with_the_place(session: Session, cells: str, said: str) -> None:
    session.start()
    uri = session.open(DEMANDS, TEXT)
    (session.root / "archive/a.csv").write_text(cells, encoding="utf-8")
    assert refusal(session, "vkd.data", uri, 0) == {"code": -32803, "message": said}
    assert refusal(session, "vkd.showData", uri, 0, 1)["message"] == f"demands/a.vkd:1: {said}"
    assert refusal(session, "vkd.showData", uri, 3)["message"].startswith("demands/a.vkd:4: Ingen svar på enheter")
    assert refusal(session, "vkd.data", uri, 0, 2)["message"] == "yrker har ikke 2 svar."


@pytest.mark.parametrize("arguments", [[], [1, 1], ["{uri}"], ["{uri}", -1], ["{uri}", 0, 0], ["{uri}", 0, "1"]])
@pytest.mark.parametrize("command", ["vkd.data", "vkd.showData"])
def test_wrong_arguments_are_told(session: Session, command: str, arguments: list[Json]) -> None:
    session.start()
    uri = session.open(DEMANDS, TEXT)
    assert refusal(session, command, *(uri if one == "{uri}" else one for one in arguments))["code"] == -32602


def test_a_missing_extra_is_told_by_name(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    session.start()
    uri = session.open(DEMANDS, TEXT)
    monkeypatch.setitem(sys.modules, "duckdb", None)
    assert "vkd-server[data]" in refusal(session, "vkd.data", uri, 0)["message"]


def test_nobody_waits_for_data_that_are_read_and_they_can_be_given_up(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached, let_go = threading.Event(), threading.Event()

    def held(*arguments: Json) -> Json:
        reached.set()
        assert let_go.wait(20)
        return opened(*arguments)

    monkeypatch.setattr("vkd_catalog.data.published.opened", held)
    session.start()
    uri = session.open(DEMANDS, TEXT)
    other = session.open("demands/b.vkd", TEXT)
    params = {"command": "vkd.data", "arguments": [uri, 0]}
    first, second = (session.client.ask("workspace/executeCommand", params) for _ in range(2))
    assert reached.wait(10)
    session.client.change(other, 2, {"text": TEXT.replace("/ Yrke ", "/ Yrkke ")})
    while (told := session.published())["uri"] != other or told["version"] != 2:
        pass
    assert [one["code"] for one in told["diagnostics"]] == ["VKD101"]
    session.client.notify("$/cancelRequest", {"id": first})
    assert session.client.answer(first)["error"]["code"] == -32800
    let_go.set()
    assert session.client.answer(second)["result"]["answer"] == 1
