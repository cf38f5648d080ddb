"""`vkd check --data`: descriptions held to their data, from the command line."""

import sys
from pathlib import Path

import pytest

from tests.server.cli.conftest import Vkd
from tests.server.workspaces import workspace

HEADER = "0 / Produktbeskrivelse / eksempel / data=archive/a.csv; doc=P:ft70.md; form=csv; access=closed; unit-id=Fødselsnummer\n"
PRODUCT = (
    f"{HEADER}"
    "1 / Personer / Personreg.nov.70 / Fødselsnummer / 19701101 / O\n"
    '2 / "        / "                / Kjønn         / "        / .\n'
)
FILE = "products/eksempel.vkd"


def test_nothing_is_read_unless_asked_for(vkd: Vkd, tmp_path: Path) -> None:
    workspace(tmp_path, {FILE: PRODUCT, "archive/a.csv": "x\n1\n"})
    assert vkd("check", FILE, "--output-format", "json").codes == []
    assert vkd("check", "--data", FILE, "--output-format", "json").codes == ["VKD702", "VKD704", "VKD701", "VKD701"]


def test_what_is_found_stands_where_the_description_says_it(vkd: Vkd, tmp_path: Path) -> None:
    cells = "Fødselsnummer,Kjønn,Hår,År\nP1,1,x,1970\nP1,3,x,1970\n,2,x,1969\n"
    workspace(tmp_path, {FILE: PRODUCT, "archive/a.csv": cells})
    called = vkd("check", "--data", FILE, "--output-format", "json", "--language", "en")
    assert called.code == 1
    assert [(one["code"], one["severity"], one["start"]["line"], one["message"]) for one in called.json] == [
        ("VKD702", "warning", 1, "No sentence describes the column “Hår” of “a.csv”."),
        ("VKD704", "error", 1, "The unit-id “Fødselsnummer” is missing in 1 row."),
        (
            "VKD704",
            "error",
            1,
            "The unit-id “Fødselsnummer” is not unique: 2 rows share it with another row for the same time.",
        ),
        ("VKD705", "warning", 2, "The column “År” has 1 row outside the stated time: “1969”."),
        (
            "VKD703",
            "error",
            3,
            "In 1 row the column “Kjønn” has a value that neither values nor the classification has: “3”. "
            "Such values in all: 1.",
        ),
    ]


def test_it_is_looked_at_anew_each_time(vkd: Vkd, tmp_path: Path) -> None:
    workspace(tmp_path, {FILE: PRODUCT, "archive/a.csv": "Fødselsnummer,Kjønn\nP1,1\n"})
    assert vkd("check", "--data", FILE).code == 0
    (tmp_path / "archive/a.csv").write_text("Fødselsnummer,Kjønn\nP1,8\n", encoding="utf-8")
    assert vkd("check", "--data", FILE, "--output-format", "json").codes == ["VKD703"]
    assert vkd("check", FILE, "--output-format", "json").codes == []


@pytest.mark.parametrize("output", ["text", "json", "github", "gitlab", "sarif", "junit"])
def test_every_format_tells_it(vkd: Vkd, tmp_path: Path, output: str) -> None:
    workspace(tmp_path, {FILE: PRODUCT, "archive/a.csv": "Fødselsnummer,Kjønn\nP1,8\n"})
    called = vkd("check", "--data", FILE, "--output-format", output)
    assert called.code == 1
    assert "VKD703" in called.out


def test_it_can_be_silenced_selected_and_given_a_level(vkd: Vkd, tmp_path: Path) -> None:
    files = {FILE: f"# vkd: ignore[VKD703]\n{PRODUCT}", "archive/a.csv": "Fødselsnummer,Kjønn,x\nP1,8,\n"}
    workspace(tmp_path, files, levels={"VKD702": "error"})
    found = vkd("check", "--data", FILE, "--output-format", "json").json
    assert [(one["code"], one["severity"]) for one in found] == [("VKD702", "error")]
    assert vkd("check", "--data", FILE, "--ignore", "VKD7", "--output-format", "json").codes == []


def test_a_product_whose_data_are_elsewhere_is_named(vkd: Vkd, tmp_path: Path) -> None:
    text = PRODUCT.replace("archive/a.csv", "https://example.invalid/a.csv")
    workspace(tmp_path, {FILE: text})
    called = vkd("check", "--data", FILE, "--language", "en")
    assert called.code == 0
    assert (
        called.err
        == "vkd: eksempel was not held to its data: the data are not on this machine, and nothing is fetched.\n"
    )


def test_of_many_such_products_some_are_named(vkd: Vkd, tmp_path: Path) -> None:
    text = PRODUCT.replace("archive/a.csv", "https://example.invalid/a.csv")
    workspace(tmp_path, {FILE: "\n".join(text.replace("eksempel", f"e{number}") for number in range(30))})
    called = vkd("check", "--data", FILE, "--language", "en")
    assert called.err.splitlines()[20:] == ["vkd: 10 more products were not held to their data."]


def test_standard_input_is_held_too(vkd: Vkd, tmp_path: Path) -> None:
    workspace(tmp_path, {"archive/a.csv": "Fødselsnummer,Kjønn\nP1,8\n"})
    called = vkd("check", "--data", "-", "--stdin-filename", FILE, "--output-format", "json", stdin=PRODUCT.encode())
    assert called.codes == ["VKD703"]


def test_a_missing_extra_is_told_by_name(vkd: Vkd, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace(tmp_path, {FILE: PRODUCT})
    monkeypatch.setitem(sys.modules, "duckdb", None)
    called = vkd("check", "--data", FILE)
    assert (called.code, called.out) == (2, "")
    assert called.err == "vkd: vkd check --data needs the extra data: pip install 'vkd-server[data]'\n"


def test_personal_numbers_are_not_printed(vkd: Vkd, tmp_path: Path) -> None:
    workspace(tmp_path, {FILE: PRODUCT, "archive/a.csv": "Fødselsnummer,Kjønn\nP1,01016050012\n"})
    called = vkd("check", "--data", FILE, "--output-format", "json")
    assert called.codes == ["VKD703"]
    assert "01016050012" not in called.out


def test_a_file_for_each_year(vkd: Vkd, tmp_path: Path) -> None:
    """Each file is for its year: of another year's sentence it need not have the column."""
    text = (
        "0 / Produktbeskrivelse / eksempel / data=archive/a{year}.csv; doc=P:ft70.md; form=csv; access=closed\n"
        "1 / Personer / Personreg.nov.70 / Yrke    / 1970..1972:A / O\n"
        '2 / "        / "                / Inntekt / 1971..1972:A / .\n'
    )
    files = {
        "archive/a1969.csv": "x\n",
        "archive/a1970.csv": "Yrke\n2\n",
        "archive/a1971.csv": "Yrke,Inntekt,År\n2,1,1971\n3,,1970\n",
        "archive/a1972.csv": "Yrke\n3\n",
    }
    workspace(tmp_path, {FILE: text, **files})
    found = vkd("check", "--data", FILE, "--output-format", "json", "--language", "en").json
    assert [(one["code"], one["start"]["line"]) for one in found] == [("VKD705", 1), ("VKD705", 2), ("VKD701", 3)]
    assert found[0]["message"] == "The address leads to 1 file, too, for a period outside the stated time: “1969”."
    assert found[2]["message"].startswith("“a1972.csv” has no column for “Inntekt”.")
    assert found[2]["message"].endswith("That is so in 1 of 2 files.")


def test_columns_says_what_a_column_holds(vkd: Vkd, tmp_path: Path) -> None:
    text = PRODUCT.replace("form=csv", "form=csv; columns=FNR=Fødselsnummer, SEX=[K4]")
    workspace(tmp_path, {FILE: text, "archive/a.csv": "FNR;sex\nP1;1\n"})
    assert vkd("check", "--data", FILE, "--output-format", "json").codes == []


def test_the_fix_says_it(vkd: Vkd, tmp_path: Path) -> None:
    workspace(tmp_path, {FILE: PRODUCT, "archive/a.csv": "Fødselsnummer;KJONN\nP1;1\n"})
    found = vkd("check", "--data", FILE, "--output-format", "json").json
    fix = next(one for one in found if one["code"] == "VKD701")["fixes"][0]
    edit = fix["edits"][0]
    at = edit["start"]["column"] - 1
    fixed = PRODUCT.replace(HEADER, HEADER[:at] + edit["text"] + HEADER[at:])
    (tmp_path / FILE).write_text(fixed, encoding="utf-8")
    assert vkd("check", "--data", FILE, "--output-format", "json").codes == []
