"""How well a catalogue answers: recall and precision against judged answers (1972 fig. 4).

For each demand there are information sets that somebody judged relevant. What was found and is relevant, what was found
and is not, and what is relevant and was not found are 1972's three counts. The same counts are made for a plain title
search, so that there is something to be better than.
"""

import csv
import io
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from vkd_catalog.files import read_file
from vkd_catalog.suggest import loose
from vkd_grammar.words import fold

FILE_NAME = "judgements.csv"
COLUMNS = ("demand", "product", "relevant")
_RELEVANT = {"yes": True, "ja": True, "no": False, "nei": False, "nej": False}


class JudgementError(Exception):
    """A file of judgements that cannot be used: its line, from 1, and why."""

    def __init__(self, path: Path, line: int, why: str) -> None:
        super().__init__(f"{path}:{line}: {why}")


class Counts(NamedTuple):
    """1972's three counts; a product nobody judged counts as not relevant."""

    found_relevant: int
    found_other: int
    missed: int

    @property
    def recall(self) -> float:
        """The share of the relevant that was found; 1 where nothing is relevant."""
        relevant = self.found_relevant + self.missed
        return self.found_relevant / relevant if relevant else 1.0

    @property
    def precision(self) -> float:
        """The share of the found that is relevant; 1 where nothing was found."""
        found = self.found_relevant + self.found_other
        return self.found_relevant / found if found else 1.0


class Judgement(NamedTuple):
    """A judgement of whether a product is relevant to a demand, both by identification, and the line it is on."""

    line: int
    demand: str
    product: str
    relevant: bool


def read_judgements(path: Path) -> tuple[Judgement, ...]:
    """The judgements of a CSV file with the columns demand, product and relevant (yes or no).

    Fields are parted by commas, or by semicolons as spreadsheets of many countries write them. Raises JudgementError,
    OSError.
    """
    try:
        text = read_file(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise JudgementError(path, 1, "is not UTF-8") from error
    head = text.partition("\n")[0]
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=";" if ";" in head and "," not in head else ",")
    try:
        missing = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
        if missing:
            raise JudgementError(path, 1, f"the column {missing[0]} is missing; the columns are {', '.join(COLUMNS)}")
        return tuple(_judgement(path, reader.line_num, row) for row in reader)
    except csv.Error as error:
        raise JudgementError(path, reader.line_num + 1, str(error)) from error


def relevant_to_demands(judgements: Iterable[Judgement]) -> dict[str, frozenset[str]]:
    """For each demand that was judged, folded, the products that are relevant to it, folded."""
    relevant: dict[str, set[str]] = {}
    for judgement in judgements:
        products = relevant.setdefault(fold(judgement.demand), set())
        if judgement.relevant:
            products.add(fold(judgement.product))
    return {demand: frozenset(products) for demand, products in relevant.items()}


def _judgement(path: Path, line: int, row: Mapping[str, str | None]) -> Judgement:
    relevant = _RELEVANT.get(fold(row["relevant"] or ""))
    if relevant is None:
        raise JudgementError(path, line, f"relevant is {row['relevant']!r}; it is yes or no")
    return Judgement(line, row["demand"] or "", row["product"] or "", relevant)


def count(found: Iterable[str], relevant: Collection[str]) -> Counts:
    """The three counts of one demand, from identifications however cased."""
    had = {fold(product) for product in found}
    return Counts(len(had & set(relevant)), len(had - set(relevant)), len(set(relevant) - had))


def together(counts: Iterable[Counts]) -> Counts:
    """The sums of the counts of several demands."""
    sums = [sum(column) for column in zip(*counts, strict=True)] or [0, 0, 0]
    return Counts(*sums)


def title_search(words: Iterable[str], titles: Mapping[str, str]) -> list[str]:
    """The products whose title holds any of some words: what a search field over titles finds.

    `titles` maps an identification to its doc comment; both are searched. å, ø, æ and their other spellings are alike.
    """
    sought = [loose(word) for word in words if word]
    texts = {identification: loose(f"{identification} {text}") for identification, text in titles.items()}
    return [identification for identification, text in texts.items() if any(word in text for word in sought)]
