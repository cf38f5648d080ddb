"""What somebody who looks around asks of a shared register: a few products or collections, in the order of names."""

import json
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any

from vkd_catalog.engines.shared.texts import read, stored
from vkd_catalog.register import Ask, Called, LookedFor, ProductRecord, Shelf
from vkd_grammar.words import fold

_AFTER_ALL = "\U0010ffff"
"""What no text goes on with that is ordered behind it."""

_PRODUCTS = "SELECT number, identification AS name, folded AS held FROM product WHERE coding = %s AND {where}"
_COLLECTIONS = (
    "SELECT DISTINCT ON (shelf) number, collection AS name, shelf AS held FROM product"
    " WHERE coding = %s AND edition AND {where} ORDER BY shelf, folded DESC"
)
_SHELVES = """
SELECT number, editions FROM (
    SELECT number, 0 AS editions, shelf, edition FROM product WHERE coding = %s AND NOT edition AND {seen}
    UNION ALL
    SELECT (array_agg(number ORDER BY folded DESC))[1], count(*), shelf, true FROM product
    WHERE coding = %s AND edition AND {seen} GROUP BY shelf
) AS every ORDER BY shelf, edition LIMIT %s OFFSET %s
"""
_SHELVED = """
SELECT (SELECT count(*) FROM product WHERE coding = %s AND NOT edition AND {seen})
    + (SELECT count(DISTINCT shelf) FROM product WHERE coding = %s AND edition AND {seen})
"""


class LookedAround(ABC):
    """What a shared register answers to who looks around; products that cannot be found are passed over."""

    @property
    @abstractmethod
    def coding(self) -> int:
        """The number of the coding that is asked."""

    @abstractmethod
    def product(self, number: int) -> ProductRecord:
        """The record of a product, by its number."""

    @abstractmethod
    def _conditions(self, ask: Ask) -> tuple[list[str], list[object]] | None:
        """The conditions on a sentence that answers a question, with their values; None where nothing can."""

    @abstractmethod
    def _rows(self, question: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """The rows that answer a question in SQL."""

    @abstractmethod
    def _seen(self, column: str) -> str:
        """The condition on a column with a product's number that the product can be found."""

    @abstractmethod
    def _records(self, source: str, values: Sequence[object]) -> list[tuple[int, ProductRecord]]:
        """Products with their numbers, from where a part of a question says."""

    def products(self, first: int = 0, most: int | None = None) -> list[tuple[int, ProductRecord]]:
        source = f"product WHERE coding = %s AND {self._seen('number')} ORDER BY folded LIMIT %s OFFSET %s"
        return self._records(source, (self.coding, most, first))

    def answering(self, ask: Ask, most: int) -> list[tuple[int, ProductRecord]]:
        asked = self._conditions(ask)
        if asked is None:
            return []
        wanted, values = asked
        standing = f"SELECT product FROM sentence WHERE {' AND '.join(wanted)}"
        source = f"product WHERE number IN ({standing}) AND {self._seen('number')} ORDER BY folded LIMIT %s"
        return self._records(source, (*values, most))

    def how_many(self, ask: Ask, most: int) -> int:
        asked = self._conditions(ask)
        if asked is None:
            return 0
        wanted, values = asked
        where = " AND ".join((*wanted, self._seen("product")))
        found = f"SELECT DISTINCT product FROM sentence WHERE {where} LIMIT %s"
        ((count,),) = self._rows(f"SELECT count(*) FROM ({found}) AS found", (*values, most))
        return int(count)

    def looked_for(self, ask: Ask, most: int) -> LookedFor:
        led, answers = (
            self._conditions(ask._replace(object_type=None, time=None)),
            self._conditions(ask._replace(name=None, characteristic=None)),
        )
        if led is None or answers is None:
            return LookedFor(frozenset(), True)
        some = f"SELECT * FROM sentence WHERE {' AND '.join((*led[0], self._seen('product')))} LIMIT %s"
        question = f"SELECT product, {' AND '.join(answers[0])} FROM ({some}) AS sentence"
        rows = self._rows(question, (*answers[1], *led[1], most + 1))
        return LookedFor(frozenset(number for number, does in rows[:most] if does), len(rows) <= most)

    def spread(self, most: int) -> list[int]:
        mine, values = f"product WHERE coding = %s AND {self._seen('number')}", [self.coding]
        ((count,),) = self._rows(f"SELECT count(*) FROM (SELECT 1 FROM {mine} LIMIT %s) AS found", (*values, most + 1))
        if count > most:
            ((first, last),) = self._rows("SELECT min(number), max(number) FROM product", ())
            numbers = range(first, last + 1, (last - first) // most + 1)
            mine += f" AND number = ANY('{{{','.join(map(str, numbers))}}}'::bigint[])"
        return [number for (number,) in self._rows(f"SELECT number FROM {mine}", values)]

    def stating(self, text: str, most: int) -> list[ProductRecord]:
        written = json.dumps(stored(text), ensure_ascii=False)[1:-1]
        where = f"coding = %s AND strpos(technical::text, %s) > 0 AND {self._seen('number')} LIMIT %s"
        return [product for _, product in self._records(f"product WHERE {where}", (self.coding, written, most))]

    def holding(self, text: str, most: int, *, inside: bool = True) -> list[Called]:
        return self._holding(_PRODUCTS, text, most, inside=inside)

    def collections_holding(self, text: str, most: int, *, inside: bool = True) -> list[Called]:
        return self._holding(_COLLECTIONS, text, most, inside=inside)

    def collected(self, name: str) -> list[tuple[int, ProductRecord]]:
        source = f"product WHERE coding = %s AND edition AND shelf = %s AND {self._seen('number')} ORDER BY folded"
        return self._records(source, (self.coding, stored(fold(name))))

    def shelves(self, first: int, most: int) -> list[Shelf]:
        question = _SHELVES.format(seen=self._seen("number"))
        rows = self._rows(question, (self.coding, self.coding, most, first))
        return [Shelf(number, self.product(number), editions) for number, editions in rows]

    def shelved(self) -> int:
        ((number,),) = self._rows(_SHELVED.format(seen=self._seen("number")), (self.coding, self.coding))
        return int(number)

    def _holding(self, named: str, text: str, most: int, *, inside: bool) -> list[Called]:
        """What is called something: those whose name begins with a text, then those that hold it further on."""
        wanted = stored(fold(text))

        def shortest(where: str, *values: object) -> list[tuple[Any, ...]]:
            question = named.format(where=f"{where} AND {self._seen('number')}")
            ordered = f"SELECT number, name FROM ({question}) AS named ORDER BY length(held), held LIMIT %s"
            return self._rows(ordered, (self.coding, *values))

        column = "folded" if named is _PRODUCTS else "shelf"
        found = shortest(f"{column} >= %s AND {column} < %s", wanted, wanted + _AFTER_ALL, most)
        if inside and wanted and len(found) < most:
            found += shortest(f"strpos({column}, %s) > 1", wanted, most - len(found))
        return [Called(number, read(name)) for number, name in found]
