"""The demands that are asked: a mix, drawn from what a catalogue has, and what answers one."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from random import Random

from benchmarks.corpus import Size
from vkd_catalog.catalogue import Catalogue
from vkd_catalog.coding import CodedDescription
from vkd_catalog.evaluation import evaluate
from vkd_catalog.evaluation.answer import Answer
from vkd_catalog.register import SentenceRecord
from vkd_catalog.vocabulary import Vocabularies, Vocabulary
from vkd_grammar.document import read_document

WIDEST = "Persons / - / - / -"
"""Everything there is about persons."""
NARROW = "Persons / Register 3 / Person number / -"
"""One characteristic of one register."""


def answer_to(catalogue: Catalogue, lines: Sequence[str]) -> tuple[CodedDescription, Answer]:
    """The answer to a demand, with its first twenty covers put together; what was asked, as coded, before it."""
    numbered = "\n".join(f"{at} / {line}" for at, line in enumerate(lines, start=1))
    text = f"0 / Demand description / q\n{numbered} / .\n"
    ((row, description),) = read_document(text, catalogue.parser).pieces()
    demand = catalogue.coder.code(description)
    answer = evaluate(demand, catalogue.register, catalogue.vocabularies, path="", row=row, language="en")
    answer.covers[:20]
    return demand, answer


def demands(catalogue: Catalogue, random: Random) -> Iterator[tuple[str, list[str]]]:
    """A mix of demands: of which kind, and what is asked, as the lines with their operators.

    What is asked is drawn from what there is, but in those for a year of which nothing is told.
    """
    drawn = Drawn(catalogue, random)
    kinds: dict[str, tuple[int, Callable[[], list[str]]]] = {
        "one line": (70, lambda: [_line(*drawn.sentence())]),
        "three lines of a set": (30, lambda: _together(_line(*one) for one in drawn.of_one_set(3))),
        "a theme": (30, lambda: [_line(*drawn.sentence(), theme=True)]),
        "any register": (45, lambda: [_line(*drawn.sentence(), name=False)]),
        "a decade": (30, lambda: [_line(*drawn.sentence(), name=False, years=9)]),
        "two lines": (25, lambda: _together(_line(*drawn.sentence(), name=False) for _ in range(2))),
        "three lines": (10, lambda: _together(_line(*drawn.sentence(), name=False) for _ in range(3))),
        "a negation": (10, lambda: _together((_line(*drawn.sentence(), name=False) for _ in range(2)), "N")),
        "a year without": (12, lambda: [_line(*drawn.sentence(), years=None)]),
        "a table": (6, lambda: [drawn.table()]),
        "a class": (10, lambda: [_line(*drawn.sentence(), name="Class 3 3")]),
        "alternatives": (4, lambda: _together((_line(*drawn.sentence()) for _ in range(2)), "E")),
        "any register, a theme": (3, lambda: [_line(*drawn.sentence(), name=False, theme=True)]),
    }
    for kind, (count, draw) in kinds.items():
        for _ in range(count):
            yield kind, draw()


class Drawn:
    """Draws from the sentences of a catalogue, of each of its products as often as of any other."""

    def __init__(self, catalogue: Catalogue, random: Random) -> None:
        self._register = catalogue.register
        self._vocabularies = catalogue.vocabularies
        self._random = random
        self._size = Size(catalogue.register.size()[0])

    def sentence(self) -> tuple[SentenceRecord, Vocabularies]:
        return self._random.choice(self.of_one_set(1))

    def of_one_set(self, least: int) -> list[tuple[SentenceRecord, Vocabularies]]:
        """As many sentences of one set as were asked for, which are of no table."""
        while True:
            some = self.product()[1:]
            if len(some) >= least:
                return [(one, self._vocabularies) for one in self._random.sample(some, least)]

    def table(self) -> str:
        while True:
            some = self.product()
            if len(some) == 1:
                year = some[0].start // 10000
                return f"Person aggregates / {_word(self._vocabularies.names, some[0].name)} / Count / {year}"

    def product(self) -> Sequence[SentenceRecord]:
        """The sentences of some product."""
        number = self._register.numbered(self._size.identification(self._random.randrange(self._size.products)))
        assert number is not None
        return self._register.sentences(number)


def _line(
    sentence: SentenceRecord,
    vocabularies: Vocabularies,
    *,
    name: bool | str = True,
    theme: bool = False,
    years: int | None = 0,
) -> str:
    """A line that asks for a sentence's year, or so many more before it, and None for one of which nothing is told;
    by its name, any or another; for its characteristic or the theme that is above it."""
    said = sentence.characteristic.split(".")[0] if theme else sentence.characteristic
    year = sentence.start // 10000
    asked = "1800" if years is None else f"{year - years}..{year}" if years else f"{year}"
    called = name if isinstance(name, str) else _word(vocabularies.names, sentence.name) if name else "-"
    return f"Persons / {called} / {_word(vocabularies.characteristics, said)} / {asked}"


def _word(vocabulary: Vocabulary, code: str) -> str:
    return vocabulary.concepts[code].label("en")


def _together(lines: Iterable[str], operator: str = "O") -> list[str]:
    return f" / {operator}#".join(lines).split("#")
