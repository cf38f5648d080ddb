"""Many who write to a shared register and read it at once, and what each may see: of a change all or nothing, in an
answer one state, and where there is none a trouble by its name."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from tests.catalog.engines.test_conformance import product
from vkd_catalog.cache import Cache
from vkd_catalog.engines import Place, RegisterError, postgres
from vkd_catalog.register import Ask, Codes, FileState, ProductRecord, Registered

NOWHERE = Path("no folder of this register matters")
EVERY = Ask(None, None, Codes(("A",)), None)
"""What each product of a load has one sentence for."""

_BREATH = 0.05
"""Seconds after which is tried again what met with trouble."""


class Load(NamedTuple):
    """How many write to the register at a place and read it, for how long, and which troubles they may meet. Writers
    rest for `pause` seconds between two changes."""

    seconds: float
    place: Place = Place()
    writers: int = 4
    readers: int = 50
    pause: float = 0.0
    troubles: frozenset[str] = frozenset()


class Outcome(NamedTuple):
    """The seconds that each change and each answer took, the kinds of trouble met with, and what must not be."""

    changes: list[float]
    answers: list[float]
    troubles: Counter[str]
    wrong: list[BaseException]


def under(load: Load, meanwhile: Callable[[], None] = lambda: None) -> Outcome:
    """What comes of a load, while something else is done."""
    outcome = Outcome([], [], Counter(), [])
    ends = time.monotonic() + load.seconds
    works: list[_Worker] = [_Writer(load, outcome, str(number)) for number in range(load.writers)]
    works += [_Reader(load, outcome, "reader") for _ in range(load.readers)]
    threads = [threading.Thread(target=one.run, args=(ends,)) for one in works]
    for thread in threads:
        thread.start()
    try:
        meanwhile()
    finally:
        for thread in threads:
            thread.join()
    return outcome


class _Worker:
    """Works on a register of its own until its time is up, and counts the troubles it meets."""

    def __init__(self, load: Load, outcome: Outcome, workspace: str) -> None:
        self.load = load
        self.outcome = outcome
        self.workspace = workspace

    def run(self, ends: float) -> None:
        try:
            self.register: Any = postgres.open_register(
                Cache(NOWHERE), "key", place=self.load.place._replace(workspace=self.workspace)
            )
            while time.monotonic() < ends:
                self.try_once()
            self.end()
            self.register.close()
        except BaseException as error:  # noqa: BLE001 - what ends a thread is what was wrong
            self.outcome.wrong.append(error)

    def try_once(self) -> None:
        try:
            self.work()
        except RegisterError as error:
            if error.kind not in self.load.troubles:
                raise
            self.outcome.troubles[error.kind] += 1
            time.sleep(_BREATH)

    def work(self) -> None:
        raise NotImplementedError

    def end(self) -> None:
        """What is left to be done when the time is up."""


class _Writer(_Worker):
    """Registers two files anew again and again, each time as of another generation; in the end the last is there."""

    generation = 0

    def work(self) -> None:
        began = time.monotonic()
        following = self.generation + 1
        files = [of_generation(self.workspace, following, ending) for ending in ("", "-2")]
        self.register.replace(files, ())
        self.generation = following
        self.outcome.changes.append(time.monotonic() - began)
        time.sleep(self.load.pause)

    def end(self) -> None:
        self.register.renew()
        there = [int(one.values["title"]) for one in own(self.register, self.workspace)]
        assert there == [self.generation] * 4, f"lost: {there}, not {self.generation}"
        assert self.generation > 0, "nothing could be written"


class _Reader(_Worker):
    """Asks many questions of one state, and holds what they tell against each other."""

    def __init__(self, load: Load, outcome: Outcome, workspace: str) -> None:
        super().__init__(load, outcome, workspace)
        self.seen = dict.fromkeys(map(str, range(load.writers)), 0)

    def work(self) -> None:
        began = time.monotonic()
        self.register.renew()
        before = self.register.revision()
        for name in self.seen:
            self.look_at(name)
        shared = self.register.numbered("shared")
        found = [one.product for one in self.register.find(EVERY)]
        assert shared is None or shared in found
        assert len(found) == len(set(found)) == self.register.size()[0], "silently fewer"
        assert self.register.revision() == before
        self.outcome.answers.append(time.monotonic() - began)

    def look_at(self, name: str) -> None:
        generations = [int(one.values["title"]) for one in own(self.register, name)]
        assert len(set(generations)) < 2, f"torn: {generations}"
        assert len(generations) in (0, 4), f"half: {generations}"
        reached = generations[0] if generations else 0
        assert reached >= self.seen[name], f"lost: {reached} after {self.seen[name]}"
        self.seen[name] = reached


def of_generation(name: str, generation: int, ending: str = "") -> tuple[str, FileState, Sequence[Registered]]:
    """A file of a writer: two products that say which of its changes they are of, and one that all writers describe."""
    path = f"p{ending}"
    described = [f"{name}{ending}-{number}" for number in range(2)] + ([] if ending else ["shared"])
    found = [
        (ProductRecord(one, path, row, {"title": str(generation)}, (), "no"), product(one, path)[1])
        for row, one in enumerate(described)
    ]
    return path, FileState("", str(generation)), found


def own(register: Any, name: str) -> list[ProductRecord]:
    """What a writer has described, found by four questions."""
    wanted = (f"{name}{ending}-{number}" for ending in ("", "-2") for number in range(2))
    numbers = (register.numbered(one) for one in wanted)
    return [register.product(number) for number in numbers if number is not None]
