"""IMPORT.md as `vkd describe` writes it: for each set how its columns were matched, what is not known, what could not
be said, and what people and the source have both changed."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from vkd_catalog.describing.describe import Described, Outcome
from vkd_catalog.describing.drafting import Said, near_word
from vkd_catalog.describing.texts import plain, shortened
from vkd_catalog.importers.merging import Clash
from vkd_catalog.languages import say

REPORT_FILE = "IMPORT.md"
TITLE = "# vkd describe"
"""What the report begins with: one that begins otherwise is another's."""

_SECTION = "\n## "


class Report(NamedTuple):
    """What became of all files, with what people and the source both changed, by file."""

    outcome: Outcome
    clashes: Sequence[tuple[str, Clash]]


def report_text(report: Report, before: str, language: str) -> str:
    """The text of IMPORT.md; the sections of an earlier one on other sets stay as they are."""
    sections = dict(_sections(before))
    for one in report.outcome.described:
        sections[plain(one.called)] = "\n".join(_section(one, report, language))
    head = [TITLE, "", say("describe.report-head", language), ""]
    return "\n".join(head) + "".join(f"{_SECTION}{name}\n{text}\n" for name, text in sorted(sections.items()))


def column_rows(columns: Iterable[Said], language: str) -> Iterator[tuple[str, str, str]]:
    """What each column was taken for and why: the column, the word or those that are near, the reason."""
    for said in columns:
        yield shortened(said.column.name), *_told(said, language)


def codebook_rows(outcome: Outcome) -> Iterator[tuple[str, str, str]]:
    """What each column of the codebooks was taken to say: the codebook, the heading, the role."""
    for book in outcome.codebooks:
        for role, heading in book.headings.items():
            yield shortened(book.table.path.name), shortened(heading), role


def _told(said: Said, language: str) -> tuple[str, str]:
    match = said.match
    if said.is_time:
        return "–", say("describe.how-time", language)
    if said.field:
        word = match.concept.label(language) if match.concept else said.column.label
        return shortened(word), say("describe.how-new" if said.is_new else f"describe.how-{match.how}", language)
    if said.offered:
        return shortened(said.offered), say("describe.how-offered", language)
    reasons = dict.fromkeys(say(f"describe.near-{near.how}", language) for near in match.near)
    unknown = say("describe.how-unknown", language)
    near = ", ".join(f"{near_word(one, language)}?" for one in match.near) or "–"
    return near, f"{unknown}: {', '.join(reasons)}" if reasons else unknown


def _sections(text: str) -> Iterator[tuple[str, str]]:
    for part in text.split(_SECTION)[1:]:
        name, _, rest = part.partition("\n")
        yield name, rest.strip("\n")


def _section(one: Described, report: Report, language: str) -> Iterator[str]:
    yield ""
    sentences = sum(draft.sentences for draft in one.drafts)
    counts = {"products": str(len(one.drafts)), "sentences": str(sentences)}
    yield say("describe.report-counts", language, **counts)
    columns = {said.column.name: said for draft in one.drafts for said in draft.columns}.values()
    unknown = [said for said in columns if not said.field and not said.is_time]
    known = [said for said in columns if said not in unknown]
    yield from _table(say("describe.report-unknown", language), list(column_rows(unknown, language)))
    yield from _listed(say("describe.report-notes", language), one.notes)
    clashes = [(path, clash.place, clash.mine, clash.theirs) for path, clash in report.clashes]
    yield from _table(say("describe.report-clashes", language), clashes)
    guessed = [line for draft in one.drafts for line in draft.guessed]
    yield from _listed(say("describe.report-guessed", language), list(dict.fromkeys(guessed)))
    yield from _table(say("describe.report-known", language), list(column_rows(known, language)))
    yield from _table(say("describe.report-codebook", language), list(codebook_rows(report.outcome)))


def _table(heading: str, rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """A table below its heading, which names its columns behind a colon; nothing where there are no rows."""
    title, _, heads = heading.partition(":")
    if rows:
        yield from ("", f"### {title}", "")
        columns = [head.strip() for head in heads.split("|")]
        for row in (columns, ["---"] * len(columns), *rows):
            yield "| " + " | ".join(map(_cell, row)) + " |"


def _listed(heading: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield from ("", f"### {heading}", "", *(f"- {plain(line)}" for line in lines))


def _cell(text: str) -> str:
    return plain(text).replace("|", "\\|")
