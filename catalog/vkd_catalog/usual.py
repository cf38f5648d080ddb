"""Product files as the register needs them, read without making trees of what is written as nearly everything is.

A register needs of a file the technical data of its products and what their sentences mean, and not where it stands. So
a line is looked up as it is written, and what it says is kept: what a field means does not hang on its line, nor what a
line says, but for dittos, on its description. What is not usual (escapes, words of several senses, don't-care, names
that may identify a unit, lines that cannot be read) has its whole description parsed and coded. That both ways register
the same is kept by `tests/catalog/test_usual.py`.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from vkd_catalog.coding import Coder
from vkd_catalog.register import Missed, ProductRecord, Registered, SentenceRecord, days_registered, sensitive_by
from vkd_catalog.technical import read_technical_data
from vkd_catalog.vocabulary import Vocabularies
from vkd_grammar.cut import is_header
from vkd_grammar.kinds import Kind, header_type
from vkd_grammar.parser import LONGEST_LINE, Parser
from vkd_grammar.syntax import CHARACTERISTIC, NAME, OBJECT_TYPE, TIME, Description, Entry, Field, Header, Problem
from vkd_grammar.text import BLANKS, content, split_lines
from vkd_grammar.times import END, Mask, Series
from vkd_grammar.words import DITTOS, DONT_CARE, fold

InFull = Callable[[Description, str, int], tuple[Sequence[Registered], Sequence[Missed]]]
"""What is registered, and missed, of a description of a file, which starts in some row of it, from 0."""

_MOST_KEPT = 100_000
"""How many lines, and entries, are kept at most for the next time; of lines as many again that came before."""

_MOST_TERMS = 500_000
"""The same of terms, each of which is asked of the vocabularies: as many as the largest have."""

_Days = tuple[int, int, str]
"""First day, last day and step of a time, as a sentence is registered."""

_NO_MEANING = ""
"""What is said of a field, in place of a code or days, whose sentence is not registered."""

_UNUSUAL = "|"
"""What is said of a field that cannot be read by itself. No code is written so."""


class _Line(NamedTuple):
    """What the fields of a sentence say, each by itself; None is a ditto. `fixed` is said of the characteristic."""

    object_type: str | None
    name: str | None
    characteristic: str | None
    fixed: bool
    time: _Days | str | None


class _Stated(NamedTuple):
    """One entry of technical data: the name of its key, its value, and the codes of what identifies units."""

    key: str
    value: str
    unit_id: tuple[str, ...]


class _Piece:
    """The lines of a description: those from `start` to `end`, exclusive, with its sentences.

    `head` is its header, in the row `header`, empty before a file's first; `below` the technical data in the lines
    below it.
    """

    __slots__ = ("below", "end", "head", "header", "is_usual", "lines", "start")

    def __init__(self, start: int, header: int, head: str) -> None:
        self.start = start
        self.end = start
        self.header = header
        self.head = head
        self.below = ""
        self.lines: list[_Line] = []
        self.is_usual = True


class UsualReader:
    """Reads one product file after the other, the faster the more of what they say was said before.

    Products are coded in the `own` vocabularies of their workspace, by its `coder`; `in_full` codes the descriptions
    that are not usual.
    """

    def __init__(self, coder: Coder, own: Vocabularies, parser: Parser, in_full: InFull) -> None:
        self._coder = coder
        self._own = own
        self._parser = parser
        self._in_full = in_full
        self._numbers: set[str] = set()
        self._lines: dict[str, _Line] = {}
        self._lines_before: dict[str, _Line] = {}
        self._terms: tuple[dict[str, str | None], ...] = ({}, {}, {})
        self._times: dict[str, _Days | str | None] = {}
        self._entries: dict[str, _Stated | None] = {}
        self._kinds: dict[str, Kind | None] = {}
        self._said: dict[str, tuple[str, str]] = {}
        self._alike: dict[tuple[str, str], tuple[str, str]] = {}

    def read(self, text: str, path: str) -> tuple[list[Registered], list[Missed]]:
        """The products that the text of a file describes, as the register keeps them: their complete sentences. Second,
        what of them is not complete, and of descriptions that do not say that they are of a demand, and may be of
        products."""
        products: list[Registered] = []
        missed: list[Missed] = []
        whole: list[str] = []
        for piece in self._pieces(_contents(text)):
            kind, identification, technical = self._header(piece)
            if kind == "demand" or (piece.is_usual and not piece.head and not piece.lines):
                continue
            product = self._product(piece, path, identification, technical) if kind == "product" else None
            if product is None:
                whole = whole or split_lines(text)
                description = self._parser.parse(whole[piece.start : piece.end])
                more, left = self._in_full(description, path, piece.start)
                products += more
                missed += left
                continue
            products.append(product)
            if len(product[1]) < len(piece.lines):
                missed.append(Missed(path, identification, len(piece.lines) - len(product[1]), ""))
        return products, missed

    def _pieces(self, lines: Sequence[str]) -> Iterator[_Piece]:
        """The descriptions, cut as `vkd_grammar.cut` does, with the lines that are usual read."""
        numbers, known = self._numbers, self._lines
        piece = _Piece(0, 0, "")
        comments_from: int | None = None
        for row, text in enumerate(lines):
            # The innermost loop: nearly every line is a sentence that came before.
            number, _, fields = text.partition("/")
            line = known.get(fields) if number in numbers else None
            if line is None:
                said = text.strip(BLANKS)
                if said[:1] == "#":
                    comments_from = row if comments_from is None else comments_from
                    continue
                if is_header(text):
                    piece.end = row if comments_from is None else comments_from
                    yield piece
                    piece = _Piece(piece.end, row, text)
                elif said:
                    line = self._line(text)
                    if line is None and said[0] == ";" and piece.head and not piece.lines:
                        piece.below += said
                        piece.is_usual &= len(text) <= LONGEST_LINE
                    elif line is None:
                        piece.is_usual = False
            if line is not None:
                piece.lines.append(line)
            comments_from = None
        piece.end = len(lines)
        yield piece

    def _header(self, piece: _Piece) -> tuple[Kind | None, str, str]:
        """The kind, identification and technical data of a description; no kind where its header is not usual."""
        number, word, identification, technical = (*piece.head.split("/", 3), "", "", "")[:4]
        if "\\" in piece.head or len(piece.head) > LONGEST_LINE or number.strip(BLANKS) != "0":
            return None, "", ""
        if word not in self._kinds:
            named = header_type(word.strip(BLANKS))
            self._kinds[word] = named.kind if named else None
        return self._kinds[word], identification.strip(BLANKS), technical + piece.below

    def _product(self, piece: _Piece, path: str, identification: str, technical: str) -> Registered | None:
        """What is registered of a product; None where it is not usual."""
        if not piece.is_usual or not identification:
            return None
        values: dict[str, str] = {}
        unit_id: tuple[str, ...] = ()
        for text in technical.split(";"):
            stated = self._entries.get(text) or self._entry(text)
            if stated is None:
                if text.strip(BLANKS):
                    return None
            elif stated.key in values:
                return None
            else:
                values[stated.key] = stated.value
                unit_id = stated.unit_id or unit_id
        sentences = _sentences(piece.lines)
        if sentences is None:
            return None
        sensitive = sensitive_by({self._said[one.characteristic][1] for one in sentences})
        return ProductRecord(identification, path, piece.header, values, unit_id, sensitive), sentences

    def _entry(self, text: str) -> _Stated | None:
        """What an entry of technical data states; None where there is none, or anything is wrong with it."""
        key, _, value = (part.strip(BLANKS) for part in text.partition("="))
        if not key or not value or "\\" in text:
            return None
        entry = Entry(0, Field("word", key, 0, len(key)), Field("word", value, 0, len(value)))
        problems: list[Problem] = []
        technical = read_technical_data(Header(0, (), None, (entry,)), "product", self._own, problems)
        if problems:
            return None
        ((name, said),) = technical.values.items()
        _make_room(self._entries)
        stated = self._entries[text] = _Stated(name, said, technical.unit_id)
        return stated

    def _line(self, text: str) -> _Line | None:
        """What a sentence says that did not come before; None where it is not usual."""
        number, _, fields = text.partition("/")
        had = self._lines_before.get(fields) if number in self._numbers else None
        if had is not None:
            return self._keep(fields, had)
        parts = fields.split("/")
        if len(parts) != 5 or "\\" in fields or len(text) > LONGEST_LINE:
            return None
        digits = number.strip(BLANKS)
        if not (digits.isascii() and digits.isdecimal()):
            return None
        object_type, name, characteristic = (
            self._term(place, part) for place, part in zip((OBJECT_TYPE, NAME, CHARACTERISTIC), parts, strict=False)
        )
        time = self._time(parts[3])
        if _UNUSUAL in (object_type, name, characteristic, time):
            return None
        _make_room(self._numbers)
        self._numbers.add(number)
        fixed = bool(characteristic and self._said[characteristic][0] == "fixed")
        return self._keep(fields, _Line(object_type, name, characteristic, fixed, time))

    def _keep(self, fields: str, line: _Line) -> _Line:
        """Keeps a line for the next time it comes. Those are forgotten that did not come for long: many come once."""
        if len(self._lines) >= _MOST_KEPT:
            self._lines_before = self._lines.copy()
            self._lines.clear()
        self._lines[fields] = line
        return line

    def _term(self, place: int, field: str) -> str | None:
        known = self._terms[place - OBJECT_TYPE]
        text = field.strip(BLANKS)
        if text not in known:
            _make_room(known, _MOST_TERMS)
            known[text] = self._term_of(place, text)
        return known[text]

    def _term_of(self, place: int, text: str) -> str | None:
        """The code that a field means, or `_NO_MEANING` or `_UNUSUAL`; None for a ditto."""
        field = self._field(place, text)
        if field.kind == "ditto":
            return None
        vocabulary = self._own.four[place - OBJECT_TYPE]
        codes = vocabulary.by_word.get(fold(text), ()) if field.kind == "word" else ()
        term = codes[0] if len(codes) == 1 else self._coded(place, field)
        if place != CHARACTERISTIC or term in (_NO_MEANING, _UNUSUAL):
            return term
        if term not in self._said:
            asked = vocabulary.concepts.registered(term)
            if asked is None:
                return _NO_MEANING
            self._said[term] = self._alike.setdefault(asked, asked)
        return term

    def _coded(self, place: int, field: Field) -> str:
        """The code that a field means which is no word of one concept, or `_NO_MEANING` or `_UNUSUAL`."""
        meaning = self._coder.in_product(place, field)
        # A name that no vocabulary has may identify a unit, which its object type decides.
        unsettled = place == NAME and meaning.problem is not None and meaning.problem[0] == "VKD101"
        if field.kind == "dont-care" or meaning.senses or unsettled:
            return _UNUSUAL
        return meaning.term or _NO_MEANING

    def _time(self, field: str) -> _Days | str | None:
        known = self._times
        text = field.strip(BLANKS)
        if text not in known:
            _make_room(known)
            known[text] = self._time_of(text)
        return known[text]

    def _time_of(self, text: str) -> _Days | str | None:
        """The days that a field means, or `_NO_MEANING` or `_UNUSUAL`; None for a ditto."""
        field = self._field(TIME, text)
        if field.kind == "ditto":
            return None
        meaning = self._coder.in_product(TIME, field)
        time = meaning.time
        # A series without a last day ends when its product was updated.
        if field.kind == "dont-care" or meaning.senses or (isinstance(time, Series) and time.end == END):
            return _UNUSUAL
        return _NO_MEANING if time is None or isinstance(time, Mask) else days_registered(time)

    def _field(self, place: int, text: str) -> Field:
        """A field with this text, which holds no backslash, as the parser gives it."""
        if "[" in text:
            around = ["1", "", "", "", "", "."]
            around[place] = text
            return self._parser.parse(("/".join(around),)).sentences[0].fields[place]
        if not text:
            return Field("empty", "", 0, 0)
        if text == DONT_CARE:
            return Field("dont-care", text, 0, 1)
        return Field("ditto" if text in DITTOS else "word", text, 0, len(text))


def _sentences(lines: Sequence[_Line]) -> list[SentenceRecord] | None:
    """The sentences that are registered of some lines; None where the first has a ditto."""
    sentences: list[SentenceRecord] = []
    if not lines:
        return sentences
    a, b, c, f, t = lines[0]
    if a is None or b is None or c is None or t is None:
        return None
    append, new = sentences.append, tuple.__new__
    for number, (object_type, name, characteristic, fixed, time) in enumerate(lines, start=1):
        if object_type is not None:
            a = object_type
        if name is not None:
            b = name
        if characteristic is not None:
            c, f = characteristic, fixed
        if time is not None:
            t = time
        if a and b and c and t:
            append(new(SentenceRecord, (number, a, b, c, *t[:2], f, t[2])))
    return sentences


def _contents(text: str) -> list[str]:
    """The lines of a text without their ends."""
    return [content(line) for line in split_lines(text)] if "\r" in text else text.split("\n")


def _make_room(known: set[str] | dict[str, Any], most: int = _MOST_KEPT) -> None:
    """Forgets all that is kept where that is too much."""
    if len(known) >= most:
        known.clear()
