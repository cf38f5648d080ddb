"""The formats of `vkd check` that other programs read, each checked for what those programs need."""

import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.server.cli.conftest import Vkd
from tests.server.rules_there_are import LEVELS
from tests.server.workspaces import workspace

DEMAND = "0 / Etterspørselsbeskrivelse / bruker\n"
LINE = "1 / Personer / Personreg.nov.70 / Yrkke / 19701101 / .\n"
PRODUCT = "0 / Produktbeskrivelse / x,y:z%25 / data=F:ft70-person.csv; doc=P:ft70.md; form=csv; access=closed\n"
TEXT = "# Æ\n" + DEMAND + LINE.replace("1 /", "2 /") + DEMAND + LINE + DEMAND + LINE + PRODUCT * 2 + '0 / <&"> / \n'


@pytest.fixture
def printed(vkd: Vkd, tmp_path: Path, request: pytest.FixtureRequest) -> tuple[str, list[Any]]:
    """A workspace's findings in the format that the test is about, and as JSON."""
    workspace(tmp_path, {"mappe med å/a.vkd": TEXT})
    called = vkd("check", "--output-format", request.node.name.split("_")[1])
    assert (called.code, called.err) == (1, "")
    return called.out, vkd("check", "--output-format", "json").json


def test_github(printed: tuple[str, list[Any]]) -> None:
    out, found = printed
    pattern = re.compile(
        r"::(error|warning|notice) file=[^,:]+,line=(\d+),endLine=\d+,col=(\d+),endColumn=\d+,title=(\w+)::.+"
    )
    lines = [pattern.fullmatch(line) for line in out.splitlines()]
    assert [(int(line[2]), int(line[3]), line[4]) for line in lines if line] == [
        (one["start"]["line"], one["start"]["column"], one["code"]) for one in found
    ]
    assert "%2525" in out


def test_gitlab(printed: tuple[str, list[Any]]) -> None:
    import json

    issues = json.loads(printed[0])
    assert [issue["check_name"] for issue in issues] == [one["code"] for one in printed[1]]
    assert {issue["severity"] for issue in issues} <= {"info", "minor", "major", "critical", "blocker"}
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)
    assert all(issue["location"]["lines"]["begin"] >= 1 and issue["location"]["path"] for issue in issues)


def test_junit(printed: tuple[str, list[Any]]) -> None:
    root = ElementTree.fromstring(printed[0])
    cases = root.findall("testsuite/testcase")
    errors = sum(one["severity"] == "error" for one in printed[1])
    assert root.tag == "testsuites"
    assert (int(root.get("tests", "")), int(root.get("failures", ""))) == (len(cases), errors)
    assert len(root.findall(".//failure")) == errors
    assert len(root.findall(".//system-out")) == len(printed[1]) - errors
    suites = root.findall("testsuite")
    assert sum(int(suite.get("tests", "")) for suite in suites) == len(cases)


def test_sarif(printed: tuple[str, list[Any]]) -> None:
    import json

    log = json.loads(printed[0])
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    assert [rule["id"] for rule in driver["rules"]] == list(LEVELS)
    for rule in driver["rules"]:
        assert rule["shortDescription"]["text"]
        assert rule["fullDescription"]["text"]
        assert rule["id"] in rule["help"]["text"]
        assert rule["help"]["markdown"].startswith("# ")
        assert rule["defaultConfiguration"]["level"] in ("none", "note", "warning", "error")
    assert run["columnKind"] == "unicodeCodePoints"
    assert [result["ruleId"] for result in run["results"]] == [one["code"] for one in printed[1]]
    for result, one in zip(run["results"], printed[1], strict=True):
        check_result(result, one, driver["rules"])
    assert any("relatedLocations" in result for result in run["results"])


def check_result(result: Any, one: Any, rules: list[Any]) -> None:
    """A SARIF result says what a finding says, and refers to places and rules as SARIF 2.1.0 has it."""
    assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    assert result["level"] == {"hint": "note", "info": "note"}.get(one["severity"], one["severity"])
    assert result["message"]["text"] == one["message"]
    place = result["locations"][0]["physicalLocation"]
    assert re.fullmatch(r"[\w./%-]+", place["artifactLocation"]["uri"])
    assert place["region"] == region(one)
    assert all(isinstance(text, str) for text in result["partialFingerprints"].values())
    fixes = result.get("fixes", [])
    assert [fix["description"]["text"] for fix in fixes] == [fix["title"] for fix in one["fixes"]]
    for fix, told in zip(fixes, one["fixes"], strict=True):
        replacements = [had for change in fix["artifactChanges"] for had in change["replacements"]]
        assert [had["deletedRegion"] for had in replacements] == [region(edit) for edit in told["edits"]]
        assert [had["insertedContent"]["text"] for had in replacements] == [edit["text"] for edit in told["edits"]]


def region(place: Any) -> dict[str, int]:
    return {
        "startLine": place["start"]["line"],
        "startColumn": place["start"]["column"],
        "endLine": place["end"]["line"],
        "endColumn": place["end"]["column"],
    }
