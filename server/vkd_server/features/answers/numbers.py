"""The numbers that an answer holds: which answers' can be had, and the tables, for people and for programs (1972 phase
5.2, docs/language.md section 12)."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from vkd_catalog.data.figures import FigureTable, Refused
from vkd_catalog.data.members import member_of
from vkd_catalog.data.places import located
from vkd_catalog.data.published import is_of_aggregates, published_figures
from vkd_catalog.evaluation.demand import groups_of
from vkd_catalog.languages import say
from vkd_catalog.message.text import Reference
from vkd_grammar.times import time_as_written
from vkd_server.rules.shared.personal import masked

if TYPE_CHECKING:
    from vkd_catalog.catalogue import Catalogue
    from vkd_catalog.data.individual.plan import Crossing
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

    @property
    def are_computed(self) -> bool:
        """Whether any of them was computed of single units, which the log of what was given then knows."""
        return any(table.control is not None for table in self.tables)


class Choice(NamedTuple):
    """An individual line of a demand by which units can be divided, or whose values can be added up: its number, and
    what it asks for in words."""

    line: int
    label: str
    is_added: bool


def cover_numbered(run: Run, number: int) -> Cover:
    """The answer of a number, from 1. Raises Refused where there is none."""
    name = run.answer.id
    if run.answer.status == "invalid":
        raise Refused("invalid", demand=name)
    cover = next(islice(iter(run.answer.covers), number - 1, None), None)
    if cover is None:
        raise Refused("no-cover" if number == 1 else "no-such-cover", demand=name, number=number)
    return cover


def answer_with_numbers(run: Run, catalogue: Catalogue, *, private: bool = False) -> int | None:
    """The number of the first answer whose numbers can be had here, as far as that is seen without reading data; None
    where there is none. Of `private` ones they may be computed of single units."""
    covers = enumerate(islice(iter(run.answer.covers), _LOOKED_AT), start=1)
    may_compute = private and _may_compute(catalogue)
    return next(
        (number for number, cover in covers if _has_numbers(run, cover, catalogue, may_compute=may_compute)), None
    )


def answer_of_units(run: Run, catalogue: Catalogue) -> int | None:
    """The number of the first answer out of whose units tables can be made, by lines that are to be chosen, as far as
    that is seen without reading data; None where there is none."""
    if not _may_compute(catalogue):
        return None
    covers = enumerate(islice(iter(run.answer.covers), _LOOKED_AT), start=1)
    found = ((number, cover) for number, cover in covers if _choices(run, cover, catalogue))
    return next((number for number, cover in found if _has_data(cover, catalogue)), None)


def choices_in(run: Run, number: int, catalogue: Catalogue) -> list[Choice]:
    """The lines by which the units of the answer of a number can be divided, or whose values can be added up. Raises
    Refused where there is no such answer."""
    return _choices(run, cover_numbered(run, number), catalogue)


def numbers_of(
    run: Run, number: int, catalogue: Catalogue, crossing: Crossing | None = None, *, private: bool = False
) -> Numbers:
    """The numbers that the answer of a number holds: published figures, and of `private` ones those that are computed
    of single units, divided as `crossing` says. Raises Refused where they cannot be given, RulesMissing and LogUnusable
    where nothing may be computed, ExtraMissing where what reads data is not installed."""
    cover, language = cover_numbered(run, number), run.answer.language
    if crossing is None and is_of_aggregates(run.demand, cover, catalogue):
        tables = published_figures(run.demand, cover, catalogue, language)
    elif not private or catalogue.is_public:
        raise Refused("of-units", demand=run.answer.id)
    else:
        from vkd_catalog.data.individual.given import computed_figures

        tables = computed_figures(run.demand, cover, catalogue, crossing, language)
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
    figures = (figure for table in numbers.tables for figure in table.figures)
    found = dict.fromkeys(source for figure in figures for source in figure.sources)
    return [
        Reference(
            f"{one.product}, {say('data.line', numbers.language, line=one.line)}", "sentence", one.product, one.line
        )
        for one in found
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


def _may_compute(catalogue: Catalogue) -> bool:
    """Whether a catalogue states rules under which tables of units may be given."""
    return catalogue.configuration.disclosure is not None and not catalogue.is_public


def _has_numbers(run: Run, cover: Cover, catalogue: Catalogue, *, may_compute: bool) -> bool:
    """Whether an answer is of aggregates as they are published, or, where that may be done, can be computed, and its
    data are here."""
    if "derived" in cover.grades.values():
        return False
    is_wanted = is_of_aggregates(run.demand, cover, catalogue) or (may_compute and cover.grade == "computable")
    return is_wanted and _has_data(cover, catalogue)


def _has_data(cover: Cover, catalogue: Catalogue) -> bool:
    """Whether the data of an answer lie on this machine, in a form that is read, and may be told."""
    try:
        members = [member_of(catalogue, one) for one in cover.members]
    except Refused:
        return False
    return all(located(one.technical, [had.time for had in one.sentences], one.catalogue).files for one in members)


def _choices(run: Run, cover: Cover, catalogue: Catalogue) -> list[Choice]:
    from vkd_catalog.data.individual.fitting import divides, has_classes
    from vkd_catalog.data.individual.plan import individual_lines

    vocabularies, language = catalogue.vocabularies, run.answer.language
    found = []
    for line in individual_lines(groups_of(run.demand, vocabularies)[cover.group - 1].asked, vocabularies):
        concept = vocabularies.characteristics.coded(line.characteristic or "")
        if concept is not None and divides(concept):
            when = f", {time_as_written(line.time)}" if line.time is not None else ""
            # What never changes, as a date of birth, is no amount.
            is_added = not has_classes(concept) and concept.temporality != "fixed"
            found.append(Choice(line.line, f"{concept.label(language)}{when}", is_added))
    return found


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
