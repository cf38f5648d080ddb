"""Who may talk to the page's server: this machine's browsers, from the page itself, at the address they were given."""

from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from tests.server.web.wire import Page, served, status
from tests.server.workspaces import workspace
from vkd_server.lsp.visitors import Visit, editors_only
from vkd_server.web.site import Site

HOST = "127.0.0.1:8000"


@pytest.fixture
def site() -> Site:
    return Site(lambda question, parameters: dict(parameters) if question == "known" else None)


@pytest.mark.parametrize(
    ("host", "origin", "path", "expected"),
    [
        (HOST, "", "", 200),
        (HOST, "", "app.js", 200),
        (HOST, f"http://{HOST}", "catalogue/known?a=b", 200),
        (HOST, "", "catalogue/unknown", 404),
        (HOST, "", "../site.py", 404),
        (HOST, "", "%2e%2e/site.py", 404),
        (HOST, "", "page/index.html", 404),
        ("127.0.0.1:9000", "http://127.0.0.1:9000", "socket", None),
        ("localhost:8000", "", "", 200),
        ("[::1]:8000", "", "", 200),
        ("localhost.evil.example", "", "", 403),
        ("127.0.0.1.evil.example:8000", "", "", 403),
        ("127.0.0.1:8000; script-src *", "", "", 403),
        ("localhost:8000", f"http://{HOST}", "catalogue/known", 403),
        ("evil.example", "", "", 403),
        (f"{HOST} evil.example", "", "", 403),
        ("", "", "", 403),
        (HOST, "http://evil.example", "app.js", 403),
        (HOST, "http://127.0.0.1:9000", "catalogue/known", 403),
        (HOST, "null", "", 403),
        (HOST, "", "socket", 403),
        (HOST, f"http://{HOST}", "socket", None),
    ],
)
def test_who_gets_what(site: Site, host: str, origin: str, path: str, expected: int | None) -> None:
    address = urlsplit(site.address("127.0.0.1", 8000)).path
    reply = site.answer(Visit(address + path, host, origin))
    assert (reply and reply.status) == expected


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "get", "X"])
@pytest.mark.parametrize("path", ["", "app.js", "catalogue/known", "socket"])
def test_a_page_is_only_read(site: Site, method: str, path: str) -> None:
    address = urlsplit(site.address("127.0.0.1", 8000)).path
    reply = site.answer(Visit(address + path, HOST, f"http://{HOST}", method))
    assert reply is not None
    assert reply.status == 405
    assert ("Allow", "GET, HEAD") in reply.headers


@pytest.mark.parametrize(
    ("host", "origin", "local", "expected"),
    [
        (HOST, "", True, None),
        ("localhost:8000", "", True, None),
        ("[::1]:8000", "", True, None),
        (HOST, "https://editor.example", True, None),
        (HOST, "https://evil.example", True, 403),
        (HOST, "http://localhost:3000", True, 403),
        (HOST, f"http://{HOST}", True, 403),
        (HOST, "null", True, 403),
        (HOST, "file://", True, 403),
        (HOST, "https://editor.example https://evil.example", True, 403),
        # Led here by a name that a stranger owns.
        ("evil.example:8000", "", True, 403),
        ("evil.example:8000", "http://evil.example:8000", True, 403),
        ("", "", True, 403),
        # Where others can come, the machine has names that nobody here knows.
        ("server.example:8000", "", False, None),
        ("server.example:8000", "http://server.example:8000", False, 403),
        ("server.example:8000", "https://editor.example", False, None),
    ],
)
def test_which_editors_are_let_in(host: str, origin: str, local: bool, expected: int | None) -> None:
    answer = editors_only(["https://editor.example"], local=local)
    reply = answer(Visit("/", host, origin))
    assert (reply and reply.status) == expected


@pytest.mark.parametrize("path", ["/", "/app.js", "/socket", "//", "//[", "/x/app.js", "/æ/", "/?a", "?", ""])
def test_without_the_secret_there_is_nothing(site: Site, path: str) -> None:
    site.address("127.0.0.1", 8000)
    reply = site.answer(Visit(path, HOST, f"http://{HOST}"))
    assert reply is not None
    assert reply.status == 404


def test_the_page_may_load_only_what_is_its_own(site: Site) -> None:
    path = urlsplit(site.address("127.0.0.1", 8000)).path
    replies = [site.answer(Visit(path, HOST, "")) for _ in range(2)]
    policies = [dict(reply.headers)["Content-Security-Policy"] for reply in replies if reply]
    assert all(policy.startswith("default-src 'self';") and "unsafe" not in policy for policy in policies)
    assert policies[0] != policies[1]


def exchange(page: Page, method: str) -> tuple[int, bytes]:
    """What the page's address gives to a method: status and body."""
    parts = urlsplit(page.address)
    connection = HTTPConnection(parts.netloc, timeout=30)
    try:
        connection.request(method, parts.path)
        reply = connection.getresponse()
        return reply.status, reply.read()
    finally:
        connection.close()


def test_over_the_wire(tmp_path: Path) -> None:
    with served(workspace(tmp_path, {})) as page:
        assert status(page.address) == 200
        assert status(page.origin + "/") == 404
        assert status(page.address, Host="evil.example") == 403
        for method in ("POST", "PUT", "DELETE", "OPTIONS"):
            assert exchange(page, method) == (405, b"Method Not Allowed\n")
        code, body = exchange(page, "HEAD")
        assert (code, body) == (200, b"")
        for number in ("9" * 5000, "-1", "1e9", "\u0661"):
            assert status(f"{page.address}catalogue/tree?{urlencode({'vocabulary': 'names', 'first': number})}") == 404
        for odd in ("%", "%zz=%", "text=%00", "text=%ff", "text=" + "x" * 7000, "first=%F0%9F%99%82&vocabulary=names"):
            for question in ("tree", "concept", "search", "product", "rule", "example", "overview", "registers"):
                assert status(f"{page.address}catalogue/{question}?{odd}") in (200, 404)
        assert status(page.address + "x" * 20_000) in (414, 400)
        socket = page.address.replace("http", "ws", 1) + "socket"
        for origin in (None, Origin("http://evil.example")):
            with pytest.raises(InvalidStatus) as refused, connect(socket, origin=origin, proxy=None):
                pass
            assert refused.value.response.status_code == 403
