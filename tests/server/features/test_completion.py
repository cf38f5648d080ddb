"""Completion at a mark: what is offered, what it writes, and what is left out."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.server.features.marked import census, marked, snapshot
from tests.server.features.test_fix_properties import descriptions
from tests.server.workspaces import PARSER, workspace
from vkd_catalog.catalogue import open_catalogue
from vkd_grammar.document import read_document
from vkd_grammar.times import BEGINNING, END, read_time, span, time_as_written
from vkd_server.features.completion.complete import complete
from vkd_server.features.completion.items import AT_MOST, Completions, Item, listed
from vkd_server.features.cursor import field_at
from vkd_server.features.lexicon import Lexicon

DEMAND = "0 / Etterspørselsbeskrivelse / b\n"
PRODUCT = "0 / Produktbeskrivelse / p\n"
ENGLISH = "0 / Demand description / b\n"


def offered(text: str, language: str = "nb") -> Completions | None:
    return complete(*marked(text, language))


def labels(text: str) -> list[str]:
    found = offered(text)
    return [item.label for item in found.items] if found else []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A line's beginning, and a header's fields.
        ("‸", ["0 / Produktbeskrivelse", "0 / Etterspørselsbeskrivelse"]),
        (DEMAND + "‸", ["1 /", "0 / Produktbeskrivelse", "0 / Etterspørselsbeskrivelse"]),
        (
            DEMAND + "1 / Personer / - / Yrke / 1970 / O\n‸",
            ['2 / " / " /', "0 / Produktbeskrivelse", "0 / Etterspørselsbeskrivelse"],
        ),
        ("0 / ettersp‸", ["Etterspørselsbeskrivelse", "Etterspurnadsskildring"]),
        ("0 / descr‸", ["Product description", "Demand description"]),
        ("0 / Produktbeskrivelse / ‸", []),
        ("0 / Produktbeskrivelse / p‸", []),
        (DEMAND + "0 / Etterspørselsbeskrivelse / B‸", ["b"]),
        (DEMAND + DEMAND.replace("/ b", "/ bruker 2") + "0 / Etterspørselsbeskrivelse / ‸", ["bruker 2", "b"]),
        (DEMAND + "0 / Produktbeskrivelse / ‸", []),
        # Technical data: keys of the kind that are not stated yet, by any of their names, and values.
        (PRODUCT[:-1] + " / form=csv; d‸", ["data", "doc"]),
        (PRODUCT[:-1] + " / fo‸rm=csv", ["form"]),
        (PRODUCT[:-1] + " / vilk‸", ["access"]),
        (PRODUCT[:-1] + "\n  ; kva‸", ["quality"]),
        (DEMAND[:-1] + " / ‸", ["archive", "profile"]),
        (DEMAND[:-1] + " / arkiv=d‸", ["data", "document"]),
        (PRODUCT[:-1] + " / access=o‸", ["open", "on-application"]),
        (PRODUCT[:-1] + " / access=restricted, ‸", []),
        (PRODUCT[:-1] + " / data=‸", ["F:", "P:"]),
        (PRODUCT[:-1] + " / doc=p‸", ["P:"]),
        (PRODUCT[:-1] + " / unit-id=Yrke, foedselsn‸", ["Fødselsnummer"]),
        (PRODUCT[:-1] + " / unit-id=Fødselsnummer+ yr‸", ["Yrke"]),
        (PRODUCT[:-1] + " / columns=Y=yr‸", ["Yrke"]),
        (PRODUCT[:-1] + " / columns=K=Kjønn, yr=yr‸,B=x", ["Yrke"]),
        (PRODUCT[:-1] + " / columns=yr‸", []),
        (PRODUCT[:-1] + " / columns=K=Kjønn, yr‸", []),
        (PRODUCT[:-1] + " / source=‸", []),
        (PRODUCT[:-1] + " / nosuch=‸", []),
        # Fields of a sentence, filtered by what the others allow (table of 1972 p.12).
        (DEMAND + "1 / bedri‸ / Industri / Omsetning / 1970 / .", ["Bedrifter"]),
        (DEMAND + "1 / Bedrifter / ‸", ["-", "Industri", "Næringsmidler", "Bakerier"]),
        (DEMAND + "1 / Person / ‸", ["-"]),
        (DEMAND + "1 / Personer / yr‸", []),
        (DEMAND + "1 / Personaggregater / yr‸", ["Yrkesklassifikasjon"]),
        (
            DEMAND + "1 / Personaggregater / ‸ / Sum / 1970 / .",
            [
                "-",
                "Yrkesklassifikasjon",
                "Kontorfunksjonærer",
                "Selgere",
                "Utdanningsklassifikasjon",
                "Aldersklassifikasjon",
                "Næringsklassifikasjon",
                "Industri",
                "Næringsmidler",
                "Bakerier",
            ],
        ),
        (DEMAND + '1 / Personaggregater / Yrke / Sum / 1970 / O\n2 / " / dø‸', ["Døde"]),
        (DEMAND + "1 / Personaggregater / Yrke / ‸", ["-", "Sum", "Sum inntekt"]),
        (DEMAND + '1 / Personaggregater / Yrke / Sum / 1970 / O\n2 / " / Døde / ‸', ['"', "-", "Sum", "Sum inntekt"]),
        (PRODUCT + "1 / Personaggregater / Yrke / ‸", ["Sum", "Sum inntekt"]),
        # By synonym, code, other language, a word inside, another spelling, a misspelling.
        (DEMAND + "1 / individ‸", ["Person"]),
        (DEMAND + "1 / Personer / P.7‸", ["Personregisteret nov. 70"]),
        (DEMAND + "1 / Personer / - / occup‸", ["Yrke"]),
        (DEMAND + "1 / - / - / inntekt‸", ["Inntekt", "Sum inntekt"]),
        (DEMAND + "1 / - / - / KJOENN‸", ["Kjønn"]),
        (DEMAND + "1 / - / - / Utdaning‸", ["Utdanning"]),
        (DEMAND + "1 / - / - / zzzz‸", []),
        # After a bracket, codes.
        (DEMAND + "1 / Personer / - / [K6‸", ["[K6]", "[K6.1]"]),
        (DEMAND + "1 / Personer / - / [K6‸]", ["[K6]", "[K6.1]"]),
        (DEMAND + "1 / Personer / - / [inn‸", ["[K6]"]),
        # Times: of the other lines, and of their vocabulary.
        (
            DEMAND + "1 / Personer / - / Yrke / 1970K4 / O\n2 / - / - / - / 19‸",
            ["1970K4", "1960-årene", "Folketellingen 1960", "Folketellingen 1970"],
        ),
        # Times: how one that was begun may go on, with the letters of the language or the one that was typed.
        (
            DEMAND + "1 / - / - / - / 2021‸",
            ["2021", "2021H1", "2021H2", "2021K1", "2021K2", "2021K3", "2021K4"],
        ),
        (DEMAND + "1 / - / - / - / 2021q‸", ["2021Q1", "2021Q2", "2021Q3", "2021Q4"]),
        (DEMAND + "1 / - / - / - / 2021M1‸", ["2021M10", "2021M11", "2021M12"]),
        (DEMAND + "1 / - / - / - / 2021U5‸", ["2021U50", "2021U51", "2021U52"]),
        (
            DEMAND + "1 / - / - / - / 2019..2020‸",
            [f"2019..2020:{step}" for step in "AHKMUD"],
        ),
        (DEMAND + "1 / - / - / - / 2019..202006:‸", [f"2019..202006:{step}" for step in "AHKMUD"]),
        (DEMAND + "1 / - / - / - / 2020H1..2020H1:‸", [f"2020H1..2020H1:{step}" for step in "HKMUD"]),
        (DEMAND + "1 / - / - / - / 2019..2020:q‸", ["2019..2020:Q"]),
        (DEMAND + "1 / - / - / - / 2019..:‸", []),
        (PRODUCT + "1 / - / - / - / 2019..:a‸", ["2019..:A"]),
        (PRODUCT + "1 / - / - / - / ?‸", ["?"]),
        (DEMAND + "1 / - / - / - / ?‸", []),
        # Collections of the descriptions above, and keys in a language.
        (PRODUCT[:-1] + " / samling=Lønn\n" + PRODUCT[:-1] + " / collection=l‸", ["Lønn"]),
        (PRODUCT[:-1] + " / title@en=x; tittel@‸", ["tittel@nb", "tittel@nn", "tittel@sv", "tittel@da"]),
        # Operators.
        (DEMAND + "1 / Personer / - / Yrke / 1970 / ‸", ["O", "E", "N", "."]),
        (PRODUCT + "1 / Personer / - / Yrke / 1970 / ‸", ["O", "."]),
        (DEMAND + "1 / Personer / - / Yrke / 1970 / o‸", ["O"]),
        # Where nothing can be said.
        ("# Yr‸", []),
        (DEMAND + "1 / a / b / c / d / . / ‸", []),
        (DEMAND + "1 / " + "x" * 30_000 + "‸", []),
    ],
)
def test_labels(text: str, expected: list[str]) -> None:
    assert labels(text) == expected


@pytest.mark.parametrize(
    ("text", "typed", "after"),
    [
        (DEMAND + "1 / Personer / - / Yr‸ke / 1970 / .", "Yr", DEMAND + "1 / Personer / - / Yrke / 1970 / ."),
        (DEMAND + "1 /‸", "", DEMAND + "1 / -"),
        (DEMAND + "1 / Personer / -/occ‸/ 1970 / .", "occ", DEMAND + "1 / Personer / -/ Yrke/ 1970 / ."),
        (DEMAND + "1 / Personer / - / ‸ / 1970 / .", "", DEMAND + "1 / Personer / - / - / 1970 / ."),
        (ENGLISH + "1 / Persons / - / yrk‸", "yrk", ENGLISH + "1 / Persons / - / Occupation"),
        (DEMAND + "1 / Personer / - / [K4‸] / 1970 / .", "[K4", DEMAND + "1 / Personer / - / [K4] / 1970 / ."),
        (PRODUCT[:-1] + " /da‸", "da", PRODUCT[:-1] + " / data="),
        (PRODUCT[:-1] + " / access=o‸pen; form=x", "o", PRODUCT[:-1] + " / access=open; form=x"),
    ],
)
def test_what_is_written(text: str, typed: str, after: str) -> None:
    found = offered(text)
    assert found is not None
    assert found.typed == typed
    assert applied(text, found, found.items[0]) == after


def applied(text: str, found: Completions, item: Item) -> str:
    """The text after an item is chosen."""
    row, start, end = found.start.row, found.start.column, found.end.column
    lines = text.replace("‸", "").split("\n")
    lines[row] = lines[row][:start] + item.insert + lines[row][end:]
    return "\n".join(lines)


def counted(text: str, language: str = "nb") -> list[tuple[str, str]]:
    """What is offered, and what stands at the list's edge, once all is counted that can be."""
    state, place = marked(text, language)
    for _ in range(3):
        found = complete(state, place, state.catalogue.register)
        while state.lexicon.prepare():
            pass
    return [(item.label, item.right) for item in found.items] if found else []


@pytest.mark.parametrize(
    ("text", "first"),
    [
        # The more sets are left, the earlier: two products have persons, two have aggregates, none has establishments.
        (
            "1 / ",
            [
                ("-", ""),
                ("Personaggregater", "C · 2 sett"),
                ("Personer", "A · 2 sett"),
                ("Personaggregat", "C.D · 2 sett"),
            ],
        ),
        (
            "1 / Personer / ",
            [("-", ""), ("Personregisteret", "P · 2 sett"), ("Personregisteret nov. 60", "P.60 · 1 sett")],
        ),
        # Alder is derived from Fødselsdato, which both files of persons have.
        (
            "1 / Personer / - / ",
            [("-", "")]
            + [
                (word, f"{code} · 2 sett")
                for word, code in (("Fødselsnummer", "K1"), ("Fødselsdato", "K2"), ("Yrke", "K5"), ("Alder", "K3"))
            ],
        ),
        ("1 / Personer / Personreg.nov.60 / kj", [("Kjønn", "K4 · 1 sett")]),
        ("1 / Personer / Personreg.nov.70 / kj", [("Kjønn", "K4 · 0 sett")]),
        ("1 / Personer / - / innt", [("Inntekt", "K6 · 1 sett")]),
        ("1 / Personer / - / [K6", [("[K6]", "Inntekt · 1 sett"), ("[K6.1]", "Lønnsinntekt · 0 sett")]),
        ("1 / Personaggregater / ‸ / Sum / 1965 / .", [("-", ""), ("Yrkesklassifikasjon", "Y · 1 sett")]),
        # The times that occur beside what the line holds, of those as frequent the latest.
        ("1 / Personer / - / Yrke / ", [("-", ""), ("19701101", "1 sett"), ("19601101", "1 sett")]),
        ("1 / Personer / - / Inntekt / 19", [("19701101", "1 sett")]),
        ("1 / Personaggregater / Døde / Sum / ", [("-", ""), ("1961..1965", "1 sett")]),
    ],
)
def test_what_leaves_the_most_sets_comes_first(text: str, first: list[tuple[str, str]]) -> None:
    assert counted(DEMAND + (text if "‸" in text else text + "‸"))[: len(first)] == first


def test_what_is_not_counted_yet_is_offered_without_its_number() -> None:
    state, place = marked(DEMAND + "1 / Personer / - / ‸")
    fresh = state._replace(lexicon=Lexicon(state.catalogue.vocabularies))
    found = complete(fresh, place, state.catalogue.register)
    assert found is not None
    assert ("Fødselsnummer", "K1") in [(item.label, item.right) for item in found.items]


def test_collections_of_the_register_are_offered_once_they_are_counted(tmp_path: Path) -> None:
    root = workspace(
        tmp_path,
        {
            f"products/{name}.vkd": f"0 / Produktbeskrivelse / {name} / collection={collection}\n"
            "1 / Personer / Personreg.nov.70 / Yrke / 19701101 / .\n"
            for name, collection in (("a", "Lønn"), ("b", "Helse\\; sykdom"), ("c", "Helse\\; sykdom"))
        },
    )
    catalogue = open_catalogue(root)
    state, place = marked(PRODUCT[:-1] + " / collection=‸")
    state = state._replace(catalogue=catalogue, lexicon=Lexicon(catalogue.vocabularies))
    for _ in range(2):
        found = complete(state, place, catalogue.register)
        while state.lexicon.prepare():
            pass
    assert found is not None
    assert [(item.label, item.insert) for item in found.items] == [
        ("Helse; sykdom", "Helse\\; sykdom"),
        ("Lønn", "Lønn"),
    ]


@given(st.tuples(st.dates(), st.dates()).map(sorted))
def test_a_time_that_occurs_is_written_to_be_read_back(days: list[date]) -> None:
    start, end = (int(f"{day:%Y%m%d}".rjust(8, "0")) for day in days)
    assert read_time(time_as_written(span(start, end))) == span(start, end)


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        (19701101, 19701101, "19701101"),
        (19700101, 19701231, "1970"),
        (19600101, 19691231, "1960..1969"),
        (19720201, 19720229, "197202"),
        (19720201, 19730331, "197202..197303"),
        (19701101, 19711031, "197011..197110"),
        (BEGINNING, 19701231, "..1970"),
        (19700101, END, "1970.."),
    ],
)
def test_a_time_is_written_as_short_as_can_be(start: int, end: int, text: str) -> None:
    assert time_as_written(span(start, end)) == text


@pytest.mark.parametrize(
    ("line", "past"),
    [
        ("1 / Personer / ‸ / Yrke / 1950 / .", {"Gammelt register": False, "Nytt register": True}),
        ("1 / Personer / ‸ / Yrke / 1980 / .", {"Gammelt register": True, "Nytt register": False}),
        ("1 / Personer / ‸ / Yrke / ----1101 / .", {"Gammelt register": False, "Nytt register": False}),
        ("1 / Personer / reg‸", {"Gammelt register": False, "Nytt register": False}),
    ],
)
def test_a_name_that_is_not_valid_then_is_marked(tmp_path: Path, line: str, past: dict[str, bool]) -> None:
    names = "code,prefLabel@nb,kind,objectTypes,validFrom,validTo\nA,Gammelt register,register,A,,19601231\nB,Nytt register,register,A,19610101,\n"
    catalogue = open_catalogue(workspace(tmp_path, {"vocabulary/names.csv": names}), PARSER)
    state, place = marked(DEMAND + line)
    found = complete(state._replace(catalogue=catalogue, lexicon=Lexicon(catalogue.vocabularies)), place)
    assert found is not None
    assert {item.label: item.past for item in found.items if item.kind == "concept"} == past


def test_a_word_of_another_language_tells_which() -> None:
    found = offered(DEMAND + "1 / Personer / - / occ‸")
    assert found is not None
    assert [(item.label, item.beside) for item in found.items] == [("Yrke", " Occupation (en)")]


def test_a_ditto_tells_what_it_would_repeat() -> None:
    found = offered(DEMAND + "1 / Personer / - / Yrke / 1970 / O\n2 / ‸")
    assert found is not None
    assert found.items[0] == Item("ditto", '"', '"', " samme som over", "Personer")


def test_what_stands_beside_is_in_the_catalogues_language() -> None:
    found = offered(DEMAND + "1 / Personer / - / Yrke / 1970 / ‸", "sv")
    assert found is not None
    assert [item.beside for item in found.items] == [" och", " eller", " inte nästa rad", " slut"]


@pytest.mark.parametrize("count", [0, 1, AT_MOST, AT_MOST + 1, 5 * AT_MOST])
def test_a_long_list_says_how_much_it_leaves_out(count: int) -> None:
    field = field_at("x", 1)
    assert field is not None
    found = listed(0, field, (Item("value", str(number), str(number)) for number in range(count)))
    assert len(found.items) + (found.more > 0) <= AT_MOST
    assert len(found.items) + found.more == count


LINES = [
    "1 / Personer / Personreg.nov.70 / Yrke / 19701101 / .",
    "1 / Personaggregater / Yrke / Sum / 1970 / .",
    "1 / Personaggregat / Døde / Sum inntekt / 1960..1969 / .",
    "1 / Bedrifter / Industri / Omsetning / 1970 / .",
    "1 / - / Industri / Næring / - / .",
]


@settings(max_examples=120, deadline=None)
@given(st.sampled_from(LINES), st.integers(1, 4), st.text("kpsyinæ[K1", max_size=2), st.sampled_from((DEMAND, PRODUCT)))
def test_whatever_is_chosen_leaves_a_line_that_checks(line: str, place: int, typed: str, header: str) -> None:
    """Any item in any field of a line that checks gives a line that checks (agreement, words and codes)."""
    if header == PRODUCT and "-" in line:
        return
    fields = line.split(" / ")
    text = header + " / ".join([*fields[:place], typed + "‸", *fields[place + 1 :]])
    state, at = marked(text)
    found = complete(state, at, state.catalogue.register)
    assert found is not None
    for item in found.items:
        after = read_document(applied(text, found, item), PARSER)
        problems = census()[0].coder.code(after.descriptions[0]).problems
        assert {problem.code for problem in problems} <= {"VKD202"}, (item, problems)


@settings(max_examples=80, deadline=None)
@given(descriptions(), st.integers(1, 3), st.floats(0, 1))
def test_whatever_is_chosen_in_a_broken_line_means_something(text: str, row: int, at: float) -> None:
    """Whatever is wrong with the other fields and lines: what is offered is a word, a code, a time or a mark there."""
    lines = text.splitlines()
    line = lines[min(row, len(lines) - 1)]
    lines[min(row, len(lines) - 1)] = line[: int(at * len(line))] + "‸" + line[int(at * len(line)) :]
    state, place = marked("\n".join(lines))
    found = complete(state, place, state.catalogue.register)
    for item in found.items if found else ():
        if item.kind in ("concept", "code", "time", "operator", "dont-care", "ditto"):
            after = read_document(applied("\n".join(lines), found, item), PARSER) if found else None
            assert after is not None
            start, end = place.row, found.start.column if found else 0
            index = after.index_at(start)
            problems = census()[0].coder.code(after.descriptions[index]).problems
            here = [one for one in problems if one.row + after.rows[index] == start and one.start <= end + 1 <= one.end]
            assert not [one for one in here if "VKD101" <= one.code <= "VKD104" or one.code == "VKD301"], (item, here)


HEADERS = [
    "0 / ‸ / b",
    "0 / Etterspørselsbeskrivelse / ‸",
    *(f"0 / Etterspørselsbeskrivelse / b / {key}=‸" for key in ("archive", "profile", "arkiv", "profil")),
    *(
        f"0 / Produktbeskrivelse / p / form=px; {key}=‸; doc=P:ft70.md"
        for key in ("data", "access", "unit-id", "enhets-id")
    ),
    "0 / Produktbeskrivelse / p / ‸form=px; access=open",
    "0 / Produktbeskrivelse / p / unit-id=Yrke, ‸",
    "0 / Produktbeskrivelse / p / form=px\n  ; access=‸",
]


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(HEADERS), st.text("adkpy", max_size=2), st.sampled_from(["nb", "sv", "da", "en"]))
def test_whatever_is_chosen_in_a_header_is_read(header: str, typed: str, language: str) -> None:
    """A key is read when it has a value of its own."""
    above = (
        "0 / Etterspørselsbeskrivelse / Å / bø\n".replace("Å / bø", r"Å \/ bø") + "1 / Personer / - / Yrke / - / .\n"
    )
    text = above + header.replace("‸", typed + "‸") + "\n1 / Personer / Personreg.nov.70 / Yrke / 1970 / .\n"
    found = offered(text, language)
    for item in found.items if found else ():
        after = read_document(applied(text, found, item), PARSER) if found else None
        assert after is not None
        problems = census(language)[0].coder.code(after.descriptions[1]).problems
        assert item.kind == "key" or {problem.code for problem in problems} <= {"VKD006"}, (item, problems)


@given(st.text('01 /"-.;=#[]\\ONEYrke\n', max_size=60), st.integers(0, 60))
@settings(max_examples=200, deadline=None)
def test_half_typed_text_never_fails(text: str, at: int) -> None:
    state, place = marked(DEMAND[: at % 30] + text[:at] + "‸" + text[at:])
    complete(state, place)
    complete(snapshot(text), place)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (DEMAND + "1 / - / - / lonnsintekt‸", ["Lønnsinntekt"]),
        (DEMAND + "1 / - / - / salg‸", ["Omsetning"]),
        (DEMAND + "1 / - / - / yrkesinntekt‸", ["Yrke", "Inntekt", "Sum inntekt"]),
        (DEMAND + "1 / - / - / zzzz‸", []),
    ],
)
def test_where_nothing_begins_so_free_words_are_looked_up(text: str, expected: list[str]) -> None:
    catalogue = snapshot("").catalogue
    catalogue.lookup.prepare()
    assert labels(text)[: len(expected)] == expected
