"""`vkd.catalogue`: what a tree beside the texts shows of a catalogue."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.lsp.client import Json, connected
from tests.server.lsp.test_requests import DEMAND, Session
from tests.server.workspaces import workspace
from vkd_server.lsp.rpc import INVALID_PARAMS
from vkd_server.workspace.uris import uri_of

PROFILE = DEMAND.replace("bruker", "venter / profil=ja")


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with connected() as client:
        session = Session(client, workspace(tmp_path / "census", {"demands/venter.vkd": PROFILE}))
        session.start()
        yield session


def listed(session: Session, which: str, **more: object) -> Json:
    return session.run("vkd.catalogue", {"catalogue": uri_of(session.root), "list": which, **more})


def names(answer: Json) -> list[str]:
    return [entry["id"] for entry in answer["entries"]]


def test_what_catalogues_there_are(session: Session) -> None:
    (told,) = session.run("vkd.catalogue")["catalogues"]
    assert (told["name"], told["catalogue"], told["configured"]) == ("Folketelling", uri_of(session.root), True)
    assert (told["language"], told["products"], told["vocabularies"]["times"]) == ("nb", 4, 3)
    other = workspace(session.root.parent / "other", {}, language="da")
    both = session.run("vkd.catalogue", {"folders": [uri_of(other), uri_of(session.root), 3]})["catalogues"]
    assert [one["language"] for one in both] == ["da", "nb"]


def test_concepts_are_a_tree(session: Session) -> None:
    top = listed(session, "concepts", vocabulary="characteristics")
    assert top["count"] == len(top["entries"])
    income = next(entry for entry in top["entries"] if entry["label"] == "Inntekt")
    assert (income["kind"], income["above"], income["below"] > 0) == ("characteristics", [], True)
    assert income["insert"] == "Inntekt"
    below = listed(session, "concepts", vocabulary="characteristics", below=income["id"])["entries"]
    assert [(entry["label"], entry["above"]) for entry in below] == [("Lønnsinntekt", [income["id"]])]
    row = (session.root / "vocabulary/characteristics.csv").read_text(encoding="utf-8").splitlines()[below[0]["line"]]
    assert below[0]["uri"].endswith("/characteristics.csv")
    assert "Lønnsinntekt" in row


def test_registers_products_and_demands(session: Session) -> None:
    assert "Personregisteret nov. 60" in {entry["label"] for entry in listed(session, "registers")["entries"]}
    products = listed(session, "products")
    assert names(products) == ["dode-yrke", "ft60-person", "ft70-person", "ft70-tabell"]
    assert products["entries"][1]["detail"] == "csv, restricted, etter søknad"
    demands = listed(session, "demands")["entries"]
    assert [(entry["id"], entry["kind"]) for entry in demands] == [
        ("bruker 3", "demand"),
        ("bruker 1", "demand"),
        ("bruker 2", "demand"),
        ("venter", "profile"),
    ]
    assert demands[1]["line"] == 1


def test_a_list_goes_on_from_a_place(session: Session) -> None:
    assert names(listed(session, "products", first=3)) == ["ft70-tabell"]
    assert listed(session, "demands", first=2)["count"] == 4
    assert names(listed(session, "registers", first=999)) == []


def test_what_is_called_something(session: Session) -> None:
    found = listed(session, "found", text="lønn")["entries"]
    assert [(entry["kind"], entry["label"]) for entry in found] == [("characteristics", "Lønnsinntekt")]
    assert "ft60-person" in names(listed(session, "found", text="ft60"))
    assert listed(session, "found", text="finnes ikke")["entries"] == []


def test_open_documents_count_as_they_are(session: Session) -> None:
    uri = session.open("demands/venter.vkd", PROFILE.replace("venter", "noen andre"))
    entry = listed(session, "demands")["entries"][-1]
    assert (entry["id"], entry["uri"]) == ("noen andre", uri)


@pytest.mark.parametrize(
    "asked",
    [
        {"catalogue": 3, "list": "products"},
        {"catalogue": "untitled:x", "list": "products"},
        {"catalogue": "@", "list": "everything"},
        {"catalogue": "@"},
        {"catalogue": "@", "list": "concepts", "vocabulary": "colours"},
        {"catalogue": "@", "list": "products", "first": -1},
        {"catalogue": "@", "list": "found"},
    ],
)
def test_what_cannot_be_asked_is_told(session: Session, asked: Json) -> None:
    root = uri_of(session.root)
    params = {key: root if value == "@" else value for key, value in asked.items()}
    command = {"command": "vkd.catalogue", "arguments": [params]}
    assert session.client.error("workspace/executeCommand", command) == INVALID_PARAMS
