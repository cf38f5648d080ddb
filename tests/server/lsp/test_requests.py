"""The requests over a pipe: what is advertised is answered, in the client's way, for the documents it has open."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from lsprotocol import types

from tests.server.lsp.client import Client, Json, connected
from tests.server.workspaces import workspace
from vkd_server.features.completion.items import AT_MOST
from vkd_server.lsp.marked_up import plain
from vkd_server.workspace.uris import uri_of

DEMAND = "0 / Etterspørselsbeskrivelse / bruker\n1 / Personer / - / Yrke / 19701101 / .\n"
BAD = DEMAND.replace("Yrke", "Yrkke")
PULL: Json = {"textDocument": {"diagnostic": {}}}
DITTOS = DEMAND.replace("/ .", "/ O") + '2 / " / " / Yrke / " / .\n'
RANGE = {"start": {"line": 0, "character": 0}, "end": {"line": 9, "character": 0}}


class Session:
    """A client with the census example as its workspace."""

    def __init__(self, client: Client, root: Path) -> None:
        self.client, self.root = client, root

    def uri(self, path: str) -> str:
        return uri_of(self.root / path)

    def start(self, capabilities: Json = None, **more: object) -> Json:
        folders = [{"uri": uri_of(self.root), "name": "census"}]
        return self.client.initialize(capabilities, **{"workspaceFolders": folders, **more})

    def open(self, path: str, text: str | None = None) -> str:
        text = (self.root / path).read_text(encoding="utf-8") if text is None else text
        self.client.open(self.uri(path), text)
        return self.uri(path)

    def ask(self, method: str, uri: str, **more: object) -> Json:
        return self.client.request(method, {"textDocument": {"uri": uri}, **more})

    def published(self) -> Json:
        return self.client.told("textDocument/publishDiagnostics")

    def run(self, command: str, *arguments: object) -> Json:
        return self.client.request("workspace/executeCommand", {"command": command, "arguments": list(arguments)})


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with connected() as client:
        yield Session(client, workspace(tmp_path, {}))


def codes(diagnostics: Json) -> list[str]:
    return [one["code"] for one in diagnostics]


def test_what_is_advertised(session: Session) -> None:
    """What pygls' capability builder would leave out; docs/capabilities.md holds the rest, each row tried."""
    capabilities = session.start(PULL)["capabilities"]
    assert capabilities["completionProvider"]["resolveProvider"]
    assert capabilities["codeActionProvider"]["resolveProvider"]
    assert capabilities["textDocumentSync"]["change"] == types.TextDocumentSyncKind.Incremental
    assert capabilities["workspace"]["textDocumentContent"] == {"schemes": ["vkd-message", "vkd-rule", "vkd-status"]}


def test_pushed_diagnostics_carry_all_a_client_can_use(session: Session) -> None:
    session.start()
    uri = session.open("demands/test.vkd", BAD)
    told = session.published()
    assert (told["uri"], told["version"]) == (uri, 1)
    assert told["diagnostics"] == [
        {
            "range": {"start": {"line": 1, "character": 19}, "end": {"line": 1, "character": 24}},
            "severity": 1,
            "code": "VKD101",
            "codeDescription": {"href": "vkd-rule:/VKD101.md"},
            "source": "vkd",
            "message": "«Yrkke» er ikke et ord i ordlisten over kjennemerker.",
            "data": "VKD101:1:19",
        }
    ]
    session.client.notify("textDocument/didClose", {"textDocument": {"uri": uri}})
    assert session.published() == {"uri": uri, "diagnostics": []}


def test_a_product_described_twice_tells_of_the_other(session: Session) -> None:
    session.start()
    session.open(
        "products/again.vkd", "0 / Produktbeskrivelse / ft70-person / form=x; access=open; data=F:x; doc=P:x\n"
    )
    found = next(one for one in session.published()["diagnostics"] if one["code"] == "VKD404")
    assert found["relatedInformation"][0]["location"]["uri"] == session.uri("products/ft70.vkd")
    assert found["relatedInformation"][0]["location"]["range"]["start"] == {"line": 1, "character": 0}


def test_who_pulls_is_pushed_nothing(session: Session) -> None:
    session.start(PULL)
    uri = session.open("demands/test.vkd", BAD)
    report = session.ask("textDocument/diagnostic", uri)
    assert report["kind"] == "full"
    assert codes(report["items"]) == ["VKD101"]
    again = session.ask("textDocument/diagnostic", uri, previousResultId=report["resultId"])
    assert again == {"kind": "unchanged", "resultId": report["resultId"]}
    session.client.change(uri, 2, {"text": DEMAND})
    changed = session.ask("textDocument/diagnostic", uri, previousResultId=report["resultId"])
    assert (changed["kind"], changed["items"]) == ("full", [])
    session.client.notify("textDocument/didClose", {"textDocument": {"uri": uri}})
    assert session.ask("textDocument/diagnostic", uri) == {"kind": "full", "items": []}
    assert not [one for one in session.client.heard if "publishDiagnostics" in one["method"]]
    assert session.client.is_silent()


def test_many_edits_are_published_once(session: Session) -> None:
    session.start()
    uri = session.open("demands/test.vkd", DEMAND)
    assert session.published()["diagnostics"] == []
    insert = {"range": {"start": {"line": 1, "character": 20}, "end": {"line": 1, "character": 20}}, "text": "x"}
    messages = []
    for version in range(2, 30):
        params = {"textDocument": {"uri": uri, "version": version}, "contentChanges": [insert]}
        messages.append(json.dumps({"jsonrpc": "2.0", "method": "textDocument/didChange", "params": params}).encode())
    session.client.send_bytes(b"".join(b"Content-Length: %d\r\n\r\n%b" % (len(one), one) for one in messages))
    versions: list[int] = []
    while not versions or versions[-1] < 29:
        versions.append(session.published()["version"])
    assert len(versions) < 5
    assert session.client.is_silent()


def test_workspace_diagnostics_come_in_parts_and_know_what_was_said(session: Session) -> None:
    (session.root / "products/bad.vkd").write_text("0 / Produktbeskrivelse / x\n", encoding="utf-8")
    for number in range(120):
        (session.root / f"products/{number}.vkd").write_text(f"# {number}\n", encoding="utf-8")
    session.start(PULL)
    session.open("products/ft70.vkd")
    params = {"previousResultIds": [], "partialResultToken": "part"}
    rest = session.client.request("workspace/diagnostic", params)["items"]
    parts = [message["params"] for message in session.client.heard if message["method"] == "$/progress"]
    assert [part["token"] for part in parts] == ["part", "part"]
    items = [item for part in parts for item in part["value"]["items"]] + rest
    assert len({item["uri"] for item in items}) == len(items) == 4 + 3 + 1 + 2 + 121
    assert session.uri("products/ft70.vkd") not in {item["uri"] for item in items}
    bad = next(item for item in items if item["uri"] == session.uri("products/bad.vkd"))
    assert codes(bad["items"]) == ["VKD002", "VKD401"]
    known = [{"uri": item["uri"], "value": item["resultId"]} for item in items]
    known[-1]["value"] = "other"
    again = session.client.request("workspace/diagnostic", {"previousResultIds": known})["items"]
    assert [item["uri"] for item in again if item["kind"] != "unchanged"] == [known[-1]["uri"]]


def test_cancelled_while_it_works(session: Session) -> None:
    for number in range(300):
        (session.root / f"products/{number}.vkd").write_text(DEMAND * 20, encoding="utf-8")
    session.start(PULL)
    ident = session.client.ask("workspace/diagnostic", {"previousResultIds": []})
    assert session.client.error("no/such") == -32601
    assert not session.client.heard
    session.client.notify("$/cancelRequest", {"id": ident})
    assert session.client.answer(ident)["error"]["code"] == -32800


def test_vocabularies_are_checked_too(session: Session) -> None:
    path = session.root / "vocabulary/times.csv"
    path.write_text(path.read_text(encoding="utf-8") + "T1,Igjen,,19600101,19600101\n", encoding="utf-8")
    session.start()
    session.open("demands/test.vkd", DEMAND)
    told = [session.published(), session.published()]
    found = next(one for one in told if one["uri"] == session.uri("vocabulary/times.csv"))
    assert codes(found["diagnostics"]) == ["VKD601"]


def test_fixes_come_with_their_diagnostics_and_edits(session: Session) -> None:
    resolve = {"resolveSupport": {"properties": ["edit"]}, "dataSupport": True}
    session.start({"textDocument": {"codeAction": resolve}, "workspace": {"workspaceEdit": {"documentChanges": True}}})
    uri = session.open("demands/test.vkd", BAD)
    reported = session.published()["diagnostics"]
    actions = session.ask("textDocument/codeAction", uri, range=RANGE, context={"diagnostics": reported})
    fixes = [action for action in actions if action["kind"] == "quickfix"]
    assert fixes[0]["title"] == "Skriv «Yrke»" or fixes[0]["title"].startswith("Skriv «Yrke»")
    assert fixes[0]["diagnostics"] == reported
    assert "edit" not in fixes[0]
    edit = session.client.request("codeAction/resolve", fixes[0])["edit"]
    assert edit == {
        "documentChanges": [
            {
                "textDocument": {"uri": uri, "version": 1},
                "edits": [{"range": reported[0]["range"], "newText": "Yrke"}],
            }
        ]
    }
    synonym = session.client.request("codeAction/resolve", fixes[1])["edit"]["documentChanges"][0]
    assert synonym["textDocument"] == {"uri": session.uri("vocabulary/characteristics.csv"), "version": None}


def test_a_client_that_cannot_resolve_gets_edits_at_once(session: Session) -> None:
    session.start()
    uri = session.open("demands/test.vkd", BAD)
    actions = session.ask(
        "textDocument/codeAction", uri, range=RANGE, context={"diagnostics": [], "only": ["quickfix"]}
    )
    assert {action["kind"] for action in actions} == {"quickfix"}
    assert actions[0]["edit"]["changes"][uri][0]["newText"] == "Yrke"


def test_all_that_is_safe_is_fixed_at_once(session: Session) -> None:
    session.start()
    uri = session.open("demands/test.vkd", DEMAND.replace("/ .", "/ 0") + "2 / Personer / - / Yrke / 1970 / .\n")
    context = {"diagnostics": [], "only": ["source.fixAll"]}
    (action,) = session.ask("textDocument/codeAction", uri, range=RANGE, context=context)
    assert action["kind"] == "source.fixAll.vkd"
    assert [edit["newText"] for edit in action["edit"]["changes"][uri]] == ["O"]


@pytest.mark.parametrize("how", ["lens", "action"])
def test_a_demand_can_be_run_from_where_it_stands(session: Session, how: str) -> None:
    session.start()
    uri = session.open("demands/test.vkd", "# til\n" + DEMAND)
    if how == "lens":
        offered = session.ask("textDocument/codeLens", uri)
    else:
        offered = session.ask(
            "textDocument/codeAction", uri, range=RANGE, context={"diagnostics": [], "only": ["source"]}
        )
        assert (
            session.ask("textDocument/codeAction", uri, range=RANGE, context={"diagnostics": [], "only": ["refactor"]})
            == []
        )
    commands = [one["command"] for one in offered]
    assert {(one["command"], *one["arguments"][:2]) for one in commands} == {
        ("vkd.showMessage", uri, 1),
        ("vkd.run", uri, 1),
    }
    for command in commands:
        assert session.run(command["command"], *command["arguments"])


def test_run_answers_what_the_command_line_prints(session: Session) -> None:
    session.start()
    uri = session.open("demands/test.vkd", DEMAND + BAD)
    answer = session.run("vkd.run", uri)
    assert answer["version"] == 1
    assert set(answer["catalogue"]) == {"name", "revision", "products"}
    assert [(one["path"], one["line"], one["status"]) for one in answer["demands"]] == [
        ("demands/test.vkd", 1, "found"),
        ("demands/test.vkd", 3, "invalid"),
    ]
    assert answer["demands"][0]["covers"][0]["members"] == ["ft70-person"]
    assert codes(answer["demands"][1]["diagnostics"]) == ["VKD101"]
    assert [one["line"] for one in session.run("vkd.run", uri, 3)["demands"]] == [3]
    assert session.run("vkd.run", session.uri("demands/eksempel-4.vkd"))["demands"][0]["id"] == "bruker 2"
    assert session.run("vkd.run", session.uri("products/dode.vkd"))["demands"] == []


@pytest.mark.parametrize(
    ("command", "arguments", "code"),
    [
        ("vkd.run", [], -32602),
        ("vkd.run", [7], -32602),
        ("vkd.run", ["file:///nowhere/x.vkd"], -32602),
        ("vkd.run", ["untitled:x"], -32602),
        ("vkd.run", ["DEMAND", "x"], -32602),
        ("vkd.run", ["DEMAND", -1], -32602),
        ("vkd.showMessage", ["DEMAND"], -32602),
        ("vkd.showMessage", ["PRODUCT", 0], -32803),
        ("vkd.why", ["DEMAND", 1], -32602),
        ("vkd.why", ["PRODUCT", 1, "x"], -32803),
        ("vkd.nosuch", [], -32602),
    ],
)
def test_commands_that_cannot_be_carried_out(session: Session, command: str, arguments: Json, code: int) -> None:
    session.start()
    names = {"DEMAND": session.uri("demands/eksempel-4.vkd"), "PRODUCT": session.uri("products/dode.vkd")}
    params = {"command": command, "arguments": [names.get(one, one) for one in arguments]}
    assert session.client.error("workspace/executeCommand", params) == code


def test_a_message_is_a_virtual_document_where_the_client_knows_them(session: Session) -> None:
    session.start({"window": {"showDocument": {"support": True}}, "workspace": {"textDocumentContent": {}}})
    uri = session.open("demands/test.vkd", DEMAND)
    text = session.run("vkd.showMessage", uri, 1)
    shown = session.client.told("window/showDocument")["uri"]
    assert shown.startswith("vkd-message:/1/bruker.md?")
    assert session.client.request("workspace/textDocumentContent", {"uri": shown}) == {"text": text}
    assert text.startswith("# Referansemelding")
    assert "## 5." in text
    for wrong in ("vkd-message:/x/y.md?z", "http://example.org", "vkd-message:"):
        assert session.client.error("workspace/textDocumentContent", {"uri": wrong}) == -32602
    assert session.client.request("workspace/textDocumentContent", {"uri": "vkd-rule:/VKD999.md"}) == {"text": ""}


def test_a_message_is_a_file_for_other_clients(session: Session) -> None:
    session.start({"window": {"showDocument": {"support": True}}})
    uri = session.open("demands/test.vkd", DEMAND.replace("bruker", r"..\/br: uker"))
    text = session.run("vkd.showMessage", uri, 0)
    shown = session.client.told("window/showDocument")["uri"]
    assert shown == uri_of(session.root / ".vkd/messages/br-uker.md")
    assert (session.root / ".vkd/messages/br-uker.md").read_text(encoding="utf-8") == text


def test_a_client_that_shows_nothing_gets_the_text(session: Session) -> None:
    session.start()
    text = session.run("vkd.showMessage", session.uri("demands/eksempel-4.vkd"), 2)
    assert "dode-yrke" in text
    assert not (session.root / ".vkd/messages").exists()
    assert not session.client.heard


def test_completion_is_filtered_by_the_server_alone(session: Session) -> None:
    session.start({"textDocument": {"completion": {"completionItem": {"labelDetailsSupport": True}}}})
    uri = session.open("demands/test.vkd", DEMAND.replace("Yrke", "occ"))
    found = session.ask("textDocument/completion", uri, position={"line": 1, "character": 22})
    assert found["isIncomplete"]
    (item,) = found["items"]
    assert (item["label"], item["filterText"], item["sortText"]) == ("Yrke", "occ", "000")
    assert item["labelDetails"] == {"detail": " Occupation (en)", "description": "K5"}
    assert item["textEdit"]["range"] == {"start": {"line": 1, "character": 19}, "end": {"line": 1, "character": 22}}
    resolved = session.client.request("completionItem/resolve", item)
    assert "Hovedyrke på tellingsdagen" in resolved["documentation"]["value"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8"])
@pytest.mark.parametrize("choosing", [True, False])
def test_in_the_midst_of_a_word_a_person_may_choose_what_is_replaced(
    session: Session, choosing: bool, encoding: str
) -> None:
    item = {"insertReplaceSupport": choosing}
    session.start(
        {"textDocument": {"completion": {"completionItem": item}}, "general": {"positionEncodings": [encoding]}}
    )
    uri = session.open("demands/test.vkd", DEMAND.replace("Yrke", "Kjønn"))
    wide = encoding == "utf-8"
    for character in (22 + wide, 24 + wide):
        edit = session.ask("textDocument/completion", uri, position={"line": 1, "character": character})["items"][0][
            "textEdit"
        ]
        ends = {key: place["end"]["character"] for key, place in edit.items() if key != "newText"}
        inside = choosing and character == 22 + wide
        assert ends == ({"insert": character, "replace": 24 + wide} if inside else {"range": 24 + wide})
        assert edit["newText"] == "Kjønn"


def test_a_huge_vocabulary_is_cut_with_a_word_about_it(session: Session) -> None:
    rows = [f"Z{number},Zulu {number},,,individual,A,,,,,,\n" for number in range(1_000)]
    with (session.root / "vocabulary/characteristics.csv").open("a", encoding="utf-8") as file:
        file.writelines(rows)
    session.start()
    uri = session.open("demands/test.vkd", DEMAND.replace("Yrke", "zul"))
    items = session.ask("textDocument/completion", uri, position={"line": 1, "character": 22})["items"]
    assert len(items) == AT_MOST
    assert items[-1]["label"] == f"… {1_001 - AT_MOST} til: skriv mer"
    assert items[-1]["sortText"] > items[-2]["sortText"]
    assert items[-1]["textEdit"]["newText"] == "zul"


def labels(session: Session, uri: str) -> list[str]:
    return [hint["label"] for hint in session.ask("textDocument/inlayHint", uri, range=RANGE)]


def test_settings_come_with_initialize_and_are_pushed(session: Session) -> None:
    session.start(initializationOptions={"hints": {"dittos": False}, "run.onSave": "no", "unknown": 1})
    uri = session.open("demands/test.vkd", DITTOS)
    assert labels(session, uri) == ["1 informasjonssett"] * 3
    settings = {"settings": {"vkd": {"hints": {"codes": True, "funnel": False}}}}
    session.client.notify("workspace/didChangeConfiguration", settings)
    assert labels(session, uri) == ["[A] · [K5]", "[K5]"]
    beside = {"settings": {"vkd": {"hints": {"dittos": True, "codes": False, "beside": True}}}}
    session.client.notify("workspace/didChangeConfiguration", beside)
    assert labels(session, uri) == ["Personer", "-", "19701101"]


def test_settings_are_asked_for_where_the_client_answers(session: Session) -> None:
    refresh = {"inlayHint": {"refreshSupport": True}, "diagnostics": {"refreshSupport": True}}
    session.start({"workspace": {"configuration": True, **refresh}, **PULL})
    first = session.client.asked("workspace/configuration")
    assert first["params"] == {"items": [{"section": "vkd"}]}
    session.client.send({"id": first["id"], "result": [{"language": "en"}]})
    uri = session.open("demands/test.vkd", DITTOS)
    assert "1 information set" in labels(session, uri)
    assert session.client.asked("workspace/inlayHint/refresh")
    assert session.client.asked("workspace/diagnostic/refresh")
    session.client.notify("workspace/didChangeConfiguration", {"settings": None})
    again = session.client.asked("workspace/configuration")
    session.client.send({"id": again["id"], "error": {"code": -32601, "message": "no"}})
    assert "1 information set" in labels(session, uri)


def test_the_catalogue_may_be_named(session: Session, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("other")
    (other / "vkd.toml").write_text('[catalogue]\nname = "Annen"\nlanguage = "sv"\n', encoding="utf-8")
    session.start(initializationOptions={"catalogue": str(other / "vkd.toml")})
    uri = session.open("demands/test.vkd", DEMAND)
    assert session.run("vkd.run", uri)["catalogue"]["name"] == "Annen"


def test_files_that_change_outside_are_read_anew(session: Session) -> None:
    watched = {"didChangeWatchedFiles": {"dynamicRegistration": True}}
    session.start({"workspace": watched})
    (registration,) = session.client.told("client/registerCapability")["registrations"]
    globs = [one["globPattern"] for one in registration["registerOptions"]["watchers"]]
    assert globs == ["**/*.vkd", "**/*.csv", "**/*.tsv", "**/*.md", "**/*.vkdreg", "**/vkd.toml"]
    uri = session.open("demands/test.vkd", BAD)
    assert codes(session.published()["diagnostics"]) == ["VKD101"]
    path = session.root / "vocabulary/characteristics.csv"
    path.write_text(path.read_text(encoding="utf-8") + "K10,Yrkke,,,individual,A,,,,,,\n", encoding="utf-8")
    changes = [{"uri": session.uri("vocabulary/characteristics.csv"), "type": 2}]
    session.client.notify("workspace/didChangeWatchedFiles", {"changes": changes})
    assert session.published() == {"uri": uri, "version": 1, "diagnostics": []}
    path.write_text(path.read_text(encoding="utf-8").replace("Yrkke", "Bakst"), encoding="utf-8")
    session.run("vkd.rebuild")
    assert codes(session.published()["diagnostics"]) == ["VKD101"]


def test_products_are_searched_as_they_stand_in_the_editor(session: Session) -> None:
    session.start()
    demand = session.open("demands/test.vkd", DEMAND.replace("Yrke", "Næring"))
    product = session.open("products/ft70.vkd")
    assert session.run("vkd.run", demand)["demands"][0]["status"] == "none"
    text = (session.root / "products/ft70.vkd").read_text(encoding="utf-8")
    session.client.change(product, 2, {"text": text.replace("Yrke  ", "Næring")})
    assert session.run("vkd.run", demand)["demands"][0]["covers"][0]["members"] == ["ft70-person"]
    assert labels(session, demand) == ["1 informasjonssett"]
    session.client.notify("textDocument/didClose", {"textDocument": {"uri": product}})
    assert session.run("vkd.run", demand)["demands"][0]["status"] == "none"
    assert labels(session, demand) == ["ingen informasjonssett"]


def test_each_folder_has_its_own_catalogue(session: Session, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = workspace(tmp_path_factory.mktemp("other"), {}, language="en")
    session.start()
    event = {"added": [{"uri": uri_of(other), "name": "other"}], "removed": []}
    session.client.notify("workspace/didChangeWorkspaceFolders", {"event": event})
    here = session.open("demands/test.vkd", BAD)
    there = uri_of(other / "demands/test.vkd")
    session.client.open(there, BAD)
    messages = {told["uri"]: told["diagnostics"][0]["message"] for told in (session.published(), session.published())}
    assert messages[here] == "«Yrkke» er ikke et ord i ordlisten over kjennemerker."
    assert messages[there] == "“Yrkke” is not a word in the vocabulary of characteristics."


def test_an_untitled_document_belongs_to_the_first_folder(session: Session) -> None:
    session.start()
    session.client.open("untitled:Untitled-1", BAD)
    assert codes(session.published()["diagnostics"]) == ["VKD101"]
    assert session.run("vkd.run", "untitled:Untitled-1")["catalogue"]["products"] == 4


@pytest.mark.parametrize("uri", ["untitled:x", "file:///nowhere/at/all/x.vkd", "vscode-vfs://github/x.vkd", "%%%", ""])
def test_a_document_outside_every_folder_is_read_by_itself(session: Session, uri: str) -> None:
    session.start(workspaceFolders=None)
    session.client.open(uri, DEMAND)
    assert codes(session.published()["diagnostics"]) == ["VKD101", "VKD101"]
    assert session.run("vkd.run", uri)["demands"][0]["status"] == "invalid"
    assert session.ask("textDocument/hover", uri, position={"line": 0, "character": 2})


def test_a_workspace_that_cannot_be_read_is_told_once_and_works_on(session: Session) -> None:
    (session.root / "vkd.toml").write_text("[catalogue\n", encoding="utf-8")
    session.start()
    session.open("demands/test.vkd", DEMAND)
    session.open("demands/other.vkd", DEMAND)
    told = session.client.told("window/showMessage")
    assert told["type"] == types.MessageType.Error
    assert "vkd.toml:1" in told["message"]
    assert {session.published()["uri"], session.published()["uri"]} == {
        session.uri("demands/test.vkd"),
        session.uri("demands/other.vkd"),
    }
    assert not [one for one in session.client.heard if one["method"] == "window/showMessage"]


def test_saving_runs_the_demands_where_the_settings_say_so(session: Session) -> None:
    session.start({"window": {}}, initializationOptions={"run": {"onSave": True}})
    uri = session.open("demands/test.vkd", DEMAND)
    session.client.notify("textDocument/didSave", {"textDocument": {"uri": uri}})
    assert session.client.told("window/showMessage") == {"type": types.MessageType.Info, "message": "bruker: 1 svar"}


@pytest.mark.parametrize(
    ("formats", "kind"), [(None, "markdown"), (["markdown", "plaintext"], "markdown"), (["plaintext"], "plaintext")]
)
def test_who_shows_no_markdown_gets_plain_text(session: Session, formats: list[str] | None, kind: str) -> None:
    completing = {"completionItem": {"documentationFormat": formats}}
    hovering = {"contentFormat": formats}
    session.start({"textDocument": {"hover": hovering, "completion": completing}} if formats else {})
    uri = session.open("demands/test.vkd", DEMAND)
    found = session.ask("textDocument/hover", uri, position={"line": 1, "character": 22})["contents"]
    item = session.ask("textDocument/completion", uri, position={"line": 1, "character": 22})["items"][0]
    documented = session.client.request("completionItem/resolve", item)["documentation"]
    assert (found["kind"], documented["kind"]) == (kind, kind)
    assert ("**Yrke**" in found["value"], "`K5`" in found["value"]) == (kind == "markdown",) * 2
    assert "Yrke" in found["value"]
    assert "**" not in documented["value"] or kind == "markdown"


def test_plain_text_of_markdown() -> None:
    assert plain("## A\\*b\n**c** `d` [e](f:g)\n---\n1\\. h") == "A*b\nc d e\n\n1. h"
