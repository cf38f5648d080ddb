"""Whether two information sets can be linked (docs/language.md section 6, rules R1 to R4)."""

from collections.abc import Iterable
from typing import NamedTuple

from tests.catalog.reading.concepts import above
from tests.catalog.reading.facts import Product
from tests.catalog.reading.matching import Matcher

YES, UNKNOWN, NO = 0, 1, 2
VERDICTS = ("yes", "unknown", "no")


class Pair(NamedTuple):
    """Two editions of a cover, in order of identification, and what each rule says of them."""

    a: str
    b: str
    rules: tuple[tuple[str, int], ...]
    across: bool = False

    @property
    def verdict(self) -> int:
        """The worst of the rules."""
        return max(verdict for _, verdict in self.rules)


def linked(matcher: Matcher, unit: str, a: Product, b: Product, names: tuple[Iterable[str], Iterable[str]]) -> Pair:
    """Two sets that answer lines of one unit type by sentences of some names each."""
    rules = (
        ("R1", YES if unit else UNKNOWN),
        ("R2", _shared(matcher, a, b, _common(matcher, a, b))),
        ("R3", _populations(matcher, *names)),
        ("R4", _accessible(a, b)),
    )
    return Pair(a.identification, b.identification, rules)


def across(matcher: Matcher, a: Product, b: Product) -> Pair:
    """Two sets that answer lines of different unit types, or individual beside aggregate lines."""
    held = [unit_id for one, other in ((a, b), (b, a)) for unit_id in other.unit_id if _holds(matcher, one, unit_id)]
    none: list[tuple[str, ...]] | None = [] if a.unit_id and b.unit_id else None
    rules = (("R2", _shared(matcher, a, b, held or none)), ("R4", _accessible(a, b)))
    return Pair(a.identification, b.identification, rules, across=True)


def _holds(matcher: Matcher, product: Product, unit_id: tuple[str, ...]) -> bool:
    """Whether a set has the characteristics that identify another's units."""
    had = {sentence.characteristic for sentence in product.sentences}
    return all(any(matcher.characteristics.is_same(code, one) for one in had) for code in unit_id)


def _common(matcher: Matcher, a: Product, b: Product) -> list[tuple[str, ...]] | None:
    """The identifications of units that both state; None where one states none."""
    if not a.unit_id or not b.unit_id:
        return None
    same = matcher.characteristics.same
    meant = [
        {frozenset(same.get(code, frozenset({code})) for code in one) for one in product.unit_id} for product in (a, b)
    ]
    return [one for one in a.unit_id if frozenset(same.get(code, frozenset({code})) for code in one) in meant[1]]


def _shared(matcher: Matcher, a: Product, b: Product, common: list[tuple[str, ...]] | None) -> int:
    """R2, of the identifications of units that two sets share."""
    if a.series and b.series and a.series != b.series:
        return NO
    if common is None:
        return UNKNOWN
    if not common:
        return NO
    if a.series and a.series == b.series:
        return YES
    globally = any(
        all(matcher.characteristics.of(code).identifies == "global" for code in unit_id) for unit_id in common
    )
    return YES if not a.series and not b.series and globally else UNKNOWN


def _populations(matcher: Matcher, names: Iterable[str], others: Iterable[str]) -> int:
    """R3: whether the populations that the answering sentences speak of can overlap."""
    pairs = [(one, other) for one in names for other in others]
    if all(_are_apart(matcher, *pair) for pair in pairs):
        return NO
    return UNKNOWN if any(_may_be_apart(matcher, *pair) for pair in pairs) else YES


def _are_apart(matcher: Matcher, one: str, other: str) -> bool:
    """Whether two names are codes of one classification, neither above the other, or two units."""
    names = matcher.names
    if one.startswith("=") or other.startswith("="):
        return one.startswith("=") and other.startswith("=") and one != other
    if names.is_at_or_below(one, other) or names.is_at_or_below(other, one):
        return False
    roots = [code for code, concept in names.concepts.items() if concept.kind == "classification"]
    return any(names.is_at_or_below(one, root) and names.is_at_or_below(other, root) for root in roots)


def _may_be_apart(matcher: Matcher, one: str, other: str) -> bool:
    """Whether one of two names states no kind and begins as the other does."""
    if one.startswith("=") or other.startswith("="):
        return False
    tops = {(above(code) or [code])[-1] for code in (one, other)}
    return len(tops) == 1 and not (matcher.names.of(one).kind and matcher.names.of(other).kind)


def _accessible(a: Product, b: Product) -> int:
    """R4: neither is closed."""
    stated = [product.access.split(",")[0].strip() for product in (a, b)]
    return NO if "closed" in stated else YES if all(stated) else UNKNOWN
