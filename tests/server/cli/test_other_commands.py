"""`vkd rule`, `vkd catalogue`, `vkd server` and what is said to calls that name no command."""

import json
from pathlib import Path

import pytest

from tests.server.cli.conftest import Vkd
from tests.server.rules_there_are import LEVELS
from tests.server.workspaces import workspace


def test_all_rules_in_short(vkd: Vkd) -> None:
    called = vkd("rule", "--language", "en")
    assert called.code == 0
    assert [line.split()[:2] for line in called.out.splitlines()] == [[code, level] for code, level in LEVELS.items()]


@pytest.mark.parametrize("language", ["nb", "sv", "da", "en"])
def test_one_rule(vkd: Vkd, language: str) -> None:
    called = vkd("rule", "vkd101", "--language", language)
    assert called.code == 0
    assert called.out.startswith("VKD101: ")
    assert "    1 / Personer / Personreg.nov.70 / Yrkke / 19701101 / .\n" in called.out


@pytest.mark.parametrize(
    ("locale", "title"),
    [
        ("nb_NO.UTF-8", "Tomt felt"),
        ("nn_NO", "Tomt felt"),
        ("sv_SE.UTF-8", "Tomt fält"),
        ("da", "Tomt felt"),
        ("de_DE", "Empty field"),
        ("C", "Empty field"),
        ("", "Empty field"),
    ],
)
def test_a_rule_speaks_as_the_locale_does(vkd: Vkd, monkeypatch: pytest.MonkeyPatch, locale: str, title: str) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    monkeypatch.delenv("LC_MESSAGES", raising=False)
    monkeypatch.delenv("LANG", raising=False)
    assert title in vkd("rule", "VKD008").out


def test_rules_as_data(vkd: Vkd) -> None:
    rules = vkd("rule", "--output-format", "json").json
    assert [rule["code"] for rule in rules] == list(LEVELS)
    assert all(rule["bad"] != rule["good"] and rule["title"] and rule["reason"] for rule in rules)
    markdown = vkd("rule", "--output-format", "markdown").out
    assert [line.split(":")[0] for line in markdown.splitlines() if line.startswith("# VKD")] == [
        f"# {code}" for code in LEVELS
    ]


def test_a_concept(vkd: Vkd, tmp_path: Path) -> None:
    workspace(tmp_path, {}, language="en")
    by_code, by_word = vkd("catalogue", "show", "K6"), vkd("catalogue", "show", "inntekt")
    assert by_code == by_word
    assert by_code.out.splitlines()[0] == "[K6] Income – characteristics"
    assert "  Below: [K6.1] Wages and salaries" in by_code.out
    assert "  Sensitive: not assessed" in by_code.out
    assert "  Products: 1" in by_code.out
    assert vkd("catalogue", "show", "Yrke").out.count(" – ") == 2


def test_what_a_characteristic_states(vkd: Vkd, tmp_path: Path) -> None:
    text = (
        "code,prefLabel@en,values@en,missing,measure,identifies,function,of\n"
        f"K1,Income,{'|'.join(f'{number}=v{number}' for number in range(12))},9,EUR,global,,\nS1,Mean income,,,,,mean,K1\n"
    )
    workspace(tmp_path, {"vocabulary/characteristics.csv": text}, language="en")
    lines = vkd("catalogue", "show", "K1").out.splitlines()
    assert f"  Values: {', '.join(f'{number} = v{number}' for number in range(10))} and 2 more" in lines
    assert "  Missing: 9 = v9" in lines
    assert "  Unit of measurement: EUR" in lines
    assert "  Identifies: a unit has the same value everywhere" in lines
    assert "  Function: mean of [K1] Income" in vkd("catalogue", "show", "S1").out.splitlines()


def test_a_word_that_is_none(vkd: Vkd, tmp_path: Path) -> None:
    workspace(tmp_path, {})
    called = vkd("catalogue", "show", "Yrkke")
    assert (called.code, called.out, called.err.count("\n")) == (2, "", 1)
    assert "Yrke" in called.err


def test_statistics(vkd: Vkd, tmp_path: Path) -> None:
    workspace(tmp_path, {})
    said = vkd("catalogue", "statistics", "--output-format", "json").json
    assert (said["catalogue"], said["products"], said["sentences"]) == ("Folketelling", 4, 12)
    assert said["vocabularies"]["characteristics"] == {
        "concepts": 12,
        "synonyms": 2,
        "without_definition": 0,
        "not_assessed": 2,
    }
    assert vkd("catalogue", "statistics").out.startswith("Folketelling: 4 informasjonssett med 12 setninger\n")


def test_vocabularies_as_skos(vkd: Vkd, tmp_path: Path) -> None:
    workspace(tmp_path, {})
    called = vkd("catalogue", "export", "--to", "ut")
    assert len(called.out.splitlines()) == 4
    document = json.loads((tmp_path / "ut/characteristics.jsonld").read_text(encoding="utf-8"))
    scheme, *concepts = document["@graph"]
    assert scheme["@type"] == "skos:ConceptScheme"
    by_id = {concept["@id"]: concept for concept in concepts}
    income = by_id["urn:vkd:Folketelling:characteristics:K6"]
    wages = by_id["urn:vkd:Folketelling:characteristics:K6.1"]
    assert income["prefLabel"] == {"nb": "Inntekt", "en": "Income"}
    assert wages["broader"] == income["@id"]
    assert income["topConceptOf"] == scheme["@id"]
    assert set(scheme["hasTopConcept"]) == {had["@id"] for had in concepts if "topConceptOf" in had}
    assert {name for concept in concepts for name in concept if not name.startswith("@")} <= set(document["@context"])


def test_a_code_list_is_a_concept_scheme_of_its_own(vkd: Vkd, tmp_path: Path) -> None:
    text = "code,prefLabel@nb,values,values@nb,missing\nK4,Kjønn,1=M/K,1=Mann|2=Kvinne,9\n"
    workspace(tmp_path, {"vocabulary/characteristics.csv": text})
    vkd("catalogue", "export", "--to", "ut")
    document = json.loads((tmp_path / "ut/characteristics.jsonld").read_text(encoding="utf-8"))
    concept, base = document["@graph"][1], "urn:vkd:Folketelling:characteristics:K4:values"
    scheme = concept["values"]
    assert (scheme["@id"], scheme["@type"], concept["missing"]) == (base, "skos:ConceptScheme", [f"{base}:9"])
    assert [(one["@id"], one["notation"], one["prefLabel"]) for one in scheme["hasTopConcept"]] == [
        (f"{base}:1", ["1"], {"@none": "M/K", "nb": "Mann"}),
        (f"{base}:2", ["2"], {"nb": "Kvinne"}),
        (f"{base}:9", ["9"], {}),
    ]
    assert {one["topConceptOf"] for one in scheme["hasTopConcept"]} == {base}


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["chek"],
        ["--bogus"],
        ["rule", "VKD999"],
        ["rule", "VKD001", "VKD002"],
        ["catalogue"],
        ["catalogue", "bogus"],
        ["catalogue", "export"],
        ["catalogue", "import", "bogus", "--from", ".", "--to", "x"],
        ["catalogue", "import", "ssb-nudb"],
        ["catalogue", "import", "ssb-nudb", "--from", "nowhere", "--to", "x"],
        ["catalogue", "statistics", "--workspace", "nowhere"],
        ["server", "--tcp", "nowhere"],
        ["server", "--tcp", "localhost:99999"],
        ["server", "--stdio", "--ws", "localhost:1"],
        ["code"],
        ["code", "nowhere.vkd"],
    ],
)
def test_calls_that_cannot_be_carried_out(vkd: Vkd, arguments: list[str]) -> None:
    called = vkd(*arguments)
    assert (called.code, called.out) == (2, "")
    assert called.err.startswith("vkd")
    assert called.err.count("\n") == 1


@pytest.mark.parametrize("command", ["check", "format", "run", "code", "rule", "catalogue", "server"])
def test_every_command_has_its_help(vkd: Vkd, command: str) -> None:
    called = vkd(command, "--help")
    assert called.code == 0
    assert called.out.startswith(f"usage: vkd {command}")
    assert command in vkd("--help").out
