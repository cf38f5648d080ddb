"""Tables that can be made from individual sets (docs/language.md section 6, `computable`), and the choice of editions."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from typing import NamedTuple

from tests.catalog.reading import days
from tests.catalog.reading.days import parse
from tests.catalog.reading.facts import ANY, COMPUTABLE, Line, Product, Sentence
from tests.catalog.reading.matching import Hit, Matcher, Table


class Computed(NamedTuple):
    """The editions that a table can be made from, each with the days of the time asked that all it needs has."""

    editions: tuple[tuple[Product, int], ...]
    hits: tuple[Hit, ...]

    def is_kept(self, chosen: Sequence[Product]) -> bool:
        """Whether some editions have all the days that all have."""
        having = [had for one, had in self.editions if one in chosen]
        return bool(having) and not days.union(had for _, had in self.editions) & ~days.union(having)


def smallest(editions: Sequence[Product], keeps: Callable[[tuple[Product, ...]], bool]) -> tuple[Product, ...]:
    """The smallest set of editions that keeps something; of several the first by latest day, then identification."""
    ordered = sorted(editions, key=lambda one: (-latest_day(one), one.identification))
    for size in range(1, len(ordered) + 1):
        for chosen in combinations(ordered, size):
            if keeps(chosen):
                return chosen
    return ()


def latest_day(product: Product) -> int:
    """The latest day that a product's sentences state."""
    return max((parse(one.time, product.updated).days.bit_length() for one in product.sentences), default=0)


def computable(matcher: Matcher, table: Table, editions: Iterable[Product]) -> Computed | None:
    """How the table can be made from some editions, each by itself; None where none will do."""
    asked = [code for line in table.lines for code in line.characteristic]
    names = [name for line in table.lines for name in line.name]
    functions = {matcher.characteristics.of(code).function for code in asked}
    if ANY in asked or ANY in names or "" in functions:
        return None
    found, hits = [], []
    for edition in editions:
        how = _of_edition(matcher, table, edition)
        if how is not None:
            found.append((edition, how[0]))
            hits += how[1]
    return Computed(tuple(found), tuple(hits)) if found else None


def _of_edition(matcher: Matcher, table: Table, product: Product) -> tuple[int, list[Hit]] | None:
    """The days of the time asked that all has which the table is made from, and the sentences."""
    registers = sorted(
        {name for line in table.lines for name in line.name if matcher.names.of(name).kind == "register"}
    )
    having: list[int] = []
    hits: list[Hit] = []
    for register in registers or [ANY]:
        there = _speaking(matcher, table, product, register)
        needed = [_classified(matcher, table, there), _taken_over(matcher, table, product, register)]
        if any(one is None for one in needed):
            return None
        divided, taken = needed[0] or [], needed[1] or []
        having += [days.union(_days(matcher, table, product, one) for one in some) for some in (*divided, *taken)]
        # The units themselves are counted by what divides them; nothing else need be cited but where nothing does.
        cited = divided or taken if _is_count(matcher, table) else [*divided, *taken]
        hits += [_hit(matcher, product, one) for some in cited for one in some]
    together = having[0] if having else 0
    for one in having[1:]:
        together &= one
    return together, hits


def _speaking(matcher: Matcher, table: Table, product: Product, register: str) -> list[Sentence]:
    """The individual sentences of the table's units, of a register, at a matching time."""
    return [
        one
        for one in product.sentences
        if (concept := matcher.objects.of(one.object_type)).kind == "individual"
        and concept.unit == table.unit
        and matcher.names.grade(register, one.name) is not None
        and days.grade(parse(table.lines[0].time), _had(matcher, product, one)) is not None
    ]


def _had(matcher: Matcher, product: Product, sentence: Sentence) -> days.Had:
    if matcher.temporality(sentence) == "fixed":
        return matcher.had_by_the_set(sentence, product)
    return matcher.had(sentence, product, sentence.characteristic)


def _days(matcher: Matcher, table: Table, product: Product, sentence: Sentence) -> int:
    return days.days_had(parse(table.lines[0].time), _had(matcher, product, sentence), COMPUTABLE)


def _hit(matcher: Matcher, product: Product, sentence: Sentence) -> Hit:
    place = product.identification, product.sentences.index(sentence) + 1
    return Hit(place, sentence, COMPUTABLE, _had(matcher, product, sentence), "")


def _classified(matcher: Matcher, table: Table, there: list[Sentence]) -> list[list[Sentence]] | None:
    """For each name that divides, the sentences whose characteristic is divided so; equal names need as many of them."""
    divided: Counter[str] = Counter()
    for line in table.lines:
        for name in line.name:
            if matcher.names.of(name).kind in ("classification", "class"):
                divided[min(matcher.names.same.get(name, {name}))] += 1
            elif matcher.names.of(name).kind != "register":
                return None
    found = []
    for name, times in divided.items():
        sentences = [one for one in there if any(_is_of(matcher, name, code) for code in matcher.classifications(one))]
        if len({matcher.characteristics.same.get(one.characteristic) for one in sentences}) < times:
            return None
        found.append(sentences)
    return found


def _is_of(matcher: Matcher, name: str, classification: str) -> bool:
    """Whether a name is a classification, or a class of it."""
    if matcher.names.of(name).kind == "class":
        return matcher.names.is_below(name, classification)
    return matcher.names.is_same(name, classification)


def _taken_over(matcher: Matcher, table: Table, product: Product, register: str) -> list[list[Sentence]] | None:
    """The sentences that what is asked is taken over: the units themselves for a count, else its `of`."""
    found: list[list[Sentence]] = []
    for code in {code for line in table.lines for code in line.characteristic}:
        concept = matcher.characteristics.of(code)
        if concept.function == "count":
            sentences = _speaking(matcher, table, product, register)
        elif concept.of:
            sentences = _of(matcher, table, product, register, concept.of)
        else:
            return None
        if not sentences:
            return None
        found.append(sentences)
    return found


def _of(matcher: Matcher, table: Table, product: Product, register: str, code: str) -> list[Sentence]:
    """The sentences that answer a characteristic as they would a line of individuals."""
    types = tuple(
        code for code, one in matcher.objects.concepts.items() if (one.kind, one.unit) == ("individual", table.unit)
    )
    line = Line(0, types, (register,), (code,), table.lines[0].time)
    there = _speaking(matcher, table, product, register)
    hits = matcher.hits(line, product)
    return [one for one in there if any(hit.sentence == one for hit in hits)]


def _is_count(matcher: Matcher, table: Table) -> bool:
    return all(
        matcher.characteristics.of(code).function == "count" for line in table.lines for code in line.characteristic
    )
