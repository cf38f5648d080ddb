"""Laws of a difference, over states that are the census with some edits drawn at random."""

from collections.abc import Mapping
from pathlib import Path
from random import Random

import pytest

from tests.server.workspaces import CENSUS, PARSER
from vkd_catalog.configuration import default_configuration
from vkd_catalog.folders import leading_to, product_files
from vkd_catalog.in_memory import InMemoryCatalogue, in_memory_configuration
from vkd_server.features.answers.run import Asked, Run, run_asked, run_document
from vkd_server.features.difference import Difference, difference
from vkd_server.features.difference.concepts import Words

Files = Mapping[str, str]
DEMANDS = """0 / Demand description / one
1 / Persons / - / Occupation / - / .
0 / Demand description / joined
1 / Persons / Personreg.nov.60 / Occupation / 1960 / O
2 / Persons / Personreg.nov.70 / Income / 1970 / .
0 / Demand description / table
1 / Personaggregater / Yrke / Sum / 1970 / O
2 / Personaggregater / Utdanning / Sum / 1970 / .
0 / Demand description / margin, or persons
1 / Personaggregat / Døde / Sum / 196----- / E
2 / Persons / - / Date of birth / - / .
0 / Demand description / without
1 / Persons / - / Occupation / - / N
2 / Persons / - / Income / - / .
0 / Demand description / addressed / archive=data; profile=yes
1 / Persons / - / Occupation / - / .
0 / Demand description / derived
1 / Persons / - / Age / - / .
0 / Demand description / single
1 / Personaggregat / Selgere / Sum / 1961..1965 / .
0 / Demand description / broken
1 / Persons / - / Ocupation / - / .
"""
EDITS = (
    ("products/ft60-person.vkd", "Kjønn  ", "Alder  "),
    ("products/ft60-person.vkd", "Yrke   ", "Yrkkke "),
    ("products/ft60-person.vkd", "; unit-id=Fødselsnummer", ""),
    ("products/ft60-person.vkd", "access=restricted", "access=closed"),
    ("products/ft60-person.vkd", "data=F:ft60-person.csv; ", ""),
    ("products/ft60-person.vkd", "ft60-person /", "ft60 /"),
    ("products/ft70.vkd", "/ Inntekt ", "/ Lønnsinntekt "),
    ("products/ft70.vkd", "ft70-tabell", "FT70-Tabell"),
    ("products/ft70.vkd", "Yrkesklassifikasjon  ", "Personregisteret"),
    ("products/ft70.vkd", "19701101 / O", "19800101 / O"),
    ("products/dode.vkd", "Produktbeskrivelse", "Prdktbeskrivelse"),
    ("products/dode.vkd", "19610101..19651231", "19550101..19751231"),
    ("demands.vkd", "0 / Demand description / one\n1 / Persons", "0 / Demand description / one\n1 / Bedrifter"),
    ("demands.vkd", "/ Income / 1970", "/ Yrke / 1970"),
    ("vocabulary/characteristics.csv", "K5,Yrke,,", "K5,Yrke,Jobb,"),
    (
        "vocabulary/characteristics.csv",
        "K3,Alder,,Age,individual,A,status,L,K2",
        "K3,Alder,,Age,individual,A,status,L,",
    ),
    ("vocabulary/characteristics.csv", "K4,Kjønn", "K44,Kjønn"),
    ("vocabulary/names.csv", "Y.3,Selgere", "Z.3,Selgere"),
    ("vocabulary/names.csv", "Yrkesklassifikasjon,Yrke,", "Yrkesklassifikasjon,,"),
)


def state(files: Files) -> InMemoryCatalogue:
    contents = {name: text.encode() for name, text in files.items()}
    # Where there is no folder there is no register stored either.
    return InMemoryCatalogue(in_memory_configuration(Path("nowhere").absolute(), contents), contents, PARSER)


@pytest.fixture(scope="module")
def census() -> Files:
    names = [path for pattern in ("vkd.toml", "products/*.vkd", "vocabulary/*.csv") for path in CENSUS.glob(pattern)]
    read = {path.relative_to(CENSUS).as_posix(): path.read_text(encoding="utf-8") for path in names}
    return {**read, "demands.vkd": DEMANDS}


def edited(files: Files, random: Random) -> Files:
    after = dict(files)
    for name, old, new in random.sample(EDITS, random.randint(1, 4)):
        after[name] = after[name].replace(old, new)
    if random.random() < 0.2:
        del after[random.choice(["products/dode.vkd", "products/ft70.vkd"])]
    return after


def answers(files: Files) -> dict[str, tuple[str, frozenset[tuple[str, tuple[str, ...]]]]]:
    """What each demand is answered, by running them all."""
    catalogue = state(files)
    runs = run_document(catalogue.document("demands.vkd"), "demands.vkd", catalogue)
    return {
        one.answer.id: (one.answer.status, frozenset((cover.grade, cover.members) for cover in one.answer.covers))
        for one in runs
    }


@pytest.mark.parametrize("seed", range(40))
def test_what_is_told_of_demands_is_what_running_them_all_shows(census: Files, seed: int) -> None:
    random = Random(seed)
    before, after = edited(census, random), edited(census, random)
    found = difference(state(before), state(after), "en")
    had, have = answers(before), answers(after)
    renamed = {one.was: one.identification for one in found.sets if one.kind == "renamed"}

    def named(covers: frozenset[tuple[str, tuple[str, ...]]]) -> set[tuple[str, frozenset[str]]]:
        return {(grade, frozenset(renamed.get(name, name).casefold() for name in members)) for grade, members in covers}

    differ = {name for name in had if (had[name][0], named(had[name][1])) != (have[name][0], named(have[name][1]))}
    assert differ <= {one.id for one in found.demands}
    for one in found.demands:
        assert (one.status, one.answers) == (
            (had[one.id][0], have[one.id][0]),
            (len(had[one.id][1]), len(have[one.id][1])),
        )


TWO_SETS: Files = {
    "vkd.toml": """[catalogue]
language = "en"
[vocabularies]
object-types = ["o.csv"]
names = ["n.csv"]
characteristics = ["c.csv"]
[products]
include = ["p/*.vkd"]
""",
    "o.csv": "code,prefLabel@en,kind,number,unit\nP,Persons,individual,plural,person\n",
    "n.csv": "code,prefLabel@en,kind\nR,Register,register\nQ,Other register,register\n",
    "c.csv": "code,prefLabel@en,kind,derivedFrom\nA,Income,individual,\nB,Wealth,individual,\nC,Means,individual,A+B@b\n",
    "p/a.vkd": "0 / Product description / a / form=csv\n1 / Persons / Register / Income / 2020 / .\n",
    "p/b.vkd": "0 / Product description / b / form=csv\n1 / Persons / Other register / Wealth / 2020 / .\n",
    "demands.vkd": "0 / Demand description / me\n1 / Persons / Register / Means / 2020 / .\n",
}
"""Means are derived from the income in a set and the wealth in another."""


def test_a_demand_that_two_sets_answer_together_is_concerned_by_either() -> None:
    for changed, old, new in (("p/b.vkd", "Wealth", "Income"), ("p/a.vkd", "Income", "Wealth")):
        after = {**TWO_SETS, changed: TWO_SETS[changed].replace(old, new)}
        assert answers(TWO_SETS)["me"] != answers(after)["me"]
        assert [one.id for one in difference(state(TWO_SETS), state(after), "en").demands] == ["me"]


@pytest.mark.parametrize("seed", range(20))
def test_the_way_back_undoes_the_way_there(census: Files, seed: int) -> None:
    random = Random(1000 + seed)
    before, after = edited(census, random), edited(census, random)
    there = difference(state(before), state(after), "en")
    back = difference(state(after), state(before), "en")
    assert sets(there) == sorted((was, name, lost, gained) for name, was, gained, lost in sets(back))
    assert {one.id for one in there.demands} == {one.id for one in back.demands}
    assert not difference(state(after), state(after), "en")


def sets(found: Difference) -> list[tuple[str, str, frozenset[str], frozenset[str]]]:
    """The sets that are in both states: names, and the texts of sentences gained and lost."""
    return sorted(
        (
            one.identification,
            one.was,
            frozenset(said.text for said in one.gained),
            frozenset(said.text for said in one.lost),
        )
        for one in found.sets
        if one.kind in ("changed", "renamed")
    )


def test_few_demands_are_run(census: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[str] = []

    def recorded(asked: Asked, catalogue: InMemoryCatalogue) -> Run:
        ran.append(asked.id)
        return run_asked(asked, catalogue)

    monkeypatch.setattr("vkd_server.features.difference.demands.run_asked", recorded)
    text = census["products/dode.vkd"].replace("form=table", "form=csv")
    difference(state(census), state({**census, "products/dode.vkd": text}), "en")
    assert set(ran) == {"single", "margin, or persons"}
    ran.clear()
    difference(state(census), state({**census, "products/dode.vkd": census["products/dode.vkd"] + "# more\n"}), "en")
    assert ran == []


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("*.vkd", ["a.vkd"]),
        ("**/*.vkd", ["a.vkd", "b/a.vkd", "b/c/a.vkd"]),
        ("b/**", ["b/a.txt", "b/a.vkd", "b/c/a.vkd"]),
        ("b/**/a.vkd", ["b/a.vkd", "b/c/a.vkd"]),
        ("./b/*.vkd", ["b/a.vkd"]),
        ("?/[a-c].vkd", ["b/a.vkd"]),
        ("b*", []),
        ("../*.vkd", ["../a.vkd"]),
        ("b/../a.vkd", ["a.vkd"]),
    ],
)
def test_patterns_lead_where_they_lead_on_the_disk(pattern: str, found: list[str], tmp_path: Path) -> None:
    paths = ["a.vkd", "b/a.vkd", "b/a.txt", "b/c/a.vkd", ".h/a.vkd", "b/.a.vkd", "../a.vkd"]
    for path in paths:
        file = tmp_path / "w" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    assert leading_to([pattern], paths) == found
    assert list(product_files(default_configuration(tmp_path / "w")._replace(products=(pattern,))).paths) == found


@pytest.mark.parametrize(
    "text", ["1 / A / Yrke av / x", "Y\\rke", "[A.K5]", "YRKE  av", "a / a\\/b;c=d / b", "Sa\u030asom", "SÅSOM"]
)
def test_a_word_is_seen_however_it_is_written(text: str) -> None:
    words = Words(["yrke av", "A.K5", "a/b;c=d", "Såsom"])
    assert words.may_stand_in(text.encode())
    assert not words.may_stand_in(b"1 / Personer / P.70 / Inntekt / 1970 / .")
    assert not Words([]).may_stand_in(text.encode())
