"""What profiles were run against, and which of them may be answered otherwise by what is there now.

A catalogue that has changed a little has most of its products as they were. A product that is new or changed is led to
the profiles it meets (`percolation`); one that is gone or changed can take away the answers it was a member of, and let
a table be computed that it was itself. All other profiles are answered as before, and need not be run.
"""

from collections.abc import Collection, Iterable, Mapping
from hashlib import blake2b
from typing import NamedTuple

from vkd_catalog.coding import senses_of
from vkd_catalog.evaluation.demand import Group
from vkd_catalog.evaluation.derivation import named_products
from vkd_catalog.evaluation.tables import tables_of
from vkd_catalog.percolation import Percolator
from vkd_catalog.register import ProductRecord, Register, SentenceRecord
from vkd_catalog.vocabulary import Vocabularies


class SearchedFile(NamedTuple):
    """A file's content, and that of each product of it that could be found, by identification; both as hashes."""

    digest: str
    products: Mapping[str, str]


class Searched(NamedTuple):
    """What a search depends on: products by file, and a hash of all else (vocabularies, settings, version)."""

    key: str
    files: Mapping[str, SearchedFile]

    @property
    def digest(self) -> str:
        """A hash of all of it."""
        return _digest(self.key, *sorted((path, file.digest) for path, file in self.files.items()))

    @property
    def products(self) -> dict[str, str]:
        """A hash of each product that can be found, of its coded sentences and stated values, by identification."""
        return {name: digest for file in self.files.values() for name, digest in file.products.items()}


class Waiting(NamedTuple):
    """A profile: what it asks for, in which archive, and the products that were members of its answers."""

    groups: tuple[Group, ...]
    archive: str
    members: Collection[str]


def searched_now(register: Register, key: str, before: Searched | None) -> Searched:
    """What a search depends on now. Files whose content is as in `before` are not read again."""
    found: dict[str, dict[str, str]] = {}
    known = before.files if before else {}
    states = register.files()
    for number, record in register.products():
        had = known.get(record.path)
        digest = had.products.get(record.identification) if had and had.digest == states[record.path].digest else None
        products = found.setdefault(record.path, {})
        products[record.identification] = digest or _product_digest(record, register.sentences(number))
    return Searched(key, {path: SearchedFile(state.digest, found.get(path, {})) for path, state in states.items()})


def may_differ(
    profiles: Mapping[str, Waiting], before: Searched, now: Searched, register: Register, vocabularies: Vocabularies
) -> frozenset[str]:
    """The profiles whose answers may differ from what they were. Those of all others are the same, cover by cover."""
    if before.key != now.key:
        return frozenset(profiles)
    had, have = before.products, now.products
    gone = {name for name, digest in had.items() if have.get(name) != digest}
    come = {name for name, digest in have.items() if had.get(name) != digest}
    hit = (
        name
        for name, one in profiles.items()
        if (gone and (not gone.isdisjoint(one.members) or _asks_for_a_table(one, vocabularies)))
        # What is derived from two products is met by neither of them alone.
        or ((gone or come) and is_of_two_products(one.groups, vocabularies))
    )
    return frozenset(hit) | _met(profiles, come, register, vocabularies)


def _met(
    profiles: Mapping[str, Waiting], come: Collection[str], register: Register, vocabularies: Vocabularies
) -> frozenset[str]:
    if not come:
        return frozenset()
    percolator = Percolator(vocabularies)
    for name, one in profiles.items():
        percolator.add(name, one.groups, one.archive)
    numbers = (number for name in come if (number := register.numbered(name)) is not None)
    return frozenset(
        waiter.profile
        for number in numbers
        for waiter in percolator.met_by(register.sentences(number), register.product(number).values)
    )


def _asks_for_a_table(profile: Waiting, vocabularies: Vocabularies) -> bool:
    return any(tables_of(group.asked, vocabularies) for group in profile.groups)


def is_of_two_products(groups: Iterable[Group], vocabularies: Vocabularies) -> bool:
    """Whether something that a demand asks for may be derived from two products together, so that neither of them alone
    tells whether it meets the demand."""
    characteristics = vocabularies.characteristics
    lines = (line for group in groups for line in group.lines)
    codes = (code for line in lines for code in senses_of(line.characteristic) or (line.characteristic or "",))
    return any(named_products(code, characteristics) for code in codes)


def _product_digest(record: ProductRecord, sentences: Iterable[SentenceRecord]) -> str:
    stated = sorted(record.values.items())
    return _digest(record.identification, *stated, record.unit_id, record.sensitive, *map(tuple, sentences))


def _digest(*parts: object) -> str:
    return blake2b(repr(parts).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
