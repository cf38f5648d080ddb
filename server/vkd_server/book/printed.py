"""The printed book: its content as data for the template that sets it, every word of it a plain text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from vkd_catalog.coverage import MEASURES, Coverage
from vkd_catalog.languages import counted, say
from vkd_catalog.message.message import Address, Block, Fold, Heading, Item, Items, Message, Paragraph, shown
from vkd_catalog.message.text import Text
from vkd_catalog.technical import key_label
from vkd_server.book.alphabet import alphabet_of
from vkd_server.book.content import Content, Holding, stretches, times_in_words, years_of
from vkd_server.book.demands import Demand, demands_of
from vkd_server.book.markup import slug
from vkd_server.book.matrix import Rows, matrix_groups
from vkd_server.book.parts import PARTS_OF_BOOK
from vkd_server.book.times import named_times
from vkd_server.book.told import (
    common_values,
    concept_facts,
    is_withheld,
    line_group,
    other_words,
    see_also,
    sensitivity,
    sensitivity_of,
    times_of_name,
)
from vkd_server.features.coverage.rendering import measure_name, percent

if TYPE_CHECKING:
    from vkd_catalog.vocabulary import Concept, Vocabulary

Json = dict[str, object]


class Printed(NamedTuple):
    """What a book prints: what every page needs to know, the title page, and the parts, each a list of entries."""

    common: Json
    front: Json
    parts: Mapping[str, Sequence[object]]


def printed(content: Content, coverage: Coverage) -> Printed:
    """All that is printed of a catalogue."""
    language, catalogue = content.language, content.catalogue
    public = say("book.public" if catalogue.is_public else "book.private", language)
    name = catalogue.configuration.name
    texts = {part: say(f"book.part-{part}", language) for part in PARTS_OF_BOOK}
    texts |= {key: say(f"book.{key}", language) for key in ("contents", "no-demands", "edition")}
    front: Json = {
        "subtitle": say("book.subtitle", language),
        "colophon": shown(f"{say('book.colophon', language, catalogue=name, revision=catalogue.revision)} {public}"),
        "counts": _counts(content),
    }
    parts: dict[str, Sequence[object]] = {
        "keywords": _register(content, catalogue.vocabularies.characteristics, "k"),
        "sets": [_set(content, one) for one in _in_order(content)],
        "names": _register(content, catalogue.vocabularies.names, "n"),
        "times": _times(content),
        "timeline": _timeline(content),
        "matrix": [_matrix(group, rows, language) for group, rows in matrix_groups(content)],
        "completeness": [_completeness(coverage, language)],
        "demands": [_demand(one) for one in demands_of(catalogue, language)],
    }
    texts["nowhere"] = say("book.in-sets-none", language)
    return Printed({"name": shown(name), "lang": language, "texts": texts}, front, parts)


def _matrix(group: Sequence[Holding], rows: Rows, language: str) -> Json:
    """A part of the matrix; the marks of a row are one text, a sign each, whose blanks are such as no line is broken
    at."""
    has = [frozenset(one.characteristics) for one in group]
    return {
        "caption": say("book.matrix-of", language, first=shown(group[0].called), last=shown(group[-1].called)),
        "sets": [shown(one.called) for one in group],
        "rows": [
            [shown(f"{called} {code}"), "".join("●" if code in one else "\u00a0" for one in has)]
            for called, code in rows
        ],
    }


def _counts(content: Content) -> list[tuple[str, str]]:
    products, sentences = content.catalogue.register.size()
    language, vocabularies = content.language, content.catalogue.vocabularies
    return [
        (f"{products}", counted("book.count-sets", products, language)),
        (f"{sentences}", counted("book.count-sentences", sentences, language)),
        (f"{len(vocabularies.characteristics.concepts)}", say("book.count-characteristics", language)),
        (f"{len(vocabularies.names.concepts)}", say("book.count-names", language)),
    ]


def _in_order(content: Content) -> list[Holding]:
    alphabet = alphabet_of(content.language)
    return sorted(content.holdings, key=lambda one: alphabet.key(one.called))


def _register(content: Content, vocabulary: Vocabulary, mark: str) -> list[Json]:
    """The entries of a register, and the other words that lead to them, in the order of the alphabet."""
    alphabet, language = alphabet_of(content.language), content.language
    found: list[tuple[str, Json]] = []
    for code, concept in vocabulary.concepts.items():
        called, id_ = concept.label(language), slug(f"{mark} {code}")
        found.append((called, _entry(content, concept, vocabulary, mark)))
        found += [
            (word, {"called": shown(word), "to": shown(called), "id": id_})
            for word in other_words(concept, called, language)
        ]
    found.sort(key=lambda one: alphabet.key(one[0]))
    return [{**entry, "letter": alphabet.letter(called)} for called, entry in found]


def _entry(content: Content, concept: Concept, vocabulary: Vocabulary, mark: str) -> Json:
    language = content.language
    told = [(say("book.see-also", language), _words(see_also(concept, vocabulary), vocabulary, language))]
    if mark == "k":
        told.append((say("concept.sensitive", language), sensitivity(concept, language)))
    elif concept.kind:
        told.append((say("book.kind", language), say(f"name-kind.{concept.kind}", language)))
    told += concept_facts(content, concept, vocabulary)
    above = [one.label(language) for one in vocabulary.above(concept.code)]
    return {
        "id": slug(f"{mark} {concept.code}"),
        "called": shown(concept.label(language)),
        "code": shown(concept.code),
        "path": shown(" › ".join(reversed(above))),
        "also": shown(
            ", ".join(word for word in other_words(concept, concept.label(language), language) if word != concept.code)
        ),
        "definition": shown(concept.definition(language)),
        "facts": [(shown(label), shown(said)) for label, said in told if said],
        "stands": _stands(content, concept.code) if mark == "k" else _spoken(content, concept.code),
    }


def _stands(content: Content, code: str) -> list[tuple[str, str, str]]:
    names, language = content.catalogue.vocabularies.names, content.language
    return [
        (
            slug(f"s {stand.holding.key}"),
            shown(stand.holding.called),
            shown(
                ", ".join(filter(None, (_words(stand.names, names, language), times_in_words(stand.times, language))))
            ),
        )
        for stand in content.stands.get(code, ())
    ]


def _spoken(content: Content, code: str) -> list[tuple[str, str, str]]:
    language = content.language
    return [
        (
            slug(f"s {holding.key}"),
            shown(holding.called),
            f"{counted('book.characteristics', len(codes), language)}, "
            f"{times_in_words(times_of_name(holding, code), language)}",
        )
        for holding, codes in content.by_name.get(code, ())
    ]


def _words(codes: Iterable[str], vocabulary: Vocabulary, language: str) -> str:
    found = (vocabulary.coded(code) for code in codes)
    return ", ".join(concept.label(language) for concept in found if concept)


def _set(content: Content, holding: Holding) -> Json:
    language, characteristics = content.language, content.catalogue.vocabularies.characteristics
    common = common_values(holding.editions)
    withheld = say("book.withheld", language)
    told = [(key_label(key, language), withheld if is_withheld(key, value) else value) for key, value in common.items()]
    told.append((say("concept.sensitive", language), sensitivity_of(holding, language)))
    groups = []
    for _, together in groupby(holding.lines.items(), key=lambda one: one[0][:2]):
        lines = list(together)
        rows = []
        for line, times in lines:
            concept = characteristics.coded(line.characteristic)
            called = concept.label(language) if concept else line.characteristic
            rows.append((shown(called), shown(times_in_words(times, language))))
        groups.append({"of": shown(" · ".join(line_group(lines[0][0], content))), "lines": rows})
    editions = [shown(one.identification) for one in holding.editions] if len(holding.editions) > 1 else []
    return {
        "id": slug(f"s {holding.key}"),
        "called": shown(holding.called),
        "title": shown(holding.title),
        "facts": [(shown(label), shown(said)) for label, said in told],
        "groups": groups,
        "editions": editions,
    }


def _times(content: Content) -> list[tuple[str, list[str]]]:
    by_year: dict[int, list[str]] = {}
    for holding in content.holdings:
        for year in years_of(time for times in holding.lines.values() for time in times):
            by_year.setdefault(year, []).append(shown(holding.called))
    named = [(f"{one.called}, {one.when}", [shown(two.called) for two in one.holdings]) for one in named_times(content)]
    return [
        *((shown(called), sets) for called, sets in named),
        *((str(year), by_year[year]) for year in sorted(by_year, reverse=True)),
    ]


def _timeline(content: Content) -> list[Json]:
    alphabet, vocabulary = alphabet_of(content.language), content.catalogue.vocabularies.characteristics
    times = {code: [time for stand in stands for time in stand.times] for code, stands in content.stands.items()}
    years = {code: years_of(some) for code, some in times.items()}
    stated = [year for some in years.values() for year in some]
    first, whole = (min(stated), max(stated) - min(stated) + 1) if stated else (0, 1)
    rows: list[Json] = []
    for code, some in times.items():
        concept = vocabulary.coded(code)
        bars = [(100 * (a - first) / whole, 100 * (b - a + 1) / whole) for a, b in stretches(years[code])]
        said = shown(times_in_words(list(dict.fromkeys(some)), content.language))
        rows.append(
            {"called": shown(concept.label(content.language) if concept else code), "bars": bars, "years": said}
        )
    rows.sort(key=lambda one: alphabet.key(str(one["called"])))
    return rows


def _completeness(coverage: Coverage, language: str) -> Json:
    rows = [(say("coverage.all", language), coverage.all), *coverage.collections.items()]
    return {
        "heads": [measure_name(one, language) for one in MEASURES],
        "rows": [
            [shown(name), *(percent(shares.of(one).value, language) for one in MEASURES)] for name, shares in rows
        ],
        "notes": [
            say(f"coverage.{one}-is", language, having=share.having, all=share.all)
            for one in MEASURES
            if (share := coverage.all.of(one)).all
        ],
    }


def _demand(demand: Demand) -> Json:
    message: Message = demand.message
    return {
        "text": demand.text,
        "title": shown(message.title),
        "lead": list(map(_block, message.lead)),
        "facts": [shown(fact) for fact in message.facts],
        "parts": [
            {"title": f"{part.number}. {shown(part.heading)}", "blocks": list(map(_block, part.blocks))}
            for part in message.parts
        ],
    }


def _block(block: Block) -> Json:
    if isinstance(block, Paragraph):
        return {"kind": "paragraph", "said": shown(block.text)}
    if isinstance(block, Heading):
        return {"kind": "heading", "said": shown(block.text)}
    if isinstance(block, Items | Fold):
        title = shown(block.title) if isinstance(block, Fold) else ""
        return {"kind": "items", "title": title, "items": _items(block.items)}
    return {
        "kind": "table",
        "heads": [shown(one) for one in block.heads],
        "rows": [[shown(cell) for cell in row] for row in block.rows],
    }


def _items(items: Sequence[Item]) -> list[Json]:
    return [{"label": shown(one.label), "said": _said(one.text), "below": _items(one.below)} for one in items]


def _said(said: Text | Address) -> str:
    if not isinstance(said, Address):
        return shown(said)
    return f"{shown(said.stated)} ({shown(said.meant)})" if said.meant else shown(said.stated)
