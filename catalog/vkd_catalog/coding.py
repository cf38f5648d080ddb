"""Coding: what each field of a description means in the vocabularies (1972 p.14-16, docs/language.md sections 2-5).

A description goes in as a syntax tree and comes out with a meaning in every field that has one, and with the problems
found on the way (VKD101 to VKD105, VKD201 to VKD203, VKD301, VKD302). Whatever one field holds, the others are coded.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, product
from math import prod
from typing import NamedTuple

from vkd_catalog.agreement import Disagreement, disagreements, divides, is_single_unit, stand_together
from vkd_catalog.problems import AmbiguousWord, UnknownCode, UnknownWord, WordBesideCode, WordElsewhere, WrongTime
from vkd_catalog.technical import TechnicalData, read_technical_data
from vkd_catalog.vocabulary import Concept, Vocabularies, Vocabulary
from vkd_grammar.kinds import Kind
from vkd_grammar.problems import at_field
from vkd_grammar.sentences import groups
from vkd_grammar.syntax import CHARACTERISTIC, NAME, NUMBER, OBJECT_TYPE, TIME, Description, Field, Problem, Sentence
from vkd_grammar.times import END, BadTime, NotStated, Series, Time, read_time, span
from vkd_grammar.words import fold

ANY = "*"
"""What a don't-care field means: every specification that could have stood there. No code is written so."""

UNIT = "="
"""What the meaning of a unit's own identification starts with, its folded text behind it. No code starts so."""

SEVERAL = "|"
"""What stands before each code of a word that has several senses, in a demand. No code is written so."""

Term = str | None
"""A code, ANY, UNIT with an identification, codes each after SEVERAL, or None where no meaning is known."""

_TERMS = (OBJECT_TYPE, NAME, CHARACTERISTIC)
"""The fields that agree with each other."""

_MOST_WAYS = 1000
"""Of so many ways to read a line it is tried which agree; a line with more is read in all of them."""

_UNIT_IDENTIFICATION = re.compile(r"\w+")
_FIELD_PLACES = {"object-type": OBJECT_TYPE, "name": NAME, "characteristic": CHARACTERISTIC}


def identification_in(term: Term) -> str:
    """The unit's own identification that a name means; empty where it means something else."""
    return term.removeprefix(UNIT) if term and term.startswith(UNIT) else ""


def senses_of(term: Term) -> tuple[str, ...]:
    """The codes that a word of several senses stands for; none where a term is anything else."""
    return tuple(term.split(SEVERAL)[1:]) if term and term.startswith(SEVERAL) else ()


def _each(term: Term) -> tuple[Term, ...]:
    """The codes of a word of several senses, else the term itself."""
    return senses_of(term) or (term,)


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
    def terms(self) -> tuple[Term, Term, Term]:
        """What its object type, name and characteristic mean."""
        return self.object_type, self.name, self.characteristic

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


class Meaning(NamedTuple):
    """The meaning of one field, and the problem why it has none or is doubtful."""

    term: Term
    time: Time | None
    problem: tuple[str, tuple[object, ...]] | None

    @property
    def senses(self) -> tuple[str, ...]:
        """The codes of a word that names several concepts; none where it does not."""
        facts = self.problem[1] if self.problem else None
        return facts.codes if isinstance(facts, AmbiguousWord) else ()


_NOTHING = Meaning(None, None, None)
_ANYTHING = Meaning(ANY, None, None)


class _Line(NamedTuple):
    """A readable line and the meanings that each of its fields may have; `number` is its place among the lines,
    from 1."""

    number: int
    sentence: Sentence
    meanings: tuple[Meaning, ...]


def _codes(meaning: Meaning) -> tuple[Term, ...]:
    """The codes of a word that names several concepts, else the one term that a field means."""
    return meaning.senses or (meaning.term,)


def _problems_of(sentence: Sentence, meanings: Sequence[Meaning]) -> Iterator[Problem]:
    """The problems of a line's fields; a ditto does not repeat those of the field it stands for."""
    for place in (*_TERMS, TIME):
        problem = meanings[place].problem
        if problem is not None and sentence.fields[place].kind != "ditto":
            yield at_field(sentence.row, sentence.fields[place], *problem)


def _coded(line: _Line, meanings: Sequence[Meaning]) -> CodedSentence:
    return CodedSentence(
        line.number,
        line.sentence,
        meanings[OBJECT_TYPE].term,
        meanings[NAME].term,
        meanings[CHARACTERISTIC].term,
        meanings[TIME].time,
        meanings[TIME].term == ANY,
        line.sentence.fields[5].text,
    )


def _as_stated(meaning: Meaning, field: Field, kind: Kind | None, updated: int | None) -> Meaning:
    """The meaning of a time in a kind of description, which may not allow every time.

    A product's series without a last day runs to the day on which the product was updated.
    """
    time = meaning.time
    if kind == "demand" and isinstance(time, NotStated):
        return Meaning(None, None, ("VKD301", WrongTime("not-stated", field.text)))
    if kind == "demand" and isinstance(time, Series) and time.is_open:
        return Meaning(None, None, ("VKD301", WrongTime("open", field.text)))
    if isinstance(time, Series) and time.end == END and updated is not None:
        return meaning._replace(time=time._replace(end=updated))
    return meaning


class Coder:
    """Codes descriptions against vocabularies; a field is looked up once for each way it is written.

    A demand may ask for what any catalogue has. What is no demand means what the workspace's `own` vocabularies say,
    alone, so that no other catalogue can change it; without any these are the same.
    """

    def __init__(self, vocabularies: Vocabularies, own: Vocabularies | None = None) -> None:
        self._of_all = _Coder(vocabularies)
        self._own = self._of_all if own is None or own is vocabularies else _Coder(own)

    def code(self, description: Description) -> CodedDescription:
        """The description with its meaning; never fails."""
        return (self._of_all if description.kind == "demand" else self._own).code(description)

    def in_product(self, place: int, field: Field) -> Meaning:
        """What a field of a product means by itself, whatever stands beside it; a ditto means nothing."""
        return self._own.meaning(place, field)

    def concepts(self, sentence: CodedSentence) -> tuple[Concept | None, Concept | None, Concept | None]:
        """The concepts of a line's object type, name and characteristic; None for what names no concept."""
        return self._of_all.concepts(sentence)


class _Coder:
    """Codes descriptions against one set of vocabularies."""

    def __init__(self, vocabularies: Vocabularies) -> None:
        self._vocabularies = vocabularies
        self._four: tuple[Vocabulary, ...] = vocabularies.four
        self._meanings: tuple[dict[tuple[str, str], Meaning], ...] = ({}, {}, {}, {}, {})
        self._unread = vocabularies.unread()
        self._together: dict[tuple[object, ...], tuple[tuple[Meaning, ...], tuple[Meaning, ...]]] = {}
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

    def meaning(self, place: int, field: Field) -> Meaning:
        """What a field means by itself; a ditto means nothing."""
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

    def _sentences(self, description: Description, updated: int | None, problems: list[Problem]) -> list[CodedSentence]:
        coded: list[CodedSentence] = []
        read = self._read(description, updated)
        for group in groups(read, lambda line: line.sentence.fields[5].text):
            lines = [line for line, _ in group]
            is_doubtful = any(meaning.senses for line in lines for meaning in line.meanings)
            classifying = [line for line in lines if self._may_classify(line)] if is_doubtful else []
            for line in lines:
                meanings = line.meanings
                if any(meaning.senses for meaning in meanings):
                    beside = any(other is not line for other in classifying[:2])
                    meanings = self._read_together(meanings, description.kind, beside)
                problems += _problems_of(line.sentence, meanings)
                coded.append(_coded(line, meanings))
        return coded

    def _read(self, description: Description, updated: int | None) -> Iterator[_Line]:
        """The lines that can be read, with all that each field may mean.

        A ditto has all the senses of the line above, each line by itself.
        """
        above: tuple[Meaning, ...] = (_NOTHING,) * 5
        for number, sentence in enumerate(description.sentences, start=1):
            if not sentence.readable:
                above = (_NOTHING,) * 5
                continue
            meanings = tuple(
                above[place] if field.kind == "ditto" else self.meaning(place, field)
                for place, field in enumerate(sentence.fields[:5])
            )
            if isinstance(meanings[TIME].time, Series | NotStated):
                time = _as_stated(meanings[TIME], sentence.fields[TIME], description.kind, updated)
                meanings = (*meanings[:TIME], time, *meanings[TIME + 1 :])
            above = self._with_unit_identification(meanings, sentence)
            yield _Line(number, sentence, above)

    def _may_classify(self, line: _Line) -> bool:
        """Whether some sense of a line's words is aggregates by a classification, so that a register beside it is a
        population."""
        return self._divides(*(_codes(line.meanings[place]) for place in _TERMS))

    def _divides(self, *senses: Sequence[Term]) -> bool:
        """Whether a line, read in some way, is aggregates by a classification; a don't-care and an unknown word may be
        one."""
        ways = (
            [terms[0] for terms in way]
            for way in product(*(self._alike(place, terms) for place, terms in zip(_TERMS, senses, strict=True)))
        )
        return any(divides(*self._concepts(*way), is_any_name=way[1] in (ANY, None)) for way in ways)

    def _read_together(self, meanings: tuple[Meaning, ...], kind: Kind | None, beside: bool) -> tuple[Meaning, ...]:
        """The fields of a line with the senses that stay, found once for lines written alike."""
        key = (*map(id, meanings), kind, beside)
        known = self._together.get(key)
        if known is None:
            # What was read is kept too, so that no other can come to have its identity.
            known = self._together[key] = meanings, self._narrowed(meanings, kind, beside)
        return known[1]

    def _narrowed(self, meanings: tuple[Meaning, ...], kind: Kind | None, beside: bool) -> tuple[Meaning, ...]:
        """The fields of a line with only those senses that agree with some sense of each other field and, for names,
        are valid at the line's time; a field keeps all where none do.

        One sense that is left is the meaning. Several are an error in a product; in a demand the field stands for each
        of them.
        """
        agreeing = self._agreeing(meanings, beside)
        agreeing[NAME] = {code for code in agreeing[NAME] if self._is_valid(code, meanings[TIME].time)}
        narrowed = list(meanings)
        for place, staying in agreeing.items():
            _, facts = meanings[place].problem or ("", ())
            if not isinstance(facts, AmbiguousWord):
                continue
            left = self._four[place - OBJECT_TYPE].distinct(
                tuple(code for code in facts.codes if code in staying) or facts.codes
            )
            if len(left) == 1:
                narrowed[place] = Meaning(left[0], None, None)
                continue
            meant = "".join(f"{SEVERAL}{one}" for one in left) if kind == "demand" else None
            narrowed[place] = Meaning(meant, None, ("VKD103", facts._replace(codes=left)))
        return tuple(narrowed)

    def _agreeing(self, meanings: tuple[Meaning, ...], beside: bool) -> dict[int, set[Term]]:
        """The senses of each field that agree with some sense of each other field; none where there are too many to
        try. What only the exceptions allow counts where nothing agrees by the table itself.

        One word may name thousands of classes: those that agree with the same senses are tried once.
        """
        found: dict[int, set[Term]] = {place: set() for place in _TERMS}
        alike = [self._alike(place, _codes(meanings[place])) for place in _TERMS]
        if prod(map(len, alike)) > _MOST_WAYS:
            return found
        by_table: list[tuple[list[Term], ...]] = []
        by_exception: list[tuple[list[Term], ...]] = []
        for way in product(*alike):
            object_type, name, characteristic = (terms[0] for terms in way)
            if self._agrees(object_type, name, characteristic, beside=False, hinted=False):
                by_table.append(way)
            elif self._agrees(object_type, name, characteristic, beside=beside, hinted=True):
                by_exception.append(way)
        for way in by_table or by_exception:
            for place, terms in zip(_TERMS, way, strict=True):
                found[place].update(terms)
        return found

    def _alike(self, place: int, terms: Iterable[Term]) -> list[list[Term]]:
        """The terms of one field in groups that agree with the same terms of the other fields."""
        alike: dict[object, list[Term]] = {}
        for term in terms:
            concept = self._four[place - OBJECT_TYPE].coded(term or "")
            by = term if concept is None or place == OBJECT_TYPE else (concept.kind, concept.object_types)
            alike.setdefault(by, []).append(term)
        return list(alike.values())

    def _agrees(self, object_type: Term, name: Term, characteristic: Term, *, beside: bool, hinted: bool) -> bool:
        """Whether three terms go together; what is not known agrees with everything. Two exceptions may count: a
        register that a classification stands `beside`, and what is `hinted` at (VKD202)."""
        concepts = self._concepts(object_type, name, characteristic)
        found = disagreements(
            *concepts,
            beside_classification=beside,
            identification=identification_in(name),
            object_types=self._vocabularies.object_types,
        )
        agrees = all(hinted and one.code == "VKD202" for one in found)
        return agrees and stand_together(concepts[1], concepts[2])

    def _is_valid(self, name: Term, time: Time | None) -> bool:
        concept = self._vocabularies.names.coded(name or "")
        return concept is None or concept.is_valid_at(time)

    def _time(self, field: Field) -> Meaning:
        if field.kind in ("code", "coded-word"):
            return self._dated(self._concept(3, field))
        time = read_time(field.text)
        if isinstance(time, Series) and not time.is_open and not time.count():
            return Meaning(None, None, ("VKD301", WrongTime("no-period", field.text)))
        if isinstance(time, Time):
            return Meaning(None, time, None)
        meaning = self._dated(self._concept(3, field))
        if meaning.time is not None or not isinstance(time, BadTime):
            empty = not self._vocabularies.times.concepts and "times" not in self._unread
            if empty and meaning.problem and meaning.problem[0] == "VKD101":
                return Meaning(None, None, ("VKD301", WrongTime("shape", field.text)))
            return meaning
        code = "VKD302" if time.reason == "order" else "VKD301"
        return Meaning(None, None, (code, WrongTime(time.reason, field.text)))

    def _dated(self, meaning: Meaning) -> Meaning:
        concept = self._vocabularies.times.coded(meaning.term) if meaning.term else None
        return meaning._replace(time=span(*concept.valid)) if concept else meaning

    def _concept(self, index: int, field: Field) -> Meaning:
        vocabulary = self._four[index]
        if field.kind == "code":
            return self._by_code(vocabulary, field.code)
        named = vocabulary.named(field.word)
        if field.kind == "coded-word":
            return self._by_word_and_code(vocabulary, field, named)
        if len(named) == 1:
            return Meaning(named[0].code, None, None)
        if named:
            codes = tuple(concept.code for concept in named)
            return Meaning(None, None, ("VKD103", AmbiguousWord(field.word, vocabulary.name, codes)))
        elsewhere = tuple(other.name for other in self._four if other is not vocabulary and other.named(field.word))
        if elsewhere:
            return Meaning(None, None, ("VKD102", WordElsewhere(field.word, vocabulary.name, elsewhere)))
        return Meaning(None, None, ("VKD101", UnknownWord(field.word, vocabulary.name)))

    def _by_code(self, vocabulary: Vocabulary, code: str) -> Meaning:
        concept = vocabulary.coded(code)
        if concept:
            return Meaning(concept.code, None, None)
        return Meaning(None, None, ("VKD104", UnknownCode(code, vocabulary.name)))

    def _by_word_and_code(self, vocabulary: Vocabulary, field: Field, named: Sequence[Concept]) -> Meaning:
        meaning = self._by_code(vocabulary, field.code)
        if meaning.term is None or any(concept.code == meaning.term for concept in named):
            return meaning
        # The code settles what is meant; the word beside it does not name that concept.
        codes = tuple(concept.code for concept in named)
        facts = WordBesideCode(field.word, field.code, vocabulary.name, codes)
        return Meaning(meaning.term, None, ("VKD105", facts))

    def _with_unit_identification(self, meanings: tuple[Meaning, ...], sentence: Sentence) -> tuple[Meaning, ...]:
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
        own = Meaning(UNIT + fold(field.word), None, None)
        return (*meanings[:NAME], own, *meanings[NAME + 1 :])

    def _behind_their_cause(self, problems: Sequence[Problem]) -> Iterator[Problem]:
        """The problems without those that follow from a vocabulary that could not be read, but for the first of each
        vocabulary."""
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
        """Appends the problems of the lines of one group: an aggregate's population can only be stated in its own
        group."""
        said = {
            # What a characteristic is matters only where the object type does not say it.
            (one.object_type, one.name, one.characteristic if one.object_type in (ANY, None) else ANY)
            for one in sentences
        }
        beside = any(self._divides(*map(_each, terms)) for terms in said)
        for sentence in sentences:
            key = (sentence.object_type, sentence.name, sentence.characteristic, beside)
            found = self._agreements.get(key)
            if found is None:
                found = self._agreements[key] = self._disagreements(sentence, beside)
            for one in found:
                field = sentence.sentence.fields[_FIELD_PLACES[one.field]]
                problems.append(at_field(sentence.sentence.row, field, one.code, one.facts))

    def _disagreements(self, sentence: CodedSentence, beside: bool) -> tuple[Disagreement, ...]:
        """What is wrong with the fields of a line together; of words with several senses with those that agree best."""
        alike = [self._alike(place, _each(term)) for place, term in zip(_TERMS, sentence.terms, strict=True)]
        ways = islice(product(*alike), _MOST_WAYS)
        found = (
            disagreements(
                *self._concepts(object_type[0], name[0], characteristic[0]),
                beside_classification=beside,
                identification=identification_in(name[0]),
                object_types=self._vocabularies.object_types,
            )
            for object_type, name, characteristic in ways
        )
        return min(found, key=lambda each: sum(one.code != "VKD202" for one in each))

    def concepts(self, sentence: CodedSentence) -> tuple[Concept | None, Concept | None, Concept | None]:
        """The concepts of a line's object type, name and characteristic; None for what names no concept."""
        return self._concepts(*sentence.terms)

    def _concepts(
        self, object_type: Term, name: Term, characteristic: Term
    ) -> tuple[Concept | None, Concept | None, Concept | None]:
        return (
            self._vocabularies.object_types.coded(object_type or ""),
            self._vocabularies.names.coded(name or ""),
            self._vocabularies.characteristics.coded(characteristic or ""),
        )
