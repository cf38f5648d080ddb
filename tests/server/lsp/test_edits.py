"""After any sequence of edits the server has the client's text: all it says equals what a fresh server says."""

import json
import re
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.server.lsp.client import Client, Json, connected

ENCODINGS = {"utf-8": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}
UNIT = {"utf-8": 1, "utf-16": 2, "utf-32": 4}
PULL = {"textDocument": {"diagnostic": {}, "documentSymbol": {"hierarchicalDocumentSymbolSupport": True}}}
PIECES = [
    "0 / Etterspørselsbeskrivelse / bruker 🙂 / archive=both",
    "0 / Produktbeskrivelse / sett",
    "1 / Personer / Personreg.nov.70 / Kjønn / 19701101 / .",
    '2 / " / " / Fødselsdato / - / E',
    "# vkd: ignore[VKD101]",
    "# å",
    "    ; form=csv",
    "🙂",
    "e\u0301",
    "å",
    "\u2028",
    "\u0085",
    "\x0c",
    " / ",
    "0",
    "/",
    "\\",
    "\n",
    "\r\n",
    "\r",
    "\n\n",
    "",
]
LOOKS = [
    "",
    *("diagnostic", "semanticTokens/full", "semanticTokens/range", "documentSymbol", "foldingRange", "formatting"),
    *(
        "inlayHint",
        "selectionRange",
        "documentLink",
        "codeLens",
        "hover",
        "documentHighlight",
        "codeAction",
        "completion",
    ),
]
"""What is asked about a document, or nothing."""
TEXTS = st.lists(st.sampled_from(PIECES), max_size=8).map("".join)
LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


class Change(NamedTuple):
    """An edit by fractions of the text it meets, so that any edit fits any text."""

    start: float
    end: float
    text: str


CHANGES = st.builds(Change, st.floats(0, 1), st.floats(0, 1), TEXTS)


def place(text: str, offset: int, encoding: str) -> Json:
    """An offset in code points as the client counts it. Between CR and LF there is no place; before them there is."""
    if 0 < offset < len(text) and text[offset - 1 : offset + 1] == "\r\n":
        offset -= 1
    before = LINE.findall(text[:offset])
    ended = bool(before) and before[-1][-1] in "\r\n"
    row = len(before) if ended or not before else len(before) - 1
    column = "" if ended or not before else before[-1]
    return {"line": row, "character": len(column.encode(ENCODINGS[encoding])) // UNIT[encoding]}


def snapped(text: str, offset: int) -> int:
    return offset - 1 if 0 < offset < len(text) and text[offset - 1 : offset + 1] == "\r\n" else offset


@pytest.fixture(params=list(ENCODINGS), scope="module")
def client(request: pytest.FixtureRequest) -> Iterator[tuple[Client, str]]:
    with connected() as one:
        result = one.initialize({**PULL, "general": {"positionEncodings": [request.param]}})
        assert result["capabilities"]["positionEncoding"] == request.param
        yield one, request.param


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXTS, st.lists(st.tuples(CHANGES, st.sampled_from(LOOKS)), max_size=5), st.booleans())
def test_edited_is_fresh(
    client: tuple[Client, str], text: str, changes: list[tuple[Change, str]], together: bool
) -> None:
    """Whatever is asked for between the edits: what has been looked at is kept, and what has not is not yet parsed."""
    server, encoding = client
    server.open("untitled:edited", text)
    sent = []
    for version, (change, look) in enumerate(changes, start=2):
        if look and not together:
            server.request(f"textDocument/{look}", about("untitled:edited"))
        start, end = sorted((snapped(text, int(change.start * len(text))), snapped(text, int(change.end * len(text)))))
        span = {"start": place(text, start, encoding), "end": place(text, end, encoding)}
        sent.append({"range": span, "text": change.text})
        text = text[:start] + change.text + text[end:]
        if not together:
            server.change("untitled:edited", version, sent.pop())
    server.change("untitled:edited", 99, *sent)
    server.open("untitled:fresh", text)
    assert everything(server, "untitled:edited") == everything(server, "untitled:fresh")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXTS, st.lists(CHANGES, min_size=1, max_size=5))
def test_tokens_that_are_told_as_changes_are_those_of_a_fresh_document(
    client: tuple[Client, str], text: str, changes: list[Change]
) -> None:
    server, encoding = client
    server.open("untitled:edited", text)
    told = server.request("textDocument/semanticTokens/full", about("untitled:edited"))
    for version, change in enumerate(changes, start=2):
        start, end = sorted((snapped(text, int(change.start * len(text))), snapped(text, int(change.end * len(text)))))
        span = {"start": place(text, start, encoding), "end": place(text, end, encoding)}
        text = text[:start] + change.text + text[end:]
        server.change("untitled:edited", version, {"range": span, "text": change.text})
        since = {**about("untitled:edited"), "previousResultId": told["resultId"]}
        edits = server.request("textDocument/semanticTokens/full/delta", since)
        data = told["data"]
        for edit in edits["edits"]:
            assert edit["deleteCount"] or edit["data"]
            data = data[: edit["start"]] + edit["data"] + data[edit["start"] + edit["deleteCount"] :]
        told = {"resultId": edits["resultId"], "data": data}
    server.open("untitled:fresh", text)
    assert told["data"] == server.request("textDocument/semanticTokens/full", about("untitled:fresh"))["data"]
    unknown = {**about("untitled:edited"), "previousResultId": "long ago"}
    assert server.request("textDocument/semanticTokens/full/delta", unknown)["data"] == told["data"]


def about(uri: str) -> Json:
    """Parameters that every request about a document can read what it needs from."""
    whole = {"start": {"line": 0, "character": 0}, "end": {"line": 999, "character": 0}}
    places = [{"line": line, "character": character} for line in range(6) for character in (0, 5, 30)]
    return {
        "textDocument": {"uri": uri},
        "range": whole,
        "options": {"tabSize": 4, "insertSpaces": True},
        "positions": places,
        "position": {"line": 1, "character": 5},
        "context": {"diagnostics": [], "only": ["refactor", "source"]},
    }


def everything(server: Client, uri: str) -> Json:
    """All that is said about a document, its name and the marks of an answer left out."""
    said = {method: server.request(f"textDocument/{method}", about(uri)) for method in LOOKS if method}
    for one in said.values():
        if isinstance(one, dict):
            one.pop("resultId", None)
    return json.loads(json.dumps(said).replace(uri, "URI"))


@pytest.mark.parametrize(
    ("start", "end", "after"),
    [
        ((0, 99), (0, 99), "# å!\n# b"),
        ((7, 0), (9, 9), "# å\n# b!"),
        ((0, 2), (0, 1), "#!å\n# b"),
        ((0, 0), (2**31 - 1, 2**31 - 1), "!"),
    ],
)
def test_places_past_the_end_mean_the_end(client: tuple[Client, str], start: Json, end: Json, after: str) -> None:
    server, _ = client
    server.open("untitled:edited", "# å\n# b")
    start, end = ({"line": line, "character": character} for line, character in (start, end))
    server.change("untitled:edited", 2, {"range": {"start": start, "end": end}, "text": "!"})
    server.open("untitled:fresh", after)
    assert everything(server, "untitled:edited") == everything(server, "untitled:fresh")


def test_a_wrong_change_leaves_the_text_as_it_was(client: tuple[Client, str]) -> None:
    server, _ = client
    server.open("untitled:edited", "# a\n")
    before = everything(server, "untitled:edited")
    wrong = {"start": {"line": -1, "character": 0}, "end": {"line": 0, "character": 0}}
    for change in ({"range": wrong, "text": "x"}, {"range": {}, "text": "x"}, {"text": 7}, 7):
        server.change("untitled:edited", 2, change)
    assert everything(server, "untitled:edited") == before


@pytest.mark.parametrize("encoding", list(ENCODINGS))
def test_half_a_surrogate_pair_breaks_nothing(encoding: str) -> None:
    with connected() as server:
        server.initialize({**PULL, "general": {"positionEncodings": [encoding]}})
        server.open("untitled:a", "0 / Produktbeskrivelse / \ud800 / form=\udfff\n1 / \ud800 / Kjønn / x / 1970 / .\n")
        everything(server, "untitled:a")
        at = {"textDocument": {"uri": "untitled:a"}, "position": {"line": 1, "character": 5}}
        server.request("textDocument/completion", at)
        server.request("textDocument/hover", at)
        server.open("untitled:\ud800", "0 / Produktbeskrivelse / \ud800")
        everything(server, "untitled:\ud800")
