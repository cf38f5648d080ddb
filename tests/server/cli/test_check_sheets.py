"""`vkd check` and `vkd run` on vocabularies as spreadsheets save them (docs/language.md section 4)."""

import csv
import io
from pathlib import Path

import pytest

from tests.server.cli.conftest import Vkd
from tests.server.workspaces import CENSUS, workspace

NAMES = "vocabulary/names.csv"
ALL = [f"vocabulary/{name}.csv" for name in ("object-types", "names", "characteristics", "times")]
WORKBOOK = b"PK\x03\x04\x14\0\x06\0\x08\0\0\0!\0" + bytes(range(256)) * 4


def rows(name: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO((CENSUS / name).read_text(encoding="utf-8"))))


def saved(name: str, separator: str = ";", end: str = "\r\n", declared: str = "", encoding: str = "utf-8-sig") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator=end).writerows(rows(name))
    return (declared + out.getvalue()).encode(encoding)


WRITINGS = {
    "names with semicolons": (NAMES, {"encoding": "utf-8", "end": "\n"}),
    "characteristics as a Nordic Excel saves them": ("vocabulary/characteristics.csv", {}),
    "object types with tabs": ("vocabulary/object-types.csv", {"separator": "\t"}),
    "times with semicolons": ("vocabulary/times.csv", {"encoding": "utf-8"}),
    "sep=; as the first line": (NAMES, {"declared": "sep=;\r\n"}),
    "sep=, as the first line": (NAMES, {"separator": ",", "declared": "sep=,\r\n"}),
}


def without_revision(message: str) -> list[str]:
    return [line for line in message.splitlines() if not line.startswith("Katalog:")]


@pytest.mark.parametrize("name", WRITINGS)
def test_it_is_checked_and_answered_as_before(vkd: Vkd, tmp_path: Path, name: str) -> None:
    before = workspace(tmp_path / "before", {})
    path, how = WRITINGS[name]
    after = workspace(tmp_path / "after", {path: saved(path, **how)})
    assert (
        vkd("check", "--output-format", "json", cwd=after).json
        == vkd("check", "--output-format", "json", cwd=before).json
    )
    assert without_revision(vkd("run", "demands", cwd=after).out) == without_revision(
        vkd("run", "demands", cwd=before).out
    )


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "mac_roman"])
def test_another_encoding_is_one_error_and_the_words_are_known(vkd: Vkd, tmp_path: Path, encoding: str) -> None:
    workspace(tmp_path, {path: saved(path, encoding=encoding) for path in ALL})
    errors = [one for one in vkd("check", "--output-format", "json").json if one["severity"] == "error"]
    assert {(one["code"], one["path"]) for one in errors} <= {("VKD604", path) for path in ALL}
    assert len(errors) == len({one["path"] for one in errors})
    assert [one["code"] for one in errors if one["path"] == NAMES] == ["VKD604"]
    assert vkd("run", "demands").code == 0


@pytest.mark.parametrize("data", [WORKBOOK, None, b"\0" * 100, b"kode;navn\r\nP;Personregisteret\r\n"])
def test_what_follows_from_a_vocabulary_that_cannot_be_read_stands_behind_it(
    vkd: Vkd, tmp_path: Path, data: bytes | None
) -> None:
    workspace(tmp_path, {NAMES: data or b""})
    if data is None:
        (tmp_path / NAMES).unlink()
    errors = [one for one in vkd("check", "--output-format", "json").json if one["severity"] == "error"]
    assert [(one["code"], one["path"]) for one in errors] == [("VKD604", NAMES)]
    assert errors[0]["message"].isprintable()
    # Where the vocabulary is not among what is checked, one finding names it.
    (first,) = vkd("check", "--output-format", "json", "products", "demands").json
    assert (first["code"], first["fixes"]) == ("VKD101", [])
    assert NAMES in first["message"]
    called = vkd("run", "--output-format", "json", "demands/eksempel-3.vkd")
    (said,) = called.demands[0]["diagnostics"]
    assert NAMES in said["message"]


def test_an_unknown_column_is_a_warning_and_the_rest_is_read(vkd: Vkd, tmp_path: Path) -> None:
    head, *rest = rows(NAMES)
    text = "\n".join(",".join(row) for row in [[*head, "Merknad", "x-note"], *([*row, "m", "n"] for row in rest)])
    workspace(tmp_path, {NAMES: text})
    found = vkd("check", "--output-format", "json", NAMES).json
    assert [(one["code"], one["severity"], one["start"]["line"]) for one in found] == [("VKD607", "warning", 1)]
    assert found[0]["start"]["column"] == len(",".join(head)) + 2
    assert not any("kind" in edit["text"] for fix in found[0]["fixes"] for edit in fix["edits"])
    assert vkd("run", "demands").code == 0


def test_empty_columns_at_the_end_and_rows_that_end_early_pass(vkd: Vkd, tmp_path: Path) -> None:
    long = "\r\n".join(";".join([*row, "", ""]) for row in rows(NAMES))
    short = "\n".join(",".join(row).rstrip(",") for row in rows("vocabulary/characteristics.csv"))
    workspace(tmp_path, {NAMES: long, "vocabulary/characteristics.csv": short})
    assert vkd("check", "--output-format", "json", "vocabulary").json == []


@pytest.mark.parametrize("ending", ["\n", "\r", "\r\n", "\x1b[2J"])
def test_a_word_that_no_field_can_hold_is_told_and_not_offered(vkd: Vkd, tmp_path: Path, ending: str) -> None:
    text = (CENSUS / NAMES).read_text(encoding="utf-8")
    columns = text.split("\n", 1)[0].count(",")
    row = f'Z9,"Bolig{ending}type"' + "," * (columns - 1)
    demand = "0 / Etterspørselsbeskrivelse / x\n1 / Personer / Boligtype / Yrke / 1970 / .\n"
    coded = demand.replace("Boligtype", "[Z9]")
    workspace(tmp_path, {NAMES: f"{text}{row}\n", "a.vkd": demand, "b.vkd": coded})
    (found,) = vkd("check", "--output-format", "json", NAMES).json
    assert (found["code"], found["start"]["line"], found["start"]["column"]) == ("VKD604", text.count("\n") + 1, 4)
    assert found["message"].isprintable()
    fixes = [fix for one in vkd("check", "--output-format", "json", "a.vkd").json for fix in one["fixes"]]
    assert not any("type\n" in edit["text"] or ending in edit["text"].strip() for fix in fixes for edit in fix["edits"])
    back = vkd("code", "--back", "b.vkd").out
    assert back.count("\n") == 2
    assert "Bolig" not in back


@pytest.mark.parametrize("code", ['="{}"', "'{}", "#N/A {}"])
def test_where_no_code_can_be_read_that_is_told_and_nothing_that_follows(vkd: Vkd, tmp_path: Path, code: str) -> None:
    header, *below = rows(NAMES)
    out = io.StringIO()
    csv.writer(out).writerows([header, *([code.format(row[0]), *row[1:]] for row in below)])
    workspace(tmp_path, {NAMES: out.getvalue().encode()})
    errors = [one for one in vkd("check", "--output-format", "json").json if one["severity"] == "error"]
    assert {(one["code"], one["path"]) for one in errors} == {("VKD604", NAMES)}
    assert len(errors) == len(below)
