"""What fields mean, word by word, and what is wrong with them at which place (docs/language.md sections 2 to 5).

The texts mark with « » what each problem must point at.
"""

import unicodedata

import pytest

from tests.catalog.asking import PARSER
from tests.catalog.marking import marked
from vkd_catalog.coding import ANY, CodedDescription, Coder
from vkd_catalog.problems import AmbiguousWord
from vkd_catalog.vocabulary import build_vocabularies, read_vocabulary
from vkd_grammar.document import read_document
from vkd_grammar.times import END, NOT_STATED, Mask, Series, Time, span

OBJECT_TYPES = (
    "code,prefLabel@nb,prefLabel@en,kind,number\nA,Personer,Persons,individual,plural\nA.B,Person,,,singular\n"
)
NAMES = """code,prefLabel@nb,altLabel@nb,notation,kind
P,Personregisteret,Personreg.,FREG,register
P.1,Målt  høyde,a/b,0314,register
C,Industri,,,class
C.2,industri,,,class
D,1970,,,register
"""
CHARACTERISTICS = "code,prefLabel@nb,altLabel@nb\nK,Yrke,Jobb\nK.1,Alder,\nF,Fnr,\nG,Løpenummer,Fnr nr, to\n".replace(
    "Fnr nr, to", '"Nr, to"'
)
TIMES = "code,prefLabel@nb,from,to\nT,Sekstiårene,19600101,19691231\nT.1,Dagen,19601101,19601101\n"


def coder(times: str = TIMES) -> Coder:
    texts = {"object-types": OBJECT_TYPES, "names": NAMES, "characteristics": CHARACTERISTICS, "times": times}
    return Coder(build_vocabularies([read_vocabulary(name, text.encode(), name) for name, text in texts.items()]))  # type: ignore[arg-type]


CODER = coder()


def coded(*lines: str, technical: str = "", kind: str = "Demand", by: Coder = CODER) -> CodedDescription:
    written = [f"{number} / {line} / O" for number, line in enumerate(lines, start=1)]
    text = "\n".join([f"0 / {kind} description / x / {technical}", *written]).removesuffix("O") + "."
    ((_, description),) = read_document(text, PARSER).pieces()
    return by.code(description)


MEANINGS: dict[str, tuple[str, ...]] = {
    "a word": ("Personregisteret", "P"),
    "a synonym": ("Personreg.", "P"),
    "a notation": ("freg", "P"),
    "another case": ("PERSONREGISTERET", "P"),
    "runs of blanks": ("målt   høyde", "P.1"),
    "decomposed letters": (unicodedata.normalize("NFD", "Målt høyde"), "P.1"),
    "an escaped slash": ("a\\/b", "P.1"),
    "an escape of nothing": ("\\Personreg.", "P"),
    "a notation of digits": ("0314", "P.1"),
    "a word like a year": ("1970", "D"),
    "a code": ("[P.1]", "P.1"),
    "a code with blanks": ("[ P.1 ]", "P.1"),
    "a word with its code": ("Personreg. [P]", "P"),
    "a word of two concepts, settled": ("Industri [C.2]", "C.2"),
    "don't-care": ("-", ANY),
}


@pytest.mark.parametrize("case", MEANINGS)
def test_what_a_name_means(case: str) -> None:
    written, code = MEANINGS[case]
    found = coded(f"Personer / {written} / Yrke / 1970")
    assert [sentence.name for sentence in found.sentences] == [code]
    assert found.problems == ()


@pytest.mark.parametrize("written", ["Persons", "personer", "[A]"])
def test_another_language_means_the_same(written: str) -> None:
    assert coded(f"{written} / FREG / Jobb / 1970").sentences[0][2:5] == ("A", "P", "K")


@pytest.mark.parametrize(
    ("written", "time"),
    [
        ("1970", span(19700101, 19701231)),
        ("1970K4", span(19701001, 19701231)),
        ("1960..", span(19600101, 99999999)),
        ("196-----", span(19600101, 19691231)),
        ("----1101", Mask("----1101", 11101, 99991101)),
        ("sekstiårene", span(19600101, 19691231)),
        ("[T.1]", span(19601101, 19601101)),
        ("Dagen [T.1]", span(19601101, 19601101)),
    ],
)
def test_what_a_time_means(written: str, time: Time) -> None:
    (sentence,) = coded(f"Personer / FREG / Yrke / {written}").sentences
    assert (sentence.time, sentence.timeless, sentence.complete) == (time, False, True)


@pytest.mark.parametrize(
    ("written", "technical", "time"),
    [
        ("?", "", NOT_STATED),
        ("1993..2023:A", "updated=20200630", Series(19930101, 20231231, "A")),
        ("1993..:A", "updated=20200630", Series(19930101, 20200630, "A")),
        ("1993..:A", "", Series(19930101, END, "A")),
    ],
)
def test_what_a_time_means_that_only_a_product_may_state(written: str, technical: str, time: Time) -> None:
    lines = f"Personer / FREG / Yrke / {written}", 'Personer / FREG / Alder / "'
    product = coded(*lines, technical=technical, kind="Product")
    assert ([sentence.time for sentence in product.sentences], product.problems) == ([time, time], ())
    demand = coded(*lines)
    only_here = time == NOT_STATED or written.endswith("..:A")
    assert [problem.code for problem in demand.problems] == ["VKD301"] * only_here
    assert [sentence.time for sentence in demand.sentences] == [None if only_here else time] * 2


def test_a_time_left_open_is_told_from_one_unknown() -> None:
    free, unknown = (coded(f"Personer / FREG / Yrke / {time}").sentences[0] for time in ("-", "19700231"))
    assert (free.time, free.timeless, free.complete) == (None, True, True)
    assert (unknown.time, unknown.timeless, unknown.complete) == (None, False, False)


LINE = "Personer / FREG / Yrke / 1970"
PROBLEMS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "nothing": ((LINE,), ()),
    "a word nobody knows": (("Personer / «Nowhere» / Yrke / 1970",), ("VKD101",)),
    "a word of another vocabulary": (("Personer / «Yrke» / Alder / 1970",), ("VKD102",)),
    "a word of two concepts": (("Personer / «Industri» / Yrke / 1970",), ("VKD103",)),
    "a code nobody knows": (("Personer / «[Q.1]» / Yrke / 1970",), ("VKD104",)),
    "a word with a code nobody knows": (("Personer / «FREG [Q]» / Yrke / 1970",), ("VKD104",)),
    "a word with another's code": (("Personer / «FREG [C]» / Yrke / 1970",), ("VKD105",)),
    "a day that is none": (("Personer / FREG / Yrke / «19700231»",), ("VKD301",)),
    "a time that is none": (("Personer / FREG / Yrke / «197»",), ("VKD301",)),
    "an interval that ends first": (("Personer / FREG / Yrke / «1970..1960»",), ("VKD302",)),
    "a word that is no time": (("Personer / FREG / Yrke / «Yrke»",), ("VKD102",)),
    "every field at once": (("«Folk» / «Sted» / «Ting» / «Engang»",), ("VKD101",) * 4),
    "a ditto repeats the meaning, not the problem": (
        ("Personer / «Sted» / Yrke / 1970", '" / " / " / "', '" / " / " / "'),
        ("VKD101",),
    ),
    "after letters of two units": (("Personer / «📊ø» / Yrke / 1970",), ("VKD101",)),
    "one unit's identification": (("Person / 12ab34 / Yrke / 1970",), ()),
    "an identification of more than letters and digits": (("Person / «12-34» / Yrke / 1970",), ("VKD101",)),
    "an identification of many units": (("Personer / «12ab34» / Yrke / 1970",), ("VKD101",)),
}


@pytest.mark.parametrize("case", PROBLEMS)
def test_problems(case: str) -> None:
    lines, expected = PROBLEMS[case]
    plain, places = marked("\n".join(lines))
    found = sorted(coded(*plain.split("\n")).problems, key=lambda problem: (problem.row, problem.start))
    assert tuple(problem.code for problem in found) == expected
    # Above stands the header, before each line its number.
    assert [(one.row - 1, one.start - 4, one.end - 4) for one in found] == places


def test_a_word_of_two_concepts_tells_both_codes() -> None:
    (problem,) = coded("Personer / Industri / Yrke / 1970").problems
    assert problem.of(AmbiguousWord).codes == ("C", "C.2")


def test_what_a_code_settles_holds_against_its_word() -> None:
    (sentence,) = coded("Personer / FREG [C] / Yrke / 1970").sentences
    assert sentence.name == "C"


def test_without_a_vocabulary_of_times_a_word_is_no_time() -> None:
    by = coder("code,from,to\n")
    assert [problem.code for problem in coded("Personer / FREG / Yrke / Engang", by=by).problems] == ["VKD301"]


def test_dittos_carry_every_field_as_far_as_they_go() -> None:
    found = coded("Person / ab1 / Yrke / ----1101", '" / " / Alder / "', '" / - / " / 1970', '" / " / " / "')
    assert [sentence[2:5] for sentence in found.sentences] == [
        ("A.B", "=ab1", "K"),
        ("A.B", "=ab1", "K.1"),
        ("A.B", ANY, "K.1"),
        ("A.B", ANY, "K.1"),
    ]
    year = span(19700101, 19701231)
    mask = Mask("----1101", 11101, 99991101)
    assert [sentence.time for sentence in found.sentences] == [mask, mask, year, year]
    assert found.problems == ()


def test_a_line_that_cannot_be_read_hides_no_other() -> None:
    found = coded(LINE, "Personer / FREG", '" / " / Alder / "', LINE)
    assert [(sentence.line, sentence.complete) for sentence in found.sentences] == [(1, True), (3, False), (4, True)]
    assert [problem.code for problem in found.problems] == ["VKD001"]


@pytest.mark.parametrize(
    ("stated", "codes", "problems"),
    [
        ("Fnr", ("F",), []),
        ("fnr, Løpenummer", ("F", "G"), []),
        ("Løpenummer + fnr, Yrke", ("F+G", "K"), []),
        ("[K]+[F]", ("F+K",), []),
        ("Fnr+Nowhere, Yrke", ("K",), ["VKD101"]),
        ("Nr, to", ("G",), []),
        ("[F]", ("F",), []),
        ("Fnr, Nowhere", ("F",), ["VKD101"]),
    ],
)
def test_the_identification_of_units(stated: str, codes: tuple[str, ...], problems: list[str]) -> None:
    found = coded(LINE, technical=f"unit-id={stated}", kind="Product")
    assert (found.technical.unit_id, [problem.code for problem in found.problems]) == (codes, problems)


@pytest.mark.parametrize("key", ["unit-id", "UNIT-ID", "enhets-id"])
def test_keys_go_by_their_aliases(key: str) -> None:
    assert coded(LINE, technical=f"{key}=Fnr", kind="Product").technical.unit_id == ("F",)


@pytest.mark.parametrize(
    ("kind", "technical"),
    [
        ("Product", "dta=x"),
        ("Product", "data=x; data=y"),
        ("Product", "archive=data"),
        ("Product", "access=secret"),
        ("Product", "lead-time=soon"),
        ("Demand", "data=x"),
        ("Demand", "archive=cellar"),
        ("Demand", "profile=perhaps"),
    ],
)
def test_technical_data_that_is_not_taken(kind: str, technical: str) -> None:
    assert [problem.code for problem in coded(LINE, technical=technical, kind=kind).problems] == ["VKD402"]
