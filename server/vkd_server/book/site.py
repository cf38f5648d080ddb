"""The book as a static site: its pages, in one language, as texts by the names of their files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from vkd_catalog.coverage import MEASURES, Coverage
from vkd_catalog.documents import PARTS, part_names
from vkd_catalog.languages import counted, load, say
from vkd_grammar.display import harmless
from vkd_grammar.words import fold
from vkd_server.book.asset import asset
from vkd_server.book.content import Content, years_of
from vkd_server.book.demands import Demand, demands_of
from vkd_server.book.markup import element, link, slug, table, text
from vkd_server.book.matrix import matrix_sheets
from vkd_server.book.message_html import MessageWriter
from vkd_server.book.pages import Place, Places, Sheet, letters_of, sheets_of
from vkd_server.book.parts import PARTS_OF_BOOK
from vkd_server.book.registers import keyword_entries, name_entries, set_entries
from vkd_server.book.search import search_files, search_texts
from vkd_server.book.times import timeline_entries, year_entries
from vkd_server.features.coverage.rendering import measure_name, percent

if TYPE_CHECKING:
    pass

_ASSETS = ("book.css", "book.js")


class Language(NamedTuple):
    """Another language of the same book: its tag, and the way to its title page."""

    tag: str
    href: str


class Site:
    """The pages of a book in one language; `others` are the same book in other languages.

    The `coverage` is that of the whole catalogue, for what is internal is described, too.
    """

    def __init__(self, content: Content, coverage: Coverage, others: Sequence[Language] = ()) -> None:
        self._content = content
        self._coverage = coverage
        self._language = content.language
        self._others = others
        self._places = Places()
        self._registers = {
            "keywords": sheets_of("keywords", keyword_entries(content)),
            "sets": sheets_of("sets", set_entries(content)),
            "names": sheets_of("names", name_entries(content)),
            "times": sheets_of("times", year_entries(content)),
            "timeline": sheets_of("timeline", timeline_entries(content)),
            "matrix": matrix_sheets(content),
        }
        for sheets in self._registers.values():
            self._places.put(sheets)

    def files(self) -> Iterator[tuple[str, str]]:
        """The files of the site: their names, and what they say. Each page is made when it is asked for."""
        demands = list(demands_of(self._content.catalogue, self._language))
        yield "index.html", self._title_page(demands)
        for part, sheets in self._registers.items():
            for at, sheet in enumerate(sheets):
                yield sheet.file, self._register_page(part, sheets, at)
        yield "completeness.html", self._completeness()
        yield "demands.html", self._demands(demands)
        yield from search_files(self._content, self._places)
        for name in _ASSETS:
            yield f"assets/{name}", asset(name)

    def _say(self, key: str, /, **facts: object) -> str:
        return say(f"book.{key}", self._language, **facts)

    def _page(self, part: str, title: str, body: str) -> str:
        """A whole page: its head, the parts of the book, the search, and what is its own."""
        catalogue = self._content.catalogue
        name = text(catalogue.configuration.name)
        said = text(title)
        head = f"<title>{said}{f' – {name}' if said != name else ''}</title>"
        return (
            f'<!doctype html>\n<html lang="{self._language}"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            '<meta name="generator" content="vkd book">'
            f'{head}<link rel="stylesheet" href="assets/book.css"><script defer src="assets/book.js"></script></head>'
            f'<body class="{part}"><a class="skip" href="#main">{text(self._say("skip"))}</a>'
            f'<header class="top"><p class="name"><a href="index.html">{name}</a>{self._languages()}</p>'
            f"{self._parts(part)}{self._search()}</header>"
            f'<main id="main">{body}</main><footer>{self._colophon()}</footer></body></html>\n'
        )

    def _languages(self) -> str:
        if not self._others:
            return ""
        links = "".join(
            f'<a href="{one.href}" lang="{one.tag}" hreflang="{one.tag}">{text(load(one.tag).name)}</a>'
            for one in self._others
        )
        return f'<span class="languages">{links}</span>'

    def _parts(self, current: str) -> str:
        marks = {current: ' aria-current="page"'}
        items = "".join(
            f'<li><a href="{part}.html"{marks.get(part, "")}>{text(self._say(f"part-{part}"))}</a></li>'
            for part in PARTS_OF_BOOK
        )
        return f'<nav class="parts" aria-label="{text(self._say("parts"))}"><ul>{items}</ul></nav>'

    def _search(self) -> str:
        # Without scripts there is nothing to search with, and the registers lead everywhere.
        return (
            f'<form class="search" role="search" hidden data-texts="{text(search_texts(self._language))}">'
            f'<label for="search">{text(self._say("search"))}</label>'
            '<input id="search" type="search" autocomplete="off" spellcheck="false" role="combobox" '
            'aria-expanded="false" aria-controls="found" aria-autocomplete="list">'
            f'<p role="status"></p><ul id="found" role="listbox" aria-label="{text(self._say("found"))}"></ul></form>'
        )

    def _colophon(self) -> str:
        catalogue = self._content.catalogue
        public = self._say("public" if catalogue.is_public else "private")
        return text(
            f"{self._say('colophon', catalogue=catalogue.configuration.name, revision=catalogue.revision)} {public}"
        )

    def _title_page(self, demands: Sequence[Demand]) -> str:
        content, language = self._content, self._language
        catalogue = content.catalogue
        products, sentences = catalogue.register.size()
        years = years_of(time for one in content.holdings for times in one.lines.values() for time in times)
        counts = [
            (products, counted("book.count-sets", products, language)),
            (sentences, counted("book.count-sentences", sentences, language)),
            (len(catalogue.vocabularies.characteristics.concepts), self._say("count-characteristics")),
            (len(catalogue.vocabularies.names.concepts), self._say("count-names")),
        ]
        figures = "".join(
            f"<li><b>{_number(count, language)}</b><span>{text(said)}</span></li>" for count, said in counts
        )
        if years:
            figures += f"<li><b>{years[0]}–{years[-1]}</b><span>{text(self._say('count-years'))}</span></li>"
        contents = "".join(
            f'<li><a href="{part}.html">{text(self._say(f"part-{part}"))}</a>'
            f"<p>{text(self._say(f'about-{part}'))}</p></li>"
            for part in PARTS_OF_BOOK
        )
        body = (
            f'<div class="title-page"><h1>{text(catalogue.configuration.name)}</h1>'
            f'<p class="lead">{text(self._say("subtitle"))}</p><ul class="counts">{figures}</ul>'
            f'<h2>{text(self._say("contents"))}</h2><ul class="contents">{contents}</ul></div>'
        )
        return self._page("title", catalogue.configuration.name, body)

    def _register_page(self, part: str, sheets: Sequence[Sheet], at: int) -> str:
        sheet = sheets[at]
        title = self._say(f"part-{part}")
        body = [f"<h1>{text(title)}</h1>"]
        if at == 0:
            body.append(f'<p class="lead">{text(self._say(f"about-{part}"))}</p>')
        letters = letters_of(sheets)
        if part == "matrix":
            letters = {entry.called: Place(one.file, "") for one in sheets for entry in one.entries}
        if len(letters) > 1:
            body.append(self._letters(letters, sheet))
        if part == "timeline":
            body.append(self._scale())
        body.append(self._entries(part, sheet))
        body.append(self._turn(sheets, at))
        said = f"{title}, {sheet.range}" if len(sheets) > 1 else title
        return self._page(part, said, "".join(body))

    def _letters(self, letters: Mapping[str, Place], sheet: Sheet) -> str:
        """The way to each letter of a register; those of this page are marked, where there are other pages."""
        here = {entry.letter for entry in sheet.entries} | {sheet.entries[0].called}
        has_others = any(place.file != sheet.file for place in letters.values())
        marks = dict.fromkeys(here, ' aria-current="true"') if has_others else {}
        items = "".join(
            f'<li><a href="{place.href}"{marks.get(letter, "")}>{text(letter)}</a></li>'
            for letter, place in letters.items()
        )
        return f'<nav aria-label="{text(self._say("letters"))}"><ul class="letters">{items}</ul></nav>'

    def _entries(self, part: str, sheet: Sheet) -> str:
        if not sheet.entries:
            return f'<p class="where">{text(self._say("empty"))}</p>'
        parts = []
        had = ""
        for entry in sheet.entries:
            if entry.letter != had and part != "matrix":
                parts.append(f'<h2 class="letter" id="letter-{slug(entry.letter)}">{text(entry.letter)}</h2>')
            had = entry.letter
            parts.append(entry.made(self._places))
        return f'<div class="entries">{"".join(parts)}</div>' if part != "matrix" else "".join(parts)

    def _scale(self) -> str:
        stands = (time for some in self._content.stands.values() for stand in some for time in stand.times)
        years = years_of(stands)
        if not years:
            return ""
        ends = f"<b>{years[0]}</b><b>{years[-1]}</b>"
        return f'<p class="scale" aria-hidden="true"><span></span><span>{ends}</span><span></span></p>'

    def _turn(self, sheets: Sequence[Sheet], at: int) -> str:
        if len(sheets) == 1:
            return ""
        before = (
            f'<a rel="prev" href="{sheets[at - 1].file}">← {text(sheets[at - 1].range)}</a>' if at else "<span></span>"
        )
        after = (
            f'<a rel="next" href="{sheets[at + 1].file}">{text(sheets[at + 1].range)} →</a>'
            if at + 1 < len(sheets)
            else ""
        )
        return f'<nav class="turn" aria-label="{text(self._say("turn"))}">{before}{after}</nav>'

    def _completeness(self) -> str:
        coverage, language = self._coverage, self._language
        heads = [self._say("part-sets"), *(measure_name(one, language) for one in MEASURES)]
        rows = [(say("coverage.all", language), coverage.all), *coverage.collections.items()]
        keys = {fold(one.called): one.key for one in self._content.holdings if one.is_collection}
        cells = (
            [
                link(self._places.href(f"s {keys[fold(name)]}") if fold(name) in keys else "", text(name)),
                *(_share(shares.of(one).value, language) for one in MEASURES),
            ]
            for name, shares in rows
        )
        notes = "".join(
            f"<li>{text(say(f'coverage.{one}-is', language, having=share.having, all=share.all))}</li>"
            for one in MEASURES
            if (share := coverage.all.of(one)).all
        )
        body = (
            f"<h1>{text(self._say('part-completeness'))}</h1>"
            f'<p class="lead">{text(self._say("about-completeness"))}</p>'
            f"{table(heads, cells, self._say('part-completeness'), kind='figures')}"
            f"<ul>{notes}</ul>{self._documentations()}"
        )
        return self._page("completeness", self._say("part-completeness"), body)

    def _documentations(self) -> str:
        """Which parts of the model each documentation has."""
        some = self._content.catalogue.documents.documentations
        if not some:
            return ""
        language = self._language
        rows = (
            [text(part_names(part, language)[0]), *("●" if part in one.parts else "–" for one in some)]
            for part in PARTS
        )
        heads = [self._say("part-of-model"), *(one.name for one in some)]
        title = self._say("documentations")
        return f"<h2>{text(title)}</h2>{table(heads, rows, title)}"

    def _demands(self, demands: Sequence[Demand]) -> str:
        sets = {
            fold(one.identification): f"s {holding.key}"
            for holding in self._content.holdings
            for one in holding.editions
        }
        writer = MessageWriter(self._places, sets)
        parts = [
            f"<h1>{text(self._say('part-demands'))}</h1>",
            f'<p class="lead">{text(self._say("about-demands"))}</p>',
        ]
        if not demands:
            parts.append(f'<p class="where">{text(self._say("no-demands"))}</p>')
        for one in demands:
            lines = "\n".join(escape(harmless(line)) for line in one.text.splitlines())
            inside = writer.html(one.message, 2)
            parts.append(f'<section class="demand">{element("pre", lines, tabindex="0")}{inside}</section>')
        return self._page("demands", self._say("part-demands"), "".join(parts))


@cache
def _group(language: str) -> str:
    """What parts thousands in a language."""
    return "," if load(language).decimal == "." else "\u202f"


def _number(number: int, language: str) -> str:
    return f"{number:,}".replace(",", _group(language))


def _share(share: float | None, language: str) -> str:
    drawn = (
        f'<span class="share" aria-hidden="true"><i style="width:{100 * share:.3g}%"></i></span>'
        if share is not None
        else ""
    )
    return drawn + text(percent(share, language))
