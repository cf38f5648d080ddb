"""Whatever is asked in whatever shape, each request has one answer, none of them a bug of ours, and the server goes on."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.server.lsp.client import Client, Json, connected
from tests.server.workspaces import CENSUS
from vkd_server.lsp.requests import COMMANDS, FEATURES
from vkd_server.workspace.uris import uri_of

ANSWERED_WITH = {-32600, -32602, -32803, -32801, -32800}
URIS = ["untitled:a", "untitled:b", uri_of(CENSUS / "demands/eksempel-4.vkd"), "file:///nowhere/x.vkd", "%", ""]
ODD = [
    "\0",
    "\ud800",
    "x\udc80",
    "http://x/[",
    "file://[",
    "file:///a%00b.vkd",
    "file:///a\0b.vkd",
    "file:///a\ud800.vkd",
    "file:///a\ud800/vkd.toml",
    "file:///a\ud800.csv",
    "file:///" + 300 * "x" + ".vkd",
    "file:///" + 5000 * "x/",
    "file:///dev/null/x.vkd",
    "untitled:vkd.toml",
    "untitled:names.csv",
    "untitled:\ud800",
    "vkd-message:/0/a.md?file:///a%00b",
    "vkd-message:/0/a.md?%ED%A0%80",
    "vkd-message://[/0/a.md",
    "vkd-rule:/\0.md",
    "vkd-status:/[",
    "~nobody-of-that-name/vkd.toml",
    5000 * "9",
]
URIS_TOO = st.sampled_from([*URIS, *ODD])
TEXTS = st.sampled_from(
    [
        "",
        "0 / Etterspørselsbeskrivelse / bruker\n1 / Personer / - / Yrke / 19701101 / .\n",
        '0 / Produktbeskrivelse / 🙂 / data=F:x; unit-id=Yrke\n1 / Personer / " / - / 196----- / E\r2 / [A] / P / x [K1] / .. /\n',
        "\ufeff0 / Demand description\n1 / / / / /\n2\n;;;\n# vkd: ignore[VKD001]\n\n0\n",
        "1 / 2 / 3",
        "🙂\u2028å\r\n\\",
    ]
)
LEAVES = st.one_of(
    st.none(), st.booleans(), st.integers(-2, 60), st.floats(), st.sampled_from(["", "x", "quickfix", "data", *ODD])
)
ANYTHING = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from("abc"), inner), max_leaves=4
)
PLACE = st.fixed_dictionaries({"line": st.integers(0, 5), "character": st.integers(0, 70)}) | ANYTHING
RANGE = st.fixed_dictionaries({"start": PLACE, "end": PLACE}) | ANYTHING
DOCUMENT = st.fixed_dictionaries({"uri": URIS_TOO}, optional={"version": ANYTHING, "text": TEXTS | ANYTHING}) | ANYTHING
ABOUT_A_DOCUMENT = st.fixed_dictionaries(
    {"textDocument": DOCUMENT},
    optional={
        "position": PLACE,
        "range": RANGE,
        "context": st.fixed_dictionaries({}, optional={"diagnostics": ANYTHING, "only": ANYTHING}) | ANYTHING,
        "contentChanges": st.lists(
            st.fixed_dictionaries({"text": TEXTS}, optional={"range": RANGE}) | ANYTHING, max_size=3
        ),
        "options": ANYTHING,
        "newName": ANYTHING,
        "ch": ANYTHING,
        "previousResultId": ANYTHING,
    },
)
NAMED = st.fixed_dictionaries({"uri": URIS_TOO | ANYTHING})
RESOLVED = st.fixed_dictionaries(
    {}, optional={"data": st.lists(URIS_TOO | ANYTHING, max_size=3) | NAMED | ANYTHING, "title": ANYTHING}
)
IN_A_HIERARCHY = st.fixed_dictionaries({"item": st.fixed_dictionaries({"uri": URIS_TOO}, optional={"data": ANYTHING})})
RENAMED = st.fixed_dictionaries(
    {"files": st.lists(st.fixed_dictionaries({"oldUri": URIS_TOO, "newUri": URIS_TOO}) | ANYTHING, max_size=3)}
)
COMMANDED = st.fixed_dictionaries(
    {"command": st.sampled_from([*(command.name for command in COMMANDS), "x"])},
    optional={"arguments": st.lists(URIS_TOO | ANYTHING, max_size=4) | ANYTHING},
)
SETTINGS = st.fixed_dictionaries({}, optional={"catalogue": st.sampled_from(ODD), "language": st.sampled_from(ODD)})
SHAPES = {
    "completionItem/resolve": RESOLVED,
    "codeLens/resolve": RESOLVED,
    "codeAction/resolve": RESOLVED,
    "documentLink/resolve": RESOLVED,
    "typeHierarchy/supertypes": IN_A_HIERARCHY,
    "typeHierarchy/subtypes": IN_A_HIERARCHY,
    "callHierarchy/incomingCalls": IN_A_HIERARCHY,
    "callHierarchy/outgoingCalls": IN_A_HIERARCHY,
    "workspace/didChangeConfiguration": st.fixed_dictionaries({"settings": SETTINGS | ANYTHING}),
    "workspace/didChangeWatchedFiles": st.fixed_dictionaries({"changes": st.lists(NAMED, max_size=3) | ANYTHING}),
    "workspace/didChangeWorkspaceFolders": st.fixed_dictionaries(
        {
            "event": st.fixed_dictionaries(
                {}, optional={key: st.lists(NAMED, max_size=2) for key in ("added", "removed")}
            )
        }
    ),
    "workspace/willRenameFiles": RENAMED,
    "workspace/didRenameFiles": RENAMED,
    "workspace/executeCommand": COMMANDED,
    "workspace/symbol": st.fixed_dictionaries({"query": st.sampled_from(ODD) | ANYTHING}),
    "workspace/textDocumentContent": NAMED,
    "workspace/diagnostic": st.fixed_dictionaries({"previousResultIds": st.lists(NAMED, max_size=2) | ANYTHING}),
}
"""What a method is sent; every other one is about a document."""

METHODS = [feature.method for feature in FEATURES]
CALLS = st.lists(
    st.sampled_from(METHODS).flatmap(
        lambda method: st.tuples(st.just(method), SHAPES.get(method, ABOUT_A_DOCUMENT) | ANYTHING)
    ),
    min_size=1,
    max_size=12,
)


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    with connected() as one:
        one.initialize(rootUri=uri_of(CENSUS))
        yield one


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CALLS)
def test_every_call_is_answered_once_and_none_is_a_bug(client: Client, calls: list[tuple[str, Json]]) -> None:
    asked = {client.ask(method, params): method for method, params in calls}
    # Once more as notifications, which have no answer whatever they say.
    for method, params in calls:
        client.notify(method, params)
    client.error("no/such")
    replies = [*(one for one in client.heard if "method" not in one)]
    client.heard.clear()
    while len(replies) < len(asked):
        # What takes long is answered when nothing else waits.
        message = client.receive()
        if "method" not in message:
            replies.append(message)
    assert sorted(message["id"] for message in replies) == sorted(asked)
    for message in replies:
        assert "result" in message or message["error"]["code"] in ANSWERED_WITH, (asked[message["id"]], message)
