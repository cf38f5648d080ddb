"""Taking long over an answer without holding anybody up."""

from collections.abc import Generator, Iterable
from typing import TypeVar

T = TypeVar("T")
_A_STEP = 200


def in_steps(found: Iterable[T]) -> Generator[None, None, list[T]]:
    """What is found, a list, with room for other work between every few hundred."""
    every: list[T] = []
    for one in found:
        every.append(one)
        if len(every) % _A_STEP == 0:
            yield
    return every
