"""A catalogue whose register is brought up to date while its user types on, and closed when nobody reads it."""

from collections.abc import Mapping, Sequence
from copy import copy
from functools import cached_property
from typing import Self

from vkd_catalog.catalogue import Catalogue
from vkd_catalog.configuration import Configuration
from vkd_catalog.engines import DEFAULT_ENGINE
from vkd_catalog.files import FileReader
from vkd_catalog.folders import product_files
from vkd_catalog.preparing import Preparation
from vkd_catalog.register import FileState, ProductRecord, Register
from vkd_catalog.vocabulary import MappingFile, VocabularyFile
from vkd_grammar.parser import Parser
from vkd_server.workspace.lease import Lease

_MUCH = 4 << 20
"""Bytes of product files from which a process reads them where there is no register: it takes a second or more."""

_OF_A_REGISTER = ("register", "files")
"""What is kept that follows from a register."""


class BackgroundCatalogue(Catalogue):
    """A catalogue that begins to read its products when it is made; asking for its register waits for them.

    Its register is that of the files, which stays as it is, or another that is laid over it for as long as texts in an
    editor say something else. The one who makes a catalogue must close it; so must the one who makes another from it.
    `preparation` is the process that reads its products, while one does.
    """

    def __init__(self, configuration: Configuration, parser: Parser) -> None:
        super().__init__(configuration, parser)
        self.preparation: Preparation | None = None
        self._of_files = Lease.on_what_is_made(self._read_files)
        self._overlay: Lease | None = None

    @property
    def is_registered(self) -> bool:
        """Whether the register is there, so that asking for it takes no time."""
        return self._of_files.is_there

    @property
    def lease(self) -> Lease:
        """The lease that keeps its register open; a thread that reads the register holds the lease too."""
        return self._overlay or self._of_files

    @cached_property
    def register(self) -> Register:
        """The register of all product descriptions. Raises what the engine raises where it cannot be made.

        Beside vocabularies that are not saved it is that of the saved ones: to code all products anew takes too long
        for what may be half a word.
        """
        return self.lease.register

    def has_news(self) -> bool:
        """Whether others have registered products that its register does not have yet. Raises RegisterError while that
        is not known."""
        return self.is_registered and self._of_files.register.has_news()

    @cached_property
    def files(self) -> Mapping[str, FileState]:
        """The product files as they were read."""
        return self._of_files.register.files()

    def stating(self, text: str, most: int) -> Sequence[ProductRecord]:
        """So many products of the files that state something which holds a text."""
        return self._of_files.register.stating(text, most)

    def begin_overlay(self, *, anew: bool) -> None:
        """Makes a copy of the files' register, into which `overlay` then puts texts; `anew` drops those that are in one
        already."""
        if anew or self._overlay is None:
            register = self._of_files.register.copy()
            self.end_overlay()
            self._overlay = Lease(register)

    def end_overlay(self) -> None:
        """Drops the texts that editors laid over the files, so that only the files count again."""
        if self._overlay is not None:
            self._overlay.let_go()
            self._overlay = None
        self.__dict__.pop("register", None)

    def renewed(self) -> Self:
        """A catalogue with the same vocabularies and the product files as they are now; only files that have changed
        are read."""
        other = self._without_register()
        other._of_files = Lease.on_what_is_made(lambda: other.read_products(Parser()))
        return other

    def over_files_of(self, read: "BackgroundCatalogue") -> Self:
        """A catalogue with these vocabularies, and the product files as another catalogue has read them."""
        other = self._without_register()
        other._of_files = read._of_files.held()
        return other

    def with_vocabulary(self, file: VocabularyFile | MappingFile) -> Self:
        """The same catalogue with one of its vocabulary files, or of their mappings, as it stands in an editor."""
        return super().with_vocabulary(file).over_files_of(self)

    def close(self) -> None:
        """Gives up the register for good; a thread that is reading it can still read to the end."""
        self.end_overlay()
        self._of_files.let_go()

    def _read_files(self) -> Register:
        """The register as the files are now. Where there is none and they are large, a process reads them first."""
        if not self.is_public and self._is_much_to_read():
            self.preparation = Preparation("products", self.configuration)
            self.preparation.wait()
            self.preparation = None
        return self.read_products(Parser())

    def _is_much_to_read(self) -> bool:
        if self.cache is None or self.configuration.engine != DEFAULT_ENGINE:
            return False
        reader = FileReader(self.root)
        if sum(map(reader.size, product_files(self.configuration).paths)) < _MUCH or not self.cache.mark(make=True):
            return False
        stored = self.stored_register()
        if stored.register is not None:
            stored.register.close()
        return stored.state != "whole"

    def _without_register(self) -> Self:
        other = copy(self)
        other._overlay = None
        for kept in _OF_A_REGISTER:
            other.__dict__.pop(kept, None)
        return other
