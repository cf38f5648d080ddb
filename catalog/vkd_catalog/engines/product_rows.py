"""Products as they stand in the rows of a table."""

import json
from typing import Literal

from vkd_catalog.files import NO_TEXT
from vkd_catalog.register import ProductRecord

PRODUCT = "identification, path, row, technical, unit_id, sensitive"
"""The columns that `product_in` reads."""


def product_in(row: tuple[str, str | bytes, int, str, str, Literal["yes", "no", "not assessed"]]) -> ProductRecord:
    """The product in a row."""
    identification, path, place, technical, unit_id, sensitive = row
    return ProductRecord(identification, path_in(path), place, json.loads(technical), codes_in(unit_id), sensitive)


def codes_in(unit_id: str) -> tuple[str, ...]:
    """The alternatives of a unit-id that was stored."""
    return tuple(unit_id.split("|")) if unit_id else ()


def stored(path: str) -> str | bytes:
    """A path as SQLite takes it: as text, or as bytes where it is not UTF-8."""
    return path if path.isascii() or not NO_TEXT.search(path) else path.encode("utf-8", "surrogatepass")


def path_in(value: str | bytes) -> str:
    """A path that was stored."""
    return value if isinstance(value, str) else value.decode("utf-8", "surrogatepass")
