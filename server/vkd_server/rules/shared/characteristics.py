"""What the rules about characteristics in products share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from vkd_grammar.problems import at_field
from vkd_grammar.syntax import CHARACTERISTIC, Problem
from vkd_server.rules.rule import Context

if TYPE_CHECKING:
    from vkd_catalog.vocabulary import Concept


class UsedCharacteristic(NamedTuple):
    """The code of the characteristic that a problem is about."""

    code: str


def first_uses(code: str, context: Context, wrong: Callable[[Concept], bool]) -> Iterator[Problem]:
    """A problem with the given VKD code at a product's first use of each characteristic for which `wrong` is true."""
    if context.coded.kind != "product":
        return
    concepts = context.catalogue.vocabularies.characteristics.concepts
    seen: set[str] = set()
    for sentence in context.coded.sentences:
        used = sentence.characteristic
        if used is None or used in seen or used not in concepts:
            continue
        seen.add(used)
        if wrong(concepts[used]):
            field = sentence.sentence.fields[CHARACTERISTIC]
            yield at_field(sentence.sentence.row, field, code, UsedCharacteristic(used))
