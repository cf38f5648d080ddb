"""Messages on a byte stream: frames (LSP 3.17, "Base Protocol"), read so that one wrong frame costs one message.

A frame whose length is wrong shows itself: what it cuts out is no JSON, or a header turns up inside it, which JSON
cannot hold. The reader then takes up again at that header.
"""

import json
import re
from collections.abc import Iterator
from typing import Final, Literal

MALFORMED: Final = "malformed"
"""Stands for bytes that are no message.

No message decodes to it, since a message that is a bare text is malformed too.
"""

Incoming = dict[str, object] | list[object] | Literal["malformed"]

LONGEST_BODY: Final = 1 << 30
"""Bytes of a body that no message of a client is longer than."""

_LENGTH = re.compile(rb"content-length[ \t]*:[ \t]*(\d+)[ \t]*\r?\n", re.IGNORECASE)
_HEADER_END = b"\r\n\r\n"
_LONGEST_HEADER = 65_536
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def decode_message(body: bytes) -> Incoming:
    """The JSON of a message body; MALFORMED where it is not UTF-8, not JSON, or neither an object nor a list."""
    try:
        message = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError):
        # ValueError is the base of both the JSON and the UTF-8 error, and of an integer with too many digits.
        return MALFORMED
    return message if isinstance(message, dict | list) else MALFORMED


_PIECE = 100
"""Items of a list that are written at once, in a millisecond or so."""


def to_json(value: object) -> str:
    """A value as JSON, its characters as they are: an escape could hide half a surrogate pair from `encode_message`."""
    return _ENCODER.encode(value)


def to_json_in_pieces(value: object) -> str:
    """A large value as JSON; its keys must be texts. Made for a background thread: in one piece it would hold up all
    others."""
    if isinstance(value, dict):
        return f"{{{','.join([f'{to_json(key)}:{to_json_in_pieces(one)}' for key, one in value.items()])}}}"
    if isinstance(value, list):
        pieces = (to_json(value[at : at + _PIECE])[1:-1] for at in range(0, len(value), _PIECE))
        return f"[{','.join(pieces)}]"
    return to_json(value)


def encode_message(text: str) -> bytes:
    """A message body as valid UTF-8: half a surrogate pair, which JSON can smuggle into a text, becomes U+FFFD."""
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        return _LONE_SURROGATE.sub("\ufffd", text).encode("utf-8")


def framed(body: bytes) -> bytes:
    """A message as sent: the body with its Content-Length header before it."""
    return b"Content-Length: %d\r\n\r\n%b" % (len(body), body)


class FrameReader:
    """Cuts a stream of bytes, in whatever portions it comes, into messages; header names may have any case.

    A body of more than `longest` bytes is no message, and none of it is kept.
    """

    def __init__(self, longest: int = LONGEST_BODY) -> None:
        self._longest = longest
        self._buffer = bytearray()
        self._length: int | None = None
        self._searched = 0

    def feed(self, data: bytes) -> Iterator[Incoming]:
        """The messages that are complete once these bytes have come."""
        self._buffer += data
        while True:
            message = self._header() if self._length is None else self._body(self._length)
            if message is None:
                return
            if message != "header":
                yield message

    def _header(self) -> Incoming | Literal["header"] | None:
        end = self._buffer.find(_HEADER_END)
        if end < 0:
            if len(self._buffer) <= _LONGEST_HEADER:
                return None
            del self._buffer[:-1024]
            return MALFORMED
        header = bytes(self._buffer[: end + 2])
        del self._buffer[: end + len(_HEADER_END)]
        lengths = _LENGTH.findall(header)
        if not lengths or len(lengths[-1]) > 10 or int(lengths[-1]) > self._longest:
            return MALFORMED
        self._length, self._searched = int(lengths[-1]), 0
        return "header"

    def _body(self, length: int) -> Incoming | None:
        buffer = self._buffer
        if len(buffer) < length:
            return self._cut_short(len(buffer))
        body = bytes(buffer[:length])
        del buffer[:length]
        self._length = None
        message = decode_message(body)
        if message == MALFORMED:
            # The frame may have been too long and swallowed the beginning of the next, or its header's.
            header = _LENGTH.search(body)
            start = header.start() if header else max(body.rfind(b"}") + 1, body.rfind(_HEADER_END) + 1, length - 200)
            buffer[:0] = body[start:]
        return message

    def _cut_short(self, had: int) -> Incoming | None:
        """Decides about a body that has not come completely: None to wait for more, MALFORMED where a header inside it
        shows that its length was wrong."""
        start = max(0, self._searched - len(_HEADER_END))
        self._searched = had
        end = self._buffer.find(_HEADER_END, start)
        if end < 0:
            return None
        header = _LENGTH.search(self._buffer, max(0, end - 1024), end + 2)
        if header is None:
            return None
        del self._buffer[: header.start()]
        self._length = None
        return MALFORMED
