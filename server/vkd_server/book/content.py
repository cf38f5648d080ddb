"""What a book tells of a catalogue, gathered once: which information sets hold what, and what they state.

The editions of a collection stand together, as they do in answers to demands (docs/language.md section 6).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from vkd_catalog.languages import say
from vkd_catalog.register import ProductRecord, SentenceRecord, StatedTime
from vkd_catalog.technical import title_in
from vkd_catalog.time_words import in_words, written
from vkd_grammar.times import BEGINNING, END, NotStated, Series
from vkd_grammar.words import fold
from vkd_server.features.explain.time_words import day_in_words

if TYPE_CHECKING:
    from vkd_catalog.catalogue import Catalogue

_MOST_TIMES = 3
"""So many times are told one by one; more are told by their years."""

_FIRST_YEAR, _LAST_YEAR = 1000, 3000


class Line(NamedTuple):
    """What one or more sentences of a set say but for their times: codes of an object type, a name, a
    characteristic."""

    object_type: str
    name: str
    characteristic: str


class Holding(NamedTuple):
    """An information set, or a collection of them: what it is called, its editions, and what it holds, by line."""

    key: str
    called: str
    title: str
    is_collection: bool
    editions: tuple[ProductRecord, ...]
    lines: Mapping[Line, tuple[StatedTime, ...]]

    @property
    def characteristics(self) -> tuple[str, ...]:
        """The codes of the characteristics that it holds, each once, in the order of its lines."""
        return tuple(dict.fromkeys(line.characteristic for line in self.lines))


class Stand(NamedTuple):
    """Where a characteristic stands: a set, the codes of the names it is told of there, and the times."""

    holding: Holding
    names: tuple[str, ...]
    times: tuple[StatedTime, ...]


class Content(NamedTuple):
    """All of a catalogue that a book tells: the sets in the order of their keys, and where each concept stands.

    `stands` is by code of a characteristic; `by_name` tells of a name's code the sets and the characteristics in each.
    """

    catalogue: Catalogue
    language: str
    holdings: tuple[Holding, ...]
    stands: Mapping[str, tuple[Stand, ...]]
    by_name: Mapping[str, tuple[tuple[Holding, tuple[str, ...]], ...]]


def content_of(catalogue: Catalogue, language: str) -> Content:
    """Reads all products of a catalogue, and turns them round."""
    holdings = tuple(_holdings(catalogue, language))
    stands: dict[str, list[Stand]] = {}
    by_name: dict[str, list[tuple[Holding, tuple[str, ...]]]] = {}
    for holding in holdings:
        names: dict[str, dict[str, None]] = {}
        times: dict[str, dict[StatedTime, None]] = {}
        told_of: dict[str, dict[str, None]] = {}
        for line, when in holding.lines.items():
            names.setdefault(line.characteristic, {})[line.name] = None
            times.setdefault(line.characteristic, {}).update(dict.fromkeys(when))
            told_of.setdefault(line.name, {})[line.characteristic] = None
        for code, said in names.items():
            stands.setdefault(code, []).append(Stand(holding, tuple(said), tuple(times[code])))
        for name, codes in told_of.items():
            by_name.setdefault(name, []).append((holding, tuple(codes)))
    return Content(
        catalogue,
        language,
        holdings,
        {code: tuple(some) for code, some in stands.items()},
        {name: tuple(some) for name, some in by_name.items()},
    )


def times_in_words(times: Sequence[StatedTime], language: str) -> str:
    """Some times in few words: a few as they are written, many by the years that they speak of."""
    if len(times) <= _MOST_TIMES:
        return ", ".join(_time(one, language) for one in times)
    years = years_of(times)
    said = years_in_words(years) if years else ""
    unstated = say("time.not-stated", language) if any(isinstance(one, NotStated) for one in times) else ""
    return ", ".join(filter(None, (said, unstated))) or _time(times[0], language)


def years_of(times: Iterable[StatedTime]) -> list[int]:
    """The calendar years that some times speak of, each once, in order; those without a beginning or an end have but
    the year at the other."""
    years: set[int] = set()
    for time in times:
        if isinstance(time, NotStated):
            continue
        first, last = time.start // 10_000, time.end // 10_000
        first = last if time.start == BEGINNING else first
        last = first if time.end == END else last
        if _FIRST_YEAR <= first <= last <= _LAST_YEAR:
            years.update(range(first, last + 1))
    return sorted(years)


def years_in_words(years: Sequence[int]) -> str:
    """Years in order, as `1980–1985, 1990`."""
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in stretches(years))


def stretches(years: Sequence[int]) -> list[tuple[int, int]]:
    """The first and last year of each unbroken row of years."""
    found: list[tuple[int, int]] = []
    for year in years:
        if found and year == found[-1][1] + 1:
            found[-1] = (found[-1][0], year)
        else:
            found.append((year, year))
    return found


def _time(time: StatedTime, language: str) -> str:
    if isinstance(time, Series | NotStated):
        return in_words(time, language)
    first, dots, last = written(time, language).partition("..")
    sides = (day_in_words(int(side)) if len(side) == 8 and side.isdigit() else side for side in (first, last))
    return ("–" if dots else "").join(sides)


def _holdings(catalogue: Catalogue, language: str) -> Iterator[Holding]:
    """Each information set, the editions of a collection as one."""
    together: dict[str, list[tuple[int, ProductRecord]]] = {}
    for number, product in catalogue.register.products():
        collection = product.values.get("collection", "")
        # What is called as a collection is none for all that.
        key = f"c {fold(collection)}" if collection else f"p {fold(product.identification)}"
        together.setdefault(key, []).append((number, product))
    for key, some in together.items():
        first = some[0][1]
        collection = first.values.get("collection", "")
        lines: dict[Line, dict[StatedTime, None]] = {}
        for number, _ in some:
            for sentence in catalogue.register.sentences(number):
                lines.setdefault(_line(sentence), {})[sentence.time] = None
        titles = {title_in(product.values, language) for _, product in some}
        title = titles.pop() if len(titles) == 1 else title_in(some[-1][1].values, language)
        yield Holding(
            key,
            collection or first.identification,
            title,
            bool(collection),
            tuple(product for _, product in some),
            {line: tuple(times) for line, times in lines.items()},
        )


def _line(sentence: SentenceRecord) -> Line:
    return Line(sentence.object_type, sentence.name, sentence.characteristic)
