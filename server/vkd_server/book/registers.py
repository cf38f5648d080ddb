"""The registers of a book: keywords, what each set holds, names (1972 phases 1 and 2)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from vkd_catalog.languages import counted, say
from vkd_catalog.technical import key_label, title_in
from vkd_grammar.technical import ADDRESS_KEYS
from vkd_server.book.alphabet import alphabet_of
from vkd_server.book.content import Content, Holding, Line, Stand, times_in_words
from vkd_server.book.markup import address, element, facts, link, slug, table, text
from vkd_server.book.pages import Entry, Places
from vkd_server.book.told import (
    children_of,
    common_values,
    concept_facts,
    differing_keys,
    is_withheld,
    line_group,
    other_words,
    see_also,
    sensitivity,
    sensitivity_of,
    times_of_name,
)

if TYPE_CHECKING:
    from vkd_catalog.register import ProductRecord
    from vkd_catalog.vocabulary import Concept, Vocabulary


def keyword_entries(content: Content) -> list[Entry]:
    """The keyword register: each characteristic with its references and see-also, and its other words, which lead to
    it."""
    vocabulary = content.catalogue.vocabularies.characteristics
    return _entries(content, vocabulary, "k", partial(_keyword, content), lambda code: _stands_length(content, code))


def name_entries(content: Content) -> list[Entry]:
    """The register of names: registers, classifications and classes, each with the sets that speak of it."""
    vocabulary = content.catalogue.vocabularies.names

    def length(code: str) -> int:
        return sum(120 + 20 * len(codes) for _, codes in content.by_name.get(code, ()))

    return _entries(content, vocabulary, "n", partial(_name, content, children_of(vocabulary)), length)


def set_entries(content: Content) -> list[Entry]:
    """What each information set holds: the keyword register turned round."""
    alphabet = alphabet_of(content.language)
    found = [
        Entry(
            f"s {one.key}",
            one.called,
            alphabet.letter(one.called),
            partial(_set, content, one),
            600 + 230 * len(one.lines) + sum(250 + 8 * len(str(edition.values)) // 10 for edition in one.editions),
        )
        for one in content.holdings
    ]
    return sorted(found, key=lambda one: alphabet.key(one.called))


def _entries(
    content: Content,
    vocabulary: Vocabulary,
    mark: str,
    made: Callable[[Concept, Places], str],
    length: Callable[[str], int],
) -> list[Entry]:
    alphabet, language = alphabet_of(content.language), content.language
    found = []
    for code, concept in vocabulary.concepts.items():
        called = concept.label(language)
        size = 500 + len(concept.definition(language)) + length(code)
        found.append(Entry(f"{mark} {code}", called, alphabet.letter(called), partial(made, concept), size))
        for word in other_words(concept, called, language):
            reference = partial(_reference, word, called, f"{mark} {code}")
            found.append(Entry("", word, alphabet.letter(word), reference, 200))
    return sorted(found, key=lambda one: (alphabet.key(one.called), one.key))


def _reference(word: str, called: str, key: str, places: Places) -> str:
    inside = f"<b>{text(word)}</b> <span class=arrow aria-hidden=true>→</span> {link(places.href(key), text(called))}"
    return f'<p class="entry reference">{inside}</p>'


def _stands_length(content: Content, code: str) -> int:
    return sum(150 + 70 * len(stand.names) for stand in content.stands.get(code, ()))


def _keyword(content: Content, concept: Concept, places: Places) -> str:
    language = content.language
    vocabulary = content.catalogue.vocabularies.characteristics
    stands = content.stands.get(concept.code, ())
    head = _head(concept, vocabulary, "k", places, language)
    see = _links(see_also(concept, vocabulary), vocabulary, "k", places, language)
    told = [
        (say("book.see-also", language), see),
        (say("concept.sensitive", language), text(sensitivity(concept, language))),
        *_plain(concept_facts(content, concept, vocabulary)),
    ]
    where = "".join(_stand(content, stand, places) for stand in stands)
    number = counted("book.in-sets", len(stands), language)
    inside = f"{head}{_definition(concept, language)}{facts(told)}"
    inside += (
        f'<p class="where">{text(number)}</p><ul class="stands">{where}</ul>'
        if stands
        else (f'<p class="where none">{text(number)}</p>')
    )
    return element("article", inside, class_="entry", id=slug(f"k {concept.code}"))


def _stand(content: Content, stand: Stand, places: Places) -> str:
    names = content.catalogue.vocabularies.names
    said = ", ".join(
        link(places.href(f"n {code}"), text(concept.label(content.language)))
        for code in stand.names
        if (concept := names.coded(code)) is not None
    )
    when = text(times_in_words(stand.times, content.language))
    set_ = link(places.href(f"s {stand.holding.key}"), text(stand.holding.called))
    return f"<li><b>{set_}</b> <span>{said}{', ' if said else ''}{when}</span></li>"


def _name(content: Content, children: Mapping[str, Sequence[str]], concept: Concept, places: Places) -> str:
    language = content.language
    vocabulary = content.catalogue.vocabularies.names
    spoken = content.by_name.get(concept.code, ())
    kind = say(f"name-kind.{concept.kind}", language) if concept.kind else ""
    below = children.get(concept.code, ())
    told = [
        (say("book.kind", language), text(kind)),
        (say("book.below", language), _links(below, vocabulary, "n", places, language)),
        (say("book.see-also", language), _links(see_also(concept, vocabulary), vocabulary, "n", places, language)),
        *_plain(concept_facts(content, concept, vocabulary)),
    ]
    rows = []
    for holding, codes in spoken:
        times = times_of_name(holding, concept.code)
        words = counted("book.characteristics", len(codes), language)
        set_ = link(places.href(f"s {holding.key}"), text(holding.called))
        rows.append(f"<li><b>{set_}</b> <span>{text(words)}, {text(times_in_words(times, language))}</span></li>")
    number = counted("book.in-sets", len(spoken), language)
    inside = f"{_head(concept, vocabulary, 'n', places, language)}{_definition(concept, language)}{facts(told)}"
    inside += f'<p class="where{"" if spoken else " none"}">{text(number)}</p>'
    inside += f'<ul class="stands">{"".join(rows)}</ul>' if rows else ""
    return element("article", inside, class_="entry", id=slug(f"n {concept.code}"))


def _head(concept: Concept, vocabulary: Vocabulary, mark: str, places: Places, language: str) -> str:
    above = [
        link(places.href(f"{mark} {one.code}"), text(one.label(language))) for one in vocabulary.above(concept.code)
    ]
    path = f'<p class="path">{" › ".join(reversed(above))}</p>' if above else ""
    title = f"<h3>{text(concept.label(language))} <code>{text(concept.code)}</code></h3>"
    others = [word for word in other_words(concept, concept.label(language), language) if word != concept.code]
    also = f'<p class="also">{text(", ".join(others))}</p>' if others else ""
    return f"{path}{title}{also}"


def _definition(concept: Concept, language: str) -> str:
    said = concept.definition(language)
    if not said:
        return f'<p class="undefined">{text(say("editor.not-defined", language))}</p>'
    return f'<p class="definition">{text(said)}</p>'


def _plain(told: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Plain facts with what they say as HTML."""
    return ((label, text(said)) for label, said in told)


def _links(codes: Iterable[str], vocabulary: Vocabulary, mark: str, places: Places, language: str) -> str:
    found = ((code, vocabulary.coded(code)) for code in codes)
    return ", ".join(
        link(places.href(f"{mark} {code}"), text(concept.label(language))) for code, concept in found if concept
    )


def _set(content: Content, holding: Holding, places: Places) -> str:
    language = content.language
    title = f'<p class="title">{text(holding.title)}</p>' if holding.title else ""
    if holding.is_collection:
        number = counted("book.editions", len(holding.editions), language)
        title += f'<p class="where">{text(number)}</p>'
    common = common_values(holding.editions)
    told = [(key_label(key, language), _stated(key, value, language)) for key, value in common.items()]
    told.append((say("concept.sensitive", language), text(sensitivity_of(holding, language))))
    inside = f"<h3>{text(holding.called)}</h3>{title}{facts(told)}{_lines(content, holding, places)}"
    if len(holding.editions) > 1:
        inside += _editions(holding, common, language)
    return element("article", inside, class_="entry set", id=slug(f"s {holding.key}"))


def _lines(content: Content, holding: Holding, places: Places) -> str:
    """What a set holds: a row for each characteristic, under the object type and name that it is told of."""
    language = content.language
    heads = (say("book.characteristic", language), say("book.time", language))
    parts = []
    for _, together in groupby(holding.lines.items(), key=lambda one: one[0][:2]):
        lines = list(together)
        first = lines[0][0]
        said, named = line_group(first, content)
        of = f"{text(said)} · {link(places.href(f'n {first.name}'), text(named))}"
        rows = "".join(_line_row(content, line, times_in_words(times, language), places) for line, times in lines)
        parts.append(f'<tbody><tr class="group"><th scope="rowgroup" colspan="2">{of}</th></tr>{rows}</tbody>')
    head = "".join(f'<th scope="col">{text(one)}</th>' for one in heads)
    caption = text(say("book.holds", language, set=holding.called))
    return (
        f'<div class="wide" role="region" aria-label="{caption}" tabindex="0"><table class="lines">'
        f"<caption class=unseen>{caption}</caption><thead><tr>{head}</tr></thead>{''.join(parts)}</table></div>"
    )


def _line_row(content: Content, line: Line, when: str, places: Places) -> str:
    concept = content.catalogue.vocabularies.characteristics.coded(line.characteristic)
    called = concept.label(content.language) if concept else line.characteristic
    said = link(places.href(f"k {line.characteristic}"), text(called))
    return f"<tr><th scope=row>{said}</th><td>{text(when)}</td></tr>"


def _stated(key: str, value: str, language: str) -> str:
    if is_withheld(key, value):
        return f"<i>{text(say('book.withheld', language))}</i>"
    return address(value) if key in ADDRESS_KEYS else text(value)


def _editions(holding: Holding, common: dict[str, str], language: str) -> str:
    """The editions of a collection, with what they do not state alike."""
    differing = differing_keys(holding, common)
    heads = [say("book.edition", language), *(key_label(key, language) for key in differing)]
    rows = (
        [
            text(product.identification) + _own_title(product, holding.title, language),
            *(_stated(key, product.values.get(key, ""), language) for key in differing),
        ]
        for product in holding.editions
    )
    return table(heads, rows, say("book.editions-of", language, set=holding.called), kind="editions")


def _own_title(product: ProductRecord, title: str, language: str) -> str:
    own = title_in(product.values, language)
    return f" <small>{text(own)}</small>" if own and own != title else ""
