"""Demands to the census example with the answers they must have: 1972's examples and the ones asked of the project."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.catalog.asking import PARSER
from vkd_catalog.catalogue import open_catalogue
from vkd_catalog.evaluation import Answer, evaluate
from vkd_grammar.document import read_document

CENSUS = Path(__file__).parents[2] / "examples/folketelling"
IDENTIFIED = "unit-id=Fødselsnummer"
"""How the census of 1960 states what identifies each person."""


def answer(root: Path, text: str, *, max_sets: int = 3) -> Answer:
    """The answer to the one demand of a text."""
    catalogue = open_catalogue(root, PARSER)
    ((row, description),) = read_document(text, PARSER).pieces()
    demand = catalogue.coder.code(description)
    assert {problem.code for problem in demand.problems} <= {"VKD202"}
    return evaluate(
        demand, catalogue.register, catalogue.vocabularies, path="", row=row, language="nb", max_sets=max_sets
    )


@pytest.fixture
def census(tmp_path: Path) -> Path:
    """A copy of the example that a test may change."""
    root = tmp_path / "census"
    shutil.copytree(CENSUS, root, ignore=shutil.ignore_patterns(".vkd"))
    return root


def example(number: int) -> str:
    return (CENSUS / f"demands/eksempel-{number}.vkd").read_text(encoding="utf-8")


def demand(*lines: str, technical: str = "", operators: str = "") -> str:
    operators = operators or "O" * (len(lines) - 1) + "."
    written = [f"{place} / {line} / {end}" for place, (line, end) in enumerate(zip(lines, operators, strict=True), 1)]
    return "\n".join([f"0 / Etterspørselsbeskrivelse / x / {technical}", *written])


def found(answer: Answer) -> list[tuple[str, tuple[str, ...]]]:
    return [(cover.grade, cover.members) for cover in answer.covers]


def near(answer: Answer) -> set[tuple[str, str]]:
    return {(miss.kind, miss.product) for miss in answer.near_misses}


class Case(NamedTuple):
    """A demand's lines, the covers it must have, and what must be among its near misses."""

    lines: tuple[str, ...]
    covers: list[tuple[str, tuple[str, ...]]]
    near: frozenset[tuple[str, str]] = frozenset()
    technical: str = ""
    operators: str = ""


FT60, FT70, TABLE, DEAD = ("ft60-person",), ("ft70-person",), ("ft70-tabell",), ("dode-yrke",)
CASES: Mapping[str, Case] = {
    "occupation in 1970": Case(("Personer / Personreg.nov.70 / Yrke / 19701101",), [("exact", FT70)]),
    "in English": Case(("Persons / Population register Nov. 70 / Occupation / 19701101",), [("exact", FT70)]),
    "by code": Case(("[A] / [P.70] / [K5] / 19701101",), [("exact", FT70)]),
    "by a word of the time": Case(("Personer / [P.70] / Yrke / Folketellingen 1970",), [("exact", FT70)]),
    "any register": Case(("Personer / - / Yrke / 19701101",), [("exact", FT70)]),
    "any register, any time": Case(("Personer / - / Yrke / -",), [("exact", FT70), ("exact", FT60)]),
    "the register above": Case(("Personer / Personregisteret / Yrke / 19701101",), [("narrower", FT70)]),
    "the whole year": Case(("Personer / Personreg.nov.70 / Yrke / 1970",), [("exact", FT70)]),
    "the sixties by mask": Case(("Personer / - / Yrke / 196-----",), [("narrower", FT60)]),
    "each first of November": Case(("Personer / - / Yrke / ----1101",), [("exact", FT70), ("exact", FT60)]),
    "what is fixed holds at every time": Case(("Personer / Personreg.nov.60 / Kjønn / 1999",), [("exact", FT60)]),
    "age from date of birth": Case(("Personer / Personreg.nov.70 / Alder / 19701101",), [("derived", FT70)]),
    "income in 1960": Case(("Personer / Personreg.nov.60 / Inntekt / 19601101",), []),
    "wages, where only income is": Case(
        ("Personer / Personreg.nov.70 / Lønnsinntekt / 19701101",),
        [],
        frozenset({("broader-characteristic", "ft70-person")}),
    ),
    "a person, where there are persons": Case(
        ("Person / - / Yrke / 19701101",), [], frozenset({("broader-object-type", "ft70-person")})
    ),
    "a table": Case(("Personaggregater / Utdanning / Sum / 19701101", '" / Yrke / " / "'), [("exact", TABLE)]),
    "one margin of a table": Case(("Personaggregater / Yrke / Sum / 19701101",), [("exact", TABLE)]),
    "one class of a table": Case(("Personaggregat / Selgere / Sum / 19701101",), [("contained", TABLE)]),
    "any one class of a table": Case(("Personaggregat / - / Sum / 19701101",), [("contained", TABLE)]),
    "a table that could be made": Case(("Personaggregater / Yrke / Sum / 19601101",), [("computable", FT60)]),
    "part of a time": Case(("Personaggregater / Yrke / Sum / 1963..1968",), [("narrower", DEAD)]),
    "a table crossed that is not": Case(
        ("Personaggregater / Yrke / Sum / 19701101", '" / Næring / " / "'),
        [],
        frozenset({("marginal-only", "ft70-tabell")}),
    ),
    "either of two": Case(
        ("Personer / - / Yrke / 1960", '" / - / " / 1970'), [("exact", FT70), ("exact", FT60)], operators="E."
    ),
    "one and not the other": Case(
        ("Personer / - / Yrke / -", '" / - / Inntekt / -'), [("exact", FT60)], operators="N."
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_answers(census: Path, case: str) -> None:
    lines, covers, misses, technical, operators = CASES[case]
    got = answer(census, demand(*lines, technical=technical, operators=operators))
    assert found(got) == covers
    assert misses <= near(got)
    assert got.status == ("found" if covers else "none")
    assert (got.why is None) == bool(covers)


# Example 3 of 1972: the same persons in two censuses


def test_example_3_links_two_censuses(census: Path) -> None:
    got = answer(census, example(3))
    assert [cover.members for cover in got.covers] == [("ft60-person", "ft70-person")]
    (pair,) = got.covers[0].linkage
    assert (pair.a, pair.b, pair.verdict) == ("ft60-person", "ft70-person", "yes")
    assert pair.rules == {"R1": "yes", "R2": "yes", "R3": "yes", "R4": "yes"}
    assert pair.reasons == ("R1-same", "R2-shared", "R3-overlap", "R4-not-closed")
    assert {line: {match.product for match in matches} for line, matches in got.covers[0].lines.items()} == {
        1: {"ft60-person"},
        2: {"ft60-person"},
        3: {"ft60-person"},
        4: {"ft70-person"},
        5: {"ft70-person"},
    }


@pytest.mark.parametrize(
    ("stated", "verdict", "rule", "reason"),
    [
        ("", "unknown", "R2", "R2-not-stated"),
        ("unit-id=Fødselsnummer; series=a", "unknown", "R2", "R2-series-not-stated"),
    ],
)
def test_what_one_census_does_not_state_is_unknown(
    census: Path, stated: str, verdict: str, rule: str, reason: str
) -> None:
    change(census, IDENTIFIED, stated)
    (cover,) = answer(census, example(3)).covers
    (pair,) = cover.linkage
    assert (pair.verdict, pair.rules[rule]) == (verdict, verdict)
    assert reason in pair.reasons


@pytest.mark.parametrize(
    ("ft60", "ft70", "rules"),
    [
        ("unit-id=Fødselsnummer; series=a", "unit-id=Personnummer; series=b", ("R2",)),
        ("series=a", "unit-id=Personnummer; series=b", ("R2",)),
        ("unit-id=Yrke", "unit-id=Personnummer", ("R2",)),
    ],
)
def test_sets_that_cannot_be_linked_are_a_near_miss(census: Path, ft60: str, ft70: str, rules: tuple[str, ...]) -> None:
    change(census, IDENTIFIED, ft60)
    change(census, "unit-id=Personnummer", ft70, "ft70.vkd")
    got = answer(census, example(3))
    assert got.status == "none"
    assert {(miss.product, miss.beside, miss.rules) for miss in got.near_misses if miss.kind == "unlinkable"} == {
        ("ft60-person", "ft70-person", rules),
        ("ft70-person", "ft60-person", rules),
    }


def test_a_closed_set_is_linked_with_none(census: Path) -> None:
    change(census, "access=restricted, etter søknad", "access=closed")
    got = answer(census, example(3))
    assert got.status == "none"
    assert {miss.rules for miss in got.near_misses if miss.kind == "unlinkable"} == {("R4",)}


THREE = """0 / Produktbeskrivelse / {} / access=open; unit-id=Fødselsnummer; series={}
1 / Personer / Personregisteret / {} / 1980 / .
"""


def test_of_three_sets_the_pairs_that_keep_them_apart_are_near_misses(census: Path) -> None:
    lines = [f"Personer / Personregisteret / {word} / 1980" for word in ("Yrke", "Inntekt", "Utdanning")]
    products = [THREE.format(*one) for one in (("y", 1, "Yrke"), ("i", 2, "Inntekt"), ("u", 1, "Utdanning"))]
    (census / "products/three.vkd").write_text("".join(products), encoding="utf-8")
    got = answer(census, demand(*lines))
    assert got.status == "none"
    assert {(miss.line, miss.product, miss.beside, miss.rules) for miss in got.near_misses} == {
        (1, "y", "i", ("R2",)),
        (2, "i", "y", ("R2",)),
        (2, "i", "u", ("R2",)),
        (3, "u", "i", ("R2",)),
    }
    assert not answer(census, demand(*lines), max_sets=2).near_misses
    (census / "products/three.vkd").write_text("".join(products).replace("series=2", "series=1"), encoding="utf-8")
    assert found(answer(census, demand(*lines))) == [("exact", ("i", "u", "y"))]


def test_one_set_only_finds_nothing_of_example_3(census: Path) -> None:
    got = answer(census, example(3), max_sets=1)
    assert got.status == "none"
    assert got.why is not None
    assert set(got.why.succeeding) == {(1, 2, 3), (4, 5)}
    assert len(got.why.failing) == 2


def change(census: Path, old: str, new: str, file: str = "ft60-person.vkd") -> None:
    path = census / "products" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


# Example 4 of 1972, archives, and why nothing was found


def test_example_4_finds_the_dead_by_occupation_and_not_by_industry(census: Path) -> None:
    got = answer(census, example(4))
    assert [(cover.group, cover.grade, cover.members) for cover in got.covers] == [(1, "narrower", DEAD)]
    assert not any(cover.group == 2 for cover in got.covers)
    assert ("marginal-only", "dode-yrke") in {(miss.kind, miss.product) for miss in got.near_misses if miss.group == 2}


def test_why_there_is_no_income_in_1960(census: Path) -> None:
    why = answer(census, demand("Personer / Personreg.nov.60 / Yrke / 19601101", '" / " / Inntekt / "')).why
    assert why is not None
    assert (why.failing, why.succeeding) == ((2,), ((1,),))
    told = {(one.line, one.field, one.to): one.covers for one in why.relaxations}
    assert told[2, None, None] == 1
    assert told[2, "characteristic", "-"] == 1


@pytest.mark.parametrize(("archive", "expected"), [("data", [FT60]), ("document", []), ("both", [FT60])])
def test_the_archive_asked_for(census: Path, archive: str, expected: list[tuple[str, ...]]) -> None:
    change(census, "doc=P:ft60.md; ", "")
    got = answer(census, demand("Personer / Personreg.nov.60 / Yrke / 19601101", technical=f"archive={archive}"))
    assert [cover.members for cover in got.covers] == expected
    assert (("archive", "ft60-person") in near(got)) is not bool(expected)


def test_a_class_of_a_table_is_contained_also_where_the_figure_is_derived(census: Path) -> None:
    with (census / "vocabulary/characteristics.csv").open("a", encoding="utf-8") as file:
        file.write("S3,Gjennomsnittsinntekt,,Mean income,aggregate,C,status,,S1+S2,no,,\n")
    (census / "products/inntekt.vkd").write_text(
        "0 / Produktbeskrivelse / inntekt / form=table; access=open\n"
        "1 / Personaggregater / Yrkesklassifikasjon / Sum         / 1970 / O\n"
        '2 / "                / "                   / Sum inntekt / "    / .\n',
        encoding="utf-8",
    )
    got = answer(census, demand("Personaggregat / Kontorfunksjonærer / Gjennomsnittsinntekt / 1970"))
    assert found(got) == [("contained", ("inntekt",))]
    assert [match.line for match in got.covers[0].lines[1]] == [1, 2]


# What is promised where nothing is found


def test_a_line_struck_takes_its_negation_along(census: Path) -> None:
    """Without its first line a group begins with one that is asked for, whatever stood before it."""
    got = answer(
        census,
        demand(
            "Personer / Personreg.nov.60 / Inntekt / 19601101",
            '" / Personreg.nov.70 / Utdanning / 19701101',
            '" / " / Yrke / "',
            operators="NO.",
        ),
    )
    assert got.why is not None
    assert [(one.line, one.field, one.to) for one in got.why.relaxations if one.field is None] == []
    assert got.why.failing == (1,)


def test_a_field_that_dittos_repeat_is_one_edit(census: Path) -> None:
    got = answer(census, demand("Personer / Personreg.nov.60 / Yrke / 1980", '" / " / Fødselsdato / "'))
    assert got.why is not None
    edits = [(one.line, one.field, one.to, one.covers) for one in got.why.relaxations]
    assert [one for one in edits if one[1] == "time"] == [(1, "time", "19601101", 1), (1, "time", "-", 1)]
    assert edits[-1] == (1, None, None, 1)


def test_edits_stand_in_their_order(census: Path) -> None:
    """See-also concepts before the parent, anything last; the year, what is before, what is after, anything."""
    got = answer(census, demand("Personer / Personreg.nov.60 / Yrke / 19650101"))
    assert got.why is not None
    assert [(one.field, one.to) for one in got.why.relaxations] == [
        ("time", "19601101"),
        ("time", "-"),
    ]
    got = answer(census, demand("Personer / Personregisteret / Yrke / 19600105"))
    assert got.why is not None
    assert [one.to for one in got.why.relaxations if one.field == "time"] == ["1960", "19601101", "-"]


def test_a_register_beside_a_dont_care_asks_for_the_tables_over_it(census: Path) -> None:
    got = answer(census, demand("Personaggregater / Døde / Sum / -", '" / - / " / "'))
    assert found(got) == [("exact", DEAD)]


@pytest.mark.parametrize(
    ("line", "kind", "product"),
    [
        ("Personer / Personreg.nov.60 / Yrke / 1971", "other-time", "ft60-person"),
        ("Personer / Personreg.nov.60 / Yrke / 1971", "other-time", "ft70-person"),
        ("Personer / Personreg.nov.70 / Kjønn / 19701101", "other-name", "ft60-person"),
        ("Personer / Døde / Yrke / 19701101", "other-name", "ft70-person"),
        ("Person / 01010112345x / Yrke / 19701101", "broader-object-type", "ft70-person"),
    ],
)
def test_what_is_near_is_not_called_absent(census: Path, line: str, kind: str, product: str) -> None:
    got = answer(census, demand(line))
    assert (kind, product) in near(got)
    assert got.to_observe == ()


def test_how_many_members_would_do_is_told(census: Path) -> None:
    lines = ("Personer / - / Yrke / 19601101", '" / - / Inntekt / 19701101')
    assert answer(census, demand(*lines), max_sets=1).why.limit == 2  # type: ignore[union-attr]
    assert answer(census, demand(*lines), max_sets=2).why is None
    alone = answer(census, demand("Personer / - / Yrke / 1850"), max_sets=1)
    assert alone.why is not None
    assert alone.why.limit is None


def test_a_table_has_a_sentence_for_each_line(census: Path) -> None:
    """Origin and destination are two names below one classification: one such sentence is no table of both."""
    lines = ("Personaggregater / Yrkesklassifikasjon / Sum / 1970", '" / " / " / "')
    assert answer(census, demand(*lines)).status == "none"
    (census / "products/flytting.vkd").write_text(
        "0 / Produktbeskrivelse / flytting / form=table; access=open\n"
        "1 / Personaggregater / Yrkesklassifikasjon / Sum / 1970 / O\n"
        '2 / "                / "                   / "   / "    / .\n',
        encoding="utf-8",
    )
    assert found(answer(census, demand(*lines))) == [("exact", ("flytting",))]


# Words of several senses


@pytest.fixture
def ambiguous(census: Path) -> Path:
    """The census with a second classification that has a class called as one of the first, one name more of a register."""
    with (census / "vocabulary/names.csv").open("a", encoding="utf-8") as file:
        file.write("M,Hovedgrupper,,Main groups,classification,,,\nM.5,Industri,,Industry,class,E,,\n")
        file.write("X,Arkiv,,,register,A,,\nX.1,Døde,,,register,A,1980,\n")
    lines = ("N.2", "M.5")
    (census / "products/bedrifter.vkd").write_text(
        "".join(
            f"0 / Produktbeskrivelse / b{code[0]} / form=csv; access=open\n1 / Bedrifter / [{code}] / Omsetning / 1970 / .\n"
            for code in lines
        ),
        encoding="utf-8",
    )
    return census


def coded(root: Path, *lines: str) -> tuple[list[str], list[object]]:
    """What is wrong with a demand, and what the names of its lines mean."""
    catalogue = open_catalogue(root, PARSER)
    ((_, description),) = read_document(demand(*lines), PARSER).pieces()
    found = catalogue.coder.code(description)
    return [problem.code for problem in found.problems], [one.name for one in found.sentences]


@pytest.mark.parametrize(
    ("lines", "problems", "names"),
    [
        (("Bedrifter / Industri / Omsetning / 1970",), ["VKD103"], ["|N.2|M.5"]),
        (("Personer / Industri / Yrke / 1970",), [], ["N.2"]),
        (("Bedrifter / Industri / Omsetning / 1970", 'Personer / " / Yrke / "'), ["VKD103"], ["|N.2|M.5", "N.2"]),
        (("Personer / Industri / Yrke / 1970", 'Bedrifter / " / Omsetning / "'), [], ["N.2", "|N.2|M.5"]),
        (("Personer / Døde / Yrke / 1970",), [], ["P.D"]),
        (("Personer / Døde / Yrke / 1990",), ["VKD103"], ["|P.D|X.1"]),
        (("- / Industri / - / -",), ["VKD103"], ["|N.2|M.5"]),
    ],
)
def test_a_sense_that_agrees_with_its_line_stays(
    ambiguous: Path, lines: tuple[str, ...], problems: list[str], names: list[str]
) -> None:
    assert coded(ambiguous, *lines) == (problems, names)


def test_a_word_of_several_senses_is_looked_for_in_each(ambiguous: Path) -> None:
    catalogue = open_catalogue(ambiguous, PARSER)
    ((row, description),) = read_document(demand("Bedrifter / Industri / Omsetning / 1970"), PARSER).pieces()
    one = catalogue.coder.code(description)
    got = evaluate(one, catalogue.register, catalogue.vocabularies, path="", row=row, language="nb")
    assert found(got) == [("exact", ("bM",)), ("exact", ("bN",))]
    assert [cover.lines[1][0].sense for cover in got.covers] == ["M.5", "N.2"]
