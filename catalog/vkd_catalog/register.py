"""The reference register: which information sets have which sentences (1972 p.15-16 and fig. 6).

The register answers one question, fast: which sentences have these codes, or codes below them, at a time that overlaps
this one. Everything else (grades, covers, near misses) is made of such answers. How it is stored is an engine's own
affair; an engine is whatever keeps the `Register` protocol.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from hashlib import blake2b
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

from vkd_grammar.times import BEGINNING, END, NOT_STATED, NotStated, Series, Span, Step, span
from vkd_grammar.words import fold

if TYPE_CHECKING:
    from vkd_catalog.columns import Columns

StatedTime = Span | Series | NotStated
"""What a sentence of a product may state in its time field."""


class Codes(NamedTuple):
    """Which codes a field may have: one of `exactly`, or any below one of `below`."""

    exactly: tuple[str, ...]
    below: tuple[str, ...] = ()


class Ask(NamedTuple):
    """One question to the register; None for a field that may be anything. `time` is a closed stretch of days.

    A sentence about something fixed, as a date of birth, holds at every time; one that states none may hold at any.
    With `of_set`, what is fixed holds only where some sentence of its set that is not fixed does, or all are fixed.
    """

    object_type: Codes | None
    name: Codes | None
    characteristic: Codes | None
    time: tuple[int, int] | None
    of_set: bool = False


class Edition(NamedTuple):
    """A product as an edition: the collection that it states, as written, and the latest day (eight digits) that its
    sentences state. An empty text or 0 stands for none."""

    collection: str
    latest: int


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


UNSTATED = "?"
"""The step of a sentence whose time is not stated."""


class SentenceRecord(NamedTuple):
    """One sentence as coded; `line` is its place in the description from 1, `start` and `end` are days.

    `step` is that of a series, `?` where no time is stated, and else empty; what is not stated may be any day. `time`
    says it as one.
    """

    line: int
    object_type: str
    name: str
    characteristic: str
    start: int
    end: int
    fixed: bool
    step: Step | Literal["", "?"] = ""

    @property
    def time(self) -> StatedTime:
        """The time it states."""
        if self.step == "?":
            return NOT_STATED
        return Series(self.start, self.end, self.step) if self.step else span(self.start, self.end)

    @property
    def is_dated(self) -> bool:
        """Whether it holds at some times and not at others: it is of nothing fixed, and states a time."""
        return not self.fixed and self.step != "?"


def days_registered(time: StatedTime) -> tuple[int, int, Step | Literal["", "?"]]:
    """A time as a `SentenceRecord` keeps it: first day, last day, step. A series begins and ends with its periods."""
    if isinstance(time, NotStated):
        return BEGINNING, END, "?"
    if isinstance(time, Span):
        return time.start, time.end, ""
    whole = time.whole() or time
    start = time.start if time.start == BEGINNING else whole.start
    return start, time.end if time.end == END else whole.end, time.step


def sensitive_by(stated: Collection[str]) -> Literal["yes", "no", "not assessed"]:
    """Whether a product is sensitive, by what is stated of its characteristics: yes where one is; no only where every
    one is assessed, for unknown is never no."""
    return "yes" if "yes" in stated else "no" if set(stated) == {"no"} else "not assessed"


def series_mark(series: str) -> str:
    """What stands for a pseudonym series where its name is not told: the same for the same series in every catalogue,
    so that what can be linked is known all the same. A mark is its own. Whoever knows a name can compare it."""
    if not series or _SERIES_MARK.fullmatch(series):
        return series
    return f"series-{blake2b(fold(series).encode('utf-8', 'surrogatepass'), digest_size=8).hexdigest()}"


_SERIES_MARK = re.compile(r"series-[0-9a-f]{16}")


class Found(NamedTuple):
    """A registered sentence and the number of the product it stands in."""

    product: int
    sentence: SentenceRecord


class Standing(NamedTuple):
    """In how many products something stands, and the last day that they speak of there; 0 where there is none, `END`
    where it is open."""

    products: int
    latest: int


class LookedFor(NamedTuple):
    """Products by their numbers in which something stands, and whether these are all of them."""

    products: frozenset[int]
    is_all: bool

    def united(self, other: "LookedFor") -> "LookedFor":
        """The products in which one or the other stands."""
        return LookedFor(self.products | other.products, self.is_all and other.is_all)

    def common(self, other: "LookedFor") -> "LookedFor":
        """The products in which both stand."""
        return LookedFor(self.products & other.products, self.is_all and other.is_all)


class Shelf(NamedTuple):
    """A collection, by the last of its editions (by identification) and how many there are; or a product that is of
    none, and then `editions` is 0. It is ordered by the name of the collection, or by identification."""

    number: int
    product: ProductRecord
    editions: int


class Called(NamedTuple):
    """What a product or a collection is called. `number` is the product's, of a collection that of its last edition."""

    number: int
    name: str


class Missed(NamedTuple):
    """Something that a register would hold and could not be read.

    A file or folder as a whole, and then `reason` says why (`files.Reason`); or some sentences of a product
    description, whose identification is empty where it has none that can be read.
    """

    path: str
    identification: str
    sentences: int
    reason: str


class Namesake(NamedTuple):
    """A product by its number and folded identification, and what those of one identification are ordered by: the first
    can be found."""

    number: int
    folded: str
    order: tuple[object, ...]


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


Tell = Callable[[Trouble], None]
"""Is told what went wrong with a stored register."""


class Stored(NamedTuple):
    """What is stored of a register: its state, its file, the file's size in bytes, when it was written (seconds since
    1970), and the register in it.

    For a register on a server, the file is where that is. `whole` is one that would be used, and the only one with a
    register; `outdated` was made for other vocabularies or
    by another version; `not-kept` is said by an engine that stores nothing, and has no file; the others are as of
    `cache.Sealed` and `Trouble`.
    """

    state: Literal["whole", "absent", "elsewhere", "outdated", "damaged", "link", "foreign", "unreadable", "not-kept"]
    path: str = ""
    size: int = 0
    written: float = 0.0
    register: "Register | None" = None


class Linking(NamedTuple):
    """What a product states that linkage depends on: the alternatives that identify its units, the series of their
    pseudonyms, and who has access; empty for what it does not state."""

    unit_id: tuple[str, ...]
    series: str
    access: str


class Finder(Protocol):
    """What matching needs of a register: sentences that answer a question."""

    def find(self, ask: Ask, within: Collection[int] | None = None) -> list[Found]:
        """The sentences that answer a question, in no particular order, of all products or of some."""
        ...

    def said(
        self, ask: Ask, within: Collection[int] | None = None, *, characteristics: bool
    ) -> Iterable[tuple[int, SentenceRecord]]:
        """What products say in answer to a question, without where they say it."""
        ...

    def columns(self, ask: Ask, *, characteristics: bool) -> "Columns | None":
        """What products say in answer to a question, as columns; None where the register has none."""
        ...

    def counted(self, ask: Ask, groups: Mapping[int, int]) -> Mapping[str, int]:
        """In how many groups of products each characteristic stands in answer to a question."""
        ...

    def sentences(self, number: int) -> tuple[SentenceRecord, ...]:
        """All sentences of one product."""
        ...

    def numbered(self, identification: str) -> int | None:
        """The number of the product that can be found by an identification; None where there is none."""
        ...


class Register(Protocol):
    """What an engine's register does; `tests/catalog/engines/test_conformance.py` tries every word of it.

    A product goes by a number that stays the same until its file is registered anew or forgotten. Of several products
    whose identifications are the same but for their case, only the first by path and row can be found; only `called`
    and `namesakes` return the others too, which can be found once those before them are gone. Identifications are
    compared and ordered as `vkd_grammar.words.fold` makes them. Paths may hold what is no UTF-8 (lone surrogates).
    """

    def revision(self) -> str:
        """A mark of the state that is answered from, where others register products too: the same mark, the same
        answers. Empty where the files say it all."""
        ...

    def has_news(self) -> bool:
        """Whether others have registered products since the state that is answered from. Raises RegisterError while
        that is not known."""
        ...

    def interrupt(self, thread: int) -> None:
        """Has the question that a thread (`threading.get_ident`) is asking, if any, end by RegisterError where that can
        be done, for nobody waits for the answer any longer."""
        ...

    def size(self) -> tuple[int, int]:
        """How many products can be found, and how many sentences they have together."""
        ...

    def find(self, ask: Ask, within: Collection[int] | None = None) -> list[Found]:
        """The sentences that answer a question, each once, in no particular order; `within` limits it to products by
        their numbers. A code is below another that it begins with, up to a dot: `A.1` is below `A`, and `AB` is not."""
        ...

    def said(
        self, ask: Ask, within: Collection[int] | None = None, *, characteristics: bool
    ) -> Iterable[tuple[int, SentenceRecord]]:
        """What products say in answer to a question, each with its number, in no particular order: the sentences that
        `find` finds, all of them as line 0 and, without `characteristics`, with an empty one. What a product says
        several times so is there once. A broad question finds a million sentences, which differ in little else.

        `said_by_finding` is right for any engine that does not do it faster."""
        ...

    def columns(self, ask: Ask, *, characteristics: bool) -> "Columns | None":
        """The sentences that `find` finds as columns, in no particular order, without where they stand and, without
        `characteristics`, with an empty one; some may be there several times. None where the engine has no columns, or
        what they need is not installed."""
        ...

    def counted(self, ask: Ask, groups: Mapping[int, int]) -> Mapping[str, int]:
        """In how many groups of products each characteristic stands in answer to a question; `groups` has each product
        that counts, by its number, with the group that it is of."""
        ...

    def linking(self, numbers: Collection[int]) -> Mapping[int, Linking]:
        """What some products that can be found state that linkage depends on, by their numbers."""
        ...

    def identifications(self, numbers: Collection[int]) -> Mapping[int, str]:
        """The identifications of some products that can be found, by their numbers."""
        ...

    def standing(self, ask: Ask) -> Standing:
        """In how many products sentences stand that answer a question, and the last day of their times."""
        ...

    def product(self, number: int) -> ProductRecord:
        """The record of a product that can be found, by its number."""
        ...

    def numbered(self, identification: str) -> int | None:
        """The number of the product that can be found by an identification; None where there is none."""
        ...

    def sentences(self, number: int) -> tuple[SentenceRecord, ...]:
        """All sentences of one product, ordered by line; none where there is no such product."""
        ...

    def products(self, first: int = 0, most: int | None = None) -> list[tuple[int, ProductRecord]]:
        """The products that can be found, with their numbers, ordered by identification: all, or from a place on so
        many."""
        ...

    def answering(self, ask: Ask, most: int) -> list[tuple[int, ProductRecord]]:
        """The first products by identification in which sentences stand that answer a question."""
        ...

    def how_many(self, ask: Ask, most: int) -> int:
        """How many products there are in which such sentences stand, counted no further than `most`."""
        ...

    def looked_for(self, ask: Ask, most: int) -> LookedFor:
        """The products in which such sentences stand, looked for among so many sentences: of its characteristic or its
        name, where it asks for any. What that takes does not depend on how many answer."""
        ...

    def spread(self, most: int) -> Collection[int]:
        """The numbers of products that can be found, from all over the register: all of them; or where these are more
        about so many, among which are numbers that no product has any longer."""
        ...

    def stating(self, text: str, most: int) -> list[ProductRecord]:
        """So many products that state something which holds a text, as it is written."""
        ...

    def holding(self, text: str, most: int, *, inside: bool = True) -> list[Called]:
        """The products whose identification holds a text somewhere: those that begin with it first, of these the
        shorter ones. Unless `inside`, the others need not be there: every name has to be looked at for them."""
        ...

    def collections_holding(self, text: str, most: int, *, inside: bool = True) -> list[Called]:
        """The same of collections."""
        ...

    def collected(self, name: str) -> list[tuple[int, ProductRecord]]:
        """The editions of a collection, ordered by identification; none for an empty name."""
        ...

    def shelves(self, first: int, most: int) -> list[Shelf]:
        """The collections, and the products that are of none, in the order of their names, from a place on."""
        ...

    def shelved(self) -> int:
        """How many there are of what `shelves` tells."""
        ...

    def editions(self, numbers: Collection[int]) -> Mapping[int, Edition]:
        """What some products are as editions, by their numbers."""
        ...

    def named(self, name: str) -> int:
        """How many products that can be found have a sentence whose name has this very code."""
        ...

    def lacking(self, key: str) -> frozenset[int]:
        """The numbers of the products that can be found and whose `values` do not have a key."""
        ...

    def called(self, identification: str) -> list[ProductRecord]:
        """Every product with an identification, whatever its case, ordered by path and row: more than one is an error
        in the files. Those that cannot be found are among them."""
        ...

    def namesakes(self, identification: str, besides: str) -> tuple[int, list[ProductRecord]]:
        """Of the products that `called` tells, those whose file is not `besides`: their number, and the first two."""
        ...

    def files(self) -> dict[str, FileState]:
        """The registered files' states by path, also of files without a product."""
        ...

    def contents(self) -> str:
        """A hash of the content of all registered files with their paths, worked out once a state (`contents_of`)."""
        ...

    def altered(self) -> list[str]:
        """The paths of the files whose stored products and sentences differ from what was registered; empty unless the
        storage is damaged."""
        ...

    def replace(
        self,
        changed: Iterable[tuple[str, FileState, Sequence[Registered]]],
        gone: Collection[str],
        touched: Mapping[str, FileState] = NOTHING_TOUCHED,
        missed: Sequence[Missed] = (),
    ) -> None:
        """Changes the register, and stores it where it is stored; whatever is raised on the way, nothing has changed.

        First the files and folders of `gone` are forgotten, by path, with what was missed of them. Each of `changed`
        (path, state, products) then takes the place of what was registered, and missed, of that path; `touched` are new
        states of registered files whose content is what it was. `missed` is added last, when `changed`, which may be an
        iterator that fills it, has come to its end.
        """
        ...

    def missed(self) -> list[Missed]:
        """What could not be read, ordered by path and identification."""
        ...

    def copy(self) -> "Register":
        """A register in memory with the same content and numbers. A change to either does not change the other, and
        either can be closed first."""
        ...

    def close(self) -> None:
        """Closes the register, which must not be used afterwards. What was stored stays."""
        ...


def said_by_finding(found: Iterable[Found], *, characteristics: bool) -> Iterable[tuple[int, SentenceRecord]]:
    """What `Register.said` says, of what `Register.find` finds."""
    every = (
        (number, one._replace(line=0) if characteristics else one._replace(line=0, characteristic=""))
        for number, one in found
    )
    return dict.fromkeys(every)


def counted_by_finding(found: Iterable[tuple[int, SentenceRecord]], groups: Mapping[int, int]) -> Mapping[str, int]:
    """What `Register.counted` counts, of what `Register.find` or `Register.said` finds."""
    every = {(groups[number], one.characteristic) for number, one in found if number in groups}
    return Counter(characteristic for _, characteristic in every)


def contents_of(files: Mapping[str, FileState]) -> str:
    """What `Register.contents` says, of what `Register.files` says."""
    digest = blake2b(digest_size=16)
    for path, state in sorted(files.items()):
        digest.update(f"{path}\0{state.digest}\1".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def linking_of(product: ProductRecord) -> Linking:
    """What `Register.linking` says of a product."""
    return Linking(product.unit_id, product.values.get("series", ""), product.values.get("access", ""))
