"""The four vocabularies of a catalogue and how they refer to each other (1972 p.14-16, docs/language.md section 4)."""

from vkd_catalog.vocabulary.concept import Concept, Label, Source, Value
from vkd_catalog.vocabulary.links import Reach
from vkd_catalog.vocabulary.mappings import MappingFile, missing_mappings, read_mapping_lines, read_mappings
from vkd_catalog.vocabulary.reader import (
    missing_vocabulary,
    open_vocabulary,
    read_vocabulary,
    read_vocabulary_lines,
)
from vkd_catalog.vocabulary.vocabularies import (
    Vocabularies,
    build_vocabularies,
    missing_products,
    products_named,
    with_file,
    with_mappings,
)
from vkd_catalog.vocabulary.vocabulary import Vocabulary
from vkd_catalog.vocabulary.vocabulary_file import OpenedFile, VocabularyFile
from vkd_catalog.vocabulary_names import VOCABULARY_NAMES, VocabularyName

__all__ = [
    "VOCABULARY_NAMES",
    "Concept",
    "Label",
    "MappingFile",
    "OpenedFile",
    "Reach",
    "Source",
    "Value",
    "Vocabularies",
    "Vocabulary",
    "VocabularyFile",
    "VocabularyName",
    "build_vocabularies",
    "missing_mappings",
    "missing_products",
    "missing_vocabulary",
    "open_vocabulary",
    "products_named",
    "read_mapping_lines",
    "read_mappings",
    "read_vocabulary",
    "read_vocabulary_lines",
    "with_file",
    "with_mappings",
]
