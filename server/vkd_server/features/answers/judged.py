"""Demands with judged answers, counted: what the register finds, and what a plain title search would have found."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from vkd_catalog.catalogue import Catalogue
from vkd_catalog.files import read_file
from vkd_catalog.folders import product_files
from vkd_catalog.judging import Counts, count, title_search
from vkd_grammar.document import read_document
from vkd_grammar.syntax import CHARACTERISTIC, NAME
from vkd_grammar.text import decode
from vkd_grammar.words import fold
from vkd_server.features.answers.run import Run


class Judged(NamedTuple):
    """One demand's counts, and those of the title search it is compared with."""

    demand: str
    counts: Counts
    baseline: Counts


def judged(runs: list[Run], judgements: Mapping[str, frozenset[str]], catalogue: Catalogue) -> Iterator[Judged]:
    """The counts of every demand that somebody judged, in the order of the demands."""
    titles = titles_of(catalogue)
    for one in runs:
        relevant = judgements.get(fold(one.answer.id))
        if relevant is not None:
            found = one.answer.covers.members()
            baseline = title_search(words_asked(one), titles)
            yield Judged(one.answer.id, count(found, relevant), count(baseline, relevant))


def words_asked(one: Run) -> list[str]:
    """The words in a demand's name and characteristic fields, each once: what one would type into a search field."""
    sentences = one.demand.description.sentences
    fields = [line.fields[place] for line in sentences if line.readable for place in (NAME, CHARACTERISTIC)]
    return list(dict.fromkeys(field.word for field in fields if field.kind in ("word", "coded-word")))


def titles_of(catalogue: Catalogue) -> dict[str, str]:
    """Every product's doc comment, by its identification."""
    titles: dict[str, str] = {}
    for path in product_files(catalogue.configuration).paths:
        try:
            text, _ = decode(read_file(catalogue.root / path))
        except OSError:
            continue
        for description in read_document(text, catalogue.parser).descriptions:
            if description.kind == "product" and description.header:
                comment = " ".join(comment.text for comment in description.documentation)
                titles.setdefault(description.header.identification, comment)
    return titles
