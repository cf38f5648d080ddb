"""A catalogue that was handed out as one file (`vkd catalogue build`), beside a workspace's own."""

from collections.abc import Iterator
from pathlib import Path

from vkd_catalog.catalogue import Catalogue
from vkd_catalog.configuration import Configuration
from vkd_catalog.engines.built import About, Built, write_built
from vkd_catalog.register import Register
from vkd_grammar.parser import Parser


class HandedOutCatalogue(Catalogue):
    """A catalogue whose vocabularies and register are those of a register file; it never changes.

    `configuration` says where the file lies; its `digest` is the hash that the file is named by.
    """

    reads_documents = False

    def __init__(self, configuration: Configuration, built: Built, parser: Parser) -> None:
        self.configuration = configuration
        self.follow = iter
        self.troubles = []
        self._tell = None
        self.parser = parser
        self._built = built
        self.named, self.others = (), ()
        self._take_vocabularies(built.vocabularies)

    @property
    def root(self) -> Path:
        """The folder that its addresses are relative to: the one that it was built in, where the file tells it."""
        return Path(self._built.about.root) if self._built.about.root else self.configuration.root

    @property
    def digest(self) -> str:
        """The hash of all that the file holds."""
        return self._built.digest

    @property
    def vocabularies_digest(self) -> str:
        """A hash that differs whenever the vocabularies do."""
        return self.digest

    def read_products(self, parser: Parser) -> Register:
        """The register in the file."""
        return self._built.register

    def says_what_it_said(self) -> bool:
        """Always: another file of the same name is another catalogue, which the one who names it sees."""
        return True

    def product_paths(self) -> Iterator[str]:
        """None: its products stand in no files of their own."""
        return iter(())


def hand_out(catalogue: Catalogue, folder: Path, revision: str, licence: str = "") -> Path:
    """Writes a catalogue's register file into a folder and returns its path; what the catalogue does not tell is not in
    it. `revision` is that of the whole catalogue. Raises OSError."""
    settings, register = catalogue.configuration, catalogue.register
    is_public = catalogue.is_public
    where = ("", {}) if is_public else (str(settings.root.resolve()), settings.archives)
    about = About(settings.name, settings.language, revision, licence, is_public, *where)
    products = ((product, register.sentences(number)) for number, product in register.products())
    return write_built(folder, about, catalogue.vocabularies, products, register.missed())
