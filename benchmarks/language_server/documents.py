"""What the servers are given to read: in each one's own language, as long as one likes, one error in 250 lines.

A document is one block many times over, with other words in each, laid out as its formatter would. Where the language
knows vocabularies, the words come from one of the size asked for.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

ERROR_EVERY = 250
"""Lines."""
EXAMPLE = Path(__file__).parents[2] / "examples/folketelling"
CENSUS = ("Fødselsdato", "Yrke", "Fødselsnummer", "Inntekt", "Kjønn", "Næring", "Utdanning")
"""Characteristics of persons in the example."""
USED = 1000
"""Words of a vocabulary that a document uses at most, spread over all of it."""
_SYLLABLES = [consonant + vowel for consonant in "bdfghjklmnprst" for vowel in "aeiouyæøå"]
_STEP = 611_953
"""A prime: neighbours in a vocabulary are far apart in the alphabet."""

Block = Callable[[int, bool], Sequence[str]]
"""From its number, and whether it is to be wrong, to the block's lines."""


class Place(NamedTuple):
    """A place as the protocol has it; no character here is two units of UTF-16."""

    line: int
    character: int


class Sample(NamedTuple):
    """A document in a workspace: `files` are written first, `name` is its own path, `options` go with `initialize`.

    All places are in the middle of it: `typed` is put in and taken out at `edit`.
    """

    language: str
    name: str
    text: str
    files: Mapping[str, str]
    edit: Place
    typed: str
    complete: Place
    hover: Place
    options: Mapping[str, object]

    @property
    def edited(self) -> str:
        """The text when the letter is typed."""
        lines = self.text.split("\n")
        line = lines[self.edit.line]
        lines[self.edit.line] = line[: self.edit.character] + self.typed + line[self.edit.character :]
        return "\n".join(lines)


def vkd(length: int, words: int | None = None) -> Sample:
    """Products and demands against the example of the census, or with a vocabulary of so many characteristics."""
    example = [EXAMPLE / "vkd.toml", *EXAMPLE.glob("[a-z]*/*")]
    files = {str(path.relative_to(EXAMPLE)): path.read_text("utf-8") for path in example}
    if words:
        files["vocabulary/characteristics.csv"] = _characteristics(words)
    known = _vocabulary(words) if words else CENSUS

    def block(number: int, wrong: bool) -> list[str]:
        product = (
            f"Produktbeskrivelse / sett-{number} / data=F:ft70-person.csv; doc=P:ft70.md; form=csv; access=restricted"
        )
        demand = f"Etterspørselsbeskrivelse / bruker {number} / archive=both"
        named = [known[(number * 5 + at) % len(known)] for at in range(5)]
        named[3] += named[3][-1] * wrong
        first, *rest = (name.ljust(max(map(len, named))) for name in named)
        lines = [f"0 / {product if number % 3 else demand}"]
        lines += [f"1 / Personer / Personreg.nov.70 / {first} / 19701101 / O"]
        lines += [f'{at} / "        / "                / {name} / "        / O' for at, name in enumerate(rest, 2)]
        return [*lines[:-1], lines[-1][:-1] + ".", ""]

    lines = _repeated(length, block)
    return Sample(
        language="vkd",
        name="products/benchmark.vkd",
        text=_text(lines),
        files=files,
        edit=_place(lines, '2 / "        / "                / ', 2),
        typed="x",
        complete=_place(lines, '3 / "        / "                / ', 2),
        hover=_place(lines, '4 / "        / "                / ', 2),
        options={},
    )


def python(length: int, words: int | None = None) -> Sample:
    """Classes with methods; the error is a name that is not defined. Python has no vocabulary."""
    assert words is None

    def block(number: int, wrong: bool) -> list[str]:
        one, other = _word(number), _word(number + 1)
        return [
            f"class Item{number}:",
            f'    """A thing with {one} and {other}."""',
            "",
            f'    def __init__(self, {one}: int, {other}: str = "{other}") -> None:',
            f"        self.{one} = {one}",
            f"        self.{other} = {other}",
            "",
            f"    def compute_{one}(self, factor: int) -> int:",
            "        import os  # noqa: F401",
            "",
            f"        result = self.{one} * factor",
            f"        if len(self.{other}) > {number}:",
            f"            result += {'missing' if wrong else 'factor'}",
            "        return result",
            "",
            "",
        ]

    lines = _repeated(length, block)
    return Sample(
        language="python",
        name="benchmark.py",
        text=_text(lines),
        files={},
        edit=_place(lines, "result = self.", 1),
        typed="x",
        complete=_place(lines, "if len(self.", 1),
        hover=_place(lines, "# noqa: ", 1),
        options={},
    )


def toml(length: int, words: int | None = None) -> Sample:
    """Tables with a schema that knows the owners; the error is a number of replicas that is no number."""
    owners = _vocabulary(words or len(CENSUS))

    def block(number: int, wrong: bool) -> list[str]:
        return [
            f"[services.item{number}]",
            f'image = "registry/{_word(number)}:{number}"',
            'replicas = "many"' if wrong else f"replicas = {number % 9}",
            f"port = {8000 + number}",
            f'owner = "{owners[number % len(owners)]}"',
            "",
        ]

    lines = ["#:schema ./schema.json", "", *_repeated(length - 2, block)]
    return Sample(
        language="toml",
        name="benchmark.toml",
        text=_text(lines),
        files={"schema.json": _schema(words or len(CENSUS)), "tombi.toml": ""},
        edit=_place(lines, 'image = "', 1),
        typed="x",
        complete=_place(lines, 'owner = "', 1),
        hover=_place(lines, "repl", 0),
        options={},
    )


def json_document(length: int, words: int | None = None) -> Sample:
    """The same in JSON, with the same schema and the same error."""
    owners = _vocabulary(words or len(CENSUS))

    def block(number: int, wrong: bool) -> list[str]:
        return [
            f'    "item{number}": {{',
            f'      "image": "registry/{_word(number)}:{number}",',
            f'      "replicas": {json.dumps("many") if wrong else number % 9},',
            f'      "port": {8000 + number},',
            f'      "owner": "{owners[number % len(owners)]}"',
            "    },",
        ]

    head, tail = ["{", '  "$schema": "./schema.json",', '  "services": {'], ['    "last": {}', "  }", "}"]
    lines = [*head, *_repeated(length - len(head) - len(tail), block), *tail]
    return Sample(
        language="json",
        name="benchmark.json",
        text=_text(lines),
        files={"schema.json": _schema(words or len(CENSUS))},
        edit=_place(lines, '"image": "', 1),
        typed="x",
        complete=_place(lines, '"owner": "', 1),
        hover=_place(lines, '"repl', 0),
        options={"provideFormatter": True, "handledSchemaProtocols": ["file"]},
    )


def _repeated(length: int, block: Block) -> list[str]:
    """One block or more, of so many lines at least: the second is wrong, and then the first after so many lines."""
    lines: list[str] = []
    number, errors = 0, 0
    while not lines or len(lines) < length:
        wrong = number > 0 and len(lines) >= errors * ERROR_EVERY
        lines += block(number, wrong)
        number, errors = number + 1, errors + wrong
    return lines


def _text(lines: Sequence[str]) -> str:
    """The lines, with no empty ones at the end."""
    return "\n".join(lines).rstrip() + "\n"


def _place(lines: Sequence[str], mark: str, behind: int) -> Place:
    """So many characters behind the first such mark in the second half, or anywhere in a short document."""
    half = len(lines) // 2
    line = next(at for at in (*range(half, len(lines)), *range(half)) if mark in lines[at])
    return Place(line, lines[line].index(mark) + len(mark) + behind)


def _word(number: int) -> str:
    """The word of this number: three syllables, and no two of the first two million alike."""
    left, syllables = number * _STEP % len(_SYLLABLES) ** 3, []
    for _ in range(3):
        left, at = divmod(left, len(_SYLLABLES))
        syllables.append(_SYLLABLES[at])
    return "".join(syllables)


def _vocabulary(size: int) -> list[str]:
    """The words of a vocabulary of this size that a document uses."""
    return [_word(number).capitalize() for number in range(0, size, max(1, size // USED))]


def _characteristics(size: int) -> str:
    """A vocabulary file of so many concepts, each hundredth with those up to the next below it."""
    codes = (f"K{at // 100}.{at % 100}" if at % 100 else f"K{at // 100}" for at in range(size))
    rows = (f"{code},{_word(at).capitalize()},individual,A,status,Nummer {at}" for at, code in enumerate(codes))
    return "\n".join(["code,prefLabel@nb,kind,objectTypes,temporality,definition@nb", *rows, ""])


def _schema(owners: int) -> str:
    """A JSON schema that knows so many owners."""
    service = {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "image": {"type": "string", "description": "Where it comes from"},
            "replicas": {"type": "integer", "description": "How many of it run"},
            "port": {"type": "integer", "description": "Where it listens"},
            "owner": {"enum": [_word(number).capitalize() for number in range(owners)]},
        },
    }
    services = {"type": "object", "additionalProperties": service}
    return json.dumps({"type": "object", "properties": {"services": services}})
