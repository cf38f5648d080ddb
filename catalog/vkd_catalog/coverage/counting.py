"""Counting what a catalogue's information sets state."""

from collections import Counter
from collections.abc import Iterator

from vkd_catalog.catalogue import Catalogue
from vkd_catalog.coverage.shares import Coverage, Share, Shares
from vkd_catalog.documents import PARTS, documents_of
from vkd_catalog.federation.naming import parted
from vkd_catalog.register import ProductRecord
from vkd_grammar.words import fold


class _Counts:
    """What is counted of some products, one after the other."""

    def __init__(self) -> None:
        self.numbers: Counter[str] = Counter()
        self.characteristics: set[str] = set()

    def shares(self, defined: frozenset[str], assessed: frozenset[str]) -> Shares:
        """The shares, given the characteristics that are defined and those that are assessed."""
        numbers, used = self.numbers, self.characteristics
        products, documented = numbers["products"], numbers["products"] - numbers["elsewhere"]
        return Shares(
            products,
            numbers["elsewhere"],
            documents=Share(numbers["documents"], products),
            documentation=Share(numbers["parts"], documented * len(PARTS)),
            definition=Share(len(used & defined), len(used)),
            sensitivity=Share(len(used & assessed), len(used)),
            time=Share(numbers["times"], numbers["sentences"]),
            access=Share(numbers["access"], products),
        )


def coverage_of(catalogue: Catalogue) -> Coverage:
    """How completely the products of a catalogue are described, in all and by collection."""
    every = _Counts()
    by_collection: dict[str, _Counts] = {}
    called: dict[str, str] = {}
    for number, product in catalogue.register.products():
        groups = [every]
        if collection := product.values.get("collection", ""):
            called.setdefault(fold(collection), collection)
            groups.append(by_collection.setdefault(fold(collection), _Counts()))
        facts = Counter(dict(_facts(product, catalogue)))
        used = set()
        for sentence in catalogue.register.sentences(number):
            used.add(sentence.characteristic)
            facts["sentences"] += 1
            facts["times"] += sentence.step != "?"
        for group in groups:
            group.numbers += facts
            group.characteristics |= used
    concepts = catalogue.vocabularies.characteristics
    known = {code: concept for code in every.characteristics if (concept := concepts.coded(code)) is not None}
    defined = frozenset(code for code, concept in known.items() if concept.definitions)
    assessed = frozenset(code for code, concept in known.items() if concept.sensitive)
    collections = {called[folded]: by_collection[folded].shares(defined, assessed) for folded in sorted(by_collection)}
    return Coverage(catalogue.revision, every.shares(defined, assessed), collections)


def _facts(product: ProductRecord, catalogue: Catalogue) -> Iterator[tuple[str, int]]:
    """What a product's technical data counts for."""
    name, _ = parted(product.identification, [other.name for other in catalogue.others])
    own = next((other.catalogue for other in catalogue.others if other.name == name), catalogue)
    documented = documents_of(product.values, own)
    yield "products", 1
    yield "documents", documented.how in ("documentation", "elsewhere")
    yield "elsewhere", documented.how == "elsewhere"
    yield "parts", len(documented.documentation.parts) if documented.documentation else 0
    yield "access", "access" in product.values
