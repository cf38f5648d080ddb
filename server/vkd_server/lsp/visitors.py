"""Requests to the addresses that the server listens on, and which of them are allowed.

A browser takes requests to any address from whatever page it shows, and says in `Origin` whose page that is; what is no
browser says nothing. A name in `Host` that is none of this machine's means that the browser was led here by one that a
stranger owns (DNS rebinding), and then it takes the stranger's page for ours.
"""

import re
from collections.abc import Callable, Collection, Sequence
from http import HTTPStatus
from typing import Final, NamedTuple

_THIS_MACHINE = re.compile(r"(?:127\.0\.0\.1|localhost|\[::1\])(?::[0-9]{1,5})?", re.IGNORECASE)
READING: Final = ("GET", "HEAD")
"""The methods of HTTP that ask for something and change nothing."""


class Visit(NamedTuple):
    """A browser's request: the path with its query, the headers that say where it was sent from, and the method.

    `host` and `origin` are headers; empty where they are missing.
    """

    path: str
    host: str
    origin: str
    method: str = "GET"


class Reply(NamedTuple):
    """A reply to a browser: a status of HTTP, headers and a body."""

    status: int
    headers: Sequence[tuple[str, str]]
    body: bytes


Answer = Callable[[Visit], Reply | None]
"""Answers a browser; None lets it open a WebSocket."""


def is_led_here(visit: Visit) -> bool:
    """Whether the name in a request's `Host` is one of this machine's."""
    return _THIS_MACHINE.fullmatch(visit.host) is not None


def is_own_page(visit: Visit) -> bool:
    """Whether a request comes from a page of the same address, or from no page at all."""
    return visit.origin in ("", f"http://{visit.host}")


def refusal(status: HTTPStatus, headers: Sequence[tuple[str, str]] = ()) -> Reply:
    """The reply to a request that is not allowed, or to one for something that does not exist."""
    sent = [*headers, ("Content-Type", "text/plain; charset=utf-8")]
    if status == HTTPStatus.METHOD_NOT_ALLOWED:
        sent.append(("Allow", ", ".join(READING)))
    return Reply(status, sent, f"{status.phrase}\n".encode())


def editors_only(origins: Collection[str], *, local: bool) -> Answer:
    """A function that allows editors to open a WebSocket, and pages of some origins, as `https://editor.example`.

    `local` says that only this machine can reach the address, so that a request by any other name must be refused.
    """

    def answer(visit: Visit) -> Reply | None:
        led_here = is_led_here(visit) or not local
        if not led_here or (visit.origin and visit.origin not in origins):
            return refusal(HTTPStatus.FORBIDDEN)
        return None if visit.method == "GET" else refusal(HTTPStatus.METHOD_NOT_ALLOWED)

    return answer
