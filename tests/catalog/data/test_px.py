"""PX files as rows: the figure of each combination stands where counting its place in the file says."""

import csv
from itertools import product
from math import prod
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.catalog.data.writing import census, held
from vkd_catalog.data.px import write_rows
from vkd_catalog.problems import StrangeValues, TimesOutside, UnreadableData

PRODUCT = """\
0 / Produktbeskrivelse / eksempel / data=a.px; form=px
1 / Personaggregater / Yrkesklassifikasjon / Sum         / 1970..1971:A / O
2 / "                / "                   / Sum inntekt / "            / .
"""
TABLE = """\
CHARSET="ANSI";
CODEPAGE="iso-8859-15";
LANGUAGE="no";
CONTENTS="Personer";
STUB="Yrke";
HEADING="innhold","År";
CONTVARIABLE="innhold";
VALUES("Yrke")="Kontor","Salg","Annet";
CODES("Yrke")="2","3","9";
VALUES("innhold")="Sum","Sum inntekt";
VALUES("År")="1970","1971","1972";
TIMEVAL("År")=TLIST(A1),"1970","1971","1972";
DATA=
1 2 3 10 20 30
4 5 6 40 ".." 60
7 8 9 - . 90;
"""


def test_a_table_is_held_to_its_description(tmp_path: Path) -> None:
    (tmp_path / "a.px").write_bytes(TABLE.encode("iso-8859-15"))
    found = held(PRODUCT, census(tmp_path))
    assert [one.facts for one in found.problems] == [
        StrangeValues("Yrke", 3, 1, ("9",)),
        TimesOutside("År", 3, "1972", "1972"),
    ]
    assert found.figures
    assert [(one.column, one.rows, one.distinct, one.missing) for one in found.figures.columns] == [
        ("Sum", 9, 9, 0),
        ("Yrke", 9, 3, 0),
        ("Sum inntekt", 9, 7, 2),
    ]


@pytest.mark.parametrize(
    ("data", "facts"),
    [
        (TABLE.replace("7 8 9", "7 8"), UnreadableData("figures", "a.px", "px", 0, 18, 17)),
        (TABLE.replace("7 8 9", "7 8 9 9"), UnreadableData("figures", "a.px", "px", 0, 18, 19)),
        (TABLE.partition("DATA")[0], UnreadableData("broken", "a.px", "px", 13)),
        ("Kj\x00nn" * 2000, UnreadableData("broken", "a.px", "px", 1)),
    ],
)
def test_a_broken_table_is_told(tmp_path: Path, data: str, facts: UnreadableData) -> None:
    (tmp_path / "a.px").write_bytes(data.encode("iso-8859-15"))
    assert [one.facts for one in held(PRODUCT, census(tmp_path)).problems] == [facts]


sizes = st.lists(st.integers(1, 4), min_size=1, max_size=4)


@settings(max_examples=40, deadline=None)
@given(sizes, st.integers(0, 4), st.integers(0, 4))
def test_every_figure_stands_with_its_values(shape: list[int], stubs: int, contents: int) -> None:
    names = [f"v{number}" for number in range(len(shape))]
    stubs = min(stubs, len(shape))
    figures = [str(number) for number in range(prod(shape))]
    lines = [
        'CONTENTS="Antall"',
        *(
            f'VALUES("{name}")=' + ",".join(f'"{name}-{at}"' for at in range(size))
            for name, size in zip(names, shape, strict=True)
        ),
    ]
    for key, some in (("STUB", names[:stubs]), ("HEADING", names[stubs:])):
        if some:
            lines.append(f"{key}=" + ",".join(f'"{name}"' for name in some))
    if contents < len(shape):
        lines.append(f'CONTVARIABLE="v{contents}"')
    with TemporaryDirectory() as folder:
        source, target = Path(folder) / "a.px", Path(folder) / "a.csv"
        source.write_text(";\n".join([*lines, "DATA=\n" + "\n".join(figures)]) + ";\n", encoding="utf-8")
        write_rows(source, target)
        with target.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
    expected = {}
    for number, places in enumerate(product(*map(range, shape))):
        values = [f"{name}-{at}" for name, at in zip(names, places, strict=True)]
        content = values.pop(contents) if contents < len(shape) else "Antall"
        expected[(content, *values)] = figures[number]
    others = [name for number, name in enumerate(names) if number != contents]
    held_contents = [f"v{contents}-{at}" for at in range(shape[contents])] if contents < len(shape) else ["Antall"]
    assert {(one, *(row[name] for name in others)): row[one] for row in rows for one in held_contents} == expected
