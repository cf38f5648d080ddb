"""A catalogue as one reads it: its settings, vocabularies and register, made from the files of a workspace.

Reading is by content: what a file says is registered once, and again only when the file, or a vocabulary, says
something else. The register lives in `.vkd/` under the workspace's root and can always be made again.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self

from vkd_catalog.archives import Address, resolved
from vkd_catalog.cache import Cache
from vkd_catalog.coding import ANY, CodedDescription, Coder
from vkd_catalog.configuration import Configuration, configuration_for
from vkd_catalog.documents import NO_DOCUMENTS, DocumentArchive, Documentation, read_documents
from vkd_catalog.engines import ENGINES, Engine, Place
from vkd_catalog.federation.naming import parted, path_in
from vkd_catalog.federation.neighbours import Named, named_catalogues
from vkd_catalog.federation.others import read_others
from vkd_catalog.federation.register import FederatedRegister, Member, Members
from vkd_catalog.federation.vocabularies import Neighbour, federated
from vkd_catalog.files import FileReader, Reason
from vkd_catalog.folders import leading_to, product_files
from vkd_catalog.interruption import Interruption
from vkd_catalog.own_code import digest_of_texts, own_code_digest
from vkd_catalog.reading import bring_up_to_date, files_not_as_known, read_vocabularies
from vkd_catalog.register import (
    FileState,
    Missed,
    ProductRecord,
    Register,
    Registered,
    SentenceRecord,
    Stored,
    Tell,
    Trouble,
    days_registered,
    sensitive_by,
)
from vkd_catalog.suggest import Suggester
from vkd_catalog.usual import UsualReader
from vkd_catalog.vocabulary import (
    MappingFile,
    Vocabularies,
    VocabularyFile,
    VocabularyName,
    with_file,
    with_mappings,
)
from vkd_grammar.document import Document
from vkd_grammar.parser import Parser
from vkd_grammar.syntax import Description
from vkd_grammar.times import Mask

if TYPE_CHECKING:
    from vkd_catalog.lookup import Indexes, Lookup


class ProductPlace(NamedTuple):
    """Where a product description stands: its file, relative to the root, and the row of its header from 0."""

    identification: str
    path: str
    row: int


class Namesakes(NamedTuple):
    """How many products have one identification, and where the first two are described: enough to tell one of another.

    All of them may be as many as there are products, so that naming them all to each would grow as the square.
    """

    total: int
    first: tuple[ProductPlace, ...]

    def besides(self, others: "Namesakes") -> "Namesakes":
        """These and then others."""
        return Namesakes(self.total + others.total, (*self.first, *others.first)[:2])


def namesakes_of(places: Sequence[ProductPlace]) -> Namesakes:
    """Of all places where products of one identification are described, how many they are, and the first two."""
    return Namesakes(len(places), tuple(places[:2]))


class Catalogue:
    """One workspace's catalogue. The vocabularies are read when it is made; the register when it is first asked for.

    Where the workspace names others, `vocabularies` and register are those of all together, in which what is another's
    begins with its name (docs/language.md section 9). `own_vocabularies` are those that its products are coded in.

    `is_public` says whether answers from it may be given to anybody, and so tell nothing internal; `reads_documents`
    whether the documents that its products name can be looked for, and `interruption` is what ends the reading of their
    data. `troubles` is what
    went wrong with the stored register, each of which `tell` is told when it happens; answers are right all the same.
    The paths of product files go through `follow` while they are read, so that it can show how far that has come.
    """

    is_public = False
    reads_documents = True

    def __init__(
        self,
        configuration: Configuration,
        parser: Parser | None = None,
        files: FileReader | None = None,
        tell: Tell | None = None,
        follow: Callable[[Sequence[str]], Iterable[str]] = iter,
    ) -> None:
        self.configuration = configuration
        self.follow = follow
        self.troubles: list[Trouble] = []
        self.interruption = Interruption()
        self._tell = tell
        self.parser = parser or Parser()
        self._files = files or FileReader(configuration.root)
        self.own_vocabularies = read_vocabularies(configuration, self._files, self.cache, follow)
        self.named, self.others = read_others(configuration, self.parser)
        self._take_vocabularies(self.own_vocabularies)

    @property
    def root(self) -> Path:
        """The folder that all paths are relative to."""
        return self.configuration.root

    @property
    def language(self) -> str:
        """The language the catalogue speaks: nb, sv, da or en."""
        return self.configuration.language

    @property
    def unread_vocabularies(self) -> Mapping[str, Reason]:
        """The vocabulary files that could not be read, and why."""
        return self._files.unread

    @property
    def unread_catalogues(self) -> tuple[Named, ...]:
        """The other catalogues that the settings name and that could not be read."""
        return tuple(one for one in self.named if one.configuration is None)

    def name_of(self, other: str) -> str:
        """What another catalogue, told by the name it goes by here, calls itself; empty where there is none."""
        return next((one.catalogue.configuration.name for one in self.others if one.name == other), "")

    @property
    def configurations(self) -> tuple[Configuration, ...]:
        """The settings of all catalogues that it answers from, its own first."""
        return (self.configuration, *(other.catalogue.configuration for other in self.others))

    @property
    def vocabularies_digest(self) -> str:
        """A hash of the vocabularies of all catalogues: what the coding of demands depends on."""
        if not self.others:
            return self._own_digest
        others = (f"{other.name}\0{other.catalogue.vocabularies_digest}" for other in self.others)
        return digest_of_texts((self._own_digest, *others))

    @cached_property
    def _own_digest(self) -> str:
        """A hash of its own vocabulary files: what the coding of its products depends on."""
        return digest_of_texts(f"{path}\0{digest}" for path, digest in sorted(self._files.digests.items()))

    @cached_property
    def documents(self) -> DocumentArchive:
        """Its own documentations, read when first asked for."""
        return self.read_documents() if self.configuration.documents else NO_DOCUMENTS

    def read_documents(self) -> DocumentArchive:
        """The documentations as their files are now."""
        return read_documents(self.root, self.configuration.documents)

    @cached_property
    def register(self) -> Register:
        """The register of all product descriptions, brought up to date with the files when first asked for."""
        return self.read_products(self.parser)

    def read_products(self, parser: Parser) -> Register:
        """A register brought up to date with the files. A thread that does so beside others has a parser of its own."""
        # The register must not hold the catalogue that holds it: both would stay until somebody looks for such circles.
        note = partial(_note, self.troubles, self._tell)
        register = self._engine.open_register(self.cache, self.register_key, note, self.place)
        bring_up_to_date(register, self.configuration, self.reader(parser), self.follow)
        return self.with_others(register, parser)

    def with_others(self, register: Register, parser: Parser) -> Register:
        """A register of its own products with those of the other catalogues beside it; one that has them stays."""
        if not self.named or isinstance(register, FederatedRegister):
            return register
        members = Members(
            [Member(other.name, other.folder, other.catalogue.read_products(parser)) for other in self.others]
        )
        unread = [Missed(one.address, "", 0, one.lost or "failed") for one in self.unread_catalogues]
        return FederatedRegister(register, members, unread)

    def says_what_it_said(self) -> bool:
        """Whether the vocabulary files, its own and those of other catalogues, say what they said when they were
        read, also of documentations what is known of them, and the settings name the same others."""
        reader = FileReader(self.root)
        for path in self._files.digests:
            reader.read(path)
        if reader.digests != self._files.digests or named_catalogues(self.configuration) != self.named:
            return False
        if "documents" in self.__dict__ and self.configuration.documents and self.documents != self.read_documents():
            return False
        return all(other.catalogue.says_what_it_said() for other in self.others)

    def is_up_to_date(self, known: Mapping[str, FileState]) -> bool:
        """Whether the product files say what is known of them, and are the same."""
        reader = FileReader(self.root)
        paths = list(self.product_paths())
        same = all(data is None for _, _, data in files_not_as_known(known, paths, reader))
        return same and known.keys() <= set(paths) - reader.unread.keys()

    def product_paths(self) -> Iterator[str]:
        """The files that may hold products, of all catalogues, relative to the root."""
        yield from product_files(self.configuration).paths
        for other in self.others:
            yield from (path_in(other.folder, path) for path in other.catalogue.product_paths())

    def beside_the_stored(self) -> Register:
        """The register of the files as it would be made anew, in memory; the stored one is neither read nor written."""
        register = self._engine.open_register(None, self.register_key)
        bring_up_to_date(register, self.configuration, self.reader(self.parser), self.follow)
        return register

    def stored_register(self) -> Stored:
        """The state of the stored register, and the register itself where it is whole; nothing stored is changed."""
        if self.cache is None:
            return Stored("absent")
        return self._engine.stored_register(self.cache, self.register_key, self.place)

    @property
    def place(self) -> Place:
        """Where its register is, if that is shared with others."""
        return Place(self.configuration.service, self.configuration.url, self.configuration.name)

    @property
    def _engine(self) -> Engine:
        return ENGINES[self.configuration.engine]()

    @property
    def register_key(self) -> str:
        """What a stored register was made for and by if it is this catalogue's: what its vocabularies say, wherever
        their files lie, by this vkd."""
        named = [*self.configuration.vocabularies.items(), ("mappings", self.configuration.mappings)]
        said = (f"{name}\0{self._files.digests[path]}" for name, paths in named for path in paths)
        return digest_of_texts((own_code_digest(), *said))

    @property
    def revision(self) -> str:
        """A hash of all that was read: settings, vocabularies, product descriptions. Same content, same revision."""
        return self.revision_with(self.configuration)

    def revision_with(self, configuration: Configuration) -> str:
        """The revision where these are the settings."""
        # Neither the language it speaks, which an editor may choose, nor the rules of disclosure change what exists.
        settings = repr(configuration._replace(root=Path(), file=None, language="", disclosure=None))
        of_others = filter(None, (self.register.revision(),))
        return digest_of_texts((settings, self.vocabularies_digest, *of_others, self.register.contents()))

    def over(self, register: Register) -> Self:
        """The same catalogue, answering from another register."""
        other = copy(self)
        other.register = register
        return other

    def until(self, interruption: Interruption) -> Self:
        """The same catalogue, the data of whose products are read until somebody interrupts that."""
        other = copy(self)
        other.interruption = interruption
        return other

    @property
    def with_data(self) -> "Catalogue":
        """The same catalogue with where its data lie, which one for anybody does not tell."""
        return self

    def with_documentation(self, documentation: Documentation) -> Self:
        """The same catalogue with a documentation as it stands in an editor."""
        other = copy(self)
        other.documents = self.documents.with_documentation(documentation)
        return other

    def with_vocabulary(self, file: VocabularyFile | MappingFile) -> Self:
        """The same catalogue with a file of its vocabularies, or of their mappings, as it stands in an editor: words,
        codes and revision are those of that text, the register is whatever is put into it."""
        other = copy(self)
        if isinstance(file, MappingFile):
            other._take_vocabularies(with_mappings(self.own_vocabularies, file))
        else:
            other._take_vocabularies(with_file(self.own_vocabularies, file))
        other._files = self._files.saying(file.path, "".join(file.lines).encode("utf-8", "surrogatepass"))
        for kept in ("register", "_own_digest"):
            other.__dict__.pop(kept, None)
        return other

    def united(self, seen: Callable[[Vocabularies], Vocabularies] = lambda one: one) -> Vocabularies:
        """The vocabularies of all catalogues as one, those of each as `seen` makes them."""
        own = seen(self.own_vocabularies)
        if not self.named:
            return own
        neighbours = [
            Neighbour(other.name, other.folder, seen(other.catalogue.own_vocabularies)) for other in self.others
        ]
        return federated(own, neighbours, [one.name for one in self.unread_catalogues])

    def suggester(self, name: VocabularyName, *, own: bool = False) -> Suggester:
        """What finds the nearest words of one vocabulary, of all catalogues or of the workspace's `own` alone."""
        vocabularies = self.own_vocabularies if own else self.vocabularies
        key = (name, own and bool(self.others))
        if key not in self._suggesters:
            self._suggesters[key] = Suggester(vocabularies.called(name))
        return self._suggesters[key]

    @property
    def lookup(self) -> "Lookup":
        """What finds by free words what the catalogue has, as it is now. Its indexes are made when first asked for."""
        from vkd_catalog.lookup import Indexes, Lookup

        # The same catalogue over another register shares the list, and what stands in it.
        if not self._indexes:
            self._indexes.append(Indexes())
        return Lookup(self, self._indexes[0])

    @property
    def lookup_at_hand(self) -> "Lookup | None":
        """The same where its index of the concepts is there already; None where it would have to be made first."""
        return self.lookup if self._indexes and self._indexes[0].has_concepts(self) else None

    def places_of(self, identification: str) -> tuple[ProductPlace, ...]:
        """Every place where a product of this identification is described."""
        return tuple(
            ProductPlace(had.identification, had.path, had.row) for had in self.register.called(identification)
        )

    def namesakes_elsewhere(self, identification: str, besides: str) -> Namesakes:
        """The products of this identification that files other than `besides` describe."""
        count, first = self.register.namesakes(identification, besides)
        return Namesakes(count, tuple(ProductPlace(had.identification, had.path, had.row) for had in first))

    def includes(self, path: str) -> bool:
        """Whether the settings name a file, relative to the root, as one that may hold products, by whatever name."""
        if _leads_to(self.configuration.products, path):
            return True
        place = os.path.realpath(self.root / path)
        return place in self._product_places

    @cached_property
    def _product_places(self) -> frozenset[str]:
        """Where the files that may hold products really are."""
        found = product_files(self.configuration)
        return frozenset(os.path.realpath(self.root / path) for path in found.paths)

    def resolve(self, address: str, identification: str = "") -> Address:
        """What an address stands for, its alias replaced (docs/language.md section 9); a path is made absolute.

        That of a product of another catalogue, told by its `identification`, is in that catalogue's archives.
        """
        name, _ = parted(identification, [other.name for other in self.others])
        if name:
            return next(other.catalogue for other in self.others if other.name == name).resolve(address)
        return resolved(address, self.configuration.archives, self.root)

    def registered(self, text: str, path: str) -> tuple[list[Registered], list[Missed]]:
        """The products that the text of a file describes, as the register keeps them. Second, what it misses of
        them."""
        return self.reader(self.parser).read(text, path)

    def reader(self, parser: Parser) -> UsualReader:
        """What reads product files for the register, one after the other."""
        return UsualReader(self.coder, self.own_vocabularies, parser, self.registered_in_full)

    def registered_in_full(
        self, description: Description, path: str, row: int
    ) -> tuple[list[Registered], list[Missed]]:
        """The same of one description, which starts in a row of its file, from 0."""
        if description.kind == "demand":
            return [], []
        products: list[Registered] = []
        left, identification = len(description.sentences), ""
        if description.kind == "product":
            coded = self.coder.code(description)
            identification = coded.identification
            if identification:
                products.append(self.as_registered(coded, path, row))
                left -= len(products[-1][1])
        return products, [Missed(path, identification, left, "")] if left else []

    def overlay(self, path: str, document: Document) -> None:
        """Registers a document in place of a file, as for an editor's unsaved text."""
        state = FileState("", digest_of_texts(document.lines))
        products, missed = self.registered(document.text, path)
        self.register.replace([(path, state, products)], (), missed=missed)

    def as_registered(self, coded: CodedDescription, path: str, row: int) -> Registered:
        """A product as the register keeps it; `row` is where its description starts in its file, from 0."""
        header = coded.description.header
        concepts = self.own_vocabularies.characteristics.concepts
        complete = [
            (sentence, sentence.time, characteristic)
            for sentence in coded.sentences
            if sentence.complete
            and sentence.time is not None
            and not isinstance(sentence.time, Mask)
            and (characteristic := concepts.get(sentence.characteristic or "")) is not None
        ]
        product = ProductRecord(
            coded.identification,
            path,
            row + (header.row if header else 0),
            coded.technical.values,
            coded.technical.unit_id,
            sensitive_by({characteristic.sensitive for _, _, characteristic in complete}),
        )
        sentences = [
            SentenceRecord(
                sentence.line,
                sentence.object_type or "",
                sentence.name or "",
                characteristic.code,
                start,
                end,
                characteristic.temporality == "fixed",
                step,
            )
            for sentence, time, characteristic in complete
            for start, end, step in (days_registered(time),)
            if ANY not in (sentence.object_type, sentence.name)
        ]
        return product, sentences

    @cached_property
    def cache(self) -> Cache | None:
        """The workspace's folder for what can be made again; None where nothing is to be kept."""
        return Cache(self.root)

    def _take_vocabularies(self, own: Vocabularies) -> None:
        """Has words and codes looked up in these vocabularies of its own, with those of the others beside them."""
        self.own_vocabularies = own
        self.vocabularies = self.united()
        self.coder = Coder(self.vocabularies, own)
        self._suggesters: dict[tuple[VocabularyName, bool], Suggester] = {}
        self._indexes: list[Indexes] = []


def open_catalogue(start: Path, parser: Parser | None = None) -> Catalogue:
    """The catalogue that a file or folder belongs to. Raises ConfigurationError where its `vkd.toml` cannot be read."""
    return Catalogue(configuration_for(start), parser)


def _note(troubles: list[Trouble], tell: Tell | None, trouble: Trouble) -> None:
    troubles.append(trouble)
    if tell is not None:
        tell(trouble)


@lru_cache(maxsize=4096)
def _leads_to(patterns: tuple[str, ...], path: str) -> bool:
    return bool(leading_to(patterns, [path]))
