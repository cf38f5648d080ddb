"""The lens of a product: which interest profiles it meets, and what an unsaved edit gains and loses."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.lsp.client import Json, connected
from tests.server.lsp.test_requests import Session
from tests.server.workspaces import workspace
from vkd_server.workspace.profiles import MOST

CHARACTERISTICS = Path(__file__).parents[3] / "examples/folketelling/vocabulary/characteristics.csv"
PROFILES = """0 / Etterspørselsbeskrivelse / yrker / profile=yes
1 / Personer / - / Yrke / 19701101 / .

0 / Etterspørselsbeskrivelse / kjønn og utdanning / profile=yes
1 / Personer / - / Kjønn / 19701101 / O
2 / Personer / - / Utdanning / 19701101 / .

0 / Etterspørselsbeskrivelse / ingen profil
1 / Personer / - / Yrke / 19701101 / .

0 / Etterspørselsbeskrivelse / har feil / profile=yes
1 / Personer / - / Yrkke / 19701101 / .
"""
PRODUCT = '0 / Produktbeskrivelse / ny / data=F:x\n1 / Personer / Personreg.nov.70 / {} / 19701101 / O\n2 / " / " / Yrke / " / .\n'


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with connected() as client:
        yield Session(client, workspace(tmp_path, {"demands/profiler.vkd": PROFILES}))


def titles(session: Session, uri: str) -> list[str]:
    """What the lenses of a document's products say, each resolved as a client does that shows it."""
    lenses = session.ask("textDocument/codeLens", uri)
    return [
        session.client.request("codeLens/resolve", lens)["command"]["title"] for lens in lenses if "command" not in lens
    ]


def change(session: Session, uri: str, version: int, text: str) -> None:
    session.client.change(uri, version, {"text": text})


def test_what_an_edit_gains_and_loses_until_it_is_saved(session: Session) -> None:
    session.start()
    uri = session.open("products/ny.vkd", PRODUCT.format("Fødselsdato"))
    assert titles(session, uri) == ["møter 1 interesseprofil (1 alene)"]
    change(session, uri, 2, PRODUCT.format("Kjønn"))
    assert titles(session, uri) == ["møter 2 interesseprofiler (1 alene) · vinner kjønn og utdanning"]
    session.client.notify("textDocument/didSave", {"textDocument": {"uri": uri}})
    assert titles(session, uri) == ["møter 2 interesseprofiler (1 alene)"]
    change(session, uri, 3, PRODUCT.format("Kjønn").replace("Yrke", "Fødselsdato"))
    assert titles(session, uri) == ["møter 1 interesseprofil (0 alene) · mister yrker"]


def test_the_command_shows_and_answers_what_is_met(session: Session) -> None:
    session.start({"window": {"showDocument": {"support": True}}, "workspace": {"textDocumentContent": {}}})
    uri = session.open("products/ny.vkd", PRODUCT.format("Kjønn"))
    yrker: Json = {"profile": "yrker", "path": "demands/profiler.vkd", "line": 1, "lines": [1], "whole": True}
    both = {"profile": "kjønn og utdanning", "path": "demands/profiler.vkd", "line": 4, "lines": [1], "whole": False}
    assert session.run("vkd.profiles", uri, 0) == {"product": "ny", "meets": [yrker, both], "gained": [], "lost": []}
    shown = session.client.told("window/showDocument")["uri"]
    text = session.client.request("workspace/textDocumentContent", {"uri": shown})["text"]
    assert text.startswith("# ny\n\nmøter 2 interesseprofiler (1 alene)\n\n## Møter\n")
    assert "- yrker (demands/profiler.vkd:1): svarer på alt alene (linje 1)\n" in text
    change(session, uri, 2, PRODUCT.format("Kjønn").replace("/ ny /", "/ en annen /"))
    assert session.run("vkd.profiles", uri, 0)["gained"] == [yrker, both]


def test_profiles_count_as_they_are_in_the_editor(session: Session) -> None:
    session.start()
    uri = session.open("products/ny.vkd", PRODUCT.format("Kjønn"))
    demands = session.open("demands/profiler.vkd")
    change(session, demands, 2, PROFILES.replace("Yrke /", "Inntekt /"))
    assert titles(session, uri) == ["møter 1 interesseprofil (0 alene)"]
    change(session, demands, 3, "")
    assert titles(session, uri) == []
    session.client.notify("textDocument/didClose", {"textDocument": {"uri": demands}})
    assert titles(session, uri) == ["møter 2 interesseprofiler (1 alene)"]


def test_an_archive_that_is_asked_for_must_be_stated(session: Session) -> None:
    session.start()
    uri = session.open("products/ny.vkd", PRODUCT.format("Kjønn"))
    demands = session.open("demands/profiler.vkd")
    change(session, demands, 2, PROFILES.replace("yrker / profile", "yrker / archive=document; profile"))
    assert titles(session, uri) == ["møter 1 interesseprofil (0 alene)"]


def test_what_is_derived_with_a_set_that_the_vocabulary_names(tmp_path: Path) -> None:
    characteristics = CHARACTERISTICS.read_text(encoding="utf-8").replace(",L,K2,", ",L,K4+K2@ft70-person,")
    profile = PROFILES.replace("Yrke / 1970", "Alder / 1970").partition("\n\n")[0]
    files = {"vocabulary/characteristics.csv": characteristics, "demands/profiler.vkd": profile}
    with connected() as client:
        session = Session(client, workspace(tmp_path, files))
        session.start()
        uri = session.open("products/ny.vkd", PRODUCT.format("Kjønn"))
        assert titles(session, uri) == ["møter 1 interesseprofil (0 alene)"]
        change(session, uri, 2, PRODUCT.format("Utdanning"))
        assert titles(session, uri) == ["møter ingen interesseprofil · mister yrker"]
        change(session, uri, 3, PRODUCT.format("Kjønn"))
        other = session.open("products/ft70.vkd")
        assert titles(session, other)[0] == "møter 1 interesseprofil (0 alene)"
        told = (tmp_path / "products/ft70.vkd").read_text(encoding="utf-8")
        change(session, other, 2, told.replace("Fødselsdato", "Kjønn"))
        assert titles(session, other)[0] == "møter ingen interesseprofil · mister yrker"
        assert titles(session, uri) == ["møter ingen interesseprofil"]


def test_no_lens_where_nobody_waits_or_products_are_too_many(session: Session) -> None:
    session.start()
    many = session.open("products/mange.vkd", "".join(PRODUCT.replace("ny", f"p{n}") for n in range(MOST + 1)))
    assert titles(session, many) == []
    uri = session.open("products/ny.vkd", PRODUCT.format("Kjønn"))
    demands = session.open("demands/profiler.vkd")
    change(session, demands, 2, PROFILES.replace("profile=yes", "profile=no"))
    assert titles(session, uri) == []
    assert session.run("vkd.profiles", uri, 0)["meets"] == []


@pytest.mark.parametrize(("line", "code"), [(0, -32803), ("x", -32602), (-1, -32602)])
def test_where_there_is_no_product(session: Session, line: Json, code: int) -> None:
    session.start()
    params = {"command": "vkd.profiles", "arguments": [session.uri("demands/eksempel-4.vkd"), line]}
    assert session.client.error("workspace/executeCommand", params) == code
    assert session.client.error("codeLens/resolve", {"range": {}, "data": {"uri": "file:///x", "line": 0}}) == -32602
