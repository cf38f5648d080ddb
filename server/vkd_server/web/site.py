"""The page and what it asks for, over HTTP, to this machine's browsers only.

Every address begins with a secret that changes with each start, so that neither another site nor another user of the
machine can guess one. A name that stands for this machine elsewhere (DNS rebinding) is refused, and so is a WebSocket
that another page opens.
"""

import json
import secrets
from collections.abc import Callable, Mapping
from http import HTTPStatus
from importlib.resources import files
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from vkd_server.lsp.transports import Reply, Visit

Ask = Callable[[str, Mapping[str, str]], object | None]
"""Answers one question about the catalogue, by its name and parameters; None where there is no such thing."""

_TYPES: Final = {
    "index.html": "text/html; charset=utf-8",
    "app.js": "text/javascript; charset=utf-8",
    "app.css": "text/css; charset=utf-8",
    "icon.svg": "image/svg+xml",
    "licences.txt": "text/plain; charset=utf-8",
}
_SOCKET, _QUESTIONS = "socket", "catalogue/"
_NONCE = b"{{nonce}}"


class Site:
    """The pages of one start of `vkd web`. `address` is where to begin, once the port is known."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._secret = secrets.token_urlsafe(16)
        self._host = ""

    def address(self, host: str, port: int) -> str:
        """The address of the page, which holds the secret."""
        self._host = f"{host}:{port}"
        return f"http://{self._host}/{self._secret}/"

    def answer(self, visit: Visit) -> Reply | None:
        """What a browser gets; None for a page of ours that opens its WebSocket."""
        if visit.host != self._host or (visit.origin and visit.origin != f"http://{self._host}"):
            return _refusal(HTTPStatus.FORBIDDEN)
        parts = urlsplit(visit.path)
        secret, _, name = parts.path.removeprefix("/").partition("/")
        if not secrets.compare_digest(secret.encode(), self._secret.encode()):
            return _refusal(HTTPStatus.NOT_FOUND)
        if name == _SOCKET:
            return None if visit.origin else _refusal(HTTPStatus.FORBIDDEN)
        if name.startswith(_QUESTIONS):
            return self._told(name.removeprefix(_QUESTIONS), dict(parse_qsl(parts.query)))
        name = name or "index.html"
        return self._file(name) if name in _TYPES else _refusal(HTTPStatus.NOT_FOUND)

    def _told(self, question: str, parameters: Mapping[str, str]) -> Reply:
        found = self._ask(question, parameters)
        if found is None:
            return _refusal(HTTPStatus.NOT_FOUND)
        body = json.dumps(found, ensure_ascii=False).encode("utf-8", "replace")
        return Reply(HTTPStatus.OK, [*_HEADERS, ("Content-Type", "application/json")], body)

    def _file(self, name: str) -> Reply:
        nonce = secrets.token_urlsafe(16)
        body = files("vkd_server.web").joinpath("page", name).read_bytes().replace(_NONCE, nonce.encode())
        policy = (
            f"default-src 'self'; style-src 'self' 'nonce-{nonce}'; connect-src 'self' ws://{self._host}; "
            "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        )
        headers = [*_HEADERS, ("Content-Type", _TYPES[name]), ("Content-Security-Policy", policy)]
        return Reply(HTTPStatus.OK, headers, body)


_HEADERS: Final = (
    ("Cache-Control", "no-store"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
)


def _refusal(status: HTTPStatus) -> Reply:
    return Reply(status, [*_HEADERS, ("Content-Type", "text/plain; charset=utf-8")], f"{status.phrase}\n".encode())
