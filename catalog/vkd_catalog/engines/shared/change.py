"""A change of a shared register: the statements that forget files and register others, within one transaction."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from hashlib import blake2b
from itertools import islice

from vkd_catalog.engines.checksum import summed
from vkd_catalog.engines.shared.session import Run
from vkd_catalog.engines.shared.texts import stored
from vkd_catalog.register import UNSTATED, FileState, Missed, ProductRecord, Registered, SentenceRecord
from vkd_grammar.words import fold

Changed = Iterable[tuple[str, FileState, Sequence[Registered]]]

_AT_ONCE = 20_000
"""Sentences that are sent in one statement: some megabytes."""

_MANY = 1_000
"""More files than these are not locked one by one."""


_FORGET = "DELETE FROM sentence WHERE product = ANY(%s::bigint[])"
_SWEEP_LATER = "INSERT INTO swept_later SELECT number, now() FROM unnest(%s::bigint[]) AS number ON CONFLICT DO NOTHING"

_ENTER_PRODUCTS = """
INSERT INTO product (workspace, coding, path, row, identification, folded, technical, unit_id, sensitive, collection,
    latest, sentences, edition, shelf)
SELECT %s, %s, %s, one.* FROM unnest(%s::integer[], %s::text[], %s::text[], %s::text[]::json[], %s::text[], %s::text[],
    %s::text[], %s::integer[], %s::integer[], %s::boolean[], %s::text[]) AS one
RETURNING number
"""

_ENTER_SENTENCES = """
INSERT INTO sentence (workspace, product, line, object_type, name, characteristic, start, stop, fixed, step)
SELECT %s, one.* FROM unnest(%s::bigint[], %s::integer[], %s::integer[], %s::integer[], %s::integer[], %s::integer[],
    %s::integer[], %s::boolean[], %s::text[]) AS one
"""

_ENTER_MISSED = """
INSERT INTO missed (workspace, coding, path, identification, sentences, reason)
SELECT %s, %s, * FROM unnest(%s::text[], %s::text[], %s::integer[], %s::text[])
"""


class Change:
    """One change of a workspace's files in a register, which `run` runs the statements of.

    Where sentences are spread over several servers these do not commit in one moment: then none is taken away, and
    those are of account that a product is there for.
    """

    def __init__(self, run: Run, workspace: str, key: str, *, is_spread: bool) -> None:
        self._forget_sentences = _SWEEP_LATER if is_spread else _FORGET
        self._run = run
        self._name = workspace
        self._key = key
        self._names: set[str] = set()
        self._old: list[int] = []
        self._terms: dict[str, int] = {}
        self._is_other = False

    def make(
        self, changed: Changed, gone: Collection[str], touched: Mapping[str, FileState], missed: Sequence[Missed]
    ) -> None:
        """Makes the change, as `Register.replace` says."""
        self._workspace = self._numbered("workspace", "name", self._name)
        self._lock(changed, [*gone, *touched])
        self._coding = self._numbered("coding", "key", self._key)
        self._forget_other_codings()
        if gone:
            self._forget(gone)
        for path, state, products in changed:
            self._forget((path,))
            self._enter(path, state, products)
        self._touch(touched)
        self._miss(missed)
        if self._is_other:
            self._settle()

    def _settle(self) -> None:
        """Takes the old products away, and has it decided which is found by each name. Until then nothing was touched
        that others may touch, so that they wait for this moment alone."""
        self._run("SELECT next_revision()")
        self._run("DELETE FROM product WHERE number = ANY(%s::bigint[])", (self._old,))
        self._run("SELECT settle(%s::text[])", (sorted(self._names),))

    def _numbered(self, table: str, column: str, value: str) -> int:
        """The number of a workspace or a coding by what it is called, made where there is none."""
        known = self._run(f"SELECT number FROM {table} WHERE {column} = %s", (stored(value),))
        if not known:
            self._run(f"INSERT INTO {table} ({column}) VALUES (%s) ON CONFLICT DO NOTHING", (stored(value),))
            known = self._run(f"SELECT number FROM {table} WHERE {column} = %s", (stored(value),))
        ((number,),) = known
        return int(number)

    def _lock(self, changed: Changed, others: Sequence[str]) -> None:
        """Waits for those who change the same files, in one order for all, so that nobody waits in a circle; where it
        is not known beforehand which they are, or they are many, for all who change the workspace."""
        paths = sorted({*others, *(path for path, _, _ in changed)}) if isinstance(changed, Sequence) else None
        if paths is None or len(paths) > _MANY:
            self._run("SELECT pg_advisory_xact_lock(%s)", (_lock_of(self._name),))
            return
        self._run("SELECT pg_advisory_xact_lock_shared(%s)", (_lock_of(self._name),))
        for path in paths:
            self._run("SELECT pg_advisory_xact_lock(%s)", (_lock_of(self._name, path),))

    def _forget_other_codings(self) -> None:
        """Forgets what was registered of the workspace by other vocabularies: it has been coded anew."""
        rows = self._run(
            "SELECT path FROM file WHERE workspace = %s AND coding <> %s"
            " UNION SELECT path FROM missed WHERE workspace = %s AND coding <> %s",
            (self._workspace, self._coding, self._workspace, self._coding),
        )
        if rows:
            self._forget_stored([path for (path,) in rows])

    def _forget(self, paths: Iterable[str]) -> None:
        self._forget_stored([stored(path) for path in paths])

    def _forget_stored(self, paths: Sequence[str]) -> None:
        where = "WHERE workspace = %s AND path = ANY(%s::text[])"
        of_these = (self._workspace, paths)
        self._is_other = True
        old = self._run(f"SELECT number, folded FROM product {where}", of_these)
        self._old += [number for number, _ in old]
        self._names.update(name for _, name in old)
        self._run(self._forget_sentences, ([number for number, _ in old],))
        self._run(f"DELETE FROM file {where}", of_these)
        self._run(f"DELETE FROM missed {where}", of_these)

    def _enter(self, path: str, state: FileState, products: Sequence[Registered]) -> None:
        self._run(
            "INSERT INTO file (workspace, coding, path, signature, digest, products, sentences, content)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
            (self._workspace, self._coding, stored(path), *state, *summed(products)),
        )
        if not products:
            return
        numbers = self._enter_products(path, products)
        of_all = ((number, one) for number, (_, lines) in zip(numbers, products, strict=True) for one in lines)
        while some := list(islice(of_all, _AT_ONCE)):
            self._enter_sentences(some)

    def _enter_products(self, path: str, products: Sequence[Registered]) -> Sequence[int]:
        rows = [_product(product, lines) for product, lines in products]
        self._names.update(stored(fold(product.identification)) for product, _ in products)
        place = (self._workspace, self._coding, stored(path))
        return [number for (number,) in self._run(_ENTER_PRODUCTS, (*place, *_columns(rows)))]

    def _enter_sentences(self, sentences: Sequence[tuple[int, SentenceRecord]]) -> None:
        self._number_terms({code for _, one in sentences for code in one[1:4]})
        terms = self._terms
        rows = [
            (number, one.line, *(terms[code] for code in one[1:4]), one.start, one.end, one.fixed, one.step)
            for number, one in sentences
        ]
        self._run(_ENTER_SENTENCES, (self._workspace, *_columns(rows)))

    def _number_terms(self, codes: set[str]) -> None:
        """Has each code go by a number in `_terms`."""
        self._read_terms(codes - self._terms.keys())
        new = sorted(codes - self._terms.keys())
        if new:
            # Two who both enter codes would wait for each other if they came to them in another order.
            self._run("SELECT pg_advisory_xact_lock(%s)", (_lock_of(self._key),))
            self._run(
                "INSERT INTO term (coding, code) SELECT %s, * FROM unnest(%s::text[]) ON CONFLICT DO NOTHING",
                (self._coding, [stored(code) for code in new]),
            )
            self._read_terms(new)

    def _read_terms(self, codes: Collection[str]) -> None:
        by_stored = {stored(code): code for code in codes}
        if by_stored:
            rows = self._run(
                "SELECT code, number FROM term WHERE coding = %s AND code = ANY(%s::text[])",
                (self._coding, list(by_stored)),
            )
            self._terms.update((by_stored[code], number) for code, number in rows)

    def _touch(self, touched: Mapping[str, FileState]) -> None:
        for path, state in touched.items():
            self._run(
                "UPDATE file SET signature = %s WHERE workspace = %s AND path = %s",
                (state.signature, self._workspace, stored(path)),
            )

    def _miss(self, missed: Sequence[Missed]) -> None:
        if missed:
            rows = [(stored(one.path), stored(one.identification), one.sentences, one.reason) for one in missed]
            self._is_other = True
            self._run(_ENTER_MISSED, (self._workspace, self._coding, *_columns(rows)))


def _columns(rows: Sequence[tuple[object, ...]]) -> list[list[object]]:
    return [list(column) for column in zip(*rows, strict=True)]


def _product(product: ProductRecord, lines: Sequence[SentenceRecord]) -> tuple[object, ...]:
    folded, collection = fold(product.identification), product.values.get("collection", "")
    shelf = fold(collection)
    values = {key: stored(value) for key, value in product.values.items()}
    return (
        product.row,
        stored(product.identification),
        stored(folded),
        json.dumps(values, ensure_ascii=False),
        stored("|".join(product.unit_id)),
        product.sensitive,
        stored(collection),
        max((one.end for one in lines if one.step != UNSTATED), default=0),
        len(lines),
        bool(shelf),
        stored(shelf or folded),
    )


def _lock_of(*names: str) -> int:
    """The number of the lock that those wait for who change what goes by some names."""
    text = "\0".join(("vkd", *names)).encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(text, digest_size=8).digest(), "big", signed=True)
