"""Refactorings over a pipe: offered by kind, their edits worked out when they are chosen."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.lsp.client import Json, connected
from tests.server.lsp.test_requests import Session
from tests.server.workspaces import workspace

PRODUCT = '0 / Produktbeskrivelse / 🙂\n1 / Personer / [P.70] / Yrke / 19701101 / O\n2 / "  / " / Alder / " / .\n'
LAZY: Json = {"textDocument": {"codeAction": {"resolveSupport": {"properties": ["edit"]}, "dataSupport": True}}}


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with connected() as client:
        yield Session(client, workspace(tmp_path, {}))


def actions(session: Session, uri: str, **context: object) -> list[Json]:
    there = {"line": 2, "character": 3}
    context = {"diagnostics": [], **context}
    found: list[Json] = session.ask(
        "textDocument/codeAction", uri, range={"start": there, "end": there}, context=context
    )
    return found


@pytest.mark.parametrize("lazily", [True, False])
def test_a_refactoring_is_carried_out(session: Session, lazily: bool) -> None:
    offered = session.start(LAZY if lazily else {})["capabilities"]["codeActionProvider"]
    assert "refactor.rewrite" in offered["codeActionKinds"]
    uri = session.open("products/test.vkd", PRODUCT)
    chosen = next(one for one in actions(session, uri) if one["kind"] == "refactor.rewrite.vkd.unfoldLine")
    assert ("edit" in chosen) is not lazily
    edit = session.client.request("codeAction/resolve", chosen)["edit"]
    assert [(one["range"]["start"]["character"], one["newText"]) for one in edit["changes"][uri]] == [
        (4, "Personer"),
        (9, "[P.70]"),
        (21, "19701101"),
    ]


@pytest.mark.parametrize(
    ("only", "kinds"),
    [
        (["refactor"], {"up", "sort", "unfoldLine", "unfold", "demand"}),
        (["refactor.rewrite"], {"sort", "unfoldLine", "unfold", "demand"}),
        (["refactor.rewrite.vkd.unfold"], {"unfold"}),
        (["refactor.move"], {"up"}),
        (["refactor.extract"], set()),
        (["source"], {"source", "source.fixAll.vkd", "source.organize.vkd"}),
        (["source.organize"], {"source.organize.vkd"}),
    ],
)
def test_only_the_kinds_that_are_asked_for_come(session: Session, only: list[str], kinds: set[str]) -> None:
    session.start(LAZY)
    uri = session.open("products/test.vkd", PRODUCT)
    found = {one["kind"] for one in actions(session, uri, only=only)}
    assert {one if one.startswith("source") else one.rpartition(".")[2] for one in found} == kinds


@pytest.mark.parametrize("lazily", [True, False])
def test_a_document_is_organized_when_it_is_saved(session: Session, lazily: bool) -> None:
    session.start(LAZY if lazily else {})
    uri = session.open("products/test.vkd", PRODUCT)
    (chosen,) = actions(session, uri, only=["source.organize.vkd"])
    assert ("edit" in chosen) is not lazily
    edits = session.client.request("codeAction/resolve", chosen)["edit"]["changes"][uri]
    assert [edit["range"]["start"]["line"] for edit in edits] == [1, 2]
    session.client.change(uri, 2, *({"range": one["range"], "text": one["newText"]} for one in reversed(edits)))
    again = actions(session, uri, only=["source.organize.vkd"])
    assert [session.client.request("codeAction/resolve", one).get("edit") for one in again] == [None] * lazily


@pytest.mark.parametrize(
    ("lines", "trigger", "offered"), [(300, 2, True), (301, 2, False), (301, 1, True), (301, None, True)]
)
def test_a_long_description_is_looked_through_only_when_somebody_asks(
    session: Session, lines: int, trigger: int | None, offered: bool
) -> None:
    session.start(LAZY)
    rows = (f'{at} / " / " / Alder / " / {"." if at == lines else "O"}\n' for at in range(2, lines + 1))
    uri = session.open("products/test.vkd", "".join([PRODUCT[: PRODUCT.index("2 /")], *rows]))
    asked = {} if trigger is None else {"triggerKind": trigger}
    assert any(one["kind"].startswith("refactor") for one in actions(session, uri, **asked)) is offered


def test_one_that_has_become_impossible_comes_without_an_edit(session: Session) -> None:
    session.start(LAZY)
    uri = session.open("products/test.vkd", PRODUCT)
    chosen = actions(session, uri, only=["refactor"])[0]
    session.client.change(uri, 2, {"text": "0 / Produktbeskrivelse / x\n"})
    assert "edit" not in session.client.request("codeAction/resolve", chosen)


def test_a_demand_without_answers_says_what_would_help(session: Session) -> None:
    session.start(LAZY)
    demand = (
        '0 / Etterspørselsbeskrivelse / 🙂\n1 / Personer / - / Yrke / 19701101 / O\n2 / " / [P.70] / Kjønn / " / .\n'
    )
    uri = session.open("demands/test.vkd", demand)
    found = actions(session, uri, only=["refactor.rewrite.vkd.relax"])
    chosen = next(one for one in found if one["title"].startswith("Stryk linje 2"))
    edit = session.client.request("codeAction/resolve", chosen)["edit"]
    changes = [{"range": one["range"], "text": one["newText"]} for one in reversed(edit["changes"][uri])]
    session.client.change(uri, 2, *changes)
    answered = session.run("vkd.run", uri)["demands"][0]
    assert answered["status"] == "found"
    assert f"({len(answered['covers'])} svar)" in chosen["title"]
