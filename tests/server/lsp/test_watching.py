"""What is on the disk and what is open: answers follow both, whatever a client tells of files, and with whatever order.

A text in the editor counts for its file as long as it is open; from its close on the file does. That this holds in any
order is for `tests/server/workspace/test_catching_up.py`.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.server.lsp.client import Json, connected
from tests.server.lsp.test_requests import Session
from tests.server.workspaces import workspace
from vkd_server.workspace.project import Projects

DEMAND = "0 / Etterspørselsbeskrivelse / spør\n1 / Personer / Personreg.nov.70 / Inntekt / 19701101 / .\n"
PRODUCT = (
    "0 / Produktbeskrivelse / ny / data=F:ft70-person.csv; doc=P:ft70.md; form=csv; access=open; unit-id=Fødselsnummer\n"
    "1 / Personer / Personreg.nov.70 / Inntekt / 19701101 / .\n"
)
WATCHING: Json = {"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": True}}}
ASKED, NEW, HAD = "demands/spør.vkd", "products/ny.vkd", "products/ft70.vkd"


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with connected() as client:
        yield Session(client, workspace(tmp_path, {ASKED: DEMAND}))


def answers(session: Session) -> set[str]:
    """The products that answer the demand."""
    told = json.dumps(session.run("vkd.run", session.uri(ASKED)), ensure_ascii=False)
    return {name for name in ("ft70-person", "ny") if re.search(f'"{name}"', told)}


def write(session: Session, path: str, text: str) -> None:
    (session.root / path).write_text(text, encoding="utf-8")


def tell(session: Session, *paths: str, kind: int = 2) -> None:
    changes = [{"uri": session.uri(path), "type": kind} for path in paths]
    session.client.notify("workspace/didChangeWatchedFiles", {"changes": changes})


def about(session: Session, method: str, path: str) -> None:
    session.client.notify(f"textDocument/{method}", {"textDocument": {"uri": session.uri(path)}})


def pulled(session: Session, path: str) -> list[str]:
    """The codes of what is wrong with an open document."""
    report = session.ask("textDocument/diagnostic", session.uri(path))
    return [one["code"] for one in report["items"]]


def test_a_new_product_saved_as_is_among_the_answers(session: Session) -> None:
    session.start(WATCHING)
    session.open(ASKED)
    assert answers(session) == {"ft70-person"}
    write(session, NEW, PRODUCT)
    session.open(NEW)
    tell(session, NEW, kind=1)
    assert answers(session) == {"ft70-person", "ny"}
    about(session, "didClose", NEW)
    assert answers(session) == {"ft70-person", "ny"}


def test_a_product_saved_as_needs_no_event(session: Session) -> None:
    session.start()
    assert answers(session) == {"ft70-person"}
    write(session, NEW, PRODUCT)
    session.open(NEW)
    assert answers(session) == {"ft70-person", "ny"}


def test_without_watching_what_is_saved_and_deleted_counts(session: Session) -> None:
    session.start({"textDocument": {"diagnostic": {}}})
    assert answers(session) == {"ft70-person"}
    for path in (NEW, "products/enda-en.vkd"):
        write(session, path, "")
        session.open(path)
        session.client.change(session.uri(path), 2, {"text": PRODUCT})
        write(session, path, PRODUCT)
        about(session, "didSave", path)
        assert answers(session) == {"ft70-person", "ny"}
    assert "VKD404" in pulled(session, "products/enda-en.vkd")
    (session.root / NEW).unlink()
    session.client.notify("workspace/didDeleteFiles", {"files": [{"uri": session.uri(NEW)}]})
    assert "VKD404" not in pulled(session, "products/enda-en.vkd")
    (session.root / "products/enda-en.vkd").unlink()
    session.client.notify("workspace/didDeleteFiles", {"files": [{"uri": session.uri("products/enda-en.vkd")}]})
    assert answers(session) == {"ft70-person"}


def test_without_watching_a_vocabulary_and_the_settings_count_when_saved(session: Session) -> None:
    session.start({"textDocument": {"diagnostic": {}}})
    session.open(ASKED)
    assert answers(session) == {"ft70-person"}
    for path, had, now, then in (
        ("vocabulary/characteristics.csv", "Inntekt", "Lønn", set[str]()),
        ("vocabulary/characteristics.csv", "Lønn", "Inntekt", {"ft70-person"}),
        ("vkd.toml", "products/*.vkd", "elsewhere/*.vkd", set[str]()),
        ("vkd.toml", "elsewhere/*.vkd", "products/*.vkd", {"ft70-person"}),
    ):
        text = (session.root / path).read_text(encoding="utf-8").replace(had, now)
        write(session, path, text)
        session.client.open(session.uri(path), text)
        about(session, "didSave", path)
        about(session, "didClose", path)
        assert answers(session) == then, path


def test_what_changed_on_the_disk_counts_from_the_close_on(session: Session) -> None:
    session.start(WATCHING)
    session.open(HAD)
    write(session, HAD, (session.root / HAD).read_text(encoding="utf-8").replace("Inntekt", "Kjønn"))
    tell(session, HAD)
    assert answers(session) == {"ft70-person"}
    about(session, "didClose", HAD)
    assert answers(session) == set()


def test_an_edit_that_is_not_saved_is_forgotten_at_the_close(session: Session) -> None:
    session.start()
    text = (session.root / HAD).read_text(encoding="utf-8")
    session.open(HAD)
    session.client.change(session.uri(HAD), 2, {"text": text.replace("Inntekt", "Kjønn")})
    assert answers(session) == set()
    about(session, "didClose", HAD)
    assert answers(session) == {"ft70-person"}


def test_a_text_newer_than_what_was_read_counts_from_the_open_on(session: Session) -> None:
    session.start(WATCHING)
    assert answers(session) == {"ft70-person"}
    write(session, HAD, (session.root / HAD).read_text(encoding="utf-8").replace("Inntekt", "Kjønn"))
    session.open(HAD)
    assert answers(session) == set()
    tell(session, HAD)
    assert answers(session) == set()


def test_a_folder_that_is_moved_takes_its_products_along(session: Session) -> None:
    session.start()
    assert answers(session) == {"ft70-person"}
    (session.root / "products").rename(session.root / "gone")
    moved = {"oldUri": session.uri("products"), "newUri": session.uri("gone")}
    session.client.notify("workspace/didRenameFiles", {"files": [moved]})
    assert answers(session) == set()
    (session.root / "gone").rename(session.root / "products")
    tell(session, "products", kind=1)
    assert answers(session) == {"ft70-person"}


def test_a_folder_in_the_place_of_a_file_holds_no_product(session: Session) -> None:
    session.start(WATCHING)
    assert answers(session) == {"ft70-person"}
    (session.root / HAD).unlink()
    (session.root / HAD).mkdir()
    tell(session, HAD)
    assert answers(session) == set()


def test_a_data_file_that_comes_or_goes_is_seen(session: Session) -> None:
    session.start({"textDocument": {"diagnostic": {}}})
    session.open(NEW, PRODUCT)
    assert "VKD403" not in pulled(session, NEW)
    data = session.root / "archive/ft70-person.csv"
    data.rename(data.with_suffix(".old"))
    tell(session, "archive/ft70-person.csv", kind=3)
    assert "VKD403" in pulled(session, NEW)
    data.with_suffix(".old").rename(data)
    session.client.notify("workspace/didCreateFiles", {"files": [{"uri": session.uri("archive/ft70-person.csv")}]})
    assert "VKD403" not in pulled(session, NEW)


def test_what_is_nobodys_has_nothing_asked_again(session: Session) -> None:
    session.start({"workspace": {"codeLens": {"refreshSupport": True}}})
    session.open(ASKED)
    session.published()
    answers(session)
    session.client.heard.clear()
    tell(session, "README.md", "archive/dode-yrke.csv.bak", "vkd.toml", HAD)
    assert answers(session) == {"ft70-person"}
    assert session.client.heard == []


def test_many_events_one_by_one_are_taken_together(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[int] = []
    look_again = Projects.look_again

    def counted(*arguments: Any) -> bool:
        looked.append(1)
        return look_again(*arguments)

    monkeypatch.setattr(Projects, "look_again", counted)
    session.start(WATCHING)
    answers(session)
    paths = [f"products/p{number}.vkd" for number in range(250)]
    for number, path in enumerate(paths):
        write(session, path, PRODUCT.replace("/ ny /", f"/ p{number} /"))
    write(session, NEW, PRODUCT)
    for path in (*paths, NEW):
        tell(session, path, kind=1)
    assert answers(session) == {"ft70-person", "ny"}
    assert len(looked) < len(paths) / 8


PULLING: Json = {"textDocument": {"diagnostic": {}}}


def spelled(uri: str) -> str:
    """A URI as another client might spell it."""
    return uri.replace("products", "%70roduct%73").replace("ft70", "ft%37%30")


def identified(report: Json) -> list[Json]:
    return [{"uri": one["uri"], "value": one["resultId"]} for one in report["items"]]


def test_a_result_is_known_again_however_its_uri_is_spelled(session: Session) -> None:
    session.start(PULLING)
    first = session.client.request("workspace/diagnostic", {"previousResultIds": []})
    known = [{**one, "uri": spelled(one["uri"])} for one in identified(first)]
    held = session.client.ask("workspace/diagnostic", {"previousResultIds": known})
    write(session, HAD, "1 / x\n")
    tell(session, HAD)
    report = session.client.answer(held)["result"]["items"]
    assert {one["uri"]: one["kind"] for one in report} == {
        one["uri"]: "full" if one["uri"] == spelled(session.uri(HAD)) else "unchanged" for one in known
    }


def test_a_document_is_the_same_however_its_uri_is_spelled(session: Session) -> None:
    session.start()
    session.open(HAD)
    document = {"textDocument": {"uri": spelled(session.uri(HAD)), "version": 2}}
    session.client.notify("textDocument/didChange", {**document, "contentChanges": [{"text": ""}]})
    assert answers(session) == set()
    session.client.notify("textDocument/didClose", document)
    assert answers(session) == {"ft70-person"}


def test_who_knows_all_is_told_when_something_changes(session: Session) -> None:
    session.start(PULLING)
    known = identified(session.client.request("workspace/diagnostic", {"previousResultIds": []}))
    held, also, third = (
        session.client.ask("workspace/diagnostic", {"previousResultIds": known, "identifier": name}) for name in "abc"
    )
    assert answers(session) == {"ft70-person"}
    assert session.client.heard == []
    session.client.notify("$/cancelRequest", {"id": third})
    assert session.client.answer(third)["error"]["code"] == -32800
    (session.root / HAD).unlink()
    tell(session, HAD, kind=3)
    for ident in (held, also):
        report = session.client.answer(ident)["result"]["items"]
        assert {"kind": "full", "uri": session.uri(HAD), "version": None, "items": []} in report
    known = [one for one in known if one["uri"] != session.uri(HAD)]
    held = session.client.ask("workspace/diagnostic", {"previousResultIds": known})
    assert answers(session) == set()
    assert session.client.request("shutdown") is None
    assert session.client.answer(held)["error"]["code"] == -32800
