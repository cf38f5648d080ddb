"""The answers counted by what a word of several senses means in them."""

from collections import Counter
from collections.abc import Iterator

from vkd_catalog.coding import senses_of
from vkd_catalog.evaluation.demand import DemandLine
from vkd_catalog.message.matter import Matter
from vkd_catalog.message.message import Block, Item, Items

_MOST_COVERS = 5000
"""So many answers are looked at one by one to be counted; where there are more nothing is said."""


def by_sense(matter: Matter) -> Iterator[Block]:
    """For each line with such a word how many answers there are in each of its senses."""
    covers = matter.answer.covers
    lines = [line for group in matter.groups for line in group.asked if _senses(line)]
    if not lines or not 0 < len(covers) <= _MOST_COVERS:
        return
    counts: dict[int, Counter[str]] = {line.line: Counter() for line in lines}
    for cover in covers:
        for line in counts.keys() & cover.lines.keys():
            counts[line].update({match.sense for match in cover.lines[line]})
    yield Items(tuple(_counted(matter, line, counts[line.line]) for line in lines))


def _senses(line: DemandLine) -> tuple[int, tuple[str, ...]] | None:
    """The place of the first field that is a word of several senses, and these."""
    terms = enumerate((line.object_type, line.name, line.characteristic))
    return next(((place, senses) for place, term in terms if (senses := senses_of(term))), None)


def _counted(matter: Matter, line: DemandLine, counts: Counter[str]) -> Item:
    wording = matter.wording
    place, senses = _senses(line) or (0, ())
    vocabulary = matter.catalogue.vocabularies.four[place]
    ordered = sorted(senses, key=lambda code: -counts[code])
    told = [
        wording.say("sense", word=wording.term(vocabulary, code), code=code, count=counts[code]) for code in ordered
    ]
    return Item(wording.say("line", line=line.line), wording.say("by-sense", senses=wording.few(told)))
