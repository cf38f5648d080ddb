"""Documentations in the editor, over a pipe."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.lsp.client import Json, connected
from tests.server.lsp.test_requests import PULL, Session
from tests.server.workspaces import workspace
from vkd_catalog.documents import PARTS

PRODUCT = (
    "0 / Produktbeskrivelse / å🙂 / data=F:ft70-person.csv; form=csv; access=closed; doc=folketelling-1970\n"
    "1 / Personer / Personreg.nov.70 / Yrke / 1970 / .\n"
)
BEGUN = "---\nid: å🙂\ntitle: Å\n---\n\n## Skjemaer\n\nEtt.\n\n## kode\n"


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with connected() as client:
        yield Session(
            client, workspace(tmp_path, {"products/a.vkd": PRODUCT, "documents/å.md": BEGUN, "x.md": "# X\n"})
        )


def at(line: int, character: int) -> Json:
    return {"position": {"line": line, "character": character}}


def codes(found: Json) -> list[object]:
    return [one["code"] for one in found["items"]]


def test_what_is_wrong_with_one_that_is_open(session: Session) -> None:
    session.start(PULL)
    uri = session.open("documents/å.md")
    found = session.ask("textDocument/diagnostic", uri)
    assert codes(found) == ["VKD802"]
    assert found["items"][0]["range"] == {"start": {"line": 2, "character": 7}, "end": {"line": 2, "character": 8}}
    session.client.change(uri, 2, {"text": BEGUN.replace("id: å🙂", "id: dode-yrke")})
    found = session.ask("textDocument/diagnostic", uri)
    assert codes(found) == ["VKD801", "VKD802"]
    assert found["items"][0]["relatedInformation"][0]["location"]["uri"] == session.uri("documents/dode.md")


def test_a_pushing_client_hears_of_it(session: Session) -> None:
    session.start()
    session.open("documents/å.md")
    assert codes({"items": session.published()["diagnostics"]}) == ["VKD802"]


def test_one_that_no_pattern_names_is_nobodys(session: Session) -> None:
    session.start(PULL)
    uri = session.open("x.md")
    assert session.ask("textDocument/diagnostic", uri)["items"] == []
    assert session.ask("textDocument/completion", uri, **at(0, 2))["items"] == []
    assert session.ask("textDocument/codeAction", uri, range=RANGE, context={"diagnostics": []}) == []


RANGE = {"start": {"line": 0, "character": 0}, "end": {"line": 3, "character": 0}}


def test_the_template_makes_a_documentation_of_an_empty_file(session: Session) -> None:
    session.start(PULL)
    uri = session.open("documents/ny fil.md", "")
    assert codes(session.ask("textDocument/diagnostic", uri)) == ["VKD801"]
    (action,) = session.ask("textDocument/codeAction", uri, range=RANGE, context={"diagnostics": []})
    text = "".join(one["newText"] for one in action["edit"]["changes"][uri])
    assert text.startswith("---\nid: ny-fil\ntitle: ny fil\n---\n\n## Prosjektskisse\n")
    session.client.change(uri, 2, {"text": text})
    assert codes(session.ask("textDocument/diagnostic", uri)) == ["VKD802"]
    assert len(session.ask("textDocument/documentSymbol", uri)) == len(PARTS)


def test_headings_are_completed_and_explained(session: Session) -> None:
    session.start(PULL)
    uri = session.open("documents/å.md")
    items = session.ask("textDocument/completion", uri, **at(9, 7))["items"]
    assert [one["label"] for one in items] == ["Kodelister"]
    found = session.ask("textDocument/hover", uri, **at(5, 4))
    assert "Formulär" in found["contents"]["value"]
    keys = session.ask("textDocument/completion", uri, **at(1, 0))["items"]
    assert [one["label"] for one in keys] == ["id", "title"]


def test_a_product_finds_its_documentation(session: Session) -> None:
    session.start(PULL)
    uri = session.open("products/a.vkd")
    column = PRODUCT.index("folketelling-1970") + 3
    character = column + 1
    where = session.ask("textDocument/definition", uri, **at(0, character))
    assert (where["uri"], where["range"]["start"]["line"]) == (session.uri("documents/ft70.md"), 1)
    hover = session.ask("textDocument/hover", uri, **at(0, character))["contents"]["value"]
    assert "Folketellingen 1970" in hover
    assert "11" in hover
    items = session.ask("textDocument/completion", uri, **at(0, character - 3))["items"]
    assert {"folketelling-1960", "folketelling-1970", "dode-yrke", "å🙂"} <= {one["label"] for one in items}
    (link,) = [
        one for one in session.ask("textDocument/documentLink", uri) if one["range"]["start"]["character"] == column - 2
    ]
    assert session.client.request("documentLink/resolve", link)["target"] == session.uri("documents/ft70.md")


def test_the_workspace_report_tells_of_those_that_are_not_open(session: Session) -> None:
    session.start(PULL)
    items = session.client.request("workspace/diagnostic", {"previousResultIds": []})["items"]
    reported = {one["uri"].rpartition("/")[2]: codes(one) for one in items}
    assert reported["%C3%A5.md"] == ["VKD802"]
    assert reported["ft70.md"] == []
    assert "x.md" not in reported


def test_products_are_checked_anew_once_a_documentation_was_saved(session: Session) -> None:
    session.start(PULL)
    product = session.open("products/a.vkd")
    assert codes(session.ask("textDocument/diagnostic", product)) == []
    path = session.root / "documents/ft70.md"
    path.write_text(path.read_text(encoding="utf-8").replace("id: folketelling-1970", "id: ft70"), encoding="utf-8")
    session.client.notify(
        "workspace/didChangeWatchedFiles", {"changes": [{"uri": session.uri("documents/ft70.md"), "type": 2}]}
    )
    assert codes(session.ask("textDocument/diagnostic", product)) == ["VKD801"]
