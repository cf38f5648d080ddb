"""What mappings make of a vocabulary: which concepts are the same, below or close to one (docs/language.md section 4).

Exact, broad and narrow mappings chain with each other and with the codes' own hierarchy; of close ones a chain has one
step at most.
"""

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Literal, NamedTuple

from vkd_catalog.vocabulary.concept import codes_above

Predicate = Literal["exactMatch", "broadMatch", "narrowMatch", "closeMatch", "relatedMatch"]
PREDICATES: tuple[Predicate, ...] = ("exactMatch", "broadMatch", "narrowMatch", "closeMatch", "relatedMatch")


class Link(NamedTuple):
    """A mapping from one code to another: `a broadMatch b` puts b above a, `a narrowMatch b` b below a."""

    subject: str
    predicate: Predicate
    object: str


class Reach(NamedTuple):
    """What a concept reaches by codes and mappings. `same` are the codes of the same concept, itself included.
    Everything at or below one of `below` is the concept or narrower; everything at or below one of `close` matches it
    closely."""

    same: frozenset[str]
    below: frozenset[str]
    close: frozenset[str] = frozenset()

    @property
    def all(self) -> frozenset[str]:
        """The codes below which, they included, all matches in some grade."""
        return self.below | self.close


class Links:
    """The mappings of one vocabulary. What a code reaches is worked out when it is first asked for."""

    def __init__(self, links: Iterable[Link] = ()) -> None:
        self._exact: dict[str, list[str]] = {}
        self._down: dict[str, list[str]] = {}
        self._up: dict[str, list[str]] = {}
        self._close: dict[str, list[str]] = {}
        self._related: dict[str, list[str]] = {}
        self._reaches: dict[str, Reach] = {}
        for subject, predicate, target in links:
            match predicate:
                case "exactMatch":
                    _both(self._exact, subject, target)
                case "closeMatch":
                    _both(self._close, subject, target)
                case "relatedMatch":
                    _both(self._related, subject, target)
                case "narrowMatch":
                    self._enter(target, subject)
                case "broadMatch":
                    self._enter(subject, target)

    def reach(self, code: str) -> Reach:
        """The codes that a code reaches, by the codes' own hierarchy and by mappings."""
        known = self._reaches.get(code)
        if known is None:
            known = self._reaches[code] = self._found(code)
        return known

    def above(self, code: str) -> tuple[str, ...]:
        """The codes above one, the nearest first, without those that are the same."""
        same = self.reach(code).same
        found: dict[str, None] = {}
        waiting = [*same]
        while waiting:
            one = waiting.pop(0)
            for next_one in (*codes_above(one), *self._exact.get(one, ()), *self._up.get(one, ())):
                if next_one not in found and next_one not in same:
                    found[next_one] = None
                    waiting.append(next_one)
        return tuple(found)

    def beside(self, code: str) -> tuple[str, ...]:
        """The codes that a code is mapped to or from, other than as related."""
        sides: tuple[Mapping[str, list[str]], ...] = (self._exact, self._close, self._up, self._down)
        return tuple(dict.fromkeys(other for side in sides for other in side.get(code, ())))

    def related(self, code: str) -> tuple[str, ...]:
        """The codes that a code is mapped to as related, as a see-also: they never match."""
        return tuple(self._related.get(code, ()))

    def _enter(self, below: str, above: str) -> None:
        self._down.setdefault(above, []).append(below)
        self._up.setdefault(below, []).append(above)

    def _found(self, code: str) -> Reach:
        same = _closure((code,), lambda one: self._exact.get(one, ()))
        below = _closure(same, self._next_below)
        near = {other for root in below for linked in self._at_or_below(root) for other in self._close.get(linked, ())}
        close = _closure(near, self._next_below)
        nearby = _not_below(close - below, below | close)
        return Reach(frozenset(same), frozenset(_not_below(below, below)), frozenset(nearby))

    def _next_below(self, root: str) -> Iterator[str]:
        """The codes that mappings put below a code: the same or narrower concepts of those at or below it."""
        for linked in self._at_or_below(root):
            yield from self._exact.get(linked, ())
            yield from self._down.get(linked, ())

    def _at_or_below(self, root: str) -> Iterator[str]:
        """The mapped codes at or below one by their segments."""
        if root in self._linked_codes:
            yield root
        start = f"{root}."
        for place in range(bisect_left(self._linked, start), len(self._linked)):
            if not self._linked[place].startswith(start):
                return
            yield self._linked[place]

    @cached_property
    def _linked_codes(self) -> frozenset[str]:
        return frozenset((*self._exact, *self._down, *self._up, *self._close))

    @cached_property
    def _linked(self) -> list[str]:
        return sorted(self._linked_codes)


NO_LINKS = Links()
"""A vocabulary without mappings."""


def _both(links: dict[str, list[str]], one: str, other: str) -> None:
    links.setdefault(one, []).append(other)
    links.setdefault(other, []).append(one)


def _closure(first: Iterable[str], following: Callable[[str], Iterable[str]]) -> set[str]:
    found = set(first)
    waiting = list(found)
    while waiting:
        for code in following(waiting.pop()):
            if code not in found:
                found.add(code)
                waiting.append(code)
    return found


def _not_below(codes: Iterable[str], roots: Collection[str]) -> Iterator[str]:
    """The codes of which none of some roots stands above."""
    return (code for code in codes if not any(above in roots for above in codes_above(code)))
