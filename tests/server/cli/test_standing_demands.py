"""Demands that stand: `vkd test`, `vkd evaluate` and `vkd profile`, each used as from a terminal."""

import json
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from uuid import RFC_4122, UUID
from xml.etree import ElementTree

import pytest

from vkd_catalog.catalogue import Catalogue
from vkd_catalog.judging import Counts, count, title_search, together
from vkd_server.cli import run_command
from vkd_server.features.answers import run
from vkd_server.features.answers.run import Asked, Run

FOLKETELLING = Path(__file__).parents[3] / "examples" / "folketelling"
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
    assert (census / "demands/eksempel-3.expected").read_text(encoding="utf-8").splitlines()[1:] == [
        "bruker 1: found",
        "  exact       ft60-person + ft70-person",
        "  ft60-person: data=F:ft60-person.csv; doc=P:ft60.md; form=csv; access=restricted, etter søknad; sensitive=yes",
        "  ft70-person: data=F:ft70-person.csv; doc=P:ft70.md; form=csv; access=restricted, etter søknad; lead-time=30;"
        " sensitive=yes",
    ]
    edit(census / "products/ft60-person.vkd", "unit-id=Fødselsnummer", "contact=arkivet")
    code, out, _ = call("test", census)
    assert code == 1
    assert "+  exact       ft60-person + ft70-person  (linkage unknown)" in out


def test_programs_are_told_what_was_accepted_and_what_is_found(census: Path, call: Caller) -> None:
    demand = census / "demands/eksempel-4.vkd"

    def told(*more: str) -> tuple[int, list[str | None]]:
        code, out, _ = call("test", demand, "--output-format", "json", *more)
        (one,) = json.loads(out)
        assert one["path"] == str(demand)
        return code, [one["status"], *((one[key] or "").partition("\n")[2] for key in ("expected", "found"))]

    first = "bruker 2: found\n  narrower    dode-yrke\n"
    stated = "  dode-yrke: data=F:dode-yrke.csv; doc=P:dode.md; form=table; access=open; sensitive=no\n"
    assert told() == (1, ["drifted", "", first + stated])
    assert told("--accept") == (0, ["accepted", first + stated, first + stated])
    assert told() == (0, ["same", first + stated, first + stated])
    demand.with_suffix(".expected").write_text(f"# Answers\n{first}", encoding="utf-8")
    assert told() == (1, ["drifted", first, "  narrower    dode-yrke\n"])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("access=restricted", "access=closed"),
        ("lead-time=30", "lead-time=60"),
        ("form=csv", "form=parquet"),
        ("data=F:ft70-person.csv; ", ""),
        ("doc=P:ft70.md", "doc=P:ft60.md"),
    ],
)
def test_a_change_of_conditions_is_drift(census: Path, call: Caller, old: str, new: str) -> None:
    demand = census / "demands/yrke.vkd"
    demand.write_text("0 / Demand description / q\n1 / Persons / - / Occupation / 1970 / .\n", encoding="utf-8")
    call("test", demand, "--accept")
    file = census / "products/ft70.vkd"
    file.write_text(file.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    code, out, _ = call("test", demand)
    assert code == 1
    assert "-  ft70-person: data=F:ft70-person.csv; doc=P:ft70.md; form=csv; access=restricted, etter" in out
    assert new.rstrip("; ") in out


def test_answers_accepted_before_conditions_were_kept_are_compared_as_far_as_they_go(
    census: Path, call: Caller
) -> None:
    demand = census / "demands/eksempel-3.vkd"
    accepted = demand.with_suffix(".expected")
    accepted.write_text("bruker 1: found\n  exact       ft60-person + ft70-person\n", encoding="utf-8")
    code, out, _ = call("test", demand)
    assert code == 0
    assert "eksempel-3.expected: holds no conditions, so none are compared; vkd test --accept stores them\n" in out
    accepted.write_text("bruker 1: none\n", encoding="utf-8")
    assert call("test", demand)[0] == 1


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
    compared = call("evaluate", census / "demands", "--compare", earlier, "--output-format", "json")[1]
    assert json.loads(compared)["demands"][0]["before"] == {"recall": 0.5, "precision": 0.5}
    assert call("evaluate", census / "demands", "--min-recall", "0.6")[0] == 1
    assert call("evaluate", census / "demands", "--min-precision", "0.5")[0] == 0


@pytest.mark.parametrize(
    ("judgements", "said"),
    [
        ("demand,product\nq,x\n", "the column relevant is missing"),
        ("demand,product,relevant\nbruker 1,x,maybe\n", "relevant is 'maybe'"),
        ("demand,product,relevant\nsomebody else,x,yes\n", "no demand there is named"),
        (f"demand,product,relevant\n\nbruker 1,{'x' * 200_000},yes\n", "judgements.csv:3: field larger than"),
    ],
)
def test_bad_judgements_are_one_line(census: Path, call: Caller, judgements: str, said: str) -> None:
    (census / "demands/judgements.csv").write_text(judgements, encoding="utf-8")
    code, _, err = call("evaluate", census / "demands")
    assert code == 2
    assert said in err
    assert err.count("\n") == 1


def test_names_that_are_judged_and_are_not_there_are_told(census: Path, call: Caller) -> None:
    judgements = "demand;product;relevant\nbruker 1;ft60-persn;ja\nbrukr;ft60-person;ja\nBRUKER 1;FT60-person;nei\n"
    (census / "demands/judgements.csv").write_text(judgements, encoding="utf-8")
    code, _, err = call("evaluate", census / "demands")
    assert code == 0
    assert [line.rpartition("judgements.csv:")[2] for line in err.splitlines()] == [
        "2: no product description is called ft60-persn",
        "3: no demand there is by brukr",
    ]


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
    assert "lead-time var 30, er nå 60" in call("profile", "run", census)[1]
    assert run() == []
    (census / "products/ft60-person.vkd").unlink()
    assert run() == [("gone", "ft60-person"), ("gone", "ft70-person")]
    feed = ElementTree.fromstring(call("profile", "run", census, "--output-format", "atom")[1])
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 5
    check_feed(feed)


def test_a_profile_speaks_the_catalogues_language_or_the_one_asked_for(census: Path, call: Caller) -> None:
    edit(census / "demands/eksempel-3.vkd", "archive=both", "profile=yes")
    assert "ny: ft60-person\n" in call("profile", "run", census)[1]
    edit(census / "products/ft70.vkd", "lead-time=30", "lead-time=60")
    assert "lead-time was 30, is 60" in call("profile", "run", census, "--language", "en")[1]


def check_feed(feed: ElementTree.Element) -> None:
    """What RFC 4287 says must be there, once, and of what form."""
    entries = feed.findall(f"{ATOM}entry")
    for element in (feed, *entries):
        for name in ("id", "title", "updated"):
            (one,) = element.findall(f"{ATOM}{name}")
            assert one.text
        assert UUID(element.findtext(f"{ATOM}id", "").removeprefix("urn:uuid:")).variant == RFC_4122
        assert datetime.fromisoformat(element.findtext(f"{ATOM}updated", "")).tzinfo
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == len(entries)
    assert all(entry.findtext(f"{ATOM}content") for entry in entries)
    moments = [entry.findtext(f"{ATOM}updated", "") for entry in entries]
    assert moments == sorted(moments, reverse=True)


CROWD = """0 / Etterspørselsbeskrivelse / mange / profile=yes
1 / Personaggregater / Yrkesklassifikasjon / Sum / 1950 / O
2 / Personer / Personregisteret / Yrke / 1950 / O
3 / " / " / Næring / 1951 / O
4 / " / " / Utdanning / 1952 / .
"""
SETS = """0 / Produktbeskrivelse / {} / data=F:x; access=open; form=csv; unit-id=Fødselsnummer
1 / {} / {} / {} / {} / .
"""


def test_a_table_that_goes_lets_what_it_stood_for_be_computed(census: Path, call: Caller) -> None:
    """The table was a member of no answer: with it there were four sets, one too many."""
    (census / "demands/mange.vkd").write_text(CROWD, encoding="utf-8")
    for name, *fields in (
        ("tabell", "Personaggregater", "Yrkesklassifikasjon", "Sum", "1950"),
        ("yrker", "Personer", "Personregisteret", "Yrke", "1950"),
        ("næringer", "Personer", "Personregisteret", "Næring", "1951"),
        ("utdanninger", "Personer", "Personregisteret", "Utdanning", "1952"),
    ):
        (census / f"products/{name}.vkd").write_text(SETS.format(name, *fields), encoding="utf-8")
    assert call("profile", "run", census)[1] == "0 endringer.\n"
    (census / "products/tabell.vkd").unlink()
    assert call("profile", "run", census)[1].endswith("3 endringer.\n")


def test_only_profiles_that_a_change_concerns_are_run(
    census: Path, call: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    from vkd_server.cli.commands import profile

    ran: list[str] = []

    def run_asked(asked: Asked, catalogue: Catalogue) -> Run:
        ran.append(asked.id)
        return run.run_asked(asked, catalogue)

    monkeypatch.setattr(profile, "run_asked", run_asked)
    demands = census / "demands/profiler.vkd"
    texts = [
        f"0 / Demand description / {name} / profile=yes\n1 / Persons / - / {name} / 1970 / .\n"
        for name in ("Occupation", "Income", "Education", "Occupation")
    ]
    demands.write_text("\n".join(texts), encoding="utf-8")

    def ran_after(*arguments: object) -> list[str]:
        ran.clear()
        assert call("profile", "run", *(arguments or (census,)))[0] == 0
        return sorted(ran)

    assert ran_after() == ["Education", "Income", "Occupation", "Occupation"]
    assert ran_after() == []
    edit(census / "products/ft60-person.vkd", "access=restricted", "access=closed")
    assert ran_after() == []
    edit(census / "products/ft60-person.vkd", "Kjønn", "Utdanning")
    edit(census / "products/ft60-person.vkd", "19601101", "1970")
    assert ran_after() == ["Education", "Occupation", "Occupation"]
    edit(demands, "- / Income / 1970", "- / Income / 1971")
    assert ran_after() == ["Income"]
    edit(census / "vocabulary/characteristics.csv", "Hovedyrke", "Yrke")
    assert ran_after() == ["Education", "Income", "Occupation", "Occupation"]
    # Of a run of some files, the others do not hear: they are run when their turn comes.
    edit(census / "products/ft60-person.vkd", "Utdanning", "Inntekt")
    assert ran_after(census / "demands/eksempel-3.vkd") == []
    assert ran_after() == ["Education", "Income", "Occupation", "Occupation"]


def test_two_profiles_of_one_name_are_two(census: Path, call: Caller) -> None:
    demands = census / "demands/profiler.vkd"
    text = "0 / Demand description / q / profile=yes\n1 / Persons / {} / Occupation / - / .\n"
    demands.write_text(text.format("Personreg.nov.60") + text.format("Personreg.nov.70"), encoding="utf-8")
    assert call("profile", "run", census)[1].endswith("2 endringer.\n")
    assert call("profile", "run", census)[1] == "0 endringer.\n"


def test_what_an_earlier_version_remembered_is_read(census: Path, call: Caller) -> None:
    edit(census / "demands/eksempel-3.vkd", "archive=both", "profile=yes")
    call("profile", "run", census)
    memory = census / ".vkd/profiles.json"
    first = {"data": "F:ft60-person.csv", "doc": "P:ft60.md", "form": "csv", "access": "restricted, etter søknad"}
    second = {**first, "data": "F:ft70-person.csv", "doc": "P:ft70.md", "lead-time": "30"}
    profile = {"products": {"ft60-person": first, "ft70-person": second}, "changes": []}
    memory.write_text(json.dumps({"bruker 1 (demands/eksempel-3.vkd)": profile}), encoding="utf-8")
    assert call("profile", "run", census)[1] == "0 endringer.\n"
    memory.write_text('{"version": 2, "profiles": [', encoding="utf-8")
    assert call("profile", "run", census)[1].endswith("2 endringer.\n")


def test_a_profile_with_errors_keeps_what_it_had(census: Path, call: Caller) -> None:
    edit(census / "demands/eksempel-3.vkd", "archive=both", "profile=yes")
    call("profile", "run", census)
    edit(census / "demands/eksempel-3.vkd", "Kjønn", "Kjonnet")
    code, out, err = call("profile", "run", census)
    assert (code, out) == (0, "0 endringer.\n")
    assert "har feil og er ikke behandlet" in err
