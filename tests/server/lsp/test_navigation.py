"""Requests that lead from a place to others, over a pipe."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.lsp.client import Json, connected
from tests.server.lsp.test_requests import Session
from tests.server.workspaces import workspace

DEMAND = '0 / Etterspørselsbeskrivelse / 🙂\n1 / Personer / - / Yrke / 19701101 / O\n2 / " / " / " / 1960 / .\n'


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with connected() as client:
        yield Session(client, workspace(tmp_path, {".hidden/a.vkd": DEMAND, "deep/er/b.vkd": DEMAND}))


def at(session: Session, method: str, uri: str, line: int, character: int, **more: object) -> Json:
    return session.ask(f"textDocument/{method}", uri, position={"line": line, "character": character}, **more)


def places(session: Session, locations: Json) -> list[str]:
    """Each location as `path:line:start-end`."""
    said = []
    for one in locations:
        start, end = one["range"]["start"], one["range"]["end"]
        path = one["uri"].removeprefix(session.uri("") + "/").removeprefix(session.uri(""))
        said.append(f"{path}:{start['line']}:{start['character']}-{end['character']}")
    return said


def test_references_are_found_in_the_whole_workspace_as_it_stands_in_the_editor(session: Session) -> None:
    session.start()
    uri = session.open("demands/test.vkd", DEMAND.replace("/ -", "/ 🙂"))
    session.open("products/dode.vkd", "")
    found = at(session, "references", uri, 1, 22, context={"includeDeclaration": True})
    assert places(session, found) == [
        "vocabulary/characteristics.csv:5:0-0",
        "demands/test.vkd:1:20-24",
        "demands/test.vkd:2:12-13",
        "products/ft60-person.vkd:4:34-38",
        "products/ft70.vkd:4:34-38",
        "deep/er/b.vkd:1:19-23",
        "deep/er/b.vkd:2:12-13",
        "demands/eksempel-3.vkd:2:34-38",
        "demands/eksempel-3.vkd:5:34-38",
    ]
    assert len(at(session, "references", uri, 1, 22, context={"includeDeclaration": False})) == len(found) - 1
    assert at(session, "references", uri, 1, 0) == []


def test_references_of_an_identification_are_where_it_is_borne(session: Session) -> None:
    session.start()
    uri = session.open("products/test.vkd", "# en til\n0 / Produktbeskrivelse / ft70-person\n")
    assert places(session, at(session, "references", uri, 1, 25)) == [
        "products/test.vkd:1:0-0",
        "products/ft70.vkd:1:0-0",
    ]
    session.client.open("untitled:x", "0 / Produktbeskrivelse / x\n")
    assert places(session, at(session, "references", "untitled:x", 0, 25)) == ["untitled:x:0:0-0"]


def test_highlights_tell_dittos_from_words(session: Session) -> None:
    session.start()
    uri = session.open("demands/test.vkd", DEMAND)
    found = at(session, "documentHighlight", uri, 2, 12)
    assert [
        (*place.split(":")[1:], one["kind"])
        for place, one in zip(places(session, [{"uri": uri, **one} for one in found]), found, strict=True)
    ] == [
        ("1", "19-23", 1),
        ("2", "12-13", 2),
    ]
    assert at(session, "documentHighlight", uri, 0, 2) == []


def test_what_belongs_to_a_concept(session: Session) -> None:
    session.start()
    uri = session.open("demands/test.vkd", DEMAND.replace("Yrke", "Lønnsinntekt"))
    product = session.open("products/ft70.vkd")
    session.client.change(
        product,
        2,
        {"text": (session.root / "products/ft70.vkd").read_text().replace("Inntekt      /", "Lønnsinntekt /")},
    )
    for method in ("definition", "declaration"):
        assert places(session, [at(session, method, uri, 1, 21)]) == ["vocabulary/characteristics.csv:7:0-0"]
    assert places(session, [at(session, "typeDefinition", uri, 1, 21)]) == ["vocabulary/characteristics.csv:6:0-0"]
    assert places(session, at(session, "implementation", uri, 1, 21)) == ["products/ft70.vkd:1:0-0"]
    for method, nothing in (("declaration", None), ("typeDefinition", None), ("implementation", [])):
        assert at(session, method, uri, 0, 2) == nothing
