"""Products by collection: as an outline of a document, among the symbols of a workspace, in the tree of a catalogue."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.lsp.client import Json, connected
from tests.server.lsp.test_requests import Session
from tests.server.workspaces import workspace
from vkd_server.workspace.uris import uri_of

TREE = {"textDocument": {"documentSymbol": {"hierarchicalDocumentSymbolSupport": True}}}
EDITIONS = """\
# Inntekt
0 / Produktbeskrivelse / ind1970 / collection=IND; title=Inntekt; form=csv
# Yrket
1 / Personer / Personreg.nov.70 / Yrke    / 1970 / O
2 / "        / "                / Inntekt / "    / .

0 / Produktbeskrivelse / ind1971 / collection=ind; title=Inntekt; access=open
1 / Personer / Personreg.nov.70 / Yrke / 1971 / .

0 / Produktbeskrivelse / alene
1 / Personer / Personreg.nov.70 / Yrke / ? / .
0 / Produktbeskrivelse / ind1972 / collection=IND
1 / Personer / Personreg.nov.70 / Yrke / 1972 / .
"""


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with connected() as client:
        yield Session(client, workspace(tmp_path / "census", {"products/ind.vkd": EDITIONS}))


def listed(session: Session, which: str, **more: object) -> Json:
    return session.run("vkd.catalogue", {"catalogue": uri_of(session.root), "list": which, **more})


def test_editions_that_follow_each_other_are_below_their_collection(session: Session) -> None:
    session.start(TREE)
    uri = session.open("products/ind.vkd")
    collection, alone, last = session.ask("textDocument/documentSymbol", uri)
    assert (collection["name"], collection["kind"]) == ("IND", 2)
    assert [one["name"] for one in collection["children"]] == ["ind1970", "ind1971"]
    assert (alone["name"], last["name"]) == ("alene", "ind1972")
    for one in collection["children"]:
        assert collection["range"]["start"]["line"] <= one["range"]["start"]["line"]
        assert collection["range"]["end"]["line"] >= one["range"]["end"]["line"]
    assert collection["range"]["end"] == collection["children"][-1]["range"]["end"]
    assert collection["selectionRange"]["start"]["line"] == 1


def test_a_client_without_a_tree_is_told_the_collection(session: Session) -> None:
    session.start()
    found = session.ask("textDocument/documentSymbol", session.open("products/ind.vkd"))
    assert [one.get("containerName") for one in found] == ["IND", "ind", None, "IND"]


def test_a_collection_is_a_symbol_of_the_workspace(session: Session) -> None:
    session.start()
    found = session.client.request("workspace/symbol", {"query": "IND"})
    assert [(one["name"], one["kind"], one["containerName"]) for one in found[:4]] == [
        ("IND", 2, "products/ind.vkd"),
        ("ind1970", 5, "IND"),
        ("ind1971", 5, "ind"),
        ("ind1972", 5, "IND"),
    ]
    assert found[0]["location"]["range"]["start"]["line"] == 11


def test_products_are_a_tree_by_collection(session: Session) -> None:
    session.start()
    top = listed(session, "collections")
    assert [(one["kind"], one["id"], one["below"]) for one in top["entries"]] == [
        ("product", "alene", 1),
        ("product", "dode-yrke", 2),
        ("product", "ft60-person", 4),
        ("product", "ft70-person", 4),
        ("product", "ft70-tabell", 2),
        ("collection", "IND", 3),
    ]
    assert (top["count"], top["entries"][-1]["detail"]) == (6, "3 utgaver")
    editions = listed(session, "collections", below="ind")
    assert [(one["id"], one["detail"], one["above"]) for one in editions["entries"]] == [
        ("ind1972", "1972", ["IND"]),
        ("ind1971", "1971, open", ["ind"]),
        ("ind1970", "1970, csv", ["IND"]),
    ]
    assert names(listed(session, "collections", below="IND", first=1)) == ["ind1971", "ind1970"]
    assert names(listed(session, "collections", below="finnes ikke")) == []
    assert listed(session, "found", text="ind1970")["entries"][0]["above"] == ["IND"]


def test_a_product_tells_its_lines_and_how_to_ask_for_them(session: Session) -> None:
    session.start()
    lines = listed(session, "lines", below="IND1970")["entries"]
    assert [(one["label"], one["detail"], one["line"], one["above"]) for one in lines] == [
        ("Yrke", "Personer / Personregisteret nov. 70 / 1970", 3, ["IND", "ind1970"]),
        ("Inntekt", "Personer / Personregisteret nov. 70 / 1970", 4, ["IND", "ind1970"]),
    ]
    assert lines[1]["asks"] == ["Personer", "Personregisteret nov. 70", "Inntekt", "1970"]
    assert names(listed(session, "lines", below="finnes ikke")) == []
    (income,) = [one for one in listed(session, "found", text="inntekt")["entries"] if one["id"] == "K6"]
    assert income["asks"] == ["-", "-", "Inntekt", "-"]
    (told,) = session.run("vkd.catalogue")["catalogues"]
    assert told["demandHeader"] == "0 / Etterspørselsbeskrivelse / meg"


def names(answer: Json) -> list[str]:
    return [entry["id"] for entry in answer["entries"]]


def test_why_is_offered_for_a_collection_that_comes_near(session: Session) -> None:
    literals = {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["source"]}}}
    session.start({"textDocument": {"codeAction": literals}})
    uri = session.open("demands/q.vkd", "0 / Etterspørselsbeskrivelse / q\n1 / Personer / - / Inntekt / 1975 / .\n")
    assert session.run("vkd.run", uri)["demands"][0]["status"] == "none"
    place = {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}}
    found = session.ask("textDocument/codeAction", uri, range=place, context={"diagnostics": [], "only": ["source"]})
    commands = [one["command"] for one in found]
    assert [one["arguments"][2] for one in commands if one["command"] == "vkd.why"] == ["ft70-person", "IND"]
    assert "ind1970" in session.run("vkd.why", uri, 0, "IND")
