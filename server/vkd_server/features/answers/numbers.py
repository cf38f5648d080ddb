"""The numbers that an answer holds: which answers' can be had, and the tables, for people and for programs (1972 phase
5.2, docs/language.md section 12)."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from vkd_catalog.data.figures import FigureTable, Refused
from vkd_catalog.data.members import member_of
from vkd_catalog.data.places import located
from vkd_catalog.data.published import is_of_aggregates, published_figures
from vkd_catalog.languages import say
from vkd_catalog.message.text import Reference
from vkd_server.rules.shared.personal import masked

if TYPE_CHECKING:
    from vkd_catalog.catalogue import Catalogue
    from vkd_catalog.evaluation.found import Cover
    from vkd_server.features.answers.run import Run

_LOOKED_AT = 20
"""Among so many answers, the first, one is looked for whose numbers can be had."""


_WORDS = ("numbers", "source", "line", "revision", "more", "drawn")
"""What is said around tables, by the keys of texts `data.…`."""


class Numbers(NamedTuple):
    """The tables that one answer to a demand holds, that answer's number, the catalogue's name and revision, and the
    language spoken."""

    tables: tuple[FigureTable, ...]
    answer: int
    name: str
    revision: str
    language: str


def cover_numbered(run: Run, number: int) -> Cover:
    """The answer of a number, from 1. Raises Refused where there is none."""
    name = run.answer.id
    if run.answer.status == "invalid":
        raise Refused("invalid", demand=name)
    cover = next(islice(iter(run.answer.covers), number - 1, None), None)
    if cover is None:
        raise Refused("no-cover" if number == 1 else "no-such-cover", demand=name, number=number)
    return cover


def answer_with_numbers(run: Run, catalogue: Catalogue) -> int | None:
    """The number of the first answer whose numbers can be had here, as far as that is seen without reading data; None
    where there is none."""
    covers = enumerate(islice(iter(run.answer.covers), _LOOKED_AT), start=1)
    return next((number for number, cover in covers if _has_numbers(run, cover, catalogue)), None)


def numbers_of(run: Run, number: int, catalogue: Catalogue) -> Numbers:
    """The published figures that the answer of a number holds. Raises Refused where they cannot be given, ExtraMissing
    where what reads data is not installed."""
    cover, language = cover_numbered(run, number), run.answer.language
    if not is_of_aggregates(run.demand, cover, catalogue):
        raise Refused("of-units", demand=run.answer.id)
    tables = published_figures(run.demand, cover, catalogue, language)
    if catalogue.is_public:
        tables = [_for_anybody(table) for table in tables]
    return Numbers(tuple(tables), number, catalogue.configuration.name, catalogue.revision, language)


def numbers_as_json(numbers: Numbers) -> dict[str, object]:
    """The tables as Markdown, each as JSON-stat, the answer's number, and what clients that draw the tables say around
    them: `{"text", "tables", "answer", "language", "words"}`."""
    from vkd_catalog.data.outputs.as_json_stat import datasets

    return {
        "text": numbers_text(numbers),
        "tables": datasets(numbers.tables, numbers.revision, numbers.name, numbers.language),
        "answer": numbers.answer,
        "language": numbers.language,
        "words": {word: _with_places(word, numbers.language) for word in _WORDS},
    }


def sources_of(numbers: Numbers) -> list[Reference]:
    """The sentences that the figures rest on, each once."""
    found = dict.fromkeys((figure.product, figure.line) for table in numbers.tables for figure in table.figures)
    return [
        Reference(f"{product}, {say('data.line', numbers.language, line=line)}", "sentence", product, line)
        for product, line in found
    ]


def numbers_text(numbers: Numbers) -> str:
    """The tables as Markdown, each under its heading."""
    from vkd_catalog.data.outputs.as_markdown import as_markdown

    return as_markdown(numbers.tables, numbers.revision, numbers.language)


def refused_in_words(refused: Refused, language: str) -> str:
    """Why numbers cannot be given."""
    return say(f"data.refused.{refused.key}", language, **refused.facts)


def _with_places(word: str, language: str) -> str:
    """A text with its places still in it, for the one who fills them."""
    return say(f"data.{word}", language, **{place: f"{{{place}}}" for place in ("line", "revision", "count", "label")})


def _has_numbers(run: Run, cover: Cover, catalogue: Catalogue) -> bool:
    """Whether an answer is of aggregates as they are published, whose data lie on this machine, in a form that is read,
    and may be told."""
    if "derived" in cover.grades.values() or not is_of_aggregates(run.demand, cover, catalogue):
        return False
    try:
        members = [member_of(catalogue, one) for one in cover.members]
    except Refused:
        return False
    return all(located(one.technical, [had.time for had in one.sentences], one.catalogue).files for one in members)


def _for_anybody(table: FigureTable) -> FigureTable:
    """A table in whose labels nothing looks like a personal number: a classification without classes takes whatever
    stands in the data."""
    dimensions = tuple(
        dimension._replace(
            categories=tuple(one._replace(id=masked(one.id), label=masked(one.label)) for one in dimension.categories)
        )
        for dimension in table.dimensions
    )
    figures = tuple(one._replace(at=tuple(map(masked, one.at))) for one in table.figures)
    notes = tuple(note._replace(what=tuple(map(masked, note.what))) for note in table.notes)
    return table._replace(dimensions=dimensions, figures=figures, notes=notes)
