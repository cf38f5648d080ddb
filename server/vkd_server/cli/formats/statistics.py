"""How often each diagnostic was found, the most frequent first."""

from collections import Counter

from vkd_server.cli.report import Report
from vkd_server.rules import rule_of


def render(report: Report, *, as_json: bool) -> str:
    """The number of times that each diagnostic was found, with its level and title, a line each or as JSON."""
    counts = Counter((had.code, str(had.severity)) for _, had in report.findings())
    rows = [
        (code, severity, count, rule_of(code).title(report.language))
        for (code, severity), count in sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    ]
    if as_json:
        import json

        keys = ("code", "severity", "count", "title")
        return json.dumps([dict(zip(keys, row, strict=True)) for row in rows], ensure_ascii=False, indent=1) + "\n"
    width = max((len(str(count)) for _, _, count, _ in rows), default=0)
    return "".join(f"{count:>{width}}  {code} {severity:8}{title}\n" for code, severity, count, title in rows)
