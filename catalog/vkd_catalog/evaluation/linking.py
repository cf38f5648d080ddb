"""Whether the editions that answer a group can be linked: which pairs of them must be, and what is told of each
(docs/language.md section 6). The rules stand in `linkage`."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import combinations
from typing import NamedTuple

from vkd_catalog.evaluation.candidates import Candidates, Key
from vkd_catalog.evaluation.choice import Choice, Shared
from vkd_catalog.evaluation.found import VERDICTS, Linkage, Verdict
from vkd_catalog.evaluation.linkage import (
    Judgement,
    Profile,
    judge,
    judge_across,
    profile_of,
    simplified,
    unit_ids,
    without_kind,
)
from vkd_catalog.evaluation.names import Names

Kept = Mapping[Key, tuple[int, ...]]
"""The editions of each candidate that are needed."""


class _Role(NamedTuple):
    """What a candidate's edition is to others that answer lines about the same units."""

    candidate: Key
    lines: frozenset[int]
    profile: Profile


class Linker:
    """Judges the editions that answer one group. What is judged once is not judged again."""

    def __init__(self, candidates: Candidates, name: Names) -> None:
        self._candidates = candidates
        self._name = name
        self._profiles: dict[object, Profile] = {}
        self._judged: dict[tuple[Profile, Profile], Judgement] = {}
        self._rules: dict[tuple[int, int], Mapping[str, Verdict]] = {}

    def worst(self, shared: tuple[Shared, ...], kept: Kept) -> int:
        """The worst verdict on the editions that must be linked, as a place in `VERDICTS`."""
        return max(
            (VERDICTS.index(judged.verdict) for one in shared for *_, judged in self._by_role(one, kept)), default=0
        )

    def links(self, choice: Choice) -> tuple[Linkage, ...]:
        """What is told of pairs of editions: those that answer lines about the same units, then the others."""
        found: dict[tuple[int, int], Judgement] = {}
        for a, b, judgement in self._pairs(choice):
            had = found.get((a, b))
            if had is None or VERDICTS.index(had.verdict) < VERDICTS.index(judgement.verdict):
                found[a, b] = judgement
        told = [Linkage(self._name(a), self._name(b), *judgement) for (a, b), judgement in found.items()]
        return (*told, *self._across(choice, found))

    def apart(self, choice: Choice) -> Iterator[tuple[int, int]]:
        """The pairs of editions that must be linked in a choice and cannot be."""
        for a, b, judgement in self._pairs(choice):
            if judgement.verdict == "no":
                self._rules[min(a, b), max(a, b)] = judgement.rules
                yield a, b

    def rules(self, a: int, b: int) -> Mapping[str, Verdict]:
        """What each rule said of two editions that were told to be apart."""
        return self._rules[min(a, b), max(a, b)]

    def profile(self, number: int, unit: str, names: frozenset[str]) -> Profile:
        """What linkage depends on, of an edition that answers by sentences of some names."""
        stated = self._candidates.register.linking((number,))[number]
        key = stated, unit, names
        if key not in self._profiles:
            profile = profile_of(stated, unit, names, self._candidates.vocabularies)
            self._profiles[key] = simplified(profile, self._without_kind)
        return self._profiles[key]

    def judged(self, a: Profile, b: Profile) -> Judgement:
        """The judgement on two profiles."""
        if (a, b) not in self._judged:
            self._judged[a, b] = judge(a, b, self._candidates.vocabularies)
        return self._judged[a, b]

    @cached_property
    def _without_kind(self) -> frozenset[str]:
        every = self._candidates.hits.values()
        names = {hit.sentence.name for hits in every for some in hits.every_lent for hit in some}
        return without_kind(names, self._candidates.vocabularies)

    # Editions that answer lines about the same units

    def _pairs(self, choice: Choice) -> Iterator[tuple[int, int, Judgement]]:
        """The pairs of editions that answer lines about the same units, each as it is ordered, with the judgement."""
        for shared in choice.shared:
            found = {
                self._in_order(a, b): judgement
                for some, others, judgement in self._by_role(shared, choice.kept)
                for a in some
                for b in others
            }
            for a, b in sorted(found, key=lambda two: (self._name(two[0]), self._name(two[1]))):
                yield a, b, found[a, b]

    def _by_role(self, shared: Shared, kept: Kept) -> Iterator[tuple[list[int], list[int], Judgement]]:
        """Each two roles that editions play in lines about the same units: who plays them, and the judgement on both.

        Of one candidate's editions only those that answer different lines are judged.
        """
        there = frozenset(number for editions in kept.values() for number in editions)
        roles: dict[_Role, list[int]] = {}
        for member in shared.members:
            for edition in kept.get(member, ()):
                lines, names = self._answering(shared, edition, there)
                if names:
                    role = _Role(member, lines, self.profile(edition, shared.area[1], names))
                    roles.setdefault(role, []).append(edition)
        for (one, some), (other, others) in combinations(roles.items(), 2):
            if one.candidate != other.candidate or one.lines != other.lines:
                yield some, others, self.judged(one.profile, other.profile)

    def _answering(self, shared: Shared, edition: int, there: frozenset[int]) -> tuple[frozenset[int], frozenset[str]]:
        """The lines that an edition answers, also by a part of what another's is derived from, and by what names."""
        found = [
            (line.line, hit.sentence.name)
            for line in shared.lines
            for hit in self._candidates.hits[line].lent(edition)
            if (not hit.needs or hit.needs <= there) and self._candidates.area_of(hit) == shared.area
        ]
        return frozenset(line for line, _ in found), frozenset(name for _, name in found)

    def _in_order(self, a: int, b: int) -> tuple[int, int]:
        return (a, b) if self._name(a) <= self._name(b) else (b, a)

    # Editions that answer lines about different units

    def _across(self, choice: Choice, asked: Mapping[tuple[int, int], Judgement]) -> Iterator[Linkage]:
        """Pairs that answer lines of different unit types, or individual beside aggregate lines."""
        there = choice.editions
        areas = {
            number: {
                self._candidates.area_of(hit)
                for hits in self._candidates.hits.values()
                for hit in hits.lent(number)
                if hit.needs <= there
            }
            for number in there
        }
        for a, b in combinations(sorted(there, key=self._name), 2):
            differ = any(one != other for one in areas[a] for other in areas[b])
            if differ and (a, b) not in asked:
                yield Linkage(self._name(a), self._name(b), *self._judged_across(a, b), across=True)

    def _judged_across(self, a: int, b: int) -> Judgement:
        held = self._held(a, b) | self._held(b, a)
        one, other = (self.profile(number, "", frozenset()) for number in (a, b))
        return judge_across(one, other, held, self._candidates.vocabularies)

    def _held(self, a: int, b: int) -> frozenset[frozenset[str]]:
        """What identifies the units of one product that another has."""
        vocabularies, register = self._candidates.vocabularies, self._candidates.register
        had = {one.characteristic for one in register.sentences(a)}
        return frozenset(
            alternative
            for alternative in unit_ids(register.product(b).unit_id, vocabularies)
            if all(vocabularies.characteristics.reach(code).same & had for code in alternative)
        )
