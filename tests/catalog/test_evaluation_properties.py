"""Evaluation against brute force, and the laws it keeps, on small random catalogues and demands.

Everything goes the whole way: vocabularies, products and demands are written as files in random spellings, read by the
project's own readers, registered and evaluated. `VKD_EXAMPLES` says how many examples each test tries.
"""

from collections.abc import Iterable, Iterator
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from tests.catalog import oracle
from tests.catalog.asking import ask, opened, tried
from tests.catalog.oracle import Line, NearMiss, Oracle, Pair
from tests.catalog.oracle_lines import ANY, codes_above, days
from tests.catalog.oracle_lines import Catalogue as Meanings
from tests.catalog.worlds import CODED, Demand, World, worlds
from tests.catalog.writing import words_of
from vkd_catalog.evaluation import Answer, Cover, Why
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
            answer = ask(catalogue, demand, random)
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
                check_why(answer.why, demand, judge)


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


def check_why(why: Why, demand: Demand, judge: Oracle) -> None:
    """Any minimal failing set will do, all maximal succeeding ones must be there, and every edit is tried."""
    written, *others = demand.groups()
    group = judge.as_read(written)
    assert judge.fails_minimally(tuple(line for line in group if line.number in why.failing))
    assert {frozenset(lines) for lines in why.succeeding} == judge.succeeding(group)
    assert len(set(why.succeeding)) == len(why.succeeding)
    beside = [line.spec for other in others for line in other]
    found = {(line, field, meant(field, to)): covers for line, field, to, covers in why.relaxations}
    assert len(found) == len(why.relaxations)
    expected = {}
    for line, field, to, edited in edits(written, judge.catalogue, found):
        specs = [*(line.spec for line in edited), *beside]
        count = len(judge.covers(judge.as_read(edited))) if judge.agrees(specs) else 0
        if count:
            expected[line, field, to] = count
    assert found == expected


def meant(field: str | None, to: str | None) -> str | None:
    """What an edit puts into a field: a code, ANY or a time."""
    if to == "-":
        return ANY
    return to if field in (None, "time") else CODES[f"{field}s", fold(str(to).replace("\\/", "/"))]


def edits(
    group: tuple[Line, ...], catalogue: Meanings, found: Iterable[tuple[int, str | None, str | None]]
) -> Iterator[tuple[int, str | None, str | None, tuple[Line, ...]]]:
    """Every edit of docs/language.md section 6, as a key of the relaxations and the lines then; wider times are those found, if wider."""
    for place, line in enumerate(group):
        rest = group[:place] + group[place + 1 :]
        yield line.number, None, None, rest
        if line.negated:
            continue
        for field, column, vocabulary in (
            ("object-type", "object_type", catalogue.object_types),
            ("name", "name", catalogue.names),
            ("characteristic", "characteristic", catalogue.characteristics),
        ):
            code = getattr(line.spec, column)
            entry = vocabulary.get(code)
            others = {*codes_above(code)[:1], *(entry.see_also if entry else ()), ANY} - {code}
            for other in others if code != ANY else ():
                edited = line._replace(spec=line.spec._replace(**{column: other}))
                yield line.number, field, other, (*group[:place], edited, *group[place + 1 :])
        asked = line.spec.time
        for time in {ANY, *(str(to) for number, field, to in found if (number, field) == (line.number, "time"))}:
            if asked != ANY and (time == ANY or days(asked) < days(time)):
                spec = line.spec._replace(time=time)
                yield line.number, "time", time, (*group[:place], line._replace(spec=spec), *group[place + 1 :])
