"""The reference message of a demand that was run, as a value and as an editor shows it."""

from typing import TYPE_CHECKING

from vkd_catalog.catalogue import Catalogue, ProductPlace
from vkd_catalog.message import Finding, Message, MessageOptions, message_of
from vkd_server.features.answers.run import Run
from vkd_server.features.diagnostics import Diagnostic

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vkd_catalog.message.as_markdown import Markdown
    from vkd_catalog.message.text import Reference

_HINTED = 5
"""So many of the things that are wrong with a demand have it told what would be right: looking for it costs."""


def run_message(run: Run, catalogue: Catalogue, options: MessageOptions = MessageOptions()) -> Message:
    """The reference message of a demand: five parts (docs/language.md section 7), or what is wrong where it cannot be
    run."""
    language = run.answer.language
    findings = [
        Finding(one.start.row + 1, one.start.column + 1, one.code, _finding_text(one, language, hinted=place < _HINTED))
        for place, one in enumerate(run.diagnostics)
    ]
    return message_of(run.demand, run.answer, catalogue, options, findings)


def _finding_text(one: Diagnostic, language: str, *, hinted: bool) -> str:
    """The message of a diagnostic, and after an arrow the title of its first fix if `hinted`, as `vkd check` prints
    it."""
    fixes = one.fixes_in(language) if hinted else ()
    return f"{one.message_in(language)} → {fixes[0].title}" if fixes else one.message_in(language)


def message_text(run: Run, catalogue: Catalogue) -> str:
    """The reference message of an answered demand, as Markdown."""
    from vkd_catalog.message.as_markdown import as_markdown

    return as_markdown(_with_detail(run, catalogue))


def message_with_references(run: Run, catalogue: Catalogue) -> "tuple[Markdown, dict[str, ProductPlace]]":
    """The reference message as Markdown with its references, and the place of each product in it, by identification."""
    from vkd_catalog.message.as_markdown import with_references

    found = with_references(_with_detail(run, catalogue))
    return found, places_named([one.reference for one in found.references], catalogue)


def places_named(references: "Iterable[Reference]", catalogue: Catalogue) -> dict[str, ProductPlace]:
    """The place of each product that references name, by its identification."""
    named = {one.name for one in references if one.kind in ("product", "sentence")}
    places = {name: catalogue.places_of(name) for name in named}
    return {name: some[0] for name, some in places.items() if some}


def _with_detail(run: Run, catalogue: Catalogue) -> Message:
    return run_message(run, catalogue, MessageOptions(public=catalogue.is_public, detail=True))
