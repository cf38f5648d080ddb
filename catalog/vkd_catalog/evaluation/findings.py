"""What a line finds when sentences are looked at one by one (docs/language.md section 6)."""

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from vkd_catalog.evaluation.demand import DemandLine
from vkd_catalog.evaluation.hits import Finding, keep
from vkd_catalog.evaluation.misses import Miss
from vkd_catalog.evaluation.populations import Populations
from vkd_catalog.evaluation.questions import Questions
from vkd_catalog.evaluation.readings import Table, ways
from vkd_catalog.evaluation.seeking import Seeker
from vkd_catalog.register import Ask, Finder, Found, SentenceRecord
from vkd_catalog.vocabulary import Vocabularies


class Within(NamedTuple):
    """A register in which only some products are looked for."""

    register: Finder
    products: frozenset[int]

    def find(self, ask: Ask, within: Collection[int] | None = None) -> list[Found]:
        """The sentences of these products that answer a question."""
        return self.register.find(ask, self._both(within))

    def said(
        self, ask: Ask, within: Collection[int] | None = None, *, characteristics: bool
    ) -> Iterable[tuple[int, SentenceRecord]]:
        """What these products say in answer to a question."""
        return self.register.said(ask, self._both(within), characteristics=characteristics)

    def columns(self, ask: Ask, *, characteristics: bool) -> None:
        """None: some products are looked at one by one."""

    def counted(self, ask: Ask, groups: Mapping[int, int]) -> Mapping[str, int]:
        """In how many groups of these products each characteristic stands in answer to a question."""
        return self.register.counted(ask, {one: group for one, group in groups.items() if one in self.products})

    def sentences(self, number: int) -> tuple[SentenceRecord, ...]:
        """All sentences of any product."""
        return self.register.sentences(number)

    def numbered(self, identification: str) -> int | None:
        """The number of any product by its identification."""
        return self.register.numbered(identification)

    def _both(self, within: Collection[int] | None) -> frozenset[int]:
        return self.products if within is None else self.products.intersection(within)


class Findings:
    """Looks at the sentences of one register."""

    def __init__(self, register: Finder, vocabularies: Vocabularies) -> None:
        self.seeker = Seeker(register, vocabularies)
        self.questions = Questions(register, vocabularies, self.seeker)
        self._populations = Populations(register, vocabularies)

    def of(self, line: DemandLine, table: Table, flows: list[Miss]) -> Finding:
        """What a line finds in each way that its words can be read. `flows` gets the sentences over too long a time."""
        found: Finding = {}
        for way, sense in ways(line):
            for product, by_key in self.questions.found(way, self.questions.of(way, table), flows).items():
                for hit in by_key.values():
                    keep(found, product, hit._replace(sense=sense) if sense else hit)
        self._populations.limit(found, table)
        return found
