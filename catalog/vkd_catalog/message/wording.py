"""How a message words things: texts in its language, lists, counts, and what codes and times mean."""

from collections.abc import Iterable, Iterator, Sequence
from typing import overload

from vkd_catalog.coding import ANY, UNIT, Term, senses_of
from vkd_catalog.evaluation.demand import DemandLine
from vkd_catalog.languages import load, say
from vkd_catalog.message.text import Text, filled, joined
from vkd_catalog.register import SentenceRecord
from vkd_catalog.time_words import in_words
from vkd_catalog.vocabulary import Vocabularies, Vocabulary
from vkd_grammar.times import BEGINNING, END, Mask, NotStated, Series, Span, Time
from vkd_grammar.words import fold

_NAMED = 5
"""So many of a kind are named; of more it is said how many there are."""


class Wording:
    """Words in one language, and what codes are called there. `units` are units' own identifications as written."""

    def __init__(self, language: str, vocabularies: Vocabularies, units: Iterable[str] = ()) -> None:
        self._language = language
        self._vocabularies = vocabularies
        self._units = {UNIT + fold(unit): unit for unit in units}

    @overload
    def say(self, key: str, /, **facts: str | int) -> str: ...
    @overload
    def say(self, key: str, /, **facts: Text | int) -> Text: ...
    def say(self, key: str, /, **facts: Text | int) -> Text:
        """A text of the message, named without its family, with its places filled in."""
        if all(isinstance(fact, str | int) for fact in facts.values()):
            return say(f"message.{key}", self._language, **facts)
        return filled(load(self._language).texts[f"message.{key}"], facts)

    @overload
    def count(self, key: str, count: int, **facts: str | int) -> str: ...
    @overload
    def count(self, key: str, count: int, **facts: Text | int) -> Text: ...
    def count(self, key: str, count: int, **facts: Text | int) -> Text:
        """A text about some number of things, in the singular for one."""
        return self.say(f"{key}-{'one' if count == 1 else 'many'}", count=count, **facts)

    @overload
    def all_of(self, words: Sequence[str]) -> str: ...
    @overload
    def all_of(self, words: Sequence[Text]) -> Text: ...
    def all_of(self, words: Sequence[Text]) -> Text:
        """Words as `a, b and c`."""
        *first, last = words
        return joined(f" {self.say('and')} ", (joined(", ", first), last)) if first else last

    @overload
    def few(self, words: Sequence[str]) -> str: ...
    @overload
    def few(self, words: Sequence[Text]) -> Text: ...
    def few(self, words: Sequence[Text]) -> Text:
        """Words as `a, b and c`; of many the first, and how many more there are."""
        if len(words) <= _NAMED + 1:
            return self.all_of(words)
        return self.say("words-and-more", words=joined(", ", words[:_NAMED]), count=len(words) - _NAMED)

    def lines(self, numbers: Sequence[int]) -> str:
        """Lines of the demand, as `lines 1 and 3`."""
        return self.count("lines", len(numbers), lines=self.all_of([str(number) for number in numbers]))

    def stated(self, value: str | None) -> str:
        """A value, or that it is not stated."""
        return value or self.say("not-stated")

    def asked(self, line: DemandLine) -> str:
        """What a line of a demand asks for."""
        return " / ".join(self.fields(line))

    def fields(self, line: DemandLine) -> tuple[str, ...]:
        """What each field of a line of a demand asks for."""
        time = self.say("any-time") if line.time is None else self.time(line.time)
        return (*self._terms(line.object_type, line.name, line.characteristic), time)

    def said_otherwise(self, line: DemandLine, sentence: SentenceRecord, *, timed: bool = True) -> str:
        """The fields of a product's sentence that say something else, or more, than a line asks for; where it is not to
        be `timed`, all but the time."""
        asked, said = self.fields(line), self._said(sentence)
        if not timed:
            asked, said = asked[:-1], said[:-1]
        return " / ".join(word for word, same in zip(said, asked, strict=True) if word != same)

    def stretch(self, sentence: SentenceRecord) -> str:
        """The time a sentence of a product speaks of."""
        return self.time(sentence.time)

    def term(self, vocabulary: Vocabulary, term: Term) -> str:
        """What a code is called; the identification itself where it is a unit's own."""
        if term is None or term == ANY:
            return self.say(f"any-{vocabulary.name.removesuffix('s')}")
        if senses := senses_of(term):
            return self.few([f"{self.term(vocabulary, one)} [{one}]" for one in senses])
        if term.startswith(UNIT):
            return self._units.get(term, term.removeprefix(UNIT))
        concept = vocabulary.coded(term)
        return concept.label(self._language) if concept else term

    def time(self, time: Time) -> str:
        """A time as short as it can be said: a year, a month, a day, or from one of them to another."""
        if isinstance(time, Mask):
            return time.digits
        if isinstance(time, Series | NotStated):
            return in_words(time, self._language)
        start, end, _ = time
        if start == BEGINNING:
            return self.say("always") if end == END else self.say("until", end=_day(end))
        if end == END:
            return self.say("since", start=_day(start))
        if start % 10000 == 101 and end % 10000 == 1231:
            first, last = f"{start // 10000:04d}", f"{end // 10000:04d}"
            return first if first == last else f"{first}–{last}"
        return _day(start) if start == end else _whole_month(time) or f"{_day(start)} – {_day(end)}"

    def _said(self, sentence: SentenceRecord) -> tuple[str, ...]:
        terms = self._terms(sentence.object_type, sentence.name, sentence.characteristic)
        return (*terms, self.stretch(sentence))

    def _terms(self, *terms: Term) -> Iterator[str]:
        return (self.term(vocabulary, term) for vocabulary, term in zip(self._vocabularies.four, terms, strict=False))


def _day(day: int) -> str:
    return f"{day // 10000:04d}-{day // 100 % 100:02d}-{day % 100:02d}"


def _whole_month(time: Span) -> str | None:
    from calendar import monthrange

    year, month = time.start // 10000, time.start // 100 % 100
    if time[:2] == (year * 10000 + month * 100 + 1, year * 10000 + month * 100 + monthrange(year, month)[1]):
        return f"{year:04d}-{month:02d}"
    return None
