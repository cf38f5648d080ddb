"""Why two products can be linked, or cannot, or why it is not known: the rules R1 to R4 in words."""

from vkd_catalog.evaluation.found import Linkage
from vkd_catalog.languages import say


def linkage_reason(pair: Linkage, language: str) -> str:
    """The reasons of a linkage verdict in a language, one for each rule, in the order of the rules."""
    return "; ".join(f"{rule}: {reason}" for rule, reason in linkage_reasons(pair, language))


def linkage_reasons(pair: Linkage, language: str) -> list[tuple[str, str]]:
    """Each rule with its reason in a language."""
    return [(key.partition("-")[0], say(f"linkage.{key}", language)) for key in pair.reasons]
