"""What a concept is found by as one types: the beginning of a word, of a code, or of a later word in one of several."""

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple, Protocol

from vkd_catalog.suggest import Shortlisted, loose
from vkd_catalog.vocabulary.concept import Concept, catalogue_of, qualified

Way = Literal["word", "code", "inside"]
"""How a text may match: the beginning of a word or of a code, or of a later word in one of several."""

Sort = tuple[str, tuple[str, ...], str]
"""What decides whether a concept agrees with others: its kind, its object types, and the catalogue that it is of."""


class Beginning(NamedTuple):
    """A text that a concept is found by from its beginning, in its loose form, and the word that it is of."""

    way: Way
    form: str
    word: str


class Begun(Protocol):
    """What begins with a form, of one sort and in one way: how many there are, and their forms with the codes of their
    concepts, in order."""

    def __len__(self) -> int: ...

    def __iter__(self) -> Iterator[tuple[str, str]]: ...


class IndexedWords(Protocol):
    """The words of one vocabulary, kept as one types them."""

    @property
    def is_ready(self) -> bool:
        """Whether they are there, so that looking one up takes no time."""
        ...

    @property
    def steps(self) -> int:
        """About how many steps it takes to take in all words."""
        ...

    def step(self) -> bool:
        """Takes in some words; False where all are there, also those that another process has made since."""
        ...

    def close(self) -> None:
        """Stops taking in words."""
        ...

    def sorts(self) -> Sequence[tuple[Sort, str]]:
        """The sorts of the concepts, each with the code of the first that is of it, in that order."""
        ...

    def begun(self, sort: Sort, way: Way, form: str) -> Begun:
        """What is found by a beginning."""
        ...

    def every(self, sort: Sort) -> Begun:
        """The concepts of a sort, in the order of the vocabulary."""
        ...

    def shortlisted(self, sought: str) -> list[Shortlisted]:
        """The words that are worth comparing with a loose form."""
        ...


def beginnings_of(concept: Concept) -> Iterator[Beginning]:
    """All that a concept is found by."""
    yield Beginning("code", loose(concept.code), concept.code)
    for word in _written(concept):
        form = loose(word)
        yield Beginning("word", form, word)
        for at in _later_words(form):
            yield Beginning("inside", form[at:], word)


def word_with(concept: Concept, way: Way, form: str) -> str:
    """The word of a concept by which it is found in a way by a whole form; of several the first in the alphabet."""
    return min((one.word for one in beginnings_of(concept) if (one.way, one.form) == (way, form)), default="")


def sort_of(concept: Concept) -> Sort:
    """The sort of a concept."""
    return concept.kind, concept.object_types, catalogue_of(concept.code)


def _written(concept: Concept) -> Iterator[str]:
    """The words of a concept; of another catalogue's also with its name before each."""
    yield from concept.words()
    if catalogue := catalogue_of(concept.code):
        yield from (qualified(catalogue, word) for word in concept.words())


def _later_words(form: str) -> Iterator[int]:
    """Where words begin inside a loose form, after the first."""
    at = form.find(" ")
    while at >= 0:
        yield at + 1
        at = form.find(" ", at + 1)
