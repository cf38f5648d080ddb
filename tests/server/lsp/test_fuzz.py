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
    st.none(), st.booleans(), st.integers(-2, 60), st.floats(), st.sampled_from(["", "x", "quickfix", "data"])
)
ANYTHING = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from("abc"), inner), max_leaves=4
)
PLACE = st.fixed_dictionaries({"line": st.integers(0, 5), "character": st.integers(0, 70)}) | ANYTHING
RANGE = st.fixed_dictionaries({"start": PLACE, "end": PLACE}) | ANYTHING
DOCUMENT = (
    st.fixed_dictionaries({"uri": st.sampled_from(URIS)}, optional={"version": ANYTHING, "text": TEXTS | ANYTHING})
    | ANYTHING
)
PARAMS = st.one_of(
    ANYTHING,
    st.fixed_dictionaries(
        {"textDocument": DOCUMENT},
        optional={
            "position": PLACE,
            "range": RANGE,
            "context": st.fixed_dictionaries({}, optional={"diagnostics": ANYTHING, "only": ANYTHING}) | ANYTHING,
            "contentChanges": st.lists(
                st.fixed_dictionaries({"text": TEXTS}, optional={"range": RANGE}) | ANYTHING, max_size=3
            ),
            "options": ANYTHING,
            "previousResultId": ANYTHING,
        },
    ),
    st.fixed_dictionaries(
        {"command": st.sampled_from([*(command.name for command in COMMANDS), "x"])},
        optional={"arguments": st.lists(st.sampled_from(URIS) | ANYTHING, max_size=4) | ANYTHING},
    ),
    st.fixed_dictionaries(
        {}, optional={"data": ANYTHING, "title": ANYTHING, "uri": st.sampled_from(["vkd-message:/1/a?b", *URIS])}
    ),
    st.fixed_dictionaries(
        {}, optional={"settings": ANYTHING, "changes": ANYTHING, "event": ANYTHING, "items": ANYTHING}
    ),
)
METHODS = [feature.method for feature in FEATURES]
CALLS = st.lists(st.tuples(st.sampled_from(METHODS), PARAMS), min_size=1, max_size=12)


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    with connected() as one:
        one.initialize(rootUri=uri_of(CENSUS))
        yield one


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
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
