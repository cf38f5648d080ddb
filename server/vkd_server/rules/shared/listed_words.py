"""Several words in one field, as in `Alder, Kjønn`: a line can say only one thing, so each word needs a line of its
own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from vkd_grammar.escapes import unescape
from vkd_grammar.syntax import CHARACTERISTIC, NUMBER, OBJECT_TYPE, OPERATOR, Field, Sentence
from vkd_grammar.text import BLANKS, Position, content
from vkd_server.rules.rule import Context, Fix, TextEdit
from vkd_server.rules.shared.edits import settled
from vkd_server.rules.shared.laid_lines import in_place, written
from vkd_server.rules.shared.wording import all_of

if TYPE_CHECKING:
    from vkd_catalog.vocabulary import Concept, Vocabulary
    from vkd_grammar.syntax import Problem

_SEPARATOR = re.compile(r"\s*[,;+&]\s*|\s+(?:og|och|and)\s+", re.IGNORECASE)
_CODED = re.compile(r"(.*?)\s*\[([^\[\]]*)\]")

_MOST = 5


class Listed(NamedTuple):
    """The words that stand in one field, as each must be written; `fix` gives each of them a line of its own.

    `fix` is None where these lines would mean something else, or where it is not certain what they would mean.
    """

    words: tuple[str, ...]
    fix: Fix | None


def listed_in(vocabulary: Vocabulary, problem: Problem, context: Context) -> Listed | None:
    """The words that a problem's field lists; None where one of its parts is no word of the field's vocabulary."""
    sentences = context.coded.description.sentences
    place = next((place for place, sentence in enumerate(sentences) if sentence.row == problem.row), None)
    parts = _SEPARATOR.split(context.text_of(problem).strip(BLANKS))
    if place is None or not 1 < len(parts) <= _MOST:
        return None
    words = [_word(unescape(part), vocabulary, context) for part in parts]
    if not all(words):
        return None
    return Listed(tuple(words), _lines_of_their_own(place, words, problem, context))


def _word(part: str, vocabulary: Vocabulary, context: Context) -> str:
    """One part of a list as it must be written, corrected where it is misspelt; empty where no word is near."""
    match = _CODED.fullmatch(part)
    coded = vocabulary.coded(match[2].strip()) if match else None
    if coded is not None:
        return part
    named = vocabulary.named(part)
    if len(named) > 1:
        return ""
    near = [] if named or not part else context.suggester(vocabulary.name).near(part)
    meant: list[tuple[str, Concept]] = [(part, concept) for concept in named]
    meant += [(one.word, one.concept) for one in near if not one.part]
    return settled(*meant[0], vocabulary) if meant else ""


def _lines_of_their_own(place: int, words: list[str], problem: Problem, context: Context) -> Fix | None:
    sentences = context.coded.description.sentences
    sentence = sentences[place]
    at = next((at for at, field in enumerate(sentence.fields) if field.start == problem.start), NUMBER)
    if not sentence.readable or not OBJECT_TYPE <= at <= CHARACTERISTIC or not _can_be_joined(place, at, sentences):
        return None
    line = context.lines[problem.row]
    first, *others = words
    operator = sentence.fields[OPERATOR]
    edits = [_in_field(context, sentence, sentence.fields[at], first), _in_field(context, sentence, operator, "O")]
    added = []
    for number, word in enumerate(others, start=place + 2):
        last = number == place + len(words)
        fields = tuple(
            Field("ditto", '"', field.start, field.end) if OBJECT_TYPE <= one < OPERATOR else field
            for one, field in enumerate(sentence.fields)
        )
        texts = {NUMBER: str(number), at: word, OPERATOR: operator.text if last else "O"}
        fields = tuple(field._replace(text=texts.get(one, field.text)) for one, field in enumerate(fields))
        added.append(written(Sentence(sentence.row, fields), sentence, line).rstrip(BLANKS))
    end = line[len(content(line)) :] or "\n"
    behind = Position(context.row + problem.row, len(content(line)))
    edits.append(TextEdit(context.path, behind, behind, "".join(end + text for text in added)))
    for number, below in enumerate(sentences[place + 1 :], start=place + 1 + len(words)):
        if below.fields[NUMBER].text.isdecimal() and below.fields[NUMBER].text != str(number):
            edits.append(_in_field(context, below, below.fields[NUMBER], str(number)))
    title = context.say("edit.lines", words=all_of([context.quoted(word) for word in words], context.language))
    return Fix(title, tuple(edit for edit in edits if edit.start != edit.end or edit.text))


def _can_be_joined(place: int, at: int, sentences: tuple[Sentence, ...]) -> bool:
    """Whether lines joined by `O` mean what the list did: the list is not behind an `N`, which concerns one line, and
    no ditto below repeats it."""
    negated = place > 0 and sentences[place - 1].fields[-1].text == "N"
    below = sentences[place + 1] if place + 1 < len(sentences) else None
    repeated = below is not None and below.readable and below.fields[at].kind == "ditto"
    return not negated and not repeated and sentences[place].fields[OPERATOR].kind == "operator"


def _in_field(context: Context, sentence: Sentence, field: Field, text: str) -> TextEdit:
    end, padded = in_place(content(context.lines[sentence.row]), field, text)
    return context.edit(sentence.row, field.start, end, padded)
