"""What the parts of a message are made from, and what several of them need."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from vkd_catalog.catalogue import Catalogue
from vkd_catalog.evaluation.answer import Answer
from vkd_catalog.evaluation.demand import DemandLine, Group
from vkd_catalog.evaluation.evaluate import DEFAULT_MAX_SETS
from vkd_catalog.evaluation.found import Cover, Member
from vkd_catalog.message.text import Reference, Text, phrase, to_product
from vkd_catalog.message.wording import Wording
from vkd_catalog.message.years import in_ranges, years_of
from vkd_catalog.register import Register, SentenceRecord
from vkd_catalog.technical import title_in
from vkd_grammar.words import fold

DEFAULT_LIMIT = 20
"""So many covers a message shows unless asked for more or fewer."""


class MessageOptions(NamedTuple):
    """How a message is given.

    `limit` is how many covers are shown, at least 1; `max_sets` how many products a cover could have. A message that is
    `public` tells no address that is not open to anybody; the file of the demand is named as the answer names it. One
    with `detail` tells of each product what one asks before using it.
    """

    limit: int = DEFAULT_LIMIT
    max_sets: int = DEFAULT_MAX_SETS
    public: bool = False
    detail: bool = False


class Finding(NamedTuple):
    """Something wrong with a demand that cannot be run: line and column from 1, the diagnostic's code, what it says."""

    line: int
    column: int
    code: str
    text: str


class Matter(NamedTuple):
    """All that a message is about. `covers` are the ones that are shown, the first of the answer's. `sentences` tells
    what a product says, by line, of its number in the register."""

    answer: Answer
    groups: tuple[Group, ...]
    covers: tuple[Cover, ...]
    findings: tuple[Finding, ...]
    catalogue: Catalogue
    wording: Wording
    options: MessageOptions
    sentences: Callable[[int], Mapping[int, SentenceRecord]]

    @property
    def products(self) -> tuple[str, ...]:
        """The products of the covers that are shown, each once, in the order of the covers."""
        return tuple(dict.fromkeys(member for cover in self.covers for member in cover.members))

    def product(self, identification: str) -> Text:
        """A product named by its identification, with its title where it has one in the answer's language."""
        facts = self.answer.products.get(identification)
        title = title_in(facts.values, self.answer.language) if facts else ""
        named = to_product(identification)
        return phrase(named, f" ({title})") if title and fold(title) != fold(identification) else named

    def candidate(self, member: Member, cover: Cover) -> Text:
        """A candidate of an answer: a product by its title, a collection with the years of the editions needed."""
        if member.collection is None:
            return self.product(member.products[0])
        return in_years(member.collection, self._years(member, cover), member.products[0])

    def named(self, products: Iterable[str]) -> list[Text]:
        """Products by their titles; several editions of one collection as one, with the years in which they answer."""
        together: dict[str, list[str]] = {}
        for product in products:
            collection = self.collection_of(product)
            together.setdefault(f"/{fold(collection)}" if collection else product, []).append(product)
        return [self.product(some[0]) if len(some) == 1 else self._editions(some) for some in together.values()]

    def _editions(self, products: Sequence[str]) -> Text:
        """Some editions of one collection, by the years in which they answer, with a title that all of them have."""
        collection = self.collection_of(products[0])
        member = Member(collection, tuple(products))
        years = (year for cover in self.covers for year in self._years(member, cover))
        named = in_years(collection, years, products[0])
        titles = {title_in(self.answer.products[product].values, self.answer.language) for product in products}
        title = titles.pop() if len(titles) == 1 else ""
        return phrase(named, f" ({title})") if title and fold(title) != fold(collection) else named

    def collection_of(self, product: str) -> str:
        """The collection that a product is an edition of; empty where it states none."""
        facts = self.answer.products.get(product)
        return " ".join(facts.values.get("collection", "").split()) if facts else ""

    def _years(self, member: Member, cover: Cover) -> Iterator[int]:
        """The years that the sentences speak of by which some editions answer, of those asked for."""
        for line, matches in cover.lines.items():
            asked = self.line(line).time
            for match in matches:
                if match.product in member.products:
                    sentence = self.sentences(self.answer.products[match.product].number)[match.line]
                    yield from years_of(sentence, asked)

    def group(self, number: int) -> Group:
        """A group of the demand by its number."""
        return self.groups[number - 1]

    def line(self, number: int) -> DemandLine:
        """A line of the demand by its number."""
        return next(line for group in self.groups for line in group.lines if line.line == number)

    def answer_label(self, first: int, last: int | None = None) -> str:
        """The heading of the answer `first`, or of those from `first` up to and with `last`; both count from 0.

        Where the demand has alternatives, the heading also says which one `first` answers.
        """
        numbers = str(first + 1) if last in (None, first) else f"{first + 1}–{last + 1}"
        label = self.wording.say("answer", number=numbers)
        if len(self.groups) == 1:
            return label
        return self.wording.say("to-alternative", answer=label, number=self.covers[first].group)


def sentences_in(register: Register) -> Callable[[int], Mapping[int, SentenceRecord]]:
    """What tells the sentences of a register's products by line; each product's are read once."""
    return cache(lambda product: {sentence.line: sentence for sentence in register.sentences(product)})


def in_years(name: str, years: Iterable[int], product: str) -> Reference:
    """What leads to a product by a name, with the years that are spoken of behind it where there are any."""
    written = in_ranges(years)
    return Reference(f"{name} {written}" if written else name, "product", product)
