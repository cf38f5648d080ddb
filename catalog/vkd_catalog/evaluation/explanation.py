"""Why nothing was found: lines that fail together or succeed, single edits that help (docs/language.md section 6)."""

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

from vkd_catalog.agreement import disagreements, has_classification
from vkd_catalog.coding import ANY, UNIT, Term, identification_in
from vkd_catalog.evaluation.alike import Alike
from vkd_catalog.evaluation.answer import Relaxation, Why
from vkd_catalog.evaluation.covers import Coverer, clusters_of
from vkd_catalog.evaluation.demand import DemandLine, Group, as_read
from vkd_catalog.evaluation.matching import Matcher, Matches
from vkd_catalog.register import Register
from vkd_catalog.vocabulary import Concept, Vocabularies, Vocabulary
from vkd_catalog.vocabulary.concept import code_above
from vkd_grammar.escapes import escape
from vkd_grammar.times import END, Period

_MOST_LINES = 12
"""A group of more lines is explained by one maximal succeeding set a line, for the sets double with each line."""


_Trial = Callable[[Sequence[DemandLine]], bool]
"""Tells whether some lines of a group have a cover."""


class Explainer:
    """Explains one group. `barred` products take no part, whatever the lines (another archive was asked for)."""

    def __init__(
        self,
        matcher: Matcher,
        coverer: Coverer,
        register: Register,
        vocabularies: Vocabularies,
        barred: frozenset[int],
        language: str,
    ) -> None:
        self._matcher = matcher
        self._register = register
        self._coverer = coverer
        self._vocabularies = vocabularies
        self._barred = barred
        self._language = language

    def why(self, group: Group, others: Sequence[Group] = ()) -> Why:
        """Why a group without covers has none; `others` are the demand's other groups."""
        succeeds = self._trial(group)
        failing, succeeding = _failing(group.lines, succeeds), _succeeding(group.lines, succeeds)
        return Why(failing, succeeding, tuple(self._relaxations(group, others)))

    def _trial(self, group: Group) -> _Trial:
        """Tells of some lines of a group whether they have a cover.

        Lines that are all negated ask for nothing and so do not fail. Many sets of lines are tried, so that it is worth
        the while to look for products alike first; not where a table is asked for, which is rarely of many lines.
        """
        matcher, coverer, barred = self._matcher, self._coverer, self._barred
        matches: Matches = matcher
        if all(cluster.kind == "units" for cluster in clusters_of(group.asked, self._vocabularies)):
            matches, barred = Alike(group.lines, matcher, self._register, barred), frozenset()
            coverer = coverer.over(matches)

        def succeeds(lines: Sequence[DemandLine]) -> bool:
            asked = [line for line in lines if not line.negated]
            return not asked or coverer.covered(coverer.candidates(asked, barred | _excluded(lines, matches)))

        return succeeds

    def _count(self, lines: Sequence[DemandLine]) -> int:
        asked = [line for line in lines if not line.negated]
        if not asked:
            return 0
        excluded = _excluded(lines, self._matcher)
        return len(self._coverer.covers(self._coverer.candidates(asked, self._barred | excluded)))

    def _relaxations(self, group: Group, others: Sequence[Group]) -> Iterator[Relaxation]:
        """Every single edit of the lines as they stand that gives covers. A negated line can only be dropped."""
        beside = [line for other in others for line in other.written]
        for index, line in enumerate(group.written):
            before, after = group.written[:index], group.written[index + 1 :]
            for field, to, edited in () if line.negated else self._edits(line):
                count = self._count_edited((*before, edited, *after), beside)
                if count:
                    yield Relaxation(line.line, field, to, count)
            count = self._count_edited((*before, *after), beside)
            if count:
                yield Relaxation(line.line, None, None, count)

    def _count_edited(self, lines: Sequence[DemandLine], beside: Sequence[DemandLine]) -> int:
        """How many covers a group has after an edit: none where its lines, read anew, do not agree any more."""
        return self._count(as_read(lines, self._vocabularies)) if self._agree([*lines, *beside]) else 0

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
        beside = has_classification(three[:2] for three in concepts)
        found = (
            disagreements(*three, beside_classification=beside, identification=identification_in(line.name))
            for line, three in zip(lines, concepts, strict=True)
        )
        return all(one.code == "VKD202" for wrong in found for one in wrong)

    def _edits(self, line: DemandLine) -> Iterator[tuple[str, str, DemandLine]]:
        """Each single edit that widens or shifts a line: the field, what to write there, and the line then."""
        object_types, names, characteristics, _ = self._vocabularies.four
        for to, other in self._other_terms(object_types, line.object_type):
            yield "object-type", to, line._replace(object_type=other)
        for to, other in self._other_terms(names, line.name):
            yield "name", to, line._replace(name=other)
        for to, other in self._other_terms(characteristics, line.characteristic):
            yield "characteristic", to, line._replace(characteristic=other)
        for to, time in _wider_times(line):
            yield "time", to, line._replace(time=time)

    def _other_terms(self, vocabulary: Vocabulary, term: Term) -> Iterator[tuple[str, Term]]:
        if term is None or term == ANY:
            return
        if not term.startswith(UNIT):
            concept = vocabulary.coded(term)
            above = vocabulary.coded(code_above(term))
            for other in dict.fromkeys((above, *map(vocabulary.coded, concept.see_also if concept else ()))):
                if other is not None and other is not concept:
                    yield written(other, vocabulary, self._language), other.code
        yield "-", ANY


def to_observe(lines: Sequence[DemandLine], matcher: Matcher, vocabularies: Vocabularies) -> Iterator[int]:
    """The lines that nothing answers, in any archive: what they ask for would have to be observed anew.

    Lines that ask for one table are answered together, by one table or by what it can be made from, or not at all.
    """
    for cluster in clusters_of(lines, vocabularies):
        together = [cluster.lines] if cluster.kind == "table" else [(line,) for line in cluster.lines]
        for some in together:
            first, *others = (matcher.hits(line) for line in some)
            answered = any(all(number in hits for hits in others) for number in first)
            if not answered and not (cluster.kind == "table" and matcher.computable(some)):
                yield from (line.line for line in some)


def written(concept: Concept, vocabulary: Vocabulary, language: str) -> str:
    """How a concept is written in a field so that it means that concept alone: its word, or its code."""
    word = concept.label(language)
    return escape(word) if len(vocabulary.named(word)) == 1 else f"[{concept.code}]"


def _failing(lines: Sequence[DemandLine], succeeds: _Trial) -> tuple[int, ...]:
    """One smallest set of lines that fails, or of many lines one that fails no more without any one of them.

    A population may fail alone and succeed beside a classification, so the sets are tried from the smallest.
    """
    if len(lines) > _MOST_LINES:
        return _reduced(lines, succeeds)
    sets = (some for size in range(1, len(lines)) for some in combinations(lines, size))
    return tuple(line.line for line in next((some for some in sets if not succeeds(some)), lines))


def _reduced(lines: Sequence[DemandLine], succeeds: _Trial) -> tuple[int, ...]:
    kept = list(lines)
    for line in lines:
        rest = [other for other in kept if other is not line]
        if rest and not succeeds(rest):
            kept = rest
    return tuple(line.line for line in kept)


def _succeeding(lines: Sequence[DemandLine], succeeds: _Trial) -> tuple[tuple[int, ...], ...]:
    """All sets of lines that succeed and are part of no larger one, the largest first."""
    if len(lines) > _MOST_LINES:
        return tuple(dict.fromkeys(_grown(lines, succeeds)))
    found: list[frozenset[int]] = []
    for size in range(len(lines) - 1, 0, -1):
        for some in combinations(lines, size):
            numbers = frozenset(line.line for line in some)
            asks = any(not line.negated for line in some)
            if asks and not any(numbers <= had for had in found) and succeeds(some):
                found.append(numbers)
    return tuple(tuple(sorted(numbers)) for numbers in found)


def _grown(lines: Sequence[DemandLine], succeeds: _Trial) -> Iterator[tuple[int, ...]]:
    for first in lines:
        kept = [first]
        if first.negated or not succeeds(kept):
            continue
        for line in lines:
            if line is not first and succeeds([*kept, line]):
                kept.append(line)
        yield tuple(sorted(line.line for line in kept))


def _excluded(lines: Sequence[DemandLine], matches: Matches) -> frozenset[int]:
    """The products that match a negated line."""
    return frozenset(number for line in lines if line.negated for number in matches.hits(line))


def _wider_times(line: DemandLine) -> Iterator[tuple[str, Period | None]]:
    """The year or years a time lies in, its decade or decades, and any time."""
    time = line.time
    if time is None:
        return
    if isinstance(time, Period):
        seen = {time}
        for unit in (1, 10):
            first = time.start // 10000 // unit * unit
            last = time.end // 10000 // unit * unit + unit - 1
            wider = Period(first * 10000 + 101 if first else 0, last * 10000 + 1231 if time.end != END else END)
            if wider not in seen:
                seen.add(wider)
                yield _spelled(wider), wider
    yield "-", None


def _spelled(time: Period) -> str:
    first, last = time.start // 10000, time.end // 10000
    if first == last:
        return f"{first:04d}"
    return f"{f'{first:04d}' if time.start else ''}..{f'{last:04d}' if time.end != END else ''}"
