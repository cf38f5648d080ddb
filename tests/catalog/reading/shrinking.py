"""A difference between the reading and an answer, made as small as it will go, so that a person sees what it is about."""

from collections.abc import Iterator
from typing import Any, TypeVar

from tests.catalog.reading.agreement import agrees
from tests.catalog.reading.asking import differences
from tests.catalog.reading.facts import Catalogue, Demand, Line
from tests.catalog.reading.matching import Matcher
from tests.catalog.reading.writing import demand_text, product_text

T = TypeVar("T")


def smallest_difference(catalogue: Catalogue, demand: Demand) -> str:
    """What differs in the smallest catalogue and demand that it was found in, with both as text."""
    difference = _difference(catalogue, demand)
    shrinking = True
    while shrinking:
        shrinking = False
        for smaller in _smaller(catalogue, demand):
            found = _difference(*smaller)
            if _kind(found) == _kind(difference):
                (catalogue, demand), difference, shrinking = smaller, found, True
                break
    return f"{difference}\n\n{_shown(catalogue, demand)}"


def _difference(catalogue: Catalogue, demand: Demand) -> str:
    if not agrees(Matcher(catalogue), demand):
        return ""
    return next((difference for _, difference in differences(catalogue, [demand])), "")


def _kind(difference: str) -> str:
    """What sort of difference it is: the first word that is not about which cover."""
    return difference.rpartition("): ")[2].split()[0] if difference else ""


def _smaller(catalogue: Catalogue, demand: Demand) -> Iterator[tuple[Catalogue, Demand]]:
    """The same with one thing less."""
    for place in range(len(catalogue.products)):
        yield catalogue._replace(products=_without(catalogue.products, place)), demand
    if len(demand.lines) > 1:
        for place in range(len(demand.lines)):
            operators = demand.operators[: place - 1] + demand.operators[place:] if place else demand.operators[1:]
            yield catalogue, _numbered(demand._replace(lines=_without(demand.lines, place), operators=operators))
    for place in range(len(catalogue.mappings)):
        yield catalogue._replace(mappings=_without(catalogue.mappings, place)), demand
    for place, product in enumerate(catalogue.products):
        for number in range(len(product.sentences)) if len(product.sentences) > 1 else ():
            changed = product._replace(sentences=_without(product.sentences, number))
            products = (*catalogue.products[:place], changed, *catalogue.products[place + 1 :])
            yield catalogue._replace(products=products), demand
        for key in ("collection", "series", "updated", "data", "doc"):
            if getattr(product, key) and demand.archive == "both":
                nothing: dict[str, Any] = {key: ""}
                changed = product._replace(**nothing)
                yield (
                    catalogue._replace(
                        products=(*catalogue.products[:place], changed, *catalogue.products[place + 1 :])
                    ),
                    demand,
                )


def _without(items: tuple[T, ...], place: int) -> tuple[T, ...]:
    return items[:place] + items[place + 1 :]


def _numbered(demand: Demand) -> Demand:
    lines: tuple[Line, ...] = tuple(line._replace(number=n) for n, line in enumerate(demand.lines, start=1))
    return demand._replace(lines=lines)


def _shown(catalogue: Catalogue, demand: Demand) -> str:
    used = {field for product in catalogue.products for one in product.sentences for field in one}
    used |= {code for line in demand.lines for field in line[1:4] for code in field}
    concepts = [
        f"{code}: " + ", ".join(f"{key}={value}" for key, value in concept._asdict().items() if value)
        for table in (catalogue.names, catalogue.characteristics)
        for code, concept in table.items()
        if code in used
    ]
    rows = [f"{row.subject} {row.predicate} {row.object}" for row in catalogue.mappings]
    products = [product_text(one) for one in catalogue.products]
    return "\n".join([*concepts, *rows, *products, demand_text(demand), f"max-sets {demand.max_sets}"])
