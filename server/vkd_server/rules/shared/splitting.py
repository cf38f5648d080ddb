"""Descriptions without `E` and `N`: one for each group; products without the lines that are negated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from vkd_grammar.escapes import escape
from vkd_grammar.text import Position, content
from vkd_server.rules.rule import Context, TextEdit
from vkd_server.rules.shared.laid_lines import (
    Meant,
    edits_in_place,
    groups_in,
    keeps,
    laid,
    meaning,
    with_comments,
    without_rows,
)

if TYPE_CHECKING:
    from vkd_catalog.coding import CodedDescription
    from vkd_grammar.syntax import Header


def split(context: Context) -> Iterator[TextEdit]:
    """The edits that make a description of each group, under the same header. Products get identifications of their
    own.

    A demand's groups are alternatives, so each becomes a demand of the same name; a product's groups are information
    sets of their own.
    """
    description = context.coded.description
    groups = groups_in(description)
    header = description.header
    if header is None or len(header.fields) < 3 or len(groups) < 2:
        return
    parts = [laid([group], [line.sentence for line in group]) for group in groups]
    if not keeps(context.catalogue.coder, context.coded, parts):
        return
    names = _names(context, len(parts))
    for part, name in zip(parts, names, strict=True):
        if part is not parts[0]:
            at = Position(context.row + with_comments(part[0], description).start, 0)
            yield TextEdit(context.path, at, at, _opening(context, header, name))
        yield from edits_in_place(context, part)


def without_negated(context: Context) -> Iterator[TextEdit]:
    """The edits that remove a product's negated lines; none if it has none or the rest would change meaning."""
    description = context.coded.description
    groups = groups_in(description)
    left = [[line for line in group if not line.negated] for group in groups]
    if description.kind != "product" or sum(map(len, left)) == sum(map(len, groups)):
        return
    sentences = laid(left, [line.sentence for group in left for line in group])
    if meaning([context.catalogue.coder.code(description._replace(sentences=sentences))]) != _held(context.coded):
        # A ditto of a word that means nothing in its own line may mean something once it is written out in another.
        return
    yield from edits_in_place(context, sentences)
    kept = {sentence.row for sentence in sentences}
    for sentence in description.sentences:
        if sentence.row not in kept:
            yield from without_rows(context, with_comments(sentence, description))


def _held(product: CodedDescription) -> list[Counter[Meant]]:
    """The meaning of each group of a product without its negated lines, as counted lines."""
    return [Counter({line: count for line, count in group.items() if not line[0]}) for group in meaning([product])]


def _names(context: Context, count: int) -> list[str]:
    """An identification, as it is written, for each of the new descriptions: the first product keeps its own, and all
    demands do."""
    header = context.coded.description.header
    own = header.identification if header else ""
    names = [own]
    number = 2
    while len(names) < count:
        name = own if context.coded.kind != "product" else f"{own}-{number}"
        if name == own or not context.namesakes(name).total:
            names.append(name)
        number += 1
    return [escape(name) for name in names]


def _opening(context: Context, header: Header, name: str) -> str:
    """A blank line, and the header with the lines that continue it, with another identification."""
    last = max((entry.row for entry in header.entries), default=header.row)
    rows = [content(line) for line in context.lines[header.row : last + 1]]
    field = header.fields[2]
    rows[0] = rows[0][: field.start] + name + rows[0][field.end :]
    line = context.lines[header.row]
    end = line[len(content(line)) :]
    return end + "".join(row + end for row in rows)
