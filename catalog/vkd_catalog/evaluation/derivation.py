"""What says a characteristic by what it is derived from (docs/language.md section 6, grade `derived`).

Each concept is worked out once, after all that it is derived from: how long the ways are, and how many lead to one
concept, makes no difference.
"""

from collections.abc import Callable, Mapping

from vkd_catalog.evaluation.hits import Finding, keep
from vkd_catalog.vocabulary import Vocabulary
from vkd_catalog.vocabulary.rounds import rounds

_SAID = Callable[[str], Finding]
"""What says a characteristic itself, as a part to derive another from."""

_FEW = 6
"""Of so many concepts derived from each other every way is tried, none of which comes back to where it was."""


def sources_of(asked: str, characteristics: Vocabulary) -> tuple[str, ...]:
    """The characteristics that one can be derived from, however long the way; itself only where a way comes back."""
    every = [code for together in rounds((asked,), lambda code: _parts(code, characteristics)) for code in together]
    parts = {part for code in every for part in _parts(code, characteristics)}
    return tuple(code for code in every if code in parts)


def derived(asked: str, characteristics: Vocabulary, said: _SAID) -> Finding:
    """The sentences that a characteristic can be derived from. A product must have every part of one alternative."""
    known: dict[str, Finding] = {}
    own: dict[str, Finding] = {}

    def own_of(code: str) -> Finding:
        if code not in own:
            own[code] = said(code)
        return own[code]

    for together in rounds((asked,), lambda code: _parts(code, characteristics)):
        circular = len(together) > 1 or together[0] in _parts(together[0], characteristics)
        if not circular:
            known[together[0]] = _by_alternatives(together[0], characteristics, own_of, known)
        elif len(together) <= _FEW:
            for code in together:
                known[code] = _by_ways(code, characteristics, own_of, known, (code,), together)
        else:
            _until_no_more(together, characteristics, own_of, known)
    return known[asked]


def _parts(code: str, characteristics: Vocabulary) -> tuple[str, ...]:
    """The codes that a concept's alternatives name, of those there are."""
    concept = characteristics.coded(code)
    alternatives = concept.derived_from if concept else ()
    every = (part.code for alternative in alternatives for part in alternative)
    return tuple(part for part in every if part in characteristics.concepts)


def _by_alternatives(code: str, characteristics: Vocabulary, said: _SAID, known: Mapping[str, Finding]) -> Finding:
    """What a concept is derived from, where it is known what its parts are derived from."""
    found: Finding = {}
    concept = characteristics.coded(code)
    for alternative in concept.derived_from if concept else ():
        parts = [
            (said(part), known.get(part, {})) if part in characteristics.concepts else ({}, {})
            for part, _ in alternative
        ]
        first = min(({**own, **others} for own, others in parts), key=len)
        for product in first:
            if all(product in own or product in others for own, others in parts):
                for either in parts:
                    for one in either:
                        for hit in one.get(product, {}).values():
                            keep(found, product, hit)
    return found


def _by_ways(
    code: str,
    characteristics: Vocabulary,
    said: _SAID,
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
    together: tuple[str, ...], characteristics: Vocabulary, said: _SAID, known: dict[str, Finding]
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
