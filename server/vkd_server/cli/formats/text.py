"""Text for a person: a line a finding, what would be right where that is known, and a summary."""

from collections import Counter
from collections.abc import Sequence

from vkd_catalog.languages import counted, say
from vkd_server.cli.finding import HINTED, Finding
from vkd_server.cli.report import FileReport, Report
from vkd_server.cli.streams import one_line
from vkd_server.cli.terminal import folded, wants_colour
from vkd_server.rules.rule import Fix

_COLOURS = {"error": "\x1b[1;31m", "warning": "\x1b[1;33m", "info": "\x1b[1;34m", "hint": "\x1b[1;36m"}
_BOLD, _DIM, _PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"
_MOST_OF_A_KIND = 3
"""How many warnings of one code are listed: the next hundred say the same."""


def render(report: Report, *, quiet: bool = False, every: bool = False) -> str:
    """The report as text: every error, and of other findings of one kind the first few unless `every` is asked for.

    Problems with the settings come first and are not cut short, since they cause many of the others. With `quiet` there
    is no summary.
    """
    colour = wants_colour()
    left = Counter[str]()
    seen = Counter[str]()
    lines: list[str] = []
    for file in sorted(report.files, key=lambda file: not _is_settings(file)):
        gathered = not every and not _is_settings(file)
        for place, finding in enumerate(file.findings):
            seen[finding.code] += gathered and finding.severity != "error"
            if seen[finding.code] > _MOST_OF_A_KIND and gathered and finding.severity != "error":
                left[finding.code] += 1
            else:
                lines += _lines(file, finding, colour, report.language, hinted=place < HINTED)
    for code, count in left.items():
        lines.append(counted("check.more-of-a-kind", count, report.language, code=code))
    if not quiet:
        lines.append(_summary(report))
    return folded("\n".join([*lines, ""])) if lines else ""


def _is_settings(file: FileReport) -> bool:
    return file.shown.endswith(".toml")


def _lines(file: FileReport, finding: Finding, colour: bool, language: str, *, hinted: bool) -> list[str]:
    place = f"{one_line(file.shown)}:{finding.start.row + 1}:{finding.start.column + 1}:"
    severity = str(finding.severity)
    hint = one_line(_hint(finding.fixes, language)) if hinted and finding.fixes else ""
    if colour:
        place = f"{_BOLD}{place}{_PLAIN}"
        severity = f"{_COLOURS[severity]}{severity}{_PLAIN}"
        hint = f"{_DIM}{hint}{_PLAIN}" if hint else ""
    line = f"{place} {severity} {finding.code} {one_line(finding.message)}"
    return [line, f"    → {hint}"] if hint else [line]


def _hint(fixes: Sequence[Fix], language: str) -> str:
    """The title of the first fix, and how many more there are."""
    others = len(fixes) - 1
    if not others:
        return fixes[0].title
    return f"{fixes[0].title} ({counted('check.more', others, language)})"


def _summary(report: Report) -> str:
    language = report.language
    counts = []
    for severity in _COLOURS:
        count = sum(finding.severity == severity for _, finding in report.findings())
        if count:
            counts.append(f"{count} {counted(f'check.counts.{severity}', count, language)}")
    files = len(report.files)
    said = ", ".join(counts) or say("check.clean", language)
    parts = [f"{said} {counted('check.files', files, language)}"]
    if report.fixed is not None:
        parts.append(say("check.fixed", language, count=report.fixed))
    if report.known:
        parts.append(say("check.known", language, count=report.known))
    return "; ".join(parts) + "."
