"""What a demand is answered with, as plain values (docs/language.md sections 6, 7 and 10)."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from vkd_catalog.evaluation.ranking import RankedCovers

NearMissKind = Literal[
    "broader-object-type",
    "broader-name",
    "broader-characteristic",
    "flow-too-long",
    "marginal-only",
    "unlinkable",
    "archive",
    "other-time",
    "other-name",
]
Status = Literal["found", "none", "invalid"]

Archive = Literal["data", "document", "both"]
ADDRESSES: Mapping[str, str] = {"data": "data", "document": "doc"}
"""The key that states an address in the archive asked for; both archives ask for none."""


class NearMiss(NamedTuple):
    """A product that comes near a line without answering it. `beside` is the other set of an unlinkable pair."""

    group: int
    line: int
    product: str
    product_line: int
    kind: NearMissKind
    beside: str | None = None
    rules: tuple[str, ...] = ()


class Relaxation(NamedTuple):
    """An edit that would give a demand answers: the field set to `to`, or the line removed if `field` is None."""

    line: int
    field: str | None
    to: str | None
    covers: int


class Unread(NamedTuple):
    """How much could not be read and might have held an answer: how many product files or folders, each of at least one
    product, and how many sentences of product descriptions."""

    products: int
    sentences: int


class Why(NamedTuple):
    """Why the first group has no cover: lines that fail together, sets of lines that succeed, edits that would help.

    `limit` is how many members would do, where no fewer do and more are needed than were allowed; `unread` how much
    could not be read and so was not searched.
    """

    failing: tuple[int, ...]
    succeeding: tuple[tuple[int, ...], ...]
    relaxations: tuple[Relaxation, ...]
    limit: int | None = None
    unread: Unread = Unread(0, 0)


class ProductFacts(NamedTuple):
    """What a product states of itself; None for what it does not state. `lead_time` in days.

    `number` is the product's in the register, for whoever wants to read its sentences there.
    """

    data: str | None
    doc: str | None
    form: str | None
    access: str | None
    lead_time: int | None
    sensitive: Literal["yes", "no", "not assessed"]
    values: Mapping[str, str]
    number: int


class Answer(NamedTuple):
    """The answer to one demand. `line` is its header's line in the file, from 1; `asked` the archives it asks for.

    `covers` are in order, the best first; they may be many, and each is made when it is looked at. `to_observe` are the
    lines of groups without covers that nothing in the catalogue answers, whatever else is asked (1972 fig. 1, box 5).
    """

    id: str
    path: str
    line: int
    language: str
    asked: Archive
    status: Status
    covers: "RankedCovers"
    near_misses: tuple[NearMiss, ...]
    why: Why | None
    to_observe: tuple[int, ...]
    products: Mapping[str, ProductFacts]
