"""The names of the four vocabularies, in a module of their own, so that reading settings imports no vocabulary."""

from typing import Literal

VocabularyName = Literal["object-types", "names", "characteristics", "times"]

VOCABULARY_NAMES: tuple[VocabularyName, ...] = ("object-types", "names", "characteristics", "times")
