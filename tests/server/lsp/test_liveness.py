"""Long requests stop nobody: what takes long is held up here, and everything else must be answered meanwhile."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.lsp.client import Json, connected
from tests.server.lsp.test_requests import Session
from tests.server.workspaces import workspace
from vkd_server.features.answers import run as running

DEMAND = "0 / Etterspørselsbeskrivelse / bruker\n1 / Personer / - / Yrke / 19701101 / .\n"
START, END = {"line": 0, "character": 0}, {"line": 9, "character": 0}
COMMENT = {"range": {"start": START, "end": START}, "text": "#\n"}


class Brake:
    """Holds every run of a demand until it is let go."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.reached, self.let_go, self.runs = threading.Event(), threading.Event(), 0
        run_asked = running.run_asked

        def held(*arguments: Json) -> running.Run:
            self.runs += 1
            self.reached.set()
            assert self.let_go.wait(20)
            return run_asked(*arguments)

        patch.setattr(running, "run_asked", held)


@pytest.fixture
def brake(monkeypatch: pytest.MonkeyPatch) -> Iterator[Brake]:
    one = Brake(monkeypatch)
    yield one
    one.let_go.set()


@pytest.fixture
def session(brake: Brake, tmp_path: Path) -> Iterator[Session]:
    with connected() as client:
        try:
            yield Session(client, workspace(tmp_path, {}))
        finally:
            brake.let_go.set()


def place(uri: str) -> Json:
    return {"textDocument": {"uri": uri}, "position": {"line": 1, "character": 0}}


def asked(session: Session, uri: str) -> dict[str, int]:
    """Everything that needs the answer to a demand, asked for at once."""
    item = {"data": [uri, 0]}
    wanted = {"start": START, "end": END}
    context = {"diagnostics": [], "only": ["refactor"]}
    return {
        method: session.client.ask(method, params)
        for method, params in {
            "workspace/executeCommand": {"command": "vkd.run", "arguments": [uri, 0]},
            "textDocument/hover": {**place(uri), "position": START},
            "textDocument/inlayHint": {"textDocument": {"uri": uri}, "range": wanted},
            "textDocument/codeAction": {"textDocument": {"uri": uri}, "range": wanted, "context": context},
            "callHierarchy/outgoingCalls": {"item": item},
            "workspace/textDocumentContent": {"uri": f"vkd-message:/0/bruker.md?{uri}"},
        }.items()
    }


def test_a_keystroke_does_not_wait_for_an_answer(session: Session, brake: Brake) -> None:
    session.start()
    uri = session.open("demands/test.vkd", DEMAND)
    other = session.open("demands/other.vkd", DEMAND)
    waiting = asked(session, uri)
    assert brake.reached.wait(10)
    session.client.change(other, 2, {"text": DEMAND.replace("Yrke", "Yrkke")})
    while (told := session.published())["uri"] != other or told["version"] != 2:
        pass
    assert [one["code"] for one in told["diagnostics"]] == ["VKD101"]
    items = session.ask("textDocument/completion", other, position={"line": 1, "character": 4})
    assert items["items"]
    brake.let_go.set()
    answers = {method: session.client.answer(ident) for method, ident in waiting.items()}
    assert all("result" in answer for answer in answers.values()), answers
    assert brake.runs == 1
    assert answers["workspace/executeCommand"]["result"]["demands"][0]["status"] == "found"
    assert "informasjonssett" in answers["textDocument/inlayHint"]["result"][0]["label"]


def test_cancelled_while_it_is_worked_on(session: Session, brake: Brake) -> None:
    session.start()
    uri = session.open("demands/test.vkd", DEMAND)
    for method, ident in asked(session, uri).items():
        assert brake.reached.wait(10)
        session.client.notify("$/cancelRequest", {"id": ident})
        assert session.client.answer(ident)["error"]["code"] == -32800, method
    brake.let_go.set()
    assert session.run("vkd.run", uri, 0)["demands"][0]["status"] == "found"


def test_an_answer_about_what_was_there_before_is_told_as_such(session: Session, brake: Brake) -> None:
    session.start()
    uri = session.open("demands/test.vkd", DEMAND)
    waiting = asked(session, uri)
    assert brake.reached.wait(10)
    session.client.change(uri, 2, COMMENT)
    codes = {
        method: session.client.answer(waiting[method])["error"]["code"]
        for method in ("textDocument/hover", "textDocument/inlayHint", "textDocument/codeAction")
    }
    assert set(codes.values()) == {-32801}, codes
    brake.let_go.set()
    for method in ("callHierarchy/outgoingCalls", "workspace/executeCommand"):
        assert "jsonrpc" in session.client.answer(waiting[method])


def test_what_runs_on_saving_stops_nobody(session: Session, brake: Brake) -> None:
    session.start(initializationOptions={"run": {"onSave": True}})
    uri = session.open("demands/test.vkd", DEMAND)
    session.client.notify("textDocument/didSave", {"textDocument": {"uri": uri}})
    assert brake.reached.wait(10)
    assert session.ask("textDocument/foldingRange", uri)
    brake.let_go.set()
    assert session.client.told("window/showMessage")["message"].startswith("bruker: ")
    session.client.change(uri, 2, COMMENT)
    brake.let_go.clear()
    brake.reached.clear()
    session.client.notify("textDocument/didSave", {"textDocument": {"uri": uri}})
    assert brake.reached.wait(10)
    session.client.change(uri, 3, COMMENT)
    assert session.ask("textDocument/foldingRange", uri)
    brake.let_go.set()
    while not session.client.is_silent():
        session.client.heard.append(session.client.receive())
    assert session.client.request("shutdown") is None
    assert not [one for one in session.client.heard if "id" in one or one["method"] == "window/showMessage"]


def test_a_product_that_is_edited_meanwhile_counts(session: Session, brake: Brake) -> None:
    session.start()
    uri = session.open("demands/test.vkd", DEMAND)
    product = session.open("products/ft70.vkd")
    first = session.client.ask("workspace/executeCommand", {"command": "vkd.run", "arguments": [uri, 0]})
    assert brake.reached.wait(10)
    session.client.change(product, 2, {"text": ""})
    second = session.client.ask("workspace/executeCommand", {"command": "vkd.run", "arguments": [uri, 0]})
    while brake.runs < 2:
        assert session.client.request("textDocument/foldingRange", {"textDocument": {"uri": uri}})
    brake.let_go.set()
    answers = [session.client.answer(one)["result"] for one in (first, second)]
    assert answers[0] == answers[1]
    assert answers[0]["catalogue"]["products"] == 2
    assert brake.runs == 2


def test_references_can_be_cancelled_and_know_when_they_are_late(session: Session, brake: Brake) -> None:
    product = "0 / Produktbeskrivelse / p{0}\n" + "1 / Personer / Personreg.nov.70 / Yrke / 19701101 / O\n" * 40
    for number in range(60):
        (session.root / f"products/p{number}.vkd").write_text(product.format(number))
    session.start()
    uri = session.open("demands/test.vkd", DEMAND)
    params = {**place(uri), "position": {"line": 1, "character": 20}, "context": {"includeDeclaration": False}}
    late = session.client.ask("textDocument/references", params)
    session.client.change(uri, 2, COMMENT)
    assert session.client.answer(late)["error"]["code"] == -32801
    params["position"]["line"] = 2
    cancelled = session.client.ask("textDocument/references", params)
    session.client.notify("$/cancelRequest", {"id": cancelled})
    assert session.client.answer(cancelled)["error"]["code"] == -32800
    assert len(session.client.request("textDocument/references", params)) > 60 * 40


def test_an_action_can_be_chosen_when_its_answer_is_forgotten(session: Session, brake: Brake) -> None:
    brake.let_go.set()
    session.start({"textDocument": {"codeAction": {"resolveSupport": {"properties": ["edit"]}, "dataSupport": True}}})
    uri = session.open("demands/test.vkd", DEMAND.replace("/ - /", "/ Personreg.nov.70 /").replace("1970", "1800"))
    wanted = {"start": {"line": 1, "character": 0}, "end": {"line": 1, "character": 0}}
    actions = session.ask(
        "textDocument/codeAction", uri, range=wanted, context={"diagnostics": [], "only": ["refactor"]}
    )
    relaxing = next(one for one in actions if one["kind"].endswith("relax"))
    session.run("vkd.rebuild")
    assert session.client.request("codeAction/resolve", relaxing)["edit"]


def test_hundreds_of_products_of_one_identification_stop_nobody(session: Session) -> None:
    """Each names the first and how many there are, and who asks about another document is answered meanwhile."""
    session.start()
    other = session.open("demands/annen.vkd", DEMAND)
    assert session.published()["uri"] == other
    product = "0 / Produktbeskrivelse / lik / form=x; access=open; data=F:ft60-person.csv; doc=P:ft60.md\n"
    session.open("products/lik.vkd", f"{product}1 / Personer / Personreg.nov.70 / Yrke / 19701101 / .\n" * 600)
    hover = session.ask("textDocument/hover", other, position={"line": 1, "character": 5})
    assert "Fysiske personer" in hover["contents"]["value"]
    found: list[Json] = []
    while len(found) < 600:
        found = [one for one in session.published()["diagnostics"] if one["code"] == "VKD404"]
    assert {len(one["relatedInformation"]) for one in found} == {1}
    assert all("600" in one["message"] for one in found)
