"""Every code action that is offered can be applied by a client, in its own units, and does what it says."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.server.features.test_fix_properties import descriptions
from tests.server.lsp.client import Json, connected
from tests.server.lsp.test_edits import ENCODINGS, UNIT
from tests.server.lsp.test_requests import Session
from tests.server.workspaces import workspace
from vkd_grammar.text import split_lines

LAZY = {"resolveSupport": {"properties": ["edit"]}, "dataSupport": True}
CAPABILITIES = {
    "textDocument": {"codeAction": LAZY, "diagnostic": {}},
    "workspace": {"workspaceEdit": {"documentChanges": True}},
}


@pytest.fixture(params=list(ENCODINGS), scope="module")
def session(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Session, str]]:
    root: Path = workspace(tmp_path_factory.mktemp("census"), {})
    with connected() as client:
        one = Session(client, root)
        one.start({**CAPABILITIES, "general": {"positionEncodings": [request.param]}})
        yield one, request.param


def offset(lines: Sequence[str], place: Json, encoding: str) -> int:
    """A place in the client's units as an offset in code points; it must be inside the text."""
    before = sum(map(len, lines[: place["line"]]))
    if place["line"] == len(lines):
        assert place["character"] == 0
        return before
    units = lines[place["line"]].rstrip("\r\n").encode(ENCODINGS[encoding])
    assert place["character"] * UNIT[encoding] <= len(units)
    return before + len(units[: place["character"] * UNIT[encoding]].decode(ENCODINGS[encoding]))


def applied(text: str, edits: Json, encoding: str) -> str:
    """The text after a client's edits, which must not overlap."""
    lines = split_lines(text)
    places = [[offset(lines, edit["range"][side], encoding) for side in ("start", "end")] for edit in edits]
    ordered = sorted(zip(places, edits, strict=True), key=lambda one: one[0])
    after, at = "", 0
    for (start, end), edit in ordered:
        assert at <= start <= end, "edits overlap"
        after, at = after + text[at:start] + edit["newText"], end
    return after + text[at:]


def found(session: Session, uri: str) -> Json:
    return session.ask("textDocument/diagnostic", uri)["items"]


def counted(items: Json) -> Counter[tuple[str, str]]:
    return Counter((one["code"], one["message"]) for one in items)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(descriptions(), st.sampled_from(["", "🙂", "e\u0301å ", "\u2028"]), st.integers(0, 4))
def test_every_action_applies(session: tuple[Session, str], text: str, odd: str, row: int) -> None:
    server, encoding = session
    text = f"# {odd}\n" + text.replace("eksempel", f"eksempel{odd}", 1).replace("Alder / 1", f"{odd}Alder / 1", 1)
    uri = server.open("products/tried.vkd", text)
    diagnostics = found(server, uri)
    before = counted(diagnostics)
    place = {"line": row, "character": 0}
    context = {"diagnostics": diagnostics, "only": ["quickfix", "refactor", "source.fixAll", "source.organize"]}
    for action in server.ask("textDocument/codeAction", uri, range={"start": place, "end": place}, context=context):
        resolved = server.client.request("codeAction/resolve", action)
        for change in resolved["edit"]["documentChanges"] if "edit" in resolved else ():
            if change["textDocument"]["uri"] != uri:
                assert change["textDocument"]["version"] is None
                continue
            assert change["textDocument"]["version"] == 1
            after = applied(text, change["edits"], encoding)
            assert after != text
            other = server.open("products/applied.vkd", after)
            left = counted(found(server, other))
            server.client.notify("textDocument/didClose", {"textDocument": {"uri": other}})
            if action["kind"] == "quickfix":
                (told,) = action["diagnostics"]
                assert left[told["code"], told["message"]] < before[told["code"], told["message"]], (text, action)
            if action["kind"].startswith("source"):
                assert {code for code, _ in left} <= {code for code, _ in before}, (text, action)
    server.client.notify("textDocument/didClose", {"textDocument": {"uri": uri}})
