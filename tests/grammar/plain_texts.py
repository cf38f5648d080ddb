"""Hypothesis strategies for `.vkd` text nearly all of whose lines are plain, and the rest next to it."""

from hypothesis import strategies as st

from tests.grammar.texts import CODES, LINE_ENDS, MARKS, TYPES


def _one_of(texts: str) -> st.SearchStrategy[str]:
    return st.sampled_from(texts.split("|"))


_BLANK = _one_of(" | |  ||\t|\u00a0")
_WORD = st.one_of(
    _one_of(
        "Personer|Yrke|Målt|a b|年齢|x\u0301|#a|;a|=|0|12|Demand description|1970|O|.|?|\U0001f4ca|\u2028|\x0c|a\\/b"
    ),
    CODES,
    MARKS,
)
_TIME = st.one_of(_one_of("1970|19701101|1960..1969|..|?|1970K4|1990..:A|196-----|-x|.x|x|1970x|?x|1970 |K1"), _WORD)
_ENTRY = _one_of(
    "data=F:a.csv|title=A / b|a==b|a= =b|=x|x=|x| |#a=b|;|title=a\\;b|form=c\u00a0|title=x=y|doc=[A]|k y=v"
)


@st.composite
def plain(draw: st.DrawFn) -> str:
    """Descriptions nearly all of whose lines are plain."""
    end = draw(st.sampled_from(LINE_ENDS))
    entries = draw(st.lists(_ENTRY, max_size=3))
    first = f"{draw(_one_of('0|0|0|1|00|'))}{draw(_BLANK)}/ {draw(TYPES)} / {draw(_WORD)}"
    lines = [f"{first}{draw(_one_of(' / |/|'))}{'; '.join(entries)}"]
    lines += [f"{draw(_BLANK)};{draw(_BLANK)}{draw(_ENTRY)}"] * draw(st.integers(0, 2))
    for place in range(draw(st.integers(0, 5))):
        fields = [draw(_one_of(f"{place + 1}|{place + 1}|0|00|x|"))]
        fields += [draw(_WORD), draw(_WORD), draw(_WORD), draw(_TIME), draw(_one_of("O|.|E|N|x||0|-"))]
        lines.append("/".join(f"{draw(_BLANK)}{field}{draw(_BLANK)}" for field in fields))
        lines += draw(st.sampled_from([[], [], [], [""], ["# a / b"], ["\t#"], [" ; x=y"], ["1/2"]]))
    return end.join(lines) + draw(_one_of(f"{end}|"))
