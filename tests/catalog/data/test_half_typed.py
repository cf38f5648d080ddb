"""A description may be half typed, and a file be anything: holding one to the other says something, and never fails."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.catalog.data.writing import PARSER, census, write_csv, write_parquet
from vkd_catalog.data import hold
from vkd_grammar.document import read_document

TEXT = """\
0 / Produktbeskrivelse / eksempel / data=a.csv; form=csv; unit-id=Fødselsnummer, Yrke+Kjønn; columns=A=Kjønn, B=[K5]
1 / Personer / Personreg.nov.70 / Fødselsnummer / 1970..1971:A / O
2 / "        / "                / Kjønn         / "            / O
3 / Personaggregat / Yrkesklassifikasjon / Sum / ? / O
4 / Personaggregater / Døde / Sum / 1961..1965 / .
"""
CELLS = (b"F\xc3\xb8dselsnummer;A;B;Yrke;\xc3\x85r;Sum\n", b"P1;1;2;3;1970;4\n", b";;;;;\n", b"P1;9;x;;tull;-\n")


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_anything_is_held_to_anything(data: st.DataObject) -> None:
    text, cells = TEXT, b"".join(data.draw(st.lists(st.sampled_from(CELLS), max_size=4)))
    for _ in range(data.draw(st.integers(0, 3))):
        start = data.draw(st.integers(0, len(text)))
        end = start + data.draw(st.integers(0, 30))
        text = text[:start] + data.draw(st.sampled_from(["", "/", '"', ";", "=", "\n", "*", "{year}"])) + text[end:]
    for _ in range(data.draw(st.integers(0, 2))):
        at = data.draw(st.integers(0, len(cells)))
        cells = cells[:at] + data.draw(st.sampled_from([b'"', b"\xff", b"\0", b"\r", b"\n", b";"])) + cells[at:]
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "a.csv").write_bytes(cells)
        catalogue = census(folder)
        for description in read_document(text, PARSER).descriptions:
            if description.kind == "product":
                found = hold(catalogue.coder.code(description), catalogue)
                assert found.figures or found.problems or found.why


@pytest.mark.parametrize("sentences", ["", "1 / Personer\n", "1 / Personer / Ukjent / Ukjent / ukjent / .\n"])
def test_a_product_whose_sentences_say_nothing_is_held_all_the_same(tmp_path: Path, sentences: str) -> None:
    write_csv(tmp_path / "a.csv", ["År", "x"], [("1970", "1"), ("tull", "2")])
    text = f"0 / Produktbeskrivelse / eksempel / data=a.csv; form=csv\n{sentences}"
    catalogue = census(tmp_path)
    found = hold(catalogue.coder.code(read_document(text, PARSER).descriptions[0]), catalogue)
    assert [problem.code for problem in found.problems] == ["VKD702", "VKD705"]


def test_parquet_may_hold_any_type(tmp_path: Path) -> None:
    types = [
        "DATE",
        "TIMESTAMP",
        "DECIMAL(5, 2)",
        "BOOLEAN",
        "INTEGER[]",
        "BLOB",
        "TIME",
        "UBIGINT",
        "STRUCT(a INTEGER)",
    ]
    values = ["1970-01-01", "1970-01-01 00:00:00", "1.00", True, [1], b"\xff", "10:00:00", 2**63, {"a": 1}]
    names = [f"x{number}" for number in range(len(types) - 1)]
    write_parquet(tmp_path / "a.parquet", ["År", *names], [values], types)
    text = (
        "0 / Produktbeskrivelse / eksempel / data=a.parquet; form=parquet; columns=x1=Yrke, x3=Kjønn, x4=Inntekt\n"
        "1 / Personer / Personreg.nov.70 / Yrke / 1971 / O\n"
        "2 / Personer / Personreg.nov.70 / Kjønn / 1971 / O\n"
        "3 / Personer / Personreg.nov.70 / Inntekt / 1971 / .\n"
    )
    catalogue = census(tmp_path)
    found = hold(catalogue.coder.code(read_document(text, PARSER).descriptions[0]), catalogue)
    assert [problem.code for problem in found.problems] == ["VKD702", "VKD703", "VKD703", "VKD705"]


def test_a_file_may_have_thousands_of_columns(tmp_path: Path) -> None:
    write_csv(tmp_path / "a.csv", [f"x{number}" for number in range(3000)], [["1"] * 3000] * 3)
    text = (
        "0 / Produktbeskrivelse / eksempel / data=a.csv; form=csv\n1 / Personer / Personreg.nov.70 / Yrke / 1971 / .\n"
    )
    catalogue = census(tmp_path)
    found = hold(catalogue.coder.code(read_document(text, PARSER).descriptions[0]), catalogue)
    assert [problem.code for problem in found.problems] == ["VKD701", "VKD702"]
