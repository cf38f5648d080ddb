"""The index of the search in the page: by the stems of the look-up, in files that a page loads as it needs them.

A page that is opened from a disk may load scripts but no data, so each file is a script that hands in its part.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from vkd_catalog.languages import load, say
from vkd_catalog.lookup.documents import Kind, concept_document, product_document
from vkd_catalog.lookup.terms import SMALL_WORDS, stem, words_of

if TYPE_CHECKING:
    from vkd_catalog.vocabulary import Vocabulary
    from vkd_server.book.content import Content
    from vkd_server.book.pages import Places

_A_SHARD = 1500
"""So many entries stand in one file."""

_BEGINNING = 2
"""Letters that the stems of one file begin with."""

_STRONG, _WEAK = 0, 1
"""Whether a stem is of what an entry is called, or of what is said of it; the last bit of a reference."""


class Found(NamedTuple):
    """What can be found: its kind, what it is called, beside it its code or title, its address, and the texts it is
    found by: names, and what is said of it."""

    kind: str
    called: str
    beside: str
    href: str
    names: tuple[str, ...]
    notes: tuple[str, ...]


def search_files(content: Content, places: Places) -> Iterator[tuple[str, str]]:
    """The files of the index with their names, the strongest entries first: what stands in most sets."""
    entries = list(_entries(content, places))
    terms: defaultdict[str, dict[str, dict[int, int]]] = defaultdict(dict)
    for number, entry in enumerate(entries):
        for weight, texts in ((_WEAK, entry.notes), (_STRONG, entry.names)):
            for word in {one for text in texts for one in words_of(text)} - SMALL_WORDS:
                root = stem(word)
                terms[root[:_BEGINNING]].setdefault(root, {})[number] = weight
    for at in range(0, len(entries), _A_SHARD):
        rows = [[one.kind, one.called, one.beside, one.href] for one in entries[at : at + _A_SHARD]]
        yield f"search/e{at // _A_SHARD}.js", _script("entries", at // _A_SHARD, rows)
    names = {}
    for number, (beginning, some) in enumerate(sorted(terms.items())):
        names[beginning] = number
        packed = {
            root: [2 * one + weight for one, weight in sorted(found.items())] for root, found in sorted(some.items())
        }
        yield f"search/t{number}.js", _script("terms", number, packed)
    yield "search/index.js", _script("shards", _A_SHARD, names)


def search_texts(language: str) -> str:
    """What the search says, for the page's script."""
    keys = ("found-none", "found-many", "found-one")
    kinds = ("characteristic", "name", "product")
    texts = {key: say(f"book.{key}", language) for key in keys}
    texts |= {kind: say(f"find.kind-{kind}", language) for kind in kinds}
    return json.dumps({"language": language, "decimal": load(language).decimal, **texts}, ensure_ascii=False)


def _entries(content: Content, places: Places) -> Iterator[Found]:
    found = [*_concepts(content, places), *_sets(content, places)]
    found.sort(key=lambda one: -one[0])
    return (entry for _, entry in found)


def _concepts(content: Content, places: Places) -> Iterator[tuple[int, Found]]:
    vocabularies, language = content.catalogue.vocabularies, content.language
    kinds: tuple[tuple[Kind, str, Vocabulary], ...] = (
        ("characteristic", "k", vocabularies.characteristics),
        ("name", "n", vocabularies.names),
    )
    for kind, mark, vocabulary in kinds:
        for code, concept in vocabulary.concepts.items():
            document = concept_document(kind, concept, vocabulary)
            notes = (*document.notes, *document.values, *document.above)
            sets = content.stands.get(code, ()) if mark == "k" else content.by_name.get(code, ())
            yield (
                len(sets),
                Found(
                    kind,
                    concept.label(language),
                    code,
                    places.href(f"{mark} {code}"),
                    tuple(one.text for one in document.names),
                    tuple(one.text for one in notes),
                ),
            )


def _sets(content: Content, places: Places) -> Iterator[tuple[int, Found]]:
    for holding in content.holdings:
        names = {holding.called: None, holding.title: None}
        for product in holding.editions:
            names.update((one.text, None) for one in product_document(product).names)
        href = places.href(f"s {holding.key}")
        yield len(holding.editions), Found("product", holding.called, holding.title, href, tuple(names), ())


def _script(what: str, key: object, data: object) -> str:
    said = (
        json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
    )
    return f"vkdBook.{what}({json.dumps(key)},{said});\n"
