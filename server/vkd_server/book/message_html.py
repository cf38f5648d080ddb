"""A reference message as HTML: what it refers to in the book are links, and no word in it can become markup."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vkd_catalog.message.message import Address, Block, Fold, Heading, Item, Items, Message, Paragraph, Table
from vkd_catalog.message.text import Reference, Text, pieces_of
from vkd_grammar.words import fold
from vkd_server.book.markup import link, text
from vkd_server.book.pages import Places


class MessageWriter:
    """Writes messages; products are links to the sets of the book, whose keys are by identification in `sets`."""

    def __init__(self, places: Places, sets: dict[str, str]) -> None:
        self._places = places
        self._sets = sets

    def html(self, message: Message, level: int) -> str:
        """A message, its title a heading of a level."""
        return "".join(self._lines(message, level))

    def _lines(self, message: Message, level: int) -> Iterator[str]:
        yield f"<h{level}>{text(message.title)}</h{level}>"
        yield from map(self._block, message.lead)
        yield from (f'<p class="fact">{self._text(fact)}</p>' for fact in message.facts)
        for part in message.parts:
            yield f"<h{level + 1}>{part.number}. {text(part.heading)}</h{level + 1}>"
            yield from map(self._block, part.blocks)

    def _block(self, block: Block) -> str:
        if isinstance(block, Paragraph):
            return f"<p>{self._text(block.text)}</p>"
        if isinstance(block, Heading):
            return f'<p class="subhead">{text(block.text)}</p>'
        if isinstance(block, Items):
            return self._items(block.items)
        if isinstance(block, Fold):
            return f"<details><summary>{text(block.title)}</summary>{self._items(block.items)}</details>"
        return self._table(block)

    def _items(self, items: Sequence[Item]) -> str:
        return f"<ul>{''.join(map(self._item, items))}</ul>" if items else ""

    def _item(self, item: Item) -> str:
        label = f"<b>{self._text(item.label)}</b>" if item.label else ""
        said = self._said(item.text)
        return f"<li>{label}{' – ' if label and said else ''}{said}{self._items(item.below)}</li>"

    def _table(self, table: Table) -> str:
        head = "".join(f"<th scope=col>{text(one)}</th>" for one in table.heads)
        rows = "".join(f"<tr>{''.join(f'<td>{self._text(cell)}</td>' for cell in row)}</tr>" for row in table.rows)
        return (
            f'<div class="wide" tabindex="0"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'
        )

    def _said(self, said: Text | Address) -> str:
        if not isinstance(said, Address):
            return self._text(said)
        stated = link(said.link, text(said.stated)) if said.link else text(said.stated)
        return f"{stated} ({text(said.meant)})" if said.meant else stated

    def _text(self, said: Text) -> str:
        return "".join(self._piece(piece) for piece in pieces_of(said))

    def _piece(self, piece: str | Reference) -> str:
        if isinstance(piece, str):
            # A piece may begin or end with the blank that parts it from the next.
            before = " " if piece[:1].isspace() else ""
            after = " " if piece.strip() and piece[-1:].isspace() else ""
            return f"{before}{text(piece)}{after}"
        key = self._sets.get(fold(piece.name), "") if piece.kind in ("product", "sentence") else ""
        return link(self._places.href(key) if key else "", text(piece.words))
