"""GitLab's code quality report: a JSON array of Code Climate issues."""

import json
from collections import Counter

from vkd_grammar.display import harmless_json
from vkd_server.cli.finding import Finding
from vkd_server.cli.report import FileReport, Report

_LEVELS = {"error": "major", "warning": "minor", "info": "info", "hint": "info"}


def render(report: Report) -> str:
    """The report as a JSON array. The fingerprint of a finding is unique, and stays the same when lines above it come
    and go."""
    seen: Counter[str] = Counter()
    issues = []
    for file, finding in report.findings():
        known_by = f"{file.shown} {finding.code} {finding.line}"
        seen[known_by] += 1
        issues.append(_issue(file, finding, f"{known_by} {seen[known_by]}"))
    return harmless_json(json.dumps(issues, ensure_ascii=False, indent=1)) + "\n"


def _issue(file: FileReport, finding: Finding, known_by: str) -> dict[str, object]:
    from hashlib import blake2b

    return {
        "description": finding.message,
        "check_name": finding.code,
        "fingerprint": blake2b(known_by.encode(), digest_size=16).hexdigest(),
        "severity": _LEVELS[finding.severity],
        "location": {
            "path": file.shown,
            "lines": {"begin": finding.start.row + 1, "end": finding.end.row + 1},
        },
    }
