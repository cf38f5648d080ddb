"""The table of docs/language.md section 5 (1972 p.12), row by row, and what a line denotes."""

from collections.abc import Sequence

import pytest

from tests.catalog.asking import PARSER
from vkd_catalog.agreement import denotes, goes_with, plural_of
from vkd_catalog.coding import Coder
from vkd_catalog.problems import FieldsDisagree, NotDefinedFor
from vkd_catalog.vocabulary import build_vocabularies, read_vocabulary
from vkd_grammar.document import read_document
from vkd_grammar.syntax import Problem

OBJECT_TYPES = """code,prefLabel@nb,kind,number,unit
P,Personer,individual,plural,person
P.1,Person,,singular,
P.2,Kvinner,,,
A,Personaggregater,aggregate,plural,person
A.1,Personaggregat,,singular,
A.2,Kvinneaggregater,,,
B,Bedrifter,individual,plural,firm
T,Bedriftstall,aggregate,singular,firm
O,Noe,,,
"""
NAMES = """code,prefLabel@nb,kind,objectTypes
R,Register,register,
K,Klassifikasjon,classification,
K.1,Klasse,class,
I,Kari,individual,
U,Uvisst,,
BR,Bedriftsregister,register,B
"""
CHARACTERISTICS = """code,prefLabel@nb,kind,objectTypes
I,Yrke,individual,
A,Sum,aggregate,
U,Uvisst,,
B,Omsetning,individual,B
Q,Kvinnesak,individual,P.2|B
"""
VOCABULARIES = build_vocabularies(
    [
        read_vocabulary("o", OBJECT_TYPES.encode(), "object-types"),
        read_vocabulary("n", NAMES.encode(), "names"),
        read_vocabulary("c", CHARACTERISTICS.encode(), "characteristics"),
    ]
)
CODER = Coder(VOCABULARIES)


def problems(*lines: str, kind: str = "Demand", between: str = "O") -> Sequence[Problem]:
    """What is wrong with the lines of a description, each three words, and an operator between each two."""
    written = [f"{number} / {line} / 1970 / {between}" for number, line in enumerate(lines, start=1)]
    text = "\n".join([f"0 / {kind} description / x", *written]).removesuffix(between) + "."
    ((_, description),) = read_document(text, PARSER).pieces()
    return CODER.code(description).problems


def codes(*lines: str, kind: str = "Demand", between: str = "O") -> list[str]:
    return [problem.code for problem in problems(*lines, kind=kind, between=between)]


FORMS = ("Person", "Personer", "Personaggregat", "Personaggregater", "Noe")
KINDS = ("Register", "Klasse", "Klassifikasjon", "Kari", "Uvisst")
TABLE = """
                   Register  Klasse  Klassifikasjon  Kari    Uvisst
Person             VKD201    VKD201  VKD201          -       -
Personer           -         -       VKD201          VKD201  -
Personaggregat     -         -       VKD202          VKD201  -
Personaggregater   VKD201    -       -               VKD201  -
Noe                -         -       -               -       -
"""
"""What is wrong with each form of object type and kind of name; "Uvisst" and "Noe" state no kind."""


@pytest.mark.parametrize("kind", ["Demand", "Product"])
@pytest.mark.parametrize("row", TABLE.split("\n")[2:-1])
def test_object_type_and_name(row: str, kind: str) -> None:
    form, *expected = row.split()
    characteristic = "Sum" if "aggregat" in form else "Yrke"
    found = [codes(f"{form} / {name} / {characteristic}", kind=kind) for name in KINDS]
    assert found == [[] if code == "-" else [code] for code in expected]


@pytest.mark.parametrize("form", FORMS)
def test_object_type_and_characteristic(form: str) -> None:
    """An individual has characteristics of its own, an aggregate those of a set; what states no kind goes with both."""
    name = {"Person": "Kari", "Personaggregater": "Klasse"}.get(form, "Register")
    wrong = {"Noe": [], "Personaggregat": ["Yrke"], "Personaggregater": ["Yrke"]}.get(form, ["Sum"])
    for characteristic in ("Yrke", "Sum", "Uvisst"):
        assert codes(f"{form} / {name} / {characteristic}") == ["VKD201"] * (characteristic in wrong)


@pytest.mark.parametrize("line", ["- / Klassifikasjon / Yrke", "Personer / - / Yrke", "Person / - / -", "- / - / -"])
def test_a_dont_care_agrees_with_everything(line: str) -> None:
    assert codes(line) == []


def test_a_dont_care_hides_nothing_else() -> None:
    assert codes("Personer / - / Sum") == ["VKD201"]
    assert codes("Personer / Klassifikasjon / -") == ["VKD201"]


POPULATION = "Personaggregater / Register / Sum"


@pytest.mark.parametrize(
    ("other", "allowed"),
    [
        ("Personaggregater / Klassifikasjon / Sum", True),
        ("Personaggregater / Klassifikasjon / -", True),
        ("Personaggregat / Klassifikasjon / Sum", True),
        ("Personer / Register / Yrke", False),
        ("Personaggregat / Register / Sum", False),
        ("Personaggregater / - / Sum", True),
        ("Personer / - / Yrke", False),
    ],
)
def test_a_population_stands_beside_a_classification(other: str, allowed: bool) -> None:
    """Wherever it stands in the same description, before or after; a don't-care stands for the classification too."""
    for lines in ((POPULATION, other), (other, POPULATION)):
        assert ("VKD201" not in codes(*lines)) is allowed


def test_a_population_stands_beside_a_classification_of_its_own_group() -> None:
    """`E` parts alternatives, each of which is a demand by itself."""
    lines = (POPULATION, "Personaggregater / Klassifikasjon / Sum")
    assert "VKD201" not in codes(*lines)
    assert "VKD201" in codes(*lines, between="E")


def test_where_each_disagreement_stands_and_what_it_tells() -> None:
    (name,) = problems("Personer / Klassifikasjon / Yrke")
    assert (name.row, name.start, name.end) == (1, 15, 29)
    assert (name.of(FieldsDisagree).reason, name.of(FieldsDisagree).had, name.of(FieldsDisagree).kinds) == (
        "name-kind",
        "classification",
        ("register", "class"),
    )
    (characteristic,) = problems("Personer / Register / Sum")
    assert (characteristic.start, characteristic.end, characteristic.of(FieldsDisagree).kinds) == (
        26,
        29,
        ("individual",),
    )
    (population,) = problems(POPULATION)
    assert population.of(FieldsDisagree).reason == "population"
    (plural,) = problems("Personaggregat / Klassifikasjon / Sum")
    assert (plural.code, plural.start, plural.end) == ("VKD202", 4, 18)


def test_two_fields_may_both_disagree() -> None:
    assert codes("Personer / Klassifikasjon / Sum") == ["VKD201", "VKD201"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Bedrifter / Register / Omsetning", []),
        ("Personer / Register / Omsetning", ["VKD203"]),
        ("Kvinner / Register / Kvinnesak", []),
        ("Bedrifter / Register / Kvinnesak", []),
        ("Personer / Register / Kvinnesak", ["VKD203"]),
        ("- / Register / Omsetning", []),
        ("Bedrifter / Bedriftsregister / Yrke", []),
        ("Personer / Bedriftsregister / Yrke", ["VKD201"]),
    ],
)
def test_defined_for_an_object_type_or_one_below_it(line: str, expected: list[str]) -> None:
    found = problems(line)
    assert [problem.code for problem in found] == expected
    if expected == ["VKD203"]:
        assert found[0].of(NotDefinedFor).defined == (("P.2", "B") if "Kvinne" in line else ("B",))


@pytest.mark.parametrize("line", ["Personer / x1 / Yrke", "Personaggregat / x1 / Sum"])
def test_only_one_unit_has_an_identification(line: str) -> None:
    assert codes("Person / x1 / Yrke") == []
    assert codes(line) == ["VKD101"]


def test_an_identification_repeated_by_a_ditto_still_needs_one_unit() -> None:
    assert codes("Person / x1 / Yrke", '" / " / Yrke') == []
    assert codes("Person / x1 / Yrke", 'Personer / " / Yrke') == ["VKD201"]


@pytest.mark.parametrize(
    ("object_type", "name", "expected"),
    [
        ("P.1", "I", "unit"),
        ("P", "R", "units"),
        ("P", "K.1", "units"),
        ("A.1", "K.1", "aggregate"),
        ("A", "K", "aggregates"),
        ("A", "R", "population"),
        ("A", None, "aggregates"),
        ("O", "R", None),
    ],
)
def test_what_a_line_denotes(object_type: str, name: str | None, expected: str | None) -> None:
    concept = VOCABULARIES.names.coded(name) if name else None
    assert denotes(VOCABULARIES.object_types.concepts[object_type], concept) == expected


@pytest.mark.parametrize(
    ("object_type", "plural"), [("A.1", "A"), ("A", "A"), ("A.2", "A.2"), ("P.1", "P"), ("T", None), ("O", None)]
)
def test_the_plural_form(object_type: str, plural: str | None) -> None:
    """Of the same kind and unit, the nearest above; firms have no plural aggregate here."""
    found = plural_of(VOCABULARIES.object_types.concepts[object_type], VOCABULARIES.object_types)
    assert (found.code if found else None) == plural


def test_what_goes_with_an_object_type() -> None:
    concepts, object_types = VOCABULARIES.characteristics.concepts, VOCABULARIES.object_types.concepts
    assert [code for code, concept in concepts.items() if goes_with(concept, object_types["P.2"])] == [*"IAU", "Q"]
    assert [code for code, concept in concepts.items() if goes_with(concept, object_types["P"])] == [*"IAU"]
