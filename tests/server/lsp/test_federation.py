"""Several catalogues and their mappings in the editor, over a pipe."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.lsp.client import connected
from tests.server.lsp.test_requests import PULL, Session, codes
from vkd_catalog.catalogue import open_catalogue
from vkd_catalog.federation.handed_out import hand_out
from vkd_server.workspace.public import to_hand_out

NORDEN = Path(__file__).parents[3] / "examples/norden"
DEMAND = "0 / Etterspørselsbeskrivelse / d\n1 / Personer / - / dk:Køn / 2020 / .\n"
MAPPINGS = "mappings.sssom.tsv"


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    shutil.copytree(NORDEN, tmp_path / "norden")
    with connected() as client:
        yield Session(client, tmp_path / "norden")


def test_a_word_of_another_catalogue_is_explained_completed_and_found(session: Session) -> None:
    session.start(PULL)
    demand = session.open("demands/test.vkd", DEMAND)
    assert session.ask("textDocument/diagnostic", demand)["items"] == []
    at = {"line": 1, "character": 22}
    hover = session.ask("textDocument/hover", demand, position=at)["contents"]["value"]
    assert "dk:KOEN" in hover
    assert "Danmark" in hover
    assert r"Koblet til: \[no:KJONN\] Kjønn" in hover
    items = session.ask("textDocument/completion", demand, position=at)["items"]
    assert {"dk:Køn", "dk:Formue"} <= {item["label"] for item in items}
    assert "Kjønn" not in {item["label"] for item in items}
    place = session.ask("textDocument/definition", demand, position=at)
    assert place["uri"].endswith("/norden/dk/vocabulary/characteristics.csv")
    assert place["range"]["start"]["line"] == 2


def test_a_product_is_offered_its_own_words_alone(session: Session) -> None:
    session.start(PULL)
    text = "0 / Produktbeskrivelse / p / form=csv\n1 / Personer / Bosatte / K / 2020 / .\n"
    product = session.open("no/products/ny.vkd", text)
    items = session.ask("textDocument/completion", product, position={"line": 1, "character": 26})["items"]
    assert {item["label"] for item in items if item["label"] not in ('"',)} == {"Kjønn"}


def test_the_files_of_another_catalogue_count(session: Session) -> None:
    session.start(PULL)
    demand = session.open("demands/test.vkd", DEMAND.replace("Køn", "Pension"))
    assert codes(session.ask("textDocument/diagnostic", demand)["items"]) == ["VKD101"]
    file = session.root / "dk/vocabulary/characteristics.csv"
    file.write_text(f"{file.read_text(encoding='utf-8')}PENS,Pension,individual,PERS,status,no,,\n", encoding="utf-8")
    change = {"changes": [{"uri": file.as_uri(), "type": 2}]}
    session.client.notify("workspace/didChangeWatchedFiles", change)
    assert session.ask("textDocument/diagnostic", demand)["items"] == []


def test_mappings_are_checked_and_completed_as_they_stand_in_the_editor(session: Session) -> None:
    session.start(PULL)
    text = (session.root / MAPPINGS).read_text(encoding="utf-8")
    row = len(text.splitlines())
    mappings = session.open(MAPPINGS, f"{text}no:FNR\tskos:exactMatch\tdk:KPR\n")
    (problem,) = session.ask("textDocument/diagnostic", mappings)["items"]
    assert (problem["code"], problem["range"]["start"]) == ("VKD608", {"line": row, "character": 23})
    asked = {"position": {"line": row, "character": 27}}
    offered = session.ask("textDocument/completion", mappings, **asked)["items"]
    assert [item["label"] for item in offered] == ["dk:KOEN"]
    offered = session.ask("textDocument/completion", mappings, position={"line": row, "character": 17})["items"]
    assert "skos:exactMatch" in {item["label"] for item in offered}


def test_a_word_of_another_catalogue_is_not_renamed_here(session: Session) -> None:
    session.start(PULL)
    demand = session.open("demands/test.vkd", DEMAND)
    assert session.ask("textDocument/rename", demand, position={"line": 1, "character": 22}, newName="Ny") is None


def test_a_message_leads_to_the_files_of_the_other_catalogue(session: Session) -> None:
    session.start(PULL)
    demand = session.open("demands/test.vkd", DEMAND.replace("Personer", "dk:Personer"))
    message = session.run("vkd.message", demand, 1)
    targets = {message["text"][one["start"] : one["end"]]: one["target"] for one in message["references"]}
    assert targets["dk:BEF"] == f"{(session.root / 'dk/products/bef.vkd').as_uri()}#L1"


@pytest.fixture
def handed_out(session: Session) -> Session:
    """The same, with Denmark's catalogue in a register file under a name of its own."""
    danish = open_catalogue(session.root / "dk")
    file = hand_out(to_hand_out(danish), session.root / "files", danish.revision)
    danish.register.close()
    file.rename(session.root / "danmark.vkdreg")
    shutil.rmtree(session.root / "dk")
    settings = session.root / "vkd.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(re.sub("^dk = .*$", 'dk = "danmark.vkdreg"', text, flags=re.MULTILINE), encoding="utf-8")
    return session


def test_a_word_of_a_register_file_is_explained_completed_and_found(handed_out: Session) -> None:
    handed_out.start(PULL)
    demand = handed_out.open("demands/test.vkd", DEMAND)
    assert handed_out.ask("textDocument/diagnostic", demand)["items"] == []
    at = {"line": 1, "character": 22}
    hover = handed_out.ask("textDocument/hover", demand, position=at)["contents"]["value"]
    assert "dk:KOEN" in hover
    assert "Danmark" in hover
    items = handed_out.ask("textDocument/completion", demand, position=at)["items"]
    assert {"dk:Køn", "dk:Formue"} <= {item["label"] for item in items}
    # What stands in the file has no place that an editor could show.
    for method in ("definition", "typeDefinition", "implementation"):
        assert not handed_out.ask(f"textDocument/{method}", demand, position=at)
    places = handed_out.ask("textDocument/references", demand, position=at, context={"includeDeclaration": True})
    assert {place["uri"].rpartition("/")[2] for place in places} == {"test.vkd", "norden.vkd"}
    (concept,) = handed_out.ask("textDocument/prepareTypeHierarchy", demand, position=at)
    assert concept["name"] == "Køn"
    answers = handed_out.run("vkd.run", demand)
    assert ["dk:BEF"] in [cover["members"] for cover in answers["demands"][0]["covers"]]


def test_a_register_file_that_takes_the_place_of_another_counts(handed_out: Session) -> None:
    handed_out.start(PULL)
    demand = handed_out.open("demands/test.vkd", DEMAND)
    assert handed_out.ask("textDocument/diagnostic", demand)["items"] == []
    swedish = open_catalogue(handed_out.root / "se")
    file = hand_out(to_hand_out(swedish), handed_out.root / "files", swedish.revision)
    swedish.register.close()
    file.replace(handed_out.root / "danmark.vkdreg")
    change = {"changes": [{"uri": (handed_out.root / "danmark.vkdreg").as_uri(), "type": 2}]}
    handed_out.client.notify("workspace/didChangeWatchedFiles", change)
    assert codes(handed_out.ask("textDocument/diagnostic", demand)["items"]) == ["VKD101"]
