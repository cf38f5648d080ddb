"""What says a characteristic by what it is derived from (docs/language.md section 6, grade `derived`).

Each concept is worked out once, after all that it is derived from: how long the ways are, and how many lead to one
concept, makes no difference.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from vkd_catalog.evaluation.hits import NOBODY, Finding, Hit, keep
from vkd_catalog.vocabulary import Vocabulary
from vkd_catalog.vocabulary.rounds import rounds


class Said(NamedTuple):
    """What says a characteristic itself, as a part to derive another from.

    `everywhere` finds it under the name that a line asks for. Of a part that must stand in one product `numbered` tells
    which that is, and `within` what that product says of it, under whatever name.
    """

    everywhere: Callable[[str], Finding]
    numbered: Callable[[str], int | None]
    within: Callable[[int, str], Finding]


_FEW = 6
"""Of so many concepts derived from each other every way is tried, none of which comes back to where it was."""


def sources_of(asked: str, characteristics: Vocabulary) -> tuple[str, ...]:
    """The characteristics that one, or what is the same, can be derived from, however long the way; itself only where a
    way comes back."""
    ways = rounds(_same(asked, characteristics), lambda code: _parts(code, characteristics))
    every = [code for together in ways for code in together]
    parts = {part for code in every for part in _parts(code, characteristics)}
    return tuple(code for code in every if code in parts)


def named_products(asked: str, characteristics: Vocabulary) -> tuple[str, ...]:
    """The identifications of the products in which something must stand that a characteristic may be derived from."""
    every = *_same(asked, characteristics), *sources_of(asked, characteristics)
    concepts = map(characteristics.coded, every)
    parts = (part for one in concepts if one for alternative in one.derived_from for part in alternative)
    return tuple(dict.fromkeys(part.product for part in parts if part.product))


def derived(asked: str, characteristics: Vocabulary, said: Said) -> Finding:
    """The sentences that a characteristic can be derived from. A product must have every part of one alternative, but
    for those that must stand in another, which its hits then need."""
    known: dict[str, Finding] = {}
    parts = said._replace(everywhere=cache(said.everywhere))
    for together in rounds((asked,), lambda code: _parts(code, characteristics)):
        circular = len(together) > 1 or together[0] in _parts(together[0], characteristics)
        if not circular:
            known[together[0]] = _by_alternatives(together[0], characteristics, parts, known)
        elif len(together) <= _FEW:
            for code in together:
                known[code] = _by_ways(code, characteristics, parts, known, (code,), together)
        else:
            _until_no_more(together, characteristics, parts, known)
    return known[asked]


def _same(code: str, characteristics: Vocabulary) -> tuple[str, ...]:
    """The codes of the same concept."""
    return tuple(sorted({code, *characteristics.reach(code).same}))


def _parts(code: str, characteristics: Vocabulary) -> tuple[str, ...]:
    """The codes that a concept's alternatives name, of those there are."""
    concept = characteristics.coded(code)
    alternatives = concept.derived_from if concept else ()
    every = (part.code for alternative in alternatives for part in alternative)
    return tuple(part for part in every if part in characteristics.concepts)


def _by_alternatives(code: str, characteristics: Vocabulary, said: Said, known: Mapping[str, Finding]) -> Finding:
    """What a concept is derived from, where it is known what its parts are derived from."""
    found: Finding = {}
    concept = characteristics.coded(code)
    for alternative in concept.derived_from if concept else ():
        named = [(said.numbered(part.product), part.code) for part in alternative if part.product]
        owned = [(owner, code) for owner, code in named if owner is not None]
        if len(owned) < len(named):
            continue
        here = [_either(part.code, characteristics, said, known) for part in alternative if not part.product]
        elsewhere = [(owner, _of_either(said.within(owner, code), known.get(code, {}))) for owner, code in owned]
        cited = [_cited(either) for either in here]
        for product in min(here, key=len) if here else {owner: None for owner, _ in owned}:
            if here or all(owner == product for owner, _ in owned):
                # In the product itself a part must match the line, its name and all.
                own = [_either(code, characteristics, said, known) for owner, code in owned if owner == product]
                others = [one for one in elsewhere if one[0] != product]
                _add(found, product, [*here, *own], others, [one for some in cited for one in some.get(product, ())])
    return found


def _cited(found: Finding) -> dict[int, list[tuple[int, Hit]]]:
    """What is told beside the matches of each product, with the product that it stands in."""
    cited: dict[int, list[tuple[int, Hit]]] = {}
    for product, by_key in found.items():
        for hit in by_key.values():
            # What stands in another product needs the one that is derived from it.
            for one in (hit.needs or (product,)) if hit.beside else ():
                cited.setdefault(one, []).append((product, hit))
    return cited


def _either(code: str, characteristics: Vocabulary, said: Said, known: Mapping[str, Finding]) -> Finding:
    """What says a part itself, or what it is derived from."""
    return _of_either(said.everywhere(code), known.get(code, {})) if code in characteristics.concepts else {}


def _of_either(own: Finding, others: Finding) -> Finding:
    """Two findings put together."""
    if not others:
        return own
    found: Finding = {}
    for one in (own, others):
        for product, by_key in one.items():
            for hit in by_key.values():
                keep(found, product, hit)
    return found


def _add(
    found: Finding,
    product: int,
    here: Sequence[Finding],
    elsewhere: Sequence[tuple[int, Finding]],
    cited: Sequence[tuple[int, Hit]],
) -> None:
    """Adds what a product says of all parts, those that stand in other products beside, and what is cited with them."""
    own = [_own(either, product) for either in here]
    abroad = [(owner, _own(either, owner)) for owner, either in elsewhere]
    if not all(own) or not all(hits for _, hits in abroad):
        return
    needs = frozenset(owner for owner, _ in abroad).union(*(_least(hits) for hits in (*own, *(it for _, it in abroad))))
    needs -= {product}
    for hits in own:
        for hit in hits:
            keep(found, product, hit._replace(needs=hit.needs | needs))
    for owner, hits in abroad:
        for hit in hits:
            keep(found, owner, hit._replace(needs=(hit.needs | needs | {product}) - {owner}, beside=True))
    for owner, hit in cited:
        own_needs = needs if owner == product else (needs | {product}) - {owner}
        keep(found, owner, hit._replace(needs=hit.needs | own_needs))


def _own(found: Finding, product: int) -> list[Hit]:
    return [hit for hit in found.get(product, {}).values() if not hit.beside]


def _least(hits: Sequence[Hit]) -> frozenset[int]:
    """The fewest others that one of some hits needs."""
    return min((hit.needs for hit in hits), key=len, default=NOBODY)


def _by_ways(
    code: str,
    characteristics: Vocabulary,
    said: Said,
    known: Mapping[str, Finding],
    way: tuple[str, ...],
    together: tuple[str, ...],
) -> Finding:
    """The same for one of a few that are derived from each other; what stands on the way is not derived anew."""
    inside = {
        part: _by_ways(part, characteristics, said, known, (*way, part), together)
        for part in _parts(code, characteristics)
        if part in together and part not in way
    }
    outside = {part: found for part, found in known.items() if part not in together}
    return _by_alternatives(code, characteristics, said, outside | inside)


def _until_no_more(
    together: tuple[str, ...], characteristics: Vocabulary, said: Said, known: dict[str, Finding]
) -> None:
    """The same for many that are derived from each other: what one is found by is passed on until nothing is new."""
    used_by: dict[str, list[str]] = {code: [] for code in together}
    for code in together:
        for part in _parts(code, characteristics):
            if part in used_by:
                used_by[part].append(code)
    known.update((code, {}) for code in together)
    waiting = dict.fromkeys(together)
    while waiting:
        code = next(iter(waiting))
        del waiting[code]
        found = _by_alternatives(code, characteristics, said, known)
        if _size(found) > _size(known[code]):
            known[code] = found
            waiting |= dict.fromkeys(used_by[code])


def _size(found: Finding) -> int:
    return sum(map(len, found.values()))
