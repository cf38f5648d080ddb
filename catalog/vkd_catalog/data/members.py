"""Products as the register has them, for reading their data: also those that an editor holds unsaved, and those of
other catalogues, whose data go by the words and archives of their own (docs/language.md sections 9 and 12)."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from vkd_catalog.catalogue import Catalogue
from vkd_catalog.data.figures import Refused
from vkd_catalog.federation.naming import parted
from vkd_catalog.register import ProductRecord, SentenceRecord
from vkd_catalog.technical import TechnicalData
from vkd_catalog.vocabulary.concept import MARK, qualified
from vkd_grammar.times import Time


class Stated(Protocol):
    """A sentence of a description, by its codes; `line` is its place, from 1."""

    @property
    def line(self) -> int: ...
    @property
    def object_type(self) -> str | None: ...
    @property
    def name(self) -> str | None: ...
    @property
    def characteristic(self) -> str | None: ...
    @property
    def time(self) -> Time | None: ...


class Described(Protocol):
    """A product description as far as data are read by it."""

    @property
    def technical(self) -> TechnicalData: ...
    @property
    def sentences(self) -> Sequence[Stated]: ...


class Member(NamedTuple):
    """A product of an answer, by the identification that it goes by here. Its technical data and sentences are in the
    codes of its own `catalogue`, whose `name` here is empty where it is the workspace's."""

    identification: str
    technical: TechnicalData
    sentences: tuple[SentenceRecord, ...]
    catalogue: Catalogue
    name: str

    def here(self, code: str) -> str:
        """A code of its catalogue as it is called here."""
        return qualified(self.name, code) if self.name else code


def member_of(catalogue: Catalogue, identification: str) -> Member:
    """A product by its identification. Raises Refused where it is no longer there, and where a catalogue for anybody is
    asked for data that are not open."""
    whole = catalogue.with_data
    number = whole.register.numbered(identification)
    if number is None:
        raise Refused("changed", product=identification)
    product = whole.register.product(number)
    name, _ = parted(product.identification, [other.name for other in whole.others])
    home = next((other.catalogue for other in whole.others if other.name == name), whole)
    sentences = tuple(_own(sentence, name) for sentence in whole.register.sentences(number))
    technical = _technical(product, name)
    if catalogue.is_public and technical.access != "open":
        raise Refused("not-open", product=identification)
    return Member(product.identification, technical, sentences, home, name)


def _technical(product: ProductRecord, name: str) -> TechnicalData:
    unit_id = tuple("+".join(_there(code, name) for code in one.split("+")) for one in product.unit_id)
    return TechnicalData(dict(product.values), unit_id)


def _own(sentence: SentenceRecord, name: str) -> SentenceRecord:
    return sentence._replace(
        object_type=_there(sentence.object_type, name),
        name=_there(sentence.name, name),
        characteristic=_there(sentence.characteristic, name),
    )


def _there(code: str, name: str) -> str:
    """A code as it is called in the catalogue of a name."""
    return code.removeprefix(f"{name}{MARK}") if name else code
