"""Vocabularies as tables: what is read, what a concept inherits, which words name it, and what is wrong where.

A case's text marks with « » what each problem must point at, in the order of the file (docs/language.md sections 4 and 8).
"""

import random
import unicodedata
from collections.abc import Sequence

import pytest

from tests.catalog.marking import Place, marked
from vkd_catalog.problems import CodeTwice, DerivedFromItself, SharedWord, UnreadableTable
from vkd_catalog.vocabulary import (
    VOCABULARY_NAMES,
    Source,
    Vocabularies,
    VocabularyName,
    build_vocabularies,
    missing_vocabulary,
    read_vocabulary,
    read_vocabulary_lines,
    with_file,
)
from vkd_catalog.vocabulary.concept import is_below, is_same_or_below
from vkd_catalog.vocabulary.sheet import Sheet
from vkd_grammar.syntax import Problem
from vkd_grammar.text import split_lines
from vkd_grammar.times import span


def vocabularies(**texts: str | bytes) -> Vocabularies:
    """Vocabularies from texts; a keyword is a vocabulary's name with `_` for `-`."""
    return build_vocabularies(
        [
            read_vocabulary(name, text if isinstance(text, bytes) else text.encode(), name)
            for name in VOCABULARY_NAMES
            if (text := texts.get(name.replace("-", "_"))) is not None
        ]
    )


def places(problems: Sequence[Problem]) -> list[Place]:
    return [(problem.row, problem.start, problem.end) for problem in problems]


# What is wrong, and where

PROBLEMS: dict[str, tuple[VocabularyName, str, Sequence[str]]] = {
    "a code twice": ("names", "code,kind\nA,register\nB,class\n«A»,class\n", ["VKD601 A"]),
    "a preferred word of two concepts": (
        "names",
        "code,prefLabel@nb,prefLabel@en\nA,Yrke,Trade\nB,Jobb,«Yrke»\n",
        ["VKD602 Yrke"],
    ),
    "a word of two concepts, cased and spaced otherwise": (
        "names",
        "code,prefLabel@nb,altLabel@nb\nA,Min jobb,\nB,Yrke,«x|MIN  JOBB»\n",
        ["VKD602 MIN  JOBB"],
    ),
    "a notation that is a word": ("names", "code,notation,prefLabel@nb\nA,1,Yrke\nB,«yrke»,Jobb\n", ["VKD602 yrke"]),
    "one concept's word twice is fine": ("names", "code,prefLabel@nb,prefLabel@en\nA,Sum,Sum\n", []),
    "a word of many concepts": (
        "names",
        "code,prefLabel@nb,altLabel@nb\nA,Yrke,\nB,«Yrke»,Jobb\nC,YRKE,«jobb»\nD,x,yrke|Jobb\n",
        ["VKD602 Yrke", "VKD602 jobb"],
    ),
    "a word of classes of different classifications": (
        "names",
        "code,prefLabel@nb,kind\nA,x,classification\nA.1,Industri,class\nB,y,classification\nB.1.2,Industri,class\n"
        "B.1,z,class\n",
        [],
    ),
    "a word of two classes of one classification": (
        "names",
        "code,prefLabel@nb,kind\nA,x,classification\nA.1,Industri,class\nA.1.1,«Industri»,class\n"
        "B,y,classification\nB.1,Industri,class\n",
        ["VKD602 Industri"],
    ),
    "a word of a class and of its classification": (
        "names",
        "code,prefLabel@nb,kind\nA,Yrke,classification\nA.1,«Yrke»,class\n",
        ["VKD602 Yrke"],
    ),
    "nothing above": ("names", "code\nA.B\n«A.B.C.D»\nA\n", ["VKD603 A.B.C.D"]),
    "a column nobody knows": ("names", "code,«kindd»,kind\nA,,class\n", ["VKD607 kindd"]),
    "a column of another vocabulary": ("times", "code,from,to,«kind»\nA,1960,1960,\n", ["VKD607 kind"]),
    "a language that is no tag": ("names", "code,«prefLabel@»,«prefLabel@norsk bokmål»\nA,x,y\n", ["VKD607"] * 2),
    "a column twice": ("names", "code,kind,«kind»\nA,class,class\n", ["VKD604 kind"]),
    "no column code": ("names", "«kind»\nclass\n", ["VKD604 code"]),
    "an empty file": ("names", "", ["VKD604 code"]),
    "a file of blank lines": ("names", "\n\n", ["VKD604 code"]),
    "a header below blank lines": ("names", "\n\ncode,«kindd»\nA,x\n", ["VKD607 kindd"]),
    "an unknown value": ("object-types", "code,kind,number\nA,individual,«plurall»\n", ["VKD604 plurall"]),
    "an unknown temporality": ("characteristics", "code,temporality,kind\nA,«flow»,individual\n", ["VKD604 flow"]),
    "a code that is none": ("names", "code,kind\n«A..B»,class\n«»,class\n«A B»,class\nÅ_1b-2,class\n", ["VKD604"] * 3),
    "too few cells": ("names", "code,kind,notation\nA,class\nB\n", []),
    "too many cells": ("names", "code,kind\n«A»,class,x\n", ["VKD604"]),
    "a day that is none": ("times", "code,from,to\nT,«19700231»,1970\n", ["VKD604 19700231"]),
    "an interval that ends first": ("times", "code,from,to\nT,1970,«1960»\n", ["VKD604"]),
    "a see-also that is missing": ("names", "code,seeAlso\nA,«B|C»\nB,A\n", ["VKD605 C"]),
    "an object type that is missing": ("names", "code,objectTypes\nA,«P»\n", ["VKD605 P"]),
    "a classification that is missing": ("characteristics", "code,classification\nA,«Y»\n", ["VKD605 Y"]),
    "a source that is missing": ("characteristics", "code,derivedFrom\nA,«B+C|D»\nB,\nD,\n", ["VKD605 C"]),
    "derived from itself": ("characteristics", "code,derivedFrom\nA,«A»\n", ["VKD606 A"]),
    "derived in a circle": (
        "characteristics",
        "code,derivedFrom\nA,«B|D»\nB,«C+D»\nC,«A»\nD,\n",
        ["VKD606 A", "VKD606 B", "VKD606 C"],
    ),
    "derived of one that is in a circle": ("characteristics", "code,derivedFrom\nA,«A»\nB,A\n", ["VKD606 A"]),
    "after a cell of several lines": (
        "names",
        'code,definition@nb,kind\nA,"to\nlinjer, og ""tre""\n",«klasse»\nB,,«reg»\n',
        ["VKD604 klasse", "VKD604 reg"],
    ),
    "a cell of several lines": ("object-types", 'code,kind\nA,«"in»\ndividual"\nB,«x»\n', ["VKD604", "VKD604 x"]),
    "a quoted cell": ("names", 'code,prefLabel@nb,kind\nA,"x, y",«"klasse"»\n', ["VKD604 klasse"]),
    "a quote inside a cell": ("names", 'code,prefLabel@nb,kind\nA,5" disk,«klasse»\n', ["VKD604 klasse"]),
    "a quote that is never closed": (
        "names",
        'code,kind,notation\nA,«klasse»,«"x»\nB,class\n«B»,class\n',
        ["VKD604 klasse", "VKD604 quote", "VKD601 B"],
    ),
    "a quoted comma and a doubled quote": ("names", 'code,prefLabel@nb,kind\nA,"x "", y",«z»\n', ["VKD604 z"]),
    "text after a closed quote": ("names", 'code,prefLabel@nb,kind\nA,"x"y"",«z»\n', ["VKD604 z"]),
    "letters beyond the first plane": ("names", "code,prefLabel@nb,kind\nA,📊å,«x»\n", ["VKD604 x"]),
    "blanks around cells": ("names", "code , kind\n A ,« x »\n", ["VKD604 x"]),
    "CRLF": ("names", "code,kind\r\nA,«x»\r\nB,class\r\n«A»,\r\n", ["VKD604 x", "VKD601 A"]),
    "CR alone": ("names", "code,kind\rA,«x»\rB,class", ["VKD604 x"]),
    "U+2028 ends no line": ("names", "code,prefLabel@nb,kind\nA,«x\u2028y»,«x»\n", ["VKD604 character", "VKD604 x"]),
    "NUL": ("names", "code,prefLabel@nb,kind\nA,«x\0y»,«x»\n", ["VKD604 character", "VKD604 x"]),
    "a word with a line break": ("names", 'code,prefLabel@nb\nA,«"Bolig»\ntype"\nB,x\n', ["VKD604 character"]),
    "a synonym with a line break": ("names", 'code,altLabel@nb\nA,«"a|b»\nc|d"\n', ["VKD604 character"]),
    "a notation with a tab inside is fine": ("names", "code,notation\nA,x\ty\n", []),
    "a notation with an escape sequence": ("names", "code,notation\nA,«\x1b[31mx»\n", ["VKD604 character"]),
    "a code with a line break": ("names", 'code,kind\n«"A»\nB",class\n', ["VKD604 code"]),
    "a definition may have line breaks": ("names", 'code,definition@nb\nA,"a\nb"\n', []),
    "semicolons": ("names", "code;kind;prefLabel@nb\nA;«klasse»;Hus, hytte\n", ["VKD604 klasse"]),
    "tabs": ("names", "code\tkind\tprefLabel@nb\nA\t«klasse»\tHus; hytte, bod\n", ["VKD604 klasse"]),
    "the separator on the first line": ("names", "sep=;\r\ncode;kind\r\nA;«x»\r\n", ["VKD604 x"]),
    "the separator, with more of them behind": ("names", '"sep=,",,\ncode,kind,\nA,«x»,\n', ["VKD604 x"]),
    "a separator that the header does not go by": ("names", "sep=,\ncode;kind\nA;«x»\n", ["VKD604 x"]),
    "columns without name and content": ("names", "code,,kind,,\nA,,«x»,,\nB,,class\n", ["VKD604 x"]),
    "a column without a name but with content": ("names", "code,«»,kind\nA,n,class\nB,m,class\n", ["VKD607"]),
    "columns of one's own": ("names", "code,x-note,X-Merknad\nA,a,b\n", []),
    "columns in another case": ("names", "Code,PrefLabel@nb ,KIND,notation , preflabel@EN\nA,a,«x»\n", ["VKD604 x"]),
    "labels of one language twice": ("names", "code,prefLabel@nb,«PrefLabel@nb»\nA,a,b\n", ["VKD604 column-twice"]),
    "columns in a file without codes": ("names", "«kode,navn,slag,merknad»\nA,a,b,c\n", ["VKD604 code"]),
    "a title above the header": ("names", "«Navn;;»\n\ncode;kind;\nA;«x»;\n", ["VKD604 preamble", "VKD604 x"]),
    "the header once more": ("names", "code,kind\nA,class\n«code»,kind\nB,«x»\n", ["VKD604 header-again", "VKD604 x"]),
    "rows of another file": (
        "names",
        "code,kind\nA,class\n«B;class»\nC;class\nD,«x»\n",
        ["VKD604 separators", "VKD604 x"],
    ),
    "a row of separators": ("names", "code;kind\n;\nA;«x»\n;;;\n", ["VKD604 x"]),
    "only a header": ("names", "code;prefLabel@nb\n", []),
    "quotes around all": ("names", '"code";"kind"\n"A";«"x"»\n', ["VKD604 x"]),
    "a code in the form of text": ("names", 'code,kind\n«="001"»,class\n«\'002»,class\n', ["VKD604 code"] * 2),
}


@pytest.mark.parametrize("case", PROBLEMS)
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_problems(case: str, mark: str) -> None:
    """Each problem, with its place and the value it is about; a byte order mark before it all changes nothing."""
    name, text, expected = PROBLEMS[case]
    plain, there = marked(text)
    found = vocabularies(**{name.replace("-", "_"): mark + plain}).problems[name]
    problems = sorted(found, key=lambda problem: (problem.row, problem.start))
    assert [problem.code for problem in problems] == [code.split()[0] for code in sorted(expected, key=expected.index)]
    if there:
        assert places(problems) == sorted(there)
    for problem, wanted in zip(problems, expected, strict=True):
        _, _, value = wanted.partition(" ")
        facts = {str(fact) for fact in problem.facts}
        assert not value or value in facts


def test_a_file_that_cannot_be_read_is_one_problem() -> None:
    found = build_vocabularies([missing_vocabulary("vocabulary/names.csv", "names").read()])
    (problem,) = found.problems["vocabulary/names.csv"]
    assert (problem.code, problem.of(UnreadableTable).reason, problem.row) == ("VKD604", "file", 0)
    assert not found.names.concepts


def test_bytes_that_are_no_utf_8_have_a_place() -> None:
    found = vocabularies(names=b"code,prefLabel@nb\nA,R\xf8r\nB,Yrke\n")
    (problem,) = found.problems["names"]
    assert (problem.code, problem.of(UnreadableTable).reason, *places([problem])) == ("VKD604", "utf-8", (1, 3, 4))
    assert set(found.names.concepts) == {"A", "B"}


def test_a_code_twice_names_the_first_place() -> None:
    files = [read_vocabulary(path, b"code,kind\nA,class\n", "names") for path in ("a.csv", "b.csv")]
    found = build_vocabularies(files)
    assert found.problems["a.csv"] == ()
    (problem,) = found.problems["b.csv"]
    assert (problem.code, problem.of(CodeTwice).path, problem.of(CodeTwice).row) == ("VKD601", "a.csv", 1)
    assert found.names.concepts["A"].source == "a.csv"


def test_what_two_files_name_of_each_other_exists() -> None:
    files = [
        read_vocabulary("a.csv", b"code,seeAlso\nA,B.C\n", "names"),
        read_vocabulary("b.csv", b"code\nB\nB.C\n", "names"),
    ]
    found = build_vocabularies(files)
    assert found.problems == {"a.csv": (), "b.csv": ()}
    assert list(found.names.concepts) == ["A", "B", "B.C"]


def test_a_long_way_of_derivation_is_no_circle() -> None:
    text = "".join(f"A{row},{f'A{row + 1}' if row < 20_000 else ''}\n" for row in range(20_001))
    assert vocabularies(characteristics=f"code,derivedFrom\n{text}").problems["characteristics"] == ()


def test_a_word_of_many_concepts_tells_all_of_them() -> None:
    text = "".join(f"A{row},Yrke\n" for row in range(300))
    (problem,) = vocabularies(names=f"code,prefLabel@nb\n{text}").problems["names"]
    assert problem.of(SharedWord).codes == tuple(f"A{row}" for row in range(300))


def test_codes_may_be_deeper_than_calls_in_calls() -> None:
    codes = [".".join(["A"] * length) for length in range(1, 2001)]
    found = vocabularies(names="".join(["code,kind\n", *(f"{code},\n" for code in reversed(codes[1:])), "A,class\n"]))
    assert found.problems["names"] == ()
    assert {concept.kind for concept in found.names.concepts.values()} == {"class"}


def test_of_a_large_circle_the_way_is_told_by_its_ends() -> None:
    text = "".join(f"A{row},A{(row + 1) % 300}\n" for row in range(300))
    first, *_ = vocabularies(characteristics=f"code,derivedFrom\n{text}").problems["characteristics"]
    way = first.of(DerivedFromItself).way
    assert (way[:3], way[-2:], len(way)) == (("A0", "A1", "A2"), ("…", "A0"), 102)


def test_a_large_circle_is_found_from_each_of_its_places() -> None:
    text = "".join(f"A{row},A{(row + 1) % 300}\n" for row in range(300))
    problems = vocabularies(characteristics=f"code,derivedFrom\n{text}").problems["characteristics"]
    assert [problem.code for problem in problems] == ["VKD606"] * 300


# What a concept says

HIERARCHY = """code,kind,number,unit
A,individual,plural,person
A.1,,singular,
A.1.1,,,household
A.1.1.2,aggregate,,
A.10,,,
B.1.1,,,firm
B.1.1.1,individual,,
"""


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("A", ("individual", "plural", "person")),
        ("A.1", ("individual", "singular", "person")),
        ("A.1.1", ("individual", "singular", "household")),
        ("A.1.1.2", ("aggregate", "singular", "household")),
        ("A.10", ("individual", "plural", "person")),
        ("B.1.1", ("", "", "firm")),
        ("B.1.1.1", ("individual", "", "firm")),
    ],
)
def test_a_child_takes_what_it_does_not_state(code: str, expected: tuple[str, ...]) -> None:
    concept = vocabularies(object_types=HIERARCHY).object_types.concepts[code]
    assert (concept.kind, concept.number, concept.unit) == expected


def test_what_is_inherited_of_a_characteristic_and_what_is_not() -> None:
    text = (
        "code,prefLabel@nb,kind,objectTypes,temporality,classification,derivedFrom,sensitive,measure,definition@nb\n"
        "A,Inntekt,individual,P|Q,accumulated,Y,B,yes,kr,Alt\n"
        "A.1,Lønn,,,,,,,,\n"
        "A.2,Gave,,P,event,,,no,,\n"
    )
    concepts = vocabularies(characteristics=text).characteristics.concepts
    first, second = concepts["A.1"], concepts["A.2"]
    assert (first.kind, first.object_types, first.temporality) == ("individual", ("P", "Q"), "accumulated")
    assert (first.classifications, first.derived_from, first.sensitive, first.measure) == ((), (), "", "")
    assert first.definition("nb") == ""
    assert (second.object_types, second.temporality, second.sensitive) == (("P",), "event", "no")


def test_a_concept_inherits_over_a_missing_one() -> None:
    concepts = vocabularies(object_types="code,kind\nA,individual\nA.B.C,\n").object_types.concepts
    assert concepts["A.B.C"].kind == "individual"


def test_the_order_of_rows_is_irrelevant_to_what_is_inherited() -> None:
    header, *rows = HIERARCHY.splitlines()
    turned = "\n".join([header, *reversed(rows)])
    expected = vocabularies(object_types=HIERARCHY).object_types.concepts
    for code, concept in vocabularies(object_types=turned).object_types.concepts.items():
        assert concept._replace(row=0) == expected[code]._replace(row=0)


@pytest.mark.parametrize(
    ("code", "above", "below"),
    [
        ("A.1", "A", True),
        ("A.1.2", "A", True),
        ("A.10", "A.1", False),
        ("A.1", "A.10", False),
        ("A.1", "A.1", False),
        ("AB", "A", False),
        ("A-1", "A", False),
        ("a.1", "A", False),
        ("A", "", False),
    ],
)
def test_below_goes_by_segments(code: str, above: str, below: bool) -> None:
    assert is_below(code, above) is below
    assert is_same_or_below(code, above) is (below or code == above)


def test_the_concepts_above_and_below() -> None:
    names = vocabularies(names="code\nA\nA.1\nA.1.1\nA.10\nA.2.1\nB\n").names
    assert [concept.code for concept in names.above("A.1.1")] == ["A.1", "A"]
    assert [concept.code for concept in names.above("A.2.1")] == ["A"]
    assert [concept.code for concept in names.below("A")] == ["A.1", "A.10"]
    assert [concept.code for concept in names.below("")] == ["A", "B"]


# Words

WORDS = """code,prefLabel@nb,altLabel@nb,prefLabel@en,prefLabel@sv-FI,notation
A,Målt  høyde,Høgde| Lengd |,Height,Längd,0314
B,Vekt,Høyde|Høgde,Weight,,
C,"Sum, alt",a/b,,,B
D,,,,,1970
"""


@pytest.mark.parametrize(
    ("word", "codes"),
    [
        ("Målt høyde", ["A"]),
        ("MÅLT  HØYDE", ["A"]),
        (" målt\u00a0høyde\t", ["A"]),
        (unicodedata.normalize("NFD", "Målt høyde"), ["A"]),
        ("Lengd", ["A"]),
        ("height", ["A"]),
        ("längd", ["A"]),
        ("0314", ["A"]),
        ("314", []),
        ("Høgde", ["A", "B"]),
        ("Høyde", ["B"]),
        ("sum, ALT", ["C"]),
        ("a/b", ["C"]),
        ("b", ["C"]),
        ("1970", ["D"]),
        ("A", []),
        ("", []),
        ("Målthøyde", []),
    ],
)
def test_words_name_concepts(word: str, codes: list[str]) -> None:
    assert [concept.code for concept in vocabularies(names=WORDS).names.named(word)] == codes


@pytest.mark.parametrize(
    ("code", "language", "label"),
    [
        ("A", "en", "Height"),
        ("A", "da", "Målt  høyde"),
        ("B", "sv", "Vekt"),
        ("C", "en", "Sum, alt"),
        ("D", "nb", "1970"),
    ],
)
def test_the_word_in_a_language_or_another(code: str, language: str, label: str) -> None:
    assert vocabularies(names=WORDS).names.concepts[code].label(language) == label


def test_lists_alternatives_and_days() -> None:
    found = vocabularies(
        characteristics="code,derivedFrom,seeAlso\nA, B + C | D |,B|| C \nB,,\nC,,\nD,,\n",
        times="code,from,to\nT,1960K4,1961\nU,,19691231\nV,1970,\n",
        names="code,validFrom,validTo\nN,1970,\nM,,\n",
    )
    assert found.characteristics.concepts["A"].derived_from == ((Source("B"), Source("C")), (Source("D"),))
    assert found.characteristics.concepts["A"].see_also == ("B", "C")
    assert [concept.valid for concept in found.times.concepts.values()] == [
        (19601001, 19611231),
        (0, 19691231),
        (19700101, 99999999),
    ]
    assert [concept.valid for concept in found.names.concepts.values()] == [(19700101, 99999999), (0, 99999999)]


@pytest.mark.parametrize(
    ("code", "way"), [("A", ("A", "A")), ("B", ("B", "D", "B")), ("C", ("C", "D", "B", "C")), ("D", ("D", "B", "D"))]
)
def test_a_circle_tells_its_shortest_way(code: str, way: tuple[str, ...]) -> None:
    text = "code,derivedFrom\nA,B|A\nB,C|D\nC,D\nD,B+E\nE,\n"
    (found,) = [
        problem.of(DerivedFromItself).way
        for problem in vocabularies(characteristics=text).problems["characteristics"]
        if problem.of(DerivedFromItself).code == code
    ]
    assert found == way


def test_a_file_as_an_editor_has_it_stands_in_for_the_one_that_was_read() -> None:
    had = vocabularies(object_types="code,prefLabel@nb\nA,Personer\n", names="code,prefLabel@nb\nP,Register\nP,Annet\n")
    now = with_file(
        had, read_vocabulary_lines("object-types", ["\ufeffcode,prefLabel@nb\r\n", "A,Folk\r\n"], "object-types")
    )
    assert (now.object_types.named("folk")[0].code, now.object_types.named("Personer")) == ("A", ())
    assert now.names is had.names
    assert [problem.code for problem in now.problems["names"]] == ["VKD601"]
    assert now.problems["object-types"] == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('a,"b ""c"" d", e ,', ["a", 'b "c" d', "e", ""]),
        ('"a\nb",c\nd', ["a\nb", "c"]),
        ('a,"b', ["a", "b"]),
        ('å🙂,5" disk', ["å🙂", '5" disk']),
        ("", []),
    ],
)
def test_cells_know_their_places(text: str, said: list[str]) -> None:
    sheet = Sheet(split_lines(text), ",", 0, 0)
    assert [sheet.said(cell) for cell in sheet.cells(0)] == said


@pytest.mark.parametrize("seed", range(40))
def test_rows_that_stand_are_read_as_if_afresh(seed: int) -> None:
    chance = random.Random(seed)
    rows = [
        "K1,a,A\n",
        "K2,b,\n",
        'K3,"c\n',
        'K4,"d",A|B\n',
        '",x\n',
        "K5\n",
        "\n",
        "K2,b,\n",
        '5",K6,"\n',
        "code,prefLabel@nb\n",
    ]
    lines = ["code,prefLabel@nb,objectTypes\n", *chance.choices(rows, k=9)]
    had = read_vocabulary_lines("a.csv", lines, "characteristics")
    for _ in range(8):
        at = chance.randrange(len(lines) + 1)
        lines[at : at + chance.randrange(3)] = chance.choices(rows, k=chance.randrange(3))
        now = read_vocabulary_lines("a.csv", lines, "characteristics", had)
        assert now == read_vocabulary_lines("a.csv", lines, "characteristics")
        had = now


def test_a_code_list_of_a_characteristic() -> None:
    text = "code,values,values@nb,values@en,missing\nA,1|2=Nei,1=Ja|9=Vil ikke svare,1=Yes,9|8\n"
    concept = vocabularies(characteristics=text).characteristics.concepts["A"]
    assert [(one.value, one.label("nb"), one.label("en")) for one in concept.values] == [
        ("1", "Ja", "Yes"),
        ("2", "Nei", "Nei"),
        ("9", "Vil ikke svare", "Vil ikke svare"),
    ]
    assert concept.missing == ("9", "8")


def test_what_a_characteristic_says_of_units_and_of_tables() -> None:
    text = (
        "code,identifies,function,of,classification,derivedFrom\n"
        "A,global,sum,B,U00|U20,B@ind 2010+C|D\nB,,,,,\nC,,,,,\nD,,,,,\n"
    )
    found = vocabularies(characteristics=text, names="code,validTo,validFrom\nU00,19991231,\nU20,,2000\n")
    concept = found.characteristics.concepts["A"]
    assert (concept.identifies, concept.function, concept.of) == ("global", "sum", "B")
    assert concept.derived_from == ((Source("B", "ind 2010"), Source("C")), (Source("D"),))
    valid = [found.classifications_of("A", time) for time in (span(19900101, 19901231), span(2005_0101, 2005_0101))]
    assert valid == [("U00",), ("U20",)]
    assert found.classifications_of("A", None) == ("U00", "U20")
    assert found.classifications_of("B", None) == ()


def test_a_class_is_valid_when_its_classification_is() -> None:
    text = "code,validFrom,validTo\nU,2000,2010\nU.1,,\nU.2,2005,\nU.2.1,,2007\n"
    concepts = vocabularies(names=text).names.concepts
    assert [concepts[code].valid for code in ("U.1", "U.2", "U.2.1")] == [
        (20000101, 20101231),
        (20050101, 20101231),
        (20050101, 20071231),
    ]


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ("code,identifies\nA,perhaps\n", "value"),
        ("code,function\nA,product\n", "value"),
        ("code,values@nb\nA,=Ja\n", "code-list"),
    ],
)
def test_what_a_new_column_does_not_take(rows: str, reason: str) -> None:
    problems = vocabularies(characteristics=rows).files[0].problems
    assert [(one.code, one.of(UnreadableTable).reason) for one in problems] == [("VKD604", reason)]


def test_code_lists_are_of_characteristics_alone() -> None:
    assert [one.code for one in vocabularies(names="code,values@nb\nA,1=Ja\n").files[0].problems] == ["VKD607"]


def test_a_missing_measure_is_told() -> None:
    found = vocabularies(characteristics="code,of\nA,B\n")
    assert [problem.code for problems in found.problems.values() for problem in problems] == ["VKD605"]
