"""A catalogue whose register is brought up to date while its user types on."""

import threading
from functools import cached_property
from typing import Self

from vkd_catalog.catalogue import Catalogue
from vkd_catalog.configuration import Configuration
from vkd_catalog.register import Register
from vkd_catalog.vocabulary import VocabularyFile
from vkd_grammar.parser import Parser

_PATIENCE = 0.2
"""Seconds that are waited for the register. One that is up to date is there by then, and is not heard of later."""


class BackgroundCatalogue(Catalogue):
    """A catalogue that starts to read its products when it is made; who asks for its register before waits for it."""

    def __init__(self, configuration: Configuration, parser: Parser) -> None:
        super().__init__(configuration, parser)
        self._saved: BackgroundCatalogue | None = None
        self._made: Register | None = None
        self._making = threading.Thread(target=self._make, name="vkd-register", daemon=True)
        self._making.start()
        self._making.join(_PATIENCE)

    @property
    def is_registered(self) -> bool:
        """Whether the register is there, so that asking for it takes no time."""
        return not self._making.is_alive()

    @cached_property
    def register(self) -> Register:
        """The register of all product descriptions. Raises what the engine raises where it cannot be made.

        Beside vocabularies that are not saved it is that of the saved ones: to code all products anew takes too long
        for what may be half a word.
        """
        if self._saved is not None:
            return self._saved.register
        self._making.join()
        return self._made or self.read_products(self.parser)

    def with_vocabulary(self, file: VocabularyFile) -> Self:
        """The same catalogue with one of its vocabulary files as it stands in an editor."""
        other = super().with_vocabulary(file)
        other._saved = self._saved or self
        return other

    def _make(self) -> None:
        try:
            self._made = self.read_products(Parser())
        except Exception:  # noqa: BLE001 - whoever asks for the register meets the same, and can be told
            return
