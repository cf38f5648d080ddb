"""Evaluation against brute force, and the laws it keeps, on small random catalogues and demands.

Everything goes the whole way: vocabularies, products and demands are written as files in random spellings, read by the
project's own readers, registered and evaluated. `VKD_EXAMPLES` says how many examples each test tries.
"""

import re
from collections.abc import Iterable, Iterator
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from tests.catalog import oracle
from tests.catalog.asking import HARMLESS, ask_text, opened, tried
from tests.catalog.meanings import ANY, Spec, codes_above
from tests.catalog.oracle import NearMiss, Oracle, Pair
from tests.catalog.oracle_lines import days
from tests.catalog.worlds import CODED, Demand, World, worlds
from tests.catalog.writing import demand_text, words_of
from vkd_catalog.catalogue import Catalogue
from vkd_catalog.evaluation import Answer, Cover, Why
from vkd_grammar.times import Mask, Span, read_time, time_as_written
from vkd_grammar.words import fold

CODES = {
    (vocabulary, fold(word)): code
    for vocabulary, entries in CODED.items()
    for code in entries
    for word in words_of(vocabulary, code)
}
"""The meaning of every word of the vocabularies."""


@tried
@given(worlds(), st.integers(0, 2**32))
def test_answers_are_those_of_brute_force(world: World, seed: int) -> None:
    random = Random(seed)
    with opened(world.catalogue, random) as catalogue:
        for demand in world.demands:
            judge = Oracle(world.catalogue, demand.archive, demand.max_sets)
            groups = [judge.as_read(group) for group in demand.groups()]
            expected = [(number, cover) for number, lines in enumerate(groups, 1) for cover in judge.covers(lines)]
            expected.sort(key=lambda one: (one[1].rank, one[0]))
            text = demand_text(demand.lines, demand.operators, demand.archive, random)
            answer, problems = ask_text(catalogue, text, demand.max_sets)
            assert problems <= HARMLESS
            assert [(cover.group, plain(cover)) for cover in answer.covers] == expected
            assert answer.status == ("found" if expected else "none")
            near = {(number, miss) for number, lines in enumerate(groups, 1) for miss in judge.near_misses(lines)}
            assert sorted(plain_misses(answer)) == sorted(near)
            assert set(answer.products) == {name for _, cover in expected for name in cover.members} | {
                name for _, miss in near for name in (miss.product, miss.beside) if name
            }
            check_facts(answer, world)
            unanswered = [judge.unanswered(lines) for lines in groups if not judge.covers(lines)]
            assert set(answer.to_observe) == set().union(*unanswered)
            assert (answer.why is None) == bool(expected)
            if answer.why:
                check_why(answer.why, demand, judge, text)
                check_promises(answer.why, demand, catalogue, text)


def plain(cover: Cover) -> oracle.Cover:
    """A cover as the oracle writes it."""
    lines = {
        line: {(match.product, match.line): match.grade for match in matches} for line, matches in cover.lines.items()
    }
    pairs = tuple(Pair(pair.a, pair.b, tuple(pair.rules.values())) for pair in cover.linkage)
    return oracle.Cover(cover.members, cover.grade, lines, pairs)


def plain_misses(answer: Answer) -> list[tuple[int, NearMiss]]:
    """The near misses as the oracle writes them, with their groups."""
    return [
        (miss.group, NearMiss(miss.line, miss.product, miss.product_line, miss.kind, miss.beside or "", miss.rules))
        for miss in answer.near_misses
    ]


def check_facts(answer: Answer, world: World) -> None:
    """What an answer says of each product is what its description states."""
    for product in world.catalogue.products:
        facts = answer.products.get(product.identification)
        if facts:
            sensitive = {world.catalogue.characteristics[one.characteristic].sensitive for one in product.sentences}
            assert (facts.data or "", facts.doc or "", facts.access or "") == (
                product.data,
                product.doc,
                product.access,
            )
            assert facts.sensitive == ("yes" if "yes" in sensitive else "not assessed" if "" in sensitive else "no")


def check_why(why: Why, demand: Demand, judge: Oracle, text: str) -> None:
    """Any minimal failing set will do, all maximal succeeding ones must be there, and every edit is tried."""
    group = judge.as_read(demand.groups()[0])
    assert judge.fails_minimally(tuple(line for line in group if line.number in why.failing))
    assert {frozenset(lines) for lines in why.succeeding} == judge.succeeding(group)
    assert len(set(why.succeeding)) == len(why.succeeding)
    assert why.limit == judge.limit(group)
    found = {(line, field, meant(field, to)): covers for line, field, to, covers in why.relaxations}
    assert len(found) == len(why.relaxations)
    expected = {}
    for line, field, to, edited in edits(demand, dittos_in(text), judge, found):
        groups = edited.groups()
        agrees = all(judge.agrees([line.spec for line in group]) for group in groups)
        count = sum(len(judge.covers(judge.as_read(group))) for group in groups) if agrees else 0
        if count:
            expected[line, field, to] = count
    assert found == expected
    places = [(line, FIELDS.index(field) if field else len(FIELDS)) for line, field, _, _ in why.relaxations]
    assert places == sorted(places)


def check_promises(why: Why, demand: Demand, catalogue: Catalogue, text: str) -> None:
    """Every edit is made in the text, which then has the answers that were promised, and no errors."""
    for line, field, to, covers in why.relaxations:
        header, *lines = text.rstrip("\n").split("\n")
        fields = [re.split(r"(?<!\\)/", one) for one in lines]
        if field is None:
            spelled_out(fields, line)
            if line > 1 and fields[line - 2][5].strip() != "E":
                fields[line - 2][5] = fields[line - 1][5]
            del fields[line - 1]
            for number, one in enumerate(fields, start=1):
                one[0] = str(number)
        else:
            fields[line - 1][1 + FIELDS.index(field)] = f" {to} "
        edited = "\n".join([header, *("/".join(one) for one in fields), ""])
        answer, problems = ask_text(catalogue, edited, demand.max_sets)
        assert problems <= HARMLESS
        assert len(answer.covers) == covers


FIELDS = ("object-type", "name", "characteristic", "time")


def spelled_out(fields: list[list[str]], line: int) -> None:
    """Puts what they mean in place of the dittos right below a line."""
    for below in fields[line : line + 1]:
        for place in range(1, 5):
            if below[place].strip() == '"':
                below[place] = next(one[place] for one in reversed(fields[:line]) if one[place].strip() != '"')


def dittos_in(text: str) -> list[list[bool]]:
    """Which of each line's four fields are dittos."""
    lines = text.rstrip("\n").split("\n")[1:]
    return [[field.strip() == '"' for field in re.split(r"(?<!\\)/", line)[1:5]] for line in lines]


def meant(field: str | None, to: str | None) -> str | None:
    """What an edit puts into a field: a code, ANY or a time."""
    if to == "-":
        return ANY
    return to if field in (None, "time") else CODES[f"{field}s", fold(str(to).replace("\\/", "/"))]


def edits(
    demand: Demand, dittos: list[list[bool]], judge: Oracle, found: Iterable[tuple[int, str | None, str | None]]
) -> Iterator[tuple[int, str | None, str | None, Demand]]:
    """Every edit of section 6 of the first group, as a key of the relaxations and the demand then."""
    catalogue = judge.catalogue
    vocabularies = (catalogue.object_types, catalogue.names, catalogue.characteristics)
    for line in demand.groups()[0]:
        yield line.number, None, None, dropped(demand, line.number)
        for place, column in enumerate(Spec._fields) if not line.negated else ():
            asked = getattr(line.spec, column)
            if asked == ANY:
                continue
            if column == "time":
                others = {*other_times(line.spec, judge), ANY}
            else:
                entry = vocabularies[place].get(asked)
                others = {*codes_above(asked)[:1], *(entry.see_also if entry else ()), ANY} - {asked}
            for other in others:
                specs = list(demand.lines)
                for at in range(line.number - 1, len(specs)):
                    if at >= line.number and not dittos[at][place]:
                        break
                    specs[at] = specs[at]._replace(**{column: other})
                yield line.number, FIELDS[place], other, demand._replace(lines=tuple(specs))


def dropped(demand: Demand, number: int) -> Demand:
    """A demand without one line, which takes the operator before it along, or behind it where it begins a group."""
    lines, operators = list(demand.lines), list(demand.operators)
    if number > 1 and operators[number - 2] != "E":
        operators[number - 2] = operators[number - 1]
    del lines[number - 1], operators[number - 1]
    return demand._replace(lines=tuple(lines), operators="".join(operators))


def other_times(spec: Spec, judge: Oracle) -> Iterator[str]:
    """The year of a shorter time, and the nearest times there are, before and after, of what says the rest."""
    asked = days(spec.time)
    if is_mask(spec.time):
        return
    year = str(min(asked) // 10000)
    if asked < days(year):
        yield year
    times = set()
    for had in judge.catalogue.products:
        for place in judge.matches(spec._replace(time=ANY), had):
            sentence = had.sentences[place - 1]
            if judge.matcher.characteristics[sentence.characteristic].temporality != "fixed":
                times.add(sentence.time)
    before = [time for time in times if max(days(time)) < min(asked)]
    after = [time for time in times if min(days(time)) > max(asked)]
    if before:
        yield as_written(max(before, key=lambda time: (max(days(time)), min(days(time)))))
    if after:
        yield as_written(min(after, key=lambda time: (min(days(time)), max(days(time)))))


def is_mask(time: str) -> bool:
    """Whether some digits of a time are don't-care in a way that names several stretches."""
    return isinstance(read_time(time), Mask)


def as_written(time: str) -> str:
    """A time as a relaxation writes it: by its days, the shortest way."""
    period = read_time(time)
    assert isinstance(period, Span)
    return time_as_written(period)
