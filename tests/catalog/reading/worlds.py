"""Small random catalogues and demands, drawn so that they meet often and in every way that the reading knows.

Each is drawn from one number. What varies is the characteristics' times and derivations, the mappings, which products are editions
of a collection, and how far a line is from a sentence that there is.
"""

from collections.abc import Sequence
from random import Random
from typing import NamedTuple

from tests.catalog.reading.agreement import agrees
from tests.catalog.reading.cases import CHARACTERISTICS, NAMES, OBJECT_TYPES
from tests.catalog.reading.concepts import above
from tests.catalog.reading.facts import ANY, Catalogue, Concept, Demand, Line, MappingRow, Product, Sentence
from tests.catalog.reading.matching import Matcher

YEARS = (2018, 2019, 2020, 2021)
_SHORT = ("{}", "{}", "{}", "{}1101", "{}0101", "{}06", "{}K1", "{}H2", "{}U01")
_LONG = ("{}..{}:A", "{}..{}:K", "{}01..{}12:M", "{}..{}", "{}..", "..{}")
_ASKED = (
    "2018..2020",
    "2019..2020:A",
    "2018..2021:A",
    "----1101",
    "2020--01",
    "201-----",
    "2020",
    "20200301",
    ANY,
    ANY,
)

_INDIVIDUAL_NAMES = ("R", "R", "R", "R.1", "R.2", "S", "S", "Y.1", "Y.2", "Z.1", "K.1", "K.2")
_INDIVIDUAL = ("B", "B", "B.1", "P", "M", "M.1", "V", "D", "F", "O", "O2", "I", "Q", "X")
_DIVIDING = ("Y", "Y", "Z", "U20", "Y.1")
_FIGURES = ("N", "N", "T", "L")
_DERIVED = ("Age", "Both", "Either", "Chain", "There")
_PREDICATES = ("exactMatch", "broadMatch", "narrowMatch", "closeMatch", "closeMatch", "relatedMatch")

Row = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], str]
"""The four fields of a demand's line."""


class World(NamedTuple):
    """A catalogue and demands to it, which all allow the same number of sets."""

    catalogue: Catalogue
    demands: tuple[Demand, ...]


def world(seed: int, demands: int = 4) -> World:
    """The world of a number."""
    random = Random(seed)
    catalogue = Catalogue(
        OBJECT_TYPES, NAMES, _characteristics(random), tuple(_products(random)), tuple(_mappings(random))
    )
    matcher = Matcher(catalogue)
    max_sets = random.choice((3, 3, 3, 2, 1, 4))
    found: list[Demand] = []
    while len(found) < demands:
        demand = _demand(random, catalogue, max_sets)
        if agrees(matcher, demand):
            found.append(demand)
    return World(catalogue, tuple(found))


# Vocabularies


def _characteristics(random: Random) -> dict[str, Concept]:
    found = dict(CHARACTERISTICS)
    for code in ("P", "O2", "I"):
        found[code] = found[code]._replace(
            temporality=random.choice(("", "", "status", "event", "accumulated", "fixed"))
        )
    for code in ("Both", "Either"):
        if random.random() < 0.5:
            found[code] = found[code]._replace(derived_from=_derivation(random))
    found["B"] = found["B"]._replace(see_also=random.choice(((), ("P",), ("V",))))
    if random.random() < 0.2:
        found["P"] = found["P"]._replace(derived_from=_derivation(random))
    return found


def _derivation(random: Random) -> tuple[tuple[str, ...], ...]:
    parts = ("B", "P", "V", "D", "Age", "Both", "D@reg", "B@reg", "P@a2")
    return tuple(tuple(random.sample(parts, random.choice((1, 2, 2)))) for _ in range(random.choice((1, 1, 2))))


def _mappings(random: Random) -> list[MappingRow]:
    if random.random() < 0.5:
        return []
    pairs = (
        *((a, b) for a in ("B", "P", "V", "O") for b in ("B", "P", "V", "O2") if a != b),
        *((a, b) for a in ("R.1", "R.2", "S", "K.2") for b in ("S", "R.2") if a != b),
        ("Y.2", "Z.1"),
        ("Z", "Y"),
        ("U20.1", "Y.1"),
        ("A.2", "A"),
    )
    return [
        MappingRow(one, random.choice(_PREDICATES), other)
        for one, other in random.sample(pairs, random.choice((1, 1, 2, 3)))
    ]


# Products


def _products(random: Random) -> list[Product]:
    draw = random.choice((_sets, _sets, _tables, _sets_and_tables))
    found: list[Product] = []
    for place in range(random.randint(2, 5)):
        letter = "abcde"[place]
        product = draw(
            random,
            "reg" if random.random() < 0.15 and not any(one.identification == "reg" for one in found) else f"{letter}1",
        )
        found += _editions(random, product, letter) if random.random() < 0.45 else [product]
    return found


def _editions(random: Random, product: Product, letter: str) -> list[Product]:
    """The editions of a collection: the same sentences for other years, now and then one more or less."""
    found = []
    for number, year in enumerate(random.sample(YEARS, random.choice((2, 2, 3))), start=1):
        sentences = [one._replace(time=_moved(random, one.time, year)) for one in product.sentences]
        if len(sentences) > 2 and random.random() < 0.3:
            del sentences[random.randrange(len(sentences))]
            if not _is_whole(sentences):
                sentences = [one._replace(time=_moved(random, one.time, year)) for one in product.sentences]
        stated = product if random.random() < 0.7 else _states(random, product)
        found.append(
            stated._replace(identification=f"{letter}{number}", collection=f"coll-{letter}", sentences=tuple(sentences))
        )
    return found


def _is_whole(sentences: Sequence[Sentence]) -> bool:
    """Whether a description of a population has a line beside it that divides it."""
    tables = [one for one in sentences if one.object_type in ("C", "G")]
    return not tables or any(one.name in _DIVIDING for one in tables)


def _moved(random: Random, time: str, year: int) -> str:
    if time == "?" or (".." in time and random.random() < 0.7):
        return time
    return random.choice((f"{year}", f"{year}", f"{year}1101", f"{year}K1"))


def _time(random: Random) -> str:
    """A time as a product states it; the first of November of 2020, its year and its stretch come often."""
    share = random.random()
    if share > 0.6:
        return random.choice(("2020", "2020", "20201101", "2018..2021", "2019..2020:A"))
    if share < 0.06:
        return "?"
    if share < 0.3:
        first, last = sorted(random.sample(YEARS, 2))
        return random.choice(_LONG).format(first, last)
    return random.choice(_SHORT).format(random.choice(YEARS))


def _sets(random: Random, identification: str) -> Product:
    """A set of individuals, mostly persons."""
    object_type = random.choice(("A", "A", "A", "A", "A.2", "E"))
    name, other = random.choice(_INDIVIDUAL_NAMES), random.choice(_INDIVIDUAL_NAMES)
    times = [_time(random) for _ in range(2)]
    sentences = [
        Sentence(object_type, random.choice((name, name, name, other)), code, random.choice((times[0], *times)))
        for code in random.sample(_INDIVIDUAL, random.randint(1, 4))
    ]
    if random.random() < 0.08:
        sentences = [one._replace(object_type="A.1", name=random.choice(("=x1", "=x2"))) for one in sentences]
    return _states(random, Product(identification, tuple(sentences)))


def _tables(random: Random, identification: str) -> Product:
    """Tables of one unit type, with or without their population, or single figures."""
    unit = random.choice(("C", "C", "C", "G"))
    time, figure = _time(random), random.choice(_FIGURES)
    if random.random() < 0.15:
        names = random.sample(("R", "R.1", "S", "Y.1", "Y.2"), 2)
        return _states(
            random, Product(identification, tuple(Sentence(f"{unit}.1", name, figure, time) for name in names))
        )
    names = [random.choice(_DIVIDING) for _ in range(random.randint(1, 3))]
    sentences = [Sentence(unit, name, figure, time) for name in names]
    if random.random() < 0.4:
        sentences.append(Sentence(unit, random.choice(("R", "R", "R.1", "S")), figure, time))
    if random.random() < 0.3:
        sentences += [one._replace(characteristic=random.choice(_FIGURES)) for one in sentences[:2]]
    return _states(random, Product(identification, tuple(sentences)))


def _sets_and_tables(random: Random, identification: str) -> Product:
    return random.choice((_sets, _tables))(random, identification)


def _states(random: Random, product: Product) -> Product:
    return product._replace(
        unit_id=random.choice(((("F",),),) * 6 + ((), (("F2",),), (("F",), ("F2",)), (("F", "F2"),), (("B",),))),
        series=random.choice(("",) * 6 + ("s1", "s2")),
        access=random.choice(("open", "open", "restricted", "open", "", "closed")),
        data=random.choice(("", "https://data.example/x", "https://data.example/x")),
        doc=random.choice(("", "https://doc.example/x", "https://doc.example/x")),
        updated=random.choice(("", "", "20200630")),
    )


# Demands


def _demand(random: Random, catalogue: Catalogue, max_sets: int) -> Demand:
    rows: list[Row] = []
    length = random.choice((1, 1, 2, 2, 3, 4))
    while len(rows) < length:
        if rows and random.random() < 0.2:
            rows.append(_beside(random, catalogue, rows[-1]))
        else:
            rows += random.choice(_ASKING)(random, catalogue)
    lines = tuple(Line(number, *row) for number, row in enumerate(rows[:4], start=1))
    operators = "".join(random.choice("OOOOOOOEN") for _ in lines[1:]) + "."
    return Demand(lines, operators, random.choice(("both",) * 6 + ("data", "document")), max_sets)


def _of_a_sentence(random: Random, catalogue: Catalogue) -> list[Row]:
    sentences = [one for product in catalogue.products for one in product.sentences]
    return [_near(random, random.choice(sentences), catalogue)]


def _individual(random: Random, catalogue: Catalogue) -> list[Sentence]:
    """A sentence of individuals, or none where there are none."""
    found = [one for product in catalogue.products for one in product.sentences if one.object_type in ("A", "E")]
    return [random.choice(found)] if found else []


def _joint(random: Random, catalogue: Catalogue) -> list[Row]:
    """Two lines of one unit type that may have to be answered by two sets."""
    chosen = [_row(one) for _ in range(2) for one in _individual(random, catalogue)]
    time = random.choice((*(row[3] for row in chosen), ANY, ANY)) if chosen else ANY
    rows = [(row[0], random.choice((row[1], (ANY,))), row[2], random.choice((row[3], time))) for row in chosen]
    return [] if len({row[:3] for row in rows}) < 2 else rows


def _derived(random: Random, catalogue: Catalogue) -> list[Row]:
    """What a characteristic that there is is a part of."""
    found: list[Row] = []
    for one in _individual(random, catalogue):
        wholes = [
            code
            for code, concept in catalogue.characteristics.items()
            if any(part.split("@")[0] == one.characteristic for parts in concept.derived_from for part in parts)
        ]
        if wholes:
            row = _row(one)
            found.append((row[0], random.choice((row[1], (ANY,))), (random.choice(wholes),), row[3]))
    return found


def _mapped(random: Random, catalogue: Catalogue) -> list[Row]:
    """A sentence by a concept that one of its own is mapped to."""
    pairs = [(row.subject, row.object) for row in catalogue.mappings]
    pairs += [(other, one) for one, other in pairs]
    sentences = [one for product in catalogue.products for one in product.sentences]
    found = [
        Sentence(*(other if field == one else field for field in sentence))
        for sentence in sentences
        for one, other in pairs
        if one in sentence[:3]
    ]
    return [_row(random.choice(found))] if found else []


def _computed(random: Random, catalogue: Catalogue) -> list[Row]:
    """A table that could be made of a set's own sentences."""
    found: list[Row] = []
    for one in _individual(random, catalogue):
        divided = catalogue.characteristics[one.characteristic].classifications
        object_type = {"A": "C", "E": "G"}[one.object_type]
        name = random.choice(divided) if divided else one.name
        figure = random.choice(("N", "N", "T"))
        row = (object_type if divided else f"{object_type}.1",), (name,), (figure,), _row(one)[3]
        found += [row] * random.choice((1, 1, 1, 2))
        if divided and random.random() < 0.4:
            found.append((row[0], (one.name,), row[2], row[3]))
    return found


def _selected(random: Random, catalogue: Catalogue) -> list[Row]:
    """The units of a class that can be picked out of a register."""
    divided = [
        (product, one, code)
        for product in catalogue.products
        for one in product.sentences
        for code in catalogue.characteristics[one.characteristic].classifications
        if one.object_type in ("A", "E")
    ]
    if not divided:
        return []
    product, picker, code = random.choice(divided)
    one = random.choice(product.sentences)
    return [((picker.object_type,), (f"{code}.1",), (one.characteristic,), _row(random.choice((one, picker)))[3])]


def _row(one: Sentence) -> Row:
    return (one.object_type,), (one.name,), (one.characteristic,), _askable(one.time)


def _askable(time: str) -> str:
    """A time that a demand may have."""
    if time == "?" or time.endswith("..:A") or "..:" in time:
        return ANY
    return time


def _of_a_table(random: Random, catalogue: Catalogue) -> list[Row]:
    """Several lines of a table that there is, as one asks for it or for one of its rows."""
    tables = [one for product in catalogue.products for one in [product] if one.sentences[0].object_type in ("C", "G")]
    if not tables:
        return []
    product = random.choice(tables)
    rows = [_row(one) for one in random.sample(product.sentences, min(len(product.sentences), 2))]
    if random.random() < 0.3:
        one = rows[0]
        cell = {"Y": "Y.1", "Z": "Z.1", "U20": "U20.1", "Y.1": "Y.1.1"}
        return [((f"{row[0][0]}.1",), (cell.get(row[1][0], row[1][0]),), row[2], one[3]) for row in rows]
    return rows


def _near(random: Random, sentence: Sentence, catalogue: Catalogue) -> Row:
    """A sentence as one would ask for it: as it is, or with a field that is broader, narrower, open, another or of two senses."""
    row = _row(sentence)
    if random.random() < 0.3:
        return row
    object_type, name, characteristic, time = row
    aggregate = sentence.object_type in ("C", "G")
    if aggregate and random.random() < 0.3:
        under = {"Y": "Y.1", "Z": "Z.1", "U20": "U20.1", "Y.1": "Y.1.1"}
        object_type, name = (f"{sentence.object_type}.1",), (under.get(sentence.name, sentence.name),)
    if random.random() < 0.25:
        name = (random.choice((ANY, *above(sentence.name)[:1], "Y.1", "R", "S", "=x1")),)
    if random.random() < 0.1:
        object_type = (ANY,)
    if random.random() < 0.3:
        choice = ("N", "T", "L", "Mean", "Top") if aggregate else (*_DERIVED, "B", "P", "M", ANY)
        characteristic = (random.choice(choice),)
    if random.random() < 0.35:
        time = random.choice((*_ASKED, _askable(_time(random))))
    if random.random() < 0.06 and name[0] in ("R", "S"):
        name = ("R", "S")
    if not aggregate and random.random() < 0.08:
        # Of these one sense or two agree with the other fields and the time.
        name = random.choice((("R", "Y"), ("U00.1", "U20.1"), ("Y.1", "Z.1"), ("R", "Z", "S")))
    if not aggregate and random.random() < 0.12 and object_type == ("A",):
        object_type, name, characteristic = ("C",), (random.choice(("Y", "Z")),), (random.choice(("N", "T")),)
    return object_type, name, characteristic, time


def _beside(random: Random, catalogue: Catalogue, row: Row) -> Row:
    """Another line about the same: a second name of a table, a second characteristic of the same units."""
    object_type, _, _, _ = row
    if object_type[0] in ("C", "G"):
        return object_type, (random.choice((*_DIVIDING, "R", "R", ANY)),), row[2], row[3]
    if object_type[0] in ("C.1", "G.1"):
        return object_type, (random.choice(("Y.1", "Y.2", "R", "S")),), row[2], row[3]
    alike = [
        one
        for product in catalogue.products
        for one in product.sentences
        if one.object_type[0] == object_type[0][0] and one.object_type in ("A", "E", "A.2")
    ]
    return _near(random, random.choice(alike), catalogue) if alike else row


_ASKING = (
    _of_a_sentence,
    _of_a_sentence,
    _of_a_sentence,
    _of_a_table,
    _joint,
    _joint,
    _derived,
    _mapped,
    _computed,
    _selected,
)
"""The ways in which lines are drawn."""
