"""What can be made of a characteristic: whether units can be divided by it, and whether it can be added up
(docs/language.md section 12)."""

from vkd_catalog.vocabulary import Concept
from vkd_grammar.words import fold


def divides(concept: Concept) -> bool:
    """Whether units can be divided by a characteristic, as far as the vocabulary tells: what identifies them says of
    each something else."""
    return not concept.identifies


def has_classes(concept: Concept) -> bool:
    """Whether what a characteristic says are names of classes, also where they are written in digits: those of a
    classification, or of a list that has more than what says that nothing is known."""
    missing = set(map(fold, concept.missing))
    return bool(concept.classifications) or any(fold(one.value) not in missing for one in concept.values)
