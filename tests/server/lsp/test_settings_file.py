"""A `vkd.toml` in the editor, over a pipe; aliases and files that get other names."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.lsp.client import Json, connected
from tests.server.lsp.test_requests import PULL, RANGE, Session
from tests.server.workspaces import workspace

PRODUCT = "0 / Produktbeskrivelse / å🙂 / data=F:a.csv; form=csv\n1 / Personer / P / Yrke / 1970 / .\n"


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with connected() as client:
        yield Session(client, workspace(tmp_path, {"products/a.vkd": PRODUCT, "archive/a.csv": ""}))


def place(line: int, character: int) -> Json:
    return {"position": {"line": line, "character": character}}


def test_what_is_wrong_is_told_and_put_right(session: Session) -> None:
    session.start(PULL)
    text = (session.root / "vkd.toml").read_text(encoding="utf-8")
    settings = session.open("vkd.toml", text.replace("language =", "langauge =").replace("names.csv", "å🙂.csv"))
    found = session.ask("textDocument/diagnostic", settings)["items"]
    assert [one["message"] for one in found] == [
        "«langauge» er ingen innstilling her. Kjent er name, language.",
        "Filen «vocabulary/å🙂.csv» finnes ikke.",
    ]
    assert found[1]["range"] == {"start": {"line": 6, "character": 9}, "end": {"line": 6, "character": 29}}
    (fix,) = session.ask("textDocument/codeAction", settings, range=found[0]["range"], context={"diagnostics": []})
    assert [one["newText"] for one in fix["edit"]["changes"][settings]] == ["language"]


def test_a_pushing_client_hears_of_it_at_once(session: Session) -> None:
    session.start()
    settings = session.open("vkd.toml", "[catalogue\n")
    assert session.published()["diagnostics"][0]["message"].startswith("Ikke gyldig TOML")
    session.client.change(settings, 2, {"text": "[catalogue]\n"})
    assert session.published() == {"uri": settings, "version": 2, "diagnostics": []}


def test_the_workspace_report_holds_what_is_wrong_with_one_that_is_not_open(session: Session) -> None:
    with (session.root / "vkd.toml").open("a", encoding="utf-8") as file:
        file.write("VKD999 = 'off'\n")
    session.start(PULL)
    items = session.client.request("workspace/diagnostic", {"previousResultIds": []})["items"]
    (own,) = [one for one in items if one["uri"] == session.uri("vkd.toml")]
    assert [one["message"] for one in own["items"]] == ["«VKD999» er ingen melding."]


def test_keys_are_explained_completed_and_followed(session: Session) -> None:
    session.start()
    settings = session.open("vkd.toml")
    assert (
        "Navnet i referansemeldinger" in session.ask("textDocument/hover", settings, **place(1, 2))["contents"]["value"]
    )
    items = session.ask("textDocument/completion", settings, **place(2, 13))["items"]
    assert [item["label"] for item in items] == ["nb", "nn"]
    assert session.ask("textDocument/definition", settings, **place(6, 20))["uri"] == session.uri(
        "vocabulary/names.csv"
    )
    links = session.ask("textDocument/documentLink", settings)
    assert [link["target"].rpartition("/")[2] for link in links] == [
        "object-types.csv",
        "names.csv",
        "characteristics.csv",
        "times.csv",
    ]
    assert {one["name"] for one in session.ask("textDocument/documentSymbol", settings)} >= {"archives", "archives.F"}


def test_an_alias_is_renamed_from_either_side_as_the_editor_has_it(session: Session) -> None:
    session.start({"workspace": {"workspaceEdit": {"documentChanges": True}}})
    settings = session.open("vkd.toml", "\n" + (session.root / "vkd.toml").read_text(encoding="utf-8"))
    product = session.open("products/a.vkd", "# Først\n" + PRODUCT)
    found = session.ask("textDocument/prepareRename", settings, **place(15, 1))
    assert found["placeholder"] == "F"
    edits = session.ask("textDocument/rename", settings, newName="arkiv", **place(15, 1))
    changes = {one["textDocument"]["uri"]: one["edits"] for one in edits["documentChanges"]}
    assert changes[settings][0]["range"]["start"] == {"line": 15, "character": 0}
    assert changes[product] == [
        {"range": {"start": {"line": 1, "character": 36}, "end": {"line": 1, "character": 37}}, "newText": "arkiv"}
    ]
    assert session.ask("textDocument/prepareRename", product, **place(1, 37))["placeholder"] == "F"
    assert session.ask("textDocument/rename", product, newName="arkiv", **place(1, 37)) == edits
    uses = session.ask("textDocument/references", settings, context={"includeDeclaration": False}, **place(15, 0))
    assert product in {one["uri"] for one in uses}
    assert (
        session.ask("textDocument/references", product, context={"includeDeclaration": False}, **place(1, 37)) == uses
    )
    assert session.ask("textDocument/definition", product, **place(1, 36))["uri"] == settings
    refused = session.client.ask(
        "textDocument/rename", {"textDocument": {"uri": product}, "newName": "P", **place(1, 37)}
    )
    assert session.client.answer(refused)["error"]["code"] == -32803


def test_what_names_a_file_follows_it_when_it_is_renamed(session: Session) -> None:
    told = session.start({"workspace": {"fileOperations": {"willRename": True, "didRename": True}}})
    every = {"filters": [{"pattern": {"glob": "**/*"}, "scheme": "file"}]}
    assert told["capabilities"]["workspace"]["fileOperations"] == {"willRename": every, "didRename": every}
    session.open("demands/eksempel-3.vkd")
    move = [{"oldUri": session.uri("vocabulary/names.csv"), "newUri": session.uri("vocabulary/navn.csv")}]
    edit = session.client.request("workspace/willRenameFiles", {"files": move})
    assert [one["newText"] for one in edit["changes"][session.uri("vkd.toml")]] == ['"vocabulary/navn.csv"']
    move = [{"oldUri": session.uri("archive/a.csv"), "newUri": session.uri("archive/b.csv")}]
    edit = session.client.request("workspace/willRenameFiles", {"files": move})
    assert {uri: [one["newText"] for one in edits] for uri, edits in edit["changes"].items()} == {
        session.uri("products/a.vkd"): ["F:b.csv"]
    }
    move = [{"oldUri": session.uri("nothing"), "newUri": session.uri("something")}]
    assert session.client.request("workspace/willRenameFiles", {"files": move}) is None


def test_a_renamed_file_has_the_catalogue_read_anew(session: Session) -> None:
    session.start(PULL)
    demand = session.open("demands/eksempel-3.vkd")
    assert session.ask("textDocument/diagnostic", demand)["items"] == []
    (session.root / "vocabulary/names.csv").rename(session.root / "vocabulary/navn.csv")
    move = [{"oldUri": session.uri("vocabulary/names.csv"), "newUri": session.uri("vocabulary/navn.csv")}]
    session.client.notify("workspace/didRenameFiles", {"files": move})
    assert session.ask("textDocument/diagnostic", demand)["items"] != []


def test_nothing_but_what_it_has_is_answered(session: Session) -> None:
    session.start()
    settings = session.open("vkd.toml", "")
    for method in ("formatting", "semanticTokens/full", "foldingRange", "hover", "rename", "prepareRename"):
        assert session.ask(f"textDocument/{method}", settings, newName="x", options={}, **place(0, 0)) is None
    assert session.ask("textDocument/codeAction", settings, range=RANGE, context={"diagnostics": []}) == []


def test_a_pattern_that_names_no_file_and_a_product_that_none_names(session: Session) -> None:
    product = PRODUCT.replace("P / Yrke / 1970", "Personreg.nov.70 / Yrke / 19701101").replace(
        "form", "doc=F:a.csv; form"
    )
    (session.root / "nye").mkdir()
    (session.root / "nye/ny.vkd").write_text(product.replace("å🙂", "ny"), encoding="utf-8")
    session.start(PULL)
    settings = session.open(
        "vkd.toml", (session.root / "vkd.toml").read_text("utf-8").replace("products/", "produkter/")
    )
    (found,) = session.ask("textDocument/diagnostic", settings)["items"]
    assert (found["code"], found["severity"]) == ("VKD405", 2)
    assert found["message"].endswith("Mappen «produkter» finnes ikke.")
    (action,) = session.ask("textDocument/codeAction", settings, range=found["range"], context={"diagnostics": [found]})
    assert action["edit"]["changes"][settings][0]["newText"] == '"products/*.vkd"'
    new = session.open("nye/ny.vkd")
    found = next(one for one in session.ask("textDocument/diagnostic", new)["items"] if one["code"] == "VKD405")
    assert found["severity"] == 2
    actions = session.ask("textDocument/codeAction", new, range=found["range"], context={"diagnostics": [found]})
    assert "Ta med «nye/*.vkd» i include" in [one["title"] for one in actions]


@pytest.mark.parametrize("catalogue", ["a\0b/vkd.toml", "\0", "a\ud800/vkd.toml", "\udfff"])
@pytest.mark.parametrize("way", ["introduced", "asked", "told"])
def test_a_setting_that_can_be_no_path_is_said_once_and_is_as_if_it_were_not_there(
    session: Session, catalogue: str, way: str
) -> None:
    given = {"catalogue": catalogue, "language": "sv"}
    session.start(
        {"workspace": {"configuration": way == "asked"}},
        initializationOptions=given if way == "introduced" else {"language": "sv"},
    )
    client = session.client
    if way == "asked":
        client.send({"id": client.asked("workspace/configuration")["id"], "result": [given]})
    if way == "told":
        for _ in range(2):
            client.notify("workspace/didChangeConfiguration", {"settings": {"vkd": given}})
    for path in ("demands/eksempel-4.vkd", "products/a.vkd"):
        uri = session.open(path)
        assert session.ask("textDocument/documentSymbol", uri)
    assert session.run("vkd.run", session.uri("demands/eksempel-4.vkd"))["catalogue"]["name"] == "Folketelling"
    told = [one["params"]["message"] for one in client.heard if one.get("method") == "window/showMessage"]
    assert told == ["Inställningen vkd.catalogue används inte: den har ett tecken som inte kan stå i namnet på en fil."]


@pytest.mark.parametrize("root", ["/a\0b", "/a\ud800", "/" + 5000 * "a"])
def test_a_folder_that_can_be_none_is_as_if_it_were_not_there(session: Session, root: str) -> None:
    session.client.initialize(
        rootPath=root, rootUri=f"file://{root}", workspaceFolders=[{"uri": f"file://{root}", "name": "x"}]
    )
    session.client.open("untitled:a", PRODUCT)
    assert session.ask("textDocument/documentSymbol", "untitled:a")
