"""The names of the four vocabularies: apart from the vocabularies, so that settings are read without importing those."""

from typing import Literal

VocabularyName = Literal["object-types", "names", "characteristics", "times"]

VOCABULARY_NAMES: tuple[VocabularyName, ...] = ("object-types", "names", "characteristics", "times")
