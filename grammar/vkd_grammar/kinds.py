"""The two kinds of description and the words that open them (1972 p.12-13, docs/language.md section 2)."""

from typing import Literal, NamedTuple

from vkd_grammar.words import fold

Kind = Literal["product", "demand"]


class HeaderType(NamedTuple):
    """One word a header may use: the kind it opens and the languages it is a word of, as BCP-47 tags."""

    kind: Kind
    word: str
    languages: tuple[str, ...]


HEADER_TYPES = (
    HeaderType("product", "Produktbeskrivelse", ("nb", "da")),
    HeaderType("product", "Produktskildring", ("nn",)),
    HeaderType("product", "Produktbeskrivning", ("sv",)),
    HeaderType("product", "Product description", ("en",)),
    HeaderType("demand", "Etterspørselsbeskrivelse", ("nb",)),
    HeaderType("demand", "Etterspurnadsskildring", ("nn",)),
    HeaderType("demand", "Efterfrågebeskrivning", ("sv",)),
    HeaderType("demand", "Efterspørgselsbeskrivelse", ("da",)),
    HeaderType("demand", "Demand description", ("en",)),
)

_BY_WORD = {fold(header_type.word): header_type for header_type in HEADER_TYPES}


def header_type(word: str) -> HeaderType | None:
    """The header type a word names, whatever its case; None where it names none."""
    return _BY_WORD.get(fold(word))


def language_of(opened: HeaderType | None, catalogue_language: str) -> str:
    """The language of a description: its header type's; of two, the catalogue's, as where there is no type."""
    languages = opened.languages if opened else (catalogue_language,)
    return catalogue_language if catalogue_language in languages else languages[0]
