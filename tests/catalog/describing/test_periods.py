"""Periods in names of files, and which files are alike but for the period."""

from pathlib import Path

import pytest

from vkd_catalog.describing.periods import grouped, period_in, series, short_period_in


@pytest.mark.parametrize(
    ("name", "time", "pattern"),
    [
        ("bef_2019", "2019", "bef_{year}"),
        ("2019 utdanning", "2019", "{year} utdanning"),
        ("bef2019_v2", "2019", "bef{year}_v2"),
        ("x_201912", "201912", "x_{year}{month}"),
        ("x-2019-03", "201903", "x-{year}-{month}"),
        ("x-2019K3", "2019K3", "x-{year}K{quarter}"),
        ("a2019Q1", "2019K1", "a{year}Q{quarter}"),
        ("a2019H2", "2019H2", "a{year}H{half}"),
        ("a2019M7", "201907", "a{year}M{month}"),
        ("bef_20191231", "20191231", "bef_{year}1231"),
        ("1999_2003", "2003", "1999_{year}"),
    ],
)
def test_a_period_in_a_name(name: str, time: str, pattern: str) -> None:
    found = period_in(name)
    assert found
    assert (found.time, found.pattern) == (time, pattern)


@pytest.mark.parametrize("name", ["kodebok", "id12345", "x_3019", "v20191", "ft70-person"])
def test_no_period_in_a_name(name: str) -> None:
    assert period_in(name) is None


def test_years_of_two_digits() -> None:
    found = [short_period_in(name) for name in ("bef09", "ft70-person", "a09b10", "id123")]
    assert [one and one.time for one in found] == ["2009", "1970", None, None]


def test_files_that_are_alike_but_for_the_period() -> None:
    names = ["b/a2010.csv", "a2010.csv", "a2009.csv", "a2010.sav", "b.csv", "bef10.csv", "bef09.csv", "a2011K1.csv"]
    assert [[path.as_posix() for path in group] for group in grouped(map(Path, names))] == [
        ["b/a2010.csv"],
        ["a2009.csv", "a2010.csv"],
        ["a2010.sav"],
        ["b.csv"],
        ["bef09.csv", "bef10.csv"],
        ["a2011K1.csv"],
    ]


@pytest.mark.parametrize(
    ("names", "times"),
    [
        (("a2009", "a2010", "a2011"), ("2009..2011:A",)),
        (("a2009", "a2010", "a2013"), ("2009..2010:A", "2013")),
        (("a201911", "a201912", "a202001"), ("201911..202001:M",)),
        (("a2019K4", "a2020K1"), ("2019K4..2020K1:K",)),
        (("a20191231", "a20201231"), ("2019..2020:A",)),
        (("a20191231",), ("20191231",)),
    ],
)
def test_periods_as_series(names: tuple[str, ...], times: tuple[str, ...]) -> None:
    assert series([period for name in names if (period := period_in(name))]) == times
