"""Edits of documentations that several rules make."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vkd_catalog.documents import Part, part_names
from vkd_catalog.documents.documentation import TO_BE_WRITTEN, headings
from vkd_grammar.text import content
from vkd_server.rules.rule import Context, TextEdit


def missing_headings(parts: Sequence[Part], context: Context) -> Iterator[TextEdit]:
    """An edit that adds the headings of those of some parts that no heading stands for, below the text, each with a
    note that the part is to be written."""
    there = {one.part for one in headings(context.lines)}
    names = [part_names(part, context.language)[0] for part in parts if part not in there]
    if names:
        last = max(0, len(context.lines) - 1)
        end = len(content(context.lines[last])) if context.lines else 0
        added = "\n".join(f"## {name}\n\n{TO_BE_WRITTEN}\n" for name in names)
        yield context.edit(last, end, end, f"\n\n{added}" if end else added)
