"""JUnit's XML, which most build servers show: a suite a file, a case a finding; only errors are failures."""

import re
from collections.abc import Iterator

from vkd_grammar.display import harmless
from vkd_server.cli.finding import Finding
from vkd_server.cli.report import FileReport, Report

_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\t": "&#9;"})
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(report: Report) -> str:
    """The report as an XML document."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<testsuites name="vkd" {_counts(report.files)}>']
    for file in report.files:
        lines += [f'  <testsuite name="{_text(file.shown)}" {_counts((file,))}>', *_cases(file), "  </testsuite>"]
    return "\n".join([*lines, "</testsuites>", ""])


def _counts(files: tuple[FileReport, ...]) -> str:
    failures = sum(finding.severity == "error" for file in files for finding in file.findings)
    cases = sum(max(1, len(file.findings)) for file in files)
    return f'tests="{cases}" failures="{failures}" errors="0"'


def _cases(file: FileReport) -> Iterator[str]:
    name = _text(file.shown)
    if not file.findings:
        yield f'    <testcase name="vkd check" classname="{name}"/>'
    for finding in file.findings:
        place = f"{finding.code}:{finding.start.row + 1}:{finding.start.column + 1}"
        yield f'    <testcase name="{place}" classname="{name}">{_outcome(file, finding)}</testcase>'


def _outcome(file: FileReport, finding: Finding) -> str:
    message = _text(finding.message)
    place = f"{_text(file.shown)}:{finding.start.row + 1}:{finding.start.column + 1}"
    if finding.severity == "error":
        return f'<failure message="{message}" type="{finding.code}">{place}: {message}</failure>'
    return f"<system-out>{place}: {finding.severity} {finding.code} {message}</system-out>"


def _text(text: str) -> str:
    """A text escaped for XML; most control characters are written as numbers, and those that XML cannot hold are
    replaced."""
    said = _NO_XML.sub("\ufffd", text).translate(_ESCAPES)
    return (
        "".join(one if harmless(one) == one else f"&#{ord(one)};" for one in said) if harmless(said) != said else said
    )
