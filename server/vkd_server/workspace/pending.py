"""Catalogues that are not there yet, because a large vocabulary must be compiled first, which takes long.

Another stands in for one meanwhile. It has no words and no products, so that of a document only what its text alone
says is told, and whoever asks for more waits until the catalogue itself is there.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread

from vkd_catalog.cache import Cache
from vkd_catalog.configuration import NO_CATALOGUES, Configuration
from vkd_catalog.engines import DEFAULT_ENGINE
from vkd_catalog.federation.neighbours import named_catalogues
from vkd_catalog.files import FileReader
from vkd_catalog.preparing import Preparation
from vkd_catalog.reading import are_at_hand
from vkd_grammar.parser import Parser
from vkd_server.rules import CODES
from vkd_server.workspace.background import BackgroundCatalogue

Make = Callable[[Configuration, Parser], BackgroundCatalogue]
"""Makes the catalogue of some settings."""

_OF_TEXT = "VKD0"
"""What the codes begin with of all that is found in a text by itself (docs/language.md section 8)."""


def takes_long(configuration: Configuration) -> bool:
    """Whether a vocabulary of the catalogue of some settings, or of another that it names, must be compiled first."""
    others = (named.configuration for named in named_catalogues(configuration) if named.configuration is not None)
    return not all(are_at_hand(one, FileReader(one.root), Cache(one.root)) for one in (configuration, *others))


class PendingCatalogue(BackgroundCatalogue):
    """What stands in for a catalogue of some settings. It has nothing to tell, keeps nothing, and finds wrong only what
    would be so in any catalogue."""

    is_public = True

    def __init__(self, configuration: Configuration) -> None:
        nothing = configuration._replace(
            vocabularies={}, mappings=(), products=(), documents=(), catalogues=NO_CATALOGUES, engine=DEFAULT_ENGINE
        )
        super().__init__(nothing, Parser())
        off = {code: "off" for code in CODES if not code.startswith(_OF_TEXT)}
        self.configuration = configuration._replace(levels={**configuration.levels, **off})

    @property
    def is_registered(self) -> bool:
        """False: what its products are is not known."""
        return False

    @property
    def cache(self) -> None:
        """None: what another process makes meanwhile is not to be replaced."""
        return None


class PendingMake:
    """A catalogue that is being made in a thread of its own, what takes most in a process. What is made and not taken
    is closed."""

    def __init__(self, configuration: Configuration, make: Make) -> None:
        self._configuration = configuration
        self._make = make
        self._catalogue: BackgroundCatalogue | None = None
        self._is_given_up = False
        self._preparation: Preparation | None = None
        self._thread = Thread(target=self._run, name="vkd-catalogue", daemon=True)
        self._thread.start()

    @property
    def is_done(self) -> bool:
        """Whether it is made, so that taking it takes no time; where that went wrong, making it again will tell."""
        return not self._thread.is_alive()

    @property
    def percentage(self) -> int:
        """How far it has come."""
        return self._preparation.percentage if self._preparation else 0

    def take(self) -> BackgroundCatalogue:
        """The catalogue, for the caller to close. Raises what making it raises."""
        self._thread.join()
        catalogue, self._catalogue = self._catalogue, None
        return catalogue or self._make(self._configuration, Parser())

    def close(self) -> None:
        """Gives it up."""
        self._is_given_up = True
        if self._preparation is not None:
            self._preparation.stop()
        if self.is_done and self._catalogue is not None:
            self._catalogue.close()

    def _run(self) -> None:
        others = (one.configuration for one in named_catalogues(self._configuration))
        for one in (self._configuration, *others):
            if one is not None and not self._is_given_up and Cache(one.root).mark(make=True):
                self._preparation = Preparation("vocabularies", one)
                self._preparation.wait()
        try:
            made = None if self._is_given_up else self._make(self._configuration, Parser())
        except Exception:  # noqa: BLE001 - whoever takes it meets the same, and can be told
            return
        if self._is_given_up and made is not None:
            made.close()
        else:
            self._catalogue = made
