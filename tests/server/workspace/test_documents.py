"""A document that was edited and checked a little at a time is one that is opened and checked at once."""

from functools import lru_cache
from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.server.workspaces import CENSUS, PARSER
from vkd_grammar.document import Edit, read_document
from vkd_grammar.text import Position, Span
from vkd_server.workspace.background import BackgroundCatalogue
from vkd_server.workspace.documents import OpenDocument, changed, checked, opened
from vkd_server.workspace.project import Project, Projects
from vkd_server.workspace.settings import Settings

PIECES = [
    "# vkd: ignore[VKD101]\n",
    "# made by hand\n",
    "0 / Produktbeskrivelse / a / data=nix:a; form=csv\n",
    "0 / Produktbeskrivelse / A / form=csv\n",
    "0 / Produktbeskrivelse / b / data=F:nowhere.csv\n",
    "0 / Produktbeskrivelse / ft70-person / form=csv\n",
    "0 / Etterspørselsbeskrivelse / a\n",
    "1 / Personer / Personreg.nov.70 / Yrkke / 19701101 / .\n",
    '2 / " / " / Kjønn / 19701101 / O\n',
    "\n",
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=6).map("".join)
EDITS = st.tuples(st.floats(0, 1), st.floats(0, 1), TEXTS)
STEPS = st.integers(0, 6)


@lru_cache
def census() -> Project:
    project = Projects(PARSER, BackgroundCatalogue).project_of(None, (CENSUS,), Settings())
    assert project.catalogue.register.files()
    return project


def finished(document: OpenDocument, most: int) -> OpenDocument:
    while document.waits:
        document = checked(document, most)
    return document


def fresh(text: str) -> OpenDocument:
    return opened("file:///a.vkd", None, "a.vkd", read_document(text, PARSER), census())


@settings(deadline=None)
@given(TEXTS, st.lists(st.tuples(EDITS, STEPS), max_size=6), st.integers(1, 9))
def test_edited_and_checked_in_steps(text: str, edits: list[tuple[tuple[float, float, str], int]], most: int) -> None:
    document = fresh(text)
    for (one, other, new), steps in edits:
        rows = len(document.document.lines)
        start, end = sorted((round(one * rows), round(other * rows)))
        span = Span(Position(start, 0), Position(end, 0))
        document = changed(document, None, [Edit(span, new)])
        for _ in range(steps):
            document = checked(document, most, seconds=inf if most % 2 else 0)
    document, afresh = finished(document, most), finished(fresh(document.document.text), 10_000)
    assert document.names == afresh.names
    assert document.found == afresh.found
    assert document.found_beside == afresh.found_beside


@pytest.mark.parametrize("most", [1, 3, 100])
def test_no_step_takes_more_than_it_may(most: int) -> None:
    document = fresh("".join(PIECES) * 20)
    longest = max(map(len, map(document.document.piece_lines, range(len(document.document.rows)))))
    while document.unchecked:
        before = {index for waiting in document.unchecked for index in waiting}
        document = checked(document, most)
        taken = before - {index for waiting in document.unchecked for index in waiting}
        assert taken
        assert sum(len(document.document.piece_lines(index)) for index in taken) <= most + longest


def test_a_step_without_time_takes_one_description() -> None:
    document = fresh("".join(PIECES) * 20)
    left = [index for waiting in document.unchecked for index in waiting]
    while document.unchecked:
        document = checked(document, 1000, seconds=0)
        left.pop(0)
        assert [index for waiting in document.unchecked for index in waiting] == left


def test_what_is_edited_last_is_checked_first() -> None:
    document = fresh("".join(PIECES) * 20)
    row = len(document.document.lines) - 3
    document = changed(document, None, [Edit(Span(Position(row, 0), Position(row, 0)), "3 / x / y / z\n")])
    document = checked(document, 1)
    assert any(code == "VKD001" for index in document.found for code, *_ in document.found[index])
    assert min(document.found) > len(document.document.rows) // 2
