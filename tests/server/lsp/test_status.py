"""How the server is doing, as it tells it: what holds and where it is set, what it knows, times, the latest errors."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.lsp.client import Json, connected
from tests.server.lsp.test_requests import Session
from tests.server.workspaces import workspace
from vkd_server.features.explain.status import CatalogueStatus, MethodTimes, Mishap, Setting, Status, status_text
from vkd_server.lsp.record import Record
from vkd_server.lsp.requests.explain import hover

DEMAND = "0 / Etterspørselsbeskrivelse / bruker\n1 / Personer / - / Yrke / 19701101 / .\n"
VIRTUAL: Json = {"workspace": {"textDocumentContent": {}}, "window": {"showDocument": {"support": True}}}
STATUS = Status(
    "1.0",
    [CatalogueStatus("A|B", "/a", "", 0, 0, [("names", 3)], [Setting("register.engine", "embedded", "default")])],
    [Setting("language", "nb", "editor")],
    2,
    9,
    4,
    [MethodTimes("textDocument/hover", 3, 1.25, 7.0)],
    [Mishap("12:00:00", "textDocument/hover", "KeyError in at:3")],
)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with connected() as client:
        yield Session(client, workspace(tmp_path, {}))


def test_the_page_in_each_language() -> None:
    said = {language: status_text(STATUS, language) for language in ("nb", "sv", "da", "en")}
    assert len(set(said.values())) == 4
    assert "| Setting | Value | Set in |\n| --- | --- | --- |\n| register.engine | embedded | default |" in said["en"]
    assert "Revision: still being read" in said["en"]
    assert "| textDocument/hover | 3 | 1.2 | 7.0 |" in said["nb"]
    assert "| 12:00:00 | textDocument/hover | KeyError in at:3 |" in said["da"]
    assert "ingen" in status_text(STATUS._replace(mishaps=[]), "nb")


def test_times_are_those_of_late_and_errors_the_last() -> None:
    record = Record()
    for number in range(3000):
        record.took("a", number / 1000)
        record.failed("a", str(number))
    record.took("b", 0.001)
    assert record.times() == [MethodTimes("a", 3000, 2500.0, 2999.0), MethodTimes("b", 1, 1.0, 1.0)]
    assert [one.why for one in record.mishaps()] == [str(number) for number in range(2999, 2979, -1)]


def test_what_holds_and_where_it_is_set(session: Session) -> None:
    session.start({"general": {"positionEncodings": ["utf-8"]}}, initializationOptions={"language": "da"})
    session.open("demands/test.vkd", DEMAND)
    text = session.run("vkd.showStatus")
    file = session.root / "vkd.toml"
    for row in (
        f"| catalogue.name | Folketelling | {file} |",
        "| catalogue.language | da | editoren |",
        f"| archives.F | archive/ | {file} |",
        "| register.engine | embedded |",
        "| language | da | editoren |",
        "| hints.dittos | true | standard |",
        "| run.onSave | false | standard |",
        "| positionEncoding | utf-8 |",
        "| textDocument/didOpen | 1 |",
        "Åbne dokumenter: 1, linjer i dem: 2",
    ):
        assert row in text, text
    # Once the products are read, which an answer waits for and the page does not, the page says their revision.
    answered = session.run("vkd.run", session.uri("demands/test.vkd"))
    assert answered["catalogue"]["revision"] in session.run("vkd.showStatus")


def test_errors_are_told_without_a_word_of_the_text(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ValueError("Hemmelig")

    session.start()
    uri = session.open("demands/hemmelig.vkd", DEMAND.replace("bruker", "Hemmelig"))
    monkeypatch.setattr(hover, "hover_at", fail)
    place = {"textDocument": {"uri": uri}, "position": {"line": 0, "character": 0}}
    assert session.client.error("textDocument/hover", place) == -32603
    assert session.client.error("textDocument/hover", {"textDocument": {"uri": "untitled:hemmelig"}}) == -32602
    assert session.client.error("no/such/hemmelig", {}) == -32601
    text = session.run("vkd.showStatus")
    assert "| textDocument/hover | ValueError in fail:" in text
    assert "| textDocument/hover | -32602 |" in text
    assert "emmelig" not in text


def test_it_is_shown_as_the_client_can(session: Session) -> None:
    session.start(VIRTUAL)
    text = session.run("vkd.showStatus")
    shown = session.client.told("window/showDocument")
    assert shown["uri"] == "vkd-status:/vkd.md"
    content = session.client.request("workspace/textDocumentContent", {"uri": shown["uri"]})["text"]
    assert content.partition("\n")[0] == text.partition("\n")[0]


def test_the_register_is_compared_with_the_files_on_demand(session: Session) -> None:
    session.start(VIRTUAL, initializationOptions={"language": "en"})
    session.open("demands/test.vkd", DEMAND)
    assert session.run("vkd.run", session.uri("demands/test.vkd"))
    text = session.run("vkd.showStatus")
    assert f"- Stored in {session.root / '.vkd/register.sqlite'}, " in text
    assert "what the files say" not in text
    session.client.told("window/showDocument")
    assert "- The register says what the files say." in session.run("vkd.showStatus", {"verify": True})
    uri = session.client.told("window/showDocument")["uri"]
    assert uri == "vkd-status:/vkd.md?verify"
    (session.root / "products/ft70.vkd").write_text("", encoding="utf-8")
    text = session.client.request("workspace/textDocumentContent", {"uri": uri})["text"]
    assert "- The register does not say what the files say (1):\n  - products/ft70.vkd has changed since\n" in text


def test_a_damaged_register_is_told_once_and_everything_answers(session: Session) -> None:
    (session.root / ".vkd").mkdir()
    (session.root / ".vkd/register.sqlite").write_bytes(bytes(9000))
    session.start(initializationOptions={"language": "en"})
    uri = session.open("demands/test.vkd", DEMAND)
    assert session.run("vkd.run", uri)["demands"][0]["status"] == "found"
    place = {"textDocument": {"uri": uri}}
    assert session.client.request("textDocument/documentSymbol", place)
    whole = {"start": {"line": 0, "character": 0}, "end": {"line": 2, "character": 0}}
    assert session.client.request("textDocument/inlayHint", {**place, "range": whole}) is not None
    session.run("vkd.rebuild")
    assert session.run("vkd.run", uri)["demands"][0]["status"] == "found"
    told = session.client.told("window/showMessage")
    assert told["type"] == 2
    assert "register.sqlite was damaged" in told["message"]
    session.run("vkd.showStatus")
    assert not [one for one in session.client.heard if one.get("method") == "window/showMessage"]


def test_a_message_is_not_written_through_a_link(session: Session, tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.write_text("precious")
    (session.root / ".vkd/messages").mkdir(parents=True)
    (session.root / ".vkd/messages/vkd-status.md").symlink_to(precious)
    session.start({"window": VIRTUAL["window"]})
    assert session.run("vkd.showStatus")
    assert precious.read_text() == "precious"


def test_a_client_without_virtual_documents_is_given_a_file(session: Session) -> None:
    session.start({"window": VIRTUAL["window"]})
    text = session.run("vkd.showStatus")
    uri = session.client.told("window/showDocument")["uri"]
    assert uri == session.uri(".vkd/messages/vkd-status.md")
    assert (session.root / ".vkd/messages/vkd-status.md").read_text(encoding="utf-8") == text


def test_answers_that_are_shown_are_renewed_when_the_catalogue_changes(session: Session) -> None:
    session.start(VIRTUAL)
    uri = session.open("demands/test.vkd", DEMAND)
    product = session.open("products/ft70.vkd")
    session.run("vkd.showMessage", uri, 0)
    shown = session.client.told("window/showDocument")["uri"]
    before = session.client.request("workspace/textDocumentContent", {"uri": shown})["text"]
    session.run("vkd.rebuild")
    assert session.client.told("workspace/textDocumentContent/refresh") == {"uri": shown}
    session.client.change(product, 2, {"text": ""})
    session.client.notify("textDocument/didSave", {"textDocument": {"uri": product}})
    assert session.client.told("workspace/textDocumentContent/refresh") == {"uri": shown}
    assert session.client.request("workspace/textDocumentContent", {"uri": shown})["text"] != before
