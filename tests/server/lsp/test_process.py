"""The process around the server: it ends quietly when it is to, when its client is gone, and never before."""

import json
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest
from websockets.sync.client import connect

from tests.server.lsp.client import PATIENCE, Process, listening, started, tcp_client

SECRET = "Hemmelighet"
DEMAND = f"0 / Etterspørselsbeskrivelse / {SECRET}\n1 / {SECRET} / - / Kjønn / 1970 / .\n"


@pytest.fixture
def server() -> Iterator[Process]:
    with started() as one:
        one.client.initialize()
        yield one


def test_exit_after_shutdown_is_code_0_and_the_log_keeps_secrets(server: Process) -> None:
    server.client.open(f"untitled:{SECRET}", DEMAND)
    server.client.told("textDocument/publishDiagnostics")
    at = {"textDocument": {"uri": f"untitled:{SECRET}"}, "position": {"line": 1, "character": 7}}
    server.client.request("textDocument/completion", at)
    server.client.error("textDocument/completion", {"textDocument": {"uri": f"untitled:not {SECRET}"}})
    server.client.error("workspace/executeCommand", {"command": SECRET})
    server.client.request("shutdown")
    server.client.notify("exit")
    code, said = server.ended()
    assert code == 0
    lines = said.splitlines()
    assert [line.split()[1].strip("'") for line in lines] == [
        "initialize",
        "textDocument/completion",
        "textDocument/completion",
        "workspace/executeCommand",
        "shutdown",
    ]
    assert SECRET not in said


def test_exit_without_shutdown_is_code_1(server: Process) -> None:
    server.client.notify("exit")
    assert server.ended()[0] == 1


@pytest.mark.parametrize(("shut_down", "code"), [(True, 0), (False, 1)])
def test_a_closed_input_ends_it(server: Process, shut_down: bool, code: int) -> None:
    if shut_down:
        server.client.request("shutdown")
    server.client.hang_up()
    ended, said = server.ended()
    assert ended == code
    assert "Traceback" not in said


def test_input_that_ends_within_a_message_ends_it(server: Process) -> None:
    server.client.send_bytes(b"Content-Length: 1000\r\n\r\n{")
    server.client.hang_up()
    code, said = server.ended()
    assert code == 1
    assert "Traceback" not in said


def test_a_closed_output_ends_it(server: Process) -> None:
    server.client.stop_reading()
    server.client.ask("no/such")
    code, said = server.ended()
    assert code == 1
    assert "Traceback" not in said
    assert said.count("\n") == 1


@pytest.mark.skipif(sys.platform == "win32", reason="processes are watched on POSIX only")
def test_a_parent_that_is_gone_ends_it() -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as parent, started() as server:
        server.client.initialize(processId=parent.pid)
        parent.kill()
        parent.wait()
        code, said = server.ended()
        assert code == 1
        assert "Traceback" not in said


def test_interrupted_it_ends_quietly(server: Process) -> None:
    server.process.send_signal(signal.SIGINT)
    code, said = server.ended()
    assert code == 0
    assert "Traceback" not in said


def test_what_prints_does_not_end_up_among_the_messages() -> None:
    printing = "import sys; from vkd_server.lsp import server; import builtins;"
    patch = "old = server.Server._initialize; server.Server._initialize = lambda s, p: (print('noise'), old(s, p))[1];"
    run = "from vkd_server.lsp import serve; sys.exit(serve())"
    with started("-c", f"{printing}{patch}{run}") as process:
        process.client.initialize()
        process.client.hang_up()
        assert "noise" in process.ended()[1]


def test_clients_over_tcp_do_not_mix() -> None:
    with listening("tcp") as server:
        port = server.port
        one, other = tcp_client(port), tcp_client(port)
        assert (
            one.initialize({"general": {"positionEncodings": ["utf-8"]}})["capabilities"]["positionEncoding"] == "utf-8"
        )
        assert other.error("textDocument/hover", {}) == -32002
        assert other.initialize()["capabilities"]["positionEncoding"] == "utf-16"
        one.open("untitled:a", "# one")
        assert one.told("textDocument/publishDiagnostics")["uri"] == "untitled:a"
        at = {"textDocument": {"uri": "untitled:a"}, "position": {"line": 0, "character": 0}}
        assert other.error("textDocument/hover", at) == -32602
        assert not other.heard
        one.request("shutdown")
        one.notify("exit")
        assert other.request("shutdown") is None
        third = tcp_client(port)
        assert "capabilities" in third.initialize()
        for client in (one, other, third):
            client.hang_up()
            client.stop_reading()


@pytest.mark.parametrize("binary", [False, True])
def test_a_client_over_websocket(binary: bool) -> None:
    with listening("ws") as server, connect(f"ws://127.0.0.1:{server.port}") as connection:

        def ask(message: object) -> object:
            text = json.dumps(message)
            connection.send(text.encode() if binary else text)
            return json.loads(connection.recv(PATIENCE))

        assert ask({"jsonrpc": "2.0", "id": 1, "method": "shutdown"})["error"]["code"] == -32002  # type: ignore[index]
        params: dict[str, object] = {"processId": None, "rootUri": None, "capabilities": {}}
        assert "result" in ask({"jsonrpc": "2.0", "id": 2, "method": "initialize", "params": params})  # type: ignore[operator]
        connection.send("{oops")
        assert json.loads(connection.recv(PATIENCE))["error"]["code"] == -32700


def test_a_port_that_is_taken_is_an_error_of_the_system() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        command = (
            f"from vkd_server.lsp import serve\ntry: serve(tcp=('127.0.0.1', {port}))\nexcept OSError: print('taken')"
        )
        run = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, timeout=PATIENCE)
        assert run.stdout == "taken\n"


def test_nobody_reads_the_log_and_it_goes_on(server: Process) -> None:
    for _ in range(3_000):
        server.client.ask("no/such/method/with/a/name/that/makes/the/line/in/the/log/longer")
    for ident in range(2, 3_002):
        assert server.client.answer(ident)["error"]["code"] == -32601
