"""The page and what it asks for, over HTTP, to this machine's browsers only.

Every address begins with a secret that changes with each start, so that neither another site nor another user of the
machine can guess one. A browser that was led here by another name (DNS rebinding) is refused, and so is whatever a page
of another origin asks for. The port may be another, as it is at the far end of a tunnel.
"""

import json
import secrets
from collections.abc import Callable, Mapping
from http import HTTPStatus
from importlib.resources import files
from typing import Final
from urllib.parse import parse_qsl

from vkd_server.lsp.visitors import READING, Reply, Visit, is_led_here, is_own_page, refusal

Ask = Callable[[str, Mapping[str, str]], object | None]
"""Answers one question about the catalogue, by its name and parameters; None where there is no such thing."""

_TYPES: Final = {
    "index.html": "text/html; charset=utf-8",
    "app.js": "text/javascript; charset=utf-8",
    "drawing.js": "text/javascript; charset=utf-8",
    "app.css": "text/css; charset=utf-8",
    "icon.svg": "image/svg+xml",
    "licences.txt": "text/plain; charset=utf-8",
}
_SOCKET, _QUESTIONS = "socket", "catalogue/"
_NONCE = b"{{nonce}}"


class Site:
    """Answers browsers' requests for the pages of one run of `vkd web`."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._secret = secrets.token_urlsafe(16)

    def address(self, host: str, port: int) -> str:
        """The address to open in a browser, which holds the secret."""
        return f"http://{host}:{port}/{self._secret}/"

    def answer(self, visit: Visit) -> Reply | None:
        """The reply to a browser's request; None where our own page opens its WebSocket."""
        if not is_led_here(visit) or not is_own_page(visit):
            return _refusal(HTTPStatus.FORBIDDEN)
        path, _, query = visit.path.partition("?")
        secret, _, name = path.removeprefix("/").partition("/")
        if not secrets.compare_digest(secret.encode(), self._secret.encode()):
            return _refusal(HTTPStatus.NOT_FOUND)
        if visit.method not in READING:
            return _refusal(HTTPStatus.METHOD_NOT_ALLOWED)
        if name == _SOCKET:
            return None if visit.origin else _refusal(HTTPStatus.FORBIDDEN)
        if name.startswith(_QUESTIONS):
            return self._answered(name.removeprefix(_QUESTIONS), dict(parse_qsl(query)))
        name = name or "index.html"
        return _file(name, visit.host) if name in _TYPES else _refusal(HTTPStatus.NOT_FOUND)

    def _answered(self, question: str, parameters: Mapping[str, str]) -> Reply:
        found = self._ask(question, parameters)
        if found is None:
            return _refusal(HTTPStatus.NOT_FOUND)
        body = json.dumps(found, ensure_ascii=False).encode("utf-8", "replace")
        return Reply(HTTPStatus.OK, [*_HEADERS, ("Content-Type", "application/json")], body)


_HEADERS: Final = (
    ("Cache-Control", "no-store"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
)


def _refusal(status: HTTPStatus) -> Reply:
    return refusal(status, _HEADERS)


def _file(name: str, host: str) -> Reply:
    """A file of the page. It may load what lies beside it, and styles that carry a nonce made for this reply."""
    nonce = secrets.token_urlsafe(16)
    body = files("vkd_server.web").joinpath("page", name).read_bytes().replace(_NONCE, nonce.encode())
    policy = (
        f"default-src 'self'; style-src 'self' 'nonce-{nonce}'; connect-src 'self' ws://{host}; "
        "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    return Reply(HTTPStatus.OK, [*_HEADERS, ("Content-Type", _TYPES[name]), ("Content-Security-Policy", policy)], body)
