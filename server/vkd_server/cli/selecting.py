"""The diagnostics that a call selects: `--select` and `--ignore` take codes, or what several codes begin with."""

from __future__ import annotations

from collections.abc import Sequence

from vkd_catalog.configuration import Configuration
from vkd_server.cli import CallError
from vkd_server.cli.report import Report
from vkd_server.rules import CODES, rule_of


def codes_in(given: Sequence[str]) -> tuple[str, ...]:
    """The codes and beginnings of codes in some options, separated by commas. Raises CallError for one that matches no
    code."""
    codes = [code for text in given for part in text.split(",") if (code := part.strip().upper())]
    for code in codes:
        if not any(known.startswith(code) for known in CODES):
            from vkd_server.cli.terminal import nearest

            near = nearest(code, list(CODES))
            hint = f"did you mean {near}?" if near else "vkd rule lists them"
            raise CallError(f"{code}: no such diagnostic; {hint}")
    return tuple(codes)


def asked_for(configuration: Configuration, select: Sequence[str], language: str | None) -> Configuration:
    """The settings of a call: in the language it asks for, and with the diagnostics turned on that it selects by their
    whole code."""
    own = {code: rule_of(code).level for code in select if code in CODES}
    off = [code for code, level in own.items() if configuration.levels.get(code, level) == "off"]
    on = {code: own[code] if own[code] != "off" else "warning" for code in off}
    if on:
        configuration = configuration._replace(levels={**configuration.levels, **on})
    return configuration._replace(language=language) if language else configuration


def selected(report: Report, select: Sequence[str], ignore: Sequence[str]) -> Report:
    """The report with only the findings asked for. A longer code outweighs a shorter one: VKD401 outweighs VKD4."""
    if not select and not ignore:
        return report

    def is_wanted(code: str) -> bool:
        wanted = max((len(one) for one in select if code.startswith(one)), default=-1 if select else 0)
        unwanted = max((len(one) for one in ignore if code.startswith(one)), default=-1)
        return wanted > unwanted

    files = (
        file._replace(findings=tuple(had for had in file.findings if is_wanted(had.code))) for file in report.files
    )
    return report._replace(files=tuple(files))
