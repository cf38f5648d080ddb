"""The populations of tables: a table of a register that nobody asks for answers at best `narrower` (docs/language.md
section 6)."""

from collections.abc import Collection, Iterable, Mapping

from vkd_catalog.coding import ANY, senses_of
from vkd_catalog.evaluation.concepts import is_plural_aggregate, plurals_of, rank_of, registers_in
from vkd_catalog.evaluation.demand import DemandLine
from vkd_catalog.evaluation.found import NARROWER
from vkd_catalog.evaluation.hits import Finding
from vkd_catalog.evaluation.readings import Table
from vkd_catalog.register import Ask, Codes, Finder
from vkd_catalog.vocabulary import Vocabularies


class Populations:
    """Knows the registers that the tables of one register's products are of."""

    def __init__(self, register: Finder, vocabularies: Vocabularies) -> None:
        self._register = register
        self._vocabularies = vocabularies

    def limit(self, found: Finding, table: Table) -> None:
        """Lets what was found for a line of a table say whose table it is, where no line of that table asks for it."""
        known: dict[str, Mapping[int, set[str]]] = {}
        for product, by_key in found.items():
            for key, hit in by_key.items():
                concept = self._vocabularies.object_types.coded(hit.sentence.object_type)
                if concept is None or not is_plural_aggregate(concept) or hit.beside:
                    continue
                if concept.unit not in known:
                    known[concept.unit] = self._stated_by_tables(concept.unit, found.keys())
                stated = known[concept.unit].get(product)
                foreign = self._foreign(stated, table, concept.unit) if stated else ()
                if foreign:
                    fields = max(hit.fields, NARROWER)
                    by_key[key] = hit._replace(rank=max(hit.rank, NARROWER), fields=fields, population=foreign)

    def _foreign(self, stated: Iterable[str], table: Table, unit: str) -> tuple[str, ...]:
        """Those of some registers that no line of a table asks for."""
        names = self._vocabularies.names
        asked = [term for line in table if self._may_be_of(line, unit) for term in senses_of(line.name) or (line.name,)]
        return tuple(sorted(code for code in stated if all(rank_of(names, term, code) is None for term in asked)))

    def _may_be_of(self, line: DemandLine, unit: str) -> bool:
        object_types = self._vocabularies.object_types
        concepts = [object_types.coded(code or "") for code in senses_of(line.object_type) or (line.object_type,)]
        return line.object_type == ANY or any(one is not None and one.unit == unit for one in concepts)

    def _stated_by_tables(self, unit: str, products: Collection[int]) -> dict[int, set[str]]:
        """The registers that the tables of a unit type are of which some products have."""
        plurals, registers = plurals_of(unit, self._vocabularies), registers_in(self._vocabularies)
        stated: dict[int, set[str]] = {}
        if plurals and registers:
            ask = Ask(Codes(plurals), Codes(registers), None, None)
            for product, sentence in self._register.find(ask, products):
                stated.setdefault(product, set()).add(sentence.name)
        return stated
