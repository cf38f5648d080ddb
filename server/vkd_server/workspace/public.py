"""A catalogue as anybody may see it: what is internal is not in it, so that no answer made from it can reveal it.

The addresses of archives inside, the names of pseudonym series and the files that products stand in are left out; that
an address is stated is kept, for a message says so (docs/language.md section 2; `vkd_catalog.message.public`). So is
what looks like a personal identity number, wherever somebody wrote one, though VKD504 says that it should not be there.
"""

import secrets
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from copy import copy
from hashlib import blake2b
from typing import TYPE_CHECKING, cast

from vkd_catalog.catalogue import Catalogue
from vkd_catalog.coding import UNIT
from vkd_catalog.configuration import Configuration
from vkd_catalog.message.public import WITHHELD, is_public, public_address
from vkd_catalog.register import (
    NOTHING_TOUCHED,
    Ask,
    Called,
    Edition,
    FileState,
    Found,
    Linking,
    LookedFor,
    Missed,
    ProductRecord,
    Register,
    Registered,
    SentenceRecord,
    Shelf,
    Standing,
    linking_of,
    series_mark,
)
from vkd_catalog.vocabulary import Concept, Label, Vocabularies, with_file
from vkd_catalog.vocabulary.concept import Value
from vkd_grammar.parser import Parser
from vkd_grammar.technical import ADDRESS_KEYS
from vkd_grammar.words import fold
from vkd_server.rules.shared.personal import MASK, masked, may_hold_one, personal_numbers
from vkd_server.workspace.background import BackgroundCatalogue

if TYPE_CHECKING:
    from vkd_catalog.columns import Columns


class PublicCatalogue(BackgroundCatalogue):
    """A catalogue for anybody. It knows the aliases of addresses that anybody can open, and no others.

    What somebody outside types is not looked for on this machine's disk (VKD403).
    """

    is_public = True

    def __init__(self, configuration: Configuration, parser: Parser) -> None:
        self._whole = configuration
        archives = {alias: base for alias, base in configuration.archives.items() if is_public(base)}
        levels = {**configuration.levels, "VKD403": "off"}
        public = configuration._replace(name=masked(configuration.name), archives=archives, levels=levels)
        super().__init__(public, parser)
        # The coder keeps the words as they are: what a product means is registered alike for everybody.
        self.vocabularies = self.united(_masked_vocabularies)

    @property
    def revision(self) -> str:
        """The revision of the catalogue that this is the public side of."""
        return self.revision_with(self._whole)

    @property
    def with_data(self) -> Catalogue:
        """The catalogue that this is the public side of. Only what reads open data asks for it (`data.members`)."""
        other = copy(self)
        other.is_public = False
        other.configuration = self._whole
        other.register = cast(PublicRegister, self.register).whole
        return other

    def read_products(self, parser: Parser) -> Register:
        """A register without what is internal."""
        return PublicRegister(super().read_products(parser), self)


def public_side(catalogue: Catalogue) -> Catalogue:
    """A catalogue without what is internal, for answers that may be given to anybody."""
    other = copy(catalogue)
    other.is_public = True
    other.vocabularies = catalogue.united(_masked_vocabularies)
    other.register = PublicRegister(catalogue.register, catalogue)
    return other


def to_hand_out(catalogue: Catalogue, *, private: bool = False) -> Catalogue:
    """A catalogue without what is internal, as it may be given to anybody in a file; `private` ones only without what
    looks like a personal identity number in its words. Series have marks that are the same in every catalogue, for what
    stands in a file is compared with what others hold."""
    if private:
        other = copy(catalogue)
        other.vocabularies = catalogue.united(_masked_vocabularies)
        return other
    other = public_side(catalogue)
    other.configuration = catalogue.configuration._replace(name=masked(catalogue.configuration.name))
    other.register = _RegisterToHandOut(catalogue.register, catalogue)
    return other


class PublicRegister:
    """A register over another, which hands out products without what is internal."""

    def __init__(self, whole: Register, catalogue: Catalogue, salt: bytes = b"") -> None:
        self._whole = whole
        self._catalogue = catalogue
        self._salt = salt or secrets.token_bytes(16)

    @property
    def whole(self) -> Register:
        """The register that this is the public side of."""
        return self._whole

    def revision(self) -> str:
        """A mark of the state that is answered from."""
        return self._whole.revision()

    def has_news(self) -> bool:
        """Whether others have registered something."""
        return self._whole.has_news()

    def interrupt(self, thread: int) -> None:
        """Has a question that a thread asks end."""
        self._whole.interrupt(thread)

    def size(self) -> tuple[int, int]:
        """How many products and sentences can be found."""
        return self._whole.size()

    def find(self, ask: Ask, within: Collection[int] | None = None) -> list[Found]:
        """The sentences that answer a question."""
        return [
            found._replace(sentence=self._public_sentence(found.sentence)) if _names_a_unit(found.sentence) else found
            for found in self._whole.find(ask, within)
        ]

    def said(
        self, ask: Ask, within: Collection[int] | None = None, *, characteristics: bool
    ) -> Iterator[tuple[int, SentenceRecord]]:
        """What products say in answer to a question."""
        for number, sentence in self._whole.said(ask, within, characteristics=characteristics):
            yield number, self._public_sentence(sentence) if _names_a_unit(sentence) else sentence

    def columns(self, ask: Ask, *, characteristics: bool) -> "Columns | None":
        """What products say in answer to a question, in columns, in which units have other names too."""
        found = self._whole.columns(ask, characteristics=characteristics)
        return None if found is None else found._replace(codes=_Codes(found.codes, self._public_name))

    def counted(self, ask: Ask, groups: Mapping[int, int]) -> Mapping[str, int]:
        """In how many groups of products each characteristic stands in answer to a question."""
        return self._whole.counted(ask, groups)

    def linking(self, numbers: Collection[int]) -> Mapping[int, Linking]:
        """What linkage depends on of some products."""
        return {number: linking_of(self.product(number)) for number in numbers}

    def identifications(self, numbers: Collection[int]) -> Mapping[int, str]:
        """The identifications of some products, without what looks like a personal number."""
        return {number: self.product(number).identification for number in numbers}

    def standing(self, ask: Ask) -> Standing:
        """In how many products what answers a question stands, and until when."""
        return self._whole.standing(ask)

    def numbered(self, identification: str) -> int | None:
        """The number of a product by its identification, unless that holds what looks like a personal number."""
        return self._whole.numbered(identification) if _without_numbers(identification) == identification else None

    def product(self, number: int) -> ProductRecord:
        """One product's record, without what is internal."""
        return self._public_product(self._whole.product(number))

    def sentences(self, number: int) -> tuple[SentenceRecord, ...]:
        """All sentences of one product."""
        return tuple(
            self._public_sentence(sentence) if _names_a_unit(sentence) else sentence
            for sentence in self._whole.sentences(number)
        )

    def products(self, first: int = 0, most: int | None = None) -> list[tuple[int, ProductRecord]]:
        """The products by identification, without what is internal."""
        return self._public(self._whole.products(first, most))

    def answering(self, ask: Ask, most: int) -> list[tuple[int, ProductRecord]]:
        """The first products in which an answer stands, without what is internal."""
        return self._public(self._whole.answering(ask, most))

    def how_many(self, ask: Ask, most: int) -> int:
        """In how many products an answer stands, counted no further than `most`."""
        return self._whole.how_many(ask, most)

    def looked_for(self, ask: Ask, most: int) -> LookedFor:
        """The products in which such sentences stand, looked for among so many."""
        return self._whole.looked_for(ask, most)

    def spread(self, most: int) -> Collection[int]:
        """Products from all over the register, by their numbers."""
        return self._whole.spread(most)

    def stating(self, text: str, most: int) -> list[ProductRecord]:
        """None: what a product states besides what anybody may know is not to be found out by asking for it."""
        return []

    def holding(self, text: str, most: int, *, inside: bool = True) -> list[Called]:
        """The products whose identification holds a text, but for those that hold what looks like a personal number."""
        return _without_persons(self._whole.holding(text, most, inside=inside))

    def collections_holding(self, text: str, most: int, *, inside: bool = True) -> list[Called]:
        """The same of collections."""
        return _without_persons(self._whole.collections_holding(text, most, inside=inside))

    def collected(self, name: str) -> list[tuple[int, ProductRecord]]:
        """The editions of a collection, unless its name holds what looks like a personal number."""
        return self._public(self._whole.collected(name)) if _without_numbers(name) == name else []

    def shelves(self, first: int, most: int) -> list[Shelf]:
        """The collections and the products that are of none, without what is internal."""
        return [one._replace(product=self._public_product(one.product)) for one in self._whole.shelves(first, most)]

    def shelved(self) -> int:
        """How many there are of them."""
        return self._whole.shelved()

    def editions(self, numbers: Collection[int]) -> Mapping[int, Edition]:
        """What some products are as editions."""
        return self._whole.editions(numbers)

    def named(self, name: str) -> int:
        """How many products have a sentence of a name."""
        return self._whole.named(name)

    def lacking(self, key: str) -> frozenset[int]:
        """The products whose technical data do not state a key."""
        return self._whole.lacking(key)

    def called(self, identification: str) -> list[ProductRecord]:
        """Every product with an identification, without what is internal."""
        return [self._public_product(product) for product in self._whole.called(identification)]

    def namesakes(self, identification: str, besides: str) -> tuple[int, list[ProductRecord]]:
        """How many there are in other files, and the first two."""
        count, first = self._whole.namesakes(identification, besides)
        return count, [self._public_product(product) for product in first]

    def files(self) -> dict[str, FileState]:
        """The files that are registered. Only the revision is made of them, which names none."""
        return self._whole.files()

    def contents(self) -> str:
        """A hash of the content of all registered files."""
        return self._whole.contents()

    def altered(self) -> list[str]:
        """The files whose products and sentences are not as they were registered."""
        return self._whole.altered()

    def replace(
        self,
        changed: Iterable[tuple[str, FileState, Sequence[Registered]]],
        gone: Collection[str],
        touched: Mapping[str, FileState] = NOTHING_TOUCHED,
        missed: Sequence[Missed] = (),
    ) -> None:
        """Registers files anew, forgets others and notes new signatures."""
        self._whole.replace(changed, gone, touched, missed)

    def missed(self) -> list[Missed]:
        """What could not be read, without its path."""
        return [
            one._replace(path="", identification=_without_numbers(one.identification)) for one in self._whole.missed()
        ]

    def copy(self) -> "PublicRegister":
        """A register of its own in memory."""
        return PublicRegister(self._whole.copy(), self._catalogue, self._salt)

    def close(self) -> None:
        """Closes the engine's register."""
        self._whole.close()

    def _public(self, products: Iterable[tuple[int, ProductRecord]]) -> list[tuple[int, ProductRecord]]:
        return [(number, self._public_product(product)) for number, product in products]

    def _public_product(self, product: ProductRecord) -> ProductRecord:
        values = dict(product.values)
        for key in ADDRESS_KEYS:
            if values.get(key):
                values[key] = public_address(values[key], self._catalogue, product.identification) or WITHHELD
        if "series" in values:
            # Whether two series are the same decides what can be linked; what they are called is nobody's business.
            values["series"] = self._series(values["series"])
        values = {key: _without_numbers(value) for key, value in values.items()}
        identification = _without_numbers(product.identification)
        return product._replace(identification=identification, path=identification, row=0, values=values)

    def _public_sentence(self, sentence: SentenceRecord) -> SentenceRecord:
        """A sentence that names a unit. A name that is a personal number is replaced by a pseudonym, so that sentences
        about different units stay different."""
        return sentence._replace(name=self._public_name(sentence.name))

    def _public_name(self, name: str) -> str:
        is_told = not name.startswith(UNIT) or not any(personal_numbers(name))
        return name if is_told else f"{UNIT}{MASK}{self._pseudonym(name)}"

    def _series(self, name: str) -> str:
        return self._pseudonym(series_mark(name))

    def _pseudonym(self, name: str) -> str:
        """A random text for a name: always the same for the same name, until the process ends."""
        return blake2b(fold(name).encode("utf-8", "surrogatepass"), digest_size=8, salt=self._salt).hexdigest()


class _RegisterToHandOut(PublicRegister):
    """A register whose answers leave this process."""

    def _series(self, name: str) -> str:
        return series_mark(name)


class _Codes(dict[int, str]):
    """Codes by their numbers, each as it is told; asked for one by one, for there may be very many."""

    def __init__(self, codes: Mapping[int, str], told: Callable[[str], str]) -> None:
        self._codes = codes
        self._told = told

    def __missing__(self, number: int) -> str:
        told = self[number] = self._told(self._codes[number])
        return told


def _names_a_unit(sentence: SentenceRecord) -> bool:
    return sentence.name.startswith(UNIT)


def _without_persons(called: list[Called]) -> list[Called]:
    return [one for one in called if _without_numbers(one.name) == one.name]


def _without_numbers(text: str) -> str:
    return masked(text) if may_hold_one(text) else text


def _masked_vocabularies(vocabularies: Vocabularies) -> Vocabularies:
    """The vocabularies without the numbers in their words; nearly always the very same."""
    for file in vocabularies.files:
        if not file.has_digits:
            continue
        concepts = tuple(map(_masked_concept, file.concepts))
        if concepts != file.concepts:
            vocabularies = with_file(vocabularies, file.with_concepts(concepts))
    return vocabularies


def _masked_concept(concept: Concept) -> Concept:
    if not any(map(may_hold_one, _texts(concept))):
        return concept
    return concept._replace(
        preferred=_masked_labels(concept.preferred),
        synonyms=_masked_labels(concept.synonyms),
        definitions=_masked_labels(concept.definitions),
        notation=masked(concept.notation),
        values=tuple(Value(masked(one.value), _masked_labels(one.labels)) for one in concept.values),
    )


def _masked_labels(labels: tuple[Label, ...]) -> tuple[Label, ...]:
    return tuple(label._replace(text=masked(label.text)) for label in labels)


def _texts(concept: Concept) -> Iterable[str]:
    yield from concept.words()
    for one in concept.values:
        yield one.value
        yield from (label.text for label in one.labels)
    for definition in concept.definitions:
        yield definition.text
