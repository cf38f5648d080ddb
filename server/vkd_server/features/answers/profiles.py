"""Which interest profiles a product meets, and what an edit of it gains and loses (1972 p.17).

A product meets a profile by the lines of it that it answers, by itself or by what is derived from it and a set that the
vocabulary names: what joint covers it would be part of, only running the profile tells.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from vkd_catalog.evaluation.demand import Group, groups_of
from vkd_catalog.languages import counted, say
from vkd_catalog.one_product import Among
from vkd_catalog.percolation import Met, Percolator
from vkd_server.features.answers.run import asked_in
from vkd_server.features.navigation.headings import headings

if TYPE_CHECKING:
    from vkd_catalog.catalogue import Catalogue
    from vkd_catalog.coding import CodedDescription
    from vkd_catalog.register import Finder
    from vkd_grammar.document import Document

_NAMED = 3
"""So many profiles a lens names."""

Json = dict[str, object]


class StandingDemand(NamedTuple):
    """An interest profile: who asks, the file and the line of its header there, from 1, and what is asked."""

    id: str
    path: str
    line: int
    groups: tuple[Group, ...]


class Meeting(NamedTuple):
    """A profile that a product meets: the lines it answers, and whether it answers all of an alternative by itself."""

    demand: StandingDemand
    lines: frozenset[int]
    whole: bool


Meetings = Mapping[str, Meeting]
"""The profiles that a product meets, by the key they are kept under."""


class Effect(NamedTuple):
    """What an unsaved edit of a product does: profiles with the lines it answers only now, or answers no more."""

    product: str
    meets: tuple[Meeting, ...]
    gained: tuple[Meeting, ...]
    lost: tuple[Meeting, ...]


class Profiles:
    """The interest profiles of some documents, by what they ask for; those with errors are left out."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._percolator = Percolator(catalogue.vocabularies)
        self._demands: dict[str, StandingDemand] = {}

    def __len__(self) -> int:
        return len(self._demands)

    def add(self, document: Document, index: int, path: str) -> None:
        """Puts in one description of a document, if it can be run; none is put in twice."""
        asked = asked_in(document, index, path, self._catalogue)
        if asked is not None and asked.runnable:
            groups = groups_of(asked.demand, self._catalogue.vocabularies)
            key = f"{asked.path}:{asked.line}"
            self._demands[key] = StandingDemand(asked.id, asked.path, asked.line, groups)
            self._percolator.add(key, groups, asked.demand.technical.archive)

    def met_by(self, product: CodedDescription, others: Finder | None = None) -> dict[str, Meeting]:
        """The profiles that a product meets among others, where it takes the place of what has its identification.

        Without others, nothing is derived from two sets.
        """
        record, sentences = self._catalogue.as_registered(product, "", 0)
        among = Among(record.identification, sentences, others) if others is not None else None
        found: dict[str, Meeting] = {}
        for waiter, met in self._percolator.met_by(sentences, record.values, among).items():
            demand = self._demands[waiter.profile]
            meeting = _meeting(demand, demand.groups[waiter.group - 1], met)
            had = found.get(waiter.profile)
            if meeting is not None:
                found[waiter.profile] = _joined(had, meeting) if had else meeting
        return found


def profiles_in(document: Document, catalogue: Catalogue) -> Iterator[int]:
    """The indices of a document's descriptions that are interest profiles."""
    for heading in headings(document):
        if heading.kind == "demand":
            coded = catalogue.coder.code(document.descriptions[heading.number])
            if coded.technical.profile:
                yield heading.number


def effect_of(product: str, now: Meetings, before: Meetings) -> Effect:
    """The effect of an edit of a product: the profiles that it meets now, compared with those that it met before."""
    return Effect(product, _sorted(now.values()), _beyond(now, before), _beyond(before, now))


def in_short(effect: Effect, language: str) -> str:
    """The effect of an edit in one line of text: how many profiles the product meets, and which it gains and loses."""
    words = [counted("profile.meets", len(effect.meets), language)]
    if effect.meets:
        whole = sum(meeting.whole for meeting in effect.meets)
        words[0] += f" ({say('profile.wholly', language, count=whole)})"
    for texts, meetings in (("profile.gained", effect.gained), ("profile.lost", effect.lost)):
        if meetings:
            words.append(say(texts, language, profiles=_named(meetings)))
    return " · ".join(words)


def as_markdown(effect: Effect, language: str) -> str:
    """The effect as a page: every profile with where it stands and the lines that are answered."""
    from vkd_catalog.message.as_markdown import escaped

    lines = [f"# {escaped(effect.product)}", "", escaped(in_short(effect, language))]
    for heading, meetings in (
        ("profile.met", effect.meets),
        ("profile.newly", effect.gained),
        ("profile.no-more", effect.lost),
    ):
        if meetings:
            lines += ["", f"## {say(heading, language)}", ""]
            lines += [f"- {escaped(_meeting_text(meeting, language))}" for meeting in meetings]
    return "\n".join(lines) + "\n"


def as_json(effect: Effect) -> Json:
    """The effect as plain data; `line` is the header's, from 1, `lines` those of the profile that are answered."""
    return {
        "product": effect.product,
        "meets": list(map(_meeting_as_json, effect.meets)),
        "gained": list(map(_meeting_as_json, effect.gained)),
        "lost": list(map(_meeting_as_json, effect.lost)),
    }


def _meeting(demand: StandingDemand, group: Group, met: Met) -> Meeting | None:
    """The profile that a product meets by a group of its lines; None where it is excluded, or answers nothing that is
    asked."""
    own = met.lines - met.joint
    if any(line.negated and line.line in own for line in group.lines):
        return None
    asked = {line.line for line in group.asked}
    lines = (met.lines | met.computable) & asked
    return Meeting(demand, lines, own | met.computable >= asked) if lines else None


def _joined(one: Meeting, other: Meeting) -> Meeting:
    return Meeting(one.demand, one.lines | other.lines, one.whole or other.whole)


def _beyond(some: Meetings, others: Meetings) -> tuple[Meeting, ...]:
    """The profiles of some meetings with only those lines that the others do not have."""
    found: list[Meeting] = []
    for key, meeting in some.items():
        had = others.get(key)
        lines = meeting.lines - had.lines if had else meeting.lines
        if lines:
            found.append(meeting._replace(lines=lines))
    return _sorted(found)


def _sorted(meetings: Collection[Meeting]) -> tuple[Meeting, ...]:
    """The meetings with wholly answered profiles first, then by the demand's identification."""
    return tuple(sorted(meetings, key=lambda one: (not one.whole, one.demand[:3])))


def _named(meetings: Sequence[Meeting]) -> str:
    names = ", ".join(meeting.demand.id for meeting in meetings[:_NAMED])
    return f"{names}, …" if len(meetings) > _NAMED else names


def _meeting_text(meeting: Meeting, language: str) -> str:
    lines = ", ".join(map(str, sorted(meeting.lines)))
    extent = say("profile.whole" if meeting.whole else "profile.part", language, lines=lines)
    return f"{meeting.demand.id} ({meeting.demand.path}:{meeting.demand.line}): {extent}"


def _meeting_as_json(meeting: Meeting) -> Json:
    demand = meeting.demand
    return {
        "profile": demand.id,
        "path": demand.path,
        "line": demand.line,
        "lines": sorted(meeting.lines),
        "whole": meeting.whole,
    }
