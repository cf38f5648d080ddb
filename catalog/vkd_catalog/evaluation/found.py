"""What is found for a demand, sentence by sentence and set by set, and how good it is (docs/language.md section 6)."""

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple, get_args

Grade = Literal[
    "exact",
    "narrower",
    "contained",
    "selectable",
    "close",
    "derived",
    "wider",
    "partial",
    "unstated",
    "computable",
]
GRADES: tuple[Grade, ...] = get_args(Grade)
"""How well something answers, the best first."""

EXACT, NARROWER, CONTAINED, SELECTABLE, CLOSE, DERIVED, WIDER, PARTIAL, NOT_STATED, COMPUTABLE = range(len(GRADES))
"""Where each grade stands among the grades: the lower, the better."""

RANKS: Mapping[Grade, int] = {grade: rank for rank, grade in enumerate(GRADES)}

Verdict = Literal["yes", "no", "unknown"]
VERDICTS: tuple[Verdict, ...] = ("yes", "unknown", "no")
"""The verdicts, the best first."""


def weakest(verdicts: Iterable[Verdict]) -> Verdict:
    """No where one is no, else unknown where one is unknown, else yes."""
    return max(verdicts, key=VERDICTS.index, default="yes")


class Match(NamedTuple):
    """A product's sentence that matches a line: the sentence's place in its description, from 1, and how well.

    `sense` is the code it has of a word that stands for several; empty where the line has none. `population` are the
    codes of the registers that its table is of, where the line's table asks for none of them.
    """

    product: str
    line: int
    grade: Grade
    sense: str = ""
    population: tuple[str, ...] = ()


class Linkage(NamedTuple):
    """Whether the units of two products can be linked, with each rule's own verdict and the reasons' keys.

    `across` tells of two that answer lines about different units, which need not be linked.
    """

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
    """A minimal set of candidates that answers one group; `members` are the products needed.

    `lines` holds the matches of each line that is not negated, `grades` the line's own grade, and `lacks` the periods
    of a series asked for that nothing answers.
    """

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
        """The weakest of the pairs' verdicts, of those that must be linked; yes where there is nothing to link."""
        return weakest(pair.verdict for pair in self.linkage if not pair.across)
