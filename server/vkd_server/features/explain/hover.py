"""Hover: what stands at a place, in words (table of 1972 p.12)."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from vkd_catalog.agreement import denotes
from vkd_catalog.coding import ANY, UNIT, senses_of
from vkd_catalog.languages import counted, counted_at_least, say
from vkd_catalog.message.as_markdown import as_code, escaped
from vkd_catalog.technical import title_in
from vkd_catalog.vocabulary.concept import catalogue_of
from vkd_grammar.sentences import OPERATORS, groups
from vkd_grammar.syntax import CHARACTERISTIC, NAME, NUMBER, OBJECT_TYPE, OPERATOR, TIME, Entry, Field, Sentence
from vkd_grammar.technical import key_named
from vkd_grammar.text import Position
from vkd_server.features.explain.collections import Edition, collection_text, edition_text, editions_of
from vkd_server.features.explain.concept_facts import Facts
from vkd_server.features.explain.documentation import documentation_text
from vkd_server.features.explain.time_words import time_in_words
from vkd_server.features.held import columns_in_words, held_in_short
from vkd_server.features.navigation.documentations import documentation_at
from vkd_server.features.phrases import stated, word_language
from vkd_server.features.snapshot import coded_at

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from vkd_catalog.catalogue import Catalogue
    from vkd_catalog.coding import CodedDescription, CodedSentence
    from vkd_catalog.evaluation import Answer
    from vkd_catalog.register import Register
    from vkd_catalog.vocabulary import Concept, VocabularyName
    from vkd_server.features.snapshot import Piece, Snapshot

_VOCABULARY: dict[int, VocabularyName] = {
    OBJECT_TYPE: "object-types",
    NAME: "names",
    CHARACTERISTIC: "characteristics",
    TIME: "times",
}
_COVERS_SHOWN = 5
_SENSES_SHOWN = 3
_CODES_SHOWN = 20


class Hover(NamedTuple):
    """An explanation as Markdown, and the stretch of text it is about."""

    text: str
    start: Position
    end: Position


_MOST_MAPPED = 12
"""So many of the concepts that one is mapped to are named."""


def hover(
    snapshot: Snapshot,
    position: Position,
    answer: Callable[[Piece], Answer | None],
    register: Register | None = None,
) -> Hover | None:
    """What stands at a place; None where nothing does that could be explained.

    `answer` runs a demand; a `register` knows the editions of collections, and where a concept is used, as far as that
    has been counted.
    """
    piece = snapshot.piece_at(position.row)
    if piece is None:
        return None
    if piece.is_header_at(position.row):
        return _header(snapshot, piece, position, answer, register)
    sentence = piece.sentence_at(position.row)
    place = _field_under(sentence, position.column) if sentence else None
    if sentence is None or place is None:
        return None
    return _hover(_field(snapshot, piece, sentence, place, register), position.row, sentence.fields[place])


def concept_text(catalogue: Catalogue, vocabulary: VocabularyName, code: str, language: str = "") -> str:
    """A concept explained: its word and code, the concepts above it, definition, synonyms and what else its row
    states, as Markdown."""
    words = catalogue.vocabularies.called(vocabulary)
    concept = words.coded(code)
    if concept is None:
        return ""
    said = catalogue.language
    language = language or said
    label = concept.label(language)
    above = [one.label(language) for one in words.above(code)]
    parts = [f"**{escaped(label)}** {as_code(code)}"]
    if origin := catalogue.name_of(catalogue_of(concept.code)):
        parts.append(f"{say('status.catalogue', said)}: {escaped(origin)}")
    if above:
        parts.append(" › ".join(escaped(one) for one in reversed(above)) + f" › {escaped(label)}")
    parts.append(escaped(concept.definition(language)) or f"*{say('editor.not-defined', said)}*")
    others = [word for word in dict.fromkeys(concept.words()) if word != label]
    if others:
        parts.append(f"{say('editor.synonyms', said)}: {', '.join(escaped(word) for word in others[:12])}")
    all_facts = Facts(catalogue.vocabularies, language, said)
    if mapped := all_facts.codes(words.links.beside(concept.code)[:_MOST_MAPPED], words):
        parts.append(f"{say('concept.mapped', said)}: {escaped(mapped)}")
    facts = all_facts.of(concept, words)
    if stated := [f"- {label}: {escaped(text)}" for label, text in facts]:
        parts.append("\n".join(stated))
    return "\n\n".join(parts)


def _field_under(sentence: Sentence, column: int) -> int | None:
    return next((at for at, field in enumerate(sentence.fields) if field.start <= column <= field.end), None)


def _field(snapshot: Snapshot, piece: Piece, sentence: Sentence, place: int, register: Register | None) -> str:
    coded = snapshot.code(piece)
    line = coded_at(coded, sentence)
    if line is None:
        return ""
    if place == OPERATOR:
        return _operator(snapshot, coded, sentence.fields[OPERATOR])
    language = word_language(piece.description, snapshot.catalogue.language)
    denoted = _denoted(snapshot, line, language)
    if place == NUMBER:
        return denoted
    about = _about_field(snapshot, line, place, language)
    if sentence.fields[place].kind == "ditto" and about:
        about = f'`"` {say("editor.stands-for", snapshot.catalogue.language)} {about}'
    used = _used(snapshot, line, place, register) if register and place in (OBJECT_TYPE, NAME, CHARACTERISTIC) else ""
    in_data = _in_data(snapshot, piece, line) if place in (NAME, CHARACTERISTIC) else ""
    below = f"---\n\n{denoted}" if denoted and about else denoted
    return "\n\n".join(part for part in (about, in_data, used, below) if part)


def _in_data(snapshot: Snapshot, piece: Piece, line: CodedSentence) -> str:
    """What stands in the columns of a line, where the description was held to its data."""
    held = snapshot.held(piece.number)
    return (
        "\n".join(f"- {escaped(one)}" for one in columns_in_words(held, line.line, snapshot.catalogue.language))
        if held
        else ""
    )


def _used(snapshot: Snapshot, line: CodedSentence, place: int, register: Register) -> str:
    """How many information sets a concept occurs in, how many beside what the line's other fields hold, and which."""
    vocabularies, said = snapshot.catalogue.vocabularies, snapshot.catalogue.language
    vocabulary = vocabularies.called(_VOCABULARY[place])
    concept = vocabulary.coded((line.object_type, line.name, line.characteristic)[place - OBJECT_TYPE] or "")
    anything = line._replace(object_type=ANY, name=ANY, characteristic=ANY, time=None)
    occurrences = snapshot.lexicon.occurrences
    everywhere = occurrences.beside(register, vocabularies, place, anything)
    here = occurrences.beside(register, vocabularies, place, line)
    if concept is None or everywhere is None or here is None:
        return ""
    every, beside = everywhere.products(concept, vocabulary), here.products(concept, vocabulary)
    count, numbers = len(every.numbers), sorted(beside.numbers)
    if not (count or every.is_all):
        return ""
    text = counted_at_least("editor.used-in", count, said, is_all=every.is_all)
    if count:
        with_the_line = str(len(numbers)) if beside.is_all else f"{len(numbers)}+"
        text += f"; {say('editor.with-the-line', said, count=with_the_line)}"
    # A product that has been edited since goes by another number now.
    there = islice((number for number in numbers if register.sentences(number)), _COVERS_SHOWN)
    names = [escaped(register.product(number).identification) for number in there]
    more = ", …" if len(numbers) > _COVERS_SHOWN or not beside.is_all else ""
    return f"{text}: {', '.join(names)}{more}" if names else text


def _about_field(snapshot: Snapshot, line: CodedSentence, place: int, language: str) -> str:
    said = snapshot.catalogue.language
    if place == TIME:
        if line.timeless:
            return f"**{say('editor.dont-care', said)}**"
        return time_in_words(line.time, said) if line.time is not None else ""
    term = line.terms[place - OBJECT_TYPE]
    if term == ANY:
        return f"**{say('editor.dont-care', said)}**"
    if senses := senses_of(term):
        texts = [
            concept_text(snapshot.catalogue, _VOCABULARY[place], code, language) for code in senses[:_SENSES_SHOWN]
        ]
        more = [f"[{code}]" for code in senses[_SENSES_SHOWN:]]
        return "\n\n---\n\n".join((*texts, *([escaped(_few(more))] if more else [])))
    return concept_text(snapshot.catalogue, _VOCABULARY[place], term, language) if term else ""


def _few(codes: Sequence[str]) -> str:
    """Some codes, of many the first."""
    return ", ".join(codes[:_CODES_SHOWN]) + (", …" if len(codes) > _CODES_SHOWN else "")


def _denoted(snapshot: Snapshot, line: CodedSentence, language: str) -> str:
    """What a whole line speaks of: a characteristic of units or aggregates, at a time."""
    said = snapshot.catalogue.language
    object_type, name, characteristic = snapshot.catalogue.coder.concepts(line)
    meaning = denotes(object_type, name) if object_type else None
    if object_type is None or meaning is None:
        return ""
    named = _name_in_words(line, name, language, said)
    what = f"{escaped(object_type.label(language))}: {say(f'denotes.{meaning}', said, name=named)}"
    if characteristic is None and line.characteristic != ANY:
        return f"{what[:1].upper()}{what[1:]}."
    of = escaped(characteristic.label(language)) if characteristic else say("editor.dont-care", said)
    text = say("editor.characteristic-of", said, characteristic=of, what=what)
    when = time_in_words(line.time, said) if line.time is not None else ""
    return f"{text[:1].upper()}{text[1:]}{', ' if when else ''}{when}."


def _name_in_words(line: CodedSentence, name: Concept | None, language: str, said: str) -> str:
    if name is not None:
        return escaped(name.label(language))
    if line.name and line.name.startswith(UNIT):
        return escaped(line.name.removeprefix(UNIT))
    return say("editor.dont-care", said) if line.name == ANY else "?"


def _operator(snapshot: Snapshot, coded: CodedDescription, field: Field) -> str:
    """What an operator does, and how it and the others part the lines into groups."""
    said = snapshot.catalogue.language
    if field.text not in OPERATORS:
        return ""
    text = say(f"binds.{field.text}", said)
    if coded.kind != "demand":
        return text
    alternatives = (
        " ∧ ".join(f"{'¬' if negated else ''}{line.line}" for line, negated in group)
        for group in groups(coded.sentences, lambda line: line.operator)
    )
    bound = " ∨ ".join(f"({lines})" for lines in alternatives)
    return f"{text}\n\n{say('editor.groups', said)}: {bound}"


def _header(
    snapshot: Snapshot,
    piece: Piece,
    position: Position,
    answer: Callable[[Piece], Answer | None],
    register: Register | None,
) -> Hover | None:
    header = piece.description.header
    if header is None:
        return None
    row = position.row - piece.row
    for entry in header.entries:
        if entry.row == row and (told := _entry(snapshot, piece, entry, position, register)):
            return told
    said = snapshot.catalogue.language
    if documented := documentation_at(snapshot, position):
        return Hover(documentation_text(documented.documentation, said), documented.start, documented.end)
    if row != header.row or header.type is None:
        return None
    kind = say(f"kind.{header.type.kind}", said)
    lines = counted("editor.lines", len(piece.description.sentences), said)
    documentation = "\n".join(escaped(comment.text) for comment in piece.description.documentation)
    called = title_in(snapshot.code(piece).technical.values, said)
    title = f"**{escaped(header.identification)}** · {kind} · {lines}" + (f"\n\n{escaped(called)}" if called else "")
    found = answer(piece) if header.type.kind == "demand" else None
    answered = _in_short(found, said) if found else ""
    editions = _editions(snapshot, piece, register)
    edition = edition_text(snapshot.catalogue, editions, header.identification, said)
    held = snapshot.held(piece.number)
    read = escaped(held_in_short(held, said)) if held else ""
    text = "\n\n".join(part for part in (title, edition, documentation, answered, read) if part)
    return _hover(text, position.row, header.fields[0]._replace(end=header.fields[-1].end))


def _entry(
    snapshot: Snapshot, piece: Piece, entry: Entry, position: Position, register: Register | None
) -> Hover | None:
    """A key of technical data by all its names, or the collection that stands as its value."""
    key = key_named(entry.key.text)
    if key and entry.key.start <= position.column <= entry.key.end:
        text = f"**{key.name}**" + (f" ({', '.join(key.aliases)})" if key.aliases else "")
        return _hover(text, position.row, entry.key)
    value = entry.value if key and key.name == "collection" else None
    if value is None or not value.start <= position.column <= value.end:
        return None
    editions = _editions(snapshot, piece, register)
    return _hover(collection_text(snapshot.catalogue, editions, snapshot.catalogue.language), position.row, value)


def _editions(snapshot: Snapshot, piece: Piece, register: Register | None) -> list[Edition]:
    """The editions of the collection that a product states, the latest first; none where it states none."""
    if register is None or piece.description.kind != "product":
        return []
    return editions_of(stated(piece.description, "collection"), register)


def _hover(text: str, row: int, field: Field) -> Hover | None:
    return Hover(text, Position(row, field.start), Position(row, field.end)) if text else None


def _in_short(answer: Answer, language: str) -> str:
    """A reference message in short: how many answers there are, and the first of them."""
    if answer.status == "invalid":
        return say("editor.invalid", language)
    first = (f"- {escaped(', '.join(cover.members))}" for cover in answer.covers[:_COVERS_SHOWN])
    return "\n".join((f"{counted('editor.answers', len(answer.covers), language)}\n", *first)).strip()
