"""Asking a catalogue on disk: files written, read by the project's own readers, registered and evaluated."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, settings

from tests.catalog.meanings import Catalogue as Meanings
from tests.catalog.worlds import Demand
from tests.catalog.writing import demand_text, write_catalogue
from vkd_catalog.catalogue import Catalogue, open_catalogue
from vkd_catalog.evaluation import Answer, evaluate
from vkd_grammar.document import read_document
from vkd_grammar.parser import Parser

EXAMPLES = int(os.environ.get("VKD_EXAMPLES", "70"))
"""How many worlds each property is tried on; thousands take minutes."""

PARSER = Parser()

tried = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))


@contextmanager
def opened(meanings: Meanings, random: Random) -> Iterator[Catalogue]:
    """The catalogue, written as files in random spellings, read and registered; gone afterwards."""
    with TemporaryDirectory() as folder:
        root = Path(folder)
        write_catalogue(meanings, root, random)
        catalogue = open_catalogue(root, PARSER)
        yield catalogue
        catalogue.register.close()


def ask(catalogue: Catalogue, demand: Demand, random: Random | None = None, *, agreeing: bool = True) -> Answer:
    """The answer to a demand in some spelling; `agreeing` also asserts that nothing is wrong with it."""
    answer, problems = try_to_ask(catalogue, demand, random)
    assert not agreeing or problems <= HARMLESS
    return answer


HARMLESS = {"VKD202", "VKD205"}
"""What may be wrong with a demand that is answered all the same."""


def try_to_ask(catalogue: Catalogue, demand: Demand, random: Random | None = None) -> tuple[Answer, set[str]]:
    """The answer to a demand, and the codes of what is wrong with it."""
    return ask_text(catalogue, demand_text(demand.lines, demand.operators, demand.archive, random), demand.max_sets)


def ask_text(catalogue: Catalogue, text: str, max_sets: int) -> tuple[Answer, set[str]]:
    """The answer to a demand as it is written, and the codes of what is wrong with it."""
    ((row, description),) = read_document(text, PARSER).pieces()
    coded = catalogue.coder.code(description)
    register, vocabularies = catalogue.register, catalogue.vocabularies
    answer = evaluate(coded, register, vocabularies, path="", row=row, language="nb", max_sets=max_sets)
    return answer, {problem.code for problem in coded.problems}
