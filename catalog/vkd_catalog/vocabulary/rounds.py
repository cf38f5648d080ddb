"""Characteristics that are derived from each other, however deep or branching the ways between them."""

from collections.abc import Callable, Iterable, Iterator, Sequence

Sources = Callable[[str], Sequence[str]]
"""The codes that a code is derived from directly."""


def rounds(codes: Iterable[str], sources: Sources) -> Iterator[tuple[str, ...]]:
    """The codes and all that they are derived from, those together that are derived from each other.

    What something is derived from comes before it. These are the strongly connected components of a graph (R. Tarjan,
    Depth-first search and linear graph algorithms, 1972), found without calls in calls, which a long way would exhaust.
    """
    places: dict[str, int] = {}
    lowest: dict[str, int] = {}
    waiting: list[str] = []
    waits: set[str] = set()
    for start in codes:
        if start in places:
            continue
        way = [(start, iter(sources(start)))]
        places[start] = lowest[start] = len(places)
        waiting.append(start)
        waits.add(start)
        while way:
            code, left = way[-1]
            source = next(left, None)
            if source is None:
                way.pop()
                if way:
                    lowest[way[-1][0]] = min(lowest[way[-1][0]], lowest[code])
                if lowest[code] == places[code]:
                    together = tuple(_popped(waiting, code))
                    waits.difference_update(together)
                    yield together
            elif source not in places:
                places[source] = lowest[source] = len(places)
                waiting.append(source)
                waits.add(source)
                way.append((source, iter(sources(source))))
            elif source in waits:
                lowest[code] = min(lowest[code], places[source])


def _popped(waiting: list[str], code: str) -> Iterator[str]:
    """Removes and yields the last of the waiting codes, down to a given one."""
    last = ""
    while last != code:
        last = waiting.pop()
        yield last
