"""Times as people write them elsewhere: what is offered, that no other day is, and that dates with hyphens are told."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.server.workspaces import found_in_text
from vkd_grammar.text import split_lines
from vkd_grammar.times import Series, Span, read_time
from vkd_server.features.refactoring.fixes import applied
from vkd_server.rules.shared.meant_times import meant_times, stretch_of

DEMAND = "0 / Etterspørselsbeskrivelse / bruker\n1 / Personer / Personreg.nov.70 / Yrke / {} / .\n"
PRODUCT = DEMAND.replace(
    "Etterspørselsbeskrivelse / bruker",
    "Produktbeskrivelse / p / data=http://a.no/b; doc=http://a.no/b; form=px; access=open",
)

MEANT = {
    # Dates
    "1970-11-01": ["19701101"],
    "1970-11-1": ["19701101"],
    "1970.1.1": ["19700101"],
    "1970 11 01": ["19701101"],
    "1.11.1970": ["19701101"],
    "1-1-1970": ["19700101"],
    "01111970": ["19701101"],
    "1/11/1970": ["19701101"],
    "01.11.70": ["19701101"],
    "1. november 1970": ["19701101"],
    "3.mai 1970": ["19700503"],
    "November 1, 1970": ["19701101"],
    "1970-01-01T00:00": ["19700101"],
    "2020-01-15 12:00:00": ["20200115"],
    "1970-D100": ["19700410"],
    "1970-W05-1": ["19700126"],
    "197O1101": ["19701101"],
    "１９７０１１０１": ["19701101"],
    "١٩٧٠": ["1970"],
    "19701131": ["19701130"],
    # Parts of a year
    "1970S1": ["1970H1"],
    "S2 1970": ["1970H2"],
    "1. halvår 1970": ["1970H1"],
    "första halvåret 1970": ["1970H1"],
    "1970M1": ["1970M01"],
    "1970A": ["1970"],
    "1970-A1": ["1970"],
    "år 1970": ["1970"],
    "1970-T1": ["197001..197004"],
    "tertial 2 1970": ["197005..197008"],
    "1970-T3": ["197009..197012"],
    "1970 K4": ["1970K4"],
    "K4 1970": ["1970K4"],
    "Q4/1970": ["1970Q4"],
    "4. kvartal 1970": ["1970K4"],
    "IV kvartal 1970": ["1970K4"],
    "4th quarter 1970": ["1970Q4"],
    "W5 1970": ["1970W05"],
    "1970-W5": ["1970W05"],
    "uke 5 1970": ["1970U05"],
    "vecka 5, 1970": ["1970U05"],
    "V5 1970": ["1970U05"],
    "1970-11": ["197011"],
    "1970.11": ["197011"],
    "11/1970": ["197011"],
    "jan 1970": ["197001"],
    "januari 1970": ["197001"],
    "nov.70": ["197011"],
    "1970 desember": ["197012"],
    # Intervals
    "19700101-19701231": ["19700101..19701231"],
    "1970-01-01/1970-12-31": ["19700101..19701231"],
    "1970-01-01..1970-12-31": ["19700101..19701231"],
    "1970–1971": ["1970..1971"],
    "1970 - 1975": ["1970..1975"],
    "1970 til og med 1975": ["1970..1975"],
    "mellom 1970 og 1975": ["1970..1975"],
    "1970K4-1971K1": ["1970K4..1971K1"],
    "1970..75": ["1970..1975"],
    "2019/2020": ["2019..2020"],
    "2019\\/2020": ["2019..2020"],
    "1970/71": ["1970..1971"],
    "1999/00": ["1999..2000"],
    "1960-69": ["1960..1969"],
    "2019-20": ["2019..2020"],
    "1970–": ["1970.."],
    "fra 1970": ["1970.."],
    "t.o.m. 1970": ["..1970"],
    "1970s": ["1970..1979"],
    "70-tallet": ["1970..1979"],
    "1970-talet": ["1970..1979"],
    # Series
    "1993..2023:Y": ["1993..2023:A"],
    "1993-2023:A": ["1993..2023:A"],
    "1993–2023, årlig": ["1993..2023:A"],
    "1993-2023 hvert år": ["1993..2023:A"],
    "1993..2023 kvartalsvis": ["1993..2023:K"],
    "1993–2023 quarterly": ["1993..2023:Q"],
    "1993..2023:uke": ["1993..2023:U"],
    "199301–202306 monthly": ["199301..202306:M"],
    "1993..:A": ["1993.."],
    "?": ["-"],
    "197001..197006:A": ["197001..197006"],
    # Both are common
    "2010-11": ["201011", "2010..2011"],
    "1800-tallet": ["1800..1899", "1800..1809"],
    "20-tallet": ["1920..1929", "2020..2029"],
}
"""A time field of a demand, and all that is offered for it."""

NOT_MEANT = [
    "2021W53",
    "2021U00",
    "2021W53..2022",
    "1970K5",
    "1993..2023:T",
    "1993..2023:X",
    "1970H3",
    "1970M13",
    "197013",
    "1970-13",
    "19701301",
    "1970111",
    "1970-D366",
    "1970-T4",
    "32.11.1970",
    "1970-100",
    "1970?",
    "ca. 1970",
    "Folketellingen 1980",
    "i fjor",
]
"""What may be several times or is none: nothing is offered rather than a wrong day."""


def offered(text: str) -> list[str]:
    """What a demand's or product's line says of its time after each fix, in their order; each takes its problem away."""
    (found,) = [one for one in found_in_text(text) if one.code in ("VKD001", "VKD007", "VKD101", "VKD301", "VKD305")]
    after = [applied(split_lines(text), fix.edits) for fix in found.fixes() if fix.edits[0].path == "a.vkd"]
    assert all(not found_in_text(one) for one in after)
    return [one.splitlines()[1].split(" / ")[4] for one in after]


@pytest.mark.parametrize(("written", "times"), MEANT.items())
def test_what_is_offered(written: str, times: list[str]) -> None:
    assert offered(DEMAND.format(written)) == times


@pytest.mark.parametrize("written", NOT_MEANT)
def test_no_day_is_offered(written: str) -> None:
    assert offered(DEMAND.format(written)) == []


@pytest.mark.parametrize(
    ("written", "days"),
    [("1970-1-1", ["19700101"]), ("20-01-15", ["20200115", "20150120"])],
)
def test_digits_that_look_like_a_date(written: str, days: list[str]) -> None:
    (found,) = found_in_text(DEMAND.format(written))
    assert (found.code, found.severity) == ("VKD305", "warning")
    assert offered(DEMAND.format(written)) == offered(PRODUCT.format(written)) == days


@pytest.mark.parametrize(
    "written", ["196-----", "----1101", "1970----", "19--01--", "--------", "1970-1--", "197-1101"]
)
def test_digits_that_are_left_open_do_not(written: str) -> None:
    assert found_in_text(DEMAND.format(written)) == ()


@pytest.mark.parametrize(("written", "said"), [("196-----", ["1960..1969"]), ("1970----", ["1970"]), ("19--01--", [])])
def test_what_a_product_may_say_instead_of_open_digits(written: str, said: list[str]) -> None:
    assert offered(PRODUCT.format(written)) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2021W53", "«2021W53» finnes ikke: 2021 har ingen uke 53, bare 1 til 52."),
        ("1970U54", "«1970U54» finnes ikke: 1970 har ingen uke 54, bare 1 til 53."),
        ("1960..2021W53", "«1960..2021W53» finnes ikke: 2021 har ingen uke 53, bare 1 til 52."),
        ("1970K5", "«1970K5» finnes ikke: et år har fire kvartaler."),
        ("197013", "«197013» finnes ikke: et år har tolv måneder."),
        ("1970H0", "«1970H0» finnes ikke: et år har to halvår."),
        ("19700231", "«19700231» finnes ikke i kalenderen. En dag skrives år, måned, dag: 19701101."),
    ],
)
def test_what_the_calendar_lacks_is_said(written: str, said: str) -> None:
    assert [one.message for one in found_in_text(DEMAND.format(written))] == [said]


WAYS = (
    "{0:%Y-%m-%d}",
    "{0:%d.%m.%Y}",
    "{0.day}.{0.month}.{0.year}",
    "{0:%Y.%m.%d}",
    "{0:%Y-%m-%dT%H:%M:%S}",
    "{0.year}-D{1}",
)
LATIN, ARABIC = "0123456789", "٠١٢٣٤٥٦٧٨٩"


@given(st.dates(date(1000, 1, 1), date(9998, 12, 31)), st.sampled_from(WAYS), st.booleans())
def test_a_day_is_read_as_that_day_alone(day: date, way: str, arabic: bool) -> None:
    text = way.format(day, day.timetuple().tm_yday)
    text = text.translate(str.maketrans(LATIN, ARABIC)) if arabic else text
    assert meant_times(text) == [f"{day:%Y%m%d}"]


@given(st.text("0123456789-.:/ KQHUWMSTADjanfeb–til", max_size=20))
def test_whatever_is_offered_is_a_time(text: str) -> None:
    assert all(isinstance(read_time(time), Span | Series) for time in meant_times(text))


@given(st.from_regex(r"[0-9]{1,7}", fullmatch=True))
def test_an_interval_instead_of_open_digits_means_the_same(known: str) -> None:
    digits = f"{known:-<8}"
    stretch = stretch_of(digits)
    assert stretch is None or read_time(stretch) == read_time(digits)
