"""The names of the four vocabularies, apart from these so that settings are read without importing vocabularies."""

from typing import Literal

VocabularyName = Literal["object-types", "names", "characteristics", "times"]

VOCABULARY_NAMES: tuple[VocabularyName, ...] = ("object-types", "names", "characteristics", "times")
