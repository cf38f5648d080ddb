"""`vkd run` from end to end: what it prints, and its exit codes (docs/language.md section 10)."""

import json
import os
import shutil
from pathlib import Path

import pytest

from tests.server.cli.conftest import Called, called
from tests.server.workspaces import workspace
from vkd_server.cli import run_command

ROOT = Path(__file__).parents[3]
OCCUPATION = "0 / Etterspørselsbeskrivelse / bruker\n1 / Personer / Personreg.nov.70 / Yrke / 19701101 / .\n"
INCOME = "0 / Etterspørselsbeskrivelse / bruker\n1 / Personer / Personreg.nov.60 / Inntekt / 19601101 / .\n"
MISSPELT = "0 / Etterspørselsbeskrivelse / bruker\n1 / Personer / Personreg.nov.70 / Yrkee / 19701101 / .\n"


class Caller:
    """Calls `vkd run` in a workspace."""

    def __init__(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self._capsys = capsys
        self._monkeypatch = monkeypatch

    def __call__(self, *arguments: str | Path, stdin: bytes = b"") -> Called:
        return called(self._capsys, self._monkeypatch, ["run", *arguments], stdin)

    def json(self, *arguments: str | Path, stdin: bytes = b"") -> Called:
        return self("--output-format", "json", *arguments, stdin=stdin)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Caller:
    return Caller(capsys, monkeypatch)


@pytest.fixture
def census(tmp_path: Path) -> Path:
    files = {"demands/yrke.vkd": OCCUPATION, "demands/inntekt.vkd": INCOME, "demands/feil.vkd": MISSPELT}
    return workspace(tmp_path / "census", files)


def test_json_has_the_keys_of_the_contract(run: Caller, census: Path) -> None:
    called = run.json(census / "demands/eksempel-3.vkd")
    assert called.code == 0
    assert called.json["version"] == 1
    assert called.json["catalogue"]["name"] == "Folketelling"
    assert called.json["catalogue"]["products"] == 4
    (demand,) = called.demands
    assert demand == {
        "id": "bruker 1",
        "path": "demands/eksempel-3.vkd",
        "line": 2,
        "status": "found",
        "covers": [
            {
                "group": 1,
                "grade": "exact",
                "grades": {str(line): "exact" for line in range(1, 6)},
                "lacks": {},
                "candidates": [
                    {"collection": None, "products": ["ft60-person"]},
                    {"collection": None, "products": ["ft70-person"]},
                ],
                "members": ["ft60-person", "ft70-person"],
                "lines": {
                    "1": [{"product": "ft60-person", "line": 3, "grade": "exact"}],
                    "2": [{"product": "ft60-person", "line": 4, "grade": "exact"}],
                    "3": [{"product": "ft60-person", "line": 2, "grade": "exact"}],
                    "4": [{"product": "ft70-person", "line": 2, "grade": "exact"}],
                    "5": [{"product": "ft70-person", "line": 4, "grade": "exact"}],
                },
                "linkage": [
                    {
                        "a": "ft60-person",
                        "b": "ft70-person",
                        "verdict": "yes",
                        "rules": {"R1": "yes", "R2": "yes", "R3": "yes", "R4": "yes"},
                        "reason": "R1: samme enhetstype; R2: felles enhets-id; R3: populasjonene kan overlappe; "
                        "R4: ingen av dem er lukket",
                    }
                ],
            }
        ],
        "near_misses": [],
        "why": None,
        "products": {
            "ft60-person": {
                "title": None,
                "collection": None,
                "data": "F:ft60-person.csv",
                "doc": "P:ft60.md",
                "form": "csv",
                "access": "restricted",
                "lead_time": None,
                "sensitive": "yes",
                "stated": {
                    "data": "F:ft60-person.csv",
                    "doc": "P:ft60.md",
                    "form": "csv",
                    "access": "restricted, etter søknad",
                    "unit-id": "Fødselsnummer",
                },
            },
            "ft70-person": {
                "title": None,
                "collection": None,
                "data": "F:ft70-person.csv",
                "doc": "P:ft70.md",
                "form": "csv",
                "access": "restricted",
                "lead_time": 30,
                "sensitive": "yes",
                "stated": {
                    "data": "F:ft70-person.csv",
                    "doc": "P:ft70.md",
                    "form": "csv",
                    "access": "restricted, etter søknad",
                    "unit-id": "Personnummer",
                    "lead-time": "30",
                },
            },
        },
    }


def test_nothing_found_is_explained(run: Caller, census: Path) -> None:
    called = run.json(census / "demands/inntekt.vkd")
    assert called.code == 1
    (demand,) = called.demands
    assert demand["status"] == "none"
    assert (demand["why"]["failing"], demand["why"]["limit"]) == ([1], None)
    # The same is there for another time under a name with the same parent, so that nothing is called absent.
    near = {"group": 1, "line": 1, "product": "ft70-person", "product_line": 4, "kind": "other-time"}
    assert near in demand["near_misses"]
    assert "to_observe" not in demand
    assert {"line": 1, "field": "characteristic", "to": "-", "covers": 1} in demand["why"]["relaxations"]


def test_an_invalid_demand_has_what_check_says(
    run: Caller, census: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(census)
    called = run.json("demands/feil.vkd")
    assert called.code == 1
    (demand,) = called.demands
    assert demand["status"] == "invalid"
    assert (demand["covers"], demand["near_misses"], demand["why"]) == ([], [], None)
    assert run_command(["check", "demands/feil.vkd", "--output-format", "json"]) == 1
    assert demand["diagnostics"] == json.loads(capsys.readouterr().out)
    assert demand["diagnostics"][0]["code"] == "VKD101"


@pytest.mark.parametrize("output_format", ["text", "markdown"])
def test_an_invalid_demand_says_why_in_its_message(run: Caller, census: Path, output_format: str) -> None:
    called = run(census / "demands/feil.vkd", "--output-format", output_format)
    assert called.code == 1
    assert "Yrkee" in called.out
    assert "VKD101" in called.out
    assert "5. Hvorfor etterspørselen ikke kunne behandles" in called.out


def test_what_is_wrong_is_said_in_the_language_of_the_message(run: Caller, census: Path) -> None:
    called = run(census / "demands/feil.vkd", "--language", "en")
    assert "“Yrkee” is not a word in the vocabulary of characteristics." in called.out


def test_a_personal_number_is_not_repeated(run: Caller, census: Path) -> None:
    number = "01016050012"
    text = OCCUPATION.replace("bruker", number)
    for output_format in ("text", "json", "markdown"):
        called = run("-", "--workspace", census, "--output-format", output_format, stdin=text.encode())
        assert called.code == 1
        assert "VKD504" in called.out
        assert number not in called.out


def test_a_folder_means_every_description_in_it(run: Caller, census: Path) -> None:
    called = run.json(census)
    assert called.code == 1
    assert [(one["path"], one["id"], one["status"]) for one in called.demands] == [
        ("demands/eksempel-2.vkd", "bruker 3", "found"),
        ("demands/eksempel-3.vkd", "bruker 1", "found"),
        ("demands/eksempel-4.vkd", "bruker 2", "found"),
        ("demands/feil.vkd", "bruker", "invalid"),
        ("demands/inntekt.vkd", "bruker", "none"),
        ("demands/yrke.vkd", "bruker", "found"),
    ]
    assert called.err == ""


def test_a_file_named_twice_is_run_once(run: Caller, census: Path) -> None:
    assert len(run.json(census / "demands", census / "demands/yrke.vkd").demands) == 6


@pytest.mark.parametrize("given", ["demands/yrke.vkd", "./demands/../demands/yrke.vkd"])
def test_a_path_is_relative_to_the_workspace_it_lies_in(
    run: Caller, census: Path, monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    monkeypatch.chdir(census)
    assert [one["path"] for one in run.json(given).demands] == ["demands/yrke.vkd"]
    monkeypatch.chdir(census.parent)
    assert [one["path"] for one in run.json(os.path.join("census", given)).demands] == ["demands/yrke.vkd"]


def test_a_file_outside_the_workspace_is_named_as_it_was_given(
    run: Caller, census: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (census.parent / "spm.vkd").write_text(OCCUPATION, encoding="utf-8")
    monkeypatch.chdir(census.parent)
    called = run.json("spm.vkd", "--workspace", "census")
    assert [(one["path"], one["status"]) for one in called.demands] == [("spm.vkd", "found")]
    assert called.json["catalogue"]["name"] == "Folketelling"


def test_standard_input(run: Caller, census: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(census)
    named = run.json("-", "--stdin-filename", "demands/ny.vkd", stdin=OCCUPATION.encode())
    assert [(one["path"], one["status"]) for one in named.demands] == [("demands/ny.vkd", "found")]
    assert [one["path"] for one in run.json("-", stdin=OCCUPATION.encode()).demands] == ["-"]
    monkeypatch.chdir(census.parent)
    elsewhere = run.json("-", "--stdin-filename", "census/demands/ny.vkd", stdin=OCCUPATION.encode())
    assert [(one["path"], one["status"]) for one in elsewhere.demands] == [("demands/ny.vkd", "found")]


@pytest.mark.parametrize(
    ("language", "heading"),
    [
        ("nb", "1. Hva som finnes"),
        ("nn", "1. Kva som finst"),
        ("sv", "1. Vad som finns"),
        ("da", "1. Hvad der findes"),
        ("en", "1. What exists"),
    ],
)
def test_the_language_is_the_one_asked_for_or_the_header_types(
    run: Caller, census: Path, language: str, heading: str
) -> None:
    assert heading in run(census / "demands/yrke.vkd", "--language", language).out
    header = {
        "nb": "Etterspørselsbeskrivelse",
        "nn": "Etterspurnadsskildring",
        "sv": "Efterfrågebeskrivning",
        "da": "Efterspørgselsbeskrivelse",
        "en": "Demand description",
    }
    text = OCCUPATION.replace("Etterspørselsbeskrivelse", header[language])
    assert heading in run("-", "--workspace", census, stdin=text.encode()).out


@pytest.mark.parametrize(
    ("archive", "printed"),
    [("data", ["Dataarkiv"]), ("document", ["Dokumentarkiv"]), ("both", ["Dataarkiv", "Dokumentarkiv"])],
)
def test_the_archive_asked_for_decides_which_addresses_are_printed(
    run: Caller, census: Path, archive: str, printed: list[str]
) -> None:
    out = run(census / "demands/yrke.vkd", "--archive", archive).out
    assert [word for word in ("Dataarkiv", "Dokumentarkiv") if f"{word} " in out] == printed


def test_the_limit_holds_in_text_and_not_in_json(run: Caller, census: Path) -> None:
    text = OCCUPATION.replace("Personreg.nov.70 / Yrke / 19701101", "- / Yrke / -").encode()
    shown = run("-", "--workspace", census, "--limit", "1", stdin=text).out
    assert "Katalogen har 2 svar. Det beste er ft70-person" in shown
    assert "Her står 1 av 2 svar, de beste først." in shown
    assert len(run.json("-", "--workspace", census, "--limit", "1", stdin=text).demands[0]["covers"]) == 2


@pytest.mark.parametrize("demands", ["examples/folketelling/demands", "tests/catalog/messages/demands.vkd"])
def test_json_that_is_written_cover_by_cover_is_laid_out_as_a_whole(run: Caller, census: Path, demands: str) -> None:
    shutil.copy(ROOT / "tests/catalog/messages/products.vkd", census / "products/more.vkd")
    out = run(ROOT / demands, "--workspace", census, "--output-format", "json").out
    assert out == json.dumps(json.loads(out), ensure_ascii=False, indent=1) + "\n"
    assert '"covers": [\n' in out


def test_how_many_products_an_answer_may_have(run: Caller, census: Path) -> None:
    called = run(census / "demands/eksempel-3.vkd", "--max-sets", "1")
    assert called.code == 1
    assert "Det er bare søkt etter svar av ett informasjonssett." in called.out


def test_messages_in_one_call_are_parted(run: Caller, census: Path) -> None:
    out = run(census / "demands/eksempel-3.vkd", census / "demands/eksempel-4.vkd").out
    best = "Katalogen har 1 svar: ft60-person og ft70-person, nøyaktig det etterspurte."
    assert out.startswith(f"Referansemelding til bruker 1\n\n{best}\n\ndemands/eksempel-3.vkd, linje 2\n")
    assert f"\n\n{'─' * 100}\n\nReferansemelding til bruker 2\n" in out
    markdown = run(census / "demands/eksempel-3.vkd", "--output-format", "markdown").out
    assert markdown.startswith(f"# Referansemelding til bruker 1\n\n{best}\n\ndemands/eksempel-3.vkd, linje 2\n")


def test_a_file_without_demands_is_no_error(run: Caller, census: Path) -> None:
    called = run.json(census / "products/dode.vkd")
    assert (called.code, called.demands) == (0, [])
    assert called.err == f"vkd run: {census / 'products/dode.vkd'}: no demand description in it\n"
    (census / "tom.vkd").write_bytes(b"")
    assert run(census / "tom.vkd").code == 0


@pytest.mark.parametrize(
    "content",
    [OCCUPATION.replace("Etter", "Ettr").encode(), OCCUPATION.encode("latin-1"), bytes(range(256)) * 3],
    ids=["misspelt header", "Latin-1", "binary"],
)
def test_what_cannot_be_told_from_a_demand_is_complained_of(run: Caller, census: Path, content: bytes) -> None:
    file = census / "demands/uklar.vkd"
    file.write_bytes(content)
    called = run(file)
    assert (called.code, called.out) == (1, "")
    assert called.err.startswith(f"vkd run: {file}:1:")
    assert "Traceback" not in called.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere.vkd"], "nowhere.vkd: no such file or folder"),
        (["--limit", "0", "demands"], "argument --limit: '0' is not a whole number from 1 up"),
        (["--max-sets", "x", "demands"], "argument --max-sets: 'x' is not a whole number from 1 up"),
        (["--workspace", "nowhere", "demands"], "nowhere: no such folder"),
        (["--language", "de", "demands"], "argument --language"),
        (["--stdin-filename", "a.vkd", "demands"], "--stdin-filename"),
        ([], "PATH"),
    ],
)
def test_a_call_that_cannot_be_carried_out_is_refused_in_one_line(
    run: Caller, census: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str
) -> None:
    monkeypatch.chdir(census)
    called = run(*arguments)
    assert (called.code, called.out) == (2, "")
    assert said in called.err
    assert called.err.count("\n") == 1


def test_demands_of_several_catalogues_need_one_named(run: Caller, census: Path, tmp_path: Path) -> None:
    other = workspace(tmp_path / "other", {"demands/yrke.vkd": OCCUPATION})
    both = [census / "demands/yrke.vkd", other / "demands/yrke.vkd"]
    refused = run(*both)
    assert refused.code == 2
    assert "--workspace" in refused.err
    assert refused.err.count("\n") == 1
    named = run.json(*both, "--workspace", census)
    assert [one["status"] for one in named.demands] == ["found", "found"]
    # A file without demands asks nothing of its catalogue.
    assert run.json(both[0], other / "products").code == 0


def test_settings_that_cannot_be_read_are_refused(run: Caller, census: Path) -> None:
    (census / "vkd.toml").write_text("[catalogue\n", encoding="utf-8")
    called = run(census / "demands")
    assert (called.code, called.out) == (2, "")
    assert "vkd.toml:1" in called.err
    assert called.err.count("\n") == 1


def test_a_folder_without_settings_is_its_own_workspace(run: Caller, tmp_path: Path) -> None:
    (tmp_path / "object-types.csv").write_text("code,prefLabel@en,kind,number,unit\nA,Persons,individual,plural,p\n")
    (tmp_path / "names.csv").write_text("code,prefLabel@en,kind\nR,Register,register\n")
    (tmp_path / "characteristics.csv").write_text("code,prefLabel@en,kind\nC,Age,individual\n")
    sentences = "1 / Persons / Register / Age / 1970 / O\n2 / Persons / Register / Age / 1980 / .\n"
    (tmp_path / "p.vkd").write_text(f"0 / Product description / p\n{sentences}")
    (tmp_path / "d.vkd").write_text("0 / Demand description / d\n1 / Persons / Register / Age / 1970 / .\n")
    called = run.json(tmp_path / "d.vkd")
    assert (called.code, called.demands[0]["covers"][0]["members"]) == (0, ["p"])
