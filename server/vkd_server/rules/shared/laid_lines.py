"""Lines of a description in another order, or divided over several descriptions, with numbers, operators and dittos to
match.

Lines are taken out of their description with what their dittos stand for, in the groups that `E` separates (1972 p.14);
callers choose a new order. The new sentences can be coded, and so compared in meaning with the old ones.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from vkd_catalog.coding import Term
from vkd_grammar.sentences import JOINING, groups, operator_of, said_by_each
from vkd_grammar.syntax import NUMBER, OPERATOR, Field, Sentence
from vkd_grammar.text import BLANKS, Position, content
from vkd_server.rules.rule import Context, TextEdit

if TYPE_CHECKING:
    from vkd_catalog.coding import CodedDescription, Coder
    from vkd_grammar.syntax import Description
    from vkd_grammar.times import Time

_NOTHING = Field("empty", "", -1, -1)
"""What a ditto stands for that has no line above it."""


class Line(NamedTuple):
    """A sentence that can be put elsewhere. `said` holds its six fields, with each ditto replaced by the field that it
    repeats."""

    sentence: Sentence
    said: tuple[Field, ...]
    negated: bool


Groups = Sequence[Sequence[Line]]

Meant = tuple[bool, Term, Term, Term, "Time | None", bool]
"""What a line means: whether it is negated, its three codes, its time, and whether that is a don't-care."""


def groups_in(description: Description) -> Groups:
    """The lines by groups. Empty where a line cannot be read, or where its number, an operator or a ditto has no
    meaning."""
    sentences = description.sentences
    for at, sentence in enumerate(sentences, start=1):
        if not sentence.readable or not sentence.fields[NUMBER].text.isdecimal():
            return ()
        operator = sentence.fields[OPERATOR].text
        if operator != "." if at == len(sentences) else operator not in JOINING:
            return ()
    said = list(said_by_each(sentences, lambda _, field: field, _NOTHING))
    if any(_NOTHING in terms or _has_stray_ditto(one) for one, terms in said):
        return ()
    bound = groups(said, lambda one: operator_of(one[0]))
    return [[_line(*one, negated=negated) for one, negated in group] for group in bound]


def _line(sentence: Sentence, terms: tuple[Field, ...], *, negated: bool) -> Line:
    return Line(sentence, (sentence.fields[NUMBER], *terms, sentence.fields[OPERATOR]), negated)


def _has_stray_ditto(sentence: Sentence) -> bool:
    """Whether a line's number or operator is written as a ditto."""
    return "ditto" in (sentence.fields[NUMBER].kind, sentence.fields[OPERATOR].kind)


def laid(groups: Groups, slots: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """The sentences of some groups, one after the other, numbered anew.

    A field that says the same as the one above it becomes a ditto where it was one, or where one stood in the slot: the
    sentence that stood in this place before.
    """
    sentences: list[Sentence] = []
    above: Line | None = None
    for group in groups:
        for at, line in enumerate(group):
            slot = slots[len(sentences)] if len(sentences) < len(slots) else line.sentence
            operator = "N" if at + 1 < len(group) and group[at + 1].negated else "O"
            if at + 1 == len(group):
                operator = "." if group is groups[-1] else "E"
            fields = (
                Field("number", str(len(sentences) + 1), 0, 0),
                *(_field(place, line, above, slot) for place in range(NUMBER + 1, OPERATOR)),
                Field("operator", operator, 0, 0),
            )
            sentences.append(Sentence(line.sentence.row, fields))
            above = line
    return tuple(sentences)


def meaning(coded: Sequence[CodedDescription]) -> list[Counter[Meant]]:
    """The meaning of each group of the descriptions, as counted lines, so that the order of lines does not matter."""
    return [
        Counter(
            (negated, line.object_type, line.name, line.characteristic, line.time, line.timeless)
            for line, negated in group
        )
        for description in coded
        for group in groups(description.sentences, lambda line: line.operator)
    ]


def keeps(coder: Coder, before: CodedDescription, groups: Sequence[Sequence[Sentence]]) -> bool:
    """Whether descriptions of some sentences mean together what one description meant, without further problems."""
    description = before.description._replace(problems=())
    after = [coder.code(description._replace(sentences=tuple(sentences))) for sentences in groups]
    found = Counter(problem.code for one in after for problem in one.problems if problem.code >= "VKD101")
    known = Counter(problem.code for problem in before.problems)
    header = Counter(problem.code for problem in coder.code(description._replace(sentences=())).problems)
    for _ in after[1:]:
        known += header
    return meaning([before]) == meaning(after) and found <= known


def written(sentence: Sentence, before: Sentence, line: str) -> str:
    """The text of a line after its sentence has changed; `before` is the sentence as it was. Columns stay where they
    were."""
    text = content(line)
    for new, old in reversed(list(zip(sentence.fields, before.fields, strict=True))):
        if new.text != old.text:
            end, padded = in_place(text, old, new.text)
            text = text[: old.start] + padded + text[end:]
    return text


def edits_in_place(context: Context, sentences: Sequence[Sentence]) -> Iterator[TextEdit]:
    """An edit for each field of some sentences that differs from the text of the line they were taken from."""
    before = {sentence.row: sentence for sentence in context.coded.description.sentences}
    for sentence in sentences:
        text = content(context.lines[sentence.row])
        for new, old in zip(sentence.fields, before[sentence.row].fields, strict=True):
            if new.text != old.text:
                end, padded = in_place(text, old, new.text)
                yield context.edit(sentence.row, old.start, end, padded)


def without_rows(context: Context, rows: range) -> Iterator[TextEdit]:
    """The edit that removes rows with their line ends; at the end of a text without a line end, with the end of the row
    above."""
    last = context.lines[rows[-1]]
    start, end = Position(context.row + rows.start, 0), Position(context.row + rows.stop, 0)
    if content(last) == last:
        above = len(content(context.lines[rows.start - 1]))
        start, end = Position(start.row - 1, above), Position(end.row - 1, len(last))
    yield TextEdit(context.path, start, end, "")


def in_place(line: str, field: Field, text: str) -> tuple[int, str]:
    """How a text is put in a field's place: the column up to which it replaces, and the text with the blanks behind it.

    Columns stay aligned where there are blanks that can be removed or added.
    """
    rest = line[field.end :]
    blanks = len(rest) - len(rest.lstrip(" "))
    grown = len(text) - (field.end - field.start)
    padding = "" if len(rest) == blanks else " " * max(0, -grown)
    return field.end + max(0, min(grown, blanks - 1)), text + padding


def with_comments(sentence: Sentence, description: Description) -> range:
    """The rows that go with a sentence: its own, and those of the comments directly above it."""
    comments = {comment.row for comment in description.comments}
    first = sentence.row
    while first - 1 in comments:
        first -= 1
    return range(first, sentence.row + 1)


def rows_laid(description: Description, sentences: Sequence[Sentence], lines: Sequence[str]) -> Iterator[str]:
    """The rows from the first sentence's to the last's, without their ends, after all sentences were put in another
    order.

    Comments go with the line below them; blank lines and the like stay between the same places.
    """
    slots = description.sentences
    before = {sentence.row: sentence for sentence in slots}
    row = with_comments(slots[0], description).start
    for slot, sentence in zip(slots, sentences, strict=True):
        own = with_comments(slot, description)
        yield from (content(lines[between]) for between in range(row, own.start))
        *comments, at = with_comments(before[sentence.row], description)
        yield from (content(lines[comment]) for comment in comments)
        yield written(sentence, before[at], lines[at]).rstrip(BLANKS)
        row = own.stop


def _field(place: int, line: Line, above: Line | None, slot: Sentence) -> Field:
    said = line.said[place]
    own, there = line.sentence.fields[place], slot.fields[place]
    if above is None or (above.said[place].kind, above.said[place].text) != (said.kind, said.text):
        return said
    return own if own.kind == "ditto" else there if there.kind == "ditto" else said
