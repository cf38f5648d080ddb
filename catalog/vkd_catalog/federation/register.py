"""One register over those of several catalogues (docs/language.md section 9).

What is registered and changed is the workspace's own; the others are asked. A product goes by the number it has in its
own register, times the number of registers, plus the place of that register among them.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from threading import Lock
from typing import NamedTuple

from vkd_catalog.coding import UNIT
from vkd_catalog.federation.naming import parted, path_in
from vkd_catalog.register import (
    NOTHING_TOUCHED,
    Ask,
    Called,
    Codes,
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
    contents_of,
)
from vkd_catalog.vocabulary.concept import MARK, qualified
from vkd_grammar.words import fold


class Member(NamedTuple):
    """The register of another catalogue: the name it goes by here, and the way to its folder from the root."""

    name: str
    folder: str
    register: Register


class Members:
    """The registers of other catalogues, kept open for as long as some federated register uses them."""

    def __init__(self, members: Sequence[Member]) -> None:
        self.every = tuple(members)
        self.names = frozenset(member.name for member in members)
        self._holders = 1
        self._lock = Lock()

    def held(self) -> "Members":
        """These members with one more holder, who must call `let_go` when done."""
        with self._lock:
            self._holders += 1
        return self

    def let_go(self) -> None:
        """Gives up one holder's share; the last to do so closes the registers."""
        with self._lock:
            self._holders -= 1
            if self._holders:
                return
        for member in self.every:
            member.register.close()


class FederatedRegister:
    """The register of a workspace with those of other catalogues, kept as `vkd_catalog.register.Register` says.

    `unread` are the other catalogues that could not be read: there may be answers in them.
    """

    def __init__(self, own: Register, members: Members, unread: Sequence[Missed] = ()) -> None:
        self._own = own
        self._members = members
        self._unread = tuple(unread)
        self._all = 1 + len(members.every)

    def revision(self) -> str:
        """The marks of all registers' states; empty where none has one."""
        marks = [register.revision() for register in self._registers()]
        return " ".join(marks) if any(marks) else ""

    def has_news(self) -> bool:
        """Whether others have registered something in any of the registers."""
        return any(register.has_news() for register in self._registers())

    def interrupt(self, thread: int) -> None:
        """Has a question that a thread asks of any of the registers end."""
        for register in self._registers():
            register.interrupt(thread)

    def size(self) -> tuple[int, int]:
        """How many products and sentences can be found in all catalogues."""
        sizes = [self._own.size(), *(member.register.size() for member in self._members.every)]
        return sum(products for products, _ in sizes), sum(sentences for _, sentences in sizes)

    def find(self, ask: Ask, within: Collection[int] | None = None) -> list[Found]:
        """The sentences that answer a question; each catalogue is asked for the codes that are its own."""
        return [
            Found(self._number(number, place), _sentence(sentence, self._name(place)))
            for place, register, asked, some in self._asked(ask, within)
            for number, sentence in register.find(asked, some)
        ]

    def said(
        self, ask: Ask, within: Collection[int] | None = None, *, characteristics: bool
    ) -> Iterator[tuple[int, SentenceRecord]]:
        """What products say in answer to a question, in all catalogues."""
        for place, register, asked, some in self._asked(ask, within):
            named = cache(partial(_sentence, name=self._name(place)))
            for number, sentence in register.said(asked, some, characteristics=characteristics):
                yield self._number(number, place), named(sentence)

    def columns(self, ask: Ask, *, characteristics: bool) -> None:
        """None: what several catalogues say is not put together in columns."""

    def counted(self, ask: Ask, groups: Mapping[int, int]) -> Mapping[str, int]:
        """In how many groups of products each characteristic stands in answer to a question. A group may have products
        of one catalogue only, whose characteristics begin with its name."""
        found: dict[str, int] = {}
        for place, register, asked, some in self._asked(ask, groups.keys()):
            name = self._name(place)
            own = {number: groups[self._number(number, place)] for number in some or ()}
            counts = register.counted(asked, own).items()
            found |= {qualified(name, code) if name else code: count for code, count in counts}
        return found

    def linking(self, numbers: Collection[int]) -> dict[int, Linking]:
        """What linkage depends on of some products, in the codes of each one's catalogue."""
        return {
            self._number(number, place): one._replace(unit_id=self._unit_id(one.unit_id, place))
            for place, register, some in self._parted(numbers)
            for number, one in register.linking(some).items()
        }

    def identifications(self, numbers: Collection[int]) -> dict[int, str]:
        """The identifications of some products: in other catalogues they begin with the catalogue's name."""
        return {
            self._number(number, place): qualified(self._name(place), name) if place else name
            for place, register, some in self._parted(numbers)
            for number, name in register.identifications(some).items()
        }

    def standing(self, ask: Ask) -> Standing:
        """In how many products of all catalogues what answers a question stands, and until when."""
        every = [
            register.standing(asked)
            for place, register in enumerate(self._registers())
            if (asked := _asked(ask, self._name(place), self._members.names)) is not None
        ]
        return Standing(sum(one.products for one in every), max((one.latest for one in every), default=0))

    def numbered(self, identification: str) -> int | None:
        """The number of a product by its identification: the workspace's own, else of the catalogue it begins with."""
        own = self._own.numbered(identification)
        if own is not None:
            return self._number(own, 0)
        place, rest = self._place(identification)
        found = self._register(place).numbered(rest) if place else None
        return None if found is None else self._number(found, place)

    def product(self, number: int) -> ProductRecord:
        """The record of a product, by its number."""
        place = number % self._all
        return self._product(self._register(place).product(number // self._all), place)

    def sentences(self, number: int) -> tuple[SentenceRecord, ...]:
        """All sentences of one product, ordered by line."""
        place = number % self._all
        found = self._register(place).sentences(number // self._all)
        return tuple(_sentence(sentence, self._name(place)) for sentence in found)

    def products(self, first: int = 0, most: int | None = None) -> list[tuple[int, ProductRecord]]:
        """The products that can be found, with their numbers, ordered by identification."""
        needed = None if most is None else first + most
        every = self._together(lambda register: register.products(0, needed))
        return sorted(every, key=_identified)[first:needed]

    def answering(self, ask: Ask, most: int) -> list[tuple[int, ProductRecord]]:
        """The first products by identification in which what answers a question stands."""
        every: list[tuple[int, ProductRecord]] = []
        for place, register in enumerate(self._registers()):
            asked = _asked(ask, self._name(place), self._members.names)
            if asked is not None:
                every += self._numbered(register.answering(asked, most), place)
        return sorted(every, key=_identified)[:most]

    def how_many(self, ask: Ask, most: int) -> int:
        """In how many products of all catalogues such sentences stand, counted no further than `most`."""
        count = 0
        for place, register in enumerate(self._registers()):
            asked = _asked(ask, self._name(place), self._members.names)
            if asked is not None and count < most:
                count += register.how_many(asked, most - count)
        return count

    def looked_for(self, ask: Ask, most: int) -> LookedFor:
        """The products of all catalogues in which such sentences stand, looked for among so many of each."""
        found = LookedFor(frozenset(), True)
        for place, register, asked, _ in self._asked(ask, None):
            there = register.looked_for(asked, most)
            numbers = frozenset(self._number(number, place) for number in there.products)
            found = found.united(there._replace(products=numbers))
        return found

    def spread(self, most: int) -> list[int]:
        """Products from all over each catalogue."""
        return [
            self._number(number, place)
            for place, register in enumerate(self._registers())
            for number in register.spread(most)
        ]

    def stating(self, text: str, most: int) -> list[ProductRecord]:
        """So many products of any catalogue that state something which holds a text."""
        found = [
            self._product(product, place)
            for place, register in enumerate(self._registers())
            for product in register.stating(text, most)
        ]
        return found[:most]

    def holding(self, text: str, most: int, *, inside: bool = True) -> list[Called]:
        """The products whose identification holds a text; what is of another catalogue begins with its name."""
        return self._holding(text, most, lambda register, rest: register.holding(rest, most, inside=inside))

    def collections_holding(self, text: str, most: int, *, inside: bool = True) -> list[Called]:
        """The collections whose name holds a text."""
        return self._holding(text, most, lambda register, rest: register.collections_holding(rest, most, inside=inside))

    def collected(self, name: str) -> list[tuple[int, ProductRecord]]:
        """The editions of a collection: of the workspace's own, and of one of the catalogue that the name begins
        with."""
        place, rest = self._place(name)
        own = self._numbered(self._own.collected(name), 0)
        others = self._numbered(self._register(place).collected(rest), place) if place else []
        return sorted([*own, *others], key=_identified)

    def shelves(self, first: int, most: int) -> list[Shelf]:
        """The collections, and the products that are of none, in the order of their names."""
        every = [
            Shelf(self._number(one.number, place), self._product(one.product, place), one.editions)
            for place, register in enumerate(self._registers())
            for one in register.shelves(0, first + most)
        ]
        return sorted(every, key=_shelf_order)[first : first + most]

    def shelved(self) -> int:
        """How many there are of what `shelves` tells."""
        return sum(register.shelved() for register in self._registers())

    def editions(self, numbers: Collection[int]) -> dict[int, Edition]:
        """What some products are as editions: a collection of another catalogue begins with the catalogue's name."""
        found: dict[int, Edition] = {}
        for place, register, some in self._parted(numbers):
            for number, edition in register.editions(some).items():
                name = edition.collection and self._called(edition.collection, place)
                found[self._number(number, place)] = edition._replace(collection=name)
        return found

    def named(self, name: str) -> int:
        """How many products have a sentence whose name has this very code."""
        return len({one.product for one in self.find(Ask(None, Codes((name,)), None, None))})

    def lacking(self, key: str) -> frozenset[int]:
        """The numbers of the products whose technical data do not state a key."""
        return frozenset(
            self._number(number, place)
            for place, register in enumerate(self._registers())
            for number in register.lacking(key)
        )

    def called(self, identification: str) -> list[ProductRecord]:
        """Every product with an identification: the workspace's own, else of the catalogue that it begins with."""
        own = self._own.called(identification)
        place, rest = self._place(identification)
        return own or ([self._product(one, place) for one in self._register(place).called(rest)] if place else [])

    def namesakes(self, identification: str, besides: str) -> tuple[int, list[ProductRecord]]:
        """The workspace's own products of an identification: those of other catalogues are called otherwise here."""
        return self._own.namesakes(identification, besides)

    def files(self) -> dict[str, FileState]:
        """The registered files' states by path, those of other catalogues by the way to them."""
        states = dict(self._own.files())
        for member in self._members.every:
            states |= {path_in(member.folder, path): state for path, state in member.register.files().items()}
        return states

    def contents(self) -> str:
        """A hash of the content of all files, those of other catalogues too."""
        others = {member.folder: FileState("", member.register.contents()) for member in self._members.every}
        return contents_of({"": FileState("", self._own.contents()), **others})

    def altered(self) -> list[str]:
        """The paths of the workspace's own files that are not stored as they were registered."""
        return self._own.altered()

    def replace(
        self,
        changed: Iterable[tuple[str, FileState, Sequence[Registered]]],
        gone: Collection[str],
        touched: Mapping[str, FileState] = NOTHING_TOUCHED,
        missed: Sequence[Missed] = (),
    ) -> None:
        """Changes the workspace's own register."""
        self._own.replace(changed, gone, touched, missed)

    def missed(self) -> list[Missed]:
        """What could not be read, of any catalogue."""
        found = [*self._own.missed(), *self._unread]
        for member in self._members.every:
            found += [
                one._replace(
                    path=path_in(member.folder, one.path), identification=qualified(member.name, one.identification)
                )
                for one in member.register.missed()
            ]
        return sorted(found, key=lambda one: (one.path, one.identification))

    def copy(self) -> "FederatedRegister":
        """A register in memory with the same content; the other catalogues' are shared, for nobody changes them."""
        return FederatedRegister(self._own.copy(), self._members.held(), self._unread)

    def close(self) -> None:
        """Closes the register, and the other catalogues' with the last that uses them."""
        self._own.close()
        self._members.let_go()

    def _together(
        self, ask: Callable[[Register], Iterable[tuple[int, ProductRecord]]]
    ) -> list[tuple[int, ProductRecord]]:
        """What every register answers."""
        return [one for place, register in enumerate(self._registers()) for one in self._numbered(ask(register), place)]

    def _numbered(self, products: Iterable[tuple[int, ProductRecord]], place: int) -> list[tuple[int, ProductRecord]]:
        """Products of one register, as they go by here."""
        return [(self._number(number, place), self._product(product, place)) for number, product in products]

    def _holding(self, text: str, most: int, ask: Callable[[Register, str], list[Called]]) -> list[Called]:
        """What is called something in any catalogue: what begins with a text first, of this the shorter."""
        wanted = fold(text)
        found: dict[Called, None] = {}
        for place, register in enumerate(self._registers()):
            for rest in _rests(wanted, self._name(place)):
                for one in ask(register, rest):
                    called = Called(self._number(one.number, place), self._called(one.name, place))
                    if wanted in fold(called.name):
                        found[called] = None
        return sorted(found, key=lambda one: _called_order(wanted, one))[:most]

    def _registers(self) -> Iterator[Register]:
        yield self._own
        yield from (member.register for member in self._members.every)

    def _parted(self, numbers: Collection[int]) -> Iterator[tuple[int, Register, list[int]]]:
        """The place of each register that some products are in, the register, and their numbers there."""
        for place, register in enumerate(self._registers()):
            some = [number // self._all for number in numbers if number % self._all == place]
            if some:
                yield place, register, some

    def _asked(self, ask: Ask, within: Collection[int] | None) -> Iterator[tuple[int, Register, Ask, list[int] | None]]:
        """The place of each register that may have an answer, the register, and what it is asked in its own codes."""
        for place, register in enumerate(self._registers()):
            asked = _asked(ask, self._name(place), self._members.names)
            some = None if within is None else [one // self._all for one in within if one % self._all == place]
            if asked is not None and some != []:
                yield place, register, asked, some

    def _register(self, place: int) -> Register:
        return self._members.every[place - 1].register if place else self._own

    def _name(self, place: int) -> str:
        return self._members.every[place - 1].name if place else ""

    def _number(self, number: int, place: int) -> int:
        return number * self._all + place

    def _place(self, identification: str) -> tuple[int, str]:
        folded = {fold(member.name): place for place, member in enumerate(self._members.every, start=1)}
        before, _, rest = identification.partition(MARK)
        place = folded.get(fold(before), 0) if rest else 0
        return (place, rest) if place else (0, identification)

    def _called(self, name: str, place: int) -> str:
        return qualified(self._members.every[place - 1].name, name) if place else name

    def _product(self, product: ProductRecord, place: int) -> ProductRecord:
        if not place:
            return product
        member = self._members.every[place - 1]
        values = dict(product.values)
        if values.get("collection"):
            values["collection"] = self._called(values["collection"], place)
        return product._replace(
            identification=qualified(member.name, product.identification),
            path=path_in(member.folder, product.path),
            values=values,
            unit_id=self._unit_id(product.unit_id, place),
        )

    def _unit_id(self, unit_id: Iterable[str], place: int) -> tuple[str, ...]:
        name = self._name(place)
        return tuple(_together(alternative, name) if place else alternative for alternative in unit_id)


def _identified(one: tuple[int, ProductRecord]) -> str:
    return fold(one[1].identification)


def _shelf_order(shelf: Shelf) -> tuple[str, bool]:
    product = shelf.product
    return fold(product.values["collection"] if shelf.editions else product.identification), bool(shelf.editions)


def _called_order(wanted: str, called: Called) -> tuple[bool, int, str]:
    name = fold(called.name)
    return not name.startswith(wanted), len(name), name


def _rests(wanted: str, name: str) -> Iterator[str]:
    """What is to be looked for in a catalogue's own names, so that together with the catalogue's name they hold a text:
    the text itself, and what is left of it behind each end of `name:` that it begins with."""
    yield wanted
    before = fold(f"{name}{MARK}") if name else ""
    for at in range(len(before)):
        end = before[at:]
        if wanted.startswith(end) or end.startswith(wanted):
            yield wanted[len(end) :]
    if wanted in before:
        yield ""


def _together(alternative: str, name: str) -> str:
    return "+".join(qualified(name, code) for code in alternative.split("+"))


def _sentence(sentence: SentenceRecord, name: str) -> SentenceRecord:
    if not name:
        return sentence
    return sentence._replace(
        object_type=qualified(name, sentence.object_type),
        # A unit's own identification is the same unit's wherever it stands.
        name=sentence.name if sentence.name.startswith(UNIT) else qualified(name, sentence.name),
        characteristic=sentence.characteristic and qualified(name, sentence.characteristic),
    )


def _asked(ask: Ask, name: str, names: Collection[str]) -> Ask | None:
    """What of a question is for one catalogue, in its own codes; None where nothing can answer it there."""
    fields = [_of_catalogue(codes, name, names) for codes in (ask.object_type, ask.name, ask.characteristic)]
    if any(codes is not None and not codes.exactly and not codes.below for codes in fields):
        return None
    return ask._replace(object_type=fields[0], name=fields[1], characteristic=fields[2])


def _of_catalogue(codes: Codes | None, name: str, names: Collection[str]) -> Codes | None:
    if codes is None:
        return None
    return Codes(tuple(_own(codes.exactly, name, names)), tuple(_own(codes.below, name, names)))


def _own(codes: Iterable[str], name: str, names: Collection[str]) -> Iterator[str]:
    for code in codes:
        of, rest = parted(code, names)
        if of == name or code.startswith(UNIT):
            yield rest
