"""What would let a demand be answered: each edit gives the answers it promises. The funnel shows where they are lost."""

import pytest

from tests.server.features.marked import marked, snapshot
from tests.server.workspaces import PARSER
from vkd_catalog.evaluation import Answer
from vkd_grammar.document import read_document
from vkd_grammar.text import Position, Span
from vkd_server.features.answers.run import run_document, run_piece
from vkd_server.features.explain.inlay_hints import HintSettings, hints
from vkd_server.features.refactoring.fixes import applied
from vkd_server.features.refactoring.refactorings import Refactoring
from vkd_server.features.refactoring.relaxing import relaxations
from vkd_server.features.snapshot import Piece, Snapshot

HEADER = "0 / Etterspørselsbeskrivelse / b\n"
DEMANDS = (
    '1 / Personer / Personreg.nov.70 / Kjønn / 19701101 / O\n2 / " / " / Yrke / " / O\n3 / " / " / Inntekt / " / .\n',
    '1 / Personer / Personreg.nov.60 / Yrke / 19601101 / N\n2 / " / " / Kjønn / " / O\n3 / " / " / Fødselsdato / " / .\n',
    '1 / Personer / Personreg.nov.70 / Yrke / 19701101 / O\n2 / " / " / Kjønn / " / E\n3 / Bedrifter / - / Omsetning / " / .',
    '1 / Bedrifter / - / Omsetning / 1970 / E\n2 / Personer / Selgere / Yrke / " / O\r\n3 / " / " / Kjønn / " / .',
    "1 / Personaggregat / Yrke / Sum / 19701101 / O\n2 / Personaggregat / Næring / Sum / 19701101 / .\n",
    '1 / Personer / Personreg.nov.70 / Alder / 1971 / O\n2 / " / " / Næring / 1970 / O\n3 / " / " / " / 1960 / .\n',
    '1 / Personer / Personreg.nov.70 / Yrke / 1980 / N\n2 / " / " / Kjønn / 1970 / .\n',
    "1 / Bedrifter / - / Omsetning / 1970 / .\n",
)


def answer(state: Snapshot, piece: Piece) -> Answer | None:
    run = run_piece(state.document, piece.number, state.path, state.catalogue)
    return run.answer if run else None


def offered(text: str, row: int, language: str = "nb") -> list[Refactoring]:
    state = snapshot(text, language)
    place = Position(row, 0)
    return list(relaxations(state, Span(place, place), lambda piece: answer(state, piece)))


@pytest.mark.parametrize("lines", DEMANDS)
def test_each_edit_gives_the_answers_it_promises(lines: str) -> None:
    text = HEADER + lines
    state = snapshot(text)
    own = answer(state, state.piece(0))
    assert own is not None
    assert own.status == "none"
    promised = [one.covers for one in own.why.relaxations] if own.why else []
    found = offered(text, 0)
    assert len(found) >= len(promised) - 1
    for one in found:
        after = applied(state.document.lines, one.edits)
        (run,) = run_document(read_document(after, PARSER), "demands/test.vkd", state.catalogue)
        assert f"({len(run.answer.covers)} svar)" in one.title, (one, after)


def test_some_are_offered() -> None:
    titles = [one.title for one in offered(HEADER + DEMANDS[0], 0)]
    assert "Stryk linje 1 (1 svar)" in titles
    assert "Linje 1: kjennemerke → - (1 svar)" in titles
    assert [one.title for one in offered(HEADER + DEMANDS[0], 1)] == [one for one in titles if "inje 1" in one]


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("nb", "Linje 1: kjennemerke → - (1 svar)"),
        ("sv", "Rad 1: kännetecken → - (1 svar)"),
        ("da", "Linje 1: kendetegn → - (1 svar)"),
        ("en", "Line 1: characteristic → - (1 answer)"),
    ],
)
def test_titles_speak_the_catalogues_language(language: str, title: str) -> None:
    assert title in [one.title for one in offered(HEADER + DEMANDS[0], 1, language)]


def test_a_line_is_dropped_with_its_dittos_operators_and_numbers() -> None:
    text = HEADER + DEMANDS[0]
    drop = next(one for one in offered(text, 1) if one.title.startswith("Stryk"))
    assert applied(snapshot(text).document.lines, drop.edits) == (
        HEADER + "1 / Personer / Personreg.nov.70 / Yrke / 19701101 / O\n" + '2 / " / " / Inntekt / " / .\n'
    )


@pytest.mark.parametrize(
    "text",
    [
        "‸0 / Produktbeskrivelse / p\n1 / Personer / Personreg.nov.70 / Yrke / 1970 / .\n",
        "‸0 / Etterspørselsbeskrivelse / b\n1 / Personer / - / Yrke / 1970 / .\n",
        "‸0 / Etterspørselsbeskrivelse / b\n1 / Personer / - / Yrkke / 1970 / .\n",
        "‸",
    ],
)
def test_nothing_is_offered_where_nothing_helps(text: str) -> None:
    state, place = marked(text)
    assert list(relaxations(state, Span(place, place), lambda piece: answer(state, piece))) == []


@pytest.mark.parametrize(
    ("lines", "texts"),
    [
        (
            DEMANDS[0],
            ["ingen informasjonssett", "✗ ingen informasjonssett", "ingen informasjonssett", "ingen informasjonssett"],
        ),
        (
            DEMANDS[1],
            ["ingen informasjonssett", "1 informasjonssett", "✗ ingen informasjonssett", "ingen informasjonssett"],
        ),
        (
            DEMANDS[2],
            ["ingen informasjonssett", "1 informasjonssett", "✗ ingen informasjonssett", "✗ ingen informasjonssett"],
        ),
        (DEMANDS[7], ["ingen informasjonssett"]),
    ],
)
def test_the_funnel_marks_the_line_that_lets_nothing_through(lines: str, texts: list[str]) -> None:
    state = snapshot(HEADER + lines)
    run = run_piece(state.document, 0, state.path, state.catalogue)
    assert run is not None
    settings = HintSettings(dittos=False, codes=False, sets=True)
    every = hints(state, 0, 9, settings, lambda _: run.answer, lambda _: run.funnel())
    found = [hint for hint in every if not hint.opens]
    assert [one.text for one in found] == texts
    assert [one.position for one in found] == [Position(row, len(state.line(row))) for row in range(len(found))]
