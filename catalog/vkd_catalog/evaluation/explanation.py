"""Why nothing was found: lines that fail together or succeed, single edits that help (docs/language.md section 6)."""

from collections.abc import Sequence
from typing import Protocol

from vkd_catalog.coding import CodedDescription
from vkd_catalog.evaluation.answer import Unread, Why
from vkd_catalog.evaluation.candidates import excluded
from vkd_catalog.evaluation.covers import Coverer
from vkd_catalog.evaluation.demand import DemandLine, Group
from vkd_catalog.evaluation.edits import Editor, Hopes
from vkd_catalog.evaluation.failing import failing, succeeding
from vkd_catalog.evaluation.matching import Matcher
from vkd_catalog.register import Register
from vkd_catalog.vocabulary import Vocabularies

_EVERY_LINE = 40
"""Of so many lines that fail only together an edit of each is tried; of more, edits of those that fail."""

_MOST_MEMBERS = 12
"""Answers of more members than these are not looked for, not even to say how many would do."""


class Evaluating(Protocol):
    """What explaining needs of an evaluation."""

    register: Register
    vocabularies: Vocabularies
    matcher: Matcher
    barred: frozenset[int]

    def covering(self, lines: Sequence[DemandLine]) -> Coverer:
        """What finds the covers of some lines that are asked together."""
        ...


class Explainer:
    """Explains why demands have no covers."""

    def __init__(self, evaluation: Evaluating, language: str) -> None:
        self._evaluation = evaluation
        self._matcher = evaluation.matcher
        self._register = evaluation.register
        self._vocabularies = evaluation.vocabularies
        self._barred = evaluation.barred
        self._language = language

    def why(self, demand: CodedDescription, groups: Sequence[Group]) -> Why:
        """Why a demand without covers has none: of its first group, and of all where an edit changes others too."""
        group = groups[0]
        succeeds = self._succeeds
        kinds = self._kinds(group)
        hopeless = frozenset(line.line for line in group.asked if self._is_hopeless(line))
        fail = failing(kinds, succeeds)
        succeed = succeeding(kinds, succeeds, lambda line: line.line in hopeless)
        editor = Editor(demand, groups, self._matcher, self._vocabularies, self._language, self._count)
        relaxations = tuple(editor.relaxations(self._hopes(group, fail, hopeless)))
        return Why(fail, succeed, relaxations, None if hopeless else self._limit(group), self._unread())

    def _unread(self) -> Unread:
        missed = self._register.missed()
        return Unread(sum(bool(one.reason) for one in missed), sum(one.sentences for one in missed))

    def _succeeds(self, lines: Sequence[DemandLine]) -> bool:
        """Whether some lines of a group have a cover. Lines that are all negated ask for nothing and do not fail."""
        return all(line.negated for line in lines) or self._evaluation.covering(tuple(lines)).is_covered

    def _kinds(self, group: Group) -> list[list[DemandLine]]:
        """The lines, those together that stand or fall together whatever else is asked.

        They ask for one time and match the same sentences but for the characteristic, in the same products. Each line
        of a table is a kind of its own, for a table has a sentence for each.
        """
        kinds: dict[object, list[DemandLine]] = {}
        candidates = self._evaluation.covering(group.lines).candidates
        of_tables = {line for table in candidates.tables for line in table.lines}
        for line in group.lines:
            key: object = line.line
            if line.negated:
                key = ("negated", excluded([line], self._matcher))
            elif line not in of_tables:
                said = frozenset(
                    (number, hit.fields, hit.whens, hit.needs, hit.beside, hit.sentence.object_type, hit.sentence.name)
                    for number, hits in self._matcher.hits(line).items()
                    for hit in hits
                )
                key = line.time, said
            kinds.setdefault(key, []).append(line)
        return list(kinds.values())

    def _is_hopeless(self, line: DemandLine) -> bool:
        """Whether nothing answers a line, in whatever company: no product, and no table that could be made."""
        if not self._barred.issuperset(self._matcher.hits(line)):
            return False
        candidates = self._evaluation.covering((line,)).candidates
        if not candidates.tables:
            return True
        is_register = (name := self._vocabularies.names.coded(line.name or "")) is not None and name.kind == "register"
        return not is_register and not any(candidates.computed(table).hits for table in candidates.tables)

    def _hopes(self, group: Group, fail: Sequence[int], hopeless: frozenset[int]) -> Hopes:
        """What an edit must change: a line without hope has none in any company, but lines that fail together may.

        A population fails alone and succeeds beside a classification, and two sets that cannot be linked by what they
        say of some lines may be by what they say of one more. So any edit may help where there are tables, or sets that
        cannot be linked; else, and of very many lines, those that fail are tried. Singular aggregates are read as
        plural ones because of what stands beside them.
        """
        object_types = self._vocabularies.object_types
        types = {line.line: object_types.coded(line.object_type or "") for line in group.written}
        if any(one and (one.kind, one.number) == ("aggregate", "singular") for one in types.values()):
            return Hopes(frozenset(), frozenset())
        is_tried = len(group.lines) > _EVERY_LINE or self._is_of_what_there_is(group, fail)
        return Hopes(frozenset(fail) if is_tried else frozenset(), hopeless)

    def _is_of_what_there_is(self, group: Group, fail: Sequence[int]) -> bool:
        """Whether lines fail because of what sets say of units, so that they fail in whatever company."""
        lines = tuple(line for line in group.lines if line.line in fail)
        has_tables = bool(self._evaluation.covering(group.lines).candidates.tables)
        return not has_tables and not any(True for _ in self._evaluation.covering(lines).unlinkable())

    def _count(self, lines: Sequence[DemandLine]) -> int:
        if all(line.negated for line in lines):
            return 0
        return self._evaluation.covering(tuple(lines)).count

    def _limit(self, group: Group) -> int | None:
        """How many members would do, where so many together were not looked for; None where no number does."""
        return self._evaluation.covering(group.lines).fewest(max(_MOST_MEMBERS, len(group.asked)))
