"""A series says what a line for each of its periods would say."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from tests.catalog.asking import PARSER, ask_text, tried
from vkd_catalog.catalogue import open_catalogue
from vkd_grammar.times import Series, read_time, time_as_written

VOCABULARIES = {
    "object-types": "code,prefLabel@nb,kind,number,unit\nA,Personer,individual,plural,person\n",
    "names": "code,prefLabel@nb,kind\nP,Register,register\n",
    "characteristics": "code,prefLabel@nb,kind,temporality\nK,Yrke,individual,status\nL,Lønn,individual,accumulated\n"
    "M,Flytting,individual,event\nN,Kjønn,individual,fixed\n",
}
STARTS = st.sampled_from(["2019", "202006", "2020K4", "20200110"])
ENDS = st.sampled_from(["2020", "2021", "202103", "2022H1", "20220520"])
STEPS = st.sampled_from("AHKMU")
SERIES = st.builds("{}..{}:{}".format, STARTS, ENDS, STEPS).filter(
    lambda text: isinstance(time := read_time(text), Series) and time.count() > 0
)
ASKED = st.one_of(
    SERIES,
    st.sampled_from(["-", "2020", "2021K1", "20200615", "2018..2023", "202002..202104", "..2020", "----0601", "2030"]),
)


def answered(times: Sequence[str], characteristic: str, asked: str) -> tuple[object, ...]:
    """What a catalogue of one product, which states a characteristic at some times, answers to one demand."""
    lines = [f"{number} / Personer / Register / {characteristic} / {time} / " for number, time in enumerate(times, 1)]
    product = "0 / Produktbeskrivelse / p\n" + "O\n".join(lines) + ".\n"
    demand = f"0 / Etterspørselsbeskrivelse / x\n1 / Personer / Register / {characteristic} / {asked} / .\n"
    with TemporaryDirectory() as folder:
        for name, text in VOCABULARIES.items():
            (Path(folder) / f"{name}.csv").write_text(text, encoding="utf-8")
        (Path(folder) / "p.vkd").write_text(product, encoding="utf-8")
        catalogue = open_catalogue(Path(folder), PARSER)
        answer, problems = ask_text(catalogue, demand, 3)
        catalogue.register.close()
    assert not problems
    return answer.status, [(cover.members, cover.grade) for cover in answer.covers]


@tried
@given(SERIES, st.sampled_from(["Yrke", "Lønn", "Flytting", "Kjønn"]), ASKED)
def test_a_series_answers_as_a_line_for_each_period(written: str, characteristic: str, asked: str) -> None:
    series = read_time(written)
    assert isinstance(series, Series)
    each = [time_as_written(period) for period in series.periods()]
    assert answered([written], characteristic, asked) == answered(each, characteristic, asked)
