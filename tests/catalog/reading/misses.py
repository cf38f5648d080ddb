"""Near misses (docs/language.md section 6): which there must be, and which there may be.

What a sentence that fails in several fields is called is not laid down, so that only what fails in one must be told.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from tests.catalog.reading import days
from tests.catalog.reading.concepts import Relations, above
from tests.catalog.reading.days import parse
from tests.catalog.reading.facts import ANY, CONTAINED, Demand, Line, Product, Sentence
from tests.catalog.reading.group import Group
from tests.catalog.reading.matching import Hit, Matcher, own_grade

BROADER = {"object_type": "broader-object-type", "name": "broader-name", "characteristic": "broader-characteristic"}
MOST = 3
"""How many of other times, and of other names, are told of a line at most."""


class Miss(NamedTuple):
    """A sentence that nearly answers a line."""

    group: int
    line: int
    product: str
    product_line: int
    kind: str


def misses_that_differ(matcher: Matcher, demand: Demand, got: dict[str, Any]) -> str:
    """What is wrong with the near misses of an answer; nothing where all is as it must be."""
    told = {Miss(*(one[field] for field in Miss._fields)) for one in got["near_misses"]}
    for number, lines in enumerate(demand.groups(), start=1):
        group = Group(matcher, lines, demand, number)
        for line in group.lines:
            of_line = {one for one in told if (one.group, one.line) == (number, line.number)}
            difference = _of_line(matcher, group, line, of_line)
            if difference:
                return f"near misses of line {line.number}: {difference}"
    return ""


def _of_line(matcher: Matcher, group: Group, line: Line, told: set[Miss]) -> str:
    for miss in told:
        if not _may_be(matcher, group, line, miss):
            return f"{miss} is none"
    for must in _must_be(matcher, group, line):
        if must not in {(one.product, one.kind) for one in told}:
            return f"{must} is missing among {sorted(told)}"
    if not any(group.hits(line, edition) for one in group.candidates for edition in one.editions):
        near = {kind: list(_near(matcher, group, line, kind)) for kind in ("other-time", "other-name")}
        for kind, found in near.items():
            had = [one for one in told if one.kind == kind]
            if (found and not had) or len(had) > MOST:
                return f"{kind}: reading {found}, vkd {had}"
    return ""


def _near(matcher: Matcher, group: Group, line: Line, kind: str) -> Iterator[tuple[str, int]]:
    """The sentences that match but for the time, or but for the name."""
    for candidate in group.candidates:
        for product in candidate.editions:
            for number, sentence in enumerate(product.sentences, start=1):
                if _is_near(matcher, group, line, product, sentence, kind):
                    yield product.identification, number


def _is_near(matcher: Matcher, group: Group, line: Line, product: Product, sentence: Sentence, kind: str) -> bool:
    if kind == "other-time":
        others = [line._replace(time=ANY)]
        if any(name != ANY and above(name) and above(sentence.name)[:1] == above(name)[:1] for name in line.name):
            others.append(line._replace(time=ANY, name=(sentence.name,)))
        if _is_flow_over(matcher, line, product, sentence):
            return False
    elif any(_is_like(matcher, sentence.name, name) for name in line.name) and not any(
        # What is broader than asked is told as that.
        matcher.names.is_at_or_below(name, sentence.name)
        for name in line.name
    ):
        others = [line._replace(name=(sentence.name,))]
    else:
        return False
    return any(
        hit.place[0] == product.identification
        and hit.sentence == sentence
        and not hit.is_beside
        and (_misses_in_time(line, hit) if kind == "other-time" else own_grade(line, hit) <= CONTAINED)
        for other in others
        for hit in Group(matcher, [other], group.demand).hits(other, product)
    )


def _misses_in_time(line: Line, hit: Hit) -> bool:
    """Whether a sentence that would do is of another time."""
    return hit.fields <= CONTAINED and days.grade(parse(line.time), hit.had) is None


def _is_like(matcher: Matcher, code: str, name: str) -> bool:
    """Whether a name may stand in: a register for a register, for classification or class one below the same top."""
    if name == ANY or name.startswith("="):
        return False
    kinds = matcher.names.of(code).kind, matcher.names.of(name).kind
    tops = [(above(one) or [one])[-1] for one in (code, name)]
    return kinds == ("register", "register") or (
        all(kind in ("classification", "class") for kind in kinds) and tops[0] == tops[1]
    )


def _must_be(matcher: Matcher, group: Group, line: Line) -> Iterator[tuple[str, str]]:
    """The products, and the kinds of miss, that there must be."""
    products = group.editions
    for product in matcher.catalogue.products:
        if not group.has_address(product) and group.hits(line, product) and not group.is_struck(product):
            yield product.identification, "archive"
    tables = [table for table in group.tables if line in table.lines and len(table.lines) > 1]
    anywhere = {one.identification for one in products}
    for table in tables:
        if not any(group.has_table(one, table, table.lines, anywhere) for one in products):
            for product in products:
                if any(group.area_of(hit)[0] == "aggregate" and not hit.is_beside for hit in group.hits(line, product)):
                    yield product.identification, "marginal-only"
    if any(group.hits(line, product) for product in products):
        return
    for product in products:
        for sentence in product.sentences:
            broader = _broader(matcher, line, sentence)
            if broader is not None and len(broader) == 1 and _time(matcher, line, product, sentence) is not None:
                yield product.identification, BROADER[broader[0]]
            if broader == [] and _is_flow_over(matcher, line, product, sentence):
                yield product.identification, "flow-too-long"


def _may_be(matcher: Matcher, group: Group, line: Line, miss: Miss) -> bool:
    """Whether a sentence is a near miss of a kind."""
    product = matcher.products[miss.product]
    sentence = product.sentences[miss.product_line - 1]
    hits = [hit for hit in group.hits(line, product) if hit.place == (miss.product, miss.product_line)]
    if miss.kind == "unlinkable":
        # What a characteristic is derived from in another set must be linked too.
        every = (hit for one in group.editions for hit in group.hits(line, one))
        return any(hit.place == (miss.product, miss.product_line) for hit in every)
    if miss.kind == "marginal-only":
        return bool(hits)
    if miss.kind == "archive":
        return bool(hits) and not group.has_address(product)
    if miss.kind in ("other-time", "other-name"):
        return not hits and (_is_near(matcher, group, line, product, sentence, miss.kind))
    if miss.kind == "flow-too-long":
        return not hits and _is_flow_over(matcher, line, product, sentence)
    broader = _broader(matcher, line, sentence)
    if broader is None and line.name[0].startswith("="):
        return miss.kind == "broader-object-type"
    return bool(broader) and miss.kind in {BROADER[field] for field in broader or ()}


def _broader(matcher: Matcher, line: Line, sentence: Sentence) -> list[str] | None:
    """The fields in which a sentence is broader than asked, None where one is something else."""
    found = []
    vocabularies: tuple[Relations, ...] = (matcher.objects, matcher.names, matcher.characteristics)
    kinds = {matcher.objects.of(code).kind for code in line.object_type if code != ANY}
    if kinds and matcher.objects.of(sentence.object_type).kind not in kinds:
        return None
    for field, relations in zip(BROADER, vocabularies, strict=True):
        asked, told = getattr(line, field), getattr(sentence, field)
        if any(relations.grade(code, told) is not None for code in asked):
            continue
        if not any(code != ANY and relations.is_below(code, told) for code in asked):
            return None
        found.append(field)
    return found


def _time(matcher: Matcher, line: Line, product: Product, sentence: Sentence) -> int | None:
    return days.grade(parse(line.time), matcher.had(sentence, product, line.characteristic[0]))


def _is_flow_over(matcher: Matcher, line: Line, product: Product, sentence: Sentence) -> bool:
    """Whether something accumulated stands over the edge of the time asked."""
    had = matcher.had(sentence, product, sentence.characteristic)
    asked = parse(line.time)
    overlaps = bool(days.union(piece.days for piece in had.pieces) & asked.days)
    return had.temporality == "accumulated" and overlaps and days.grade(asked, had) is None
