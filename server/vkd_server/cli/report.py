"""What `vkd check` found, ready to be printed in one of the formats."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from vkd_server.cli.checking import Checked
from vkd_server.cli.finding import Finding
from vkd_server.cli.paths import shown
from vkd_server.rules.rule import Severity

FORMATS = ("text", "json", "github", "gitlab", "sarif", "junit")


class FileReport(NamedTuple):
    """The findings of one file in the order of its text. `shown` is its path as a user would write it.

    `root` is the folder that paths in findings are relative to.
    """

    root: Path
    shown: str
    findings: tuple[Finding, ...]


class Report(NamedTuple):
    """All files that were checked, in order, and the language to speak. `fixed` counts the places that were corrected,
    None where no fixing was asked for; `known` counts the findings that a baseline hides."""

    files: tuple[FileReport, ...]
    language: str
    fixed: int | None
    known: int

    def findings(self) -> Iterator[tuple[FileReport, Finding]]:
        """Every finding with the file it is in."""
        return ((file, finding) for file in self.files for finding in file.findings)

    def count(self, severity: Severity) -> int:
        """How many findings there are of a severity."""
        return sum(finding.severity == severity for _, finding in self.findings())


def report_of(checked: Sequence[Checked], fixed: int | None) -> Report:
    """A report of checked files and of how many places were fixed. Files that several workspaces share are listed
    once."""
    files: list[FileReport] = []
    listed: dict[str, set[tuple[object, ...]]] = {}
    for one in checked:
        name = shown(one.configuration.root, one.path)
        known = listed.setdefault(name, set())
        new = tuple(finding for finding in one.findings if _identity(finding) not in known)
        known.update(map(_identity, new))
        files.append(FileReport(one.configuration.root, name, new))
    language = checked[0].configuration.language if checked else "en"
    return Report(tuple(sorted(files, key=lambda file: file.shown)), language, fixed, 0)


def behind_their_cause(report: Report) -> Report:
    """The report without findings that only follow from a vocabulary that could not be read, where that is reported
    itself.

    Where it is not, as in a call that names one file of descriptions, the first of them is kept.
    """
    reported = {(file.root, had.path) for file, had in report.findings() if had.code == "VKD604"}
    files: list[FileReport] = []
    for file in report.files:
        kept: list[Finding] = []
        for had in file.findings:
            causes = {(file.root, one.path) for one in had.related} if had.code == "VKD101" else set()
            if not causes or not causes <= reported:
                kept.append(had)
                reported |= causes
        files.append(file._replace(findings=tuple(kept)))
    return report._replace(files=tuple(files))


def _identity(finding: Finding) -> tuple[object, ...]:
    return finding.code, finding.start, finding.end, finding.message
