"""What the parts of a message are made from, and what several of them need."""

from collections.abc import Mapping
from typing import NamedTuple

from vkd_catalog.catalogue import Catalogue
from vkd_catalog.evaluation.answer import Answer, Cover
from vkd_catalog.evaluation.demand import DemandLine, Group
from vkd_catalog.message.wording import Wording
from vkd_catalog.register import SentenceRecord


class Finding(NamedTuple):
    """Something wrong with a demand that cannot be run: line and column from 1, the diagnostic's code, what it says."""

    line: int
    column: int
    code: str
    text: str


class Matter(NamedTuple):
    """All that a message is about. `covers` are the ones that are shown, the first of the answer's."""

    answer: Answer
    groups: tuple[Group, ...]
    covers: tuple[Cover, ...]
    findings: tuple[Finding, ...]
    catalogue: Catalogue
    wording: Wording
    limit: int
    max_sets: int

    @property
    def products(self) -> tuple[str, ...]:
        """The products of the covers that are shown, each once, in the order of the covers."""
        return tuple(dict.fromkeys(member for cover in self.covers for member in cover.members))

    def group(self, number: int) -> Group:
        """A group of the demand by its number."""
        return self.groups[number - 1]

    def line(self, number: int) -> DemandLine:
        """A line of the demand by its number."""
        return next(line for group in self.groups for line in group.lines if line.line == number)

    def sentences(self, product: int) -> Mapping[int, SentenceRecord]:
        """What a product says, by line; `product` is its number in the register."""
        return {sentence.line: sentence for sentence in self.catalogue.register.sentences(product)}

    def answer_label(self, place: int) -> str:
        """What the cover at a place, from 0, is called; where the demand has alternatives, to which it is an answer."""
        label = self.wording.say("answer", number=place + 1)
        if len(self.groups) == 1:
            return label
        return self.wording.say("to-alternative", answer=label, number=self.covers[place].group)
