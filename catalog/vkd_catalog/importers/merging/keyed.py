"""Three versions of something whose parts have names: descriptions of a file, sentences, rows, cells."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Generic, Literal, NamedTuple, TypeVar

K = TypeVar("K")
V = TypeVar("V")

Kept = Literal["mine", "theirs", "both"]


class Part(NamedTuple, Generic[K, V]):
    """One part in its three versions, None where it is not there, and which version is kept.

    `both` says that both sides changed it, each in its way.
    """

    key: K
    before: V | None
    mine: V | None
    theirs: V | None
    kept: Kept

    @property
    def value(self) -> V | None:
        """What is kept; of what both changed, what people have."""
        return self.theirs if self.kept == "theirs" else self.mine


def parts(before: Mapping[K, V] | None, mine: Mapping[K, V], theirs: Mapping[K, V]) -> Iterator[Part[K, V]]:
    """Every part that either side has, in the order people have them; a new one follows what it follows in the source.

    Where nothing is known of the last run, `before` is None, and what both sides say alike is what it said.
    """
    known = _alike(mine, theirs) if before is None else before
    for key in _woven(mine, theirs):
        was, here, there = known.get(key), mine.get(key), theirs.get(key)
        if here == there or there == was:
            yield Part(key, was, here, there, "mine")
        else:
            yield Part(key, was, here, there, "theirs" if here == was else "both")


def numbered(pairs: Iterable[tuple[K, V]]) -> dict[tuple[K, int], V]:
    """Pairs as a mapping, in their order; a key that comes again has its number."""
    found: dict[tuple[K, int], V] = {}
    times: dict[K, int] = {}
    for key, value in pairs:
        number = times[key] = times.get(key, 0) + 1
        found[key, number] = value
    return found


def _alike(mine: Mapping[K, V], theirs: Mapping[K, V]) -> Mapping[K, V]:
    return {key: value for key, value in mine.items() if theirs.get(key) == value}


def _woven(mine: Mapping[K, V], theirs: Mapping[K, V]) -> Iterator[K]:
    """The keys of both."""
    first: list[K] = []
    after: dict[K, list[K]] = {}
    follows = first
    for key in theirs:
        if key in mine:
            follows = after.setdefault(key, [])
        else:
            follows.append(key)
    yield from first
    for key in mine:
        yield key
        yield from after.get(key, ())
