"""What the embedded register is asked of many products together."""

from collections.abc import Iterable, Iterator

from vkd_catalog.engines.product_rows import codes_in
from vkd_catalog.register import Linking

COUNTED = (
    "WITH counted (product, team) AS MATERIALIZED"
    " (SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(?))"
    " SELECT characteristic, count(DISTINCT team) FROM sentence JOIN counted USING (product)"
)
"""In how many teams of products each characteristic stands: the value is the products' numbers with their teams'."""

LINKING = (
    "SELECT number, unit_id, coalesce(json_extract(technical, '$.series'), ''),"
    " coalesce(json_extract(technical, '$.access'), '') FROM product WHERE number IN (SELECT value FROM json_each(?))"
)
"""What `linking_in` reads; the value is the products' numbers."""


def linking_in(rows: Iterable[tuple[int, str, str, str]]) -> Iterator[tuple[int, Linking]]:
    """What products state that linkage depends on, by number; of those that state the same it is one and the same."""
    known: dict[tuple[str, str, str], Linking] = {}
    for number, unit_id, series, access in rows:
        stated = unit_id, series, access
        if stated not in known:
            known[stated] = Linking(codes_in(unit_id), series, access)
        yield number, known[stated]
