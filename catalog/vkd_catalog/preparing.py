"""What a catalogue keeps in `.vkd/`, made by a process of its own.

To compile a large vocabulary takes many seconds and a gigabyte. Whoever has others to answer meanwhile lets a process
do it, and finds what it has made in `.vkd/`: nobody is held up, and all that it took is given back when it ends.
"""

import gc
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen
from threading import Thread
from typing import Literal, TypeVar, get_args

from vkd_catalog.catalogue import Catalogue
from vkd_catalog.configuration import Configuration, default_configuration, read_configuration

What = Literal["vocabularies", "words", "lookup", "products"]
"""What can be made: large vocabularies, compiled; their words, as one types them; what finds concepts by free words;
the register."""

T = TypeVar("T")


class Preparation:
    """A process that makes something of a catalogue. It begins when this is made; what it cannot keep it leaves unmade,
    and whoever needs that makes it as if it had not been tried."""

    def __init__(self, what: What, configuration: Configuration) -> None:
        self.percentage = 0
        where = os.path.abspath(configuration.file or configuration.root)
        # A folder that the process happens to stand in is none to import from (-P).
        command = [sys.executable, "-P", "-m", "vkd_catalog.preparing", what, where]
        self._process = Popen(command, stdin=DEVNULL, stdout=PIPE, stderr=DEVNULL)
        self._listening = Thread(target=self._listen, name="vkd-preparation", daemon=True)
        self._listening.start()

    @property
    def is_running(self) -> bool:
        """Whether it has not ended yet; meanwhile `percentage` says how far it has come, as far as that is known."""
        return self._listening.is_alive()

    def wait(self) -> None:
        """Waits until it has ended."""
        self._listening.join()

    def stop(self) -> None:
        """Ends it early."""
        self._process.kill()

    def _listen(self) -> None:
        with self._process as process:
            for line in process.stdout or ():
                self.percentage = int(line)


def _prepare_vocabularies(_catalogue: Catalogue) -> None:
    """They are compiled when they are read."""


def _prepare_words(catalogue: Catalogue) -> None:
    for vocabulary in catalogue.vocabularies.four:
        words = vocabulary.concepts.words
        if words is not None:
            for _ in _followed(range(words.steps)):
                words.step()
            while words.step():
                pass


def _prepare_lookup(catalogue: Catalogue) -> None:
    catalogue.lookup.prepare_concepts()


def _prepare_products(catalogue: Catalogue) -> None:
    catalogue.register.close()


_WORK: Mapping[What, Callable[[Catalogue], None]] = {
    "vocabularies": _prepare_vocabularies,
    "words": _prepare_words,
    "lookup": _prepare_lookup,
    "products": _prepare_products,
}


def _followed(worked_through: Sequence[T]) -> Iterable[T]:
    """Passes on what is worked through, and writes each new percentage of it on a line."""
    told = 0
    for number, one in enumerate(worked_through):
        percentage = 100 * number // len(worked_through)
        if percentage != told:
            told = percentage
            print(told, flush=True)
        yield one


def _main(what: What, where: Path) -> None:
    # Nothing that is made here has circles, and what is kept is a million objects to look through again and again.
    gc.disable()
    configuration = default_configuration(where) if where.is_dir() else read_configuration(where)
    _WORK[what](Catalogue(configuration, follow=_followed))


if __name__ == "__main__" and sys.argv[1] in get_args(What):
    _main(sys.argv[1], Path(sys.argv[2]))  # type: ignore[arg-type]
