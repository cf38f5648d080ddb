"""How a document matches a query: by which of its texts, and how strictly."""

from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

from vkd_catalog.lookup.documents import Document, Text
from vkd_catalog.lookup.terms import SMALL_WORDS, plain, stem, words_of

How = Literal["exact", "prefix", "stem", "part", "spelling", "definition"]

HOW: tuple[How, ...] = ("exact", "prefix", "stem", "part", "spelling", "definition")
"""The ways of matching, the strictest first."""

_EXACT, _PREFIX, _STEM = 4.0, 3.0, 2.0
"""What the strict ways score at least; each leaves room below the next for how much of a text was asked for."""

_ROOM = 0.9
_BEGUN = 0.5
"""What a beginning of a word counts beside that of a name of several words."""

_OF_A_VALUE = 0.3
"""A label of one of its values says less of a characteristic than a word that it goes by."""


class Query(NamedTuple):
    """A query: its plain form, the stems of its words, each once, without small words, and those words themselves."""

    form: str
    stems: tuple[str, ...]
    words: tuple[str, ...]


class Match(NamedTuple):
    """A text of a document that matches, how, and how well; more is better."""

    how: How
    text: Text
    score: float


def query_of(text: str) -> Query:
    """A text as a query. Small words count only where there are no others; the brackets of a code are
    no part of it."""
    words = words_of(text)
    telling = [word for word in words if word not in SMALL_WORDS] or words
    return Query(plain(text).strip("[] "), tuple(dict.fromkeys(map(stem, telling))), tuple(telling))


def strict_match(query: Query, document: Document) -> Match | None:
    """The best match of the whole query with one name or value of a document; None where it matches none so
    strictly."""
    found = (_strict(query, text) for text in (*document.names, *document.values))
    return max(filter(None, found), key=lambda match: match.score, default=None)


def loose_match(query: Query, document: Document, misspelt: Collection[str], parts: Collection[str]) -> Match | None:
    """The match with the text of a document that holds most of the query's words, also as parts of words or misspelt;
    its score is the share of the query that it holds. `misspelt` and `parts` are stems that stand for words of the
    query."""
    found = (_loose(query, text, misspelt, parts) for text in document.texts)
    return max(filter(None, found), key=lambda match: match.score, default=None)


def _strict(query: Query, text: Text) -> Match | None:
    form = plain(text.text)
    room = _OF_A_VALUE if text.field == "value" else _ROOM
    if form == query.form:
        return Match("exact", text, _EXACT + room)
    if form.startswith(query.form):
        goes_on = form[len(query.form)].isalnum()
        return Match("prefix", text, _PREFIX + room * (_BEGUN if goes_on else 1.0) * len(query.form) / len(form))
    stems = _stems(form)
    if query.stems and stems.issuperset(query.stems):
        return Match("stem", text, _STEM + room * len(query.stems) / len(stems))
    return None


def _loose(query: Query, text: Text, misspelt: Collection[str], parts: Collection[str]) -> Match | None:
    stems = _stems(plain(text.text))
    ways = dict(_ways(query, stems, misspelt, parts))
    if not ways:
        return None
    how: How = "definition" if text.field == "definition" else max(ways, key=lambda way: ways[way])
    weight = 0.6 if text.field in ("definition", "above") else 1.0
    return Match(how, text, weight * sum(ways.values()) / (len(query.stems) + 0.01 * len(stems)))


def _ways(
    query: Query, stems: Collection[str], misspelt: Collection[str], parts: Collection[str]
) -> Iterator[tuple[How, float]]:
    """How many words of a query some stems hold, and in which way: as they are or as parts of words, and misspelt. A
    part counts half."""
    whole = sum(1 for one in query.stems if one in stems)
    in_part = sum(1 for one in stems if one in parts and one not in query.stems)
    spelt = sum(1 for one in stems if one in misspelt and one not in parts and one not in query.stems)
    if whole or in_part:
        yield "part", whole + 0.5 * in_part
    if spelt:
        yield "spelling", 0.4 * spelt


@lru_cache(maxsize=50_000)
def _stems(form: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words_of(form))
