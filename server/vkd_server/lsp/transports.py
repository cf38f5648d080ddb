"""How bytes come and go: standard input and output, TCP, WebSocket."""

import os
import sys
from collections.abc import Callable, Iterator
from typing import BinaryIO, NamedTuple

from vkd_server.lsp.frames import FrameReader, Incoming, framed

_CHUNK = 1 << 16


class Transport(NamedTuple):
    """One client's two ways: the messages that come, until it is gone, and the way out for a message's body."""

    messages: Iterator[Incoming]
    send: Callable[[bytes], None]


def standard_streams() -> Transport:
    """Standard input and output.

    Whatever else prints goes to standard error from now on, or it would end up among the messages.
    """
    out = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return Transport(_framed_messages(lambda: os.read(0, _CHUNK)), _writer(os.fdopen(out, "wb", buffering=0)))


def _framed_messages(receive: Callable[[], bytes]) -> Iterator[Incoming]:
    reader = FrameReader()
    while data := _until_gone(receive):
        yield from reader.feed(data)


def _until_gone(receive: Callable[[], bytes]) -> bytes:
    try:
        return receive()
    except OSError:
        return b""


def _writer(stream: BinaryIO) -> Callable[[bytes], None]:
    def send(body: bytes) -> None:
        data = memoryview(framed(body))
        while data:
            data = data[stream.write(data) or 0 :]

    return send
