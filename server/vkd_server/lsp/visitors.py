"""Who comes to an address that we listen on, and which of them are let in.

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
    """What a browser asks for: a path with its query, what it says of where it was sent from, and by which method.

    `host` and `origin` are headers; empty where they are missing.
    """

    path: str
    host: str
    origin: str
    method: str = "GET"


class Reply(NamedTuple):
    """What a browser gets: a status of HTTP, headers and a body."""

    status: int
    headers: Sequence[tuple[str, str]]
    body: bytes


Answer = Callable[[Visit], Reply | None]
"""Answers a browser; None lets it open a WebSocket."""


def is_led_here(visit: Visit) -> bool:
    """Whether a visitor was led here by a name of this machine."""
    return _THIS_MACHINE.fullmatch(visit.host) is not None


def is_own_page(visit: Visit) -> bool:
    """Whether a request comes from a page of the very address it asks, or from no page at all."""
    return visit.origin in ("", f"http://{visit.host}")


def refusal(status: HTTPStatus, headers: Sequence[tuple[str, str]] = ()) -> Reply:
    """The reply to a request that is not allowed, or for something that is not there."""
    sent = [*headers, ("Content-Type", "text/plain; charset=utf-8")]
    if status == HTTPStatus.METHOD_NOT_ALLOWED:
        sent.append(("Allow", ", ".join(READING)))
    return Reply(status, sent, f"{status.phrase}\n".encode())


def editors_only(origins: Collection[str], *, local: bool) -> Answer:
    """Lets editors open a WebSocket, and pages of some origins, as `https://editor.example`.

    `local` says that only this machine can reach the address, so that any other name for it is a stranger's.
    """

    def answer(visit: Visit) -> Reply | None:
        led_here = is_led_here(visit) or not local
        if not led_here or (visit.origin and visit.origin not in origins):
            return refusal(HTTPStatus.FORBIDDEN)
        return None if visit.method == "GET" else refusal(HTTPStatus.METHOD_NOT_ALLOWED)

    return answer
