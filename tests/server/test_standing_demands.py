"""Demands that stand: `vkd test`, `vkd evaluate` and `vkd profile`, each used as from a terminal."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from vkd_catalog.judging import Counts, count, title_search, together
from vkd_server.cli import run_command

FOLKETELLING = Path(__file__).parents[2] / "examples" / "folketelling"
ATOM = "{http://www.w3.org/2005/Atom}"
Caller = Callable[..., tuple[int, str, str]]


@pytest.fixture
def census(tmp_path: Path) -> Path:
    shutil.copytree(FOLKETELLING, tmp_path / "census", ignore=shutil.ignore_patterns(".vkd"))
    return tmp_path / "census"


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Caller:
    def call(*arguments: object) -> tuple[int, str, str]:
        code = run_command([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return code, out, err

    return call


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_answers_are_accepted_then_drift_is_shown(census: Path, call: Caller) -> None:
    assert call("test", census)[0] == 1
    assert call("test", census, "--accept")[0] == 0
    assert call("test", census)[0] == 0
    assert (census / "demands/eksempel-3.expected").read_text(encoding="utf-8") == (
        "bruker 1: found\n  exact       ft60-person + ft70-person\n"
    )
    edit(census / "products/ft60-person.vkd", "unit-id=Fødselsnummer", "contact=arkivet")
    code, out, _ = call("test", census)
    assert code == 1
    assert "+  exact       ft60-person + ft70-person  (linkage unknown)" in out


def test_judged_demands_are_counted_and_held_to_a_least(census: Path, call: Caller) -> None:
    judgements = "demand,product,relevant\nbruker 1,ft60-person,yes\nBruker 1,dode-yrke,ja\nbruker 1,ft70-tabell,no\n"
    (census / "demands/judgements.csv").write_text(judgements, encoding="utf-8")
    code, out, _ = call("evaluate", census / "demands", "--output-format", "json")
    rows = json.loads(out)["demands"]
    assert code == 0
    assert [row["demand"] for row in rows] == ["bruker 1", "all demands"]
    assert (rows[0]["found_relevant"], rows[0]["found_other"], rows[0]["missed"]) == (1, 1, 1)
    assert (rows[0]["recall"], rows[0]["precision"]) == (0.5, 0.5)
    earlier = census / "earlier.json"
    earlier.write_text(out, encoding="utf-8")
    assert "(before: 0.50, 0.50)" in call("evaluate", census / "demands", "--compare", earlier)[1]
    assert call("evaluate", census / "demands", "--min-recall", "0.6")[0] == 1
    assert call("evaluate", census / "demands", "--min-precision", "0.5")[0] == 0


@pytest.mark.parametrize(
    ("judgements", "said"),
    [
        ("demand,product\nq,x\n", "the column relevant is missing"),
        ("demand,product,relevant\nbruker 1,x,maybe\n", "relevant is 'maybe'"),
        ("demand,product,relevant\nsomebody else,x,yes\n", "no demand there is named"),
    ],
)
def test_bad_judgements_are_one_line(census: Path, call: Caller, judgements: str, said: str) -> None:
    (census / "demands/judgements.csv").write_text(judgements, encoding="utf-8")
    code, _, err = call("evaluate", census / "demands")
    assert code == 2
    assert said in err
    assert err.count("\n") == 1


def test_counts() -> None:
    counts = count(["A", "b", "c"], {"a", "d"})
    assert counts == Counts(found_relevant=1, found_other=2, missed=1)
    assert together([counts, Counts(1, 0, 0)]) == Counts(2, 2, 1)
    assert (Counts(0, 0, 0).recall, Counts(0, 0, 0).precision) == (1.0, 1.0)
    assert title_search(["dode"], {"tabell-1": "Døde etter yrke", "tabell-2": "Fødte"}) == ["tabell-1"]


def test_a_profile_tells_what_is_new_changed_and_gone_and_nothing_twice(census: Path, call: Caller) -> None:
    def run() -> list[tuple[str, str]]:
        code, out, _ = call("profile", "run", census, "--output-format", "json")
        assert code == 0
        return [(change["kind"], change["product"]) for change in json.loads(out)["changes"]]

    assert run() == []
    edit(census / "demands/eksempel-3.vkd", "archive=both", "profile=yes")
    assert run() == [("new", "ft60-person"), ("new", "ft70-person")]
    assert run() == []
    edit(census / "products/ft70.vkd", "lead-time=30", "lead-time=60")
    assert "lead-time was 30, is 60" in call("profile", "run", census)[1]
    assert run() == []
    (census / "products/ft60-person.vkd").unlink()
    assert run() == [("gone", "ft60-person"), ("gone", "ft70-person")]
    feed = ElementTree.fromstring(call("profile", "run", census, "--output-format", "atom")[1])
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 5
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == 5


def test_a_profile_with_errors_keeps_what_it_had(census: Path, call: Caller) -> None:
    edit(census / "demands/eksempel-3.vkd", "archive=both", "profile=yes")
    call("profile", "run", census)
    edit(census / "demands/eksempel-3.vkd", "Kjønn", "Kjonnet")
    code, out, err = call("profile", "run", census)
    assert (code, out) == (0, "0 changes.\n")
    assert "has errors and was not run" in err
