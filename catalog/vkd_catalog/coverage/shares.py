"""Shares of what is described, in a catalogue and in each of its collections."""

from collections.abc import Mapping
from typing import Literal, NamedTuple, get_args

Measure = Literal["documents", "documentation", "definition", "sensitivity", "time", "access"]

MEASURES: tuple[Measure, ...] = get_args(Measure)
"""What is measured, in the order that it is told."""


class Share(NamedTuple):
    """How many of all have something; of parts of documentations these are parts."""

    having: int
    all: int

    @property
    def value(self) -> float | None:
        """The share from 0 to 1; None where there is nothing that could have it."""
        return self.having / self.all if self.all else None


class Shares(NamedTuple):
    """The shares of some information sets, `products` in number.

    `documents` are products with documents; `documentation` is parts of the model, of products without documents and
    of those whose documents are documentations of the workspace (`elsewhere` counts the others, whose parts nobody
    knows). `definition` and `sensitivity` are of the characteristics that the products use; `time` is of their
    sentences, `access` of the products.
    """

    products: int
    elsewhere: int
    documents: Share
    documentation: Share
    definition: Share
    sensitivity: Share
    time: Share
    access: Share

    def of(self, measure: Measure) -> Share:
        """The share of one measure."""
        share: Share = getattr(self, measure)
        return share

    @property
    def values(self) -> Mapping[str, float | None]:
        """The shares by measure, with four decimals."""
        return {one: None if (share := self.of(one).value) is None else round(share, 4) for one in MEASURES}

    @property
    def mean(self) -> float | None:
        """All measures as one number: the mean of those that there are."""
        there = [share for one in MEASURES if (share := self.of(one).value) is not None]
        return sum(there) / len(there) if there else None


class Coverage(NamedTuple):
    """The shares of a catalogue at a revision, and of each of its collections, in order."""

    revision: str
    all: Shares
    collections: Mapping[str, Shares]

    def as_json(self) -> dict[str, object]:
        """What `vkd coverage --output-format json` prints of it (docs/language.md section 10)."""
        return {
            "revision": self.revision,
            "all": self.all.values,
            "collections": {name: shares.values for name, shares in self.collections.items()},
        }
