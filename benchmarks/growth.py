"""How what a call costs grows with how many there are of each thing that a file can hold.

    .venv/bin/python -m benchmarks.growth [WORD…]

Of each kind of input there are n, 2n and 4n in a copy of the census example; a call's cost is the processor time it
takes less what the same call takes on next to nothing. What grows as n does doubles from one to the next; what grows as
its square takes four times as much. Words choose the inputs whose names have them; without any, `benchmarks/growth.md`
is written.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
REPORT = Path(__file__).with_suffix(".md")
CENSUS = ROOT / "examples/folketelling"
LONGEST = 300
"""Seconds after which a call is given up."""

LEAST = 0.04
"""Seconds that a cost must have to be compared with another."""

NEAR_LINEAR = 3.0
"""So many times the cost of 2n may 4n have at most: n log n is well below it, n² above."""

PRODUCT = "0 / Produktbeskrivelse / {name} / form=csv; access=open; data=F:ft60-person.csv; doc=P:ft60.md{more}"
DEMAND = "0 / Etterspørselsbeskrivelse / bruker"
SAID = "Personer / Personreg.nov.70 / Yrke / 19701101"


class Case(NamedTuple):
    """One kind of input: what is called on it (`check`, `run` …), how many there are, and how it is written."""

    name: str
    call: tuple[str, ...]
    n: int
    write: Callable[[Path, int], None]


def lines_of(what: Sequence[str], operator: str = "O") -> Iterator[str]:
    """The lines of a description, with numbers, an operator between them and a stop."""
    for number, said in enumerate(what, start=1):
        yield f"{number} / {said} / {'.' if number == len(what) else operator}"


def product(name: str, *what: str, more: str = "") -> str:
    """A product description; `more` are further entries of its header."""
    return "\n".join([PRODUCT.format(name=name, more=more), *lines_of(what), ""])


def demand(*what: str, operator: str = "O", more: str = "") -> str:
    """A demand description."""
    return "\n".join([DEMAND + more, *lines_of(what, operator), ""])


def in_file(text: Callable[[int], str], path: str = "products/a.vkd") -> Callable[[Path, int], None]:
    """Writes one file beside the example's."""

    def write(root: Path, n: int) -> None:
        file = root / path
        file.write_text(text(n), encoding="utf-8")

    return write


def asked(text: Callable[[int], str]) -> Callable[[Path, int], None]:
    """Writes the demand that is run."""
    return in_file(text, "a.vkd")


def rows(vocabulary: str, some: Callable[[int], Iterator[dict[str, str]]]) -> Callable[[Path, int], None]:
    """Adds rows to a vocabulary of the example."""

    def write(root: Path, n: int) -> None:
        file = root / f"vocabulary/{vocabulary}.csv"
        text = file.read_text(encoding="utf-8")
        columns = text.partition("\n")[0].split(",")
        added = [",".join(row.get(column, "") for column in columns) for row in some(n)]
        file.write_text("\n".join([text.rstrip("\n"), *added, ""]), encoding="utf-8")

    return write


def in_files(texts: Callable[[int], Iterator[tuple[str, str]]]) -> Callable[[Path, int], None]:
    """Writes many product files, each given by its name and what it says."""

    def write(root: Path, n: int) -> None:
        for name, text in texts(n):
            (root / f"products/{name}.vkd").write_text(text, encoding="utf-8")

    return write


def both(*writers: Callable[[Path, int], None]) -> Callable[[Path, int], None]:
    """Writes several things."""

    def write(root: Path, n: int) -> None:
        for one in writers:
            one(root, n)

    return write


# Rows of vocabularies


def _same_word(n: int) -> Iterator[dict[str, str]]:
    return ({"code": f"Z{i}", "prefLabel@nb": "Likt", "kind": "individual"} for i in range(n))


def _numbered(n: int) -> Iterator[dict[str, str]]:
    return ({"code": f"Z{i}", "prefLabel@nb": f"Ord {i}", "kind": "individual"} for i in range(n))


def _synonyms(n: int) -> Iterator[dict[str, str]]:
    words = "|".join(f"Synonym {i}" for i in range(n))
    yield {"code": "Z", "prefLabel@nb": "Ord", "altLabel@nb": words, "kind": "individual"}


def _see_also(n: int) -> Iterator[dict[str, str]]:
    yield from _numbered(n)
    yield {
        "code": "Q",
        "prefLabel@nb": "Spurt",
        "kind": "individual",
        "objectTypes": "A",
        "seeAlso": "|".join(f"Z{i}" for i in range(n)),
    }


def _unknown_codes(n: int) -> Iterator[dict[str, str]]:
    return (row | {"seeAlso": f"X{i}", "derivedFrom": f"Y{i}"} for i, row in enumerate(_numbered(n)))


def _chain(n: int) -> Iterator[dict[str, str]]:
    """Q0 derived from Q1, from Q2 and so on, to Q(n), which a product has."""
    for i in range(n + 1):
        yield _derived(i, f"Q{i + 1}" if i < n else "")


def _branching(n: int) -> Iterator[dict[str, str]]:
    """Each derived from the next two together."""
    for i in range(n + 2):
        yield _derived(i, f"Q{i + 1}+Q{i + 2}" if i < n else "")


def _alternatives(n: int) -> Iterator[dict[str, str]]:
    """Each derived from either of the next two."""
    for i in range(n + 2):
        yield _derived(i, f"Q{i + 1}|Q{i + 2}" if i < n else "")


def _circle(n: int) -> Iterator[dict[str, str]]:
    for i in range(n):
        yield _derived(i, f"Q{(i + 1) % n}")


def _derived(number: int, sources: str) -> dict[str, str]:
    return {
        "code": f"Q{number}",
        "prefLabel@nb": f"Avledet {number}",
        "kind": "individual",
        "temporality": "status",
        "derivedFrom": sources,
    }


def _deep(n: int) -> Iterator[dict[str, str]]:
    """Codes of ever more segments, n in all."""
    code = "Z"
    for i in range(n):
        yield {"code": code, "prefLabel@nb": f"Dyp {i}", "kind": "register" if not i else ""}
        code += ".1"


def _times(n: int) -> Iterator[dict[str, str]]:
    return ({"code": f"Z{i}", "prefLabel@nb": f"Tid {i}", "from": "19700101", "to": "19701231"} for i in range(n))


def _ends_of_chain(more: int) -> Callable[[int], str]:
    said = "Personer / Personreg.nov.70 / [Q{}] / 19701101"
    return lambda n: product("kjede", *(said.format(n + i) for i in range(more)))


ASKED_CHAIN = asked(lambda _: demand("Personer / Personreg.nov.70 / [Q0] / 19701101"))


# Descriptions


def _unanswerable(n: int) -> str:
    return demand(*(f"Personer / Personreg.nov.70 / Yrke / {1000 + i % 800}0101" for i in range(n)))


def _long(n: int) -> str:
    return product("lang", f"Personer / Personreg.nov.70 / {'x' * n} / 19701101")


FIXES = ("check", "--output-format", "json")
CHECK, FORMAT, RUN = ("check",), ("format", "--check"), ("run", "a.vkd")
NOBODY = "Personer / Personreg.nov.70 / Yrke / 10000101"
"""A line that no product of the example answers."""

OTHER = "Personer / Personreg.nov.60 / Kjønn / 19601101"
"""A line that another product answers than the one who answers `SAID`."""


def keys(entry: str, *, numbered: bool = False) -> Callable[[Path, int], None]:
    """A product with so many further entries in its header."""
    return in_file(lambda n: product("p", SAID, more="".join(entry + (f"{i}=1" if numbered else "") for i in range(n))))


def misspelt(n: int) -> str:
    """Products with an unknown word each."""
    return "\n".join(product(f"p{i}", SAID.replace("Yrke", f"Yrkk{i}")) for i in range(n))


def of_one_identification(n: int) -> Iterator[tuple[str, str]]:
    """Files with a product each, all called alike."""
    return ((f"p{i}", product("lik", SAID)) for i in range(n))


JOINED = ("Utdanning", "Næring")


def to_join(n: int) -> Iterator[tuple[str, str]]:
    """Files with products of which each of one half can be joined with each of the other."""
    for half, word in zip("ab", JOINED, strict=True):
        for i in range(n):
            said = SAID.replace("Yrke", word)
            yield f"{half}{i}", product(f"{half}{i}", said, more="; unit-id=Fødselsnummer")


def unit_id(words: Callable[[int], Iterator[str]]) -> Callable[[Path, int], None]:
    """A product whose units are identified by unknown words."""
    return in_file(lambda n: product("p", SAID, more=f"; unit-id={', '.join(words(n))}"))


def derived_from(some: Callable[[int], Iterator[dict[str, str]]], ends: int) -> Callable[[Path, int], None]:
    """Characteristics, a product that has the last of them, and a demand for the first."""
    return both(rows("characteristics", some), in_file(_ends_of_chain(ends)), ASKED_CHAIN)


CASES = (
    Case("products of one identification", CHECK, 150, in_file(lambda n: product("lik", SAID) * n)),
    Case("files with a product of one identification", CHECK, 40, in_files(of_one_identification)),
    Case("concepts with one word", CHECK, 2000, rows("characteristics", _same_word)),
    Case("names with one word", CHECK, 2000, rows("names", _same_word)),
    Case(
        "lines with a word of many concepts",
        CHECK,
        100,
        both(
            rows("characteristics", _same_word),
            in_file(lambda n: product("p", *[SAID.replace("Yrke", "Likt")] * n)),
        ),
    ),
    Case("unknown keys in a header", CHECK, 700, keys("; ukjent", numbered=True)),
    Case("unknown keys in a header, with fixes", FIXES, 200, keys("; ukjent", numbered=True)),
    Case("one unknown key", CHECK, 1000, keys("; ukjent=1")),
    Case("one key again", CHECK, 1000, keys("; kilde=1")),
    Case("one key again, with fixes", FIXES, 200, keys("; kilde=1")),
    Case("continued lines of a header", CHECK, 2000, keys("\n ; kilde=1")),
    Case("words of a unit-id", CHECK, 1000, unit_id(lambda n: (f"ukjent {i}" for i in range(n)))),
    Case("one word of a unit-id", CHECK, 1000, unit_id(lambda n: ("ukjent" for _ in range(n)))),
    Case("products with an unknown word", CHECK, 300, in_file(misspelt)),
    Case("products with an unknown word, with fixes", FIXES, 150, in_file(misspelt)),
    Case("lines that say the same", CHECK, 2000, in_file(lambda n: product("p", *[SAID] * n))),
    Case("dittos", CHECK, 2000, in_file(lambda n: product("p", SAID, *['" / " / " / "'] * n))),
    Case(
        "lines numbered wrong, with fixes",
        FIXES,
        400,
        in_file(lambda n: product("p", *[SAID] * n).replace("\n", "\n1")),
    ),
    Case("comments", CHECK, 10_000, in_file(lambda n: "# en kommentar\n" * n + product("p", SAID))),
    Case(
        "comments between lines",
        CHECK,
        2000,
        in_file(lambda n: product("p", *[SAID] * n).replace("\n", "\n# vkd: ignore[VKD401]\n")),
    ),
    Case(
        "ignoring comments above one line",
        CHECK,
        5000,
        in_file(
            lambda n: f"{PRODUCT.format(name='p', more='')}\n" + "# vkd: ignore[VKD401]\n" * n + f"1 / {SAID} / .\n"
        ),
    ),
    Case("letters of one line", CHECK, 500_000, in_file(_long)),
    Case("fields of one line", CHECK, 20_000, in_file(lambda n: product("p", " / ".join(["x"] * n)))),
    Case("lines without a header", CHECK, 2000, in_file(lambda n: f"1 / {SAID} / .\n" * n)),
    Case("headers without lines", CHECK, 500, in_file(lambda n: f"{PRODUCT.format(name='p', more='')}\n" * n)),
    Case("synonyms", CHECK, 20_000, rows("characteristics", _synonyms)),
    Case("see-also", CHECK, 5000, rows("characteristics", _see_also)),
    Case("codes that there are not", CHECK, 1000, rows("characteristics", _unknown_codes)),
    Case("codes that there are not, with fixes", FIXES, 200, rows("characteristics", _unknown_codes)),
    Case("a circle of derivedFrom", CHECK, 500, rows("characteristics", _circle)),
    Case("times", CHECK, 5000, rows("times", _times)),
    Case("lines to format", FORMAT, 2000, in_file(lambda n: product("p", *[SAID] * n))),
    Case("keys to format", FORMAT, 5000, keys("\n ; kilde=1")),
    Case("lines nobody answers", RUN, 75, asked(_unanswerable)),
    Case("one line nobody answers, again", RUN, 75, asked(lambda n: demand(*[NOBODY] * n))),
    Case("lines somebody answers, and one nobody does", RUN, 75, asked(lambda n: demand(*[SAID] * n, NOBODY))),
    Case(
        "lines of a table nobody answers",
        RUN,
        75,
        asked(lambda n: demand(*["Personaggregater / Yrke / Sum / 10000101"] * n)),
    ),
    Case("lines that two sets answer together", RUN, 75, asked(lambda n: demand(*[OTHER, SAID] * n))),
    Case("lines that are negated", RUN, 75, asked(lambda n: demand(SAID, *[NOBODY] * (2 * n), operator="N"))),
    Case("alternatives", RUN, 500, asked(lambda n: demand(*[SAID] * n, operator="E"))),
    Case("alternatives nobody answers", RUN, 500, asked(lambda n: demand(*[NOBODY] * n, operator="E"))),
    Case("demands", RUN, 100, asked(lambda n: demand(SAID) * n)),
    Case("demands nobody answers", RUN, 50, asked(lambda n: demand(NOBODY) * n)),
    Case(
        "see-also of a word asked for",
        RUN,
        500,
        both(rows("characteristics", _see_also), asked(lambda _: demand(SAID.replace("Yrke", "Spurt")))),
    ),
    Case("a chain of derivedFrom", RUN, 1000, derived_from(_chain, 1)),
    Case("derivedFrom of two together", RUN, 200, derived_from(_branching, 2)),
    Case("derivedFrom of either of two", RUN, 200, derived_from(_alternatives, 2)),
    Case("a circle of derivedFrom asked for", RUN, 200, both(rows("characteristics", _circle), ASKED_CHAIN)),
    Case(
        "products of a joint answer",
        RUN,
        40,
        both(
            in_files(to_join), asked(lambda _: demand(*(SAID.replace("Yrke", one) for one in ("Utdanning", "Næring"))))
        ),
    ),
)
"""The inputs, each with the call on it and how many there are at first."""


def written(case: Case, root: Path, n: int) -> None:
    """A copy of the example with so many of what a case is about."""
    shutil.copytree(CENSUS, root, ignore=shutil.ignore_patterns(".vkd"))
    case.write(root, n)


def cost(case: Case, n: int) -> float:
    """Processor seconds of one call, its processes together; infinite where it takes too long."""
    with TemporaryDirectory() as folder:
        root = Path(folder) / "census"
        written(case, root, n)
        command = [sys.executable, "-m", "vkd_server", *case.call]
        process = subprocess.Popen(command, cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        before = os.times()
        try:
            _, errors = process.communicate(timeout=LONGEST)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            return float("inf")
        after = os.times()
        if b"Traceback" in errors or process.returncode not in (0, 1):
            raise RuntimeError(f"{case.name}, {n}: {errors.decode()[-500:]}")
        return after.children_user - before.children_user + after.children_system - before.children_system


def measured(case: Case) -> list[float]:
    """The costs of n, 2n and 4n, each less that of next to nothing."""
    least = cost(case, 1)
    return [cost(case, case.n * times) - least for times in (1, 2, 4)]


def row(case: Case, costs: Sequence[float]) -> str:
    """A line of the report. Below a few hundredths of a second there is nothing to compare."""
    ratio = f"{costs[2] / costs[1]:.1f}" if costs[1] >= LEAST else "-"
    took = " | ".join(f"{max(one, 0.0):.2f}" for one in costs)
    return f"| {case.name} | `vkd {' '.join(case.call)}` | {case.n:,} | {took} | {ratio} |"


HEAD = f"""# How costs grow

Python {sys.version.split()[0]} on {os.cpu_count()} cores; made by `benchmarks/growth.py`.
Processor seconds of a call on n, 2n and 4n of something, each less that of the same call on one of it. What grows as n
does doubles; what grows as its square takes four times as much, and {NEAR_LINEAR:.0f} is the most that is allowed.
`tests/benchmarks/test_growth.py` counts steps instead of seconds, of fewer of each.

| of what | call | n | n | 2n | 4n | 4n / 2n |
| --- | --- | --- | --- | --- | --- | --- |"""


def main(words: Sequence[str]) -> None:
    """Measures, and writes the report where all is measured."""
    lines = [HEAD]
    for case in CASES:
        if not words or any(word in case.name for word in words):
            lines.append(row(case, measured(case)))
            print(lines[-1], flush=True)
    if not words:
        REPORT.write_text("\n".join([*lines, ""]), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
