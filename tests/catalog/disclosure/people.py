"""Units with characteristics, made at random, and the tables of them as they are in the data."""

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from math import prod
from typing import NamedTuple

from vkd_catalog.data.crosstab import BUCKETS, Axis, Cell, Crosstab, Function, Sketch, with_margins


class Person(NamedTuple):
    """A unit: its identification, its category in each dimension, and a value."""

    id: int
    of: dict[str, str]
    value: float = 1.0


def population(seed: int, sizes: Sequence[int], number: int, first: int = 1) -> list[Person]:
    """So many units, spread unevenly over dimensions a, b, c … of these sizes; so some cells are small, some empty."""
    draw = random.Random(seed)
    shares = [[draw.lognormvariate(0, 1) for _ in range(size)] for size in sizes]
    people = []
    for one in range(first, first + number):
        classes = [str(draw.choices(range(len(share)), share)[0]) for share in shares]
        people.append(Person(one, dict(zip("abcdef", classes, strict=False)), draw.lognormvariate(3, 1)))
    return people


def random_people(seed: int, dimensions: int, most: int = 5) -> list[Person]:
    """Units so few that many combinations of categories have fewer than the threshold."""
    draw = random.Random(seed)
    sizes = [draw.randint(2, most) for _ in range(dimensions)]
    return population(seed, sizes, draw.randint(6, 25) * prod(sizes))


def crosstab(
    people: Iterable[Person],
    dimensions: str,
    function: Function = "count",
    *,
    of: str = "",
    units: str = "person|number",
    categories: dict[str, tuple[str, ...]] | None = None,
) -> Crosstab:
    """The table of some units by dimensions, each named by a letter."""
    groups: dict[tuple[str, ...], list[Person]] = defaultdict(list)
    for person in people:
        groups[tuple(person.of[one] for one in dimensions)].append(person)
    found = {one: tuple(sorted({key[place] for key in groups})) for place, one in enumerate(dimensions)}
    axes = tuple(Axis(one, (categories or {}).get(one, found[one])) for one in dimensions)
    cells = with_margins(axes, {key: _cell(group, function) for key, group in groups.items()})
    return Crosstab(axes, cells, units, function, of)


def _cell(group: Sequence[Person], function: Function) -> Cell:
    hashes = [_hash(person.id) for person in group]
    buckets = tuple(sum(one % BUCKETS == bucket for one in hashes) for bucket in range(BUCKETS))
    cell = Cell(len(group), Sketch(sum(hashes) % (1 << 64), buckets))
    if function == "count":
        return cell
    values = [person.value for person in group]
    largest = tuple(sorted(map(abs, values), reverse=True)[:10])
    return cell._replace(total=sum(values), magnitude=sum(map(abs, values)), largest=largest)


def _hash(number: int) -> int:
    mixed = number * 0x9E3779B97F4A7C15 % (1 << 64)
    mixed = (mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9 % (1 << 64)
    return (mixed ^ mixed >> 27) >> 32
