"""Every figure that is told of data equals one that counting their rows in plain Python gives, whatever the form, the
files they are divided into, and how the cells are written."""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from unicodedata import normalize

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.catalog.data.writing import census, held, write_csv, write_parquet
from vkd_catalog.data import Held
from vkd_catalog.problems import FaultyUnitIds, StrangeValues, TimesOutside

HEADER = ("Fødselsnummer", "KJØNN", "Yrke", "Inntekt", "År")
SEX = {"1", "2", "mann", "kvinne"}
CLASSES = {"2", "3", "y.2", "y.3", "kontorfunksjonærer", "selgere", "clerical workers", "sales workers"}
INSIDE = {"1970", "1971", "19700630", "1971-02-28", "1970K2", "1971-12"}
OUTSIDE = ("1969", "1972-01-01", "1980")
NO_TIMES = ("i fjor", "1970-13", "99")

ids = st.sampled_from(["P1", "P2", "P3", "P4", "P5", " P1", "", "p1"])
sexes = st.sampled_from(["1", "2", " 1 ", "Mann", "KVINNE", "", "3", "x", "4", "\u00a02", "Man n", "01", 'a"b;c'])
occupations = st.sampled_from(["2", "3", "Y.2", "y.3", "Selgere", "KONTORFUNKSJONÆRER", "7", "", "9", "Y", "2.0"])
incomes = st.sampled_from(["", "0", "1", "-5", "52000", "0.5", " "])
years = st.sampled_from([*sorted(INSIDE), *OUTSIDE, *NO_TIMES, ""])
rows = st.lists(st.tuples(ids, sexes, occupations, incomes, years), max_size=25)

PRODUCT = """\
0 / Produktbeskrivelse / eksempel / data={data}; form={form}; unit-id=Fødselsnummer
1 / Personer / Personreg.nov.70 / Fødselsnummer / 1970..1971:A / O
2 / "        / "                / Kjønn         / "            / O
3 / "        / "                / Yrke          / "            / O
4 / "        / "                / Inntekt       / "            / .
"""

Row = tuple[str, str, str, str, str]


class Counted(NamedTuple):
    """What is to be told of some rows."""

    rows: int
    columns: list[tuple[str, int, int]]
    strange: dict[str, tuple[int, int, tuple[str, ...]]]
    absent: int
    repeated: int
    outside: int
    unread: int


def folded(cell: str) -> str:
    return normalize("NFC", " ".join(cell.split())).casefold()


def strange_in(cells: Iterable[str], known: set[str]) -> tuple[int, int, tuple[str, ...]]:
    bad = [cell for cell in cells if cell and folded(cell) not in known]
    return len(bad), len(set(bad)), tuple(dict.fromkeys(bad))[:3]


def counted(table: Sequence[Row]) -> Counted:
    columns = [[row[at].strip(" \t\u00a0") for row in table] for at in range(5)]
    numbers, sexes_, occupations_, _, years_ = columns
    keys = Counter((number, year) for number, year in zip(numbers, years_, strict=True) if number)
    strange = {"KJØNN": strange_in(sexes_, SEX), "Yrke": strange_in(occupations_, CLASSES)}
    return Counted(
        len(table),
        [
            (name, len(set(filter(None, column))), column.count(""))
            for name, column in zip(HEADER[:4], columns, strict=False)
        ],
        {name: had for name, had in strange.items() if had[0]},
        numbers.count(""),
        sum(count for count in keys.values() if count > 1),
        sum(year in OUTSIDE for year in years_),
        sum(year in NO_TIMES for year in years_),
    )


def told(found: Held) -> Counted:
    facts = [problem.facts for problem in found.problems]
    ids_ = {one.reason: one.rows for one in facts if isinstance(one, FaultyUnitIds)}
    times = {one.unread: one.rows for one in facts if isinstance(one, TimesOutside)}
    assert found.figures
    return Counted(
        found.figures.rows,
        [(one.column, one.distinct, one.missing) for one in found.figures.columns],
        {one.column: (one.rows, one.values, one.first) for one in facts if isinstance(one, StrangeValues)},
        ids_.get("absent", 0),
        ids_.get("repeated", 0),
        times.get(False, 0),
        times.get(True, 0),
    )


@settings(max_examples=40, deadline=None)
@given(rows, st.sampled_from(",;\t"))
def test_csv_is_counted_as_python_counts_it(table: list[Row], separator: str) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        write_csv(folder / "a.csv", HEADER, table, separator)
        assert told(held(PRODUCT.format(data="a.csv", form="csv"), census(folder))) == counted(table)


@settings(max_examples=25, deadline=None)
@given(rows)
def test_parquet_is_counted_as_python_counts_it(table: list[Row]) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        write_parquet(folder / "a.parquet", HEADER, table, ["VARCHAR"] * 5)
        assert told(held(PRODUCT.format(data="a.parquet", form="parquet"), census(folder))) == counted(table)


@settings(max_examples=20, deadline=None)
@given(rows, rows, st.permutations(range(5)))
def test_several_files_are_one_set_whatever_the_order_of_their_columns(
    first: list[Row], second: list[Row], order: list[int]
) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        write_csv(folder / "part-1.csv", HEADER, first)
        write_csv(folder / "part-2.csv", [HEADER[at] for at in order], [[row[at] for at in order] for row in second])
        assert told(held(PRODUCT.format(data="part-*.csv", form="csv"), census(folder))) == counted([*first, *second])


numbers = st.lists(
    st.tuples(
        st.one_of(st.none(), st.integers(1, 4)),
        st.one_of(st.none(), st.integers(1, 4).map(float), st.just(2.5), st.just(float("nan"))),
    ),
    max_size=15,
)


@settings(max_examples=20, deadline=None)
@given(numbers)
def test_numbers_in_parquet_are_the_texts_that_people_write(table: list[tuple[int | None, float | None]]) -> None:
    """A program keeps `1` as 1 or, where others are missing, as 1.0."""
    text = (
        "0 / Produktbeskrivelse / eksempel / data=a.parquet; form=parquet\n"
        "1 / Personer / Personreg.nov.70 / Yrke  / 1970 / O\n"
        '2 / "        / "                / Kjønn / "    / .\n'
    )
    with TemporaryDirectory() as name:
        folder = Path(name)
        write_parquet(folder / "a.parquet", ["Yrke", "Kjønn"], table, ["INTEGER", "DOUBLE"])
        found = held(text, census(folder))
    bad_codes = [str(one) for one, _ in table if one in (1, 4)]
    bad_sexes = [f"{one:g}" for _, one in table if one is not None and one in (2.5, 3, 4)]
    strange = {one.facts[0]: one.facts[1:3] for one in found.problems if isinstance(one.facts, StrangeValues)}
    expected = {"Yrke": bad_codes, "Kjønn": bad_sexes}
    assert strange == {name: (len(bad), len(set(bad))) for name, bad in expected.items() if bad}
    assert found.figures
    assert [one.missing for one in found.figures.columns] == [
        sum(one is None for one, _ in table),
        sum(one is None or one != one for _, one in table),
    ]
