"""The gate between a page and its server: what is let in, and what is let out."""

from pathlib import Path
from typing import Any

import pytest

from vkd_server.web.gate import let_in, let_out

ROOT = Path("/etaten")


def method(name: str, **params: object) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": 1, "method": name, "params": params}


def opening(uri: str, language: str = "vkd") -> dict[str, Any]:
    return method("textDocument/didOpen", textDocument={"uri": uri, "languageId": language, "text": ""})


def document(uri: str) -> dict[str, str]:
    return {"uri": uri}


@pytest.mark.parametrize(
    "message",
    [
        method("textDocument/hover", textDocument=document("untitled:a")),
        opening("untitled:a"),
        opening("untitled:vkd.toml.vkd"),
        method("workspace/executeCommand", command="vkd.run", arguments=["untitled:a", 0]),
        method("shutdown"),
        # What names no method is answered by the server, which says so.
        method("x") | {"method": ["initialize"]},
        method("x") | {"method": 7},
        {"jsonrpc": "2.0", "id": 1, "method": None},
        {"jsonrpc": "2.0", "id": 1},
    ],
)
def test_let_in(message: dict[str, Any]) -> None:
    assert let_in(message, ROOT) == message


@pytest.mark.parametrize(
    "message",
    [
        method("textDocument/hover", textDocument=document("file:///etaten/a.vkd")),
        method("textDocument/hover", textDocument=document("FILE:///etaten/a.vkd")),
        method("textDocument/hover", textDocument={}),
        method("textDocument/hover"),
        # Settings and vocabularies name files, and have the server look for them.
        opening("untitled:vkd.toml"),
        opening("untitled:VKD.toml"),
        opening("untitled:/etaten/vkd.toml"),
        opening("untitled:vkd.toml?a"),
        opening("untitled:vkd.toml#a"),
        opening("untitled:vkd.to\nml"),
        opening("untitled:names.csv"),
        opening("untitled:a", "toml"),
        opening("untitled:a", "csv"),
        opening("untitled:a", "VKD"),
        opening("file:///etaten/a.vkd"),
        method("textDocument/didOpen", textDocument=document("untitled:a")),
        method("textDocument/didChange", textDocument=document("untitled:vkd.toml")),
        method("textDocument/completion", textDocument=document("untitled:vkd.toml")),
        method("workspace/executeCommand", command="vkd.run", arguments=["untitled:vkd.toml"]),
        method("textDocument/definition", textDocument=document("untitled:a")),
        method("textDocument/documentLink", textDocument=document("untitled:a")),
        method("documentLink/resolve", data=["untitled:a", "fob:x"]),
        method("textDocument/rename", textDocument=document("untitled:a")),
        method("workspace/symbol", query=""),
        method("workspace/didChangeConfiguration", settings={"vkd": {"catalogue": "/other/vkd.toml"}}),
        method("workspace/didChangeWorkspaceFolders", event={}),
        method("workspace/textDocumentContent", uri="vkd-message:/0/a.md?file:///a"),
        method("workspace/executeCommand", command="vkd.run", arguments=["file:///etaten/a.vkd"]),
        method("workspace/executeCommand", command="vkd.run", arguments=[]),
        method("workspace/executeCommand", command="vkd.rebuild", arguments=["untitled:a"]),
        method("workspace/executeCommand", command=["vkd.run"], arguments=["untitled:a"]) | {"params": "vkd.run"},
    ],
)
def test_not_let_in(message: dict[str, Any]) -> None:
    assert let_in(message, ROOT) == {**message, "method": "$/notForPages", "params": None}


def test_the_folder_and_the_settings_are_not_the_pages_to_choose() -> None:
    introduced = method(
        "initialize",
        rootUri="file:///other",
        workspaceFolders=[{"uri": "file:///other"}],
        initializationOptions={"language": "sv", "catalogue": "/other/vkd.toml"},
        capabilities={
            "textDocument": {"hover": {}},
            "window": {"showDocument": {"support": True}},
            "workspace": {"configuration": True},
        },
    )
    params: Any = let_in(introduced, ROOT)["params"]
    assert params["rootUri"] == "file:///etaten"
    assert params["initializationOptions"] == {"language": "sv", "hints.beside": True, "data.private": False}
    assert "window" not in params["capabilities"]
    assert "configuration" not in params["capabilities"]["workspace"]
    assert "other" not in str(params)


def test_answers_to_the_servers_questions_say_nothing() -> None:
    answer = {"jsonrpc": "2.0", "id": 7, "result": [{"catalogue": "/other/vkd.toml"}]}
    assert let_in(answer, ROOT) == {"jsonrpc": "2.0", "id": 7, "result": None}


def test_a_fix_in_a_file_is_left_out_and_the_others_stay() -> None:
    own = {"title": "a", "edit": {"changes": {"untitled:a": []}}}
    other = {"title": "b", "edit": {"changes": {"file:///etaten/vocabulary/names.csv": []}}}
    assert let_out({"id": 1, "result": [own, other]}) == {"id": 1, "result": [own]}


def test_a_related_place_is_left_out_and_its_diagnostic_stays() -> None:
    related = [{"location": {"uri": "file:///etaten/a.vkd"}, "message": "there"}]
    published = {"uri": "untitled:a", "diagnostics": [{"message": "twice", "relatedInformation": related}]}
    told: Any = let_out({"method": "textDocument/publishDiagnostics", "params": published})
    assert told["params"]["diagnostics"] == [{"message": "twice", "relatedInformation": []}]


@pytest.mark.parametrize(
    "message",
    [
        {"method": "textDocument/publishDiagnostics", "params": {"uri": "file:///etaten/names.csv", "diagnostics": []}},
        {"method": "window/showMessage", "params": {"type": 1, "message": "/etaten/vkd.toml:1: wrong"}},
        {"method": "window/showDocument", "id": 1, "params": {"uri": "file:///etaten/.vkd/a.md"}},
        {"method": "client/registerCapability", "id": 1, "params": {}},
    ],
)
def test_not_let_out(message: dict[str, object]) -> None:
    assert let_out(message) is None


def test_an_answer_that_is_a_file_is_none() -> None:
    assert let_out({"id": 3, "result": {"uri": "file:///etaten/a.vkd"}}) == {"jsonrpc": "2.0", "id": 3, "result": None}
