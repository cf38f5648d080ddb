"""Every request is answered exactly once, with the right code, whatever comes and whenever."""

import json
import time
from collections.abc import Iterator

import pytest

from tests.server.lsp.client import Client, Json, connected

NOTHING_YET = {"method": "textDocument/hover", "params": {}}


@pytest.fixture
def client() -> Iterator[Client]:
    with connected() as one:
        yield one


@pytest.fixture
def ready(client: Client) -> Client:
    client.initialize()
    return client


def framed(body: bytes) -> bytes:
    return b"Content-Length: %d\r\n\r\n%b" % (len(body), body)


@pytest.mark.parametrize(
    ("body", "ident", "code"),
    [
        (b"{oops", None, -32700),
        (b"\xff\xfe", None, -32700),
        (b"[" * 100_000, None, -32700),
        (b'"text"', None, -32700),
        (b"[]", None, -32600),
        (b'[{"jsonrpc":"2.0","id":1,"method":"shutdown"}]', None, -32600),
        (b"{}", None, -32600),
        (b'{"jsonrpc":"1.0","id":3,"method":"shutdown"}', 3, -32600),
        (b'{"id":3,"method":"shutdown"}', 3, -32600),
        (b'{"jsonrpc":"2.0","id":3}', 3, -32600),
        (b'{"jsonrpc":"2.0","id":3,"method":5}', 3, -32600),
        (b'{"jsonrpc":"2.0","id":null,"method":"shutdown"}', None, -32600),
        (b'{"jsonrpc":"2.0","id":[1],"method":"shutdown"}', None, -32600),
        (b'{"jsonrpc":"2.0","id":true,"method":"shutdown"}', None, -32600),
        (b'{"jsonrpc":"2.0","id":1.5,"method":"shutdown"}', None, -32600),
        (b'{"jsonrpc":"2.0","id":"a","method":"no/such"}', "a", -32601),
        (b'{"jsonrpc":"2.0","id":"a","method":"$/no/such"}', "a", -32601),
        (b'{"jsonrpc":"2.0","id":4,"method":"$/cancelRequest","params":{"id":4}}', 4, -32601),
        (b'{"jsonrpc":"2.0","id":4,"method":["shutdown"]}', 4, -32600),
        (b'{"jsonrpc":"2.0","id":4,"method":null,"params":{}}', 4, -32600),
        (b'{"jsonrpc":"2.0","id":4,"method":"workspace/textDocumentContent","params":{"uri":"http://x/["}}', 4, -32602),
        (b'{"jsonrpc":"2.0","id":4,"method":"workspace/textDocumentContent","params":{"uri":"http://[/"}}', 4, -32602),
        (b'{"jsonrpc":"2.0","id":4,"method":"textDocument/hover"}', 4, -32602),
        (b'{"jsonrpc":"2.0","id":4,"method":"textDocument/hover","params":[]}', 4, -32602),
        (b'{"jsonrpc":"2.0","id":4,"method":"textDocument/hover","params":"x"}', 4, -32602),
        (b'{"jsonrpc":"2.0","id":4,"method":"textDocument/hover","params":{"textDocument":{"uri":7}}}', 4, -32602),
        (b'{"jsonrpc":"2.0","id":4,"method":"workspace/executeCommand","params":{"command":"x"}}', 4, -32602),
        (b'{"jsonrpc":"2.0","id":4,"method":"initialize","params":{"capabilities":{}}}', 4, -32600),
    ],
)
def test_what_is_wrong_has_its_code(ready: Client, body: bytes, ident: Json, code: int) -> None:
    ready.send_bytes(framed(body))
    reply = ready.receive()
    assert (reply["id"], reply["error"]["code"]) == (ident, code)
    assert ready.error("no/such") == -32601
    assert not ready.heard
    assert ready.is_silent()


@pytest.mark.parametrize(
    "body",
    [
        b'{"jsonrpc":"2.0","method":"no/such"}',
        b'{"jsonrpc":"2.0","method":"$/progress","params":{}}',
        b'{"jsonrpc":"2.0","method":"$/cancelRequest"}',
        b'{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":99}}',
        b'{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":{}}}',
        b'{"jsonrpc":"2.0","method":"textDocument/didChange","params":7}',
        b'{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"a:b"}}}',
        b'{"jsonrpc":"2.0","method":"textDocument/didClose","params":{"textDocument":{"uri":7}}}',
        b'{"jsonrpc":"2.0","id":77,"result":null}',
        b'{"jsonrpc":"2.0","id":77,"error":{"code":1,"message":"no"}}',
        b'{"jsonrpc":"2.0","id":77,"error":7}',
        b'{"jsonrpc":"2.0","id":null,"error":{"code":1,"message":"no"}}',
    ],
)
def test_what_asks_for_no_answer_gets_none(ready: Client, body: bytes) -> None:
    ready.send_bytes(framed(body))
    assert ready.error("no/such") == -32601
    assert not ready.heard


def test_nothing_is_answered_before_initialize(client: Client) -> None:
    assert client.error("textDocument/hover", {}) == -32002
    assert client.error("no/such") == -32002
    assert client.error("shutdown") == -32002
    client.open("untitled:a", "0 / x")
    client.initialize()
    assert client.error("textDocument/hover", {"textDocument": {"uri": "untitled:a"}, "position": {}}) == -32602


def test_initialize_that_cannot_be_read_can_be_tried_again(client: Client) -> None:
    assert client.error("initialize", {"capabilities": []}) == -32602
    assert client.error("initialize", None) == -32602
    assert "capabilities" in client.initialize()


def test_after_shutdown_only_exit_is_heard(ready: Client) -> None:
    assert ready.request("shutdown") is None
    assert ready.error("shutdown") == -32600
    assert ready.error("textDocument/hover", {}) == -32600
    assert ready.error("initialize", {"capabilities": {}}) == -32600


def test_cancelled_before_it_started(ready: Client) -> None:
    first = {"jsonrpc": "2.0", "id": "a", "method": "workspace/diagnostic", "params": {"previousResultIds": []}}
    # In one write, so that the cancellation is there when the second request's turn comes.
    cancel = {"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": "b"}}
    second = {**first, "id": "b"}
    ready.send_bytes(b"".join(framed(json.dumps(one).encode()) for one in (first, second, cancel)))
    replies = {reply["id"]: reply for reply in (ready.receive(), ready.receive())}
    assert "result" in replies["a"]
    assert replies["b"]["error"]["code"] == -32800
    assert ready.is_silent()


def test_a_newer_client_is_understood(client: Client) -> None:
    capabilities = {
        "general": {"positionEncodings": ["utf-64", "utf-8"], "someday": {"x": 1}},
        "textDocument": {
            "completion": {"completionItem": {"tagSupport": {"valueSet": [1, 99]}}},
            "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix", "teleport"]}}},
            "documentSymbol": {"symbolKind": {"valueSet": [1, 400]}},
            "foldingRange": {"foldingRangeKind": {"valueSet": ["comment", "poem"]}},
            "publishDiagnostics": {"tagSupport": {"valueSet": [7]}},
            "semanticTokens": {
                "requests": {"full": {"delta": True, "more": 1}},
                "tokenTypes": ["x"],
                "tokenModifiers": [],
                "formats": ["relative", "absolute"],
            },
        },
        "workspace": {"workspaceEdit": {"failureHandling": "hope", "resourceOperations": ["copy"]}},
        "window": {"newest": True},
    }
    result = client.initialize(capabilities, trace="chatty", clientInfo={"name": "future", "version": "9"}, newest=1)
    assert result["capabilities"]["positionEncoding"] == "utf-8"


@pytest.mark.parametrize(
    ("offered", "chosen"),
    [
        (None, "utf-16"),
        ([], "utf-16"),
        (["utf-16"], "utf-16"),
        (["utf-8", "utf-16"], "utf-8"),
        (["utf-16", "utf-8", "utf-32"], "utf-32"),
        (["utf-7"], "utf-16"),
        ("utf-8", "utf-16"),
    ],
)
def test_the_encoding_is_one_the_client_offers(client: Client, offered: Json, chosen: str) -> None:
    general = {} if offered is None else {"positionEncodings": offered}
    assert client.initialize({"general": general})["capabilities"]["positionEncoding"] == chosen


def test_a_bug_is_told_without_a_trace(
    ready: Client, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> object:
        raise LookupError("Hemmelighet i teksten")

    monkeypatch.setattr("vkd_server.lsp.requests.explain.hover.hover_at", broken)
    ready.open("untitled:a", "0 / Etterspørselsbeskrivelse / Hemmelighet\n")
    ready.told("textDocument/publishDiagnostics")
    place = {"textDocument": {"uri": "untitled:a"}, "position": {"line": 0, "character": 0}}
    reply = ready.answer(ready.ask("textDocument/hover", place))
    assert reply["error"]["code"] == -32603
    said = capfd.readouterr().err
    assert "LookupError in broken" in said
    assert "Hemmelighet" not in said + str(reply)
    assert ready.error("no/such") == -32601


def test_a_bug_between_messages_leaves_a_server_that_answers(
    ready: Client, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> object:
        raise LookupError("Hemmelighet i teksten")

    monkeypatch.setattr("vkd_server.workspace.view.checked", broken)
    ready.open("untitled:a", "0 / Etterspørselsbeskrivelse / Hemmelighet\n")
    place = {"textDocument": {"uri": "untitled:a"}, "position": {"line": 0, "character": 0}}
    said = ""
    for _ in range(500):
        assert "result" in ready.answer(ready.ask("textDocument/hover", place))
        said += capfd.readouterr().err
        if "between messages: LookupError in broken" in said:
            break
        time.sleep(0.01)
    else:
        raise AssertionError(said)
    assert "result" in ready.answer(ready.ask("textDocument/hover", place))
    assert "Hemmelighet" not in said
