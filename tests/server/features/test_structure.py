"""Symbols, folding, tokens, hints, formatting and definitions of whole documents."""

from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.server.features.marked import marked, snapshot
from tests.server.workspaces import PARSER
from vkd_catalog.evaluation import Answer
from vkd_grammar.document import read_document
from vkd_grammar.format import format_text
from vkd_grammar.text import Position, Span
from vkd_server.features.answers.run import run_piece
from vkd_server.features.explain.inlay_hints import Hint, HintSettings, hints
from vkd_server.features.explain.semantic_tokens import TYPES, token_lines
from vkd_server.features.navigation.definition import Place, definition
from vkd_server.features.navigation.folding import Fold, folds
from vkd_server.features.navigation.symbols import symbol_of
from vkd_server.features.refactoring.fixes import applied
from vkd_server.features.refactoring.formatting import formatting
from vkd_server.features.snapshot import Piece, Snapshot

TEXT = """\
# Et sett
# og et til
0 / Produktbeskrivelse / p-1 / form=csv
  ; access=open

1 / Personer / Personreg.nov.70 / Yrke / 19701101 / O
2 / " / " / Kjønn / " / .
# alene
0 / Etterspørselsbeskrivelse / bruker
1 / Personer / - / Yrke / 19701101 / .
skrot
0 / Noe annet
"""
ALL = HintSettings(dittos=True, codes=True, sets=True)


def test_symbols() -> None:
    document = snapshot(TEXT).document
    pieces = [
        (row, symbol_of(document.descriptions[at], document.piece_lines(at))) for at, row in enumerate(document.rows)
    ]
    found = [(row, one) for row, one in pieces if one]
    assert [(one.name, one.kind, row, row + one.header_row, row + one.last_row) for row, one in found] == [
        ("p-1", "product", 0, 2, 6),
        ("bruker", "demand", 7, 8, 10),
        ("Noe annet", None, 11, 11, 11),
    ]
    lines = [[(line.name, row + line.row, line.start) for line in one.lines] for row, one in found]
    assert lines == [
        [("Personer / Personreg.nov.70 / Yrke", 5, 0), ("Personer / Personreg.nov.70 / Kjønn", 6, 0)],
        [("Personer / - / Yrke", 9, 0), ("skrot", 10, 0)],
        [],
    ]


def test_a_symbol_has_the_title_beside_the_type() -> None:
    document = snapshot("0 / Produktbeskrivelse / p / tittel=Lønn\\; år\n1 / Personer / - / Yrke / 1970 / .\n").document
    found = symbol_of(document.descriptions[0], document.piece_lines(0))
    assert found is not None
    assert (found.name, found.detail) == ("p", "Lønn; år – Produktbeskrivelse")


def test_folds() -> None:
    assert list(folds(snapshot(TEXT).document)) == [
        Fold(0, 1, "comment"),
        Fold(2, 6, "description"),
        Fold(8, 10, "description"),
    ]


def test_tokens() -> None:
    lines = TEXT.split("\n")
    said = [
        (TYPES[kind], lines[line.row][start:end])
        for line in token_lines(snapshot(TEXT).document.descriptions[0])
        for start, end, kind in line.tokens
    ][2:]
    assert said == [
        *[
            ("number", "0"),
            ("keyword", "Produktbeskrivelse"),
            ("string", "p-1"),
            ("property", "form"),
            ("string", "csv"),
        ],
        *[("property", "access"), ("string", "open")],
        *[("number", "1"), ("type", "Personer"), ("class", "Personreg.nov.70"), ("variable", "Yrke")],
        *[("number", "19701101"), ("operator", "O")],
        *[("number", "2"), ("macro", '"'), ("macro", '"'), ("variable", "Kjønn"), ("macro", '"'), ("operator", ".")],
    ]


def test_a_series_and_a_time_not_stated() -> None:
    text = (
        "0 / Produktbeskrivelse / p\n1 / Personer / Personreg.nov.70 / Yrke / 1993..2023:A / O\n"
        '2 / " / " / " / " / O\n3 / " / " / " / 1993..:A / O\n4 / " / " / " / ? / .\n'
    )
    lines = text.split("\n")
    said = [
        (TYPES[kind], lines[line.row][start:end])
        for line in token_lines(snapshot(text).document.descriptions[0])
        for start, end, kind in line.tokens
    ]
    assert {("number", "1993..2023:A"), ("number", "1993..:A"), ("macro", "?")} <= set(said)
    shown = [
        hint for hint in hinted(text, ALL._replace(beside=True)) if hint.position.column > 20 or hint.position.row == 2
    ]
    assert Hint(Position(1, 53), "31 perioder") in shown
    assert [hint.text for hint in shown if hint.position.row == 2][-1] == "1993..2023:A"


def answer(state: Snapshot, piece: Piece) -> Answer | None:
    run = run_piece(state.document, piece.number, state.path, state.catalogue)
    return run.answer if run else None


def hinted(text: str, settings: HintSettings, first: int = 0, last: int = 99) -> list[Hint]:
    state = snapshot(text)
    return list(hints(state, first, last, settings, lambda piece: answer(state, piece)))


def test_hints() -> None:
    product = [
        Hint(Position(5, 12), "[A]"),
        Hint(Position(5, 31), "[P.70]"),
        Hint(Position(5, 38), "[K5]"),
        Hint(Position(6, 5), "Personer"),
        Hint(Position(6, 9), "Personreg.nov.70"),
        Hint(Position(6, 17), "[K4]"),
        Hint(Position(6, 21), "19701101"),
    ]
    beside = ALL._replace(beside=True)
    assert hinted(TEXT, beside, 5, 6) == product
    assert hinted(TEXT, beside, 6, 6) == product[3:]
    assert [hint.text for hint in hinted(TEXT, beside._replace(codes=False), 5, 6)] == [
        "Personer",
        "Personreg.nov.70",
        "19701101",
    ]
    assert hinted(TEXT, ALL, 5, 6) == [
        Hint(Position(5, 53), "[A] · [P.70] · [K5]"),
        Hint(Position(6, 25), "Personer · Personreg.nov.70 · [K4] · 19701101"),
    ]
    assert hinted(TEXT, ALL._replace(codes=False), 5, 6) == [
        Hint(Position(6, 25), "Personer · Personreg.nov.70 · 19701101")
    ]
    assert hinted(TEXT, HintSettings(dittos=False, codes=False, sets=False)) == []


@pytest.mark.parametrize(
    ("operators", "brackets"),
    [
        ("O.", []),
        ("OE.", ["⎡", "⎣", "["]),
        ("OOE.", ["⎡", "⎢", "⎣", "["]),
        ("N.", ["⎡\u2007", "⎣¬"]),
        ("E.", ["[", "["]),
        ("O?.", []),
    ],
)
def test_brackets_show_how_operators_bind(operators: str, brackets: list[str]) -> None:
    lines = [f"{at} / Personer / - / Yrke / - / {one}\n" for at, one in enumerate(operators, start=1)]
    text = "".join(("0 / Etterspørselsbeskrivelse / b\n", *lines))
    found = [hint for hint in hinted(text, ALL) if hint.opens]
    assert found == [Hint(Position(row, 0), bracket, opens=True) for row, bracket in enumerate(brackets, start=1)]


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("Personer / - / Yrke / 19701101 / .", "1 informasjonssett"),
        ("Personer / - / Fødselsdato / - / .", "2 informasjonssett"),
        ("Bedrifter / - / Omsetning / 1970 / .", "ingen informasjonssett"),
        ("Personer / - / Bakst / 1970 / .", "kan ikke behandles: feil"),
    ],
)
def test_a_demand_tells_how_many_sets_answer_it(line: str, text: str) -> None:
    found = hinted(f"0 / Etterspørselsbeskrivelse / bruker\n1 / {line}\n", ALL._replace(dittos=False, codes=False))
    assert found == [Hint(Position(0, 37), text)]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("1 / Personer / - / Y‸rke / 1970 / .", Place("vocabulary/characteristics.csv", 5)),
        ("1 / Persons‸ / - / Yrke / 1970 / .", Place("vocabulary/object-types.csv", 1)),
        ("1 / Personer / - / Yrke / Folketellingen ‸1970 / .", Place("vocabulary/times.csv", 2)),
        ('1 / Personer / - / Yrke / 1970 / O\n2 / ‸" / - / Kjønn / " / .', Place("vocabulary/object-types.csv", 1)),
        ("1 / Personer / - / Yrke / 19‸70 / .", None),
        ("1 / Personer / ‸- / Yrke / 1970 / .", None),
        ("1 / Personer / - / Bakst‸ / 1970 / .", None),
        ("‸", None),
    ],
)
def test_definition(text: str, place: Place | None) -> None:
    assert definition(*marked(f"0 / Etterspørselsbeskrivelse / b\n{text}\n")) == place


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from([*TEXT.splitlines(keepends=True), "\r\n", "1/a/b/c/1970/.\r", "1/å/🙂/x/y/O"]), max_size=12
    )
)
def test_formatting_edits_give_the_formatted_text(lines: list[str]) -> None:
    text = "".join(lines)
    edits = list(chain.from_iterable(formatting(snapshot(text))))
    assert applied(read_document(text, PARSER).lines, edits) == format_text(text, PARSER)


def test_formatting_a_range_leaves_other_rows_alone() -> None:
    state = snapshot("0 / Produktbeskrivelse / p\n1/a/b/c/1970/O\n2/a/b/c/1970/.\n")
    assert {edit.start.row for edits in formatting(state, Span(Position(2, 0), Position(2, 3))) for edit in edits} == {
        2
    }
