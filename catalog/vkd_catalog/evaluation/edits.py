"""Single edits of a demand without covers that would give it some (docs/language.md section 6).

Each can be made in the text as it stands. A field that dittos repeat is one field, so that the lines below change with
it; a line goes with the operator before it, the first with the one behind it; and what is left must be without errors.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from vkd_catalog.agreement import disagreements, has_classification, is_single_unit
from vkd_catalog.coding import ANY, UNIT, CodedDescription, Term, identification_in
from vkd_catalog.evaluation.answer import Relaxation
from vkd_catalog.evaluation.demand import DemandLine, Group, as_read
from vkd_catalog.evaluation.matching import Matcher
from vkd_catalog.vocabulary import Concept, Vocabularies, Vocabulary
from vkd_catalog.vocabulary.concept import code_above
from vkd_grammar.escapes import escape
from vkd_grammar.sentences import TERMS, groups
from vkd_grammar.times import Span, Time, span, time_as_written

Count = Callable[[Sequence[DemandLine]], int]
"""How many covers the lines of a group have."""

_FIELDS = ("object-type", "name", "characteristic", "time")


class _Said(NamedTuple):
    """A line as it stands: what its four fields mean, which of them are dittos, and the operator behind it."""

    line: int
    terms: tuple[Term, Term, Term, Time | None]
    dittos: tuple[bool, ...]
    operator: str


class Hopes(NamedTuple):
    """What an edit must change to be tried: one of the lines that fail together, and every line without hope.

    `failing` is empty where edits of all lines are tried.
    """

    failing: frozenset[int]
    hopeless: frozenset[int]


class Editor:
    """Tries edits of one demand. `count` counts the covers of a group as it is read."""

    def __init__(
        self,
        demand: CodedDescription,
        asked: Sequence[Group],
        matcher: Matcher,
        vocabularies: Vocabularies,
        language: str,
        count: Count,
    ) -> None:
        self._matcher = matcher
        self._vocabularies = vocabularies
        self._language = language
        self._count = count
        self._said = [
            _Said(
                one.line,
                (one.object_type, one.name, one.characteristic, one.time),
                tuple(one.sentence.fields[place].kind == "ditto" for place in TERMS),
                one.operator,
            )
            for one in demand.sentences
        ]
        self._known = {group.written for group in asked}
        self._first = len(asked[0].lines)

    def relaxations(self, hopes: Hopes) -> Iterator[Relaxation]:
        """The edits of the first group's lines that give covers, by line, then by field, the line dropped last.

        A negated line can only be dropped.
        """
        failing = _sums(one.line in hopes.failing for one in self._said)
        hopeless = _sums(one.line in hopes.hopeless for one in self._said)

        def helps(start: int, stop: int) -> bool:
            """Whether an edit of these lines changes what must be changed; of other groups' lines it may anyway."""
            changes = not hopes.failing or failing[stop] > failing[start]
            return stop > self._first or (changes and hopeless[stop] - hopeless[start] == hopeless[-1])

        for place, one in enumerate(self._said[: self._first]):
            negated = place > 0 and self._said[place - 1].operator == "N"
            for field in range(len(_FIELDS)) if not negated else ():
                stop = self._repeated_to(place, field)
                for to, term in self._others(one, field) if helps(place, stop) else ():
                    covers = self._covers([*self._put(place, stop, field, term)])
                    if covers:
                        yield Relaxation(one.line, _FIELDS[field], to, covers)
            if helps(place, min(place + 2, self._first) if place == 0 else place + 1):
                covers = self._covers(self._without(place))
                if covers:
                    yield Relaxation(one.line, None, None, covers)

    def _repeated_to(self, place: int, field: int) -> int:
        """The place behind the last line whose ditto repeats a field."""
        stop = place + 1
        while stop < len(self._said) and self._said[stop].dittos[field]:
            stop += 1
        return stop

    def _put(self, start: int, stop: int, field: int, term: Term | Time) -> Iterator[_Said]:
        for place, one in enumerate(self._said):
            if start <= place < stop:
                terms = (*one.terms[:field], term, *one.terms[field + 1 :])
                one = one._replace(terms=terms)  # type: ignore[arg-type]
            yield one

    def _without(self, place: int) -> list[_Said]:
        """The lines but for one, which takes along the operator before it."""
        before, after = self._said[:place], self._said[place + 1 :]
        if before and before[-1].operator != "E":
            before[-1] = before[-1]._replace(operator=self._said[place].operator)
        return [*before, *after]

    def _covers(self, said: Sequence[_Said]) -> int:
        """How many covers the demand would have; none where something would be wrong with it."""
        total = 0
        for group in groups(said, lambda one: one.operator):
            lines = tuple(DemandLine(one.line, *one.terms, negated) for one, negated in group)
            if not self._agree(lines):
                return 0
            if lines not in self._known and any(not line.negated for line in lines):
                total += self._count(as_read(lines, self._vocabularies))
        return total

    def _agree(self, lines: Sequence[DemandLine]) -> bool:
        object_types, names, characteristics, _ = self._vocabularies.four
        concepts = [
            (
                object_types.coded(line.object_type or ""),
                names.coded(line.name or ""),
                characteristics.coded(line.characteristic or ""),
            )
            for line in lines
        ]
        if any(
            identification_in(line.name) and not is_single_unit(one[0])
            for line, one in zip(lines, concepts, strict=True)
        ):
            # What identifies a unit is no word beside another object type.
            return False
        beside = has_classification(
            (object_type, name, line.name == ANY) for line, (object_type, name, _) in zip(lines, concepts, strict=True)
        )
        found = (
            disagreements(*three, beside_classification=beside, identification=identification_in(line.name))
            for line, three in zip(lines, concepts, strict=True)
        )
        return all(one.code == "VKD202" for wrong in found for one in wrong)

    def _others(self, one: _Said, field: int) -> Iterator[tuple[str, Term | Time]]:
        """What could stand in a field instead, as it is written and as it is meant, anything at all last."""
        term = one.terms[field]
        if isinstance(term, str):
            if term == ANY:
                return
            yield from self._other_concepts(self._vocabularies.four[field], term)
            yield "-", ANY
        elif term is not None:
            line = DemandLine(one.line, *one.terms, negated=False)
            yield from (
                (time_as_written(time), time) for time in dict.fromkeys(_other_times(term, line, self._matcher))
            )
            yield "-", None

    def _other_concepts(self, vocabulary: Vocabulary, term: str) -> Iterator[tuple[str, Term]]:
        """The see-also concepts of a concept, then its parent."""
        if term.startswith(UNIT):
            return
        concept = vocabulary.coded(term)
        see_also = map(vocabulary.coded, concept.see_also if concept else ())
        for other in dict.fromkeys((*see_also, vocabulary.coded(code_above(term)))):
            if other is not None and other is not concept:
                yield written(other, vocabulary, self._language), other.code


def written(concept: Concept, vocabulary: Vocabulary, language: str) -> str:
    """How a concept is written in a field so that it means that concept alone: its word, or its code."""
    word = concept.label(language)
    is_word = word not in _SIGNS and not word.startswith("[") and len(vocabulary.named(word)) == 1
    return escape(word) if is_word else f"[{concept.code}]"


_SIGNS = frozenset(('"', "”", "“", "″", "〃", "-"))
"""What is no word where it stands alone in a field."""


def _other_times(time: Time, line: DemandLine, matcher: Matcher) -> Iterator[Span]:
    """The year of a shorter time, then the nearest times there are before and after it."""
    if not isinstance(time, Span):
        return
    year = time.start // 10000
    whole = span(year * 10000 + 101, year * 10000 + 1231)
    if time != whole and whole.start <= time.start and time.end <= whole.end:
        yield whole
    times = {
        span(hit.sentence.start, hit.sentence.end)
        for hits in matcher.hits(line._replace(time=None)).values()
        for hit in hits
        if hit.sentence.is_dated
    }
    before = [one for one in times if one.end < time.start]
    after = [one for one in times if one.start > time.end]
    if before:
        yield max(before, key=lambda one: (one.end, one.start))
    if after:
        yield min(after)


def _sums(some: Iterator[bool]) -> list[int]:
    """How many of the first are so, for each number of them."""
    return [0, *accumulate(map(int, some))]
