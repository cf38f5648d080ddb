"""Workflow commands that GitHub shows as annotations beside the lines of a change."""

from vkd_server.cli.finding import Finding
from vkd_server.cli.report import FileReport, Report
from vkd_server.cli.streams import one_line

_LEVELS = {"error": "error", "warning": "warning", "info": "notice", "hint": "notice"}
_IN_MESSAGES = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTIES = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def render(report: Report) -> str:
    """The report as workflow commands, one line for each finding."""
    return "".join(_line(file, finding) for file, finding in report.findings())


def _line(file: FileReport, finding: Finding) -> str:
    places = {
        "file": file.shown,
        "line": finding.start.row + 1,
        "endLine": finding.end.row + 1,
        "col": finding.start.column + 1,
        # GitHub counts the last column in.
        "endColumn": max(finding.start.column + 1, finding.end.column),
        "title": finding.code,
    }
    properties = ",".join(f"{name}={str(value).translate(_IN_PROPERTIES)}" for name, value in places.items())
    line = f"::{_LEVELS[finding.severity]} {properties}::{finding.message.translate(_IN_MESSAGES)}"
    return one_line(line) + "\n"
