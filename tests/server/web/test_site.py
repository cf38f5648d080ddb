"""Who may talk to the page's server: this machine's browsers, from the page itself, at the address they were given."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from tests.server.web.wire import served, status
from tests.server.workspaces import workspace
from vkd_server.lsp.transports import Visit
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


def test_over_the_wire(tmp_path: Path) -> None:
    with served(workspace(tmp_path, {})) as page:
        assert status(page.address) == 200
        assert status(page.origin + "/") == 404
        assert status(page.address, Host="evil.example") == 403
        socket = page.address.replace("http", "ws", 1) + "socket"
        for origin in (None, Origin("http://evil.example")):
            with pytest.raises(InvalidStatus) as refused, connect(socket, origin=origin, proxy=None):
                pass
            assert refused.value.response.status_code == 403
