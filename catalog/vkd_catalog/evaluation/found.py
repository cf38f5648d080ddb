"""What is found for a demand, sentence by sentence and set by set, and how good it is (docs/language.md section 6)."""

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

Grade = Literal["exact", "narrower", "contained", "derived", "partial", "computable"]
GRADES: tuple[Grade, ...] = ("exact", "narrower", "contained", "derived", "partial", "computable")

RANKS: Mapping[Grade, int] = {grade: rank for rank, grade in enumerate(GRADES)}
"""Where a grade stands among the grades: the lower, the better."""

Verdict = Literal["yes", "no", "unknown"]
VERDICTS: tuple[Verdict, ...] = ("yes", "unknown", "no")


def worst(*grades: Grade) -> Grade:
    """The least good of some grades."""
    return max(grades, key=RANKS.__getitem__)


def weakest(verdicts: Iterable[Verdict]) -> Verdict:
    """No where one is no, else unknown where one is unknown, else yes."""
    return max(verdicts, key=VERDICTS.index, default="yes")


class Match(NamedTuple):
    """A product's sentence that matches a line: the sentence's place in its description, from 1, and how well.

    `sense` is the code it has of a word that stands for several; empty where the line has none.
    """

    product: str
    line: int
    grade: Grade
    sense: str = ""
    population: tuple[str, ...] = ()


class Linkage(NamedTuple):
    """Whether the units of two products can be linked, with each rule's own verdict and the reasons' keys."""

    a: str
    b: str
    verdict: Verdict
    rules: Mapping[str, Verdict]
    reasons: tuple[str, ...]
    across: bool = False


class Member(NamedTuple):
    """A candidate in a cover: the products that are needed of it, and the collection that they are editions of, if they
    are of one."""

    collection: str | None
    products: tuple[str, ...]


class Cover(NamedTuple):
    """A minimal set of products that answers one group; `lines` holds the matches of each line that is not negated."""

    group: int
    grade: Grade
    members: tuple[str, ...]
    lines: Mapping[int, tuple[Match, ...]]
    linkage: tuple[Linkage, ...]
    grades: Mapping[int, Grade]
    lacks: Mapping[int, tuple[str, ...]]
    candidates: tuple[Member, ...]

    @property
    def linkage_verdict(self) -> Verdict:
        """The weakest of the pairs' verdicts; yes where there is nothing to link."""
        return weakest(pair.verdict for pair in self.linkage)
