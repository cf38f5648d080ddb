"""SARIF 2.1.0, the OASIS format for the results of static analysis."""

import json
from urllib.parse import quote

from vkd_grammar.display import harmless_json
from vkd_grammar.text import Position
from vkd_server import __version__
from vkd_server.cli.finding import Finding
from vkd_server.cli.paths import shown
from vkd_server.cli.report import FileReport, Report
from vkd_server.features.explain.rule_text import explained
from vkd_server.rules import CODES, rule_of
from vkd_server.rules.rule import Fix

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "info": "note", "hint": "note", "off": "none"}


def render(report: Report) -> str:
    """A report as a SARIF log: one run, with all rules and their help."""
    driver = {"name": "vkd", "version": __version__, "rules": [_rule(code, report.language) for code in CODES]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "artifacts": [{"location": _artifact(file.shown), "sourceLanguage": "vkd"} for file in report.files],
        "results": [_result(file, finding) for file, finding in report.findings()],
    }
    return (
        harmless_json(json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1))
        + "\n"
    )


def _rule(code: str, language: str) -> dict[str, object]:
    rule = rule_of(code)
    return {
        "id": code,
        "shortDescription": {"text": rule.title(language)},
        "fullDescription": {"text": rule.reason(language)},
        "help": {
            "text": explained(code, language, marks=False),
            "markdown": explained(code, language, marks=True),
        },
        "defaultConfiguration": {"enabled": rule.level != "off", "level": _LEVELS[rule.level]},
    }


def _result(file: FileReport, finding: Finding) -> dict[str, object]:
    result: dict[str, object] = {
        "ruleId": finding.code,
        "ruleIndex": CODES.index(finding.code),
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.message},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": _artifact(file.shown),
                    "region": _region(finding.start, finding.end),
                }
            }
        ],
        "partialFingerprints": {"line/v1": finding.line},
    }
    if finding.related:
        result["relatedLocations"] = [
            {
                "id": number,
                "message": {"text": other.message},
                "physicalLocation": {
                    "artifactLocation": _artifact(shown(file.root, other.path)),
                    "region": {"startLine": other.row + 1},
                },
            }
            for number, other in enumerate(finding.related)
        ]
    if finding.fixes:
        result["fixes"] = [_fix(file, fix) for fix in finding.fixes]
    return result


def _fix(file: FileReport, fix: Fix) -> dict[str, object]:
    changes: dict[str, list[dict[str, object]]] = {}
    for edit in fix.edits:
        replacement = {
            "deletedRegion": _region(edit.start, edit.end),
            "insertedContent": {"text": edit.text},
        }
        changes.setdefault(shown(file.root, edit.path), []).append(replacement)
    return {
        "description": {"text": fix.title},
        "artifactChanges": [
            {"artifactLocation": _artifact(path), "replacements": replacements}
            for path, replacements in changes.items()
        ],
    }


def _region(start: Position, end: Position) -> dict[str, int]:
    return {
        "startLine": start.row + 1,
        "startColumn": start.column + 1,
        "endLine": end.row + 1,
        "endColumn": end.column + 1,
    }


def _artifact(path: str) -> dict[str, str]:
    return {"uri": quote(path) if not path.startswith("/") else f"file://{quote(path)}"}
