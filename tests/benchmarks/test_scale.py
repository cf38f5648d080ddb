"""Demands over a drawn catalogue are answered as by hand, and what is measured of one is told; no time is looked at."""

import sqlite3
from collections.abc import Iterator
from random import Random

import pytest

from benchmarks.corpus import SEED, write
from benchmarks.peers.engines import PEERS
from benchmarks.peers.questions import Numbering, answered, columns, questions
from benchmarks.scale.by_hand import ByHand, agrees
from benchmarks.scale.demands import WIDEST, answer_to, demands
from benchmarks.scale.processes import starts
from benchmarks.scale.report import ROWS, as_markdown
from vkd_catalog.catalogue import Catalogue, open_catalogue

PRODUCTS = 200


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalogue]:
    """A drawn catalogue whose register is stored."""
    folder = tmp_path_factory.mktemp("drawn") / str(PRODUCTS)
    write(PRODUCTS, folder)
    opened = open_catalogue(folder)
    assert opened.register.size()[0] == PRODUCTS
    yield opened
    opened.register.close()


def asked(catalogue: Catalogue) -> list[tuple[str, list[str]]]:
    """A few demands of each kind, and the widest."""
    drawn = list(demands(catalogue, Random(SEED)))
    kinds = dict.fromkeys(kind for kind, _ in drawn)
    return [*(one for kind in kinds for one in [each for each in drawn if each[0] == kind][:3]), ("widest", [WIDEST])]


def test_answers_equal_those_by_hand(catalogue: Catalogue) -> None:
    by_hand = ByHand(catalogue.root / ".vkd/register.sqlite", catalogue.vocabularies)
    for _, lines in asked(catalogue):
        demand, answer = answer_to(catalogue, lines)
        assert agrees(answer, by_hand(demand)), lines


def test_an_answer_that_is_not_equal_is_seen(catalogue: Catalogue) -> None:
    by_hand = ByHand(catalogue.root / ".vkd/register.sqlite", catalogue.vocabularies)
    demand, answer = answer_to(catalogue, ["Persons / - / Variable 1 / 1960..2025"])
    found = by_hand(demand)
    assert found.covers > 1
    assert not agrees(answer, found._replace(covers=found.covers + 1))
    assert not agrees(answer, found._replace(first=found.first[1:]))


def test_a_peer_answers_as_the_register(catalogue: Catalogue) -> None:
    with sqlite3.connect(catalogue.root / ".vkd/register.sqlite") as stored:
        numbering = Numbering(stored)
        sentences = columns(stored, numbering)
    with PEERS["SQLite by hand"].open(sentences) as ask:
        for one in questions(catalogue, numbering, asked(catalogue)):
            assert ask(one) == answered(catalogue, numbering, one), one.lines


def test_the_report_tells_what_was_measured(catalogue: Catalogue) -> None:
    times = {"one line": [(2.0, 1.0, 0.5)], "widest": [(90.0, 30.0, 9.0)]}
    mix = {"megabytes": 51.0, "times": times}
    report = as_markdown({"200": {"starts": starts(catalogue.root), "mix": mix}})
    told = [row.name for row in ROWS if row.section in ("starts", "mix")]
    assert [name for name in told if f"| {name} |  |" in report or f"| {name} |" not in report] == []
    assert "| one line | 2.00, 2.00; 4.0x |" in report
