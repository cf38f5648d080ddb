"""How concepts answer concepts: the same, below, or close (docs/language.md section 6)."""

from collections.abc import Iterable

from vkd_catalog.coding import ANY, UNIT, Term, senses_of
from vkd_catalog.evaluation.found import CLOSE, EXACT, NARROWER
from vkd_catalog.register import Codes
from vkd_catalog.vocabulary import Vocabularies, Vocabulary
from vkd_catalog.vocabulary.concept import Concept, is_same_or_below


def rank_of(vocabulary: Vocabulary, asked: Term, said: str) -> int | None:
    """How well one code answers another that is asked for; None where it does not."""
    if asked == ANY:
        return EXACT
    if asked is None:
        return None
    if asked.startswith(UNIT) or said.startswith(UNIT):
        return EXACT if asked == said else None
    reach = vocabulary.reach(asked)
    if said in reach.same:
        return EXACT
    if any(is_same_or_below(said, root) for root in reach.below):
        return NARROWER
    return CLOSE if any(is_same_or_below(said, root) for root in reach.close) else None


def codes_for(vocabulary: Vocabulary, asked: Term) -> Codes | None:
    """The codes that answer what is asked for; None where any does."""
    if asked == ANY or asked is None:
        return None
    if asked.startswith(UNIT):
        return Codes((asked,))
    reach = vocabulary.reach(asked)
    roots = tuple(sorted(reach.below | reach.close))
    return Codes(roots, roots)


def sameness(vocabulary: Vocabulary, code: str) -> str:
    """One code for all those that are the same concept."""
    return min(vocabulary.reach(code).same, default=code) if not code.startswith((UNIT, ANY)) else code


def is_above(vocabulary: Vocabulary, above: str, code: str) -> bool:
    """Whether a code stands above another and is not the same."""
    return above not in vocabulary.reach(code).same and vocabulary.is_same_or_below(code, above)


def kinds_of(object_type: Term, characteristic: Term, vocabularies: Vocabularies) -> frozenset[str]:
    """Individual or aggregate, as the object type states or, where it does not, the characteristic; empty where either
    may be meant."""
    for vocabulary, term in ((vocabularies.object_types, object_type), (vocabularies.characteristics, characteristic)):
        concepts = [vocabulary.coded(code) for code in senses_of(term) or (term or "",)]
        kinds = frozenset(concept.kind for concept in concepts if concept is not None and concept.kind)
        if kinds:
            return kinds
    return frozenset()


def may_be_of_one_kind(some: frozenset[str], others: frozenset[str]) -> bool:
    """Whether two things may both be individual, or both aggregate, by what `kinds_of` says of each."""
    return not some or not others or not some.isdisjoint(others)


def plurals_of(unit: str, vocabularies: Vocabularies) -> tuple[str, ...]:
    """The plural aggregates of a unit type."""
    return _codes(one for one in vocabularies.object_types.of_unit(unit) if is_plural_aggregate(one))


def individuals_of(unit: str, vocabularies: Vocabularies) -> tuple[str, ...]:
    """The individual object types of a unit type."""
    return _codes(one for one in vocabularies.object_types.of_unit(unit) if one.kind == "individual")


ROWS = ("classification", "class")
"""The kinds of names that divide a table, or are a row of one."""


def kind_of_name(name: Term, vocabularies: Vocabularies) -> str:
    """What kind of name a term means: register, classification, class or individual; empty where none is stated."""
    concept = vocabularies.names.coded(name or "")
    return concept.kind if concept else ""


def registers_in(vocabularies: Vocabularies) -> tuple[str, ...]:
    """The names that are registers."""
    return tuple(vocabularies.names.of_kind("register"))


def is_plural_aggregate(concept: Concept | None) -> bool:
    """Whether an object type stands for the rows of a table."""
    return concept is not None and (concept.kind, concept.number) == ("aggregate", "plural")


def _codes(concepts: Iterable[Concept]) -> tuple[str, ...]:
    return tuple(concept.code for concept in concepts)
