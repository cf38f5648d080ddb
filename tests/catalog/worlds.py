"""Small random catalogues and demands, drawn as meanings, which the oracle judges.

The vocabularies have one skeleton, in which every relation of docs/language.md section 4 stands at least once; what
varies is what the characteristics are and derive from. Products and demands are drawn so that they meet often.
Hypothesis draws how much there is of everything, which it makes smaller in a failing example, and one seed for all the rest.
"""

from collections.abc import Mapping, Sequence
from random import Random
from typing import NamedTuple

from hypothesis import strategies as st

from tests.catalog.meanings import (
    ANY,
    NOTHING,
    Catalogue,
    Entry,
    Line,
    Product,
    Spec,
    Vocabulary,
    codes_above,
    inherited,
    is_below,
)
from tests.catalog.writing import demand_text, product_text, vocabulary_text

OBJECT_TYPES = (
    Entry("A", kind="individual", number="plural", unit="person"),
    Entry("A.1", number="singular"),
    Entry("A.2"),
    Entry("C", kind="aggregate", number="plural", unit="person"),
    Entry("C.1", number="singular"),
    Entry("C.2"),
    Entry("E", kind="individual", number="plural", unit="firm"),
    Entry("E.1", number="singular"),
    Entry("G", kind="aggregate", number="plural", unit="firm"),
    Entry("G.1", number="singular"),
    Entry("H", kind="individual", number="plural"),
)
NAMES = (
    Entry("R", kind="register"),
    Entry("R.1", see_also=("R.2", "K.Y.1")),
    Entry("R.1.2"),
    Entry("R.2"),
    Entry("R.10"),
    Entry("K"),
    Entry("K.Y", kind="classification"),
    Entry("K.Y.1", kind="class", see_also=("K.Y.2",)),
    Entry("K.Y.1.1"),
    Entry("K.Y.2", kind="class"),
    Entry("K.U", kind="classification", see_also=("K.Y",)),
    Entry("K.U.1", kind="class"),
    Entry("W", kind="classification"),
    Entry("W.1", kind="class"),
    Entry("W.10", kind="class"),
    Entry("I", kind="individual"),
)
UNIT = "=x1"
"""The identification of a unit, in no vocabulary."""

INDIVIDUAL = ("B", "B.1", "B.1.1", "B.10", "D", "D.1", "F", "M", "M.1")
_AGGREGATE = ("S", "S.1", "T", "V")
CODED = {
    "object-types": [entry.code for entry in OBJECT_TYPES],
    "names": [entry.code for entry in NAMES],
    "characteristics": [*INDIVIDUAL, *_AGGREGATE],
}
"""The codes of each vocabulary."""

_OBJECTS = {entry.code: entry for entry in OBJECT_TYPES}
_NAMED = {entry.code: entry for entry in NAMES}
_WHOLE_OBJECTS, _WHOLE_NAMED = inherited(_OBJECTS), inherited(_NAMED)

_DESCRIBED = ("19601101", "19651231", "1960", "1960K4", "1960H2", "196011", "1966U01")
_STRETCHES = ("1965..1966", "1960..1969", "..1965", "1966..", "..")
_ASKED = (*_DESCRIBED, *_STRETCHES, "196-----", "----1101", "19601---", "1960--01", "1961", "19660101", ANY, ANY, ANY)


class Demand(NamedTuple):
    """What is asked, line by line, and how."""

    lines: tuple[Spec, ...]
    operators: str
    archive: str = "both"
    max_sets: int = 3

    def groups(self) -> list[tuple[Line, ...]]:
        """The alternatives that `E` parts, their lines numbered through; `N` negates the line after it."""
        groups: list[list[Line]] = [[]]
        for number, spec in enumerate(self.lines, start=1):
            before = self.operators[number - 2] if number > 1 else ""
            if before == "E":
                groups.append([])
            groups[-1].append(Line(number, spec, before == "N"))
        return [tuple(group) for group in groups]


class World(NamedTuple):
    """A catalogue and demands to it."""

    catalogue: Catalogue
    demands: tuple[Demand, ...]

    def __repr__(self) -> str:
        """What one needs to see of a failing example: the text it is written as, each concept by its code."""
        return "\n".join(
            [
                vocabulary_text("characteristics", self.catalogue.characteristics, labels=False),
                *(product_text(product, None) for product in self.catalogue.products),
                *(f"{demand_text(*demand[:3], None)}max_sets={demand.max_sets}\n" for demand in self.demands),
            ]
        )


@st.composite
def worlds(
    draw: st.DrawFn, operators: str = "OOOOOEN", products: int = 7, demands: int = 3, *, conjunctions: bool = True
) -> World:
    """Catalogues of up to so many products, and demands of one to five lines between which those operators stand.

    Without `conjunctions`, nothing is derived from two characteristics together.
    """
    # Hypothesis likes the ends of a range, so that most catalogues must be drawn from the upper one.
    count = draw(st.one_of(st.integers(0, products), *[st.integers(products - 2, products)] * 3))
    lines = [draw(st.integers(1, 5)) for _ in range(demands)]
    seed = draw(st.integers(0, 2**63))
    random = Random(seed)
    style = random.choice(_STYLES)
    catalogue = Catalogue(
        _OBJECTS,
        _NAMED,
        _characteristics(random, (1, 1, 2) if conjunctions else (1,)),
        tuple(_product(f"p{number}", style, Random(seed + number)) for number in range(count)),
    )
    return World(
        catalogue,
        tuple(_demand(catalogue, operators, seed + number, length) for number, length in enumerate(lines)),
    )


# Vocabularies


def _characteristics(random: Random, parts: Sequence[int]) -> dict[str, Entry]:
    """Characteristics of both kinds; any may derive from others, of the other kind and in circles too."""
    found = {}
    for codes, kind in ((INDIVIDUAL, "individual"), (_AGGREGATE, "aggregate")):
        for code in codes:
            top = "." not in code
            sources = codes if random.random() < 0.9 else INDIVIDUAL + _AGGREGATE
            found[code] = Entry(
                code,
                kind=kind if top else "",
                temporality=random.choice(
                    ("", "status", "event", "accumulated", "fixed") if top else ("", "", "", "status", "accumulated")
                ),
                classification=random.choice(("", "", "K.Y", "K.U", "W")) if kind == "individual" else "",
                derived_from=_alternatives(random, sources, parts) if random.random() < 0.4 else (),
                see_also=(random.choice(codes),) if random.random() < 0.3 else (),
                sensitive=random.choice(("", "no", "no", "yes")),
            )
    return found


def _alternatives(random: Random, codes: Sequence[str], parts: Sequence[int]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(random.sample(codes, random.choice(parts))) for _ in range(random.choice((1, 1, 2))))


# Products

_PLURAL_NAMES = ("R", "R.1", "R.1", "R.1.2", "R.2", "R.10", "K.Y.1", "K.Y.1.1", "K.Y.2", "K.U.1", "W.1", "W.10", "K")
_TABLE_NAMES = ("K.Y", "K.Y", "K.U", "K.U", "W", "K.Y.1", "K.Y.2", "K", "R", "R.1")
_FORMS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "individuals": (("A", "A", "A", "A.2", "E", "H"), _PLURAL_NAMES, INDIVIDUAL),
    "persons": (("A", "A", "A", "A", "A.2"), ("R", "R.1", "R.1", "R.2", "K.Y.1", "K.Y.2"), INDIVIDUAL),
    "individual": (("A.1", "E.1"), ("I", UNIT), INDIVIDUAL),
    "aggregates": (("C", "C", "C", "C.2", "G"), _TABLE_NAMES, _AGGREGATE),
    "aggregate": (("C.1", "C.1", "G.1"), ("R", "R.1", "K.Y.1", "K.Y.1.1", "K.Y.2", "W.1", "K.Y"), _AGGREGATE),
}
"""For each row of the table in docs/language.md section 5 the object types, names and characteristics that agree (K states no kind)."""

_ROWS = {"C": "C.1", "C.2": "C.1", "G": "G.1"}
"""For a plural aggregate the singular of one of its rows."""

_STYLES: tuple[tuple[tuple[str, ...], ...], ...] = (
    (("persons",),),
    (("persons",),),
    (("persons",), ("individual", "persons"), ("individuals",)),
    (("aggregates",), ("aggregates", "aggregate"), ("persons",)),
    (("persons",), ("individuals",), ("aggregates",), ("aggregate",), ("individuals", "aggregates", "aggregate")),
)
"""What a catalogue is made of: products, each of sentences of one or several forms."""


def _product(identification: str, style: Sequence[Sequence[str]], random: Random) -> Product:
    forms = random.choice(style)
    times = random.sample(_DESCRIBED + _STRETCHES, 1) + random.sample(_DESCRIBED, 1)
    sentences = [_spec(random, random.choice(forms), times) for _ in range(random.randint(1, 5))]
    return Product(
        identification,
        tuple(_with_classification(sentences)),
        unit_id=random.choice(((), ("F",), ("F",), ("F",), ("F",), ("F",), ("B",), ("F", "B"))),
        series=random.choice(("", "", "", "", "", "", "s1", "s2")),
        access=random.choice(("", "open", "restricted", "on-application", "open", "open", "closed")),
        data=random.choice(("", "https://data.example/x", "https://data.example/x")),
        doc=random.choice(("", "https://doc.example/x", "https://doc.example/x")),
    )


def _spec(random: Random, form: str, times: Sequence[str]) -> Spec:
    return Spec(*(random.choice(choice) for choice in (*_FORMS[form], times)))


def _with_classification(specs: Sequence[Spec]) -> list[Spec]:
    """The same, but where tables state a population alone, which they may only beside a classification."""
    aggregates = [spec for spec in specs if _of(_WHOLE_OBJECTS, spec.object_type).kind == "aggregate"]
    if any(spec.name == ANY or _of(_WHOLE_NAMED, spec.name).kind == "classification" for spec in aggregates):
        return list(specs)
    return [spec._replace(name="K.Y") if _is_population(spec) else spec for spec in specs]


def _is_population(spec: Spec) -> bool:
    object_type, name = _of(_WHOLE_OBJECTS, spec.object_type), _of(_WHOLE_NAMED, spec.name)
    return (object_type.kind, object_type.number, name.kind) == ("aggregate", "plural", "register")


def _of(vocabulary: Vocabulary, code: str) -> Entry:
    return vocabulary.get(code, NOTHING)


# Demands


def _demand(catalogue: Catalogue, operators: str, seed: int, count: int) -> Demand:
    """A demand that agrees with docs/language.md section 5, most of its lines near a sentence of some product."""
    sentences = [sentence for product in catalogue.products for sentence in product.sentences]
    random = Random(seed)
    lines: list[Spec] = []
    for _ in range(count):
        share = random.random()
        if share < 0.2 and lines:
            lines.append(_beside(random, lines[-1]))
        elif share < 0.95 and sentences:
            lines.append(_near(random, random.choice(sentences), catalogue))
        else:
            lines.append(_spec(random, random.choice(list(_FORMS)), _ASKED))
    demand = Demand(
        tuple(lines),
        "".join(random.choice(operators) for _ in lines[1:]) + ".",
        random.choice(("both", "both", "both", "both", "data", "document")),
        random.choice((3, 3, 3, 1, 2, 4)),
    )
    demand = _with_classifications(demand)
    return _with_dont_care_object_types(random, demand) if random.random() < 0.2 else demand


def _with_classifications(demand: Demand) -> Demand:
    """The same, but where tables state a population alone, in each group by itself."""
    groups = [[line.spec for line in group] for group in demand.groups()]
    return demand._replace(lines=tuple(spec for group in groups for spec in _with_classification(group)))


def _near(random: Random, sentence: Spec, catalogue: Catalogue) -> Spec:
    """A sentence as one would ask for it: as it is, or with a field that is broader, narrower, left open or shifted."""
    if random.random() < 0.4:
        return sentence
    if sentence.object_type in _ROWS and is_below("K.Y.1", sentence.name) and random.random() < 0.5:
        return sentence._replace(object_type=_ROWS[sentence.object_type], name=random.choice(("K.Y.1", "K.Y.1.1")))
    derived = [
        code
        for code, entry in catalogue.characteristics.items()
        if any(sentence.characteristic in parts for parts in entry.derived_from)
    ]
    spec = Spec(
        _changed(random, sentence.object_type, [*_OBJECTS], ("broader", "narrower")),
        _changed(random, sentence.name, [*_NAMED], ("broader", "narrower", "open")),
        _changed(random, sentence.characteristic, INDIVIDUAL + _AGGREGATE, ("broader", "narrower", "open")),
        random.choice((sentence.time, sentence.time, sentence.time, random.choice(_ASKED))),
    )
    if derived and random.random() < 0.4:
        spec = spec._replace(characteristic=random.choice(derived))
    return spec if _form(spec) else sentence


def _changed(random: Random, code: str, codes: Sequence[str], changes: Sequence[str]) -> str:
    if code.startswith("=") or random.random() < 0.75:
        return code
    choice = {
        "broader": codes_above(code),
        "narrower": [other for other in codes if is_below(other, code)],
        "open": [ANY],
    }[random.choice(changes)]
    return random.choice(choice or [code])


def _form(spec: Spec) -> str | None:
    """The row of the table a line agrees with."""
    for form, (object_types, names, codes) in _FORMS.items():
        if spec.object_type in object_types and spec.name in (*names, ANY) and spec.characteristic in (*codes, ANY):
            return form
    return None


def _beside(random: Random, spec: Spec) -> Spec:
    """Another line about the same: a second name of a table, a second characteristic of the same units."""
    form = _form(spec)
    if form is None:
        return spec
    _, names, codes = _FORMS[form]
    if random.random() < (0.7 if form == "aggregates" else 0.2):
        return spec._replace(name=random.choice(names))
    return spec._replace(characteristic=random.choice(codes))


def _with_dont_care_object_types(random: Random, demand: Demand) -> Demand:
    """Object types left open, in groups that ask for one line only: what several such lines share is not laid down."""
    lines = list(demand.lines)
    for group in demand.groups():
        if sum(not line.negated for line in group) == 1:
            for line in group:
                if not line.spec.name.startswith("=") and random.random() < 0.7:
                    lines[line.number - 1] = line.spec._replace(object_type=ANY)
    return _with_classifications(demand._replace(lines=tuple(lines)))
