"""A demand as alternatives of groups (1972 p.12-14, docs/language.md section 6)."""

from collections.abc import Sequence
from typing import NamedTuple

from vkd_catalog.agreement import plural_of
from vkd_catalog.coding import SEVERAL, CodedDescription, CodedSentence, Term, senses_of
from vkd_catalog.vocabulary import Concept, Vocabularies
from vkd_grammar.sentences import groups
from vkd_grammar.times import Time


class DemandLine(NamedTuple):
    """One line of a demand; `time` is None for don't-care. A negated line names what no member of a cover may match."""

    line: int
    object_type: Term
    name: Term
    characteristic: Term
    time: Time | None
    negated: bool


class Group(NamedTuple):
    """Lines that must be answered together, numbered from 1; the groups of a demand are alternatives.

    `lines` are as they are read, `written` as they stand.
    """

    number: int
    lines: tuple[DemandLine, ...]
    written: tuple[DemandLine, ...]

    @property
    def asked(self) -> tuple[DemandLine, ...]:
        """The lines that are not negated."""
        return tuple(line for line in self.lines if not line.negated)


def codes_in(term: Term) -> tuple[str, ...]:
    """The codes that a term stands for; of what is no code the term itself, none where no meaning is known."""
    return senses_of(term) or ((term,) if term else ())


def groups_of(demand: CodedDescription, vocabularies: Vocabularies) -> tuple[Group, ...]:
    """The groups: `E` parts them, `O` and `N` bind tighter and alike, and `N` negates the line after it."""
    found: list[Group] = []
    for number, group in enumerate(groups(demand.sentences, lambda sentence: sentence.operator), start=1):
        lines = tuple(_line(sentence, negated) for sentence, negated in group)
        found.append(Group(number, as_read(lines, vocabularies), lines))
    return tuple(found)


def as_read(lines: Sequence[DemandLine], vocabularies: Vocabularies) -> tuple[DemandLine, ...]:
    """The lines of a group, its singular aggregates read as plurals where one of them stands with a classification.

    1972's own example 4 writes the singular so; the other aggregate lines of the group are read alike.
    """
    if not any(_is_singular_with_classification(line, vocabularies) for line in lines):
        return tuple(lines)
    return tuple(line._replace(object_type=_plural(line.object_type, vocabularies)) for line in lines)


def _line(sentence: CodedSentence, negated: bool) -> DemandLine:
    return DemandLine(
        sentence.line, sentence.object_type, sentence.name, sentence.characteristic, sentence.time, negated
    )


def _is_singular_with_classification(line: DemandLine, vocabularies: Vocabularies) -> bool:
    names = (vocabularies.names.coded(code) for code in codes_in(line.name))
    is_singular = any(_singular_aggregate(code, vocabularies) for code in codes_in(line.object_type))
    return is_singular and any(name is not None and name.kind == "classification" for name in names)


def _plural(term: Term, vocabularies: Vocabularies) -> Term:
    """A term with plurals for its singular aggregates."""
    codes = [_plural_code(code, vocabularies) for code in codes_in(term)]
    return "".join(f"{SEVERAL}{code}" for code in codes) if senses_of(term) else codes[0] if codes else term


def _plural_code(code: str, vocabularies: Vocabularies) -> str:
    singular = _singular_aggregate(code, vocabularies)
    plural = plural_of(singular, vocabularies.object_types) if singular else None
    return plural.code if plural else code


def _singular_aggregate(code: str, vocabularies: Vocabularies) -> Concept | None:
    """The object type with a code, if it is a singular aggregate."""
    concept = vocabularies.object_types.coded(code)
    is_one = concept is not None and (concept.kind, concept.number) == ("aggregate", "singular")
    return concept if is_one else None
