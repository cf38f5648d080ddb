"""The register of times (1972 phase 2): which sets speak of each year, and which years each characteristic has."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from vkd_catalog.languages import counted, say
from vkd_grammar.times import NotStated, span
from vkd_server.book.alphabet import alphabet_of
from vkd_server.book.content import Content, Holding, stretches, times_in_words, years_of
from vkd_server.book.markup import link, slug, text
from vkd_server.book.pages import Entry, Places

if TYPE_CHECKING:
    from vkd_catalog.register import StatedTime


def year_entries(content: Content) -> list[Entry]:
    """An entry for each time that has a name, and for each year, latest first, with the sets that speak of it; the sets
    without years come last."""
    by_year: dict[int, list[Holding]] = {}
    without = []
    for holding in content.holdings:
        years = years_of(time for times in holding.lines.values() for time in times)
        for year in years:
            by_year.setdefault(year, []).append(holding)
        if not years:
            without.append(holding)
    entries = [
        _entry(content, one.code, f"{one.called}, {one.when}", one.holdings, say("book.named-times", content.language))
        for one in named_times(content)
    ]
    entries += [_year(content, f"{year}", by_year[year]) for year in sorted(by_year, reverse=True)]
    if without:
        entries.append(_year(content, say("book.no-years", content.language), without))
    return entries


class NamedTime(NamedTuple):
    """A time of the vocabulary: its code, what it is called, which days it is, and the sets that speak of any of
    them."""

    code: str
    called: str
    when: str
    holdings: list[Holding]


def named_times(content: Content) -> list[NamedTime]:
    """The times that have a name, in the order of the alphabet."""
    alphabet, language = alphabet_of(content.language), content.language
    found = []
    for code, concept in content.catalogue.vocabularies.times.concepts.items():
        first, last = concept.valid
        holdings = [
            one
            for one in content.holdings
            if any(_meets(time, first, last) for times in one.lines.values() for time in times)
        ]
        when = times_in_words([span(first, last)], language)
        found.append(NamedTime(code, concept.label(language), when, holdings))
    return sorted(found, key=lambda one: alphabet.key(one.called))


def _meets(time: StatedTime, first: int, last: int) -> bool:
    return not isinstance(time, NotStated) and time.start <= last and first <= time.end


def timeline_entries(content: Content) -> list[Entry]:
    """Time by characteristic: an entry for each characteristic that stands in a set, with a bar of its years."""
    alphabet, language = alphabet_of(content.language), content.language
    vocabulary = content.catalogue.vocabularies.characteristics
    years = {code: _years(content, code) for code in content.stands}
    stated = [year for some in years.values() for year in some]
    first, last = (min(stated), max(stated)) if stated else (0, 0)
    found = []
    for code in content.stands:
        concept = vocabulary.coded(code)
        called = concept.label(language) if concept else code
        made = partial(_bar, content, code, called, years[code], first, last)
        found.append(Entry(f"t {code}", called, alphabet.letter(called), made, 330 + 60 * len(stretches(years[code]))))
    return sorted(found, key=lambda one: (alphabet.key(one.called), one.key))


def _years(content: Content, code: str) -> list[int]:
    return years_of(time for stand in content.stands[code] for time in stand.times)


def _year(content: Content, called: str, holdings: list[Holding]) -> Entry:
    return _entry(content, called, called, holdings, f"{called[:3]}0–{called[:3]}9" if called.isdigit() else called)


def _entry(content: Content, code: str, called: str, holdings: list[Holding], under: str) -> Entry:
    key = f"y {code}"
    made = partial(_sets_html, content, key, called, holdings)
    return Entry(key, called, under, made, 300 + 120 * len(holdings))


def _sets_html(content: Content, key: str, called: str, holdings: list[Holding], places: Places) -> str:
    number = counted("book.in-sets", len(holdings), content.language)
    sets = "".join(f"<li>{link(places.href(f's {one.key}'), text(one.called))}</li>" for one in holdings)
    return (
        f'<article class="entry year" id="{slug(key)}"><h3>{text(called)}</h3>'
        f'<p class="where">{text(number)}</p><ul class="run">{sets}</ul></article>'
    )


def _bar(content: Content, code: str, called: str, years: list[int], first: int, last: int, places: Places) -> str:
    times: list[StatedTime] = list(dict.fromkeys(time for stand in content.stands[code] for time in stand.times))
    said = text(times_in_words(times, content.language))
    drawn = "".join(_stretches(years, first, last))
    return (
        f'<div class="line" id="{slug(f"t {code}")}"><span class="name">'
        f"{link(places.href(f'k {code}'), text(called))}</span>"
        f'<span class="bar" aria-hidden="true">{drawn}</span><span class="years">{said}</span></div>'
    )


def _stretches(years: list[int], first: int, last: int) -> Iterator[str]:
    """The stretches of years as parts of the whole stretch, in hundredths."""
    whole = last - first + 1
    for begin, end in stretches(years):
        left, width = 100 * (begin - first) / whole, 100 * (end - begin + 1) / whole
        yield f'<i style="left:{left:.4g}%;width:{width:.4g}%"></i>'
