"""A catalogue as it may be told to anybody: what is internal is not in it, so that nothing made from it can tell it.

The addresses of archives inside, the names of pseudonym series and the files that products stand in are left out; that
an address is stated is kept, for a message says so (docs/language.md section 2; `vkd_catalog.message.public`).
"""

import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from hashlib import blake2b

from vkd_catalog.catalogue import Catalogue
from vkd_catalog.configuration import Configuration
from vkd_catalog.message.public import is_public, public_address
from vkd_catalog.register import (
    NOTHING_TOUCHED,
    Ask,
    FileState,
    Found,
    ProductRecord,
    Register,
    Registered,
    SentenceRecord,
)
from vkd_grammar.parser import Parser
from vkd_grammar.words import fold
from vkd_server.workspace.background import BackgroundCatalogue

WITHHELD = "-"
"""Stands for an address that is stated, and leads nowhere but inside."""

_ADDRESSES = ("data", "doc")


class PublicCatalogue(BackgroundCatalogue):
    """A catalogue for anybody. It knows the aliases of addresses that anybody can open, and no others.

    What somebody outside types is not looked for on this machine's disk (VKD403).
    """

    is_public = True

    def __init__(self, configuration: Configuration, parser: Parser) -> None:
        self._whole = configuration
        archives = {alias: base for alias, base in configuration.archives.items() if is_public(base)}
        super().__init__(
            configuration._replace(archives=archives, levels={**configuration.levels, "VKD403": "off"}), parser
        )

    @property
    def revision(self) -> str:
        """The revision of the catalogue that this is the public side of."""
        return self.revision_with(self._whole)

    def read_products(self, parser: Parser) -> Register:
        """A register that tells nothing internal."""
        return PublicRegister(super().read_products(parser), self)


class PublicRegister:
    """A register over another, which hands out products without what is internal."""

    def __init__(self, whole: Register, catalogue: Catalogue, salt: bytes = b"") -> None:
        self._whole = whole
        self._catalogue = catalogue
        self._salt = salt or secrets.token_bytes(16)

    def size(self) -> tuple[int, int]:
        """How many products and sentences can be found."""
        return self._whole.size()

    def find(self, ask: Ask, within: Collection[int] | None = None) -> list[Found]:
        """The sentences that answer a question."""
        return self._whole.find(ask, within)

    def product(self, number: int) -> ProductRecord:
        """One product's record, without what is internal."""
        return self._told(self._whole.product(number))

    def sentences(self, number: int) -> tuple[SentenceRecord, ...]:
        """All sentences of one product."""
        return self._whole.sentences(number)

    def products(self) -> list[tuple[int, ProductRecord]]:
        """All products, without what is internal."""
        return [(number, self._told(product)) for number, product in self._whole.products()]

    def lacking(self, key: str) -> frozenset[int]:
        """The products whose technical data do not state a key."""
        return self._whole.lacking(key)

    def called(self, identification: str) -> list[ProductRecord]:
        """Every product with an identification, without what is internal."""
        return [self._told(product) for product in self._whole.called(identification)]

    def files(self) -> dict[str, FileState]:
        """The files that are registered. Only the revision is made of them, which names none."""
        return self._whole.files()

    def replace(
        self,
        changed: Iterable[tuple[str, FileState, Sequence[Registered]]],
        gone: Collection[str],
        touched: Mapping[str, FileState] = NOTHING_TOUCHED,
    ) -> None:
        """Registers files anew, forgets others and notes new signatures."""
        self._whole.replace(changed, gone, touched)

    def copy(self) -> "PublicRegister":
        """A register of its own in memory."""
        return PublicRegister(self._whole.copy(), self._catalogue, self._salt)

    def close(self) -> None:
        """Lets go of what the engine holds."""
        self._whole.close()

    def _told(self, product: ProductRecord) -> ProductRecord:
        values = dict(product.values)
        for key in _ADDRESSES:
            if values.get(key):
                values[key] = public_address(values[key], self._catalogue) or WITHHELD
        if "series" in values:
            # Whether two series are the same decides what can be linked; what they are called is nobody's business.
            name = fold(values["series"]).encode("utf-8", "surrogatepass")
            values["series"] = blake2b(name, digest_size=8, salt=self._salt).hexdigest()
        return product._replace(path=product.identification, row=0, values=values)
