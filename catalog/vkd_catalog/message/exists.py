"""Part 1: what exists, line by line, with grade and linkage."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from vkd_catalog.evaluation.demand import DemandLine, Group
from vkd_catalog.evaluation.found import GRADES, Cover, Grade, Linkage, Match, Verdict
from vkd_catalog.evaluation.matching import Matcher
from vkd_catalog.message.lead import members, must_be_linked
from vkd_catalog.message.matter import Matter
from vkd_catalog.message.message import Block, Heading, Item, Items, Paragraph
from vkd_catalog.message.reasons import linkage_reasons
from vkd_catalog.message.senses import by_sense
from vkd_catalog.message.summary import summary
from vkd_catalog.message.text import Reference, Text, capitalised, phrase, to_product
from vkd_catalog.message.years import in_ranges, years_of
from vkd_catalog.register import SentenceRecord
from vkd_grammar.words import fold

_MOST_PAIRS = 3
"""So many pairs with the same grounds for linkage are told one by one."""

_MOST_SENTENCES = 3
"""How many sentences of one product are listed under one line of the demand."""


class Numbered(NamedTuple):
    """A match, the number of its product in the register, and the grade that it gives together with other editions of a
    collection; empty where it gives its own."""

    number: int
    match: Match
    together: Grade | Literal[""] = ""

    @property
    def grade(self) -> Grade:
        """What it gives in the answers that are shown."""
        return self.together or self.match.grade


_Grounds = tuple[Verdict, tuple[str, ...]]
"""A verdict on linkage and the keys of its reasons."""


def exists(matter: Matter) -> Iterator[Block]:
    """Every answer with how its members hang together, then every line with what answers it.

    Where don't-care fields were asked, or answers are left out, how many are of which kind comes between.
    """
    if matter.answer.status == "invalid":
        yield Paragraph(matter.wording.say("could-not-be-run"))
        return
    if matter.covers:
        yield Heading(matter.wording.say("answers"))
        yield Items(tuple(_answers(matter)))
    if len(matter.covers) < len(matter.answer.covers):
        shown, count = len(matter.covers), len(matter.answer.covers)
        yield Paragraph(matter.wording.say("answers-shown", shown=shown, count=count))
    yield from by_sense(matter)
    yield from summary(matter)
    matcher = Matcher(matter.catalogue.register, matter.catalogue.vocabularies)
    for group in matter.groups:
        heading = "line-by-line" if len(matter.groups) == 1 else "alternative"
        yield Heading(matter.wording.say(heading, number=group.number))
        yield Items(tuple(_line(matter, group, line, matcher) for line in group.lines))


def _line(matter: Matter, group: Group, line: DemandLine, matcher: Matcher) -> Item:
    wording = matter.wording
    label = wording.say("line", line=line.line)
    if line.negated:
        return Item(label, wording.say("excludes", asked=wording.asked(line)))
    covers = [cover for cover in matter.covers if cover.group == group.number]
    matches = _of_covers(matter, covers, line) if covers else _of_register(matter, line, matcher)
    by_product: dict[str, list[Numbered]] = {}
    for numbered in matches:
        by_product.setdefault(numbered.match.product, []).append(numbered)
    return Item(label, wording.asked(line), tuple(_matching(matter, line, list(by_product.values()))))


def _of_covers(matter: Matter, covers: Sequence[Cover], line: DemandLine) -> list[Numbered]:
    together: dict[str, Grade] = {}
    for cover in covers:
        for member in cover.candidates:
            if len(member.products) > 1:
                grade = cover.grades[line.line]
                together |= {name: min(grade, together.get(name, grade), key=GRADES.index) for name in member.products}
    found = []
    for match in dict.fromkeys(match for cover in covers for match in cover.lines[line.line]):
        grade = together.get(match.product, match.grade)
        is_better = GRADES.index(grade) < GRADES.index(match.grade)
        found.append(Numbered(matter.answer.products[match.product].number, match, grade if is_better else ""))
    return sorted(found, key=_rank)


def _of_register(matter: Matter, line: DemandLine, matcher: Matcher) -> list[Numbered]:
    """What answers a line by itself, where no cover of its group is shown, without what the archive asked for bars."""
    register = matter.catalogue.register
    near = matter.answer.near_misses
    barred = {miss.product for miss in near if miss.kind == "archive" and miss.line == line.line}
    found = [
        Numbered(number, Match(register.product(number).identification, hit.line, hit.grade))
        for number, hits in matcher.hits(line).items()
        for hit in hits
    ]
    return sorted((one for one in found if one.match.product not in barred), key=_rank)


def _rank(one: Numbered) -> tuple[int, str, int]:
    return GRADES.index(one.grade), one.match.product, one.match.line


def _matching(matter: Matter, line: DemandLine, products: Sequence[Sequence[Numbered]]) -> Iterator[Item]:
    wording = matter.wording
    if not products:
        yield Item("", wording.say(f"unanswered-{matter.answer.asked}"))
    told = list(_told_together(matter, line, products))
    for some in told[: matter.options.limit]:
        if len(some) == 1:
            yield from _of_product(matter, line, some[0])
        else:
            yield _of_editions(matter, line, some, products)
    more = sum(len(some) for some in told[matter.options.limit :])
    if more:
        yield Item("", wording.count("more-products", more))


def _told_together(
    matter: Matter, line: DemandLine, products: Sequence[Sequence[Numbered]]
) -> Iterable[Sequence[Sequence[Numbered]]]:
    """The products that answer a line, those together that are editions of one collection and say the same of different
    years at the same place."""
    together: dict[object, list[Sequence[Numbered]]] = {}
    for matches in products:
        one = matches[0]
        sentence = matter.sentences(one.number)[one.match.line]
        collection = matter.collection_of(one.match.product)
        key: object = one.number
        if collection and len(matches) == 1 and any(True for _ in years_of(sentence, line.time)):
            key = fold(collection), one.match.line, _graded(matter, line, one, sentence, timed=False)
        together.setdefault(key, []).append(matches)
    return together.values()


def _of_editions(
    matter: Matter, line: DemandLine, editions: Sequence[Sequence[Numbered]], products: Sequence[Sequence[Numbered]]
) -> Item:
    """Editions of a collection that answer a line alike: by their years, with the words of the first. Where no other of
    the `products` is one, what they give together is what these give."""
    first, sentences = editions[0][0], [matter.sentences(one.number)[one.match.line] for one, *_ in editions]
    collection = matter.collection_of(first.match.product)
    every = [one for one, *_ in products if fold(matter.collection_of(one.match.product)) == fold(collection)]
    if len(every) == len(editions):
        first = Numbered(first.number, first.match._replace(grade=first.grade))
    years = in_ranges(year for sentence in sentences for year in years_of(sentence, line.time))
    words = matter.wording.say("product-line", product=f"{collection} {years}", line=first.match.line)
    text = _graded(matter, line, first, sentences[0], timed=False)
    return Item(Reference(words, "sentence", first.match.product, first.match.line), text)


def _of_product(matter: Matter, line: DemandLine, matches: Sequence[Numbered]) -> Iterator[Item]:
    """A product's sentences that answer a line best, and how many more there are."""
    listed = [one for one in matches if one.grade == matches[0].grade][:_MOST_SENTENCES]
    sentences = matter.sentences(matches[0].number)
    for one in listed:
        match = one.match
        text = _graded(matter, line, one, sentences[match.line])
        if one is listed[-1] and len(matches) > len(listed):
            text = matter.wording.count("and-more", len(matches) - len(listed), text=text)
        words = matter.wording.say("product-line", product=match.product, line=match.line)
        yield Item(Reference(words, "sentence", match.product, match.line), text)


def _graded(matter: Matter, line: DemandLine, one: Numbered, sentence: SentenceRecord, *, timed: bool = True) -> str:
    """How well a sentence answers a line, what it says where that is in other words than the line's (the time too where
    it is to be `timed`), and whose table it stands in where nobody asked."""
    wording, match = matter.wording, one.match
    grade, says = wording.say(f"line-{one.grade}"), wording.said_otherwise(line, sentence, timed=timed)
    if one.together:
        grade = wording.say("line-together", grade=grade)
    text = f"{grade}: {says}" if says else grade
    if not match.population:
        return text
    names = [wording.term(matter.catalogue.vocabularies.names, code) for code in match.population]
    return f"{text}; {wording.say('of-population', population=wording.few(names))}"


def _answers(matter: Matter) -> Iterator[Item]:
    """The answers that are shown; grounds for linkage that an earlier answer gave are not given in full again."""
    told: dict[_Grounds, int] = {}
    for place, cover in enumerate(matter.covers):
        yield _answer(matter, place, cover, told)
        for pair in cover.linkage:
            told.setdefault(_grounds(pair), place)


def _answer(matter: Matter, place: int, cover: Cover, told: Mapping[_Grounds, int]) -> Item:
    wording = matter.wording
    who = members(matter, cover)
    if len(cover.candidates) > 1:
        who = wording.say("together", products=who)
    below = (*_lacking(matter, cover), *_linkage(matter, cover.linkage, told), *_held_for(matter, cover))
    return Item(matter.answer_label(place), phrase(who, ": ", wording.say(f"grade-{cover.grade}")), below)


def _lacking(matter: Matter, cover: Cover) -> Iterator[Item]:
    """The periods of a series that nothing answers, line by line."""
    for line, periods in cover.lacks.items():
        text = matter.wording.say("lacks", periods=matter.wording.few(periods))
        yield Item("", f"{matter.wording.say('line', line=line)}: {text}")


def _held_for(matter: Matter, cover: Cover) -> Iterator[Item]:
    """That an answer of linked sets holds for the units that all its populations have (1972 p.14)."""
    if not must_be_linked(cover):
        return
    linked = {name for pair in cover.linkage if not pair.across for name in (pair.a, pair.b)}
    found: dict[str, None] = {}
    for matches in cover.lines.values():
        for match in matches:
            if match.product in linked:
                sentence = matter.sentences(matter.answer.products[match.product].number)[match.line]
                found[matter.wording.term(matter.catalogue.vocabularies.names, sentence.name)] = None
    if len(found) > 1:
        yield Item("", matter.wording.say("joint-units", populations=matter.wording.few(list(found))))


def _linkage(matter: Matter, pairs: Sequence[Linkage], told: Mapping[_Grounds, int]) -> Iterator[Item]:
    """Which pairs of an answer can be linked, and why; those for which it is the same are told together."""
    wording = matter.wording
    alike: dict[tuple[bool, _Grounds], list[Linkage]] = {}
    for pair in pairs:
        alike.setdefault((pair.across, _grounds(pair)), []).append(pair)
    for some in alike.values():
        if len(some) > 1 and len(some) == len(pairs):
            yield Item("", capitalised(_linked(matter, wording.say("all-pairs"), some[0], told)))
            continue
        named = [wording.all_of([to_product(pair.a), to_product(pair.b)]) for pair in some]
        if len(named) <= _MOST_PAIRS:
            yield from (Item("", _linked(matter, name, pair, told)) for name, pair in zip(named, some, strict=True))
        else:
            yield Item("", _linked(matter, wording.few(named), some[0], told))


def _linked(matter: Matter, who: Text, pair: Linkage, told: Mapping[_Grounds, int]) -> Text:
    wording = matter.wording
    had = told.get(_grounds(pair))
    key = f"across-{pair.verdict}" if pair.across else f"linked-{pair.verdict}"
    if had is not None:
        return wording.say(key, pair=who, reasons=wording.say("same-reasons", number=had + 1))
    reasons = [
        wording.say("reason-unknown", reason=reason) if pair.rules[rule] == "unknown" else reason
        for rule, reason in linkage_reasons(pair, matter.answer.language)
    ]
    return wording.say(key, pair=who, reasons="; ".join(reasons))


def _grounds(pair: Linkage) -> _Grounds:
    return pair.verdict, pair.reasons
