"""Requests that lead from a place to others, over a pipe."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.lsp.client import Json, connected
from tests.server.lsp.test_requests import Session
from tests.server.workspaces import workspace
from vkd_catalog import files
from vkd_server.lsp import idle

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
        "vocabulary/characteristics.csv:5:0-2",
        "vocabulary/characteristics.csv:8:92-94",
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
        {"text": (session.root / "products/ft70.vkd").read_text().replace("Inntekt       /", "Lønnsinntekt  /")},
    )
    for method in ("definition", "declaration"):
        assert places(session, [at(session, method, uri, 1, 21)]) == ["vocabulary/characteristics.csv:7:0-0"]
    assert places(session, [at(session, "typeDefinition", uri, 1, 21)]) == ["vocabulary/characteristics.csv:6:0-0"]
    assert places(session, at(session, "implementation", uri, 1, 21)) == ["products/ft70.vkd:1:0-0"]
    for method, nothing in (("declaration", None), ("typeDefinition", None), ("implementation", [])):
        assert at(session, method, uri, 0, 2) == nothing


def test_symbols_of_the_workspace(session: Session) -> None:
    session.start()

    def found(query: str) -> list[str]:
        symbols = session.client.request("workspace/symbol", {"query": query})
        where = places(session, [one["location"] for one in symbols])
        return [f"{one['name']} {one['kind']} {place}" for one, place in zip(symbols, where, strict=True)]

    assert found("yrke") == [
        "Yrke [K5] 7 vocabulary/characteristics.csv:5:0-0",
        "Yrke – Yrkesklassifikasjon [Y] 10 vocabulary/names.csv:5:0-0",
        "dode-yrke 5 products/dode.vkd:1:0-0",
    ]
    assert found("FT70-t") == ["ft70-tabell 5 products/ft70.vkd:9:0-0"]
    assert found("no such") == []
    assert len(found("")) == len(set(found(""))) == 40
    assert "Alder [K3] 7 vocabulary/characteristics.csv:3:0-0" in found("")
    assert found("k3") == ["Alder [K3] 7 vocabulary/characteristics.csv:3:0-0"]
    assert session.client.error("workspace/symbol", {"query": 7}) == -32602


def test_a_symbol_query_has_no_more_than_its_best_answers(session: Session) -> None:
    rows = [f"Z{number},Zulu {number},,,individual,A,,,,,,\n" for number in range(1_000)]
    with (session.root / "vocabulary/characteristics.csv").open("a", encoding="utf-8") as file:
        file.writelines(rows)
    session.start()
    found = session.client.request("workspace/symbol", {"query": "lu"})
    assert len(found) == 200
    assert found[0]["name"] == "Zulu 0 [Z0]"


def test_selections_widen_from_a_field_to_the_document(session: Session) -> None:
    session.start()
    uri = session.open("demands/test.vkd", DEMAND.replace("/ -", "/ 🙂"))
    two = [{"line": 1, "character": 22}, {"line": 9, "character": 9}]
    chain, last = session.ask("textDocument/selectionRange", uri, positions=two)
    said = []
    while chain:
        said.append(places(session, [{"uri": uri, "range": chain["range"]}])[0].partition(":")[2])
        chain = chain.get("parent")
    assert said == ["1:20-24", "1:0-39", "1:0-24", "0:0-24", "0:0-0"]
    assert last["range"]["start"] == {"line": 0, "character": 0}


def test_links_lead_to_files_that_are_there(session: Session) -> None:
    session.start()
    text = (
        "0 / Produktbeskrivelse / 🙂 / data=F:ft70-person.csv; doc=https:\\/\\/example.org\\/a; form=x\n"
        "0 / Produktbeskrivelse / b / data=F:missing.csv; doc=Q:unknown\n"
    )
    uri = session.open("products/test.vkd", text)
    links = session.ask("textDocument/documentLink", uri)
    assert [(one["range"]["start"]["character"], one.get("target")) for one in links] == [
        (35, None),
        (58, "https://example.org/a"),
        (34, None),
    ]
    resolved = [session.client.request("documentLink/resolve", one).get("target") for one in links]
    assert resolved == [session.uri("archive/ft70-person.csv"), "https://example.org/a", None]


def test_concepts_above_and_below(session: Session) -> None:
    session.start()
    uri = session.open(
        "demands/test.vkd", "0 / Etterspørselsbeskrivelse / b\n1 / Person / Industri / Yrke / 1970 / .\n"
    )

    def said(items: Json) -> list[str]:
        where = places(session, [{"uri": one["uri"], "range": one["selectionRange"]} for one in items])
        return [f"{one['name']}, {one['detail']}, {place}" for one, place in zip(items, where, strict=True)]

    (item,) = at(session, "prepareTypeHierarchy", uri, 1, 15)
    assert said([item]) == ["Industri, N.2 · navn, vocabulary/names.csv:11:0-0"]
    session.client.notify("textDocument/didClose", {"textDocument": {"uri": uri}})
    (above,) = session.client.request("typeHierarchy/supertypes", {"item": item})
    assert said([above]) == ["Næringsklassifikasjon, N · navn, vocabulary/names.csv:10:0-0"]
    assert session.client.request("typeHierarchy/supertypes", {"item": above}) == []
    assert session.client.request("typeHierarchy/subtypes", {"item": above}) == [item]
    below = session.client.request("typeHierarchy/subtypes", {"item": item})
    assert said(below) == ["Næringsmidler, N.2.0 · navn, vocabulary/names.csv:12:0-0"]
    assert session.client.error("typeHierarchy/subtypes", {"item": {**item, "data": [uri, "names", "X"]}}) == -32602
    assert session.client.error("typeHierarchy/subtypes", {"item": {**item, "data": [uri, [], "X"]}}) == -32602


def test_demands_call_the_products_their_answers_use(session: Session) -> None:
    session.start()
    uri = session.open("demands/test.vkd", "\n" + DEMAND.replace("1960", "19701101"))
    (demand,) = at(session, "prepareCallHierarchy", uri, 3, 0)
    assert (demand["name"], demand["detail"]) == ("🙂", "demands/test.vkd")
    (call,) = session.client.request("callHierarchy/outgoingCalls", {"item": demand})
    product = call["to"]
    assert (product["name"], product["uri"]) == ("ft70-person", session.uri("products/ft70.vkd"))
    assert places(session, [{"uri": uri, "range": one} for one in call["fromRanges"]]) == [
        "demands/test.vkd:2:0-38",
        "demands/test.vkd:3:0-28",
    ]
    assert session.client.request("callHierarchy/outgoingCalls", {"item": product}) == []
    assert session.client.request("callHierarchy/incomingCalls", {"item": demand}) == []
    calls = session.client.request("callHierarchy/incomingCalls", {"item": product})
    assert [(one["from"]["name"], len(one["fromRanges"])) for one in calls] == [("🙂", 2), ("🙂", 1), ("bruker 1", 2)]
    assert calls[0]["from"] == demand
    for data in ([], [uri], [7, 7], ["file:///nowhere.vkd", 0]):
        assert session.client.error("callHierarchy/incomingCalls", {"item": {**product, "data": data}}) == -32602


def test_nothing_is_called_outside_descriptions(session: Session) -> None:
    session.start()
    uri = session.open("demands/test.vkd", "1 / Personer / - / Yrke / 1970 / .\n")
    assert at(session, "prepareCallHierarchy", uri, 0, 0) is None
    assert at(session, "prepareTypeHierarchy", uri, 0, 0) is None


def test_a_demands_line_leads_to_the_lines_that_answer_it_and_back(session: Session) -> None:
    session.start()
    uri = session.open("demands/test.vkd", DEMAND + "3 / Personer / - / Bakst / 1970 / .\n")
    product = session.open("products/ft70.vkd")
    yrke = ["products/ft70.vkd:4:0-62"]
    for character in (0, 1, 38):
        assert places(session, at(session, "definition", uri, 1, character)) == yrke
    assert at(session, "definition", uri, 3, 0) == []
    back = at(session, "references", product, 4, 0, context={"includeDeclaration": True})
    assert places(session, back) == [
        "demands/test.vkd:1:0-38",
        "deep/er/b.vkd:1:0-38",
        "demands/eksempel-3.vkd:5:0-60",
    ]
    text = (session.root / "products/ft70.vkd").read_text(encoding="utf-8")
    session.client.change(product, 2, {"text": "# 🙂\n" + text.replace("Yrke   ", "Inntekt")})
    assert at(session, "definition", uri, 1, 0) == []
    assert at(session, "references", product, 5, 1)[0]["uri"] == session.uri("demands/eksempel-3.vkd")
    new = session.open("products/new.vkd", "0 / Produktbeskrivelse / x\n1 / Personer / P / Yrke / 1970 / .\n")
    assert at(session, "references", new, 1, 0) == []


def test_a_long_answer_comes_in_parts(session: Session) -> None:
    line = "1 / Personer / Personreg.nov.70 / Yrke / 19701101 / O\n"
    (session.root / "products/long.vkd").write_text(f"0 / Produktbeskrivelse / long\n{line * 1500}")
    session.start()
    uri = session.open("demands/test.vkd", DEMAND)
    context = {"includeDeclaration": True}
    whole = at(session, "references", uri, 1, 22, context=context)
    assert len(whole) == 1510
    rest = at(session, "references", uri, 1, 22, context=context, partialResultToken="part")
    part = session.client.told("$/progress")
    assert part["token"] == "part"
    assert part["value"] + rest == whole
    assert len(part["value"]) > 1000


def test_files_that_change_are_read_again(session: Session) -> None:
    file = session.root / "deep/er/b.vkd"
    os.utime(file, (1, 1))
    session.start({"general": {"positionEncodings": ["utf-8"]}})
    uri = session.open("demands/test.vkd", DEMAND)
    context = {"includeDeclaration": False}

    def in_file() -> list[str]:
        return [one for one in places(session, at(session, "references", uri, 1, 22, context=context)) if "deep" in one]

    assert in_file() == in_file() == ["deep/er/b.vkd:1:19-23", "deep/er/b.vkd:2:12-13"]
    file.write_text("# 🙂\n" + DEMAND.replace("Personer / -", "Personer / Østlandet"))
    assert in_file() == ["deep/er/b.vkd:2:28-32", "deep/er/b.vkd:3:12-13"]
    file.unlink()
    assert in_file() == []


def test_files_are_read_ahead_when_nobody_wants_anything(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(idle, "_QUIET", 0.0)
    monkeypatch.setattr(files, "_SETTLED_NS", 0)
    for file in session.root.rglob("*.vkd"):
        os.utime(file, (1, 1))
    session.start()
    session.open("demands/eksempel-3.vkd")
    session.client.told("textDocument/publishDiagnostics")
    for _ in range(100):
        text = session.run("vkd.showStatus")
        if "Andre filer som er lest: 6" in text:
            return
        time.sleep(0.02)
    raise AssertionError(text)
