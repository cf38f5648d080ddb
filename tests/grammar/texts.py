"""Hypothesis strategies for `.vkd` text: plausible, generated from the formal definition, and mutilated."""

from collections.abc import Callable

from hypothesis import strategies as st
from hypothesis.extra.lark import from_lark

from vkd_grammar.formal import definition
from vkd_grammar.kinds import HEADER_TYPES

LINE_ENDS = ("\n", "\r\n", "\r")
_ODD = '\\/#;="-.[]0\r\n\t\u00a0\u0085\u2028\u030a\ufeff\U0001f4ca\ud800\0\x0c'


def _one_of(texts: str) -> st.SearchStrategy[str]:
    """One of several texts, given with bars between them."""
    return st.sampled_from(texts.split("|"))


_BLANKS = _one_of("| | | |   |\t|\u00a0| \u2003")

NUMBERS = _one_of('0|1|2|3|10|00|O|"|-||1a|[A]|#1|;|٣')
TYPES = st.one_of(
    st.sampled_from([header.word for header in HEADER_TYPES]),
    _one_of('produktBESKRIVELSE|Demand \t description|EFTERFRA\u030aGEBESKRIVNING|Produkt||"|-'),
    _one_of("Produktbe\u017fkr\u0131velse|Produktbe\u017f\u212arivel\u017fe|Efterfr\u212bgebeskrivning"),
)
WORDS = st.one_of(
    _one_of(
        "Personer|Personreg.nov.70|dk:Køn|?|Hele landet  nov|Ma\u030alt|Målt|年齢|a\\/b|\\\\|b\\ |c\\|O|.|1970|[|[a|]|= ;|#"
    ),
    _one_of('\U0001f4ca|x\u2028y|\\[A.B]|\\-|\\"|\ufeff|x\0'),
)
CODES = _one_of('[A.B]|[ A.1 ]|[]|Industri [C.2]|x[y]|[A] [B]|[[A]|" [A]|[A]\\|[A\\]|[dk:A.B]|dk:Køn [dk:A]|[:]')
MARKS = _one_of('"|”|“|″|〃|-||--|""')
FIELDS = st.one_of(WORDS, CODES, MARKS)
TIMES = st.one_of(
    _one_of("19701101|1970|197011|1970K4|1970q1|1970U05|1970w53|1970H2|1970M11"),
    _one_of("19600101..19691231|1960 .. 1969K3|..|1970..|..1970U01|1970...1971|1960..x"),
    _one_of("1993..2023:A|1993 .. : k|..:u|1970 :M|1970:x|1993..x:A|:A|?|??|196-----:A|1970::A|dk:1970"),
    _one_of("196-----|----1101|--------|19701-01|---|1970110|197011011|１９７０"),
    FIELDS,
)
OPERATORS = _one_of('O|E|N|.||0|o|..|"|-|OE|O\\')
KEYS = _one_of("data|doc|form|access|unit-id|vilkår|arkiv|x/y||a b|\\=|#")
VALUES = _one_of("fob:person.csv|a/b/c.md|open, fritt||x = y|\\;|https://a.b/c#d|[A]|\\")


@st.composite
def _joined(draw: st.DrawFn, fields: list[st.SearchStrategy[str]]) -> str:
    return "/".join(draw(_BLANKS) + draw(field) + draw(_BLANKS) for field in fields)


@st.composite
def technical_data(draw: st.DrawFn) -> str:
    """What may stand after a header's third slash."""
    entries = []
    for _ in range(draw(st.integers(0, 3))):
        sign = draw(_one_of("=|=| = ||=="))
        entries.append(draw(KEYS) + sign + draw(VALUES))
    return draw(_one_of("; |;| ;; ")).join(entries)


@st.composite
def headers(draw: st.DrawFn) -> str:
    """A header, right or nearly right."""
    number = draw(st.one_of(st.just("0"), NUMBERS))
    line = draw(_joined([st.just(number), TYPES, *[WORDS] * draw(st.integers(0, 1))]))
    return line + draw(_one_of("|/| / ")) + draw(technical_data())


@st.composite
def sentences(draw: st.DrawFn) -> str:
    """A sentence, right or nearly right; one in three has a field too few or more."""
    fields = [NUMBERS, FIELDS, FIELDS, FIELDS, TIMES, OPERATORS]
    count = draw(st.sampled_from([6, 6, 6, 6, *range(1, 9)]))
    return draw(_joined([*fields, FIELDS, FIELDS][:count]))


@st.composite
def continuations(draw: st.DrawFn) -> str:
    """A line of further technical data."""
    return draw(_BLANKS) + ";" + draw(technical_data())


COMMENTS = _one_of("# vkd: ignore[VKD401]|#|  #  a / b|\t# \\|# 0 / Produktbeskrivelse / x")


@st.composite
def documents(draw: st.DrawFn) -> str:
    """Several lines of every kind, with one sort of line ends or with all of them."""
    end = st.sampled_from(draw(st.sampled_from([*((end,) for end in LINE_ENDS), LINE_ENDS])))
    line = st.one_of(sentences(), sentences(), headers(), continuations(), COMMENTS, _BLANKS)
    lines = [draw(line) + draw(end) for _ in range(draw(st.integers(0, 7)))]
    return "".join(lines) + draw(st.one_of(st.just(""), line))


def from_definition() -> st.SearchStrategy[str]:
    """Text that the formal definition itself generates."""
    return from_lark(definition())


@st.composite
def mutilated(draw: st.DrawFn) -> str:
    """Plausible text after some characters were deleted, doubled, swapped or put in."""
    text = draw(documents())
    for _ in range(draw(st.integers(1, 5))):
        change = draw(st.sampled_from(_CHANGES))
        at = draw(st.integers(0, len(text)))
        text = change(text, at, draw(st.one_of(st.sampled_from(_ODD), st.characters(codec=None))))
    return text


def _deleted(text: str, at: int, _: str) -> str:
    return text[:at] + text[at + 1 :]


def _doubled(text: str, at: int, _: str) -> str:
    return text[:at] + text[at : at + 1] + text[at:]


def _swapped(text: str, at: int, _: str) -> str:
    return text[:at] + text[at + 1 : at + 2] + text[at : at + 1] + text[at + 2 :]


def _put_in(text: str, at: int, character: str) -> str:
    return text[:at] + character + text[at:]


_CHANGES: tuple[Callable[[str, int, str], str], ...] = (_deleted, _doubled, _swapped, _put_in)

RANDOM = st.one_of(
    st.text(st.sampled_from(_ODD + "aO1/ "), max_size=60), st.text(st.characters(codec=None), max_size=60)
)


def anything() -> st.SearchStrategy[str]:
    """Any text at all, most of it near enough to the language to reach its corners."""
    return st.one_of(documents(), mutilated(), from_definition(), RANDOM)
