"""Collections: the editions of a register or a table, the time of each, and what changed from one to the next."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from vkd_catalog.languages import counted, say
from vkd_catalog.message.as_markdown import escaped
from vkd_catalog.message.wording import Wording
from vkd_catalog.message.years import in_ranges, years_of
from vkd_catalog.technical import title_in
from vkd_grammar.times import BEGINNING, END, span
from vkd_grammar.words import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vkd_catalog.catalogue import Catalogue
    from vkd_catalog.register import ProductRecord, Register, SentenceRecord

_YEAR = 10000
_CHANGES_SHOWN = 8
_WORDS_SHOWN = 10
"""So many changes, and so many characteristics of each, are named."""


class Edition(NamedTuple):
    """A product of a collection, and its sentences."""

    product: ProductRecord
    sentences: Sequence[SentenceRecord]

    @property
    def latest(self) -> int:
        """The last day that it speaks of; the beginning of time where it states none."""
        return max((one.end for one in self.sentences if one.is_dated), default=BEGINNING)

    @property
    def characteristics(self) -> frozenset[str]:
        """The codes of what it says of its units."""
        return frozenset(one.characteristic for one in self.sentences)


class Change(NamedTuple):
    """What an edition has and the one before it has not, and the other way round: codes of characteristics."""

    added: frozenset[str]
    dropped: frozenset[str]


def collection_of(product: ProductRecord) -> str:
    """The collection that a product is an edition of; empty where it states none."""
    return product.values.get("collection", "")


def editions_of(name: str, register: Register) -> list[Edition]:
    """The editions of a collection, the latest first; none for an empty name."""
    editions = [Edition(product, register.sentences(number)) for number, product in register.collected(name)]
    return sorted(editions, key=lambda one: one.latest, reverse=True)


def changed(edition: Edition, before: Edition) -> Change:
    """What changed from one edition to another."""
    now, then = edition.characteristics, before.characteristics
    return Change(now - then, then - now)


def time_of(sentences: Iterable[SentenceRecord], wording: Wording) -> str:
    """When sentences speak: within one year as closely as they say it, else by years; empty where none is dated."""
    dated = [one for one in sentences if one.is_dated]
    if not dated:
        return ""
    first, last = min(one.start for one in dated), max(one.end for one in dated)
    if first // _YEAR == last // _YEAR or first == BEGINNING or last == END:
        return wording.time(span(first, last))
    return in_ranges(year for one in dated for year in years_of(one, None))


def collection_text(catalogue: Catalogue, editions: Sequence[Edition], language: str) -> str:
    """A collection as Markdown, by its editions, the latest first: how many, of which years, and what changed from one
    to the next; empty where there are none."""
    if not editions:
        return ""
    telling = _Telling(catalogue, language)
    latest = editions[0].product
    title = title_in(latest.values, language)
    return "\n\n".join(
        part
        for part in (
            f"**{escaped(collection_of(latest))}** · {telling.kind()} · {telling.editions(editions)}",
            escaped(title) if fold(title) != fold(collection_of(latest)) else "",
            telling.changes(editions),
        )
        if part
    )


def edition_text(catalogue: Catalogue, editions: Sequence[Edition], identification: str, language: str) -> str:
    """A product as one of some editions, the latest first, as Markdown: which, and how it differs from the one before;
    empty where it is none of them."""
    telling = _Telling(catalogue, language)
    at = next((at for at, one in enumerate(editions) if fold(one.product.identification) == fold(identification)), None)
    if at is None:
        return ""
    edition, before = editions[at], editions[at + 1 : at + 2]
    of = say("editor.edition-of", language, collection=escaped(collection_of(edition.product)))
    when = telling.time(edition)
    text = f"{of}{f', {when}' if when else ''} ({telling.editions(editions)})"
    since = f"{telling.since(before[0])}: {telling.change(changed(edition, before[0]))}" if before else ""
    return "\n\n".join((text, since)) if since else text


class _Telling:
    """Words for editions, in one language."""

    def __init__(self, catalogue: Catalogue, language: str) -> None:
        self._language = language
        self._characteristics = catalogue.vocabularies.characteristics
        self._wording = Wording(language, catalogue.vocabularies)

    def kind(self) -> str:
        return say("key.collection", self._language).lower()

    def editions(self, editions: Sequence[Edition]) -> str:
        """How many editions there are, and of when."""
        count = counted("editor.editions", len(editions), self._language)
        when = time_of((one for edition in editions for one in edition.sentences), self._wording)
        return f"{count}: {when}" if when else count

    def time(self, edition: Edition) -> str:
        return time_of(edition.sentences, self._wording)

    def since(self, before: Edition) -> str:
        return say("editor.since-edition", self._language, edition=escaped(before.product.identification))

    def changes(self, editions: Sequence[Edition]) -> str:
        """The editions that differ from the one before, the latest first, each with what is new and gone."""
        told = [
            f"- {self.time(edition) or escaped(edition.product.identification)}: {self.change(change)}"
            for edition, before in pairwise(editions)
            if any(change := changed(edition, before))
        ]
        if not told:
            return say("editor.editions-alike", self._language) if len(editions) > 1 else ""
        rest = len(told) - _CHANGES_SHOWN
        more = [f"- {say('editor.changes-more', self._language, count=rest)}"] if rest > 0 else []
        return "\n".join((*told[:_CHANGES_SHOWN], *more))

    def change(self, change: Change) -> str:
        parts = [
            say(f"editor.{what}", self._language, words=self._named(codes))
            for what, codes in (("columns-added", change.added), ("columns-dropped", change.dropped))
            if codes
        ]
        return "; ".join(parts) or say("editor.columns-same", self._language)

    def _named(self, codes: Iterable[str]) -> str:
        found = (self._characteristics.coded(code) for code in codes)
        words = sorted(escaped(one.label(self._language)) for one in found if one)
        shown = ", ".join(words[:_WORDS_SHOWN])
        rest = len(words) - _WORDS_SHOWN
        return say("message.words-and-more", self._language, words=shown, count=rest) if rest > 0 else shown
