"""The object types that imported catalogues need, each with the four forms of the table of 1972 p.12.

Individual and aggregate, singular and plural, so that any demand can be written; the codes go on where the examples
of 1972 stop. A word in one language never names another form in another: Swedish, whose `personaggregat` is both
singular and plural, has a longer plural.
"""

from collections.abc import Sequence
from typing import NamedTuple

from vkd_catalog.importers.writer import Concept, Vocabulary

LANGUAGES = ("nb", "da", "sv", "en")


class Form(NamedTuple):
    """One form of an object type: code, kind, number, and its word in each of `LANGUAGES`."""

    code: str
    kind: str
    number: str
    words: tuple[str, str, str, str]


class ObjectType(NamedTuple):
    """An object type: the unit type its forms share, and its forms."""

    unit: str
    forms: tuple[Form, ...]


PERSON = ObjectType(
    "person",
    (
        Form("A", "individual", "plural", ("Personer", "Personer", "Personer", "Persons")),
        Form("A.B", "individual", "singular", ("Person", "Person", "Person", "Person")),
        Form(
            "C",
            "aggregate",
            "plural",
            ("Personaggregater", "Personaggregater", "Aggregat av personer", "Person aggregates"),
        ),
        Form(
            "C.D", "aggregate", "singular", ("Personaggregat", "Personaggregat", "Personaggregat", "Person aggregate")
        ),
    ),
)

ENTERPRISE = ObjectType(
    "enterprise",
    (
        Form("E", "individual", "plural", ("Foretak", "Virksomheder", "Företag", "Enterprises")),
        Form("E.F", "individual", "singular", ("Et foretak", "Virksomhed", "Ett företag", "Enterprise")),
        Form(
            "G",
            "aggregate",
            "plural",
            ("Foretaksaggregater", "Virksomhedsaggregater", "Aggregat av företag", "Enterprise aggregates"),
        ),
        Form(
            "G.H",
            "aggregate",
            "singular",
            ("Foretaksaggregat", "Virksomhedsaggregat", "Företagsaggregat", "Enterprise aggregate"),
        ),
    ),
)

UNIT = ObjectType(
    "unit",
    (
        Form("I", "individual", "plural", ("Enheter", "Enheder", "Enheter", "Units")),
        Form("I.J", "individual", "singular", ("Enhet", "Enhed", "Enhet", "Unit")),
        Form(
            "K",
            "aggregate",
            "plural",
            ("Enhetsaggregater", "Enhedsaggregater", "Aggregat av enheter", "Unit aggregates"),
        ),
        Form("K.L", "aggregate", "singular", ("Enhetsaggregat", "Enhedsaggregat", "Enhetsaggregat", "Unit aggregate")),
    ),
)


def vocabulary(types: Sequence[ObjectType]) -> Vocabulary:
    """The object type vocabulary of a catalogue that has these types (docs/language.md section 4)."""
    labels = tuple(f"prefLabel@{language}" for language in LANGUAGES)
    rows = [_row(kind.unit, form) for kind in types for form in kind.forms]
    return Vocabulary(("code", *labels, "kind", "number", "unit"), rows)


def plural(kind: ObjectType, language: str) -> str:
    """The word a register's sentences use: the individual plural, in the catalogue's language."""
    return kind.forms[0].words[LANGUAGES.index(language)]


def _row(unit: str, form: Form) -> Concept:
    words = {f"prefLabel@{tag}": word for tag, word in zip(LANGUAGES, form.words, strict=True)}
    return {"code": form.code, **words, "kind": form.kind, "number": form.number, "unit": unit}
