"""`vkd.message`: the reference message with what it refers to, so that no client has to find it in the words."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.server.lsp.client import Json, connected
from tests.server.lsp.test_requests import Session
from tests.server.workspaces import workspace
from vkd_server.workspace.uris import path_of

DEMAND = "# ø 😀\n0 / Etterspørselsbeskrivelse / {name}\n1 / Personer / Personreg.nov.70 / Lønnsinntekt / 1970 / .\n"
PRODUCT = """# å 😀
0 / Produktbeskrivelse / {name} / form=fil
  ; access=open; data=F:ft60-person.csv
1 / Personer / Personreg.nov.70 / Kjønn / 1970 / O

# En merknad mellom linjene
2 / " / " / Lønnsinntekt / " / .
"""
HEADER, SENTENCE = 2, 7
"""Lines of a product's header and of its second sentence, from 1."""


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    names = ["form", "linje 2", "å 😀", "lønn", "lønn-2"]
    files = {f"products/ny-{number} å.vkd": PRODUCT.format(name=name) for number, name in enumerate(names)}
    with connected() as client:
        yield Session(client, workspace(tmp_path, {**files}))


def named(told: Json) -> list[tuple[str, str]]:
    """What is referred to, as it stands in the text, and where that leads."""
    letters = list(told["text"])
    return [("".join(letters[one["start"] : one["end"]]), one["target"]) for one in told["references"]]


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_products_sentences_files_and_the_demand_are_told_with_their_places(session: Session, ending: str) -> None:
    session.start()
    uri = session.open("demands/ø.vkd", DEMAND.format(name="bruker").replace("\n", ending))
    told = session.run("vkd.message", uri, 1)
    assert told["text"] == session.run("vkd.showMessage", uri, 1)
    found = named(told)
    assert ("demands/ø.vkd, linje 2", f"{uri}#L2") in found
    for number, name in enumerate(["form", "linje 2", "å 😀", "lønn", "lønn-2"]):
        product = session.uri(f"products/ny-{number} å.vkd")
        assert {target for text, target in found if text == name} == {f"{product}#L{HEADER}"}
        assert {target for text, target in found if text == f"{name}, linje 2"} == {f"{product}#L{SENTENCE}"}
    assert [text for text, target in found if "form" in text and "#" not in target] == []
    files = [(text, path_of(target)) for text, target in found if "#" not in target]
    assert files
    assert all(path is not None and path.name.endswith(text.rpartition("/")[2]) for text, path in files)


def test_headings_hold_no_reference(session: Session) -> None:
    session.start()
    uri = session.open("demands/ø.vkd", DEMAND.format(name="form"))
    told = session.run("vkd.message", uri, 1)
    assert "## 2. I hvilken form" in told["text"]
    for one in told["references"]:
        assert not told["text"][told["text"].rfind("\n", 0, one["start"]) + 1 :].startswith("#")


def test_the_lines_are_those_of_the_open_document(session: Session) -> None:
    session.start()
    product = session.open("products/ny-0 å.vkd", "\n\n" + PRODUCT.format(name="form"))
    uri = session.open("demands/ø.vkd", DEMAND.format(name="bruker"))
    targets = {target for text, target in named(session.run("vkd.message", uri, 1)) if text.startswith("form")}
    assert {unquote(target) for target in targets} == {
        unquote(f"{product}#L{HEADER + 2}"),
        unquote(f"{product}#L{SENTENCE + 2}"),
    }


def test_a_client_without_files_is_told_of_products_by_identification(session: Session) -> None:
    session.start({"experimental": {"productReferences": True}})
    session.client.notify(
        "textDocument/didOpen",
        {"textDocument": {"uri": "untitled:x", "languageId": "vkd", "version": 1, "text": DEMAND.format(name="b")}},
    )
    found = named(session.run("vkd.message", "untitled:x", 1))
    assert ("untitled:x, linje 2", "untitled:x#L2") in found
    assert ("lønn-2", "vkd-product:l%C3%B8nn-2") in found
    assert ("å 😀, linje 2", "vkd-product:%C3%A5%20%F0%9F%98%80#L2") in found
    assert not [target for _, target in found if target.startswith("file:")]


def test_of_a_product_it_is_the_profiles_that_it_meets(session: Session) -> None:
    session.start()
    told = session.run("vkd.message", session.open("products/ny-0 å.vkd"), 3)
    assert told["text"].startswith("# form\n")
    assert told["references"] == []
