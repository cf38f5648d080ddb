"""Refactorings keep what a description means; those that make another description make one that means the same.

Those that ask for a panel, and back, change its times and nothing else.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.server.features.marked import marked, snapshot
from tests.server.workspaces import PARSER
from vkd_catalog.catalogue import Catalogue, open_catalogue
from vkd_catalog.coding import CodedSentence
from vkd_grammar.document import read_document
from vkd_grammar.text import Position, Span
from vkd_grammar.times import NOT_STATED
from vkd_server.features.answers.run import run_document
from vkd_server.features.lexicon import Lexicon
from vkd_server.features.refactoring.fixes import applied
from vkd_server.features.refactoring.formatting import organizing
from vkd_server.features.refactoring.refactorings import Refactoring, refactorings
from vkd_server.features.snapshot import Snapshot

EXAMPLES = Path(__file__).parents[3] / "examples"
HEADER = "0 / Etterspørselsbeskrivelse / b\n"
ODD = (
    '1 / Person / xy12 / Yrke / 1970 / O\n2 / Personer / " / Yrke / 1970 / O\n3 / Person / " / Kjønn / 1970 / .\n',
    '1 / Personer / P.X / Yrkke / 1970 / O\nskrot\n3 / " / " / Yrkke / 1970 / N\r\n4 / " / " / " / " / .',
    '1 / " / " / " / " / O\n2 / " / - / Yrke / 196----- / E\n3 / Personer [A] / - / YRKE / 196----- / .',
    '1 / Personer / P.70 / Yrke / 1970 / N\n2 / Personer / xy12 / Yrke / 1970 / O\n3 / Person / " / Yrke / 1970 / .\n',
    '1 / Personer / P.70 / Yrke / 1970 / O\n2 / Personer / P.70 / Yrke / 1970 / N\n3 / Personer / xy12 / Yrke / 1970 / O\n4 / Person / " / Yrke / 1970 / .\n',
    "1 / Personer / Personreg.nov.70 / Yrke / 1970 / O\r\n2 / Persons / [P.70] / Sex / 19700101..19701231 / .\r\n",
)


def at_row(state: Snapshot, row: int) -> list[Refactoring]:
    return list(refactorings(state, Span(Position(row, 0), Position(row, 0))))


class Meant(NamedTuple):
    """What a description means: who speaks, and in each group its lines, negated or not, in any order."""

    kind: str | None
    identification: str
    groups: tuple[frozenset[tuple[object, int]], ...]


def meanings(text: str, catalogue: Catalogue) -> list[Meant]:
    coded = [catalogue.coder.code(one) for one in read_document(text, PARSER).descriptions]
    return [Meant(one.kind, one.identification, tuple(groups_of(one.sentences))) for one in coded]


def groups_of(sentences: Sequence[CodedSentence]) -> Iterator[frozenset[tuple[object, int]]]:
    above = [".", *(line.operator for line in sentences)]
    lines = [(operator == "N", *line[2:7]) for operator, line in zip(above, sentences, strict=False)]
    ends = [at for at, line in enumerate(sentences, start=1) if line.operator == "E"]
    for start, end in pairwise([0, *ends, len(sentences)]):
        yield frozenset(Counter(lines[start:end]).items())


def asking(product: Meant) -> Meant:
    """What a demand asks for that is made from a product: a time that is not stated is any."""
    groups = (
        frozenset(((*line[:4], None, True) if line[4] == NOT_STATED else line, count) for line, count in group)  # type: ignore[index]
        for group in product.groups
    )
    return product._replace(groups=tuple(groups))


def untimed(found: list[Meant]) -> list[Meant]:
    """What descriptions mean but for the times of their lines."""
    return [
        one._replace(groups=tuple(frozenset(Counter(_without_times(group)).items()) for group in one.groups))
        for one in found
    ]


def _without_times(group: frozenset[tuple[object, int]]) -> Iterator[object]:
    for line, count in group:
        yield from [line[:4]] * count  # type: ignore[index]


def check(text: str, catalogue: Catalogue, lexicon: Lexicon) -> set[str]:
    """Carries out everything that is offered anywhere in a text; the kinds that were."""
    document = read_document(text, PARSER)
    state = Snapshot(document, "a.vkd", catalogue, lexicon, catalogue.places_of)
    before = meanings(text, catalogue)
    seen = set()
    for row in range(len(document.lines)):
        for one in at_row(state, row):
            if (one.edits, one.kind) in seen:
                continue
            seen.add((one.edits, one.kind))
            after = meanings(applied(document.lines, one.edits), catalogue)
            number = document.index_at(row)
            own, expected = before[number], list(before)
            if one.kind.endswith((".demand", ".product")):
                made = own._replace(kind=one.kind.rpartition(".")[2])
                expected.insert(number + 1, asking(made) if one.kind.endswith(".demand") else made)
            if one.kind.endswith(".split"):
                names = [made.identification for made in after[number : number + len(own.groups)]]
                assert len(set(names)) == (len(own.groups) if own.kind == "product" else 1)
                parts = [Meant(own.kind, name, (group,)) for name, group in zip(names, own.groups, strict=True)]
                expected[number : number + 1] = parts
            if one.kind.endswith(".withoutNegated"):
                left = (frozenset(line for line in group if not line[0][0]) for group in own.groups)  # type: ignore[index]
                expected[number] = own._replace(groups=tuple(left))
            if one.kind.endswith((".series", ".stretch")):
                after, expected = untimed(after), untimed(expected)
            assert after == expected, one
    return {kind.rpartition(".")[2] for _, kind in seen}


@pytest.mark.parametrize("example", ["folketelling", "utdanning", "registre-dk"])
def test_every_refactoring_of_the_examples_keeps_their_meaning(example: str) -> None:
    catalogue = open_catalogue(EXAMPLES / example, PARSER)
    lexicon = Lexicon(catalogue.vocabularies)
    done = set()
    for path in sorted((EXAMPLES / example).glob("*/*.vkd")):
        text = "".join(path.read_bytes().decode().splitlines(keepends=True)[:25])
        done |= check(text, catalogue, lexicon)
    assert {"unfold", "unfoldLine", "demand", "up", "down", "sort"} <= done


PRODUCT_HEADER = "# om\n0 / Produktbeskrivelse / p / form=csv\n  ; access=open\n"


@pytest.mark.parametrize("lines", ODD)
@pytest.mark.parametrize("header", [HEADER, PRODUCT_HEADER], ids=["demand", "product"])
def test_odd_descriptions_keep_their_meaning(header: str, lines: str) -> None:
    state = snapshot(header + lines)
    check(header + lines, state.catalogue, state.lexicon)


FIELDS = st.one_of(
    st.tuples(
        st.sampled_from(["Personer", '"', "-", "Person"]), st.sampled_from(["Personreg.nov.70", '"', "xy12", "-"])
    ),
    st.tuples(
        st.sampled_from(["Personaggregater", '"', "Personaggregat"]), st.sampled_from(["Yrke", '"', "Døde", "Y.2"])
    ),
)
SENTENCES = st.builds(
    lambda before, own, characteristic, time, operator: (
        f"{before}{{}} / {own[0]} / {own[1]} / {characteristic} / {time}   / {operator}"
    ),
    st.sampled_from(["", "", "", "# vkd: ignore[VKD203]\n", "\n", "# a\n\n# b\n"]),
    FIELDS,
    st.sampled_from(["Yrke", "Kjønn", '"', "Sum", "[K6.1]", "Yrkke", "-"]),
    st.sampled_from(["1970", '"', "-", "----1101", "Folketellingen 1970", "19701101"]),
    st.sampled_from("OOOEN"),
)
HEADERS = st.sampled_from([HEADER, PRODUCT_HEADER])


@settings(max_examples=150, deadline=None)
@given(HEADERS, st.lists(SENTENCES, min_size=1, max_size=6), st.sampled_from(["\n", "\r\n", "\r"]), st.integers(0, 9))
def test_every_refactoring_keeps_the_meaning(header: str, lines: list[str], end: str, start: int) -> None:
    """In any description: with comments and blank lines, wrong numbers, unknown words, no line end at the end."""
    numbered = [line.format(number + 1 if start < 7 else start) for number, line in enumerate(lines)]
    text = header + "\n".join(numbered)[:-1] + "." + ("\n" if start % 2 else "")
    state = snapshot(HEADER)
    check(text.replace("\n", end), state.catalogue, state.lexicon)


def offered(text: str, language: str = "nb") -> dict[str, str]:
    """What a document becomes by each kind that is offered at the mark."""
    state, place = marked(text, language)
    found = refactorings(state, Span(place, place))
    return {one.kind.rpartition(".")[2]: applied(state.document.lines, one.edits) for one in found}


def test_dittos_are_written_out_and_back_and_columns_stay() -> None:
    folded = (
        "0 / Produktbeskrivelse / x\n1 / Personer / Personreg.nov.70 / Yrke  / 19701101 / O\n"
        '2 / "        / "                / "     / "        / O\n3 / "        / "‸                / Kjønn / "        / .\n'
    )
    full = (
        "0 / Produktbeskrivelse / x\n1 / Personer / Personreg.nov.70 / Yrke  / 19701101 / O\n"
        "2 / Personer / Personreg.nov.70 / Yrke  / 19701101 / O\n3 / Personer‸ / Personreg.nov.70 / Kjønn / 19701101 / .\n"
    )
    assert offered(folded)["unfold"] == full.replace("‸", "")
    assert offered(full)["fold"] == folded.replace("‸", "")
    lines = folded.replace("‸", "").splitlines(keepends=True)
    assert offered(folded)["unfoldLine"] == "".join(lines[:3]) + full.replace("‸", "").splitlines(keepends=True)[3]
    assert set(offered(folded)) == {"unfoldLine", "unfold", "up", "sort", "demand"}
    assert set(offered(full)) == {"fold", "up", "sort", "demand"}


LINES = """\
1 / Personer / Personreg.nov.70 / Yrke  / 1970 / O
# om kjønn
2 / "        / "‸                / Kjønn / "    / N
3 / "        / "                / Alder / "    / E
4 / "        / Personreg.nov.60 / Yrke  / "    / .
"""
MOVED = {
    "up": """\
# om kjønn
1 / Personer / Personreg.nov.70 / Kjønn / 1970 / O
2 / "        / "                / Yrke  / "    / N
3 / "        / "                / Alder / "    / E
4 / "        / Personreg.nov.60 / Yrke  / "    / .
""",
    "down": """\
1 / Personer / Personreg.nov.70 / Yrke  / 1970 / N
2 / "        / "                / Alder / "    / O
# om kjønn
3 / "        / "                / Kjønn / "    / E
4 / "        / Personreg.nov.60 / Yrke  / "    / .
""",
    "sort": """\
# om kjønn
1 / Personer / Personreg.nov.70 / Kjønn / 1970 / O
2 / "        / "                / Yrke  / "    / N
3 / "        / "                / Alder / "    / E
4 / "        / Personreg.nov.60 / Yrke  / "    / .
""",
    "split": f"""\
1 / Personer / Personreg.nov.70 / Yrke  / 1970 / O
# om kjønn
2 / "        / "                / Kjønn / "    / N
3 / "        / "                / Alder / "    / .

{HEADER}1 / Personer / Personreg.nov.60 / Yrke  / 1970 / .
""",
}


@pytest.mark.parametrize("kind", MOVED)
def test_lines_move_with_their_comments_and_dittos_numbers_and_operators_follow(kind: str) -> None:
    assert offered(HEADER + LINES)[kind] == HEADER + MOVED[kind]


def test_a_product_is_split_at_e_and_left_without_what_n_negates() -> None:
    header = "0 / Produktbeskrivelse / p / form=csv\n  ; access=open\n"
    found = offered(header + LINES)
    assert found["split"] == header + MOVED["split"].replace(HEADER, header.replace("/ p /", "/ p-2 /"))
    assert found["withoutNegated"].splitlines()[-2:] == [
        '2 / "        / "                / Kjønn / "    / E',
        '3 / "        / Personreg.nov.60 / Yrke  / "    / .',
    ]


@pytest.mark.parametrize(
    "lines",
    [
        # Past an operator E, before the first line of its group where it is negated, past the ends.
        "1 / Personer / - / Yrke / 1970 / E\n2‸ / Personer / - / Alder / 1970 / .\n",
        "1 / Personer / - / Yrke / 1970 / N\n2‸ / Personer / - / Alder / 1970 / .\n",
        "1‸ / Personer / - / Yrke / 1970 / .\n",
        # Where something cannot be read.
        "1 / Personer / - / Yrke / 1970 / O\n2‸ / Personer / - / Alder / 1970 / ?\n",
        "1 / Personer / - / Yrke / 1970 / O\nskrot\n3‸ / Personer / - / Alder / 1970 / .\n",
        '1 / " / - / Yrke / 1970 / O\n2‸ / Personer / - / Alder / 1970 / .\n',
        # What a name means here depends on the object type.
        '1 / Person / xy12 / Yrke / 1970 / O\n2‸ / Personer / " / Yrke / 1970 / .\n',
    ],
)
def test_what_would_change_the_meaning_is_not_offered(lines: str) -> None:
    assert {"up", "down", "sort"} & set(offered(HEADER + lines)) == set()


def test_the_parts_of_a_demand_are_answered_by_what_the_whole_is() -> None:
    text = (EXAMPLES / "folketelling/demands/eksempel-4.vkd").read_text(encoding="utf-8")
    state = snapshot(text)
    parts = applied(state.document.lines, next(one for one in at_row(state, 2) if one.kind.endswith("split")).edits)

    def members(whole: str) -> set[tuple[str, ...]]:
        runs = run_document(read_document(whole, PARSER), "a.vkd", state.catalogue)
        return {cover.members for run in runs for cover in run.answer.covers}

    assert parts.count("bruker 2") == 2
    assert members(parts) == members(text) == {("dode-yrke",)}


def test_organizing_numbers_and_aligns_and_leaves_the_order() -> None:
    text = (
        '9 / Produktbeskrivelse /  p\n7 / Personer / P.70 / Yrke / 1970 / O\n# a\n7 / " / " / Kjønn / " / O\nx / y\n\n'
    )
    state = snapshot(text + text)
    one = (
        "0 / Produktbeskrivelse / p\n1 / Personer / P.70 / Yrke  / 1970 / O\n# a\n"
        '2 / "        / "    / Kjønn / "    / O\nx / y\n\n'
    )
    assert applied(state.document.lines, organizing(state)) == one + one
    assert list(organizing(snapshot(one))) == []


def test_a_demand_made_from_a_product_finds_it() -> None:
    text = (EXAMPLES / "folketelling/products/ft70.vkd").read_text(encoding="utf-8")
    state = snapshot(text)
    made = next(one for one in at_row(state, 3) if one.kind.endswith("demand"))
    whole = applied(state.document.lines, made.edits)
    assert "\n\n0 / Etterspørselsbeskrivelse / ft70-person\n1 / Personer" in whole
    assert "\n\n# 1972, s. 13: tabellen" in whole
    answers = [one.answer for one in run_document(read_document(whole, PARSER), "a.vkd", state.catalogue)]
    assert [(one.covers[0].members, one.covers[0].grade) for one in answers] == [(("ft70-person",), "exact")]


def test_a_demand_made_from_a_product_asks_for_no_time_that_only_products_state() -> None:
    text = (
        "0 / Produktbeskrivelse / p\n1 / Personer / Personreg.nov.70 / Yrke / ? / O\n"
        '2 / " / " / Kjønn / 1993 .. : A / O\n3 / " / " / " / " / O\n4 / " / " / " / 1993..2023:A / .\n'
    )
    state = snapshot(text)
    made = next(one for one in at_row(state, 0) if one.kind.endswith("demand"))
    assert applied(state.document.lines, made.edits).partition("\n\n")[2].splitlines()[1:] == [
        "1 / Personer / Personreg.nov.70 / Yrke / - / O",
        '2 / " / " / Kjønn / 1993 .. / O',
        '3 / " / " / " / " / O',
        '4 / " / " / " / 1993..2023:A / .',
    ]


@pytest.mark.parametrize(
    ("time", "kind", "other"),
    [
        ("2010..2015", "series", "2010..2015:A"),
        ("2010K1..2012K4", "series", "2010K1..2012K4:K"),
        ("2010Q2 .. 2012Q3", "series", "2010Q2 .. 2012Q3:Q"),
        ("201001..201512", "series", "201001..201512:M"),
        ("2010M03..2010M05", "series", "2010M03..2010M05:M"),
        ("2010H1..2011H2", "series", "2010H1..2011H2:H"),
        ("2010W05..2010W09", "series", "2010W05..2010W09:W"),
        # Years are meant where the sides are days, or of two kinds; digits with don't-care are written with dots.
        ("20100101..20151231", "series", "20100101..20151231:A"),
        ("201001..2015K4", "series", "201001..2015K4:A"),
        ("196-----", "series", "1960..1969:A"),
        ("2010..2015:A", "stretch", "2010..2015"),
        ("2010..2015 : M", "stretch", "2010..2015"),
        ("2010K1..2012K4:K", "stretch", "2010K1..2012K4"),
    ],
)
def test_a_panel_is_asked_for_and_back_and_dittos_follow(time: str, kind: str, other: str) -> None:
    below = '2 / " / " / Kjønn / " / .\n'
    lines = "1‸ / Personer / Personreg.nov.70 / Yrke / {} / O\n" + below
    found = offered(HEADER + lines.format(time))
    assert {"series", "stretch"} & set(found) == {kind}
    # A shorter time is padded, so that the columns stay where they are.
    assert found[kind].replace(f"{other:<{len(time)}} /", f"{other} /") == HEADER + lines.format(other).replace("‸", "")


def test_the_column_of_times_stays_aligned_where_a_panel_is_asked_for() -> None:
    found = offered(
        HEADER + "1‸ / Personer / - / Yrke  / 2010..2015   / O\n2  / Personer / - / Kjønn / 2010..2015:A / .\n"
    )
    assert found["series"].splitlines()[1] == "1 / Personer / - / Yrke  / 2010..2015:A / O"


@pytest.mark.parametrize(
    "line",
    [
        # One period, a point, an open side, days that whole periods do not fill, don't-care, a ditto, what is wrong.
        "1‸ / Personer / - / Yrke / 2010 / .",
        "1‸ / Personer / - / Yrke / 2010..2010 / .",
        "1‸ / Personer / - / Yrke / 20101101 / .",
        "1‸ / Personer / - / Yrke / 2010.. / .",
        "1‸ / Personer / - / Yrke / ..2010 / .",
        "1‸ / Personer / - / Yrke / 2010..:A / .",
        "1‸ / Personer / - / Yrke / 20100201..20151231 / .",
        "1‸ / Personer / - / Yrke / 201006..2015:A / .",
        "1‸ / Personer / - / Yrke / 1970:M / .",
        "1‸ / Personer / - / Yrke / ----1101 / .",
        "1‸ / Personer / - / Yrke / - / .",
        "1‸ / Personer / - / Yrke / 2015..2010 / .",
        '1 / Personer / - / Yrke / 2010..2015 / O\n2‸ / Personer / - / Kjønn / " / .',
    ],
)
def test_no_panel_is_offered_where_no_whole_periods_are_asked_for(line: str) -> None:
    assert {"series", "stretch"} & set(offered(f"{HEADER}{line}\n")) == set()


def test_no_panel_is_offered_in_a_product() -> None:
    text = "0 / Produktbeskrivelse / p\n1‸ / Personer / Personreg.nov.70 / Yrke / 2010..2015 / .\n"
    assert {"series", "stretch"} & set(offered(text)) == set()


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("‸0 / Etterspørselsbeskrivelse / b\n1 / Personer / Personreg.nov.70 / Yrke / 1970 / .\n", {"product"}),
        ("‸0 / Etterspørselsbeskrivelse / b\n1 / Personer / - / Yrke / 1970 / .\n", set()),
        ("‸0 / Etterspørselsbeskrivelse / b\n1 / Personer / Personreg.nov.70 / Yrke / ----1101 / .\n", set()),
        ("‸0 / Etterspørselsbeskrivelse / b\n1 / Personer / Personreg.nov.70 / Yrkke / 1970 / .\n", set()),
        ("‸0 / Produktbeskrivelse / b\n", set()),
        ("‸skrot\n", set()),
        ("‸", set()),
    ],
)
def test_what_is_offered(text: str, kinds: set[str]) -> None:
    assert set(offered(text)) == kinds


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("nb", "Lag et produkt av denne etterspørselen"),
        ("sv", "Gör en produkt av denna efterfrågan"),
        ("da", "Lav et produkt af denne efterspørgsel"),
        ("en", "Make a product from this demand"),
    ],
)
def test_titles_speak_the_catalogues_language(language: str, title: str) -> None:
    state = snapshot(HEADER + "1 / Personer / Personreg.nov.70 / Yrke / 1970 / .\n", language)
    assert [one.title for one in at_row(state, 0)] == [title]
