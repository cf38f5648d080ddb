"""Text for a person: a line a finding, what would be right where that is known, and a summary."""

from collections import Counter
from collections.abc import Sequence

from vkd_catalog.languages import Texts
from vkd_server.cli.finding import HINTED, Finding
from vkd_server.cli.report import FileReport, Report
from vkd_server.cli.streams import one_line
from vkd_server.cli.terminal import folded, wants_colour
from vkd_server.rules.rule import Fix

_COLOURS = {"error": "\x1b[1;31m", "warning": "\x1b[1;33m", "info": "\x1b[1;34m", "hint": "\x1b[1;36m"}
_BOLD, _DIM, _PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"
_MOST_OF_A_KIND = 3
"""How many warnings of one code are listed: the next hundred say the same."""

_MORE_OF_A_KIND = (
    Texts(
        "{code}: {count} til; --all viser den, vkd rule {code} forklarer.",
        "{code}: {count} till; --all visar den, vkd rule {code} förklarar.",
        "{code}: {count} mere; --all viser den, vkd rule {code} forklarer.",
        "{code}: {count} more; --all shows it, vkd rule {code} explains.",
    ),
    Texts(
        "{code}: {count} til; --all viser dem, vkd rule {code} forklarer.",
        "{code}: {count} till; --all visar dem, vkd rule {code} förklarar.",
        "{code}: {count} mere; --all viser dem, vkd rule {code} forklarer.",
        "{code}: {count} more; --all shows them, vkd rule {code} explains.",
    ),
)
_CLEAN = Texts("Ingenting å bemerke", "Inget att anmärka på", "Intet at bemærke", "Nothing found")
_FILES = (
    Texts("i {count} fil", "i {count} fil", "i {count} fil", "in {count} file"),
    Texts("i {count} filer", "i {count} filer", "i {count} filer", "in {count} files"),
)
_COUNTS = {
    "error": (Texts("feil", "fel", "fejl", "error"), Texts("feil", "fel", "fejl", "errors")),
    "warning": (
        Texts("advarsel", "varning", "advarsel", "warning"),
        Texts("advarsler", "varningar", "advarsler", "warnings"),
    ),
    "info": (
        Texts("opplysning", "upplysning", "oplysning", "note"),
        Texts("opplysninger", "upplysningar", "oplysninger", "notes"),
    ),
    "hint": (Texts("hint", "tips", "tip", "hint"), Texts("hint", "tips", "tips", "hints")),
}
_MORE = (
    Texts("og 1 forslag til", "och 1 förslag till", "og 1 forslag til", "and 1 more suggestion"),
    Texts(
        "og {count} forslag til", "och {count} förslag till", "og {count} forslag til", "and {count} more suggestions"
    ),
)
_FIXED = Texts("{count} rettet", "{count} rättade", "{count} rettet", "{count} fixed")
_KNOWN = Texts(
    "{count} kjente er skjult", "{count} kända är dolda", "{count} kendte er skjult", "{count} known ones hidden"
)


def render(report: Report, *, quiet: bool = False, every: bool = False) -> str:
    """The whole text: each error, and of warnings and the like of one kind the first few unless `every` is asked for.

    With `quiet` there is no summary.
    """
    colour = wants_colour()
    left = Counter[str]()
    seen = Counter[str]()
    lines: list[str] = []
    for file in report.files:
        for place, finding in enumerate(file.findings):
            seen[finding.code] += finding.severity != "error"
            if seen[finding.code] > _MOST_OF_A_KIND and not every and finding.severity != "error":
                left[finding.code] += 1
            else:
                lines += _lines(file, finding, colour, report.language, hinted=place < HINTED)
    for code, count in left.items():
        more = _MORE_OF_A_KIND[count != 1].in_language(report.language)
        lines.append(more.format(count=count, code=code))
    if not quiet:
        lines.append(_summary(report))
    return folded("\n".join([*lines, ""])) if lines else ""


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
    """The first fix, and how many more there are."""
    others = len(fixes) - 1
    if not others:
        return fixes[0].title
    return f"{fixes[0].title} ({_MORE[others > 1].in_language(language).format(count=others)})"


def _summary(report: Report) -> str:
    language = report.language
    counts = []
    for severity, (one, many) in _COUNTS.items():
        count = sum(finding.severity == severity for _, finding in report.findings())
        if count:
            counts.append(f"{count} {(one if count == 1 else many).in_language(language)}")
    files = len(report.files)
    said = ", ".join(counts) or _CLEAN.in_language(language)
    parts = [f"{said} {_FILES[files != 1].in_language(language).format(count=files)}"]
    if report.fixed is not None:
        parts.append(_FIXED.in_language(language).format(count=report.fixed))
    if report.known:
        parts.append(_KNOWN.in_language(language).format(count=report.known))
    return "; ".join(parts) + "."
