"""Names of files are bytes, and URIs say each of them: one that is no UTF-8 is a document like others."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.lsp.client import connected
from tests.server.lsp.test_requests import Session
from tests.server.workspaces import workspace
from vkd_server.workspace.uris import path_of, uri_of

PRODUCT = """0 / Produktbeskrivelse / født / data=F:ft70-person.csv; doc=P:ft70.md; form=csv; access=open
1 / Personer / Personreg.nov.70 / Yrke / 19701101 / .
"""
DEMAND = "0 / Etterspørselsbeskrivelse / bruker\n1 / Personer / Personreg.nov.70 / Yrke / 19701101 / .\n"
NAME = os.fsdecode(b"f\xf8dt.vkd")


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    root = workspace(tmp_path / "d [1]", {})
    try:
        for folder, text in (("products", PRODUCT), ("demands", DEMAND)):
            (root / folder / NAME).write_text(text, encoding="utf-8")
    except OSError:
        pytest.skip("this disk takes no such names")
    (root / "products/loop").symlink_to("..")
    os.mkfifo(root / "products/pipe.vkd")
    with connected() as client:
        yield Session(client, root)


def test_it_is_a_document_like_others(session: Session) -> None:
    session.start({"textDocument": {"diagnostic": {}}})
    uri = session.open(f"demands/{NAME}")
    assert uri.endswith("/demands/f%F8dt.vkd")
    answered = session.run("vkd.run", uri)
    assert answered["demands"][0]["path"] == "demands/f\ufffddt.vkd"
    assert [cover["members"] for cover in answered["demands"][0]["covers"]] == [["ft70-person"], ["født"]]
    assert session.ask("textDocument/hover", uri, position={"line": 1, "character": 38})["contents"]
    assert session.ask("textDocument/documentSymbol", uri)
    assert session.ask("textDocument/codeLens", uri) is not None
    assert "født" in session.run("vkd.showMessage", uri, 0)
    found = session.client.request("workspace/symbol", {"query": "født"})
    assert {one["location"]["uri"] for one in found} >= {session.uri(f"products/{NAME}")}


def test_changes_of_a_product_count(session: Session) -> None:
    session.start()
    product = session.open(f"products/{NAME}")
    session.client.change(product, 2, {"text": PRODUCT.replace("Yrke", "Fødselsdato")})
    answered = session.run("vkd.run", session.open(f"demands/{NAME}"))
    assert [cover["members"] for cover in answered["demands"][0]["covers"]] == [["ft70-person"]]


def test_the_diagnostics_of_all_files(session: Session) -> None:
    (session.root / "products" / NAME).write_text(PRODUCT.replace("Yrke", "Yrkke"), encoding="utf-8")
    session.start({"textDocument": {"diagnostic": {}}})
    reports = session.client.request("workspace/diagnostic", {"previousResultIds": []})["items"]
    codes = {one["uri"]: [item["code"] for item in one["items"]] for one in reports if one["items"]}
    assert codes == {session.uri(f"products/{NAME}"): ["VKD101"]}


@pytest.mark.parametrize("name", ["a b", "å", "é", "[1]{x}*?#%", NAME, "\ud800", "c:x", "a\\b"])
def test_uris_are_the_paths_they_are_made_of(name: str) -> None:
    path = Path("/d", name)
    uri = uri_of(path)
    assert uri.isascii()
    if name != "\ud800":
        assert path_of(uri) == path


@pytest.mark.parametrize("uri", ["file:///\ud800", "file:///%ED%A0%80", "file:///å", "file:///%", "file:///%zz"])
def test_any_uri_has_a_path(uri: str) -> None:
    path = path_of(uri)
    assert path is not None
    uri_of(path)
