"""Coding: what each field of a description means in the vocabularies (1972 p.14-16, docs/language.md sections 2-5).

A description goes in as a syntax tree and comes out with a meaning in every field that has one, and with the problems
found on the way (VKD101 to VKD105, VKD201 to VKD203, VKD301, VKD302). Whatever one field holds, the others are coded.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import product
from math import prod
from typing import NamedTuple

from vkd_catalog.agreement import Disagreement, disagreements, has_classification, is_single_unit
from vkd_catalog.problems import AmbiguousWord, UnknownCode, UnknownWord, WordBesideCode, WordElsewhere, WrongTime
from vkd_catalog.technical import TechnicalData, read_technical_data
from vkd_catalog.vocabulary import Concept, Vocabularies, Vocabulary
from vkd_grammar.kinds import Kind
from vkd_grammar.problems import at_field
from vkd_grammar.sentences import groups
from vkd_grammar.syntax import CHARACTERISTIC, NAME, NUMBER, OBJECT_TYPE, TIME, Description, Field, Problem, Sentence
from vkd_grammar.times import END, BadTime, NotStated, Series, Time, outermost, read_time, span
from vkd_grammar.words import fold

ANY = "*"
"""What a don't-care field means: every specification that could have stood there. No code is written so."""

UNIT = "="
"""What the meaning of a unit's own identification starts with, its folded text behind it. No code starts so."""

SEVERAL = "|"
"""What stands before each code of a word that has several senses, in a demand. No code is written so."""

Term = str | None
"""A code, ANY, UNIT with an identification, codes each after SEVERAL, or None where no meaning is known."""

_MOST_SENSES = 1000
"""Of so many ways to read a line it is tried which agree; a line with more is read in all of them."""

_UNIT_IDENTIFICATION = re.compile(r"\w+")
_FIELD_PLACES = {"object-type": OBJECT_TYPE, "name": NAME, "characteristic": CHARACTERISTIC}


def identification_in(term: Term) -> str:
    """The unit's own identification that a name means; empty where it means something else."""
    return term.removeprefix(UNIT) if term and term.startswith(UNIT) else ""


def senses_of(term: Term) -> tuple[str, ...]:
    """The codes that a word of several senses stands for; none where a term is anything else."""
    return tuple(term.split(SEVERAL)[1:]) if term and term.startswith(SEVERAL) else ()


class CodedSentence(NamedTuple):
    """A line with its meaning. `line` is its place among the description's lines, from 1; `time` is None for don't-care
    as well as for a time that is not known, which `timeless` tells apart."""

    line: int
    sentence: Sentence
    object_type: Term
    name: Term
    characteristic: Term
    time: Time | None
    timeless: bool
    operator: str

    @property
    def complete(self) -> bool:
        """Whether every field has a meaning, so that the line can be registered or answered."""
        return (
            self.object_type is not None
            and self.name is not None
            and self.characteristic is not None
            and (self.time is not None or self.timeless)
        )


class CodedDescription(NamedTuple):
    """A description with its meaning: the lines that could be read, the technical data, and all that is wrong."""

    description: Description
    identification: str
    technical: TechnicalData
    sentences: tuple[CodedSentence, ...]
    problems: tuple[Problem, ...]

    @property
    def kind(self) -> Kind | None:
        """Product or demand; None where the header does not say."""
        return self.description.kind


class _Meaning(NamedTuple):
    """What one field means, and why it has no meaning or a doubtful one."""

    term: Term
    time: Time | None
    problem: tuple[str, tuple[object, ...]] | None


_NOTHING = _Meaning(None, None, None)
_ANYTHING = _Meaning(ANY, None, None)


def _senses(meaning: _Meaning) -> tuple[str, ...]:
    """The codes of a word that names several concepts; none where it does not."""
    if meaning.problem is None:
        return ()
    facts = meaning.problem[1]
    return facts.codes if isinstance(facts, AmbiguousWord) else ()


class Coder:
    """Codes descriptions against one set of vocabularies; a field is looked up once for each way it is written."""

    def __init__(self, vocabularies: Vocabularies) -> None:
        self._vocabularies = vocabularies
        self._four: tuple[Vocabulary, ...] = vocabularies.four
        self._meanings: tuple[dict[tuple[str, str], _Meaning], ...] = ({}, {}, {}, {}, {})
        self._unread = vocabularies.unread()
        self._together: dict[tuple[object, ...], tuple[tuple[_Meaning, ...], tuple[_Meaning, ...]]] = {}
        self._agreements: dict[tuple[Term, Term, Term, bool], tuple[Disagreement, ...]] = {}

    def code(self, description: Description) -> CodedDescription:
        """The description with its meaning; never fails."""
        problems = list(description.problems)
        header = description.header
        technical = read_technical_data(header, description.kind, self._vocabularies, problems)
        sentences = self._sentences(description, technical.updated, problems)
        self._check_agreement(sentences, problems)
        if self._unread:
            problems = list(self._behind_their_cause(problems))
        return CodedDescription(
            description, header.identification if header else "", technical, tuple(sentences), tuple(problems)
        )

    def _sentences(self, description: Description, updated: int | None, problems: list[Problem]) -> list[CodedSentence]:
        coded: list[CodedSentence] = []
        kind = description.kind
        above: tuple[_Meaning, ...] = (_NOTHING,) * 5
        for line, sentence in enumerate(description.sentences, start=1):
            if not sentence.readable:
                above = (_NOTHING,) * 5
                continue
            meanings = tuple(
                above[place] if field.kind == "ditto" else self._stated(place, field, kind, updated)
                for place, field in enumerate(sentence.fields[:5])
            )
            meanings = self._with_unit_identification(meanings, sentence)
            # A ditto has all the senses of the line above, each line by itself.
            above = meanings
            if any(map(_senses, meanings)):
                meanings = self._read_together(meanings, kind)
            for place in (OBJECT_TYPE, NAME, CHARACTERISTIC, TIME):
                problem = meanings[place].problem
                if problem is not None and sentence.fields[place].kind != "ditto":
                    problems.append(at_field(sentence.row, sentence.fields[place], *problem))
            coded.append(
                CodedSentence(
                    line,
                    sentence,
                    meanings[OBJECT_TYPE].term,
                    meanings[NAME].term,
                    meanings[CHARACTERISTIC].term,
                    meanings[TIME].time,
                    meanings[TIME].term == ANY,
                    sentence.fields[5].text,
                )
            )
        return coded

    def _read_together(self, meanings: tuple[_Meaning, ...], kind: Kind | None) -> tuple[_Meaning, ...]:
        """The fields of a line with the senses that stay, found once for lines written alike."""
        key = (*map(id, meanings), kind)
        known = self._together.get(key)
        if known is None:
            # What was read is kept too, so that no other can come to have its identity.
            known = self._together[key] = meanings, self._narrowed(meanings, kind)
        return known[1]

    def _narrowed(self, meanings: tuple[_Meaning, ...], kind: Kind | None) -> tuple[_Meaning, ...]:
        """The fields of a line with the senses that agree with some sense of each other; where none do, with all.

        One that is left is the meaning. Several are an error in a product; in a demand the field stands for each.
        """
        read = [_senses(meanings[place]) or (meanings[place].term,) for place in (OBJECT_TYPE, NAME, CHARACTERISTIC)]
        agreeing = []
        if prod(map(len, read)) <= _MOST_SENSES:
            agreeing = [way for way in product(*read) if self._agrees(way[0], way[1], way[2], meanings[TIME].time)]
        narrowed = list(meanings)
        for place, term in enumerate((OBJECT_TYPE, NAME, CHARACTERISTIC)):
            _, facts = meanings[term].problem or ("", ())
            if not isinstance(facts, AmbiguousWord):
                continue
            left = tuple(dict.fromkeys(code for way in agreeing if (code := way[place]))) or facts.codes
            if len(left) == 1:
                narrowed[term] = _Meaning(left[0], None, None)
                continue
            meant = "".join(f"{SEVERAL}{one}" for one in left) if kind == "demand" else None
            narrowed[term] = _Meaning(meant, None, ("VKD103", facts._replace(codes=left)))
        return tuple(narrowed)

    def _agrees(self, object_type: Term, name: Term, characteristic: Term, time: Time | None) -> bool:
        """Whether three terms go together, and the name is valid at the time; what is not known agrees."""
        concepts = (
            self._vocabularies.object_types.coded(object_type or ""),
            self._vocabularies.names.coded(name or ""),
            self._vocabularies.characteristics.coded(characteristic or ""),
        )
        identification = identification_in(name)
        found = disagreements(*concepts, beside_classification=True, identification=identification)
        if any(one.code != "VKD202" for one in found):
            return False
        if concepts[1] is None or time is None:
            return True
        start, end = outermost(time)
        return concepts[1].valid[0] <= end and start <= concepts[1].valid[1]

    def _stated(self, place: int, field: Field, kind: Kind | None, updated: int | None) -> _Meaning:
        """What a field means in a description of a kind: not every time may be asked for, nor end where it is open.

        A product's series without a last day runs to the day on which the product was updated.
        """
        meaning = self._meaning(place, field)
        time = meaning.time
        if kind == "demand" and isinstance(time, NotStated):
            return _Meaning(None, None, ("VKD301", WrongTime("not-stated", field.text)))
        if isinstance(time, Series) and time.is_open:
            if kind == "demand":
                return _Meaning(None, None, ("VKD301", WrongTime("open", field.text)))
            if time.end == END and updated is not None:
                return meaning._replace(time=time._replace(end=updated))
        return meaning

    def _meaning(self, place: int, field: Field) -> _Meaning:
        if place == NUMBER or field.kind == "empty":
            return _NOTHING
        if field.kind == "dont-care":
            return _ANYTHING
        known = self._meanings[place]
        key = (field.kind, field.text)
        meaning = known.get(key)
        if meaning is None:
            meaning = known[key] = self._time(field) if place == TIME else self._concept(place - 1, field)
        return meaning

    def _time(self, field: Field) -> _Meaning:
        if field.kind in ("code", "coded-word"):
            return self._dated(self._concept(3, field))
        time = read_time(field.text)
        if isinstance(time, Series) and not time.is_open and not time.count():
            return _Meaning(None, None, ("VKD301", WrongTime("no-period", field.text)))
        if isinstance(time, Time):
            return _Meaning(None, time, None)
        meaning = self._dated(self._concept(3, field))
        if meaning.time is not None or not isinstance(time, BadTime):
            empty = not self._vocabularies.times.concepts and "times" not in self._unread
            if empty and meaning.problem and meaning.problem[0] == "VKD101":
                return _Meaning(None, None, ("VKD301", WrongTime("shape", field.text)))
            return meaning
        code = "VKD302" if time.reason == "order" else "VKD301"
        return _Meaning(None, None, (code, WrongTime(time.reason, field.text)))

    def _dated(self, meaning: _Meaning) -> _Meaning:
        concept = self._vocabularies.times.coded(meaning.term) if meaning.term else None
        return meaning._replace(time=span(*concept.valid)) if concept else meaning

    def _concept(self, index: int, field: Field) -> _Meaning:
        vocabulary = self._four[index]
        if field.kind == "code":
            return self._by_code(vocabulary, field.code)
        named = vocabulary.named(field.word)
        if field.kind == "coded-word":
            return self._by_word_and_code(vocabulary, field, named)
        if len(named) == 1:
            return _Meaning(named[0].code, None, None)
        if named:
            codes = tuple(concept.code for concept in named)
            return _Meaning(None, None, ("VKD103", AmbiguousWord(field.word, vocabulary.name, codes)))
        elsewhere = tuple(other.name for other in self._four if other is not vocabulary and other.named(field.word))
        if elsewhere:
            return _Meaning(None, None, ("VKD102", WordElsewhere(field.word, vocabulary.name, elsewhere)))
        return _Meaning(None, None, ("VKD101", UnknownWord(field.word, vocabulary.name)))

    def _by_code(self, vocabulary: Vocabulary, code: str) -> _Meaning:
        concept = vocabulary.coded(code)
        if concept:
            return _Meaning(concept.code, None, None)
        return _Meaning(None, None, ("VKD104", UnknownCode(code, vocabulary.name)))

    def _by_word_and_code(self, vocabulary: Vocabulary, field: Field, named: Sequence[Concept]) -> _Meaning:
        meaning = self._by_code(vocabulary, field.code)
        if meaning.term is None or any(concept.code == meaning.term for concept in named):
            return meaning
        # The code settles what is meant; the word beside it does not name that concept.
        codes = tuple(concept.code for concept in named)
        facts = WordBesideCode(field.word, field.code, vocabulary.name, codes)
        return _Meaning(meaning.term, None, ("VKD105", facts))

    def _with_unit_identification(self, meanings: tuple[_Meaning, ...], sentence: Sentence) -> tuple[_Meaning, ...]:
        """A name in no vocabulary, of an individual singular, identifies a unit (docs/language.md section 5)."""
        name, field = meanings[NAME], sentence.fields[NAME]
        if name.problem is None or name.problem[0] != "VKD101" or field.kind == "ditto":
            return meanings
        term = meanings[OBJECT_TYPE].term
        object_type = self._vocabularies.object_types.coded(term) if term else None
        if not is_single_unit(object_type):
            return meanings
        if not _UNIT_IDENTIFICATION.fullmatch(field.word):
            return meanings
        own = _Meaning(UNIT + fold(field.word), None, None)
        return (*meanings[:NAME], own, *meanings[NAME + 1 :])

    def _behind_their_cause(self, problems: Sequence[Problem]) -> Iterator[Problem]:
        """The problems, of those that may only follow from a vocabulary that could not be read the first of each."""
        told: set[str] = set()
        for problem in problems:
            facts = problem.facts
            if not isinstance(facts, UnknownWord | WordElsewhere | UnknownCode):
                yield problem
                continue
            file = self._unread.get(facts.vocabulary)
            if file is None:
                yield problem
            elif facts.vocabulary not in told:
                told.add(facts.vocabulary)
                word = facts.code if isinstance(facts, UnknownCode) else facts.word
                cause = UnknownWord(word, facts.vocabulary, file.path, file.problems[0].row)
                yield problem._replace(code="VKD101", facts=cause)

    def _check_agreement(self, sentences: Sequence[CodedSentence], problems: list[Problem]) -> None:
        for group in groups(sentences, lambda sentence: sentence.operator):
            self._check_group([sentence for sentence, _ in group], problems)

    def _check_group(self, sentences: Sequence[CodedSentence], problems: list[Problem]) -> None:
        """What stands in one group states no population of another: they are alternatives."""
        beside = has_classification((*self.concepts(sentence)[:2], sentence.name == ANY) for sentence in sentences)
        for sentence in sentences:
            key = (sentence.object_type, sentence.name, sentence.characteristic, beside)
            found = self._agreements.get(key)
            if found is None:
                found = self._agreements[key] = disagreements(
                    *self.concepts(sentence),
                    beside_classification=beside,
                    identification=identification_in(sentence.name),
                )
            for one in found:
                field = sentence.sentence.fields[_FIELD_PLACES[one.field]]
                problems.append(at_field(sentence.sentence.row, field, one.code, one.facts))

    def concepts(self, sentence: CodedSentence) -> tuple[Concept | None, Concept | None, Concept | None]:
        """The concepts of a line's object type, name and characteristic; None for what names no concept."""
        return (
            self._vocabularies.object_types.coded(sentence.object_type or ""),
            self._vocabularies.names.coded(sentence.name or ""),
            self._vocabularies.characteristics.coded(sentence.characteristic or ""),
        )
