"""What somebody who looks around asks of a register, in SQL: a few products or collections, in the order of names.

Each question reads an index from the place where its answer begins, as far as the answer goes. What holds a text in its
middle alone takes one look at every name, where too few names begin with it.
"""

import json
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from typing import Any

from vkd_catalog.engines.product_rows import PRODUCT, product_in
from vkd_catalog.engines.questions import Hidden, conditions
from vkd_catalog.files import NO_TEXT
from vkd_catalog.register import Ask, Called, LookedFor, ProductRecord, Shelf
from vkd_grammar.words import fold

_AFTER_ALL = "\U0010ffff"
"""What no text goes on with that is ordered behind it."""

_LOOKED_AT = 5_000
"""So many products are looked at one by one for those that answer a question. What is asked for by few takes no time to
find; what many answer is met at once among these."""

_BY_NAME = "ORDER BY folded, path, row"
_PRODUCTS = "SELECT number, identification AS name, folded AS held FROM product WHERE {where}"
_COLLECTIONS = (
    "SELECT number, collection AS name, shelf AS held, max(folded) FROM product"
    " WHERE edition = 1 AND {where} GROUP BY shelf"
)


class LookedAround(ABC):
    """What a register over the tables of `embedded_schema` answers to who looks around; those of its `_hidden`
    products are passed over."""

    _hidden: Hidden
    _shelved: int | None
    """How many shelves there are, once they were counted; None again when something changes."""

    @abstractmethod
    def product(self, number: int) -> ProductRecord:
        """The record of a product, by its number."""

    @abstractmethod
    def _answers(self, question: str, values: Sequence[object]) -> Iterable[tuple[Any, ...]]:
        """The answers to a question in SQL, with values for its question marks."""

    def products(self, first: int = 0, most: int | None = None) -> list[tuple[int, ProductRecord]]:
        limits = (-1 if most is None else most, first)
        return self._numbered(f"product WHERE {self._seen} {_BY_NAME} LIMIT ? OFFSET ?", *limits)

    def answering(self, ask: Ask, most: int) -> list[tuple[int, ProductRecord]]:
        wanted, values = conditions(ask)
        where = " AND ".join(wanted) or "true"
        found = self._numbered(
            f"(SELECT * FROM product WHERE {self._seen} {_BY_NAME} LIMIT ?)"
            f" WHERE EXISTS (SELECT 1 FROM sentence WHERE product = number AND {where}) {_BY_NAME} LIMIT ?",
            *(_LOOKED_AT, *values, most),
        )
        if len(found) == most:
            return found
        return self._numbered(
            f"product WHERE number IN (SELECT product FROM sentence WHERE {where}) AND {self._seen} {_BY_NAME} LIMIT ?",
            *(*values, most),
        )

    def how_many(self, ask: Ask, most: int) -> int:
        wanted, values = conditions(ask)
        where = " AND ".join((*wanted, self._hidden.besides("product")))
        found = f"SELECT DISTINCT product FROM sentence WHERE {where} LIMIT ?"
        ((count,),) = self._answers(f"SELECT count(*) FROM ({found})", (*values, most))
        return int(count)

    def looked_for(self, ask: Ask, most: int) -> LookedFor:
        # What an index leads to is limited; the rest of the question is compared with what it leads to.
        led, values = conditions(ask._replace(object_type=None, time=None))
        answers, more = conditions(ask._replace(name=None, characteristic=None))
        some = f"SELECT * FROM sentence WHERE {' AND '.join((*led, self._hidden.besides('product')))} LIMIT ?"
        question = f"SELECT product, {' AND '.join(answers) or 'true'} FROM ({some}) AS sentence"
        rows = list(self._answers(question, (*more, *values, most + 1)))
        return LookedFor(frozenset(number for number, does in rows[:most] if does), len(rows) <= most)

    def spread(self, most: int) -> list[int]:
        ((count,),) = self._answers("SELECT count(*) FROM (SELECT 1 FROM product LIMIT ?)", (most + 1,))
        if count <= most:
            return [number for (number,) in self._answers(f"SELECT number FROM product WHERE {self._seen}", ())]
        # Whether each is there is not looked up: they lie far apart, and nearly all are.
        ends = "SELECT (SELECT min(number) FROM product), (SELECT max(number) FROM product)"
        ((first, last),) = self._answers(ends, ())
        numbers = range(first, last + 1, (last - first) // most + 1)
        return [number for number in numbers if number not in self._hidden.numbers]

    def stating(self, text: str, most: int) -> list[ProductRecord]:
        written = json.dumps(text, ensure_ascii=False)[1:-1]
        where = f"instr(technical, ?) > 0 AND {self._seen} LIMIT ?"
        return [product for _, product in self._numbered(f"product WHERE {where}", _sayable(written), most)]

    def holding(self, text: str, most: int, *, inside: bool = True) -> list[Called]:
        return self._holding(_PRODUCTS, text, most, inside=inside)

    def collections_holding(self, text: str, most: int, *, inside: bool = True) -> list[Called]:
        return self._holding(_COLLECTIONS, text, most, inside=inside)

    def collected(self, name: str) -> list[tuple[int, ProductRecord]]:
        where = f"edition = 1 AND shelf = ? AND {self._seen}"
        return self._numbered(f"product WHERE {where} {_BY_NAME}", _asked(name))

    def shelves(self, first: int, most: int) -> list[Shelf]:
        # Of each of the two the index is read as far as it may be told, and no further.
        upto = -1 if most < 0 else first + most
        single = f"SELECT number, 0, shelf, 0 FROM product WHERE edition = 0 AND {self._seen} ORDER BY shelf LIMIT ?"
        collected = (
            "SELECT number, count(*) AS editions, shelf, max(folded) FROM product"
            f" WHERE edition = 1 AND {self._seen} GROUP BY shelf ORDER BY shelf LIMIT ?"
        )
        rows = self._answers(
            f"SELECT * FROM ({single}) UNION ALL SELECT number, editions, shelf, 1 FROM ({collected})"
            " ORDER BY 3, 4 LIMIT ? OFFSET ?",
            (upto, upto, most, first),
        )
        return [Shelf(number, self.product(number), editions) for number, editions, *_ in rows]

    def shelved(self) -> int:
        if self._shelved is None:
            ((self._shelved,),) = self._answers(
                f"SELECT (SELECT count(*) FROM product WHERE edition = 0 AND {self._seen})"
                f" + (SELECT count(DISTINCT shelf) FROM product WHERE edition = 1 AND {self._seen})",
                (),
            )
        return self._shelved

    @property
    def _seen(self) -> str:
        """The condition that a product can be found."""
        return self._hidden.besides("number")

    def _numbered(self, source: str, *values: object) -> list[tuple[int, ProductRecord]]:
        """Products with their numbers: what is selected from where a part of a question says."""
        rows = self._answers(f"SELECT number, {PRODUCT} FROM {source}", values)
        return [(row[0], product_in(row[1:])) for row in rows]

    def _holding(self, named: str, text: str, most: int, *, inside: bool) -> list[Called]:
        """What is called something: those whose name begins with a text, then those that hold it further on."""
        wanted = _asked(text)

        def shortest(where: str, *values: object) -> Iterable[tuple[int, str]]:
            question = named.format(where=f"{where} AND {self._seen}")
            return self._answers(f"SELECT number, name FROM ({question}) ORDER BY length(held), held LIMIT ?", values)

        found = list(shortest("held >= ? AND held < ?", wanted, wanted + _AFTER_ALL, most))
        if inside and wanted and len(found) < most:
            found += shortest("instr(held, ?) > 1", wanted, most - len(found))
        return [Called(*one) for one in found]


def _asked(text: str) -> str:
    """A text as names are compared; one that no name can be, for it is no text, as one that none is."""
    return _sayable(fold(text))


def _sayable(text: str) -> str:
    return NO_TEXT.sub(_AFTER_ALL, text)
