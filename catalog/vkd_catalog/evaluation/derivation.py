"""What says a characteristic by what it is derived from (docs/language.md section 6, grade `derived`).

Each concept is worked out once, after all that it is derived from: how long the ways are, and how many lead to one
concept, makes no difference.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from vkd_catalog.evaluation.hits import NOBODY, Finding, Hit, keep
from vkd_catalog.vocabulary import Source, Vocabulary
from vkd_catalog.vocabulary.rounds import rounds

IsCalled = Callable[[int, str], bool]
"""Tells whether a product, by its number, has an identification."""


class _Said(NamedTuple):
    """What says a characteristic itself, as a part to derive another from, and which product is called how."""

    by: Callable[[str], Finding]
    is_called: IsCalled


_FEW = 6
"""Of so many concepts derived from each other every way is tried, none of which comes back to where it was."""


def sources_of(asked: str, characteristics: Vocabulary) -> tuple[str, ...]:
    """The characteristics that one can be derived from, however long the way; itself only where a way comes back."""
    every = [code for together in rounds((asked,), lambda code: _parts(code, characteristics)) for code in together]
    parts = {part for code in every for part in _parts(code, characteristics)}
    return tuple(code for code in every if code in parts)


def derived(asked: str, characteristics: Vocabulary, said: Callable[[str], Finding], is_called: IsCalled) -> Finding:
    """The sentences that a characteristic can be derived from. A product must have every part of one alternative, but
    for those that must stand in another, which its hits then need."""
    known: dict[str, Finding] = {}
    own: dict[str, Finding] = {}

    def own_of(code: str) -> Finding:
        if code not in own:
            own[code] = said(code)
        return own[code]

    parts = _Said(own_of, is_called)

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


def _parts(code: str, characteristics: Vocabulary) -> tuple[str, ...]:
    """The codes that a concept's alternatives name, of those there are."""
    concept = characteristics.coded(code)
    alternatives = concept.derived_from if concept else ()
    every = (part.code for alternative in alternatives for part in alternative)
    return tuple(part for part in every if part in characteristics.concepts)


def _by_alternatives(code: str, characteristics: Vocabulary, said: _Said, known: Mapping[str, Finding]) -> Finding:
    """What a concept is derived from, where it is known what its parts are derived from."""
    found: Finding = {}
    concept = characteristics.coded(code)
    for alternative in concept.derived_from if concept else ():
        parts = [(part, _either(part, characteristics, said, known)) for part in alternative]
        elsewhere = [(_only(said.is_called, part, either), either) for part, either in parts if part.product]
        here = [either for part, either in parts if not part.product]
        if None in [owner for owner, _ in elsewhere]:
            continue
        cited = [_cited(either) for either in here]
        for product in min(here, key=len) if here else dict.fromkeys(owner for owner, _ in elsewhere):
            others = [(owner, either) for owner, either in elsewhere if owner is not None]
            if product is not None and (here or all(owner == product for owner, _ in others)):
                _add(found, product, here, others, [one for some in cited for one in some.get(product, ())])
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


def _either(part: Source, characteristics: Vocabulary, said: _Said, known: Mapping[str, Finding]) -> Finding:
    """What says a part itself, or what it is derived from."""
    if part.code not in characteristics.concepts:
        return {}
    own, others = said.by(part.code), known.get(part.code, {})
    if not others:
        return own
    found: Finding = {}
    for one in (own, others):
        for product, by_key in one.items():
            for hit in by_key.values():
                keep(found, product, hit)
    return found


def _only(is_called: IsCalled, part: Source, either: Finding) -> int | None:
    """The product that a part must stand in, if it does."""
    return next((product for product in either if is_called(product, part.product) and _own(either, product)), None)


def _add(
    found: Finding,
    product: int,
    here: Sequence[Finding],
    elsewhere: Sequence[tuple[int, Finding]],
    cited: Sequence[tuple[int, Hit]],
) -> None:
    """Adds what a product says of all parts, those that stand in other products beside, and what is cited with them."""
    own = [_own(either, product) for either in here]
    own += [_own(either, owner) for owner, either in elsewhere if owner == product]
    if not all(own):
        return
    abroad = [(owner, _own(either, owner)) for owner, either in elsewhere if owner != product]
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
    said: _Said,
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
    together: tuple[str, ...], characteristics: Vocabulary, said: _Said, known: dict[str, Finding]
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
