"""Small demands worked out by hand, each from one sentence of docs/language.md section 6.

A product is its sentences, each its four fields with a blank between, and what it states; an answer is its grade and members.
The vocabulary: persons are A (one A.1) and their aggregates C (one C.1), firms E and G; R, S are registers, Y, Z, U00, U20
classifications, K has no kind. B and P have status, M is accumulated, V an event, D fixed; O, Q, X and I are divided by
classifications; F identifies everywhere, F2 is a pseudonym.
"""

from typing import Any, NamedTuple

from tests.catalog.reading.facts import Catalogue, Concept, Demand, Line, MappingRow, Product, Sentence

OBJECT_TYPES = {
    "A": Concept("individual", "plural", "person"),
    "A.1": Concept(number="singular"),
    "A.2": Concept(),
    "C": Concept("aggregate", "plural", "person"),
    "C.1": Concept(number="singular"),
    "E": Concept("individual", "plural", "firm"),
    "G": Concept("aggregate", "plural", "firm"),
    "G.1": Concept(number="singular"),
}
NAMES = {
    "R": Concept("register"),
    "R.1": Concept(),
    "R.1.1": Concept(),
    "R.2": Concept(see_also=("S",)),
    "S": Concept("register"),
    "Y": Concept("classification"),
    "Y.1": Concept("class"),
    "Y.1.1": Concept(),
    "Y.2": Concept("class"),
    "Z": Concept("classification"),
    "Z.1": Concept("class"),
    "U00": Concept("classification", valid_from="20000101", valid_to="20091231"),
    "U00.1": Concept("class"),
    "U20": Concept("classification", valid_from="20100101"),
    "U20.1": Concept("class"),
    "K": Concept(),
    "K.1": Concept(),
    "K.2": Concept("register"),
}
CHARACTERISTICS = {
    "B": Concept("individual"),
    "B.1": Concept(),
    "P": Concept("individual"),
    "M": Concept("individual", temporality="accumulated"),
    "M.1": Concept(),
    "V": Concept("individual", temporality="event"),
    "D": Concept("individual", temporality="fixed"),
    "F": Concept("individual", temporality="fixed", identifies="global"),
    "F2": Concept("individual", temporality="fixed", identifies="series"),
    "O": Concept("individual", classifications=("Y",)),
    "O2": Concept("individual", classifications=("Y",)),
    "I": Concept("individual", classifications=("Z",)),
    "Q": Concept("individual", classifications=("U00", "U20")),
    "X": Concept("individual", temporality="fixed", classifications=("Z",)),
    "Age": Concept("individual", derived_from=(("D",),)),
    "Both": Concept("individual", derived_from=(("B", "P"),)),
    "Either": Concept("individual", derived_from=(("B", "V"), ("P",))),
    "Chain": Concept("individual", derived_from=(("Age",),)),
    "There": Concept("individual", derived_from=(("B", "D@reg"),)),
    "N": Concept("aggregate", function="count"),
    "T": Concept("aggregate", temporality="accumulated", function="sum", of="M"),
    "L": Concept("aggregate"),
    "Mean": Concept("aggregate", function="mean", derived_from=(("N", "T"),)),
    "Top": Concept("aggregate", function="mean"),
}


class Case(NamedTuple):
    """What there is, what is asked, and the covers in their order, each as its grade and members."""

    sentence: str
    products: tuple[Product, ...]
    demand: Demand
    covers: tuple[str, ...]
    near: frozenset[tuple[str, str]] = frozenset()
    linkage: str = ""
    lacks: tuple[str, ...] = ()
    mappings: tuple[str, ...] = ()

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue that is asked."""
        rows = tuple(MappingRow(*row.split()) for row in self.mappings)
        return Catalogue(OBJECT_TYPES, NAMES, CHARACTERISTICS, self.products, rows)


def p(identification: str, *sentences: str, unit_id: str = "F", access: str = "open", **stated: str) -> Product:
    """A product description: sentences as `A R B 2020`."""
    return Product(
        identification,
        tuple(Sentence(*sentence.split()) for sentence in sentences),
        unit_id=tuple(tuple(one.split("+")) for one in unit_id.split(",") if one),
        access=access,
        **stated,
    )


def d(*lines: str, operators: str = "", max_sets: int = 3, archive: str = "both") -> Demand:
    """A demand; a field of two senses is written `R|S`."""
    rows = [line.split() for line in lines]
    return Demand(
        tuple(
            Line(number, tuple(a.split("|")), tuple(b.split("|")), tuple(c.split("|")), time)
            for number, (a, b, c, time) in enumerate(rows, start=1)
        ),
        operators or "O" * (len(lines) - 1) + ".",
        archive,
        max_sets,
    )


def _case(sentence: str, products: tuple[Product, ...], demand: Demand, *covers: str, **more: Any) -> Case:
    return Case(sentence, products, demand, covers)._replace(**more)


def _one(sentence: str, told: str, asked: str, grade: str, **more: Any) -> Case:
    """One product of some sentences, one line, and the grade of the answer; `none` where there is none."""
    product = p("p", *told.split(", "))
    return _case(sentence, (product,), d(asked), *(() if grade == "none" else (f"{grade} p",)), **more)


_YEARS = tuple(
    p(f"p{year}", f"A R M {year}", f"A R B {year}", f"A R D {year}", collection="c") for year in (2018, 2019, 2020)
)

FIELDS = (
    _one("the same concept is exact", "A R B 2020", "A R B 2020", "exact"),
    _one("one below it is narrower: object type", "A.2 R B 2020", "A R B 2020", "narrower"),
    _one("one below it is narrower: name", "A R.1 B 2020", "A R B 2020", "narrower"),
    _one("one below it is narrower: characteristic", "A R B.1 2020", "A R B 2020", "narrower"),
    _one("something broader is never a match", "A R B 2020", "A R.1 B 2020", "none", near={("broader-name", "p")}),
    _one(
        "something broader is a near miss: object type",
        "A R B 2020",
        "A.2 R B 2020",
        "none",
        near={("broader-object-type", "p")},
    ),
    _one(
        "something broader is a near miss: characteristic",
        "A R B 2020",
        "A R B.1 2020",
        "none",
        near={("broader-characteristic", "p")},
    ),
    _one("don't-care is every specification: name", "A R B 2020", "A - B 2020", "exact"),
    _one("don't-care is every specification: characteristic", "A R B 2020", "A R - 2020", "exact"),
    _one("don't-care is every specification: object type", "A R B 2020", "- R B 2020", "exact"),
    _one("individual and aggregate never match", "C Y N 2020", "- Y B 2020", "none"),
    _one("derived from one characteristic", "A R D 2020", "A R Age 2020", "derived"),
    _one("derived in turn", "A R D 2020", "A R Chain 2020", "derived"),
    _one("every part of one alternative", "A R B 2020", "A R Both 2020", "none"),
    _one("every part of one alternative is there", "A R B 2020, A R P 2020", "A R Both 2020", "derived"),
    _one("a part below", "A R B.1 2020, A R P 2020", "A R Both 2020", "derived"),
    _one("each part matches the same line", "A R B 2020, A S P 2020", "A R Both 2020", "none"),
    _one("another alternative", "A R P 2020", "A R Either 2020", "derived"),
    _case("every part in one set", (p("p", "A R B 2020"), p("q", "A R P 2020")), d("A R Both 2020")),
    _case(
        "a part in a named set, which must be in the cover too",
        (p("p", "A R B 2020"), p("reg", "A R D 2020"), p("q", "A R D 2020")),
        d("A R There 2020"),
        "derived p reg",
        linkage="yes",
    ),
    _case(
        "a part in a named set is counted as a member",
        (p("p", "A R B 2020"), p("reg", "A R D 2020")),
        d("A R There 2020", max_sets=1),
    ),
    _case(
        "a part in a named set stands there under whatever name",
        (p("p", "A R B 2020"), p("reg", "A S D 2020")),
        d("A R There 2020"),
        "derived p reg",
    ),
    _case(
        "a part in the set itself stands under the name asked for",
        (p("reg", "A S D 2020", "A R B 2020"),),
        d("A R There 2020"),
    ),
    _case("both parts in the named set", (p("reg", "A R D 2020", "A R B 2020"),), d("A R There 2020"), "derived reg"),
)

MAPPED = (
    _one("exactMatch makes two concepts one", "A R B 2020", "A R P 2020", "exact", mappings=("B exactMatch P",)),
    _one(
        "the times of one characteristic go together, also of two mapped exactly",
        "A R B 2018, A R P 2019",
        "A R B 2018..2019:A",
        "exact",
        mappings=("B exactMatch P",),
    ),
    _one("a broadMatch b puts b above a", "A R B 2020", "A R P 2020", "narrower", mappings=("B broadMatch P",)),
    _one("a broadMatch b does not put a above b", "A R P 2020", "A R B 2020", "none", mappings=("B broadMatch P",)),
    _one("narrowMatch puts below", "A R B 2020", "A R P 2020", "narrower", mappings=("P narrowMatch B",)),
    _one("closeMatch is close, both ways", "A R B 2020", "A R P 2020", "close", mappings=("B closeMatch P",)),
    _one("a chain with the codes", "A R B.1 2020", "A R P 2020", "narrower", mappings=("B exactMatch P",)),
    _one("a chain with one close step", "A R B.1 2020", "A R P 2020", "close", mappings=("B closeMatch P",)),
    _one(
        "of close a chain has one step at most",
        "A R B 2020",
        "A R V 2020",
        "none",
        mappings=("B closeMatch P", "P closeMatch V"),
    ),
    _one("relatedMatch is a see-also", "A R B 2020", "A R P 2020", "none", mappings=("B relatedMatch P",)),
)

TIMES = (
    _one("points equal to T", "A R B 20200101", "A R B 20200101", "exact"),
    _one("a stretch holds on every day in it", "A R B 2018..2021", "A R B 20200101", "exact"),
    _one("periods fill T without remainder", "A R B 2019..2020:A", "A R B 2019..2020", "exact"),
    _one("a point lies in a period", "A R B 20201101", "A R B 2020", "exact"),
    _one("a period lies in a period", "A R B 2020K1", "A R B 2020", "exact"),
    _one("a stretch meets a period", "A R B 20200615..20220101", "A R B 2020", "exact"),
    _one("U lies inside T, a stretch", "A R B 20191101", "A R B 2018..2020", "narrower"),
    _one("a stretch's days in T lie inside T", "A R B 2019..", "A R B 2018..2020", "narrower"),
    _one("a period contains T and is longer", "A R B 2020", "A R B 20200101", "wider"),
    _one("a series' period contains T", "A R B 2010..2020:A", "A R B 202003", "wider"),
    _one("periods stand over the edge of T", "A R B 2020U01", "A R B 2020", "partial"),
    _one("a period over the edge of a stretch", "A R B 2020", "A R B 20200701..20210630", "partial"),
    _one("not stated", "A R B ?", "A R B 2020", "unstated"),
    _one("a don't-care time is answered exactly by all", "A R B ?", "A R B -", "exact"),
    _one("another time is no match", "A R B 2019", "A R B 2020", "none", near={("other-time", "p")}),
    _one("a flow of the period itself", "A R M 2020", "A R M 2020", "exact"),
    _one("a flow inside T", "A R M 2020K1", "A R M 2020", "narrower"),
    _one(
        "a flow that is not inside T is a near miss",
        "A R M 2020",
        "A R M 2020K1",
        "none",
        near={("flow-too-long", "p")},
    ),
    _one("a flow over a longer stretch", "A R M 2018..2021", "A R M 2020", "none", near={("flow-too-long", "p")}),
    _one("pieces without gap or overlap", "A R M 2020K1..2020K4:K", "A R M 2020", "exact"),
    _one("pieces with a gap", "A R M 2020H1, A R M 2020K4", "A R M 2020", "narrower"),
    _one("pieces that overlap", "A R M 202001..202008, A R M 2020H2", "A R M 2020", "narrower"),
    _one("an event holds throughout", "A R V 2020", "A R V 202003", "exact"),
    _one("an event over a part of a period", "A R V 202003", "A R V 2020", "narrower"),
    _one("fixed matches every time", "A R D 20101101", "A R D 2020", "exact"),
    _one("fixed under don't-care only at the others' times", "A R D 2010, A S B 2018", "A R - 2020", "none"),
    _one("fixed under don't-care at the others' time", "A R D 2010, A S B 2020", "A R - 2020", "exact"),
    _one("fixed under don't-care at its own, all being fixed", "A R D 2020", "A R - 2020", "exact"),
    _one("a mask asks for any one of the days", "A R B 20191101", "A R B ----1101", "exact"),
    _one("the best day of a mask counts", "A R B 2019", "A R B ----1101", "wider"),
    _one("don't-care digits at the end name the interval", "A R B 2019", "A R B 201-----", "narrower"),
    _one("a series is asked for each period", "A R M 2018..2020:A", "A R M 2018..2020:A", "exact"),
    _one("periods that nothing answers", "A R M 2018..2019:A", "A R M 2018..2020:A", "partial", lacks=("2020",)),
    _one("of a series the worst grade counts", "A R M 2018, A R M 2019K1", "A R M 2018..2019:A", "narrower"),
    _one("where all lack there is no match", "A R M 2010", "A R M 2018..2019:A", "none"),
    _one("names may differ", "A R B 2018, A R.1 B 2019", "A R B 2018..2019", "narrower"),
    _one("of one characteristic", "A R B 2018, A R B.1 2019", "A R B 2018..2019", "narrower"),
    _one("an open series runs without end", "A R B 2018..:A", "A R B 2030", "exact"),
    _case("an open series runs to updated", (p("p", "A R B 2018..:A", updated="20200630"),), d("A R B 2020")),
)

BROADER = (
    _one("a class is a row of a table", "C Y N 2020", "C.1 Y.1 N 2020", "contained"),
    _one("a row, also where the figure is derived", "C Y N 2020, C Y T 2020", "C.1 Y.1 Mean 2020", "contained"),
    _one("a table of another unit has no such row", "G Y N 2020", "C.1 Y.1 N 2020", "none"),
    _case(
        "a register line beside a class is answered by the sentence that states it",
        (p("p", "C Y N 2020", "C R N 2020"),),
        d("C.1 Y.1 N 2020", "C.1 R N 2020"),
        "contained p",
    ),
    _one("a register alone, by a table over it", "C Y N 2020, C R N 2020", "C.1 R N 2020", "contained"),
    _one("a register alone, neither count nor sum", "C Y L 2020, C R L 2020", "C.1 R L 2020", "none"),
    _one("a class picked out of a register", "A R O 2020, A R B 2020", "A Y.1 B 2020", "selectable"),
    _one("picked out of the same register only", "A S O 2020, A R B 2020", "A Y.1 B 2020", "none"),
    _one("picked out at a matching time", "A R O 2010, A R B 2020", "A Y.1 B 2020", "none"),
    _one("the classification valid at the time", "A R Q 2020, A R B 2020", "A U20.1 B 2020", "selectable"),
    _one("a classification not valid at the time", "A R Q 2020, A R B 2020", "A U00.1 B 2020", "none"),
    _one("a population nobody asks for", "C Y N 2020, C R N 2020", "C Y N 2020", "narrower"),
    _case("a population asked for", (p("p", "C Y N 2020", "C R N 2020"),), d("C Y N 2020", "C R N 2020"), "exact p"),
    _case(
        "a don't-care name asks for it", (p("p", "C Y N 2020", "C R N 2020"),), d("C Y N 2020", "C - N 2020"), "exact p"
    ),
)

TABLES = (
    _case(
        "one edition matches all lines", (p("p", "C Y N 2020", "C Z N 2020"),), d("C Y N 2020", "C Z N 2020"), "exact p"
    ),
    _case(
        "separate margins are a near miss",
        (p("p", "C Y N 2020"), p("q", "C Z N 2020")),
        d("C Y N 2020", "C Z N 2020"),
        near=frozenset({("marginal-only", "p"), ("marginal-only", "q")}),
    ),
    _case(
        "lines by different sentences",
        (p("p", "C Y N 2020"),),
        d("C Y N 2020", "C Y N 2020"),
        near={("marginal-only", "p")},
    ),
    _case(
        "two sentences for two lines", (p("p", "C Y N 2020", "C Y N 2020"),), d("C Y N 2020", "C Y N 2020"), "exact p"
    ),
    _case(
        "only such editions count for the times",
        (
            p("a", "C Y N 2019", "C Z N 2019", collection="c"),
            p("b", "C Y N 2020", collection="c"),
        ),
        d("C Y N 2019..2020", "C Z N 2019..2020"),
        "narrower a",
    ),
    _case(
        "two tables by two sets",
        (p("p", "C Y N 2020"), p("q", "C Z T 2020")),
        d("C Y N 2020", "C Z T 2020"),
        "exact p q",
    ),
    _one("a count of the units", "A R O 2020", "C Y N 2020", "computable"),
    _one("a class of a classification", "A R O 2020", "C.1 Y.1 N 2020", "computable"),
    _one("a sum of what is there", "A R O 2020, A R M 2020", "C Y T 2020", "computable"),
    _one("a sum of what is not there", "A R O 2020, A R B 2020", "C Y T 2020", "none"),
    _one("no `of` but a mean", "A R O 2020", "C Y Top 2020", "none"),
    _one("no function", "A R O 2020", "C Y L 2020", "none"),
    _one("a register's own figure", "A R B 2020", "C.1 R N 2020", "computable"),
    _one("another time", "A R O 2010", "C Y N 2020", "none"),
    _one("fixed only at the times of the others", "A R X 2010, A R B 2020", "C Z N 2020", "computable"),
    _one("fixed not at any time", "A R X 2020, A R B 2010", "C Z N 2020", "none"),
    _case("two equal names need two characteristics", (p("p", "A R O 2020"),), d("C Y N 2020", "C Y N 2020")),
    _case(
        "two equal names have two",
        (p("p", "A R O 2020", "A R O2 2020"),),
        d("C Y N 2020", "C Y N 2020"),
        "computable p",
    ),
    _case(
        "in sentences that speak of the register",
        (p("p", "A S O 2020"), p("q", "A R O 2020")),
        d("C Y N 2020", "C R N 2020"),
        "computable q",
    ),
    _one("a singular aggregate with a classification is that plural", "C Y N 2020", "C.1 Y N 2020", "exact"),
    _case(
        "a don't-care object type is cross-classified too",
        (p("p", "C Y N 2020"), p("q", "C Z N 2020")),
        d("- Y N 2020", "- Z N 2020"),
    ),
    _case(
        "computable of the editions with the days",
        tuple(p(f"p{y}", f"A R O {y}", collection="c") for y in (2019, 2020, 2021)),
        d("C Y N 2019..2020"),
        "computable p2019 p2020",
    ),
)

EDITIONS = (
    _case("the editions put together", _YEARS, d("A R M 2018..2020"), "exact p2018 p2019 p2020"),
    _case("the smallest set of editions", _YEARS, d("A R M 2019"), "exact p2019"),
    _case("where time is not exact, the days that it has", _YEARS, d("A R M 2019..2022"), "narrower p2019 p2020"),
    _case("of several the first by latest day", _YEARS, d("A R D 2010"), "exact p2020"),
    _case("a don't-care time needs every edition", _YEARS, d("A R B -"), "exact p2018 p2019 p2020"),
    _case(
        "no collection: each by itself",
        tuple(one._replace(collection="") for one in _YEARS),
        d("A R B -"),
        "exact p2020",
        "exact p2019",
        "exact p2018",
    ),
    _case(
        "a negated line leaves out editions",
        (p("a", "A R B 2019", collection="c"), p("b", "A R B 2020", "A R P 2020", collection="c")),
        d("A R B -", "A R P -", operators="N."),
        "exact a",
    ),
    _case(
        "an address asked for leaves out editions",
        (p("a", "A R B 2019", collection="c", data="https://x.example/a"), p("b", "A R B 2020", collection="c")),
        d("A R B -", archive="data"),
        "exact a",
        near={("archive", "b")},
    ),
    _case(
        "negation at whatever grade",
        (p("a", "A R.1 B 2020", "A R P 2020"),),
        d("A R P 2020", "A R B 2020", operators="N."),
    ),
    _case(
        "alternatives each by itself",
        (p("a", "A R B 2020"), p("b", "A R P 2020")),
        d("A R B 2020", "A R P 2020", operators="E."),
        "exact a",
        "exact b",
    ),
)


def _pair(sentence: str, linkage: str, a: Product, b: Product, **more: Any) -> Case:
    """Two products, each with one of two characteristics, and whether they can be linked."""
    found = () if linkage == "no" else (f"exact {a.identification} {b.identification}",)
    near = {("unlinkable", a.identification), ("unlinkable", b.identification)} if linkage == "no" else frozenset()
    return _case(
        sentence,
        (a, b),
        d("A - B 2020", "A - P 2020"),
        *found,
        linkage="" if linkage == "no" else linkage,
        near=near,
        **more,
    )


LINKED = (
    _pair(
        "R2 yes: neither states a series and one identifies globally", "yes", p("a", "A R B 2020"), p("b", "A R P 2020")
    ),
    _pair("R2 unknown: no unit-id", "unknown", p("a", "A R B 2020", unit_id=""), p("b", "A R P 2020")),
    _pair("R2 no: none is shared", "no", p("a", "A R B 2020", unit_id="F2"), p("b", "A R P 2020")),
    _pair(
        "R2 no: series differ, also without unit-id",
        "no",
        p("a", "A R B 2020", unit_id="", series="s"),
        p("b", "A R P 2020", series="t"),
    ),
    _pair(
        "R2 yes: the same series",
        "yes",
        p("a", "A R B 2020", unit_id="F2", series="s"),
        p("b", "A R P 2020", unit_id="F2", series="s"),
    ),
    _pair("R2 unknown: one series only", "unknown", p("a", "A R B 2020", series="s"), p("b", "A R P 2020")),
    _pair(
        "R2 unknown: a pseudonym without series",
        "unknown",
        p("a", "A R B 2020", unit_id="F2"),
        p("b", "A R P 2020", unit_id="F2"),
    ),
    _pair("R2: one of several is shared", "yes", p("a", "A R B 2020", unit_id="F2,F"), p("b", "A R P 2020")),
    _pair("R2: two together are not one of them", "no", p("a", "A R B 2020", unit_id="F+F2"), p("b", "A R P 2020")),
    _pair("R3 no: two codes of one classification", "no", p("a", "A Y.1 B 2020"), p("b", "A Y.2 P 2020")),
    _pair("R3 yes: one above the other", "yes", p("a", "A Y.1 B 2020"), p("b", "A Y.1.1 P 2020")),
    _pair("R3 yes: registers may overlap", "yes", p("a", "A R.1 B 2020"), p("b", "A R.2 P 2020")),
    _pair(
        "R3 unknown: a name without kind begins as the other", "unknown", p("a", "A K.1 B 2020"), p("b", "A K.2 P 2020")
    ),
    _pair("R4 no: closed", "no", p("a", "A R B 2020", access="closed"), p("b", "A R P 2020")),
    _pair("R4 unknown: not stated", "unknown", p("a", "A R B 2020", access=""), p("b", "A R P 2020")),
    _case(
        "the best choice of members counts",
        (p("a", "A R B 2020"), p("b", "A R P 2020", "C Y N 2020", unit_id="F2"), p("c", "A R P 2020")),
        d("A R B 2020", "A R P 2020", "C Y N 2020"),
        "exact a b c",
        linkage="yes",
    ),
    _case(
        "linkage of editions of one collection that answer different lines",
        (p("a", "A R B 2019", collection="c", unit_id=""), p("b", "A R P 2020", collection="c")),
        d("A R B 2019", "A R P 2020"),
        "exact a b",
        linkage="unknown",
    ),
    _case(
        "different unit types need no linkage",
        (p("a", "A R B 2020", access="closed"), p("b", "E R B 2020", unit_id="F2")),
        d("A R B 2020", "E R B 2020"),
        "exact a b",
        linkage="yes",
    ),
    _case(
        "a don't-care object type does not switch linkage off",
        (p("a", "A R B 2020", access="closed"), p("b", "A R P 2020")),
        d("A R B 2020", "- R P 2020"),
        near={("unlinkable", "a"), ("unlinkable", "b")},
    ),
)

ORDERED = (
    _case("by grade", (p("a", "A R.1 B 2020"), p("b", "A R B 2020")), d("A R B 2020"), "exact b", "narrower a"),
    _case(
        "then by the number of candidates",
        (p("a", "A R B 2020"), p("b", "A R P 2020"), p("z", "A R B 2020", "A R P 2020")),
        d("A R B 2020", "A R P 2020"),
        "exact z",
        "exact a b",
    ),
    _case(
        "then linkage, yes before unknown",
        (p("a", "A R B 2020", access=""), p("b", "A R P 2020"), p("c", "A R B 2020")),
        d("A R B 2020", "A R P 2020"),
        "exact b c",
        "exact a b",
    ),
    _case(
        "then how far they speak of the same years",
        (p("a", "A R B 2019"), p("b", "A R P 2020"), p("c", "A R B 2020")),
        d("A R B -", "A R P -"),
        "exact b c",
        "exact a b",
    ),
    _case(
        "then the latest day",
        (p("a", "A R B 2019"), p("b", "A R B 2020"), p("c", "A R B ?")),
        d("A R B -"),
        "exact b",
        "exact a",
        "exact c",
    ),
    _case(
        "then how many products have the most used name",
        (p("a", "A S B 2020"), p("b", "A R B 2020"), p("c", "A R P 2020")),
        d("A - B 2020"),
        "exact b",
        "exact a",
    ),
    _case("then identifications", (p("b", "A R B 2020"), p("a", "A R B 2020")), d("A R B 2020"), "exact a", "exact b"),
    _case(
        "one of each set of names before a second of any",
        (p("a", "A R B 2020"), p("b", "A R B 2020"), p("c", "A S B 2020"), p("e", "A S B 2020")),
        d("A - B 2020"),
        "exact a",
        "exact c",
        "exact b",
        "exact e",
    ),
    _one("a sense stays that agrees with the other fields", "A R B 2020", "A R|Y B 2020", "exact"),
    _one("a sense stays that is valid at the time", "A U20.1 B 2020", "A U00.1|U20.1 B 2020", "exact"),
    _one("a sense that does not stay is not looked for", "A U00.1 B 2020", "A U00.1|U20.1 B 2020", "none"),
    _one("of several senses each is looked for", "A S B 2020", "A R|S B 2020", "exact"),
)

CASES = (*FIELDS, *MAPPED, *TIMES, *BROADER, *TABLES, *EDITIONS, *LINKED, *ORDERED)
