"""Which editions of a collection are needed in a cover: the smallest set with which every line that the collection
answers as well as the cover does keeps grade and days (docs/language.md section 6, "Candidates")."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from vkd_catalog.evaluation.answering import days_of_answer
from vkd_catalog.evaluation.candidates import Candidates, Key
from vkd_catalog.evaluation.choice import Choice, Part
from vkd_catalog.evaluation.found import EXACT
from vkd_catalog.evaluation.names import Names
from vkd_catalog.evaluation.smallest import smallest
from vkd_catalog.evaluation.times import Days, merged
from vkd_grammar.times import END


class Editions:
    """Chooses editions for one group. A set that was chosen once is not looked for again."""

    def __init__(self, candidates: Candidates, name: Names) -> None:
        self._candidates = candidates
        self._name = name
        self._chosen: dict[object, tuple[int, ...]] = {}
        self._orders: dict[Key, tuple[int, ...]] = {}

    def kept(
        self, members: Sequence[Key], parts: tuple[Part, ...], there: frozenset[int]
    ) -> dict[Key, tuple[int, ...]]:
        """The editions of each member that are needed for its parts, or by those of others; none of a member that has
        no part and that nothing needs."""
        needed = {
            other
            for part in parts
            if part.made is None
            for _, hit in self._candidates.hits_in(part.line, part.editions, there, part.area)
            for other in hit.needs
            if hit.fields <= part.answered.rank
        }
        kept: dict[Key, tuple[int, ...]] = {}
        for member in members:
            must = needed.intersection(self._candidates.editions[member])
            own = tuple(part for part in parts if part.candidate == member)
            if must or own:
                kept[member] = self._smallest(member, own, frozenset(must), there)
        return kept

    def playing(self, choice: Choice, one: Key) -> "Playing":
        """What tells the editions that are needed of candidates which play the part that one plays in a choice."""
        return Playing(self, self._candidates, choice, one)

    def looked_at(self, parts: Sequence[Part], other: Key) -> tuple[int, ...]:
        """The editions of another candidate that are needed where it has some parts of one."""
        editions = self._candidates.editions[other]
        own = tuple(part._replace(candidate=other, editions=self._able(part, editions)) for part in parts)
        return self._smallest(other, own, frozenset(), frozenset(editions))

    def _able(self, part: Part, editions: tuple[int, ...]) -> tuple[int, ...]:
        """Those of some editions by which a line may be answered: of a table, those that have all of it."""
        if part.made is not None:
            made = self._candidates.computed(part.made).hits
            return tuple(number for number in editions if number in made)
        if part.area[0] != "aggregate":
            return editions
        table = next(one for one in self._candidates.tables if one.unit == part.area[1] and part.line in one.lines)
        return tuple(one for one in editions if self._candidates.has_table(one, table, table.lines, editions))

    def _smallest(
        self, member: Key, parts: tuple[Part, ...], must: frozenset[int], there: frozenset[int]
    ) -> tuple[int, ...]:
        editions = self._candidates.editions[member]
        if len(editions) == 1:
            return editions
        key = member, parts, must, there & self._candidates.needs(member)
        if key not in self._chosen:
            self._chosen[key] = self._first_smallest(member, parts, must, there)
        return self._chosen[key]

    def _first_smallest(
        self, member: Key, parts: tuple[Part, ...], must: frozenset[int], there: frozenset[int]
    ) -> tuple[int, ...]:
        ordered = self.ordered(member)
        if all(part.line.time is None and part.made is None for part in parts):
            # At any time each edition that answers as well as all of them together is needed, and no other.
            return tuple(
                number
                for number in ordered
                if number in must or any(self._is_as_good(part, number, there) for part in parts)
            )

        if self._has_each_its_own(parts, ordered, there):
            return ordered
        days = {part: self._days(part, part.editions, there) for part in parts}

        def keeps(editions: Sequence[int]) -> bool:
            return must <= set(editions) and all(self._is_kept(part, editions, there, days[part]) for part in parts)

        return smallest(ordered, keeps)

    def ordered(self, member: Key) -> tuple[int, ...]:
        """The editions of a candidate: by their latest day, latest first, then by identification."""
        known = self._orders.get(member)
        if known is None:
            editions = self._candidates.editions[member]
            latest = [-min(self._candidates.edition(number).latest, END) for number in editions]
            # Yearly files end on days of their own; only of others it matters what they are called.
            called = self._name.of(editions) if len(set(latest)) < len(latest) else [""] * len(latest)
            order = sorted(zip(latest, called, editions, strict=True))
            known = self._orders[member] = tuple(number for *_, number in order)
        return known

    def _has_each_its_own(self, parts: Sequence[Part], ordered: Sequence[int], there: frozenset[int]) -> bool:
        """Whether each edition has days that no other has of the time of a line of which days matter, as yearly files
        have: then every one is needed."""
        needed: set[int] = set()
        for part in parts:
            if part.made is None and part.line.time is not None and part.answered.time != EXACT:
                days = {number: self._days(part, (number,), there) for number in part.editions}
                if _are_apart(days.values()):
                    needed.update(number for number, runs in days.items() if runs)
        return len(needed) == len(ordered)

    def _is_kept(self, part: Part, editions: Sequence[int], there: frozenset[int], days: object) -> bool:
        """Whether some editions answer a line as well as all of them do, which have some days of its time."""
        some = tuple(number for number in part.editions if number in editions)
        if part.made is not None:
            return bool(some) and self._days(part, some, there) == days
        found = self._candidates.answered(part.line, some, there, part.area)
        if found is None or found.rank > part.answered.rank:
            return False
        if part.line.time is None:
            left = (number for number in part.editions if number not in editions)
            return not any(self._is_as_good(part, number, there) for number in left)
        return part.answered.time == EXACT or self._days(part, some, there) == days

    def _is_as_good(self, part: Part, edition: int, there: frozenset[int]) -> bool:
        """Whether an edition by itself answers a line as well as the candidate does."""
        if edition not in part.editions:
            return False
        alone = self._candidates.answered(part.line, (edition,), there, part.area)
        return alone is not None and alone.rank <= part.answered.rank

    def _days(self, part: Part, editions: tuple[int, ...], there: frozenset[int]) -> tuple[Days, ...] | None:
        """The days of a line's time that some editions have, as far as it matters which."""
        if part.made is not None:
            days = self._candidates.computed(part.made).days
            return merged(run for one in editions for run in days[one])
        if part.answered.time == EXACT:
            return None
        hits = self._candidates.hits_in(part.line, editions, there, part.area)
        return days_of_answer(part.line.time, [hit for _, hit in hits], part.answered.rank)


class Playing:
    """Tells the editions that are needed of candidates which play the part that one plays in a choice.

    They depend on what the editions say, in their order, so that candidates that say the same are not looked at anew.
    """

    def __init__(self, editions: Editions, candidates: Candidates, choice: Choice, one: Key) -> None:
        self._editions = editions
        self._candidates = candidates
        self._one = one
        self._kept = choice.kept[one]
        self._parts = tuple(part for part in choice.parts if part.candidate == one)
        # What is made or needs others depends on more than what is said.
        self._is_alike = not candidates.anything_needs_others and all(part.made is None for part in self._parts)
        self._places: dict[object, tuple[int, ...]] = {}

    def kept(self, key: Key) -> tuple[int, ...]:
        """The editions that are needed of a candidate."""
        if key == self._one:
            return self._kept
        editions = self._candidates.editions[key]
        if len(editions) == 1:
            return editions
        if not self._is_alike:
            return self._editions.looked_at(self._parts, key)
        ordered = self._editions.ordered(key)
        said = tuple([hits.like(number) for hits in self._candidates.hits.values() for number in ordered])
        places = self._places.get(said)
        if places is None:
            kept = self._editions.looked_at(self._parts, key)
            places = self._places[said] = tuple(ordered.index(number) for number in kept)
        return tuple([ordered[place] for place in places])


def _are_apart(days: Iterable[tuple[Days, ...] | None]) -> bool:
    """Whether no day is in two of some runs of days."""
    every = sorted(run for runs in days for run in runs or ())
    return all(one[1] < other[0] for one, other in pairwise(every))
