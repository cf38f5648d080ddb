"""Both grammars, the formal one and the one that runs, read every text alike; so does the parser made of the latter."""

from hypothesis import given

from tests.grammar.agreement import agree
from tests.grammar.texts import RANDOM, documents, from_definition, mutilated


@given(documents())
def test_on_plausible_text(text: str) -> None:
    agree(text)


@given(mutilated())
def test_on_mutilated_text(text: str) -> None:
    agree(text)


@given(from_definition())
def test_on_text_that_the_definition_generates(text: str) -> None:
    agree(text)


@given(RANDOM)
def test_on_random_text(text: str) -> None:
    agree(text)
