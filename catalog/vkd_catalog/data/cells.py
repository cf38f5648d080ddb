"""What the cells of a column may say: the values of a characteristic, or the classes of a classification
(docs/language.md sections 4 and 12)."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from vkd_catalog.vocabulary import Concept, Vocabularies, Vocabulary
from vkd_catalog.vocabulary.concept import is_below, is_same_or_below
from vkd_grammar.times import Time
from vkd_grammar.words import fold


class Accepted(NamedTuple):
    """What the cells of a column may say, folded, and which of it says that nothing is known (`missing`)."""

    values: frozenset[str]
    missing: frozenset[str]


def accepted_values(code: str, time: Time | None, vocabularies: Vocabularies) -> Accepted | None:
    """What the cells of a characteristic's column may say; None where its vocabulary does not limit it."""
    concept = vocabularies.characteristics.coded(code)
    if concept is None:
        return None
    own = frozenset(
        word for one in concept.values for word in (fold(one.value), *(fold(label.text) for label in one.labels))
    )
    classes: frozenset[str] = frozenset()
    for classification in vocabularies.classifications_of(code, time):
        found = accepted_classes(classification, vocabularies.names)
        if found is None:
            return None
        classes |= found
    return Accepted(own | classes, missing_of(code, vocabularies)) if own or classes else None


def missing_of(code: str, vocabularies: Vocabularies) -> frozenset[str]:
    """What says of a characteristic that nothing is known, folded: the values that are missing, and their labels."""
    concept = vocabularies.characteristics.coded(code)
    if concept is None:
        return frozenset()
    missing = frozenset(map(fold, concept.missing))
    labels = (fold(label.text) for one in concept.values if fold(one.value) in missing for label in one.labels)
    return missing | frozenset(labels)


def accepted_classes(classification: str, names: Vocabulary) -> frozenset[str] | None:
    """What a cell may say for a class of a classification; None where the vocabulary has no classes of it, and any will
    do."""
    classes = list(classes_below(classification, names))
    return frozenset(word for one in classes for word in called(one, classification)) if classes else None


def classes_below(classification: str, names: Vocabulary) -> Iterator[Concept]:
    """The classes of a classification, of every level."""
    return (one for code, one in names.concepts.items() if is_below(code, classification))


def called(concept: Concept, classification: str) -> Iterator[str]:
    """What a class is called in a cell, folded: notation, code, code below the classification, words."""
    if concept.notation:
        yield fold(concept.notation)
    yield fold(concept.code)
    yield fold(concept.code.removeprefix(f"{classification}."))
    yield from map(fold, concept.words())


def together(accepted: Iterable[Accepted | None]) -> Accepted | None:
    """What a column may say that belongs to several sentences: what any of them takes; None where one takes all."""
    values: frozenset[str] = frozenset()
    missing: frozenset[str] = frozenset()
    for one in accepted:
        if one is None:
            return None
        values, missing = values | one.values, missing | one.missing
    return Accepted(values, missing) if values else None


def classes_by_cell(classification: str, names: Vocabulary) -> dict[str, str]:
    """The code of the class that each cell, folded, means in a classification: by notation before code, code before the
    code below the classification, and that before words. What means several classes alike means none."""
    classes = list(classes_below(classification, names))
    found: dict[str, str] = {}
    for ways in _ways(classes, classification):
        of_this_way: dict[str, set[str]] = {}
        for cell, code in ways:
            of_this_way.setdefault(cell, set()).add(code)
        for cell, codes in of_this_way.items():
            if cell not in found:
                found[cell] = next(iter(codes)) if len(codes) == 1 else ""
    return {cell: code for cell, code in found.items() if code}


def is_of(had: str, code: str, names: Vocabulary) -> bool:
    """Whether a class, or what stands in a classification without classes, is of a classification or below a class,
    also by mappings."""
    reach, concept = names.reach(code), names.concepts.get(code)
    if concept is not None and concept.kind == "classification":
        return had not in names.concepts or _is_at_or_below(had, reach.all)
    alike = reach.same | reach.close
    return any(is_below(had, one) for one in alike) or _is_at_or_below(had, reach.below - alike)


def is_one(had: str, code: str, names: Vocabulary) -> bool:
    """Whether a class is another, by its code or by mappings."""
    reach = names.reach(code)
    return had in reach.same or had in reach.close


def _is_at_or_below(had: str, codes: Collection[str]) -> bool:
    return any(is_same_or_below(had, one) for one in codes)


def _ways(classes: Sequence[Concept], classification: str) -> Iterator[list[tuple[str, str]]]:
    yield [(fold(one.notation), one.code) for one in classes if one.notation]
    yield [(fold(one.code), one.code) for one in classes]
    yield [(fold(one.code.removeprefix(f"{classification}.")), one.code) for one in classes]
    yield [(fold(word), one.code) for one in classes for word in one.words()]
