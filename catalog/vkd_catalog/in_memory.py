"""A catalogue whose files are held in memory, as they stand in a revision of a repository; nothing is ever written.

It has the settings, vocabularies and register that a workspace of the same files would have. Its register begins as a
copy of the one stored in the workspace, where that was made for the same vocabularies, so that only files that are not
as they were are read.
"""

from collections.abc import Collection, Mapping, Sequence
from copy import copy
from pathlib import Path
from posixpath import normpath

from vkd_catalog.cache import Cache
from vkd_catalog.catalogue import Catalogue
from vkd_catalog.configuration import FILE_NAME, Configuration, default_configuration, parse_configuration
from vkd_catalog.documents import DocumentArchive, read_documentation
from vkd_catalog.files import FileReader, digest_of
from vkd_catalog.folders import leading_to
from vkd_catalog.register import FileState, Missed, Register, Registered
from vkd_catalog.vocabulary_names import VOCABULARY_NAMES
from vkd_grammar.document import Document, read_document
from vkd_grammar.parser import Parser
from vkd_grammar.text import decode

Contents = Mapping[str, bytes]
"""What files say, by their paths relative to a workspace's root; `..` leads out of it."""


class InMemoryCatalogue(Catalogue):
    """The catalogue that some files make, under the root that its settings name."""

    def __init__(self, configuration: Configuration, contents: Contents, parser: Parser) -> None:
        self.contents = contents
        super().__init__(configuration, parser, _FilesInMemory(configuration.root, contents))

    def beside(self, configuration: Configuration, contents: Contents) -> "InMemoryCatalogue":
        """The catalogue of other settings and files. Where the vocabularies are the same they are not read again."""
        paths = configuration.vocabulary_paths
        had = self.configuration
        named = (configuration.vocabularies, configuration.mappings, configuration.catalogues)
        same = named == (had.vocabularies, had.mappings, had.catalogues) and all(
            contents.get(normpath(path)) == self.contents.get(normpath(path)) for path in paths
        )
        if not same:
            return InMemoryCatalogue(configuration, contents, self.parser)
        other = copy(self)
        other.configuration, other.contents = configuration, contents
        for kept in ("register", "documents"):
            other.__dict__.pop(kept, None)
        return other

    @property
    def product_files(self) -> list[str]:
        """The files that may hold product descriptions, in order."""
        return leading_to(self.configuration.products, self.contents)

    def document(self, path: str) -> Document:
        """One of the files, parsed. Raises KeyError where there is no file of that path."""
        return read_document(decode(self.contents[path])[0], self.parser)

    def read_products(self, parser: Parser) -> Register:
        """The register of the files, in memory."""
        register = self.copy_of_stored()
        self._enter(register, ())
        return self.with_others(register, parser)

    def read_documents(self) -> DocumentArchive:
        """The documentations among the files."""
        paths = leading_to(self.configuration.documents, self.contents)
        return DocumentArchive(read_documentation(path, self.contents[path]) for path in paths)

    def copy_of_stored(self) -> Register:
        """A copy of the register stored in the workspace; empty where it was made for other vocabularies."""
        stored = self._engine.stored_register(Cache(self.root), self.register_key, self.place).register
        return stored or self._engine.open_register(None, self.register_key)

    def adopt(self, register: Register, anew: Collection[str] = ()) -> None:
        """Makes a register, as one of an earlier state, the register of this catalogue.

        Product files that differ from what is registered are registered again, and so are the paths in `anew`: files
        whose text is the same but means something else by these vocabularies.
        """
        self._enter(register, anew)
        self.register = self.with_others(register, self.parser)

    def _enter(self, register: Register, anew: Collection[str]) -> None:
        known = register.files()
        states = {path: FileState("", digest_of(self.contents[path])) for path in self.product_files}
        changed: list[tuple[str, FileState, Sequence[Registered]]] = []
        missed: list[Missed] = []
        for path, state in states.items():
            if path in anew or path not in known or known[path].digest != state.digest:
                products, unread = self.registered(self.document(path).text, path)
                changed.append((path, state, products))
                missed += unread
        gone = {*known, *(one.path for one in register.missed())} - states.keys()
        register.replace(changed, gone, missed=missed)

    @property
    def cache(self) -> Cache | None:
        """Always None: nothing of what is in memory is kept."""
        return None


def in_memory_configuration(root: Path, contents: Contents) -> Configuration:
    """The settings in the `vkd.toml` among some files. Raises ConfigurationError where it cannot be read."""
    file = contents.get(FILE_NAME)
    if file is not None:
        return parse_configuration(root / FILE_NAME, file)
    return default_configuration(root)._replace(
        vocabularies={name: (f"{name}.csv",) for name in VOCABULARY_NAMES if f"{name}.csv" in contents}
    )


class _FilesInMemory(FileReader):
    """A reader of files that are in memory."""

    def __init__(self, root: Path, contents: Contents) -> None:
        super().__init__(root)
        self._contents = contents

    def read(self, path: str) -> bytes | None:
        data = self._contents.get(normpath(path))
        self.digests[path] = "" if data is None else digest_of(data)
        return data
