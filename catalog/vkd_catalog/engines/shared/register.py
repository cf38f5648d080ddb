"""The shared register as one workspace has it: the products of all, and the files of its own."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from vkd_catalog.engines import Place
from vkd_catalog.engines.checksum import summed
from vkd_catalog.engines.shared.browsing import LookedAround
from vkd_catalog.engines.shared.change import Change
from vkd_catalog.engines.shared.listening import Listener
from vkd_catalog.engines.shared.questions import NO_TERM, Terms, conditions
from vkd_catalog.engines.shared.session import Session, State
from vkd_catalog.engines.shared.texts import read, stored
from vkd_catalog.register import (
    NOTHING_TOUCHED,
    Ask,
    Codes,
    Edition,
    FileState,
    Found,
    Linking,
    Missed,
    Namesake,
    ProductRecord,
    Register,
    Registered,
    SentenceRecord,
    Standing,
    Stored,
    Tell,
    contents_of,
)
from vkd_grammar.words import fold

if TYPE_CHECKING:
    from vkd_catalog.engines.shared.overlay import OverlaidRegister


def opened(place: Place, key: str, tell: Tell | None) -> Register:
    """The register at a place. Where its workspace's files may not be registered, one that they are laid over."""
    register = PostgresRegister(place, key)
    try:
        if register.may_write():
            return register
        overlaid = register.overlaid()
    except BaseException:
        register.close()
        raise
    register.close()
    return overlaid.telling(tell, "read only") if tell else overlaid


def stored_at(place: Place, key: str) -> Stored:
    """What is registered of a workspace at a place, with a register whose changes are not stored."""
    register = PostgresRegister(place, key)
    try:
        state, size, written = register.standing_of_workspace()
        return Stored(state, place.address, size, written, register.copy() if state == "whole" else None)
    finally:
        register.close()


class _Brief(NamedTuple):
    """What of a product is asked for by the thousand."""

    identification: str
    edition: Edition
    linking: Linking


class PostgresRegister(LookedAround):
    """A register on a server, asked in one state until something is changed through it, or it is renewed.

    All products that were coded by `key` can be found, whosever they are; `files`, `altered` and `replace` are of the
    files of the place's workspace. The paths of others begin with the name of their workspace.
    """

    def __init__(self, place: Place, key: str, snapshot: str = "") -> None:
        self.place = place
        self._key = key
        self._products: dict[int, ProductRecord] = {}
        self._briefs: dict[int, _Brief] = {}
        self._named: dict[str, int] = {}
        self._missed: list[Missed] | None = None
        self._contents: str | None = None
        self._terms = Terms(self._rows)
        self._workspaces: dict[int, str] | None = None
        self._hidden: frozenset[int] | None = None
        self._listener: Listener | None = None
        self._session = Session(place, key, self._renewed, snapshot)

    def revision(self) -> str:
        return str(self._state.revision)

    def has_news(self) -> bool:
        # Who asks once does not wait for others: only what stays open listens.
        if self._listener is None:
            self._listener = Listener(self.place, self._state.revision)
        return self._listener.has_changed()

    def size(self) -> tuple[int, int]:
        where = f"coding = %s AND {self._seen('number')}"
        question = f"SELECT count(*), coalesce(sum(sentences), 0)::bigint FROM product WHERE {where}"
        ((products, sentences),) = self._rows(question, (self.coding,))
        return products, sentences

    def find(self, ask: Ask, within: Collection[int] | None = None) -> list[Found]:
        return self._read(self._answering(_SENTENCE, ask, within))

    def said(
        self, ask: Ask, within: Collection[int] | None = None, *, characteristics: bool
    ) -> Iterator[tuple[int, SentenceRecord]]:
        column = "characteristic" if characteristics else str(NO_TERM)
        rows = self._answering(_SAID.format(characteristic=column), ask, within)
        codes = self._terms.codes(rows)
        known: dict[tuple[Any, ...], SentenceRecord] = {}
        for row in rows:
            sentence = known.get(row[1:])
            if sentence is None:
                _, line, a, b, c, *time = row
                sentence = known[row[1:]] = SentenceRecord(line, codes[a], codes[b], codes[c], *time)
            yield row[0], sentence

    def standing(self, ask: Ask) -> Standing:
        asked = self._conditions(ask)
        if asked is None:
            return Standing(0, 0)
        wanted, values = asked
        where = " AND ".join((*wanted, self._seen("product")))
        question = f"SELECT count(DISTINCT product), coalesce(max(stop), 0) FROM sentence WHERE {where}"
        ((products, latest),) = self._rows(question, values)
        return Standing(products, latest)

    def product(self, number: int) -> ProductRecord:
        record = self._products.get(number)
        if record is None:
            ((_, record),) = self._records("product WHERE number = %s", (number,))
            self._products[number] = record
        return record

    def numbered(self, identification: str) -> int | None:
        question = f"SELECT number FROM product WHERE {_CALLED} AND {self._seen('number')}"
        rows = self._rows(question, self._called(identification))
        return rows[0][0] if rows else None

    def sentences(self, number: int) -> tuple[SentenceRecord, ...]:
        found = self._read(self._rows(f"{_SENTENCE} WHERE product = %s ORDER BY line", (number,)))
        return tuple(one.sentence for one in found)

    def columns(self, ask: Ask, *, characteristics: bool) -> None:
        """None: the server puts its answers together."""

    def counted(self, ask: Ask, groups: Mapping[int, int]) -> Mapping[str, int]:
        asked = self._conditions(ask)
        if asked is None:
            return {}
        wanted, values = asked
        where = " AND ".join((*wanted, self._seen("product")))
        rows = self._rows(
            f"{_COUNTED} WHERE {where} GROUP BY characteristic", [list(groups), list(groups.values()), *values]
        )
        codes = self._terms.codes(
            [(0, 0, characteristic, characteristic, characteristic) for characteristic, _ in rows]
        )
        return {codes[characteristic]: count for characteristic, count in rows}

    def linking(self, numbers: Collection[int]) -> Mapping[int, Linking]:
        return {number: brief.linking for number, brief in self._briefly(numbers)}

    def identifications(self, numbers: Collection[int]) -> Mapping[int, str]:
        return {number: brief.identification for number, brief in self._briefly(numbers)}

    def editions(self, numbers: Collection[int]) -> Mapping[int, Edition]:
        return {number: brief.edition for number, brief in self._briefly(numbers)}

    def named(self, name: str) -> int:
        known = self._named.get(name)
        if known is None:
            where = f"name = ANY(%s::integer[]) AND {self._seen('product')}"
            numbers = self._terms.numbers(Codes((name,)), self.coding)
            ((known,),) = self._rows(f"SELECT count(DISTINCT product) FROM sentence WHERE {where}", (numbers,))
            self._named[name] = known
        return known

    def lacking(self, key: str) -> frozenset[int]:
        where = f"coding = %s AND technical -> %s IS NULL AND {self._seen('number')}"
        rows = self._rows(f"SELECT number FROM product WHERE {where}", (self.coding, key))
        return frozenset(number for (number,) in rows)

    def called(self, identification: str) -> list[ProductRecord]:
        question = f"SELECT {_PRODUCT} FROM product WHERE {_CALLED} {_IN_ORDER}"
        return [self._product(row) for _, *row in self._rows(question, self._called(identification))]

    def namesakes_among(self, names: Collection[str]) -> list[Namesake]:
        """All products of some folded identifications: that of the workspace that joined first can be found."""
        rows = self._rows(_NAMESAKES, ([stored(name) for name in names], self.coding))
        return [
            Namesake(number, read(folded), (workspace, False, self._path(workspace, read(path)), row))
            for number, folded, workspace, path, row in rows
        ]

    def namesakes(self, identification: str, besides: str) -> tuple[int, list[ProductRecord]]:
        where = f"WHERE {_CALLED} AND (workspace, path) IS DISTINCT FROM (%s, %s)"
        others = (*self._called(identification), self._state.workspace, stored(besides))
        ((count,),) = self._rows(f"SELECT count(*) FROM product {where}", others)
        first = self._records(f"product {where} {_IN_ORDER} LIMIT 2", others)
        return count, [record for _, record in first]

    def files(self) -> dict[str, FileState]:
        rows = self._rows(f"SELECT path, signature, digest FROM file WHERE {_OWN}", self._own)
        return {read(path): FileState(signature, digest) for path, signature, digest in rows}

    def contents(self) -> str:
        if self._contents is None:
            self._contents = contents_of(self.files())
        return self._contents

    def altered(self) -> list[str]:
        by_number: dict[int, list[SentenceRecord]] = {}
        there = f"product IN (SELECT number FROM product WHERE {_OWN})" if self._state.is_spread else "true"
        of_own = (self._state.workspace, *(self._own if self._state.is_spread else ()))
        sentences = self._rows(f"{_SENTENCE} WHERE workspace = %s AND {there} ORDER BY product, line", of_own)
        for found in self._read(sentences):
            by_number.setdefault(found.product, []).append(found.sentence)
        by_path: dict[str, list[Registered]] = {}
        for number, product in self._records(f"product WHERE {_OWN} ORDER BY number", self._own):
            by_path.setdefault(product.path, []).append((product, by_number.pop(number, [])))
        files = self._rows(f"SELECT path, products, sentences, content FROM file WHERE {_OWN} ORDER BY path", self._own)
        altered = [path for path, *sums in _paths(files) if tuple(sums) != summed(by_path.pop(path, []))]
        # What is left belongs to no file, or to no product.
        return [*altered, *by_path, *("" for _ in by_number)]

    def replace(
        self,
        changed: Iterable[tuple[str, FileState, Sequence[Registered]]],
        gone: Collection[str],
        touched: Mapping[str, FileState] = NOTHING_TOUCHED,
        missed: Sequence[Missed] = (),
    ) -> None:
        gone = self._of_own(gone)
        if not (changed or gone or touched or missed):
            return
        is_spread = self._state.is_spread
        with self._session.writing() as run:
            Change(run, self.place.workspace, self._key, is_spread=is_spread).make(changed, gone, touched, missed)

    def missed(self) -> list[Missed]:
        if self._missed is None:
            own = self._rows(f"SELECT {_MISSED} FROM missed WHERE {_OWN}", self._own)
            every = [*(_missed(*row) for row in own), *self._missed_of_others()]
            self._missed = sorted(every, key=lambda one: one[:2])
        return self._missed

    def may_write(self) -> bool:
        """Whether files of the workspace may be registered by the role that asks."""
        ((may,),) = self._rows("SELECT may_write(%s)", (stored(self.place.workspace),))
        return bool(may)

    def standing_of_workspace(self) -> tuple[Literal["whole", "outdated"], int, float]:
        """Whether files of the workspace are registered by other vocabularies alone; the register's size in bytes, and
        when it was last written, in seconds since 1970."""
        ((is_outdated, size, written),) = self._rows(_STANDING, (self.coding, self._state.workspace))
        return "outdated" if is_outdated else "whole", size, written

    def standing_in(self, paths: Collection[str]) -> list[tuple[int, str]]:
        """The numbers and folded identifications of the products that some files of the workspace describe."""
        rows = self._rows(
            f"SELECT number, folded FROM product WHERE {_OWN} AND path = ANY(%s::text[])",
            (*self._own, [stored(path) for path in paths]),
        )
        return [(number, read(folded)) for number, folded in rows]

    @property
    def coding(self) -> int:
        """The number of the coding that is asked."""
        return self._state.coding

    @property
    def own_place(self) -> int:
        """The number of its workspace; of one that has registered nothing, one that comes after all others."""
        return self._state.workspace or _LAST

    def shadowed(self) -> frozenset[int]:
        """The products that cannot be found, as others of their name come before them."""
        return self._state.hidden

    def hiding(self, hidden: frozenset[int]) -> None:
        """Has some products not be found, and all others be, until it is told something else."""
        self._hidden = hidden
        self._named.clear()

    def fixed(self) -> "PostgresRegister":
        """The same state of the register with a connection of its own, which is never renewed."""
        return PostgresRegister(self.place, self._key, self._session.exported())

    def overlaid(self) -> "OverlaidRegister":
        """The same state, over which files are laid by a change."""
        from vkd_catalog.engines.shared.overlay import OverlaidRegister

        return OverlaidRegister(self.fixed())

    def copy(self) -> Register:
        return self.overlaid()

    def renew(self) -> None:
        """Lets the state go that is asked; the next question is answered from the register as it is then."""
        self._session.release()

    def interrupt(self, thread: int) -> None:
        self._session.cancel(thread)

    def close(self) -> None:
        self._end_listening()
        self._session.close()

    def _end_listening(self) -> None:
        if self._listener is not None:
            self._listener.end()
            self._listener = None

    @property
    def _state(self) -> State:
        return self._session.state

    @property
    def _own(self) -> tuple[int, int]:
        return self._state.workspace, self.coding

    def _called(self, identification: str) -> tuple[str, int]:
        return stored(fold(identification)), self.coding

    def _renewed(self) -> None:
        """Forgets what was read of another state."""
        self._end_listening()
        self._products.clear()
        self._briefs.clear()
        self._named.clear()
        self._missed = self._contents = None
        self._workspaces = None
        self._terms = Terms(self._rows)

    def _rows(self, question: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        return self._session.rows(question, values)

    def _seen(self, column: str) -> str:
        hidden = self._state.hidden if self._hidden is None else self._hidden
        if self._state.is_spread and column == "product":
            # There are sentences of products that are no longer there, or not yet.
            there = f"product IN (SELECT number FROM product WHERE coding = {self.coding})"
            return f"{there} AND {column} <> ALL('{{{','.join(map(str, hidden))}}}'::bigint[])"
        return f"{column} <> ALL('{{{','.join(map(str, hidden))}}}'::bigint[])" if hidden else "true"

    def _records(self, source: str, values: Sequence[object]) -> list[tuple[int, ProductRecord]]:
        rows = self._rows(f"SELECT {_PRODUCT} FROM {source}", values)
        return [(number, self._product(row)) for number, *row in rows]

    def _conditions(self, ask: Ask) -> tuple[list[str], list[object]] | None:
        coding = self.coding
        return conditions(ask, self._terms, coding)

    def _answering(self, select: str, ask: Ask, within: Collection[int] | None) -> list[tuple[Any, ...]]:
        """What is selected of the sentences that answer a question, of all products or of some."""
        asked = self._conditions(ask)
        if asked is None or (within is not None and not within):
            return []
        wanted, values = asked
        if within is not None:
            wanted.append("product = ANY(%s::bigint[])")
            values.append(list(within))
        wanted.append(self._seen("product"))
        return self._rows(f"{select} WHERE {' AND '.join(wanted)}", values)

    def _read(self, rows: Sequence[tuple[Any, ...]]) -> list[Found]:
        codes = self._terms.codes(rows)
        new = tuple.__new__
        return [
            new(Found, (product, new(SentenceRecord, (line, codes[a], codes[b], codes[c], start, stop, fixed, step))))
            for product, line, a, b, c, start, stop, fixed, step in rows
        ]

    def _briefly(self, numbers: Collection[int]) -> Iterator[tuple[int, "_Brief"]]:
        """What is known of some products beside their records; of the latest it is kept."""
        known = self._briefs
        unknown = [number for number in numbers if number not in known]
        if len(known) + len(unknown) > _MOST_KEPT:
            unknown = list(numbers)
            known = self._briefs = {}
        if unknown:
            for number, identification, collection, latest, unit_id, series, access in self._rows(_BRIEF, (unknown,)):
                linking = Linking(_codes(unit_id), read(series or ""), read(access or ""))
                known[number] = _Brief(read(identification), Edition(read(collection), latest), linking)
        return ((number, known[number]) for number in numbers)

    def _product(self, row: Sequence[Any]) -> ProductRecord:
        workspace, identification, path, place, technical, unit_id, sensitive = row
        values = {key: read(value) for key, value in technical.items()}
        path = self._path(workspace, read(path))
        return ProductRecord(read(identification), path, place, values, _codes(unit_id), sensitive)

    def _path(self, workspace: int, path: str) -> str:
        return path if workspace == self._state.workspace else f"{self._names()[workspace]}:{path}"

    def _names(self) -> Mapping[int, str]:
        """What the workspaces are called, by their numbers."""
        if self._workspaces is None:
            self._workspaces = {number: read(name) for number, name in self._rows("SELECT number, name FROM workspace")}
        return self._workspaces

    def _of_own(self, paths: Collection[str]) -> Collection[str]:
        """Those of some paths that are not told of another workspace."""
        others = {one.path for one in self._missed_of_others()} if paths else ()
        return [path for path in paths if path not in others]

    def _missed_of_others(self) -> list[Missed]:
        """What of other workspaces could not be read, and those that were coded by something else: there may be answers
        in them."""
        workspace, coding = self._own
        unread = self._rows(
            f"SELECT workspace, {_MISSED} FROM missed WHERE workspace <> %s AND coding = %s", (workspace, coding)
        )
        elsewhere = self._rows(
            "SELECT workspace, coalesce(sum(sentences), 0)::bigint FROM file WHERE workspace <> %s AND coding <> %s"
            " GROUP BY workspace",
            (workspace, coding),
        )
        found = [(one, _missed(*row)) for one, *row in unread]
        return [
            *(missed._replace(path=self._path(one, missed.path)) for one, missed in found),
            *(Missed(self._names()[one], "", number, "other-coding") for one, number in elsewhere),
        ]


_STANDING = """
SELECT coalesce(bool_and(coding <> %s), false),
    (SELECT coalesce(sum(pg_total_relation_size(oid)), 0)::bigint FROM pg_catalog.pg_class
        WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'),
    (SELECT extract(epoch FROM written)::float8 FROM register)
FROM file WHERE workspace = %s
"""
_BRIEF = """
SELECT number, identification, collection, latest, unit_id, technical ->> 'series', technical ->> 'access'
FROM product WHERE number = ANY(%s::bigint[])
"""
_MOST_KEPT = 100_000
_LAST = 2**31
_NAMESAKES = "SELECT number, folded, workspace, path, row FROM product WHERE folded = ANY(%s::text[]) AND coding = %s"
_OWN = "workspace = %s AND coding = %s"
_CALLED = "folded = %s AND coding = %s"
_IN_ORDER = "ORDER BY workspace, path, row"
_MISSED = "path, identification, sentences, reason"
_PRODUCT = "number, workspace, identification, path, row, technical, unit_id, sensitive"
_SAID = "SELECT DISTINCT product, 0, object_type, name, {characteristic}, start, stop, fixed, step FROM sentence"
_COUNTED = (
    "SELECT characteristic, count(DISTINCT team) FROM sentence"
    " JOIN unnest(%s::bigint[], %s::bigint[]) AS counted (product, team) USING (product)"
)
_SENTENCE = "SELECT product, line, object_type, name, characteristic, start, stop, fixed, step FROM sentence"


def _codes(unit_id: str) -> tuple[str, ...]:
    return tuple(read(unit_id).split("|")) if unit_id else ()


def _missed(path: str, identification: str, sentences: int, reason: str) -> Missed:
    return Missed(read(path), read(identification), sentences, reason)


def _paths(rows: Iterable[tuple[Any, ...]]) -> Iterable[tuple[Any, ...]]:
    return ((read(path), *rest) for path, *rest in rows)
