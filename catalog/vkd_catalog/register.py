"""The reference register: which information sets have which sentences (1972 p.15-16 and fig. 6).

The register answers one question, fast: which sentences have these codes, or codes below them, at a time that overlaps
this one. Everything else (grades, covers, near misses) is made of such answers. How it is stored is an engine's own
affair; an engine is whatever keeps the `Register` protocol.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Literal, NamedTuple, Protocol


class Codes(NamedTuple):
    """Which codes a field may have: one of `exactly`, or any below one of `below`."""

    exactly: tuple[str, ...]
    below: tuple[str, ...] = ()


class Ask(NamedTuple):
    """One question to the register; None for a field that may be anything. `time` is a closed stretch of days.

    A sentence about something fixed, as a date of birth, holds at every time.
    """

    object_type: Codes | None
    name: Codes | None
    characteristic: Codes | None
    time: tuple[int, int] | None


class ProductRecord(NamedTuple):
    """What the register keeps of a product description beside its sentences. `row` is its header's, from 0.

    `sensitive` is yes where one of its characteristics is, no where every one is assessed and none is.
    """

    identification: str
    path: str
    row: int
    values: Mapping[str, str]
    unit_id: tuple[str, ...]
    sensitive: Literal["yes", "no", "not assessed"]


class SentenceRecord(NamedTuple):
    """One sentence as coded; `line` is its place in the description from 1, `start` and `end` are days."""

    line: int
    object_type: str
    name: str
    characteristic: str
    start: int
    end: int
    fixed: bool


class Found(NamedTuple):
    """A registered sentence and the number of the product it stands in."""

    product: int
    sentence: SentenceRecord


class Missed(NamedTuple):
    """Something that a register would hold and could not be read.

    A file or folder as a whole, and then `reason` says why (`files.Reason`); or some sentences of a product
    description, whose identification is empty where it has none that can be read.
    """

    path: str
    identification: str
    sentences: int
    reason: str


class FileState(NamedTuple):
    """What is known of a registered file: a cheap signature to see that it is untouched, and its content's hash."""

    signature: str
    digest: str


Registered = tuple[ProductRecord, Sequence[SentenceRecord]]

NOTHING_TOUCHED: Mapping[str, FileState] = {}
"""No file has another signature than it had."""


class Trouble(NamedTuple):
    """Why a register was not found as it was left, or cannot be kept, which its user may want to know.

    `damaged`: thrown away and made anew. `link`, `foreign`: what has its name is a link or no file, or somebody else's
    database, and is left alone. `unwritten`: it could not be written, and `why` is what the system said.
    """

    kind: Literal["damaged", "link", "foreign", "unwritten"]
    path: str
    why: str = ""


class Finder(Protocol):
    """What matching needs of a register: sentences that answer a question."""

    def find(self, ask: Ask) -> list[Found]:
        """The sentences that answer a question, in no particular order."""
        ...


class Register(Protocol):
    """What an engine does. Products go by numbers that stay the same as long as their file is not registered anew."""

    def size(self) -> tuple[int, int]:
        """How many products and sentences can be found."""
        ...

    def find(self, ask: Ask, within: Collection[int] | None = None) -> list[Found]:
        """The sentences that answer a question, in no particular order; `within` limits it to some products."""
        ...

    def product(self, number: int) -> ProductRecord:
        """One product's record."""
        ...

    def sentences(self, number: int) -> tuple[SentenceRecord, ...]:
        """All sentences of one product, in their order."""
        ...

    def products(self) -> list[tuple[int, ProductRecord]]:
        """All products that can be found, ordered by identification."""
        ...

    def lacking(self, key: str) -> frozenset[int]:
        """The products whose technical data do not state a key."""
        ...

    def called(self, identification: str) -> list[ProductRecord]:
        """Every product with an identification, however cased, ordered by place; two are an error of theirs."""
        ...

    def namesakes(self, identification: str, besides: str) -> tuple[int, list[ProductRecord]]:
        """How many products of files other than `besides` have an identification, and the first two, by place."""
        ...

    def files(self) -> dict[str, FileState]:
        """The files that are registered, by path."""
        ...

    def altered(self) -> list[str]:
        """The files whose products and sentences are not as they were registered: none, if nothing is broken."""
        ...

    def replace(
        self,
        changed: Iterable[tuple[str, FileState, Sequence[Registered]]],
        gone: Collection[str],
        touched: Mapping[str, FileState] = NOTHING_TOUCHED,
        missed: Sequence[Missed] = (),
    ) -> None:
        """Registers files anew, forgets others and notes new signatures of those whose content is what it was, all or
        nothing. `missed` is what could not be read of those that are registered anew, and what cannot be read at all;
        with its path a file or folder is forgotten, and that it could not be read."""
        ...

    def missed(self) -> list[Missed]:
        """What could not be read, ordered by path and identification."""
        ...

    def copy(self) -> "Register":
        """A register of its own in memory, with the same content, which nothing that happens to this one changes."""
        ...

    def close(self) -> None:
        """Lets go of what the engine holds."""
        ...
