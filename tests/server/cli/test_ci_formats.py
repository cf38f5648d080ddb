"""The formats that build servers read, held to what defines them: SARIF's schema, GitLab's report, JUnit's XML."""

import json
from collections.abc import Callable, Mapping
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import fastjsonschema
import pytest

from tests.server.cli.conftest import Vkd
from tests.server.workspaces import workspace

SCHEMA = Path(__file__).parent / "sarif/sarif-2.1.0-rtm.5.json"
BAD = "1 / Personer / Personreg.nov.70 / Yrkke / 19701101 / .\n"
GOOD = BAD.replace("Yrkke", "Yrke")
DEMAND = "0 / Etterspørselsbeskrivelse / bruker\n"
PRODUCT = "0 / Produktbeskrivelse / {name} / data=F:ft70-person.csv; doc=P:ft70.md; form=csv; access=closed\n"
LEVELS = {"VKD101": "error", "VKD003": "warning", "VKD401": "info", "VKD008": "hint", "VKD106": "warning"}

CASES: dict[str, tuple[Mapping[str, str], str]] = {
    "nothing found": ({}, "."),
    "no files": ({"empty/a.txt": ""}, "empty"),
    "every severity": (
        {
            "a.vkd": DEMAND
            + "2 "
            + BAD[1:]
            + "0 / Produktbeskrivelse / x\n"
            + BAD
            + "1 / / Personreg.nov.70 / Yrke / 1970 / .\n"
        },
        ".",
    ),
    "fixes in another file": ({"a.vkd": DEMAND + BAD}, "a.vkd"),
    "two places": ({"products/x.vkd": (PRODUCT.format(name="x") + GOOD) * 2}, "."),
    "paths": ({"mappe med å/ø:æ %25#?.vkd": DEMAND + BAD, "products/[1].vkd": DEMAND + BAD}, "."),
    "a vocabulary": ({"vocabulary/names.csv": "code,prefLabel@nb,kind\nA.B,Døde,register\nA.B,Døde,nonsense\n"}, "."),
    "words that need escapes": ({"a.vkd": DEMAND + BAD.replace("Yrkke", '<&">]]>\u2028\x07😀')}, "."),
    "not UTF-8": ({"a.vkd": DEMAND + GOOD.replace("Yrke", "Yr\udcffke")}, "."),
    "an empty file": ({"a.vkd": ""}, "."),
}
each_case = pytest.mark.parametrize("case", CASES)

Check = Callable[..., str]


@pytest.fixture
def check(vkd: Vkd, tmp_path: Path) -> Check:
    """What `vkd check` prints of a case in a format, called in the workspace or in a folder beside it."""

    def check(case: str, output_format: str, *, beside: bool = False) -> str:
        files, path = CASES[case]
        folder = workspace(
            tmp_path / "workspace",
            {name: text.encode("utf-8", "surrogateescape") for name, text in files.items()},
            levels=LEVELS,
        )
        (tmp_path / "beside").mkdir()
        called = vkd(
            "check", "--output-format", output_format, folder / path, cwd=tmp_path / "beside" if beside else folder
        )
        assert called.code in (0, 1)
        assert called.err == ""
        return called.out

    return check


@cache
def validator() -> Callable[[Any], Any]:
    compiled: Callable[[Any], Any] = fastjsonschema.compile(json.loads(SCHEMA.read_text(encoding="utf-8")))
    return compiled


@each_case
@pytest.mark.parametrize("beside", [False, True], ids=["inside", "beside"])
def test_sarif_follows_its_schema(check: Check, case: str, beside: bool) -> None:
    log = json.loads(check(case, "sarif", beside=beside))
    validator()(log)
    (run,) = log["runs"]
    uris = [had["location"]["uri"] for had in run["artifacts"]]
    assert all(uri.startswith("file:///") == beside and uri.isascii() for uri in uris)
    located = [
        place["physicalLocation"]["artifactLocation"]["uri"] for one in run["results"] for place in one["locations"]
    ]
    assert set(located) <= set(uris)


def test_the_cases_show_all_that_a_log_may_hold(check: Check) -> None:
    run = json.loads(check("every severity", "sarif"))["runs"][0]
    assert {one["level"] for one in run["results"]} == {"error", "warning", "note"}
    assert any("fixes" in one for one in run["results"])


def test_the_schema_sees_what_is_wrong(check: Check) -> None:
    log = json.loads(check("every severity", "sarif"))
    result = log["runs"][0]["results"][0]
    for place, value in (("level", "fatal"), ("message", "text"), ("locations", {}), ("unknown", 1), ("ruleIndex", -2)):
        wrong = deepcopy(log)
        wrong["runs"][0]["results"][0] = {**result, place: value}
        with pytest.raises(fastjsonschema.JsonSchemaException):
            validator()(wrong)


@each_case
def test_gitlab_reports_hold_what_gitlab_asks_for(check: Check, case: str) -> None:
    issues = json.loads(check(case, "gitlab"))
    fingerprints = [issue["fingerprint"] for issue in issues]
    assert len(set(fingerprints)) == len(fingerprints)
    for issue in issues:
        assert {type(issue[key]) for key in ("description", "check_name", "fingerprint", "severity")} == {str}
        assert issue["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert not issue["location"]["path"].startswith(("/", "./"))
        assert issue["location"]["lines"]["begin"] >= 1


@each_case
def test_junit_is_what_build_servers_read(check: Check, case: str) -> None:
    root = ElementTree.fromstring(check(case, "junit"))
    assert root.tag == "testsuites"
    for suite in root:
        assert suite.tag == "testsuite"
        cases = suite.findall("testcase")
        assert len(cases) == len(suite)
        assert int(suite.get("tests", "")) == len(cases)
        assert int(suite.get("failures", "")) == len(suite.findall("testcase/failure"))
        assert suite.get("errors") == "0"
        assert all(one.get("name") and one.get("classname") for one in cases)
        assert all(failure.get("message") for failure in suite.iter("failure"))
