"""What is kept of a text that is not open tells the same as the text itself."""

from collections.abc import Generator, Iterator
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.server.features.marked import census, snapshot
from vkd_grammar.text import Position
from vkd_grammar.words import fold
from vkd_server.features.navigation.mentions import Mentions, mentions
from vkd_server.features.navigation.naming import Meant, Uses
from vkd_server.features.refactoring.renaming import IdentificationAt, Refusal, Target, WordAt, concerned, rename
from vkd_server.features.snapshot import Snapshot
from vkd_server.rules.rule import TextEdit

FIELDS = {
    "object types": ["Personer", "person", "[A]", "Personer [A]", '"', "-", "", "Yrke", "[X.9]"],
    "names": ["Personreg.nov.70", "[P.70]", "-", '"', "Yrkesklassifikasjon", "xy12", "Yrke [Y]"],
    "characteristics": ["Yrke", "yRKE", "Yr\\ke", "[K5]", "Kjønn [K5]", "Antall  barn", '"', "-", "Fødselsnummer"],
    "times": ["19701101", "Folketellingen 1970", '"', "1970", "[F70]", "Folketellingen 1970 [F70]", "🙂"],
}
SENTENCE = st.builds("{} / {} / {} / {} / {} / O\n".format, st.integers(1, 9), *map(st.sampled_from, FIELDS.values()))
HEADER = st.builds(
    "0 / {} / {} / {}\n".format,
    st.sampled_from(["Produktbeskrivelse", "Etterspørselsbeskrivelse", "Noe"]),
    st.sampled_from(["a", "A", "b c", "b  C", ""]),
    st.sampled_from(
        [
            "unit-id=Yrke",
            "unit-id=yrke , Alder [K3]; form=Yrke",
            "unit-id=Fødselsnummer+Yrke; columns=YRKE=Yrke, A = Alder [K3],B",
            "form=x\n  ; enhets-id=[K5],Antall barn",
            "unit-id=",
        ]
    ),
)
TEXT = st.lists(st.one_of(HEADER, SENTENCE, st.sampled_from(["\n", "# Yrke\n", "1 / Personer / Yrke\n"])), max_size=14)
CATALOGUE = census()[0]


def said(text: Snapshot) -> Mentions:
    """What is kept of a text."""
    steps = mentions(text.document)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            found: Mentions = end.value
            return found


@given(TEXT.map("".join))
@settings(max_examples=60, deadline=None)
def test_uses_are_those_of_the_text(text: str) -> None:
    document = snapshot(text)
    kept = said(document)
    for vocabulary in CATALOGUE.vocabularies.four:
        for concept in vocabulary.concepts.values():
            finder = Uses(Meant(vocabulary, concept), CATALOGUE)
            within = chain.from_iterable(finder.within(*piece) for piece in document.document.pieces())
            assert finder.among(kept) == sorted(within)


def targets() -> Iterator[Target]:
    """What can be renamed in the census example."""
    nowhere = Position(0, 0)
    yield IdentificationAt(nowhere, nowhere, "other", "product")
    for vocabulary in CATALOGUE.vocabularies.four:
        for concept in vocabulary.concepts.values():
            for word in concept.words():
                yield WordAt(nowhere, nowhere, word, vocabulary.name, concept, "nb")


@given(TEXT.map("".join), st.sampled_from(["Yrke", "yrke", "Antall barn", "Nytt", "A", "b c", "Noe", "xy12"]))
@settings(max_examples=60, deadline=None)
def test_a_text_that_no_name_concerns_has_no_part_in_it(text: str, new: str) -> None:
    document = snapshot(text)
    kept = said(document)
    elsewhere = snapshot("")._replace(path="demands/other.vkd")
    for target in targets():
        if not concerned(target, new, CATALOGUE)(kept):
            assert not takes_part(rename(target, new, CATALOGUE, [elsewhere, document]), document.path)


def takes_part(steps: Generator[None, None, tuple[TextEdit, ...] | Refusal], path: str) -> bool:
    """Whether a text is edited, or in the way of a new name."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            outcome: tuple[TextEdit, ...] | Refusal = end.value
            return path in outcome.message if isinstance(outcome, Refusal) else path in [one.path for one in outcome]


@pytest.mark.parametrize(
    ("text", "plain"), [("0 / x", {"utf-8", "utf-16", "utf-32"}), ("å", {"utf-16", "utf-32"}), ("å🙂", {"utf-32"})]
)
def test_columns_that_every_client_counts_alike(text: str, plain: set[str]) -> None:
    assert said(snapshot(text)).plain == plain


def test_what_is_described() -> None:
    kept = said(snapshot("0 / Produktbeskrivelse / Å  b\n0 / Demand description\n0 / Noe / c\n"))
    assert kept.described == {("product", fold("å b")), ("demand", "")}
    assert kept.has_demands
    assert not said(snapshot("0 / Produktbeskrivelse / a\n")).has_demands
