"""Files and addresses that somebody handed over: what they say is data, and only what an address means is opened."""

import gzip
import os
from pathlib import Path

import duckdb
import pytest

from tests.catalog.data.writing import census, held, write_csv, write_parquet
from vkd_catalog.data import DataFile
from vkd_catalog.data.tables import opened
from vkd_catalog.interruption import Interruption
from vkd_catalog.problems import FaultyUnitIds, MissingColumn, UndescribedColumns, UnreadableData

PRODUCT = """\
0 / Produktbeskrivelse / eksempel / data={data}; form={form}
1 / Personer / Personreg.nov.70 / Kjønn / 19701101 / .
"""
NAMES = [
    '"; DROP TABLE t; --',
    "' OR '1'='1",
    'a"b',
    "c0",
    "v0",
    "v0, period",
    "*",
    "read_csv('/etc/passwd')",
    "line\nbreak",
    "$1",
    "?",
    "{year}",
    "\u202eabc",
    "x" * 5000,
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_a_column_may_be_called_anything(tmp_path: Path, name: str, form: str) -> None:
    header, rows = (name, "Kjønn"), [("a", "1"), ("b", "2")]
    file = tmp_path / f"a.{form}"
    if form == "csv":
        write_csv(file, header, rows)
    else:
        write_parquet(file, header, rows, ["VARCHAR"] * 2)
    found = held(PRODUCT.format(data=file.name, form=form), census(tmp_path))
    assert [one.facts for one in found.problems] == [UndescribedColumns((name,), file.name)]
    assert found.figures
    assert found.figures.rows == 2


@pytest.mark.parametrize(
    "name",
    ["a[1].csv", "a?.csv", "it's.csv", 'a"b.csv', "$x.csv", "~.csv", "-.csv", "a b.csv", "æ.csv", "[", "a{b}.csv"],
)
def test_a_file_may_be_called_anything_and_no_other_is_read_for_it(tmp_path: Path, name: str) -> None:
    for other in ("a1.csv", "ab.csv", "x.csv"):
        write_csv(tmp_path / other, ["Yrke"], [("2",)])
    write_csv(tmp_path / name, ["Kjønn"], [("1",)])
    found = held(PRODUCT.format(data=name, form="csv"), census(tmp_path))
    assert found.problems == ()
    assert found.figures
    assert (found.figures.files, found.figures.rows) == (1, 1)


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("https://example.invalid/a.csv", "uri"),
        ("s3://bucket/a.parquet", "uri"),
        ("nowhere:a.csv", "alias"),
        ("a?.csv", "missing"),
        ("a[12].csv", "missing"),
        ("none.csv", "missing"),
        ("none-*.csv", "missing"),
        ("folder", "folder"),
        ("a.spss", "form"),
    ],
)
def test_what_is_no_file_here_is_not_opened(tmp_path: Path, address: str, why: str) -> None:
    write_csv(tmp_path / "a1.csv", ["Kjønn"], [("1",)])
    (tmp_path / "folder").mkdir()
    (tmp_path / "a.spss").write_bytes(b"$FL2")
    found = held(PRODUCT.format(data=address, form="spss"), census(tmp_path))
    assert (found.problems, found.figures, found.why) == ((), None, why)


def test_a_star_stands_for_a_part_of_a_name_and_not_for_folders(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    write_csv(tmp_path / "a1.csv", ["Kjønn"], [("1",)])
    write_csv(tmp_path / "deep/a2.csv", ["Yrke"], [("2",)])
    found = held(PRODUCT.format(data="**.csv", form="csv"), census(tmp_path))
    assert found.problems == ()
    assert found.figures
    assert found.figures.files == 1


def test_folders_called_as_partitions_add_no_column(tmp_path: Path) -> None:
    (tmp_path / "Yrke=7").mkdir()
    write_parquet(tmp_path / "Yrke=7/a.parquet", ["Kjønn"], [("1",)], ["VARCHAR"])
    found = held(
        PRODUCT.format(data="Yrke=7/a.parquet", form="parquet").replace("Yrke=7", "Yrke\\=7"), census(tmp_path)
    )
    assert found.problems == ()


@pytest.mark.parametrize(
    "question",
    [
        "SELECT * FROM read_csv('{other}')",
        "SELECT * FROM read_text('{other}')",
        "SELECT * FROM glob('{folder}/*')",
        "COPY (SELECT 1) TO '{folder}/out.csv'",
        "ATTACH '{folder}/new.db'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "SET allowed_paths = ['{other}']",
        "SELECT * FROM 'https://example.invalid/a.csv'",
    ],
)
def test_the_database_is_closed(tmp_path: Path, question: str) -> None:
    file, other = tmp_path / "a.csv", tmp_path / "b.csv"
    write_csv(file, ["Kjønn"], [("1",)])
    write_csv(other, ["Kjønn"], [("1",)])
    with opened([DataFile(str(file), "csv", None)], Interruption()) as reader, pytest.raises(duckdb.Error):
        reader._connection.execute(question.format(other=other, folder=tmp_path)).fetchall()
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.csv", "b.csv"]


HEAD = "Sex;Yrke\n"
BROKEN: dict[str, tuple[bytes, str, int]] = {
    "few": (f"{HEAD}1;2\nSECRET\n".encode(), "cells", 3),
    "many": (f"{HEAD}1;2;SECRET\n".encode(), "cells", 2),
    "open quote": (f'{HEAD}1;"SECRET\n2;3\n'.encode(), "quote", 2),
    "open quote in the header": (b'"Kj;SECRET', "quote", 1),
    "latin-1 in a cell": (f"{HEAD}1;SECRET ø\n".encode("latin-1"), "utf-8", 2),
    "latin-1 in the header": ("Kjønn;Yrke\n".encode("latin-1"), "utf-8", 1),
    "utf-16": (HEAD.encode("utf-16"), "utf-16", 0),
    "nothing": (b"", "empty", 0),
    "blank lines": (b"\n\n \n", "empty", 0),
    "a long line": (f"{HEAD}1;{'x' * 3_000_000}\n".encode(), "long", 2),
    "a long header": (b"x" * 3_000_000, "long", 1),
    "parquet": (b"PAR1" + bytes(100) + b"PAR1", "other-form", 0),
    "a workbook": (b"PK\x03\x04" + bytes(100), "other-form", 0),
    "half an archive": (gzip.compress(HEAD.encode() + os.urandom(200_000).hex().encode())[:90_000], "broken", 0),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_csv_file_is_told_without_what_stands_in_it(tmp_path: Path, case: str) -> None:
    data, reason, row = BROKEN[case]
    (tmp_path / "a.csv").write_bytes(data)
    found = held(PRODUCT.format(data="a.csv", form="csv"), census(tmp_path))
    facts = [one.facts for one in found.problems]
    assert [(one.reason, one.row) for one in facts if isinstance(one, UnreadableData)] == [(reason, row)]
    assert "SECRET" not in repr(facts)
    assert found.figures is None


@pytest.mark.parametrize("data", [b"", b"PAR1", b"PAR1" + bytes(50) + b"PAR1", b"Kj;Yrke\n1;2\n" * 50])
def test_a_broken_parquet_file_is_told(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.parquet").write_bytes(data)
    found = held(PRODUCT.format(data="a.parquet", form="parquet"), census(tmp_path))
    assert [type(one.facts) for one in found.problems] == [UnreadableData]


def test_parquet_that_is_damaged_inside_is_told(tmp_path: Path) -> None:
    file = tmp_path / "a.parquet"
    write_parquet(file, ["Kjønn"], [(f"{number}" * 5,) for number in range(2000)], ["VARCHAR"])
    data = bytearray(file.read_bytes())
    data[40:800] = bytes(760)
    file.write_bytes(data)
    found = held(PRODUCT.format(data="a.parquet", form="parquet"), census(tmp_path))
    assert [type(one.facts) for one in found.problems] == [UnreadableData]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes with names")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.csv")
    found = held(PRODUCT.format(data="a.csv", form="csv"), census(tmp_path))
    assert [one.facts for one in found.problems] == [UnreadableData("not-regular", "a.csv", "csv")]


def test_one_broken_file_does_not_hide_the_others(tmp_path: Path) -> None:
    write_csv(tmp_path / "a1.csv", ["Kjønn"], [("1",)])
    (tmp_path / "a2.csv").write_bytes(b"")
    write_csv(tmp_path / "a3.csv", ["Yrke"], [("2",)])
    found = held(PRODUCT.format(data="a*.csv", form="csv"), census(tmp_path))
    assert [one.facts for one in found.problems] == [
        UnreadableData("empty", "a2.csv", "csv"),
        MissingColumn("Kjønn", False, "a3.csv", 1, 2, ("Yrke",)),
        UndescribedColumns(("Yrke",), "a3.csv"),
    ]


def test_no_unit_is_named(tmp_path: Path) -> None:
    write_csv(tmp_path / "a.csv", ["Personnummer"], [("SECRET",), ("SECRET",), ("",)])
    text = (
        "0 / Produktbeskrivelse / eksempel / data=a.csv; form=csv; unit-id=Fødselsnummer\n"
        "1 / Personer / Personreg.nov.70 / Fødselsnummer / 19701101 / .\n"
    )
    facts = [one.facts for one in held(text, census(tmp_path)).problems]
    assert facts == [
        FaultyUnitIds("absent", ("Fødselsnummer",), 1),
        FaultyUnitIds("repeated", ("Fødselsnummer",), 2),
    ]
