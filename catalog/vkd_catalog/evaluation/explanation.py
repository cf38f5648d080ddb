"""Why nothing was found: lines that fail together or succeed, single edits that help (docs/language.md section 6)."""

from collections.abc import Iterator, Sequence

from vkd_catalog.coding import CodedDescription
from vkd_catalog.evaluation.answer import Unread, Why
from vkd_catalog.evaluation.covers import Coverer, clusters_of, table_masks
from vkd_catalog.evaluation.demand import DemandLine, Group
from vkd_catalog.evaluation.edits import Editor, Hopes
from vkd_catalog.evaluation.failing import Trial, failing, succeeding
from vkd_catalog.evaluation.matching import Matcher, Matches
from vkd_catalog.evaluation.representatives import Representatives
from vkd_catalog.register import Register
from vkd_catalog.vocabulary import Vocabularies

_EVERY_LINE = 40
"""Of so many lines that fail only together an edit of each is tried; of more, edits of those that fail."""

_MOST_MEMBERS = 12
"""Answers of more members than these are not looked for, not even to say how many would do."""


class Explainer:
    """Explains one demand. `barred` products take no part, whatever the lines (another archive was asked for)."""

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

    def why(self, demand: CodedDescription, groups: Sequence[Group]) -> Why:
        """Why a demand without covers has none: of its first group, and of all where an edit changes others too."""
        group = groups[0]
        matches, succeeds = self._trial(group)
        kinds = self._kinds(group, matches)
        hopeless = frozenset(line.line for line in group.asked if self._is_hopeless(line))
        fail = failing(kinds, succeeds)
        succeed = succeeding(kinds, succeeds, lambda line: line.line in hopeless)
        editor = Editor(demand, groups, self._matcher, self._vocabularies, self._language, self._count)
        relaxations = tuple(editor.relaxations(self._hopes(group, fail, hopeless)))
        return Why(fail, succeed, relaxations, None if hopeless else self._limit(group), self._unread())

    def _unread(self) -> Unread:
        missed = self._register.missed()
        return Unread(sum(bool(one.reason) for one in missed), sum(one.sentences for one in missed))

    def _trial(self, group: Group) -> tuple[Matches, Trial]:
        """Tells of some lines of a group whether they have a cover, and by what they are matched there.

        Lines that are all negated ask for nothing and so do not fail. Many sets of lines are tried, so that it is worth
        the while to look for products alike first; not where a table is asked for, which is rarely of many lines.
        """
        matcher, coverer, barred = self._matcher, self._coverer, self._barred
        matches: Matches = matcher
        if all(cluster.kind == "units" for cluster in clusters_of(group.asked, self._vocabularies)):
            matches, barred = Representatives(group.lines, matcher, self._register, barred), frozenset()
            coverer = coverer.over(matches)

        def succeeds(lines: Sequence[DemandLine]) -> bool:
            asked = [line for line in lines if not line.negated]
            return not asked or coverer.covered(coverer.candidates(asked, barred | _excluded(lines, matches)))

        return matches, succeeds

    def _kinds(self, group: Group, matches: Matches) -> list[list[DemandLine]]:
        """The lines, those together that stand or fall together whatever else is asked.

        They are about the same units and match sentences of the same object types and names in the same products. The
        lines of a table are each a kind of its own, for a table has a sentence for each.
        """
        kinds: dict[object, list[DemandLine]] = {}
        of_units = {
            line.line: place
            for place, cluster in enumerate(clusters_of(group.asked, self._vocabularies))
            if cluster.kind == "units"
            for line in cluster.lines
        }
        for line in group.lines:
            key: object = line.line
            if line.negated:
                key = ("negated", frozenset(matches.hits(line)))
            elif line.line in of_units:
                said = (
                    (number, frozenset((hit.sentence.object_type, hit.sentence.name) for hit in hits))
                    for number, hits in matches.hits(line).items()
                )
                key = (of_units[line.line], frozenset(said))
            kinds.setdefault(key, []).append(line)
        return list(kinds.values())

    def _is_hopeless(self, line: DemandLine) -> bool:
        """Whether nothing answers a line, in whatever company: no product, and no table that could be made."""
        if not self._barred.issuperset(self._matcher.hits(line)):
            return False
        return not self._matcher.may_be_computed(line, self._barred)

    def _hopes(self, group: Group, fail: Sequence[int], hopeless: frozenset[int]) -> Hopes:
        """What an edit must change: a line without hope has none in any company, but lines that fail together may.

        A population fails alone and succeeds beside a classification, and two sets that cannot be linked by what they
        say of some lines may be by what they say of one more. So any edit may help; of very many lines only those that
        fail are tried. Singular aggregates are read as plural ones because of what stands beside them.
        """
        object_types = self._vocabularies.object_types
        types = {line.line: object_types.coded(line.object_type or "") for line in group.written}
        if any(one and (one.kind, one.number) == ("aggregate", "singular") for one in types.values()):
            return Hopes(frozenset(), frozenset())
        return Hopes(frozenset(fail) if len(group.lines) > _EVERY_LINE else frozenset(), hopeless)

    def _count(self, lines: Sequence[DemandLine]) -> int:
        asked = [line for line in lines if not line.negated]
        if not asked:
            return 0
        excluded = _excluded(lines, self._matcher)
        return len(self._coverer.covers(self._coverer.candidates(asked, self._barred | excluded)))

    def _limit(self, group: Group) -> int | None:
        """How many members would do, where so many together were not looked for; None where no number does."""
        barred = self._barred | _excluded(group.lines, self._matcher)
        most = min(_MOST_MEMBERS, len(group.asked))
        return self._coverer.fewest(self._coverer.candidates(group.asked, barred), most)


def to_observe(lines: Sequence[DemandLine], matcher: Matcher, vocabularies: Vocabularies) -> Iterator[int]:
    """The numbers of the lines that no product answers, in any archive: what they ask must be collected anew.

    Lines that ask for one table are answered together, by one table or by what it can be made from, or not at all.
    """
    for cluster in clusters_of(lines, vocabularies):
        together = [cluster.lines] if cluster.kind == "table" else [(line,) for line in cluster.lines]
        for some in together:
            hits = tuple(matcher.hits(line) for line in some)
            answered = (1 << len(some)) - 1 in table_masks(hits).values()
            if not answered and not (cluster.kind == "table" and matcher.computable(some)):
                yield from (line.line for line in some)


def _excluded(lines: Sequence[DemandLine], matches: Matches) -> frozenset[int]:
    """The products that match a negated line."""
    return frozenset(number for line in lines if line.negated for number in matches.hits(line))
