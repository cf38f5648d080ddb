"""What a demand is answered with, once more: docs/language.md section 6 as plain and slow as it can be written.

It shares no code with the project. A cover is found by trying every set of products and every way to share the lines
among them, and why nothing was found by trying every set of lines. Lines and sentences are judged in `oracle_lines`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations, takewhile
from typing import NamedTuple

from tests.catalog.meanings import ANY, Catalogue, Line, Product, Spec, codes_above, is_below
from tests.catalog.oracle_lines import GRADES, Matcher, code_grade, days, days_between, worst

TABLED = ("classification", "class")
BESIDE = ("other-time", "other-name", "broader-object-type")
"""The near misses of a line that keep it from being called absent."""

VERDICTS = ("yes", "unknown", "no")


Group = tuple[Line, ...]
Answers = dict[int, dict[tuple[str, int], str]]
"""For each line the sentences that answer it, by product and place, each with its grade."""


class Pair(NamedTuple):
    """Whether two sets can be linked, rule by rule."""

    a: str
    b: str
    rules: tuple[str, ...]

    @property
    def verdict(self) -> str:
        return _weakest(self.rules)


class NearMiss(NamedTuple):
    """A sentence that comes near a line; `beside` is the other set of a pair that cannot be linked, by `rules`."""

    line: int
    product: str
    place: int
    kind: str
    beside: str = ""
    rules: tuple[str, ...] = ()


class Cover(NamedTuple):
    """A minimal set of products that answers a group."""

    members: tuple[str, ...]
    grade: str
    lines: Mapping[int, Mapping[tuple[str, int], str]]
    pairs: tuple[Pair, ...]

    @property
    def rank(self) -> tuple[int, int, int, tuple[str, ...]]:
        """The order in which covers are listed."""
        linked = VERDICTS.index(_weakest([pair.verdict for pair in self.pairs]))
        return GRADES.index(self.grade), len(self.members), linked, self.members


class _Parts(NamedTuple):
    """A group's lines that are not negated: `tables` differ in name alone, `units` have one unit type."""

    tables: list[list[Line]]
    units: list[list[Line]]


class Oracle:
    """Covers, near misses and reasons, by trying everything."""

    def __init__(self, catalogue: Catalogue, archive: str = "both", max_sets: int = 3) -> None:
        self.catalogue = catalogue
        self.archive = archive
        self.max_sets = max_sets
        self.matcher = Matcher(catalogue)
        self._matches: dict[tuple[Spec, str], dict[int, str]] = {}

    def matches(self, asked: Spec, had: Product) -> dict[int, str]:
        key = (asked, had.identification)
        if key not in self._matches:
            self._matches[key] = self.matcher.matches(asked, had)
        return self._matches[key]

    def as_read(self, group: Group) -> Group:
        """A singular aggregate with a classification makes all aggregates of its group plural."""
        plural = self.matcher.plural
        if not any(plural(line.spec.object_type) and self._kind(line) == "classification" for line in group):
            return group
        return tuple(
            line._replace(spec=line.spec._replace(object_type=plural(line.spec.object_type) or line.spec.object_type))
            for line in group
        )

    def covers(self, lines: Group) -> list[Cover]:
        """All minimal covers of a group as it is read, in the order they are listed; none where nothing is asked."""
        parts = self._parts(lines)
        able = self._able(lines) if parts != ([], []) else []
        found: list[Cover] = []
        for size in range(1, self.max_sets + 1):
            for members in combinations(able, size):
                names = {member.identification for member in members}
                if not any(names > set(smaller.members) for smaller in found):
                    cover = self._cover(parts, members, able)
                    if cover:
                        found.append(cover)
        return sorted(found, key=lambda cover: cover.rank)

    def _kind(self, line: Line) -> str:
        return self.matcher.name_kind(line.spec.name)

    def _able(self, lines: Group) -> list[Product]:
        """The products that may take part: in the archive asked for, and matching no negated line."""
        return [
            had
            for had in self.catalogue.products
            if self._is_asked_archive(had) and not any(line.negated and self.matches(line.spec, had) for line in lines)
        ]

    def _is_asked_archive(self, had: Product) -> bool:
        return bool({"data": had.data, "document": had.doc, "both": "filters nothing"}[self.archive])

    def _parts(self, lines: Group) -> _Parts:
        tables: dict[object, list[Line]] = {}
        units: dict[object, list[Line]] = {}
        for line in lines:
            object_type, _, characteristic, time = line.spec
            if line.negated:
                continue
            if self.matcher.form(object_type)[0] == "aggregate":
                same_time = ANY if time == ANY else days(time)
                tables.setdefault((object_type, characteristic, same_time), []).append(line)
            else:
                # What units a don't-care speaks of is not laid down; here they are others than those named.
                units.setdefault(ANY if object_type == ANY else self.matcher.unit(object_type), []).append(line)
        return _Parts(list(tables.values()), list(units.values()))

    # One set of members

    def _cover(self, parts: _Parts, members: Sequence[Product], able: Sequence[Product]) -> Cover | None:
        answers: Answers = {}
        pairs: list[Pair] = []
        for lines in parts.tables:
            answers |= self._table(lines, members, able)
        for lines in parts.units:
            answers |= {line.number: self._found(line, members) for line in lines}
        if not all(answers.values()):
            return None
        for lines in parts.units:
            linked = self._linked(lines, members)
            if linked is None:
                return None
            pairs += linked
        grade = worst([min(matches.values(), key=GRADES.index) for matches in answers.values()])
        return Cover(tuple(sorted(member.identification for member in members)), grade, answers, tuple(pairs))

    def _found(self, line: Line, members: Sequence[Product]) -> dict[tuple[str, int], str]:
        return {
            (member.identification, place): grade
            for member in members
            for place, grade in self.matches(line.spec, member).items()
        }

    def _holds(self, lines: Sequence[Line], had: Product) -> bool:
        """Whether one product has a sentence for each line of a table, no sentence for two of them."""
        return _has_one_each([set(self.matches(line.spec, had)) for line in lines])

    # Tables

    def _table(self, lines: Sequence[Line], members: Sequence[Product], able: Sequence[Product]) -> Answers:
        """The matches of lines that one member must match all; from individuals where no table is to be had."""
        if any(self._holds(lines, had) for had in able):
            held = any(self._holds(lines, member) for member in members)
            return {line.number: self._found(line, members) if held else {} for line in lines}
        computed: Answers = {line.number: {} for line in lines}
        for member in members:
            for place in self._computable(lines, member):
                for line in lines:
                    computed[line.number][member.identification, place] = "computable"
        return computed

    def _computable(self, lines: Sequence[Line], had: Product) -> set[int]:
        """The individual sentences that the table could be made of; none where it could not."""
        kinds = {self._kind(line) for line in lines}
        if not kinds <= {"classification", "register"} or "classification" not in kinds:
            return set()
        registers = [line.spec.name for line in lines if self._kind(line) == "register"]
        used = [
            {
                place
                for place, sentence in enumerate(had.sentences, start=1)
                if self._is_classified(sentence, line.spec)
                and all(code_grade(register, sentence.name) for register in registers)
            }
            for line in lines
            if self._kind(line) == "classification"
        ]
        classified = [line.spec.name for line in lines if self._kind(line) == "classification"]
        enough = all(
            len({had.sentences[place - 1].characteristic for place in places}) >= classified.count(name)
            for name, places in zip(classified, used, strict=True)
        )
        return set().union(*used) if all(used) and enough else set()

    def _is_classified(self, sentence: Spec, asked: Spec) -> bool:
        """Whether a sentence says of each unit which class of the asked classification it belongs to."""
        matcher = self.matcher
        return (
            matcher.form(sentence.object_type)[0] == "individual"
            and matcher.unit(sentence.object_type) == matcher.unit(asked.object_type)
            and matcher.characteristics[sentence.characteristic].classification == asked.name
            and matcher.time(asked, sentence) is not None
        )

    # Linkage

    def _linked(self, lines: Sequence[Line], members: Sequence[Product]) -> tuple[Pair, ...] | None:
        """The pairs of those members that match all lines between them and can be linked, in the best way there is."""
        taking_part = [member for member in sorted(members) if any(self.matches(line.spec, member) for line in lines)]
        ways = [
            tuple(self._pair(lines, a, b) for a, b in combinations(some, 2))
            for size in range(1, len(taking_part) + 1)
            for some in combinations(taking_part, size)
            if all(self._found(line, some) for line in lines)
        ]
        # Of ways as good as each other the one with the fewest members comes first, and stays first.
        ways.sort(key=lambda way: VERDICTS.index(_weakest([pair.verdict for pair in way])))
        return None if any(pair.verdict == "no" for pair in ways[0]) else ways[0]

    def _pair(self, lines: Sequence[Line], a: Product, b: Product) -> Pair:
        """Whether the units that two products say something of, in answer to some lines, can be linked."""
        one, other = self._answering(lines, a), self._answering(lines, b)
        units = [{self.matcher.unit(sentence.object_type) for sentence in sentences} for sentences in (one, other)]
        populations = [self._may_overlap(x.name, y.name) for x in one for y in other]
        rules = (
            "unknown" if "" in units[0] | units[1] else "yes" if units[0] & units[1] else "no",
            self._shared_identification(a, b),
            min(populations, key=VERDICTS.index),
            "no" if "closed" in (a.access, b.access) else "yes" if a.access and b.access else "unknown",
        )
        return Pair(a.identification, b.identification, rules)

    def _answering(self, lines: Sequence[Line], had: Product) -> list[Spec]:
        return [had.sentences[place - 1] for line in lines for place in self.matches(line.spec, had)]

    def _shared_identification(self, a: Product, b: Product) -> str:
        if a.series and b.series and a.series != b.series:
            return "no"
        if not a.unit_id or not b.unit_id:
            return "unknown"
        if not set(a.unit_id) & set(b.unit_id):
            return "no"
        return "yes" if a.series == b.series else "unknown"

    def _may_overlap(self, a: str, b: str) -> str:
        """Two classes of one classification have no unit in common, unless one stands above the other."""
        if a == b:
            return "yes"
        if a.startswith("=") or b.startswith("="):
            return "no" if a[0] == b[0] else "yes"
        kinds = [self.matcher.name_kind(name) for name in (a, b)]
        if "" in kinds:
            return "unknown" if a.split(".")[0] == b.split(".")[0] else "yes"
        related = is_below(a, b) or is_below(b, a)
        return "no" if kinds == ["class", "class"] and self._one_classification(a, b) and not related else "yes"

    def _one_classification(self, a: str, b: str) -> bool:
        return self._classification(a) == self._classification(b)

    def _classification(self, name: str) -> str:
        """The classification a class belongs to, else what stands on top of it."""
        above = [code for code in codes_above(name) if self.matcher.name_kind(code) == "classification"]
        return above[0] if above else name.split(".")[0]

    # Near misses

    def near_misses(self, lines: Group) -> set[NearMiss]:
        """What comes near a group without answering it."""
        able = self._able(lines)
        found: set[NearMiss] = set()
        for line in lines:
            for had in () if line.negated else self.catalogue.products:
                if not self.matches(line.spec, had):
                    for place, sentence in enumerate(had.sentences, start=1):
                        for kind in self.matcher.nearly(line.spec, sentence):
                            found.add(NearMiss(line.number, had.identification, place, kind))
                    if not any(self.matches(line.spec, other) for other in self.catalogue.products):
                        found.update(self._nearby(line))
                elif not self._is_asked_archive(had):
                    found.update(self._best_of([line], had, "archive"))
        tables, units = self._parts(lines)
        for table in tables:
            for had in able:
                if not self._holds(table, had):
                    found.update(self._best_of(table, had, "marginal-only"))
        for same in units:
            found.update(self._unlinkable(same, able))
        return found

    def _nearby(self, line: Line) -> Iterator[NearMiss]:
        """The nearest sentences of another time, or under another name, than a line that nothing matches."""
        spec, matcher = line.spec, self.matcher
        if spec.name.startswith("="):
            plural = self._plural(spec.object_type)
            found = self._well_matched(spec._replace(object_type=plural, name=ANY)) if plural else []
            yield from (NearMiss(line.number, *one, "broader-object-type") for one in sorted(found)[:3])
            return
        parent = (*codes_above(spec.name), "")[0]
        at_any_time = self._well_matched(spec._replace(time=ANY))
        if parent:
            siblings = self._well_matched(spec._replace(time=ANY, name=parent))
            at_any_time += [one for one in siblings if self._sentence(one).name != parent]
        away = {
            (days_between(spec.time, self._sentence(one).time), *one)
            for one in at_any_time
            if matcher.characteristics[self._sentence(one).characteristic].temporality != "fixed"
        }
        for _, product, place in sorted(one for one in away if one[0])[:3]:
            yield NearMiss(line.number, product, place, "other-time")
        kind = matcher.name_kind(spec.name)
        allowed = {"register": ("register",), "classification": TABLED, "class": TABLED}.get(kind, ())
        top = ANY if kind == "register" else spec.name.split(".")[0]
        names = [
            (-_segments_shared(spec.name, self._sentence(one).name), *one)
            for one in (self._well_matched(spec._replace(name=top)) if allowed else ())
            if matcher.name_kind(self._sentence(one).name) in allowed
            and self._sentence(one).name not in (spec.name, *codes_above(spec.name))
        ]
        for _, product, place in sorted(names)[:3]:
            yield NearMiss(line.number, product, place, "other-name")

    def _well_matched(self, spec: Spec) -> list[tuple[str, int]]:
        return [
            (had.identification, place)
            for had in self.catalogue.products
            for place, grade in self.matches(spec, had).items()
            if grade in ("exact", "narrower", "contained")
        ]

    def _sentence(self, place: tuple[str, int]) -> Spec:
        return next(one for one in self.catalogue.products if one.identification == place[0]).sentences[place[1] - 1]

    def _plural(self, object_type: str) -> str:
        """The plural of an individual singular: the nearest above it."""
        kind = self.matcher.form(object_type)[0]
        return next((code for code in codes_above(object_type) if self.matcher.form(code) == (kind, "plural")), "")

    def _best_of(self, lines: Iterable[Line], had: Product, kind: str) -> Iterator[NearMiss]:
        """The best of the sentences that match each line."""
        for line in lines:
            matches = self.matches(line.spec, had)
            if matches:
                best = min(matches, key=lambda place: (GRADES.index(matches[place]), place))
                yield NearMiss(line.number, had.identification, best, kind)

    def _unlinkable(self, lines: Sequence[Line], able: Sequence[Product]) -> Iterator[NearMiss]:
        """The pairs that cannot be linked, of sets that match all lines between them and no fewer of which do."""
        pairs = {
            pair
            for size in range(2, self.max_sets + 1)
            for some in combinations(able, size)
            if all(self._found(line, some) for line in lines)
            and not any(all(self._found(line, fewer) for line in lines) for fewer in combinations(some, size - 1))
            for pair in combinations(some, 2)
        }
        for a, b in pairs:
            if self._pair(lines, a, b).verdict == "no":
                rules = zip(("R1", "R2", "R3", "R4"), self._pair(lines, a, b).rules, strict=True)
                failing = tuple(rule for rule, verdict in rules if verdict == "no")
                for one, other in ((a, b), (b, a)):
                    by_one = [line for line in lines if self.matches(line.spec, one)]
                    alone = [line for line in by_one if not self.matches(line.spec, other)]
                    for miss in self._best_of(alone[:1], one, "unlinkable"):
                        yield miss._replace(beside=other.identification, rules=failing)

    # Why nothing was found

    def unanswered(self, lines: Group) -> set[int]:
        """The lines that no product answers, whatever its archives: alone, or as a table with those that belong to it."""
        tables, units = self._parts(lines)
        able = self.catalogue.products
        answered = [self._table(table, able, able) for table in tables]
        answered += [{line.number: self._found(line, able)} for same in units for line in same]
        near = {miss.line for miss in self.near_misses(lines) if miss.kind in BESIDE}
        return {number for one in answered for number, found in one.items() if not found} - near

    def limit(self, lines: Group) -> int | None:
        """How many members would do, looked for up to 12 or as many as there are lines."""
        most = min(12, sum(not line.negated for line in lines))
        enough = (
            Oracle(self.catalogue, self.archive, size).covers(lines) for size in range(self.max_sets + 1, most + 1)
        )
        return next((len(covers[0].members) for covers in enough if covers), None)

    def fails(self, lines: Group) -> bool:
        """Whether lines that ask for something have no cover."""
        return any(not line.negated for line in lines) and not self.covers(lines)

    def fails_minimally(self, lines: Group) -> bool:
        """Whether lines fail, and no fewer of them do."""
        return self.fails(lines) and not any(self.fails(some) for some in _fewer(lines))

    def succeeding(self, lines: Group) -> set[frozenset[int]]:
        """The sets of lines that succeed and are part of no larger one."""
        found: list[frozenset[int]] = []
        for some in sorted(_fewer(lines), key=len, reverse=True):
            numbers = frozenset(line.number for line in some)
            asks = any(not line.negated for line in some)
            if asks and not any(numbers < larger for larger in found) and not self.fails(some):
                found.append(numbers)
        return set(found)

    def agrees(self, specs: Sequence[Spec]) -> bool:
        """Whether every line of a description is one that the table of docs/language.md section 5 allows."""
        beside = any(
            self.matcher.form(spec.object_type)[0] == "aggregate"
            and (spec.name == ANY or self.matcher.name_kind(spec.name) in ("classification", "class"))
            for spec in specs
        )
        return all(self._agrees(spec, beside) for spec in specs)

    def _agrees(self, spec: Spec, beside_classification: bool) -> bool:
        kind, number = self.matcher.form(spec.object_type)
        name = "individual" if spec.name.startswith("=") else self.matcher.name_kind(spec.name)
        allowed = {
            ("individual", "singular"): ("individual",),
            ("individual", "plural"): ("register", "class"),
            ("aggregate", "singular"): ("register", "class", "classification"),
            ("aggregate", "plural"): ("classification", "class", *(["register"] if beside_classification else [])),
        }
        characteristic = self.matcher.characteristics.get(spec.characteristic)
        if spec.name.startswith("=") and (kind, number) != ("individual", "singular"):
            return False
        return spec.object_type == ANY or (
            (not name or name in allowed[kind, number]) and (characteristic is None or characteristic.kind == kind)
        )


def _weakest(verdicts: Sequence[str]) -> str:
    return max(verdicts, key=VERDICTS.index, default="yes")


def _has_one_each(found: Sequence[set[int]]) -> bool:
    """Whether one can be taken of each set, all of them different."""
    if not found:
        return True
    first, *others = found
    return any(_has_one_each([other - {one} for other in others]) for one in first)


def _segments_shared(one: str, other: str) -> int:
    pairs = zip(one.split("."), other.split("."), strict=False)
    return len([*takewhile(lambda pair: pair[0] == pair[1], pairs)])


def _fewer(lines: Group) -> Iterator[Group]:
    """Every smaller choice of lines, but none at all."""
    return chain.from_iterable(combinations(lines, size) for size in range(1, len(lines)))
