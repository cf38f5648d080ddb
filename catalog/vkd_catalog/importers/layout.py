"""How a description is laid out: as an author of 1972 would, dittos for what repeats, columns of equal width."""

from collections.abc import Iterator, Sequence

from vkd_grammar.format import aligned

Terms = Sequence[str]
"""The four terms of a sentence, written as they stand in its fields: object type, name, characteristic, time."""


def laid_out(header: str, technical: Sequence[Sequence[tuple[str, str]]], rows: Sequence[str | Terms]) -> list[str]:
    """The lines of a description: its header, technical data over as many lines as they are given in, its rows.

    A row that is a text is a comment line; the others are sentences, which get numbers, dittos and operators. With an
    empty header there are comments alone.
    """
    first, *others = ["; ".join(f"{key}={value}" for key, value in line) for line in technical] or [""]
    opening = [" / ".join(filter(None, (header, first)))] if header else []
    sentences = iter(_aligned([row for row in rows if not isinstance(row, str)]))
    return [
        *opening,
        *(f"    ; {line}" for line in others),
        *(row if isinstance(row, str) else next(sentences) for row in rows),
    ]


def _aligned(sentences: Sequence[Terms]) -> Iterator[str]:
    rows = []
    above: Terms = ()
    for number, terms in enumerate(sentences, start=1):
        rows.append((str(number), *_with_dittos(terms, above)))
        above = terms
    operators = ["O"] * (len(rows) - 1) + ["."]
    yield from aligned([(*row, operator) for row, operator in zip(rows, operators, strict=True)])


def _with_dittos(terms: Terms, above: Terms) -> Terms:
    return ['"' if here == there else here for here, there in zip(terms, above, strict=True)] if above else terms
