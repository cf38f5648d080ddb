"""Single edits of a demand without covers that would give it some (docs/language.md section 6).

Each can be made in the text as it stands: it is made in the syntax tree, and what comes of it is read as any demand
is. So a field that dittos repeat is one field, the senses of a word are chosen anew, and what is left must be without
errors.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from vkd_catalog.coding import ANY, UNIT, CodedDescription, CodedSentence, Coder, senses_of
from vkd_catalog.evaluation.answer import Relaxation
from vkd_catalog.evaluation.demand import DemandLine, Group, groups_of
from vkd_catalog.evaluation.matching import Matcher
from vkd_catalog.evaluation.times import times_beside
from vkd_catalog.vocabulary import Concept, Vocabularies, Vocabulary
from vkd_catalog.vocabulary.concept import catalogue_of, code_above, qualified
from vkd_grammar.escapes import escape
from vkd_grammar.sentences import TERMS, groups, operator_of, said_by_each
from vkd_grammar.syntax import FIELD_NAMES, OPERATOR, TIME, Field, Sentence
from vkd_grammar.times import Span, Time, span, time_as_written

Count = Callable[[Sequence[DemandLine]], int]
"""How many covers the lines of a group have."""

_HARMLESS = frozenset(("VKD103", "VKD105", "VKD202"))
"""What coding may find in a demand that is answered all the same."""

_NO_FIELD = Field("empty", "", 0, 0)


class Hopes(NamedTuple):
    """What an edit must change to be tried: one of the lines that fail together, and every line without hope.

    `failing` is empty where edits of all lines are tried.
    """

    failing: frozenset[int]
    hopeless: frozenset[int]


class Editor:
    """Tries edits of one demand. `asked` are its groups, which have no covers; `count` counts those of a group."""

    def __init__(
        self,
        demand: CodedDescription,
        asked: Sequence[Group],
        matcher: Matcher,
        vocabularies: Vocabularies,
        language: str,
        count: Count,
    ) -> None:
        self._description = demand.description
        self._sentences = [coded.sentence for coded in demand.sentences]
        self._coded = demand.sentences
        self._said = [fields for _, fields in said_by_each(self._sentences, lambda _, field: field, _NO_FIELD)]
        self._coder = Coder(vocabularies)
        self._matcher = matcher
        self._vocabularies = vocabularies
        self._language = language
        self._count = count
        self._known = {group.written for group in asked}
        self._first = len(asked[0].lines)
        self._ends = list(accumulate(len(group) for group in groups(self._sentences, operator_of)))

    def relaxations(self, hopes: Hopes) -> Iterator[Relaxation]:
        """The edits of the first group's lines that give covers, by line, then by field, the line dropped last.

        A negated line can only be dropped.
        """
        failing = _sums(one.line in hopes.failing for one in self._coded)
        hopeless = _sums(one.line in hopes.hopeless for one in self._coded)

        def helps(start: int, stop: int) -> bool:
            """Whether an edit of these lines changes what must be changed; of other groups' lines it may anyway."""
            changes = not hopes.failing or failing[stop] > failing[start]
            return stop > self._first or (changes and hopeless[stop] - hopeless[start] == hopeless[-1])

        for place, one in enumerate(self._coded[: self._first]):
            negated = place > 0 and operator_of(self._sentences[place - 1]) == "N"
            for term in TERMS if not negated else ():
                stop = self._repeated_to(place, term)
                for to in self._others(one, term) if helps(place, stop) else ():
                    if covers := self._covers_with(place, term, to, stop):
                        yield Relaxation(one.line, FIELD_NAMES[term], to, covers)
            # The first line takes along what negates the second.
            stop = min(2, self._first) if place == 0 else place + 1
            if helps(place, stop) and (covers := self._covers_without(place)):
                yield Relaxation(one.line, None, None, covers)

    def _repeated_to(self, place: int, term: int) -> int:
        """The place behind the last line whose ditto repeats a field."""
        stop = place + 1
        while stop < len(self._sentences) and self._sentences[stop].fields[term].kind == "ditto":
            stop += 1
        return stop

    def _covers_with(self, place: int, term: int, text: str, stop: int) -> int:
        """How many covers there would be with another text in a field, which is repeated up to a place."""
        one = self._sentences[place]
        edited = one._replace(fields=(*one.fields[:term], _field(text, term), *one.fields[term + 1 :]))
        # Groups further down stay as they are.
        end = next(end for end in self._ends if end >= stop)
        lines = range(1, end + 1)
        return self._covers([*self._sentences[:place], edited, *self._sentences[place + 1 : end]], lines)

    def _covers_without(self, place: int) -> int:
        """How many covers there would be without a line, which takes along the operator before it."""
        before, after = self._sentences[:place], self._sentences[place + 1 : self._first]
        if before:
            before[-1] = _with_operator(before[-1], self._sentences[place])
        if after:
            fields = after[0].fields
            said = (self._said[place + 1][term - 1] if term in TERMS else fields[term] for term in range(len(fields)))
            after[0] = after[0]._replace(fields=tuple(said))
        lines = [line for line in range(1, self._first + 1) if line != place + 1]
        return self._covers([*before, *after], lines)

    def _covers(self, sentences: Sequence[Sentence], lines: Sequence[int]) -> int:
        """How many covers a demand of some lines would have, by what they are numbered; none where it has errors."""
        coded = self._coder.code(self._description._replace(sentences=tuple(sentences), problems=()))
        if any(problem.code not in _HARMLESS for problem in coded.problems):
            return 0
        total = 0
        for group in groups_of(coded, self._vocabularies):
            written, read = (
                tuple(line._replace(line=lines[line.line - 1]) for line in some)
                for some in (group.written, group.lines)
            )
            if written not in self._known and any(not line.negated for line in read):
                total += self._count(read)
        return total

    def _others(self, one: CodedSentence, term: int) -> Iterator[str]:
        """What could stand in a field instead, as it is written, anything at all last."""
        if term == TIME:
            if one.time is not None:
                yield from dict.fromkeys(map(time_as_written, self._other_times(one, one.time)))
                yield "-"
            return
        said = one.terms[term - 1]
        if said is not None and said != ANY:
            yield from dict.fromkeys(self._other_concepts(self._vocabularies.four[term - 1], said))
            yield "-"

    def _other_concepts(self, vocabulary: Vocabulary, term: str) -> Iterator[str]:
        """The see-also concepts of a concept, those mapped to it, then its parent."""
        if term.startswith(UNIT) or senses_of(term):
            return
        concept = vocabulary.coded(term)
        links = vocabulary.links
        see_also = (*(concept.see_also if concept else ()), *links.related(term))
        for code in (*see_also, *links.beside(term), code_above(term)):
            other = vocabulary.coded(code)
            if other is not None and other is not concept:
                yield written(other, vocabulary, self._language)

    def _other_times(self, one: CodedSentence, time: Time) -> Iterator[Span]:
        """The year of a shorter time, then the nearest times there are before and after it."""
        if not isinstance(time, Span):
            return
        year = time.start // 10000
        whole = span(year * 10000 + 101, year * 10000 + 1231)
        if time != whole and whole.start <= time.start and time.end <= whole.end:
            yield whole
        line = DemandLine(one.line, *one.terms, None, negated=False)
        hits = self._matcher.hits(line)
        whens = {
            when
            for product in hits
            for sentence in hits.said_in_full(product)
            for when in self._matcher.when(product, sentence, of_set=one.characteristic == ANY)
        }
        times = {beside for when in whens for beside in times_beside(time, when)}
        before = [one for one in times if one.end < time.start]
        after = [one for one in times if one.start > time.end]
        if before:
            yield max(before, key=lambda one: (one.end, one.start))
        if after:
            yield min(after)


def written(concept: Concept, vocabulary: Vocabulary, language: str) -> str:
    """How a concept is written in a field so that it means that concept alone: its word, or its code."""
    label = concept.label(language)
    catalogue = catalogue_of(concept.code)
    for word in (label, qualified(catalogue, label)) if catalogue else (label,):
        if word not in _SIGNS and not word.startswith("[") and len(vocabulary.named(word)) == 1:
            return escape(word)
    return f"[{concept.code}]"


_SIGNS = frozenset(('"', "”", "“", "″", "〃", "-"))
"""What is no word where it stands alone in a field."""


def _field(text: str, term: int) -> Field:
    """A field with a text that `Editor` has chosen."""
    if text == "-":
        return Field("dont-care", text, 0, 0)
    return Field("code" if text.startswith("[") else "time" if term == TIME else "word", text, 0, 0)


def _with_operator(sentence: Sentence, other: Sentence) -> Sentence:
    """A sentence with the operator of another."""
    return sentence._replace(fields=(*sentence.fields[:OPERATOR], other.fields[OPERATOR]))


def _sums(some: Iterator[bool]) -> list[int]:
    """How many of the first are so, for each number of them."""
    return [0, *accumulate(map(int, some))]
