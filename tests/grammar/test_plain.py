"""Lines that are read without the grammar are read as the grammar reads them, whatever came before."""

from hypothesis import given
from hypothesis import strategies as st

from tests.grammar.texts import CODES, LINE_ENDS, MARKS, TYPES, anything
from vkd_grammar.document import read_document
from vkd_grammar.parser import Parser
from vkd_grammar.plain import PlainLines

PARSER = Parser()
"""It remembers what every example has told."""


class Nothing(PlainLines):
    """Finds no line plain, so that all goes to the grammar."""

    def sentence(self, line: str) -> None:
        return None

    def header(self, row: int, line: str) -> None:
        return None

    def further(self, row: int, line: str) -> None:
        return None


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


@given(st.one_of(plain(), plain(), anything()))
def test_plain_lines_are_read_as_the_grammar_reads_them(text: str) -> None:
    by_grammar = Parser()
    by_grammar._plain = Nothing()
    wanted = list(read_document(text, by_grammar).descriptions)
    assert list(read_document(text, PARSER).descriptions) == wanted
    assert list(read_document(text, Parser()).descriptions) == wanted
