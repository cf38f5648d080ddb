"""A demand as alternatives of groups (1972 p.12-14, docs/language.md section 6)."""

from collections.abc import Sequence
from typing import NamedTuple

from vkd_catalog.agreement import plural_of
from vkd_catalog.coding import ANY, CodedDescription, CodedSentence, Term
from vkd_catalog.vocabulary import Vocabularies
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
    object_type = vocabularies.object_types.coded(line.object_type or "")
    name = vocabularies.names.coded(line.name or "")
    return (
        object_type is not None
        and name is not None
        and (object_type.kind, object_type.number) == ("aggregate", "singular")
        and name.kind == "classification"
    )


def _plural(term: Term, vocabularies: Vocabularies) -> Term:
    object_type = vocabularies.object_types.coded(term or "")
    if term == ANY or object_type is None or (object_type.kind, object_type.number) != ("aggregate", "singular"):
        return term
    plural = plural_of(object_type, vocabularies.object_types)
    return plural.code if plural else term
