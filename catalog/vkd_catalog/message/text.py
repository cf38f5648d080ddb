"""Texts of a message: strings with references between them, so that no program must search the words for them."""

from collections.abc import Iterable
from functools import cache
from string import Formatter
from typing import Literal, NamedTuple, overload


class Reference(NamedTuple):
    """A product, a sentence of one, a file or the demand, named in a message by `words`.

    `name` is the identification of the product, or the path of the file or of the demand's document; paths are
    absolute, or relative to the catalogue's root. `line` is the number of a sentence in its description, or the line of
    a demand's header in its document, from 1; 0 for the others.
    """

    words: str
    kind: Literal["product", "sentence", "file", "demand"]
    name: str
    line: int = 0


class Phrase(NamedTuple):
    """A text with references in it."""

    pieces: tuple[str | Reference, ...]


Text = str | Reference | Phrase


def to_product(identification: str) -> Reference:
    """A product named by its identification."""
    return Reference(identification, "product", identification)


def pieces_of(text: Text) -> tuple[str | Reference, ...]:
    """A text's strings and references, in their order."""
    return text.pieces if isinstance(text, Phrase) else (text,)


def words_of(text: Text) -> str:
    """A text as a string."""
    if isinstance(text, str):
        return text
    if isinstance(text, Reference):
        return text.words
    return "".join([piece if isinstance(piece, str) else piece.words for piece in text.pieces])


@overload
def joined(separator: str, texts: Iterable[str]) -> str: ...
@overload
def joined(separator: str, texts: Iterable[Text]) -> Text: ...
def joined(separator: str, texts: Iterable[Text]) -> Text:
    """Texts one after the other, as `str.join`; a string where all are strings."""
    texts = tuple(texts)
    try:
        # Nearly all are strings, and this is how it costs least to find out.
        return separator.join(texts)  # type: ignore[arg-type]
    except TypeError:
        pieces = [piece for text in texts for piece in (separator, *pieces_of(text))][1:]
        return Phrase(tuple(filter(None, pieces)))


def phrase(*texts: Text) -> Text:
    """Texts with nothing between them."""
    return joined("", texts)


def filled(template: str, facts: dict[str, Text | int]) -> Text:
    """A template with its `{places}` filled in as `str.format` does, the references in the facts kept."""
    pieces: list[Text] = []
    for literal, name in _parts(template):
        fact = facts[name] if name else ""
        pieces += (literal, str(fact) if isinstance(fact, int) else fact)
    return phrase(*pieces)


def capitalised(text: Text) -> Text:
    """A text that begins with a capital letter, unless it begins with a reference."""
    first, *others = pieces_of(text)
    return phrase(first[:1].upper() + first[1:], *others) if isinstance(first, str) else text


@cache
def _parts(template: str) -> tuple[tuple[str, str], ...]:
    """Each string of a template with the name of the place after it; '' where none is."""
    return tuple((literal, name or "") for literal, name, _, _ in Formatter().parse(template))
