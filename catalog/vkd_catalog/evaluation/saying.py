"""What products say in answer to a line, and which of them say the same as far as anything depends on it.

A line may be answered by a hundred thousand products, of which most differ in no more than who they are: in the
register that they are of where the line asks for any, and in the time where it asks for any. What is found of one of
them holds for all that say the same, so that only one is looked at sentence by sentence.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from vkd_catalog.coding import ANY
from vkd_catalog.evaluation.demand import DemandLine
from vkd_catalog.evaluation.linkage import population
from vkd_catalog.register import SentenceRecord
from vkd_catalog.vocabulary import Vocabularies

Mark = tuple[object, ...]
"""All that matters of what a sentence says."""


class Marks:
    """Tells what matters of what sentences say in answer to one line; `timed` is whether their times do."""

    def __init__(self, line: DemandLine, vocabularies: Vocabularies, *, timed: bool, characteristics: bool) -> None:
        self._any_name = line.name == ANY
        self._vocabularies = vocabularies
        self._timed = timed
        self._characteristics = characteristics
        self._populations: dict[str, str] = {}
        self._named: dict[tuple[str, str, str], Mark] = {}

    def __call__(self, sentence: SentenceRecord) -> Mark:
        codes = sentence[1:4]
        named = self._named.get(codes)
        if named is None:
            named = self._named[codes] = self._mark(*codes)
        return (*named, sentence[4:]) if self._timed else named

    def _mark(self, object_type: str, name: str, characteristic: str) -> Mark:
        said = self._population(name) if self._any_name else name
        return object_type, said, characteristic if self._characteristics else ""

    def _population(self, name: str) -> str:
        known = self._populations.get(name)
        if known is None:
            known = self._populations[name] = population(name, self._vocabularies)
        return known


Sentences = Mapping[int, Sequence[SentenceRecord]]
"""What products say, by their numbers, wherever they say it."""


class Said(NamedTuple):
    """What each product that may match a line says in answer to it, and for each the product that stands for all which
    say the same, itself among them. `in_full` tells it with the characteristics on which nothing depends; `counted`, in
    how many groups of products each such characteristic stands, and is None where something depends on them."""

    sentences: Sentences
    like: Mapping[int, int]
    mark: Callable[[SentenceRecord], Mark]
    in_full: Callable[[], Sentences]
    counted: Callable[[Mapping[int, int]], Mapping[str, int]] | None = None


def all_different(products: Iterable[int]) -> Said:
    """Products of which none stands for another."""
    like = {number: number for number in products}
    return Said({}, like, lambda sentence: sentence, dict)
