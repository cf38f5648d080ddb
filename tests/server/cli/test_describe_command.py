"""`vkd describe`: what is drafted checks, says where it is from and what was guessed, and keeps what people changed."""

from pathlib import Path

import pytest

from tests.server.cli.conftest import Called, Vkd

SAMPLES = Path(__file__).parents[2] / "catalog/describing/samples"
DATA = "Serial number;Sex;age;MARST;k9\n1;1;34;1;x\n2;2;61;9;y\n3;2;19;2;z\n"
BOOK = "Variable;Label;Values;Missing\nMARST;Marital status;1=Single|2=Married|9=Refused;9\nage;Age;;\n"


@pytest.fixture
def workspace(vkd: Vkd, tmp_path: Path) -> Path:
    vkd("init", "ws", "--language", "en")
    (tmp_path / "ws/data").mkdir()
    (tmp_path / "ws/data/survey_2019.csv").write_text(DATA, encoding="cp1252")
    return tmp_path / "ws"


def checked(vkd: Vkd, folder: Path) -> list[str]:
    """The codes of what is wrong in a folder, but for what the source did not say."""
    called = vkd("check", "--output-format", "json", cwd=folder)
    errors = [found for found in called.json if found["severity"] == "error"]
    assert errors == []
    return sorted({found["code"] for found in called.json})


def passes(vkd: Vkd, called: Called, folder: Path) -> None:
    """What was printed is a file of descriptions without errors."""
    found = vkd("check", "-", "--stdin-filename", "products/draft.vkd", stdin=called.out.encode(), cwd=folder)
    assert found.code == 0, found.out


def test_a_draft_is_printed_with_reasons(vkd: Vkd, workspace: Path) -> None:
    called = vkd("describe", "data/survey_2019.csv", cwd=workspace)
    assert called.code == 0
    lines = called.out.splitlines()
    assert lines[0].startswith("# Made by vkd describe 20")
    assert lines[0].endswith("from survey_2019.csv.")
    assert "# guessed: time 2019, after the file's name" in lines
    assert "    ; form=csv" in lines
    assert "    ; unit-id=Serial number" in lines
    assert "1 / Persons / Population register / Serial number / 2019 / O" in lines
    assert "# unknown: MARST (nearest: –)" in lines
    told = [" ".join(line.split()) for line in lines]
    assert "# Serial number Serial number exact word" in told
    assert "# k9 – unknown" in told
    passes(vkd, called, workspace)
    assert not (workspace / "products/survey_2019.vkd").exists(), "nothing is written unless it is asked for"


def test_a_draft_says_which_words_would_be_new(vkd: Vkd, workspace: Path) -> None:
    (workspace / "data/codebook.csv").write_text(BOOK, encoding="utf-8")
    called = vkd("describe", "data", cwd=workspace)
    told = [" ".join(line.split()) for line in called.out.splitlines()]
    assert "# MARST Marital status new word, after the label, which --apply writes" in told
    assert "# k9 – unknown" in told
    assert "# unknown: MARST (nearest: –)" in told, "no sentence may have a word that is not there yet"
    passes(vkd, called, workspace)


def test_apply_writes_what_is_certain_and_leaves_the_rest(vkd: Vkd, workspace: Path) -> None:
    (workspace / "data/codebook.csv").write_text(BOOK, encoding="utf-8")
    called = vkd("describe", "data", "--apply", cwd=workspace)
    assert called.code == 0
    assert called.out.splitlines()[-1] == "4 columns are described, 1 is unknown"
    text = (workspace / "products/survey_2019.vkd").read_text(encoding="utf-8")
    assert "# What the columns mean is from codebook.csv." in text
    assert "# guessed: name survey_2019, a new word, after the file's name or title" in text
    assert "# guessed: one new word, after the column's label" in text
    assert "/ Marital status " in text
    assert "# unknown: k9 (nearest: –)" in text
    assert "MARST,Marital status,individual,P,,,,,,1=Single|2=Married|9=Refused,9" in (
        workspace / "vocabulary/characteristics.csv"
    ).read_text(encoding="utf-8")
    report = (workspace / "IMPORT.md").read_text(encoding="utf-8")
    assert "| k9 | – | unknown |" in report
    assert "| codebook.csv | Values | values |" in report
    assert checked(vkd, workspace) == ["VKD401", "VKD501"]
    assert vkd("format", "--check", cwd=workspace).code == 0


def test_a_folder_outside_a_workspace_becomes_one(vkd: Vkd, tmp_path: Path) -> None:
    called = vkd("describe", SAMPLES / "leve.sav", "--to", "new", "--language", "nb")
    assert called.code == 0
    assert checked(vkd, tmp_path / "new") == ["VKD401", "VKD501"]
    rows = (tmp_path / "new/vocabulary/characteristics.csv").read_text(encoding="utf-8")
    assert "sivst,Sivilstand,individual,P,1=Ugift|2=Gift|9=Vil ikke svare|98=Uoppgitt,9|97|98|99" in rows
    text = (tmp_path / "new/products/leve.vkd").read_text(encoding="utf-8")
    assert "tittel=Levekårsundersøkelsen" in text
    again = vkd("describe", SAMPLES / "leve.sav", "--to", "new", "--language", "nb")
    assert again.out == "4 kolonner er beskrevet, 0 er ukjente\n"
    assert (tmp_path / "new/products/leve.vkd").read_text(encoding="utf-8") == text


def test_a_folder_outside_knows_the_words_of_the_workspace(vkd: Vkd, workspace: Path) -> None:
    assert vkd("describe", "data/survey_2019.csv", "--to", "../drafts", cwd=workspace).code == 0
    text = (workspace.parent / "drafts/products/survey_2019.vkd").read_text(encoding="utf-8")
    assert "/ Sex " in text
    assert checked(vkd, workspace.parent / "drafts") == ["VKD401"]


def test_a_folder_inside_gets_drafts_in_words_that_are_there(vkd: Vkd, workspace: Path) -> None:
    before = (workspace / "vocabulary/characteristics.csv").read_bytes()
    assert vkd("describe", SAMPLES / "leve.sav", "--to", "drafts", cwd=workspace).code == 0
    assert (workspace / "vocabulary/characteristics.csv").read_bytes() == before
    assert "# unknown: sivst" in (workspace / "drafts/leve.vkd").read_text(encoding="utf-8")
    assert (workspace / "drafts/IMPORT.md").is_file()
    assert checked(vkd, workspace) == []
    assert vkd("check", "drafts", cwd=workspace).code == 0


@pytest.mark.parametrize(
    "line", ["# unknown: k9 = Income", "# unknown: k9 (nearest: –) = Income", "# unknown: k9 = [K4]"]
)
def test_a_chosen_word_makes_a_sentence(vkd: Vkd, workspace: Path, line: str) -> None:
    vkd("describe", "data", "--apply", cwd=workspace)
    file = workspace / "products/survey_2019.vkd"
    file.write_text(file.read_text("utf-8").replace("# unknown: k9 (nearest: –)", line), "utf-8")
    assert checked(vkd, workspace) == ["VKD401"]
    vkd("describe", "data", "--apply", cwd=workspace)
    text = file.read_text("utf-8")
    assert "unknown: k9" not in text
    assert "/ Income        / " in text
    assert "k9=Income" in text
    assert checked(vkd, workspace) == ["VKD401"]


def test_a_word_may_be_chosen_in_the_call(vkd: Vkd, workspace: Path) -> None:
    called = vkd("describe", "data/survey_2019.csv", "--word", "k9=Income", "--time", "2018", cwd=workspace)
    assert "k9=Income" in called.out
    assert "/ 2018 / O" in called.out
    passes(vkd, called, workspace)


def test_what_people_changed_stays(vkd: Vkd, workspace: Path) -> None:
    book = workspace / "data/codebook.csv"
    book.write_text(BOOK, encoding="utf-8")
    vkd("describe", "data", "--apply", cwd=workspace)
    file, words = workspace / "products/survey_2019.vkd", workspace / "vocabulary/characteristics.csv"
    file.write_text(file.read_text("utf-8").replace("form=csv", "form=csv; access=restricted"), "utf-8")
    words.write_text(words.read_text("utf-8").replace("2=Married", "2=In marriage"), "utf-8")
    book.write_text(BOOK.replace("2=Married", "2=Married or partner") + "k9;Key of the house;;\n", encoding="utf-8")
    called = vkd("describe", "data", "--apply", cwd=workspace)
    assert "vocabulary/characteristics.csv: changed since the last run, and that is kept" in called.out
    assert "access=restricted" in file.read_text("utf-8")
    assert "/ Key of the house" in file.read_text("utf-8")
    table = words.read_text("utf-8")
    assert "2=In marriage" in table
    assert "2=Married or partner" in table, "what both changed stands side by side"
    assert "2=Married or partner" in (workspace / "IMPORT.md").read_text("utf-8")
    assert checked(vkd, workspace) == ["VKD501"]


def test_a_second_run_on_the_same_files_writes_the_same(vkd: Vkd, workspace: Path) -> None:
    (workspace / "data/codebook.csv").write_text(BOOK, encoding="utf-8")
    vkd("describe", "data", "--apply", cwd=workspace)
    names = ("products/survey_2019.vkd", "vocabulary/characteristics.csv", "vocabulary/names.csv", "IMPORT.md")
    before = {name: (workspace / name).read_bytes() for name in names}
    called = vkd("describe", "data", "--apply", cwd=workspace)
    assert {name: (workspace / name).read_bytes() for name in names} == before
    assert "kept" not in called.out


def test_another_year_comes_and_what_people_said_stays(vkd: Vkd, workspace: Path) -> None:
    for year in (2009, 2010):
        (workspace / f"data/bef_{year}.csv").write_text("Age,Sex,X1\n1,2,3\n", encoding="utf-8")
    data = ["describe", *(f"data/bef_{year}.csv" for year in (2009, 2010))]
    vkd(*data, "--apply", cwd=workspace)
    file = workspace / "products/bef.vkd"
    text = (
        file.read_text("utf-8")
        .replace("form=csv", "form=csv; access=restricted")
        .replace("# unknown: X1 (nearest: –)", "# unknown: X1 = Income")
    )
    file.write_text(text.replace('2 / "', '# Registered.\n2 / "'), "utf-8")
    (workspace / "data/bef_2011.csv").write_text("Age,Sex,X1\n1,2,3\n", encoding="utf-8")
    for _ in range(2):
        vkd(*data, "data/bef_2011.csv", "--apply", cwd=workspace)
        lines = [" ".join(line.split()) for line in file.read_text("utf-8").splitlines()]
        assert lines[-4:] == [
            "1 / Persons / bef / Age / 2009..2011:A / O",
            "# Registered.",
            '2 / " / " / Sex / " / O',
            '3 / " / " / Income / " / .',
        ]
        assert "; access=restricted" in lines
        assert "; columns=X1=Income" in lines
    checked(vkd, workspace)


def test_somebodys_own_file_is_not_overwritten(vkd: Vkd, workspace: Path) -> None:
    mine = (workspace / "products/population-2020.vkd").read_bytes()
    (workspace / "data/population-2020.csv").write_text("Sex;Age\n1;3\n", encoding="utf-8")
    assert vkd("describe", "data/population-2020.csv", "--apply", cwd=workspace).code == 0
    assert (workspace / "products/population-2020.vkd").read_bytes() == mine
    text = (workspace / "products/population-2020-2.vkd").read_text("utf-8")
    assert "/ population-2020-2 /" in text
    assert checked(vkd, workspace) == ["VKD401"]


@pytest.mark.parametrize("years", [range(2009, 2024), (2009, 2010, 2013)])
def test_files_alike_but_for_the_year_are_a_series(vkd: Vkd, workspace: Path, years: range | tuple[int, ...]) -> None:
    for year in years:
        (workspace / f"data/bef{year}.csv").write_text("Age,Sex\n1,2\n", encoding="utf-8")
    files = [f"data/bef{year}.csv" for year in years]
    called = vkd("describe", *files, cwd=workspace)
    assert "data=data/bef{year}.csv" in called.out
    if len(years) == 15:
        assert "/ 2009..2023:A / O" in called.out
    else:
        assert "guessed: time 2009..2010:A, 2013, after the file's name" in called.out
    assert called.out.count("0 / Product description") == 1
    passes(vkd, called, workspace)


def test_files_whose_columns_differ_are_a_collection(vkd: Vkd, workspace: Path) -> None:
    (workspace / "data/bef2009.csv").write_text("Age,Sex\n1,2\n", encoding="utf-8")
    (workspace / "data/bef2010.csv").write_text("Age,Sex,Income\n1,2,3\n", encoding="utf-8")
    called = vkd("describe", "data/bef2009.csv", "data/bef2010.csv", cwd=workspace)
    assert called.out.count("collection=bef\n") == 2
    assert "data=data/bef2009.csv" in called.out
    assert "/ 2010 / O" in called.out
    passes(vkd, called, workspace)


def test_a_word_is_made_for_the_units_that_it_was_made_of(vkd: Vkd, workspace: Path) -> None:
    """Two sets whose columns are called alike, one of persons and one of enterprises, and one without labels."""
    for name, unit in (("p", "person_id"), ("e", "orgnr"), ("f", "orgnr")):
        (workspace / f"data/{name}.csv").write_text(f"{unit};turn\n1;2\n", encoding="utf-8")
    (workspace / "data/k.csv").write_text("file;variable;label\np;turn;Turn\ne;turn;Turnover\n", encoding="utf-8")
    files = ["data/p.csv", "data/e.csv", "data/f.csv", "--codebook", "data/k.csv"]
    assert vkd("describe", *files, "--apply", cwd=workspace).code == 0
    texts = [(workspace / f"products/{name}.vkd").read_text("utf-8") for name in "pef"]
    assert ["/ Turn " in text for text in texts] == [True, False, False]
    assert ["/ Turnover " in text for text in texts] == [False, True, True]
    checked(vkd, workspace)
    vkd("describe", *files, "--apply", cwd=workspace)
    assert [(workspace / f"products/{name}.vkd").read_text("utf-8") for name in "pef"] == texts


def test_a_set_of_which_no_column_is_known_can_be_found_all_the_same(vkd: Vkd, workspace: Path) -> None:
    file = workspace / "data/odd.csv"
    file.write_text("q1;q2\n1;2\n", encoding="utf-8")
    assert vkd("describe", file, "--apply", cwd=workspace).code == 0
    text = (workspace / "products/odd.vkd").read_text("utf-8")
    assert "1 / Persons / odd / Not described / ? / ." in text
    checked(vkd, workspace)
    vkd("describe", file, "--apply", "--word", "q1=Age", cwd=workspace)
    text = (workspace / "products/odd.vkd").read_text("utf-8")
    assert "1 / Persons / odd / Age / ? / ." in text
    assert "Not described" not in text
    checked(vkd, workspace)


def test_a_word_that_has_no_code_list_gets_the_one_of_the_data(vkd: Vkd, workspace: Path) -> None:
    words = workspace / "vocabulary/characteristics.csv"
    words.write_text(words.read_text("utf-8") + "M1,Sivilstand,individual,P\n", "utf-8")
    printed = vkd("describe", SAMPLES / "leve.sav", cwd=workspace)
    assert "#   M1,,,,1=Ugift|2=Gift|9=Vil ikke svare|98=Uoppgitt,9|97|98|99" in printed.out
    passes(vkd, printed, workspace)
    vkd("describe", SAMPLES / "leve.sav", "--apply", cwd=workspace)
    rows = words.read_text("utf-8").splitlines()
    assert rows[0].endswith(",values@en,missing,notation") or rows[0].endswith(",values@en,missing")
    assert next(row for row in rows if row.startswith("M1,")).startswith(
        "M1,Sivilstand,individual,P,,,,,,1=Ugift|2=Gift"
    )
    assert checked(vkd, workspace) == ["VKD401", "VKD501"]


def test_rows_for_the_vocabularies_are_drafted_where_none_are_written(vkd: Vkd, workspace: Path) -> None:
    row = "sivst,Sivilstand,individual,P,1=Ugift|2=Gift|9=Vil ikke svare|98=Uoppgitt,9|97|98|99"
    assert f"#   {row}" in vkd("describe", SAMPLES / "leve.sav", cwd=workspace).out
    vkd("describe", SAMPLES / "leve.sav", "--to", "drafts", cwd=workspace)
    assert row in (workspace / "drafts/characteristics.csv").read_text("utf-8")


def test_a_codebook_and_its_code_lists_in_another_file(vkd: Vkd, workspace: Path) -> None:
    (workspace / "data/variables.csv").write_text("variable;label\nMARST;Marital status\nk9;Key\n", encoding="utf-8")
    codes = "variable;code;code label\nMARST;1;Single\nMARST;2;Married\n"
    (workspace / "data/codes.csv").write_text(codes, encoding="utf-8")
    called = vkd("describe", "data", cwd=workspace)
    assert called.out.count("0 / Product description") == 1
    assert "#   MARST,Marital status,individual,P,1=Single|2=Married" in called.out


def test_values_are_matched_to_a_classification(vkd: Vkd, workspace: Path) -> None:
    (workspace / "data/k.csv").write_text("variable,label,values\ngrp,Group,1=Men; 2=Women\n", encoding="utf-8")
    (workspace / "data/a.csv").write_text("grp\n1\n2\n", encoding="utf-8")
    called = vkd("describe", "data/a.csv", "--codebook", "data/k.csv", cwd=workspace)
    assert "grp=Sex" in called.out
    assert "the values are the classification's classes" in called.out


def test_a_codebook_alone_is_a_description(vkd: Vkd, workspace: Path) -> None:
    called = vkd("describe", SAMPLES / "kodebok.xlsx", "--apply", "--name", "Survey", cwd=workspace)
    assert called.code == 0
    text = (workspace / "products/kodebok.vkd").read_text("utf-8")
    assert "doc=" in text
    assert "data=" not in text
    assert "/ Sivilstand " in text
    assert checked(vkd, workspace) == ["VKD401", "VKD501"]


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("none.csv",), "no such file"),
        (("data/empty.csv",), "data/empty.csv: is empty"),
        (("data/survey_2019.csv", "--object-type", "Cats"), "Cats: no object type that rows of data may be"),
        (("data/survey_2019.csv", "--name", "Catalog"), "Catalog: no such name"),
        (("data/survey_2019.csv", "--time", "196-----"), "196-----: not a time that a product can state"),
        (("data/survey_2019.csv", "--codebook", "data/survey_2019.csv"), "does not read as a codebook"),
        (("data/survey_2019.csv", "--word", "k9"), "is not of the form A=B"),
        (("data/survey_2019.csv", "--columns", "k9"), "is not of the form A=B"),
    ],
)
def test_what_cannot_be_carried_out_is_told(vkd: Vkd, workspace: Path, arguments: tuple[str, ...], why: str) -> None:
    (workspace / "data/empty.csv").write_text("", encoding="utf-8")
    called = vkd("describe", *arguments, cwd=workspace)
    assert called.code == 2
    assert why in called.err
    assert called.err.count("\n") == 1


def test_what_can_be_read_is_described_beside_what_cannot(vkd: Vkd, workspace: Path) -> None:
    (workspace / "data/broken.xlsx").write_bytes(b"nothing")
    called = vkd("describe", "data", cwd=workspace)
    assert called.code == 2
    assert "broken.xlsx: cannot be read as a workbook" in called.err
    assert "0 / Product description / survey_2019" in called.out


def test_nothing_is_written_where_words_cannot_be(vkd: Vkd, workspace: Path) -> None:
    words = workspace / "vocabulary/characteristics.csv"
    words.write_bytes(words.read_text("utf-8").replace("Income", "Lønn").encode("cp1252"))
    called = vkd("describe", SAMPLES / "leve.sav", "--apply", cwd=workspace)
    assert called.code == 2
    assert "vocabulary/characteristics.csv is not UTF-8" in called.err
    assert not (workspace / "products/leve.vkd").exists()
    assert vkd("describe", SAMPLES / "leve.sav", cwd=workspace).code == 0


def test_without_a_workspace_apply_says_what_to_do(vkd: Vkd, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a;b\n1;2\n", encoding="utf-8")
    called = vkd("describe", "a.csv", "--apply")
    assert called.code == 2
    assert "make a workspace with vkd init" in called.err
    printed = vkd("describe", "a.csv")
    assert printed.code == 0
    assert "# unknown: a (nearest: –)" in printed.out
    passes(vkd, printed, tmp_path)


def test_personal_numbers_are_not_told(vkd: Vkd, workspace: Path) -> None:
    (workspace / "data/01016050012.csv").write_text("Sex;01016050012\n1;01016050012\n", encoding="utf-8")
    called = vkd("describe", "data/01016050012.csv", "--apply", cwd=workspace)
    assert called.code == 0
    written = "".join(path.read_text("utf-8") for path in workspace.glob("*/*.vkd"))
    written += (workspace / "vocabulary/names.csv").read_text("utf-8") + (workspace / "IMPORT.md").read_text("utf-8")
    assert "01016050012" not in written
    assert checked(vkd, workspace) == ["VKD401"]
