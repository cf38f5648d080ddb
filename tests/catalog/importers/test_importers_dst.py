"""The importer of Statistics Denmark's registers: the extract line by line, and every cell of the whole catalogue."""

import csv
import gzip
import re
from collections import Counter
from pathlib import Path

import pytest

from benchmarks.dst_extract import extract
from tests.catalog.importers.reading import (
    ROOT,
    Workspace,
    bytes_of,
    dst_source,
    problems_of,
    published,
    ran,
    read_workspace,
    unformatted,
)
from vkd_catalog.importers import ImportReport, ImportSourceError, Written, dst_fsv
from vkd_catalog.importers.dst_fsv_times import times_of
from vkd_grammar.words import fold

EXAMPLE = ROOT / "examples/registre-dk"
NOTES = ("se dokumentation", "see the documentation", "hentes fra", "retrieved from")


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ImportReport]:
    folder = tmp_path_factory.mktemp("dst")
    source = dst_source(folder / "dst_fsv/data")
    return folder / "catalogue", ran(dst_fsv.IMPORTER, source, folder / "catalogue")


def test_a_register_is_one_file_and_one_collection(report: tuple[Path, ImportReport]) -> None:
    text = (report[0] / "products/BEF.vkd").read_text(encoding="utf-8")
    shared = (
        "    ; data=https://www.dst.dk/extranet/ForskningVariabellister/Datasaetlister/BEF%20-%20Befolkningen.html\n"
        "    ; doc=https://www.dst.dk/extranet/ForskningVariabellister/BEF%20-%20Befolkningen.html\n"
    )
    assert text == (
        "# 2026-11-29: lavet af `vkd catalogue import dst-fsv` fra pakken dst-fsv, version not stated (Danmarks Statistik, licens MIT).\n"
        "# BEF: Befolkningen (The population).\n"
        "# 1985-2026, Status, opdatering Kvt, ændret 19/08/2026.\n"
        "# Registerhistorik: https://www.dst.dk/extranet/ForskningVariabellister/Registerhistorik/BEF.html\n"
        "# guessed: enhedstype og unit-id efter PNR; kilden siger ikke, hvad enhederne er.\n"
        "# guessed: access=on-application; kilden siger, at datasæt kan bestilles, og intet om vilkårene.\n"
        "\n"
        "# 6.031.247 observationer, 981.925.888 bytes.\n"
        "0 / Produktbeskrivelse / BEF202603 / title=Befolkningen; title@en=The population; collection=BEF\n"
        "    ; form=dataset; access=on-application; unit-id=PNR; publisher=Danmarks Statistik"
        "; source=Danmarks Statistiks grunddatabank; updated=20260511\n"
        f"{shared}"
        "1 / Personer / BEF / [ALDER] / 202603 / O\n"
        '2 / "        / "   / KOEN    / "      / O\n'
        '3 / "        / "   / KOM     / "      / O\n'
        '4 / "        / "   / PNR     / "      / .\n'
        "\n"
        "# 6.031.699 observationer, 975.306.752 bytes.\n"
        "0 / Produktbeskrivelse / BEF202606 / title=Befolkningen; title@en=The population; collection=BEF\n"
        "    ; form=dataset; access=on-application; unit-id=PNR; publisher=Danmarks Statistik"
        "; source=Danmarks Statistiks grunddatabank; updated=20260820\n"
        f"{shared}"
        "1 / Personer / BEF / [ALDER] / 202606 / O\n"
        '2 / "        / "   / KOEN    / "      / O\n'
        '3 / "        / "   / KOM     / "      / O\n'
        '4 / "        / "   / PNR     / "      / .\n'
    )


@pytest.mark.parametrize(
    ("reference_type", "first_year", "periods", "times"),
    [
        ("Status", "1985", ["198512", "198612"], ["198512", "198612"]),
        # One file that holds its register's years: courses and events on all days, a status once a year.
        ("Forløb", "1970", ["2025"], ["1970..2025"]),
        ("Forløb", "1986", ["202412", "202512"], ["1986..202412", "1986..202512"]),
        ("Hændelse", "1970", ["2025"], ["1970..2025"]),
        ("Statusperiode", "1987", ["2005"], ["1987..2005:A"]),
        ("Status", "2024", ["202512"], ["2024..202512:A"]),
        # There is a file for the first year, or the earlier years have gone.
        ("Forløb", "2010", ["2010", "2011"], ["2010", "2011"]),
        ("Hændelse", "1970", ["2024", "2025"], ["2024", "2025"]),
        ("Status", "2015", ["2015"], ["2015"]),
        # Nothing is made up where the source says nothing.
        ("Forløb", "", ["2025"], ["2025"]),
        ("Forløb", ".", ["2025"], ["2025"]),
        ("Forløb", "1970", [""], ["?"]),
        ("Status", "1970", ["", "1980"], ["?", "1980"]),
        ("", "1970", ["1980", "1981"], ["1980", "1981"]),
        ("Status", "1970", [], []),
    ],
)
def test_times(reference_type: str, first_year: str, periods: list[str], times: list[str]) -> None:
    assert times_of(reference_type, first_year, periods) == times


def test_what_one_file_holds_of_years_is_told_as_a_guess(report: tuple[Path, ImportReport]) -> None:
    text = (report[0] / "products/DOD.vkd").read_text(encoding="utf-8")
    assert "# guessed: årene fra 1970 er registrets; det har ingen datasæt for de første af dem alene.\n" in text
    assert {sentence[3] for sentence in read_workspace(report[0]).products["DOD2025"].sentences} == {"1970..2025"}
    assert ("time", "1 data sets of type Hændelse") in {(item.kind, item.what) for item in report[1].unmapped}


def test_a_cell_listed_twice_is_one_sentence(report: tuple[Path, ImportReport]) -> None:
    product = read_workspace(report[0]).products["FUI2007"]
    words = ["A_GRAD_K", "CVRNR", "FI_U_ER_KONC", "[FI__U_ER_KONC]", "INPDSV", "P_GRAD_K"]
    assert [sentence[2] for sentence in product.sentences] == words
    assert [item.what for item in report[1].unmapped if item.kind == "cell"] == [
        "FUI A_GRAD_K 2007",
        "FUI INPDSV 2007",
        "FUI P_GRAD_K 2007",
    ]


def test_object_types_and_unit_ids(report: tuple[Path, ImportReport]) -> None:
    products = read_workspace(report[0]).products
    found = {name: (each.sentences[0][0], each.technical.get("unit-id")) for name, each in products.items()}
    assert found == {
        "AKU202103": ("Enheder", None),
        "AKU202606": ("Enheder", None),
        "BEF202603": ("Personer", "PNR"),
        "BEF202606": ("Personer", "PNR"),
        "DOD2025": ("Personer", "PNR"),
        "FUI1991": ("Virksomheder", "CVRNR"),
        "FUI2007": ("Virksomheder", "CVRNR"),
    }


def test_names(report: tuple[Path, ImportReport]) -> None:
    rows = read_workspace(report[0]).names
    assert list(rows) == ["AKU", "BEF", "DOD", "FUI", "ORGOUT_EXTVAR_A"]
    assert {key: value for key, value in rows["FUI"].items() if value} == {
        "code": "FUI",
        "prefLabel@da": "Virksomhedes forskning udvikling innovation tom. 2008",
        "prefLabel@en": "Enterprises' research development innovation up to and including 2008",
        "notation": "FUI",
        "kind": "register",
        "validFrom": "19910101",
        "validTo": "20081231",
    }
    assert rows["BEF"]["validTo"] == ""


def test_characteristics(report: tuple[Path, ImportReport]) -> None:
    rows = read_workspace(report[0]).characteristics
    assert rows["FI__U_ER_KONC"]["notation"] == "FI\u00a0_U_ER_KONC"
    assert rows["FI__U_ER_KONC"]["prefLabel@da"] == ""
    assert (rows["PNR"]["prefLabel@da"], rows["PNR"]["prefLabel@en"]) == (
        "Personnummer",
        "Personal identification number",
    )
    assert (rows["INPDSV"]["prefLabel@da"], rows["INPDSV"]["altLabel@da"]) == ("Nye services", "")
    assert {row["kind"] for row in rows.values()} == {"individual"}
    assert {code: row["identifies"] for code, row in rows.items() if row["identifies"]} == {
        "PNR": "global",
        "CVRNR": "global",
    }
    # Its other labels list its values, and say where to read about it.
    assert (rows["KOEN"]["values@da"], rows["KOEN"]["values@en"]) == ("1=mand|2=kvinde", "1=male|2=female")
    assert (rows["KOEN"]["altLabel@da"], rows["KOEN"]["altLabel@en"]) == ("", "")


def test_variables_with_the_same_official_number_are_one_concept(tmp_path: Path) -> None:
    def change(name: str, rows: list[list[str]]) -> None:
        if name == "variables":
            head = rows[0].index("label_da")
            rows.append(["LMDB", "PNR12", *[""] * (len(rows[0]) - 2)])
            rows[-1][head] = "CPR-nummer"
        if name == "availability":
            rows.append(["AKU", "PNR12", "202606", "2026"])

    report = ran(dst_fsv.IMPORTER, dst_source(tmp_path / "source", change), tmp_path / "out")
    text = (tmp_path / "out/vocabulary/mappings.tsv").read_text(encoding="utf-8")
    assert text.split("\n")[1:] == [
        "# guessed: variabler, hvis betegnelse er det samme officielle nummer, er ét begreb; kilden siger det ikke.",
        "subject_id\tpredicate_id\tobject_id",
        "PNR12\tskos:exactMatch\tPNR",
        "",
    ]
    assert ("mapping", "PNR12 and PNR") in {(item.kind, item.what) for item in report.unmapped}
    workspace = read_workspace(tmp_path / "out")
    assert workspace.settings["vocabularies"]["mappings"] == ["vocabulary/mappings.tsv"]
    assert workspace.products["AKU202606"].technical["unit-id"] == "PNR12"
    assert {sentence[0] for sentence in workspace.products["AKU202606"].sentences} == {"Personer"}


def test_what_could_not_be_mapped_is_reported(report: tuple[Path, ImportReport]) -> None:
    told = {(item.kind, item.what) for item in report[1].unmapped}
    assert told >= {
        ("register", "ORGOUT_EXTVAR_A"),
        ("variable", "FI\u00a0_U_ER_KONC"),
        ("word", "2 variable names in 3 sentences"),
        ("label", "1 of 12 variables"),
        ("label", "4 of 12 variables"),
        ("cells", "22 rows of availability"),
        ("table", "history.csv.gz"),
    }


def test_what_is_written_has_warnings_only(report: tuple[Path, ImportReport]) -> None:
    assert problems_of(report[0]) == {"VKD602"}
    assert unformatted(report[0]) == []


def test_labels_differ_and_hold_what_a_list_cannot(tmp_path: Path) -> None:
    def change(name: str, rows: list[list[str]]) -> None:
        if name == "variables":
            head = rows[0].index("label_da"), rows[0].index("label_en")
            for register, label in (
                ("A", "Køn"),
                ("B", "kØN"),
                ("C", "Mand | kvinde"),
                ("D", "INGEN LABEL"),
                ("E", "\tA  B"),
            ):
                row = [register, "KOEN", *[""] * (len(rows[0]) - 2)]
                row[head[0]], row[head[1]] = label, "No label"
                rows.append(row)

    dst_fsv_report = ran(dst_fsv.IMPORTER, dst_source(tmp_path / "source", change), tmp_path / "out")
    row = read_workspace(tmp_path / "out").characteristics["KOEN"]
    assert (row["prefLabel@da"], row["altLabel@da"]) == ("Køn", "Mand ¦ kvinde|A B")
    assert row["prefLabel@en"] == "Sex"
    told = [item.what for item in dst_fsv_report.unmapped if item.kind == "label"]
    assert told[:2] == ["KOEN: Mand | kvinde", "KOEN: \tA  B"]


def test_tables_that_do_not_fit_together_are_reported(tmp_path: Path) -> None:
    def change(name: str, rows: list[list[str]]) -> None:
        if name == "datasets":
            rows.append(["BEF", "BEF1", "", "", "0", "0", "0", ""])
            rows.append(["BEF", "BEF199912", "", "", "0", "0", "0", ""])
            rows.append(["NY", "NY2000", "", "", "1", "0", "0", ""])
            rows.append(["BEF", "BEF202603", "", "", "0", "0", "0", ""])
        if name == "registers":
            rows.append(["BEF", *["x"] * (len(rows[0]) - 1)])
        if name == "availability":
            rows.append(["NY", "UKENDT", "2000", "2000"])
            rows.append(["DOD", "PNR", "1999", "1999"])

    report = ran(dst_fsv.IMPORTER, dst_source(tmp_path / "source", change), tmp_path / "out")
    told = {(item.kind, item.what) for item in report.unmapped}
    assert told >= {
        ("data set", "BEF1"),
        ("data set", "BEF199912"),
        ("data set", "BEF202603"),
        ("register", "NY"),
        ("register", "BEF"),
        ("cells", "DOD 1999"),
    }
    workspace = read_workspace(tmp_path / "out")
    assert len(workspace.products) == 9
    assert workspace.products["BEF1"].sentences == [("Enheder", "BEF", "Ikke beskrevet", "?")]
    assert workspace.products["BEF199912"].sentences == [("Enheder", "BEF", "Ikke beskrevet", "?")]
    assert workspace.characteristics["not-described"]["prefLabel@en"] == "Not described"
    assert ("data set", "2 data sets") in told
    assert workspace.characteristics["UKENDT"]["notation"] == "UKENDT"


def _damage(source: Path, table: str, how: str) -> None:
    path = source / f"{table}.csv.gz"
    data = path.read_bytes()
    if how == "cut":
        path.write_bytes(data[: len(data) // 2])
    elif how == "text":
        path.write_bytes(b"register,variable\n")
    elif how == "bytes":
        path.write_bytes(gzip.compress(gzip.decompress(data) + b"\xff\xff"))
    elif how == "short":
        path.write_bytes(gzip.compress(gzip.decompress(data) + b"BEF,X\n"))
    elif how == "empty":
        path.write_bytes(gzip.compress(b""))
    else:
        head, _, rows = gzip.decompress(data).partition(b"\n")
        path.write_bytes(gzip.compress(head.upper() + b"\n" + rows))


@pytest.mark.parametrize("table", ["registers", "variables", "datasets", "availability"])
@pytest.mark.parametrize(
    ("how", "message"),
    [
        ("cut", "is not a whole gzip file"),
        ("text", "is not a whole gzip file"),
        ("bytes", "cannot be read as CSV"),
        ("short", r"line \d+ has 2 fields, not \d+"),
        ("empty", "lacks the column"),
        ("column", "lacks the column"),
    ],
)
def test_a_table_that_cannot_be_read_is_named(tmp_path: Path, table: str, how: str, message: str) -> None:
    source = dst_source(tmp_path / "source")
    _damage(source, table, how)
    with pytest.raises(ImportSourceError, match=message) as error:
        ran(dst_fsv.IMPORTER, source, tmp_path / "out")
    assert error.value.path.name == f"{table}.csv.gz"
    assert not (tmp_path / "out").exists()


# Ten registers, committed as an example, and the whole catalogue, counted in the tables without the importer.


def test_the_committed_example_has_no_errors() -> None:
    assert len(read_workspace(EXAMPLE).names) == 10
    assert problems_of(EXAMPLE) == {"VKD602"}
    assert unformatted(EXAMPLE) == []


def test_the_committed_example_is_what_the_package_gives_today(tmp_path: Path) -> None:
    source = published("dst_fsv", "dst-fsv")
    if source is None:
        pytest.skip("the package dst-fsv is not here; make dst fetches it")
    extract(source, tmp_path / "source", set(read_workspace(EXAMPLE).names))
    ran(dst_fsv.IMPORTER, tmp_path / "source", tmp_path / "out")
    written = bytes_of(tmp_path / "out")
    assert written == {name: data for name, data in bytes_of(EXAMPLE).items() if name in written}


def test_an_extract_of_registers_that_are_not_there_is_refused(tmp_path: Path) -> None:
    source = tmp_path / "source"
    dst_source(source / "dst_fsv/data")
    with pytest.raises(ValueError, match="no data sets of ORGOUT_EXTVAR_A, X"):
        extract(source, tmp_path / "out", {"BEF", "X", "ORGOUT_EXTVAR_A"})
    assert not (tmp_path / "out").exists()


def test_the_whole_catalogue_cell_by_cell(tmp_path: Path) -> None:
    source = published("dst_fsv", "dst-fsv")
    if source is None:
        pytest.skip("the package dst-fsv is not here; make dst fetches it")
    tables = source / "dst_fsv/data"
    report = ran(dst_fsv.IMPORTER, source, tmp_path / "out")
    first = bytes_of(tmp_path / "out")
    workspace = read_workspace(tmp_path / "out")
    cells = Counter((row["register"], row["variable"], row["period"]) for row in _rows(tables, "availability"))
    assert (cells.total(), len(cells)) == (223_913, 223_910)
    assert [cell for cell, times in cells.items() if times > 1] == [
        ("FUI", name, "2007") for name in ("A_GRAD_K", "INPDSV", "P_GRAD_K")
    ]
    # Every cell is one sentence of the product of its register and period, and there is no other sentence. Its time is
    # the period, or the years of the register until then.
    times = {name: product.sentences[0][3] for name, product in workspace.products.items()}
    kinds = Counter(_kind_of_time(time) for time in times.values())
    assert kinds == {"year": 5_796, "month": 757, "years and months": 17, "years": 99, "years, one by one": 6}
    notations = {row["notation"]: code for code, row in workspace.characteristics.items()}
    written = Counter(
        (sentence[1], sentence[2].strip("[]"), sentence[3], name)
        for name, product in workspace.products.items()
        for sentence in product.sentences
    )
    assert written == Counter(
        {(reg, notations[var], times[f"{reg}{per}"], f"{reg}{per}"): 1 for reg, var, per in cells}
    )
    assert sorted(workspace.products) == sorted(row["dataset"] for row in _rows(tables, "datasets"))
    assert (len(workspace.products), len(workspace.names), len(workspace.characteristics)) == (6_675, 531, 20_565)
    assert {code for notation, code in notations.items() if notation != code} == {"FI__U_ER_KONC"}
    _assert_labels_are_words(_labels_written(workspace), _labels_in(tables))
    assert Written("sentences", 223_910) in report.written
    ran(dst_fsv.IMPORTER, source, tmp_path / "out")
    assert bytes_of(tmp_path / "out") == first


def _kind_of_time(time: str) -> str:
    shapes = {r"\d{4}": "year", r"\d{6}": "month", r"\d{4}\.\.\d{6}": "years and months", r"\d{4}\.\.\d{4}": "years"}
    return next((kind for shape, kind in shapes.items() if re.fullmatch(shape, time)), "years, one by one")


def _assert_labels_are_words(written: dict[str, set[str]], labels: dict[str, set[str]]) -> None:
    """What is written is what labels say; left out is what would name several variables, lists values or is a note."""
    shared = Counter(word for name, words in labels.items() for word in {fold(name), *words})
    for name, words in labels.items():
        lost = {word for word in words - written[name] if "=" not in word and not word.startswith(NOTES)}
        assert all(shared[word] > 1 for word in lost)
        assert all(any(label.startswith(word) for label in words) for word in written[name])
    said = {word for words in written.values() for word in words}
    assert not any("label" in word.split() and {"ingen", "no", "mangler", "missing"} & {*word.split()} for word in said)
    assert not any(word.startswith(NOTES) for word in said)


def _labels_written(workspace: Workspace) -> dict[str, set[str]]:
    columns = ("prefLabel@da", "altLabel@da", "prefLabel@en", "altLabel@en")
    return {
        row["notation"]: {fold(word) for column in columns for word in row[column].split("|") if word}
        for row in workspace.characteristics.values()
    }


def _labels_in(folder: Path) -> dict[str, set[str]]:
    """Every label of every variable but those that say there is none; none of them holds a `|`."""
    found: dict[str, set[str]] = {}
    for row in _rows(folder, "variables"):
        labels = {fold(" ".join(row[column].split())) for column in ("label_da", "label_en")}
        found.setdefault(row["variable"], set()).update(labels - {"ingen label", "no label"})
    return found


def _rows(folder: Path, table: str) -> list[dict[str, str]]:
    with gzip.open(folder / f"{table}.csv.gz", "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
