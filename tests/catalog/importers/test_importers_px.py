"""PX files: what a table's sentences say, in every code page and language, and that demands are answered by them."""

from pathlib import Path

import pytest

from tests.catalog.importers.asked import answered
from tests.catalog.importers.reading import HERE, ran, read_workspace
from vkd_catalog.importers import ImportSourceError, px

PX = HERE / "sources/px"
HEAD = 'CHARSET="ANSI";\nMATRIX="M";\nTITLE="T";\nCONTENTS="Antall";\nSTUB="a";\nHEADING="tid";\nVALUES("a")="x","y";\n'


def imported(tmp_path: Path, text: bytes) -> Path:
    (tmp_path / "t.px").write_bytes(text)
    ran(px.IMPORTER, tmp_path / "t.px", tmp_path / "out")
    return tmp_path / "out"


@pytest.mark.parametrize(
    ("statement", "times"),
    [
        ('VALUES("tid")="1990","1991","1993"', ["1990..1991:A", "1993"]),
        ('VALUES("tid")="x","y";TIMEVAL("tid")=TLIST(A1,"1990"-"2017")', ["1990..2017:A"]),
        ('VALUES("tid")="1.","2.";TIMEVAL("tid")=TLIST(Q1),"20041","20042"', ["2004K1..2004K2:K"]),
        ('VALUES("tid")="u1","u2";TIMEVAL("tid")=TLIST(W1),"200452","200453"', ["2004U52..2004U53:U"]),
        ('VALUES("tid")="a","b";TIMEVAL("tid")=TLIST(H1),"20041","20042"', ["2004H1..2004H2:H"]),
        ('VALUES("tid")="2018M12","2018M11"', ["201811..201812:M"]),
        ('VALUES("tid")="1990-1995","1996-2000"', ["1990..1995", "1996..2000"]),
        ('VALUES("tid")="før krigen","etter"', ["?"]),
    ],
)
def test_times(tmp_path: Path, statement: str, times: list[str]) -> None:
    [product] = read_workspace(imported(tmp_path, f"{HEAD}{statement};DATA=1;".encode())).products.values()
    assert sorted({sentence[3] for sentence in product.sentences}) == times


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ('CHARSET="ANSI";CODEPAGE="iso-8859-15";', "iso-8859-15"),
        ('CHARSET="ANSI";CODEPAGE="utf-8";', "utf-8"),
        ('CHARSET="ANSI";CODEPAGE="no such page";', "cp1252"),
        ('CHARSET="ANSI";', "cp1252"),
        ("", "cp850"),
        ("\ufeff", "utf-8"),
    ],
)
def test_code_pages(tmp_path: Path, head: str, encoding: str) -> None:
    text = f'{head}TITLE="Øl og ål";STUB="år";VALUES("år")="2020";CONTENTS="Å";DATA=1;'
    [product] = read_workspace(imported(tmp_path, text.encode(encoding))).products.values()
    assert product.technical["title"] == "Øl og ål"
    assert product.sentences == [("Unit aggregate", "Population not stated", "Å", "2020")]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", ":1: no PX file, or cut short"),
        ('MATRIX="1";\n\nTITLE="2";', ":3: no PX file, or cut short"),
        ('MATRIX="1";\n\nnot this;\nDATA=1;', ":3: no statement of a PX file: not this"),
        ('MATRIX="1";DATA=1;', "states no variables"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ImportSourceError, match=message):
        imported(tmp_path, text.encode())


def test_a_file_that_cannot_be_read_keeps_no_other_from_being_read(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    for name in ("a.px", "b.px"):
        (source / name).write_bytes((PX / "TAB001.px").read_bytes())
    (source / "c.px").write_bytes(b"\0\0\0")
    report = ran(px.IMPORTER, source, tmp_path / "out")
    assert list(read_workspace(tmp_path / "out").products) == ["TAB001", "b"]
    assert [(one.kind, one.what) for one in report.unmapped[:2]] == [
        ("file that could not be read", "c.px:1"),
        ("identification", "TAB001 of b.px"),
    ]


@pytest.mark.parametrize(
    ("demand", "grade"),
    [
        ("1 / Unit aggregates / sex / Population / 1991 / O\n2 / \" / age / \" / \" / .", "exact"),
        ("1 / - / kön / Befolkning / 2001 / .", "exact"),
        ("1 / - / Sweden / Population / 2001 / .", "contained"),
        ("1 / - / Sweden / Population / 2001 / O\n2 / - / Female / \" / \" / .", "contained"),
        ("1 / - / region / Population / 1995 / .", None),
    ],
)  # fmt: skip
def test_a_demand_is_answered_by_the_table(tmp_path: Path, demand: str, grade: str | None) -> None:
    ran(px.IMPORTER, PX / "TAB001.px", tmp_path / "out")
    assert answered(tmp_path / "out", demand) == ([("TAB001", grade)] if grade else [])
