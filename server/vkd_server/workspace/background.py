"""A catalogue whose register is brought up to date while its user types on, and closed when nobody reads it."""

from functools import cached_property
from typing import Self

from vkd_catalog.catalogue import Catalogue
from vkd_catalog.configuration import Configuration
from vkd_catalog.register import Register
from vkd_catalog.vocabulary import VocabularyFile
from vkd_grammar.parser import Parser
from vkd_server.workspace.lease import Lease


class BackgroundCatalogue(Catalogue):
    """A catalogue that starts to read its products when it is made; who asks for its register before waits for it.

    Who makes one closes it, and so does who makes another from it.
    """

    def __init__(self, configuration: Configuration, parser: Parser) -> None:
        super().__init__(configuration, parser)
        self.lease = Lease.on_what_is_made(lambda: self.read_products(Parser()))

    @property
    def is_registered(self) -> bool:
        """Whether the register is there, so that asking for it takes no time."""
        return self.lease.is_there

    @cached_property
    def register(self) -> Register:
        """The register of all product descriptions. Raises what the engine raises where it cannot be made.

        Beside vocabularies that are not saved it is that of the saved ones: to code all products anew takes too long
        for what may be half a word.
        """
        return self.lease.register

    def put(self, register: Register) -> None:
        """Lets another register, which is this catalogue's to close from now on, take the place of the one it had."""
        self.close()
        self.lease = Lease(register)

    def with_vocabulary(self, file: VocabularyFile) -> Self:
        """The same catalogue with one of its vocabulary files as it stands in an editor."""
        other = super().with_vocabulary(file)
        other.lease = self.lease.held()
        return other

    def close(self) -> None:
        """Lets go of the register, once and for all; who reads it in another thread reads it to the end."""
        self.__dict__.pop("register", None)
        self.lease.let_go()
