"""What is worked out beside other work: waited for, shared, given up."""

import threading
from collections.abc import Generator, Iterator

import pytest

from tests.server.workspaces import CENSUS, PARSER
from vkd_catalog.catalogue import Catalogue
from vkd_catalog.configuration import configuration_for
from vkd_catalog.data.tables import opened
from vkd_catalog.interruption import Interrupted
from vkd_server.workspace.background import BackgroundCatalogue
from vkd_server.workspace.background_task import WAITING, BackgroundTasks, GivenUp


@pytest.fixture
def catalogue() -> Iterator[BackgroundCatalogue]:
    catalogue = BackgroundCatalogue(configuration_for(CENSUS), PARSER)
    yield catalogue
    catalogue.close()


def ended(steps: Generator[str, None, object]) -> object:
    """What comes out in the end."""
    while True:
        try:
            assert next(steps) == WAITING
        except StopIteration as end:
            return end.value


def test_what_comes_out_is_what_would_have_without(catalogue: BackgroundCatalogue) -> None:
    assert (
        ended(BackgroundTasks().search(catalogue, lambda view: view.register.files()).outcome())
        == catalogue.register.files()
    )


def test_what_goes_wrong_is_told(catalogue: BackgroundCatalogue) -> None:
    def fail(_: Catalogue) -> None:
        raise ValueError("so")

    with pytest.raises(ValueError, match="so"):
        ended(BackgroundTasks().search(catalogue, fail).outcome())


def test_it_is_given_up_when_the_last_no_longer_waits(catalogue: BackgroundCatalogue) -> None:
    go_on, told = threading.Event(), []

    def work(view: Catalogue) -> int:
        go_on.wait(10)
        try:
            return view.register.size()[0]
        except GivenUp:
            told.append("given up")
            raise

    tasks = BackgroundTasks()
    one = tasks.search(catalogue, work)
    first, second = one.outcome(), one.outcome()
    assert (next(first), next(second)) == (WAITING, WAITING)
    first.close()
    assert not one.is_given_up
    assert tasks.are_reading
    second.close()
    assert one.is_given_up
    go_on.set()
    with pytest.raises(GivenUp):
        ended(one.outcome())
    assert told == ["given up"]
    assert not tasks.are_reading
    assert catalogue.register.size()[0] > 0


def test_a_question_to_data_ends_when_nobody_waits(catalogue: BackgroundCatalogue) -> None:
    asked = threading.Event()

    def work(view: Catalogue) -> object:
        with opened([], view.interruption) as reader:
            asked.set()
            # This takes hours, so that the test ends only where it is stopped.
            return next(reader.asked("SELECT count(*) FROM range(1000000000000) t(i) WHERE hash(i) % 7 = 3", []))

    one = BackgroundTasks().search(catalogue, work)
    waiting = one.outcome()
    assert next(waiting) == WAITING
    asked.wait(10)
    waiting.close()
    with pytest.raises(Interrupted):
        ended(one.outcome())


def test_who_still_waits_gets_it(catalogue: BackgroundCatalogue) -> None:
    go_on = threading.Event()

    def work(view: Catalogue) -> int:
        go_on.wait(10)
        return view.register.size()[0]

    one = BackgroundTasks().search(catalogue, work)
    first, second = one.outcome(), one.outcome()
    assert (next(first), next(second)) == (WAITING, WAITING)
    first.close()
    go_on.set()
    assert ended(second) == catalogue.register.size()[0]
