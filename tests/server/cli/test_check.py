"""`vkd check`: what it looks at, what it answers, and what it keeps (docs/language.md section 10)."""

from pathlib import Path

import pytest

from tests.server.cli.conftest import Vkd
from tests.server.workspaces import workspace

DEMAND = "0 / Etterspørselsbeskrivelse / bruker\n"
LINE = "1 / Personer / Personreg.nov.70 / Yrke / 19701101 / .\n"
WRONG = LINE.replace("Yrke", "Yrkke")
PRODUCT = "0 / Produktbeskrivelse / {} / data=F:ft70-person.csv; doc=P:ft70.md; form=csv; access=closed\n"


def test_a_clean_workspace(vkd: Vkd, tmp_path: Path) -> None:
    workspace(tmp_path, {})
    (tmp_path / "demands/eksempel-4.vkd").unlink()
    called = vkd("check")
    assert (called.code, called.out, called.err) == (0, "Ingenting å bemerke i 12 filer.\n", "")


def test_errors_answer_1_and_warnings_0(vkd: Vkd, tmp_path: Path) -> None:
    workspace(tmp_path, {"a.vkd": DEMAND + WRONG, "b.vkd": DEMAND + LINE.replace("1 /", "2 /")})
    wrong, renumbered = vkd("check", "a.vkd"), vkd("check", "b.vkd")
    assert (wrong.code, renumbered.code) == (1, 0)
    assert wrong.out.splitlines() == [
        "a.vkd:2:35: error VKD101 «Yrkke» er ikke et ord i ordlisten over kjennemerker.",
        "    → Skriv «Yrke» (og 2 forslag til)",
        "1 feil i 1 fil.",
    ]
    assert renumbered.out.startswith("b.vkd:2:1: warning VKD003 ")


def test_json_is_as_the_contract_says(vkd: Vkd, tmp_path: Path) -> None:
    workspace(tmp_path, {"under/a.vkd": DEMAND + WRONG})
    (found,) = vkd("check", "--output-format", "json", "under").json
    assert {key: value for key, value in found.items() if key != "fixes"} == {
        "code": "VKD101",
        "severity": "error",
        "message": "«Yrkke» er ikke et ord i ordlisten over kjennemerker.",
        "path": "under/a.vkd",
        "start": {"line": 2, "column": 35},
        "end": {"line": 2, "column": 40},
    }
    assert found["fixes"][0] == {
        "title": "Skriv «Yrke»",
        "edits": [
            {
                "path": "under/a.vkd",
                "start": {"line": 2, "column": 35},
                "end": {"line": 2, "column": 40},
                "text": "Yrke",
            }
        ],
    }
    assert found["fixes"][-1]["edits"][0]["path"] == "vocabulary/characteristics.csv"


def test_findings_come_by_path_and_place(vkd: Vkd, tmp_path: Path) -> None:
    workspace(tmp_path, dict.fromkeys(("b/a.vkd", "a.vkd", "B.vkd", "a-b.vkd"), DEMAND + WRONG + WRONG))
    found = vkd("check", "--output-format", "json").json
    places = [(one["path"], one["start"]["line"], one["start"]["column"]) for one in found]
    assert places == sorted(places)
    assert {path for path, _, _ in places} >= {"b/a.vkd", "a.vkd", "B.vkd", "a-b.vkd"}


def test_hidden_folders_are_not_looked_into(vkd: Vkd, tmp_path: Path) -> None:
    workspace(tmp_path, {".git/a.vkd": WRONG, ".vkd/b.vkd": WRONG, ".c.vkd": WRONG})
    assert vkd("check").code == 0


def test_a_path_from_below(vkd: Vkd, tmp_path: Path) -> None:
    workspace(tmp_path, {"a.vkd": DEMAND + WRONG})
    (found,) = vkd("check", "--output-format", "json", "../a.vkd", cwd=tmp_path / "demands").json
    assert found["path"] == (tmp_path / "a.vkd").as_posix()


def test_vocabularies_are_checked_with_their_workspace(vkd: Vkd, tmp_path: Path) -> None:
    workspace(tmp_path, {"vocabulary/times.csv": "code,prefLabel@nb,from,to\nT1,Året 1960,1960,1960\nT1,X,1961,1961\n"})
    for path in (".", "vocabulary", "vocabulary/times.csv"):
        assert vkd("check", "--output-format", "json", path).codes[-1:] == ["VKD601"]
    assert vkd("check", "--output-format", "json", "products").codes == []


@pytest.mark.parametrize("file", ["archive/ft70-person.csv", "other.toml"])
def test_what_is_neither_descriptions_nor_a_vocabulary_is_not_checked(vkd: Vkd, tmp_path: Path, file: str) -> None:
    workspace(tmp_path, {"other.toml": ""})
    called = vkd("check", file)
    assert called.code == 0
    assert called.err.count("\n") == 1
    assert "not checked" in called.err


def test_a_vocabulary_that_is_missing_is_told(vkd: Vkd, tmp_path: Path) -> None:
    workspace(tmp_path, {}).joinpath("vocabulary/times.csv").unlink()
    found = [one for one in vkd("check", "--output-format", "json").json if one["code"] == "VKD604"]
    assert [one["path"] for one in found] == ["vocabulary/times.csv"]


def test_several_workspaces_in_one_call(vkd: Vkd, tmp_path: Path) -> None:
    workspace(tmp_path / "nb", {"a.vkd": DEMAND + WRONG})
    workspace(tmp_path / "en", {"a.vkd": DEMAND + WRONG}, language="en", levels={"VKD101": "hint"})
    found = vkd("check", "--output-format", "json", "en/a.vkd", "nb/a.vkd").json
    assert [(one["path"], one["severity"]) for one in found] == [("en/a.vkd", "hint"), ("nb/a.vkd", "error")]
    assert found[0]["message"] != found[1]["message"]


def test_a_folder_without_settings_is_its_own_workspace(vkd: Vkd, tmp_path: Path) -> None:
    (tmp_path / "a.vkd").write_text(DEMAND + LINE, encoding="utf-8")
    assert vkd("check", "--output-format", "json").codes == ["VKD101"] * 3
    for name, row in {"object-types": "Personer", "names": "Personreg.nov.70", "characteristics": "Yrke"}.items():
        (tmp_path / f"{name}.csv").write_text(f"code,prefLabel@nb\nA,{row}\n", encoding="utf-8")
    assert vkd("check", "--output-format", "json").codes == []


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nowhere.vkd"], "nowhere.vkd: no such file"),
        (["a.vkd", "nowhere/"], "nowhere/: no such file"),
        (["--output-format", "xml"], "xml"),
        (["--bogus"], "--bogus"),
        (["--baseline", "nowhere.json"], "nowhere.json"),
        (["--baseline", "a.vkd"], "not a baseline"),
    ],
)
def test_calls_that_cannot_be_carried_out(vkd: Vkd, tmp_path: Path, arguments: list[str], says: str) -> None:
    workspace(tmp_path, {"a.vkd": DEMAND + LINE})
    called = vkd("check", *arguments)
    assert (called.code, called.out) == (2, "")
    assert called.err.count("\n") == 1
    assert says in called.err


@pytest.mark.parametrize("settings", ["[catalogue", "[catalogue]\nlanguage = 3\n", "[chek]\n", b"\xff\xfe"])
def test_settings_that_cannot_be_read(vkd: Vkd, tmp_path: Path, settings: str | bytes) -> None:
    workspace(tmp_path, {"vkd.toml": settings, "a.vkd": DEMAND + LINE})
    called = vkd("check", "a.vkd")
    assert (called.code, called.out) == (2, "")
    assert called.err.count("\n") == 1
    assert "vkd.toml:" in called.err


def test_no_colours_where_nobody_sees_them(vkd: Vkd, tmp_path: Path) -> None:
    workspace(tmp_path, {"a.vkd": DEMAND + WRONG})
    assert "\x1b" not in vkd("check").out
