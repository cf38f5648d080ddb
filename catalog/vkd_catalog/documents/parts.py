"""The eleven parts of a documentation (1972 phase 3), and the headings that stand for them in each language."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Literal, get_args

from vkd_catalog.languages import languages, say
from vkd_grammar.words import fold

Part = Literal[
    "project-sketch",
    "project-description",
    "planning-notes",
    "forms",
    "code-lists",
    "editing-instructions",
    "program-references",
    "classifications",
    "table-specifications",
    "quality-assessments",
    "cost-components",
]

PARTS: tuple[Part, ...] = get_args(Part)
"""The parts in the order of the model."""

_NUMBER = re.compile(r"(?:\d+(?:\.\d+)*|[A-Za-z])[.)]\s+|\d+(?:\.\d+)*\s+")
"""What people number a heading with: `3`, `3.`, `3.1` or `c)`."""


def part_names(part: Part, language: str) -> tuple[str, ...]:
    """The headings that stand for a part in a language, the usual one first."""
    return tuple(say(f"part.{part}", language).split("|"))


def part_called(heading: str) -> Part | None:
    """The part that a heading stands for, whatever its language and number; None where it is of no part."""
    unnumbered = _NUMBER.sub("", heading.strip(), count=1).rstrip(" :.")
    by_name = _by_name()
    return by_name.get(fold(heading.strip())) or by_name.get(fold(unnumbered))


@cache
def _by_name() -> Mapping[str, Part]:
    return {fold(name): part for language in languages() for part in PARTS for name in part_names(part, language)}
