"""Files of data in every form: names, labels, values, and what cannot be read, told with its place and reason."""

import sys
from contextlib import suppress
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vkd_catalog.describing.readers import READERS, read_table
from vkd_catalog.describing.readers.delimited import encoding_of
from vkd_catalog.describing.table import MOST_ROWS, UnreadableError

SAMPLES = Path(__file__).parent / "samples"
TEXT = "løpenr{0}kjønn{0}inntekt{0}når\n1{0}M{0}1200{1}50{0}2019\n2{0}K{0}800{1}25{0}2020\n3{0}K{0}0{0}2020\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac_roman"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|", "~"])
def test_separated_text_in_any_way(tmp_path: Path, encoding: str, separator: str) -> None:
    decimal = "." if separator == "," else ","
    (tmp_path / "a.csv").write_bytes(TEXT.format(separator, decimal).encode(encoding))
    table = read_table(tmp_path / "a.csv")
    assert [column.name for column in table.columns] == ["løpenr", "kjønn", "inntekt", "når"]
    number, sex, income, year = table.columns
    assert (number.is_unique, sex.is_unique) == (True, False)
    assert (sex.kind, sex.distinct) == ("text", ("K", "M"))
    assert income.kind == "number"
    assert year.years == ("2019", "2020")
    assert (table.rows, table.whole, table.form) == (3, True, "csv")


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("æøå".encode("cp1252"), "cp1252"),
        ("æøå €".encode("cp1252"), "cp1252"),
        ("æøå".encode("cp1252") + b"\x81", "latin-1"),
        ("æøåÆØÅ".encode("mac_roman"), "mac_roman"),
        ("æøåÆØÅ".encode("cp850"), "cp850"),
        (b"abc", "utf-8"),
        (b"\x00\x01\x02\x03" * 10, None),
        (b"PK\x03\x04abc", None),
    ],
)
def test_the_encoding_of_a_text(data: bytes, encoding: str | None) -> None:
    assert encoding_of(data) == encoding


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("sep=|\na|b\n1|2\n", ["a", "b"]),
        ("A title\n\na;b;c\n1;2;3\n4;5;6\n", ["a", "b", "c"]),
        ('"a";"b; c"\n"1";"2"\n', ["a", "b; c"]),
        ('"a\nb";c\n1;2\n', ["a b", "c"]),
        ("a;;c\n1;2;3\n", ["a", "c"]),
        ("one\n1\n2\n", ["one"]),
    ],
)
def test_headers(tmp_path: Path, text: str, names: list[str]) -> None:
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    assert [column.name for column in read_table(tmp_path / "a.csv").columns] == names


def test_a_large_file_is_read_by_its_beginning(tmp_path: Path) -> None:
    rows = "".join(f"{number};x\n" for number in range(MOST_ROWS + 100))
    (tmp_path / "a.csv").write_text(f"id;b\n{rows}", encoding="utf-8")
    table = read_table(tmp_path / "a.csv")
    assert (table.rows, table.whole) == (MOST_ROWS, False)
    assert not table.columns[0].is_unique, "of a file that was not read to its end no column is known to be unique"


@pytest.mark.parametrize("name", ["leve.sav", "leve.zsav", "leve.dta"])
def test_labels_and_value_labels(name: str) -> None:
    table = read_table(SAMPLES / name)
    number, sex, status, _ = table.columns
    assert (number.label, number.is_unique) == ("Løpenummer", True)
    assert (sex.label, sex.values) == ("Kjønn", {"1": "Menn", "2": "Kvinner"})
    assert status.values == {"1": "Ugift", "2": "Gift", "9": "Vil ikke svare", "98": "Uoppgitt"}
    assert status.distinct == ("1", "2", "9", "98")


def test_missing_values_of_spss() -> None:
    table = read_table(SAMPLES / "leve.sav")
    assert (table.form, table.title) == ("spss", "Levekårsundersøkelsen")
    assert table.columns[2].missing == ("9", "97", "98", "99")


@pytest.mark.parametrize(("name", "form"), [("leve.por", "spss"), ("leve.xpt", "sas")])
def test_older_exchange_formats(name: str, form: str) -> None:
    table = read_table(SAMPLES / name)
    assert table.form == form
    assert [column.name.lower() for column in table.columns][:3] == ["lnr", "kjonn", "sivst"]


def test_the_largest_sheet_of_a_workbook() -> None:
    table = read_table(SAMPLES / "kodebok.xlsx")
    assert [column.name for column in table.columns] == ["Variabel", "Ledetekst", "Kode", "Kodetekst"]
    assert [note.key for note in table.notes] == ["above", "sheets"]


def test_parquet(tmp_path: Path) -> None:
    place = tmp_path / "a*[1].parquet"
    rows = "SELECT * FROM (VALUES (1, 'a', DATE '2020-01-01'), (2, NULL, NULL)) AS t(id, word, day)"
    duckdb.connect().execute(f"COPY ({rows}) TO '{tmp_path}/plain.parquet' (FORMAT parquet)")
    (tmp_path / "plain.parquet").rename(place)
    table = read_table(place)
    assert [(one.name, one.kind, one.is_unique) for one in table.columns] == [
        ("id", "number", True),
        ("word", "text", False),
        ("day", "day", False),
    ]


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.csv", b"", "is empty"),
        ("a.csv", b"1;2\n3;4\n", "no row with names"),
        ("a.csv", b"\x00\x01\x02\x03" * 50, "is no text"),
        ("a.csv", b'a;b\n"' + b"x" * 200_000 + b'";1\n', "line 2: field larger than field limit"),
        ("a.xlsx", b"PK\x03\x04 nothing", "cannot be read as a workbook"),
        ("a.xls", b"nothing", "cannot be read as a workbook"),
        ("a.parquet", b"PAR1 nothing PAR1", "cannot be read as Parquet"),
        ("a.sav", b"nothing", "cannot be read as SPSS"),
        ("a.dta", b"nothing", "cannot be read as STATA"),
        ("a.sas7bdat", b"nothing", "cannot be read as SAS"),
    ],
)
def test_what_cannot_be_read_is_told_with_place_and_reason(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(UnreadableError) as raised:
        read_table(tmp_path / name)
    assert str(raised.value).startswith(f"{tmp_path / name}: ")
    assert reason in str(raised.value)


@pytest.mark.parametrize("reader", [reader for reader in READERS if reader.library], ids=lambda reader: reader.name)
def test_a_library_that_is_missing_is_named_with_its_extra(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reader: object
) -> None:
    assert isinstance(reader, type(READERS[0]))
    monkeypatch.setitem(sys.modules, reader.library, None)
    file = tmp_path / f"a{reader.endings[0]}"
    file.write_bytes(b"PK\x03\x04")
    with pytest.raises(UnreadableError, match=rf"needs {reader.library}, which the extra vkd\[describe\] brings"):
        read_table(file)


@given(data=st.data())
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_bytes_are_a_crash(tmp_path: Path, data: st.DataObject) -> None:
    """Whatever stands in a file, it is a table or is told why not; so is what is left of a damaged one."""
    ending = data.draw(st.sampled_from([ending for reader in READERS for ending in reader.endings]))
    samples = [path.read_bytes() for path in SAMPLES.glob(f"*{ending}")]
    whole = data.draw(st.one_of(st.binary(), *map(st.just, samples)))
    start, length = data.draw(st.integers(0, len(whole))), data.draw(st.integers(0, 20))
    file = tmp_path / f"a{ending}"
    file.write_bytes(whole[:start] + data.draw(st.binary(max_size=20)) + whole[start + length :])
    with suppress(UnreadableError):
        assert read_table(file).form
