"""Words of several senses: which of them stay on a line (docs/language.md section 2)."""

import pytest

from tests.catalog.asking import PARSER
from vkd_catalog.coding import Coder
from vkd_catalog.vocabulary import VOCABULARY_NAMES, build_vocabularies, read_vocabulary
from vkd_grammar.document import read_document

OBJECT_TYPES = """code,prefLabel@nb,altLabel@nb,kind,number,unit
P,Personer,Enheter,individual,plural,person
B,Bedrifter,Enheter,individual,plural,firm
A,Personaggregater,,aggregate,plural,person
A.1,Personaggregat,,aggregate,singular,person
"""
NAMES = """code,prefLabel@nb,altLabel@nb,kind,objectTypes,validFrom,validTo
R,Register,Yrke|Arkiv,register,P|A,,
Q,Gammelt register,Arkiv,register,P|A,1950,1959
K,Klassifikasjon,Yrke,classification,A,,
F,Firmaregister,Alle,register,B,,
E,Everyone,Alle,register,P,,
N00,Næring 2000,Næringer,classification,,2000,2008
N00.1,Industri,,class,,,
N09,Næring 2009,Næringer,classification,,2009,
N09.1,Industri,,class,,,
N09.2,Olje,,class,,2015,
N90,Næring 1990,,classification,,,1999
N90.2,Olje,,class,,,
"""
CHARACTERISTICS = """code,prefLabel@nb,altLabel@nb,kind,objectTypes
Y,Yrke,Stilling,individual,P
J,Jobb,Stilling,individual,B
S,Sum,Antall,aggregate,
T,Tall,Antall,individual,P
"""


def coder(names: str = NAMES) -> Coder:
    texts = zip(VOCABULARY_NAMES, (OBJECT_TYPES, names, CHARACTERISTICS), strict=False)
    return Coder(build_vocabularies([read_vocabulary(name, text.encode(), name) for name, text in texts]))


def read(*lines: str, kind: str = "Demand", by: Coder | None = None) -> tuple[list[str], list[str]]:
    """What is wrong with some lines, each four fields, and what each means: object type, name and characteristic."""
    written = "".join(f"{number} / {line} / O\n" for number, line in enumerate(lines, start=1))
    text = f"0 / {kind} description / x\n{written[:-2]}.\n"
    ((_, description),) = read_document(text, PARSER).pieces()
    coded = (by or coder()).code(description)
    meant = [f"{one.object_type} {one.name} {one.characteristic}" for one in coded.sentences]
    return [problem.code for problem in coded.problems], meant


@pytest.mark.parametrize(
    ("line", "problems", "meant"),
    [
        # By the kinds of the table, whichever field has several senses, also several fields at once.
        ("Personer / Yrke / Yrke / 1970", [], "P R Y"),
        ("Personaggregater / Yrke / Sum / 1970", [], "A K S"),
        ("Personer / Register / Antall / 1970", [], "P R T"),
        ("Enheter / Yrke / Stilling / 1970", [], "P R Y"),
        ("Enheter / Alle / Jobb / 1970", [], "B F J"),
        # By what names and characteristics are defined for.
        ("Bedrifter / Alle / Jobb / 1970", [], "B F J"),
        ("Personer / Alle / Stilling / 1970", [], "P E Y"),
        ("Enheter / Alle / Stilling / 1970", ["VKD103"] * 3, "|P|B |F|E |Y|J"),
        # A don't-care agrees with everything; the others still stand in one row of the table.
        ("- / Yrke / Yrke / 1970", [], "* R Y"),
        ("- / Yrke / - / 1970", ["VKD103"], "* |R|K *"),
        ("Personer / - / Antall / 1970", [], "P * T"),
        # Names by when they are valid; a class is when its classification is.
        ("Personer / Arkiv / Yrke / 1970", [], "P R Y"),
        ("Personer / Arkiv / Yrke / 1955", ["VKD103"], "P |R|Q Y"),
        ("Personaggregater / Næringer / Sum / 2005", [], "A N00 S"),
        ("Personaggregater / Industri / Sum / 2005", [], "A N00.1 S"),
        ("Personaggregater / Industri / Sum / 2012", [], "A N09.1 S"),
        ("Personaggregater / Olje / Sum / 2012", ["VKD103"], "A |N09.2|N90.2 S"),
        ("Personaggregater / Olje / Sum / 2016", [], "A N09.2 S"),
        ("Personaggregater / Olje / Sum / 1995", [], "A N90.2 S"),
        ("Personaggregater / Industri / Sum / 2005..2012", ["VKD103"], "A |N00.1|N09.1 S"),
        ("Personaggregater / Industri / Sum / 2001..2007:A", [], "A N00.1 S"),
        ("Personaggregater / Industri / Sum / 2001..2012:A", ["VKD103"], "A |N00.1|N09.1 S"),
        ("Personaggregater / Industri / Sum / 201-1101", [], "A N09.1 S"),
        ("Personaggregater / Industri / Sum / -", ["VKD103"], "A |N00.1|N09.1 S"),
        ("Personaggregater / Industri / Sum / 1970", ["VKD103"], "A |N00.1|N09.1 S"),
        # A name that is not valid has the other fields' senses agree with it all the same.
        ("Personer / Gammelt register / Antall / 1970", [], "P Q T"),
        ("Enheter / Gammelt register / Yrke / 1970", [], "P Q Y"),
        # Where none stays, all do.
        ("Bedrifter / Yrke / Jobb / 1970", ["VKD103", "VKD201"], "B |R|K J"),
        ("Bedrifter / Register / Antall / 1970", ["VKD201", "VKD103", "VKD201"], "B R |S|T"),
        ("Bedrifter / Register / Stilling / 1970", ["VKD201", "VKD103"], "B R |Y|J"),
    ],
)
def test_a_sense_stays_where_it_agrees_and_is_valid(line: str, problems: list[str], meant: str) -> None:
    found, said = read(line)
    assert (sorted(found), said) == (sorted(problems), [meant])


def test_in_a_product_several_senses_are_none() -> None:
    assert read("Personaggregater / Industri / Sum / ?", kind="Product") == (["VKD103"], ["A None S"])
    assert read("Personaggregater / Industri / Sum / 2010..:A", kind="Product") == ([], ["A N09.1 S"])
    assert read("Personaggregater / Industri / Sum / 2005", kind="Product") == ([], ["A N00.1 S"])


def test_a_ditto_has_the_senses_of_the_line_above_each_line_by_itself() -> None:
    lines = ("Personaggregater / Industri / Sum / -", '" / " / " / 2012', '" / " / " / 2005', '" / " / " / 1970')
    assert read(*lines) == (["VKD103"], ["A |N00.1|N09.1 S", "A N09.1 S", "A N00.1 S", "A |N00.1|N09.1 S"])


@pytest.mark.parametrize("other", ["[N09]", "-", "Register"])
def test_the_table_comes_before_its_exceptions(other: str) -> None:
    """Of a register and a classification a plural aggregate means the latter, whatever stands beside it."""
    line, beside = "Personaggregater / Yrke / Sum / 1970", f"Personaggregater / {other} / Sum / 1970"
    assert read(line, beside)[1][0] == "A K S"


def test_a_register_is_meant_beside_a_classification_where_no_other_sense_agrees() -> None:
    line, other = "Personaggregater / Arkiv / Sum / 1970", "Personaggregater / {} / Sum / 1970"
    assert read(line, other.format("[N09]")) == ([], ["A R S", "A N09 S"])
    assert read(line, other.format("-")) == ([], ["A R S", "A * S"])
    assert read(line, other.format("Register"))[1] == ["A |R|Q S", "A R S"]


def test_a_singular_aggregate_has_a_classification_where_no_class_agrees() -> None:
    assert read("Personaggregat / Yrke / Sum / 1970") == ([], ["A.1 R S"])
    assert read("Personaggregat / Næringer / Sum / 2005") == (["VKD202"], ["A.1 N00 S"])


def test_what_no_sense_agrees_with_is_an_error() -> None:
    assert read("Bedrifter / Arkiv / Jobb / 1955")[0] == ["VKD103", "VKD201"]
    assert read("Bedrifter / Arkiv / Jobb / 1955", kind="Product")[0] == ["VKD103"]
    assert read("Personer / Register / Antall / 1970", "Personer / Register / Sum / 1970")[0] == ["VKD201"]


def test_what_a_word_beside_may_mean_states_a_classification() -> None:
    population = "Personaggregater / Register / Sum / 1970"
    assert read(population, "Personaggregater / Industri / Sum / -")[0] == ["VKD103"]
    assert read(population, "Personaggregater / Ukjent / Sum / -")[0] == ["VKD101"]
    assert read(population, "Personaggregater / Register / Sum / -")[0] == ["VKD201", "VKD201"]


def test_a_word_may_name_thousands_of_classes() -> None:
    rows = "".join(f"X{number},,,classification,,,\nX{number}.1,Uoppgitt,,class,,,\n" for number in range(3000))
    by = coder(NAMES + rows + "G,Uoppgitt,,individual,P,,\n")
    codes = "".join(f"|X{number}.1" for number in range(3000))
    assert read("Personaggregater / Uoppgitt / Sum / 1970", by=by) == (["VKD103"], [f"A {codes} S"])
    assert read("Personaggregater / Uoppgitt / Antall / 1970", by=by) == (["VKD103"], [f"A {codes} S"])
