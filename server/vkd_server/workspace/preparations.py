"""What processes prepare for the catalogues of one client, each once for what the vocabularies say."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from vkd_catalog.preparing import Preparation

if TYPE_CHECKING:
    from vkd_catalog.catalogue import Catalogue
    from vkd_catalog.preparing import What


class Preparations:
    """The processes that were begun, and whether they have ended."""

    def __init__(self) -> None:
        self._begun: dict[tuple[What, Path, str], Preparation] = {}

    def begun(self, what: What, catalogue: Catalogue) -> Preparation:
        """What prepares something of a catalogue: begun now, or before."""
        key = (what, catalogue.root, catalogue.vocabularies_digest)
        if key not in self._begun:
            self._begun[key] = Preparation(what, catalogue.configuration)
        return self._begun[key]

    @property
    def in_work(self) -> Mapping[What, int]:
        """What is in work, and how much of it is done, in per cent."""
        return {what: one.percentage for (what, *_), one in self._begun.items() if one.is_running}

    def give_up(self) -> None:
        """Ends all of them."""
        for one in self._begun.values():
            one.stop()
