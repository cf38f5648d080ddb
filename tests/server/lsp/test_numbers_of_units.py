"""Numbers of single units in editors: only where the setting and the catalogue's rules allow it, only when somebody
chooses so, and never twice by themselves."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.lsp.client import Json, connected
from tests.server.lsp.test_numbers import SHOWING, lenses, refusal
from tests.server.lsp.test_requests import Session
from tests.server.workspaces import workspace

FILE, DEMANDS = "products/eksempel.vkd", "demands/a.vkd"
PRODUCT = """\
0 / Produktbeskrivelse / eksempel / data=archive/a.csv; form=csv; access=restricted; unit-id=Fødselsnummer
1 / Personer / Personreg.nov.60 / Fødselsnummer / 19701105 / O
2 / "        / "                / Yrke          / "        / O
3 / "        / "                / Kjønn         / "        / O
4 / "        / "                / Inntekt       / "        / .
"""
TEXT = """\
0 / Etterspørselsbeskrivelse / tabell
1 / Personaggregater / Yrkesklassifikasjon / Sum / 19701105 / .

0 / Etterspørselsbeskrivelse / enheter
1 / Personer / Personreg.nov.60 / Yrke          / 19701105 / O
2 / "        / "                / Fødselsnummer / "        / O
3 / "        / "                / Inntekt       / "        / .
"""
CELLS = "Fødselsnummer,Yrke,Kjønn,Inntekt\n1,2,1,100\n2,2,2,200\n3,3,1,50\n"
RULES = '\n[disclosure]\nthreshold = 1\nlog = "given.jsonl"\n'
PRIVATE: Json = {"initializationOptions": {"data.private": True}}
ASKING: Json = {**SHOWING, "experimental": {"tables": True}}


def laid_out(folder: Path, rules: str) -> Path:
    root = workspace(folder, {FILE: PRODUCT, DEMANDS: TEXT, "archive/a.csv": CELLS})
    settings = (root / "vkd.toml").read_text(encoding="utf-8").partition("\n# Tall av")[0].partition("\n[check")[0]
    (root / "vkd.toml").write_text(settings + rules, encoding="utf-8")
    return root


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with connected() as client:
        yield Session(client, laid_out(tmp_path, RULES))


def given(session: Session) -> int:
    log = session.root / "given.jsonl"
    return log.read_text(encoding="utf-8").count("\n") if log.exists() else 0


def test_without_the_setting_nothing_of_units_is_offered_or_given(session: Session) -> None:
    session.start(ASKING)
    uri = session.open(DEMANDS, TEXT)
    assert "vkd.showData" not in lenses(session, uri)
    assert session.run("vkd.data", uri, 0) is None
    assert "enkelte enheter" in refusal(session, "vkd.data", uri, 0, 1)["message"]
    assert given(session) == 0


def test_without_rules_nothing_of_units_is_offered_or_given(tmp_path: Path) -> None:
    with connected() as client:
        session = Session(client, laid_out(tmp_path, ""))
        session.start(ASKING, **PRIVATE)
        uri = session.open(DEMANDS, TEXT)
        assert "vkd.showData" not in lenses(session, uri)
        assert session.run("vkd.data", uri, 0) is None
        assert "[disclosure]" in refusal(session, "vkd.data", uri, 0, 1)["message"]


def test_a_table_is_computed_when_it_is_chosen_and_kept(session: Session) -> None:
    session.start(SHOWING, **PRIVATE)
    uri = session.open(DEMANDS, TEXT)
    assert lenses(session, uri) == ["vkd.showMessage", "vkd.run", "vkd.showData", "vkd.showMessage", "vkd.run"]
    assert session.run("vkd.data", uri, 0) == {"answer": 1, "choices": []}
    assert given(session) == 0
    below = session.run("vkd.showData", uri, 0, 1)
    assert "| Y.2 Kontorfunksjonærer | 19701105 | 2 |" in below
    assert "threshold = 1" in below
    once = given(session)
    assert once > 0
    shown = session.client.told("window/showDocument")["uri"]
    text = session.client.request("workspace/textDocumentContent", {"uri": shown})["text"]
    assert text.endswith(below)
    told = session.run("vkd.data", uri, 0, 1, {"kept": True})
    assert told["tables"][0]["value"] == [2, 1, 3]
    assert told["references"][0]["target"] == f"{session.uri(FILE)}#L3"
    assert given(session) == once
    # Another demand is not computed by itself.
    session.client.change(uri, 2, {"text": TEXT.replace("Yrkesklassifikasjon", "Yrke")})
    text = session.client.request("workspace/textDocumentContent", {"uri": shown})["text"]
    assert text.endswith("velg å vise dem igjen.\n")
    assert given(session) == once


def test_units_are_divided_by_the_lines_that_are_chosen(session: Session) -> None:
    session.start(ASKING, **PRIVATE)
    uri = session.open(DEMANDS, TEXT)
    choices = [
        {"line": 1, "label": "Yrke, 19701105", "is_added": False},
        {"line": 3, "label": "Inntekt, 19701105", "is_added": True},
    ]
    lens = session.ask("textDocument/codeLens", uri)[-1]["command"]
    assert (lens["command"], lens["arguments"]) == ("vkd.showData", [uri, 3, 1, {"choices": choices}])
    assert session.run("vkd.data", uri, 3) == {"answer": 1, "choices": choices}
    assert session.run("vkd.data", uri, 3, 1, {"table": [1]})["tables"][0]["value"] == [2, 1, 3]
    session.run("vkd.showData", uri, 3, 1, {"table": [1], "of": 3, "function": "mean"})
    shown = session.client.told("window/showDocument")["uri"]
    assert shown.endswith("#numbers-1-1-3-mean")
    text = session.client.request("workspace/textDocumentContent", {"uri": shown})["text"]
    assert "| Y.2 Kontorfunksjonærer | 19701105 | 150 |" in text
    assert refusal(session, "vkd.data", uri, 3, 1)["code"] == -32803
    assert refusal(session, "vkd.data", uri, 3, 1, {"table": [9]})["code"] == -32803


@pytest.mark.parametrize(
    "options", [{"table": 1}, {"table": ["1"]}, {"table": [1], "of": 3}, {"table": [1], "of": 3, "function": "x"}]
)
def test_wrong_options_are_told(session: Session, options: Json) -> None:
    session.start(ASKING, **PRIVATE)
    uri = session.open(DEMANDS, TEXT)
    assert refusal(session, "vkd.data", uri, 3, 1, options)["code"] == -32602
