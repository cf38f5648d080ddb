"""JSON: an array of findings (docs/language.md section 10)."""

import json

from vkd_grammar.display import harmless_json
from vkd_grammar.text import Position
from vkd_server.cli.finding import Finding
from vkd_server.cli.paths import shown
from vkd_server.cli.report import FileReport, Report
from vkd_server.rules.rule import Fix


def render(report: Report) -> str:
    """The report as a JSON array; lines and columns count from 1, columns in code points, the end exclusive."""
    findings = [_finding(file, finding) for file, finding in report.findings()]
    return harmless_json(json.dumps(findings, ensure_ascii=False, indent=1)) + "\n"


def _finding(file: FileReport, finding: Finding) -> dict[str, object]:
    return {
        "code": finding.code,
        "severity": finding.severity,
        "message": finding.message,
        "path": file.shown,
        "start": _place(finding.start),
        "end": _place(finding.end),
        "fixes": [_fix(file, fix) for fix in finding.fixes or ()],
    }


def _fix(file: FileReport, fix: Fix) -> dict[str, object]:
    edits = [
        {"path": shown(file.root, edit.path), "start": _place(edit.start), "end": _place(edit.end), "text": edit.text}
        for edit in fix.edits
    ]
    return {"title": fix.title, "edits": edits}


def _place(position: Position) -> dict[str, int]:
    return {"line": position.row + 1, "column": position.column + 1}
