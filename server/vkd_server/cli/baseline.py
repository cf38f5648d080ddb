"""A baseline: findings that are known, so that only new ones are shown.

A finding is known by its file, its code and what its line says, so that it stays known when lines above come and go.
Paths are relative to the folder of the baseline.
"""

import json
import os
from collections import Counter
from pathlib import Path

from vkd_catalog.files import read_file
from vkd_server.cli import CallError
from vkd_server.cli.finding import Finding
from vkd_server.cli.report import FileReport, Report
from vkd_server.cli.writing import write

_VERSION = 1


def write_baseline(file: Path, report: Report) -> None:
    """Lists every finding of a report. Raises OSError where the file cannot be written."""
    known: dict[str, dict[str, int]] = {}
    for had in report.files:
        if had.findings:
            known[_path(had, file)] = dict(sorted(Counter(map(_key, had.findings)).items()))
    text = json.dumps({"version": _VERSION, "findings": known}, ensure_ascii=False, indent=1)
    write(file, text + "\n")


def without_known(file: Path, report: Report) -> Report:
    """The report without the findings that a baseline lists. Raises CallError where it cannot be read."""
    known = _read(file)
    files = []
    for had in report.files:
        left = Counter(known.get(_path(had, file), {}))
        new = []
        for finding in had.findings:
            if left[_key(finding)] > 0:
                left[_key(finding)] -= 1
            else:
                new.append(finding)
        files.append(had._replace(findings=tuple(new)))
    hidden = sum(len(had.findings) for had in report.files) - sum(len(had.findings) for had in files)
    return report._replace(files=tuple(files), known=hidden)


def _read(file: Path) -> dict[str, dict[str, int]]:
    try:
        kept = json.loads(read_file(file))
        if kept["version"] != _VERSION:
            raise CallError(f"{file}: a baseline of another version ({kept['version']})")
        return {
            str(path): {str(key): int(count) for key, count in keys.items()} for path, keys in kept["findings"].items()
        }
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise CallError(f"{file}: not a baseline; vkd check --write-baseline makes one") from error


def _path(had: FileReport, file: Path) -> str:
    return os.path.relpath(had.shown, file.absolute().parent).replace(os.sep, "/")


def _key(finding: Finding) -> str:
    return f"{finding.code} {finding.line}"
