"""Catalogues of any size, drawn at random and alike for one seed: skewed as real ones are, and checked without errors.

    .venv/bin/python -m benchmarks.corpus PRODUCTS FOLDER

Registers have a file a year and some have a collection; characteristics stand in themes, of which few are used much
(Zipf); one product in a hundred is a table, and one in a hundred has two hundred sentences.
"""

import sys
from collections.abc import Iterator
from itertools import accumulate, count
from pathlib import Path
from random import Random
from typing import NamedTuple

SEED = 1972
A_FILE = 1_000
"""Products a file."""
LINES = 9
"""Sentences of a product, on the average."""
FIRST, LAST = 1960, 2025
"""The years that registers are of."""


class Size(NamedTuple):
    """How many there are of each thing in a catalogue of some number of products."""

    products: int

    @property
    def registers(self) -> int:
        """Populations, each with products of many years."""
        return max(20, self.products // 60)

    @property
    def themes(self) -> int:
        """Characteristics that have others below them."""
        return 60

    @property
    def characteristics(self) -> int:
        """Characteristics in all, each with three words: with the names of registers and classes that is a third of a
        million concepts and a million words, as many as the largest of catalogues has."""
        return min(320_000, max(2_000, self.products))

    def identification(self, number: int) -> str:
        """What the product of a number, from 0, is called."""
        return f"r{number % self.registers}-{number}"


def write(products: int, folder: Path, seed: int = SEED) -> None:
    """Writes a catalogue of so many products into a folder that is empty or not there."""
    size, random = Size(products), Random(seed)
    (folder / "vocabulary").mkdir(parents=True)
    (folder / "products").mkdir()
    (folder / "vkd.toml").write_text(_SETTINGS, encoding="utf-8")
    _write_rows(folder / "vocabulary/object-types.csv", _OBJECT_TYPES, ())
    _write_rows(folder / "vocabulary/names.csv", "code,prefLabel@en,kind", _names(size))
    _write_rows(folder / "vocabulary/characteristics.csv", _COLUMNS, _characteristics(size, random))
    _write_rows(folder / "vocabulary/times.csv", "code,prefLabel@en,from,to", ())
    every = _Drawn(size, random)
    for first in range(0, products, A_FILE):
        texts = (every.product(number) for number in range(first, min(first + A_FILE, products)))
        (folder / f"products/p{first // A_FILE:04}.vkd").write_text("\n".join(texts), encoding="utf-8")


def drawn(products: int) -> Path:
    """The folder of a catalogue of so many products, which is written where it is not there yet."""
    folder = Path(__file__).parents[1] / f"build/scale/{products}"
    if not folder.exists():
        write(products, folder)
    return folder


def more(products: int, lines: int) -> str:
    """Products beyond those of a catalogue of so many, which say what theirs do: so many lines of them."""
    beyond, text = _Drawn(Size(products), Random(SEED)), list[str]()
    for number in count(products):
        if len(text) >= lines:
            break
        text += beyond.product(number).split("\n")
    return "\n".join(text)


_SETTINGS = """[catalogue]
name = "Drawn"
language = "en"

[vocabularies]
object-types = ["vocabulary/object-types.csv"]
names = ["vocabulary/names.csv"]
characteristics = ["vocabulary/characteristics.csv"]
times = ["vocabulary/times.csv"]

[archives]
F = "https://example.org/"
"""
_OBJECT_TYPES = """code,prefLabel@en,kind,number,unit
U,Persons,individual,plural,person
U.1,Person,individual,singular,person
UA,Person aggregates,aggregate,plural,person
UA.1,Person aggregate,aggregate,singular,person
F,Enterprises,individual,plural,enterprise"""
_COLUMNS = "code,prefLabel@en,altLabel@en,kind,temporality,classification,sensitive,identifies,definition@en"
_CLASSES = 12


def _write_rows(path: Path, head: str, rows: Iterator[str] | tuple[str, ...]) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(f"{head}\n")
        file.writelines(f"{row}\n" for row in rows)


def _names(size: Size) -> Iterator[str]:
    for register in range(size.registers):
        yield f"R{register},Register {register},register"
    for classification in range(40):
        yield f"C{classification},Classification {classification},classification"
        for one in range(_CLASSES):
            yield f"C{classification}.{one},Class {classification} {one},class"


def _characteristics(size: Size, random: Random) -> Iterator[str]:
    yield "N,Count,Number,aggregate,status,,no,,How many there are"
    yield "ID,Person number,,individual,fixed,,no,global,What identifies a person"
    for theme in range(size.themes):
        yield f"T{theme},Theme {theme},,individual,status,,no,,All of theme {theme}"
    for number in range(size.characteristics):
        temporality = random.choices(("", "status", "event", "accumulated", "fixed"), (70, 10, 5, 10, 5))[0]
        classification = f"C{random.randrange(40)}" if random.random() < 0.2 else ""
        words = f"Variable {number},Var {number}|Measure {number}"
        definition = f"What variable {number} measures"
        yield f"T{number % size.themes}.{number},{words},individual,{temporality},{classification},no,,{definition}"


class _Drawn:
    """Draws products one after the other."""

    def __init__(self, size: Size, random: Random) -> None:
        self._size, self._random = size, random
        self._weights = list(accumulate(1 / rank for rank in range(1, size.characteristics + 1)))
        self._numbers = range(size.characteristics)

    def product(self, number: int) -> str:
        """One description: a register's file of a year, a table of one, or a large one."""
        random, register = self._random, number % self._size.registers
        year = LAST - (number // self._size.registers) % (LAST - FIRST)
        collection = f"; collection=Files {register}" if register % 2 else ""
        addresses = f"data=F:r{number}.csv; doc=F:r.md"
        name = self._size.identification(number)
        head = f"0 / Product description / {name} / access=open; form=csv; {addresses}{collection}"
        if number % 100 == 99:
            line = f"Person aggregates / Classification {register % 40} / Count / {year}"
            return f"{head}\n1 / {line} / .\n"
        sentences = 200 if number % 125 == 7 else random.randint(LINES - 4, LINES + 3)
        said = dict.fromkeys(random.choices(self._numbers, cum_weights=self._weights, k=sentences))
        time = random.choices(
            (f"{year}", f"{year}{random.randint(1, 12):02}", f"{year}1101", f"{year - 2}..{year}"), (55, 22, 11, 12)
        )[0]
        lines = [f"Persons / Register {register} / Person number / {time}"]
        lines += [f'" / " / Variable {one} / "' for one in said]
        ends = ["O"] * (len(lines) - 1) + ["."]
        numbered = (f"{at} / {line} / {end}" for at, (line, end) in enumerate(zip(lines, ends, strict=True), start=1))
        return "\n".join((f"{head}; unit-id=Person number", *numbered, ""))


if __name__ == "__main__":
    write(int(sys.argv[1]), Path(sys.argv[2]))
