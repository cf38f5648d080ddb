"""Frames: however the stream is chopped, and whatever is wrong with it, the messages that are whole come through."""

import json
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vkd_server.lsp.frames import (
    MALFORMED,
    FrameReader,
    decode_message,
    encode_message,
    framed,
    to_json,
    to_json_in_pieces,
)

MESSAGE = {"jsonrpc": "2.0", "method": "x", "params": {"text": "Kjønn 🙂"}}
NEXT = {"jsonrpc": "2.0", "method": "next"}


def body(message: object) -> bytes:
    return json.dumps(message, ensure_ascii=False).encode()


def read(*chunks: bytes) -> list[object]:
    reader = FrameReader()
    return [message for chunk in chunks for message in reader.feed(chunk)]


def mutilated(length: int) -> bytes:
    return b"Content-Length: %d\r\n\r\n%b" % (length, body(MESSAGE))


@pytest.mark.parametrize(
    ("stream", "messages"),
    [
        (framed(body(MESSAGE)), [MESSAGE]),
        (b"content-length:%d\r\n\r\n%b" % (len(body(NEXT)), body(NEXT)), [NEXT]),
        (b"Content-Type: application/x\r\nCONTENT-LENGTH : %d\r\n\r\n%b" % (len(body(NEXT)), body(NEXT)), [NEXT]),
        (b"Content-Length: nine\r\n\r\n" + framed(body(NEXT)), [MALFORMED, NEXT]),
        (b"Content-Length: -5\r\n\r\n" + framed(body(NEXT)), [MALFORMED, NEXT]),
        (b"Content-Length: 99999999999999999999\r\n\r\n" + framed(body(NEXT)), [MALFORMED, NEXT]),
        (b"Content-Type: x\r\n\r\n" + framed(body(NEXT)), [MALFORMED, NEXT]),
        (b"nonsense " + framed(body(NEXT)), [NEXT]),
        (b"nonsense\r\n\r\n" + framed(body(NEXT)), [MALFORMED, NEXT]),
        (mutilated(len(body(MESSAGE)) - 7) + framed(body(NEXT)), [MALFORMED, NEXT]),
        (mutilated(len(body(MESSAGE)) + 7) + framed(body(NEXT)), [MALFORMED, NEXT]),
        (mutilated(len(body(MESSAGE)) + 7) + framed(body(NEXT)) + framed(body(NEXT)), [MALFORMED, NEXT, NEXT]),
        (mutilated(10_000) + framed(body(NEXT)), [MALFORMED, NEXT]),
        (mutilated(900_000_000) + framed(body(NEXT)), [MALFORMED, NEXT]),
        (framed(b"{oops}") + framed(body(NEXT)), [MALFORMED, NEXT]),
        (framed(b"") + framed(body(NEXT)), [MALFORMED, NEXT]),
        (framed(b'"text"') + framed(b"7") + framed(b"[]"), [MALFORMED, MALFORMED, []]),
    ],
)
def test_wrong_frames_cost_one_message(stream: bytes, messages: list[object]) -> None:
    assert read(stream) == messages
    assert read(*(stream[i : i + 1] for i in range(len(stream)))) == messages


@pytest.mark.parametrize(
    "data",
    [
        b"\xff",
        b'{"a":"\xe5"}',
        b"[" * 100_000,
        b'{"a":' * 50_000,
        b"1" * 9_999,
        b"{'a':1}",
        b'{"a":1',
        b"\xef\xbb\xbf{}",
    ],
)
def test_what_is_no_message_is_malformed(data: bytes) -> None:
    assert decode_message(data) == MALFORMED


@given(st.lists(st.dictionaries(st.text(max_size=5), st.text(max_size=40)), max_size=6), st.lists(st.integers(1, 40)))
def test_messages_come_through_however_chopped(messages: list[object], sizes: Sequence[int]) -> None:
    stream = b"".join(framed(encode_message(json.dumps(message))) for message in messages)
    chunks: list[bytes] = []
    for size in [*sizes, max(1, len(stream))]:
        chunks.append(stream[:size])
        stream = stream[size:]
    assert read(*chunks) == messages


@given(st.binary(max_size=300))
def test_no_bytes_make_it_deaf(noise: bytes) -> None:
    after = framed(body(NEXT))
    assert NEXT in read(noise, b"\r\n\r\n", after)


def test_half_a_surrogate_pair_becomes_valid_utf_8() -> None:
    assert encode_message("a\ud800b\udfffc🙂").decode() == "a\ufffdb\ufffdc🙂"


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner) | st.tuples(inner),
        max_leaves=8,
    )
)
def test_pieces_make_up_the_same(value: object) -> None:
    assert to_json_in_pieces(value) == to_json(value)
