"""A workspace to start from: the usual unit types, a few words of each vocabulary, one product and one demand.

It is written in one language, whose texts say the words, so that what is in it can be kept, changed or thrown away.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from vkd_catalog.languages import say
from vkd_grammar.escapes import escape
from vkd_grammar.format import format_text
from vkd_grammar.parser import Parser
from vkd_grammar.technical import KEYS
from vkd_server.features.phrases import header_type_for

DEMAND_FILE = "demands/population.vkd"
"""The demand of a new workspace, which its product answers."""

_UNIT_TYPES = {"person": "P", "household": "H", "dwelling": "D", "enterprise": "E", "establishment": "B"}
"""The unit types, with the code of each one's individual plural."""

_FORMS = (
    ("", "individual", "plural"),
    (".1", "individual", "singular"),
    ("A", "aggregate", "plural"),
    ("A.1", "aggregate", "singular"),
)
"""What a code ends in, kind and number of the forms of a unit type, in the order in which texts name them."""

_DAY, _YEAR = "20200101", "2020"

_SETTINGS = """\
[catalogue]
name = {name}
language = "{language}"

[vocabularies]
object-types = ["vocabulary/object-types.csv"]
names = ["vocabulary/names.csv"]
characteristics = ["vocabulary/characteristics.csv"]
times = ["vocabulary/times.csv"]

[products]
include = ["products/**/*.vkd"]

[archives]
archive = "archive/"
documents = "documents/"
"""


def new_workspace(name: str, language: str) -> Mapping[str, str]:
    """The files of a new workspace with their texts, by paths relative to it: a catalogue of a name, in a language."""
    return {
        "vkd.toml": _SETTINGS.format(name=json.dumps(name, ensure_ascii=False), language=language),
        "vocabulary/object-types.csv": object_types(language),
        "vocabulary/names.csv": _names(language),
        "vocabulary/characteristics.csv": _characteristics(language),
        "vocabulary/times.csv": _table(
            ("code", f"prefLabel@{language}", "from", "to"), [("T1", say("init.time", language), _DAY, _DAY)]
        ),
        "archive/population-2020.csv": _data(language),
        "documents/population-2020.md": _document(language),
        "products/population-2020.vkd": _product(language),
        DEMAND_FILE: _demand(language),
    }


def object_types(language: str) -> str:
    """The vocabulary of object types with the usual unit types, in a language."""
    return _table(("code", f"prefLabel@{language}", "kind", "number", "unit"), _unit_types(language))


def _unit_types(language: str) -> Iterator[Sequence[str]]:
    for unit, code in _UNIT_TYPES.items():
        words = say(f"init.unit-{unit}", language).split("|")
        for word, (ending, kind, number) in zip(words, _FORMS, strict=True):
            yield code + ending, word, kind, number, unit


def _names(language: str) -> str:
    rows = (
        ("R", say("init.register", language), "", "register", "P"),
        ("S", say("init.classification", language), "", "classification", ""),
        ("S.1", say("init.men", language), "1", "class", ""),
        ("S.2", say("init.women", language), "2", "class", ""),
    )
    return _table(("code", f"prefLabel@{language}", "notation", "kind", "objectTypes"), rows)


def _characteristics(language: str) -> str:
    heads = ("kind", "objectTypes", "temporality", "classification", "identifies", "sensitive")
    rows = {
        "id": ("individual", "P", "fixed", "", "series", "yes"),
        "sex": ("individual", "P", "fixed", "S", "", "no"),
        "age": ("individual", "P", "status", "", "", "no"),
        "income": ("individual", "P", "accumulated", "", "", "yes"),
        "number": ("aggregate", "", "status", "", "", "no"),
    }
    labelled = (
        (f"K{number}", say(f"init.{one}", language), *more, say(f"init.{one}-means", language))
        for number, (one, more) in enumerate(rows.items(), start=1)
    )
    return _table(("code", f"prefLabel@{language}", *heads, f"definition@{language}"), labelled)


def _data(language: str) -> str:
    heads = [say(f"init.{one}", language) for one in ("id", "sex", "age", "income")]
    return _table(heads, (("1", "2", "34", "512000"), ("2", "1", "61", "430000"), ("3", "2", "19", "98000")))


def _document(language: str) -> str:
    title = say("init.title", language)
    return f"---\nid: population-2020\ntitle: {title}\n---\n\n# {title}\n\n{say('init.made-up', language)}\n"


def _product(language: str) -> str:
    stated = {
        "title": say("init.title", language),
        "data": "archive:population-2020.csv",
        "doc": "documents:population-2020.md",
        "form": "csv",
        "access": "restricted",
        "unit-id": say("init.id", language),
    }
    named = {key.name: key.word(language) for key in KEYS}
    technical = "; ".join(f"{named[key]}={value}" for key, value in stated.items())
    header = f"0 / {header_type_for('product', language)} / population-2020 / {technical}"
    asked = [
        ("id", say("init.time", language)),
        ("sex", say("init.time", language)),
        ("age", say("init.time", language)),
        ("income", _YEAR),
    ]
    return _description(language, ("about-product", "made-up"), header, asked)


def _demand(language: str) -> str:
    header = f"0 / {header_type_for('demand', language)} / {say('example.nobody', language)}"
    asked = [("sex", say("init.time", language)), ("age", say("init.time", language)), ("income", _YEAR)]
    return _description(language, ("about-demand",), header, asked)


def _description(language: str, about: Sequence[str], header: str, asked: Sequence[tuple[str, str]]) -> str:
    """A description that says of persons in the register some characteristics, each with its time."""
    comments = [f"# {say(f'init.{one}', language)}" for one in about]
    persons = say("init.unit-person", language).split("|")[0]
    lines = []
    for number, (one, time) in enumerate(asked, start=1):
        who = f"{escape(persons)} / {escape(say('init.register', language))}" if number == 1 else '" / "'
        when = '"' if number > 1 and time == asked[number - 2][1] else escape(time)
        operator = "." if number == len(asked) else "O"
        lines.append(f"{number} / {who} / {escape(say(f'init.{one}', language))} / {when} / {operator}")
    return format_text("\n".join((*comments, header, *lines)) + "\n", Parser())


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows((heads, *rows))
    return written.getvalue()
