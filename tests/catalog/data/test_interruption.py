"""Reading data that nobody waits for any longer: it ends, and nothing is given or noted."""

import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from vkd_catalog.catalogue import Catalogue
from vkd_catalog.configuration import configuration_for
from vkd_catalog.data import hold
from vkd_catalog.data.individual.given import computed_figures
from vkd_catalog.data.individual.plan import Crossing
from vkd_catalog.data.published import published_figures
from vkd_catalog.data.tables import opened
from vkd_catalog.interruption import Interrupted, Interruption
from vkd_grammar.document import Document, read_document
from vkd_grammar.parser import Parser
from vkd_server.features.answers.run import run_document

CENSUS = Path(__file__).parents[3] / "examples/folketelling"
ENDLESS = "SELECT count(*) FROM range(1000000000000) t(i) WHERE hash(i) % 7 = 3"
"""What takes hours, so that a test ends only where it is stopped."""


@pytest.fixture
def census(tmp_path: Path) -> Path:
    return shutil.copytree(CENSUS, tmp_path / "census", ignore=shutil.ignore_patterns(".vkd", "*.jsonl"))


def read(path: Path) -> Document:
    return read_document(path.read_text(encoding="utf-8"), Parser())


@pytest.mark.parametrize("seconds", [0, 0.001, 0.05, 0.3])
def test_a_question_is_stopped_whenever_it_began(seconds: float) -> None:
    interruption, begun = Interruption(), threading.Event()

    def interrupt() -> None:
        begun.wait()
        threading.Event().wait(seconds)
        interruption.interrupt()

    thread = threading.Thread(target=interrupt)
    thread.start()
    with opened([], interruption) as reader:
        assert next(reader.asked("SELECT 1", [])) == (1,)
        begun.set()
        with pytest.raises(Interrupted):
            next(reader.asked(ENDLESS, []))
        with pytest.raises(Interrupted):
            next(reader.asked("SELECT 1", []))
    thread.join()


def held(catalogue: Catalogue, census: Path) -> object:
    (_, description) = next(read(census / "products/ft60-person.vkd").pieces())
    return hold(catalogue.coder.code(description), catalogue)


def published(catalogue: Catalogue, census: Path) -> object:
    (run,) = run_document(read(census / "demands/eksempel-2.vkd"), "a", catalogue)
    return published_figures(run.demand, next(iter(run.answer.covers)), catalogue, "en")


def computed(catalogue: Catalogue, census: Path) -> object:
    (run,) = run_document(read(census / "demands/eksempel-3.vkd"), "a", catalogue)
    return computed_figures(run.demand, next(iter(run.answer.covers)), catalogue, Crossing((1,)), "en")


@pytest.mark.parametrize("reading", [held, published, computed])
def test_whatever_reads_data_can_be_interrupted(census: Path, reading: Callable[[Catalogue, Path], object]) -> None:
    catalogue = Catalogue(configuration_for(census))
    interruption = Interruption()
    assert reading(catalogue.until(interruption), census)
    interruption.interrupt()
    log = census / "utlevert.jsonl"
    before = log.read_bytes() if log.exists() else b""
    with pytest.raises(Interrupted):
        reading(catalogue.until(interruption), census)
    assert (log.read_bytes() if log.exists() else b"") == before
    assert reading(catalogue, census)
